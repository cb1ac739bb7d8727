// SPDX-License-Identifier: MIT
/* event.c - event objects, the filters that they pass, their queue and their delivery. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

#include <string.h>

static unsigned kind_index(TAPI_EVENT kind)
{
	unsigned n = 0;

	while (n < EVENT_KINDS - 1 && !((unsigned)kind >> n & 1u))
		n++;
	return n;
}

static bool passes(const struct filter *f, TAPI_EVENT kind, LONG sub_event)
{
	uint32_t off = f->off[kind_index(kind)];

	return sub_event < 0 || sub_event > 31 || !(off >> sub_event & 1u);
}

/* A state is the sub-event of a TE_CALLSTATE. */
struct tapi_event *event_new(struct tapi *tapi, TAPI_EVENT kind, LONG sub_event,
		struct tapi_address *address, struct tapi_call *call)
{
	struct tapi_event *e;

	if (tapi->closed || !tapi->callback || !(tapi->filter & (DWORD)kind))
		return NULL;
	if (address && !passes(&address->filter, kind, sub_event))
		return NULL;
	if (call && !passes(&call->filter, kind, sub_event))
		return NULL;
	e = mem_new(struct tapi_event);
	if (!e)
		return NULL;
	object_init(&e->object, OBJECT_EVENT);
	list_init(&e->link);
	e->tapi = tapi_ref(tapi);
	e->address = tapi_ref(address);
	e->call = tapi_ref(call);
	e->kind = kind;
	e->event = sub_event;
	if (call)
		e->instance = call->callback_instance;
	return e;
}

void event_post(struct tapi_event *event)
{
	list_append(&event->tapi->events, &event->link);
}

void tapi_event_end(struct tapi_event *e)
{
	list_remove(&e->link);
	tapi_unref(e->terminal);
	tapi_unref(e->stream);
	tapi_unref(e->call);
	tapi_unref(e->address);
	tapi_unref(e->tapi);
	mem_free(e);
}

static struct tapi_event *next(struct tapi *tapi, tapi_event_callback *callback, void **arg)
{
	struct tapi_event *e = NULL;

	objects_lock();
	if (!list_empty(&tapi->events)) {
		e = list_entry(tapi->events.next, struct tapi_event, link);
		list_remove(&e->link);
		tapi->delivered++;
	} else {
		tapi->delivering = false; /* what is posted from now on is for the next one */
	}
	*callback = tapi->callback;
	*arg = tapi->callback_arg;
	objects_unlock();
	return e;
}

void events_deliver(struct tapi *tapi)
{
	tapi_event_callback callback;
	struct tapi_event *e;
	void *arg;

	objects_lock();
	if (tapi->delivering) { /* further up this thread's stack, or by another thread */
		objects_unlock();
		return;
	}
	tapi->delivering = true;
	objects_unlock();
	while ((e = next(tapi, &callback, &arg))) {
		if (callback)
			callback(e, arg);
		tapi_unref(e);
	}
}

void events_clear(struct tapi *tapi)
{
	while (!list_empty(&tapi->events)) {
		struct tapi_event *e = list_entry(tapi->events.next, struct tapi_event, link);

		list_remove(&e->link);
		tapi_unref(e);
	}
}

/* --- Filters of one object ------------------------------------------------------------------- */

static LONG filter_set(struct filter *f, TAPI_EVENT kind, LONG sub_event, int enable)
{
	uint32_t bits = sub_event < 0 ? 0xffffffffu : sub_event > 31 ? 0 : 1u << sub_event;
	uint32_t *off = &f->off[kind_index(kind)];

	if (!bits || !kind || ((unsigned)kind & ((unsigned)kind - 1u)))
		return fail(LINEERR_INVALPARAM, "filter",
				"a filter is for one kind of event, sub-event -1 or 0 to 31");
	objects_lock();
	*off = enable ? *off & ~bits : *off | bits;
	objects_unlock();
	return 0;
}

static int filter_get(const struct filter *f, TAPI_EVENT kind, LONG sub_event)
{
	bool yes;

	objects_lock();
	yes = passes(f, kind, sub_event);
	objects_unlock();
	return yes;
}

LONG tapi_address_set_event_filter(struct tapi_address *address, TAPI_EVENT kind, LONG sub_event,
		int enable)
{
	return address ? filter_set(&address->filter, kind, sub_event, enable)
		       : fail(LINEERR_INVALPOINTER, "NULL", "there is no address");
}

int tapi_address_get_event_filter(struct tapi_address *address, TAPI_EVENT kind, LONG sub_event)
{
	return address && filter_get(&address->filter, kind, sub_event);
}

LONG tapi_call_set_event_filter(struct tapi_call *call, TAPI_EVENT kind, LONG sub_event, int enable)
{
	return call ? filter_set(&call->filter, kind, sub_event, enable)
		    : fail(LINEERR_INVALPOINTER, "NULL", "there is no call");
}

int tapi_call_get_event_filter(struct tapi_call *call, TAPI_EVENT kind, LONG sub_event)
{
	return call && filter_get(&call->filter, kind, sub_event);
}

/* --- What an event says: written once, so no lock -------------------------------------------- */

#define GETTER(type, name, member, none)                                                           \
	type tapi_event_get_##name(struct tapi_event *event)                                       \
	{                                                                                          \
		return event ? event->member : (none);                                             \
	}

GETTER(TAPI_EVENT, kind, kind, (TAPI_EVENT)0)
GETTER(struct tapi *, tapi, tapi, NULL)
GETTER(struct tapi_address *, address, address, NULL)
GETTER(struct tapi_call *, call, call, NULL)
GETTER(struct tapi_stream *, stream, stream, NULL)
GETTER(struct tapi_terminal *, terminal, terminal, NULL)
GETTER(LONG, event, event, 0)
GETTER(LONG, state, state, 0)
GETTER(LONG, cause, cause, 0)
GETTER(LONG, error, error, 0)
GETTER(LONG, callback_instance, instance, 0)
GETTER(char, digit, digit, '\0')
GETTER(DWORD, digit_mode, digit_mode, 0)
GETTER(const char *, digits, digits, "")
GETTER(LONG, termination, termination, 0)
GETTER(DWORD, tick_count, tick_count, 0)
