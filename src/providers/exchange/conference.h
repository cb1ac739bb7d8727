// SPDX-License-Identifier: MIT
/* conference.h - conferences: a call without a peer, and parties of the same line whose sound is
 * mixed where it is, in the application (tapi-rtp-msp(7), `mix`). While somebody is consulted, or
 * the conference is on hold, all parties are. */
#ifndef EXCHANGE_CONFERENCE_H
#define EXCHANGE_CONFERENCE_H

#include "providers/kit/why.h"

#include <stdbool.h>
#include <stdint.h>
#include <tspi.h>

struct call;
struct extension;

/* What a conference call has besides; all-zero: the call is none. */
struct conference {
	bool is_conference;
	DWORD group; /* by which MSPs know it: its hub may change */
	/* While calls join: the request, how many MSPs have not answered, the most members seen. */
	DRV_REQUESTID request;
	bool is_joining;
	unsigned pending, members;
	/* Is not held while another one is called, and joins together with it; NULL: nobody. */
	struct call *unheld;
};

/* What the TSPI functions that make two calls want. */
struct conference_calls {
	HTAPICALL ht_conference, ht_consult;
	LPHDRVCALL conference, consult;
	const LINECALLPARAMS *params; /* of the consultation; may be NULL */
};

/* `party` NULL: there is none yet. */
LONG conference_setup(struct extension *e, struct call *party, DRV_REQUESTID id,
		const struct conference_calls *calls);
LONG conference_prepare(struct call *conference, DRV_REQUESTID id,
		const struct conference_calls *calls);
LONG conference_add(struct call *conference, struct call *consult, DRV_REQUESTID id);
LONG conference_remove(struct call *party, DRV_REQUESTID id);
/* A consultation becomes a conference (LINETRANSFERMODE_CONFERENCE). */
LONG conference_of_transfer(struct call *original, struct call *consult, DRV_REQUESTID id,
		const struct conference_calls *calls);

/* LINECALLFEATURE_ that the state allows and what the call is does not; of a conference call also
 * what needs a peer. Only what changes together with the state: the core keeps what it was told. */
DWORD conference_impossible(const struct call *c);

/* Hold, or go on with, all parties. */
void conference_hold_media(struct call *conference, bool hold);
/* The call that consulted for it is dropped: it goes on as it was. */
void conference_consult_ended(struct call *conference);
/* It has been answered: without a hold, both join by themselves. */
void conference_consult_connected(struct call *c);
/* If the call was to join: it does not, and neither does who was to join with it. */
void conference_will_not_join(struct call *c, const char *sentence);
/* A conference ends with its parties, a party leaves. */
void conference_call_ended(struct call *c, const struct why *why);
/* Another MSP has the party now: it does not know of the conference. */
void conference_mix_again(struct call *party);
/* An MSP says how many members the group has, in which the call is; 0: it does not mix. */
void conference_mixed(struct call *c, uint32_t members);
/* The call has no MSP any more: it is silent, there is nothing to mix. */
void conference_unmixed(struct call *c);

#endif
