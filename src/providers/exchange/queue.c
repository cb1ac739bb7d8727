// SPDX-License-Identifier: MIT
/* queue.c - one row a kind of place: how a call comes, what its caller hears, how long it waits. */
#define LOG_TOPIC "exchange"
#include "queue.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "forward.h"

#include "base/log.h"

#include <stddef.h>

static const struct place {
	enum line_kind kind;
	DWORD flag, reason, treatment;
	size_t time; /* in the configuration; 0 ms: for ever */
} places[] = {
	{ LINE_KIND_QUEUE, LINEADDRCAPFLAGS_QUEUE, LINECALLREASON_DIRECT, LINECALLTREATMENT_MUSIC,
			offsetof(struct config, queue_ms) },
	{ LINE_KIND_ROUTE_POINT, LINEADDRCAPFLAGS_ROUTEPOINT, LINECALLREASON_ROUTEREQUEST,
			LINECALLTREATMENT_RINGBACK, offsetof(struct config, route_ms) },
};

static const struct place *find_place(const struct extension *e)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (places[i].kind == e->kind)
			return &places[i];
	return NULL;
}

DWORD queue_cap_flags(const struct extension *e)
{
	const struct place *p = find_place(e);

	return p ? p->flag : 0;
}

/* Where calls go that nobody has sent elsewhere in time; NULL: nowhere. */
static struct extension *default_line(const struct extension *at)
{
	struct extension *to =
			exchange.config.route_to ? exchange_number(exchange.config.route_to) : NULL;

	return to == at ? NULL : to;
}

void queue_prepare(struct call *called)
{
	const struct place *p = find_place(called->line);

	if (!p)
		return;
	if (called->reason == LINECALLREASON_DIRECT)
		called->reason = p->reason;
	called->services.treatment = p->treatment;
}

static void time_over(struct timer *t)
{
	struct call *c = list_entry(t, struct call, timer), *caller = connection_peer(c);
	struct extension *to = default_line(c->line);
	struct why why = { LINEDISCONNECTMODE_NOANSWER, "Q.850 19 no answer from user",
		"nobody has sent the call on in time" };

	if (to && !forward_send_on(c, to, LINECALLREASON_REDIRECT)) {
		(void)call_step(c, CALL_EVENT_DROP, NULL);
		return;
	}
	if (caller)
		connection_fail(c->connection, CALL_EVENT_END, &why);
	(void)call_step(c, CALL_EVENT_END, &why);
}

void queue_enter(struct call *called)
{
	const struct place *p = find_place(called->line);
	const void *time = p ? (const char *)&exchange.config + p->time : NULL;
	uint32_t time_ms = time ? *(const uint32_t *)time : 0;

	log_debug("call id %u waits at %s", (unsigned)called->call_id, called->line->number);
	timer_stop(&called->timer);
	called->timer.run = time_over;
	if (time_ms)
		exchange_arm(&called->timer, time_ms);
}

bool queue_send_on(struct connection *k, struct extension *at)
{
	struct extension *to = extension_is_waiting_place(at) ? default_line(at) : NULL;

	if (!to)
		return false;
	forward_go_on(k, at, to, LINECALLREASON_REDIRECT);
	return true;
}
