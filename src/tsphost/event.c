// SPDX-License-Identifier: MIT
/* event.c - one EVENT frame for each item: handles become ids, the host's own numbers become the
 * origin of the request that they stand for. */
#define LOG_TOPIC "host"
#include "tsphost/event.h"

#include "base/mem.h"
#include "tsphost/reply.h"
#include "tsphost/state.h"
#include "tsphost/tags.h"

#include <assert.h>
#include <string.h>

struct kept {
	struct list link;
	struct frame_header header;
	size_t size;
	uint8_t body[];
};

struct outgoing {
	struct frame_header header;
	Event event;
	CallState state;
	Failure reason;
	bool keep; /* also for the next core, when there is none */
};

static void keep(struct host *h, const struct outgoing *o)
{
	size_t size = protobuf_c_message_get_packed_size(&o->event.base);
	struct kept *k;

	if (h->kept_bytes + size > KEPT_BYTES) {
		log_warn("%s: event %u is lost: there is no core, and no more room", h->provider,
				o->event.msg);
		return;
	}
	k = mem_alloc(sizeof(*k) + size);
	if (!k)
		return;
	k->header = o->header;
	k->size = size;
	(void)protobuf_c_message_pack(&o->event.base, k->body);
	list_append(&h->kept, &k->link);
	h->kept_bytes += sizeof(*k) + size;
}

static void send(struct host *h, struct outgoing *o)
{
	o->header.kind = FRAME_EVENT;
	if (!h->welcome) {
		if (o->keep)
			keep(h, o);
		return;
	}
	if (!reply_fit(h, &o->event.base, o->event.object)) {
		log_warn("%s: object %#llx: state left out, it is too long", h->provider,
				(unsigned long long)o->event.object);
		o->event.state = NULL;
	}
	host_send(h, &o->header, &o->event.base);
}

static void drop_kept(struct host *h, struct kept *k)
{
	list_remove(&k->link);
	h->kept_bytes -= sizeof(*k) + k->size;
	mem_free(k);
}

void event_send_kept(struct host *h)
{
	list_for_safe(l, &h->kept) {
		struct kept *k = list_entry(l, struct kept, link);

		host_send_bytes(h, &k->header, k->body, k->size);
		drop_kept(h, k);
	}
}

void event_forget_kept(struct host *h)
{
	list_for_safe(l, &h->kept)
		drop_kept(h, list_entry(l, struct kept, link));
}

static void set_p(Event *e, uint64_t p1, uint64_t p2, uint64_t p3)
{
	e->has_p1 = p1 != 0;
	e->p1 = p1;
	e->has_p2 = p2 != 0;
	e->p2 = p2;
	e->has_p3 = p3 != 0;
	e->p3 = p3;
}

static void set_object(Event *e, uint64_t object)
{
	e->has_object = 1;
	e->object = object;
}

static void start(struct outgoing *o, DWORD msg)
{
	memset(o, 0, sizeof(*o));
	event__init(&o->event);
	o->event.has_msg = 1;
	o->event.msg = msg;
	o->keep = !event_is_state(msg);
}

static void set_origin(struct outgoing *o, const struct tag *t)
{
	o->header.origin_session = t->session;
	o->header.origin_serial = t->serial;
}

void event_send_gathered(struct host *h, const struct tag *t, uint32_t how, uint64_t tick)
{
	LineGatherDigitsReply digits = LINE_GATHER_DIGITS_REPLY__INIT;
	struct outgoing o;

	start(&o, LINE_GATHERDIGITS);
	set_object(&o.event, t->call->id);
	set_p(&o.event, how, 0, tick);
	set_origin(&o, t);
	digits.has_digits = 1;
	digits.digits.data = (uint8_t *)t->digits;
	while (digits.digits.len < t->size && t->digits[digits.digits.len])
		digits.digits.len++;
	arena_reset(&h->turn_arena, MESSAGE_MAX);
	o.event.data.len = protobuf_c_message_get_packed_size(&digits.base);
	o.event.data.data = arena_alloc(&h->turn_arena, o.event.data.len + 1);
	o.event.has_data = o.event.data.data != NULL;
	if (o.event.has_data)
		(void)protobuf_c_message_pack(&digits.base, o.event.data.data);
	send(h, &o);
}

