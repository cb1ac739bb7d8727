// SPDX-License-Identifier: MIT
/* test_utf8.c - what is UTF-8: the borders of each length, and forms that are not allowed. */
#include "../test_main.h"

#include "wire/utf8.h"

#include <string.h>

static const struct {
	const char *text;
	bool valid;
} texts[] = {
	{ "", true },
	{ "plain", true },
	{ "\x7f", true },
	{ "\xc2\x80", true },
	{ "\xdf\xbf", true },
	{ "\xe0\xa0\x80", true },
	{ "\xed\x9f\xbf", true },
	{ "\xee\x80\x80", true },
	{ "\xef\xbf\xbf", true },
	{ "\xf0\x90\x80\x80", true },
	{ "\xf4\x8f\xbf\xbf", true },
	{ "a\x80", false },
	{ "\xc0\x80", false },
	{ "\xc1\xbf", false },
	{ "\xc2", false },
	{ "\xe0\x9f\xbf", false },
	{ "\xe2\x82", false },
	{ "\xed\xa0\x80", false },
	{ "\xf0\x8f\xbf\xbf", false },
	{ "\xf4\x90\x80\x80", false },
	{ "\xf5\x80\x80\x80", false },
	{ "ab\xff", false },
};

START_TEST(only_shortest_forms_of_characters_are_valid)
{
	ck_assert_int_eq(utf8_is_valid(texts[_i].text), texts[_i].valid);
}
END_TEST

static const struct {
	const char *text, *trimmed;
} cuts[] = {
	{ "", "" },
	{ "plain", "plain" },
	{ "a\xc3\xa4", "a\xc3\xa4" },
	{ "a\xc3", "a" },
	{ "a\xe2\x82", "a" },
	{ "a\xe2\x82\xac", "a\xe2\x82\xac" },
	{ "a\xf0\x9f\x98", "a" },
	{ "\xf0", "" },
	{ "a\xf0\x9f\x98\x80", "a\xf0\x9f\x98\x80" },
};

START_TEST(a_character_that_was_cut_goes)
{
	char text[16];

	strcpy(text, cuts[_i].text);
	utf8_trim(text);
	ck_assert_str_eq(text, cuts[_i].trimmed);
}
END_TEST

static Suite *utf8_suite(void)
{
	Suite *s = suite_create("utf8");
	TCase *t = tcase_create("utf8");

	tcase_add_loop_test(t, only_shortest_forms_of_characters_are_valid, 0,
			sizeof(texts) / sizeof(texts[0]));
	tcase_add_loop_test(t, a_character_that_was_cut_goes, 0, sizeof(cuts) / sizeof(cuts[0]));
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(utf8_suite())
