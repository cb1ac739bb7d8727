// SPDX-License-Identifier: MIT
/* conference.c - a conference does one task at a time: it holds or brings back its parties, and
 * mixes who joins. The task ends when all of them have answered. */
#define LOG_TOPIC "sip"
#include "conference.h"

#include "account.h"
#include "call.h"
#include "sip.h"
#include "tell.h"
#include "transfer.h"

#include "base/log.h"
#include "media/rtpmsg.h"

#include <stdio.h>
#include <string.h>

#define TASK_MS 15000 /* the longest that peers and MSPs may take */

#define FEATURE(f) LINECALLFEATURE_##f

static struct call *call_of(uint64_t handle)
{
	return handle ? call_find((HDRVCALL)handle) : NULL;
}

HTAPICALL conference_of(const struct call *c)
{
	const struct call *k = call_of(c->links.conference);

	return k && c->links.is_party ? k->ht_call : 0;
}

DWORD conference_features(const struct call *k)
{
	if (k->links.task)
		return FEATURE(DROP);
	switch (k->state) {
	case CALL_STATE_CONNECTED:
		return FEATURE(DROP) | FEATURE(HOLD) | FEATURE(PREPAREADDCONF);
	case CALL_STATE_ONHOLDPENDCONF:
		return FEATURE(DROP) | FEATURE(UNHOLD) | FEATURE(ADDTOCONF);
	case CALL_STATE_ONHOLD:
		return FEATURE(DROP) | FEATURE(UNHOLD);
	default:
		return k->state == CALL_STATE_IDLE ? 0 : FEATURE(DROP);
	}
}

/* --- Who belongs to it --- */

static bool belongs(const struct call *c, const struct call *k)
{
	return c->links.conference == k->handle;
}

static unsigned count_parties(const struct call *k)
{
	unsigned count = 0;

	list_for(l, &k->line->calls) {
		const struct call *c = list_entry(l, struct call, link);

		if (belongs(c, k) && c->links.is_party)
			count++;
	}
	return count;
}

static struct call *find_consult(const struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (belongs(c, k) && !c->links.is_party && !c->links.is_joining)
			return c;
	}
	return NULL;
}

/* --- What a task asks of one call --- */

static void note_failure(struct call *k, const struct why *why, const char *sentence)
{
	if (k->links.has_failed)
		return;
	k->links.has_failed = true;
	if (why && why->cause[0])
		k->links.failure = *why;
	else
		why_set(&k->links.failure, 0, "conference", "%s", sentence);
}

static void hold_one(struct call *k, struct call *c, bool hold)
{
	if (c->leg.is_holding == hold && !c->is_hold_pending)
		return;
	c->links.is_asked_to_hold = true;
	k->links.pending++;
	if (!call_hold_quietly(c, hold)) {
		c->links.is_asked_to_hold = false;
		k->links.pending--;
		note_failure(k, NULL, "a party is being held or unheld already");
	}
}

/* Without a conference it leaves. A leg that no MSP has is silent, and needs no mixing. */
static void mix_one(struct call *k, struct call *c, bool joins)
{
	struct rtpmsg_writer w;
	char group[48];
	uint32_t id;

	if (c->leg.state == LEG_STATE_NONE)
		return;
	id = leg_begin(c, &w, RTPMSG_MIX);
	(void)snprintf(group, sizeof(group), "conference %llu", (unsigned long long)k->handle);
	if (joins)
		rtpmsg_add(&w, "Group", group);
	if (!leg_end(c, &w, NULL, 0))
		return;
	c->links.is_mixed = joins;
	if (!joins)
		return;
	c->links.mix_id = id;
	k->links.pending++;
	k->links.mixing++;
}

/* --- Tasks --- */

static void finish(struct call *k);

static void answered(struct call *k)
{
	if (--k->links.pending == 0)
		finish(k);
}

static void waited_enough(struct timer *t)
{
	struct links *l = list_entry(t, struct links, timer);
	struct call *k = (struct call *)(void *)((char *)l - offsetof(struct call, links));

	note_failure(k, NULL, "a peer or an application did not answer in time");
	k->links.pending = 0;
	finish(k);
}

/* Ends with answered(), so that a task with nothing to wait for ends, too. */
static void start(struct call *k, enum conference_task task, DRV_REQUESTID id)
{
	k->links.task = task;
	k->links.task_request = id;
	k->links.pending = 1;
	k->links.mixing = 0;
	k->links.members = 0;
	k->links.has_failed = false;
	k->links.timer.run = waited_enough;
	sip_arm(&k->links.timer, TASK_MS);
}

