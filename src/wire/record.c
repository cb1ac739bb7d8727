// SPDX-License-Identifier: MIT
/* record.c - see record.h. */
#include "wire/record.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <tapix_assist.h>
#include <tapix_numbers.h>

#define MEMBER(type, name)                                                                         \
	{                                                                                          \
#name, offsetof(struct type, name), sizeof(((struct type *)0)->name)               \
	}
#define RECORD(noun, type)                                                                         \
	const struct record record_##noun = { noun##_members,                                      \
		sizeof(noun##_members) / sizeof(noun##_members[0]), sizeof(struct type) }

static const struct record_member location_members[] = {
	MEMBER(tapix_location, permanent_location_id),
	MEMBER(tapix_location, country_id),
	MEMBER(tapix_location, country_code),
	MEMBER(tapix_location, preferred_card_id),
	MEMBER(tapix_location, options),
	MEMBER(tapix_location, name),
	MEMBER(tapix_location, area_code),
	MEMBER(tapix_location, local_access),
	MEMBER(tapix_location, long_distance_access),
	MEMBER(tapix_location, international_access),
	MEMBER(tapix_location, long_distance_carrier),
	MEMBER(tapix_location, international_carrier),
	MEMBER(tapix_location, cancel_call_waiting),
	MEMBER(tapix_location, toll_prefixes),
};
RECORD(location, tapix_location);

static const struct record_member area_rule_members[] = {
	MEMBER(tapix_area_rule, area_code),
	MEMBER(tapix_area_rule, prefixes),
	MEMBER(tapix_area_rule, dial),
	MEMBER(tapix_area_rule, include_area_code),
};
RECORD(area_rule, tapix_area_rule);

static const struct record_member card_members[] = {
	MEMBER(tapix_card, permanent_card_id),
	MEMBER(tapix_card, options),
	MEMBER(tapix_card, number_digits),
	MEMBER(tapix_card, name),
	MEMBER(tapix_card, number),
	MEMBER(tapix_card, pin),
	MEMBER(tapix_card, local_access),
	MEMBER(tapix_card, long_distance_access),
	MEMBER(tapix_card, international_access),
	MEMBER(tapix_card, same_area_rule),
	MEMBER(tapix_card, long_distance_rule),
	MEMBER(tapix_card, international_rule),
};
RECORD(card, tapix_card);

static const struct record_member request_members[] = {
	MEMBER(tapix_request, id),
	MEMBER(tapix_request, at),
	MEMBER(tapix_request, dest_address),
	MEMBER(tapix_request, app_name),
	MEMBER(tapix_request, called_party),
	MEMBER(tapix_request, comment),
};
RECORD(request, tapix_request);

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessage *m,
		const struct record_member *member)
{
	const ProtobufCFieldDescriptor *f =
			protobuf_c_message_descriptor_get_field_by_name(m->descriptor,
					member->field);

	assert(f && f->label == PROTOBUF_C_LABEL_OPTIONAL);
	return f;
}

void record_to_message(const struct record *r, const void *from, ProtobufCMessage *to)
{
	for (size_t i = 0; i < r->count; i++) {
		const ProtobufCFieldDescriptor *f = field_of(to, &r->members[i]);
		const char *member = (const char *)from + r->members[i].offset;
		char *at = (char *)to + f->offset;

		if (f->type == PROTOBUF_C_TYPE_STRING) {
			if (*member)
				memcpy(at, &member, sizeof(member));
		} else {
			uint32_t number;
			protobuf_c_boolean present;

			memcpy(&number, member, sizeof(number));
			present = number != 0;
			memcpy(at, &number, sizeof(number));
			memcpy((char *)to + f->quantifier_offset, &present, sizeof(present));
		}
	}
}

const char *record_from_message(const struct record *r, const ProtobufCMessage *from, void *to)
{
	memset(to, 0, r->size);
	for (size_t i = 0; i < r->count; i++) {
		const struct record_member *m = &r->members[i];
		const ProtobufCFieldDescriptor *f = field_of(from, m);
		const char *at = (const char *)from + f->offset;
		const char *text;

		if (f->type != PROTOBUF_C_TYPE_STRING) {
			memcpy((char *)to + m->offset, at, sizeof(uint32_t));
			continue;
		}
		memcpy(&text, at, sizeof(text));
		if (text && strlen(text) >= m->size)
			return m->field;
		if (text)
			memcpy((char *)to + m->offset, text, strlen(text));
	}
	return NULL;
}
