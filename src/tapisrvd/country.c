// SPDX-License-Identifier: MIT
/* country.c - the table of countries and lineGetCountry. */
#include "country.h"

#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "translate_request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NORTH_AMERICA = 1, CODE_DIGITS = 3 };

#define COUNTRY(id, code, iso, name, same_area, long_distance, international)                      \
	{ id, code, iso, name, same_area, long_distance, international },
const struct country countries[] = {
#include "country.def"
};
#undef COUNTRY
const size_t country_count = sizeof(countries) / sizeof(countries[0]);

const struct country *country_find(uint32_t id)
{
	for (size_t i = 0; i < country_count; i++)
		if (countries[i].id == id)
			return &countries[i];
	return NULL;
}

const struct country *country_by_word(const char *word)
{
	char *end;
	unsigned long id = strtoul(word, &end, 10);

	if (*word >= '0' && *word <= '9' && !*end)
		return id <= UINT32_MAX ? country_find((uint32_t)id) : NULL;
	for (size_t i = 0; i < country_count; i++)
		if (*word && (strcasecmp(countries[i].iso, word) == 0 ||
					     strcasecmp(countries[i].name, word) == 0))
			return &countries[i];
	return NULL;
}

static bool is_code(uint32_t code)
{
	for (size_t i = 0; i < country_count; i++)
		if (countries[i].code == code)
			return true;
	return false;
}

uint32_t country_code_of(const char *digits)
{
	uint32_t code = 0;

	for (int i = 0; i < CODE_DIGITS && digits[i] >= '0' && digits[i] <= '9'; i++) {
		code = code * 10 + (uint32_t)(digits[i] - '0');
		if (is_code(code))
			return code;
	}
	return 0;
}

bool country_has_toll(const struct country *c)
{
	return c && c->code == NORTH_AMERICA;
}

static char *text(const char *constant)
{
	return (char *)(uintptr_t)constant; /* protobuf-c knows no const */
}

static void fill(LineCountryEntry *to, const struct country *from)
{
	const struct country *next = from + 1;

	line_country_entry__init(to);
	SET(to, country_id, from->id);
	SET(to, country_code, from->code);
	SET(to, next_country_id, next < countries + country_count ? next->id : 0);
	to->country_name = text(from->name);
	to->same_area_rule = text(from->same_area);
	to->long_distance_rule = text(from->long_distance);
	to->international_rule = text(from->international);
}

LONG handle_get_country(struct request *r)
{
	const LineGetCountry *m = (const void *)r->msg;
	LineGetCountryReply reply = LINE_GET_COUNTRY_REPLY__INIT;
	LineCountryList list = LINE_COUNTRY_LIST__INIT;
	const struct country *first = m->country_id ? country_find(m->country_id) : countries;
	size_t count = m->country_id ? 1 : country_count;
	LineCountryEntry *entries;
	LONG code = request_check_version(r, m->api_version, 0x00010004);

	if (code)
		return code;
	if (!first)
		return request_fail(r, LINEERR_INVALCOUNTRYCODE, "country",
				"there is no country with the id %u (ids are not country codes)",
				m->country_id);
	entries = arena_alloc(&r->core->arena, count * sizeof(*entries));
	list.country_list = arena_alloc(&r->core->arena, count * sizeof(*list.country_list));
	if (!entries || !list.country_list)
		return LINEERR_NOMEM;
	for (size_t i = 0; i < count; i++) {
		fill(&entries[i], &first[i]);
		list.country_list[i] = &entries[i];
	}
	list.n_country_list = count;
	SET(&list, num_countries, (uint32_t)count);
	reply.line_country_list = &list;
	return request_return(r, &reply.base);
}
