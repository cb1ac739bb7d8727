// SPDX-License-Identifier: MIT
/* arena.c - blocks that are cut from the front; nothing is freed singly. */
#include "wire/arena.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* FIRST: what most messages take, and what the heap of a thread gives and takes back at once. */
enum { FIRST = 1024, BLOCK = 8192, ALIGN = 16 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	/* the bytes follow, aligned */
};

enum { BLOCK_HEAD = (sizeof(struct arena_block) + ALIGN - 1) / ALIGN * ALIGN };

/* The cap counts whole blocks, so that it is what the heap sees. */
static struct arena_block *add_block(struct arena *a, size_t size)
{
	size_t whole = a->blocks ? BLOCK : FIRST;
	struct arena_block *b;

	if (size > whole - BLOCK_HEAD)
		whole = BLOCK;
	if (size > whole - BLOCK_HEAD)
		whole = BLOCK_HEAD + size;
	if (whole > a->left)
		whole = a->left;
	if (whole < BLOCK_HEAD || whole - BLOCK_HEAD < size)
		return NULL;
	b = mem_alloc(whole);
	if (!b) {
		a->no_memory = true;
		return NULL;
	}
	b->next = a->blocks;
	b->used = 0;
	b->size = whole - BLOCK_HEAD;
	a->blocks = b;
	a->left -= whole;
	return b;
}

static void *cut(struct arena *a, size_t size)
{
	struct arena_block *b = a->blocks;
	void *p;

	if (size > MESSAGE_MAX) /* also keeps the rounding from overflowing */
		return NULL;
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (!b || b->size - b->used < size)
		b = add_block(a, size);
	if (!b)
		return NULL;
	p = (char *)b + BLOCK_HEAD + b->used;
	b->used += size;
	return p;
}

static void *allocate(void *data, size_t size)
{
	struct arena *a = data;

	a->pieces++;
	return cut(a, size);
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
	a->pieces = 0;
	a->no_memory = false;
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
	struct arena_block *keep = NULL;

	while (a->blocks) {
		struct arena_block *b = a->blocks;

		a->blocks = b->next;
		if (!keep && b->size <= BLOCK - BLOCK_HEAD && cap >= BLOCK_HEAD + b->size)
			keep = b;
		else
			mem_free(b);
	}
	a->left = cap;
	a->no_memory = false;
	if (!keep)
		return;
	keep->next = NULL;
	keep->used = 0;
	a->blocks = keep;
	a->left -= BLOCK_HEAD + keep->size;
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

static bool has_field_0(const ProtobufCMessage *msg);

/* In one of those that the field holds. */
static bool field_has_field_0(const ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	const char *member = (const char *)msg + f->offset;
	ProtobufCMessage *const *list;
	const ProtobufCMessage *one;
	size_t count;

	if (f->label != PROTOBUF_C_LABEL_REPEATED) {
		memcpy(&one, member, sizeof(one));
		return one && has_field_0(one);
	}
	memcpy(&list, member, sizeof(list));
	memcpy(&count, (const char *)msg + f->quantifier_offset, sizeof(count));
	for (size_t i = 0; i < count; i++)
		if (has_field_0(list[i]))
			return true;
	return false;
}

/* libprotobuf-c takes one if its tag is longer than it need be, and packs it as bytes that it
 * refuses. */
static bool has_field_0(const ProtobufCMessage *msg)
{
	const ProtobufCMessageDescriptor *d = msg->descriptor;

	for (unsigned i = 0; i < msg->n_unknown_fields; i++)
		if (msg->unknown_fields[i].tag == 0)
			return true;
	for (unsigned i = 0; i < d->n_fields; i++)
		if (d->fields[i].type == PROTOBUF_C_TYPE_MESSAGE &&
				field_has_field_0(msg, &d->fields[i]))
			return true;
	return false;
}

ProtobufCMessage *arena_unpack(struct arena *a, const ProtobufCMessageDescriptor *d,
		const uint8_t *data, size_t size)
{
	ProtobufCMessage *msg;

	a->pieces = 0;
	msg = protobuf_c_message_unpack(d, &a->allocator, size, data);
	/* One piece is the message alone: most requests. */
	return msg && a->pieces > 1 && has_field_0(msg) ? NULL : msg;
}
