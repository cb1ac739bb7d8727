// SPDX-License-Identifier: MIT
/* ring.c - a single-producer, single-consumer ring of samples. */
#include "media/ring.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>

int ring_init(struct ring *r, size_t capacity)
{
	size_t size = 1;

	while (size < capacity)
		size *= 2;
	r->samples = mem_new_array(int16_t, size);
	if (!r->samples)
		return -ENOMEM;
	r->capacity = size;
	ring_clear(r);
	return 0;
}

void ring_fini(struct ring *r)
{
	mem_free(r->samples);
	r->samples = NULL;
}

void ring_clear(struct ring *r)
{
	atomic_store(&r->head, 0);
	atomic_store(&r->tail, 0);
}

size_t ring_used(const struct ring *r)
{
	size_t head = atomic_load_explicit(&r->head, memory_order_acquire);

	return atomic_load_explicit(&r->tail, memory_order_acquire) - head;
}

size_t ring_room(const struct ring *r)
{
	return r->capacity - ring_used(r);
}

size_t ring_write(struct ring *r, const int16_t *samples, size_t count)
{
	size_t tail = atomic_load_explicit(&r->tail, memory_order_relaxed);
	size_t room = r->capacity - (tail - atomic_load_explicit(&r->head, memory_order_acquire));
	size_t at = tail & (r->capacity - 1), first;

	if (count > room)
		count = room;
	first = count < r->capacity - at ? count : r->capacity - at;
	memcpy(r->samples + at, samples, first * sizeof(int16_t));
	memcpy(r->samples, samples + first, (count - first) * sizeof(int16_t));
	atomic_store_explicit(&r->tail, tail + count, memory_order_release);
	return count;
}

size_t ring_read(struct ring *r, int16_t *out, size_t count)
{
	size_t head = atomic_load_explicit(&r->head, memory_order_relaxed);
	size_t used = atomic_load_explicit(&r->tail, memory_order_acquire) - head;
	size_t at = head & (r->capacity - 1), first;

	if (count > used)
		count = used;
	first = count < r->capacity - at ? count : r->capacity - at;
	memcpy(out, r->samples + at, first * sizeof(int16_t));
	memcpy(out + first, r->samples, (count - first) * sizeof(int16_t));
	atomic_store_explicit(&r->head, head + count, memory_order_release);
	return count;
}

size_t ring_drop(struct ring *r, size_t count)
{
	size_t head = atomic_load_explicit(&r->head, memory_order_relaxed);
	size_t used = atomic_load_explicit(&r->tail, memory_order_acquire) - head;

	if (count > used)
		count = used;
	atomic_store_explicit(&r->head, head + count, memory_order_release);
	return count;
}
