// SPDX-License-Identifier: MIT
/* timer.h - a TSP's timers: a sorted list that is looked at by one thread (real clock) or by a
 * test (virtual clock). All functions want the TSP's lock. */
#ifndef KIT_TIMER_H
#define KIT_TIMER_H

#include "base/list.h"

#include <stdbool.h>
#include <stdint.h>

struct timer {
	struct list link; /* in no list when not armed */
	uint64_t due_ms;
	void (*run)(struct timer *t);
};

struct timers {
	struct list armed; /* earliest first; equal ones in the order of arming */
};

void timers_init(struct timers *ts);

void timer_init(struct timer *t, void (*run)(struct timer *t));
/* Arming an armed timer moves it. */
void timer_arm(struct timers *ts, struct timer *t, uint64_t delay_ms);
void timer_stop(struct timer *t);

/* False: none is armed. */
bool timers_next(const struct timers *ts, uint64_t *due_ms);
/* Runs the earliest one if it is due; false: none was. */
bool timers_run_one(struct timers *ts, uint64_t now_ms);

#endif
