// SPDX-License-Identifier: MIT
/* connection.c - from a dialled number to two halves that talk, and apart again. */
#define LOG_TOPIC "exchange"
#include "connection.h"

#include "complete.h"
#include "exchange.h"
#include "extension.h"
#include "forward.h"
#include "outside.h"
#include "pickup.h"
#include "queue.h"
#include "station.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/trace.h"

#include <errno.h>
#include <string.h>

static void route(struct connection *k);
static void await_over(struct timer *t);

static void set_up_over(struct timer *t)
{
	route(list_entry(t, struct connection, setup_timer));
}

static void media_over(struct timer *t)
{
	struct connection *k = list_entry(t, struct connection, media_timer);

	log_debug("the media is not agreed in time, a call connects silent");
	connection_media_settled(k);
}

struct connection *connection_new(void)
{
	struct connection *k = mem_new(struct connection);

	if (!k)
		return NULL;
	timer_init(&k->setup_timer, set_up_over);
	timer_init(&k->media_timer, media_over);
	k->reason = LINECALLREASON_DIRECT;
	return k;
}

void connection_leave(struct connection *k, struct call *c)
{
	k->half[c->side] = NULL;
	if (k->offerer == c)
		k->offerer = NULL;
	if (k->half[CALL_SIDE_CALLER] || k->half[CALL_SIDE_CALLED])
		return;
	timer_stop(&k->setup_timer);
	timer_stop(&k->media_timer);
	mem_free(k->made_with.bytes);
	mem_free(k);
}

static void place(struct connection *k, struct call *c, enum call_side side)
{
	k->half[side] = c;
	c->connection = k;
	c->side = side;
}

void connection_take_place(struct call *c, struct call *of)
{
	struct connection *left = c->connection, *k = of->connection;
	enum call_side side = of->side;

	place(left, of, c->side);
	place(k, c, side);
	left->is_over = true;
	media_part(left);
	media_part(k);
}

int connection_part(struct call *c)
{
	struct connection *own = connection_new();

	if (!own)
		return -ENOMEM;
	media_part(c->connection);
	connection_leave(c->connection, c);
	place(own, c, c->side);
	return 0;
}

void connection_join(struct call *c, struct call *with)
{
	connection_leave(c->connection, c);
	place(with->connection, c,
			with->side == CALL_SIDE_CALLER ? CALL_SIDE_CALLED : CALL_SIDE_CALLER);
}

void connection_joined(struct connection *k)
{
	struct call *caller = k->half[CALL_SIDE_CALLER], *called = k->half[CALL_SIDE_CALLED];

	if (!caller || !called)
		return;
	media_join(k);
	service_joined(caller, called);
	for (int side = 0; side < 2; side++) {
		(void)call_step(k->half[side], CALL_EVENT_FAR_HOLD, NULL);
		treatment_update(k->half[side], false);
	}
}

void connection_face(struct call *c)
{
	c->connection->half[c->side] = NULL;
	place(c->connection, c, CALL_SIDE_CALLER);
}

struct call *connection_peer(const struct call *c)
{
	return c->connection
			->half[c->side == CALL_SIDE_CALLER ? CALL_SIDE_CALLED : CALL_SIDE_CALLER];
}

bool connection_is_far_held(const struct call *c)
{
	const struct call *peer = connection_peer(c);

	return peer && call_is_up(peer) && peer->leg.is_holding;
}

void connection_set_up(struct call *caller)
{
	struct connection *k = caller->connection;
	uint64_t delay = exchange.config.setup_ms;

	memcpy(k->number, caller->digits, sizeof(k->number));
	if (exchange.config.setup_jitter_ms)
		delay += random_u64() % (exchange.config.setup_jitter_ms + 1);
	if (delay)
		exchange_arm(&k->setup_timer, delay);
	else
		route(k);
}

static void name_parties(struct call *caller, struct call *called)
{
	const struct connection *k = called->connection;
	struct party self = party_of_line(called->line);

	if (call_is_up(caller)) { /* it is sent there by another one */
		call_set_party(caller, PARTY_REDIRECTING, k->redirecting);
		call_set_party(caller, PARTY_REDIRECTION, self);
	} else {
		call_set_party(caller, PARTY_CALLED, self);
	}
	call_set_party(called, PARTY_CALLER, k->calling.flags ? k->calling : party_of_call(caller));
	call_set_party(called, PARTY_CALLED, self);
	if (!k->redirecting.flags)
		return;
	call_set_party(called, PARTY_REDIRECTING, k->redirecting);
	call_set_party(called, PARTY_REDIRECTION, self);
}

/* What the caller said of its call, as a digital switch would pass it on; but whether a person or a
 * program speaks nobody knows before, so all voice is interactive voice. */
static DWORD offered_modes(const struct call *caller)
{
	DWORD modes = caller->media_mode;

	if (modes & LINEMEDIAMODE_AUTOMATEDVOICE)
		modes |= LINEMEDIAMODE_INTERACTIVEVOICE;
	if (!(modes & LINEMEDIAMODE_UNKNOWN))
		modes &= ~LINEMEDIAMODE_AUTOMATEDVOICE;
	return modes;
}

