// SPDX-License-Identifier: MIT
/* transfer.c - in a transfer a half takes the place of another one at its peer. A blind transfer is
 * a consultation that no application sees: a hidden call, completed as soon as it rings. */
#define LOG_TOPIC "exchange"
#include "transfer.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "hub.h"

#include "base/log.h"

#include <string.h>

#define FEATURE(f) LINECALLFEATURE_##f

#define SENT_ON (LINECALLINFOSTATE_REDIRECTINGID | LINECALLINFOSTATE_REDIRECTIONID)

/* --- What is possible --- */

/* Whose peer could get the peer of another call. */
static bool can_be_target(const struct call *c)
{
	return c->state == CALL_STATE_PROCEEDING || c->state == CALL_STATE_RINGBACK ||
	       (call_is_up(c) && c->state != CALL_STATE_CONFERENCED && connection_peer(c));
}

/* It joins a conference, or is sent elsewhere blindly: what comes of that is not known yet. */
static bool is_on_its_way(const struct call *c)
{
	return c->joins || (c->consult && c->consult->is_hidden);
}

DWORD transfer_impossible(const struct call *c)
{
	const struct call *party = connection_peer(c);
	DWORD bits = 0;

	if (!party || !call_is_up(party)) /* who rings cannot be sent elsewhere */
		bits |= FEATURE(BLINDTRANSFER) | FEATURE(SETUPTRANSFER) | FEATURE(COMPLETETRANSF) |
			FEATURE(PARK);
	if (c->consult || c->original)
		bits |= FEATURE(BLINDTRANSFER) | FEATURE(SETUPTRANSFER);
	if (is_on_its_way(c))
		bits |= FEATURE(BLINDTRANSFER) | FEATURE(SETUPTRANSFER) | FEATURE(COMPLETETRANSF);
	return bits;
}

/* --- Consultation --- */

LONG transfer_setup(struct call *c, DRV_REQUESTID id, HTAPICALL ht_consult, HDRVCALL *out,
		const LINECALLPARAMS *params)
{
	struct call *consult;
	LONG err = service_check(c, FEATURE(SETUPTRANSFER), "transferred");

	if (!err)
		err = call_forbid_params(params, LINECALLPARAMFLAGS_NOHOLDCONFERENCE);
	if (!err)
		err = extension_check_held(c->line);
	if (!err)
		err = call_new_outgoing(c->line, ht_consult, params, &consult);
	if (err)
		return err;
	consult->related_call_id = c->call_id;
	consult->original = c;
	c->consult = consult;
	*out = (HDRVCALL)consult->handle;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	(void)call_step(c, CALL_EVENT_HOLD_TRANSFER, NULL);
	call_begin_consult(consult);
	return (LONG)id;
}

/* --- The transfer itself --- */

static void sent_on(struct call *c, const struct call *by, const struct call *to)
{
	call_set_party(c, PARTY_REDIRECTING, party_of_call(by));
	call_set_party(c, PARTY_REDIRECTION, party_of_call(to));
}

/* Both sides learn who they have now, and through whom. */
static void introduce(struct call *c, struct call *to, const struct call *by)
{
	DWORD new_party = LINECALLINFOSTATE_CALLERID;

	sent_on(c, by, to);
	sent_on(to, by, to);
	to->reason = LINECALLREASON_TRANSFER;
	if (call_is_up(to)) {
		call_set_party(c, PARTY_CONNECTED, party_of_call(to));
		call_set_party(to, PARTY_CONNECTED, party_of_call(c));
		call_info_changed(c, LINECALLINFOSTATE_CONNECTEDID | SENT_ON);
		new_party = LINECALLINFOSTATE_CONNECTEDID;
	} else {
		call_set_party(to, PARTY_CALLER, party_of_call(c));
		call_info_changed(c, SENT_ON);
	}
	if (to->state != CALL_STATE_NEW)
		call_info_changed(to, new_party | SENT_ON | LINECALLINFOSTATE_REASON);
}

/* `other` is left by both, and so is `c`. */
static void join(struct call *c, struct call *other)
{
	struct connection *k = other->connection;
	struct call *party = connection_peer(c), *to = connection_peer(other);
	bool rings = to && !k->is_answered && to->state != CALL_STATE_NEW;

	log_info("call %llu of %s is transferred", (unsigned long long)c->handle, c->line->number);
	connection_take_place(party, other);
	k->reason = LINECALLREASON_TRANSFER;
	k->redirecting = party_of_call(c);
	k->recall = k->is_answered ? NULL : c->line;
	call_forget_consultation(c);
	(void)call_step(c, CALL_EVENT_DROP, NULL);
	if (!other->is_hidden)
		(void)call_step(other, CALL_EVENT_DROP, NULL);
	if (other->is_hidden) {
		sent_on(party, c, to);
		call_info_changed(party, SENT_ON);
	} else if (to) {
		hub_merge(to->call_id, party->call_id);
		introduce(party, to, c);
	}
	connection_joined(k);
	if (rings)
		(void)call_step(party, CALL_EVENT_RINGING, NULL);
}

