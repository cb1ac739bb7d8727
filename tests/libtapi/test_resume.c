// SPDX-License-Identifier: MIT
/* test_resume.c - the daemon goes away and comes back, or does not: what lives on, what is told. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "base/clock.h"
#include "client.h"
#include "../test_main.h"

#include <poll.h>
#include <pthread.h>

static struct world w;
static HLINE line;
static HCALL call;
static uint64_t call_id;

static void setup(void)
{
	world_set_limits();
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	line = world_line(&w);
	call = world_offer(&w, &call_id);
}

static void teardown(void)
{
	world_close(&w);
}

/* Dispatches, as an application does that only polls its descriptor, until the mock has counted. */
static void pump(const unsigned *counter, unsigned count)
{
	struct pollfd p = { (int)w.event, POLLIN, 0 };
	unsigned now = 0;
	LINEMESSAGE m;

	for (int i = 0; now < count && i < 2000; i++) {
		ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
		ck_assert_int_ne(lineGetMessage(w.app, &m, 0), 0);
		mock_lock(w.mock);
		now = *counter;
		mock_unlock(w.mock);
	}
	ck_assert_uint_ge(now, count);
}

START_TEST(handles_work_again_after_the_daemon_is_back)
{
	mock_down(w.mock);
	mock_up(w.mock);

	ck_assert_int_eq(world_get_info(call), 0);
	ck_assert_uint_eq(w.mock->resumes, 1);
	ck_assert_uint_eq(w.mock->snapshots, 2); /* one open line, one held call */
}
END_TEST

START_TEST(a_polling_application_reconnects_without_calling)
{
	mock_break(w.mock);

	pump(&w.mock->resumes, 1);
	ck_assert_int_eq(world_get_info(call), 0);
}
END_TEST

START_TEST(the_application_is_told_once)
{
	LINEMESSAGE m;

	mock_break(w.mock);

	m = world_expect(&w, TAPIX_RESYNCHRONISED);
	ck_assert_uint_eq(m.hDevice, 0);
	ck_assert_uint_eq(m.dwCallbackInstance, 0);
	ck_assert_uint_eq(m.dwParam1, 0);
	ck_assert_uint_eq(m.dwParam2, 0);
	ck_assert_uint_eq(m.dwParam3, 0);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 50), LINEERR_OPERATIONFAILED);
}
END_TEST

START_TEST(a_call_waits_no_longer_than_it_should)
{
	struct tapix_reason why;

	limits.call_away = 100;
	mock_down(w.mock);
	ck_assert_int_eq(world_get_info(call), LINEERR_OPERATIONFAILED);
	limits.call_away = 20000;

	tapixGetLastReason(&why);
	ck_assert_uint_eq(why.layer, TAPIX_LAYER_CLIENT);
	ck_assert_ptr_nonnull(strstr(why.sentence, w.mock->path));
	mock_up(w.mock);
	ck_assert_int_eq(world_get_info(call), 0);
}
END_TEST

START_TEST(lost_calls_go_idle_and_lost_lines_close)
{
	uint32_t opens[] = { 1 };
	uint64_t calls[] = { call_id };
	struct tapix_reason why;
	LINEMESSAGE m;

	mock_lock(w.mock);
	w.mock->resync.n_lost_opens = 1;
	w.mock->resync.lost_opens = opens;
	w.mock->resync.n_lost_calls = 1;
	w.mock->resync.lost_calls = calls;
	w.mock->resync.n_closed_hubs = 1;
	w.mock->resync.closed_hubs = calls;
	w.mock->resync.has_missing_events = 1;
	w.mock->resync.missing_events = 3;
	mock_unlock(w.mock);
	mock_break(w.mock);

	m = world_expect(&w, TAPIX_RESYNCHRONISED);
	ck_assert_uint_eq(m.dwParam1, 1);
	ck_assert_uint_eq(m.dwParam2, 1);
	ck_assert_uint_eq(m.dwParam3, 3);
	ck_assert_uint_eq(world_expect(&w, LINE_CALLHUBCLOSE).hDevice, call);
	m = world_expect(&w, LINE_CALLSTATE);
	ck_assert_uint_eq(m.hDevice, call);
	ck_assert_uint_eq(m.dwParam1, LINECALLSTATE_IDLE);
	ck_assert_int_eq(tapixGetCallReason(call, &why), 0);
	ck_assert_str_eq(why.cause, "lost with the server");
	m = world_expect(&w, LINE_CLOSE);
	ck_assert_uint_eq(m.hDevice, line);
	ck_assert_int_eq(tapixGetCloseReason(line, &why), 0);
	ck_assert_int_eq(lineClose(line), LINEERR_INVALLINEHANDLE);
}
END_TEST

