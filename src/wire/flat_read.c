// SPDX-License-Identifier: MIT
/* flat_read.c - flat structure to message. Whatever the structure claims, nothing outside
 * base[0..size) is looked at, and the sum of the variable parts stays within size. */
#include "wire/flat_layout.h"

#include <errno.h>

struct reader {
	const uint8_t *base;
	size_t size;  /* of the whole structure, as far as it may be looked at */
	size_t fixed; /* variable parts lie behind this */
	size_t left;  /* bytes that variable parts may still have */
	const struct flat_hooks *hooks;
	struct arena *arena;
};

struct part {
	const uint8_t *p;
	size_t size;
};

static int read_fields(struct reader *r, const ProtobufCMessageDescriptor *d, struct part at,
		ProtobufCMessage **out);

static void set_member(ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f, const void *v,
		size_t size)
{
	memcpy((char *)msg + f->offset, v, size);
}

static void set_count(ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f, size_t count)
{
	memcpy((char *)msg + f->quantifier_offset, &count, sizeof(count));
}

static void set_has(ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	protobuf_c_boolean yes = 1;

	memcpy((char *)msg + f->quantifier_offset, &yes, sizeof(yes));
}

/* The variable part that the two slots name. */
static int find_part(struct reader *r, const uint8_t *slot, struct part *out)
{
	size_t offset = flat_get(slot + SLOT);

	out->size = flat_get(slot);
	out->p = r->base + offset;
	if (!out->size)
		return 0;
	if (offset < r->fixed || offset > r->size || out->size > r->size - offset ||
			out->size > r->left)
		return -EINVAL;
	r->left -= out->size;
	return 0;
}

/* The NUL is not always counted, so what follows it is not looked at and it may be missing. */
static char *copy_string(struct reader *r, const uint8_t *p, size_t size)
{
	const uint8_t *end = memchr(p, 0, size);
	size_t n = end ? (size_t)(end - p) : size;
	char *s = arena_alloc(r->arena, n + 1);

	if (s)
		memcpy(s, p, n);
	return s;
}

static int read_string(struct reader *r, struct part from, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	char *s = copy_string(r, from.p, from.size);

	if (!s)
		return -ENOMEM;
	set_member(msg, f, &s, sizeof(s));
	return 0;
}

static int read_bytes(struct reader *r, struct part from, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	ProtobufCBinaryData bytes = { from.size, arena_alloc(r->arena, from.size) };

	if (!bytes.data)
		return -ENOMEM;
	memcpy(bytes.data, from.p, from.size);
	set_member(msg, f, &bytes, sizeof(bytes));
	set_has(msg, f);
	return 0;
}

static size_t string_size(struct part from, size_t at)
{
	const uint8_t *end = memchr(from.p + at, 0, from.size - at);

	return end ? (size_t)(end - (from.p + at)) : from.size - at;
}

/* A list ends with an empty string, or with its size. */
static int read_strings(struct reader *r, struct part from, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	size_t count = 0, i = 0, n;
	char **list;

	for (size_t at = 0; at < from.size && (n = string_size(from, at)); at += n + 1)
		count++;
	list = arena_alloc(r->arena, count * sizeof(*list));
	if (!list)
		return -ENOMEM;
	for (size_t at = 0; i < count; at += string_size(from, at) + 1) {
		list[i] = copy_string(r, from.p + at, from.size - at);
		if (!list[i++])
			return -ENOMEM;
	}
	set_member(msg, f, &list, sizeof(list));
	set_count(msg, f, count);
	return 0;
}

static int read_numbers(struct reader *r, struct part from, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	size_t count = from.size / SLOT;
	uint32_t *list = arena_alloc(r->arena, count * sizeof(*list));

	if (!list)
		return -ENOMEM;
	memcpy(list, from.p, count * SLOT);
	set_member(msg, f, &list, sizeof(list));
	set_count(msg, f, count);
	return 0;
}

static int read_handles(struct reader *r, struct part from, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	size_t count = from.size / SLOT;
	uint64_t *list = arena_alloc(r->arena, count * sizeof(*list));

	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		uint32_t handle = flat_get(from.p + i * SLOT);

		list[i] = r->hooks && r->hooks->object ? r->hooks->object(r->hooks->arg, handle)
						       : handle;
	}
	set_member(msg, f, &list, sizeof(list));
	set_count(msg, f, count);
	return 0;
}

static int read_elements(struct reader *r, struct part from, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	size_t size = flat_fixed_size(flat_sub(f), flat_version(r->hooks));
	size_t count = from.size / size;
	ProtobufCMessage **list = arena_alloc(r->arena, count * sizeof(*list));

	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		struct part at = { from.p + i * size, size };
		int err = read_fields(r, flat_sub(f), at, &list[i]);

		if (err)
			return err;
	}
	set_member(msg, f, &list, sizeof(list));
	set_count(msg, f, count);
	return 0;
}

