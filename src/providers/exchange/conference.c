// SPDX-License-Identifier: MIT
/* conference.c - who is in a conference, and what its applications ask of it. A call joins when its
 * MSP has said that it mixes it with the others; everything else is done at once. */
#define LOG_TOPIC "exchange"
#include "conference.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "hub.h"

#include "base/log.h"

#include <stdio.h>

#define FEATURE(f) LINECALLFEATURE_##f

/* What a conference call never can: it has no peer. */
#define WITH_A_PEER                                                                                \
	(FEATURE(GENERATEDIGITS) | FEATURE(GENERATETONE) | FEATURE(SENDUSERUSER) |                 \
			FEATURE(SETTREATMENT) | FEATURE(SECURECALL) | FEATURE(SETUPCONF))

/* --- Who belongs to it --- */

static unsigned count_parties(const struct call *k)
{
	unsigned count = 0;

	list_for(l, &k->line->calls)
		if (list_entry(l, struct call, link)->conference == k)
			count++;
	return count;
}

static bool is_full(const struct call *k)
{
	return count_parties(k) >= exchange.config.conference_parties;
}

static bool can_be_party(const struct call *c)
{
	return !c->meeting.is_conference && !c->is_hidden && !c->joins &&
	       call_can(c, CALL_EVENT_CONFERENCE) && !(c->consult && c->consult->is_hidden);
}

DWORD conference_impossible(const struct call *c)
{
	DWORD bits = 0;

	if (c->meeting.is_conference)
		bits |= WITH_A_PEER;
	else
		bits |= FEATURE(PREPAREADDCONF);
	if (c->consult || c->original || !connection_peer(c))
		bits |= FEATURE(SETUPCONF);
	if (c->consult)
		bits |= FEATURE(PREPAREADDCONF);
	return bits;
}

void conference_hold_media(struct call *k, bool hold)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (c->conference == k)
			call_hold_media(c, hold);
	}
}

/* --- Mixing --- */

/* Silent calls need none. True: the MSP will answer. */
static bool mix(struct call *k, struct call *c)
{
	char group[48];

	/* Handles begin anew with each provider; a call's number begins by chance. */
	(void)snprintf(group, sizeof(group), "conference %u %llu", (unsigned)k->call_id,
			(unsigned long long)k->handle);
	return media_mix(c, group);
}

void conference_mix_again(struct call *party)
{
	(void)mix(party->conference, party);
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

/* --- Joining --- */

static void enter(struct call *k, struct call *c)
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
	each_joining(k, enter);
}

static void not_joined(struct call *k, const struct why *why)
{
	bool was_asked_for = k->meeting.request != 0;

	log_info("call %llu of %s: nobody joins: %s", (unsigned long long)k->handle,
			k->line->number, why->sentence);
	end_join(k, LINEERR_OPERATIONFAILED, why);
	each_joining(k, turn_away);
	if (!was_asked_for)
		(void)call_step(k, CALL_EVENT_DROP, NULL);
}

static void fail(struct call *k, const char *sentence)
{
	struct why why = { 0 };

	why_set(&why, 0, "conference", "%s", sentence);
	not_joined(k, &why);
}

/* Fewer in a group than were put there: they are mixed in different processes. */
static void settle(struct call *k)
{
	if (k->meeting.pending)
		return;
	if (k->meeting.members && k->meeting.members < count_mixed(k))
		fail(k, "the sound of the calls is in different applications, where it cannot be "
			"mixed");
	else
		joined(k);
}

static void waited_enough(struct timer *t)
{
	fail(list_entry(t, struct call, timer), "an application did not mix a call in time");
}

static void ask_to_mix(struct call *k, struct call *c)
{
	if (!c->leg.is_mixed && mix(k, c))
		k->meeting.pending++;
}

/* The calls that join are marked. */
static void join(struct call *k, DRV_REQUESTID id)
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
		fail(k, "the application does not mix the call");
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

/* --- Requests --- */

