// SPDX-License-Identifier: MIT
/* oom.h - run something once for each of its allocations, with that one failing, and a last time
 *with none failing. Use it in a test case named "oom".
 *
 *	for (struct oom o = OOM_START; oom_next(&o);) {
 *		int err = thing_new(&thing);
 *
 *		if (oom_failed(&o))
 *			ck_assert_int_eq(err, -ENOMEM);
 *		...
 *	}
 */
#ifndef TESTS_OOM_H
#define TESTS_OOM_H

#include "base/mem.h"

#include <stdbool.h>

struct oom {
	unsigned long round, before;
};

#define OOM_START                                                                                  \
	{                                                                                          \
		0, 0                                                                               \
	}

/* In this round an allocation has failed. */
static inline bool oom_failed(const struct oom *o)
{
	return mem_count() - o->before >= o->round;
}

static inline bool oom_next(struct oom *o)
{
	if (o->round && !oom_failed(o)) {
		mem_fail_at(0);
		return false;
	}
	o->before = mem_count();
	mem_fail_at(++o->round);
	return true;
}

#endif
