// SPDX-License-Identifier: MIT
/* event.c - events of the wire become messages of the application: objects become handles, and what
 * an older application does not know is converted down. */
#include "libtapi/internal.h"
#include "libtapi/pending.h"
#include "libtapi/proxy.h"

#include "base/mem.h"

#include <string.h>

enum { V1_4 = 0x00010004, V2_0 = 0x00020000, V2_2 = 0x00020002 };

static bool is_call_id(uint64_t object)
{
	return object >> 32 != 0;
}

static struct call *call_find(struct app *a, uint64_t id)
{
	return id ? map_find(&a->calls, id) : NULL;
}

/* The call of an event; made here when the event gives it to us. */
static struct call *call_of(struct app *a, const struct item *i)
{
	struct call *c = call_find(a, i->object);
	struct line *l;

	if (c || !i->result)
		return c;
	l = line_by_open(a, i->open);
	return l ? call_new(l, i->object) : NULL;
}

static void address_to(struct message *out, const struct line *l, uint32_t handle)
{
	out->m.hDevice = handle;
	out->m.dwCallbackInstance = l->instance;
	out->device = l->device;
}

static void copy_params(struct message *out, const struct item *i)
{
	out->m.dwMessageID = i->msg;
	out->m.dwParam1 = (DWORD_PTR)i->p1;
	out->m.dwParam2 = (DWORD_PTR)i->p2;
	out->m.dwParam3 = (DWORD_PTR)i->p3;
}

/* The eight bits above are a substate of the device's own. */
static bool is_state(const struct item *i, DWORD state)
{
	return (i->p1 & 0x00ffffffu) == state;
}

static int call_state(struct app *a, const struct item *i, struct call *c, struct message *out)
{
	c->state = (DWORD)i->p1;
	c->given = false;
	if (i->result)
		c->privilege = (DWORD)i->result;
	if (i->reason)
		c->reason = *i->reason;
	out->m.dwParam3 = (DWORD_PTR)i->result;
	if (is_state(i, LINECALLSTATE_CONFERENCED)) {
		const struct call *parent = call_find(a, i->p2);

		out->m.dwParam2 = parent && !parent->pending ? parent->handle : 0;
	}
	return 1;
}

static int app_new_call(struct app *a, const struct item *i, struct message *out)
{
	struct line *l = line_by_open(a, i->open);
	struct call *c = call_find(a, i->p2);

	if (!l || !is_call_id(i->p2))
		return 0;
	if (!c)
		c = call_new(l, i->p2);
	if (!c)
		return 0;
	c->given = true;
	c->privilege = (DWORD)i->p3;
	address_to(out, l, l->handle);
	out->call = c->id;
	out->m.dwParam2 = c->handle;
	return l->api_version >= V2_0; /* older ones see the LINE_CALLSTATE that follows */
}

static void fill_gathered(struct gather *g, const struct item *i)
{
	const LineGatherDigitsReply *reply;
	struct arena arena;
	size_t count = 0;

	arena_init(&arena, MESSAGE_MAX);
	reply = (const void *)arena_unpack(&arena, &line_gather_digits_reply__descriptor, i->data,
			i->size);
	if (reply)
		count = reply->digits.len < g->size ? reply->digits.len : g->size;
	if (count)
		memcpy(g->buffer, reply->digits.data, count);
	if (count < g->size) /* TAPI: a full buffer has no NUL */
		g->buffer[count] = '\0';
	arena_fini(&arena);
}

/* The digits go to the buffer that lineGatherDigits was given. */
static void gather_digits(struct call *c, const struct item *i)
{
	struct gather *g = NULL;

	list_for(pos, &c->gathers) {
		g = list_entry(pos, struct gather, link);
		if (!i->origin || g->serial == i->origin)
			break;
		g = NULL;
	}
	if (!g)
		return;
	if (g->buffer)
		fill_gathered(g, i);
	list_remove(&g->link);
	mem_free(g);
}

static bool has_tick_count(uint32_t msg)
{
	switch (msg) {
	case LINE_GATHERDIGITS:
	case LINE_GENERATE:
	case LINE_MONITORDIGITS:
	case LINE_MONITORMEDIA:
	case LINE_MONITORTONE:
		return true;
	default:
		return false;
	}
}

static bool is_about_hubs(uint32_t msg)
{
	return msg == LINE_APPNEWCALLHUB || msg == LINE_CALLHUBCLOSE;
}

/* It was known by another call until now. */
static void move_hub(const struct app *a, const struct call *to)
{
	struct call *c;
	size_t cursor = 0;

	while ((c = map_next(&a->calls, &cursor)))
		if (c != to && c->hub == to->hub && c->id >> 32 == to->id >> 32)
			c->hub = 0;
}

