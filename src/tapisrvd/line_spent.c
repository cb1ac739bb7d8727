// SPDX-License-Identifier: MIT
/* line_spent.c - what becomes of lines and phones that were removed. Applications may know the id,
 * so no other device ever has it; the rest of it goes once nobody has to be told of its end any
 * more. */
#include "base/mem.h"
#include "core.h"
#include "line.h"
#include "news.h"
#include "provider.h"

#include <string.h>

enum { FORGET_MS = 1000 };

bool line_is_spent(const struct core *core, const struct line_kind *kind, uint32_t device)
{
	const struct spent *s = &core->spent[kind->is_phone];

	return device / 8 < s->size && (s->bits[device / 8] >> device % 8 & 1);
}

/* False: memory is short, the line must go on to hold its id. */
static bool spend(const struct line *line)
{
	struct spent *s = &line->core->spent[line->kind->is_phone];
	const size_t at = line->device / 8;

	if (at >= s->size) {
		const size_t size = at + at / 2 + 64;
		uint8_t *bits = mem_realloc(s->bits, size);

		if (!bits)
			return false;
		memset(bits + s->size, 0, size - s->size);
		s->bits = bits;
		s->size = size;
	}
	s->bits[at] |= (uint8_t)(1U << line->device % 8);
	return true;
}

/* By a session that has not heard of its end, by its TSP, which may take it yet, by the start of
 * its provider. */
static bool is_awaited(const struct line *line, uint64_t told)
{
	return line->went > told || line->offered || line->provider->to_look;
}

static bool is_used(const struct line *line)
{
	return !list_empty(&line->opens) || !list_empty(&line->calls) || !list_empty(&line->msps);
}

static void forget_removed(struct timer *t)
{
	struct core *core = list_entry(t, struct core, spent_timer);
	const uint64_t told = news_told(core);
	bool again = false;

	list_for_safe(l, &core->removed_lines) {
		struct line *line = list_entry(l, struct line, in_removed);

		if (line->provider->state == PROVIDER_REMOVED)
			list_remove(&line->in_removed); /* goes on to say so */
		else if (is_awaited(line, told) || is_used(line) || !spend(line))
			again = true;
		else
			line_free(line);
	}
	if (again)
		line_forget_removed_later(core);
}

void line_set_removed(struct line *line, bool removed)
{
	line->removed = removed;
	list_remove(&line->in_removed);
	if (removed)
		list_append(&line->core->removed_lines, &line->in_removed);
}

void line_forget_removed_later(struct core *core)
{
	if (timer_is_set(&core->spent_timer))
		return;
	timer_init(&core->spent_timer, forget_removed);
	timer_set(&core->timers, &core->spent_timer, FORGET_MS);
}

void line_forget_offers(struct provider *p)
{
	size_t cursor = 0;
	struct line *line;

	while ((line = map_next(&p->core->lines, &cursor))) {
		if (line->provider != p || !line->offered)
			continue;
		line->offered = false;
		line_forget_removed_later(p->core);
	}
}
