// SPDX-License-Identifier: MIT
/* talk.h - one call of tapictl, made or taken: its messages, its media, its end. */
#ifndef TAPICTL_TALK_H
#define TAPICTL_TALK_H

#include "tapictl.h"

#include <stdint.h>
#include <tapi3.h>

struct talk {
	struct session session;
	const struct options *options;
	HLINE line;
	char *number;             /* translated, NULL: as it was given */
	struct tapi *tapi;        /* NULL until the line was opened */
	bool has_media;           /* the line has an MSP */
	HCALL call;               /* 0: none yet */
	struct tapi_call *object; /* the same call with its media; NULL: silent */
	struct tapi_terminal *player, *recorder;
	struct tapi_terminal *mic, *speaker; /* made before there is a call */
	DWORD state, mode;                   /* as the last LINE_CALLSTATE said */
	DWORD end_mode;                      /* of DISCONNECTED */
	LONG request;                        /* the async request that is waited for, 0 none */
	DWORD device, call_id;               /* as others see them */
	LONG reply;
	bool connected, played, sent, hanging_up, ended;
	bool busy; /* and kept; or it has ended so */
	void (*other)(struct talk *t,
			const LINEMESSAGE *m); /* states of calls beside it, or NULL */
	unsigned newer_owners;                 /* that came after us and are still there */
	bool handed;                           /* one of them did not ask for it */
	bool given;                            /* to another program, which has it now */
	uint64_t hang_up_at_ms, give_up_at_ms; /* 0: never */
	char heard[128];                       /* digits */
	size_t heard_count;
	struct tapix_reason reason; /* of the end */
	enum exit_code code;
};

uint64_t talk_now_ms(void);
/* What --play and --record name, looked at before anybody's telephone rings; complains. */
enum exit_code talk_check_files(const struct options *o);
/* What the end of the call means for the exit code. */
enum exit_code talk_code_of_end(const struct talk *t);
/* On stdout: the state of the call, held by the other side or not; how all of it ended. */
void talk_say_state(const struct talk *t);
void talk_say_result(const struct talk *t);
/* Opens the line and its media; complains. */
enum exit_code talk_open(struct talk *t, const struct options *o, DWORD privileges);
/* The devices of --mic and --speaker as terminals, off and on a call; complains. */
enum exit_code talk_find_devices(struct talk *t);
LONG talk_use_devices(struct talk *t);
/* A device has failed. */
void talk_say_device(struct talk *t, struct tapi_terminal *terminal);
void talk_say_devices(const struct talk *t);
/* Waits for the reply to an asynchronous request; complains "FAILURE: reason". */
enum exit_code talk_request(struct talk *t, LONG request, const char *failure);
/* The call is known: files are played and recorded as soon as media flows. */
enum exit_code talk_begin(struct talk *t, HCALL call);
/* --timeout counts from now on, until the call is connected. */
void talk_set_timeout(struct talk *t);
/* Takes messages until done(t) is true or the call has ended, time is up, or a signal came. */
void talk_until(struct talk *t, bool (*done)(const struct talk *t));
bool talk_is_over(const struct talk *t);
/* Hangs up if need be, closes everything, prints what was heard; the exit code of the command. */
enum exit_code talk_close(struct talk *t);

#endif
