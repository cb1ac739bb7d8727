// SPDX-License-Identifier: MIT
/* flat_layout.h - what flat_write.c and flat_read.c both need to know of a descriptor. */
#ifndef WIRE_FLAT_LAYOUT_H
#define WIRE_FLAT_LAYOUT_H

#include "wire/flat.h"

#include <string.h>

enum { SLOT = 4 }; /* bytes */

/* How a field lies in the flat layout. */
enum flat_kind {
	FLAT_NUMBER, /* one slot */
	FLAT_WIDE,   /* 8 bytes in two slots */
	FLAT_INLINE, /* a structure in place */
	FLAT_PART,   /* size and offset of a variable part */
};

enum flat_kind flat_kind(const ProtobufCFieldDescriptor *f);
/* The newest fixed part, in slots. */
unsigned flat_slots(const ProtobufCMessageDescriptor *d);
/* LINEFORWARDLIST, whose elements lie inline at its end. */
bool flat_is_forward_list(const ProtobufCMessageDescriptor *d);

static inline size_t flat_field_offset(const ProtobufCFieldDescriptor *f)
{
	return (f->id - 1) * (size_t)SLOT;
}

static inline const ProtobufCMessageDescriptor *flat_sub(const ProtobufCFieldDescriptor *f)
{
	return f->descriptor;
}

static inline uint32_t flat_version(const struct flat_hooks *hooks)
{
	return hooks ? hooks->version : 0;
}

/* Slots may be unaligned. */
static inline uint32_t flat_get(const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline void flat_put(uint8_t *p, uint32_t v)
{
	memcpy(p, &v, sizeof(v));
}

#endif
