// SPDX-License-Identifier: MIT
/* feed.c - the reader's rules of a ring between two clocks. */
#include "media/feed.h"

#include "media/frame.h"

#include <string.h>

#define GROWTH MS_TO_SAMPLES(10)
#define EXCESS MS_TO_SAMPLES(60) /* so much above the target is too old */

int feed_init(struct feed *f, size_t capacity)
{
	memset(f, 0, sizeof(*f));
	return ring_init(&f->ring, capacity);
}

void feed_fini(struct feed *f)
{
	ring_fini(&f->ring);
}

void feed_aim(struct feed *f, size_t target, size_t target_max)
{
	atomic_store(&f->target_max, target_max);
	atomic_store(&f->target, target);
}

void feed_restart(struct feed *f)
{
	(void)ring_drop(&f->ring, ring_used(&f->ring));
	atomic_store(&f->primed, false);
}

static void ran_dry(struct feed *f, bool fair)
{
	size_t target = atomic_load(&f->target);

	atomic_store(&f->primed, false);
	if (!fair)
		return;
	atomic_fetch_add(&f->gaps, 1);
	if (target + GROWTH <= atomic_load(&f->target_max))
		atomic_store(&f->target, target + GROWTH);
}

void feed_take(struct feed *f, int16_t *out, size_t count, bool fair)
{
	size_t used = ring_used(&f->ring), target = atomic_load(&f->target), n = 0;
	bool primed = atomic_load(&f->primed);

	if (used > target + EXCESS + count) {
		(void)ring_drop(&f->ring, used - target - count);
		if (primed && fair)
			atomic_fetch_add(&f->slips, 1);
	}
	if (!primed && used >= target + count) {
		primed = true;
		atomic_store(&f->primed, true);
	}
	if (primed)
		n = ring_read(&f->ring, out, count);
	memset(out + n, 0, (count - n) * sizeof(*out));
	if (primed && n < count)
		ran_dry(f, fair);
}
