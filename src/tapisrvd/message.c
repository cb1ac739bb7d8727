// SPDX-License-Identifier: MIT
/* message.c - fields by name and by kind. */
#include "message.h"

#include "wire/arena.h"

#include <string.h>

enum { VARINT_MAX = 10, LENGTH_PREFIXED = PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED };

static void *member(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	return (char *)(uintptr_t)m + f->offset;
}

uint32_t message_number(const ProtobufCMessage *m, const char *field)
{
	const ProtobufCFieldDescriptor *f =
			m ? protobuf_c_message_descriptor_get_field_by_name(m->descriptor, field)
			  : NULL;

	return f ? *(const uint32_t *)member(m, f) : 0;
}

const char *message_text(const ProtobufCMessage *m, const char *field)
{
	const ProtobufCFieldDescriptor *f =
			m ? protobuf_c_message_descriptor_get_field_by_name(m->descriptor, field)
			  : NULL;

	return f ? *(const char *const *)member(m, f) : NULL;
}

ProtobufCMessage *message_part(const ProtobufCMessage *m, const char *field)
{
	const ProtobufCFieldDescriptor *f =
			m ? protobuf_c_message_descriptor_get_field_by_name(m->descriptor, field)
			  : NULL;

	return f ? *(ProtobufCMessage *const *)member(m, f) : NULL;
}

static void set_number(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, uint32_t value)
{
	*(uint32_t *)member(m, f) = value;
	*(protobuf_c_boolean *)(void *)((char *)m + f->quantifier_offset) = 1;
}

ProtobufCMessage *message_about(struct arena *arena, const ProtobufCMessageDescriptor *d,
		uint32_t device, const uint32_t *numbers, size_t count)
{
	ProtobufCMessage *m = arena_alloc(arena, d->sizeof_message);
	size_t next = 0;

	if (!m)
		return NULL;
	protobuf_c_message_init(d, m);
	for (unsigned i = 0; i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];

		if (f->type == PROTOBUF_C_TYPE_FIXED32)
			set_number(m, f, device);
		else if (f->type == PROTOBUF_C_TYPE_UINT32 && next < count)
			set_number(m, f, numbers[next++]);
	}
	return m;
}

static size_t put_varint(uint8_t *to, size_t value)
{
	size_t size = 0;

	for (; value >= 0x80; value >>= 7)
		to[size++] = (uint8_t)(value | 0x80);
	to[size++] = (uint8_t)value;
	return size;
}

bool message_merge(struct arena *arena, const ProtobufCMessageDescriptor *reply,
		const ProtobufCBinaryData *packed, const ProtobufCMessage *added,
		ProtobufCBinaryData *out)
{
	size_t whole = packed->len + protobuf_c_message_get_packed_size(added);

	out->data = arena_alloc(arena, 2 * VARINT_MAX + whole);
	if (!out->data)
		return false;
	out->len = put_varint(out->data, reply->fields[0].id << 3 | LENGTH_PREFIXED);
	out->len += put_varint(out->data + out->len, whole);
	memcpy(out->data + out->len, packed->data, packed->len);
	(void)protobuf_c_message_pack(added, out->data + out->len + packed->len);
	out->len += whole;
	return true;
}
