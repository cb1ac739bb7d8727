// SPDX-License-Identifier: MIT
/* test_random.c - a seed repeats, no seed does not. */
#include "../test_main.h"

#include "base/random.h"

#include <string.h>

START_TEST(same_seed_same_numbers)
{
	uint64_t first[8];

	random_seed(42);
	for (int i = 0; i < 8; i++)
		first[i] = random_u64();
	random_seed(42);
	for (int i = 0; i < 8; i++)
		ck_assert_uint_eq(random_u64(), first[i]);
	random_seed(43);
	ck_assert_uint_ne(random_u64(), first[0]);
}
END_TEST

START_TEST(without_a_seed_nothing_repeats)
{
	uint64_t seen[64];

	random_seed(1);
	seen[0] = random_u64();
	random_seed(0);
	for (int i = 1; i < 64; i++) {
		seen[i] = random_u64();
		for (int k = 0; k < i; k++)
			ck_assert_uint_ne(seen[k], seen[i]);
	}
}
END_TEST

START_TEST(every_length_is_filled_and_no_more)
{
	for (int seeded = 0; seeded < 2; seeded++) {
		random_seed((uint64_t)seeded);
		for (size_t size = 0; size < 40; size++) {
			unsigned char buf[48], any[48] = { 0 };

			for (int round = 0; round < 20; round++) {
				memset(buf, 0, sizeof(buf));
				random_bytes(buf, size);
				for (size_t i = 0; i < sizeof(buf); i++)
					any[i] |= buf[i];
			}
			for (size_t i = 0; i < sizeof(buf); i++)
				ck_assert_int_eq(any[i] != 0, i < size);
		}
	}
}
END_TEST

static Suite *random_suite(void)
{
	Suite *s = suite_create("random");
	TCase *t = tcase_create("random");

	tcase_add_test(t, same_seed_same_numbers);
	tcase_add_test(t, without_a_seed_nothing_repeats);
	tcase_add_test(t, every_length_is_filled_and_no_more);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(random_suite())
