// SPDX-License-Identifier: MIT
/* buf.c - moves what is unread to the front before it grows; gives memory back when empty. */
#include "base/buf.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>

enum { KEEP = 16384 }; /* an empty buffer above this gives its memory back */

void buf_fini(struct buf *b)
{
	mem_free(b->data);
	memset(b, 0, sizeof(*b));
}

uint8_t *buf_reserve(struct buf *b, size_t size)
{
	size_t capacity = b->capacity ? b->capacity : 256;
	uint8_t *data;

	if (b->capacity - b->head - b->size >= size && b->data)
		return b->data + b->head + b->size;
	if (b->data && b->head && b->size)
		memmove(b->data, b->data + b->head, b->size);
	b->head = 0;
	if (size > SIZE_MAX / 2 - b->size)
		return NULL;
	while (capacity < b->size + size)
		capacity *= 2;
	if (capacity != b->capacity) {
		data = mem_realloc(b->data, capacity);
		if (!data)
			return NULL;
		b->data = data;
		b->capacity = capacity;
	}
	return b->data + b->size;
}

void buf_added(struct buf *b, size_t size)
{
	b->size += size;
}

int buf_add(struct buf *b, const void *p, size_t size)
{
	uint8_t *to = buf_reserve(b, size);

	if (!to)
		return -ENOMEM;
	if (size)
		memcpy(to, p, size);
	b->size += size;
	return 0;
}

void buf_eat(struct buf *b, size_t size)
{
	b->head += size;
	b->size -= size;
	if (b->size)
		return;
	b->head = 0;
	if (b->capacity > KEEP)
		buf_fini(b);
}
