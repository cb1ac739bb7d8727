// SPDX-License-Identifier: MIT
/* test_mem.c - the door to the heap can say no, exactly once, at the place that was asked for. */
#include "../oom.h"
#include "../sanitized.h"
#include "../test_main.h"

#include <stdint.h>
#include <string.h>

START_TEST(third_allocation_fails_and_the_fourth_does_not)
{
	void *p[4];

	mem_fail_at(3);
	for (int i = 0; i < 4; i++)
		p[i] = mem_alloc(8);

	ck_assert_ptr_nonnull(p[0]);
	ck_assert_ptr_nonnull(p[1]);
	ck_assert_ptr_null(p[2]);
	ck_assert_ptr_nonnull(p[3]);
	for (int i = 0; i < 4; i++)
		mem_free(p[i]);
}
END_TEST

START_TEST(every_kind_of_allocation_can_fail)
{
	char *kept = mem_strdup("kept");

	mem_fail_at(1);
	ck_assert_ptr_null(mem_zalloc(1, 8));
	mem_fail_at(1);
	ck_assert_ptr_null(mem_dup("x", 1));
	mem_fail_at(1);
	ck_assert_ptr_null(mem_strdup("x"));
	mem_fail_at(1);
	ck_assert_ptr_null(mem_realloc(kept, 1000));
	ck_assert_str_eq(kept, "kept");
	mem_free(kept);
}
END_TEST

START_TEST(zero_switches_failing_off)
{
	void *p;

	mem_fail_at(1);
	mem_fail_at(0);
	p = mem_alloc(1);
	ck_assert_ptr_nonnull(p);
	mem_free(p);
}
END_TEST

START_TEST(arrays_are_zeroed_and_do_not_overflow)
{
	int *p = mem_new_array(int, 100);

	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(p[i], 0);
	ck_assert_ptr_null(mem_zalloc(SIZE_MAX / 2, 4));
	mem_free(p);
}
END_TEST

START_TEST(strings_are_copied)
{
	char *a = mem_strdup("text"), *b = mem_strndup("text", 2), *c = mem_dup("\0x", 2);

	ck_assert_str_eq(a, "text");
	ck_assert_str_eq(b, "te");
	ck_assert_int_eq(memcmp(c, "\0x", 2), 0);
	ck_assert_ptr_null(mem_strdup(NULL));
	ck_assert_ptr_null(mem_strndup("x", SIZE_MAX));
	mem_free(a);
	mem_free(b);
	mem_free(c);
	mem_free(NULL);
}
END_TEST

START_TEST(loop_fails_each_allocation_once_and_ends)
{
	unsigned rounds = 0, failures = 0;

	for (struct oom o = OOM_START; oom_next(&o); rounds++) {
		void *p[3] = { mem_alloc(1), mem_alloc(1), mem_alloc(1) };

		for (int i = 0; i < 3; i++) {
			failures += !p[i];
			ck_assert_int_eq(!p[i], rounds == (unsigned)i);
			mem_free(p[i]);
		}
		ck_assert_int_eq(oom_failed(&o), rounds < 3);
	}
	ck_assert_uint_eq(rounds, 4);
	ck_assert_uint_eq(failures, 3);
}
END_TEST

#ifndef SANITIZED /* they end a program that asks for that much */
START_TEST(reserve_is_given_up_when_there_is_nothing_else)
{
	volatile size_t too_much = SIZE_MAX / 4, some = 100000;

	ck_assert(mem_keep_reserve(some));
	ck_assert(!mem_is_short());
	ck_assert_ptr_null(mem_alloc(too_much)); /* it is tried again without the reserve */
	ck_assert(!mem_is_short());              /* and there is one again */

	ck_assert(mem_keep_reserve(0));
	ck_assert_ptr_null(mem_alloc(too_much)); /* the old one is gone */
	ck_assert(!mem_keep_reserve(too_much));
	ck_assert(mem_is_short());

	ck_assert(mem_keep_reserve(0));
	ck_assert(!mem_is_short());
}
END_TEST
#endif

static Suite *mem_suite(void)
{
	Suite *s = suite_create("mem");
	TCase *t = tcase_create("mem"), *oom = tcase_create("oom");

	tcase_add_test(t, third_allocation_fails_and_the_fourth_does_not);
	tcase_add_test(t, every_kind_of_allocation_can_fail);
	tcase_add_test(t, zero_switches_failing_off);
	tcase_add_test(t, arrays_are_zeroed_and_do_not_overflow);
	tcase_add_test(t, strings_are_copied);
#ifndef SANITIZED
	tcase_add_test(t, reserve_is_given_up_when_there_is_nothing_else);
#endif
	suite_add_tcase(s, t);
	tcase_add_test(oom, loop_fails_each_allocation_once_and_ends);
	suite_add_tcase(s, oom);
	return s;
}

TEST_MAIN(mem_suite())
