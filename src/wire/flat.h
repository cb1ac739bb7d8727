// SPDX-License-Identifier: MIT
/* flat.h - the only code that knows total/needed/used and (size, offset): converts between a
 * protobuf message of a structure (tag = slot) and the flat layout of tapi.h. */
#ifndef WIRE_FLAT_H
#define WIRE_FLAT_H

#include "wire/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* What only the caller knows. NULL instead of a hooks pointer: the newest version, and call ids are
 * cut to 32 bits. */
struct flat_hooks {
	uint32_t version; /* the negotiated API or TSPI version decides the fixed parts; 0 = newest
			   */
	/* fixed64 members are handles in the flat layout (LINECALLLIST). NULL: no translation. */
	uint32_t (*handle)(void *arg, uint64_t object);
	uint64_t (*object)(void *arg, uint32_t handle);
	void *arg;
};

/* Bytes of the fixed part in that version, 0 = newest. */
size_t flat_fixed_size(const ProtobufCMessageDescriptor *d, uint32_t version);
/* 3 total/needed/used, 1 total only, 0 an element or a plain structure. */
unsigned flat_header_slots(const ProtobufCMessageDescriptor *d);

/**
 * Writes msg into buf as the structure that its descriptor describes.
 *
 * A variable part that does not fit has size 0 and offset 0, and needed > used: that is success.
 * The header, where there is one, gets total (= size), needed, used. msg NULL writes an empty
 * structure. Strings follow unaligned, all other variable parts are aligned to 4 bytes. Units:
 * size: bytes of buf. buf may be NULL when size is 0. Errors: -EOVERFLOW: size is below the fixed
 * part (STRUCTURETOOSMALL); *needed is set also then.
 */
int flat_write(const ProtobufCMessageDescriptor *d, const ProtobufCMessage *msg, void *buf,
		size_t size, const struct flat_hooks *hooks, size_t *needed);
/* The same into memory of the arena that is just large enough. *out is NULL when msg is. 0 or
 * -ENOMEM. */
int flat_build(const ProtobufCMessage *msg, const struct flat_hooks *hooks, struct arena *a,
		void **out, size_t *size);

/**
 * Reads a structure. Nothing outside buf[0..size) is looked at, whatever the structure claims; its
 * own dwTotalSize is honoured when smaller. The sum of the variable parts may not exceed that.
 * Numbers that are zero, parts of size 0 and inline structures of zeros are absent in the message.
 * Errors: -EOVERFLOW smaller than its fixed part (STRUCTURETOOSMALL); -EINVAL an offset or size
 * points outside, or an offset into the fixed part (INVALPARAM); -ENOMEM.
 */
int flat_read(const ProtobufCMessageDescriptor *d, const void *buf, size_t size,
		const struct flat_hooks *hooks, struct arena *a, ProtobufCMessage **out);

/* Arguments that are arrays of elements (LINEMONITORTONE, LINEGENERATETONE, ...), d the element's
 * descriptor. buf holds count * flat_fixed_size(d, version) bytes. */
void flat_write_array(const ProtobufCMessageDescriptor *d, ProtobufCMessage *const *list,
		size_t count, void *buf, const struct flat_hooks *hooks);
int flat_read_array(const ProtobufCMessageDescriptor *d, const void *buf, size_t count,
		const struct flat_hooks *hooks, struct arena *a, ProtobufCMessage ***out);

#endif
