// SPDX-License-Identifier: MIT
/* translate_request.c - the functions of TAPI about dialling: translation, its capabilities, the
 * current location. */
#include "translate_request.h"

#include "client.h"
#include "core.h"
#include "country.h"
#include "dialling.h"
#include "failure.h"
#include "line.h"
#include "session.h"
#include "translate.h"
#include "wire/utf8.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { CODE_TEXT = 12, ADDRESS_MAX = 4096 };

LONG request_check_version(struct request *r, uint32_t version, uint32_t lowest)
{
	if (version >= lowest && version <= CORE_API_HIGH)
		return 0;
	return request_fail(r, LINEERR_INCOMPATIBLEAPIVERSION, "version",
			"dwAPIVersion is %#x; the versions for this are %#x to %#x", version,
			lowest, CORE_API_HIGH);
}

struct dialling *request_dialling(struct request *r, LONG *error)
{
	struct dialling *d = dialling_of(r->core, r->session->uid);

	*error = d ? 0 : LINEERR_NOMEM;
	return d;
}

bool text_is_plain(const char *text)
{
	for (const char *c = text; *c; c++)
		if (iscntrl((unsigned char)*c))
			return false;
	return utf8_is_valid(text);
}

/* --- translation --- */

struct wish {
	const char *address;
	uint32_t api_version, location, card, options;
};

static LONG find_place(struct request *r, const struct wish *w, struct place *out)
{
	LONG error;
	const struct dialling *d = request_dialling(r, &error);
	const struct location *l;
	uint32_t card;

	if (!d)
		return error;
	l = w->location == TAPIX_CURRENT_LOCATION ? location_current(d)
						  : location_find(d, w->location);
	if (!l)
		return request_fail(r, LINEERR_INVALLOCATION, "location",
				"there is no location with the id %u", w->location);
	card = l->v.preferred_card_id;
	if (w->options & LINETRANSLATEOPTION_CARDOVERRIDE) {
		card = w->card;
		if (!card_find(d, card))
			return request_fail(r, LINEERR_INVALCARD, "card",
					"there is no card with the id %u", card);
	}
	location_place(d, l, card, out);
	out->takes_no_numbers = r->line->address_types &&
				!(r->line->address_types & LINEADDRESSTYPE_PHONENUMBER);
	return 0;
}

static char *text_of(struct request *r, const struct buf *b)
{
	char *text = arena_alloc(&r->core->arena, b->size + 1);

	if (text && b->size)
		memcpy(text, buf_head(b), b->size);
	return text;
}

static LONG run(struct request *r, const struct wish *w, LineTranslateOutput *out, VarString *steps)
{
	struct translation t = { .failed = false };
	struct place place;
	LONG code = request_check_version(r, w->api_version, 0x00010003);

	if (!code && !w->address)
		code = request_fail(r, LINEERR_INVALPOINTER, "address", "there is no address");
	if (!code && strlen(w->address) > ADDRESS_MAX)
		code = request_fail(r, LINEERR_INVALADDRESS, "address",
				"the address has more than %d bytes", ADDRESS_MAX);
	if (!code)
		code = find_place(r, w, &place);
	if (code)
		return code;
	code = translate(&place, w->address, w->options, w->api_version, &t);
	if (code && *t.why)
		code = request_fail(r, code, "translation", "%s", t.why);
	out->dialable_string = text_of(r, &t.dialable);
	out->displayable_string = text_of(r, &t.displayable);
	if (!code && (!out->dialable_string || !out->displayable_string))
		code = LINEERR_NOMEM;
	SET(out, current_country, t.current_country);
	SET(out, dest_country, t.dest_country);
	SET(out, translate_results, t.results);
	if (steps) {
		char *text = text_of(r, &t.steps);

		if (!code && !text)
			code = LINEERR_NOMEM;
		SET(steps, string_format, STRINGFORMAT_ASCII);
		SET_BYTES(steps, string, (uint8_t *)text, text ? t.steps.size + 1 : 0);
	}
	translation_fini(&t);
	return code;
}

LONG handle_translate_address(struct request *r)
{
	const LineTranslateAddress *m = (const void *)r->msg;
	LineTranslateAddressReply reply = LINE_TRANSLATE_ADDRESS_REPLY__INIT;
	LineTranslateOutput out = LINE_TRANSLATE_OUTPUT__INIT;
	const struct wish w = { m->address_in, m->api_version, TAPIX_CURRENT_LOCATION, m->card,
		m->translate_options };
	LONG code = run(r, &w, &out, NULL);

	reply.translate_output = &out;
	return code ? code : request_return(r, &reply.base);
}

LONG handle_explain_address(struct request *r)
{
	const TapixTranslateAddress *m = (const void *)r->msg;
	TapixTranslateAddressReply reply = TAPIX_TRANSLATE_ADDRESS_REPLY__INIT;
	LineTranslateOutput out = LINE_TRANSLATE_OUTPUT__INIT;
	VarString steps = VAR_STRING__INIT;
	const struct wish w = { m->address_in, m->api_version, m->location, m->card,
		m->translate_options };
	LONG code = run(r, &w, &out, &steps);

	reply.translate_output = &out;
	reply.steps = &steps;
	return code ? code : request_return(r, &reply.base);
}

