// SPDX-License-Identifier: MIT
/* test_pickup.c - a call that alerts at one line is answered from another. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"
#include "providers/exchange/extension.h"

#include <string.h>

static const char *const config[] = { "extensions", "101-106", "groups",
	"sales: 101-104; support: 105", NULL };

static void start(void)
{
	world_start(config);
}

START_TEST(a_call_is_picked_up_by_its_number)
{
	const LINECALLINFO *i;

	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_gt(world_pickup("103", "102", NULL), 0);

	expect_log("reply 2 0\n"
		   "because Q.850 31 normal, unspecified\n"
		   "102.2 CALLSTATE DISCONNECTED 8\n"
		   "103.3 CALLSTATE ACCEPTED 0\n"
		   "103.3 CALLSTATE CONNECTED 1\n"
		   "103.3 CALLINFO 0x20000\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.1 CALLINFO 0x20000\n");
	i = world_info(3);
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_PICKUP);
	ck_assert_uint_eq(i->dwCallID, world_info(1)->dwCallID);
	i = world_info(3);
	ck_assert_str_eq(world_part(i, i->dwCallerIDSize, i->dwCallerIDOffset), "101");
	i = world_info(1);
	ck_assert_str_eq(world_part(i, i->dwConnectedIDSize, i->dwConnectedIDOffset), "103");
	(void)world_drop(2);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	(void)world_drop(1);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(its_media_is_that_of_whoever_picked_it_up)
{
	(void)world_add_msp("101");
	(void)world_add_msp("103");
	(void)world_make("101", "102", NULL);
	ck_assert_int_eq(world_msp_says(1, "TAPI-RTP/1 offer 1\n\nv=0"), 0);
	(void)world_take();

	ck_assert_int_gt(world_pickup("103", "102", NULL), 0);

	ck_assert_ptr_nonnull(strstr(world_take(), "103.3 msp offer 1 <v=0>\n"));
	ck_assert_int_eq(world_msp_says(3, "TAPI-RTP/1 answer 1\n\nv=1"), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_group_is_enough)
{
	(void)world_make("106", "102", NULL);

	ck_assert_int_eq(world_pickup("106", NULL, "support"), LINEERR_OPERATIONFAILED);
	ck_assert_int_eq(world_pickup("106", NULL, "purchase"), LINEERR_INVALGROUPID);
	ck_assert_int_eq(world_pickup("103", "102", "support"), LINEERR_INVALGROUPID);
	ck_assert_int_gt(world_pickup("105", NULL, "sales"), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(ones_own_group_needs_no_name)
{
	(void)world_make("106", "102", NULL);

	ck_assert_int_eq(world_pickup("105", NULL, NULL), LINEERR_OPERATIONFAILED);
	ck_assert_int_gt(world_pickup("104", NULL, NULL), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_call_that_waits_here_is_picked_up_and_the_other_is_held)
{
	world_connect("101", "102");
	(void)world_make("103", "102", NULL);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_OFFERING);

	ck_assert_int_gt(world_pickup("102", NULL, NULL), 0);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_ONHOLD);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_DISCONNECTED);
	ck_assert_uint_eq(world_state(5), LINECALLSTATE_CONNECTED);
	ck_assert_int_gt(world_swap_hold(5, 2), 0);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(nothing_is_picked_up_where_nothing_alerts)
{
	ck_assert_int_eq(world_pickup("103", "102", NULL), LINEERR_OPERATIONFAILED);
	ck_assert_int_eq(world_pickup("103", "999", NULL), LINEERR_INVALADDRESS);
	ck_assert_int_eq(world_pickup("103", "1?2", NULL), LINEERR_DIALPROMPT);
	world_connect("101", "102");
	ck_assert_int_eq(world_pickup("103", "102", NULL), LINEERR_OPERATIONFAILED);
}
END_TEST

START_TEST(a_full_line_picks_nothing_up)
{
	(void)world_make("101", "102", NULL);
	(void)world_make("103", NULL, NULL);
	(void)world_make("103", NULL, NULL);

	ck_assert_int_eq(world_pickup("103", "102", NULL), LINEERR_RESOURCEUNAVAIL);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
}
END_TEST

START_TEST(nobody_has_more_on_hold_than_fit)
{
	for (DWORD i = 0; i < HELD_CALLS_MAX; i++) {
		world_connect("102", "101");
		(void)world_hold(2 * i + 1);
		(void)world_hold(2 * i + 2);
	}
	world_connect("102", "103");
	(void)world_make("104", "102", NULL);
	ck_assert_uint_eq(world_state(2 * HELD_CALLS_MAX + 4), LINECALLSTATE_OFFERING);

	ck_assert_int_eq(world_pickup("102", NULL, NULL), LINEERR_RESOURCEUNAVAIL);
}
END_TEST

TCase *pickup_case(void)
{
	TCase *tc = tcase_create("pickup");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_call_is_picked_up_by_its_number);
	tcase_add_test(tc, its_media_is_that_of_whoever_picked_it_up);
	tcase_add_test(tc, a_group_is_enough);
	tcase_add_test(tc, ones_own_group_needs_no_name);
	tcase_add_test(tc, a_call_that_waits_here_is_picked_up_and_the_other_is_held);
	tcase_add_test(tc, nothing_is_picked_up_where_nothing_alerts);
	tcase_add_test(tc, a_full_line_picks_nothing_up);
	tcase_add_test(tc, nobody_has_more_on_hold_than_fit);
	return tc;
}
