// SPDX-License-Identifier: MIT
/* test_config.c - the keys of the configuration file, good and bad. */
#include "suites.h"

#include "providers/exchange/config.h"

#include <errno.h>
#include <string.h>

static const struct {
	const char *key, *value;
	int result;
	size_t extensions; /* afterwards */
} rows[] = {
	{ "extensions", "101-104", 0, 4 },
	{ "extensions", "101,102,205", 0, 3 },
	{ "extensions", " 101-103 , 7 ", 0, 4 },
	{ "extensions", "0098-0101", 0, 4 },
	{ "extensions", "1000-1999", 0, 1000 },
	{ "extensions", "1000-2000", -EINVAL, 4 },
	{ "extensions", "104-101", -EINVAL, 4 },
	{ "extensions", "99-100", -EINVAL, 4 },
	{ "extensions", "101,101", -EINVAL, 4 },
	{ "extensions", "101-103,102", -EINVAL, 4 },
	{ "extensions", "", -EINVAL, 4 },
	{ "extensions", "101,,102", -EINVAL, 4 },
	{ "extensions", "bob", -EINVAL, 4 },
	{ "extensions", "1234567890123456", -EINVAL, 4 },
	{ "extensions", "0-999999999999999", -EINVAL, 4 },
	{ "trunks", "201-202", 0, 6 },
	{ "queues", "300", 0, 5 },
	{ "route_points", "104", -EINVAL, 4 },
	{ "route_points", "400", 0, 5 },
	{ "trunks", "1000-1996", -EINVAL, 4 }, /* with the extensions more than 1000 */
	{ "orbits", "700,701", 0, 4 },
	{ "orbits", "700,700", -EINVAL, 4 },
	{ "groups", "sales: 101-102; support: 103", 0, 4 },
	{ "groups", "sales 101", -EINVAL, 4 },
	{ "groups", ": 101", -EINVAL, 4 },
	{ "groups", "sales: bob", -EINVAL, 4 },
	{ "route_to", "104", 0, 4 },
	{ "route_to", "104-105", -EINVAL, 4 },
	{ "display", "hello", 0, 4 },
	{ "names", "Alice, Bob", 0, 4 },
	{ "names", "Alice,,Bob", -EINVAL, 4 },
	{ "names", "A name of more than sixty-three bytes, or so it seems to be at least...", 0,
			4 }, /* a comma: two names */
	{ "names", "A name of more than sixty-three bytes or so it seems to be at least...",
			-EINVAL, 4 },
	{ "calls_per_line", "1", 0, 4 },
	{ "calls_per_line", "0", -EINVAL, 4 },
	{ "calls_per_line", "101", -EINVAL, 4 },
	{ "calls_per_line", "-1", -EINVAL, 4 },
	{ "calls_per_line", "2x", -EINVAL, 4 },
	{ "calls_per_line", "99999999999999999999", -EINVAL, 4 },
	{ "no_answer_ms", "30000", 0, 4 },
	{ "media_ms", "2001", -EINVAL, 4 },
	{ "congestion_percent", "101", -EINVAL, 4 },
	{ "uui_size", "0", 0, 4 },
	{ "clock", "virtual", 0, 4 },
	{ "clock", "atomic", -EINVAL, 4 },
	{ "seed", "18446744073709551615", 0, 4 },
	{ "seed", "18446744073709551616", -EINVAL, 4 },
	{ "seed", "", -EINVAL, 4 },
	{ "log", "info", 0, 4 },
	{ "log", "loud", -EINVAL, 4 },
	{ "colour", "red", -ENOENT, 4 },
	{ "", "", -ENOENT, 4 },
};

START_TEST(each_key)
{
	struct config c;
	const char *why = NULL;

	ck_assert_int_eq(config_init(&c), 0);

	ck_assert_int_eq(config_set(&c, rows[_i].key, rows[_i].value, &why), rows[_i].result);

	ck_assert_uint_eq(c.count, rows[_i].extensions);
	if (rows[_i].result)
		ck_assert_ptr_nonnull(why);
	config_fini(&c);
}
END_TEST

START_TEST(numbers_keep_their_zeros)
{
	struct config c;
	const char *why;

	ck_assert_int_eq(config_init(&c), 0);
	ck_assert_int_eq(config_set(&c, "extensions", "0098-0101,5", &why), 0);

	ck_assert_str_eq(c.numbers[0], "0098");
	ck_assert_str_eq(c.numbers[3], "0101");
	ck_assert_str_eq(c.numbers[4], "5");
	config_fini(&c);
}
END_TEST

START_TEST(extensions_without_a_name_get_one)
{
	char name[CONFIG_NAME_MAX + 1];
	struct config c;
	const char *why;

	ck_assert_int_eq(config_init(&c), 0);
	ck_assert_int_eq(config_set(&c, "names", "Alice, Bob Smith", &why), 0);

	config_name(&c, 1, name);
	ck_assert_str_eq(name, "Bob Smith");
	config_name(&c, 2, name);
	ck_assert_str_eq(name, "Extension 103");
	config_fini(&c);
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

TCase *config_case(void)
{
	TCase *tc = tcase_create("config");

	tcase_add_loop_test(tc, each_key, 0, COUNT(rows));
	tcase_add_test(tc, numbers_keep_their_zeros);
	tcase_add_test(tc, extensions_without_a_name_get_one);
	return tc;
}
