// SPDX-License-Identifier: MIT
/* turn.c - one turn of the host's loop. First pass: what is each item about, which event of a call
 * is its last, what waits behind a completion. Second pass: send in order. So a call that changes a
 * thousand times between two turns is asked once. */
#define LOG_TOPIC "host"
#include "tsphost/event.h"
#include "tsphost/host.h"
#include "tsphost/verify.h"

/* Messages that have no handle to name their object. */
static bool is_about_provider(const struct item *i)
{
	return i->msg == LINE_CREATE || i->msg == LINE_REMOVE || i->msg == PHONE_CREATE ||
	       i->msg == PHONE_REMOVE;
}

static bool needs_call(DWORD msg)
{
	switch (msg) {
	case LINE_NEWCALL:
	case LINE_CALLINFO:
	case LINE_CALLSTATE:
	case LINE_GATHERDIGITS:
	case LINE_GENERATE:
	case LINE_MONITORDIGITS:
	case LINE_MONITORMEDIA:
	case LINE_MONITORTONE:
	case LINE_CALLDEVSPECIFIC:
	case LINE_CALLDEVSPECIFICFEATURE:
	case LINE_QOSINFO:
		return true;
	default:
		return false;
	}
}

/* The call of a LINE_NEWCALL gets its place. False: its line has gone since. */
static bool settle(struct host *h, const struct item *i, struct call *c)
{
	struct line *l = inbox_find(h->inbox, HANDLE_LINE, i->device);

	if (l && !l->closed && !l->closing && call_settle(h, c, l) == 0)
		return true;
	inbox_remove(h->inbox, c->handle);
	call_dealloc(c);
	return false;
}

static bool resolve_line(struct host *h, struct item *i)
{
	if (i->call) {
		i->on_call = inbox_find(h->inbox, HANDLE_CALL, i->call);
		if (!i->on_call)
			return false;
		if (!i->on_call->line && !settle(h, i, i->on_call))
			return false;
		i->on_line = i->on_call->line;
		return !call_is_over(i->on_call);
	}
	i->on_line = inbox_find(h->inbox, HANDLE_LINE, i->device);
	return i->on_line && !i->on_line->closed && !i->on_line->closing && !needs_call(i->msg);
}

static bool resolve(struct host *h, struct item *i)
{
	if (is_about_provider(i))
		return true;
	if (i->kind == ITEM_LINE)
		return resolve_line(h, i);
	i->on_phone = inbox_find(h->inbox, HANDLE_PHONE, i->device);
	return i->on_phone && !i->on_phone->closed;
}

static void insert_after(struct list *where, struct list *l)
{
	list_prepend(where, l);
}

/* A call that was made: its events follow the completion at once; there is at least one. */
static void release(struct item *completion, struct call *c)
{
	struct list *where = &completion->link;

	c->pending = false;
	if (list_empty(&c->held)) {
		struct item *i = item_new(ITEM_LINE, LINE_CALLINFO, NULL, 0);

		if (!i)
			return;
		i->device = c->line_handle;
		i->call = c->handle;
		list_append(&c->held, &i->link);
	}
	while (!list_empty(&c->held)) {
		struct list *l = c->held.next;

		list_remove(l);
		insert_after(where, l);
		where = l;
	}
}

static void sort_completion(struct host *h, struct item *i)
{
	struct request *r = i->request;

	if (r->abandoned) {
		list_remove(&i->link);
		request_late(h, r);
		return;
	}
	if (i->result)
		return;
	for (unsigned n = 0; n < r->out_count; n++)
		if (r->outs[n].made && r->outs[n].made->hd)
			release(i, r->outs[n].made);
}

static bool is_to_send(struct host *h, struct item *i)
{
	if (!verify_message(h, i))
		return false;
	if (resolve(h, i))
		return verify_event(h, i);
	verify_unresolved(h, i);
	return false;
}

/* Moves or frees what is not sent now. */
static void sort_event(struct host *h, struct item *i)
{
	if (h->stage < HOST_RUNNING) {
		list_remove(&i->link);
		list_append(&h->early, &i->link);
		return;
	}
	if (!is_to_send(h, i)) {
		list_remove(&i->link);
		item_free(i);
		return;
	}
	if (!i->on_call)
		return;
	if (i->on_call->pending) {
		list_remove(&i->link);
		list_append(&i->on_call->held, &i->link);
		return;
	}
	if (event_is_state(i->msg))
		i->on_call->last = i;
}

/* What is for an MSP goes behind what is said of other calls: then the MSPs of an application are
 * asked all at once, and their answers go together. Of each call all stays in its order, and so
 * does what is for MSPs. */
static void gather_msp_data(struct host *h, struct list *items)
{
	struct list *behind = items;

	h->turns++;
	for (struct list *l = items->prev, *before; l != items; l = before) {
		struct item *i = list_entry(l, struct item, link);

		before = l->prev;
		if (i->kind != ITEM_LINE || !i->on_call)
			return;
		if (i->msg != LINE_SENDMSPDATA) {
			i->on_call->turn = h->turns;
			continue;
		}
		if (i->on_call->turn == h->turns)
			return;
		list_remove(l);
		list_append(behind, l);
		behind = l;
	}
}

/* Something earlier in this turn may have ended what it is about. */
static bool is_over(const struct item *i)
{
	return (i->on_call && call_is_over(i->on_call)) || (i->on_line && i->on_line->closed) ||
	       (i->on_phone && i->on_phone->closed);
}

static void send_item(struct host *h, struct item *i)
{
	if (i->kind == ITEM_COMPLETION) {
		LONG result = i->result;
		struct request *r = i->request;

		inbox_forget(h->inbox, r);
		request_complete(h, r, result);
		return;
	}
	if (!is_over(i))
		event_send(h, i);
	else if (i->on_call && i->on_call->last == i)
		i->on_call->last = NULL;
	item_free(i);
}

void turn_run(struct host *h)
{
	struct list items;

	list_init(&items);
	while (h->stage >= HOST_RUNNING && !list_empty(&h->early)) {
		struct list *l = h->early.next;

		list_remove(l);
		list_append(&items, l);
	}
	inbox_take(h->inbox, &items);
	for (struct list *l = items.next; l != &items;) {
		struct item *i = list_entry(l, struct item, link);
		struct list *before = l->prev;

		if (i->kind == ITEM_COMPLETION)
			sort_completion(h, i);
		else
			sort_event(h, i);
		/* i may have gone, or others may have been put behind it. */
		l = before->next == l ? l->next : before->next;
	}
	gather_msp_data(h, &items);
	while (!list_empty(&items)) {
		struct list *l = items.next;

		list_remove(l);
		send_item(h, list_entry(l, struct item, link));
	}
	objects_reap(h);
}

void turn_run_closing(struct host *h, struct line *l, struct call *c)
{
	if (l)
		l->closing = true;
	if (c)
		c->closing = true;
	turn_run(h);
}
