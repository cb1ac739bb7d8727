// SPDX-License-Identifier: MIT
/* media.c - who offers, who answers. One offer at a time crosses a connection; one that comes
 * meanwhile waits in its leg. */
#define LOG_TOPIC "exchange"
#include "media.h"

#include "call.h"
#include "complete.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "base/log.h"
#include "base/mem.h"
#include "media/rtpmsg.h"

static bool has_msp(const struct call *c)
{
	return !list_empty(&c->line->instances);
}

uint32_t media_begin(struct call *c, struct rtpmsg_writer *w, int verb)
{
	return msp_begin(&media_msp, c, w, verb);
}

bool media_end(struct call *c, struct rtpmsg_writer *w, const void *body, size_t size)
{
	return msp_end(&media_msp, c, w, body, size);
}

static void send_error(const struct call *c, uint32_t id, int code, const char *reason)
{
	msp_refuse(&media_msp, c, id, code, reason);
}

static void forget_offer(struct leg *l)
{
	mem_free(l->offer);
	l->offer = NULL;
	l->offer_size = 0;
}

/* The offer of this half came to nothing: its MSP is as it was before. */
static void refuse_offer(struct call *c, int code, const char *reason)
{
	if (!c->leg.offer)
		return;
	send_error(c, c->leg.offer_id, code, reason);
	forget_offer(&c->leg);
}

static void say_hold(struct call *c)
{
	struct rtpmsg_writer w;

	(void)media_begin(c, &w, c->leg.is_holding ? RTPMSG_HOLD : RTPMSG_RESUME);
	if (c->leg.is_holding)
		rtpmsg_add(&w, "Direction", "inactive");
	(void)media_end(c, &w, NULL, 0);
}

static void mix_again(struct call *c)
{
	if (c->conference)
		conference_mix_again(c);
	else
		complete_mix_again(c);
}

/* The first word to an MSP that has the call from now on. */
static void greet(struct call *c)
{
	if (c->leg.msp.state == MSP_STATE_NONE && c->leg.is_holding)
		say_hold(c);
}

/* Then it is asked for something, and knows what else is wished. */
static void asked(struct call *c, enum msp_state state, uint32_t id)
{
	bool is_first = c->leg.msp.state == MSP_STATE_NONE;

	c->leg.msp.state = state;
	c->leg.msp.asked_id = id;
	if (is_first)
		mix_again(c);
}

static bool ask_offer(struct call *c)
{
	struct rtpmsg_writer w;
	uint32_t id;

	c->leg.is_renewal_wanted = false;
	if (!has_msp(c))
		return false;
	greet(c);
	id = media_begin(c, &w, RTPMSG_OFFER_WANTED);
	if (!media_end(c, &w, NULL, 0))
		return false;
	asked(c, MSP_STATE_ASKED, id);
	return true;
}

static bool give_offer(struct call *from, struct call *to)
{
	struct rtpmsg_writer w;
	uint32_t id;

	greet(to);
	id = media_begin(to, &w, RTPMSG_OFFER);
	if (!media_end(to, &w, from->leg.offer, from->leg.offer_size))
		return false;
	asked(to, MSP_STATE_GIVEN, id);
	from->connection->offerer = from;
	digits_detect(to, false);
	return true;
}

/* If nothing is under way, let the next offer cross. False: nothing is under way now. */
static bool negotiate(struct connection *k)
{
	if (!k->is_answered)
		return false;
	for (int side = 0; side < 2 && !k->offerer; side++) {
		struct call *from = k->half[side], *to = k->half[1 - side];

		if (!from || !to || !from->leg.offer || !call_is_active(from))
			continue;
		if (!has_msp(to))
			refuse_offer(from, 488, "the other side has no media");
		else if (!give_offer(from, to))
			refuse_offer(from, 413, NULL);
	}
	return k->offerer != NULL;
}

/* An MSP that waits for an answer makes no other offer. */
static bool is_offering(const struct call *c)
{
	return c && (c->leg.msp.state == MSP_STATE_ASKED || c->leg.offer);
}

/* Nothing is under way: whoever is to offer anew does. */
static void renew(struct connection *k)
{
	for (int side = 0; side < 2; side++) {
		struct call *c = k->half[side], *peer = k->half[1 - side];

		if (c && c->leg.is_renewal_wanted && !k->offerer && !is_offering(c) &&
				!is_offering(peer) && ask_offer(c))
			return;
	}
}

