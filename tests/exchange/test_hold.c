// SPDX-License-Identifier: MIT
/* test_hold.c - hold, unhold and swap: the states of both halves, and what their MSPs hear of it.
 */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <string.h>

#define MSG(verb_id, body)  "TAPI-RTP/1 " verb_id "\n\n" body
#define NEW_OFFER(id, body) "TAPI-RTP/1 offer " id "\nNew: yes\n\n" body

static void start(void)
{
	world_start(NULL);
}

/* 101 and 102 talk; of their last requests both have number 1. */
static void connect_with_media(void)
{
	(void)world_add_msp("101");
	(void)world_add_msp("102");
	(void)world_make("101", "102", NULL);
	(void)world_msp_says(1, MSG("offer 1", "sdp A"));
	(void)world_answer(2);
	ck_assert_int_eq(world_msp_says(2, MSG("answer 1", "sdp B")), 0);
	(void)world_take();
}

START_TEST(hold_is_seen_by_both_halves)
{
	world_connect("101", "102");

	ck_assert_int_eq(world_hold(1), 3);
	expect_log("reply 3 0\n"
		   "101.1 CALLSTATE ONHOLD 0\n"
		   "102.2 CALLSTATE CONNECTED 4\n");

	ck_assert_int_eq(world_unhold(1), 4);
	expect_log("reply 4 0\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "102.2 CALLSTATE CONNECTED 1\n");
}
END_TEST

START_TEST(both_halves_may_hold)
{
	world_connect("101", "102");

	(void)world_hold(1);
	(void)world_hold(2);
	(void)world_take();
	(void)world_unhold(1);

	expect_log("reply 5 0\n"
		   "101.1 CALLSTATE CONNECTED 4\n");
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_ONHOLD);
}
END_TEST

START_TEST(a_held_call_agrees_on_silence)
{
	connect_with_media();

	(void)world_hold(1);
	expect_log("reply 3 0\n"
		   "101.1 CALLSTATE ONHOLD 0\n"
		   "101.1 msp hold 2 [Direction: inactive]\n"
		   "101.1 msp offer? 3\n"
		   "102.2 CALLSTATE CONNECTED 4\n");
	(void)world_msp_says(1, MSG("ok 2", ""));
	(void)world_msp_says(1, MSG("offer 3", "inactive"));
	expect_log("102.2 msp offer 2 <inactive>\n");
	(void)world_msp_says(2, MSG("answer 2", "silent"));
	expect_log("101.1 msp answer 3 <silent>\n");

	(void)world_unhold(1);
	expect_log("reply 4 0\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.1 msp resume 4\n"
		   "101.1 msp offer? 5\n"
		   "102.2 CALLSTATE CONNECTED 1\n");
}
END_TEST

START_TEST(a_second_hold_waits_for_the_first_agreement)
{
	connect_with_media();
	(void)world_hold(1);
	(void)world_msp_says(1, MSG("offer 3", "inactive"));
	(void)world_take();

	(void)world_hold(2);
	expect_log("reply 4 0\n"
		   "102.2 CALLSTATE ONHOLD 0\n"
		   "102.2 msp hold 3 [Direction: inactive]\n");
	(void)world_msp_says(2, MSG("answer 2", "silent"));
	expect_log("101.1 msp answer 3 <silent>\n"
		   "102.2 msp offer? 4\n");
}
END_TEST

START_TEST(an_msp_that_offers_nothing_stays_on_hold)
{
	connect_with_media();
	(void)world_hold(1);

	(void)world_msp_says(1, "TAPI-RTP/1 error 3\nCode: 491\nReason: later\n\n");
	(void)world_take();
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_ONHOLD);

	(void)world_drop(1);
	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp close 4\n"));
}
END_TEST

START_TEST(an_instance_that_joins_a_held_call_holds)
{
	connect_with_media();
	(void)world_hold(1);
	(void)world_msp_says(1, MSG("offer 3", "inactive"));
	(void)world_msp_says(2, MSG("answer 2", "silent"));
	(void)world_take();

	(void)world_msp_says(1, NEW_OFFER("1", "loud"));

	expect_log("101.1 msp hold 4 [Direction: inactive]\n"
		   "101.1 msp error 1 [Code: 491]\n"
		   "101.1 msp offer? 5\n");
}
END_TEST

START_TEST(a_call_held_without_media_is_told_when_it_has_some)
{
	(void)world_add_msp("101");
	(void)world_add_msp("102");
	(void)world_make("101", "102", NULL);
	(void)world_msp_bytes(1, NULL, 0);
	(void)world_answer(2);
	(void)world_hold(2);
	(void)world_take();

	(void)world_msp_says(1, NEW_OFFER("1", "sdp A"));

	expect_log("102.2 msp hold 1 [Direction: inactive]\n"
		   "102.2 msp offer 2 <sdp A>\n");
}
END_TEST