/* The daemon does not know it any more; what it had here is let go all the same. */
START_TEST(a_lost_call_can_be_deallocated)
{
	uint64_t calls[] = { call_id };
	unsigned before;

	mock_lock(w.mock);
	w.mock->resync.n_lost_calls = 1;
	w.mock->resync.lost_calls = calls;
	mock_unlock(w.mock);
	mock_break(w.mock);
	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	(void)world_expect(&w, LINE_CALLSTATE);
	world_refuse_at(&w, CALL_LineDeallocateCall, FRAME_RETURN, LINEERR_INVALCALLHANDLE, "lost");

	ck_assert_int_eq(lineDeallocateCall(call), 0);

	before = mock_count(w.mock, CALL_LineGetCallInfo);
	ck_assert_int_eq(world_get_info(call), LINEERR_INVALCALLHANDLE);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineGetCallInfo), before);
}
END_TEST

static bool accept_only(struct mock *m, const struct frame *f)
{
	if (f->h.kind != CALL_LineAnswer)
		return false;
	mock_return(m, &f->h, NULL); /* and no COMPLETION */
	return true;
}

START_TEST(a_lost_request_gets_its_one_reply)
{
	LINEMESSAGE m;
	uint32_t serials[1];
	LONG id;

	mock_lock(w.mock);
	w.mock->handler = accept_only;
	mock_unlock(w.mock);
	id = lineAnswer(call, NULL, 0);
	ck_assert_int_gt(id, 0);
	serials[0] = (uint32_t)id;
	mock_lock(w.mock);
	w.mock->resync.n_lost_requests = 1;
	w.mock->resync.lost_requests = serials;
	mock_unlock(w.mock);
	mock_break(w.mock);

	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	m = world_expect(&w, LINE_REPLY);
	ck_assert_uint_eq(m.dwParam1, (DWORD)id);
	ck_assert_int_eq((LONG)m.dwParam2, LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(w.mock->snapshots, 3); /* line, call, request */
}
END_TEST

static struct frame_header accepted;

static bool accept_and_remember(struct mock *m, const struct frame *f)
{
	accepted = f->h;
	return accept_only(m, f);
}

/* The first that this side notices of the end is that it cannot write. */
START_TEST(what_the_daemon_said_before_its_end_is_heard)
{
	LINEMESSAGE m;
	LONG id;

	mock_lock(w.mock);
	w.mock->handler = accept_and_remember;
	mock_unlock(w.mock);
	id = lineAnswer(call, NULL, 0);
	ck_assert_int_gt(id, 0);
	mock_lock(w.mock);
	w.mock->handler = NULL;
	mock_complete(w.mock, &accepted, NULL);
	mock_unlock(w.mock);
	mock_break(w.mock);

	ck_assert_int_eq(world_get_info(call), 0);

	m = world_expect(&w, LINE_REPLY);
	ck_assert_uint_eq(m.dwParam1, (DWORD)id);
	ck_assert_uint_eq(m.dwParam2, 0);
	ck_assert_uint_eq(w.mock->snapshots, 2); /* it is not asked for again */
	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
}
END_TEST

static bool break_once(struct mock *m, const struct frame *f)
{
	if (f->h.kind != CALL_LineGetCallInfo && f->h.kind != CALL_LineSetCallPrivilege)
		return false;
	m->handler = NULL;
	conn_fini(&m->conn);
	m->connected = false;
	return true;
}

static void break_at_next(void)
{
	mock_lock(w.mock);
	w.mock->handler = break_once;
	mock_unlock(w.mock);
}

START_TEST(a_get_in_flight_is_sent_again)
{
	break_at_next();

	ck_assert_int_eq(world_get_info(call), 0);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineGetCallInfo), 2);
}
END_TEST

