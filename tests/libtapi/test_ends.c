// SPDX-License-Identifier: MIT
/* test_ends.c - handles that end while something about them is on its way. */
#include "client.h"
#include "../test_main.h"

static struct world w;
static HLINE line;
static HCALL call;
static uint64_t call_id;

static void start(DWORD version)
{
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, version);
	line = world_line(&w);
	call_id = mock_offer(w.mock, 1);
	if (version >= 0x00020000)
		(void)world_expect(&w, LINE_APPNEWCALL);
	call = (HCALL)world_expect(&w, LINE_CALLSTATE).hDevice;
}

static void setup(void)
{
	start(0x00030001);
}

static void teardown(void)
{
	world_close(&w);
}

static uint64_t other_id;

static HCALL other_call(void)
{
	other_id = mock_offer(w.mock, 1);
	(void)world_expect(&w, LINE_APPNEWCALL);
	return (HCALL)world_expect(&w, LINE_CALLSTATE).hDevice;
}

static void hub_event_locked(uint32_t msg, uint64_t object, uint64_t p2)
{
	Event e = EVENT__INIT;

	e.has_object = e.has_msg = e.has_p2 = e.has_p3 = 1;
	e.object = object;
	e.msg = msg;
	e.p2 = p2;
	e.p3 = msg == LINE_APPNEWCALLHUB ? 77 : 0;
	mock_event_locked(w.mock, 1, 0, 0, 0, &e);
}

static void hub_event(uint32_t msg, uint64_t object, uint64_t p2)
{
	mock_lock(w.mock);
	hub_event_locked(msg, object, p2);
	mock_unlock(w.mock);
}

/* Its end has come, told by the call that is given back before the application looks. */
START_TEST(a_hub_that_ends_is_told_by_another_call)
{
	const HCALL other = other_call();
	LINEMESSAGE m;

	hub_event(LINE_CALLHUBCLOSE, call_id, other_id);
	world_await_daemon(&w);
	ck_assert_int_eq(lineDeallocateCall(call), 0);

	m = world_expect(&w, LINE_CALLHUBCLOSE);
	ck_assert_uint_eq(m.hDevice, other);
	ck_assert_uint_eq(m.dwParam2, 0);
}
END_TEST

START_TEST(a_hub_ends_in_silence_with_its_last_call)
{
	LINEMESSAGE m;

	(void)other_call();
	hub_event(LINE_CALLHUBCLOSE, call_id, other_id);
	world_await_daemon(&w);
	ck_assert_int_eq(lineDeallocateCall(call), 0);
	ck_assert_int_eq(lineClose(line), 0);

	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
}
END_TEST

static bool hand_hub_on(struct mock *m, const struct frame *f)
{
	(void)m;
	if (f->h.kind == CALL_LineDeallocateCall) /* it is known, says the daemon */
		hub_event_locked(LINE_APPNEWCALLHUB, other_id, 1);
	return false;
}

/* The application has not looked yet: it is news. */
START_TEST(a_hub_that_comes_is_told_by_another_call)
{
	const HCALL other = other_call();

	hub_event(LINE_APPNEWCALLHUB, call_id, 0);
	world_await_daemon(&w);
	mock_lock(w.mock);
	w.mock->handler = hand_hub_on;
	mock_unlock(w.mock);
	ck_assert_int_eq(lineDeallocateCall(call), 0);

	ck_assert_uint_eq(world_expect(&w, LINE_APPNEWCALLHUB).hDevice, other);
}
END_TEST

/* It is said with the new privilege, so it could make the handle anew. */
START_TEST(an_event_to_be_acknowledged_does_not_revive_its_call)
{
	Event e = EVENT__INIT;
	LINEMESSAGE m;

	e.has_object = e.has_msg = e.has_p1 = 1;
	e.object = call_id;
	e.msg = LINE_CALLSTATE;
	e.p1 = LINECALLSTATE_CONNECTED;
	mock_event(w.mock, 1, LINECALLPRIVILEGE_OWNER, FLAG_WANT_ACK, 9, &e);
	world_await_daemon(&w);
	ck_assert_int_eq(lineDeallocateCall(call), 0);

	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
	mock_await_count(w.mock, &w.mock->acks, 1);
	ck_assert_uint_eq(w.mock->last_ack, 9);
}
END_TEST

static struct frame_header transfer;

static bool accept_transfer(struct mock *m, const struct frame *f)
{
	LineSetupTransferReply reply = LINE_SETUP_TRANSFER_REPLY__INIT;

	if (f->h.kind != CALL_LineSetupTransfer)
		return false;
	reply.has_consult_call = 1;
	reply.consult_call = MOCK_CALL + 77;
	mock_return(m, &f->h, &reply.base);
	transfer = f->h;
	return true;
}

