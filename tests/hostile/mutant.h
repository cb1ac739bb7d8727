// SPDX-License-Identifier: MIT
/* mutant.h - messages of the schema, made and spoilt by walking their descriptors: what a peer may
 * send that means harm, or is wrong in one field. The same chance makes the same. */
#ifndef TESTS_HOSTILE_MUTANT_H
#define TESTS_HOSTILE_MUTANT_H

#include "chance.h"
#include "wire/arena.h"

#include <stdint.h>

/* What is there, so that it can be named. Fields of objects are made of these; a spoilt one may
 * also be another's or nobody's. */
struct mutant_facts {
	const uint64_t *calls, *other_calls;
	unsigned call_count, other_call_count;
	const uint32_t *devices; /* lines and phones */
	unsigned device_count;
	const char *const *texts; /* addresses, names of applications */
	unsigned text_count;
};

struct mutant {
	struct chance *chance;
	const struct mutant_facts *facts;
	struct arena *arena; /* of what is made here; when it is full, fields are left out */
};

/* One that makes sense, field by field; NULL: the arena is full. */
ProtobufCMessage *mutant_make(const struct mutant *m, const ProtobufCMessageDescriptor *d);
/* Some field, here or further inside, becomes wrong. */
void mutant_spoil(const struct mutant *m, ProtobufCMessage *msg);
/* Packs it; 0: it does not fit, or is empty. */
size_t mutant_pack(const ProtobufCMessage *msg, uint8_t *out, size_t room);
/* What no packer writes: cut, twice, of another type, too long. The new size, at most room. */
size_t mutant_spoil_bytes(struct chance *c, uint8_t *bytes, size_t size, size_t room);

#endif
