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
#define CALL(no, req, obj, priv, auth, sync, st, wh)                                               \
	{ .number = (no),                                                                          \
		.name = #req,                                                                      \
		.objects = obj,                                                                    \
		.privilege = PRIVILEGE_##priv,                                                     \
		.authorised = AUTHORISED_##auth,                                                   \
		.kind = KIND_##sync,                                                               \
		.states = (st),                                                                    \
		.where = #wh,                                                                      \
		.request = &DESC_##req,                                                            \
		.reply = &DESC_##req##Reply },
#include "calls.def"
#undef CALL
};

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