/* Which hub it is, is for the next daemon. False: not for the application. */
static bool call_hub(const struct app *a, const struct item *i, struct call *c, struct message *out)
{
	bool is_known = i->msg == LINE_APPNEWCALLHUB && i->p2;

	c->hub = i->msg == LINE_APPNEWCALLHUB ? (uint32_t)i->p3 : 0;
	if (is_known)
		move_hub(a, c);
	out->m.dwParam2 = out->m.dwParam3 = 0;
	return !is_known && c->line->api_version >= V2_2;
}

static int call_event(struct app *a, const struct item *i, struct message *out)
{
	struct call *c = call_of(a, i);

	if (!c || c->pending)
		return 0;
	address_to(out, c->line, c->handle);
	out->call = c->id;
	if (i->msg == LINE_GATHERDIGITS)
		gather_digits(c, i);
	if (is_about_hubs(i->msg) && !call_hub(a, i, c, out))
		return 0;
	if (has_tick_count(i->msg) && c->line->api_version < V2_0)
		out->m.dwParam3 = 0;
	return i->msg == LINE_CALLSTATE ? call_state(a, i, c, out) : 1;
}

static const struct tapix_reason no_reason = { TAPIX_LAYER_SERVER, "closed",
	"tapisrvd closed the device and gave no reason" };

static int line_event(struct app *a, const struct item *i, struct message *out)
{
	struct line *l = line_by_open(a, i->open);

	if (!l)
		return 0;
	address_to(out, l, l->handle);
	if (i->msg == LINE_CLOSE || i->msg == PHONE_CLOSE) {
		reason_closed(l->handle, i->reason ? i->reason : &no_reason);
		line_free(l);
	}
	return 1;
}

/* Before 2.0 there was no LINE_REMOVE: the open lines of that device say so. */
static int removed_before_2_0(struct app *a, const struct item *i)
{
	uint32_t msg = a->phone ? PHONE_STATE : LINE_LINEDEVSTATE;
	uint64_t removed = a->phone ? PHONESTATE_REMOVED : LINEDEVSTATE_REMOVED;

	list_for(pos, &a->lines) {
		const struct line *l = list_entry(pos, struct line, link);

		if (l->device == (uint32_t)i->p1)
			(void)queue_event(a, l->open, msg, l->device, removed, NULL);
	}
	return 0;
}

static bool is_about_phones(uint32_t msg)
{
	return msg == PHONE_CREATE || msg == PHONE_REMOVE;
}

/* Messages that belong to no open device. */
static int app_event(struct app *a, const struct item *i, struct message *out)
{
	if (is_about_phones(i->msg) != a->phone)
		return 0;
	out->device = (uint32_t)i->p1;
	if (i->msg == LINE_REQUEST) { /* the core has kept the registration's instance */
		out->m.dwCallbackInstance = (DWORD_PTR)i->p3;
		out->m.dwParam3 = 0;
	}
	if ((i->msg == LINE_REMOVE || i->msg == PHONE_REMOVE) && a->api_version < V2_0)
		return removed_before_2_0(a, i);
	if ((i->msg == LINE_CREATE || i->msg == PHONE_CREATE) && a->api_version < V1_4) {
		out->m.dwMessageID = a->phone ? PHONE_STATE : LINE_LINEDEVSTATE;
		out->m.dwParam1 = a->phone ? PHONESTATE_REINIT : LINEDEVSTATE_REINIT;
		out->m.dwParam2 = i->msg;
		out->m.dwParam3 = (DWORD_PTR)i->p1;
	}
	return 1;
}

static int translate(struct app *a, struct item *i, struct message *out)
{
	memset(out, 0, sizeof(*out));
	out->item = i;
	copy_params(out, i);
	switch (i->msg) {
	case LINE_APPNEWCALL:
		return app_new_call(a, i, out);
	case LINE_CREATE:
	case LINE_REMOVE:
	case LINE_REQUEST:
	case PHONE_CREATE:
	case PHONE_REMOVE:
		return app_event(a, i, out);
	case TAPIX_RESYNCHRONISED:
		return 1;
	case LINE_PROXYREQUEST:
		return proxy_request(a, i, out);
	case LINE_REPLY:
	case PHONE_REPLY:
		return 0;
	default:
		return is_call_id(i->object) ? call_event(a, i, out) : line_event(a, i, out);
	}
}

int event_translate(struct app *a, struct item *i, struct message *out)
{
	const struct line *l = line_by_open(a, i->open); /* LINE_CLOSE ends it */
	DWORD version = l ? l->api_version : a->api_version;

	return translate(a, i, out) && version_convert(out, version);
}
