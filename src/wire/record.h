// SPDX-License-Identifier: MIT
/* record.h - structs of our own public headers (DWORDs and char arrays) as messages and back; a
 * member is a row. Fields that are 0 or empty do not travel. */
#ifndef WIRE_RECORD_H
#define WIRE_RECORD_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

struct record_member {
	const char *field; /* of the message; its type says whether it is text */
	size_t offset, size;
};

struct record {
	const struct record_member *members;
	size_t count, size;
};

extern const struct record record_location, record_area_rule, record_card, record_request;

/* The texts of the message are those of the struct: it must live as long. */
void record_to_message(const struct record *r, const void *from, ProtobufCMessage *to);
/* NULL, or the name of the field whose text is too long. */
const char *record_from_message(const struct record *r, const ProtobufCMessage *from, void *to);

#endif