static void offer(struct connection *k, struct extension *to)
{
	struct call *caller = k->half[CALL_SIDE_CALLER];
	struct call *called = call_new(to, k, CALL_SIDE_CALLED);
	struct why why = { 0 };

	k->awaited = NULL;
	if (!called) {
		why_set(&why, LINEDISCONNECTMODE_TEMPFAILURE, "Q.850 41 temporary failure",
				"the exchange is out of memory");
		(void)call_step(caller, CALL_EVENT_END, &why);
		return;
	}
	called->bearer_mode = caller->bearer_mode;
	called->media_mode = offered_modes(caller);
	called->rate = caller->rate;
	called->call_id = caller->call_id;
	called->reason = k->reason;
	outside_prepare(called, caller);
	queue_prepare(called);
	name_parties(caller, called);
	service_joined(caller, called);
	trace_hop(TRACE_TSP, "route", extension_device(caller->line), "%s -> %s",
			caller->line->number, to->number);
	tell_new_call(called);
}

bool connection_offer_back(struct connection *k, struct extension *to)
{
	struct call *called = k->half[CALL_SIDE_CALLED];

	if (!station_serves(to) || extension_is_busy(to) ||
			!(to->offered_modes & LINEMEDIAMODE_INTERACTIVEVOICE))
		return false;
	if (called && (call_is_active(called) || connection_part(called)))
		return false; /* it rings elsewhere just now */
	k->is_answered = k->is_connected = false;
	offer(k, to);
	return true;
}

void connection_intrude(struct connection *k, struct extension *to)
{
	k->reason = LINECALLREASON_INTRUDE;
	offer(k, to);
}

/* A transferred call that nobody takes goes back to who has transferred it, once. */
static bool recall(struct connection *k)
{
	struct call *caller = k->half[CALL_SIDE_CALLER], *called = k->half[CALL_SIDE_CALLED];
	struct extension *to = k->recall;

	k->recall = NULL;
	if (!to || !call_is_up(caller) || k->is_answered || (called && connection_part(called)))
		return false;
	timer_stop(&k->setup_timer);
	k->reason = LINECALLREASON_REMINDER;
	if (called)
		k->redirecting = party_of_line(called->line);
	return connection_offer_back(k, to);
}

void connection_fail(struct connection *k, enum call_event event, const struct why *why)
{
	if (!recall(k) && !park_keeps(k))
		(void)call_step(k->half[CALL_SIDE_CALLER], event, why);
}

/* Whoever calls an application that is just starting should not be told that nobody is there. */
static bool await_application(struct connection *k, struct extension *to)
{
	if (k->awaited || !exchange.config.absent_ms)
		return false;
	k->awaited = to;
	timer_stop(&k->setup_timer);
	k->setup_timer.run = await_over;
	exchange_arm(&k->setup_timer, exchange.config.absent_ms);
	return true;
}

void connection_reach(struct connection *k, struct extension *to)
{
	struct call *caller = k->half[CALL_SIDE_CALLER];
	struct why why = { 0 };

	if (!caller || !call_can(caller, CALL_EVENT_RINGING))
		return;
	k->target = to;
	if (forward_call(k, to, FORWARD_ALWAYS))
		return;
	if (!station_serves(to)) {
		why_set(&why, LINEDISCONNECTMODE_OUTOFORDER, "Q.850 27 destination out of order",
				"extension %s is out of service", to->number);
		connection_fail(k, CALL_EVENT_END, &why);
	} else if (to == caller->line || extension_is_busy(to)) {
		if (forward_call(k, to, FORWARD_BUSY))
			return;
		why_set(&why, LINEBUSYMODE_STATION, "Q.850 17 user busy", "extension %s is busy",
				to->number);
		connection_fail(k, CALL_EVENT_BUSY, &why);
	} else if (to->offered_modes & offered_modes(caller)) {
		offer(k, to);
	} else if (to->offered_modes) {
		why_set(&why, LINEDISCONNECTMODE_INCOMPATIBLE, "Q.850 88 incompatible destination",
				"no application takes calls of this media mode on extension %s",
				to->number);
		connection_fail(k, CALL_EVENT_END, &why);
	} else if (!queue_send_on(k, to) && !await_application(k, to)) {
		why_set(&why, LINEDISCONNECTMODE_UNREACHABLE, "Q.850 20 subscriber absent",
				"no application takes calls on extension %s", to->number);
		connection_fail(k, CALL_EVENT_END, &why);
	}
}

static void await_over(struct timer *t)
{
	struct connection *k = list_entry(t, struct connection, setup_timer);

	connection_reach(k, k->awaited);
}