START_TEST(a_held_call_ends_like_any_other)
{
	world_connect("101", "102");
	(void)world_hold(1);
	(void)world_take();

	(void)world_drop(2);

	expect_log("reply 4 0\n"
		   "102.2 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "101.1 CALLSTATE DISCONNECTED 1\n");
}
END_TEST

START_TEST(swap_changes_two_calls)
{
	world_connect("101", "102");
	(void)world_hold(1);
	world_connect("101", "103");
	ck_assert_uint_eq(world_features(1) & LINECALLFEATURE_SWAPHOLD, LINECALLFEATURE_SWAPHOLD);
	ck_assert_uint_eq(world_features(3) & LINECALLFEATURE_SWAPHOLD, LINECALLFEATURE_SWAPHOLD);

	ck_assert_int_eq(world_swap_hold(3, 1), 6);

	expect_log("reply 6 0\n"
		   "101.3 CALLSTATE ONHOLD 0\n"
		   "103.4 CALLSTATE CONNECTED 4\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "102.2 CALLSTATE CONNECTED 1\n");
}
END_TEST

START_TEST(what_cannot_be_held_or_swapped)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_eq(world_hold(1), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_hold(2), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_unhold(2), LINEERR_INVALCALLSTATE);
	(void)world_answer(2);
	ck_assert_int_eq(world_unhold(1), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_swap_hold(1, 1), LINEERR_INVALCALLSTATE);
	(void)world_hold(2);
	(void)world_take();
	ck_assert_int_eq(world_hold(2), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_swap_hold(1, 2), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(TSPI_lineHold(99, 12345), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(TSPI_lineUnhold(99, 12345), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(TSPI_lineSwapHold(99, world_call(1), 12345), LINEERR_INVALCALLHANDLE);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_ONHOLD);
	ck_assert_ptr_null(strstr(world_take(), "CALLSTATE"));
}
END_TEST

START_TEST(a_held_call_leaves_room_for_another)
{
	world_connect("101", "102");
	world_connect("101", "103");
	ck_assert_int_eq(world_make("101", "104", NULL), LINEERR_CALLUNAVAIL);

	(void)world_hold(1);
	ck_assert_int_gt(world_make("101", "104", NULL), 0);

	ck_assert_int_eq(world_unhold(1), LINEERR_RESOURCEUNAVAIL);
	(void)world_drop(3);
	ck_assert_int_gt(world_unhold(1), 0);
}
END_TEST

START_TEST(status_counts_held_calls)
{
	LINEADDRESSSTATUS address = { .dwTotalSize = sizeof(address) };
	LINEDEVSTATUS line = { .dwTotalSize = sizeof(line) };

	world_connect("101", "102");
	world_connect("101", "103");
	ck_assert_int_eq(TSPI_lineSetStatusMessages(world_line("101"), LINEDEVSTATE_NUMCALLS,
					 LINEADDRESSSTATE_NUMCALLS | LINEADDRESSSTATE_INUSEONE),
			0);
	(void)world_hold(1);

	ck_assert_ptr_nonnull(strstr(world_take(), "101 ADDRESSSTATE 0 0x20\n"
						   "101 LINEDEVSTATE 0x800 0 0\n"));
	ck_assert_int_eq(TSPI_lineGetLineDevStatus(world_line("101"), &line), 0);
	ck_assert_uint_eq(line.dwNumActiveCalls, 1);
	ck_assert_uint_eq(line.dwNumOnHoldCalls, 1);
	ck_assert_int_eq(TSPI_lineGetAddressStatus(world_line("101"), 0, &address), 0);
	ck_assert_uint_eq(address.dwNumActiveCalls, 1);
	ck_assert_uint_eq(address.dwNumOnHoldCalls, 1);
	ck_assert_uint_eq(address.dwNumInUse, 1);
}
END_TEST

TCase *hold_case(void)
{
	TCase *tc = tcase_create("hold");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, hold_is_seen_by_both_halves);
	tcase_add_test(tc, both_halves_may_hold);
	tcase_add_test(tc, a_held_call_agrees_on_silence);
	tcase_add_test(tc, a_second_hold_waits_for_the_first_agreement);
	tcase_add_test(tc, an_msp_that_offers_nothing_stays_on_hold);
	tcase_add_test(tc, an_instance_that_joins_a_held_call_holds);
	tcase_add_test(tc, a_call_held_without_media_is_told_when_it_has_some);
	tcase_add_test(tc, a_held_call_ends_like_any_other);
	tcase_add_test(tc, swap_changes_two_calls);
	tcase_add_test(tc, what_cannot_be_held_or_swapped);
	tcase_add_test(tc, a_held_call_leaves_room_for_another);
	tcase_add_test(tc, status_counts_held_calls);
	return tc;
}
