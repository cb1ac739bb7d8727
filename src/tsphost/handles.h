// SPDX-License-Identifier: MIT
/* handles.h - the HTAPI handles that a TSP holds: index, kind and generation, so that a handle kept
 * too long is refused and never names another object. They fit 32 bits, as HTAPIMSPLINE must.
 * Not locked; the inbox does that. */
#ifndef TSPHOST_HANDLES_H
#define TSPHOST_HANDLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum handle_kind { HANDLE_LINE, HANDLE_CALL, HANDLE_PHONE, HANDLE_MSP };

struct handle_slot {
	void *object; /* NULL: free */
	uint32_t generation;
	uint32_t kind;
	uint32_t next_free;
};

struct handles {
	struct handle_slot *slots;
	uint32_t count, capacity;
	uint32_t free_first, free_last; /* index + 1: the oldest free slot is used first */
};

/* An all-zero table is an empty one. 0 when memory is short or the table is full. */
uint32_t handles_add(struct handles *h, enum handle_kind kind, void *object);
/* NULL: stale, foreign, of another kind, or not one of ours at all. */
void *handles_find(const struct handles *h, enum handle_kind kind, uintptr_t handle);
/* It names or has named an object of this kind. */
bool handles_was_given(const struct handles *h, enum handle_kind kind, uintptr_t handle);
void handles_remove(struct handles *h, uintptr_t handle);
/* All become stale; the generations go on. */
void handles_clear(struct handles *h);
/* Walk: start with *cursor = 0, NULL ends. Removing the one just returned is allowed. */
void *handles_next(const struct handles *h, enum handle_kind kind, uint32_t *cursor);

#endif