static void route(struct connection *k)
{
	struct call *caller = k->half[CALL_SIDE_CALLER];
	struct extension *to = caller ? exchange_number(k->number) : NULL;
	struct why why = { 0 };

	if (!caller)
		return;
	if (exchange.config.congestion_percent &&
			random_u64() % 100 < exchange.config.congestion_percent)
		why_set(&why, LINEDISCONNECTMODE_CONGESTION, "Q.850 34 no circuit available",
				"all paths through the exchange are in use");
	else if (!to)
		why_set(&why, LINEDISCONNECTMODE_BADADDRESS, "Q.850 1 unallocated number",
				"the exchange has no extension of this number");
	if (why.cause[0])
		connection_fail(k, CALL_EVENT_END, &why);
	else
		connection_reach(k, to);
}

void connection_line_ready(struct extension *e)
{
	for (DWORD i = 0; i < exchange.count; i++)
		list_for_safe(l, &exchange.extensions[i].calls) {
			struct call *c = list_entry(l, struct call, link);

			if (c->side != CALL_SIDE_CALLER || c->connection->awaited != e ||
					connection_peer(c))
				continue;
			timer_stop(&c->connection->setup_timer);
			connection_reach(c->connection, e);
		}
}

void connection_offered(struct call *called)
{
	struct connection *k = called->connection;
	struct call *caller = k->half[CALL_SIDE_CALLER];

	uui_deliver(called, k->made_with.bytes, k->made_with.size);
	if (k->reason == LINECALLREASON_INTRUDE) {
		(void)call_step(called, CALL_EVENT_ANSWER, NULL);
		complete_mix(called);
		return;
	}
	(void)call_step(called, CALL_EVENT_OFFER, NULL);
	if (!caller || !call_can(caller, CALL_EVENT_RINGING))
		return; /* it has gone meanwhile */
	call_info_changed(caller, call_is_up(caller)
						  ? LINECALLINFOSTATE_REDIRECTINGID |
								    LINECALLINFOSTATE_REDIRECTIONID
						  : LINECALLINFOSTATE_CALLEDID);
	(void)call_step(caller, CALL_EVENT_RINGING, NULL);
}

void connection_refused(struct call *called)
{
	struct call *caller = connection_peer(called);
	struct why why = { 0 };

	if (!caller)
		return;
	why_set(&why, LINEDISCONNECTMODE_TEMPFAILURE, "Q.850 41 temporary failure",
			"extension %s takes no new call now", called->line->number);
	connection_fail(called->connection, CALL_EVENT_END, &why);
}

void connection_not_answered(struct call *caller)
{
	struct connection *k = caller->connection;
	struct call *called = connection_peer(caller);
	struct why why = { LINEDISCONNECTMODE_NOANSWER, "Q.850 19 no answer from user",
		"the called extension did not answer in time" };
	struct why missed = { LINEDISCONNECTMODE_NORMAL, "Q.850 19 no answer from user",
		"the call was not answered in time" };

	connection_fail(k, CALL_EVENT_END, &why);
	if (called)
		call_end(called, &missed);
}

void connection_answered(struct call *called)
{
	struct connection *k = called->connection;

	k->is_answered = true;
	exchange_arm(&k->media_timer, exchange.config.media_ms);
	media_answer(k);
}

void connection_media_settled(struct connection *k)
{
	struct call *caller = k->half[CALL_SIDE_CALLER], *called = k->half[CALL_SIDE_CALLED];

	if (!k->is_answered || k->is_connected || !caller || !called)
		return;
	timer_stop(&k->media_timer);
	k->is_connected = true;
	call_set_party(caller, PARTY_CONNECTED, party_of_line(called->line));
	call_set_party(called, PARTY_CONNECTED, party_of_line(called->line));
	trace_hop(TRACE_TSP, "connect", extension_device(caller->line), "%s - %s%s",
			caller->line->number, called->line->number,
			called->leg.msp.is_agreed ? "" : ", silent");
	(void)call_step(called, CALL_EVENT_CONNECT, NULL);
	(void)call_step(caller, CALL_EVENT_CONNECT, NULL);
}

void connection_hung_up(struct call *c, enum call_state was)
{
	struct connection *k = c->connection;
	struct call *peer = connection_peer(c);
	struct why why = { 0 };

	if (was == CALL_STATE_DISCONNECTED || was == CALL_STATE_BUSY || k->is_over)
		return;
	timer_stop(&k->setup_timer);
	timer_stop(&k->media_timer);
	if (!peer)
		return;
	if (peer->state == CALL_STATE_NEW) {
		peer->is_doomed = true;
		return;
	}
	if (call_state_is_up(was))
		why_set(&why, LINEDISCONNECTMODE_NORMAL, "Q.850 16 normal call clearing",
				"extension %s hung up", c->line->number);
	else if (c->side == CALL_SIDE_CALLER)
		why_set(&why, LINEDISCONNECTMODE_NORMAL, "Q.850 16 normal call clearing",
				"extension %s hung up before the call was answered",
				c->line->number);
	else
		why_set(&why, LINEDISCONNECTMODE_REJECT, "Q.850 21 call rejected",
				"extension %s rejected the call", c->line->number);
	if (c->side == CALL_SIDE_CALLED && !k->is_answered)
		connection_fail(k, CALL_EVENT_END, &why);
	else
		(void)call_step(peer, CALL_EVENT_END, &why);
}
