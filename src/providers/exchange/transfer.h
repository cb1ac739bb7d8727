// SPDX-License-Identifier: MIT
/* transfer.h - two other parties get each other: after a consultation, or blind. */
#ifndef EXCHANGE_TRANSFER_H
#define EXCHANGE_TRANSFER_H

#include "providers/kit/why.h"

#include <tspi.h>

struct call;

/* `c` waits, a consultation has dial tone. */
LONG transfer_setup(struct call *c, DRV_REQUESTID id, HTAPICALL ht_consult, HDRVCALL *out,
		const LINECALLPARAMS *params);
/* The peer of `c`, which is on hold, gets that of `other`, answered or not. */
LONG transfer_complete(struct call *c, struct call *other, DRV_REQUESTID id);
/* The peer of `c` calls this address. Done when it rings there; else `c` is what it was. */
LONG transfer_blind(struct call *c, DRV_REQUESTID id, const char *dest);

/* LINECALLFEATURE_ of transfers and parking that the state allows and what the call is does not. */
DWORD transfer_impossible(const struct call *c);

/* call_state.c: a hidden call has come further. */
void transfer_stepped(struct call *hidden, const struct why *why);
/* A call has ended: its consultation, or who waits for it, goes on without. */
void transfer_call_ended(struct call *c, const struct why *why);

#endif