/* Nobody's offer is being answered any more. */
static void settle(struct connection *k)
{
	struct call *caller = k->half[CALL_SIDE_CALLER];

	k->offerer = NULL;
	if (negotiate(k))
		return;
	if (caller && caller->leg.msp.state == MSP_STATE_ASKED && !k->is_connected)
		return; /* its offer is still to come */
	connection_media_settled(k);
	renew(k);
}

void media_start(struct call *c)
{
	(void)ask_offer(c);
}

void media_answer(struct connection *k)
{
	settle(k);
}

void media_hold(struct call *c, bool hold)
{
	if (c->leg.is_holding == hold)
		return;
	c->leg.is_holding = hold;
	if (c->leg.msp.state == MSP_STATE_NONE)
		return; /* it is told when there is somebody to tell */
	say_hold(c);
	c->leg.is_renewal_wanted = true;
	renew(c->connection);
}

bool media_mix(struct call *c, const char *group)
{
	struct rtpmsg_writer w;
	uint32_t id;

	c->leg.mix_id = 0;
	if (!group && !c->leg.is_mixed)
		return false;
	c->leg.is_mixed = false;
	if (c->leg.msp.state == MSP_STATE_NONE)
		return false;
	id = media_begin(c, &w, RTPMSG_MIX);
	if (group)
		rtpmsg_add(&w, "Group", group);
	if (!media_end(c, &w, NULL, 0) || !group)
		return false;
	c->leg.mix_id = id;
	c->leg.is_mixed = true;
	return true;
}

static void mixed(struct call *c, uint32_t id, uint32_t members)
{
	if (!c->leg.mix_id || id != c->leg.mix_id)
		return;
	c->leg.mix_id = 0;
	conference_mixed(c, members);
}

static void take_ok(struct call *c, const struct rtpmsg *m)
{
	uint32_t members = 0;

	(void)rtpmsg_number(m, "Members", UINT32_MAX, &members);
	mixed(c, m->id, members);
}

void media_part(struct connection *k)
{
	k->offerer = NULL;
	for (int side = 0; side < 2; side++)
		if (k->half[side] && k->half[side]->leg.msp.state == MSP_STATE_GIVEN)
			k->half[side]->leg.msp.state = MSP_STATE_QUIET;
}

void media_join(struct connection *k)
{
	struct call *caller = k->half[CALL_SIDE_CALLER], *called = k->half[CALL_SIDE_CALLED];

	if (!caller || !called)
		return;
	if (has_msp(caller) && has_msp(called))
		caller->leg.is_renewal_wanted = true;
	else
		caller->leg.msp.is_agreed = called->leg.msp.is_agreed = false;
	settle(k);
}

void media_stop(struct call *c)
{
	msp_stop(&media_msp, c, c->leg.offer != NULL);
	c->leg.is_holding = c->leg.is_renewal_wanted = false;
	c->leg.is_mixed = false;
	c->leg.mix_id = 0;
	forget_offer(&c->leg);
}

void media_fini(struct call *c)
{
	forget_offer(&c->leg);
	figures_give_up(&c->leg.msp.figures, &exchange.outbox, NULL);
}

LONG media_figures(struct call *c, DRV_REQUESTID id, LPVARSTRING out)
{
	return msp_get_figures(&media_msp, c, id, out);
}

static void keep_offer(struct call *c, const struct rtpmsg *m, bool is_new)
{
	char *copy = mem_dup(m->body.p, m->body.size);

	if (!copy) {
		send_error(c, m->id, 500, NULL);
		return;
	}
	if (c->leg.offer && c->leg.offer_id != m->id)
		refuse_offer(c, 491, "a newer offer has come");
	forget_offer(&c->leg);
	c->leg.offer = copy;
	c->leg.offer_size = m->body.size;
	c->leg.offer_id = m->id;
	c->leg.offer_is_new = is_new;
}

/* An instance that joins takes the place of the one before it, and of what that one was at. */
static void step_aside(struct call *c)
{
	struct connection *k = c->connection;

	if (k->offerer == c)
		forget_offer(&c->leg);
	else if (k->offerer && c->leg.msp.state == MSP_STATE_GIVEN)
		refuse_offer(k->offerer, 491, "the media of the other side has moved");
	if (k->offerer == c || c->leg.msp.state == MSP_STATE_GIVEN)
		k->offerer = NULL;
	c->leg.msp.state = MSP_STATE_QUIET;
}