static int read_part(struct reader *r, const uint8_t *slot, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	bool repeated = f->label == PROTOBUF_C_LABEL_REPEATED;
	struct part from;
	int err = find_part(r, slot, &from);

	if (err || !from.size)
		return err;
	if (f->type == PROTOBUF_C_TYPE_STRING)
		return repeated ? read_strings(r, from, f, msg) : read_string(r, from, f, msg);
	if (f->type == PROTOBUF_C_TYPE_BYTES)
		return read_bytes(r, from, f, msg);
	if (f->type == PROTOBUF_C_TYPE_MESSAGE)
		return read_elements(r, from, f, msg);
	if (f->type == PROTOBUF_C_TYPE_FIXED64)
		return read_handles(r, from, f, msg);
	return read_numbers(r, from, f, msg);
}

/* Zeros are not sent (proto2: absent is zero). */
static void read_number(const uint8_t *p, const ProtobufCFieldDescriptor *f, ProtobufCMessage *msg)
{
	uint64_t wide = 0;
	uint32_t v = flat_get(p);

	if (flat_kind(f) == FLAT_WIDE)
		memcpy(&wide, p, sizeof(wide));
	else
		wide = v;
	if (!wide)
		return;
	if (flat_kind(f) == FLAT_WIDE || f->type == PROTOBUF_C_TYPE_FIXED64)
		set_member(msg, f, &wide, sizeof(wide));
	else
		set_member(msg, f, &v, sizeof(v));
	set_has(msg, f);
}

static bool all_zero(const uint8_t *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (p[i])
			return false;
	return true;
}

static int read_inline(struct reader *r, struct part at, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	ProtobufCMessage *sub;
	int err;

	if (all_zero(at.p, at.size))
		return 0;
	err = read_fields(r, flat_sub(f), at, &sub);
	if (!err)
		set_member(msg, f, &sub, sizeof(sub));
	return err;
}

static int read_field(struct reader *r, struct part at, const ProtobufCFieldDescriptor *f,
		ProtobufCMessage *msg)
{
	const uint8_t *p = at.p + flat_field_offset(f);

	switch (flat_kind(f)) {
	case FLAT_NUMBER:
	case FLAT_WIDE:
		read_number(p, f, msg);
		return 0;
	case FLAT_INLINE:
		return read_inline(r, (struct part){ p, flat_fixed_size(flat_sub(f), 0) }, f, msg);
	case FLAT_PART:
		break;
	}
	return read_part(r, p, f, msg);
}

static ProtobufCMessage *new_message(struct reader *r, const ProtobufCMessageDescriptor *d)
{
	ProtobufCMessage *msg = arena_alloc(r->arena, d->sizeof_message);

	if (msg)
		protobuf_c_message_init(d, msg);
	return msg;
}

static int read_fields(struct reader *r, const ProtobufCMessageDescriptor *d, struct part at,
		ProtobufCMessage **out)
{
	ProtobufCMessage *msg = new_message(r, d);
	int err = msg ? 0 : -ENOMEM;

	for (unsigned i = 0; !err && i < d->n_fields; i++)
		if (flat_field_offset(&d->fields[i]) < at.size)
			err = read_field(r, at, &d->fields[i], msg);
	*out = msg;
	return err;
}

/* LINEFORWARDLIST: dwTotalSize, dwNumEntries, the elements, then what they point to. */
static int read_forward_list(struct reader *r, const ProtobufCMessageDescriptor *d,
		ProtobufCMessage **out)
{
	const ProtobufCFieldDescriptor *f = &d->fields[1];
	size_t size = flat_fixed_size(flat_sub(f), flat_version(r->hooks));
	size_t count = flat_get(r->base + SLOT);
	struct part elements = { r->base + r->fixed, count * size };
	ProtobufCMessage *msg;

	if (count > (r->size - r->fixed) / size)
		return -EINVAL;
	r->fixed += count * size;
	r->left -= count * size;
	msg = new_message(r, d);
	if (!msg)
		return -ENOMEM;
	*out = msg;
	read_number(r->base + SLOT, &d->fields[0], msg);
	return count ? read_elements(r, elements, f, msg) : 0;
}

int flat_read(const ProtobufCMessageDescriptor *d, const void *buf, size_t size,
		const struct flat_hooks *hooks, struct arena *a, ProtobufCMessage **out)
{
	size_t fixed = flat_fixed_size(d, flat_version(hooks));
	struct reader r = { .base = buf, .size = size, .fixed = fixed, .hooks = hooks, .arena = a };

	if (size >= fixed && flat_header_slots(d) && flat_get(r.base) < size)
		r.size = flat_get(r.base);
	if (r.size < fixed)
		return -EOVERFLOW;
	r.left = r.size - fixed;
	if (flat_is_forward_list(d))
		return read_forward_list(&r, d, out);
	return read_fields(&r, d, (struct part){ buf, fixed }, out);
}

int flat_read_array(const ProtobufCMessageDescriptor *d, const void *buf, size_t count,
		const struct flat_hooks *hooks, struct arena *a, ProtobufCMessage ***out)
{
	size_t size = flat_fixed_size(d, flat_version(hooks));
	struct reader r = { .base = buf, .hooks = hooks, .arena = a };

	r.size = r.fixed = count * size;
	*out = arena_alloc(a, count * sizeof(**out));
	if (!*out)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		struct part at = { r.base + i * size, size };
		int err = read_fields(&r, d, at, &(*out)[i]);

		if (err)
			return err;
	}
	return 0;
}
