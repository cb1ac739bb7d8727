// SPDX-License-Identifier: MIT
/* test_names.c - the constants' names against the table of facts, and the groups that fields name.
 */
#include "../test_main.h"
#include "structs.h"

#include "wire/names.h"

#include <tapi.h>

#include <string.h>

static const struct fact {
	const char *name;
	uint32_t value;
	const char *group;
} facts[] = {
#include "wiretest/constants.inc"
};

enum { FACTS = sizeof(facts) / sizeof(facts[0]) };

START_TEST(every_constant_of_the_facts_has_its_value)
{
	for (size_t i = 0; i < FACTS; i++) {
		uint32_t value = ~facts[i].value;

		ck_assert_msg(names_value(facts[i].name, &value), "%s", facts[i].name);
		ck_assert_uint_eq(value, facts[i].value);
	}
}
END_TEST

START_TEST(every_value_of_the_facts_has_a_name_of_its_value)
{
	for (size_t i = 0; i < FACTS; i++) {
		const char *name = names_constant(facts[i].group, facts[i].value);
		uint32_t value = ~facts[i].value;

		ck_assert_msg(name != NULL, "%s", facts[i].name);
		ck_assert_int_eq(strncmp(name, facts[i].group, strlen(facts[i].group)), 0);
		ck_assert(names_value(name, &value) && value == facts[i].value);
	}
}
END_TEST

START_TEST(values_and_groups_that_are_none_have_no_name)
{
	uint32_t value;

	ck_assert_ptr_null(names_constant("LINECALLSTATE_", 3));
	ck_assert_ptr_null(names_constant("LINECALLSTAT", 1));
	ck_assert_ptr_null(names_constant("", 1));
	ck_assert_ptr_null(names_constant("ZZZ_", 1));
	ck_assert(!names_value("LINECALLSTATE_", &value));
	ck_assert(!names_is_bits("ZZZ_"));
}
END_TEST

START_TEST(groups_of_single_bits_are_known)
{
	ck_assert(names_is_bits("LINECALLSTATE_"));
	ck_assert(names_is_bits("LINEMEDIAMODE_"));
	ck_assert(!names_is_bits("STRINGFORMAT_"));
	ck_assert(!names_is_bits("PHONEBUTTONFUNCTION_"));
	ck_assert(!names_is_bits("LINEERR_"));
}
END_TEST

START_TEST(bits_are_joined_and_the_rest_is_hex)
{
	static const struct {
		uint32_t bits;
		const char *want;
	} cases[] = {
		{ 0, "0" },
		{ LINECALLSTATE_IDLE, "LINECALLSTATE_IDLE" },
		{ LINECALLSTATE_IDLE | LINECALLSTATE_BUSY,
				"LINECALLSTATE_IDLE|LINECALLSTATE_BUSY" },
		{ LINECALLSTATE_IDLE | 0xc0000000U, "LINECALLSTATE_IDLE|0xc0000000" },
		{ 0x80000000U, "0x80000000" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char buf[128], small[8];
		size_t n = strlen(cases[i].want);

		ck_assert_uint_eq(names_bits("LINECALLSTATE_", cases[i].bits, buf, sizeof(buf)), n);
		ck_assert_str_eq(buf, cases[i].want);
		ck_assert_uint_eq(names_bits("LINECALLSTATE_", cases[i].bits, small, sizeof(small)),
				n);
		ck_assert_int_eq(strncmp(small, cases[i].want, sizeof(small) - 1), 0);
		ck_assert_uint_lt(strlen(small), sizeof(small));
		ck_assert_uint_eq(names_bits("LINECALLSTATE_", cases[i].bits, NULL, 0), n);
	}
}
END_TEST

START_TEST(every_group_that_a_field_names_exists)
{
	unsigned found = 0;

	for (size_t i = 0; i < message_count; i++)
		for (unsigned f = 0; f < messages[i]->n_fields; f++) {
			const char *name = messages[i]->fields[f].name;
			const char *group = names_group(messages[i]->name, name);
			bool known = false;

			found += group != NULL;
			for (size_t k = 0; group && k < FACTS && !known; k++)
				known = !strcmp(facts[k].group, group);
			ck_assert_msg(!group || known, "%s.%s: %s", messages[i]->name, name, group);
		}

	ck_assert_uint_gt(found, 200);
	ck_assert_ptr_null(names_group("LineCallStatus", "no_such_field"));
	ck_assert_ptr_null(names_group("NoSuchMessage", "call_state"));
}
END_TEST

START_TEST(the_mask_of_a_group_is_all_of_its_bits)
{
	ck_assert_uint_eq(names_mask("LINECALLPRIVILEGE_"), 7);
	ck_assert_uint_eq(names_mask("LINEPARKMODE_"), 3);
	ck_assert_uint_eq(names_mask("NOTHING_"), 0);
}
END_TEST

START_TEST(the_mode_of_a_call_state_has_its_own_group)
{
	ck_assert_str_eq(names_mode_group(LINECALLSTATE_BUSY), "LINEBUSYMODE_");
	ck_assert_str_eq(names_mode_group(LINECALLSTATE_DISCONNECTED), "LINEDISCONNECTMODE_");
	ck_assert_ptr_null(names_mode_group(LINECALLSTATE_IDLE));
}
END_TEST

static Suite *names_suite(void)
{
	Suite *s = suite_create("names");
	TCase *t = tcase_create("names");

	tcase_add_test(t, every_constant_of_the_facts_has_its_value);
	tcase_add_test(t, every_value_of_the_facts_has_a_name_of_its_value);
	tcase_add_test(t, values_and_groups_that_are_none_have_no_name);
	tcase_add_test(t, groups_of_single_bits_are_known);
	tcase_add_test(t, bits_are_joined_and_the_rest_is_hex);
	tcase_add_test(t, every_group_that_a_field_names_exists);
	tcase_add_test(t, the_mask_of_a_group_is_all_of_its_bits);
	tcase_add_test(t, the_mode_of_a_call_state_has_its_own_group);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(names_suite())