START_TEST(another_call_in_flight_fails_with_a_reason)
{
	struct tapix_reason why;

	break_at_next();

	ck_assert_int_eq(lineSetCallPrivilege(call, LINECALLPRIVILEGE_OWNER),
			LINEERR_OPERATIONFAILED);
	tapixGetLastReason(&why);
	ck_assert_str_eq(why.cause, "lost with the server");
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineSetCallPrivilege), 1);
}
END_TEST

START_TEST(when_it_stays_away_lines_close)
{
	LINEMESSAGE m;

	limits.session_away = 60;
	mock_down(w.mock);

	(void)world_expect(&w, LINE_CALLSTATE);
	m = world_expect(&w, LINE_CLOSE);
	ck_assert_uint_eq(m.hDevice, line);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
	ck_assert_int_eq(world_get_info(call), LINEERR_INVALCALLHANDLE);
	mock_up(w.mock);
}
END_TEST

START_TEST(another_session_means_all_is_lost_but_the_application_goes_on)
{
	LINEMESSAGE m;
	HLINE again;

	mock_lock(w.mock);
	w.mock->session++;
	w.mock->next_open = 0;
	mock_unlock(w.mock);
	mock_break(w.mock);

	ck_assert_int_eq(lineOpen(w.app, 0, &again, 0x00030001, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					 NULL),
			0);
	m = world_expect(&w, TAPIX_RESYNCHRONISED);
	ck_assert_uint_eq(m.dwParam1, 1);
	ck_assert_uint_eq(m.dwParam2, 1);
	(void)world_expect(&w, LINE_CALLSTATE);
	m = world_expect(&w, LINE_CLOSE);
	ck_assert_uint_eq(m.hDevice, line);
	ck_assert_int_eq(lineClose(line), LINEERR_INVALLINEHANDLE);
	ck_assert_int_eq(lineClose(again), 0);
}
END_TEST

static LONG get_messages(HLINE of)
{
	DWORD lines, addresses;

	return lineGetStatusMessages(of, &lines, &addresses);
}

static void forget_lost(struct msp *m, struct app *a)
{
	(void)m;
	(void)a;
}

/* The daemon would give calls to what nobody sees any more. */
START_TEST(what_a_session_has_lost_is_not_claimed_from_the_next_daemon)
{
	struct app *a = handle_app(w.app, HANDLE_LINEAPP);
	struct msp m = { .lost = forget_lost };
	HLINE again;

	list_init(&m.hook.link);
	ck_assert_int_eq(msp_create(a, line, 0, &m), 0);
	(void)mock_offer(w.mock, 1);
	ck_assert_int_eq(get_messages(line), 0); /* the call has come, too */
	mock_lock(w.mock);
	w.mock->session++;
	w.mock->next_open = 0;
	mock_unlock(w.mock);
	mock_break(w.mock);
	ck_assert_int_eq(lineOpen(w.app, 0, &again, 0x00030001, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					 NULL),
			0);
	ck_assert_uint_eq(w.mock->snapshots, 0);
	mock_break(w.mock);
	ck_assert_int_eq(get_messages(again), 0);

	ck_assert_uint_eq(w.mock->resumes, 2);
	ck_assert_uint_eq(w.mock->snapshots, 1); /* the one line that is open */
	msp_close(a, &m);
	app_unref(a);
}
END_TEST

START_TEST(a_line_that_was_closed_is_not_claimed)
{
	Event e = EVENT__INIT;

	e.has_msg = 1;
	e.msg = LINE_CLOSE;
	mock_event(w.mock, 1, 0, 0, 0, &e);
	ck_assert_int_eq(world_get_info(call), 0); /* it has come, and nobody has looked */
	mock_break(w.mock);
	ck_assert_int_eq(world_get_info(call), 0);

	ck_assert_uint_eq(w.mock->resumes, 1);
	ck_assert_uint_eq(w.mock->snapshots, 0);
}
END_TEST

