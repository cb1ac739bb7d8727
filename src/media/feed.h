// SPDX-License-Identifier: MIT
/* feed.h - a ring between two clocks, as its reader sees it: nothing is taken before it has filled
 * to its target, silence comes when it has run dry, and what is far too old is left out. */
#ifndef MEDIA_FEED_H
#define MEDIA_FEED_H

#include "media/ring.h"

#include <stdbool.h>

struct feed {
	struct ring ring;
	_Atomic size_t target, target_max; /* samples; the target grows with each gap */
	atomic_bool primed;                /* set by the reader */
	_Atomic uint64_t gaps, slips;
};

/* 0 or -ENOMEM. */
int feed_init(struct feed *f, size_t capacity);
void feed_fini(struct feed *f);
/* Any side. */
void feed_aim(struct feed *f, size_t target, size_t target_max);
/* The reader's: what is in it is forgotten. */
void feed_restart(struct feed *f);
/* Always gives count samples. fair: if it is dry, then because the writer was too slow. */
void feed_take(struct feed *f, int16_t *out, size_t count, bool fair);

#endif
