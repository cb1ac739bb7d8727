// SPDX-License-Identifier: MIT
/* test_configure.c - keys that change while the exchange runs, those that cannot, and how it
 * describes them; words in place of a dialog. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stdio.h>
#include <string.h>

static LONG give(const char *key, const char *value)
{
	ck_assert_int_eq(TSPI_providerConfigure("clock", "virtual"), 0);
	if (key)
		ck_assert_int_eq(TSPI_providerConfigure(key, value), 0);
	return TSPI_providerConfigured();
}

START_TEST(times_change_while_it_runs)
{
	world_start(NULL);
	ck_assert_int_eq(give("no_answer_ms", "1234"), 0);
	ck_assert_uint_eq(exchange.config.no_answer_ms, 1234);
	ck_assert_int_eq(give(NULL, NULL), 0); /* each set is whole */
	ck_assert_uint_eq(exchange.config.no_answer_ms, 60000);
	world_stop();
}
END_TEST

static const struct {
	const char *key, *value;
} fixed[] = { { "extensions", "1-9" }, { "names", "Alice" }, { "seed", "7" } };

START_TEST(what_it_is_made_of_waits_for_the_next_start)
{
	world_start(NULL);
	ck_assert_int_eq(give(fixed[_i].key, fixed[_i].value), LINEERR_OPERATIONUNAVAIL);
	ck_assert_uint_eq(exchange.config.count, exchange.count);
	ck_assert_int_eq(give("no_answer_ms", "1234"), 0); /* a new set begins */
	world_stop();
}
END_TEST

START_TEST(a_refused_key_ends_its_set)
{
	world_start(NULL);
	ck_assert_int_eq(TSPI_providerConfigure("no_answer_ms", "1234"), 0);
	ck_assert_int_eq(TSPI_providerConfigure("no_answer_ms", "7"), LINEERR_INVALPARAM);
	ck_assert_int_eq(give(NULL, NULL), 0);
	ck_assert_uint_eq(exchange.config.no_answer_ms, 60000);
	world_stop();
}
END_TEST

static const struct {
	const char *key, *value;
} misfits[] = { { "route_to", "999" }, { "groups", "sales: 101; support: 102,999" } };

START_TEST(what_does_not_go_with_the_lines_is_refused)
{
	world_start(NULL);
	ck_assert_int_eq(give(misfits[_i].key, misfits[_i].value), LINEERR_INVALPARAM);
	ck_assert_int_eq(give("route_to", "102"), 0);
	ck_assert_str_eq(exchange.config.route_to, "102");
	world_stop();
}
END_TEST

START_TEST(a_number_is_refused_with_its_range)
{
	struct config c;
	const char *why = "";

	ck_assert_int_eq(config_init(&c), 0);
	ck_assert_int_lt(config_set(&c, "media_ms", "2001", &why), 0);
	ck_assert_str_eq(why, "it is a number of 1 to 2000");
	config_fini(&c);
}
END_TEST

struct described {
	unsigned count;
	bool has_extensions;
};

/* Each is a key that is taken, with what it says is normal. */
static void CALLBACK on_key(DWORD_PTR context, const TSPI_KEY *key)
{
	struct described *d = (struct described *)context;
	struct config c;
	const char *why = "";

	d->count++;
	d->has_extensions = d->has_extensions || strcmp(key->key, "extensions") == 0;
	ck_assert_ptr_nonnull(key->help);
	ck_assert_int_eq(config_init(&c), 0);
	if (key->normal)
		ck_assert_int_eq(config_set(&c, key->key, key->normal, &why), 0);
	if (key->type == TSPIKEY_NUMBER) {
		char text[16];

		(void)snprintf(text, sizeof(text), "%u", key->max);
		ck_assert_int_eq(config_set(&c, key->key, text, &why), 0);
		(void)snprintf(text, sizeof(text), "%u", key->max + 1);
		ck_assert_int_lt(config_set(&c, key->key, text, &why), 0);
	}
	config_fini(&c);
}

START_TEST(descriptions_are_true)
{
	struct described d = { 0, false };

	ck_assert_int_eq(TSPI_providerDescribeKeys(on_key, (DWORD_PTR)&d), 0);
	ck_assert_uint_ge(d.count, 15);
	ck_assert(d.has_extensions);
	ck_assert_int_eq(TSPI_providerDescribeKeys(NULL, 0), LINEERR_INVALPOINTER);
}
END_TEST

START_TEST(words_are_answered_in_their_block)
{
	char block[256] = "keys", small[8] = "calls";

	world_start(NULL);
	ck_assert_int_eq(TSPI_providerGenericDialogData(1, 3, block, sizeof(block)), 0);
	ck_assert_ptr_nonnull(strstr(block, "clock = virtual"));
	ck_assert_int_eq(TSPI_providerGenericDialogData(1, 3, small, sizeof(small)), 0);
	ck_assert_uint_eq(strlen(small), 7); /* what fits */
	memcpy(block, "what", 5);
	ck_assert_int_eq(TSPI_providerGenericDialogData(1, 3, block, sizeof(block)),
			LINEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_providerGenericDialogData(1, 3, NULL, 0), LINEERR_INVALPARAM);
	memcpy(block, "help", 4); /* no NUL within the size */
	ck_assert_int_eq(TSPI_providerGenericDialogData(1, 3, block, 4), LINEERR_INVALPARAM);
	world_stop();
}
END_TEST

TCase *configure_case(void)
{
	TCase *t = tcase_create("configure");

	tcase_add_test(t, times_change_while_it_runs);
	tcase_add_loop_test(t, what_it_is_made_of_waits_for_the_next_start, 0,
			(int)(sizeof(fixed) / sizeof(fixed[0])));
	tcase_add_test(t, a_refused_key_ends_its_set);
	tcase_add_loop_test(t, what_does_not_go_with_the_lines_is_refused, 0, 2);
	tcase_add_test(t, a_number_is_refused_with_its_range);
	tcase_add_test(t, descriptions_are_true);
	tcase_add_test(t, words_are_answered_in_their_block);
	return t;
}
