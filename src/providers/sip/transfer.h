// SPDX-License-Identifier: MIT
/* transfer.h - transferring a call: REFER, with Replaces after a consultation (RFC 5589). */
#ifndef SIP_TRANSFER_H
#define SIP_TRANSFER_H

#include "providers/kit/why.h"

#include <stdbool.h>
#include <tspi.h>

struct call;
struct dialog;
struct sip_event;

LONG transfer_blind(struct call *c, DRV_REQUESTID id, const char *dest);
/* Hold the call, and make one that consults for it. */
LONG transfer_setup(struct call *c, DRV_REQUESTID id, HTAPICALL ht_consult, HDRVCALL *out,
		const LINECALLPARAMS *params);
/* The peers of both calls are connected to each other, and we leave. */
LONG transfer_complete(struct call *c, struct call *other, DRV_REQUESTID id);
/* Hold `active`, then unhold `held`. */
LONG transfer_swap(struct call *active, struct call *held, DRV_REQUESTID id);

/* The call is unheld, dropped or closed by its program: the other one of a consultation follows. */
void transfer_unheld(struct call *c);
void transfer_dropped(struct call *c);
/* They are no pair any more. */
void transfer_forget_consultation(struct call *c);
/* A hold or unhold has ended. */
void transfer_hold_settled(struct call *c, LONG result, const struct why *why);
/* The call has ended, and its dialog with it. */
void transfer_call_ended(struct call *c, bool by_peer, const struct why *why);

/* An answer to our REFER; a NOTIFY that says how it goes. */
bool transfer_take_answer(struct dialog *d, const struct sip_event *e);
bool transfer_take_notify(struct dialog *d, const struct sip_event *e);

#endif