static void for_parties(struct call *k, bool hold)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (belongs(c, k) && (c->links.is_party || c->links.is_joining))
			hold_one(k, c, hold);
	}
}

static void join_all(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (belongs(c, k) && (c->links.is_party || c->links.is_joining) &&
				!c->links.is_mixed)
			mix_one(k, c, true);
	}
}

/* Legs that were mixed before count among the members. */
static unsigned count_mixed(const struct call *k)
{
	unsigned count = 0;

	list_for(l, &k->line->calls) {
		const struct call *c = list_entry(l, struct call, link);

		if (belongs(c, k) && c->links.is_mixed)
			count++;
	}
	return count;
}

static void end_holds(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (belongs(c, k)) {
			c->links.is_asked_to_hold = false;
			c->links.mix_id = 0;
		}
	}
}

/* Who wanted to join does not; the others are on hold again. */
static void undo(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (!belongs(c, k))
			continue;
		if (c->links.is_joining && c->links.is_mixed)
			mix_one(k, c, false);
		if (c->links.is_joining && c->links.was_no_consult)
			c->links.conference = 0;
		c->links.is_joining = false;
		if ((call_is_on_hold(c) || call_is_on_hold(k)) &&
				c->state != CALL_STATE_CONNECTED && call_is_up(c) &&
				!c->leg.is_holding)
			(void)call_hold_quietly(c, true);
	}
}

static void consult_begins(struct call *k)
{
	struct call *consult = find_consult(k);

	if (consult && consult->state == CALL_STATE_NEW)
		(void)call_step(consult, CALL_EVENT_OFFHOOK, NULL);
}

/* TAPI: who reports CONFERENCED is a party. */
static void joined(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (!belongs(c, k) || !c->links.is_joining)
			continue;
		c->links.is_joining = false;
		c->links.is_party = true;
		(void)call_step(c, CALL_EVENT_CONFERENCE, NULL);
	}
}

static void did_setup(struct call *k)
{
	(void)call_step(k, CALL_EVENT_HELD_CONF, NULL);
	joined(k);
	consult_begins(k);
}

static void did_prepare(struct call *k)
{
	(void)call_step(k, CALL_EVENT_HELD_CONF, NULL);
	consult_begins(k);
}

static void did_join(struct call *k)
{
	(void)call_step(k, k->state == CALL_STATE_NEW ? CALL_EVENT_CONNECT : CALL_EVENT_UNHELD,
			NULL);
	joined(k);
}

static void did_hold(struct call *k)
{
	(void)call_step(k, CALL_EVENT_HELD, NULL);
}

static void did_unhold(struct call *k)
{
	(void)call_step(k, CALL_EVENT_UNHELD, NULL);
}

static const struct {
	const char *name;
	void (*done)(struct call *k);
} tasks[] = {
	[CONFERENCE_TASK_SETUP] = { "setup", did_setup },
	[CONFERENCE_TASK_PREPARE] = { "prepare", did_prepare },
	[CONFERENCE_TASK_JOIN] = { "join", did_join },
	[CONFERENCE_TASK_HOLD] = { "hold", did_hold },
	[CONFERENCE_TASK_UNHOLD] = { "unhold", did_unhold },
};

/* Fewer in the group than we have put there: they are mixed in different processes. */
static void check_members(struct call *k)
{
	if (k->links.mixing && k->links.members < count_mixed(k))
		note_failure(k, NULL,
				"the sound of the calls is in different applications, where it "
				"cannot be mixed");
}

static void dissolve_if_small(struct call *k);

static void finish(struct call *k)
{
	enum conference_task task = k->links.task;
	DRV_REQUESTID id = k->links.task_request;

	timer_stop(&k->links.timer);
	k->links.task = CONFERENCE_TASK_NONE;
	k->links.task_request = 0;
	end_holds(k);
	if (task == CONFERENCE_TASK_JOIN)
		check_members(k);
	log_info("conference %llu of %s: %s %s", (unsigned long long)k->handle,
			account_name(k->line), tasks[task].name,
			k->links.has_failed ? "failed" : "done");
	if (k->links.has_failed) {
		undo(k);
		if (id)
			tell_done(id, LINEERR_OPERATIONFAILED, &k->links.failure);
		return;
	}
	if (id)
		tell_done(id, 0, NULL);
	tasks[task].done(k);
	dissolve_if_small(k);
}

void conference_hold_settled(struct call *c, LONG result, const struct why *why)
{
	struct call *k = call_of(c->links.conference);

	if (!c->links.is_asked_to_hold)
		return;
	c->links.is_asked_to_hold = false;
	if (!k || !k->links.task)
		return;
	if (result < 0)
		note_failure(k, why, "a party does not let itself be held");
	answered(k);
}

