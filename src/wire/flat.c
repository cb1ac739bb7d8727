// SPDX-License-Identifier: MIT
/* flat.c - how long the fixed parts are: from the tags, and for older API versions from the marks
 * in tapi.h. flat_write.c and flat_read.c walk. */
#include "wire/flat.h"

#include "wire/flat_layout.h"

#include "call_descriptors.h" /* DESC_LineCallInfo: made from tapi.pb-c.h at build time */
#include "tapi.pb-c.h"

#include <tapi.h>

#include <stddef.h>

/* The first member that an API version added to a structure. */
static const struct grown {
	const ProtobufCMessageDescriptor *d;
	uint32_t since;
	size_t before; /* bytes of the fixed part in older versions */
} grown[] = {
#include "flat_versions.inc" /* made from the "since API version" marks of tapi.h */
};

enum flat_kind flat_kind(const ProtobufCFieldDescriptor *f)
{
	if (f->label == PROTOBUF_C_LABEL_REPEATED)
		return FLAT_PART;
	switch (f->type) {
	case PROTOBUF_C_TYPE_STRING:
	case PROTOBUF_C_TYPE_BYTES:
		return FLAT_PART;
	case PROTOBUF_C_TYPE_MESSAGE:
		return FLAT_INLINE;
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_DOUBLE:
		return FLAT_WIDE;
	default:
		return FLAT_NUMBER;
	}
}

unsigned flat_slots(const ProtobufCMessageDescriptor *d)
{
	const ProtobufCFieldDescriptor *last = &d->fields[d->n_fields - 1];

	if (flat_is_forward_list(d))
		return last->id - 1;
	switch (flat_kind(last)) {
	case FLAT_NUMBER:
		return last->id;
	case FLAT_INLINE:
		return last->id - 1 + flat_slots(flat_sub(last));
	case FLAT_WIDE:
	case FLAT_PART:
		break;
	}
	return last->id + 1;
}

size_t flat_fixed_size(const ProtobufCMessageDescriptor *d, uint32_t version)
{
	size_t size = (size_t)flat_slots(d) * SLOT;

	if (!version)
		return size;
	for (size_t i = 0; i < sizeof(grown) / sizeof(grown[0]); i++)
		if (grown[i].d == d && version < grown[i].since && grown[i].before < size)
			size = grown[i].before;
	return size;
}

unsigned flat_header_slots(const ProtobufCMessageDescriptor *d)
{
	return d->fields[0].id - 1;
}

bool flat_is_forward_list(const ProtobufCMessageDescriptor *d)
{
	return d == &DESC_LineForwardList;
}
