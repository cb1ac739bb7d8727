// SPDX-License-Identifier: MIT
/* leg.h - the sound of a call: what this provider says to the MSP that has it (tapi-rtp-msp(7)),
 * and how that becomes offers and answers in SIP. Session descriptions are passed on raw; of the
 * peer's only the direction is read (sdp.h).
 *
 * One exchange of an offer and an answer is under way at a time: the leg's task. What comes
 * meanwhile waits (a hold, an instance that joins) or is refused by 491 (an offer of the peer).
 * Where no instance has the call's media, the leg speaks for one: inactive descriptions. */
#ifndef SIP_LEG_H
#define SIP_LEG_H

#include "providers/kit/msp.h"
#include "providers/kit/tsp_tones.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

struct call;
struct rtpmsg;
struct rtpmsg_writer;
struct why;

enum leg_task {
	LEG_TASK_NONE,
	LEG_TASK_INVITE,      /* our offer goes with the INVITE */
	LEG_TASK_ANSWER,      /* the peer's offer is answered in the 200 */
	LEG_TASK_ANSWER_LATE, /* the INVITE had none: ours goes with the 200 */
	LEG_TASK_CHANGE,      /* our re-INVITE: a hold, or an instance that has joined */
	LEG_TASK_PEER,        /* the peer's re-INVITE or UPDATE */
	LEG_TASK_PEER_LATE,   /* the peer's re-INVITE without an offer */
	LEG_TASK_REFRESH,     /* a 200 with an offer, to a re-INVITE that sofia made without one */
	LEG_TASK_COUNT
};

struct leg {
	struct msp msp;
	enum leg_task task;
	bool is_sent; /* the task's offer is with the peer: its answer is awaited */

	char *peer_offer;     /* what the MSP is to answer, or has answered early; NULL: none */
	char *early_answer;   /* what a 183 has said already */
	char *peer_answer;    /* what the MSP was given last for its offer */
	uint32_t offer_id;    /* of the MSP's offer that waits for the peer's answer; 0: none */
	uint32_t answered_id; /* of the one that was answered last: the MSP may still not like it */
	bool is_change_wanted; /* a re-INVITE is due as soon as nothing else is under way */

	bool is_holding;     /* we hold: our offers say sendonly */
	bool is_far_holding; /* the peer's last description says that it holds */
	unsigned glares;     /* 491 in a row */
};

/* leg.c: the MSP's side. */

extern const struct msp_hooks leg_msp;

/* A new request; returns its number. */
uint32_t leg_begin(struct call *c, struct rtpmsg_writer *w, int verb);
bool leg_end(struct call *c, struct rtpmsg_writer *w, const void *body, size_t size);
/* One buffer of an MSP, any content. */
void leg_receive(struct call *c, const void *data, size_t size);
/* `close`, and the end of what was running. */
void leg_stop(struct call *c);
void leg_fini(struct call *c);

/* TSPI_lineGetCallMedia. */
LONG leg_get_figures(struct call *c, DRV_REQUESTID id, VARSTRING *out);

/* leg.c, for leg_task.c: requests to the MSP. False: it could not be said. */
bool leg_ask_offer(struct call *c);
bool leg_give_offer(struct call *c, const char *sdp);
void leg_give_answer(struct call *c, const char *sdp);
/* The MSP's offer came to nothing: it is as it was before. */
void leg_refuse_offer(struct call *c, int code, const char *reason);
void leg_refuse(struct call *c, uint32_t id, int code, const char *reason);
void leg_say_hold(struct call *c);

/* leg_task.c: offers and answers. */

void leg_start_invite(struct call *c);
/* The incoming call is answered. */
void leg_start_answer(struct call *c);
/* The peer wants another session. `sdp` NULL: it wants our offer. */
void leg_take_peer_offer(struct call *c, const char *sdp);
/* It wants it no longer: sofia has refused its re-INVITE. */
void leg_take_peer_cancel(struct call *c);
/* A 200 to a re-INVITE that had no offer of ours. NULL: no offer either. */
void leg_take_refresh(struct call *c, const char *sdp);
/* Our offer has been answered in a 1xx, 2xx or ACK; NULL: that had no answer in it. */
void leg_take_peer_answer(struct call *c, const char *sdp, bool is_final);
void leg_take_peer_refusal(struct call *c, int status, const struct why *why);
/* Hold or unhold: a re-INVITE as soon as nothing else is under way. */
void leg_change(struct call *c, bool hold);
/* Nothing is in the way any more: the next change, if one is wanted. */
void leg_next(struct call *c);
/* The MSP has not answered in time, or it is time to try again after a 491. */
void leg_wait_over(struct call *c);

/* The INVITE or answer that was under way is given up; the call goes on as it was. */
void leg_abandon(struct call *c, int status, const char *reason);

/* leg_task.c, for leg.c: what the MSP has said. */
void leg_task_offer(struct call *c, const char *sdp, uint32_t id);
void leg_task_joined(struct call *c, uint32_t id);
void leg_task_answer(struct call *c, const char *sdp);
void leg_task_error(struct call *c, int code, const char *reason);
void leg_task_absent(struct call *c); /* no instance has the call */

/* digits.c */

/* digits_cancel_all(), also of what is sent by INFO. */
void info_cancel_all(struct call *c);
/* A digit that came by INFO: 0-9, A-D, *, #. */
void digits_received(struct call *c, char digit);

#endif
