// SPDX-License-Identifier: MIT
/* conference.c - who is in a conference, what its applications ask of it, and how it ends. */
#include "conference.h"

#include "call.h"
#include "conference_join.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "hub.h"

#define FEATURE(f) LINECALLFEATURE_##f

/* What a conference call never can: it has no peer, and is no party of another one. */
#define WITH_A_PEER                                                                                \
	(FEATURE(GENERATEDIGITS) | FEATURE(GENERATETONE) | FEATURE(SENDUSERUSER) |                 \
			FEATURE(SETTREATMENT) | FEATURE(SECURECALL) | FEATURE(SETUPCONF) |         \
			FEATURE(ADDTOCONF))

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
	if (c->consult || c->original || c->joins || !connection_peer(c))
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
	(*out)->meeting.group = (*out)->call_id;
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
		(void)conference_mix(k, party);
		conference_enter(k, party);
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
	conference_join(k, id);
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
	conference_join(k, id);
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
	conference_join(k, 0);
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
	if (count_parties(k) < 2)
		shrink(k);
	else if (k->state == CALL_STATE_ONHOLDPENDCONF)
		(void)call_step(k, CALL_EVENT_UNHOLD, NULL);
}

static void dissolve(struct call *k, const struct why *why)
{
	if (k->meeting.is_joining) {
		struct why gone = { 0, "conference", "the conference has ended meanwhile" };

		conference_give_up_join(k, why ? why : &gone);
	}
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (c->conference != k)
			continue;
		c->conference = NULL;
		(void)call_step(c, CALL_EVENT_DROP, NULL);
	}
}

void conference_will_not_join(struct call *c, const char *sentence)
{
	if (c->joins)
		conference_fail_join(c->joins, sentence);
}

void conference_call_ended(struct call *c, const struct why *why)
{
	struct call *k = c->conference;

	if (c->meeting.is_conference)
		dissolve(c, why);
	conference_will_not_join(c, "a call that was to join has ended");
	forget_unheld(c);
	c->conference = NULL;
	if (k)
		shrink(k);
}
