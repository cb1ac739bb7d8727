// SPDX-License-Identifier: MIT
/* map.c - open addressing with tombstones; grows at three quarters. */
#include "base/map.h"

#include "base/mem.h"

#include <errno.h>

struct map_slot {
	uint64_t key;
	void *value; /* NULL: never used; &gone: removed */
};

static char gone;

static size_t hash(uint64_t key, size_t capacity)
{
	key ^= key >> 33;
	key *= 0xff51afd7ed558ccdU;
	key ^= key >> 33;
	return (size_t)key & (capacity - 1);
}

static struct map_slot *lookup(const struct map *m, uint64_t key)
{
	if (!m->capacity)
		return NULL;
	for (size_t i = hash(key, m->capacity);; i = (i + 1) & (m->capacity - 1)) {
		struct map_slot *s = &m->slots[i];

		if (!s->value)
			return NULL;
		if (s->value != &gone && s->key == key)
			return s;
	}
}

static void insert(struct map *m, uint64_t key, void *value)
{
	size_t i = hash(key, m->capacity);

	while (m->slots[i].value && m->slots[i].value != &gone)
		i = (i + 1) & (m->capacity - 1);
	if (!m->slots[i].value)
		m->filled++;
	m->slots[i].key = key;
	m->slots[i].value = value;
	m->count++;
}

static int make_room(struct map *m)
{
	struct map bigger = { NULL, 0, 0, 0 };

	if (m->capacity && (m->filled + 1) * 4 <= m->capacity * 3)
		return 0;
	bigger.capacity = 16;
	while (bigger.capacity < m->count * 2 + 2)
		bigger.capacity *= 2;
	bigger.slots = mem_new_array(struct map_slot, bigger.capacity);
	if (!bigger.slots)
		return -ENOMEM;
	for (size_t i = 0; i < m->capacity; i++)
		if (m->slots[i].value && m->slots[i].value != &gone)
			insert(&bigger, m->slots[i].key, m->slots[i].value);
	mem_free(m->slots);
	*m = bigger;
	return 0;
}

void map_fini(struct map *m)
{
	mem_free(m->slots);
	*m = (struct map){ NULL, 0, 0, 0 };
}

int map_set(struct map *m, uint64_t key, void *value)
{
	struct map_slot *s = lookup(m, key);
	int err;

	if (s) {
		s->value = value;
		return 0;
	}
	err = make_room(m);
	if (err)
		return err;
	insert(m, key, value);
	return 0;
}

void *map_find(const struct map *m, uint64_t key)
{
	struct map_slot *s = lookup(m, key);

	return s ? s->value : NULL;
}

void *map_remove(struct map *m, uint64_t key)
{
	struct map_slot *s = lookup(m, key);
	void *value;

	if (!s)
		return NULL;
	value = s->value;
	s->value = &gone;
	m->count--;
	return value;
}

void *map_next(const struct map *m, size_t *cursor)
{
	while (*cursor < m->capacity) {
		struct map_slot *s = &m->slots[(*cursor)++];

		if (s->value && s->value != &gone)
			return s->value;
	}
	return NULL;
}
