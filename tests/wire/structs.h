// SPDX-License-Identifier: MIT
/* structs.h - the structures of tapi.h and the messages that carry them, as a table. */
#ifndef TESTS_WIRE_STRUCTS_H
#define TESTS_WIRE_STRUCTS_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

struct structure {
	const ProtobufCMessageDescriptor *d; /* NULL: does not travel as a message */
	const char *name;
	size_t size;
};

extern const struct structure structures[];
extern const size_t structure_count;

/* All messages of the schema. */
extern const ProtobufCMessageDescriptor *const messages[];
extern const size_t message_count;

/* NULL if tapi.h has no such structure. */
const struct structure *structure_find(const char *name);

#endif
