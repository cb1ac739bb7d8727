// SPDX-License-Identifier: MIT
/* timer.c - a sorted ring; a TSP has a handful of timers at a time. */
#include "timer.h"

#include "base/clock.h"

static struct timer *timer_of(struct list *l)
{
	return list_entry(l, struct timer, link);
}

void timers_init(struct timers *ts)
{
	list_init(&ts->armed);
}

void timer_init(struct timer *t, void (*run)(struct timer *))
{
	list_init(&t->link);
	t->run = run;
}

void timer_arm(struct timers *ts, struct timer *t, uint64_t delay_ms)
{
	struct list *before;

	list_remove(&t->link);
	t->due_ms = clock_now_ms() + delay_ms;
	before = ts->armed.prev;
	while (before != &ts->armed && timer_of(before)->due_ms > t->due_ms)
		before = before->prev;
	list_prepend(before, &t->link);
}

void timer_stop(struct timer *t)
{
	list_remove(&t->link);
}

bool timers_next(const struct timers *ts, uint64_t *due_ms)
{
	if (list_empty(&ts->armed))
		return false;
	*due_ms = timer_of(ts->armed.next)->due_ms;
	return true;
}

bool timers_run_one(struct timers *ts, uint64_t now_ms)
{
	struct timer *t;
	uint64_t due;

	if (!timers_next(ts, &due) || due > now_ms)
		return false;
	t = timer_of(ts->armed.next);
	list_remove(&t->link);
	t->run(t);
	return true;
}
