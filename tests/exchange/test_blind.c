// SPDX-License-Identifier: MIT
/* test_blind.c - blind transfers: done when it rings, else the call is what it was. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stdio.h>
#include <string.h>

static const char *const config[] = { "names", "Alice,Bob,Carol", "no_answer_ms", "10000", NULL };

static void start(void)
{
	world_start(config);
}

#define expect_id(i, id, number)                                                                   \
	ck_assert_str_eq(world_part(i, (i)->dw##id##Size, (i)->dw##id##Offset), number)

START_TEST(a_blind_transfer_is_done_when_it_rings)
{
	const LINECALLINFO *i;
	DWORD hub;

	world_connect("101", "102");
	hub = world_info(2)->dwCallID;

	ck_assert_int_eq(world_blind_transfer(1, "103"), 3);
	expect_log("103 NEWCALL 3\n"
		   "103.3 CALLSTATE OFFERING 1\n"
		   "reply 3 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "102.2 CALLINFO 0xc0000\n");
	i = world_info(3);
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_TRANSFER);
	ck_assert_uint_eq(i->dwCallID, hub);
	expect_id(i, CallerID, "102");
	expect_id(i, CalledID, "103");
	expect_id(i, RedirectingID, "101");
	expect_id(i, RedirectionID, "103");

	(void)world_answer(3);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
	expect_id(world_info(2), ConnectedID, "103");
}
END_TEST

static const struct {
	const char *dest;
	LONG result; /* of the reply */
	const char *cause;
} failures[] = {
	{ "999", LINEERR_INVALADDRESS, "Q.850 1 unallocated number" },
	{ "104", LINEERR_OPERATIONFAILED, "Q.850 17 user busy" },
	{ "101", LINEERR_OPERATIONFAILED, "Q.850 17 user busy" },
};

START_TEST(a_blind_transfer_that_fails_returns_the_call)
{
	char expected[128];

	world_connect("104", "103");
	world_connect("104", "103");
	world_connect("101", "102");

	ck_assert_int_gt(world_blind_transfer(5, failures[_i].dest), 0);

	(void)snprintf(expected, sizeof(expected), "because %s\nreply 7 %x\n", failures[_i].cause,
			(unsigned)failures[_i].result);
	expect_log(expected);
	ck_assert_uint_eq(world_state(5), LINECALLSTATE_CONNECTED);
	(void)world_drop(6);
	ck_assert_uint_eq(world_state(5), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(a_blind_transfer_waits_for_an_absent_application)
{
	world_connect("101", "102");
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("103"), 0), 0);

	(void)world_blind_transfer(1, "103");
	expect_log("");
	ck_assert_int_eq(world_blind_transfer(1, "104"), LINEERR_INVALCALLSTATE);
	(void)world_take();
	exchange_advance(3000);
	expect_log("because Q.850 20 subscriber absent\nreply 3 80000048\n");

	(void)world_blind_transfer(1, "103");
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("103"),
					 LINEMEDIAMODE_INTERACTIVEVOICE),
			0);
	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 CALLSTATE IDLE 0\n"));
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_OFFERING);
}
END_TEST

START_TEST(a_call_that_ends_is_transferred_no_more)
{
	const char *const slow[] = { "setup_ms", "1000", NULL };

	world_stop();
	world_start(slow);
	(void)world_make("101", "102", NULL);
	exchange_advance(1000);
	(void)world_answer(2);
	(void)world_blind_transfer(1, "103");
	(void)world_take();

	(void)world_drop(2);
	ck_assert_ptr_nonnull(strstr(world_take(), "reply 3 80000048\n"));
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
	exchange_advance(2000);
	expect_log("");
}
END_TEST

START_TEST(a_call_that_was_left_alone_is_transferred_no_more)
{
	const char *const slow[] = { "setup_ms", "1000", NULL };

	world_stop();
	world_start(slow);
	(void)world_make("101", "102", NULL);
	exchange_advance(1000);
	(void)world_answer(2);
	(void)world_blind_transfer(1, "103");
	ck_assert_int_gt(TSPI_linePark(world_request(), world_call(2), LINEPARKMODE_DIRECTED, "104",
					 NULL),
			0);
	(void)world_take();

	exchange_advance(1000);

	ck_assert_ptr_nonnull(strstr(world_take(), "reply 3 80000048\n"));
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(a_line_that_closes_takes_its_transfers_along)
{
	world_connect("101", "102");
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("103"), 0), 0);
	(void)world_blind_transfer(1, "103");
	(void)world_take();

	ck_assert_int_eq(TSPI_lineClose(world_line("101")), 0);

	ck_assert_ptr_nonnull(strstr(world_take(), "reply 3 80000048\n"));
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_DISCONNECTED);
	exchange_advance(3000);
	expect_log("");
}
END_TEST

START_TEST(who_rings_is_not_sent_elsewhere)
{
	world_connect("101", "102");
	(void)world_blind_transfer(1, "103");
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_OFFERING);

	ck_assert_uint_eq(world_features(2) & LINECALLFEATURE_BLINDTRANSFER, 0);
	ck_assert_int_eq(world_blind_transfer(2, "104"), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_setup_transfer(2), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(TSPI_linePark(world_request(), world_call(2), LINEPARKMODE_DIRECTED, "103",
					 NULL),
			LINEERR_INVALCALLSTATE);
	(void)world_hold(2);
	world_connect("102", "104");
	ck_assert_int_eq(world_complete_transfer(2, 4), LINEERR_INVALCALLSTATE);
	(void)world_answer(3);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_int_gt(world_complete_transfer(2, 4), 0);
}
END_TEST

START_TEST(a_call_is_transferred_to_one_that_was)
{
	world_connect("101", "102");
	(void)world_blind_transfer(1, "103");
	world_connect("104", "102");
	(void)world_hold(5);

	/* 102 has 104 on hold, and 103 rings for it */
	ck_assert_int_gt(world_complete_transfer(5, 2), 0);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_IDLE);
	(void)world_answer(3);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	expect_id(world_info(4), ConnectedID, "103");
}
END_TEST

START_TEST(bad_addresses_change_nothing)
{
	world_connect("101", "102");

	ck_assert_int_eq(world_blind_transfer(1, NULL), LINEERR_INVALADDRESS);
	ck_assert_int_eq(world_blind_transfer(1, ""), LINEERR_INVALADDRESS);
	ck_assert_int_eq(world_blind_transfer(1, "10;"), LINEERR_INVALADDRESS);
	ck_assert_int_eq(world_blind_transfer(1, "1$3"), LINEERR_DIALBILLING);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_ptr_null(strstr(world_take(), "reply"));
}
END_TEST

TCase *blind_case(void)
{
	TCase *tc = tcase_create("blind");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_blind_transfer_is_done_when_it_rings);
	tcase_add_loop_test(tc, a_blind_transfer_that_fails_returns_the_call, 0, 3);
	tcase_add_test(tc, a_blind_transfer_waits_for_an_absent_application);
	tcase_add_test(tc, a_call_that_ends_is_transferred_no_more);
	tcase_add_test(tc, a_call_that_was_left_alone_is_transferred_no_more);
	tcase_add_test(tc, a_line_that_closes_takes_its_transfers_along);
	tcase_add_test(tc, who_rings_is_not_sent_elsewhere);
	tcase_add_test(tc, a_call_is_transferred_to_one_that_was);
	tcase_add_test(tc, bad_addresses_change_nothing);
	return tc;
}