START_TEST(a_lost_line_is_not_claimed_again)
{
	uint32_t opens[] = { 1 };

	mock_lock(w.mock);
	w.mock->resync.n_lost_opens = 1;
	w.mock->resync.lost_opens = opens;
	mock_unlock(w.mock);
	mock_break(w.mock);
	ck_assert_int_eq(world_get_info(call), 0);
	ck_assert_uint_eq(w.mock->snapshots, 2);
	mock_lock(w.mock);
	w.mock->resync.n_lost_opens = 0;
	mock_unlock(w.mock);
	mock_break(w.mock);
	ck_assert_int_eq(world_get_info(call), 0);

	ck_assert_uint_eq(w.mock->resumes, 2);
	ck_assert_uint_eq(w.mock->snapshots, 2);
}
END_TEST

static bool hear_registration(struct mock *m, const struct frame *f)
{
	LineRegisterRequestRecipient *got = m->arg;
	LineRegisterRequestRecipient *q;

	if (f->h.kind != CALL_LineRegisterRequestRecipient)
		return false;
	q = line_register_request_recipient__unpack(NULL, f->h.length, f->body);
	*got = *q;
	line_register_request_recipient__free_unpacked(q, NULL);
	return false;
}

/* It may have no line, whose LINE_CLOSE would tell it. */
START_TEST(who_serves_requests_serves_them_in_another_session_too)
{
	LineRegisterRequestRecipient got = LINE_REGISTER_REQUEST_RECIPIENT__INIT;

	ck_assert_int_eq(lineRegisterRequestRecipient(w.app, 42, LINEREQUESTMODE_MAKECALL, 1), 0);
	mock_lock(w.mock);
	w.mock->session++;
	w.mock->handler = hear_registration;
	w.mock->arg = &got;
	mock_unlock(w.mock);
	mock_break(w.mock);

	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	mock_await(w.mock, CALL_LineRegisterRequestRecipient, 2);
	ck_assert_uint_eq(got.registration_instance, 42);
	ck_assert_uint_eq(got.request_mode, LINEREQUESTMODE_MAKECALL);
	ck_assert(got.enable);
	mock_lock(w.mock);
	w.mock->handler = NULL;
	mock_unlock(w.mock);
}
END_TEST

START_TEST(nothing_spins_while_the_daemon_is_away)
{
	struct pollfd p = { (int)w.event, POLLIN, 0 };
	LINEMESSAGE m;
	uint64_t attempt;
	bool is_readable;
	int wakes = 0;

	limits.retry = 50;
	mock_down(w.mock);
	while (lineGetMessage(w.app, &m, 0) != 0 && wakes < 3) {
		ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
		wakes++;
		attempt = clock_now_ms();
		ck_assert_int_ne(lineGetMessage(w.app, &m, 0), 0);
		is_readable = poll(&p, 1, 0) != 0; /* not again before the next attempt */
		ck_assert(!is_readable || clock_now_ms() - attempt >= limits.retry);
	}
	mock_up(w.mock);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi resume");
	TCase *t = tcase_create("resume");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, handles_work_again_after_the_daemon_is_back);
	tcase_add_test(t, a_polling_application_reconnects_without_calling);
	tcase_add_test(t, the_application_is_told_once);
	tcase_add_test(t, a_call_waits_no_longer_than_it_should);
	tcase_add_test(t, lost_calls_go_idle_and_lost_lines_close);
	tcase_add_test(t, a_lost_call_can_be_deallocated);
	tcase_add_test(t, a_lost_request_gets_its_one_reply);
	tcase_add_test(t, what_the_daemon_said_before_its_end_is_heard);
	tcase_add_test(t, a_get_in_flight_is_sent_again);
	tcase_add_test(t, another_call_in_flight_fails_with_a_reason);
	tcase_add_test(t, when_it_stays_away_lines_close);
	tcase_add_test(t, another_session_means_all_is_lost_but_the_application_goes_on);
	tcase_add_test(t, what_a_session_has_lost_is_not_claimed_from_the_next_daemon);
	tcase_add_test(t, a_line_that_was_closed_is_not_claimed);
	tcase_add_test(t, a_lost_line_is_not_claimed_again);
	tcase_add_test(t, who_serves_requests_serves_them_in_another_session_too);
	tcase_add_test(t, nothing_spins_while_the_daemon_is_away);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
