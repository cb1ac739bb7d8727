// SPDX-License-Identifier: MIT
/* card.c - tapictl card: list, show, add, set, remove calling cards. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

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

static LONG get(void *all, size_t size, DWORD *count)
{
	return tapixGetCards(0, all, size, count);
}

static LONG put(const void *one, size_t size, DWORD *id)
{
	return tapixSetCard(0, one, size, id);
}

static LONG take_out(DWORD id)
{
	return tapixRemoveCard(0, id);
}

const struct record_noun record_card = {
	.name = "card",
	.plural = "the cards",
	.size = sizeof(struct tapix_card),
	.keys = keys,
	.count = KEYS,
	.get = get,
	.set = put,
	.remove = take_out,
};

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
	struct tapix_card *all = record_all(&record_card, &count, &code);

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
	enum exit_code code = record_find(&record_card, o->argv[1], &c);

	if (!code)
		show(o, &c);
	return code;
}

enum exit_code command_card_add(const struct options *o)
{
	struct tapix_card c;

	return record_add(&record_card, o, &c);
}

enum exit_code command_card_set(const struct options *o)
{
	struct tapix_card c;

	return record_set(&record_card, o, &c);
}

enum exit_code command_card_remove(const struct options *o)
{
	struct tapix_card c;

	return record_remove(&record_card, o, &c);
}
