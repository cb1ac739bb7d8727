// SPDX-License-Identifier: MIT
/* pickup.c - a new half takes the place of one that alerts, and answers. */
#define LOG_TOPIC "exchange"
#include "pickup.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "base/log.h"
#include "base/mem.h"

#include <string.h>

static bool alerts(const struct call *c)
{
	return (c->state == CALL_STATE_OFFERING || c->state == CALL_STATE_ACCEPTED) &&
	       connection_peer(c) && !c->connection->is_over;
}

static struct call *find_alerting(const struct extension *e)
{
	list_for(l, &e->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (alerts(c))
			return c;
	}
	return NULL;
}

static struct call *find_in_group(const struct extension *self, const char *group)
{
	for (DWORD i = 0; i < exchange.count; i++) {
		const struct extension *e = &exchange.extensions[i];
		struct call *c = e != self && e->kind == LINE_KIND_EXTENSION &&
								 strcmp(e->group, group) == 0
						 ? find_alerting(e)
						 : NULL;

		if (c)
			return c;
	}
	return NULL;
}

static LONG find_at(const char *dest, const char *group, struct call **out)
{
	char number[CALL_DIGITS_MAX + 1];
	LONG err = call_read_number(dest, number);
	const struct extension *e = err ? NULL : exchange_number(number);

	if (!err && !e)
		err = exchange_fail(LINEERR_INVALADDRESS, "pickup",
				"the exchange has no extension of this number");
	else if (!err && group && strcmp(e->group, group) != 0)
		err = exchange_fail(LINEERR_INVALGROUPID, "pickup",
				"extension %s is not of this group", e->number);
	if (!err)
		*out = find_alerting(e);
	return err;
}

/* TAPI: without a number one of the group, without both one that waits here, else one of our own
 * group. */
static LONG find_wanted(const struct extension *self, const char *dest, const char *group,
		struct call **out)
{
	LONG err = 0;

	*out = NULL;
	if (group && !config_has_group(&exchange.config, group))
		return exchange_fail(LINEERR_INVALGROUPID, "pickup", "there is no such group");
	if (dest)
		err = find_at(dest, group, out);
	else if (group)
		*out = find_in_group(self, group);
	else
		*out = find_alerting(self);
	if (!err && !*out && !dest && !group)
		*out = find_in_group(self, self->group);
	if (!err && !*out)
		err = exchange_fail(LINEERR_OPERATIONFAILED, "pickup", "no call alerts there");
	return err;
}

LONG pickup_new_half(const struct wanted_call *w, const struct call *like, struct call **out)
{
	struct connection *k = connection_new();
	struct call *c = k ? call_new(w->line, k, CALL_SIDE_CALLED) : NULL;

	if (!c) {
		mem_free(k);
		return LINEERR_NOMEM;
	}
	c->ht_call = w->ht_call;
	c->call_id = like->call_id;
	c->reason = w->reason;
	c->bearer_mode = like->bearer_mode;
	c->rate = like->rate;
	*w->out = (HDRVCALL)c->handle;
	*out = c;
	return 0;
}

/* Whoever takes a second call does not talk to two: they can be swapped then. */
static void hold_others(const struct extension *e)
{
	list_for(l, &e->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (c->state == CALL_STATE_CONNECTED)
			(void)call_step(c, CALL_EVENT_HOLD, NULL);
	}
}

static LONG check_hold_others(const struct extension *e)
{
	struct line_use use = extension_use(e);
	DWORD held = use.held + use.pending;

	list_for(l, &e->calls)
		held += list_entry(l, struct call, link)->state == CALL_STATE_CONNECTED;
	if (held <= HELD_CALLS_MAX)
		return 0;
	return exchange_fail(LINEERR_RESOURCEUNAVAIL, "line",
			"extension %s cannot have one more call on hold", e->number);
}

static void take(struct call *c, struct call *alerting)
{
	struct why why = { LINEDISCONNECTMODE_PICKUP, "Q.850 31 normal, unspecified", "" };

	why_set(&why, LINEDISCONNECTMODE_PICKUP, "Q.850 31 normal, unspecified",
			"extension %s has picked the call up", c->line->number);
	c->origin = alerting->origin;
	memcpy(c->parties, alerting->parties, sizeof(c->parties));
	connection_take_place(c, alerting);
	service_joined(connection_peer(c), c);
	(void)call_step(alerting, CALL_EVENT_END, &why);
	(void)call_step(c, CALL_EVENT_ANSWER, NULL);
}

LONG pickup_call(struct wanted_call *w, const char *dest, const char *group)
{
	struct call *alerting, *c;
	LONG err = find_wanted(w->line, dest && *dest ? dest : NULL, group && *group ? group : NULL,
			&alerting);
	bool waits_here = !err && alerting->line == w->line;

	if (!err && extension_is_full(w->line) && !waits_here)
		err = exchange_fail(LINEERR_RESOURCEUNAVAIL, "line",
				"extension %s has all the calls that it can have", w->line->number);
	if (waits_here)
		err = check_hold_others(w->line);
	w->reason = LINECALLREASON_PICKUP;
	if (!err)
		err = pickup_new_half(w, alerting, &c);
	if (err)
		return err;
	log_info("call of %s is picked up by %s", alerting->line->number, w->line->number);
	outbox_complete(&exchange.outbox, w->id, 0, NULL);
	if (waits_here)
		hold_others(w->line);
	take(c, alerting);
	return (LONG)w->id;
}
