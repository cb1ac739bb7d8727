// SPDX-License-Identifier: MIT
/* timer.h - deadlines in sorted rings, run by the core's own clock so that tests can move it.
 * Setting and clearing allocate nothing, cannot fail, and cost the same however many are set: those
 * of one delay are in one ring, where the latest is the last. */
#ifndef TAPISRVD_TIMER_H
#define TAPISRVD_TIMER_H

#include "base/list.h"

#include <stdint.h>

struct timer {
	struct list link; /* points to itself while not set */
	uint64_t due_ms;
	void (*fire)(struct timer *);
};

enum { TIMER_RINGS = 16 };

struct timers {
	struct timer_ring {
		struct list list;
		uint64_t delay_ms; /* of the latest */
	} rings[TIMER_RINGS];
	uint32_t used; /* a bit for each ring that may not be empty */
};

void timers_init(struct timers *all);
void timer_init(struct timer *t, void (*fire)(struct timer *));
/* Replaces an earlier deadline. */
void timer_set(struct timers *all, struct timer *t, uint64_t delay_ms);
void timer_clear(struct timer *t);
static inline bool timer_is_set(const struct timer *t)
{
	return !list_empty(&t->link);
}
/* The nearest deadline; false if there is none. */
bool timers_next(struct timers *all, uint64_t *due_ms);
/* All of them are due later. */
void timers_delay(struct timers *all, uint64_t ms);
/* Fires what is due. */
void timers_run(struct timers *all);

#endif