static LONG check(const struct call *k, enum call_state state)
{
	if (!k->meeting.is_conference)
		return exchange_fail(LINEERR_INVALCONFCALLHANDLE, "call",
				"the call is no conference call");
	if (k->state != state || k->meeting.is_joining)
		return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
				"the conference is in state %s%s", call_state_name(k->state),
				k->meeting.is_joining ? ", and somebody joins just now" : "");
	return 0;
}

static LONG check_room(const struct call *k)
{
	if (!is_full(k))
		return 0;
	return exchange_fail(LINEERR_CONFERENCEFULL, "conference", "it has %u parties",
			(unsigned)exchange.config.conference_parties);
}

static LONG check_party(const struct call *c)
{
	if (can_be_party(c))
		return 0;
	return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
			"a call in state %s cannot join a conference", call_state_name(c->state));
}

static LONG conference_new(struct extension *e, HTAPICALL ht, struct call **out)
{
	LONG err = call_new_outgoing(e, ht, NULL, out);

	if (err)
		return err;
	(*out)->meeting.is_conference = true;
	(*out)->origin = LINECALLORIGIN_CONFERENCE;
	return 0;
}

static LONG make_consult(struct call *k, const struct conference_calls *calls)
{
	struct call *consult;
	LONG err = call_new_outgoing(k->line, calls->ht_consult, calls->params, &consult);

	if (err)
		return err;
	consult->related_call_id = k->call_id;
	consult->original = k;
	k->consult = consult;
	*calls->consult = (HDRVCALL)consult->handle;
	return 0;
}

LONG conference_setup(struct extension *e, struct call *party, DRV_REQUESTID id,
		const struct conference_calls *calls)
{
	struct call *k;
	DWORD forbidden = LINECALLPARAMFLAGS_ONESTEPTRANSFER;
	LONG err = party ? service_check(party, FEATURE(SETUPCONF), "conferenced")
			 : extension_check_room(e, LINEERR_CALLUNAVAIL);

	if (!party)
		forbidden |= LINECALLPARAMFLAGS_NOHOLDCONFERENCE;
	if (!err)
		err = call_forbid_params(calls->params, forbidden);
	if (!err)
		err = extension_check_held(e);
	if (!err)
		err = conference_new(e, calls->ht_conference, &k);
	if (err)
		return err;
	if (party)
		k->call_id = party->call_id;
	err = make_consult(k, calls);
	if (err) {
		call_discard(k);
		return err;
	}
	*calls->conference = (HDRVCALL)k->handle;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	(void)call_step(k, CALL_EVENT_HOLD_CONF, NULL);
	if (k->consult->param_flags & LINECALLPARAMFLAGS_NOHOLDCONFERENCE) {
		k->meeting.unheld = party;
	} else if (party) {
		(void)mix(k, party);
		enter(k, party);
	}
	call_begin_consult(k->consult);
	return (LONG)id;
}

LONG conference_prepare(struct call *k, DRV_REQUESTID id, const struct conference_calls *calls)
{
	LONG err = check(k, CALL_STATE_CONNECTED);

	if (!err)
		err = service_check(k, FEATURE(PREPAREADDCONF), "prepared for one more party");
	if (!err)
		err = call_forbid_params(calls->params, CALL_PARAMS_AT_ONCE);
	if (!err)
		err = check_room(k);
	if (!err)
		err = extension_check_held(k->line);
	if (!err)
		err = make_consult(k, calls);
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	(void)call_step(k, CALL_EVENT_HOLD_CONF, NULL);
	call_begin_consult(k->consult);
	return (LONG)id;
}

LONG conference_add(struct call *k, struct call *consult, DRV_REQUESTID id)
{
	LONG err = check(k, k->state == CALL_STATE_CONNECTED ? CALL_STATE_CONNECTED
							     : CALL_STATE_ONHOLDPENDCONF);

	if (!err && consult->line != k->line)
		err = exchange_fail(LINEERR_INVALCALLHANDLE, "call",
				"all calls of a conference are of one line");
	if (!err && (consult->meeting.is_conference || (k->consult && k->consult != consult)))
		err = exchange_fail(LINEERR_INVALCONSULTCALLHANDLE, "call",
				"the call is not the one that consults for the conference");
	if (!err)
		err = check_party(consult);
	if (!err)
		err = check_room(k);
	if (err)
		return err;
	consult->joins = k;
	join(k, id);
	return (LONG)id;
}