/* A number of the host's that the TSP gives back; false: it was cancelled or answered before. */
static bool fill_tagged(struct host *h, struct item *i, struct outgoing *o, enum tag_kind kind)
{
	struct tag *t = tag_find(h, kind, i->p[1]);

	if (!t || t->call != i->on_call) {
		log_debug("%s: call %#llx: message %u with number %llu ignored", h->provider,
				(unsigned long long)i->on_call->id, i->msg,
				(unsigned long long)i->p[1]);
		return false;
	}
	set_origin(o, t);
	set_p(&o->event, i->p[0], 0, i->p[2]);
	if (kind == TAG_GENERATE)
		tag_free(t);
	return true;
}

static void send_gathered(struct host *h, struct item *i)
{
	struct tag *t = tag_find(h, TAG_GATHER, i->p[1]);

	if (!t || t->call != i->on_call) {
		log_debug("%s: call %#llx: late digits ignored", h->provider,
				(unsigned long long)i->on_call->id);
		return;
	}
	event_send_gathered(h, t, (uint32_t)i->p[0], i->p[2]);
	tag_free(t);
}

/* What waits for an answer of the call gets it before IDLE, whatever the TSP says. */
static void end_tags(struct host *h, const struct call *c)
{
	list_for_safe(l, &h->tags) {
		struct tag *t = list_entry(l, struct tag, link);
		struct outgoing o;

		if (t->call != c)
			continue;
		if (t->kind == TAG_GATHER) {
			event_send_gathered(h, t, LINEGATHERTERM_CANCEL, 0);
		} else if (t->kind == TAG_GENERATE) {
			start(&o, LINE_GENERATE);
			set_object(&o.event, c->id);
			set_p(&o.event, LINEGENERATETERM_CANCEL, 0, 0);
			set_origin(&o, t);
			send(h, &o);
		}
		tag_free(t);
	}
}

/* For a core that comes after this one. IDLE is silent about why the call was DISCONNECTED. */
static void keep_reason(struct call *c, const struct item *i)
{
	if (!i->reason && i->p[0] & LINECALLSTATE_IDLE)
		return;
	mem_free(c->why);
	c->why = i->reason ? mem_dup(i->reason, sizeof(*i->reason)) : NULL;
}

/* CONFERENCED: the parent's handle becomes its id. */
static void fill_call_state(struct host *h, struct item *i, struct outgoing *o)
{
	struct call *c = i->on_call;
	uint64_t mode = i->p[1];

	if (i->p[0] & LINECALLSTATE_CONFERENCED) {
		const struct call *parent = inbox_find(h->inbox, HANDLE_CALL, (uintptr_t)mode);

		mode = parent ? parent->id : 0;
	}
	if (i->p[0] & LINECALLSTATE_IDLE)
		end_tags(h, c);
	keep_reason(c, i);
	c->state = (uint32_t)i->p[0];
	c->mode = (uint32_t)mode;
	c->media_modes = (uint32_t)i->p[2];
	set_p(&o->event, i->p[0], mode, i->p[2]);
}

static bool fill_msp_data(struct host *h, struct item *i, struct outgoing *o)
{
	if (i->p[0] && !inbox_find(h->inbox, HANDLE_MSP, (uintptr_t)i->p[0])) {
		log_warn("%s: LINE_SENDMSPDATA for the unknown instance %#llx ignored", h->provider,
				(unsigned long long)i->p[0]);
		return false;
	}
	set_p(&o->event, i->p[0], 0, 0);
	o->event.has_data = 1;
	o->event.data.data = i->data;
	o->event.data.len = i->size;
	return true;
}

static void close_line(struct host *h, struct line *l)
{
	l->closed = true;
	h->reap = true;
	request_fail_left(h, l, NULL, NULL);
}

/* False: that is known. */
static bool remember_removed(struct devices *known, uint64_t device)
{
	struct device *d = devices_make(known, (uint32_t)device);
	bool is_new = !d || !d->removed;

	if (d)
		d->removed = true;
	return is_new;
}

