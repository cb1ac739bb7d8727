// SPDX-License-Identifier: MIT
/* event.h - what a TSP raised, in the words of the wire. */
#ifndef TSPHOST_EVENT_H
#define TSPHOST_EVENT_H

#include "tsphost/host.h"

struct tag;

/* Sends an item whose handles were resolved, or drops it with a log line. */
void event_send(struct host *h, struct item *i);
/* LINE_GATHERDIGITS with the digits so far; tick: when, 0 unknown. */
void event_send_gathered(struct host *h, const struct tag *t, uint32_t how, uint64_t tick);
/* What was kept while there was no core. */
void event_send_kept(struct host *h);
void event_forget_kept(struct host *h);

/* The messages after which the host asks what the call is now. */
static inline bool event_is_state(DWORD msg)
{
	return msg == LINE_NEWCALL || msg == LINE_CALLSTATE || msg == LINE_CALLINFO;
}

#endif
