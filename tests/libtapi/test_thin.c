// SPDX-License-Identifier: MIT
/* test_thin.c - the thin path of an application: initialise, negotiate, capabilities, open, a call
 * out and a call in, to the end; with a descriptor and with a callback. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "client.h"
#include "../test_main.h"
#include "base/os.h"
#include "wire/utf8.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static struct world w;

static void setup(void)
{
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
}

static void teardown(void)
{
	world_close(&w);
}

START_TEST(initialise_tells_the_number_of_lines_and_a_descriptor)
{
	ck_assert_uint_eq(w.devices, MOCK_LINES);
	ck_assert_int_ge(w.event, 0);
	ck_assert_int_eq(tapixGetEventHandle(w.app), w.event);
}
END_TEST

START_TEST(negotiate_gives_the_version)
{
	LINEEXTENSIONID extension;
	DWORD version = 0;

	ck_assert_int_eq(lineNegotiateAPIVersion(w.app, 0, 0x00010003, 0x00020001, &version,
					 &extension),
			0);

	ck_assert_uint_eq(version, 0x00020001);
}
END_TEST

START_TEST(capabilities_fit_or_say_what_they_need)
{
	char buf[1024];
	LINEDEVCAPS *caps = (LINEDEVCAPS *)(void *)buf;

	caps->dwTotalSize = sizeof(*caps);
	ck_assert_int_eq(lineGetDevCaps(w.app, 0, 0x00030001, 0, caps), 0);
	ck_assert_uint_gt(caps->dwNeededSize, sizeof(*caps));
	ck_assert_uint_le(caps->dwNeededSize, sizeof(buf));

	caps->dwTotalSize = sizeof(buf);
	ck_assert_int_eq(lineGetDevCaps(w.app, 0, 0x00030001, 0, caps), 0);
	ck_assert_str_eq(buf + caps->dwLineNameOffset, "mock line");
	ck_assert_uint_eq(caps->dwAvailableTracking, 7);
}
END_TEST

START_TEST(structures_have_the_slots_of_the_version)
{
	char buf[1024];
	LINEDEVCAPS *caps = (LINEDEVCAPS *)(void *)buf;

	memset(buf, 0x55, sizeof(buf));
	caps->dwTotalSize = 1000;
	ck_assert_int_eq(lineGetDevCaps(w.app, 0, 0x00010003, 0, caps), 0);

	ck_assert_uint_eq(caps->dwLineNameOffset, offsetof(LINEDEVCAPS, dwLineFeatures));
}
END_TEST

START_TEST(structure_below_its_fixed_part_is_structuretoosmall)
{
	LINEDEVCAPS caps = { .dwTotalSize = 20 };
	struct tapix_reason why;

	ck_assert_int_eq(lineGetDevCaps(w.app, 0, 0x00030001, 0, &caps), LINEERR_STRUCTURETOOSMALL);

	tapixGetLastReason(&why);
	ck_assert_uint_eq(why.layer, TAPIX_LAYER_CLIENT);
	ck_assert_str_ne(why.sentence, "");
}
END_TEST

START_TEST(a_call_out_replies_then_connects_then_ends)
{
	HLINE line = world_line(&w);
	HCALL call = 0;
	LONG id = lineMakeCall(line, &call, "102", 0, NULL);
	LINEMESSAGE msg;
	LINECALLINFO info = { .dwTotalSize = sizeof(info) };

	ck_assert_int_gt(id, 0);
	ck_assert_uint_ne(call, 0);
	ck_assert_int_eq(lineGetCallInfo(call, &info), LINEERR_INVALCALLHANDLE);

	msg = world_expect(&w, LINE_REPLY);
	ck_assert_uint_eq(msg.hDevice, 0);
	ck_assert_uint_eq(msg.dwParam1, (DWORD)id);
	ck_assert_uint_eq(msg.dwParam2, 0);
	ck_assert_int_eq(lineGetCallInfo(call, &info), 0);
	ck_assert_uint_eq(info.hLine, line);
	msg = world_expect(&w, LINE_CALLSTATE);
	ck_assert_uint_eq(msg.hDevice, call);
	ck_assert_uint_eq(msg.dwParam1, LINECALLSTATE_DIALING);
	ck_assert_uint_eq(msg.dwCallbackInstance, 0x77);
	(void)world_expect(&w, LINE_CALLSTATE);
	msg = world_expect(&w, LINE_CALLSTATE);
	ck_assert_uint_eq(msg.dwParam1, LINECALLSTATE_CONNECTED);

	ck_assert_int_gt(lineDrop(call, NULL, 0), 0);
	(void)world_expect(&w, LINE_REPLY);
	msg = world_expect(&w, LINE_CALLSTATE);
	ck_assert_uint_eq(msg.dwParam1, LINECALLSTATE_IDLE);
	ck_assert_int_eq(lineDeallocateCall(call), 0);
	ck_assert_int_eq(lineDeallocateCall(call), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(lineClose(line), 0);
	ck_assert_int_eq(lineClose(line), LINEERR_INVALLINEHANDLE);
}
END_TEST

START_TEST(a_call_in_comes_with_appnewcall_then_its_state)
{
	HLINE line = world_line(&w);
	LINEMESSAGE msg;
	HCALL call;

	(void)mock_offer(w.mock, 1);

	msg = world_expect(&w, LINE_APPNEWCALL);
	ck_assert_uint_eq(msg.hDevice, line);
	ck_assert_uint_eq(msg.dwParam3, LINECALLPRIVILEGE_OWNER);
	call = (HCALL)msg.dwParam2;
	msg = world_expect(&w, LINE_CALLSTATE);
	ck_assert_uint_eq(msg.hDevice, call);
	ck_assert_uint_eq(msg.dwParam1, LINECALLSTATE_OFFERING);
	ck_assert_uint_eq(msg.dwParam3, LINECALLPRIVILEGE_OWNER);
	ck_assert_int_gt(lineAnswer(call, NULL, 0), 0);
	(void)world_expect(&w, LINE_REPLY);
}
END_TEST

START_TEST(a_failed_request_has_its_reason)
{
	struct tapix_reason why;
	HLINE line = world_line(&w);
	HCALL call;
	LONG id;
	LINEMESSAGE msg;

	world_refuse_at(&w, CALL_LineMakeCall, FRAME_RETURN, LINEERR_INVALADDRESS, "no digits");
	ck_assert_int_eq(lineMakeCall(line, &call, "x", 0, NULL), LINEERR_INVALADDRESS);
	tapixGetLastReason(&why);
	ck_assert_str_eq(why.cause, "no digits");
	ck_assert_uint_eq(why.layer, TAPIX_LAYER_SERVER);

	world_refuse_at(&w, CALL_LineMakeCall, FRAME_COMPLETION, LINEERR_CALLUNAVAIL, "SIP 486");
	id = lineMakeCall(line, &call, "x", 0, NULL);
	ck_assert_int_gt(id, 0);
	msg = world_expect(&w, LINE_REPLY);
	ck_assert_int_eq((LONG)msg.dwParam2, LINEERR_CALLUNAVAIL);
	ck_assert(msg.dwParam2 == (DWORD)LINEERR_CALLUNAVAIL);
	ck_assert_int_eq(tapixGetReplyReason(w.app, (DWORD)id, &why), 0);
	ck_assert_str_eq(why.cause, "SIP 486");
	ck_assert_int_eq(lineDeallocateCall(call), LINEERR_INVALCALLHANDLE);
}
END_TEST

static bool complain_at_length(struct mock *m, const struct frame *f)
{
	struct frame_header h = { .kind = FRAME_RETURN,
		.flags = FLAG_FAILURE,
		.serial = f->h.serial,
		.result = LINEERR_OPERATIONFAILED };
	Failure why = FAILURE__INIT;
	char text[601] = "", body[2000];

	for (int i = 0; i < 200; i++)
		strcat(text, "\xe2\x82\xac");
	why.cause = why.sentence = text;
	mock_bytes(m, &h, body, failure__pack(&why, (uint8_t *)body));
	return true;
}

START_TEST(a_long_reason_is_cut_between_characters)
{
	struct tapix_reason why;
	HLINE line = world_line(&w);

	mock_lock(w.mock);
	w.mock->handler = complain_at_length;
	mock_unlock(w.mock);
	ck_assert_int_eq(lineClose(line), LINEERR_OPERATIONFAILED);
	mock_lock(w.mock);
	w.mock->handler = NULL;
	mock_unlock(w.mock);

	tapixGetLastReason(&why);
	ck_assert(utf8_is_valid(why.cause));
	ck_assert_uint_eq(strlen(why.cause), 126);
	ck_assert(utf8_is_valid(why.sentence));
	ck_assert_uint_eq(strlen(why.sentence), 255);
}
END_TEST

START_TEST(the_descriptor_is_readable_while_a_message_waits)
{
	struct pollfd p = { (int)w.event, POLLIN, 0 };
	HLINE line = world_line(&w);
	LINEMESSAGE msg;
	DWORD a, b;

	ck_assert_int_eq(poll(&p, 1, 0), 0);
	mock_call_state(w.mock, 1, mock_offer(w.mock, 1), LINECALLSTATE_ACCEPTED, 0);
	ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
	ck_assert_int_eq(lineGetStatusMessages(line, &a, &b), 0); /* reads the socket */
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(poll(&p, 1, 0), 1);
		ck_assert_int_eq(lineGetMessage(w.app, &msg, 0), 0);
	}

	ck_assert_int_eq(poll(&p, 1, 0), 0);
	ck_assert_int_eq(lineGetMessage(w.app, &msg, 0), LINEERR_OPERATIONFAILED);
}
END_TEST

