// SPDX-License-Identifier: MIT
/* test_numbers.c - address translation by its table, and the table of countries. */
#include "table.h"

#include "base/mem.h"
#include "tapisrvd/country.h"
#include "../test_main.h"

#include <stdio.h>
#include <string.h>

#define NEWEST 0x00030001u

static size_t row_count;

static const char *text_of(const struct buf *b)
{
	static char texts[2][8 * TABLE_TEXT];
	static int next;
	char *to = texts[next++ % 2];

	ck_assert_uint_lt(b->size, sizeof(texts[0]));
	if (b->size)
		memcpy(to, buf_head(b), b->size);
	to[b->size] = '\0';
	return to;
}

START_TEST(each_row_of_the_table_is_translated)
{
	const struct table_row *row = table_row((size_t)_i);
	struct translation t = { .failed = false };
	LONG error = LINEERR_INVALCARD;
	struct place place;

	if (table_place(row, &place))
		error = translate(&place, row->number, row->options, NEWEST, &t);

	ck_assert_msg(error == row->error, "table.tsv:%d (%s): error %#x, not %#x", row->line,
			row->rule, (unsigned)error, (unsigned)row->error);
	if (error) {
		ck_assert_msg(row->error == LINEERR_INVALCARD || *t.why, "table.tsv:%d: no reason",
				row->line);
	} else {
		ck_assert_msg(strcmp(text_of(&t.dialable), row->dialable) == 0,
				"table.tsv:%d (%s): dialable '%s', not '%s'", row->line, row->rule,
				text_of(&t.dialable), row->dialable);
		ck_assert_msg(strcmp(text_of(&t.displayable), row->displayable) == 0,
				"table.tsv:%d (%s): displayable '%s', not '%s'", row->line,
				row->rule, text_of(&t.displayable), row->displayable);
		ck_assert_msg(t.results == row->results, "table.tsv:%d (%s): results %#x, not %#x",
				row->line, row->rule, t.results, row->results);
		ck_assert_msg(t.dest_country == row->country,
				"table.tsv:%d (%s): country %u, not %u", row->line, row->rule,
				t.dest_country, row->country);
		ck_assert_uint_eq(t.current_country, place.country ? place.country->code : 0);
		ck_assert_uint_gt(t.steps.size, 0);
	}
	translation_fini(&t);
}
END_TEST

START_TEST(the_table_is_large_and_each_row_names_its_rule)
{
	ck_assert_uint_ge(row_count, 200);
	for (size_t i = 0; i < row_count; i++)
		ck_assert_msg(*table_row(i)->rule, "table.tsv:%d", table_row(i)->line);
}
END_TEST

/* Card digits are in no explanation and no displayable string. */
START_TEST(secrets_are_dialled_and_never_told)
{
	struct tapix_location here = { .country_id = 49, .area_code = "30" };
	struct tapix_card card = { .name = "Card",
		.number = "9753197531",
		.pin = "86420",
		.same_area_rule = "KHG",
		.long_distance_rule = "H,KFG",
		.international_rule = "HEFGK" };
	const char *numbers[] = { "+49 (30) 1", "+49 (89) 1", "+1 (425) 1" };
	struct place place = { .location = &here, .country = country_find(49), .card = &card };

	for (size_t i = 0; i < 3; i++) {
		struct translation t;

		ck_assert_int_eq(translate(&place, numbers[i], 0, NEWEST, &t), 0);
		ck_assert_ptr_nonnull(strstr(text_of(&t.dialable), card.number));
		ck_assert_ptr_nonnull(strstr(text_of(&t.dialable), card.pin));
		ck_assert_ptr_null(strstr(text_of(&t.displayable), card.number));
		ck_assert_ptr_null(strstr(text_of(&t.displayable), card.pin));
		ck_assert_ptr_null(strstr(text_of(&t.steps), card.number));
		ck_assert_ptr_null(strstr(text_of(&t.steps), card.pin));
		translation_fini(&t);
	}
}
END_TEST

START_TEST(voice_detection_is_told_from_2_0_on)
{
	struct tapix_location here = { .country_id = 0 };
	struct place place = { .location = &here };
	struct translation t;

	ck_assert_int_eq(translate(&place, "1:2", 0, 0x00020000, &t), 0);
	ck_assert_uint_eq(t.results, LINETRANSLATERESULT_VOICEDETECT);
	translation_fini(&t);
	ck_assert_int_eq(translate(&place, "1:2", 0, 0x00010004, &t), 0);
	ck_assert_uint_eq(t.results, 0);
	translation_fini(&t);
}
END_TEST

START_TEST(steps_are_told_in_the_order_they_are_applied)
{
	static const char *const steps[] = { "canonical: ", "same-area: ", "toll-list: ", "tone: ",
		"cancel-call-waiting: ", "access-code: ", "card: ", "characters: $" };
	struct tapix_location here = { .country_id = 1,
		.area_code = "425",
		.local_access = "9",
		.cancel_call_waiting = "*70" };
	struct tapix_card card = { .name = "Card", .number = "1", .same_area_rule = "G$H" };
	struct place place = { .location = &here, .country = country_find(1), .card = &card };
	struct translation t;
	const char *at;

	ck_assert_int_eq(translate(&place, "+1 (425) 5", LINETRANSLATEOPTION_CANCELCALLWAITING,
					 NEWEST, &t),
			0);

	at = text_of(&t.steps);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		ck_assert_msg(strncmp(at, steps[i], strlen(steps[i])) == 0, "'%s' is not at '%s'",
				steps[i], at);
		at = strchr(at, '\n') + 1;
	}
	ck_assert_str_eq(at, "");
	translation_fini(&t);
}
END_TEST