LONG conference_of_transfer(struct call *original, struct call *consult, DRV_REQUESTID id,
		const struct conference_calls *calls)
{
	struct call *k;
	LONG err = service_check(original, FEATURE(COMPLETETRANSF), "transferred");

	if (!err && (consult == original || consult->line != original->line))
		err = exchange_fail(LINEERR_INVALCONSULTCALLHANDLE, "call",
				"the other call is not a consultation of the same line");
	if (!err)
		err = check_party(consult);
	if (!err)
		err = conference_new(original->line, calls->ht_conference, &k);
	if (err)
		return err;
	k->call_id = original->call_id;
	*calls->conference = (HDRVCALL)k->handle;
	original->joins = consult->joins = k;
	join(k, id);
	return (LONG)id;
}

/* --- Leaving --- */

static void leave(struct call *c, enum call_event event)
{
	c->conference = NULL;
	(void)media_mix(c, NULL);
	(void)call_step(c, c->connection->is_connected ? event : CALL_EVENT_LEAVE_RINGING, NULL);
}

/* Somebody has left: a conference of one is none any more. */
static void shrink(struct call *k)
{
	enum call_event event =
			k->state == CALL_STATE_ONHOLD ? CALL_EVENT_LEAVE_HELD : CALL_EVENT_LEAVE;

	if (!call_is_up(k) || k->meeting.is_joining || k->consult || count_parties(k) > 1)
		return;
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (c->conference == k)
			leave(c, event);
	}
	(void)call_step(k, CALL_EVENT_DROP, NULL);
}

LONG conference_remove(struct call *c, DRV_REQUESTID id)
{
	struct call *k = c->conference;
	LONG err = service_check(c, FEATURE(REMOVEFROMCONF), "removed from a conference");

	if (!err)
		err = extension_check_room(c->line, LINEERR_RESOURCEUNAVAIL);
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	leave(c, CALL_EVENT_LEAVE);
	hub_leave(c);
	shrink(k);
	return (LONG)id;
}

void conference_consult_connected(struct call *c)
{
	struct call *k = c->original, *party = k ? k->meeting.unheld : NULL;

	if (!party || c->state != CALL_STATE_CONNECTED)
		return;
	if (can_be_party(party))
		party->joins = k;
	c->joins = k;
	join(k, 0);
}

/* Who was to join together with the consultation has ended. */
static void forget_unheld(struct call *c)
{
	list_for(l, &c->line->calls) {
		struct call *k = list_entry(l, struct call, link);

		if (k->meeting.unheld == c) {
			k->meeting.unheld = NULL;
			(void)call_step(k, CALL_EVENT_DROP, NULL);
			return;
		}
	}
}

void conference_consult_ended(struct call *k)
{
	if (k->state != CALL_STATE_ONHOLDPENDCONF)
		return;
	if (count_parties(k) < 2)
		shrink(k);
	else
		(void)call_step(k, CALL_EVENT_UNHOLD, NULL);
}

static void dissolve(struct call *k, const struct why *why)
{
	if (k->meeting.is_joining) {
		struct why gone = { 0, "conference", "the conference has ended meanwhile" };

		not_joined(k, why ? why : &gone);
	}
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (c->conference != k)
			continue;
		c->conference = NULL;
		(void)call_step(c, CALL_EVENT_DROP, NULL);
	}
}

void conference_call_ended(struct call *c, const struct why *why)
{
	struct call *k = c->conference;

	if (c->meeting.is_conference)
		dissolve(c, why);
	if (c->joins)
		fail(c->joins, "a call that was to join has ended");
	forget_unheld(c);
	c->conference = NULL;
	if (k)
		shrink(k);
}
