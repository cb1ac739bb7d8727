// SPDX-License-Identifier: MIT
/* flat_write.c - message to flat structure. Two cursors run along: `used` is where the next
 * variable part goes in the buffer, `needed` where it would go if the buffer had no end. */
#include "wire/flat_layout.h"

#include <errno.h>

struct writer {
	uint8_t *base;
	size_t size, used, needed;
	const struct flat_hooks *hooks;
};

/* Where a fixed part lies; p NULL: only count what its variable parts need. */
struct place {
	uint8_t *p;
	size_t size;
};

static void write_fields(struct writer *w, const ProtobufCMessage *msg, struct place at);

static size_t align_up(size_t n, size_t to)
{
	return (n + to - 1) / to * to;
}

static const void *member(const ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	return (const char *)msg + f->offset;
}

static size_t count_of(const ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	size_t n;

	memcpy(&n, (const char *)msg + f->quantifier_offset, sizeof(n));
	return n;
}

static bool is_set(const ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	protobuf_c_boolean has;

	memcpy(&has, (const char *)msg + f->quantifier_offset, sizeof(has));
	return has;
}

/* Takes room for a variable part and notes it in the two slots at `slot` (NULL: nowhere). NULL: it
 * does not fit, or has no bytes. */
static uint8_t *reserve(struct writer *w, uint8_t *slot, size_t size, size_t alignment)
{
	size_t at = align_up(w->used, alignment);

	if (!size)
		return NULL;
	w->needed = align_up(w->needed, alignment) + size;
	if (!slot || at > w->size || size > w->size - at)
		return NULL;
	flat_put(slot, (uint32_t)size);
	flat_put(slot + SLOT, (uint32_t)at);
	w->used = at + size;
	return w->base + at;
}

static void write_part(struct writer *w, uint8_t *slot, const void *p, size_t size,
		size_t alignment)
{
	uint8_t *to = reserve(w, slot, size, alignment);

	if (to)
		memcpy(to, p, size);
}

/* Device classes and the like: each string with its NUL, one more at the end. */
static void write_strings(struct writer *w, uint8_t *slot, char *const *list, size_t count)
{
	size_t size = count ? 1 : 0;
	uint8_t *to;

	for (size_t i = 0; i < count; i++)
		size += strlen(list[i]) + 1;
	to = reserve(w, slot, size, 1);
	for (size_t i = 0; to && i < count; i++) {
		size_t n = strlen(list[i]) + 1;

		memcpy(to, list[i], n);
		to += n;
	}
	if (to)
		*to = '\0';
}

static void write_handles(struct writer *w, uint8_t *slot, const uint64_t *list, size_t count)
{
	uint8_t *to = reserve(w, slot, count * SLOT, SLOT);

	for (size_t i = 0; to && i < count; i++)
		flat_put(to + i * SLOT, w->hooks && w->hooks->handle
							? w->hooks->handle(w->hooks->arg, list[i])
							: (uint32_t)list[i]);
}

static void write_elements(struct writer *w, uint8_t *slot, const ProtobufCMessageDescriptor *d,
		ProtobufCMessage *const *list, size_t count)
{
	size_t size = flat_fixed_size(d, flat_version(w->hooks));
	uint8_t *to = reserve(w, slot, count * size, SLOT);

	for (size_t i = 0; i < count; i++) {
		struct place at = { to ? to + i * size : NULL, size };

		write_fields(w, list[i], at);
	}
}

static void write_repeated(struct writer *w, const ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f, uint8_t *slot)
{
	size_t count = count_of(msg, f);
	const void *list;

	memcpy(&list, member(msg, f), sizeof(list));
	if (f->type == PROTOBUF_C_TYPE_STRING)
		write_strings(w, slot, (char *const *)list, count);
	else if (f->type == PROTOBUF_C_TYPE_MESSAGE)
		write_elements(w, slot, flat_sub(f), (ProtobufCMessage *const *)list, count);
	else if (f->type == PROTOBUF_C_TYPE_FIXED64)
		write_handles(w, slot, list, count);
	else
		write_part(w, slot, list, count * SLOT, SLOT);
}

static void write_variable(struct writer *w, const ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f, uint8_t *slot)
{
	const char *string;

	if (f->label == PROTOBUF_C_LABEL_REPEATED) {
		write_repeated(w, msg, f, slot);
	} else if (f->type == PROTOBUF_C_TYPE_BYTES) {
		ProtobufCBinaryData bytes;

		memcpy(&bytes, member(msg, f), sizeof(bytes));
		if (is_set(msg, f))
			write_part(w, slot, bytes.data, bytes.len, SLOT);
	} else {
		memcpy(&string, member(msg, f), sizeof(string));
		if (string)
			write_part(w, slot, string, strlen(string) + 1, 1);
	}
}

