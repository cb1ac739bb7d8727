// SPDX-License-Identifier: MIT
/* conference.c - what programs ask of conferences, and how they end. */
#include "conference.h"

#include "account.h"
#include "call.h"
#include "conference_task.h"
#include "sip.h"
#include "tell.h"
#include "transfer.h"

#define FEATURE(f) LINECALLFEATURE_##f
/* What of its parties is heard. */
#define HEARD                                                                                      \
	(FEATURE(MONITORDIGITS) | FEATURE(MONITORMEDIA) | FEATURE(MONITORTONES) |                  \
			FEATURE(GATHERDIGITS) | FEATURE(SETMEDIACONTROL))

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
		return FEATURE(DROP) | FEATURE(HOLD) | FEATURE(PREPAREADDCONF) | HEARD;
	case CALL_STATE_ONHOLDPENDCONF:
	case CALL_STATE_ONHOLD:
		return FEATURE(DROP) | FEATURE(UNHOLD) | HEARD;
	default:
		return k->state == CALL_STATE_IDLE ? 0 : FEATURE(DROP);
	}
}

/* --- Who belongs to it --- */

bool conference_has(const struct call *c, const struct call *k)
{
	return c->links.conference == k->handle;
}

static unsigned count_parties(const struct call *k)
{
	unsigned count = 0;

	list_for(l, &k->line->calls) {
		const struct call *c = list_entry(l, struct call, link);

		if (conference_has(c, k) && c->links.is_party)
			count++;
	}
	return count;
}

struct call *conference_find_consult(const struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (conference_has(c, k) && !c->links.is_party && !c->links.is_joining)
			return c;
	}
	return NULL;
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
	a->active_calls--; /* it has no peer, and takes nothing of the line */
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
	conference_task_start(k, CONFERENCE_TASK_SETUP, id);
	if (party) {
		joins(k, party);
		conference_task_hold(k, party, true);
	}
	conference_task_answered(k);
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
	conference_task_start(k, CONFERENCE_TASK_PREPARE, id);
	conference_task_hold_all(k, true);
	conference_task_answered(k);
	return (LONG)id;
}

static void join(struct call *k, DRV_REQUESTID id)
{
	conference_task_start(k, CONFERENCE_TASK_JOIN, id);
	conference_task_mix_all(k);
	conference_task_hold_all(k, false);
	conference_task_answered(k);
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
	conference_task_mix(k, c, false);
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
	conference_shrink(k);
	return (LONG)id;
}

LONG conference_hold(struct call *k, DRV_REQUESTID id)
{
	LONG err = check(k, CALL_STATE_CONNECTED);

	if (err)
		return err;
	conference_task_start(k, CONFERENCE_TASK_HOLD, id);
	conference_task_hold_all(k, true);
	conference_task_answered(k);
	return (LONG)id;
}

LONG conference_unhold(struct call *k, DRV_REQUESTID id)
{
	struct call *consult = conference_find_consult(k);

	if ((k->state != CALL_STATE_ONHOLD && k->state != CALL_STATE_ONHOLDPENDCONF) ||
			k->links.task)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"the conference is not on hold, or at something else");
	if (consult) {
		consult->links.conference = 0;
		(void)call_step(consult, CALL_EVENT_DROP, NULL);
	}
	conference_task_start(k, CONFERENCE_TASK_UNHOLD, id);
	conference_task_hold_all(k, false);
	conference_task_answered(k);
	return (LONG)id;
}

/* --- Its end --- */

/* The last party is a plain call again. */
static void release_last(struct call *k)
{
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (!conference_has(c, k) || !c->links.is_party)
			continue;
		leave(k, c);
		if (c->leg.is_holding)
			(void)call_hold_quietly(c, false);
		(void)call_step(c, CALL_EVENT_UNHELD, NULL);
	}
}

/* A conference of one that somebody has left is none any more. */
void conference_shrink(struct call *k)
{
	unsigned count = count_parties(k);

	if (k->links.task || !k->links.has_shrunk || count > 1 || conference_find_consult(k) ||
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
	conference_task_start(k, CONFERENCE_TASK_UNHOLD, 0);
	conference_task_hold_all(k, false);
	conference_task_answered(k);
}

static void conference_ended(struct call *k)
{
	DRV_REQUESTID id = k->links.task_request;
	struct why why = { 0 };

	why_set(&why, 0, "call state", "the conference was dropped meanwhile");
	timer_stop(&k->links.timer);
	k->links.task = CONFERENCE_TASK_NONE;
	k->links.task_request = 0;
	if (id)
		tell_done(id, LINEERR_OPERATIONFAILED, &why);
	list_for(l, &k->line->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (!conference_has(c, k))
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
		conference_task_fail(k, NULL, "a party has hung up meanwhile");
		while (waits-- && k->links.pending)
			conference_task_answered(k);
	}
	conference_shrink(k);
}
