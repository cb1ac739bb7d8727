// SPDX-License-Identifier: MIT
/* event_out.c - events to clients: packed once, the same bytes to all who may see them. */
#include "base/trace.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "event.h"
#include "failure.h"
#include "line.h"
#include "session.h"
#include "slow.h"

#include <tapi.h>
#include <tspi.h>

#define LOG_TOPIC "event"

size_t event_pack(struct core *core, const Event *e)
{
	size_t size = event__get_packed_size(e);
	uint8_t *to;

	buf_eat(&core->scratch, core->scratch.size);
	to = buf_reserve(&core->scratch, size);
	if (!to)
		return 0;
	buf_added(&core->scratch, event__pack(e, to));
	return size;
}

static void trace_sent(const struct open *o, const Event *e)
{
	const char *to = session_name(o->session);

	if (e->msg == LINE_CALLSTATE)
		trace_hop(TRACE_TAPISRV, "LINE_CALLSTATE", e->object, "%s to %s",
				event_state_name((uint32_t)e->p1), to);
	else if (e->msg == LINE_SENDMSPDATA)
		trace_hop(TRACE_TAPISRV, "LINE_SENDMSPDATA", e->object, "%zu bytes to %s",
				e->data.len, to);
	else
		trace_hop(TRACE_TAPISRV, event_name(e->msg), e->object, "to %s", to);
}

/* When it comes back it is told the states, and how much else there was. */
static void miss(struct session *s, uint32_t msg)
{
	s->missed += msg != LINE_CALLSTATE;
}

static void lose(struct client *c, uint32_t msg)
{
	miss(c->session, msg);
	peer_doom(&c->peer, PEER_CLOSED_BY_US, "out of memory: it cannot be told %s",
			event_name(msg));
}

static void send_event(const struct open *o, const Event *e, uint32_t privilege, const void *body,
		size_t size)
{
	struct client *c = o->session->client;

	if (session_is_away(o->session)) {
		miss(o->session, e->msg);
		return;
	}
	if (!size) {
		lose(c, e->msg);
		return;
	}
	if (!privilege && slow_keeps(c, o->number, e))
		return;
	if (trace_enabled())
		trace_sent(o, e);
	client_event(c, o->number, privilege, body, size);
}

void event_to_open(const struct open *o, const Event *e, uint32_t privilege, size_t size)
{
	if (!o->opening)
		send_event(o, e, privilege, buf_head(&o->session->core->scratch), size);
}

void event_to_holder(const struct held *h, const Event *e, uint32_t privilege, size_t size)
{
	event_to_open(h->open, e, privilege, size);
}

void event_to_asker(const struct held *h, const Event *e, uint32_t serial, size_t size)
{
	struct client *c = h->session->client;

	if (!c || c->resuming)
		return;
	if (!size) {
		lose(c, e->msg);
		return;
	}
	trace_hop(TRACE_TAPISRV, event_name(e->msg), e->object, "to %s", session_name(h->session));
	client_event_of(c, h->open->number, serial, buf_head(&h->session->core->scratch), size);
}

void event_to_holders(struct call *call, const Event *e, const struct held *except)
{
	size_t size;

	if (list_empty(&call->holders))
		return;
	size = event_pack(call->core, e);
	list_for(l, &call->holders) {
		const struct held *h = list_entry(l, struct held, in_call);

		if (h != except)
			event_to_open(h->open, e, 0, size);
	}
}

/* An application that asked for some of the bits gets those. */
static void send_masked(const struct open *o, const Event *e, uint64_t bits)
{
	Event masked = *e;
	struct core *core = o->session->core;
	uint8_t *body;
	size_t size;

	if (e->msg == LINE_ADDRESSSTATE)
		SET(&masked, p2, bits);
	else
		SET(&masked, p1, bits);
	size = event__get_packed_size(&masked);
	body = arena_alloc(&core->arena, size);
	send_event(o, &masked, 0, body, body ? event__pack(&masked, body) : 0);
}

/* What happened, and what of it this application wants to hear: the same for what no mask covers.
 */
static uint64_t wanted(const struct open *o, const Event *e, uint64_t *all)
{
	switch (e->msg) {
	case LINE_LINEDEVSTATE:
		*all = e->p1;
		return e->p1 & (o->line_states | LINEDEVSTATE_REINIT);
	case LINE_ADDRESSSTATE:
		*all = e->p2;
		return e->p2 & o->address_states;
	case PHONE_STATE:
		*all = e->p1;
		return e->p1 & (o->phone_states | PHONESTATE_REINIT);
	case PHONE_BUTTON:
		*all = 1;
		return (e->p2 & o->button_modes) && (e->p3 & o->button_states);
	default:
		*all = 0;
		return 0;
	}
}

void event_to_opens(struct line *line, const Event *e, const struct open *except)
{
	size_t size;

	if (list_empty(&line->opens))
		return;
	size = event_pack(line->core, e);
	list_for(l, &line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);
		uint64_t all, want = wanted(o, e, &all);

		if (o->opening || o == except)
			continue;
		if (want == all)
			event_to_open(o, e, 0, size);
		else if (want)
			send_masked(o, e, want);
	}
}

void event_to_client(struct client *c, uint32_t open, const Event *e)
{
	size_t size = event_pack(c->peer.core, e);

	if (size)
		client_event(c, open, 0, buf_head(&c->peer.core->scratch), size);
	else
		lose(c, e->msg);
}

void event_of_device(struct client *c, uint32_t msg, uint32_t device)
{
	Event e = EVENT__INIT;

	SET(&e, msg, msg);
	SET(&e, p1, device);
	event_to_client(c, 0, &e);
}
