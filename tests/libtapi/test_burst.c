// SPDX-License-Identifier: MIT
/* test_burst.c - an application for which more messages wait: what it asks of each of many calls is
 * not waited for, and goes together. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "client.h"
#include "../test_main.h"

#include <poll.h>

static struct world w;
static HLINE line;
static HCALL call;
static uint64_t call_id, other_id;

static void setup(void)
{
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	line = world_line(&w);
	call = world_offer(&w, &call_id);
}

static void teardown(void)
{
	world_close(&w);
}

/* Then it has no frame of its own, but no message is awaited. */
START_TEST(calls_that_are_over_are_given_back_once_all_messages_are_taken)
{
	mock_call_state(w.mock, 1, call_id, LINECALLSTATE_IDLE, 0);
	(void)world_expect(&w, LINE_CALLSTATE);
	other_id = mock_offer(w.mock, 1);
	world_await_daemon(&w);

	ck_assert_int_eq(lineDeallocateCall(call), 0);
	ck_assert_int_eq(lineDeallocateCall(call), LINEERR_INVALCALLHANDLE);
	(void)world_expect(&w, LINE_APPNEWCALL);
	(void)world_expect(&w, LINE_CALLSTATE);
	mock_await(w.mock, CALL_LineDeallocateCall, 1);
}
END_TEST

START_TEST(a_call_that_is_over_is_given_back_before_the_end)
{
	mock_call_state(w.mock, 1, call_id, LINECALLSTATE_IDLE, 0);
	(void)world_expect(&w, LINE_CALLSTATE);
	other_id = mock_offer(w.mock, 1);
	world_await_daemon(&w);

	ck_assert_int_eq(lineDeallocateCall(call), 0);
	ck_assert_int_eq(lineShutdown(w.app), 0);
	mock_await(w.mock, CALL_LineDeallocateCall, 1);
	mock_free(w.mock);
	setup();
}
END_TEST

START_TEST(a_call_that_is_over_is_given_back_before_the_next_request)
{
	mock_call_state(w.mock, 1, call_id, LINECALLSTATE_IDLE, 0);
	(void)world_expect(&w, LINE_CALLSTATE);
	other_id = mock_offer(w.mock, 1);
	world_await_daemon(&w);

	ck_assert_int_eq(lineDeallocateCall(call), 0);
	world_await_daemon(&w);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineDeallocateCall), 1);
}
END_TEST

/* Messages of another call wait for the application. */
static void be_crowded(void)
{
	other_id = mock_offer(w.mock, 1);
	world_await_daemon(&w);
}

static void expect_reply(LONG id, LONG result)
{
	LINEMESSAGE m;

	(void)world_expect(&w, LINE_APPNEWCALL);
	(void)world_expect(&w, LINE_CALLSTATE);
	m = world_expect(&w, LINE_REPLY);
	ck_assert_int_eq((LONG)m.dwParam1, id);
	ck_assert_int_eq((LONG)m.dwParam2, result);
}

START_TEST(who_has_more_messages_does_not_wait_until_an_answer_begins)
{
	LONG id;

	be_crowded();
	mock_lock(w.mock);
	w.mock->hold = true;
	mock_unlock(w.mock);

	id = lineAnswer(call, NULL, 0);
	ck_assert_int_gt(id, 0);
	mock_await(w.mock, CALL_LineAnswer, 1);
	ck_assert_int_eq(lineDrop(call, NULL, 0), id + 1);
	mock_await(w.mock, CALL_LineDrop, 1);
}
END_TEST

START_TEST(who_has_given_calls_back_does_not_wait_either)
{
	HCALL other = world_offer(&w, &other_id);

	mock_call_state(w.mock, 1, other_id, LINECALLSTATE_IDLE, 0);
	(void)world_expect(&w, LINE_CALLSTATE);
	be_crowded();
	mock_lock(w.mock);
	w.mock->hold = true;
	mock_unlock(w.mock);

	ck_assert_int_eq(lineDeallocateCall(other), 0);
	ck_assert_int_gt(lineAnswer(call, NULL, 0), 0);
	mock_await(w.mock, CALL_LineAnswer, 1);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineDeallocateCall), 1);
}
END_TEST

/* The daemon is slow. When it goes on nobody waits for an answer, and it says nothing. */
START_TEST(what_the_socket_did_not_take_goes_when_there_is_room)
{
	struct app *a = handle_app(w.app, HANDLE_LINEAPP);
	struct pollfd p = { (int)w.event, POLLIN, 0 };
	unsigned count = 0;
	LINEMESSAGE m;

	be_crowded();
	mock_lock(w.mock);
	w.mock->hold = true;
	for (; !conn_queued(&a->link->conn); count++)
		ck_assert_int_gt(lineDrop(call, NULL, 0), 0);
	while (lineGetMessage(w.app, &m, 0) == 0)
		continue;
	mock_unlock(w.mock);
	mock_await(w.mock, CALL_LineDrop, count - 1);

	ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
	ck_assert_int_ne(lineGetMessage(w.app, &m, 0), 0);
	mock_await(w.mock, CALL_LineDrop, count);
	ck_assert_int_eq(poll(&p, 1, 0), 0);
	app_unref(a);
}
END_TEST

