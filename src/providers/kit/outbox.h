// SPDX-License-Identifier: MIT
/* outbox.h - what the host is to hear of a TSP: completions and events, in order.
 *
 * The host's procedures are never called with the TSP's lock held, since a thread of the TSP may
 * have to wait in them while the host's own thread wants the lock. One thread at a time delivers;
 * what others add meanwhile it delivers too. All functions want the TSP's lock. */
#ifndef KIT_OUTBOX_H
#define KIT_OUTBOX_H

#include "why.h"

#include "base/list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

/* What an event is about, by names that stay valid when the thing itself is gone. */
struct outbox_about {
	uint64_t line;  /* the TSP's name of the line; 0: the provider */
	uint64_t phone; /* ... or of the phone */
	uint32_t opens; /* which open of the line or phone */
	uint64_t call;  /* the TSP's handle; 0: the line's own event */
};

/* Where an event goes. */
struct outbox_receiver {
	LINEEVENT event; /* of a line or call */
	HTAPILINE line;
	HTAPICALL call; /* 0 before the host has taken the new call */
	PHONEEVENT phone_event;
	HTAPIPHONE phone;
};

struct outbox_ops {
	void (*lock)(void);
	void (*unlock)(void);
	/* With the lock, right before the delivery. False: the line has been closed or opened
	 * anew, or the call is gone; nobody is to hear this. */
	bool (*find)(const struct outbox_about *about, struct outbox_receiver *out);
	/* With the lock: the host's answer to LINE_NEWCALL. 0: refused, or the line was closed. */
	void (*announced)(uint64_t call, HTAPICALL ht_call);
	/* With the lock: nothing is left, and nobody is inside the host's procedures. */
	void (*delivered)(void);
};

struct outbox {
	const struct outbox_ops *ops;
	struct list items;
	bool delivering;
	ASYNC_COMPLETION complete; /* both are set before anything is delivered */
	TSPI_REASON reason;        /* may be NULL */
	TSPI_BATCH batch;          /* likewise */
};

void outbox_init(struct outbox *o, const struct outbox_ops *ops);
/* What was not delivered is forgotten. */
void outbox_fini(struct outbox *o);

/* A request has ended (0: there was none); `why` may be NULL. */
void outbox_complete(struct outbox *o, DRV_REQUESTID id, LONG result, const struct why *why);
/* `why` may be NULL. Dropped if what it is about is closed before it is delivered. */
void outbox_event(struct outbox *o, const struct outbox_about *about, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3, const struct why *why);
/* LINE_NEWCALL. */
void outbox_new_call(struct outbox *o, const struct outbox_about *about);
/* LINE_SENDMSPDATA with a copy of the bytes. */
void outbox_msp_data(struct outbox *o, const struct outbox_about *about, const void *data,
		size_t size);

/* Deliver everything, unless another thread is at it. Lock held before and after, not within. */
void outbox_deliver(struct outbox *o);

#endif
