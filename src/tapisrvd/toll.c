// SPDX-License-Identifier: MIT
/* toll.c - lineSetTollList: prefixes in the current location's area that cost toll. */
#include "country.h"
#include "dialling.h"
#include "dispatch.h"
#include "translate.h"
#include "translate_request.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { TOLL_PREFIX = 3 };

/* The first digits of the subscriber's number. */
static bool toll_prefix(struct piece subscriber, char out[TOLL_PREFIX + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < subscriber.size && n < TOLL_PREFIX; i++)
		if (isdigit((unsigned char)subscriber.text[i]))
			out[n++] = subscriber.text[i];
	out[n] = '\0';
	return n == TOLL_PREFIX;
}

static LONG read_toll_prefix(struct request *r, const struct location *l, const char *text,
		char out[TOLL_PREFIX + 1])
{
	const struct country *country = country_find(l->v.country_id);
	const char *why = "it is not in canonical form";
	struct address a;

	if (!text || address_parse(text, &a, &why) || !a.canonical)
		return request_fail(r, LINEERR_INVALADDRESS, "address", "%s", why);
	if (!country_has_toll(country))
		return request_fail(r, LINEERR_OPERATIONFAILED, "toll list",
				"%s has no toll prefixes",
				country ? country->name : "a location without a country");
	if (a.code != country->code || !piece_is(a.area, l->v.area_code))
		return request_fail(r, LINEERR_INVALADDRESS, "address",
				"the number is not in the area of location %s", l->v.name);
	if (!toll_prefix(a.subscriber, out))
		return request_fail(r, LINEERR_INVALADDRESS, "address",
				"the subscriber's number is too short to have a prefix");
	return 0;
}

/* 0: it is not in it; else its place, counted from 1. */
static size_t find_prefix(const char *list, const char *prefix)
{
	size_t length = strlen(prefix);

	for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',')
		if (strncmp(at, prefix, length) == 0 && (at[length] == ',' || !at[length]))
			return (size_t)(at - list) + 1;
	return 0;
}

static LONG add_prefix(struct request *r, struct location *l, const char *prefix)
{
	char *list = l->v.toll_prefixes;
	size_t used = strlen(list);

	if (used + strlen(prefix) + 2 > sizeof(l->v.toll_prefixes))
		return request_fail(r, LINEERR_RESOURCEUNAVAIL, "toll list",
				"the toll list of location %s is full", l->v.name);
	(void)snprintf(list + used, sizeof(l->v.toll_prefixes) - used, "%s%s", used ? "," : "",
			prefix);
	return 0;
}

static void remove_prefix(struct location *l, size_t place)
{
	char *at = l->v.toll_prefixes + place - 1;
	size_t length = strcspn(at, ",");

	if (at[length])
		length++;
	else if (place > 1)
		at--, length++;
	memmove(at, at + length, strlen(at + length) + 1);
}

LONG handle_set_toll_list(struct request *r)
{
	const LineSetTollList *m = (const void *)r->msg;
	bool add = m->toll_list_option == LINETOLLLISTOPTION_ADD;
	char prefix[TOLL_PREFIX + 1];
	struct location *l;
	size_t place;
	LONG code;
	struct dialling *d = request_dialling(r, &code);

	if (!d)
		return code;
	if (!add && m->toll_list_option != LINETOLLLISTOPTION_REMOVE)
		return request_fail(r, LINEERR_INVALPARAM, "option",
				"dwTollListOption is %#x, not one LINETOLLLISTOPTION_",
				m->toll_list_option);
	l = location_current(d);
	code = read_toll_prefix(r, l, m->address_in, prefix);
	if (code)
		return code;
	place = find_prefix(l->v.toll_prefixes, prefix);
	if (add && !place)
		code = add_prefix(r, l, prefix);
	else if (!add && place)
		remove_prefix(l, place);
	if (code)
		return code;
	if (add != !place)
		return request_return(r, NULL);
	dialling_begin(d);
	location_save(d, l);
	code = dialling_end(r);
	if (code)
		return code;
	dialling_changed(d);
	return request_return(r, NULL);
}
