// SPDX-License-Identifier: MIT
/* test_pace.c - when events are taken together, and how long more of them are waited for. */
#include "parts.h"

#include "providers/sip/pace.h"

enum { MILLISECOND = 1000000, SECOND = 1000 * MILLISECOND };

/* Events of one rate for a second: the longest and the shortest rest in its second half. */
static void go(struct pace *p, uint64_t *now, uint32_t per_second, uint64_t *shortest,
		uint64_t *longest)
{
	*shortest = UINT64_MAX;
	*longest = 0;
	for (uint32_t i = 0; i < per_second; i++) {
		uint64_t rest;

		*now += SECOND / per_second;
		pace_count(p);
		rest = pace_rest_ns(p, *now);
		if (i < per_second / 2)
			continue;
		*shortest = rest < *shortest ? rest : *shortest;
		*longest = rest > *longest ? rest : *longest;
	}
}

START_TEST(nobody_waits_while_few_events_come)
{
	struct pace p = { 0 };
	uint64_t now = 77 * (uint64_t)SECOND, shortest, longest;

	go(&p, &now, 2, &shortest, &longest);
	ck_assert_uint_eq(longest, 0);
	go(&p, &now, 500, &shortest, &longest);
	ck_assert_uint_eq(longest, 0);
}
END_TEST

START_TEST(many_events_are_waited_for_some_milliseconds)
{
	struct pace p = { 0 };
	uint64_t now = 77 * (uint64_t)SECOND, shortest, longest;

	go(&p, &now, 3000, &shortest, &longest);

	ck_assert_uint_ge(shortest, MILLISECOND);
	ck_assert_uint_le(longest, 20 * MILLISECOND);
}
END_TEST

START_TEST(the_more_events_come_the_shorter_is_the_rest)
{
	struct pace p = { 0 };
	uint64_t now = 77 * (uint64_t)SECOND, shortest, longest;

	go(&p, &now, 50000, &shortest, &longest);

	ck_assert_uint_gt(shortest, 0);
	ck_assert_uint_lt(longest * 50000 / SECOND, 100);
}
END_TEST

START_TEST(the_first_event_after_a_silence_does_not_wait)
{
	struct pace p = { 0 };
	uint64_t now = 77 * (uint64_t)SECOND, shortest, longest;

	go(&p, &now, 3000, &shortest, &longest);
	now += 500 * MILLISECOND;
	pace_count(&p);

	ck_assert_uint_eq(pace_rest_ns(&p, now), 0);
}
END_TEST

TCase *pace_case(void)
{
	TCase *t = tcase_create("pace");

	tcase_add_test(t, nobody_waits_while_few_events_come);
	tcase_add_test(t, many_events_are_waited_for_some_milliseconds);
	tcase_add_test(t, the_more_events_come_the_shorter_is_the_rest);
	tcase_add_test(t, the_first_event_after_a_silence_does_not_wait);
	return t;
}
