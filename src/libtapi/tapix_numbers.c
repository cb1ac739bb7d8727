// SPDX-License-Identifier: MIT
/* tapix_numbers.c - locations, area code rules and cards. */
#include "libtapi/asking.h"
#include "libtapi/call.h"

#include "wire/record.h"

#include <string.h>

enum { RULES_MAX = 4096 };

/* What the program's struct has no room for is 0. */
static void take(const struct record *r, const void *from, size_t size, void *to)
{
	memset(to, 0, r->size);
	memcpy(to, from, size < r->size ? size : r->size);
}

/* Each text must end inside of its array. */
static LONG check_texts(const struct record *r, const ProtobufCMessage *m, const void *v)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct record_member *member = &r->members[i];
		const ProtobufCFieldDescriptor *f =
				protobuf_c_message_descriptor_get_field_by_name(m->descriptor,
						member->field);

		if (f->type == PROTOBUF_C_TYPE_STRING &&
				!memchr((const char *)v + member->offset, '\0', member->size))
			return fail(LINEERR_INVALPARAM, "text", "%s has no NUL", member->field);
	}
	return 0;
}

static LONG fill(const struct record *r, const void *v, ProtobufCMessage *m)
{
	LONG result = check_texts(r, m, v);

	if (!result)
		record_to_message(r, v, m);
	return result;
}

LONG tapixGetLocations(HLINEAPP hLineApp, struct tapix_location *locations, size_t element_size,
		DWORD *count, DWORD *current)
{
	TapixGetLocations request = TAPIX_GET_LOCATIONS__INIT;
	const TapixGetLocationsReply *reply;
	struct asking q;
	LONG result;

	if (!count || (*count && !locations))
		return asking_null();
	result = asking_begin(&q, hLineApp);
	if (result)
		return result;
	result = asking_run(&q, CALL_TapixGetLocations, &request.base);
	reply = (const TapixGetLocationsReply *)q.reply;
	if (!result && current)
		*current = reply->current;
	if (!result)
		result = asking_give(&record_location, (ProtobufCMessage **)reply->locations,
				reply->n_locations, locations, element_size, count);
	asking_end(&q);
	return result;
}

LONG tapixSetLocation(HLINEAPP hLineApp, const struct tapix_location *location, size_t size,
		DWORD *id)
{
	TapixSetLocation request = TAPIX_SET_LOCATION__INIT;
	DialLocation message = DIAL_LOCATION__INIT;
	struct tapix_location v;
	struct asking q;
	LONG result;

	if (!location)
		return asking_null();
	take(&record_location, location, size, &v);
	result = fill(&record_location, &v, &message.base);
	request.location = &message;
	if (!result)
		result = asking_begin(&q, hLineApp);
	if (result)
		return result;
	result = asking_run(&q, CALL_TapixSetLocation, &request.base);
	if (!result && id)
		*id = ((const TapixSetLocationReply *)q.reply)->id;
	asking_end(&q);
	return result;
}

static LONG by_id(HLINEAPP handle, unsigned kind, const ProtobufCMessage *request)
{
	struct asking q;
	LONG result = asking_begin(&q, handle);

	if (result)
		return result;
	result = asking_run(&q, kind, request);
	asking_end(&q);
	return result;
}

LONG tapixRemoveLocation(HLINEAPP hLineApp, DWORD location)
{
	TapixRemoveLocation request = TAPIX_REMOVE_LOCATION__INIT;

	request.has_location = true;
	request.location = location;
	return by_id(hLineApp, CALL_TapixRemoveLocation, &request.base);
}

LONG tapixGetAreaRules(HLINEAPP hLineApp, DWORD location, struct tapix_area_rule *rules,
		size_t element_size, DWORD *count)
{
	TapixGetAreaRules request = TAPIX_GET_AREA_RULES__INIT;

	request.has_location = true;
	request.location = location;
	return asking_list(hLineApp, CALL_TapixGetAreaRules, &request.base, &record_area_rule,
			rules, element_size, count);
}

static LONG fill_rules(struct asking *q, const struct tapix_area_rule *rules, size_t size,
		DWORD count, TapixSetAreaRules *request)
{
	struct tapix_area_rule *v = arena_alloc(&q->arena, count * sizeof(*v) + 1);
	DialAreaRule *messages = arena_alloc(&q->arena, count * sizeof(*messages) + 1);
	LONG result = 0;

	request->rules = arena_alloc(&q->arena, count * sizeof(*request->rules) + 1);
	if (!v || !messages || !request->rules)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for a request");
	for (DWORD i = 0; i < count && !result; i++) {
		take(&record_area_rule, (const char *)rules + i * size, size, &v[i]);
		dial_area_rule__init(&messages[i]);
		result = fill(&record_area_rule, &v[i], &messages[i].base);
		request->rules[i] = &messages[i];
	}
	request->n_rules = count;
	return result;
}

LONG tapixSetAreaRules(HLINEAPP hLineApp, DWORD location, const struct tapix_area_rule *rules,
		size_t element_size, DWORD count)
{
	TapixSetAreaRules request = TAPIX_SET_AREA_RULES__INIT;
	struct asking q;
	LONG result;

	if (count && !rules)
		return asking_null();
	if (count > RULES_MAX)
		return fail(LINEERR_RESOURCEUNAVAIL, "too many", "there are %u rules", count);
	result = asking_begin(&q, hLineApp);
	if (result)
		return result;
	request.has_location = true;
	request.location = location;
	result = fill_rules(&q, rules, element_size, count, &request);
	if (!result)
		result = asking_run(&q, CALL_TapixSetAreaRules, &request.base);
	asking_end(&q);
	return result;
}

LONG tapixGetCards(HLINEAPP hLineApp, struct tapix_card *cards, size_t element_size, DWORD *count)
{
	TapixGetCards request = TAPIX_GET_CARDS__INIT;

	return asking_list(hLineApp, CALL_TapixGetCards, &request.base, &record_card, cards,
			element_size, count);
}

LONG tapixSetCard(HLINEAPP hLineApp, const struct tapix_card *card, size_t size, DWORD *id)
{
	TapixSetCard request = TAPIX_SET_CARD__INIT;
	DialCard message = DIAL_CARD__INIT;
	struct tapix_card v;
	struct asking q;
	LONG result;

	if (!card)
		return asking_null();
	take(&record_card, card, size, &v);
	result = fill(&record_card, &v, &message.base);
	request.card = &message;
	if (!result)
		result = asking_begin(&q, hLineApp);
	if (result)
		return result;
	result = asking_run(&q, CALL_TapixSetCard, &request.base);
	if (!result && id)
		*id = ((const TapixSetCardReply *)q.reply)->id;
	asking_end(&q);
	return result;
}

LONG tapixRemoveCard(HLINEAPP hLineApp, DWORD card)
{
	TapixRemoveCard request = TAPIX_REMOVE_CARD__INIT;

	request.has_card = true;
	request.card = card;
	return by_id(hLineApp, CALL_TapixRemoveCard, &request.base);
}

LONG tapixTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
		LPCSTR lpszAddressIn, DWORD dwLocation, DWORD dwCard, DWORD dwTranslateOptions,
		LPLINETRANSLATEOUTPUT lpTranslateOutput, LPVARSTRING lpSteps)
{
	if (!lpszAddressIn)
		return asking_null();
	return CALL(TapixTranslateAddress, APP(hLineApp), dwDeviceID, dwAPIVersion, lpszAddressIn,
			dwLocation, dwCard, dwTranslateOptions, lpTranslateOutput, lpSteps);
}
