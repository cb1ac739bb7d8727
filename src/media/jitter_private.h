// SPDX-License-Identifier: MIT
/* jitter_private.h - a jitter buffer from inside: jitter.c takes packets, jitter_play.c gives
 * frames. */
#ifndef MEDIA_JITTER_PRIVATE_H
#define MEDIA_JITTER_PRIVATE_H

#include "media/jitter.h"

#define JUMP_MS 1000 /* a hole as long as that is not filled, a digit told at once not longer */

static inline uint32_t ticks(const struct jitter *j, uint32_t ms)
{
	return ms * (j->clock / 1000);
}

static inline uint32_t frame_ticks(const struct jitter *j)
{
	return j->clock / FRAMES_PER_S;
}

static inline uint32_t to_samples(const struct jitter *j, uint32_t length)
{
	return (uint32_t)((uint64_t)length * j->rate / j->clock);
}

static inline uint32_t to_ticks(const struct jitter *j, unsigned int samples)
{
	return (uint32_t)((uint64_t)samples * j->clock / j->rate);
}

static inline struct jitter_slot *slot_at(struct jitter *j, unsigned int i)
{
	return &j->slots[j->order[i]];
}

static inline int32_t ahead(uint32_t timestamp, uint32_t of)
{
	return (int32_t)(timestamp - of);
}

/* The oldest packet has been played, or must give way. */
void jitter_drop_oldest(struct jitter *j);

#endif
