// SPDX-License-Identifier: MIT
/* timer.c - inserts from the tail, because most deadlines of a server are the latest ones. */
#include "timer.h"

#include "base/clock.h"

void timers_init(struct timers *all)
{
	list_init(&all->ring);
}

void timer_init(struct timer *t, void (*fire)(struct timer *))
{
	list_init(&t->link);
	t->fire = fire;
}

void timer_set(struct timers *all, struct timer *t, uint64_t delay_ms)
{
	struct list *after = all->ring.prev;

	list_remove(&t->link);
	t->due_ms = clock_now_ms() + delay_ms;
	for (after = all->ring.prev; after != &all->ring; after = after->prev)
		if (list_entry(after, struct timer, link)->due_ms <= t->due_ms)
			break;
	list_prepend(after, &t->link);
}

void timer_clear(struct timer *t)
{
	list_remove(&t->link);
}

bool timers_next(const struct timers *all, uint64_t *due_ms)
{
	if (list_empty(&all->ring))
		return false;
	*due_ms = list_entry(all->ring.next, struct timer, link)->due_ms;
	return true;
}

void timers_run(struct timers *all)
{
	uint64_t now = clock_now_ms();
	uint64_t due;

	while (timers_next(all, &due) && due <= now) {
		struct timer *t = list_entry(all->ring.next, struct timer, link);

		list_remove(&t->link);
		t->fire(t);
	}
}