/* TAPI: before 2.0 lineDeallocateCall suppresses the replies, but not what they make. */
START_TEST(a_call_whose_reply_is_suppressed_is_a_call)
{
	HCALL consult = 0;
	LINEMESSAGE m;

	teardown();
	start(0x00010004);
	mock_lock(w.mock);
	w.mock->handler = accept_transfer;
	mock_unlock(w.mock);
	ck_assert_int_gt(lineSetupTransfer(call, &consult, NULL), 0);
	ck_assert_int_eq(lineDeallocateCall(call), 0);
	mock_lock(w.mock);
	mock_complete(w.mock, &transfer, NULL);
	mock_unlock(w.mock);
	mock_call_state(w.mock, 1, MOCK_CALL + 77, LINECALLSTATE_DIALTONE, 0);

	m = world_expect(&w, LINE_CALLSTATE);
	ck_assert_uint_eq(m.hDevice, consult);
	ck_assert_int_gt(lineDrop(consult, NULL, 0), 0);
}
END_TEST

/* Nothing could be refused, so nobody waits; but the daemon has to hear of it. */
START_TEST(a_call_that_is_over_is_given_back_without_waiting)
{
	mock_call_state(w.mock, 1, call_id, LINECALLSTATE_IDLE, 0);
	(void)world_expect(&w, LINE_CALLSTATE);
	mock_lock(w.mock);
	w.mock->hold = true;
	mock_unlock(w.mock);

	ck_assert_int_eq(lineDeallocateCall(call), 0);
	ck_assert_int_eq(lineDeallocateCall(call), LINEERR_INVALCALLHANDLE);
	mock_await(w.mock, CALL_LineDeallocateCall, 1);
	mock_break(w.mock);
	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	mock_await(w.mock, CALL_LineDeallocateCall, 2);
}
END_TEST

START_TEST(a_call_that_is_not_over_is_given_back_when_the_daemon_says_so)
{
	world_refuse_at(&w, CALL_LineDeallocateCall, FRAME_RETURN, LINEERR_OPERATIONFAILED, "no");
	ck_assert_int_eq(lineDeallocateCall(call), LINEERR_OPERATIONFAILED);
	ck_assert_int_eq(lineDeallocateCall(call), 0);
}
END_TEST

static void send_proxy_request(uint32_t id)
{
	Event e = EVENT__INIT;
	ProxyRequest m = PROXY_REQUEST__INIT;
	uint8_t packed[64];

	m.has_id = m.has_type = 1;
	m.id = id;
	m.type = LINEPROXYREQUEST_SETAGENTSTATE;
	e.has_object = e.has_msg = e.has_data = 1;
	e.msg = LINE_PROXYREQUEST;
	e.data.data = packed;
	e.data.len = proxy_request__pack(&m, packed);
	mock_event(w.mock, 1, 0, 0, 0, &e);
}

START_TEST(requests_for_a_proxy_end_with_the_connection)
{
	LINEPROXYREQUEST *request;
	DWORD_PTR pointer;

	send_proxy_request(1);
	pointer = world_expect(&w, LINE_PROXYREQUEST).dwParam1;
	request = (LINEPROXYREQUEST *)pointer;
	send_proxy_request(2);
	world_await_daemon(&w);
	mock_break(w.mock);
	world_await_daemon(&w);
	(void)world_expect(&w, TAPIX_RESYNCHRONISED); /* and no LINE_PROXYREQUEST before it */
	send_proxy_request(1);

	ck_assert_int_eq(lineProxyResponse(line, request, 0), 0);

	ck_assert_uint_eq(mock_count(w.mock, CALL_LineProxyResponse), 0);
	ck_assert_int_eq(lineProxyResponse(line, request, 0), LINEERR_INVALPOINTER);
	pointer = world_expect(&w, LINE_PROXYREQUEST).dwParam1;
	ck_assert_int_eq(lineProxyResponse(line, (LINEPROXYREQUEST *)pointer, 0), 0);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineProxyResponse), 1);
}
END_TEST

static struct frame_header late_open;

static bool hold_line_open(struct mock *m, const struct frame *f)
{
	(void)m;
	if (f->h.kind == CALL_LineOpen)
		late_open = f->h;
	return f->h.kind == CALL_LineOpen;
}

/* Else the daemon would give it calls that nobody sees. */
START_TEST(a_line_that_opens_too_late_is_closed)
{
	struct frame_header h = { .kind = FRAME_RETURN, .open = 9 };
	LineOpenReply reply = LINE_OPEN_REPLY__INIT;
	uint8_t body[32];
	HLINE late;

	mock_lock(w.mock);
	w.mock->handler = hold_line_open;
	mock_unlock(w.mock);
	tapixSetAnswerLimit(20);
	ck_assert_int_eq(lineOpen(w.app, LINEMAPPER, &late, 0x00030001, 0, 0,
					 LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE,
					 NULL),
			LINEERR_OPERATIONFAILED);
	tapixSetAnswerLimit(0);
	mock_await(w.mock, CALL_LineOpen, 2); /* the first one is the world's */
	mock_lock(w.mock);
	reply.has_device = 1;
	reply.device = 1;
	h.serial = late_open.serial;
	mock_bytes(w.mock, &h, body, line_open_reply__pack(&reply, body));
	mock_unlock(w.mock);
	world_await_daemon(&w);
	mock_await(w.mock, CALL_LineClose, 1);

	mock_lock(w.mock);
	ck_assert_uint_eq(w.mock->last_open, 9);
	mock_unlock(w.mock);
	ck_assert_int_eq(lineClose(line), 0);
}
END_TEST

