// SPDX-License-Identifier: MIT
/* test_calls.c - calls, their states and information, events and their filters. */
#include "../test_main.h"
#include "scene.h"

#include <sys/wait.h>
#include <unistd.h>

static void setup(void)
{
	scene_open(true);
}

static void teardown(void)
{
	scene_close();
}

START_TEST(a_call_out_goes_from_idle_to_disconnected)
{
	struct tapi_call *call;
	struct kept_event *k;

	ck_assert_int_eq(tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					 TAPIMEDIATYPE_AUDIO, &call),
			0);
	ck_assert_int_eq(tapi_call_get_state(call), CS_IDLE);
	ck_assert_uint_eq(tapi_call_get_handle(call), 0);
	ck_assert_int_eq(tapi_call_connect(call, 0), 0);
	ck_assert_int_eq(tapi_call_connect(call, 0), TAPI_E_INVALCALLSTATE);

	k = scene_expect(TE_CALLSTATE);
	ck_assert_int_eq(k->state, CS_INPROGRESS);
	ck_assert_ptr_eq(k->call, call);
	k = scene_expect(TE_CALLSTATE);
	ck_assert_int_eq(k->state, CS_CONNECTED);
	ck_assert_uint_ne(tapi_call_get_handle(call), 0);
	ck_assert_int_eq(tapi_call_get_privilege(call), CP_OWNER);
	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	k = scene_expect(TE_CALLSTATE);
	ck_assert_int_eq(k->state, CS_DISCONNECTED);
	ck_assert_int_eq(k->cause, CEC_DISCONNECT_NORMAL);
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineDrop), 1);
	tapi_unref(call);
}
END_TEST

START_TEST(connect_can_wait)
{
	struct tapi_call *call;

	ck_assert_int_eq(tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					 TAPIMEDIATYPE_AUDIO, &call),
			0);

	ck_assert_int_eq(tapi_call_connect(call, 1), 0);

	ck_assert_int_eq(tapi_call_get_state(call), CS_CONNECTED);
	tapi_unref(call);
}
END_TEST

START_TEST(a_call_that_cannot_be_made_is_disconnected_with_the_error)
{
	struct tapi_call *call;
	struct kept_event *k;

	scene.refuse_kind = CALL_LineMakeCall;
	ck_assert_int_eq(tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					 TAPIMEDIATYPE_AUDIO, &call),
			0);
	ck_assert_int_eq(tapi_call_connect(call, 1), LINEERR_CALLUNAVAIL);

	k = scene_expect(TE_CALLSTATE);
	ck_assert_int_eq(k->state, CS_DISCONNECTED);
	ck_assert_int_eq(k->cause, CEC_DISCONNECT_FAILED);
	ck_assert_int_eq(k->error, LINEERR_CALLUNAVAIL);
	ck_assert_uint_eq(scene.msp->calls, 0);
	tapi_unref(call);
}
END_TEST

START_TEST(an_unwanted_call_ends_without_having_been_dialled)
{
	struct tapi_call *call;

	ck_assert_int_eq(tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					 TAPIMEDIATYPE_AUDIO, &call),
			0);
	ck_assert_uint_eq(scene.msp->calls, 1);
	tapi_unref(call);

	ck_assert_uint_eq(scene.msp->calls, 0);
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineMakeCall), 0);
}
END_TEST

START_TEST(a_call_in_is_announced_then_answered)
{
	uint64_t id;
	struct tapi_call *call = scene_incoming(&id);
	struct kept_event *k = &scene.events[0];

	ck_assert_int_eq(k->kind, TE_CALLNOTIFICATION);
	ck_assert_int_eq(k->event, CNE_OWNER);
	k = scene_expect(TE_CALLSTATE);
	ck_assert_int_eq(k->state, CS_OFFERING);
	ck_assert_ptr_eq(tapi_call_get_address(call), scene.address);
	ck_assert_int_eq(tapi_call_answer(call), 0);
	mock_await(scene.server, CALL_LineAnswer, 1);
	mock_call_state(scene.server, scene_last_open(), id, LINECALLSTATE_CONNECTED, 0);
	ck_assert_int_eq(scene_expect(TE_CALLSTATE)->state, CS_CONNECTED);
}
END_TEST

