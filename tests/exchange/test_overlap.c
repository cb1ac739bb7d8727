// SPDX-License-Identifier: MIT
/* test_overlap.c - one thing begins while another one is under way with the same call. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <string.h>

#define MSG(verb_id, body) "TAPI-RTP/1 " verb_id "\n\n" body

static const char *const config[] = { "extensions", "101-109", "setup_ms", "1000", "trunks",
	"201-202", "charge_ms", "1000", "calls_per_line", "3", NULL };

static void start(void)
{
	world_start(config);
}

/* Both are CONNECTED after a while: the next two calls. */
static void connect(const char *from, const char *to)
{
	DWORD first = world_calls();

	(void)world_make(from, to, NULL);
	exchange_advance(1000);
	(void)world_answer(first + 2);
	exchange_advance(5000);
	ck_assert_uint_eq(world_state(first + 1), LINECALLSTATE_CONNECTED);
	(void)world_take();
}

/* 1-2 is on hold and on its way to 103, 3-4 is another call of 101. */
static void begin_blind_transfer(void)
{
	connect("101", "102");
	(void)world_hold(1);
	connect("101", "104");
	(void)world_swap_hold(3, 1);
	ck_assert_int_gt(world_blind_transfer(1, "103"), 0);
	(void)world_swap_hold(1, 3);
	(void)world_take();
}

START_TEST(a_call_on_its_way_is_not_transferred_otherwise)
{
	begin_blind_transfer();

	ck_assert_int_eq(world_complete_transfer(1, 3), LINEERR_INVALCALLSTATE);

	(void)world_take();
	exchange_advance(1000);
	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 CALLSTATE IDLE 0\n"));
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_call_on_its_way_is_not_conferenced)
{
	begin_blind_transfer();

	ck_assert_int_eq(world_complete_as_conference(1, 3), LINEERR_INVALCALLSTATE);

	exchange_advance(1000);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
}
END_TEST

