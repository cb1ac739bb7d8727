// SPDX-License-Identifier: MIT
/* ring.h - samples from one thread to one other, without a lock: the clock thread on one side, a
 * file or the application on the other. */
#ifndef MEDIA_RING_H
#define MEDIA_RING_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct ring {
	int16_t *samples;
	size_t capacity;           /* a power of two */
	_Atomic size_t head, tail; /* counted up for ever; head is read, tail is written next */
};

/* 0 or -ENOMEM. capacity is rounded up to a power of two. */
int ring_init(struct ring *r, size_t capacity);
void ring_fini(struct ring *r);
size_t ring_used(const struct ring *r);
size_t ring_room(const struct ring *r);
/* How many were moved. write: the writing thread only; read and drop: the reading one only. */
size_t ring_write(struct ring *r, const int16_t *samples, size_t count);
size_t ring_read(struct ring *r, int16_t *out, size_t count);
size_t ring_drop(struct ring *r, size_t count);
/* Neither thread may be at it. */
void ring_clear(struct ring *r);

#endif