void conference_mixed(struct call *c, uint32_t id, uint32_t members, const char *reason)
{
	struct call *k = call_of(c->links.conference);

	if (!c->links.mix_id || id != c->links.mix_id)
		return;
	c->links.mix_id = 0;
	if (!k || !k->links.task)
		return;
	if (!members) {
		c->links.is_mixed = false;
		note_failure(k, NULL, reason);
	}
	if (members > k->links.members)
		k->links.members = members;
	answered(k);
}

/* --- Requests --- */

static LONG check(const struct call *k, enum call_state state)
{
	if (!k->links.is_conference)
		return sip_fail(LINEERR_INVALCONFCALLHANDLE, "call",
				"the call is no conference call");
	if (k->state != state || k->links.task)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"the conference is in state %s%s", call_state_name(k->state),
				k->links.task ? ", and at something else" : "");
	return 0;
}

static struct call *conference_new(struct account *a, HTAPICALL ht)
{
	struct call *k = call_new(a, false);

	if (!k)
		return NULL;
	k->ht_call = ht;
	k->links.is_conference = true;
	k->origin = LINECALLORIGIN_CONFERENCE;
	return k;
}

static void joins(struct call *k, struct call *c)
{
	c->links.was_no_consult = c->links.conference != k->handle;
	c->links.conference = k->handle;
	c->links.is_joining = true;
}

static LONG make_consult(struct call *k, const struct conference_calls *calls)
{
	struct call *consult;
	LONG err = call_new_outgoing(k->line, calls->ht_consult, calls->params, &consult);

	if (err)
		return err;
	consult->links.conference = k->handle;
	consult->related_call_id = k->call_id;
	*calls->consult = (HDRVCALL)consult->handle;
	return 0;
}

static LONG check_party(const struct call *c)
{
	if (!call_is_up(c) || c->state == CALL_STATE_CONFERENCED || !c->dialog)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"a call in state %s cannot join a conference",
				call_state_name(c->state));
	if (c->is_hold_pending || c->links.transfer_request || c->links.before)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"the call is being held or transferred just now");
	return 0;
}

LONG conference_setup(struct account *a, struct call *party, DRV_REQUESTID id,
		const struct conference_calls *calls)
{
	struct call *k;
	LONG err = party ? check_party(party) : 0;

	if (err)
		return err;
	k = conference_new(a, calls->ht_conference);
	if (!k)
		return LINEERR_NOMEM;
	err = make_consult(k, calls);
	if (err) {
		call_discard(k);
		return err;
	}
	*calls->conference = (HDRVCALL)k->handle;
	start(k, CONFERENCE_TASK_SETUP, id);
	if (party) {
		joins(k, party);
		hold_one(k, party, true);
	}
	answered(k);
	return (LONG)id;
}

LONG conference_prepare(struct call *k, DRV_REQUESTID id, const struct conference_calls *calls)
{
	LONG err = check(k, CALL_STATE_CONNECTED);

	if (!err && count_parties(k) >= CONFERENCE_MAX)
		err = sip_fail(LINEERR_CONFERENCEFULL, "conference", "it has %d parties",
				CONFERENCE_MAX);
	if (!err)
		err = make_consult(k, calls);
	if (err)
		return err;
	start(k, CONFERENCE_TASK_PREPARE, id);
	for_parties(k, true);
	answered(k);
	return (LONG)id;
}

static void join(struct call *k, DRV_REQUESTID id)
{
	start(k, CONFERENCE_TASK_JOIN, id);
	join_all(k);
	for_parties(k, false);
	answered(k);
}

LONG conference_add(struct call *k, struct call *consult, DRV_REQUESTID id)
{
	LONG err = k->state == CALL_STATE_CONNECTED ? check(k, CALL_STATE_CONNECTED)
						    : check(k, CALL_STATE_ONHOLDPENDCONF);

	if (!err)
		err = check_party(consult);
	if (!err && (consult->line != k->line || consult->links.is_conference))
		err = sip_fail(LINEERR_INVALCONSULTCALLHANDLE, "call",
				"the call is not one of the conference's line");
	if (!err && count_parties(k) >= CONFERENCE_MAX)
		err = sip_fail(LINEERR_CONFERENCEFULL, "conference", "it has %d parties",
				CONFERENCE_MAX);
	if (err)
		return err;
	joins(k, consult);
	join(k, id);
	return (LONG)id;
}