START_TEST(a_call_that_nobody_holds_is_hung_up_when_the_peer_has_gone)
{
	uint64_t id;
	struct tapi_call *call = scene_incoming(&id);

	(void)scene_expect(TE_CALLSTATE);
	for (unsigned i = 0; i < scene.event_count; i++) {
		tapi_unref(scene.events[i].call);
		scene.events[i].call = NULL;
	}
	call = NULL;
	tapi_set_event_callback(scene.tapi, NULL, NULL);
	mock_call_state(scene.server, scene_last_open(), id, LINECALLSTATE_DISCONNECTED,
			LINEDISCONNECTMODE_NORMAL);
	while (mock_count(scene.server, CALL_LineDeallocateCall) == 0)
		ck_assert_int_ge(tapi_dispatch(scene.tapi, 30000), 0);

	ck_assert_uint_eq(mock_count(scene.server, CALL_LineDrop), 1);
	ck_assert_uint_eq(scene.msp->calls, 0);
	ck_assert_ptr_null(call);
}
END_TEST

START_TEST(causes_of_the_end_are_told)
{
	static const struct {
		DWORD mode;
		CALL_STATE_EVENT_CAUSE cause;
	} cases[] = {
		{ LINEDISCONNECTMODE_NORMAL, CEC_DISCONNECT_NORMAL },
		{ LINEDISCONNECTMODE_BUSY, CEC_DISCONNECT_BUSY },
		{ LINEDISCONNECTMODE_REJECT, CEC_DISCONNECT_REJECTED },
		{ LINEDISCONNECTMODE_NOANSWER, CEC_DISCONNECT_NOANSWER },
		{ LINEDISCONNECTMODE_BADADDRESS, CEC_DISCONNECT_BADADDRESS },
		{ LINEDISCONNECTMODE_CONGESTION, CEC_DISCONNECT_FAILED },
	};
	uint64_t id;
	struct kept_event *k;

	(void)scene_incoming(&id);
	(void)scene_expect(TE_CALLSTATE);
	mock_call_state(scene.server, scene_last_open(), id, LINECALLSTATE_DISCONNECTED,
			cases[_i].mode);
	k = scene_expect(TE_CALLSTATE);

	ck_assert_int_eq(k->state, CS_DISCONNECTED);
	ck_assert_int_eq(k->cause, (LONG)cases[_i].cause);
}
END_TEST

START_TEST(a_refused_request_is_an_event_with_the_old_state)
{
	struct tapi_call *call = scene_connected();
	struct kept_event *k;

	scene.refuse_kind = CALL_LineHold;
	ck_assert_int_eq(tapi_call_hold(call, 1), 0);
	k = scene_expect(TE_CALLSTATE);

	ck_assert_int_eq(k->state, CS_CONNECTED);
	ck_assert_int_eq(k->error, LINEERR_CALLUNAVAIL);
	tapi_unref(call);
}
END_TEST

START_TEST(information_is_set_before_and_asked_after_dialling)
{
	struct tapi_call *call;
	char text[32];
	DWORD value;

	ck_assert_int_eq(tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					 TAPIMEDIATYPE_AUDIO, &call),
			0);
	ck_assert_int_eq(tapi_call_set_info_string(call, CIS_COMMENT, "a comment"), 0);
	ck_assert_int_eq(tapi_call_get_info_string(call, CIS_COMMENT, text, sizeof(text)), 9);
	ck_assert_str_eq(text, "a comment");
	ck_assert_int_eq(tapi_call_get_info_string(call, CIS_CALLEDIDNUMBER, text, sizeof(text)),
			3);
	ck_assert_int_eq(tapi_call_set_info_buffer(call, CIB_USERUSERINFO, "uu", 2), 0);
	ck_assert_int_eq(tapi_call_set_info_long(call, CIL_TRUNK, 1), TAPI_E_NOTSUPPORTED);
	ck_assert_int_eq(tapi_call_connect(call, 1), 0);

	ck_assert_int_eq(tapi_call_get_info_string(call, CIS_CALLERIDNUMBER, text, sizeof(text)),
			4);
	ck_assert_str_eq(text, "4711");
	ck_assert_int_eq(tapi_call_get_info_string(call, CIS_CALLERIDNUMBER, text, 3), 4);
	ck_assert_str_eq(text, "47");
	ck_assert_int_eq(tapi_call_get_info_long(call, CIL_MEDIATYPESAVAILABLE, &value), 0);
	ck_assert_uint_eq(value, TAPIMEDIATYPE_AUDIO);
	ck_assert_int_eq(tapi_call_get_info_buffer(call, CIB_USERUSERINFO, text, sizeof(text)), 0);
	tapi_unref(call);
}
END_TEST

