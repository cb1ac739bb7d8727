// SPDX-License-Identifier: MIT
/* test_complete.c - calls that reached nobody are completed later, or otherwise. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/complete.h"
#include "providers/exchange/exchange.h"

#include <string.h>

static const char *const config[] = { "extensions", "101-106", "calls_per_line", "1",
	"completion_ms", "5000", NULL };

static DWORD completion;

static void start(void)
{
	world_start(config);
	completion = 0;
}

static LONG complete(DWORD call, DWORD mode)
{
	return TSPI_lineCompleteCall(world_request(), world_call(call), &completion, mode, 0);
}

/* 101 finds 102 in a call with 103: calls 1 and 2, and 3. */
static void find_busy(void)
{
	world_connect("103", "102");
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_BUSY);
	(void)world_take();
}

START_TEST(one_is_called_back_when_the_line_is_free)
{
	const LINECALLINFO *i;

	find_busy();
	(void)TSPI_lineSetStatusMessages(world_line("101"), 0xFFFFFFFFu, 0);

	ck_assert_int_eq(complete(3, LINECALLCOMPLMODE_CALLBACK), 4);
	expect_log("101 LINEDEVSTATE 0x1000 0 0\n"
		   "reply 4 0\n"
		   "101.3 CALLSTATE IDLE 0\n"
		   "101 LINEDEVSTATE 0x800 0 0\n");
	ck_assert_uint_ne(completion, 0);
	exchange_advance(1000);
	ck_assert_uint_eq(world_calls(), 3);
	(void)world_take();
	(void)world_drop(2);
	exchange_advance(0);

	ck_assert_ptr_nonnull(strstr(world_take(), "101 NEWCALL 4\n"
						   "101.4 CALLSTATE OFFERING 1\n"
						   "101 LINEDEVSTATE 0x2 3 0\n"));
	i = world_info(4);
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_CALLCOMPLETION);
	ck_assert_uint_eq(i->dwCompletionID, completion);
	ck_assert_str_eq(world_part(i, i->dwCallerIDSize, i->dwCallerIDOffset), "102");
}
END_TEST

START_TEST(who_answers_the_call_back_calls)
{
	find_busy();
	(void)complete(3, LINECALLCOMPLMODE_CALLBACK);
	(void)world_drop(1);
	(void)world_drop(2);
	exchange_advance(0);

	ck_assert_int_gt(world_answer(4), 0);

	ck_assert_uint_eq(world_state(4), LINECALLSTATE_RINGBACK);
	ck_assert_uint_eq(world_state(5), LINECALLSTATE_OFFERING);
	(void)world_answer(5);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(5), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(TSPI_lineUncompleteCall(world_request(), world_line("101"), completion),
			LINEERR_INVALCOMPLETIONID);
}
END_TEST

START_TEST(a_call_back_that_is_not_answered_is_over)
{
	find_busy();
	(void)complete(3, LINECALLCOMPLMODE_CALLBACK);
	(void)world_drop(2);
	(void)world_drop(1);
	exchange_advance(0);
	(void)TSPI_lineSetStatusMessages(world_line("101"), LINEDEVSTATE_COMPLCANCEL, 0);
	(void)world_take();

	exchange_advance(5000);

	ck_assert_ptr_nonnull(strstr(world_take(), "101 LINEDEVSTATE 0x800000 0 0\n"));
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_DISCONNECTED);
	exchange_advance(60000);
	ck_assert_uint_eq(world_calls(), 4);
}
END_TEST

START_TEST(a_call_back_that_the_host_refuses_is_over)
{
	find_busy();
	(void)complete(3, LINECALLCOMPLMODE_CALLBACK);
	world_refuse_calls(true);
	(void)world_drop(2);
	exchange_advance(0);

	exchange_advance(60000);

	ck_assert_uint_eq(world_calls(), 3);
	ck_assert_int_eq(TSPI_lineUncompleteCall(50, world_line("101"), completion),
			LINEERR_INVALCOMPLETIONID);
}
END_TEST

START_TEST(nobody_is_called_back_while_they_talk_themselves)
{
	find_busy();
	(void)complete(3, LINECALLCOMPLMODE_CALLBACK);
	(void)world_make("101", "104", NULL);
	(void)world_drop(2);
	exchange_advance(0);
	ck_assert_uint_eq(world_calls(), 5);

	(void)world_drop(4);
	exchange_advance(0);

	ck_assert_uint_eq(world_state(6), LINECALLSTATE_OFFERING);
}
END_TEST

