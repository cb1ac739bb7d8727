// SPDX-License-Identifier: MIT
/* calls.c - the array behind calls.h, expanded from the one list. */
#include "wire/calls.h"

#include "call_descriptors.h" /* DESC_LineMakeCall: made from tapi.pb-c.h at build time */

#include <tapi.h>

#define S(state)  LINECALLSTATE_##state
#define JOIN      STATES_JOIN
#define ANY_STATE 0x7fffffffU
#define NOT_IDLE  (ANY_STATE & ~(uint32_t)S(IDLE))
#define NOT_OVER  (NOT_IDLE & ~(uint32_t)S(DISCONNECTED))
#define HELD      (S(ONHOLD) | S(ONHOLDPENDTRANSFER) | S(ONHOLDPENDCONF))

static const struct rule rules[] = {
#define CALL(no, req, obj, priv, rol, sync, st, wh)                                                \
	{ .number = (no),                                                                          \
		.name = #req,                                                                      \
		.objects = (obj),                                                                  \
		.privilege = PRIVILEGE_##priv,                                                     \
		.role = ROLE_##rol,                                                                \
		.kind = KIND_##sync,                                                               \
		.states = (st),                                                                    \
		.where = #wh,                                                                      \
		.request = &DESC_##req,                                                            \
		.reply = &DESC_##req##Reply },
#include "calls.def"
#undef CALL
};

/* A row whose role does not suit its objects and privilege does not build. */
#define ON_DEVICES(obj)  ((obj) != ON_NOTHING)
#define OF_DEVICES(role) ((role) == ROLE_MONITOR || (role) == ROLE_OWN || (role) == ROLE_ASKED)
#define OF_NOTHING(role) ((role) == ROLE_USER || (role) == ROLE_ADMIN)
#define CALL(no, req, obj, priv, rol, sync, st, wh)                                                \
	_Static_assert(ROLE_##rol == ROLE_CORE || (ON_DEVICES(obj) && OF_DEVICES(ROLE_##rol)) ||   \
					(!ON_DEVICES(obj) && OF_NOTHING(ROLE_##rol)),              \
			#req ": the role does not suit the objects");                              \
	_Static_assert((ROLE_##rol == ROLE_CORE) == (PRIVILEGE_##priv == PRIVILEGE_NOBODY),        \
			#req ": only the core asks what nobody may");                              \
	_Static_assert(PRIVILEGE_##priv != PRIVILEGE_OWNER || ROLE_##rol == ROLE_OWN,              \
			#req ": what an owner does needs the role OWN");
#include "calls.def"
#undef CALL

/* Nor does a request of the schema without a row. */
#define REQUEST(name) _Static_assert(CALL_##name > 0, #name " has no row in calls.def");
#include "call_requests.inc"
#undef REQUEST

enum { COUNT = sizeof(rules) / sizeof(rules[0]) };

/* rules[] is sorted by number (a test checks it), with gaps. */
const struct rule *rule_find(uint16_t number)
{
	unsigned low = 0, high = COUNT;

	while (low < high) {
		unsigned middle = (low + high) / 2;

		if (rules[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < COUNT && rules[low].number == number ? &rules[low] : NULL;
}

const struct rule *rule_next(unsigned *cursor)
{
	return *cursor < COUNT ? &rules[(*cursor)++] : NULL;
}

size_t rule_value_size(const ProtobufCFieldDescriptor *f)
{
	switch (f->type) {
	case PROTOBUF_C_TYPE_STRING:
	case PROTOBUF_C_TYPE_MESSAGE:
		return sizeof(void *);
	case PROTOBUF_C_TYPE_BYTES:
		return sizeof(ProtobufCBinaryData);
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_SINT32:
		return sizeof(uint32_t);
	default:
		return sizeof(uint64_t);
	}
}
