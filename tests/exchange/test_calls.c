// SPDX-License-Identifier: MIT
/* test_calls.c - calls between two extensions, without media: every way that one can go. */
#include "suites.h"
#include "world.h"

static void start(void)
{
	world_start(NULL);
}

START_TEST(a_call_is_offered_answered_and_dropped)
{
	ck_assert_int_eq(world_make("101", "102", NULL), 1);
	expect_log("reply 1 0\n"
		   "101.1 CALLSTATE DIALING 0\n"
		   "101.1 CALLSTATE PROCEEDING 0\n"
		   "102 NEWCALL 2\n"
		   "102.2 CALLSTATE OFFERING 1\n"
		   "101.1 CALLINFO 0x10000\n"
		   "101.1 CALLSTATE RINGBACK 0\n");

	ck_assert_int_eq(world_answer(2), 2);
	expect_log("102.2 CALLSTATE ACCEPTED 0\n"
		   "102.2 CALLSTATE CONNECTED 1\n"
		   "reply 2 0\n"
		   "102.2 CALLINFO 0x20000\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.1 CALLINFO 0x20000\n");

	ck_assert_int_eq(world_drop(1), 3);
	expect_log("reply 3 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "102.2 CALLSTATE DISCONNECTED 1\n");

	ck_assert_int_eq(world_drop(2), 4);
	expect_log("reply 4 0\n"
		   "102.2 CALLSTATE IDLE 0\n");
	ck_assert_int_eq(world_close_call(1), 0);
	ck_assert_int_eq(world_close_call(2), 0);
	expect_log("");
}
END_TEST

TCase *calls_case(void)
{
	TCase *tc = tcase_create("calls");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_call_is_offered_answered_and_dropped);
	return tc;
}
