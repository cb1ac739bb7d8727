// SPDX-License-Identifier: MIT
/* card.c - tapictl card: list, show, add, set, remove calling cards. */
#include "record.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool read_hidden(const char *word, DWORD *out)
{
	*out = strcmp(word, "yes") == 0 ? LINECARDOPTION_HIDDEN : 0;
	if (*out || strcmp(word, "no") == 0)
		return true;
	fprintf(stderr, "tapictl: hidden is yes or no, not '%s'\n", word);
	return false;
}

static const char *write_hidden(DWORD value)
{
	return value & LINECARDOPTION_HIDDEN ? "yes" : "no";
}

static const struct record_key keys[] = {
	{ RECORD_NUMBER(tapix_card, permanent_card_id), .is_fixed = true },
	{ RECORD_TEXT(tapix_card, name) },
	{ .key = "hidden",
			.field = "options",
			.offset = offsetof(struct tapix_card, options),
			.read = read_hidden,
			.write = write_hidden },
	{ RECORD_NUMBER(tapix_card, number_digits), .is_fixed = true },
	{ RECORD_TEXT(tapix_card, number), .is_secret = true },
	{ RECORD_TEXT(tapix_card, pin), .is_secret = true },
	{ RECORD_TEXT(tapix_card, local_access) },
	{ RECORD_TEXT(tapix_card, long_distance_access) },
	{ RECORD_TEXT(tapix_card, international_access) },
	{ RECORD_TEXT(tapix_card, same_area_rule) },
	{ RECORD_TEXT(tapix_card, long_distance_rule) },
	{ RECORD_TEXT(tapix_card, international_rule) },
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

struct tapix_card *get_cards(DWORD *count, enum exit_code *code)
{
	DWORD room = 16;

	for (;;) {
		struct tapix_card *all = calloc(room, sizeof(*all));
		LONG error = LINEERR_NOMEM;

		*count = room;
		if (all)
			error = tapixGetCards(0, all, sizeof(*all), count);
		*code = EXIT_DONE;
		if (!error)
			return all;
		free(all);
		if (error != LINEERR_STRUCTURETOOSMALL) {
			*code = complain("the cards", error);
			return NULL;
		}
		room = *count + 4;
	}
}

enum exit_code card_by_word(const char *word, struct tapix_card *out)
{
	enum exit_code code;
	DWORD count;
	struct tapix_card *all = get_cards(&count, &code);
	bool by_id = isdigit((unsigned char)*word);

	if (!all)
		return code;
	code = EXIT_NOT_FOUND;
	for (DWORD i = 0; i < count && code; i++) {
		if (by_id ? all[i].permanent_card_id != strtoul(word, NULL, 10)
			  : strcasecmp(all[i].name, word) != 0)
			continue;
		*out = all[i];
		code = EXIT_DONE;
	}
	free(all);
	if (code)
		fprintf(stderr, "tapictl: no card '%s'; `tapictl card list` lists them\n", word);
	return code;
}

static void show(const struct options *o, const struct tapix_card *c)
{
	if (o->json) {
		record_json(keys, KEYS, c);
		printf("\n");
	} else {
		printf("card %u\n", c->permanent_card_id);
		record_show(keys + 1, KEYS - 1, c);
	}
}

enum exit_code command_card_list(const struct options *o)
{
	enum exit_code code;
	DWORD count;
	struct tapix_card *all = get_cards(&count, &code);

	for (DWORD i = 0; all && i < count; i++) {
		if (o->json)
			show(o, &all[i]);
		else
			printf("%4u  %-24s %2u digits  %s\n", all[i].permanent_card_id, all[i].name,
					all[i].number_digits,
					all[i].options & LINECARDOPTION_HIDDEN ? "hidden" : "");
	}
	free(all);
	return code;
}

enum exit_code command_card_show(const struct options *o)
{
	struct tapix_card c;
	enum exit_code code = card_by_word(o->argv[1], &c);

	if (!code)
		show(o, &c);
	return code;
}

static enum exit_code set(const struct options *o, struct tapix_card *c)
{
	enum exit_code code = record_take(o, 2, keys, KEYS, c);
	LONG error;

	if (code)
		return code;
	error = tapixSetCard(0, c, sizeof(*c), &c->permanent_card_id);
	if (error)
		return complain("the card was not set", error);
	if (o->json)
		printf("{\"permanent_card_id\":%u}\n", c->permanent_card_id);
	else
		printf("card %u\n", c->permanent_card_id);
	return EXIT_DONE;
}

enum exit_code command_card_add(const struct options *o)
{
	struct tapix_card c;

	memset(&c, 0, sizeof(c));
	c.permanent_card_id = TAPIX_NEW;
	(void)snprintf(c.name, sizeof(c.name), "%s", o->argv[1]);
	return set(o, &c);
}

enum exit_code command_card_set(const struct options *o)
{
	struct tapix_card c;
	enum exit_code code = card_by_word(o->argv[1], &c);

	return code ? code : set(o, &c);
}

enum exit_code command_card_remove(const struct options *o)
{
	struct tapix_card c;
	enum exit_code code = card_by_word(o->argv[1], &c);
	LONG error;

	if (code)
		return code;
	error = tapixRemoveCard(0, c.permanent_card_id);
	return error ? complain("the card was not removed", error) : EXIT_DONE;
}
