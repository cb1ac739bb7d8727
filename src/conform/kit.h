// SPDX-License-Identifier: MIT
/* kit.h - the host that the kit plays: sessions, lines, calls, requests, and all that the TSP
 * raises, which is judged as it comes. */
#ifndef CONFORM_KIT_H
#define CONFORM_KIT_H

#include "conform.h"
#include "tsphost/tsp.h"

#include <tspi.h>

enum { LINES_MAX = 64, CALLS_MAX = 256, REQUESTS_MAX = 1024, WAIT_MS = 4000 };

#define KIT_LOW  0x00010003u
#define KIT_HIGH 0x00030001u
#define KIT_ID   7u /* the permanent provider id */

struct kit_line {
	HTAPILINE ht;
	HDRVLINE hd;
	DWORD device, version;
	bool open, was_open;
};

struct kit_call {
	HTAPICALL ht;
	HDRVCALL hd;
	struct kit_line *line;
	struct kit_request *making; /* NULL: it came from outside */
	DWORD state;                /* the last LINECALLSTATE_, 0: none yet */
	bool idle, closed, raised;  /* raised: some event of it has come */
};

struct kit_request {
	const char *what;
	DWORD id;
	struct kit_line *line;
	struct kit_call *call; /* that it is about */
	bool accepted;         /* its entry has returned the id */
	unsigned completions;
	LONG result;
};

struct kit {
	struct tsp tsp;
	DWORD version, lines, phones, line_base, phone_base, options;
	bool running;
	struct kit_line line[LINES_MAX];
};
extern struct kit kit;

/* kit.tsp.NAME(arguments), as the host would call it. */
#define TSPI(name, ...) (child_enter("TSPI_" #name), kit_left(kit.tsp.name(__VA_ARGS__)))
LONG kit_left(LONG result);

/* Loads it, gives it its keys, negotiates; stops the check if that fails. */
void kit_load(void);
/* ... enumerates and initialises, with these device-id bases. */
void kit_begin(DWORD line_base, DWORD phone_base);
void kit_end(void);
/* Both, with the usual bases, and one line at least. */
void kit_start(void);

struct kit_line *kit_open(DWORD index);
void kit_close(struct kit_line *l);
/* What is left of requests on it is a fault. */
void kit_close_call(struct kit_call *c);

/* A request before its entry; then what the entry has returned. */
struct kit_request *kit_request(const char *what, struct kit_line *l, struct kit_call *c);
LONG kit_returned(struct kit_request *r, LONG result);
#define KIT_ASYNC(r, name, ...) kit_returned(r, TSPI(name, (r)->id, __VA_ARGS__))
/* Waits for its completion; a fault if it does not come. The result. */
LONG kit_wait(struct kit_request *r);
/* Room for a call that a request makes. */
struct kit_call *kit_call(struct kit_line *l, struct kit_request *r);
/* A call to the address, through its completion; NULL: refused, *why is the code. */
struct kit_call *kit_make_call(struct kit_line *l, const char *address, LONG *why);
/* Until its state is one of these LINECALLSTATE_; false: not in time. */
bool kit_await(struct kit_call *c, DWORD states, unsigned ms);
/* Drops and closes it. */
void kit_end_call(struct kit_call *c);
/* Lets the TSP's threads raise what they want to for a while. */
void kit_idle(unsigned ms);

/* An address that can be called from the line. */
const char *kit_address(const struct kit_line *l);
/* The line's capabilities and those of an address, in static memory. NULL: it does not say; a
 * fault. */
const LINEDEVCAPS *kit_dev_caps(const struct kit_line *l);
const LINEADDRESSCAPS *kit_address_caps(const struct kit_line *l, DWORD address);
/* "LINEERR_INVALPARAM", or the number. */
const char *kit_error(LONG code);

#endif
