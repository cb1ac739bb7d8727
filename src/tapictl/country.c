// SPDX-License-Identifier: MIT
/* country.c - tapictl country [COUNTRY]: codes and dialling rules. */
#include "record.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NEWEST 0x00030001

LINECOUNTRYLIST *get_countries(DWORD id, LONG *error)
{
	DWORD size = 4096;

	for (;;) {
		LINECOUNTRYLIST *list = calloc(1, size);

		if (!list) {
			*error = LINEERR_NOMEM;
			return NULL;
		}
		list->dwTotalSize = size;
		*error = lineGetCountry(id, NEWEST, list);
		if (!*error && list->dwNeededSize <= size)
			return list;
		size = list->dwNeededSize;
		free(list);
		if (*error)
			return NULL;
	}
}

static const LINECOUNTRYENTRY *entries(const LINECOUNTRYLIST *list)
{
	return (const void *)((const char *)list + list->dwCountryListOffset);
}

static const char *name_of(const LINECOUNTRYLIST *list, const LINECOUNTRYENTRY *e)
{
	return part(list, e->dwCountryNameSize, e->dwCountryNameOffset);
}

/* "49", "Germany", "+49"; a word that names begin with, if only one does. */
static bool fits(const LINECOUNTRYLIST *list, const LINECOUNTRYENTRY *e, const char *word)
{
	if (*word == '+')
		return e->dwCountryCode == strtoul(word + 1, NULL, 10);
	if (isdigit((unsigned char)*word))
		return e->dwCountryID == strtoul(word, NULL, 10);
	return strcasecmp(name_of(list, e), word) == 0;
}

bool country_read(const char *word, DWORD *id)
{
	LONG error;
	LINECOUNTRYLIST *list;
	bool found = !*word || strcmp(word, "0") == 0 || strcasecmp(word, "none") == 0;

	*id = 0;
	if (found)
		return true;
	list = get_countries(0, &error);
	if (!list) {
		(void)complain("the countries", error);
		return false;
	}
	for (DWORD i = 0; i < list->dwNumCountries && !found; i++) {
		found = fits(list, &entries(list)[i], word);
		if (found)
			*id = entries(list)[i].dwCountryID;
	}
	free(list);
	if (!found)
		fprintf(stderr, "tapictl: no country '%s'; `tapictl country` lists them\n", word);
	return found;
}

const char *country_word(DWORD id)
{
	static char text[96];
	LONG error;
	LINECOUNTRYLIST *list = id ? get_countries(id, &error) : NULL;

	if (!list)
		return "none";
	(void)snprintf(text, sizeof(text), "%s (+%u)", name_of(list, entries(list)),
			entries(list)->dwCountryCode);
	free(list);
	return text;
}

static void show(const LINECOUNTRYLIST *list, const LINECOUNTRYENTRY *e)
{
	printf("%6u  +%-4u %-44s %-6s %-6s %s\n", e->dwCountryID, e->dwCountryCode,
			name_of(list, e),
			part(list, e->dwSameAreaRuleSize, e->dwSameAreaRuleOffset),
			part(list, e->dwLongDistanceRuleSize, e->dwLongDistanceRuleOffset),
			part(list, e->dwInternationalRuleSize, e->dwInternationalRuleOffset));
}

static void show_json(const LINECOUNTRYLIST *list, const LINECOUNTRYENTRY *e)
{
	printf("{\"country_id\":%u,\"country_code\":%u,\"country_name\":", e->dwCountryID,
			e->dwCountryCode);
	print_json_text(name_of(list, e));
	printf(",\"same_area_rule\":");
	print_json_text(part(list, e->dwSameAreaRuleSize, e->dwSameAreaRuleOffset));
	printf(",\"long_distance_rule\":");
	print_json_text(part(list, e->dwLongDistanceRuleSize, e->dwLongDistanceRuleOffset));
	printf(",\"international_rule\":");
	print_json_text(part(list, e->dwInternationalRuleSize, e->dwInternationalRuleOffset));
	printf("}\n");
}

enum exit_code command_country(const struct options *o)
{
	LONG error;
	LINECOUNTRYLIST *list = get_countries(0, &error);
	bool found = false;

	if (!list)
		return complain("the countries", error);
	for (DWORD i = 0; i < list->dwNumCountries; i++) {
		const LINECOUNTRYENTRY *e = &entries(list)[i];

		if (o->argc > 1 && !fits(list, e, o->argv[1]))
			continue;
		found = true;
		if (o->json)
			show_json(list, e);
		else
			show(list, e);
	}
	free(list);
	if (!found)
		fprintf(stderr, "tapictl: no country '%s'\n", o->argv[1]);
	return found ? EXIT_DONE : EXIT_NOT_FOUND;
}
