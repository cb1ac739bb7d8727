// SPDX-License-Identifier: MIT
/* map.h - a hash table from 64-bit keys to pointers. The values stay the caller's. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map {
	struct map_slot *slots;
	size_t capacity, count, filled;
};

/* An all-zero map is an empty map. */
void map_fini(struct map *m);
/* Replaces an older value; 0, or -ENOMEM and nothing changed. value must not be NULL. */
int map_set(struct map *m, uint64_t key, void *value);
void *map_find(const struct map *m, uint64_t key);
/* Returns the value that was there, or NULL. */
void *map_remove(struct map *m, uint64_t key);
/* Walk: start with *cursor = 0, NULL ends. Removing the value just returned is allowed. */
void *map_next(const struct map *m, size_t *cursor);

#endif
