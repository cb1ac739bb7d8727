// SPDX-License-Identifier: MIT
/* park.c - the party of a parked call is left alone with music, at an address: an orbit, or any
 * line. After a while the line that parked it is reminded. */
#define LOG_TOPIC "exchange"
#include "pickup.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

static struct call *find_parked(const char *at)
{
	list_for(l, &exchange.parked) {
		struct call *c = list_entry(l, struct call, services.parking.link);

		if (strcmp(c->services.parking.at, at) == 0)
			return c;
	}
	return NULL;
}

static bool is_place(const char *number)
{
	return exchange_number(number) || numbers_have(&exchange.config.orbits, number);
}

static LONG choose_directed(const char *address, char at[CALL_DIGITS_MAX + 1])
{
	LONG err = address ? call_read_number(address, at) : LINEERR_INVALPOINTER;

	if (!err && !is_place(at))
		err = exchange_fail(LINEERR_INVALADDRESS, "park",
				"nothing can be parked there: it is no orbit and no line");
	if (!err && find_parked(at))
		err = exchange_fail(LINEERR_RESOURCEUNAVAIL, "park",
				"a call is parked there already");
	return err;
}

static LONG choose_orbit(char at[CALL_DIGITS_MAX + 1])
{
	const struct numbers *orbits = &exchange.config.orbits;

	for (size_t i = 0; i < orbits->count; i++)
		if (!find_parked(orbits->list[i]) && !exchange_number(orbits->list[i])) {
			(void)snprintf(at, CALL_DIGITS_MAX + 1, "%s", orbits->list[i]);
			return 0;
		}
	return exchange_fail(LINEERR_RESOURCEUNAVAIL, "park", "a call is parked at every orbit");
}

static bool give_address(VARSTRING *out, const char *at)
{
	DWORD size = (DWORD)strlen(at) + 1;

	out->dwNeededSize = (DWORD)sizeof(*out) + size;
	if (out->dwTotalSize < out->dwNeededSize)
		return false;
	out->dwUsedSize = out->dwNeededSize;
	out->dwStringFormat = STRINGFORMAT_ASCII;
	out->dwStringSize = size;
	out->dwStringOffset = (DWORD)sizeof(*out);
	memcpy((char *)out + sizeof(*out), at, size);
	return true;
}

/* The one that parked it, if it can be reminded now. */
static void remind(struct timer *t)
{
	struct call *c = list_entry(t, struct call, services.parking.timer);
	struct parking *p = &c->services.parking;

	c->connection->reason = LINECALLREASON_REMINDER;
	c->connection->redirecting = party_of_line(p->by);
	if (connection_offer_back(c->connection, p->by) && connection_peer(c))
		connection_peer(c)->services.treatment = LINECALLTREATMENT_MUSIC;
	else
		exchange_arm(&p->timer, exchange.config.park_ms);
}

static LONG choose(DWORD mode, const char *address, const VARSTRING *out,
		char at[CALL_DIGITS_MAX + 1])
{
	if (mode == LINEPARKMODE_DIRECTED)
		return choose_directed(address, at);
	if (mode == LINEPARKMODE_NONDIRECTED)
		return out ? choose_orbit(at) : LINEERR_INVALPOINTER;
	return exchange_fail(LINEERR_INVALPARKMODE, "park",
			"a call is parked either directed or not directed");
}

static void leave(struct call *c, struct call *party, const char *at)
{
	struct parking *p = &party->services.parking;

	(void)snprintf(p->at, sizeof(p->at), "%s", at);
	p->by = c->line;
	list_append(&exchange.parked, &p->link);
	timer_init(&p->timer, remind);
	exchange_arm(&p->timer, exchange.config.park_ms);
	connection_face(party);
	treatment_play(party, LINECALLTREATMENT_MUSIC);
	log_info("call of %s is parked at %s", c->line->number, at);
	(void)call_step(c, CALL_EVENT_DROP, NULL);
}

LONG park_call(struct call *c, DRV_REQUESTID id, DWORD mode, const char *address, VARSTRING *out)
{
	char at[CALL_DIGITS_MAX + 1];
	struct call *party = connection_peer(c);
	struct why small = { 0, "structure", "the VARSTRING is too small for the address" };
	LONG err = choose(mode, address, out, at);

	if (!err)
		err = service_check(c, LINECALLFEATURE_PARK, "parked");
	if (err)
		return err;
	if (mode == LINEPARKMODE_NONDIRECTED && !give_address(out, at)) {
		/* TAPI: it is the reply that fails, and the call stays. */
		outbox_complete(&exchange.outbox, id, LINEERR_STRUCTURETOOSMALL, &small);
		return (LONG)id;
	}
	if (connection_part(c))
		return LINEERR_NOMEM;
	c->connection->is_over = true;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	leave(c, party, at);
	return (LONG)id;
}

bool park_over(struct call *c)
{
	struct parking *p = &c->services.parking;

	if (!p->at[0])
		return false;
	p->at[0] = '\0';
	timer_stop(&p->timer);
	list_remove(&p->link);
	return true;
}

bool park_keeps(struct connection *k)
{
	struct call *party = k->half[CALL_SIDE_CALLER], *reminded = k->half[CALL_SIDE_CALLED];

	if (!party || !party->services.parking.at[0])
		return false;
	timer_stop(&party->timer);
	if (reminded && !connection_part(reminded))
		reminded->connection->is_over = true;
	treatment_play(party, LINECALLTREATMENT_MUSIC);
	exchange_arm(&party->services.parking.timer, exchange.config.park_ms);
	return true;
}

/* Whoever was being reminded need not be any more. */
static void take(struct call *c, struct call *party)
{
	struct call *reminded = connection_peer(party);
	struct connection *k = party->connection;
	struct why why = { LINEDISCONNECTMODE_PICKUP, "Q.850 31 normal, unspecified",
		"the parked call was taken elsewhere" };

	timer_stop(&party->timer);
	if (reminded) {
		connection_take_place(c, reminded);
		(void)call_step(reminded, CALL_EVENT_END, &why);
	} else {
		connection_join(c, party);
	}
	k->is_answered = k->is_connected = true;
	call_set_party(c, PARTY_CALLER, party_of_call(party));
	call_set_party(c, PARTY_CALLED, party_of_line(c->line));
	call_set_party(c, PARTY_CONNECTED, party_of_call(party));
	call_set_party(party, PARTY_CONNECTED, party_of_line(c->line));
	(void)call_step(c, CALL_EVENT_CONNECT, NULL);
	call_info_changed(party, LINECALLINFOSTATE_CONNECTEDID);
	connection_joined(k);
}

LONG park_take(struct wanted_call *w, const char *address)
{
	char at[CALL_DIGITS_MAX + 1];
	struct call *party = NULL, *c;
	LONG err = address ? call_read_number(address, at) : LINEERR_INVALPOINTER;

	if (!err) {
		party = find_parked(at);
		if (!party)
			err = exchange_fail(LINEERR_INVALADDRESS, "park",
					"no call is parked there");
	}
	if (!err && extension_is_full(w->line))
		err = exchange_fail(LINEERR_RESOURCEUNAVAIL, "line",
				"extension %s has all the calls that it can have", w->line->number);
	w->reason = LINECALLREASON_UNPARK;
	if (!err)
		err = pickup_new_half(w, party, &c);
	if (err)
		return err;
	outbox_complete(&exchange.outbox, w->id, 0, NULL);
	(void)park_over(party);
	take(c, party);
	return (LONG)w->id;
}