START_TEST(long_numbers_are_dialled_whole)
{
	enum { LENGTH = 65536 };
	static char number[LENGTH + 1];
	struct tapix_location here = { .country_id = 49, .area_code = "30" };
	struct place place = { .location = &here, .country = country_find(49) };
	struct translation t;

	memset(number, '5', LENGTH);
	memcpy(number, "+49 (30) ", 9);

	ck_assert_int_eq(translate(&place, number, 0, NEWEST, &t), 0);
	ck_assert_uint_eq(t.dialable.size, LENGTH - 9 + 1);
	translation_fini(&t);
}
END_TEST

START_TEST(countries_have_rules_and_ids_of_their_own)
{
	ck_assert_uint_gt(country_count, 240);
	ck_assert_uint_eq(countries[0].id, 1);
	for (size_t i = 0; i < country_count; i++) {
		const struct country *c = &countries[i];

		ck_assert_ptr_eq(country_find(c->id), c);
		ck_assert_uint_gt(c->code, 0);
		ck_assert_uint_lt(c->code, 1000);
		ck_assert_msg(rule_is_valid(c->same_area) && rule_is_valid(c->long_distance) &&
						rule_is_valid(c->international),
				"%s", c->name);
		if (!*c->international)
			continue; /* a service */
		ck_assert_msg(strstr(c->international, "EFG") && strchr(c->same_area, 'G') &&
						strstr(c->long_distance, "FG"),
				"%s", c->name);
	}
	ck_assert_ptr_null(country_find(0));
	ck_assert_ptr_null(country_find(2));
}
END_TEST

/* E.164: no code is the beginning of another one, so a number says its own. */
START_TEST(country_codes_are_prefix_free)
{
	for (size_t i = 0; i < country_count; i++) {
		char digits[16];

		(void)snprintf(digits, sizeof(digits), "%u000", countries[i].code);
		ck_assert_msg(country_code_of(digits) == countries[i].code, "%s",
				countries[i].name);
	}
	ck_assert_uint_eq(country_code_of("210"), 0);
	ck_assert_uint_eq(country_code_of("0"), 0);
	ck_assert_uint_eq(country_code_of(""), 0);
	ck_assert_uint_eq(country_code_of("+1"), 0);
}
END_TEST

START_TEST(a_country_is_found_by_words)
{
	ck_assert_uint_eq(country_by_word("de")->id, 49);
	ck_assert_uint_eq(country_by_word("germany")->id, 49);
	ck_assert_uint_eq(country_by_word("107")->code, 1);
	ck_assert_ptr_null(country_by_word(""));
	ck_assert_ptr_null(country_by_word("4x"));
	ck_assert_ptr_null(country_by_word("Atlantis"));
	ck_assert_ptr_null(country_by_word("4294967297"));
}
END_TEST

START_TEST(lists_of_prefixes_are_read_strictly)
{
	static const char *const good[] = { "", "1", "425", "425,555", "1,2,3" };
	static const char *const bad[] = { ",", "1,", ",1", "1,,2", "1 2", "1;2", "a", "1,b" };

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ck_assert_msg(list_is_valid(good[i]), "'%s'", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!list_is_valid(bad[i]), "'%s'", bad[i]);
}
END_TEST

/* Without memory there is no wrong number, but none. */
static LONG translate_once(void *arg)
{
	struct tapix_location here = { .country_id = 1, .area_code = "425" };
	struct place place = { .location = &here, .country = country_find(1) };
	struct translation t;
	LONG error = translate(&place, "+1 (206) 5551212", 0, NEWEST, &t);

	(void)arg;
	if (!error)
		ck_assert_str_eq(text_of(&t.dialable), "T12065551212");
	translation_fini(&t);
	return error;
}

START_TEST(each_allocation_may_fail)
{
	for (unsigned long n = 1;; n++) {
		LONG error;

		mem_fail_at(n);
		error = translate_once(NULL);
		mem_fail_at(0);
		if (!error)
			break;
		ck_assert_int_eq(error, LINEERR_NOMEM);
		ck_assert_uint_lt(n, 100);
	}
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("numbers");
	TCase *t = tcase_create("table");

	row_count = table_load("tests/numbers");
	tcase_add_loop_test(t, each_row_of_the_table_is_translated, 0, (int)row_count);
	tcase_add_test(t, the_table_is_large_and_each_row_names_its_rule);
	suite_add_tcase(s, t);
	t = tcase_create("rules");
	tcase_add_test(t, secrets_are_dialled_and_never_told);
	tcase_add_test(t, voice_detection_is_told_from_2_0_on);
	tcase_add_test(t, steps_are_told_in_the_order_they_are_applied);
	tcase_add_test(t, long_numbers_are_dialled_whole);
	tcase_add_test(t, lists_of_prefixes_are_read_strictly);
	suite_add_tcase(s, t);
	t = tcase_create("countries");
	tcase_add_test(t, countries_have_rules_and_ids_of_their_own);
	tcase_add_test(t, country_codes_are_prefix_free);
	tcase_add_test(t, a_country_is_found_by_words);
	suite_add_tcase(s, t);
	t = tcase_create("oom");
	tcase_add_test(t, each_allocation_may_fail);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
