// SPDX-License-Identifier: MIT
/* outbox.h - what the host is to hear: completions and events, in order.
 *
 * The host's procedures are never called with the exchange's lock held, since a thread of ours may
 * have to wait in them while the host's own thread wants the lock. One thread at a time delivers;
 * what others add meanwhile it delivers too. */
#ifndef EXCHANGE_OUTBOX_H
#define EXCHANGE_OUTBOX_H

#include "base/list.h"

#include <stdbool.h>
#include <stddef.h>
#include <tspi.h>

struct call;
struct extension;

struct outbox {
	struct list items;
	bool delivering;
};

/* Why a call ended, for people and for machines; all-zero: nothing is known. */
struct why {
	DWORD mode;        /* LINEDISCONNECTMODE_ or LINEBUSYMODE_ */
	const char *cause; /* "Q.850 17 user busy"; static */
	char sentence[160];
};

void outbox_init(struct outbox *o);
void outbox_fini(struct outbox *o);

/* A request has ended; `why` may be NULL. */
void outbox_complete(struct outbox *o, DRV_REQUESTID id, LONG result, const struct why *why);
void outbox_line_event(struct outbox *o, const struct extension *e, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3);
/* `why` may be NULL. Dropped if the call is closed before it is delivered. */
void outbox_call_event(struct outbox *o, const struct call *c, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3, const struct why *why);
/* LINE_NEWCALL; the host's answer goes to call_announced(). */
void outbox_new_call(struct outbox *o, const struct call *c);
/* LINE_SENDMSPDATA with a copy of the bytes. */
void outbox_msp_data(struct outbox *o, const struct call *c, const void *data, size_t size);

/* Deliver everything, unless another thread is at it. Lock held before and after, not within. */
void outbox_deliver(struct outbox *o);

#endif
