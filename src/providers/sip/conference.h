// SPDX-License-Identifier: MIT
/* conference.h - conferences that are mixed in the application: a call without a dialog, and
 * parties whose legs are one group of the MSP (tapi-rtp-msp(7), `mix`). Who is no party and
 * consults for a conference, or the first party alone, is heard by nobody else: the parties are on
 * hold. */
#ifndef SIP_CONFERENCE_H
#define SIP_CONFERENCE_H

#include "providers/kit/why.h"

#include <stdbool.h>
#include <stdint.h>
#include <tspi.h>

struct account;
struct call;

#define CONFERENCE_MAX 8 /* parties, the program not counted */

/* What the TSPI functions that make two calls want. */
struct conference_calls {
	HTAPICALL ht_conference, ht_consult;
	LPHDRVCALL conference, consult;
	const LINECALLPARAMS *params; /* of the consultation; may be NULL */
};

/* `party` NULL: there is none yet. */
LONG conference_setup(struct account *a, struct call *party, DRV_REQUESTID id,
		const struct conference_calls *calls);
LONG conference_prepare(struct call *conference, DRV_REQUESTID id,
		const struct conference_calls *calls);
LONG conference_add(struct call *conference, struct call *consult, DRV_REQUESTID id);
LONG conference_remove(struct call *party, DRV_REQUESTID id);
/* A consultation becomes a conference (LINETRANSFERMODE_CONFERENCE). */
LONG conference_of_transfer(struct call *original, struct call *consult, DRV_REQUESTID id,
		const struct conference_calls *calls);
LONG conference_hold(struct call *conference, DRV_REQUESTID id);
LONG conference_unhold(struct call *conference, DRV_REQUESTID id);

/* A call is dropped or closed by its program: if it consults, the conference goes on without. */
void conference_dropped(struct call *c);
/* The call has ended: a conference with its parties, a party leaves. */
void conference_call_ended(struct call *c);

/* The call is a party, joins, or consults. */
bool conference_has(const struct call *c, const struct call *conference);
/* The call that consults for it; NULL: none. */
struct call *conference_find_consult(const struct call *conference);
/* A conference of one that somebody has left is none any more. */
void conference_shrink(struct call *conference);

/* The conference call of a party as the host names it; 0: none. */
HTAPICALL conference_of(const struct call *c);
/* LINECALLFEATURE_ of a conference call. */
DWORD conference_features(const struct call *c);

#endif
