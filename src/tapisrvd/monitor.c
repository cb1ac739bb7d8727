// SPDX-License-Identifier: MIT
/* monitor.c - the requests of monitor.h, and what ends with an application. */
#include "monitor.h"

#include "base/clock.h"
#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"
#include "values.h"

#include <string.h>
#include <tapi.h>

#define LOG_TOPIC "monitor"

enum { KEPT_MAX = 256 * 1024 }; /* bytes, of all applications that are away */

static const struct row {
	uint16_t number;
	enum monitor what;
	const char *field; /* of the request */
} rows[] = {
	{ CALL_LineMonitorDigits, MONITOR_DIGITS, "digit_modes" },
	{ CALL_LineMonitorMedia, MONITOR_MEDIA, "media_modes" },
};

static const struct row *row_of(uint16_t number)
{
	return number == rows[0].number ? &rows[0] : &rows[1];
}

/* Any of the two requests. */
union request_any {
	ProtobufCMessage base;
	LineMonitorDigits digits;
	LineMonitorMedia media;
};

static const ProtobufCMessage *make(union request_any *to, enum monitor what, uint64_t call,
		uint32_t modes)
{
	if (what == MONITOR_DIGITS) {
		line_monitor_digits__init(&to->digits);
		SET_ID(&to->digits, call, call);
		SET(&to->digits, digit_modes, modes);
	} else {
		line_monitor_media__init(&to->media);
		SET_ID(&to->media, call, call);
		SET(&to->media, media_modes, modes);
	}
	return &to->base;
}

static uint32_t union_of(const struct call *call, enum monitor what)
{
	uint32_t modes = 0;

	list_for(l, &call->holders)
		modes |= list_entry(l, struct held, in_call)->monitored.modes[what];
	return modes;
}

static struct host *host_of(const struct call *call)
{
	return call->line->provider->host;
}

/* The TSP hears of it if the union has changed. */
static void update(struct call *call, enum monitor what)
{
	uint32_t modes = union_of(call, what);
	union request_any request;

	if (modes == call->monitoring.told[what])
		return;
	call->monitoring.told[what] = modes;
	(void)host_call(host_of(call), rows[what].number, make(&request, what, call->id, modes),
			NULL);
}

/* --- monitored modes ---------------------------------------------------------------------------
 */

static struct held *held_of(const struct pending *p)
{
	struct call *call = p->session ? call_find(p->session->core, p->object) : NULL;

	return call ? held_find(p->session, call) : NULL;
}

static void monitored(struct pending *p, const struct answer *a)
{
	enum monitor what = row_of(p->rule->number)->what;
	struct held *h = held_of(p);

	if (a->result && h) {
		h->monitored.modes[what] = p->value;
		h->call->monitoring.told[what] = union_of(h->call, what);
	}
	pending_relay(p, a);
}

LONG handle_monitor(struct request *r)
{
	const struct row *row = row_of(r->rule->number);
	uint32_t *modes = &r->held->monitored.modes[row->what], before = *modes, wanted;
	union request_any request;
	struct pending *p;

	*modes = *request_number(r, row->field);
	wanted = union_of(r->call, row->what);
	if (wanted == r->call->monitoring.told[row->what])
		return request_return(r, NULL);
	p = host_forward_message(request_host(r), r->session, r->rule, r->frame,
			make(&request, row->what, r->call->id, wanted), monitored);
	if (!p) {
		*modes = before;
		return LINEERR_RESOURCEUNAVAIL;
	}
	p->object = r->call->id;
	p->value = before;
	r->call->monitoring.told[row->what] = wanted;
	return 0;
}

/* --- what goes to the TSP as it came ------------------------------------------------------------
 */

static LONG forward(struct request *r, pending_done done, uint32_t value)
{
	struct pending *p = host_forward(request_host(r), r->session, r->rule, r->frame, done);

	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->call ? r->call->id : 0;
	p->value = value;
	return 0;
}

static void tones_done(struct pending *p, const struct answer *a)
{
	struct held *h = held_of(p);

	if (!a->result && h)
		h->monitored.tones = p->value != 0;
	pending_relay(p, a);
}

