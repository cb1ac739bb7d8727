// SPDX-License-Identifier: MIT
/* test_media.c - what passes between the exchange and the MSPs of the two halves. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"
#include "providers/exchange/media.h"

#include <string.h>

#define MSG(verb_id, body)  "TAPI-RTP/1 " verb_id "\n\n" body
#define NEW_OFFER(id, body) "TAPI-RTP/1 offer " id "\nNew: yes\n\n" body

#define CONNECTED                                                                                  \
	"102.2 CALLSTATE CONNECTED 1\n"                                                            \
	"reply 2 0\n"                                                                              \
	"102.2 CALLINFO 0x20000\n"                                                                 \
	"101.1 CALLSTATE CONNECTED 1\n"                                                            \
	"101.1 CALLINFO 0x20000\n"

static void start(void)
{
	world_start(NULL);
	(void)world_add_msp("101");
	(void)world_add_msp("102");
}

/* 101 calls 102 and has offered "sdp A". */
static void ring(void)
{
	(void)world_make("101", "102", NULL);
	ck_assert_int_eq(world_msp_says(1, MSG("offer 1", "sdp A")), 0);
	(void)world_take();
}

static void connect(void)
{
	ring();
	(void)world_answer(2);
	ck_assert_int_eq(world_msp_says(2, MSG("answer 1", "sdp B")), 0);
	(void)world_take();
}

START_TEST(the_caller_is_asked_after_its_call_is_made)
{
	(void)world_make("101", "102", NULL);

	expect_log("reply 1 0\n"
		   "101.1 msp offer? 1\n"
		   "101.1 CALLSTATE DIALING 0\n"
		   "101.1 CALLSTATE PROCEEDING 0\n"
		   "102 NEWCALL 2\n"
		   "102.2 CALLSTATE OFFERING 1\n"
		   "101.1 CALLINFO 0x10000\n"
		   "101.1 CALLSTATE RINGBACK 0\n");
}
END_TEST

START_TEST(offer_and_answer_cross)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();
	(void)world_msp_says(1, MSG("offer 1", "sdp A"));
	expect_log("");

	ck_assert_int_eq(world_answer(2), 2);
	expect_log("102.2 CALLSTATE ACCEPTED 0\n"
		   "102.2 msp offer 1 <sdp A>\n");

	(void)world_msp_says(2, MSG("answer 1", "sdp B"));
	expect_log("101.1 msp answer 1 <sdp B>\n" CONNECTED);
	ck_assert_uint_ne(world_features(1) & LINECALLFEATURE_GENERATEDIGITS, 0);
	ck_assert_uint_ne(world_features(2) & LINECALLFEATURE_GENERATEDIGITS, 0);
}
END_TEST

START_TEST(an_answer_waits_for_a_late_offer)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	(void)world_answer(2);
	expect_log("102.2 CALLSTATE ACCEPTED 0\n");
	(void)world_msp_says(1, MSG("offer 1", "sdp A"));
	expect_log("102.2 msp offer 1 <sdp A>\n");
	(void)world_msp_says(2, MSG("answer 1", "sdp B"));
	expect_log("101.1 msp answer 1 <sdp B>\n" CONNECTED);
}
END_TEST

START_TEST(a_caller_that_never_offers_costs_two_seconds)
{
	(void)world_make("101", "102", NULL);
	(void)world_answer(2);
	(void)world_take();

	exchange_advance(1999);
	expect_log("");
	exchange_advance(1);
	expect_log(CONNECTED);

	/* and if it does after all, sound comes late */
	(void)world_msp_says(1, MSG("offer 1", "sdp A"));
	expect_log("102.2 msp offer 1 <sdp A>\n");
	(void)world_msp_says(2, MSG("answer 1", "sdp B"));
	expect_log("101.1 msp answer 1 <sdp B>\n");
}
END_TEST

START_TEST(a_called_side_that_never_answers_costs_two_seconds)
{
	ring();
	(void)world_answer(2);
	(void)world_take();

	exchange_advance(2000);

	expect_log(CONNECTED);
	(void)world_msp_says(2, MSG("answer 1", "sdp B"));
	expect_log("101.1 msp answer 1 <sdp B>\n");
}
END_TEST

