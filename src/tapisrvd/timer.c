// SPDX-License-Identifier: MIT
/* timer.c - a server has many deadlines, but few delays. */
#include "timer.h"

#include "base/clock.h"

void timers_init(struct timers *all)
{
	for (unsigned i = 0; i < TIMER_RINGS; i++)
		list_init(&all->rings[i].list);
	all->used = 0;
}

void timer_init(struct timer *t, void (*fire)(struct timer *))
{
	list_init(&t->link);
	t->fire = fire;
}

/* The one of this delay, or one that is free; else it shares one. */
static unsigned ring_of(const struct timers *all, uint64_t delay_ms)
{
	const unsigned first = (unsigned)(delay_ms * 0x9e3779b97f4a7c15U >> 60);

	for (unsigned i = first;; i = (i + 1) % TIMER_RINGS) {
		const struct timer_ring *r = &all->rings[i];

		if (r->delay_ms == delay_ms || list_empty(&r->list))
			return i;
		if ((i + 1) % TIMER_RINGS == first)
			return first;
	}
}

void timer_set(struct timers *all, struct timer *t, uint64_t delay_ms)
{
	struct list *after;
	struct timer_ring *ring;
	unsigned which;

	list_remove(&t->link);
	which = ring_of(all, delay_ms);
	ring = &all->rings[which];
	t->due_ms = clock_now_ms() + delay_ms;
	for (after = ring->list.prev; after != &ring->list; after = after->prev)
		if (list_entry(after, struct timer, link)->due_ms <= t->due_ms)
			break;
	list_prepend(after, &t->link);
	ring->delay_ms = delay_ms;
	all->used |= UINT32_C(1) << which;
}

void timer_clear(struct timer *t)
{
	list_remove(&t->link);
}

static struct timer *nearest(struct timers *all)
{
	struct timer *best = NULL;
	uint32_t left = all->used;

	for (unsigned i = 0; left; i++, left >>= 1) {
		struct timer *first = list_entry(all->rings[i].list.next, struct timer, link);

		if (!(left & 1))
			continue;
		if (list_empty(&all->rings[i].list))
			all->used &= ~(UINT32_C(1) << i);
		else if (!best || first->due_ms < best->due_ms)
			best = first;
	}
	return best;
}

bool timers_next(struct timers *all, uint64_t *due_ms)
{
	const struct timer *t = nearest(all);

	if (t)
		*due_ms = t->due_ms;
	return t != NULL;
}

void timers_delay(struct timers *all, uint64_t ms)
{
	for (unsigned i = 0; i < TIMER_RINGS; i++)
		list_for(t, &all->rings[i].list)
			list_entry(t, struct timer, link)->due_ms += ms;
}

void timers_run(struct timers *all)
{
	uint64_t now = clock_now_ms();
	struct timer *t;

	while ((t = nearest(all)) && t->due_ms <= now) {
		list_remove(&t->link);
		t->fire(t);
	}
}
