// SPDX-License-Identifier: MIT
/* leg.h - the sound of a call: what this provider says to the MSP that has it (tapi-rtp-msp(7)),
 * and how that becomes offers and answers in SIP. Session descriptions are passed on raw; of the
 * peer's only the direction is read (sdp.h).
 *
 * One exchange of an offer and an answer is under way at a time: the leg's task. What comes
 * meanwhile waits (a hold, an instance that joins) or is refused by 491 (an offer of the peer). */
#ifndef SIP_LEG_H
#define SIP_LEG_H

#include "sdp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

struct call;
struct rtpmsg;
struct rtpmsg_writer;
struct why;

#define LEG_GENERATIONS_MAX 8
#define LEG_FIGURES_MAX     4

enum leg_state {
	LEG_STATE_NONE,  /* nothing said, or nobody there */
	LEG_STATE_ASKED, /* offer? sent */
	LEG_STATE_GIVEN, /* an offer of the peer sent */
	LEG_STATE_QUIET  /* no request of ours waits */
};

enum leg_task {
	LEG_TASK_NONE,
	LEG_TASK_INVITE,      /* our offer goes with the INVITE */
	LEG_TASK_EARLY,       /* the peer's offer is answered in a 183 */
	LEG_TASK_ANSWER,      /* the peer's offer is answered in the 200 */
	LEG_TASK_ANSWER_LATE, /* the INVITE had none: ours goes with the 200 */
	LEG_TASK_CHANGE,      /* our re-INVITE: a hold, or an instance that has joined */
	LEG_TASK_PEER,        /* the peer's re-INVITE or UPDATE */
	LEG_TASK_PEER_LATE,   /* the peer's re-INVITE without an offer */
	LEG_TASK_PEER_REFRESH /* a 200 with an offer to a re-INVITE of ours that had none */
};

struct generation {
	uint32_t id; /* of our `digits` */
	DWORD end_to_end;
};

/* A TSPI_lineGetCallMedia that waits for `figures`. */
struct figures {
	uint32_t id;
	DRV_REQUESTID request;
	VARSTRING *out;
};

struct leg {
	enum leg_state state;
	enum leg_task task;
	bool is_agreed;             /* media flows */
	bool is_silent;             /* nobody has media: we speak for an MSP */
	uint32_t last_id, asked_id; /* our requests: the last one; the one that waits */

	char *peer_offer;      /* of the incoming INVITE, until it is answered */
	bool is_early;         /* it has been answered in a 183 */
	char *local_sdp;       /* what we sent last: an answer that is sent again, or our offer */
	uint32_t offer_id;     /* of the MSP's offer that waits for the peer's answer */
	bool offer_is_new;     /* it came unasked: an instance has joined */
	bool is_change_wanted; /* a re-INVITE is due when the task has ended */
	char *joined_offer;    /* the one of an instance that has joined, until it is sent */
	uint32_t joined_id;

	bool is_holding;     /* what our offers say: inactive */
	bool is_far_holding; /* what the peer's said last */
	unsigned glares;     /* 491 in a row */

	bool is_detecting;
	struct generation generations[LEG_GENERATIONS_MAX];
	size_t generation_count;
	struct figures figures[LEG_FIGURES_MAX];
	size_t figures_count;
};

/* leg.c: the MSP's side. */

/* The number of a new request; 0: nothing can be said now. */
uint32_t leg_begin(struct call *c, struct rtpmsg_writer *w, int verb);
bool leg_end(struct call *c, struct rtpmsg_writer *w, const void *body, size_t size);
/* One buffer of an MSP, any content. */
void leg_receive(struct call *c, const void *data, size_t size);
/* `close`, and the end of what was running. */
void leg_stop(struct call *c);
void leg_fini(struct call *c);

/* leg_task.c: offers and answers. */

void leg_start_invite(struct call *c);
/* The incoming call is answered. */
void leg_start_answer(struct call *c);
/* Early media of the incoming call. */
void leg_start_early(struct call *c);
/* The peer wants another session. `sdp` NULL: it wants our offer. */
void leg_take_peer_offer(struct call *c, const char *sdp, size_t size);
/* What our offer came to: an answer in a 1xx, 2xx or ACK; or a refusal. */
void leg_take_peer_answer(struct call *c, const char *sdp, size_t size, bool is_final);
void leg_take_peer_refusal(struct call *c, int status, const struct why *why);
/* A hold or an instance that has joined: a re-INVITE as soon as nothing else is under way. */
void leg_change(struct call *c, bool hold);
/* The task that waits for the MSP cannot go on: the call goes on silent. */
void leg_give_up(struct call *c);

/* leg_task.c, for leg.c: what the MSP has said to the task. */
void leg_task_offer(struct call *c, const char *sdp, size_t size);
void leg_task_answer(struct call *c, const char *sdp, size_t size);
void leg_task_error(struct call *c, int code, const char *reason);
void leg_task_absent(struct call *c); /* no instance has the call */

/* digits.c */

LONG digits_generate(struct call *c, DWORD end_to_end, DWORD mode, const char *digits,
		DWORD duration);
LONG digits_monitor(struct call *c, DWORD modes);
/* Bring the MSP's detection in line with what the host wants; `again`: a new instance. */
void digits_detect(struct call *c, bool again);
void digits_cancel_all(struct call *c);
void digits_done(struct call *c, uint32_t id, bool complete);
void digits_heard(struct call *c, const struct rtpmsg *m);
/* A digit that came by INFO. */
void digits_received(struct call *c, char digit, uint32_t duration_ms);

/* figures.c */

LONG figures_get(struct call *c, DRV_REQUESTID id, VARSTRING *out);
void figures_heard(struct call *c, const struct rtpmsg *m);
void figures_failed(struct call *c, uint32_t id, int code, const char *reason);
void figures_cancel_all(struct call *c);

#endif