/* 1-2 and 3-4 with media at 101; 5 is their conference, 1 is not mixed yet. */
static void begin_to_join(void)
{
	(void)world_add_msp("101");
	connect("101", "102");
	(void)world_msp_says(1, MSG("offer 1", "sdp"));
	(void)world_hold(1);
	connect("101", "104");
	(void)world_msp_says(3, MSG("offer 1", "sdp"));
	ck_assert_int_gt(world_complete_as_conference(1, 3), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	(void)world_take();
}

START_TEST(a_call_that_joins_is_not_sent_elsewhere)
{
	begin_to_join();

	ck_assert_int_eq(world_blind_transfer(3, "103"), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_setup_transfer(3), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_setup_conference(3, NULL), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_complete_transfer(1, 3), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_complete_as_conference(1, 3), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(a_call_that_turns_out_busy_does_not_join)
{
	(void)world_add_msp("101");
	connect("105", "103");
	connect("105", "103");
	connect("105", "103");
	connect("101", "102");
	(void)world_msp_says(7, MSG("offer 1", "sdp"));
	(void)world_setup_conference(7, NULL);
	(void)world_msp_says(7, "TAPI-RTP/1 ok 2\nMembers: 1\n\n");
	(void)world_dial(10, "103");
	(void)world_msp_says(10, MSG("offer 1", "sdp"));
	ck_assert_int_gt(world_add(9, 10), 0);
	(void)world_take();

	exchange_advance(1000);

	ck_assert_uint_eq(world_state(10), LINECALLSTATE_BUSY);
	ck_assert_ptr_nonnull(strstr(world_take(), " 80000048\n"));
	ck_assert_uint_eq(world_state(9), LINECALLSTATE_ONHOLDPENDCONF);
}
END_TEST

START_TEST(who_is_sent_to_a_busy_one_hears_so)
{
	connect("105", "103");
	connect("105", "103");
	connect("105", "103");
	connect("101", "102");
	(void)world_setup_transfer(7);
	(void)world_dial(9, "103");
	ck_assert_int_gt(world_complete_transfer(7, 9), 0);
	(void)TSPI_lineSetDefaultMediaDetection(world_line("101"), 0); /* it cannot come back */
	(void)world_take();

	exchange_advance(1000);

	expect_log("because Q.850 17 user busy\n"
		   "102.8 CALLSTATE DISCONNECTED 32\n");
}
END_TEST

/* 101 (1) talks over a trunk (2), which sends it on. */
static void send_trunk_call_to(const char *number)
{
	connect("101", "201");
	exchange_advance(2500);
	(void)world_setup_transfer(2);
	(void)world_dial(3, number);
	exchange_advance(1000);
	ck_assert_int_gt(world_complete_transfer(2, 3), 0);
	(void)world_answer(4);
	exchange_advance(5000);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
	(void)world_take();
}

START_TEST(a_call_that_leaves_the_trunk_costs_no_more)
{
	send_trunk_call_to("103");

	exchange_advance(5000);

	expect_log("");
}
END_TEST

START_TEST(a_call_from_trunk_to_trunk_costs_once)
{
	send_trunk_call_to("202");

	exchange_advance(1000);
	expect_log("101.1 CALLINFO 0x1000000\n");
	(void)world_drop(1);
	(void)world_close_call(1);
	(void)world_take();
	exchange_advance(5000);
	expect_log("");
}
END_TEST

START_TEST(a_conference_whose_party_left_while_one_consulted_is_none)
{
	connect("101", "102");
	(void)world_setup_conference(1, NULL);
	(void)world_dial(4, "103");
	exchange_advance(1000);
	(void)world_answer(5);
	exchange_advance(5000);
	ck_assert_int_gt(world_swap_hold(4, 3), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	(void)world_drop(2);
	(void)world_drop(1);

	(void)world_drop(4);

	ck_assert_uint_eq(world_state(3), LINECALLSTATE_IDLE);
}
END_TEST

static DWORD completion;

static LONG complete(DWORD call, DWORD mode)
{
	return TSPI_lineCompleteCall(world_request(), world_call(call), &completion, mode, 0);
}

START_TEST(who_has_been_broken_in_on_is_mixed_with_the_conference)
{
	(void)world_add_msp("102");
	connect("102", "103");
	(void)world_msp_says(1, MSG("offer 1", "sdp"));
	connect("102", "104");
	connect("102", "105");
	(void)world_make("101", "102", NULL);
	exchange_advance(1000);
	ck_assert_uint_eq(world_state(7), LINECALLSTATE_BUSY);
	ck_assert_int_gt(complete(7, LINECALLCOMPLMODE_INTRUDE), 0);
	exchange_advance(5000);
	ck_assert_uint_eq(world_state(8), LINECALLSTATE_CONNECTED);
	(void)world_hold(1);
	(void)world_take();

	ck_assert_int_gt(world_complete_as_conference(1, 3), 0);
	ck_assert_ptr_nonnull(strstr(world_take(), "102.1 msp mix "));
	(void)world_drop(7);
	ck_assert_ptr_null(strstr(world_take(), "102.1 msp mix "));
}
END_TEST

static void cancel_completion(void)
{
	ck_assert_int_gt(TSPI_lineUncompleteCall(world_request(), world_line("101"), completion),
			0);
}

/* 101 waits for 102, which talks to 103: calls 1 to 6, and 7. */
static void ask_to_be_called_back(void)
{
	connect("103", "102");
	connect("103", "102");
	connect("103", "102");
	(void)world_make("101", "102", NULL);
	exchange_advance(1000);
	ck_assert_int_gt(complete(7, LINECALLCOMPLMODE_CALLBACK), 0);
}

static void expect_no_call_back(void (*as_it_comes)(void))
{
	ask_to_be_called_back();
	world_at_new_call(as_it_comes);
	(void)world_drop(1);
	(void)world_drop(3);
	(void)world_drop(5);
	exchange_advance(0);

	ck_assert_uint_eq(world_calls(), 8);
	ck_assert_uint_eq(world_state(8), LINECALLSTATE_DISCONNECTED);
}

START_TEST(a_call_back_that_is_cancelled_as_it_comes_is_over)
{
	expect_no_call_back(cancel_completion);
}
END_TEST

static void wait_too_long(void)
{
	exchange_advance(20000);
}

START_TEST(a_call_back_that_comes_too_late_is_over)
{
	expect_no_call_back(wait_too_long);
}
END_TEST

TCase *overlap_case(void)
{
	TCase *tc = tcase_create("overlap");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_call_on_its_way_is_not_transferred_otherwise);
	tcase_add_test(tc, a_call_on_its_way_is_not_conferenced);
	tcase_add_test(tc, a_call_that_joins_is_not_sent_elsewhere);
	tcase_add_test(tc, a_call_that_turns_out_busy_does_not_join);
	tcase_add_test(tc, who_is_sent_to_a_busy_one_hears_so);
	tcase_add_test(tc, a_call_that_leaves_the_trunk_costs_no_more);
	tcase_add_test(tc, a_call_from_trunk_to_trunk_costs_once);
	tcase_add_test(tc, a_conference_whose_party_left_while_one_consulted_is_none);
	tcase_add_test(tc, who_has_been_broken_in_on_is_mixed_with_the_conference);
	tcase_add_test(tc, a_call_back_that_is_cancelled_as_it_comes_is_over);
	tcase_add_test(tc, a_call_back_that_comes_too_late_is_over);
	return tc;
}