static LONG check_target(const struct call *c, const struct call *other)
{
	if (other == c || other->line != c->line || other->meeting.is_conference)
		return exchange_fail(LINEERR_INVALCONSULTCALLHANDLE, "call",
				"the other call is not a consultation of the same line");
	if (!can_be_target(other))
		return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
				"a call is not transferred to one in state %s",
				call_state_name(other->state));
	return 0;
}

LONG transfer_complete(struct call *c, struct call *other, DRV_REQUESTID id)
{
	LONG err = check_target(c, other);

	if (!err)
		err = service_check(c, FEATURE(COMPLETETRANSF), "transferred");
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	join(c, other);
	return (LONG)id;
}

/* --- Blind --- */

LONG transfer_blind(struct call *c, DRV_REQUESTID id, const char *dest)
{
	char number[CALL_DIGITS_MAX + 1];
	struct call *hidden;
	LONG err = service_check(c, FEATURE(BLINDTRANSFER), "transferred");

	if (!err)
		err = call_read_number(dest, number);
	if (!err)
		err = call_new_outgoing(c->line, 0, NULL, &hidden);
	if (err)
		return err;
	hidden->is_hidden = true;
	hidden->transfer_request = id;
	hidden->original = c;
	c->consult = hidden;
	hidden->call_id = c->call_id;
	hidden->bearer_mode = c->bearer_mode;
	hidden->connection->reason = LINECALLREASON_TRANSFER;
	hidden->connection->redirecting = party_of_call(c);
	hidden->connection->calling = party_of_call(connection_peer(c));
	call_dial_number(hidden, number);
	return (LONG)id;
}

static void give_up(struct call *hidden, const struct why *why)
{
	LONG err = why && why->mode == LINEDISCONNECTMODE_BADADDRESS ? LINEERR_INVALADDRESS
								     : LINEERR_OPERATIONFAILED;

	call_forget_consultation(hidden);
	outbox_complete(&exchange.outbox, hidden->transfer_request, err, why);
	(void)call_step(hidden, CALL_EVENT_DROP, NULL); /* who rings for it need not */
}

/* The party may have been taken elsewhere meanwhile, by its own application. */
static bool has_party(const struct call *c)
{
	const struct call *party = connection_peer(c);

	return call_is_up(c) && party && call_is_up(party);
}

void transfer_stepped(struct call *hidden, const struct why *why)
{
	const struct why gone = { 0, "Q.850 16 normal call clearing",
		"the call has no party any more that could be transferred" };
	bool is_reached = hidden->state == CALL_STATE_RINGBACK || call_is_up(hidden);

	if (hidden->is_spent ||
			(!is_reached && hidden->state != CALL_STATE_BUSY && call_is_active(hidden)))
		return;
	hidden->is_spent = true;
	if (!is_reached) {
		give_up(hidden, why);
	} else if (!has_party(hidden->original)) {
		give_up(hidden, &gone);
	} else {
		outbox_complete(&exchange.outbox, hidden->transfer_request, 0, NULL);
		join(hidden->original, hidden);
	}
}

/* --- Ends --- */

static void unwait(struct call *c)
{
	if (c && (c->state == CALL_STATE_ONHOLDPENDTRANSFER ||
				 (c->state == CALL_STATE_ONHOLDPENDCONF &&
						 !c->meeting.is_conference)))
		(void)call_step(c, CALL_EVENT_UNHOLD, NULL);
}

void transfer_call_ended(struct call *c, const struct why *why)
{
	struct call *other = c->consult ? c->consult : c->original;

	if (c->consult && c->consult->is_hidden) {
		struct why gone = { 0, "Q.850 16 normal call clearing",
			"the call ended before it was transferred" };

		(void)call_step(c->consult, CALL_EVENT_DROP, why ? why : &gone);
		return;
	}
	if (c->state != CALL_STATE_IDLE || c->is_hidden || !other)
		return;
	call_forget_consultation(c);
	if (!other->meeting.is_conference)
		unwait(other);
	else
		conference_consult_ended(other);
}