START_TEST(a_taken_event_is_acknowledged)
{
	Event e = EVENT__INIT;
	LINEMESSAGE msg;

	(void)world_line(&w);
	e.has_msg = e.has_p1 = 1;
	e.msg = LINE_LINEDEVSTATE;
	e.p1 = LINEDEVSTATE_RINGING;
	mock_event(w.mock, 1, 0, FLAG_WANT_ACK, 9, &e);
	mock_event(w.mock, 99, 0, FLAG_WANT_ACK, 10, &e); /* of no line of ours */

	msg = world_expect(&w, LINE_LINEDEVSTATE);
	ck_assert_uint_eq(msg.dwParam1, LINEDEVSTATE_RINGING);
	mock_await_count(w.mock, &w.mock->acks, 1);
	ck_assert_int_eq(lineGetMessage(w.app, &msg, 0), LINEERR_OPERATIONFAILED);
	mock_await_count(w.mock, &w.mock->acks, 2);
}
END_TEST

START_TEST(line_close_ends_the_line_and_its_calls)
{
	HLINE line = world_line(&w);
	Event e = EVENT__INIT;
	Failure why = FAILURE__INIT;
	char cause[] = "host died", sentence[] = "the provider ended";
	struct tapix_reason reason;
	LINEMESSAGE msg;
	HCALL call;

	(void)mock_offer(w.mock, 1);
	call = (HCALL)world_expect(&w, LINE_APPNEWCALL).dwParam2;
	why.has_layer = 1;
	why.layer = TAPIX_LAYER_PROVIDER;
	why.cause = cause;
	why.sentence = sentence;
	e.has_msg = 1;
	e.msg = LINE_CLOSE;
	e.reason = &why;
	mock_event(w.mock, 1, 0, 0, 0, &e);

	(void)world_expect(&w, LINE_CALLSTATE);
	msg = world_expect(&w, LINE_CLOSE);
	ck_assert_uint_eq(msg.hDevice, line);
	ck_assert_int_eq(lineClose(line), LINEERR_INVALLINEHANDLE);
	ck_assert_int_gt(0, lineAnswer(call, NULL, 0));
	ck_assert_int_eq(tapixGetCloseReason(line, &reason), 0);
	ck_assert_str_eq(reason.cause, "host died");
}
END_TEST