START_TEST(nobody_has_the_callers_media)
{
	(void)world_make("101", "102", NULL);
	(void)world_msp_bytes(1, NULL, 0);
	(void)world_take();

	(void)world_answer(2);

	expect_log("102.2 CALLSTATE ACCEPTED 0\n" CONNECTED);
}
END_TEST

START_TEST(nobody_has_the_called_sides_media)
{
	ring();
	(void)world_answer(2);
	(void)world_take();

	(void)world_msp_bytes(2, NULL, 0);

	expect_log("101.1 msp error 1 [Code: 488]\n" CONNECTED);
}
END_TEST

START_TEST(a_called_line_without_msp_connects_at_once)
{
	(void)world_make("101", "103", NULL);
	(void)world_msp_says(1, MSG("offer 1", "sdp A"));
	(void)world_take();

	(void)world_answer(2);

	expect_log("103.2 CALLSTATE ACCEPTED 0\n"
		   "101.1 msp error 1 [Code: 488]\n"
		   "103.2 CALLSTATE CONNECTED 1\n"
		   "reply 2 0\n"
		   "103.2 CALLINFO 0x20000\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.1 CALLINFO 0x20000\n");
}
END_TEST

START_TEST(a_calling_line_without_msp_connects_at_once)
{
	(void)world_make("103", "102", NULL);
	(void)world_take();

	(void)world_answer(2);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_ptr_null(strstr(world_take(), "msp"));
}
END_TEST

START_TEST(no_common_codec_connects_silent)
{
	ring();
	(void)world_answer(2);
	(void)world_take();

	(void)world_msp_says(2, "TAPI-RTP/1 error 1\nCode: 488\nReason: nothing in common\n\n");

	expect_log("101.1 msp error 1 [Code: 488]\n" CONNECTED);
}
END_TEST

START_TEST(both_are_closed_at_the_end)
{
	connect();

	(void)world_drop(1);

	expect_log("reply 3 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "101.1 msp close 2\n"
		   "because Q.850 16 normal call clearing\n"
		   "102.2 CALLSTATE DISCONNECTED 1\n"
		   "102.2 msp close 2\n");
	(void)world_drop(2);
	expect_log("reply 4 0\n"
		   "102.2 CALLSTATE IDLE 0\n");
}
END_TEST

START_TEST(a_caller_that_is_told_busy_is_closed)
{
	(void)world_make("101", "101", NULL);

	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 CALLSTATE BUSY 1\n"
						   "101.1 msp close 2\n"));
}
END_TEST

START_TEST(dropping_while_the_media_is_agreed_fails_the_answer)
{
	ring();
	(void)world_answer(2);
	(void)world_take();

	(void)world_drop(1);

	expect_log("reply 3 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "101.1 msp close 2\n"
		   "because Q.850 16 normal call clearing\n"
		   "102.2 CALLSTATE DISCONNECTED 1\n"
		   "because Q.850 16 normal call clearing\n"
		   "reply 2 80000048\n"
		   "102.2 msp close 2\n");
	exchange_advance(10000);
	expect_log("");
}
END_TEST

START_TEST(closing_the_answered_call_completes_the_answer)
{
	ring();
	(void)world_answer(2);
	(void)world_take();

	(void)world_close_call(2);

	ck_assert_ptr_nonnull(strstr(world_take(), "reply 2 80000048\n"));
}
END_TEST

START_TEST(an_instance_that_joins_moves_the_media)
{
	connect();

	(void)world_msp_says(1, NEW_OFFER("9", "sdp C"));
	expect_log("102.2 msp offer 2 <sdp C>\n");
	(void)world_msp_says(2, MSG("answer 2", "sdp D"));
	expect_log("101.1 msp answer 9 [New: yes] <sdp D>\n");
}
END_TEST

START_TEST(the_called_side_may_join_too)
{
	connect();

	(void)world_msp_says(2, NEW_OFFER("1", "sdp C"));
	expect_log("101.1 msp offer 2 <sdp C>\n");
	(void)world_msp_says(1, MSG("answer 2", "sdp D"));
	expect_log("102.2 msp answer 1 [New: yes] <sdp D>\n");
}
END_TEST

START_TEST(joining_a_call_whose_peer_has_no_media)
{
	(void)world_make("101", "103", NULL);
	(void)world_msp_says(1, MSG("offer 1", "sdp A"));
	(void)world_answer(2);
	(void)world_take();

	(void)world_msp_says(1, NEW_OFFER("3", "sdp C"));

	expect_log("101.1 msp error 3 [Code: 488]\n");
}
END_TEST

