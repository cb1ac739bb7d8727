// SPDX-License-Identifier: MIT
/* queue.c - what has arrived and waits until the application dispatches. */
#define LOG_TOPIC "libtapi"
#include "libtapi/internal.h"

#include "base/mem.h"
#include "base/trace.h"
#include "wire/names.h"

#include <errno.h>
#include <string.h>
#include <tspi.h>

/* An application that never dispatches while the daemon keeps sending. */
enum { QUEUE_MAX = 65536, QUEUE_BYTES_MAX = 64 * 1024 * 1024 };

static struct item *item_new(const void *data, size_t size)
{
	struct item *i = mem_new(struct item);

	if (!i)
		return NULL;
	list_init(&i->link);
	i->size = size;
	if (size)
		i->data = mem_dup(data, size);
	if (size && !i->data) {
		mem_free(i);
		return NULL;
	}
	return i;
}

void item_free(struct item *i)
{
	if (!i)
		return;
	mem_free(i->reason);
	mem_free(i->data);
	mem_free(i);
}

static uint64_t call_of(const struct item *i)
{
	uint64_t id = i->msg == LINE_APPNEWCALL ? i->p2 : i->object;

	return i->kind == FRAME_EVENT && id >> 32 ? id : 0;
}

static void count(struct app *a, const struct item *i, int by)
{
	uint64_t call = call_of(i);
	uintptr_t n;

	if (!call)
		return;
	n = (uintptr_t)map_find(&a->queued_of, call);
	if (!n && by < 0)
		return;
	n = by < 0 ? n - 1 : n + 1;
	if (!n)
		(void)map_remove(&a->queued_of, call);
	else if (map_set(&a->queued_of, call, (void *)n))
		a->queued_of_is_less = true;
}

/* Nothing is claimed for it any more. */
static void note_close(struct app *a, const struct item *i)
{
	const bool closes = i->msg == LINE_CLOSE || i->msg == PHONE_CLOSE;
	struct line *l = i->kind == FRAME_EVENT && closes ? line_by_open(a, i->open) : NULL;

	if (l)
		l->closed = true;
}

static int append(struct app *a, struct item *i)
{
	note_close(a, i);
	list_append(&a->queue, &i->link);
	a->queued++;
	a->queued_bytes += i->size;
	count(a, i, 1);
	return 0;
}

static void detach(struct app *a, struct item *i)
{
	list_remove(&i->link);
	a->queued--;
	a->queued_bytes -= i->size;
	count(a, i, -1);
}

static const char *message_name(uint32_t msg)
{
	const char *name = names_constant("LINE_", msg);

	if (!name)
		name = names_constant("PHONE_", msg);
	return name ? name : "message";
}

static struct item *event_item(const Event *e)
{
	struct item *i = item_new(e->data.data, e->has_data ? e->data.len : 0);

	if (!i)
		return NULL;
	i->msg = e->msg;
	i->object = e->object;
	i->p1 = e->p1;
	i->p2 = e->p2;
	i->p3 = e->p3;
	if (e->reason) {
		i->reason = mem_new(struct tapix_reason);
		if (i->reason)
			reason_from(i->reason, e->reason, 0);
	}
	return i;
}

static int event_in(const struct frame *f, struct item **out)
{
	struct arena arena;
	const Event *e;
	int err = -EPROTO;

	arena_init(&arena, MESSAGE_MAX);
	e = (const Event *)arena_unpack(&arena, &event__descriptor, f->body, f->h.length);
	if (e) {
		*out = event_item(e);
		err = *out ? 0 : -ENOMEM;
	}
	if (!err && trace_enabled())
		trace_hop(TRACE_LIBTAPI, message_name(e->msg), e->object, "event");
	arena_fini(&arena);
	return err;
}

int queue_frame(struct app *a, const struct frame *f)
{
	struct item *i;
	int err = 0;

	if (a->queued >= QUEUE_MAX || a->queued_bytes >= QUEUE_BYTES_MAX)
		return -ENOBUFS;
	if (f->h.kind == FRAME_EVENT) {
		err = event_in(f, &i);
	} else {
		i = item_new(f->body, f->h.length);
		err = i ? 0 : -ENOMEM;
		trace_hop(TRACE_LIBTAPI, "completion", 0, "request %u", f->h.serial);
	}
	if (err)
		return err;
	i->kind = f->h.kind;
	i->flags = f->h.flags;
	i->serial = f->h.serial;
	i->open = f->h.open;
	i->origin = f->h.origin_serial;
	i->result = f->h.result;
	return append(a, i);
}

