// SPDX-License-Identifier: MIT
/* pickup.h - linePickup, linePark and lineUnpark: calls that another line goes on with. */
#ifndef EXCHANGE_PICKUP_H
#define EXCHANGE_PICKUP_H

#include <stdbool.h>
#include <tspi.h>

struct call;
struct connection;
struct extension;

/* What asks for a call that is there already, from another line. */
struct wanted_call {
	struct extension *line;
	DRV_REQUESTID id;
	HTAPICALL ht_call;
	HDRVCALL *out;
	DWORD reason; /* LINECALLREASON_ of the new half */
};

/* A new half that shows what `like` is about. 0 or LINEERR_. */
LONG pickup_new_half(const struct wanted_call *w, const struct call *like, struct call **out);
LONG pickup_call(struct wanted_call *w, const char *dest, const char *group);

/* park.c */

LONG park_call(struct call *c, DRV_REQUESTID id, DWORD mode, const char *address, VARSTRING *out);
LONG park_take(struct wanted_call *w, const char *address);
/* The half that was to be reminded of this call is not: it stays parked. False: it is not parked.
 */
bool park_keeps(struct connection *k);
/* It ends, or is talked to again. False: it was not parked. */
bool park_over(struct call *c);

#endif