START_TEST(a_silent_call_gets_its_media_when_both_have_joined)
{
	(void)world_make("101", "102", NULL);
	(void)world_msp_bytes(1, NULL, 0);
	(void)world_answer(2);
	(void)world_take();

	(void)world_msp_says(2, NEW_OFFER("1", "sdp C"));
	expect_log("101.1 msp offer 2 <sdp C>\n");
	(void)world_msp_bytes(1, NULL, 0);
	expect_log("102.2 msp error 1 [Code: 488]\n");
	(void)world_msp_says(1, NEW_OFFER("1", "sdp D"));
	expect_log("102.2 msp offer 1 <sdp D>\n");
	(void)world_msp_says(2, MSG("answer 1", "sdp E"));
	expect_log("101.1 msp answer 1 [New: yes] <sdp E>\n");
	ck_assert_uint_ne(world_features(1) & LINECALLFEATURE_GENERATEDIGITS, 0);
}
END_TEST

START_TEST(of_two_offers_that_meet_the_later_one_is_answered)
{
	connect();

	(void)world_msp_says(1, NEW_OFFER("5", "sdp C"));
	expect_log("102.2 msp offer 2 <sdp C>\n");
	(void)world_msp_says(2, NEW_OFFER("5", "sdp D"));
	expect_log("101.1 msp error 5 [Code: 491]\n"
		   "101.1 msp offer 2 <sdp D>\n");
	(void)world_msp_says(2, "TAPI-RTP/1 error 2\nCode: 491\n\n");
	expect_log("");
	(void)world_msp_says(1, MSG("answer 2", "sdp E"));
	expect_log("102.2 msp answer 5 [New: yes] <sdp E>\n");
}
END_TEST

START_TEST(a_second_instance_takes_over_while_the_first_is_answered)
{
	connect();
	(void)world_msp_says(1, NEW_OFFER("5", "sdp C"));
	(void)world_take();

	(void)world_msp_says(1, NEW_OFFER("1", "sdp D"));
	expect_log("102.2 msp offer 3 <sdp D>\n");
	(void)world_msp_says(2, MSG("answer 2", "sdp of the first"));
	expect_log("");
	(void)world_msp_says(2, MSG("answer 3", "sdp of the second"));
	expect_log("101.1 msp answer 1 [New: yes] <sdp of the second>\n");
}
END_TEST

static union {
	VARSTRING v;
	char room[256];
} figures;

static LONG ask_figures(DWORD call, DRV_REQUESTID id, DWORD size)
{
	memset(&figures, 0xAA, sizeof(figures));
	figures.v.dwTotalSize = size;
	return TSPI_lineGetCallMedia(id, world_call(call), &figures.v);
}

START_TEST(figures_are_those_of_the_calls_msp)
{
	connect();
	ck_assert_int_eq(ask_figures(1, 77, sizeof(figures)), 77);
	expect_log("101.1 msp figures? 2\n");

	(void)world_msp_says(1, "TAPI-RTP/1 figures 2\nCodec: PCMU/8000\nLost:  3\n\n");
	expect_log("reply 77 0\n");
	ck_assert_uint_eq(figures.v.dwStringFormat, STRINGFORMAT_ASCII);
	ck_assert_uint_eq(figures.v.dwUsedSize, figures.v.dwNeededSize);
	ck_assert_uint_eq(figures.v.dwStringSize, sizeof("Codec: PCMU/8000\nLost: 3\n"));
	ck_assert_str_eq(figures.room + figures.v.dwStringOffset, "Codec: PCMU/8000\nLost: 3\n");
	(void)world_msp_says(1, "TAPI-RTP/1 figures 2\nLost: 9\n\n"); /* once is enough */
	expect_log("");
}
END_TEST

START_TEST(figures_that_do_not_fit_are_counted)
{
	connect();
	(void)ask_figures(1, 77, sizeof(VARSTRING));
	(void)world_msp_says(1, "TAPI-RTP/1 figures 2\nLost: 3\n\n");

	ck_assert_uint_eq(figures.v.dwStringSize, 0);
	ck_assert_uint_eq(figures.v.dwNeededSize, sizeof(VARSTRING) + sizeof("Lost: 3\n"));
}
END_TEST

#define UNAVAIL "reply 77 80000049\n"

