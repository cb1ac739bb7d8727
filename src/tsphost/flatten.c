// SPDX-License-Identifier: MIT
/* flatten.c - the three header slots, and flat_read() with the TSP's version. */
#include "tsphost/flatten.h"

#include <string.h>

enum { TOTAL, NEEDED, USED, HEADER_SLOTS };

void flatten_prepare(const ProtobufCMessageDescriptor *d, void *buf, size_t size, uint32_t version)
{
	uint32_t header[HEADER_SLOTS];

	memset(buf, 0, size);
	if (flat_header_slots(d) != HEADER_SLOTS)
		return;
	header[TOTAL] = (uint32_t)size;
	header[NEEDED] = header[USED] = (uint32_t)flat_fixed_size(d, version);
	memcpy(buf, header, sizeof(header));
}

size_t flatten_wants(const ProtobufCMessageDescriptor *d, const void *buf, size_t size)
{
	uint32_t header[HEADER_SLOTS];

	if (flat_header_slots(d) != HEADER_SLOTS)
		return 0;
	memcpy(header, buf, sizeof(header));
	return header[NEEDED] > size ? header[NEEDED] : 0;
}

int flatten_read(const ProtobufCMessageDescriptor *d, const void *buf, size_t size,
		uint32_t version, struct arena *a, ProtobufCMessage **out)
{
	const struct flat_hooks hooks = { .version = version };

	return flat_read(d, buf, size, &hooks, a, out);
}
