// SPDX-License-Identifier: MIT
/* test_calls.c - calls between two extensions, without media: every way that one can go. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <string.h>

#define RINGING                                                                                    \
	"101.1 CALLSTATE DIALING 0\n"                                                              \
	"101.1 CALLSTATE PROCEEDING 0\n"                                                           \
	"102 NEWCALL 2\n"                                                                          \
	"102.2 CALLSTATE OFFERING 1\n"                                                             \
	"101.1 CALLINFO 0x10000\n"                                                                 \
	"101.1 CALLSTATE RINGBACK 0\n"

static void start(void)
{
	world_start(NULL);
}

START_TEST(a_call_is_offered_answered_and_dropped)
{
	ck_assert_int_eq(world_make("101", "102", NULL), 1);
	expect_log("reply 1 0\n" RINGING);

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

START_TEST(the_called_side_hangs_up)
{
	world_connect("101", "102");

	ck_assert_int_gt(world_drop(2), 0);

	expect_log("reply 3 0\n"
		   "102.2 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "101.1 CALLSTATE DISCONNECTED 1\n");
}
END_TEST

START_TEST(a_call_may_be_accepted_first)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_gt(world_accept(2), 0);
	expect_log("reply 2 0\n"
		   "102.2 CALLSTATE ACCEPTED 0\n");
	ck_assert_int_gt(world_answer(2), 0);
	expect_log("102.2 CALLSTATE CONNECTED 1\n"
		   "reply 3 0\n"
		   "102.2 CALLINFO 0x20000\n"
		   "101.1 CALLSTATE CONNECTED 1\n"
		   "101.1 CALLINFO 0x20000\n");
}
END_TEST

START_TEST(a_rejected_caller_is_disconnected)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_gt(world_drop(2), 0);

	expect_log("reply 2 0\n"
		   "102.2 CALLSTATE IDLE 0\n"
		   "because Q.850 21 call rejected\n"
		   "101.1 CALLSTATE DISCONNECTED 4\n");
}
END_TEST

START_TEST(a_caller_gives_up)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_gt(world_drop(1), 0);

	expect_log("reply 2 0\n"
		   "101.1 CALLSTATE IDLE 0\n"
		   "because Q.850 16 normal call clearing\n"
		   "102.2 CALLSTATE DISCONNECTED 1\n");
	ck_assert_int_eq(world_answer(2), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(nobody_answers)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	exchange_advance(59999);
	expect_log("");
	exchange_advance(1);

	expect_log("because Q.850 19 no answer from user\n"
		   "101.1 CALLSTATE DISCONNECTED 64\n"
		   "because Q.850 19 no answer from user\n"
		   "102.2 CALLSTATE DISCONNECTED 1\n");
	exchange_advance(100000);
	expect_log("");
}
END_TEST

START_TEST(an_answered_call_does_not_time_out)
{
	world_connect("101", "102");

	exchange_advance(3600000);

	expect_log("");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_caller_may_wait_shorter_than_the_exchange)
{
	LINECALLPARAMS params = { .dwTotalSize = sizeof(params), .dwNoAnswerTimeout = 5 };

	(void)world_make("101", "102", &params);

	exchange_advance(4999);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
	exchange_advance(1);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(an_extension_with_two_calls_is_busy)
{
	world_connect("101", "102");
	world_connect("103", "102");

	(void)world_make("104", "102", NULL);

	expect_log("reply 5 0\n"
		   "104.5 CALLSTATE DIALING 0\n"
		   "104.5 CALLSTATE PROCEEDING 0\n"
		   "because Q.850 17 user busy\n"
		   "104.5 CALLSTATE BUSY 1\n");
	ck_assert_uint_eq(world_calls(), 5);
}
END_TEST

START_TEST(an_ended_call_does_not_keep_its_line_busy)
{
	world_connect("101", "102");
	world_connect("103", "102");
	(void)world_drop(1);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_DISCONNECTED);

	(void)world_make("104", "102", NULL);

	ck_assert_uint_eq(world_state(5), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(its_own_number_is_busy)
{
	(void)world_make("101", "101", NULL);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_BUSY);
	(void)world_take();
	ck_assert_int_gt(world_drop(1), 0);
	expect_log("reply 2 0\n"
		   "101.1 CALLSTATE IDLE 0\n");
}
END_TEST

START_TEST(a_full_line_makes_no_call)
{
	world_connect("101", "102");
	world_connect("101", "103");

	ck_assert_int_eq(world_make("101", "104", NULL), LINEERR_CALLUNAVAIL);

	expect_log("because line\n");
}
END_TEST

START_TEST(a_number_that_nobody_has)
{
	(void)world_make("101", "999", NULL);

	expect_log("reply 1 0\n"
		   "101.1 CALLSTATE DIALING 0\n"
		   "101.1 CALLSTATE PROCEEDING 0\n"
		   "because Q.850 1 unallocated number\n"
		   "101.1 CALLSTATE DISCONNECTED 128\n");
}
END_TEST

START_TEST(a_closed_line_is_unreachable_after_three_seconds)
{
	ck_assert_int_eq(TSPI_lineClose(world_line("102")), 0);

	(void)world_make("101", "102", NULL);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_PROCEEDING);
	(void)world_take();
	exchange_advance(2999);
	expect_log("");
	exchange_advance(1);
	expect_log("because Q.850 20 subscriber absent\n"
		   "101.1 CALLSTATE DISCONNECTED 256\n");
}
END_TEST

START_TEST(a_line_that_takes_no_calls_is_unreachable)
{
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("102"), 0), 0);

	(void)world_make("101", "102", NULL);
	exchange_advance(3000);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(callers_wait_for_an_application_that_is_starting)
{
	ck_assert_int_eq(TSPI_lineClose(world_line("102")), 0);
	(void)world_make("101", "102", NULL);
	(void)world_make("103", "102", NULL);
	(void)world_make("104", "102", NULL);
	(void)world_drop(2);
	(void)world_take();

	exchange_advance(2000);
	world_open(1);

	expect_log("102 NEWCALL 4\n"
		   "102 NEWCALL 5\n"
		   "102.4 CALLSTATE OFFERING 1\n"
		   "101.1 CALLINFO 0x10000\n"
		   "101.1 CALLSTATE RINGBACK 0\n"
		   "102.5 CALLSTATE OFFERING 1\n"
		   "104.3 CALLINFO 0x10000\n"
		   "104.3 CALLSTATE RINGBACK 0\n");
	exchange_advance(10000);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(a_line_that_takes_other_media_is_incompatible)
{
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("102"),
					 LINEMEDIAMODE_AUTOMATEDVOICE),
			0);

	(void)world_make("101", "102", NULL);

	ck_assert_ptr_nonnull(strstr(world_take(), "because Q.850 88 incompatible destination\n"
						   "101.1 CALLSTATE DISCONNECTED 1024\n"));
}
END_TEST

#define VOICE   LINEMEDIAMODE_INTERACTIVEVOICE
#define ROBOT   LINEMEDIAMODE_AUTOMATEDVOICE
#define FAX     LINEMEDIAMODE_G3FAX
#define UNKNOWN LINEMEDIAMODE_UNKNOWN

static const struct {
	DWORD caller, applications, offered; /* 0: not at all */
} media[] = {
	{ VOICE, VOICE, VOICE },
	{ ROBOT, VOICE, VOICE },
	{ ROBOT, ROBOT, 0 },
	{ FAX, VOICE, 0 },
	{ FAX, VOICE | FAX, FAX },
	{ LINEMEDIAMODE_DATAMODEM, LINEMEDIAMODE_DATAMODEM, LINEMEDIAMODE_DATAMODEM },
	{ UNKNOWN, VOICE, 0 },
	{ UNKNOWN, UNKNOWN, UNKNOWN },
	{ UNKNOWN | FAX | VOICE, FAX, UNKNOWN | FAX | VOICE },
	{ UNKNOWN | ROBOT, VOICE, UNKNOWN | ROBOT | VOICE },
};

