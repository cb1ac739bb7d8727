// SPDX-License-Identifier: MIT
/* clock.c - monotonic and wall time, real or moved by a test. */
#include "base/clock.h"

#include <stdatomic.h>
#include <time.h>

static _Atomic bool is_virtual;
static _Atomic uint64_t virtual_ns;

uint64_t clock_now_ns(void)
{
	struct timespec ts;

	if (atomic_load_explicit(&is_virtual, memory_order_relaxed))
		return atomic_load_explicit(&virtual_ns, memory_order_relaxed);
	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000U + (uint64_t)ts.tv_nsec;
}

uint64_t clock_now_ms(void)
{
	return clock_now_ns() / 1000000U;
}

int64_t clock_wall(void)
{
	return (int64_t)time(NULL);
}

void clock_set_virtual(uint64_t now_ns)
{
	atomic_store(&virtual_ns, now_ns);
	atomic_store(&is_virtual, true);
}

void clock_advance_ms(uint64_t ms)
{
	atomic_fetch_add(&virtual_ns, ms * 1000000U);
}

bool clock_is_virtual(void)
{
	return atomic_load(&is_virtual);
}