START_TEST(who_did_not_answer_is_called_after_the_next_call)
{
	(void)world_make("101", "102", NULL);
	ck_assert_int_gt(complete(1, LINECALLCOMPLMODE_CALLBACK), 0);
	exchange_advance(1000);
	ck_assert_uint_eq(world_calls(), 2);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_DISCONNECTED);

	world_connect("102", "103");
	exchange_advance(0);
	(void)world_drop(4);
	exchange_advance(0);

	ck_assert_uint_eq(world_info(5)->dwReason, LINECALLREASON_CALLCOMPLETION);
}
END_TEST

START_TEST(a_call_waits_for_the_line)
{
	find_busy();

	ck_assert_int_gt(complete(3, LINECALLCOMPLMODE_CAMPON), 0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_PROCEEDING);
	(void)world_drop(2);
	exchange_advance(0);

	ck_assert_uint_eq(world_state(3), LINECALLSTATE_RINGBACK);
	ck_assert_uint_eq(world_info(4)->dwReason, LINECALLREASON_CAMPEDON);
	(void)world_answer(4);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(waiting_is_given_up)
{
	find_busy();
	(void)complete(3, LINECALLCOMPLMODE_CAMPON);

	ck_assert_int_eq(TSPI_lineUncompleteCall(50, world_line("102"), completion),
			LINEERR_INVALCOMPLETIONID);
	ck_assert_int_eq(TSPI_lineUncompleteCall(51, world_line("101"), completion), 51);

	ck_assert_uint_eq(world_state(3), LINECALLSTATE_BUSY);
	ck_assert_int_eq(TSPI_lineUncompleteCall(52, world_line("101"), completion),
			LINEERR_INVALCOMPLETIONID);
	(void)world_drop(2);
	exchange_advance(0);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_BUSY);
}
END_TEST

START_TEST(who_hangs_up_does_not_wait)
{
	find_busy();
	(void)complete(3, LINECALLCOMPLMODE_CAMPON);
	(void)world_drop(3);
	(void)world_drop(2);
	exchange_advance(0);

	ck_assert_uint_eq(world_calls(), 3);
	ck_assert_int_eq(TSPI_lineUncompleteCall(52, world_line("101"), completion),
			LINEERR_INVALCOMPLETIONID);
}
END_TEST

START_TEST(one_breaks_into_the_call)
{
	find_busy();

	ck_assert_int_gt(complete(3, LINECALLCOMPLMODE_INTRUDE), 0);

	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_info(4)->dwReason, LINECALLREASON_INTRUDE);
	ck_assert_uint_eq(world_info(4)->dwLineDeviceID, WORLD_LINE_BASE + 1);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
	(void)world_drop(3);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_DISCONNECTED);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(who_breaks_in_is_mixed_with_the_call)
{
	const char *log, *first, *second;

	(void)world_add_msp("101");
	(void)world_add_msp("102");
	(void)world_add_msp("103");
	(void)world_make("103", "102", NULL);
	(void)world_msp_says(1, "TAPI-RTP/1 offer 1\n\nsdp");
	(void)world_answer(2);
	(void)world_msp_says(2, "TAPI-RTP/1 answer 1\n\nsdp");
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_BUSY);
	(void)world_take();

	ck_assert_int_gt(complete(3, LINECALLCOMPLMODE_INTRUDE), 0);
	(void)world_msp_says(3, "TAPI-RTP/1 offer 3\n\nsdp");

	log = world_take();
	first = strstr(log, "102.2 msp mix ");
	second = strstr(log, "102.4 msp mix ");
	ck_assert_msg(first && second, "%s", log);
	first = strchr(first, '[');
	second = strchr(second, '[');
	ck_assert_int_eq(strncmp(first, second, strcspn(first, "]")), 0);
}
END_TEST

START_TEST(nobody_breaks_into_a_secured_call)
{
	find_busy();
	(void)TSPI_lineSecureCall(world_request(), world_call(2));

	ck_assert_int_eq(complete(3, LINECALLCOMPLMODE_INTRUDE), LINEERR_INVALCALLCOMPLMODE);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_BUSY);
}
END_TEST

