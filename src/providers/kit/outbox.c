// SPDX-License-Identifier: MIT
/* outbox.c - the queue between a TSP and the host's procedures. */
#define LOG_TOPIC "outbox"
#include "outbox.h"

#include "base/log.h"
#include "base/mem.h"

#include <assert.h>

enum item_kind { ITEM_COMPLETION, ITEM_EVENT, ITEM_NEW_CALL };

struct item {
	struct list link;
	enum item_kind kind;
	struct outbox_about about; /* events */
	DWORD msg;                 /* completions: the request's id */
	LONG result;
	DWORD_PTR p1, p2, p3;
	void *data;
	bool has_why;
	struct why why;
};

void outbox_init(struct outbox *o, const struct outbox_ops *ops)
{
	*o = (struct outbox){ .ops = ops };
	list_init(&o->items);
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
	struct item *i = id ? item_new(o, ITEM_COMPLETION, why) : NULL;

	if (!i)
		return;
	i->msg = id;
	i->result = result;
}

static struct item *event_new(struct outbox *o, enum item_kind kind,
		const struct outbox_about *about, DWORD msg, const struct why *why)
{
	struct item *i = item_new(o, kind, why);

	if (!i)
		return NULL;
	i->about = *about;
	i->msg = msg;
	return i;
}

void outbox_event(struct outbox *o, const struct outbox_about *about, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3, const struct why *why)
{
	struct item *i = event_new(o, ITEM_EVENT, about, msg, why);

	if (!i)
		return;
	i->p1 = p1;
	i->p2 = p2;
	i->p3 = p3;
}

void outbox_new_call(struct outbox *o, const struct outbox_about *about)
{
	(void)event_new(o, ITEM_NEW_CALL, about, LINE_NEWCALL, NULL);
}

void outbox_msp_data(struct outbox *o, const struct outbox_about *about, const void *data,
		size_t size)
{
	void *copy = mem_dup(data, size);
	struct item *i = copy ? event_new(o, ITEM_EVENT, about, LINE_SENDMSPDATA, NULL) : NULL;

	if (!i) {
		mem_free(copy);
		return;
	}
	i->data = copy;
	i->p2 = (DWORD_PTR)copy;
	i->p3 = size;
}

/* False: what the item is about is closed; nobody is to hear this. */
static bool find_receiver(const struct outbox *o, const struct item *i, struct outbox_receiver *to)
{
	if (i->kind == ITEM_COMPLETION)
		return true;
	if (!o->ops->find(&i->about, to) || (!to->event && !to->phone_event))
		return false;
	return i->kind == ITEM_NEW_CALL || !i->about.call || to->call != 0;
}

/* Without the lock. Returns what the host wrote for LINE_NEWCALL. */
static HTAPICALL tell_host(const struct outbox *o, const struct item *i,
		const struct outbox_receiver *to)
{
	HTAPICALL answer = 0;

	if (i->has_why && i->why.cause[0] && o->reason)
		o->reason(i->why.cause, i->why.sentence);
	switch (i->kind) {
	case ITEM_COMPLETION:
		o->complete(i->msg, i->result);
		break;
	case ITEM_EVENT:
		assert(to->phone_event || to->event);
		if (to->phone_event)
			to->phone_event(to->phone, i->msg, i->p1, i->p2, i->p3);
		else
			to->event(to->line, to->call, i->msg, i->p1, i->p2, i->p3);
		break;
	case ITEM_NEW_CALL:
		assert(to->event);
		to->event(to->line, 0, LINE_NEWCALL, (DWORD_PTR)i->about.call, (DWORD_PTR)&answer,
				0);
		break;
	}
	return answer;
}

/* What one cause has brought about is one batch. */
static void batch(const struct outbox *o, bool begins)
{
	if (o->batch)
		o->batch(begins);
}

static void deliver_all(struct outbox *o)
{
	while (!list_empty(&o->items)) {
		struct item *i = list_entry(o->items.next, struct item, link);
		struct outbox_receiver to = { 0 };

		list_remove(&i->link);
		if (find_receiver(o, i, &to)) {
			HTAPICALL answer;

			o->ops->unlock();
			answer = tell_host(o, i, &to);
			o->ops->lock();
			if (i->kind == ITEM_NEW_CALL)
				o->ops->announced(i->about.call, answer);
		} else if (i->kind == ITEM_NEW_CALL) {
			o->ops->announced(i->about.call, 0);
		}
		item_free(i);
	}
}

void outbox_deliver(struct outbox *o)
{
	if (o->delivering)
		return;
	o->delivering = true;
	if (!list_empty(&o->items)) {
		batch(o, true);
		deliver_all(o);
		batch(o, false);
	}
	o->delivering = false;
	o->ops->delivered();
}
