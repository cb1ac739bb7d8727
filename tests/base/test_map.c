// SPDX-License-Identifier: MIT
/* test_map.c - the map against an array that does the same slowly. */
#include "../oom.h"
#include "../test_main.h"

#include "base/map.h"
#include "base/random.h"

#include <errno.h>
#include <string.h>

enum { KEYS = 512 };

static struct map map;
static void *reference[KEYS];
static char things[KEYS]; /* what the values point to */

static void start(void)
{
	memset(&map, 0, sizeof(map));
	memset(reference, 0, sizeof(reference));
	random_seed(6);
}

static void stop(void)
{
	map_fini(&map);
	random_seed(0);
}

/* Keys as the project has them: small ids and (provider << 32 | counter). */
static uint64_t key_of(size_t i)
{
	return i % 2 ? i : (uint64_t)(i + 1) << 32 | 1;
}

static void compare(void)
{
	size_t count = 0, seen = 0, cursor = 0;
	char *value;

	for (size_t i = 0; i < KEYS; i++) {
		ck_assert_ptr_eq(map_find(&map, key_of(i)), reference[i]);
		count += reference[i] != NULL;
	}
	while ((value = map_next(&map, &cursor))) {
		ck_assert_ptr_eq(reference[value - things], value);
		seen++;
	}
	ck_assert_uint_eq(seen, count);
	ck_assert_uint_eq(map.count, count);
}

START_TEST(does_what_an_array_does)
{
	for (int step = 0; step < 20000; step++) {
		size_t i = (size_t)(random_u64() % KEYS);

		if (random_u64() % 2) {
			reference[i] = &things[i];
			ck_assert_int_eq(map_set(&map, key_of(i), &things[i]), 0);
		} else {
			ck_assert_ptr_eq(map_remove(&map, key_of(i)), reference[i]);
			reference[i] = NULL;
		}
		if (step % 500 == 0)
			compare();
	}
	compare();
}
END_TEST

START_TEST(empty_map_answers_null)
{
	size_t cursor = 0;

	ck_assert_ptr_null(map_find(&map, 0));
	ck_assert_ptr_null(map_remove(&map, 0));
	ck_assert_ptr_null(map_next(&map, &cursor));
	map_fini(&map);
	map_fini(&map);
}
END_TEST

START_TEST(later_value_replaces_the_earlier)
{
	ck_assert_int_eq(map_set(&map, 0, &things[1]), 0);
	ck_assert_int_eq(map_set(&map, 0, &things[2]), 0);

	ck_assert_ptr_eq(map_find(&map, 0), &things[2]);
	ck_assert_uint_eq(map.count, 1);
}
END_TEST

START_TEST(value_may_be_removed_while_walking)
{
	size_t cursor = 0, seen = 0;
	char *value;

	for (size_t i = 0; i < KEYS; i++)
		ck_assert_int_eq(map_set(&map, key_of(i), &things[i]), 0);
	while ((value = map_next(&map, &cursor))) {
		size_t i = (size_t)(value - things);

		ck_assert_ptr_eq(map_remove(&map, key_of(i)), value);
		seen++;
	}

	ck_assert_uint_eq(seen, KEYS);
	ck_assert_uint_eq(map.count, 0);
	compare();
}
END_TEST

/* A session's life: ids that are never used again must not fill the table with what is gone. */
START_TEST(endless_new_keys_stay_in_small_memory)
{
	for (uint64_t key = 0; key < 100000; key++) {
		ck_assert_int_eq(map_set(&map, key, &things[0]), 0);
		ck_assert_ptr_eq(map_remove(&map, key), &things[0]);
	}

	ck_assert_uint_le(map.capacity, 16);
}
END_TEST

START_TEST(want_of_memory_changes_nothing)
{
	for (struct oom o = OOM_START; oom_next(&o);) {
		size_t held = 0;

		for (size_t i = 0; i < 100; i++) {
			int err = map_set(&map, key_of(i), &things[i]);

			ck_assert(err == 0 || err == -ENOMEM);
			reference[i] = err ? NULL : &things[i];
			held += !err;
		}
		ck_assert_uint_eq(held, oom_failed(&o) ? 99 : 100);
		compare();
		stop();
		start();
	}
}
END_TEST

static Suite *map_suite(void)
{
	Suite *s = suite_create("map");
	TCase *t = tcase_create("map"), *oom = tcase_create("oom");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, does_what_an_array_does);
	tcase_add_test(t, empty_map_answers_null);
	tcase_add_test(t, later_value_replaces_the_earlier);
	tcase_add_test(t, value_may_be_removed_while_walking);
	tcase_add_test(t, endless_new_keys_stay_in_small_memory);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(oom, start, stop);
	tcase_add_test(oom, want_of_memory_changes_nothing);
	suite_add_tcase(s, oom);
	return s;
}

TEST_MAIN(map_suite())