START_TEST(user_data_is_the_applications)
{
	struct tapi_call *call = scene_connected();
	int mine;

	tapi_call_set_user_data(call, &mine);

	ck_assert_ptr_eq(tapi_call_get_user_data(call), &mine);
	tapi_unref(call);
}
END_TEST

START_TEST(digits_are_events)
{
	struct tapi_call *call = scene_connected();
	Event e = EVENT__INIT;
	struct kept_event *k;

	ck_assert_int_eq(tapi_call_detect_digits(call, LINEDIGITMODE_DTMF), 0);
	e.has_object = e.has_msg = e.has_p1 = e.has_p2 = 1;
	e.object = MOCK_CALL + 1;
	e.msg = LINE_MONITORDIGITS;
	e.p1 = '7';
	e.p2 = LINEDIGITMODE_DTMF;
	mock_event(scene.server, scene_last_open(), 0, 0, 0, &e);
	k = scene_expect(TE_DIGITEVENT);
	ck_assert_int_eq(k->digit, '7');
	ck_assert_ptr_eq(k->call, call);

	ck_assert_int_eq(tapi_call_generate_digits(call, "1", LINEDIGITMODE_DTMF, 0), 0);
	e.msg = LINE_GENERATE;
	e.p1 = LINEGENERATETERM_DONE;
	mock_event(scene.server, scene_last_open(), 0, 0, 0, &e);
	ck_assert_int_eq(scene_expect(TE_GENERATEEVENT)->termination, LINEGENERATETERM_DONE);
	tapi_unref(call);
}
END_TEST

START_TEST(the_filter_of_the_tapi_decides_what_comes)
{
	ck_assert_int_eq(tapi_set_event_filter(scene.tapi, TE_CALLNOTIFICATION), 0);
	scene_register();
	(void)mock_offer(scene.server, scene_last_open());
	(void)mock_offer(scene.server, scene_last_open());

	scene_await(2);

	ck_assert_uint_eq(tapi_get_event_filter(scene.tapi), TE_CALLNOTIFICATION);
	ck_assert_int_eq(scene.events[0].kind, TE_CALLNOTIFICATION);
	ck_assert_int_eq(scene.events[1].kind, TE_CALLNOTIFICATION);
}
END_TEST

START_TEST(filters_of_addresses_and_calls_take_sub_events_away)
{
	struct tapi_call *call;

	ck_assert_int_eq(tapi_address_set_event_filter(scene.address, TE_CALLSTATE, CS_INPROGRESS,
					 0),
			0);
	ck_assert_int_eq(tapi_address_get_event_filter(scene.address, TE_CALLSTATE, CS_INPROGRESS),
			0);
	ck_assert_int_eq(tapi_address_get_event_filter(scene.address, TE_CALLSTATE, CS_CONNECTED),
			1);
	call = scene_connected();
	ck_assert_uint_eq(scene.event_count, 1);

	ck_assert_int_eq(tapi_call_set_event_filter(call, TE_CALLSTATE, -1, 0), 0);
	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	while (tapi_call_get_state(call) != CS_DISCONNECTED)
		ck_assert_int_ge(tapi_dispatch(scene.tapi, 30000), 0);
	ck_assert_uint_eq(scene.event_count, 1);
	ck_assert_int_eq(tapi_call_set_event_filter(call, (TAPI_EVENT)3, 0, 0), LINEERR_INVALPARAM);
	tapi_unref(call);
}
END_TEST

