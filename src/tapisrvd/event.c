// SPDX-License-Identifier: MIT
/* event.c - what a host reports, by message. The core's own state follows first, then the event
 * goes to those who hold the call or have the line open. */
#include "event.h"

#include "base/trace.h"
#include "call.h"
#include "core.h"
#include "event_line.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "monitor.h"
#include "msp.h"
#include "phone.h"
#include "provider.h"
#include "session.h"

#include <tapi.h>
#include <tspi.h>

#define LOG_TOPIC "event"

static void on_call_state(struct event_source *s, Event *e)
{
	call_step(s->call, e);
}

static void on_call_info(struct event_source *s, Event *e)
{
	if (e->p1) /* 0: it only carried the state */
		event_to_holders(s->call, e, NULL);
}

static void on_call_dev_specific(struct event_source *s, Event *e)
{
	SET(e, msg, e->msg == LINE_CALLDEVSPECIFIC ? LINE_DEVSPECIFIC : LINE_DEVSPECIFICFEATURE);
	event_to_holders(s->call, e, NULL);
}

static void on_dev_specific(struct event_source *s, Event *e)
{
	if (s->call)
		event_to_holders(s->call, e, NULL);
	else
		event_to_opens(s->line, e, NULL);
}

static void on_msp_data(struct event_source *s, Event *e)
{
	msp_data_from_host(s->line, s->call, e);
}

static void on_phone_message(struct event_source *s, Event *e)
{
	event_to_opens(s->line, e, NULL);
}

enum wants { A_CALL, A_LINE, A_CALL_OR_LINE, A_PHONE, NOTHING };

static const struct {
	uint32_t msg;
	enum wants wants;
	void (*handle)(struct event_source *, Event *);
} rows[] = {
	{ LINE_ADDRESSSTATE, A_LINE, event_address_state },
	{ LINE_CALLINFO, A_CALL, on_call_info },
	{ LINE_CALLSTATE, A_CALL, on_call_state },
	{ LINE_CLOSE, A_LINE, event_line_close },
	{ LINE_DEVSPECIFIC, A_CALL_OR_LINE, on_dev_specific },
	{ LINE_DEVSPECIFICEX, A_CALL_OR_LINE, on_dev_specific },
	{ LINE_DEVSPECIFICFEATURE, A_CALL_OR_LINE, on_dev_specific },
	{ LINE_GATHERDIGITS, A_CALL, monitor_event_answer },
	{ LINE_GENERATE, A_CALL, monitor_event_answer },
	{ LINE_LINEDEVSTATE, A_LINE, event_line_state },
	{ LINE_MONITORDIGITS, A_CALL, monitor_event_digits },
	{ LINE_MONITORMEDIA, A_CALL, monitor_event_media },
	{ LINE_MONITORTONE, A_CALL, monitor_event_answer },
	{ LINE_CREATE, NOTHING, event_line_create },
	{ LINE_REMOVE, NOTHING, event_line_remove },
	{ PHONE_BUTTON, A_PHONE, on_phone_message },
	{ PHONE_CLOSE, A_PHONE, event_line_close },
	{ PHONE_CREATE, NOTHING, event_line_create },
	{ PHONE_DEVSPECIFIC, A_PHONE, on_phone_message },
	{ PHONE_REMOVE, NOTHING, event_line_remove },
	{ PHONE_STATE, A_PHONE, event_phone_state },
	{ LINE_NEWCALL, A_LINE, event_new_call },
	{ LINE_CALLDEVSPECIFIC, A_CALL, on_call_dev_specific },
	{ LINE_CALLDEVSPECIFICFEATURE, A_CALL, on_call_dev_specific },
	{ LINE_SENDMSPDATA, A_CALL_OR_LINE, on_msp_data },
};

/* wants NOTHING: there is no object, the 0 is not line 0. */
static void find_source(struct event_source *s, const Event *e, enum wants wants)
{
	uint64_t object = e->object;

	if (wants == NOTHING || !e->has_object)
		return;
	if (wants == A_PHONE) {
		s->line = object >> 32 ? NULL : phone_find(s->core, (uint32_t)object);
	} else if (object >> 32) {
		s->call = call_find(s->core, object);
		s->line = s->call ? s->call->line : NULL;
	} else {
		s->line = line_find(s->core, (uint32_t)object);
	}
	if (s->line && s->line->provider != s->host->provider) {
		log_warn("%s: an event for %#llx, which is not its own",
				s->host->provider->options->name, (unsigned long long)object);
		s->line = NULL;
		s->call = NULL;
	}
}

static bool has_wanted(const struct event_source *s, enum wants wants)
{
	switch (wants) {
	case A_CALL:
		return s->call != NULL;
	case A_LINE:
	case A_PHONE:
		return s->line != NULL && !s->call;
	case A_CALL_OR_LINE:
		return s->line != NULL;
	case NOTHING:
		return true;
	}
	return false;
}

static void handle(struct event_source *s, Event *e)
{
	uint64_t object = e->object;
	CallState *state = e->state;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].msg == e->msg)
			break;
	find_source(s, e, i < sizeof(rows) / sizeof(rows[0]) ? rows[i].wants : A_CALL_OR_LINE);
	if (s->call && state)
		call_keep_snapshot(s->call, state);
	e->state = NULL; /* never travels to clients */
	if (i == sizeof(rows) / sizeof(rows[0]))
		log_debug("%s: message %u is not served", s->host->provider->options->name, e->msg);
	else if (has_wanted(s, rows[i].wants))
		rows[i].handle(s, e);
	else /* it may have crossed with the close of that object */
		log_debug("%s for %#llx, which is not there", event_name(e->msg),
				(unsigned long long)object);
	/* The first owner is looked for once the turn's last event has said what kind of call it
	 * is. */
	if (s->call && state && !s->call->offered)
		call_route_if_new(s->call);
	else if (s->call && s->call->kept && call_is_idle(s->call) && list_empty(&s->call->holders))
		call_close(s->call); /* and nobody ever saw it */
}

void event_from_host(struct host *h, const struct frame *f)
{
	struct event_source s = { .core = h->peer.core, .host = h, .frame = f };
	Event *e = (Event *)arena_unpack(&s.core->arena, &event__descriptor, f->body, f->h.length);

	if (!e) {
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "an event that is malformed or too large");
		return;
	}
	handle(&s, e);
}
