// SPDX-License-Identifier: MIT
/* control.h - a command that acts on calls of other programs: it finds them as a monitor, becomes
 * an owner beside theirs, asks, waits for the reply and what comes of it, and lets go again. Their
 * sound stays where it is. */
#ifndef TAPICTL_CONTROL_H
#define TAPICTL_CONTROL_H

#include "tapictl.h"

enum { CONTROL_CALLS = 4 };

struct control_call {
	HLINE line;
	HCALL call;
	DWORD device, call_id, state;
	enum exit_code end;         /* what its end means */
	struct tapix_reason reason; /* of the end */
};

struct control {
	struct session session;
	const struct options *options;
	struct control_call calls[CONTROL_CALLS];
	int count;
	LONG request, reply; /* request 0: none is waited for */
	struct tapix_reason reason;
	enum exit_code code;
	bool silent;   /* the command has said all itself */
	DWORD awaited; /* a message about the first call, 0: none */
	LINEMESSAGE got;
};

/* Finds `count` calls by the words after the command and becomes their owner; complains. Always
 * to be closed. */
enum exit_code control_open(struct control *c, const struct options *o, int count, bool own);
/* Opens the line that the word after the command names; complains. Always to be closed. */
bool control_open_line(struct control *c, const struct options *o, DWORD *device, HLINE *line);
/* One that the command makes; its handle is filled in by the reply. */
struct control_call *control_add(struct control *c, const struct control_call *beside);
/* Waits for the reply of a request; complains "WHAT: reason". The result of the request. */
LONG control_wait(struct control *c, LONG request, const char *what);
/* Waits for this message about the first call; --timeout does not count. False: the call has ended
 * without it, or a signal came; then out->dwMessageID is 0. */
bool control_await(struct control *c, DWORD message, LINEMESSAGE *out);
/* Takes what comes within this time. */
void control_pause(struct control *c, DWORD ms);
/* Until the call is in one of the states, or has ended, or five seconds are over. */
void control_wait_state(struct control *c, const struct control_call *call, DWORD states);
bool control_ended(const struct control_call *call);
/* The state, as the provider has it now. */
void control_look(struct control_call *call);
/* Until the call has ended, or a signal came. */
void control_wait_end(struct control *c, const struct control_call *call);
/* A number and nothing else. */
bool parse_number(const char *word, DWORD *out);
/* In JSON: ,"result":...,"exit":... and the end of the object. */
void control_say_end(const struct control *c);
/* The states on stdout, in JSON the result too. */
void control_say(struct control *c);
/* Lets go of the calls without ending them, says the states, gives the exit code. */
enum exit_code control_close(struct control *c);

#endif