static struct frame_header late_call;

static bool hold_make_call(struct mock *m, const struct frame *f)
{
	(void)m;
	if (f->h.kind == CALL_LineMakeCall)
		late_call = f->h;
	return f->h.kind == CALL_LineMakeCall;
}

/* The answer to lineMakeCall, which nobody waits for any more. */
static void make_call_too_late(int32_t result)
{
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	HCALL made = 0;

	mock_lock(w.mock);
	w.mock->handler = hold_make_call;
	mock_unlock(w.mock);
	tapixSetAnswerLimit(20);
	ck_assert_int_eq(lineMakeCall(line, &made, "101", 0, NULL), LINEERR_OPERATIONFAILED);
	tapixSetAnswerLimit(0);
	mock_await(w.mock, CALL_LineMakeCall, 1);
	mock_lock(w.mock);
	reply.has_call = 1;
	reply.call = MOCK_CALL + 78;
	mock_return(w.mock, &late_call, &reply.base);
	if (result)
		mock_fail(w.mock, &late_call, FRAME_COMPLETION, result, "busy", "no trunk is free");
	else
		mock_complete(w.mock, &late_call, NULL);
	mock_unlock(w.mock);
	world_await_daemon(&w);
}

/* The application was told that there is none. */
START_TEST(a_call_that_is_made_too_late_is_dropped_and_forgotten)
{
	LineDeallocateCall *forgotten;
	LINEMESSAGE m;

	make_call_too_late(0);
	mock_await(w.mock, CALL_LineDrop, 1);
	mock_await(w.mock, CALL_LineDeallocateCall, 1);

	mock_lock(w.mock);
	forgotten = line_deallocate_call__unpack(NULL, w.mock->last_size, w.mock->last_body);
	ck_assert_uint_eq(w.mock->last_open, 1);
	ck_assert_ptr_nonnull(forgotten);
	ck_assert_uint_eq(forgotten->call, MOCK_CALL + 78);
	line_deallocate_call__free_unpacked(forgotten, NULL);
	mock_unlock(w.mock);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
}
END_TEST

START_TEST(one_that_fails_too_late_is_nothing)
{
	LINEMESSAGE m;

	make_call_too_late(LINEERR_RESOURCEUNAVAIL);
	world_await_daemon(&w);

	ck_assert_uint_eq(mock_count(w.mock, CALL_LineDrop), 0);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
}
END_TEST

START_TEST(what_the_rules_do_not_give_any_more_says_which)
{
	uint32_t opens[] = { 1 };
	uint64_t calls[] = { call_id };
	Failure none = FAILURE__INIT, rule = FAILURE__INIT, *of_call = &none, *of_line = &rule;
	struct tapix_reason why;

	rule.has_layer = 1;
	rule.layer = TAPIX_LAYER_SERVER;
	rule.cause = (char *)"not allowed";
	rule.sentence = (char *)"no rule in [access] lets user 1 see line 0";
	mock_lock(w.mock);
	w.mock->resync.n_lost_opens = w.mock->resync.n_open_reasons = 1;
	w.mock->resync.lost_opens = opens;
	w.mock->resync.open_reasons = &of_line;
	w.mock->resync.n_lost_calls = w.mock->resync.n_call_reasons = 1;
	w.mock->resync.lost_calls = calls;
	w.mock->resync.call_reasons = &of_call;
	mock_unlock(w.mock);
	mock_break(w.mock);

	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	(void)world_expect(&w, LINE_CALLSTATE);
	ck_assert_int_eq(tapixGetCallReason(call, &why), 0);
	ck_assert_str_eq(why.cause, "lost with the server");
	(void)world_expect(&w, LINE_CLOSE);
	ck_assert_int_eq(tapixGetCloseReason(line, &why), 0);
	ck_assert_str_eq(why.cause, "not allowed");
	ck_assert_str_eq(why.sentence, rule.sentence);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi ends");
	TCase *t = tcase_create("ends");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_hub_that_ends_is_told_by_another_call);
	tcase_add_test(t, a_hub_ends_in_silence_with_its_last_call);
	tcase_add_test(t, a_hub_that_comes_is_told_by_another_call);
	tcase_add_test(t, a_line_that_opens_too_late_is_closed);
	tcase_add_test(t, a_call_that_is_made_too_late_is_dropped_and_forgotten);
	tcase_add_test(t, one_that_fails_too_late_is_nothing);
	tcase_add_test(t, what_the_rules_do_not_give_any_more_says_which);
	tcase_add_test(t, an_event_to_be_acknowledged_does_not_revive_its_call);
	tcase_add_test(t, a_call_that_is_over_is_given_back_without_waiting);
	tcase_add_test(t, a_call_that_is_not_over_is_given_back_when_the_daemon_says_so);
	tcase_add_test(t, a_call_whose_reply_is_suppressed_is_a_call);
	tcase_add_test(t, requests_for_a_proxy_end_with_the_connection);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