START_TEST(each_media_mode_is_offered_to_who_waits_for_it)
{
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p), .dwMediaMode = media[_i].caller };

	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("102"),
					 media[_i].applications),
			0);
	ck_assert_int_gt(world_make("101", "102", &p), 0);

	ck_assert_uint_eq(world_calls(), media[_i].offered ? 2 : 1);
	if (media[_i].offered)
		ck_assert_uint_eq(world_info(2)->dwMediaMode, media[_i].offered);
	else
		ck_assert_ptr_nonnull(strstr(world_take(), "Q.850 88 incompatible destination"));
}
END_TEST

START_TEST(the_host_refuses_the_new_call)
{
	world_refuse_calls(true);

	(void)world_make("101", "102", NULL);

	expect_log("reply 1 0\n"
		   "101.1 CALLSTATE DIALING 0\n"
		   "101.1 CALLSTATE PROCEEDING 0\n"
		   "102 NEWCALL refused\n"
		   "because Q.850 41 temporary failure\n"
		   "101.1 CALLSTATE DISCONNECTED 32768\n");
	world_refuse_calls(false);
	(void)world_make("103", "102", NULL);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(wrong_states_are_refused)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_eq(world_answer(1), LINEERR_INVALCALLSTATE);
	expect_log("because call state\n");
	ck_assert_int_eq(world_accept(1), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_dial(1, "1"), LINEERR_INVALCALLSTATE);
	(void)world_answer(2);
	ck_assert_int_eq(world_answer(2), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(world_accept(2), LINEERR_INVALCALLSTATE);
	(void)world_drop(2);
	ck_assert_int_eq(world_drop(2), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(closing_a_call_ends_it)
{
	world_connect("101", "102");

	ck_assert_int_eq(world_close_call(1), 0);

	expect_log("because Q.850 16 normal call clearing\n"
		   "102.2 CALLSTATE DISCONNECTED 1\n");
	ck_assert_int_eq(world_close_call(1), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(TSPI_lineDrop(9, 12345, NULL, 0), LINEERR_INVALCALLHANDLE);
}
END_TEST

START_TEST(closing_a_line_ends_its_calls)
{
	world_connect("101", "102");
	world_connect("103", "102");

	ck_assert_int_eq(TSPI_lineClose(world_line("102")), 0);

	expect_log("because Q.850 16 normal call clearing\n"
		   "101.1 CALLSTATE DISCONNECTED 1\n"
		   "because Q.850 16 normal call clearing\n"
		   "103.3 CALLSTATE DISCONNECTED 1\n");
	ck_assert_int_eq(TSPI_lineClose(world_line("102")), LINEERR_INVALLINEHANDLE);
}
END_TEST

static const char *const always_full[] = { "congestion_percent", "100", NULL };
static const char *const slow[] = { "setup_ms", "700", NULL };

START_TEST(congestion_disconnects)
{
	world_stop();
	world_start(always_full);

	(void)world_make("101", "102", NULL);

	ck_assert_ptr_nonnull(strstr(world_take(), "because Q.850 34 no circuit available\n"
						   "101.1 CALLSTATE DISCONNECTED 512\n"));
}
END_TEST

START_TEST(setting_up_takes_the_configured_time)
{
	world_stop();
	world_start(slow);
	(void)world_make("101", "102", NULL);

	exchange_advance(699);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_PROCEEDING);
	exchange_advance(1);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(a_call_dropped_while_it_is_set_up_reaches_nobody)
{
	world_stop();
	world_start(slow);
	(void)world_make("101", "102", NULL);
	(void)world_drop(1);
	(void)world_take();

	exchange_advance(5000);

	expect_log("");
}
END_TEST

static void drop_the_first(void)
{
	(void)world_drop(1);
}

START_TEST(a_caller_gives_up_while_the_host_takes_the_new_call)
{
	world_at_new_call(drop_the_first);

	(void)world_make("101", "102", NULL);

	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 CALLSTATE OFFERING 1\n"
						   "because Q.850 16 normal call clearing\n"
						   "102.2 CALLSTATE DISCONNECTED 1\n"));
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_IDLE);
}
END_TEST

static void close_102(void)
{
	(void)TSPI_lineClose(world_line("102"));
}

START_TEST(a_line_is_closed_while_the_host_takes_the_new_call)
{
	world_at_new_call(close_102);

	(void)world_make("101", "102", NULL);

	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 CALLSTATE DISCONNECTED 4\n"));
	exchange_advance(100000);
	expect_log("");
}
END_TEST

TCase *calls_case(void)
{
	TCase *tc = tcase_create("calls");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_call_is_offered_answered_and_dropped);
	tcase_add_loop_test(tc, each_media_mode_is_offered_to_who_waits_for_it, 0,
			sizeof(media) / sizeof(media[0]));
	tcase_add_test(tc, the_called_side_hangs_up);
	tcase_add_test(tc, a_call_may_be_accepted_first);
	tcase_add_test(tc, a_rejected_caller_is_disconnected);
	tcase_add_test(tc, a_caller_gives_up);
	tcase_add_test(tc, nobody_answers);
	tcase_add_test(tc, an_answered_call_does_not_time_out);
	tcase_add_test(tc, a_caller_may_wait_shorter_than_the_exchange);
	tcase_add_test(tc, an_extension_with_two_calls_is_busy);
	tcase_add_test(tc, an_ended_call_does_not_keep_its_line_busy);
	tcase_add_test(tc, its_own_number_is_busy);
	tcase_add_test(tc, a_full_line_makes_no_call);
	tcase_add_test(tc, a_number_that_nobody_has);
	tcase_add_test(tc, a_closed_line_is_unreachable_after_three_seconds);
	tcase_add_test(tc, callers_wait_for_an_application_that_is_starting);
	tcase_add_test(tc, a_line_that_takes_no_calls_is_unreachable);
	tcase_add_test(tc, a_line_that_takes_other_media_is_incompatible);
	tcase_add_test(tc, the_host_refuses_the_new_call);
	tcase_add_test(tc, wrong_states_are_refused);
	tcase_add_test(tc, closing_a_call_ends_it);
	tcase_add_test(tc, closing_a_line_ends_its_calls);
	tcase_add_test(tc, a_caller_gives_up_while_the_host_takes_the_new_call);
	tcase_add_test(tc, a_line_is_closed_while_the_host_takes_the_new_call);
	tcase_add_test(tc, congestion_disconnects);
	tcase_add_test(tc, setting_up_takes_the_configured_time);
	tcase_add_test(tc, a_call_dropped_while_it_is_set_up_reaches_nobody);
	return tc;
}