static void msp_refuses(void)
{
	(void)world_msp_says(1, "TAPI-RTP/1 error 2\nCode: 501\nReason: not served\n\n");
}

static void nobody_is_there(void)
{
	(void)world_msp_bytes(1, "", 0);
}

static void instance_joins(void)
{
	(void)world_msp_says(1, NEW_OFFER("9", "sdp C"));
}

static void other_side_drops(void)
{
	(void)world_drop(2);
}

static void call_is_closed(void)
{
	(void)world_close_call(1);
}

static void (*const ends[])(void) = { msp_refuses, nobody_is_there, instance_joins,
	other_side_drops, call_is_closed };

START_TEST(figures_that_nobody_gives_end_with_a_reason)
{
	connect();
	(void)ask_figures(1, 77, sizeof(figures));
	(void)world_take();
	ends[_i]();

	ck_assert_ptr_nonnull(strstr(world_take(), UNAVAIL));
	ck_assert_str_ne(world_cause(), "");
}
END_TEST

START_TEST(figures_of_a_silent_call_are_refused)
{
	ring();
	ck_assert_int_eq(ask_figures(1, 77, sizeof(figures)), LINEERR_OPERATIONUNAVAIL);

	expect_log("because no media\n");
}
END_TEST

START_TEST(too_many_who_want_figures_are_refused)
{
	connect();
	for (DRV_REQUESTID id = 1; id <= FIGURES_MAX; id++)
		ck_assert_int_eq(ask_figures(1, id, sizeof(figures)), (LONG)id);

	ck_assert_int_eq(ask_figures(1, 99, sizeof(figures)), LINEERR_RESOURCEUNAVAIL);
}
END_TEST

START_TEST(an_instance_that_joins_while_it_rings_replaces_the_offer)
{
	ring();

	(void)world_msp_says(1, NEW_OFFER("4", "sdp C"));
	expect_log("101.1 msp error 1 [Code: 491]\n");
	(void)world_answer(2);
	(void)world_msp_says(2, MSG("answer 1", "sdp B"));
	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 msp offer 1 <sdp C>\n"
						   "101.1 msp answer 4 [New: yes] <sdp B>\n"));
}
END_TEST

TCase *media_case(void)
{
	TCase *tc = tcase_create("media");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, the_caller_is_asked_after_its_call_is_made);
	tcase_add_test(tc, offer_and_answer_cross);
	tcase_add_test(tc, an_answer_waits_for_a_late_offer);
	tcase_add_test(tc, a_caller_that_never_offers_costs_two_seconds);
	tcase_add_test(tc, a_called_side_that_never_answers_costs_two_seconds);
	tcase_add_test(tc, nobody_has_the_callers_media);
	tcase_add_test(tc, nobody_has_the_called_sides_media);
	tcase_add_test(tc, a_called_line_without_msp_connects_at_once);
	tcase_add_test(tc, a_calling_line_without_msp_connects_at_once);
	tcase_add_test(tc, no_common_codec_connects_silent);
	tcase_add_test(tc, both_are_closed_at_the_end);
	tcase_add_test(tc, a_caller_that_is_told_busy_is_closed);
	tcase_add_test(tc, dropping_while_the_media_is_agreed_fails_the_answer);
	tcase_add_test(tc, closing_the_answered_call_completes_the_answer);
	tcase_add_test(tc, an_instance_that_joins_moves_the_media);
	tcase_add_test(tc, the_called_side_may_join_too);
	tcase_add_test(tc, joining_a_call_whose_peer_has_no_media);
	tcase_add_test(tc, a_silent_call_gets_its_media_when_both_have_joined);
	tcase_add_test(tc, of_two_offers_that_meet_the_later_one_is_answered);
	tcase_add_test(tc, a_second_instance_takes_over_while_the_first_is_answered);
	tcase_add_test(tc, figures_are_those_of_the_calls_msp);
	tcase_add_test(tc, figures_that_do_not_fit_are_counted);
	tcase_add_loop_test(tc, figures_that_nobody_gives_end_with_a_reason, 0,
			sizeof(ends) / sizeof(ends[0]));
	tcase_add_test(tc, figures_of_a_silent_call_are_refused);
	tcase_add_test(tc, too_many_who_want_figures_are_refused);
	tcase_add_test(tc, an_instance_that_joins_while_it_rings_replaces_the_offer);
	return tc;
}
