// SPDX-License-Identifier: MIT
/* test_unowned.c - calls that nobody owns: one test for each choice of unowned_calls. */
#include "../test_main.h"
#include "owners.h"

START_TEST(unowned_call_is_dropped)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_app(&f, 0, "a", OWNER, FAX);
	owners_add_app(&f, 1, "b", MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	ck_assert_str_eq(seen_event(app_event(f.app[1], LINE_CALLSTATE))->reason->cause,
			"no owner");
	world_fini(&f.w);
}
END_TEST

START_TEST(unowned_call_is_kept_and_can_be_taken)
{
	struct owners f;
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;
	uint64_t call;

	owners_set_up(&f);
	f.w.options.keep_unowned = true;
	owners_add_app(&f, 0, "a", OWNER, FAX);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	ck_assert_uint_eq(app_events(f.app[0], LINE_APPNEWCALL), 0);
	for (int i = 0; i < 2; i++) { /* whoever only looks at it leaves it as it is */
		SET_ID(&m, line, 0);
		SET(&m, select, LINECALLSELECT_LINE);
		SET(&m, call_list, 100);
		ck_assert_int_eq(app_call(f.app[0], CALL_LineGetNewCalls, f.open[0], &m.base), 0);
		ck_assert_uint_eq(owners_privilege_of(&f, 0, call), MONITOR);
		if (i == 0)
			ck_assert_int_eq(app_on_call(f.app[0], CALL_LineDeallocateCall, f.open[0],
							 call),
					0);
	}
	ck_assert_int_eq(owners_set_privilege(&f, 0, call, OWNER), 0);
	ck_assert_int_eq(app_on_call(f.app[0], CALL_LineAnswer, f.open[0], call), 0);
	mock_hang_up(f.app[0]); /* an owner that goes ends it, as any call */
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(kept_call_that_nobody_takes_ends_by_itself)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	f.w.options.keep_unowned = true;
	owners_add_app(&f, 0, "a", OWNER, FAX);
	call = host_new_call(f.host, 0, VOICE);
	host_state(f.host, call, LINECALLSTATE_DISCONNECTED, 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(kept_call_ends_when_the_line_is_closed)
{
	struct owners f;

	owners_set_up(&f);
	f.w.options.keep_unowned = true;
	owners_add_app(&f, 0, "a", OWNER, FAX);
	(void)host_new_call(f.host, 0, VOICE);
	mock_hang_up(f.app[0]);
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 1);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core unowned");
	TCase *t;

	t = tcase_create("unowned");
	tcase_add_test(t, unowned_call_is_dropped);
	tcase_add_test(t, unowned_call_is_kept_and_can_be_taken);
	tcase_add_test(t, kept_call_that_nobody_takes_ends_by_itself);
	tcase_add_test(t, kept_call_ends_when_the_line_is_closed);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
