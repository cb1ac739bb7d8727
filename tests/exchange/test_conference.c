// SPDX-License-Identifier: MIT
/* test_conference.c - conferences: who is in them, in which states, and how they end. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <string.h>

#define MSG(verb_id, body) "TAPI-RTP/1 " verb_id "\n\n" body

static const char *const config[] = { "extensions", "101-109", "no_answer_ms", "10000",
	"conference_parties", "3", NULL };

static void start(void)
{
	world_start(config);
}

/* 101 talks to 102 (1, 2), has a conference (3) and consults 103 (4, 5). */
static void set_up(void)
{
	world_connect("101", "102");
	ck_assert_int_gt(world_setup_conference(1, NULL), 0);
	ck_assert_int_gt(world_dial(4, "103"), 0);
	(void)world_take();
}

/* Three parties: 101, 102 and 103. */
static void confer(void)
{
	set_up();
	ck_assert_int_gt(world_answer(5), 0);
	ck_assert_int_gt(world_add(3, 4), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONFERENCED);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONFERENCED);
	(void)world_take();
}

START_TEST(setup_makes_the_call_a_party)
{
	world_connect("101", "102");

	ck_assert_int_eq(world_setup_conference(1, NULL), 3);

	expect_log("reply 3 0\n"
		   "101.3 CALLSTATE ONHOLDPENDCONF 0\n"
		   "101.1 CALLSTATE CONFERENCED 3\n"
		   "102.2 CALLSTATE CONNECTED 4\n"
		   "101.4 CALLSTATE DIALTONE 4\n");
	ck_assert_uint_eq(world_features(3) & LINECALLFEATURE_ADDTOCONF, 0);
	ck_assert_uint_eq(world_info(3)->dwOrigin, LINECALLORIGIN_CONFERENCE);
	ck_assert_uint_eq(world_info(3)->dwCallID, world_info(2)->dwCallID);
	ck_assert_uint_eq(world_info(4)->dwRelatedCallID, world_info(3)->dwCallID);
}
END_TEST

START_TEST(setup_needs_no_first_party)
{
	ck_assert_int_eq(world_setup_conference(0, "101"), 1);

	expect_log("reply 1 0\n"
		   "101.1 CALLSTATE ONHOLDPENDCONF 0\n"
		   "101.2 CALLSTATE DIALTONE 4\n");
	(void)world_dial(2, "102");
	(void)world_answer(3);
	ck_assert_int_gt(world_add(1, 2), 0);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONFERENCED);
}
END_TEST

START_TEST(adding_makes_all_one_hub)
{
	set_up();
	(void)world_answer(5);
	(void)world_take();

	ck_assert_int_eq(world_add(3, 4), 6);

	expect_log("reply 6 0\n"
		   "101.3 CALLSTATE CONNECTED 1\n"
		   "102.2 CALLSTATE CONNECTED 1\n"
		   "101.4 CALLINFO 0xc0\n"
		   "103.5 CALLINFO 0xc0\n"
		   "101.4 CALLSTATE CONFERENCED 3\n");
	for (DWORD c = 1; c <= 5; c++)
		ck_assert_uint_eq(world_info(c)->dwCallID, world_info(3)->dwCallID);
}
END_TEST

START_TEST(a_party_need_not_have_answered)
{
	set_up();

	ck_assert_int_gt(world_add(3, 4), 0);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONFERENCED);
	(void)world_take();
	(void)world_answer(5);

	expect_log("103.5 CALLSTATE ACCEPTED 0\n"
		   "103.5 CALLSTATE CONNECTED 1\n"
		   "reply 6 0\n"
		   "103.5 CALLINFO 0x20000\n"
		   "101.4 CALLINFO 0x20000\n");
}
END_TEST

START_TEST(a_party_that_never_answers_leaves)
{
	set_up();
	(void)world_add(3, 4);
	(void)world_take();

	exchange_advance(10000);

	expect_log("because Q.850 19 no answer from user\n"
		   "101.4 CALLSTATE DISCONNECTED 64\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.3 CALLSTATE IDLE 0\n"
		   "because Q.850 19 no answer from user\n"
		   "103.5 CALLSTATE DISCONNECTED 1\n");
}
END_TEST

