// SPDX-License-Identifier: MIT
/* handles.c - generation (14 bits, never 0) | kind (2) | index (16). */
#include "tsphost/handles.h"

#include "base/mem.h"

#include <errno.h>

enum {
	INDEX_BITS = 16,
	KIND_BITS = 2,
	INDEX_MASK = (1 << INDEX_BITS) - 1,
	KIND_MASK = (1 << KIND_BITS) - 1,
	GENERATION_SHIFT = INDEX_BITS + KIND_BITS,
	GENERATION_MAX = (1 << (32 - GENERATION_SHIFT)) - 1,
	FIRST_CAPACITY = 64,
};

static int grow(struct handles *h)
{
	uint32_t capacity = h->capacity ? h->capacity * 2 : FIRST_CAPACITY;
	struct handle_slot *slots;

	if (capacity > INDEX_MASK + 1)
		return -ENOMEM;
	slots = mem_realloc(h->slots, capacity * sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	h->slots = slots;
	h->capacity = capacity;
	return 0;
}

static struct handle_slot *take_slot(struct handles *h)
{
	struct handle_slot *s;

	if (h->free_first) {
		s = &h->slots[h->free_first - 1];
		h->free_first = s->next_free;
		if (!h->free_first)
			h->free_last = 0;
		return s;
	}
	if (h->count == h->capacity && grow(h) < 0)
		return NULL;
	s = &h->slots[h->count++];
	s->generation = 0;
	return s;
}

uint32_t handles_add(struct handles *h, enum handle_kind kind, void *object)
{
	struct handle_slot *s = take_slot(h);

	if (!s)
		return 0;
	s->generation = s->generation == GENERATION_MAX ? 1 : s->generation + 1;
	s->object = object;
	s->kind = (uint32_t)kind;
	return s->generation << GENERATION_SHIFT | s->kind << INDEX_BITS | (uint32_t)(s - h->slots);
}

static struct handle_slot *slot_of(const struct handles *h, uintptr_t handle)
{
	uint32_t index = (uint32_t)handle & INDEX_MASK;
	struct handle_slot *s;

	if (handle > UINT32_MAX || index >= h->count)
		return NULL;
	s = &h->slots[index];
	if (!s->object || s->generation != (uint32_t)handle >> GENERATION_SHIFT ||
			s->kind != ((uint32_t)handle >> INDEX_BITS & KIND_MASK))
		return NULL;
	return s;
}

void *handles_find(const struct handles *h, enum handle_kind kind, uintptr_t handle)
{
	const struct handle_slot *s = slot_of(h, handle);

	return s && s->kind == (uint32_t)kind ? s->object : NULL;
}

bool handles_was_given(const struct handles *h, enum handle_kind kind, uintptr_t handle)
{
	uint32_t index = (uint32_t)handle & INDEX_MASK;
	uint32_t generation = (uint32_t)handle >> GENERATION_SHIFT;
	const struct handle_slot *s = &h->slots[index < h->count ? index : 0];

	if (handle > UINT32_MAX || index >= h->count || !generation ||
			((uint32_t)handle >> INDEX_BITS & KIND_MASK) != (uint32_t)kind)
		return false;
	return generation < s->generation ||
	       (generation == s->generation && s->kind == (uint32_t)kind);
}

static void release(struct handles *h, struct handle_slot *s)
{
	uint32_t number;

	s->object = NULL;
	s->next_free = 0;
	number = (uint32_t)(s - h->slots) + 1;
	if (h->free_last)
		h->slots[h->free_last - 1].next_free = number;
	else
		h->free_first = number;
	h->free_last = number;
}

void handles_remove(struct handles *h, uintptr_t handle)
{
	struct handle_slot *s = slot_of(h, handle);

	if (s)
		release(h, s);
}

void handles_clear(struct handles *h)
{
	for (uint32_t i = 0; i < h->count; i++)
		if (h->slots[i].object)
			release(h, &h->slots[i]);
}

void *handles_next(const struct handles *h, enum handle_kind kind, uint32_t *cursor)
{
	while (*cursor < h->count) {
		const struct handle_slot *s = &h->slots[(*cursor)++];

		if (s->object && s->kind == (uint32_t)kind)
			return s->object;
	}
	return NULL;
}