START_TEST(no_daemon_names_the_socket_and_what_to_do)
{
	DWORD version = 0x00020000, devices;
	HLINEAPP app;
	struct tapix_reason why;

	limits.start = 50;
	mock_down(w.mock);
	ck_assert_int_eq(lineInitializeEx(&app, 0, world_callback, "x", &devices, &version, NULL),
			LINEERR_OPERATIONFAILED);

	tapixGetLastReason(&why);
	ck_assert_uint_eq(why.layer, TAPIX_LAYER_CLIENT);
	ck_assert_str_eq(why.cause, "ENOENT");
	ck_assert_ptr_nonnull(strstr(why.sentence, w.mock->path));
	mock_up(w.mock);
}
END_TEST

/* What is tested is how long somebody waits, so time has to pass. */
static void *start_late(void *arg)
{
	(void)poll(NULL, 0, 200);
	mock_up(arg);
	return NULL;
}

START_TEST(a_daemon_that_is_just_starting_is_waited_for)
{
	DWORD version = 0x00020000, devices;
	pthread_t starter;
	HLINEAPP app;

	limits.start = PATIENCE_MS;
	mock_down(w.mock);
	ck_assert_int_eq(pthread_create(&starter, NULL, start_late, w.mock), 0);
	ck_assert_int_eq(lineInitializeEx(&app, 0, world_callback, "x", &devices, &version, NULL),
			0);

	ck_assert_int_eq(pthread_join(starter, NULL), 0);
	ck_assert_int_eq(lineShutdown(app), 0);
}
END_TEST

