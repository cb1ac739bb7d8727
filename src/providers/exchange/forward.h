// SPDX-License-Identifier: MIT
/* forward.h - where an extension's calls go instead: lineForward and lineRedirect. */
#ifndef EXCHANGE_FORWARD_H
#define EXCHANGE_FORWARD_H

#include "call.h"

#include <stdbool.h>
#include <tspi.h>

struct connection;
struct extension;
struct varpart;

#define FORWARD_ENTRIES_MAX  16
#define FORWARD_SPECIFIC_MAX 8
#define FORWARD_RINGS_MIN    1u
#define FORWARD_RINGS_MAX    15u
#define FORWARD_HOPS_MAX     5

enum forward_when { FORWARD_ALWAYS = 1, FORWARD_BUSY = 2, FORWARD_NO_ANSWER = 4 };

struct forward_entry {
	DWORD mode; /* one LINEFORWARDMODE_ */
	DWORD country;
	char caller[CALL_DIGITS_MAX + 1]; /* SPECIFIC ones only */
	char to[CALL_DIGITS_MAX + 1];     /* "": nobody, do not disturb */
};

/* Zeroed: nothing is forwarded. */
struct forwarding {
	struct forward_entry entries[FORWARD_ENTRIES_MAX];
	DWORD count, rings;
};

DWORD forward_modes(void);
/* Its parts of LINEADDRESSSTATUS. */
void forward_status(const struct extension *e, LINEADDRESSSTATUS *out, struct varpart *v);
LONG forward_set(struct extension *e, DRV_REQUESTID id, const LINEFORWARDLIST *list, DWORD rings);

/* A call for `to`: true if it goes elsewhere for this reason, or ends. */
bool forward_call(struct connection *k, struct extension *to, enum forward_when when);
/* It rings for the count-th time: true if it rings elsewhere from now on. */
bool forward_unanswered(struct call *called, DWORD count);
/* The caller of `k` was at `from` and goes to `to`. */
void forward_go_on(struct connection *k, const struct extension *from, struct extension *to,
		DWORD reason);
/* An alerting half sends its caller to another line, and is left alone itself. 0 or -ENOMEM. */
int forward_send_on(struct call *called, struct extension *to, DWORD reason);

LONG forward_redirect(struct call *c, DRV_REQUESTID id, const char *dest);

#endif