START_TEST(a_refusal_that_nobody_waits_for_is_a_reply)
{
	struct tapix_reason why;
	LONG id;

	be_crowded();
	world_refuse_at(&w, CALL_LineAnswer, FRAME_RETURN, LINEERR_RESOURCEUNAVAIL, "no room");

	id = lineAnswer(call, NULL, 0);
	ck_assert_int_gt(id, 0);
	expect_reply(id, LINEERR_RESOURCEUNAVAIL);
	ck_assert_int_eq(tapixGetReplyReason(w.app, (DWORD)id, &why), 0);
	ck_assert_str_eq(why.cause, "no room");
}
END_TEST

START_TEST(what_succeeds_has_one_reply)
{
	LINEMESSAGE m;
	LONG id;

	be_crowded();
	id = lineDrop(call, NULL, 0);
	ck_assert_int_gt(id, 0);
	expect_reply(id, 0);
	world_await_daemon(&w);
	while (lineGetMessage(w.app, &m, 0) == 0)
		ck_assert_uint_ne(m.dwMessageID, LINE_REPLY);
}
END_TEST

/* It may be that the answer is not to be begun any more. */
START_TEST(an_answer_is_waited_for_while_news_of_its_call_wait)
{
	mock_call_state(w.mock, 1, call_id, LINECALLSTATE_DISCONNECTED, 0);
	world_await_daemon(&w);
	world_refuse_at(&w, CALL_LineAnswer, FRAME_RETURN, LINEERR_INVALCALLSTATE, "over");

	ck_assert_int_eq(lineAnswer(call, NULL, 0), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(an_application_that_has_nothing_else_to_do_waits)
{
	world_refuse_at(&w, CALL_LineDrop, FRAME_RETURN, LINEERR_OPERATIONFAILED, "no");
	ck_assert_int_eq(lineDrop(call, NULL, 0), LINEERR_OPERATIONFAILED);
}
END_TEST

/* The daemon is told that its RETURN has not come. */
static int claimed_returned;

static bool look_at_claim(struct mock *m, const struct frame *f)
{
	Snapshot *s;

	if (f->h.kind != FRAME_SNAPSHOT)
		return false;
	s = snapshot__unpack(NULL, f->h.length, f->body);
	if (s && s->request)
		claimed_returned = (int)s->request->returned;
	if (s)
		snapshot__free_unpacked(s, NULL);
	(void)m;
	return false;
}

START_TEST(what_was_begun_without_a_return_is_claimed_so)
{
	claimed_returned = -1;
	be_crowded();
	mock_lock(w.mock);
	w.mock->hold = true;
	mock_unlock(w.mock);
	ck_assert_int_gt(lineDrop(call, NULL, 0), 0);
	mock_await(w.mock, CALL_LineDrop, 1);
	mock_lock(w.mock);
	w.mock->hold = false;
	w.mock->handler = look_at_claim;
	mock_unlock(w.mock);

	mock_break(w.mock);
	world_await_daemon(&w);

	ck_assert_int_eq(claimed_returned, 0);
}
END_TEST

static struct frame_header asked;

static bool refuse_at_close(struct mock *m, const struct frame *f)
{
	if (f->h.kind == CALL_LineAnswer)
		asked = f->h;
	if (f->h.kind == CALL_LineClose)
		mock_fail(m, &asked, FRAME_RETURN, LINEERR_OPERATIONFAILED, "no", "no");
	return f->h.kind == CALL_LineAnswer;
}

START_TEST(a_refusal_that_comes_when_the_line_is_closed_is_nothing)
{
	LINEMESSAGE m;

	be_crowded();
	mock_handle(w.mock, refuse_at_close, NULL);
	ck_assert_int_gt(lineAnswer(call, NULL, 0), 0);
	ck_assert_int_eq(lineClose(line), 0);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
}
END_TEST

static bool complete_first(struct mock *m, const struct frame *f)
{
	if (f->h.kind != CALL_LineAnswer)
		return false;
	mock_complete(m, &f->h, NULL);
	mock_return(m, &f->h, NULL);
	return true;
}

START_TEST(what_is_completed_before_its_return_has_one_reply)
{
	LINEMESSAGE m;

	be_crowded();
	mock_handle(w.mock, complete_first, NULL);
	expect_reply(lineAnswer(call, NULL, 0), 0);
	world_await_daemon(&w);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi burst");
	TCase *t = tcase_create("burst");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, calls_that_are_over_are_given_back_once_all_messages_are_taken);
	tcase_add_test(t, a_call_that_is_over_is_given_back_before_the_end);
	tcase_add_test(t, a_call_that_is_over_is_given_back_before_the_next_request);
	tcase_add_test(t, who_has_more_messages_does_not_wait_until_an_answer_begins);
	tcase_add_test(t, who_has_given_calls_back_does_not_wait_either);
	tcase_add_test(t, what_the_socket_did_not_take_goes_when_there_is_room);
	tcase_add_test(t, a_refusal_that_nobody_waits_for_is_a_reply);
	tcase_add_test(t, what_succeeds_has_one_reply);
	tcase_add_test(t, an_answer_is_waited_for_while_news_of_its_call_wait);
	tcase_add_test(t, an_application_that_has_nothing_else_to_do_waits);
	tcase_add_test(t, what_was_begun_without_a_return_is_claimed_so);
	tcase_add_test(t, a_refusal_that_comes_when_the_line_is_closed_is_nothing);
	tcase_add_test(t, what_is_completed_before_its_return_has_one_reply);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
