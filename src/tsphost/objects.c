// SPDX-License-Identifier: MIT
/* objects.c - the host's lists of what is open in the TSP. */
#include "tsphost/objects.h"

#include "base/mem.h"
#include "tsphost/host.h"
#include "tsphost/tags.h"

#include <errno.h>
#include <string.h>

int note_set(struct note *n, const void *data, size_t size)
{
	uint8_t *copy = NULL;

	if (size) {
		copy = mem_dup(data, size);
		if (!copy)
			return -ENOMEM;
	}
	mem_free(n->data);
	n->data = copy;
	n->size = size;
	return 0;
}

struct line *line_new(struct host *h, uint32_t device)
{
	struct line *l = mem_new(struct line);

	if (!l)
		return NULL;
	l->device = device;
	list_init(&l->calls);
	l->handle = inbox_add(h->inbox, HANDLE_LINE, l);
	if (!l->handle)
		goto free_line;
	if (map_set(&h->lines_by_device, device, l) < 0)
		goto remove_handle;
	list_append(&h->lines, &l->link);
	return l;

remove_handle:
	inbox_remove(h->inbox, l->handle);
free_line:
	mem_free(l);
	return NULL;
}

void line_free(struct host *h, struct line *l)
{
	list_for_safe(c, &l->calls)
		call_free(h, list_entry(c, struct call, link));
	list_for_safe(m, &h->msps) {
		struct msp *msp = list_entry(m, struct msp, link);

		if (msp->line == l)
			msp_free(h, msp);
	}
	inbox_remove(h->inbox, l->handle);
	if (map_find(&h->lines_by_device, l->device) == l)
		(void)map_remove(&h->lines_by_device, l->device);
	list_remove(&l->link);
	mem_free(l->note.data);
	mem_free(l);
}

struct line *line_find(const struct host *h, uint32_t device)
{
	struct line *l = map_find(&h->lines_by_device, device);

	return l && !l->closed ? l : NULL;
}

struct call *call_alloc(uint64_t id, HDRVCALL hd)
{
	struct call *c = mem_new(struct call);

	if (!c)
		return NULL;
	list_init(&c->link);
	list_init(&c->held);
	c->id = id;
	c->hd = hd;
	return c;
}

void call_dealloc(struct call *c)
{
	list_for_safe(i, &c->held) {
		list_remove(i);
		item_free(list_entry(i, struct item, link));
	}
	mem_free(c->note.data);
	mem_free(c->why);
	mem_free(c);
}

int call_settle(struct host *h, struct call *c, struct line *l)
{
	if (map_set(&h->calls, c->id, c) < 0)
		return -ENOMEM;
	c->line = l;
	list_append(&l->calls, &c->link);
	return 0;
}

struct call *call_new(struct host *h, struct line *l)
{
	struct call *c = call_alloc(inbox_next_call_id(h->inbox), 0);

	if (!c)
		return NULL;
	c->pending = true;
	c->line_handle = l->handle;
	c->handle = inbox_add(h->inbox, HANDLE_CALL, c);
	if (!c->handle || call_settle(h, c, l) < 0) {
		call_free(h, c);
		return NULL;
	}
	return c;
}

void call_free(struct host *h, struct call *c)
{
	inbox_remove(h->inbox, c->handle);
	if (map_find(&h->calls, c->id) == c)
		(void)map_remove(&h->calls, c->id);
	tags_forget_call(h, c);
	list_remove(&c->link);
	call_dealloc(c);
}

struct call *call_find(const struct host *h, uint64_t id)
{
	struct call *c = map_find(&h->calls, id);

	return c && !call_is_over(c) ? c : NULL;
}

bool call_is_over(const struct call *c)
{
	return c->closed || c->closing || c->line->closed || c->line->closing;
}

struct phone *phone_new(struct host *h, uint32_t device)
{
	struct phone *p = mem_new(struct phone);

	if (!p)
		return NULL;
	p->device = device;
	p->handle = inbox_add(h->inbox, HANDLE_PHONE, p);
	if (!p->handle) {
		mem_free(p);
		return NULL;
	}
	list_append(&h->phones, &p->link);
	return p;
}

void phone_free(struct host *h, struct phone *p)
{
	inbox_remove(h->inbox, p->handle);
	list_remove(&p->link);
	mem_free(p->note.data);
	mem_free(p);
}

struct phone *phone_find(const struct host *h, uint32_t device)
{
	list_for(l, &h->phones) {
		struct phone *p = list_entry(l, struct phone, link);

		if (p->device == device && !p->closed)
			return p;
	}
	return NULL;
}

struct msp *msp_new(struct host *h, struct line *l, uint32_t address_id, uint64_t session)
{
	struct msp *m = mem_new(struct msp);

	if (!m)
		return NULL;
	m->line = l;
	m->address_id = address_id;
	m->session = session;
	m->handle = inbox_add(h->inbox, HANDLE_MSP, m);
	if (!m->handle) {
		mem_free(m);
		return NULL;
	}
	list_append(&h->msps, &m->link);
	return m;
}

void msp_free(struct host *h, struct msp *m)
{
	inbox_remove(h->inbox, m->handle);
	list_remove(&m->link);
	mem_free(m);
}

struct msp *msp_find(const struct host *h, uint32_t number)
{
	return inbox_find(h->inbox, HANDLE_MSP, number);
}

void objects_reap(struct host *h)
{
	if (!h->reap)
		return;
	h->reap = false;
	list_for_safe(i, &h->lines) {
		struct line *l = list_entry(i, struct line, link);

		if (l->closed) {
			line_free(h, l);
			continue;
		}
		list_for_safe(j, &l->calls) {
			struct call *c = list_entry(j, struct call, link);

			if (c->closed)
				call_free(h, c);
		}
	}
	list_for_safe(i, &h->phones) {
		struct phone *p = list_entry(i, struct phone, link);

		if (p->closed)
			phone_free(h, p);
	}
}
