// SPDX-License-Identifier: MIT
/* app.h - sip-app: a telephony application for test scripts. It prints each message of its lines as
 * one line of text and does what it is told on a FIFO. Calls are named 1, 2, ... in the order in
 * which the application learns of them. */
#ifndef TESTS_SIP_APP_H
#define TESTS_SIP_APP_H

#include "base/log.h"

#include <stdbool.h>
#include <tapi.h>
#include <tapi3.h>
#include <tapix.h>

enum { APP_LINES = 16, APP_CALLS = 2048, APP_REQUESTS = 1024, APP_WORDS = 24 };

struct app_line {
	char name[64];
	DWORD device;
	HLINE handle; /* 0: not open */
};

struct app_call {
	HCALL handle; /* 0: none, or its request is not answered yet */
	bool gone;    /* deallocated */
	struct tapi_call *object;
	struct tapi_terminal *player, *recorder;
};

struct app_request {
	LONG id;
	char what[32];
	int call[2]; /* new calls that come with the reply; 0 none */
};

struct app {
	HLINEAPP handle;
	HANDLE event;
	struct tapi *tapi;
	DWORD devices;
	bool media, quit;
	char automatic[16]; /* what to do with an offered call: answer, accept, drop; "" nothing */
	const char *play, *record; /* of each call */
	struct app_line lines[APP_LINES];
	int line_count;
	struct app_call calls[APP_CALLS]; /* from 1 on */
	int call_count;
	struct app_request requests[APP_REQUESTS];
};

/* One line of output, flushed. */
void app_say(const char *fmt, ...) LOG_PRINTF(1, 2);
/* " [cause] sentence", or "". The text lives until the next call. */
const char *app_reason(const struct tapix_reason *r);
/* The last failure of this thread. */
const char *app_last_reason(void);
/* The name of an error, "0" for none. */
const char *app_error(LONG error);
/* One message of the library: said, and acted on where that is automatic. */
void app_message(struct app *a, const LINEMESSAGE *m);
/* One line of the FIFO. */
void app_command(struct app *a, char *text);
/* The number of a call; a new one if need be, 0 if there is no room. */
int app_call_number(struct app *a, HCALL handle);
int app_call_new(struct app *a);
/* Media for the call, with the files of the command line. */
void app_call_begin(struct app *a, int number);
/* Opens the line of this name; says so. */
void app_open(struct app *a, const char *name, DWORD privileges);
/* Says "reply WHAT ..." when the reply comes, or now if the request failed at once. */
void app_request(struct app *a, const char *what, LONG id, int call0, int call1);
/* A structure of the library as JSON. */
void app_say_json(const char *head, const char *name, const void *structure);

#endif
