// SPDX-License-Identifier: MIT
/* flat.h - the only code that knows total/needed/used and (size, offset): converts between a
 * protobuf message of a structure (tag = slot) and the flat layout of tapi.h. */
#ifndef WIRE_FLAT_H
#define WIRE_FLAT_H

#include "wire/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Bytes of the fixed part up to and including slot `slots` (0: the whole of the newest version). */
size_t flat_fixed_size(const ProtobufCMessageDescriptor *d, unsigned slots);
/* 3 total/needed/used, 1 total only, 0 an element or a plain structure. */
unsigned flat_header_slots(const ProtobufCMessageDescriptor *d);

/**
 * Writes msg into buf as the structure that its descriptor describes.
 *
 * A variable part that does not fit has size 0 and offset 0, and needed > used: that is success. The header,
 * where there is one, gets total (= size), needed, used. msg NULL writes an empty structure.
 * Units:  size: bytes of buf; slots: last slot of the negotiated version, 0 = newest.
 * Errors: -EOVERFLOW: size is below the fixed part (STRUCTURETOOSMALL); *needed is set also then.
 */
int flat_write(const ProtobufCMessageDescriptor *d, const ProtobufCMessage *msg, void *buf,
		size_t size, unsigned slots, size_t *needed);

/**
 * Reads a structure. Nothing outside buf[0..size) is looked at, whatever the structure claims: its own
 * dwTotalSize (or dwUsedSize for the three-slot header) is honoured when smaller. Strings are checked for UTF-8 no
 * further than NUL termination within their size. The sum of variable parts may not exceed size.
 * slots: the reader's version, 0 = newest; a shorter structure is fine if its total says so.
 * Errors: -EOVERFLOW smaller than its fixed part (STRUCTURETOOSMALL); -EINVAL an offset or size points outside
 *         (INVALPARAM); -ENOMEM.
 */
int flat_read(const ProtobufCMessageDescriptor *d, const void *buf, size_t size, unsigned slots,
		struct arena *a, ProtobufCMessage **out);

#endif
