// SPDX-License-Identifier: MIT
/* message.h - messages by their descriptors, where lines and phones have twins that differ in their
 * names only: LineGetDevCaps and PhoneGetDevCaps, TspiLineOpen and TspiPhoneOpen. */
#ifndef TAPISRVD_MESSAGE_H
#define TAPISRVD_MESSAGE_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* The number in this field; 0: it is not there, or m is NULL. */
uint32_t message_number(const ProtobufCMessage *m, const char *field);
/* The text likewise; NULL: it is not there. */
const char *message_text(const ProtobufCMessage *m, const char *field);
/* What it has as this submessage, or NULL. */
ProtobufCMessage *message_part(const ProtobufCMessage *m, const char *field);
/* A request about a device: its fixed32 field, then its numbers in their order. NULL: no memory. */
ProtobufCMessage *message_about(struct arena *arena, const ProtobufCMessageDescriptor *d,
		uint32_t device, const uint32_t *numbers, size_t count);
/* A reply with one structure, packed: what is packed already and what is added to it; a field that
 * both have is the added one's, as protobuf merges. false: no memory. */
bool message_merge(struct arena *arena, const ProtobufCMessageDescriptor *reply,
		const ProtobufCBinaryData *packed, const ProtobufCMessage *added,
		ProtobufCBinaryData *out);

#endif
