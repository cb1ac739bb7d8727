// SPDX-License-Identifier: MIT
/* test_timer.c - deadlines of many delays, more than there are rings. */
#include "../test_main.h"

#include "base/clock.h"
#include "tapisrvd/timer.h"

enum { COUNT = 3 * TIMER_RINGS };

static struct timers all;
static struct timer timers[COUNT];
static unsigned fired;
static uint64_t last_due_ms;

static void on_fire(struct timer *t)
{
	ck_assert_uint_ge(t->due_ms, last_due_ms);
	ck_assert_uint_le(t->due_ms, clock_now_ms());
	ck_assert(!timer_is_set(t));
	last_due_ms = t->due_ms;
	fired++;
}

/* The delays come neither in order nor only once. */
static uint64_t delay_of(unsigned i)
{
	return 10 + i * 7 % 37;
}

static void start(void)
{
	clock_set_virtual(1000);
	fired = 0;
	last_due_ms = 0;
	timers_init(&all);
	for (unsigned i = 0; i < COUNT; i++) {
		timer_init(&timers[i], on_fire);
		timer_set(&all, &timers[i], delay_of(i));
	}
}

START_TEST(deadlines_fire_in_order_and_not_before)
{
	uint64_t due = 0;

	for (unsigned ms = 0; ms < 60; ms++) {
		unsigned expected = 0;

		timers_run(&all);
		for (unsigned i = 0; i < COUNT; i++)
			expected += delay_of(i) <= ms;
		ck_assert_uint_eq(fired, expected);
		clock_advance_ms(1);
	}
	ck_assert(!timers_next(&all, &due));
}
END_TEST

START_TEST(next_is_the_nearest_that_is_still_set)
{
	for (unsigned left = COUNT; left; left--) {
		uint64_t due, least = UINT64_MAX;
		unsigned first = 0;

		for (unsigned i = 0; i < COUNT; i++)
			if (timer_is_set(&timers[i]) && timers[i].due_ms < least) {
				least = timers[i].due_ms;
				first = i;
			}
		ck_assert(timers_next(&all, &due));
		ck_assert_uint_eq(due, least);
		timer_clear(&timers[first]);
	}
}
END_TEST

START_TEST(setting_again_replaces_the_deadline)
{
	for (unsigned i = 0; i < COUNT; i++)
		timer_set(&all, &timers[i], 1000 + delay_of(i));

	clock_advance_ms(1000);
	timers_run(&all);
	ck_assert_uint_eq(fired, 0);
	clock_advance_ms(60);
	timers_run(&all);
	ck_assert_uint_eq(fired, COUNT);
}
END_TEST

static Suite *timer_suite(void)
{
	TCase *t = tcase_create("timer");
	Suite *s = suite_create("timer");

	tcase_add_checked_fixture(t, start, NULL);
	tcase_add_test(t, deadlines_fire_in_order_and_not_before);
	tcase_add_test(t, next_is_the_nearest_that_is_still_set);
	tcase_add_test(t, setting_again_replaces_the_deadline);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(timer_suite())