/* TAPI: the TSP is not called any more for such a line, not even to close it. */
static bool remove_line(struct host *h, uint64_t device)
{
	struct line *l = device <= UINT32_MAX ? line_find(h, (uint32_t)device) : NULL;

	if (!remember_removed(&h->lines_known, device))
		return false;
	if (l)
		close_line(h, l);
	return true;
}

/* Those that turn.c lets pass only for a call that there is. False: it goes nowhere. */
static bool fill_call(struct host *h, struct item *i, struct outgoing *o)
{
	assert(i->on_call && i->on_line);
	switch (i->msg) {
	case LINE_NEWCALL:
		set_object(&o->event, i->on_line->device);
		set_p(&o->event, i->on_call->id,
				h->welcome ? state_address_id(h, i->on_call, &h->turn_arena) : 0,
				0);
		return true;
	case LINE_CALLSTATE:
		fill_call_state(h, i, o);
		return true;
	case LINE_GENERATE:
		return fill_tagged(h, i, o, TAG_GENERATE);
	case LINE_MONITORTONE:
		return fill_tagged(h, i, o, TAG_TONES);
	default: /* LINE_GATHERDIGITS */
		send_gathered(h, i);
		return false;
	}
}

/* False: it goes nowhere. */
static bool fill_line(struct host *h, struct item *i, struct outgoing *o)
{
	switch (i->msg) {
	case LINE_NEWCALL:
	case LINE_CALLSTATE:
	case LINE_GENERATE:
	case LINE_MONITORTONE:
	case LINE_GATHERDIGITS:
		return fill_call(h, i, o);
	case LINE_SENDMSPDATA:
		return fill_msp_data(h, i, o);
	case LINE_CREATE:
		set_p(&o->event, h->permanent_id, i->p[1], 0);
		return true;
	case LINE_REMOVE:
		set_p(&o->event, i->p[0], 0, 0);
		return remove_line(h, i->p[0]);
	case LINE_CLOSE:
		assert(i->on_line);
		close_line(h, i->on_line);
		return true;
	default:
		set_p(&o->event, i->p[0], i->p[1], i->p[2]);
		return true;
	}
}

static void close_phone(struct host *h, struct phone *p)
{
	p->closed = true;
	h->reap = true;
	request_fail_left(h, NULL, NULL, p);
}

/* As with lines. */
static bool remove_phone(struct host *h, uint64_t device)
{
	struct phone *p = device <= UINT32_MAX ? phone_find(h, (uint32_t)device) : NULL;

	if (!remember_removed(&h->phones_known, device))
		return false;
	if (p)
		close_phone(h, p);
	return true;
}

static bool fill_phone(struct host *h, struct item *i, struct outgoing *o)
{
	set_p(&o->event, i->p[0], i->p[1], i->p[2]);
	switch (i->msg) {
	case PHONE_CREATE:
		set_p(&o->event, h->permanent_id, i->p[1], 0);
		break;
	case PHONE_REMOVE:
		return remove_phone(h, i->p[0]);
	case PHONE_CLOSE:
		assert(i->on_phone);
		close_phone(h, i->on_phone);
		break;
	default:
		break;
	}
	return true;
}

void event_send(struct host *h, struct item *i)
{
	struct outgoing o;

	start(&o, i->msg);
	arena_reset(&h->turn_arena, MESSAGE_MAX);
	set_object(&o.event, i->on_call    ? i->on_call->id
			     : i->on_line  ? i->on_line->device
			     : i->on_phone ? i->on_phone->device
					   : 0);
	if (!(i->kind == ITEM_LINE ? fill_line(h, i, &o) : fill_phone(h, i, &o)))
		return;
	if (i->reason) {
		reason_message(i->reason, &o.reason);
		o.event.reason = &o.reason;
	}
	if (i->on_call && i->on_call->last == i) {
		i->on_call->last = NULL;
		if (h->welcome && !call_is_over(i->on_call)) {
			state_take(h, i->on_call, &h->turn_arena, &o.state);
			o.event.state = &o.state;
		}
	}
	send(h, &o);
}