/* --- capabilities --- */

static void fill_location(LineLocationEntry *to, struct location *from)
{
	const struct country *country = country_find(from->v.country_id);

	line_location_entry__init(to);
	SET(to, permanent_location_id, from->v.permanent_location_id);
	to->location_name = from->v.name;
	SET(to, country_code, country ? country->code : 0);
	to->city_code = from->v.area_code;
	SET(to, preferred_card_id, from->v.preferred_card_id);
	to->local_access_code = from->v.local_access;
	to->long_distance_access_code = from->v.long_distance_access;
	to->toll_prefix_list = from->v.toll_prefixes;
	SET(to, country_id, from->v.country_id);
	SET(to, options, from->v.options);
	to->cancel_call_waiting = from->v.cancel_call_waiting;
}

static void fill_card(LineCardEntry *to, struct card *from)
{
	line_card_entry__init(to);
	SET(to, permanent_card_id, from->v.permanent_card_id);
	to->card_name = from->v.name;
	SET(to, card_number_digits, from->v.number_digits);
	to->same_area_rule = from->v.same_area_rule;
	to->long_distance_rule = from->v.long_distance_rule;
	to->international_rule = from->v.international_rule;
	SET(to, options, from->v.options);
}

static bool list_locations(struct request *r, const struct dialling *d, LineTranslateCaps *caps)
{
	LineLocationEntry *entries = arena_alloc(&r->core->arena, LOCATIONS_MAX * sizeof(*entries));

	caps->location_list =
			arena_alloc(&r->core->arena, LOCATIONS_MAX * sizeof(*caps->location_list));
	if (!entries || !caps->location_list)
		return false;
	list_for(l, &d->locations) {
		LineLocationEntry *entry = &entries[caps->n_location_list];

		fill_location(entry, list_entry(l, struct location, link));
		caps->location_list[caps->n_location_list++] = entry;
	}
	SET(caps, num_locations, (uint32_t)caps->n_location_list);
	return true;
}

/* TAPI: without those that the user hides. */
static bool list_cards(struct request *r, const struct dialling *d, LineTranslateCaps *caps)
{
	LineCardEntry *entries = arena_alloc(&r->core->arena, CARDS_MAX * sizeof(*entries));

	caps->card_list = arena_alloc(&r->core->arena, CARDS_MAX * sizeof(*caps->card_list));
	if (!entries || !caps->card_list)
		return false;
	list_for(l, &d->cards) {
		struct card *card = list_entry(l, struct card, link);
		LineCardEntry *entry = &entries[caps->n_card_list];

		if (card->v.options & LINECARDOPTION_HIDDEN)
			continue;
		fill_card(entry, card);
		caps->card_list[caps->n_card_list++] = entry;
	}
	SET(caps, num_cards, (uint32_t)caps->n_card_list);
	return true;
}

LONG handle_get_translate_caps(struct request *r)
{
	const LineGetTranslateCaps *m = (const void *)r->msg;
	LineGetTranslateCapsReply reply = LINE_GET_TRANSLATE_CAPS_REPLY__INIT;
	LineTranslateCaps caps = LINE_TRANSLATE_CAPS__INIT;
	LONG code = request_check_version(r, m->api_version, 0x00010003);
	const struct dialling *d;

	if (code)
		return code;
	d = request_dialling(r, &code);
	if (!d)
		return code;
	if (!list_locations(r, d, &caps) || !list_cards(r, d, &caps))
		return LINEERR_NOMEM;
	SET(&caps, current_location_id, d->current);
	SET(&caps, current_preferred_card_id, location_current(d)->v.preferred_card_id);
	reply.translate_caps = &caps;
	return request_return(r, &reply.base);
}

/* --- the current location --- */

LONG handle_set_current_location(struct request *r)
{
	const LineSetCurrentLocation *m = (const void *)r->msg;
	LONG error;
	struct dialling *d = request_dialling(r, &error);

	if (!d)
		return error;
	if (!location_find(d, m->location))
		return request_fail(r, LINEERR_INVALLOCATION, "location",
				"there is no location with the id %u", m->location);
	if (d->current == m->location)
		return request_return(r, NULL);
	d->current = m->location;
	dialling_begin(d);
	dialling_save(d);
	error = dialling_end(r);
	if (error)
		return error;
	dialling_changed(d);
	return request_return(r, NULL);
}

LONG handle_get_location_info(struct request *r)
{
	TapiGetLocationInfoReply reply = TAPI_GET_LOCATION_INFO_REPLY__INIT;
	LONG error;
	const struct dialling *d = request_dialling(r, &error);
	const struct country *country;
	struct location *l;
	char code[CODE_TEXT];

	if (!d)
		return error;
	l = location_current(d);
	country = country_find(l->v.country_id);
	(void)snprintf(code, sizeof(code), "%" PRIu32, country ? country->code : 0);
	if (!country)
		code[0] = '\0';
	reply.country_code = code;
	reply.city_code = l->v.area_code;
	return request_return(r, &reply.base);
}
