// SPDX-License-Identifier: MIT
/* app.h - inside of an application (see app_do): what it is, and what it is told.
 *
 * Each message that arrives is appended to a log. next() and its friends take the first one that
 * suits and was not taken yet; messages of other kinds stay for later. For the order of messages of
 * different kinds, compare their `at`, or use expect_messages().
 */
#ifndef CONFORMANCE_APP_H
#define CONFORMANCE_APP_H

#include "conform.h"

enum { APP_LINES = 64, APP_MESSAGES = 4096 };

struct me {
	const char *name;
	DWORD version; /* the highest that the application speaks */
	HLINEAPP app;
	HPHONEAPP phone_app;
	DWORD lines, phones; /* devices, as initialising said */
	HLINE line[APP_LINES];
	HANDLE event;
};
extern struct me me;

/* For app_start_bare(). version: in and out as in lineInitializeEx. */
LONG initialise(DWORD *version);
LONG initialise_phone(DWORD *version);

/* Opens a device with the newest version that it and the application know, unless open already. */
HLINE open_line(DWORD device, DWORD privileges, DWORD media_modes);
/* As owner for interactive voice. */
HLINE own_line(DWORD device);

struct message {
	DWORD device; /* handle of a line, call or phone, or 0 */
	DWORD id;     /* LINE_ or PHONE_ */
	DWORD_PTR instance, p1, p2, p3;
	bool taken;
	unsigned at; /* position in the log */
};
/* The first untaken message of this kind; waits for it. */
#define next(id) next_at((id), __FILE__, __LINE__)
struct message next_at(DWORD id, const char *file, int line);
/* The first untaken one of this kind about this handle. */
#define next_of(id, device) next_of_at((id), (device), __FILE__, __LINE__)
struct message next_of_at(DWORD id, DWORD device, const char *file, int line);
/* One that has arrived, or NULL; does not take it. Anything: device or p1 is ANY. */
#define ANY 0xFFFFFFFFu
const struct message *arrived(DWORD id, DWORD device, DWORD p1);
/* How many such have arrived, taken or not. */
unsigned count_of(DWORD id, DWORD device, DWORD p1);
const struct message *message_at(unsigned at);
unsigned messages(void); /* that have arrived */
/* Nothing before now counts any more. */
void forget_messages(void);

/* The untaken messages from now on are exactly these, in this order (p1: ANY is any), apart from
 * the kinds in `besides`, a list that ends with ANY, or NULL. */
struct wanted {
	DWORD id, device, p1;
};
#define expect_messages(list, besides)                                                             \
	expect_messages_at(list, sizeof(list) / sizeof((list)[0]), besides, __FILE__, __LINE__)
void expect_messages_at(const struct wanted *list, unsigned count, const DWORD *besides,
		const char *file, int line);
/* What the daemon and the line's provider had to say until now has arrived; then there is no
 * untaken message of this kind (and p1) about the device (each may be ANY). */
#define expect_none(id, device, p1) expect_none_at((id), (device), (p1), __FILE__, __LINE__)
void expect_none_at(DWORD id, DWORD device, DWORD p1, const char *file, int line);
/* What was said until now is in the log. */
void settle(void);
/* It has arrived, but nobody has looked: no reply has been delivered. */
void settle_unread(void);

/* Waits for the reply: success; or this error, at once or with the reply, and a reason. id: what
 * the function returned. */
#define done(id)         done_at((id), 0, #id, __FILE__, __LINE__)
#define refused(id, why) done_at((id), (why), #id, __FILE__, __LINE__)
void done_at(LONG id, LONG want, const char *what, const char *file, int line);

/* The next LINE_CALLSTATE of the call is that one; its message. */
#define next_state(call, state) next_state_at((call), (state), __FILE__, __LINE__)
struct message next_state_at(HCALL call, DWORD state, const char *file, int line);
/* Takes those of other states until that one comes. */
#define await_state(call, state) await_state_at((call), (state), __FILE__, __LINE__)
struct message await_state_at(HCALL call, DWORD state, const char *file, int line);
/* The next LINE_APPNEWCALL, which is immediately followed by its LINE_CALLSTATE in that state. */
#define next_call(state) next_call_at((state), __FILE__, __LINE__)
HCALL next_call_at(DWORD state, const char *file, int line);

/* Makes a call and waits for the reply. */
HCALL dial(HLINE line, const char *number);
/* What lineGetCallStatus and lineGetCallInfo say; they live until the next call. */
DWORD state_of(HCALL call);
const LINECALLSTATUS *status_of(HCALL call);
const LINECALLINFO *info_of(HCALL call);
/* A part of a variable-sized structure as text; "" if it has none. */
#define part_of(structure, member)                                                                 \
	((structure)->member##Size ? (const char *)(structure) + (structure)->member##Offset : "")

#endif