START_TEST(an_unregistered_address_is_closed)
{
	LONG registration;

	ck_assert_int_eq(tapi_register_call_notifications(scene.tapi, scene.address, 1, 0,
					 TAPIMEDIATYPE_AUDIO, 0, &registration),
			0);
	ck_assert_int_eq(tapi_unregister_notifications(scene.tapi, registration), 0);

	ck_assert_uint_eq(mock_count(scene.server, CALL_LineClose), 1);
	ck_assert_int_eq(tapi_unregister_notifications(scene.tapi, registration),
			TAPI_E_NOTREGISTERED);
}
END_TEST

START_TEST(a_call_that_is_up_keeps_its_unregistered_line)
{
	LONG registration;
	uint64_t id;
	uint32_t open;

	ck_assert_int_eq(tapi_register_call_notifications(scene.tapi, scene.address, 0, 1,
					 TAPIMEDIATYPE_AUDIO, 0, &registration),
			0);
	open = scene_last_open();
	id = mock_offer(scene.server, open);
	(void)scene_expect(TE_CALLNOTIFICATION);
	ck_assert_int_eq(tapi_unregister_notifications(scene.tapi, registration), 0);
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineClose), 0);
	mock_call_state(scene.server, open, id, LINECALLSTATE_CONNECTED, 0);
	(void)scene_expect(TE_CALLSTATE);

	mock_call_state(scene.server, open, id, LINECALLSTATE_IDLE, 0);
	while (mock_count(scene.server, CALL_LineClose) == 0)
		ck_assert_int_ge(tapi_dispatch(scene.tapi, 30000), 0);
	ck_assert_uint_eq(scene.msp->calls, 0);
}
END_TEST

START_TEST(a_line_that_the_server_closes_takes_its_calls)
{
	struct tapi_call *call = scene_connected();
	Event e = EVENT__INIT;
	struct kept_event *k;

	e.has_msg = 1;
	e.msg = LINE_CLOSE;
	mock_event(scene.server, scene_last_open(), 0, 0, 0, &e);

	k = scene_expect(TE_CALLSTATE);
	ck_assert_int_eq(k->state, CS_DISCONNECTED);
	ck_assert_int_eq(scene_expect(TE_TAPIOBJECT)->event, TE_ADDRESSCLOSE);
	ck_assert_uint_eq(scene.msp->addresses, 0);
	ck_assert_int_lt(tapi_call_hold(call, 1), 0);
	tapi_unref(call);
}
END_TEST

static const struct {
	uint32_t msg, bit;
	ADDRESS_EVENT what;
} news[] = {
	{ LINE_LINEDEVSTATE, LINEDEVSTATE_MSGWAITON, AE_MSGWAITON },
	{ LINE_LINEDEVSTATE, LINEDEVSTATE_MSGWAITOFF, AE_MSGWAITOFF },
	{ LINE_LINEDEVSTATE, LINEDEVSTATE_INSERVICE, AE_STATE },
	{ LINE_LINEDEVSTATE, LINEDEVSTATE_OUTOFSERVICE, AE_STATE },
	{ LINE_ADDRESSSTATE, LINEADDRESSSTATE_FORWARD, AE_FORWARD },
	{ LINE_ADDRESSSTATE, LINEADDRESSSTATE_CAPSCHANGE, AE_CAPSCHANGE },
};

