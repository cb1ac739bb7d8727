// SPDX-License-Identifier: MIT
/* conference_task.c - a conference does one task at a time: it holds or brings back its parties,
 * and mixes who joins. The task ends when all of them have answered. */
#define LOG_TOPIC "sip"
#include "conference_task.h"

#include "account.h"
#include "call.h"
#include "conference.h"
#include "sip.h"
#include "tell.h"

#include "base/log.h"
#include "media/rtpmsg.h"

#include <stdio.h>

#define TASK_MS 15000 /* the longest that peers and MSPs may take */

static struct call *call_of(uint64_t handle)
{
	return handle ? call_find((HDRVCALL)handle) : NULL;
}

/* --- What a task asks of one call --- */

void conference_task_fail(struct call *k, const struct why *why, const char *sentence)
{
	if (k->links.has_failed)
		return;
	k->links.has_failed = true;
	if (why && why->cause[0])
		k->links.failure = *why;
	else
		why_set(&k->links.failure, 0, "conference", "%s", sentence);
}

void conference_task_hold(struct call *k, struct call *c, bool hold)
{
	if (c->leg.is_holding == hold && !c->is_hold_pending)
		return;
	c->links.is_asked_to_hold = true;
	k->links.pending++;
	if (!call_hold_quietly(c, hold)) {
		c->links.is_asked_to_hold = false;
		k->links.pending--;
		conference_task_fail(k, NULL, "a party is being held or unheld already");
	}
}

/* Without a conference it leaves. A leg that no MSP has is silent, and needs no mixing. */
void conference_task_mix(struct call *k, struct call *c, bool joins)
{
	struct rtpmsg_writer w;
	char group[48];
	uint32_t id;

	if (c->leg.msp.state == MSP_STATE_NONE)
		return;
	id = leg_begin(c, &w, RTPMSG_MIX);
	/* Handles begin anew with each provider; the call's number begins by chance. */
	(void)snprintf(group, sizeof(group), "conference %u %llu", (unsigned)k->call_id,
			(unsigned long long)k->handle);
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

void conference_task_answered(struct call *k)
{
	if (--k->links.pending == 0)
		finish(k);
}

static void waited_enough(struct timer *t)
{
	struct links *l = list_entry(t, struct links, timer);
	struct call *k = (struct call *)(void *)((char *)l - offsetof(struct call, links));

	conference_task_fail(k, NULL, "a peer or an application did not answer in time");
	k->links.pending = 0;
	finish(k);
}

/* Ends with conference_task_answered(), so that a task with nothing to wait for ends, too. */
void conference_task_start(struct call *k, enum conference_task task, DRV_REQUESTID id)
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

void conference_task_hold_all(struct call *k, bool hold)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (conference_has(c, k) && (c->links.is_party || c->links.is_joining))
			conference_task_hold(k, c, hold);
	}
}

void conference_task_mix_all(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (conference_has(c, k) && (c->links.is_party || c->links.is_joining) &&
				!c->links.is_mixed)
			conference_task_mix(k, c, true);
	}
}

/* Legs that were mixed before count among the members. */
static unsigned count_mixed(const struct call *k)
{
	unsigned count = 0;

	list_for(l, &k->line->calls) {
		const struct call *c = list_entry(l, struct call, link);

		if (conference_has(c, k) && c->links.is_mixed)
			count++;
	}
	return count;
}

static void end_holds(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (conference_has(c, k)) {
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

		if (!conference_has(c, k))
			continue;
		if (c->links.is_joining && c->links.is_mixed)
			conference_task_mix(k, c, false);
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
	struct call *consult = conference_find_consult(k);

	if (consult && consult->state == CALL_STATE_NEW)
		(void)call_step(consult, CALL_EVENT_OFFHOOK, NULL);
}

/* TAPI: who reports CONFERENCED is a party. */
static void joined(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (!conference_has(c, k) || !c->links.is_joining)
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
		conference_task_fail(k, NULL,
				"the sound of the calls is in different applications, where it "
				"cannot be mixed");
}

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
	conference_shrink(k);
}

void conference_task_hold_settled(struct call *c, LONG result, const struct why *why)
{
	struct call *k = call_of(c->links.conference);

	if (!c->links.is_asked_to_hold)
		return;
	c->links.is_asked_to_hold = false;
	if (!k || !k->links.task)
		return;
	if (result < 0)
		conference_task_fail(k, why, "a party does not let itself be held");
	conference_task_answered(k);
}

void conference_task_mixed(struct call *c, uint32_t id, uint32_t members, const char *reason)
{
	struct call *k = call_of(c->links.conference);

	if (!c->links.mix_id || id != c->links.mix_id)
		return;
	c->links.mix_id = 0;
	if (!k || !k->links.task)
		return;
	if (!members) {
		c->links.is_mixed = false;
		conference_task_fail(k, NULL, reason);
	}
	if (members > k->links.members)
		k->links.members = members;
	conference_task_answered(k);
}