START_TEST(another_one_is_prepared_and_added)
{
	confer();

	ck_assert_int_eq(world_prepare_add(3), 7);
	expect_log("reply 7 0\n"
		   "101.3 CALLSTATE ONHOLDPENDCONF 0\n"
		   "102.2 CALLSTATE CONNECTED 4\n"
		   "103.5 CALLSTATE CONNECTED 4\n"
		   "101.6 CALLSTATE DIALTONE 4\n");
	(void)world_dial(6, "104");
	(void)world_answer(7);
	ck_assert_int_gt(world_add(3, 6), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(world_prepare_add(3), LINEERR_CONFERENCEFULL);
}
END_TEST

START_TEST(dropping_the_consultation_brings_the_conference_back)
{
	confer();
	(void)world_prepare_add(3);
	(void)world_take();

	(void)world_drop(6);

	expect_log("reply 8 0\n"
		   "101.6 CALLSTATE IDLE 0\n"
		   "101.3 CALLSTATE CONNECTED 1\n"
		   "102.2 CALLSTATE CONNECTED 1\n"
		   "103.5 CALLSTATE CONNECTED 1\n");
}
END_TEST

START_TEST(a_conference_that_never_was_leaves_a_plain_call)
{
	set_up();

	(void)world_drop(4);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(going_back_ends_the_consultation_of_a_conference)
{
	confer();
	(void)world_prepare_add(3);
	(void)world_dial(6, "104");

	ck_assert_int_gt(world_unhold(3), 0);

	ck_assert_uint_eq(world_state(6), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(7), LINECALLSTATE_DISCONNECTED);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_conference_is_held_and_unheld)
{
	confer();

	(void)world_hold(3);
	expect_log("reply 7 0\n"
		   "101.3 CALLSTATE ONHOLD 0\n"
		   "102.2 CALLSTATE CONNECTED 4\n"
		   "103.5 CALLSTATE CONNECTED 4\n");
	(void)world_unhold(3);
	expect_log("reply 8 0\n"
		   "101.3 CALLSTATE CONNECTED 1\n"
		   "102.2 CALLSTATE CONNECTED 1\n"
		   "103.5 CALLSTATE CONNECTED 1\n");
}
END_TEST

START_TEST(one_swaps_between_conference_and_consultation)
{
	confer();
	(void)world_prepare_add(3);
	(void)world_dial(6, "104");
	(void)world_answer(7);

	ck_assert_int_gt(world_swap_hold(6, 3), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(6), LINECALLSTATE_ONHOLDPENDCONF);
	ck_assert_int_gt(world_add(3, 6), 0);

	ck_assert_uint_eq(world_state(6), LINECALLSTATE_CONFERENCED);
	ck_assert_uint_eq(world_state(7), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_conference_consults_one_at_a_time)
{
	confer();
	(void)world_prepare_add(3);
	(void)world_dial(6, "104");
	(void)world_answer(7);
	(void)world_swap_hold(6, 3);

	ck_assert_int_eq(world_prepare_add(3), LINEERR_INVALCALLSTATE);
	(void)world_close_call(3);
	(void)world_close_call(6);
	ck_assert_uint_eq(world_state(7), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(who_is_removed_has_a_plain_call)
{
	confer();
	(void)world_prepare_add(3);
	(void)world_dial(6, "104");
	(void)world_answer(7);
	(void)world_add(3, 6);
	(void)world_take();

	ck_assert_int_eq(world_remove(1), 11);

	expect_log("reply 11 0\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.1 CALLINFO 0xc0\n"
		   "102.2 CALLINFO 0xc0\n");
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_uint_ne(world_info(1)->dwCallID, world_info(3)->dwCallID);
	ck_assert_uint_eq(world_info(1)->dwCallID, world_info(2)->dwCallID);
	ck_assert_uint_eq(world_info(1)->dwRelatedCallID, world_info(3)->dwCallID);
}
END_TEST

START_TEST(a_conference_of_one_is_none)
{
	confer();

	(void)world_remove(1);

	expect_log("reply 7 0\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.1 CALLINFO 0xc0\n"
		   "102.2 CALLINFO 0xc0\n"
		   "101.4 CALLSTATE CONNECTED 1\n"
		   "101.3 CALLSTATE IDLE 0\n");
	ck_assert_uint_eq(world_state(5), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_party_that_hangs_up_leaves)
{
	confer();

	(void)world_drop(5);

	expect_log("reply 7 0\n"
		   "103.5 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "101.4 CALLSTATE DISCONNECTED 1\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.3 CALLSTATE IDLE 0\n");
}
END_TEST

START_TEST(who_is_left_of_a_held_conference_is_on_hold)
{
	confer();
	(void)world_hold(3);

	(void)world_drop(4);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_ONHOLD);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_IDLE);
	ck_assert_int_gt(world_unhold(1), 0);
}
END_TEST

START_TEST(dropping_the_conference_ends_all_of_it)
{
	confer();

	(void)world_drop(3);

	expect_log("reply 7 0\n"
		   "101.3 CALLSTATE IDLE 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "102.2 CALLSTATE DISCONNECTED 1\n"
		   "101.4 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "103.5 CALLSTATE DISCONNECTED 1\n");
}
END_TEST

START_TEST(a_transfer_ends_as_a_conference)
{
	world_connect("101", "102");
	(void)world_setup_transfer(1);
	(void)world_dial(3, "103");
	(void)world_answer(4);
	(void)world_take();

	ck_assert_int_eq(world_complete_as_conference(1, 3), 6);

	expect_log("reply 6 0\n"
		   "101.5 CALLSTATE CONNECTED 1\n"
		   "101.5 CALLINFO 0x20000\n"
		   "101.1 CALLSTATE CONFERENCED 5\n"
		   "102.2 CALLSTATE CONNECTED 1\n"
		   "101.3 CALLINFO 0xc0\n"
		   "103.4 CALLINFO 0xc0\n"
		   "101.3 CALLSTATE CONFERENCED 5\n");
	ck_assert_uint_eq(world_info(4)->dwCallID, world_info(2)->dwCallID);
}
END_TEST

START_TEST(what_is_no_conference_or_no_party)
{
	confer();
	world_connect("104", "105");
	world_connect("101", "106");

	ck_assert_int_eq(world_prepare_add(1), LINEERR_INVALCONFCALLHANDLE);
	ck_assert_int_eq(world_add(4, 8), LINEERR_INVALCONFCALLHANDLE);
	ck_assert_int_eq(world_add(3, 6), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(world_add(3, 3), LINEERR_INVALCONSULTCALLHANDLE);
	ck_assert_int_eq(world_add(3, 1), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_remove(8), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_remove(3), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_hold(1), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_setup_conference(3, NULL), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_setup_transfer(3), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_setup_transfer(1), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_blind_transfer(3, "104"), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(TSPI_lineAddToConference(9, world_call(3), 12345),
			LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(TSPI_lineRemoveFromConference(9, 12345), LINEERR_INVALCALLHANDLE);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(too_many_parties_are_refused)
{
	HDRVCALL conference, consult;

	world_connect("101", "102");

	ck_assert_int_eq(TSPI_lineSetupConference(9, world_call(1), 0, 90, &conference, 91,
					 &consult, 4, NULL),
			LINEERR_CONFERENCEFULL);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(parties_take_no_room_on_the_line)
{
	LINEADDRESSSTATUS s = { .dwTotalSize = sizeof(s) };

	confer();

	ck_assert_int_eq(TSPI_lineGetAddressStatus(world_line("101"), 0, &s), 0);
	ck_assert_uint_eq(s.dwNumActiveCalls, 1);
	(void)world_prepare_add(3);
	s.dwTotalSize = sizeof(s);
	ck_assert_int_eq(TSPI_lineGetAddressStatus(world_line("101"), 0, &s), 0);
	ck_assert_uint_eq(s.dwNumActiveCalls, 1);
	ck_assert_uint_eq(s.dwNumOnHoldPendCalls, 1);
}
END_TEST

START_TEST(what_is_heard_of_parties_belongs_to_the_conference)
{
	const LINEMONITORTONE beep = { 5, 200, 1400, 0, 0 };
	char digits[4] = "...";
	const char *said;

	confer();
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(1), LINEDIGITMODE_DTMF),
			LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(3), LINEDIGITMODE_DTMF), 0);
	ck_assert_int_eq(TSPI_lineMonitorTones(world_call(3), 8, &beep, 1), 0);
	ck_assert_int_eq(TSPI_lineGatherDigits(world_call(3), 9, LINEDIGITMODE_DTMF, digits, 2,
					 NULL, 0, 0),
			0);
	(void)world_add_msp("101");
	(void)world_take();

	(void)world_msp_says(1, MSG("offer 1\nNew: yes", "sdp"));
	said = world_take();
	ck_assert_ptr_nonnull(strstr(said, "101.1 msp detect "));
	ck_assert_ptr_nonnull(strstr(said, " <1 200 1400\n>\n"));
	(void)world_msp_says(1, MSG("digit 2\nDigit: 4\nState: down", ""));
	(void)world_msp_says(1, MSG("heard 3\nNumber: 1", ""));
	(void)world_msp_says(1, MSG("digit 4\nDigit: 2\nState: down", ""));
	expect_log("101.3 DIGIT 4 2 0\n"
		   "101.3 TONE 5 8 0\n"
		   "101.3 DIGIT 2 2 0\n"
		   "101.3 GATHERED 1 9\n");

	(void)world_drop(2); /* 101 and 103 remain, and are no conference */
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(4), LINEDIGITMODE_DTMF), 0);
}
END_TEST

/* --- Without a hold --- */

/* 101 and 102 talk on (1, 2), while 103 is called for the conference 3 (4, 5). */
static void set_up_unheld(void)
{
	static struct {
		LINECALLPARAMS p;
		char target[4];
	} in = { { .dwTotalSize = sizeof(in),
				 .dwCallParamFlags = LINECALLPARAMFLAGS_NOHOLDCONFERENCE,
				 .dwTargetAddressSize = 4,
				 .dwTargetAddressOffset = sizeof(in.p) },
		"103" };

	world_connect("101", "102");
	world_next_params(&in.p);
	ck_assert_int_gt(world_setup_conference(1, NULL), 0);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_RINGBACK);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_ptr_null(strstr(world_take(), "CONNECTED 4"));
}

START_TEST(who_was_not_held_joins_with_the_one_that_answers)
{
	set_up_unheld();

	(void)world_answer(5);

	expect_log("103.5 CALLSTATE ACCEPTED 0\n"
		   "103.5 CALLSTATE CONNECTED 1\n"
		   "reply 4 0\n"
		   "103.5 CALLINFO 0x20000\n"
		   "101.4 CALLSTATE CONNECTED 1\n"
		   "101.4 CALLINFO 0x20000\n"
		   "101.3 CALLSTATE CONNECTED 1\n"
		   "101.1 CALLSTATE CONFERENCED 3\n"
		   "101.4 CALLINFO 0xc0\n"
		   "103.5 CALLINFO 0xc0\n"
		   "101.4 CALLSTATE CONFERENCED 3\n");
}
END_TEST

START_TEST(without_an_answer_there_is_no_conference)
{
	set_up_unheld();

	(void)world_drop(5);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_DISCONNECTED);
	(void)world_drop(4);

	ck_assert_uint_eq(world_state(3), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(without_the_first_party_there_is_no_conference)
{
	set_up_unheld();

	(void)world_drop(2);
	(void)world_close_call(1);
	(void)world_answer(5);

	ck_assert_uint_eq(world_state(3), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
}
END_TEST

TCase *conference_case(void)
{
	TCase *tc = tcase_create("conference");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, setup_makes_the_call_a_party);
	tcase_add_test(tc, setup_needs_no_first_party);
	tcase_add_test(tc, adding_makes_all_one_hub);
	tcase_add_test(tc, a_party_need_not_have_answered);
	tcase_add_test(tc, a_party_that_never_answers_leaves);
	tcase_add_test(tc, another_one_is_prepared_and_added);
	tcase_add_test(tc, dropping_the_consultation_brings_the_conference_back);
	tcase_add_test(tc, a_conference_that_never_was_leaves_a_plain_call);
	tcase_add_test(tc, going_back_ends_the_consultation_of_a_conference);
	tcase_add_test(tc, a_conference_is_held_and_unheld);
	tcase_add_test(tc, one_swaps_between_conference_and_consultation);
	tcase_add_test(tc, a_conference_consults_one_at_a_time);
	tcase_add_test(tc, who_is_removed_has_a_plain_call);
	tcase_add_test(tc, a_conference_of_one_is_none);
	tcase_add_test(tc, a_party_that_hangs_up_leaves);
	tcase_add_test(tc, who_is_left_of_a_held_conference_is_on_hold);
	tcase_add_test(tc, dropping_the_conference_ends_all_of_it);
	tcase_add_test(tc, a_transfer_ends_as_a_conference);
	tcase_add_test(tc, what_is_no_conference_or_no_party);
	tcase_add_test(tc, too_many_parties_are_refused);
	tcase_add_test(tc, parties_take_no_room_on_the_line);
	tcase_add_test(tc, who_was_not_held_joins_with_the_one_that_answers);
	tcase_add_test(tc, without_an_answer_there_is_no_conference);
	tcase_add_test(tc, without_the_first_party_there_is_no_conference);
	tcase_add_test(tc, what_is_heard_of_parties_belongs_to_the_conference);
	return tc;
}
