// SPDX-License-Identifier: MIT
/* outbox.c - the queue between the exchange and the host's procedures. */
#define LOG_TOPIC "exchange"
#include "outbox.h"

#include "call.h"
#include "exchange.h"
#include "extension.h"

#include "base/log.h"
#include "base/mem.h"

enum item_kind { ITEM_COMPLETION, ITEM_EVENT, ITEM_NEW_CALL };

struct item {
	struct list link;
	enum item_kind kind;
	const struct extension *line; /* events: the line, and which open of it */
	DWORD opens;
	uint64_t call; /* handle; 0: the line's own event */
	DWORD msg;     /* completions: the request's id */
	LONG result;
	DWORD_PTR p1, p2, p3;
	void *data;
	bool has_why;
	struct why why;
};

/* What is needed to call the host once the lock is gone. */
struct delivery {
	LINEEVENT event;
	HTAPILINE line;
	HTAPICALL call;
};

void outbox_init(struct outbox *o)
{
	list_init(&o->items);
	o->delivering = false;
}

static void item_free(struct item *i)
{
	mem_free(i->data);
	mem_free(i);
}

void outbox_fini(struct outbox *o)
{
	list_for_safe(l, &o->items) {
		list_remove(l);
		item_free(list_entry(l, struct item, link));
	}
}

static struct item *item_new(struct outbox *o, enum item_kind kind, const struct why *why)
{
	struct item *i = mem_new(struct item);

	if (!i) {
		log_error("out of memory: the host will not hear of something");
		return NULL;
	}
	i->kind = kind;
	if (why) {
		i->has_why = true;
		i->why = *why;
	}
	list_append(&o->items, &i->link);
	return i;
}

void outbox_complete(struct outbox *o, DRV_REQUESTID id, LONG result, const struct why *why)
{
	struct item *i = item_new(o, ITEM_COMPLETION, why);

	if (!i)
		return;
	i->msg = id;
	i->result = result;
}

static struct item *event_new(struct outbox *o, enum item_kind kind, const struct extension *e,
		DWORD msg, const struct why *why)
{
	struct item *i = item_new(o, kind, why);

	if (!i)
		return NULL;
	i->line = e;
	i->opens = e->opens;
	i->msg = msg;
	return i;
}

void outbox_line_event(struct outbox *o, const struct extension *e, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	struct item *i = event_new(o, ITEM_EVENT, e, msg, NULL);

	if (!i)
		return;
	i->p1 = p1;
	i->p2 = p2;
	i->p3 = p3;
}

void outbox_call_event(struct outbox *o, const struct call *c, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3, const struct why *why)
{
	struct item *i = event_new(o, ITEM_EVENT, c->line, msg, why);

	if (!i)
		return;
	i->call = c->handle;
	i->p1 = p1;
	i->p2 = p2;
	i->p3 = p3;
}

void outbox_new_call(struct outbox *o, const struct call *c)
{
	struct item *i = event_new(o, ITEM_NEW_CALL, c->line, LINE_NEWCALL, NULL);

	if (i)
		i->call = c->handle;
}

void outbox_msp_data(struct outbox *o, const struct call *c, const void *data, size_t size)
{
	void *copy = mem_dup(data, size);
	struct item *i = copy ? event_new(o, ITEM_EVENT, c->line, LINE_SENDMSPDATA, NULL) : NULL;

	if (!i) {
		mem_free(copy);
		return;
	}
	i->call = c->handle;
	i->data = copy;
	i->p2 = (DWORD_PTR)copy;
	i->p3 = size;
}

/* False: the line or the call is closed; nobody is to hear this. */
static bool find_receiver(const struct item *i, struct delivery *d)
{
	const struct call *c;

	if (i->kind == ITEM_COMPLETION)
		return true;
	if (!i->line->is_open || i->line->opens != i->opens)
		return false;
	d->event = i->line->event;
	d->line = i->line->ht_line;
	if (!i->call)
		return true;
	c = call_find(i->call);
	if (!c)
		return false;
	d->call = c->ht_call;
	return i->kind == ITEM_NEW_CALL || d->call != 0;
}

/* Without the lock. Returns what the host wrote for LINE_NEWCALL. */
static HTAPICALL tell_host(const struct item *i, const struct delivery *d)
{
	HTAPICALL answer = 0;

	if (i->has_why && i->why.cause && exchange.reason)
		exchange.reason(i->why.cause, i->why.sentence);
	switch (i->kind) {
	case ITEM_COMPLETION:
		exchange.complete(i->msg, i->result);
		break;
	case ITEM_EVENT:
		d->event(d->line, d->call, i->msg, i->p1, i->p2, i->p3);
		break;
	case ITEM_NEW_CALL:
		d->event(d->line, 0, LINE_NEWCALL, (DWORD_PTR)i->call, (DWORD_PTR)&answer, 0);
		break;
	}
	return answer;
}

void outbox_deliver(struct outbox *o)
{
	if (o->delivering)
		return;
	o->delivering = true;
	while (!list_empty(&o->items)) {
		struct item *i = list_entry(o->items.next, struct item, link);
		struct delivery d = { NULL, 0, 0 };

		list_remove(&i->link);
		if (find_receiver(i, &d)) {
			HTAPICALL answer;

			exchange_unlock();
			answer = tell_host(i, &d);
			exchange_lock();
			if (i->kind == ITEM_NEW_CALL)
				call_announced(i->call, answer);
		} else if (i->kind == ITEM_NEW_CALL) {
			call_announced(i->call, 0);
		}
		item_free(i);
	}
	o->delivering = false;
	exchange_delivered();
}