START_TEST(where_no_daemon_can_start_nothing_waits)
{
	DWORD version = 0x00020000, devices;
	char path[160];
	HLINEAPP app;

	limits.start = 60000; /* longer than the test may take */
	(void)snprintf(path, sizeof(path), "%s/no/such/folder/socket", w.mock->folder);
	ck_assert_int_eq(tapixSetSocket(path), 0);
	ck_assert_int_eq(lineInitializeEx(&app, 0, world_callback, "x", &devices, &version, NULL),
			LINEERR_OPERATIONFAILED);

	ck_assert_int_eq(tapixSetSocket(w.mock->path), 0);
}
END_TEST

enum { TURNED_AWAY = 40 };

/* Before its hello has come, or with it unread. */
static void *turn_away(void *arg)
{
	struct frame_header h = { .kind = FRAME_HELLO,
		.flags = FLAG_CLOSING | FLAG_FAILURE,
		.result = LINEERR_OPERATIONFAILED };
	Failure why = FAILURE__INIT;

	why.sentence = (char *)(uintptr_t) "you may not";
	for (int i = 0; i < TURNED_AWAY; i++) {
		struct pollfd p = { .fd = accept(*(int *)arg, NULL, NULL), .events = POLLIN };
		struct conn conn;

		if (i & 1)
			(void)poll(&p, 1, PATIENCE_MS);
		conn_init(&conn, p.fd, LIMIT_EDGE);
		(void)conn_send(&conn, &h, &why.base);
		(void)conn_flush(&conn);
		conn_fini(&conn);
	}
	return NULL;
}

START_TEST(who_is_turned_away_hears_why)
{
	DWORD version = 0x00020000, devices;
	struct tapix_reason why;
	pthread_t thread;
	char path[160];
	int listener;
	HLINEAPP app;

	(void)snprintf(path, sizeof(path), "%s/away", w.mock->folder);
	listener = os_unix_listen(path, 0600);
	ck_assert_int_ge(listener, 0);
	ck_assert_int_eq(fcntl(listener, F_SETFL, 0), 0); /* accept waits */
	ck_assert_int_eq(tapixSetSocket(path), 0);
	ck_assert_int_eq(pthread_create(&thread, NULL, turn_away, &listener), 0);
	for (int i = 0; i < TURNED_AWAY; i++) {
		ck_assert_int_eq(lineInitializeEx(&app, 0, world_callback, "x", &devices, &version,
						 NULL),
				LINEERR_OPERATIONFAILED);
		tapixGetLastReason(&why);
		ck_assert_ptr_nonnull(strstr(why.sentence, "refused the connection: you may not"));
	}

	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	close(listener);
	(void)unlink(path);
	ck_assert_int_eq(tapixSetSocket(w.mock->path), 0);
}
END_TEST

START_TEST(a_callback_runs_in_tapi_dispatch_only)
{
	struct world c;
	HLINE line;
	HCALL call;

	world_close(&w);
	world_open(&c, LINEINITIALIZEEXOPTION_USEHIDDENWINDOW, 0x00020000);
	line = world_line(&c);
	ck_assert_int_gt(lineMakeCall(line, &call, "102", 0, NULL), 0);
	ck_assert_uint_eq(callback_count, 0);
	world_dispatch_until(&c, 4);

	ck_assert_uint_eq(callback_messages[0].dwMessageID, LINE_REPLY);
	ck_assert_uint_eq(callback_messages[3].dwParam1, LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(tapiDispatch(-7), LINEERR_INVALAPPHANDLE);
	world_close(&c);
	setup();
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi thin");
	TCase *t = tcase_create("thin");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, initialise_tells_the_number_of_lines_and_a_descriptor);
	tcase_add_test(t, negotiate_gives_the_version);
	tcase_add_test(t, capabilities_fit_or_say_what_they_need);
	tcase_add_test(t, structures_have_the_slots_of_the_version);
	tcase_add_test(t, structure_below_its_fixed_part_is_structuretoosmall);
	tcase_add_test(t, a_call_out_replies_then_connects_then_ends);
	tcase_add_test(t, a_call_in_comes_with_appnewcall_then_its_state);
	tcase_add_test(t, a_failed_request_has_its_reason);
	tcase_add_test(t, a_long_reason_is_cut_between_characters);
	tcase_add_test(t, the_descriptor_is_readable_while_a_message_waits);
	tcase_add_test(t, a_taken_event_is_acknowledged);
	tcase_add_test(t, line_close_ends_the_line_and_its_calls);
	tcase_add_test(t, no_daemon_names_the_socket_and_what_to_do);
	tcase_add_test(t, a_daemon_that_is_just_starting_is_waited_for);
	tcase_add_test(t, where_no_daemon_can_start_nothing_waits);
	tcase_add_test(t, who_is_turned_away_hears_why);
	tcase_add_test(t, a_callback_runs_in_tapi_dispatch_only);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
