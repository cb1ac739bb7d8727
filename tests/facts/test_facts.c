// SPDX-License-Identifier: MIT
/* test_facts.c - the public headers against the tables of facts beside this file. The rows that
 * it includes are made from both at build time; a difference names itself and both values. */
#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>

#include "tapi.h"
#include "tspi.h"
#include "tapi3const.h"

/* Declared a second time, from the facts: the compiler refuses a prototype that differs. */
#include "facts/declarations.inc"
#include "facts/types.inc"

#define IS_LONG(x) _Generic((x), LONG : 1, default : 0)

struct constant {
	const char *name;
	uint32_t fact, here;
	bool fact_signed, here_signed, defined;
};

static const struct constant constants[] = {
#include "facts/constants.inc"
};

static const struct constant enumerators[] = {
#include "facts/values.inc"
};

struct member {
	const char *name;
	size_t fact_offset, fact_size, offset, size;
};

static const struct member members[] = {
#include "facts/members.inc"
};

struct prototype {
	const char *name, *fact, *here;
};

static const struct prototype prototypes[] = {
#include "facts/rows.inc"
};

struct guid {
	const char *name, *fact;
	GUID here;
	const char *text; /* of a terminal class, instead of a GUID */
};

static const struct guid guids[] = {
#include "facts/guids.inc"
};

static const char *const extras[] = {
#include "facts/extras.inc"
	NULL,
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int compare_constants(const struct constant *rows, size_t count)
{
	int wrong = 0;

	for (size_t i = 0; i < count; i++) {
		const struct constant *c = &rows[i];

		if (c->defined && c->fact == c->here && c->fact_signed == c->here_signed)
			continue;
		wrong++;
		fprintf(stderr, "%s: fact %#x%s, here %#x%s%s\n", c->name, c->fact,
				c->fact_signed ? " (LONG)" : "", c->here,
				c->here_signed ? " (LONG)" : "", c->defined ? "" : ", not defined");
	}
	return wrong;
}

START_TEST(every_constant_has_the_value_and_kind_of_the_facts)
{
	ck_assert_uint_gt(COUNT(constants), 900);
	ck_assert_int_eq(compare_constants(constants, COUNT(constants)), 0);
}
END_TEST

START_TEST(every_enumerator_has_the_value_of_the_facts)
{
	ck_assert_uint_gt(COUNT(enumerators), 590);
	ck_assert_int_eq(compare_constants(enumerators, COUNT(enumerators)), 0);
}
END_TEST

/* The facts are those of 64-bit Windows; a machine with other pointers cannot be compared. */
START_TEST(every_member_has_the_offset_and_size_of_the_facts)
{
	int wrong = 0;

	ck_assert_uint_eq(sizeof(void *), 8);
	ck_assert_uint_gt(COUNT(members), 860);
	for (size_t i = 0; i < COUNT(members); i++) {
		const struct member *m = &members[i];

		if (m->offset == m->fact_offset && m->size == m->fact_size)
			continue;
		wrong++;
		fprintf(stderr, "%s: fact %zu bytes at %zu, here %zu at %zu\n", m->name,
				m->fact_size, m->fact_offset, m->size, m->offset);
	}
	ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(every_prototype_has_the_parameters_of_the_facts_in_their_order)
{
	int wrong = 0;

	ck_assert_uint_eq(COUNT(prototypes), 145 + 117);
	for (size_t i = 0; i < COUNT(prototypes); i++) {
		const struct prototype *p = &prototypes[i];

		if (strcmp(p->fact, p->here) == 0)
			continue;
		wrong++;
		fprintf(stderr, "%s\n  fact %s\n  here %s\n", p->name, p->fact, p->here);
	}
	ck_assert_int_eq(wrong, 0);
}
END_TEST

static void guid_text(const GUID *g, char *out, size_t size)
{
	const uint8_t *b = g->Data4;

	(void)snprintf(out, size, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", g->Data1,
			g->Data2, g->Data3, b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
}

/* "{ABC...}" as the facts write it. */
static void unbraced(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (; *text && n + 1 < size; text++) {
		if (*text != '{' && *text != '}')
			out[n++] = (char)tolower((unsigned char)*text);
	}
	out[n] = '\0';
}

START_TEST(every_guid_has_the_value_of_the_facts)
{
	int wrong = 0;

	ck_assert_uint_gt(COUNT(guids), 138);
	for (size_t i = 0; i < COUNT(guids); i++) {
		const struct guid *g = &guids[i];
		char here[64];

		if (g->text)
			unbraced(g->text, here, sizeof(here));
		else
			guid_text(&g->here, here, sizeof(here));
		if (strcmp(here, g->fact) == 0)
			continue;
		wrong++;
		fprintf(stderr, "%s: fact %s, here %s\n", g->name, g->fact, here);
	}
	ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(equal_guids_compare_equal_and_others_do_not)
{
	static const GUID call = IID_ITBasicCallControl_INIT, same = IID_ITBasicCallControl_INIT;
	static const GUID address = IID_ITAddress_INIT;

	ck_assert(IsEqualGUID(&call, &same));
	ck_assert(!IsEqualGUID(&call, &address));
}
END_TEST

START_TEST(headers_define_nothing_that_facts_and_dialect_do_not_name)
{
	for (size_t i = 0; extras[i]; i++)
		fprintf(stderr, "%s is neither in the facts nor in dialect.tsv\n", extras[i]);
	ck_assert_ptr_null(extras[0]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("facts");
	TCase *tests = tcase_create("headers");
	SRunner *runner;
	int failed;

	tcase_add_test(tests, every_constant_has_the_value_and_kind_of_the_facts);
	tcase_add_test(tests, every_enumerator_has_the_value_of_the_facts);
	tcase_add_test(tests, every_member_has_the_offset_and_size_of_the_facts);
	tcase_add_test(tests, every_prototype_has_the_parameters_of_the_facts_in_their_order);
	tcase_add_test(tests, every_guid_has_the_value_of_the_facts);
	tcase_add_test(tests, equal_guids_compare_equal_and_others_do_not);
	tcase_add_test(tests, headers_define_nothing_that_facts_and_dialect_do_not_name);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
