// SPDX-License-Identifier: MIT
/* fuzz_translate.c - any bytes as an address, dialled from several places with any rule of a card:
 * what comes out is no longer than what can have gone in, and tells no secret. */
#include "lines.h"
#include "tapisrvd/country.h"
#include "tapisrvd/translate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RULE = 63, SECRET = 12 };

/* Of what no rule and no number can have, so that it is not put together from them. */
static const char secret[] = "\1\2\1\2\1\2\1\2\1\2\1\2";

static bool contains(const struct buf *b, const char *what, size_t size)
{
	for (size_t i = 0; i + size <= b->size; i++)
		if (memcmp(buf_head(b) + i, what, size) == 0)
			return true;
	return false;
}

static void try(const struct tapix_location *from, const struct tapix_card *card, const char *text,
		uint32_t options)
{
	const struct tapix_area_rule rules[] = {
		{ .area_code = "425", .prefixes = "55,556", .dial = "1", .include_area_code = 1 }
	};
	struct place place = { .location = from,
		.rules = rules,
		.rule_count = 1,
		.country = country_find(from->country_id),
		.card = card };
	struct translation t;
	LONG error = translate(&place, text, options, 0x00030001, &t);

	assert(!error || *t.why || t.failed);
	if (*text == '+') {
		assert(!contains(&t.displayable, secret, SECRET));
		assert(!contains(&t.steps, secret, SECRET));
	}
	assert(t.dialable.size <= 64 * (strlen(text) + 64));
	translation_fini(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct tapix_location places[] = { { .country_id = 0 },
		{ .country_id = 1, .area_code = "425", .toll_prefixes = "555,88" },
		{ .country_id = 49, .area_code = "30", .long_distance_access = "0W" },
		{ .country_id = 55, .area_code = "11", .long_distance_carrier = "15" } };
	struct tapix_card card = { .permanent_card_id = 1, .name = "Card" };
	size_t rule = size < RULE ? size : RULE;
	char *text = lines_text(data, size);

	memcpy(card.number, secret, SECRET);
	memcpy(card.long_distance_rule, text, rule);
	if (!rule_is_valid(card.long_distance_rule))
		strcpy(card.long_distance_rule, "J,HKFG");
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		try(&places[i], NULL, text, size % 16);
		try(&places[i], &card, text, LINETRANSLATEOPTION_FORCELD);
	}
	(void)list_is_valid(text);
	free(text);
	return 0;
}