/* The daemon sends only what was asked for, on the line that asked; here on each that is open. */
START_TEST(news_of_the_line_are_events_of_the_address)
{
	unsigned before;
	Event e = EVENT__INIT;

	scene_register();
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineSetStatusMessages), 1);
	before = scene.event_count;
	e.has_msg = e.has_p1 = e.has_p2 = 1;
	e.msg = news[_i].msg;
	e.p1 = e.msg == LINE_LINEDEVSTATE ? news[_i].bit : 0;
	e.p2 = e.msg == LINE_ADDRESSSTATE ? news[_i].bit : 0;
	for (uint32_t open = 1; open <= scene_last_open(); open++)
		mock_event(scene.server, open, 0, 0, 0, &e);

	ck_assert_int_eq(scene_expect(TE_ADDRESS)->event, (LONG)news[_i].what);
	while (tapi_dispatch(scene.tapi, 100) != TAPI_E_TIMEOUT)
		;
	ck_assert_uint_eq(scene.event_count, before + 1);
}
END_TEST

START_TEST(the_message_lamp_is_set_on_the_line)
{
	int waiting = 1;

	ck_assert_int_eq(tapi_address_set_message_waiting(scene.address, 1), 0);
	ck_assert_int_eq(tapi_address_get_message_waiting(scene.address, &waiting), 0);

	ck_assert_uint_eq(mock_count(scene.server, CALL_LineSetLineDevStatus), 1);
	ck_assert_int_eq(waiting, 0); /* the mock has no lamp */
}
END_TEST

START_TEST(after_shutdown_objects_stay_and_fail)
{
	struct tapi_call *call = scene_connected();
	struct tapi_address *other;

	ck_assert_int_eq(tapi_shutdown(scene.tapi), 0);

	ck_assert_int_eq(tapi_get_address(scene.tapi, 0, &other), TAPI_E_NOT_INITIALIZED);
	ck_assert_int_eq(tapi_dispatch(scene.tapi, 0), TAPI_E_NOT_INITIALIZED);
	ck_assert_int_lt(tapi_call_disconnect(call, DC_NORMAL), 1);
	ck_assert_int_lt(tapi_call_hold(call, 1), 0);
	ck_assert_uint_eq(tapi_get_handle(scene.tapi), 0);
	tapi_unref(call);
}
END_TEST

static void shut_down_inside(struct scene *s, struct tapi_event *e)
{
	(void)e;
	ck_assert_int_eq(tapi_shutdown(s->tapi), 0);
}

START_TEST(shutdown_inside_an_event_is_allowed)
{
	scene.on_event = shut_down_inside;
	scene_register();
	(void)mock_offer(scene.server, scene_last_open());

	scene_await(1);

	ck_assert_int_eq(tapi_dispatch(scene.tapi, 0), TAPI_E_NOT_INITIALIZED);
	ck_assert_uint_eq(scene.msp->addresses, 0);
}
END_TEST

static mock_handler usual;

static bool refuse_deallocate(struct mock *m, const struct frame *f)
{
	if (f->h.kind != CALL_LineDeallocateCall)
		return usual(m, f);
	mock_fail(m, &f->h, FRAME_RETURN, LINEERR_OPERATIONFAILED, "test", "not now");
	return true;
}

/* The address sanitizer sees a write to the object. The second time they were cancelled before. */
START_TEST(digits_that_come_after_their_call_object_are_thrown_away)
{
	struct tapi_call *call = scene_connected();
	Event e = EVENT__INIT;
	uint8_t digits[] = "12";

	ck_assert_int_eq(tapi_call_gather_digits(call, LINEDIGITMODE_DTMF, 4, NULL, 0, 0), 0);
	if (_i)
		ck_assert_int_eq(tapi_call_gather_digits(call, LINEDIGITMODE_DTMF, 0, NULL, 0, 0),
				0);
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = refuse_deallocate;
	mock_unlock(scene.server);
	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	while (scene_expect(TE_CALLSTATE)->state != CS_DISCONNECTED)
		continue;
	for (unsigned i = 0; i < EVENTS_KEPT; i++) {
		tapi_unref(scene.events[i].call);
		scene.events[i].call = NULL;
	}
	tapi_unref(call);
	mock_await(scene.server, CALL_LineDeallocateCall, 1);

	e.has_object = e.has_msg = e.has_p1 = e.has_data = 1;
	e.object = MOCK_CALL + 1;
	e.msg = LINE_GATHERDIGITS;
	e.p1 = LINEGATHERTERM_CANCEL;
	e.data.data = digits;
	e.data.len = 2;
	mock_event(scene.server, scene_last_open(), 0, 0, 0, &e);
	ck_assert_int_eq(tapi_dispatch(scene.tapi, 30000), 0);
}
END_TEST