static void write_number(const ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f,
		uint8_t *to, size_t size)
{
	uint64_t v;

	if (!is_set(msg, f))
		return;
	if (f->type == PROTOBUF_C_TYPE_FIXED64) {
		memcpy(&v, member(msg, f), sizeof(v));
		flat_put(to, (uint32_t)v);
	} else {
		memcpy(to, member(msg, f), size);
	}
}

static void write_field(struct writer *w, const ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f, struct place at)
{
	uint8_t *to = at.p ? at.p + flat_field_offset(f) : NULL;
	const ProtobufCMessage *sub;

	switch (flat_kind(f)) {
	case FLAT_NUMBER:
		if (to)
			write_number(msg, f, to, SLOT);
		break;
	case FLAT_WIDE:
		if (to)
			write_number(msg, f, to, (size_t)2 * SLOT);
		break;
	case FLAT_INLINE:
		memcpy(&sub, member(msg, f), sizeof(sub));
		if (sub)
			write_fields(w, sub, (struct place){ to, at.size - flat_field_offset(f) });
		break;
	case FLAT_PART:
		write_variable(w, msg, f, to);
		break;
	}
}

/* Fields that begin behind the fixed part of this version are left out. */
static void write_fields(struct writer *w, const ProtobufCMessage *msg, struct place at)
{
	const ProtobufCMessageDescriptor *d = msg->descriptor;

	if (at.p)
		memset(at.p, 0, at.size);
	for (unsigned i = 0; i < d->n_fields; i++)
		if (flat_field_offset(&d->fields[i]) < at.size)
			write_field(w, msg, &d->fields[i], at);
}

static void write_header(struct writer *w, const ProtobufCMessageDescriptor *d)
{
	unsigned slots = flat_header_slots(d);

	if (slots >= 1)
		flat_put(w->base, (uint32_t)w->size);
	if (slots >= 3) {
		flat_put(w->base + SLOT, (uint32_t)w->needed);
		flat_put(w->base + (size_t)2 * SLOT, (uint32_t)w->used);
	}
}

/* LINEFORWARDLIST: dwTotalSize, dwNumEntries, the elements, then what they point to. */
static void write_forward_list(struct writer *w, const ProtobufCMessage *msg, size_t fixed,
		size_t count)
{
	const ProtobufCFieldDescriptor *f = &msg->descriptor->fields[1];
	size_t head = flat_field_offset(f);
	size_t size = count ? (fixed - head) / count : 0;
	ProtobufCMessage *const *list;

	memcpy(&list, member(msg, f), sizeof(list));
	if (w->base)
		flat_put(w->base + SLOT, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		struct place at = { w->base ? w->base + head + i * size : NULL, size };

		write_fields(w, list[i], at);
	}
}

int flat_write(const ProtobufCMessageDescriptor *d, const ProtobufCMessage *msg, void *buf,
		size_t size, const struct flat_hooks *hooks, size_t *needed)
{
	size_t fixed = flat_fixed_size(d, flat_version(hooks));
	bool forward = flat_is_forward_list(d);
	size_t count = forward && msg ? count_of(msg, &d->fields[1]) : 0;
	struct writer w = { .size = size, .hooks = hooks };

	if (count)
		fixed += count * flat_fixed_size(flat_sub(&d->fields[1]), flat_version(hooks));
	if (buf && size >= fixed) {
		w.base = buf;
		memset(buf, 0, fixed);
	}
	w.used = w.needed = fixed;
	if (msg && forward)
		write_forward_list(&w, msg, fixed, count);
	else if (msg)
		write_fields(&w, msg, (struct place){ w.base, fixed });
	if (needed)
		*needed = w.needed;
	if (!w.base)
		return -EOVERFLOW;
	write_header(&w, d);
	return 0;
}

int flat_build(const ProtobufCMessage *msg, const struct flat_hooks *hooks, struct arena *a,
		void **out, size_t *size)
{
	*out = NULL;
	*size = 0;
	if (!msg)
		return 0;
	(void)flat_write(msg->descriptor, msg, NULL, 0, hooks, size);
	*out = arena_alloc(a, *size);
	if (!*out)
		return -ENOMEM;
	return flat_write(msg->descriptor, msg, *out, *size, hooks, NULL);
}

void flat_write_array(const ProtobufCMessageDescriptor *d, ProtobufCMessage *const *list,
		size_t count, void *buf, const struct flat_hooks *hooks)
{
	size_t size = flat_fixed_size(d, flat_version(hooks));
	struct writer w = { .base = buf, .hooks = hooks };

	for (size_t i = 0; i < count; i++)
		write_fields(&w, list[i], (struct place){ (uint8_t *)buf + i * size, size });
}
