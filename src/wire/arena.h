// SPDX-License-Identifier: MIT
/* arena.h - the capped allocator: protobuf-c has no depth limit and amplifies, so one message may
 * take MESSAGE_MAX bytes and no more. Freed as a whole. */
#ifndef WIRE_ARENA_H
#define WIRE_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

enum { MESSAGE_MAX = 4 * 1024 * 1024 };

struct arena {
	ProtobufCAllocator allocator; /* hand this to protobuf-c; its free does nothing */
	struct arena_block *blocks;
	size_t left;     /* of the cap, in bytes of the heap */
	unsigned pieces; /* that protobuf-c has taken for its last message */
	bool no_memory;  /* it was the heap that said no, not the cap */
};

void arena_init(struct arena *a, size_t cap);
void arena_fini(struct arena *a);
/* Forgets everything, keeps one block for the next message. */
void arena_reset(struct arena *a, size_t cap);
/* Zeroed; NULL when the cap is reached or memory is short. */
void *arena_alloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);

/* NULL: malformed, or above the cap. What is taken can be packed again. The message lives as long
 * as the arena's content. */
ProtobufCMessage *arena_unpack(struct arena *a, const ProtobufCMessageDescriptor *d,
		const uint8_t *data, size_t size);

#endif
