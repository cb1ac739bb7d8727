// SPDX-License-Identifier: MIT
/* test_values.c - the check of a request's numbers costs less than reading the request, however
 * long its lists are: nobody holds up the core's one thread with them. */
#include "../test_main.h"
#include "tapisrvd/dispatch.h"
#include "tapisrvd/values.h"
#include "world.h"

#include <time.h>

enum { ENTRY = 6, ENTRIES = LIMIT_CORE / ENTRY, RUNS = 9 };

static uint64_t cpu_ns(void)
{
	struct timespec ts;

	ck_assert_int_eq(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts), 0);
	return (uint64_t)ts.tv_sec * 1000000000U + (uint64_t)ts.tv_nsec;
}

/* As many entries of digit_list as a frame holds, each with modes and a control. */
static const uint8_t *long_list(void)
{
	static const uint8_t entry[ENTRY] = { 5 << 3 | 2, 4, 2 << 3, 1, 3 << 3, 1 };
	static uint8_t body[ENTRIES * ENTRY];

	for (size_t i = 0; i < sizeof(body); i++)
		body[i] = entry[i % ENTRY];
	return body;
}

START_TEST(a_long_list_is_checked_in_less_time_than_it_is_read)
{
	const struct rule *rule = rule_find(CALL_LineSetMediaControl);
	const uint8_t *body = long_list();
	uint64_t read_ns = UINT64_MAX, check_ns = UINT64_MAX;

	for (int i = 0; i < RUNS; i++) {
		struct request r = { .rule = rule };
		struct arena arena;
		uint64_t begun, read, checked;

		arena_init(&arena, MESSAGE_MAX);
		begun = cpu_ns();
		r.msg = arena_unpack(&arena, rule->request, body, ENTRIES * ENTRY);
		read = cpu_ns();
		ck_assert_ptr_nonnull(r.msg);
		ck_assert_int_eq(values_check(&r), 0);
		checked = cpu_ns();
		ck_assert_uint_eq(((const LineSetMediaControl *)(const void *)r.msg)->n_digit_list,
				ENTRIES);
		if (read - begun < read_ns)
			read_ns = read - begun;
		if (checked - read < check_ns)
			check_ns = checked - read;
		arena_fini(&arena);
	}

	/* It is a tenth; a sanitizer slows our own code alone. A search for each was six times. */
	ck_assert_uint_lt(check_ns, 3 * read_ns);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core values");
	TCase *t = tcase_create("values");

	tcase_add_test(t, a_long_list_is_checked_in_less_time_than_it_is_read);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