/* A new instance has heard nothing of what is wished of it. */
static void joined(struct call *c)
{
	if (c->leg.is_holding)
		say_hold(c);
	mix_again(c);
	digits_detect(c, true);
	if (connection_peer(c))
		treatment_update(connection_peer(c), true);
	figures_give_up(&c->leg.msp.figures, &exchange.outbox, NULL);
}

/* What it offers is sound, where there must be none. */
static void refuse_unheld(struct call *c, uint32_t id)
{
	send_error(c, id, 491, "the call is on hold: you will be asked for an offer");
	c->leg.is_renewal_wanted = true;
}

static void take_offer(struct call *c, const struct rtpmsg *m, bool is_new)
{
	if (m->body.size == 0) {
		send_error(c, m->id, 400, "an offer has a session description");
		return;
	}
	step_aside(c);
	if (is_new)
		joined(c);
	if (is_new && c->leg.is_holding)
		refuse_unheld(c, m->id);
	else
		keep_offer(c, m, is_new);
	if (!c->connection->offerer)
		settle(c->connection);
}

static void take_answer(struct call *c, const struct rtpmsg *m)
{
	struct call *from = c->connection->offerer;
	struct rtpmsg_writer w;

	if (!from || from == c) {
		send_error(c, m->id, 481, NULL);
		return;
	}
	c->leg.msp.state = MSP_STATE_QUIET;
	msp_reply(&w, RTPMSG_ANSWER, from->leg.offer_id);
	if (from->leg.offer_is_new)
		rtpmsg_add(&w, "New", "yes");
	if (media_end(from, &w, m->body.p, m->body.size)) {
		forget_offer(&from->leg);
		c->leg.msp.is_agreed = true;
		from->leg.msp.is_agreed = true;
		digits_detect(from, false);
	} else {
		refuse_offer(from, 413, NULL);
	}
	settle(c->connection);
}

static void take_error(struct call *c, const struct rtpmsg *m, int code, const char *reason)
{
	struct connection *k = c->connection;

	log_info("call %llu of %s: the MSP says %d %s", (unsigned long long)c->handle,
			c->line->number, code, reason);
	mixed(c, m->id, 0);
	if (msp_is_asked(&c->leg.msp, MSP_STATE_ASKED, m)) {
		c->leg.msp.state = c->leg.msp.is_agreed ? MSP_STATE_QUIET : MSP_STATE_NONE;
	} else if (msp_is_asked(&c->leg.msp, MSP_STATE_GIVEN, m)) {
		c->leg.msp.state = MSP_STATE_QUIET;
		if (k->offerer)
			refuse_offer(k->offerer, code, reason[0] ? reason : NULL);
		k->offerer = NULL;
	} else {
		return;
	}
	if (!k->offerer)
		settle(k);
}

/* Whatever waits for an instance need not. */
static void nobody_there(struct call *c, enum msp_state was)
{
	struct connection *k = c->connection;
	bool was_given = was == MSP_STATE_GIVEN;

	forget_offer(&c->leg);
	if (was_given && k->offerer)
		refuse_offer(k->offerer, 488, "the other side has no media");
	if (was_given || k->offerer == c)
		k->offerer = NULL;
	if (c->leg.mix_id || c->leg.is_mixed) {
		c->leg.mix_id = 0;
		conference_unmixed(c);
	}
	if (!k->offerer)
		settle(k);
}

static struct msp *msp_of(struct call *c)
{
	return &c->leg.msp;
}

static LONG fail(LONG code, const char *cause, const char *sentence)
{
	return exchange_fail(code, cause, "%s", sentence);
}

const struct msp_hooks media_msp = {
	.outbox = &exchange.outbox,
	.of = msp_of,
	.tell = tell_msp,
	.fail = fail,
	.offer = take_offer,
	.answer = take_answer,
	.error = take_error,
	.ok = take_ok,
	.heard = digits_heard,
	.done = digits_done,
	.cancel = digits_cancel_all,
	.absent = nobody_there,
};

void media_receive(struct call *c, const void *data, size_t size)
{
	if (call_is_active(c) && c->state != CALL_STATE_NEW)
		msp_receive(&media_msp, c, data, size);
	/* else: the last words of an MSP that has been closed */
}