LONG handle_monitor_tones(struct request *r)
{
	const LineMonitorTones *m = (const void *)r->msg;

	return forward(r, tones_done, m->n_tone_list != 0);
}

static void gather_done(struct pending *p, const struct answer *a)
{
	struct held *h = held_of(p);

	if (!a->result && h) {
		h->call->monitoring.gather_session = p->value ? p->session->id : 0;
		h->call->monitoring.gather_serial = p->client_serial;
	}
	pending_relay(p, a);
}

LONG handle_gather_digits(struct request *r)
{
	const LineGatherDigits *m = (const void *)r->msg;

	return forward(r, gather_done, m->digits != 0);
}

static void control_done(struct pending *p, const struct answer *a)
{
	struct held *h = held_of(p);

	if (!a->result && h)
		h->call->monitoring.control_session = p->value ? p->session->id : 0;
	pending_relay(p, a);
}

/* That of a line or an address is nobody's in particular: it stays as long as the line is open. */
LONG handle_set_media_control(struct request *r)
{
	const LineSetMediaControl *m = (const void *)r->msg;

	return forward(r, control_done,
			m->n_digit_list + m->n_media_list + m->n_tone_list + m->n_call_state_list !=
					0);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void cancel_tones(struct call *call, uint64_t session)
{
	LineMonitorTones request = LINE_MONITOR_TONES__INIT;

	SET_ID(&request, call, call->id);
	(void)host_call_as(host_of(call), session, CALL_LineMonitorTones, &request.base);
}

static void cancel_gathering(struct call *call)
{
	LineGatherDigits request = LINE_GATHER_DIGITS__INIT;

	call->monitoring.gather_session = 0;
	SET_ID(&request, call, call->id);
	(void)host_call(host_of(call), CALL_LineGatherDigits, &request.base, NULL);
}

/* TAPI: it ends with the handle of whoever set it. */
static void cancel_control(struct call *call)
{
	LineSetMediaControl request = LINE_SET_MEDIA_CONTROL__INIT;

	call->monitoring.control_session = 0;
	SET_ID(&request, line, call->line->device);
	SET_ID(&request, call, call->id);
	SET(&request, select, LINECALLSELECT_CALL);
	(void)host_call(host_of(call), CALL_LineSetMediaControl, &request.base, NULL);
}

void monitor_left(struct call *call, uint64_t session, const struct monitored *had)
{
	if (call_is_idle(call))
		return;
	for (int what = 0; what < MONITORS; what++)
		update(call, (enum monitor)what);
	if (had->tones)
		cancel_tones(call, session);
	if (call->monitoring.gather_session == session)
		cancel_gathering(call);
	if (call->monitoring.control_session == session)
		cancel_control(call);
}

void monitor_end(struct call *call)
{
	memset(&call->monitoring, 0, sizeof(call->monitoring));
	list_for(l, &call->holders) {
		struct held *h = list_entry(l, struct held, in_call);

		memset(&h->monitored, 0, sizeof(h->monitored));
	}
}

void monitor_claim(struct held *h, const SnapshotHeld *claim)
{
	struct monitoring *m = &h->call->monitoring;

	h->monitored.modes[MONITOR_DIGITS] =
			claim->digit_modes & values_known(h->open, "LINEDIGITMODE_");
	h->monitored.modes[MONITOR_MEDIA] =
			claim->media_modes & values_known(h->open, "LINEMEDIAMODE_");
	for (int what = 0; what < MONITORS; what++)
		m->told[what] |= h->monitored.modes[what];
	h->monitored.tones = claim->tones != 0;
	if (claim->gather) {
		m->gather_session = h->session->id;
		m->gather_serial = claim->gather;
	}
	if (claim->controls)
		m->control_session = h->session->id;
}

/* An application that never came back has left a list of tones with the TSP. */
static void monitor_orphan(struct event_source *s, const Event *e)
{
	uint64_t session = s->frame->h.origin_session;

	if (e->msg == LINE_MONITORTONE && session)
		cancel_tones(s->call, session);
}

/* --- what the TSP reports -----------------------------------------------------------------------
 */

/* TAPI: if the TSP gives no tick count the server does. */
static void stamp(Event *e)
{
	if (!e->p3)
		SET(e, p3, (uint32_t)clock_now_ms());
}

static void to_monitors(struct event_source *s, Event *e, enum monitor what, uint64_t mode)
{
	size_t size;

	stamp(e);
	size = event_pack(s->core, e);
	list_for(l, &s->call->holders) {
		const struct held *h = list_entry(l, struct held, in_call);

		if (h->monitored.modes[what] & mode)
			event_to_holder(h, e, 0, size);
	}
}

void monitor_event_digits(struct event_source *s, Event *e)
{
	to_monitors(s, e, MONITOR_DIGITS, e->p2);
}

void monitor_event_media(struct event_source *s, Event *e)
{
	to_monitors(s, e, MONITOR_MEDIA, e->p1);
}

struct kept_answer {
	struct list link; /* in core->kept_answers */
	uint64_t session, call;
	uint32_t serial;
	size_t size;
	uint8_t event[]; /* packed */
};

static void drop(struct core *core, struct kept_answer *k)
{
	core->kept_size -= sizeof(*k) + k->size;
	list_remove(&k->link);
	mem_free(k);
}

/* The oldest make room, whoever's they are: who is away for so long has missed more than that. */
static void make_room(struct core *core, size_t size)
{
	while (core->kept_size + size > KEPT_MAX && !list_empty(&core->kept_answers)) {
		struct kept_answer *k =
				list_entry(core->kept_answers.next, struct kept_answer, link);

		log_warn("call %#llx: what was heard is lost, its application is away for long",
				(unsigned long long)k->call);
		drop(core, k);
	}
}

static void keep(struct event_source *s, size_t size)
{
	struct kept_answer *k = mem_alloc(sizeof(*k) + size);

	if (!k)
		return;
	make_room(s->core, sizeof(*k) + size);
	s->core->kept_size += sizeof(*k) + size;
	k->session = s->frame->h.origin_session;
	k->serial = s->frame->h.origin_serial;
	k->call = s->call->id;
	k->size = size;
	memcpy(k->event, buf_head(&s->core->scratch), size);
	list_append(&s->core->kept_answers, &k->link);
}

/* It may be back later: the core was started again a moment ago, or the connection is lost. */
static bool is_away(const struct core *core, const struct session *s)
{
	return s ? session_is_away(s) : core_awaits_sessions(core);
}

void monitor_event_answer(struct event_source *s, Event *e)
{
	struct session *session = map_find(&s->core->sessions_by_id, s->frame->h.origin_session);
	struct held *h = session ? held_find(session, s->call) : NULL;
	struct monitoring *m = &s->call->monitoring;

	if (e->msg == LINE_GATHERDIGITS && m->gather_session == s->frame->h.origin_session &&
			m->gather_serial == s->frame->h.origin_serial)
		m->gather_session = 0;
	SET(e, p2, 0);
	stamp(e);
	if (is_away(s->core, session))
		keep(s, event_pack(s->core, e));
	else if (h)
		event_to_asker(h, e, s->frame->h.origin_serial, event_pack(s->core, e));
	else
		monitor_orphan(s, e);
}

void monitor_give_kept(struct client *c)
{
	struct core *core = c->peer.core;

	list_for_safe(l, &core->kept_answers) {
		struct kept_answer *k = list_entry(l, struct kept_answer, link);
		struct call *call = call_find(core, k->call);
		struct held *h = call ? held_find(c->session, call) : NULL;

		if (k->session != c->session->id)
			continue;
		if (h)
			client_event_of(c, h->open->number, k->serial, k->event, k->size);
		drop(core, k);
	}
}

void monitor_forget_kept(struct core *core, uint64_t call)
{
	list_for_safe(l, &core->kept_answers) {
		struct kept_answer *k = list_entry(l, struct kept_answer, link);

		if (!call || k->call == call)
			drop(core, k);
	}
}
