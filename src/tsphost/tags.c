// SPDX-License-Identifier: MIT
/* tags.c - a list; there is at most one generation, one gathering and a tone list a session on a
 * call. */
#include "tsphost/tags.h"

#include "base/mem.h"
#include "tsphost/host.h"

static struct tag *tones_of_session(const struct host *h, const struct call *c, uint64_t session)
{
	list_for(l, &h->tags) {
		struct tag *t = list_entry(l, struct tag, link);

		if (t->kind == TAG_TONES && t->call == c && t->session == session)
			return t;
	}
	return NULL;
}

struct tag *tag_new(struct host *h, enum tag_kind kind, struct call *c,
		const struct frame_header *origin, size_t size)
{
	struct tag *t = kind == TAG_TONES ? tones_of_session(h, c, origin->origin_session) : NULL;

	if (t) {
		t->serial = origin->origin_serial;
		return t;
	}
	t = mem_new(struct tag);
	if (!t)
		return NULL;
	if (size) {
		t->digits = mem_zalloc(size + 1, 1);
		if (!t->digits) {
			mem_free(t);
			return NULL;
		}
	}
	t->kind = kind;
	t->id = ++h->last_tag;
	t->call = c;
	t->session = origin->origin_session;
	t->serial = origin->origin_serial;
	t->size = size;
	list_append(&h->tags, &t->link);
	return t;
}

void tag_free(struct tag *t)
{
	if (!t)
		return;
	list_remove(&t->link);
	mem_free(t->digits);
	mem_free(t);
}

struct tag *tag_find(const struct host *h, enum tag_kind kind, uint64_t id)
{
	list_for(l, &h->tags) {
		struct tag *t = list_entry(l, struct tag, link);

		if (t->kind == kind && t->id == id)
			return t;
	}
	return NULL;
}

struct tag *tag_of_call(const struct host *h, enum tag_kind kind, const struct call *c)
{
	list_for(l, &h->tags) {
		struct tag *t = list_entry(l, struct tag, link);

		if (t->kind == kind && t->call == c)
			return t;
	}
	return NULL;
}

void tags_forget_call(struct host *h, const struct call *c)
{
	list_for_safe(l, &h->tags) {
		struct tag *t = list_entry(l, struct tag, link);

		if (t->call == c)
			tag_free(t);
	}
}