START_TEST(a_message_lights_the_lamp)
{
	union {
		LINEDEVSTATUS s;
		char room[sizeof(LINEDEVSTATUS) + 256];
	} u = { .s.dwTotalSize = sizeof(u) };

	find_busy();
	(void)TSPI_lineSetStatusMessages(world_line("102"), LINEDEVSTATE_MSGWAITON, 0);

	ck_assert_int_eq(TSPI_lineCompleteCall(50, world_call(3), &completion,
					 LINECALLCOMPLMODE_MESSAGE, 99),
			LINEERR_INVALMESSAGEID);
	(void)world_take();
	ck_assert_int_eq(TSPI_lineCompleteCall(51, world_call(3), &completion,
					 LINECALLCOMPLMODE_MESSAGE, 1),
			51);

	ck_assert_ptr_nonnull(strstr(world_take(), "102 LINEDEVSTATE 0x10 0 0\n"));
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_IDLE);
	(void)TSPI_lineGetLineDevStatus(world_line("102"), &u.s);
	ck_assert_str_eq(u.room + u.s.dwDevSpecificOffset, "101: I will call again");
	(void)TSPI_lineSetLineDevStatus(52, world_line("102"), LINEDEVSTATUSFLAGS_MSGWAIT, 0);
	(void)TSPI_lineGetLineDevStatus(world_line("102"), &u.s);
	ck_assert_uint_eq(u.s.dwDevSpecificSize, 0);
}
END_TEST

START_TEST(the_messages_are_listed)
{
	union {
		LINEADDRESSCAPS caps;
		char room[sizeof(LINEADDRESSCAPS) + 1024];
	} u = { .caps.dwTotalSize = sizeof(u) };

	ck_assert_int_eq(TSPI_lineGetAddressCaps(WORLD_LINE_BASE, 0, 0x30001, 0, &u.caps), 0);

	ck_assert_uint_eq(u.caps.dwNumCompletionMessages, 4);
	ck_assert_str_eq(u.room + u.caps.dwCompletionMsgTextOffset +
					 u.caps.dwCompletionMsgTextEntrySize,
			"I will call again");
	ck_assert_uint_eq(u.caps.dwCallCompletionModes,
			LINECALLCOMPLMODE_CAMPON | LINECALLCOMPLMODE_CALLBACK |
					LINECALLCOMPLMODE_INTRUDE | LINECALLCOMPLMODE_MESSAGE);
}
END_TEST

START_TEST(one_way_at_a_time)
{
	find_busy();

	ck_assert_int_eq(complete(3, 0), LINEERR_INVALCALLCOMPLMODE);
	ck_assert_int_eq(complete(3, LINECALLCOMPLMODE_CAMPON | LINECALLCOMPLMODE_CALLBACK),
			LINEERR_INVALCALLCOMPLMODE);
	ck_assert_int_eq(complete(3, 0x10), LINEERR_INVALCALLCOMPLMODE);
	ck_assert_int_eq(complete(2, LINECALLCOMPLMODE_CALLBACK), LINEERR_INVALCALLSTATE);
	(void)world_make("104", "105", NULL);
	ck_assert_int_eq(complete(4, LINECALLCOMPLMODE_CAMPON), LINEERR_INVALCALLCOMPLMODE);
}
END_TEST

START_TEST(a_line_waits_for_so_many_and_no_more)
{
	world_connect("103", "102");
	for (DWORD i = 0; i < COMPLETIONS_MAX; i++) {
		(void)world_make("101", "102", NULL);
		ck_assert_int_gt(complete(world_calls(), LINECALLCOMPLMODE_CALLBACK), 0);
	}
	(void)world_make("101", "102", NULL);

	ck_assert_int_eq(complete(world_calls(), LINECALLCOMPLMODE_CALLBACK),
			LINEERR_COMPLETIONOVERRUN);
	ck_assert_uint_eq(world_state(world_calls()), LINECALLSTATE_BUSY);
}
END_TEST

TCase *complete_case(void)
{
	TCase *tc = tcase_create("completion");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, one_is_called_back_when_the_line_is_free);
	tcase_add_test(tc, who_answers_the_call_back_calls);
	tcase_add_test(tc, a_call_back_that_is_not_answered_is_over);
	tcase_add_test(tc, a_call_back_that_the_host_refuses_is_over);
	tcase_add_test(tc, nobody_is_called_back_while_they_talk_themselves);
	tcase_add_test(tc, who_did_not_answer_is_called_after_the_next_call);
	tcase_add_test(tc, a_call_waits_for_the_line);
	tcase_add_test(tc, waiting_is_given_up);
	tcase_add_test(tc, who_hangs_up_does_not_wait);
	tcase_add_test(tc, one_breaks_into_the_call);
	tcase_add_test(tc, who_breaks_in_is_mixed_with_the_call);
	tcase_add_test(tc, nobody_breaks_into_a_secured_call);
	tcase_add_test(tc, a_message_lights_the_lamp);
	tcase_add_test(tc, the_messages_are_listed);
	tcase_add_test(tc, one_way_at_a_time);
	tcase_add_test(tc, a_line_waits_for_so_many_and_no_more);
	return tc;
}
