// SPDX-License-Identifier: MIT
/* connection.h - what joins the two halves of a call inside the exchange. */
#ifndef EXCHANGE_CONNECTION_H
#define EXCHANGE_CONNECTION_H

#include "call.h"

#include "providers/kit/timer.h"

#include <stdbool.h>
#include <stddef.h>
#include <tspi.h>

struct connection {
	struct call *half[2];      /* by enum call_side; NULL: not there yet, or gone */
	struct extension *awaited; /* no application took its calls when this one came */
	DWORD reason;              /* LINECALLREASON_ for the called half */
	struct party redirecting;  /* who has sent the call where it goes; flags 0: nobody */
	struct party calling;      /* in whose name it is made; flags 0: its caller's */
	struct extension *recall;  /* gets the call back if nobody answers; NULL: it ends */
	struct extension *target;  /* the last one that it was to reach */
	unsigned hops;             /* how often it was sent on */
	char number[CALL_DIGITS_MAX + 1];
	bool is_over;      /* the halves have no more to do with each other */
	bool is_answered;  /* the called side has answered */
	bool is_connected; /* both sides have been told */
	struct timer setup_timer;
	struct timer media_timer; /* the longest that an answered call waits for its media */
	struct uui made_with;     /* what goes to the called side when it appears */
	struct call *offerer;     /* whose media offer the other half is answering; NULL: none */
};

struct connection *connection_new(void);
/* Take a half out; the last one frees the connection. */
void connection_leave(struct connection *k, struct call *c);
/* `c` takes the place of `of` at its peer, as far as that call has come; states stay. `of` is left
 * with the old peer of c: neither hears of the other's end. connection_joined() comes next. */
void connection_take_place(struct call *c, struct call *of);
/* `c` leaves its peer, which does not hear of it. 0 or -ENOMEM. */
int connection_part(struct call *c);
/* `c`, which has no peer, becomes that of another one without. connection_joined() comes next. */
void connection_join(struct call *c, struct call *with);
/* The halves are others than before: media is agreed, and what they know of each other, anew. */
void connection_joined(struct connection *k);

/* `c`, which has no peer, is its caller from now on. */
void connection_face(struct call *c);

struct call *connection_peer(const struct call *c);

/* The other side holds: this one is CONNECTED, but ACTIVEHELD. */
bool connection_is_far_held(const struct call *c);

/* The caller's number is complete: find the one it calls, after the configured delay. */
void connection_set_up(struct call *caller);
/* Bring the call to this extension: the caller hears ringing, busy or why not. */
void connection_reach(struct connection *k, struct extension *to);
/* Bring it there if it can be offered now; false: it cannot, and nobody is told. */
bool connection_offer_back(struct connection *k, struct extension *to);
/* The caller joins those who talk there. */
void connection_intrude(struct connection *k, struct extension *to);
/* The caller does not get who it calls. */
void connection_fail(struct connection *k, enum call_event event, const struct why *why);
/* Applications take calls on this line now: those that wait for it go on. */
void connection_line_ready(struct extension *e);
/* The host has taken the called half (or refused it). */
void connection_offered(struct call *called);
void connection_refused(struct call *called);
/* The called half has been answered, its media comes next. */
void connection_answered(struct call *called);
/* The media is agreed, or will not be: connect if both wait for it. */
void connection_media_settled(struct connection *k);
/* The one that it calls has not answered for too long. */
void connection_not_answered(struct call *caller);
/* One half has been dropped: tell the other one. */
void connection_hung_up(struct call *c, enum call_state was);

#endif