static struct tapix_reason *copy(const struct tapix_reason *r)
{
	return r ? mem_dup(r, sizeof(*r)) : NULL;
}

int queue_event(struct app *a, uint32_t open, uint32_t msg, uint64_t object, uint64_t p1,
		const struct tapix_reason *reason)
{
	struct item *i = item_new(NULL, 0);

	if (!i)
		return -ENOMEM;
	i->kind = FRAME_EVENT;
	i->open = open;
	i->msg = msg;
	i->object = object;
	i->p1 = p1;
	i->reason = copy(reason);
	return append(a, i);
}

int queue_resynchronised(struct app *a, uint64_t calls, uint64_t lines, uint64_t missing)
{
	struct item *i = item_new(NULL, 0);

	if (!i)
		return -ENOMEM;
	i->kind = FRAME_EVENT;
	i->msg = TAPIX_RESYNCHRONISED;
	i->p1 = calls;
	i->p2 = lines;
	i->p3 = missing;
	return append(a, i);
}

int queue_reply(struct app *a, uint32_t serial, LONG result, const struct tapix_reason *reason)
{
	struct item *i = item_new(NULL, 0);

	if (!i)
		return -ENOMEM;
	i->kind = FRAME_COMPLETION;
	i->serial = serial;
	i->result = result;
	i->reason = copy(reason);
	return append(a, i);
}

struct item *queue_take(struct app *a)
{
	struct item *i;

	if (list_empty(&a->queue))
		return NULL;
	i = list_entry(a->queue.next, struct item, link);
	detach(a, i);
	return i;
}

/* One for whose ACK the daemon waits stays, and says nothing. */
static void forget(struct app *a, struct item *i)
{
	if (i->flags & FLAG_WANT_ACK) {
		count(a, i, -1);
		i->msg = i->open = 0;
		i->object = i->p2 = 0;
		return;
	}
	detach(a, i);
	item_free(i);
}

/* The daemon tells of a hub by the call that comes next, as if it were known. */
static void announce_hub_later(struct app *a, const struct item *first)
{
	list_for(pos, &a->queue) {
		struct item *i = list_entry(pos, struct item, link);

		if (i->kind == FRAME_EVENT && i->msg == LINE_APPNEWCALLHUB && i->p3 == first->p3 &&
				i->object != first->object &&
				i->object >> 32 == first->object >> 32)
			i->p2 = 0;
	}
}

/* A hub is told by any call of it: this one goes, another is left. */
static bool tell_hub_by_another(struct app *a, struct item *i)
{
	const struct call *c = i->msg == LINE_CALLHUBCLOSE ? map_find(&a->calls, i->p2) : NULL;

	if (i->msg == LINE_APPNEWCALLHUB && !i->p2)
		announce_hub_later(a, i);
	if (!c)
		return false;
	count(a, i, -1);
	i->object = c->id;
	i->open = c->line->open;
	i->p2 = 0;
	count(a, i, 1);
	return true;
}

void queue_purge(struct app *a, uint32_t open, uint64_t call)
{
	if (!open && !a->queued_of_is_less && !map_find(&a->queued_of, call))
		return;
	list_for_safe(pos, &a->queue) {
		struct item *i = list_entry(pos, struct item, link);
		bool made = i->msg == LINE_APPNEWCALL && i->p2 == call;
		bool hit = (open && i->open == open) || (call && (i->object == call || made));

		if (hit && i->kind == FRAME_EVENT && !tell_hub_by_another(a, i))
			forget(a, i);
	}
}

void queue_forget(struct app *a, uint32_t msg)
{
	list_for_safe(pos, &a->queue) {
		struct item *i = list_entry(pos, struct item, link);

		if (i->kind == FRAME_EVENT && i->msg == msg)
			forget(a, i);
	}
}

void queue_clear(struct app *a)
{
	struct item *i;

	while ((i = queue_take(a)))
		item_free(i);
}
