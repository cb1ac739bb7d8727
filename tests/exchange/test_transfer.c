// SPDX-License-Identifier: MIT
/* test_transfer.c - transfers after a consultation, answered or not. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <string.h>

#define MSG(verb_id, body) "TAPI-RTP/1 " verb_id "\n\n" body

static const char *const config[] = { "names", "Alice,Bob,Carol", "no_answer_ms", "10000", NULL };

static void start(void)
{
	world_start(config);
}

/* 101 talks to 102 (calls 1, 2) and consults 103 (3, 4). */
static void consult(void)
{
	world_connect("101", "102");
	ck_assert_int_gt(world_setup_transfer(1), 0);
	ck_assert_int_gt(world_dial(3, "103"), 0);
}

static void consult_answered(void)
{
	consult();
	ck_assert_int_gt(world_answer(4), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	(void)world_take();
}

static const char *number_of(const LINECALLINFO *i, DWORD size, DWORD offset)
{
	return world_part(i, size, offset);
}

#define expect_id(i, id, number)                                                                   \
	ck_assert_str_eq(number_of(i, (i)->dw##id##Size, (i)->dw##id##Offset), number)

START_TEST(setup_holds_one_call_and_makes_another)
{
	world_connect("101", "102");

	ck_assert_int_eq(world_setup_transfer(1), 3);

	expect_log("reply 3 0\n"
		   "101.1 CALLSTATE ONHOLDPENDTRANSFER 0\n"
		   "102.2 CALLSTATE CONNECTED 4\n"
		   "101.3 CALLSTATE DIALTONE 4\n");
	ck_assert_uint_eq(world_info(3)->dwRelatedCallID, world_info(1)->dwCallID);
	ck_assert_uint_ne(world_info(3)->dwCallID, world_info(1)->dwCallID);
}
END_TEST

START_TEST(setup_calls_at_once_in_one_step)
{
	struct {
		LINECALLPARAMS p;
		char target[4];
	} in = { { .dwTotalSize = sizeof(in),
				 .dwCallParamFlags = LINECALLPARAMFLAGS_ONESTEPTRANSFER,
				 .dwTargetAddressSize = 4,
				 .dwTargetAddressOffset = sizeof(in.p) },
		"103" };

	world_connect("101", "102");
	world_next_params(&in.p);

	ck_assert_int_eq(world_setup_transfer(1), 3);
	expect_log("reply 3 0\n"
		   "101.1 CALLSTATE ONHOLDPENDTRANSFER 0\n"
		   "102.2 CALLSTATE CONNECTED 4\n"
		   "101.3 CALLSTATE DIALING 0\n"
		   "101.3 CALLSTATE PROCEEDING 0\n"
		   "103 NEWCALL 4\n"
		   "103.4 CALLSTATE OFFERING 1\n"
		   "101.3 CALLINFO 0x10000\n"
		   "101.3 CALLSTATE RINGBACK 0\n");
}
END_TEST

static const struct {
	DWORD flags, target_size;
	LONG result;
} bad_steps[] = {
	{ LINECALLPARAMFLAGS_ONESTEPTRANSFER, 0, LINEERR_INVALADDRESS },
	{ LINECALLPARAMFLAGS_NOHOLDCONFERENCE, 4, LINEERR_INVALCALLPARAMS },
};

START_TEST(flags_of_one_step_want_their_function)
{
	struct {
		LINECALLPARAMS p;
		char target[4];
	} in = { { .dwTotalSize = sizeof(in),
				 .dwCallParamFlags = bad_steps[_i].flags,
				 .dwTargetAddressSize = bad_steps[_i].target_size,
				 .dwTargetAddressOffset = sizeof(in.p) },
		"103" };

	world_connect("101", "102");
	world_next_params(&in.p);

	ck_assert_int_eq(world_setup_transfer(1), bad_steps[_i].result);
	ck_assert_int_eq(world_make("104", "103", &in.p), bad_steps[_i].result);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_consultation_becomes_a_transfer)
{
	const LINECALLINFO *i;
	DWORD hub;

	consult_answered();
	hub = world_info(2)->dwCallID;

	ck_assert_int_eq(world_complete_transfer(1, 3), 6);

	expect_log("reply 6 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "101.3 CALLSTATE IDLE 0\n"
		   "103.4 CALLINFO 0xc0\n"
		   "102.2 CALLINFO 0xe0000\n"
		   "103.4 CALLINFO 0xe0200\n"
		   "102.2 CALLSTATE CONNECTED 1\n");
	i = world_info(2);
	ck_assert_uint_eq(i->dwCallID, hub);
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_DIRECT);
	expect_id(i, CallerID, "101");
	expect_id(i, ConnectedID, "103");
	expect_id(i, RedirectingID, "101");
	expect_id(i, RedirectionID, "103");
	i = world_info(4);
	ck_assert_uint_eq(i->dwCallID, hub);
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_TRANSFER);
	expect_id(i, ConnectedID, "102");
	expect_id(i, RedirectingID, "101");
}
END_TEST

START_TEST(who_was_transferred_hangs_up_on_the_new_one)
{
	consult_answered();
	(void)world_complete_transfer(1, 3);
	ck_assert_int_eq(world_close_call(1), 0);
	ck_assert_int_eq(world_close_call(3), 0);
	(void)world_take();

	(void)world_drop(2);

	expect_log("reply 7 0\n"
		   "102.2 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "103.4 CALLSTATE DISCONNECTED 1\n");
}
END_TEST

START_TEST(the_two_agree_on_their_media)
{
	(void)world_add_msp("101");
	(void)world_add_msp("102");
	(void)world_add_msp("103");
	(void)world_make("101", "102", NULL);
	(void)world_msp_says(1, MSG("offer 1", "sdp A"));
	(void)world_answer(2);
	(void)world_msp_says(2, MSG("answer 1", "sdp B"));
	(void)world_setup_transfer(1);
	(void)world_msp_says(1, MSG("offer 3", "silent A"));
	(void)world_msp_says(2, MSG("answer 2", "silent B"));
	(void)world_msp_says(3, MSG("offer 1", "sdp A2"));
	(void)world_dial(3, "103");
	(void)world_answer(4);
	(void)world_msp_says(4, MSG("answer 1", "sdp C"));
	(void)world_take();

	(void)world_complete_transfer(1, 3);
	expect_log("reply 6 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "101.1 msp close 4\n"
		   "101.3 CALLSTATE IDLE 0\n"
		   "101.3 msp close 2\n"
		   "103.4 CALLINFO 0xc0\n"
		   "102.2 CALLINFO 0xe0000\n"
		   "103.4 CALLINFO 0xe0200\n"
		   "102.2 msp offer? 3\n"
		   "102.2 CALLSTATE CONNECTED 1\n");
	(void)world_msp_says(2, MSG("offer 3", "sdp B'"));
	expect_log("103.4 msp offer 2 <sdp B'>\n");
	(void)world_msp_says(4, MSG("answer 2", "sdp C'"));
	expect_log("102.2 msp answer 3 <sdp C'>\n");
	ck_assert_uint_ne(world_features(2) & LINECALLFEATURE_GENERATEDIGITS, 0);
}
END_TEST

START_TEST(a_transfer_need_not_wait_for_the_answer)
{
	const LINECALLINFO *i;

	consult();
	(void)world_take();

	ck_assert_int_eq(world_complete_transfer(1, 3), 5);
	expect_log("reply 5 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "101.3 CALLSTATE IDLE 0\n"
		   "103.4 CALLINFO 0xc0\n"
		   "102.2 CALLINFO 0xc0000\n"
		   "103.4 CALLINFO 0xc8200\n"
		   "102.2 CALLSTATE CONNECTED 1\n");
	i = world_info(4);
	expect_id(i, CallerID, "102");
	expect_id(i, RedirectingID, "101");
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_TRANSFER);

	(void)world_answer(4);
	expect_log("103.4 CALLSTATE ACCEPTED 0\n"
		   "103.4 CALLSTATE CONNECTED 1\n"
		   "reply 6 0\n"
		   "103.4 CALLINFO 0x20000\n"
		   "102.2 CALLINFO 0x20000\n");
	expect_id(world_info(2), ConnectedID, "103");
}
END_TEST

START_TEST(a_transfer_may_begin_before_it_rings)
{
	const char *const slow[] = { "setup_ms", "1000", NULL };

	world_stop();
	world_start(slow);
	(void)world_make("101", "102", NULL);
	exchange_advance(1000);
	(void)world_answer(2);
	(void)world_setup_transfer(1);
	(void)world_dial(3, "103");
	ck_assert_int_gt(world_complete_transfer(1, 3), 0);
	(void)world_take();

	exchange_advance(1000);

	expect_log("103 NEWCALL 4\n"
		   "103.4 CALLSTATE OFFERING 1\n"
		   "102.2 CALLINFO 0xc0000\n");
	expect_id(world_info(4), CallerID, "102");
	ck_assert_uint_eq(world_info(4)->dwReason, LINECALLREASON_TRANSFER);
	ck_assert_uint_eq(world_info(4)->dwCallID, world_info(2)->dwCallID);
	(void)world_answer(4);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(who_is_transferred_to_nobody_comes_back_once)
{
	consult();
	(void)world_complete_transfer(1, 3);
	(void)world_take();

	exchange_advance(10000);
	expect_log("101 NEWCALL 5\n"
		   "because Q.850 19 no answer from user\n"
		   "103.4 CALLSTATE DISCONNECTED 1\n"
		   "101.5 CALLSTATE OFFERING 1\n"
		   "102.2 CALLINFO 0xc0000\n");
	ck_assert_uint_eq(world_info(5)->dwReason, LINECALLREASON_REMINDER);
	expect_id(world_info(5), CallerID, "102");
	expect_id(world_info(5), RedirectingID, "103");

	exchange_advance(10000);
	expect_log("because Q.850 19 no answer from user\n"
		   "102.2 CALLSTATE DISCONNECTED 64\n"
		   "because Q.850 19 no answer from user\n"
		   "101.5 CALLSTATE DISCONNECTED 1\n");
}
END_TEST

START_TEST(who_comes_back_may_be_answered)
{
	consult();
	(void)world_complete_transfer(1, 3);
	(void)world_drop(4);
	ck_assert_uint_eq(world_state(5), LINECALLSTATE_OFFERING);

	ck_assert_int_gt(world_answer(5), 0);

	ck_assert_uint_eq(world_state(5), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
	expect_id(world_info(2), ConnectedID, "101");
}
END_TEST

START_TEST(dropping_the_consultation_brings_the_call_back)
{
	consult_answered();

	(void)world_drop(3);

	expect_log("reply 6 0\n"
		   "101.3 CALLSTATE IDLE 0\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "102.2 CALLSTATE CONNECTED 1\n"
		   "because Q.850 16 normal call clearing\n"
		   "103.4 CALLSTATE DISCONNECTED 1\n");
}
END_TEST

START_TEST(going_back_ends_the_consultation)
{
	consult_answered();

	(void)world_unhold(1);

	expect_log("reply 6 0\n"
		   "101.3 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "103.4 CALLSTATE DISCONNECTED 1\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "102.2 CALLSTATE CONNECTED 1\n");
}
END_TEST

START_TEST(one_may_swap_between_both)
{
	consult_answered();

	(void)world_swap_hold(3, 1);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_ONHOLDPENDTRANSFER);
	(void)world_drop(1);

	/* the one that waits comes back, whichever it is */
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(any_held_call_may_be_transferred_to_any_other)
{
	world_connect("101", "102");
	(void)world_hold(1);
	world_connect("101", "103");
	ck_assert_uint_ne(world_features(1) & LINECALLFEATURE_COMPLETETRANSF, 0);

	ck_assert_int_gt(world_complete_transfer(1, 3), 0);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_IDLE);
	expect_id(world_info(2), ConnectedID, "103");
	ck_assert_uint_eq(world_info(2)->dwCallID, world_info(4)->dwCallID);
}
END_TEST

START_TEST(who_holds_is_transferred_all_the_same)
{
	consult_answered();
	(void)world_hold(2);

	(void)world_complete_transfer(1, 3);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_ONHOLD);
	ck_assert_ptr_nonnull(strstr(world_take(), "103.4 CALLSTATE CONNECTED 4\n"));
	(void)world_unhold(2);
	ck_assert_ptr_nonnull(strstr(world_take(), "103.4 CALLSTATE CONNECTED 1\n"));
}
END_TEST

START_TEST(what_cannot_be_completed)
{
	consult_answered();
	world_connect("104", "103");

	ck_assert_int_eq(world_complete_transfer(3, 1), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_complete_transfer(1, 1), LINEERR_INVALCONSULTCALLHANDLE);
	ck_assert_int_eq(world_complete_transfer(1, 5), LINEERR_INVALCONSULTCALLHANDLE);
	ck_assert_int_eq(TSPI_lineCompleteTransfer(9, world_call(1), 12345, 0, NULL,
					 LINETRANSFERMODE_TRANSFER),
			LINEERR_INVALCONSULTCALLHANDLE);
	ck_assert_int_eq(TSPI_lineCompleteTransfer(9, 12345, world_call(3), 0, NULL,
					 LINETRANSFERMODE_TRANSFER),
			LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(TSPI_lineCompleteTransfer(9, world_call(1), world_call(3), 0, NULL, 4),
			LINEERR_INVALTRANSFERMODE);
	ck_assert_int_eq(world_setup_transfer(1), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_setup_transfer(3), LINEERR_INVALCALLSTATE);
	(void)world_drop(4);
	ck_assert_int_eq(world_complete_transfer(1, 3), LINEERR_INVALCALLSTATE);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_ONHOLDPENDTRANSFER);
}
END_TEST

TCase *transfer_case(void)
{
	TCase *tc = tcase_create("transfer");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, setup_holds_one_call_and_makes_another);
	tcase_add_test(tc, setup_calls_at_once_in_one_step);
	tcase_add_loop_test(tc, flags_of_one_step_want_their_function, 0, 2);
	tcase_add_test(tc, a_consultation_becomes_a_transfer);
	tcase_add_test(tc, who_was_transferred_hangs_up_on_the_new_one);
	tcase_add_test(tc, the_two_agree_on_their_media);
	tcase_add_test(tc, a_transfer_need_not_wait_for_the_answer);
	tcase_add_test(tc, a_transfer_may_begin_before_it_rings);
	tcase_add_test(tc, who_is_transferred_to_nobody_comes_back_once);
	tcase_add_test(tc, who_comes_back_may_be_answered);
	tcase_add_test(tc, dropping_the_consultation_brings_the_call_back);
	tcase_add_test(tc, going_back_ends_the_consultation);
	tcase_add_test(tc, one_may_swap_between_both);
	tcase_add_test(tc, any_held_call_may_be_transferred_to_any_other);
	tcase_add_test(tc, who_holds_is_transferred_all_the_same);
	tcase_add_test(tc, what_cannot_be_completed);
	return tc;
}