/* In the child: nothing can be used, all can be let go, nothing reaches the parent's daemon. */
static int child(struct tapi_call *call, struct tapi_stream *stream)
{
	struct tapi_call *another;

	if (tapi_dispatch(scene.tapi, 0) != TAPI_E_NOT_INITIALIZED ||
			tapi_call_hold(call, 1) != TAPI_E_NOT_INITIALIZED ||
			tapi_call_disconnect(call, DC_NORMAL) != TAPI_E_NOT_INITIALIZED ||
			tapi_stream_start(stream) != TAPI_E_NOT_INITIALIZED ||
			tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					TAPIMEDIATYPE_AUDIO, &another) != TAPI_E_NOT_INITIALIZED)
		return 1;
	if (tapi_get_handle(scene.tapi) || tapi_shutdown(scene.tapi))
		return 2;
	tapi_unref(stream);
	tapi_unref(call);
	tapi_unref(scene.address);
	tapi_unref(scene.tapi);
	return scene.msp->calls == 1 && scene.msp->addresses == 1 ? 0 : 3;
}

START_TEST(a_forked_child_can_only_forget_and_the_parent_goes_on)
{
	struct tapi_call *call = scene_connected();
	struct tapi_stream *stream;
	unsigned drops, closes;
	int status;
	pid_t pid;

	ck_assert_int_eq(tapi_call_get_stream(call, 0, &stream), 0);
	drops = mock_count(scene.server, CALL_LineDrop);
	closes = mock_count(scene.server, CALL_LineClose);
	pid = fork();
	if (!pid)
		_exit(child(call, stream));
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);

	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(tapi_stream_start(stream), 0);
	ck_assert_int_eq(tapi_call_hold(call, 1), 0);
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineDrop), drops);
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineClose), closes);
	tapi_unref(stream);
	tapi_unref(call);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 calls");
	TCase *t = tcase_create("calls");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, digits_that_come_after_their_call_object_are_thrown_away, 0, 2);
	tcase_add_test(t, a_call_out_goes_from_idle_to_disconnected);
	tcase_add_test(t, connect_can_wait);
	tcase_add_test(t, a_call_that_cannot_be_made_is_disconnected_with_the_error);
	tcase_add_test(t, an_unwanted_call_ends_without_having_been_dialled);
	tcase_add_test(t, a_call_in_is_announced_then_answered);
	tcase_add_test(t, a_call_that_nobody_holds_is_hung_up_when_the_peer_has_gone);
	tcase_add_loop_test(t, causes_of_the_end_are_told, 0, 6);
	tcase_add_test(t, a_refused_request_is_an_event_with_the_old_state);
	tcase_add_test(t, information_is_set_before_and_asked_after_dialling);
	tcase_add_test(t, user_data_is_the_applications);
	tcase_add_test(t, digits_are_events);
	tcase_add_test(t, the_filter_of_the_tapi_decides_what_comes);
	tcase_add_test(t, filters_of_addresses_and_calls_take_sub_events_away);
	tcase_add_test(t, an_unregistered_address_is_closed);
	tcase_add_test(t, a_call_that_is_up_keeps_its_unregistered_line);
	tcase_add_test(t, a_line_that_the_server_closes_takes_its_calls);
	tcase_add_loop_test(t, news_of_the_line_are_events_of_the_address, 0,
			sizeof(news) / sizeof(news[0]));
	tcase_add_test(t, the_message_lamp_is_set_on_the_line);
	tcase_add_test(t, after_shutdown_objects_stay_and_fail);
	tcase_add_test(t, a_forked_child_can_only_forget_and_the_parent_goes_on);
	tcase_add_test(t, shutdown_inside_an_event_is_allowed);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
