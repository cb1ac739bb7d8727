// SPDX-License-Identifier: MIT
/* arena.c - blocks that are cut from the front; nothing is freed singly. */
#include "wire/arena.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

enum { BLOCK = 8192, ALIGN = 16 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	/* the bytes follow, aligned */
};

enum { BLOCK_HEAD = (sizeof(struct arena_block) + ALIGN - 1) / ALIGN * ALIGN };

static void *cut(struct arena *a, size_t size)
{
	struct arena_block *b = a->blocks;
	size_t want;
	void *p;

	if (size > a->left)
		return NULL;
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (!b || b->size - b->used < size) {
		want = size > BLOCK - BLOCK_HEAD ? size : BLOCK - BLOCK_HEAD;
		b = mem_alloc(BLOCK_HEAD + want);
		if (!b)
			return NULL;
		b->next = a->blocks;
		b->used = 0;
		b->size = want;
		a->blocks = b;
	}
	p = (char *)b + BLOCK_HEAD + b->used;
	b->used += size;
	a->left -= size < a->left ? size : a->left;
	return p;
}

static void *allocate(void *data, size_t size)
{
	return cut(data, size);
}

static void ignore(void *data, void *p)
{
	(void)data;
	(void)p;
}

void arena_init(struct arena *a, size_t cap)
{
	a->allocator.alloc = allocate;
	a->allocator.free = ignore;
	a->allocator.allocator_data = a;
	a->blocks = NULL;
	a->left = cap;
}

void arena_fini(struct arena *a)
{
	while (a->blocks) {
		struct arena_block *b = a->blocks;

		a->blocks = b->next;
		mem_free(b);
	}
}

void arena_reset(struct arena *a, size_t cap)
{
	struct arena_block *keep = a->blocks;

	while (keep && keep->next) { /* the oldest block is the standard one */
		a->blocks = keep->next;
		mem_free(keep);
		keep = a->blocks;
	}
	if (keep)
		keep->used = 0;
	a->left = cap;
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p = cut(a, size);

	if (p)
		memset(p, 0, size);
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	size_t size = strlen(s) + 1;
	char *copy = cut(a, size);

	if (copy)
		memcpy(copy, s, size);
	return copy;
}

ProtobufCMessage *arena_unpack(struct arena *a, const ProtobufCMessageDescriptor *d,
		const uint8_t *data, size_t size)
{
	return protobuf_c_message_unpack(d, &a->allocator, size, data);
}
