// SPDX-License-Identifier: MIT
/* test_clock.c - real time goes forward, virtual time only when told. Each test is a process of its
 * own. */
#include "../test_main.h"

#include "base/clock.h"

#include <time.h>

START_TEST(real_time_goes_forward_with_the_systems)
{
	struct timespec before, after;
	uint64_t now;

	ck_assert(!clock_is_virtual());
	clock_gettime(CLOCK_MONOTONIC, &before);
	now = clock_now_ns();
	clock_gettime(CLOCK_MONOTONIC, &after);

	ck_assert_uint_ge(now, (uint64_t)before.tv_sec * 1000000000U + (uint64_t)before.tv_nsec);
	ck_assert_uint_le(now, (uint64_t)after.tv_sec * 1000000000U + (uint64_t)after.tv_nsec);
	ck_assert_uint_ge(clock_now_ms(), now / 1000000U);
}
END_TEST

START_TEST(virtual_time_moves_only_when_told)
{
	clock_set_virtual(5000000);
	ck_assert(clock_is_virtual());
	ck_assert_uint_eq(clock_now_ns(), 5000000);
	ck_assert_uint_eq(clock_now_ms(), 5);

	clock_advance_ms(250);
	ck_assert_uint_eq(clock_now_ms(), 255);
	ck_assert_uint_eq(clock_now_ns(), 255000000);
}
END_TEST

START_TEST(wall_time_is_the_calendars)
{
	int64_t before = (int64_t)time(NULL), now = clock_wall();

	ck_assert_int_ge(now, before);
	ck_assert_int_le(now, (int64_t)time(NULL));
}
END_TEST

static Suite *clock_suite(void)
{
	Suite *s = suite_create("clock");
	TCase *t = tcase_create("clock");

	tcase_add_test(t, real_time_goes_forward_with_the_systems);
	tcase_add_test(t, virtual_time_moves_only_when_told);
	tcase_add_test(t, wall_time_is_the_calendars);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(clock_suite())