LONG conference_of_transfer(struct call *original, struct call *consult, DRV_REQUESTID id,
		const struct conference_calls *calls)
{
	struct call *k;
	LONG err = check_party(original);

	if (!err)
		err = check_party(consult);
	if (err)
		return err;
	k = conference_new(original->line, calls->ht_conference);
	if (!k)
		return LINEERR_NOMEM;
	*calls->conference = (HDRVCALL)k->handle;
	transfer_forget_consultation(original);
	joins(k, original);
	joins(k, consult);
	join(k, id);
	return (LONG)id;
}

static void leave(struct call *k, struct call *c)
{
	mix_one(k, c, false);
	c->links.conference = 0;
	c->links.is_party = false;
}

LONG conference_remove(struct call *c, DRV_REQUESTID id)
{
	struct call *k = call_of(c->links.conference);

	if (!k || !c->links.is_party || k->links.task)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"the call is no party of a conference that could let it go now");
	leave(k, c);
	tell_done(id, 0, NULL);
	if (c->leg.is_holding)
		(void)call_hold_quietly(c, false);
	(void)call_step(c, CALL_EVENT_UNHELD, NULL);
	dissolve_if_small(k);
	return (LONG)id;
}

LONG conference_hold(struct call *k, DRV_REQUESTID id)
{
	LONG err = check(k, CALL_STATE_CONNECTED);

	if (err)
		return err;
	start(k, CONFERENCE_TASK_HOLD, id);
	for_parties(k, true);
	answered(k);
	return (LONG)id;
}

LONG conference_unhold(struct call *k, DRV_REQUESTID id)
{
	struct call *consult = find_consult(k);

	if ((k->state != CALL_STATE_ONHOLD && k->state != CALL_STATE_ONHOLDPENDCONF) ||
			k->links.task)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"the conference is not on hold, or at something else");
	if (consult) {
		consult->links.conference = 0;
		(void)call_step(consult, CALL_EVENT_DROP, NULL);
	}
	start(k, CONFERENCE_TASK_UNHOLD, id);
	for_parties(k, false);
	answered(k);
	return (LONG)id;
}

/* --- Its end --- */

/* The last party is a plain call again. */
static void release_last(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (!belongs(c, k) || !c->links.is_party)
			continue;
		leave(k, c);
		if (c->leg.is_holding)
			(void)call_hold_quietly(c, false);
		(void)call_step(c, CALL_EVENT_UNHELD, NULL);
	}
}

/* A conference of one that somebody has left is none any more. */
static void dissolve_if_small(struct call *k)
{
	unsigned count = count_parties(k);

	if (k->links.task || !k->links.has_shrunk || count > 1 || find_consult(k) ||
			k->state == CALL_STATE_IDLE)
		return;
	release_last(k);
	(void)call_step(k, CALL_EVENT_DROP, NULL);
}

void conference_dropped(struct call *c)
{
	struct call *k = call_of(c->links.conference);

	if (!k || c->links.is_party || c->links.is_joining || k->links.task)
		return;
	c->links.conference = 0;
	if (k->state != CALL_STATE_ONHOLDPENDCONF)
		return;
	k->links.has_shrunk |= count_parties(k) < 2;
	start(k, CONFERENCE_TASK_UNHOLD, 0);
	for_parties(k, false);
	answered(k);
}

static void conference_ended(struct call *k)
{
	DRV_REQUESTID id = k->links.task_request;

	timer_stop(&k->links.timer);
	k->links.task = CONFERENCE_TASK_NONE;
	k->links.task_request = 0;
	if (id)
		tell_done(id, LINEERR_OPERATIONFAILED, NULL);
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (!belongs(c, k))
			continue;
		c->links.conference = 0;
		c->links.is_joining = false;
		if (!c->links.is_party)
			continue;
		c->links.is_party = false;
		(void)call_step(c, CALL_EVENT_DROP, NULL);
	}
}

void conference_call_ended(struct call *c)
{
	struct call *k = call_of(c->links.conference);

	if (c->links.is_conference) {
		conference_ended(c);
		return;
	}
	if (!k || (!c->links.is_party && !c->links.is_joining))
		return;
	c->links.conference = 0;
	c->links.is_party = c->links.is_joining = false;
	k->links.has_shrunk = true;
	if (k->links.task && (c->links.is_asked_to_hold || c->links.mix_id)) {
		unsigned waits = (c->links.is_asked_to_hold ? 1u : 0) + (c->links.mix_id ? 1u : 0);

		c->links.is_asked_to_hold = false;
		c->links.mix_id = 0;
		note_failure(k, NULL, "a party has hung up meanwhile");
		while (waits-- && k->links.pending)
			answered(k);
	}
	dissolve_if_small(k);
}
