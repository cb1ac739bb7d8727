// SPDX-License-Identifier: MIT
/* flatten.h - structures that a TSP fills in. */
#ifndef TSPHOST_FLATTEN_H
#define TSPHOST_FLATTEN_H

#include "wire/flat.h"

enum {
	FLAT_ROOM = 2048,      /* for the variable part at first */
	FLAT_MAX = 256 * 1024, /* never more */
};

/* Zeroes the buffer and writes total, needed and used where the structure has them. */
void flatten_prepare(const ProtobufCMessageDescriptor *d, void *buf, size_t size, uint32_t version);
/* dwNeededSize when it is above size (and the structure has it), else 0. */
size_t flatten_wants(const ProtobufCMessageDescriptor *d, const void *buf, size_t size);
/* What the TSP wrote. 0 or -errno as flat_read(). */
int flatten_read(const ProtobufCMessageDescriptor *d, const void *buf, size_t size,
		uint32_t version, struct arena *a, ProtobufCMessage **out);

#endif
