// SPDX-License-Identifier: MIT
/* calls.h - proto/calls.def as an enum and an array of rules with both descriptors. */
#ifndef WIRE_CALLS_H
#define WIRE_CALLS_H

#include "tapi.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

enum {
#define CALL(number, request, objects, privilege, role, kind, states, where)                       \
	CALL_##request = (number),
#include "calls.def"
#undef CALL
	CALL_MAX = 400
};

enum rule_objects {
	ON_NOTHING,
	ON_CALL,
	ON_LINE,
	ON_DEVICE,
	ON_SELECT,
	ON_PHONE,
	ON_PHONE_DEVICE,
};
enum rule_privilege { PRIVILEGE_ANYONE, PRIVILEGE_MONITOR, PRIVILEGE_OWNER, PRIVILEGE_NOBODY };
/* What a user may on a device, and what a request needs; the higher may what the lower may. */
enum role {
	ROLE_NONE, /* of a request: nobody has said it, so nobody may */
	ROLE_USER, /* connected, and it is about no device */
	ROLE_MONITOR,
	ROLE_OWN,
	ROLE_ADMIN,
	ROLE_CORE,  /* no client */
	ROLE_ASKED, /* of a request: OWN if it asks to be owner, else MONITOR */
};
enum rule_kind { KIND_SYNC, KIND_ASYNC };

/* Above the LINECALLSTATE_ bits of rule.states. */
#define STATES_JOIN 0x80000000U /* also CONNECTED in LINECONNECTEDMODE_INACTIVE */

struct rule {
	uint16_t number;
	const char *name; /* "LineMakeCall" */
	enum rule_objects objects;
	enum rule_privilege privilege;
	enum role role;
	enum rule_kind kind;
	uint32_t states;   /* LINECALLSTATE_ bits, STATES_JOIN */
	const char *where; /* "FORWARD", "HOST" or the core's handler */
	const ProtobufCMessageDescriptor *request, *reply;
};

/* NULL if no such call. */
const struct rule *rule_find(uint16_t number);
/* A field of a reply that is no argument of the function: the reason beside a success. */
static inline bool rule_is_reason(const ProtobufCFieldDescriptor *f)
{
	return f->descriptor == &failure__descriptor;
}
static inline bool rule_is_phone(const struct rule *r)
{
	return r->objects == ON_PHONE || r->objects == ON_PHONE_DEVICE;
}
/* Of one value of a field, as protobuf-c keeps it. */
size_t rule_value_size(const ProtobufCFieldDescriptor *f);
/* Walk: start with *cursor = 0, NULL ends. */
const struct rule *rule_next(unsigned *cursor);

#endif
