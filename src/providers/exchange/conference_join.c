// SPDX-License-Identifier: MIT
/* conference_join.c - the sound of who joins is mixed first; then all of them enter, or none. */
#define LOG_TOPIC "exchange"
#include "conference_join.h"

#include "call.h"
#include "complete.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "hub.h"

#include "base/log.h"

#include <stdio.h>

bool conference_mix(struct call *k, struct call *c)
{
	char group[32];

	complete_unmix(c); /* who has broken in hears it no more */
	/* A number that no other call has; it begins by chance, so neither has another provider. */
	(void)snprintf(group, sizeof(group), "conference %u", (unsigned)k->meeting.group);
	return media_mix(c, group);
}

void conference_mix_again(struct call *party)
{
	(void)conference_mix(party->conference, party);
}

static unsigned count_mixed(const struct call *k)
{
	unsigned count = 0;

	list_for(l, &k->line->calls) {
		const struct call *c = list_entry(l, struct call, link);

		if ((c->conference == k || c->joins == k) && c->leg.is_mixed)
			count++;
	}
	return count;
}

void conference_enter(struct call *k, struct call *c)
{
	struct call *peer = connection_peer(c);

	call_forget_consultation(c);
	c->joins = NULL;
	c->conference = k;
	hub_merge(c->call_id, k->call_id);
	(void)call_step(c, CALL_EVENT_CONFERENCE, NULL);
	media_hold(c, call_is_on_hold(k));
	if (peer)
		(void)call_step(peer, CALL_EVENT_FAR_HOLD, NULL);
}

static void each_joining(struct call *k, void (*act)(struct call *k, struct call *c))
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (c->joins == k)
			act(k, c);
	}
}

static void turn_away(struct call *k, struct call *c)
{
	(void)k;
	c->joins = NULL;
	(void)media_mix(c, NULL);
}

static void end_join(struct call *k, LONG result, const struct why *why)
{
	DRV_REQUESTID id = k->meeting.request;

	timer_stop(&k->timer);
	k->meeting.request = 0;
	k->meeting.is_joining = false;
	k->meeting.pending = 0;
	k->meeting.unheld = NULL;
	if (id)
		outbox_complete(&exchange.outbox, id, result, why);
}

static void joined(struct call *k)
{
	end_join(k, 0, NULL);
	if (k->state == CALL_STATE_NEW)
		(void)call_step(k, CALL_EVENT_CONNECT, NULL);
	else
		(void)call_step(k, CALL_EVENT_UNHOLD, NULL);
	each_joining(k, conference_enter);
}

void conference_give_up_join(struct call *k, const struct why *why)
{
	bool was_asked_for = k->meeting.request != 0;

	log_info("call %llu of %s: nobody joins: %s", (unsigned long long)k->handle,
			k->line->number, why->sentence);
	end_join(k, LINEERR_OPERATIONFAILED, why);
	each_joining(k, turn_away);
	if (!was_asked_for)
		(void)call_step(k, CALL_EVENT_DROP, NULL);
}

void conference_fail_join(struct call *k, const char *sentence)
{
	struct why why = { 0 };

	why_set(&why, 0, "conference", "%s", sentence);
	conference_give_up_join(k, &why);
}

/* Fewer in a group than were put there: they are mixed in different processes. */
static void settle(struct call *k)
{
	if (k->meeting.pending)
		return;
	if (k->meeting.members && k->meeting.members < count_mixed(k))
		conference_fail_join(k, "the sound of the calls is in different applications, "
					"where it cannot be "
					"mixed");
	else
		joined(k);
}

static void waited_enough(struct timer *t)
{
	conference_fail_join(list_entry(t, struct call, timer),
			"an application did not mix a call in time");
}

static void ask_to_mix(struct call *k, struct call *c)
{
	if ((!c->leg.is_mixed || c->services.is_intruded) && conference_mix(k, c))
		k->meeting.pending++;
}

void conference_join(struct call *k, DRV_REQUESTID id)
{
	k->meeting.request = id;
	k->meeting.is_joining = true;
	k->meeting.pending = 0;
	k->meeting.members = 0;
	k->timer.run = waited_enough;
	exchange_arm(&k->timer, exchange.config.media_ms);
	each_joining(k, ask_to_mix);
	settle(k);
}

void conference_mixed(struct call *c, uint32_t members)
{
	struct call *k = c->joins;

	if (!members)
		c->leg.is_mixed = false;
	if (!k || !k->meeting.pending)
		return;
	if (!members) {
		conference_fail_join(k, "the application does not mix the call");
		return;
	}
	k->meeting.pending--;
	if (members > k->meeting.members)
		k->meeting.members = members;
	settle(k);
}

void conference_unmixed(struct call *c)
{
	struct call *k = c->joins;

	c->leg.is_mixed = false;
	if (!k || !k->meeting.pending)
		return;
	k->meeting.pending--;
	settle(k);
}
