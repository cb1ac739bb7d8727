// SPDX-License-Identifier: MIT
/* test_line_media.c - media of calls that tapi.h makes and takes: tapi_line_media,
 * tapi_call_from_handle. */
#include "../test_main.h"
#include "scene.h"

#include <fcntl.h>
#include <pthread.h>

static void setup(void)
{
	scene_open(false);
}

static void teardown(void)
{
	scene_close();
}

static HLINE open_line(void)
{
	HLINE line;

	ck_assert_int_eq(lineOpen(tapi_get_handle(scene.tapi), 0, &line, 0x00030001, 0, 0,
					 LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE,
					 NULL),
			0);
	return line;
}

static LINEMESSAGE expect(DWORD message)
{
	LINEMESSAGE m = { 0 };

	ck_assert_int_eq(lineGetMessage(tapi_get_handle(scene.tapi), &m, 30000), 0);
	ck_assert_uint_eq(m.dwMessageID, message);
	return m;
}

START_TEST(line_media_serves_calls_made_with_lineMakeCall)
{
	HLINE line = open_line();
	struct tapi_call *call;
	HCALL handle = 0;

	ck_assert_int_eq(tapi_line_media(line), 0);
	ck_assert_int_gt(lineMakeCall(line, &handle, "102", 0, NULL), 0);
	ck_assert_uint_eq(scene.calls_at_make_call, 1);
	(void)expect(LINE_REPLY);
	ck_assert_int_eq(tapi_call_from_handle(handle, &call), 0);

	ck_assert_uint_eq(tapi_call_get_handle(call), handle);
	ck_assert_uint_eq(scene.msp->calls, 1);
	ck_assert_uint_eq(scene_msp_did("create_call 0 0x8"), 1);
	(void)expect(LINE_CALLSTATE);
	tapi_unref(call);
}
END_TEST

START_TEST(an_address_is_reached_from_its_line)
{
	HLINE line = open_line();
	struct tapi_address *address, *again;
	struct tapi_terminal *player;

	ck_assert_int_eq(tapi_line_media(line), 0);
	ck_assert_int_eq(tapi_address_from_handle(line, 0, &address), 0);
	ck_assert_int_eq(tapi_address_from_handle(line, 0, &again), 0);

	ck_assert_ptr_eq(address, again);
	ck_assert_int_eq(tapi_address_create_terminal(address, CLSID_String_FilePlaybackTerminal,
					 TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &player),
			0);
	ck_assert_uint_eq(scene.msp->addresses, 1);
	tapi_unref(player);
	tapi_unref(again);
	tapi_unref(address);
	ck_assert_int_eq(tapi_address_from_handle(0xdead, 0, &again), LINEERR_INVALLINEHANDLE);
	ck_assert_int_eq(tapi_address_from_handle(line, 0, NULL), LINEERR_INVALPOINTER);
}
END_TEST

START_TEST(a_refused_lineMakeCall_leaves_no_media)
{
	HLINE line = open_line();
	HCALL handle = 0;

	ck_assert_int_eq(tapi_line_media(line), 0);
	scene.refuse_kind = CALL_LineMakeCall;
	ck_assert_int_gt(lineMakeCall(line, &handle, "102", 0, NULL), 0);
	ck_assert_uint_eq(scene.calls_at_make_call, 1);
	(void)expect(LINE_REPLY);

	ck_assert_uint_eq(scene.msp->calls, 0);
}
END_TEST

START_TEST(line_media_serves_calls_that_come_in)
{
	HLINE line = open_line();
	struct tapi_call *call;
	LINEMESSAGE m;

	ck_assert_int_eq(tapi_line_media(line), 0);
	(void)mock_offer(scene.server, scene_last_open());
	m = expect(LINE_APPNEWCALL);

	ck_assert_int_eq(tapi_call_from_handle((HCALL)m.dwParam2, &call), 0);
	ck_assert_uint_eq(scene.msp->calls, 0); /* the state says what its media is like */
	(void)expect(LINE_CALLSTATE);
	ck_assert_uint_eq(scene_msp_did("create_call 1 0x8"), 1);
	ck_assert_int_eq(tapi_call_get_state(call), CS_OFFERING);
	ck_assert_uint_eq(scene.msp->calls, 1);
	ck_assert_int_eq(lineDeallocateCall((HCALL)m.dwParam2), 0);
	ck_assert_uint_eq(scene.msp->calls, 0);
	ck_assert_uint_eq(tapi_call_get_handle(call), 0);
	tapi_unref(call);
}
END_TEST

START_TEST(a_connected_call_can_get_its_media_late)
{
	HLINE line = open_line();
	struct tapi_call *call, *again;
	HCALL handle = 0;

	ck_assert_int_gt(lineMakeCall(line, &handle, "102", 0, NULL), 0);
	(void)expect(LINE_REPLY);
	for (unsigned i = 0; i < 3; i++)
		(void)expect(LINE_CALLSTATE);
	ck_assert_int_eq(tapi_call_from_handle(handle, &call), 0);
	ck_assert_int_eq(tapi_call_from_handle(handle, &again), 0);

	ck_assert_uint_eq(scene_msp_did("create_call 2 0x8"), 1);
	ck_assert_ptr_eq(call, again);
	ck_assert_int_eq(tapi_call_get_state(call), CS_CONNECTED);
	tapi_unref(again);
	tapi_unref(call);
}
END_TEST

START_TEST(a_call_that_is_handed_over_gets_its_media_here)
{
	HLINE line = open_line();
	Event e = EVENT__INIT;

	ck_assert_int_eq(tapi_line_media(line), 0);
	e.has_msg = e.has_p2 = e.has_p3 = 1;
	e.msg = LINE_APPNEWCALL;
	e.p2 = MOCK_CALL + 9;
	e.p3 = LINECALLPRIVILEGE_MONITOR;
	mock_event(scene.server, scene_last_open(), 0, 0, 0, &e);
	mock_call_state(scene.server, scene_last_open(), MOCK_CALL + 9, LINECALLSTATE_CONNECTED, 0);
	(void)expect(LINE_APPNEWCALL);
	(void)expect(LINE_CALLSTATE);
	ck_assert_uint_eq(scene.msp->calls, 0); /* monitors have no media */

	e = (Event)EVENT__INIT;
	e.has_object = e.has_msg = e.has_p1 = 1;
	e.object = MOCK_CALL + 9;
	e.msg = LINE_CALLSTATE;
	e.p1 = LINECALLSTATE_CONNECTED;
	mock_event(scene.server, scene_last_open(), LINECALLPRIVILEGE_OWNER, 0, 0, &e);
	(void)expect(LINE_CALLSTATE);

	ck_assert_uint_eq(scene_msp_did("create_call 2 0x8"), 1);
}
END_TEST

/* A hand-off gives a new handle of a call that has been connected for long: its media is joined. */
START_TEST(a_new_call_that_is_connected_is_joined)
{
	HLINE line = open_line();
	Event e = EVENT__INIT;

	ck_assert_int_eq(tapi_line_media(line), 0);
	e.has_msg = e.has_p2 = e.has_p3 = 1;
	e.msg = LINE_APPNEWCALL;
	e.p2 = MOCK_CALL + 9;
	e.p3 = LINECALLPRIVILEGE_OWNER;
	mock_event(scene.server, scene_last_open(), 0, 0, 0, &e);
	e = (Event)EVENT__INIT;
	e.has_object = e.has_msg = e.has_p1 = 1;
	e.object = MOCK_CALL + 9;
	e.msg = LINE_CALLSTATE;
	e.p1 = LINECALLSTATE_CONNECTED;
	mock_event(scene.server, scene_last_open(), LINECALLPRIVILEGE_OWNER, 0, 0, &e);
	(void)expect(LINE_APPNEWCALL);
	(void)expect(LINE_CALLSTATE);

	ck_assert_uint_eq(scene_msp_did("create_call 2 0x8"), 1);
}
END_TEST

START_TEST(line_media_needs_an_msp)
{
	HLINE line = open_line();

	scene.no_msp = true;

	ck_assert_int_eq(tapi_line_media(line), TAPI_E_NODRIVER);
	ck_assert_int_eq(tapi_line_media(line + 1), LINEERR_INVALLINEHANDLE);
	ck_assert_int_eq(tapi_call_from_handle(0, &(struct tapi_call *){ NULL }),
			LINEERR_INVALCALLHANDLE);
}
END_TEST

START_TEST(lineShutdown_ends_the_msp)
{
	HLINE line = open_line();

	ck_assert_int_eq(tapi_line_media(line), 0);
	ck_assert_uint_eq(scene.msp->addresses, 1);
	ck_assert_int_eq(lineShutdown(tapi_get_handle(scene.tapi)), 0);

	ck_assert_uint_eq(scene.msp->addresses, 0);
	ck_assert_uint_eq(tapi_get_handle(scene.tapi), 0);
}
END_TEST

START_TEST(lineClose_ends_the_media_of_its_calls)
{
	HLINE line = open_line();
	HCALL handle = 0;

	ck_assert_int_eq(tapi_line_media(line), 0);
	ck_assert_int_gt(lineMakeCall(line, &handle, "102", 0, NULL), 0);
	(void)expect(LINE_REPLY);
	ck_assert_uint_eq(scene.msp->calls, 1);

	ck_assert_int_eq(lineClose(line), 0);

	ck_assert_uint_eq(scene.msp->calls, 0);
}
END_TEST

static mock_handler usual;
static struct frame_header making;

/* The answer to lineMakeCall waits. */
static bool hold_completion(struct mock *m, const struct frame *f)
{
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;

	if (f->h.kind != CALL_LineMakeCall)
		return usual(m, f);
	making = f->h;
	reply.has_call = 1;
	reply.call = MOCK_CALL + ++m->next_call;
	mock_return(m, &f->h, &reply.base);
	return true;
}

START_TEST(the_drop_of_a_call_that_is_not_there_yet_has_no_reply_for_the_application)
{
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	struct tapi_call *call;
	LINEMESSAGE m;

	ck_assert_int_eq(tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					 TAPIMEDIATYPE_AUDIO, &call),
			0);
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = hold_completion;
	mock_unlock(scene.server);
	ck_assert_int_eq(tapi_call_connect(call, 0), 0);
	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	mock_lock(scene.server);
	scene.server->handler = usual;
	reply.has_call = 1;
	reply.call = MOCK_CALL + scene.server->next_call;
	mock_complete(scene.server, &making, &reply.base);
	mock_unlock(scene.server);

	do
		if (lineGetMessage(tapi_get_handle(scene.tapi), &m, 100) == 0)
			ck_assert_uint_ne(m.dwMessageID, LINE_REPLY);
	while (tapi_call_get_state(call) != CS_DISCONNECTED);
	while (lineGetMessage(tapi_get_handle(scene.tapi), &m, 100) == 0)
		ck_assert_uint_ne(m.dwMessageID, LINE_REPLY);
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineDrop), 1);
	tapi_unref(call);
}
END_TEST

/* lineSetupConference makes two calls, and the TSP speaks to their media at once. */
static bool set_up_conference(struct mock *m, const struct frame *f)
{
	LineSetupConferenceReply reply = LINE_SETUP_CONFERENCE_REPLY__INIT;

	if (f->h.kind != CALL_LineSetupConference)
		return usual(m, f);
	reply.has_conf_call = reply.has_consult_call = 1;
	reply.conf_call = MOCK_CALL + ++m->next_call;
	reply.consult_call = MOCK_CALL + ++m->next_call;
	mock_return(m, &f->h, &reply.base);
	mock_complete(m, &f->h, NULL);
	return true;
}

START_TEST(consultation_calls_and_conferences_have_media_before_the_tsp_speaks)
{
	HCALL conference = 0, consult = 0;
	HLINE line = open_line();
	LONG id;

	ck_assert_int_eq(tapi_line_media(line), 0);
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = set_up_conference;
	mock_unlock(scene.server);
	id = lineSetupConference(0, line, &conference, &consult, 3, NULL);
	ck_assert_int_gt(id, 0);
	scene_tsp_data(scene_last_open(), MOCK_CALL + 1, "conference", 10);
	scene_tsp_data(scene_last_open(), MOCK_CALL + 2, "consultation", 12);
	ck_assert_uint_eq(expect(LINE_REPLY).dwParam1, (DWORD)id);
	mock_call_state(scene.server, scene_last_open(), MOCK_CALL + 2, LINECALLSTATE_DIALTONE, 0);
	(void)expect(LINE_CALLSTATE);

	ck_assert_uint_ne(conference, consult);
	ck_assert_uint_eq(scene.msp->calls, 2);
	ck_assert_uint_eq(scene_msp_did("receive_tsp_data call 10"), 1);
	ck_assert_uint_eq(scene_msp_did("receive_tsp_data call 12"), 1);
	ck_assert_uint_eq(scene.empty_count, 0);
}
END_TEST

static struct frame_header held;

static bool hold_make_call(struct mock *m, const struct frame *f)
{
	if (f->h.kind != CALL_LineMakeCall)
		return usual(m, f);
	held = f->h;
	return true;
}

static void *make_call(void *arg)
{
	HCALL call;

	return lineMakeCall(*(HLINE *)arg, &call, "102", 0, NULL) < 0 ? NULL : arg;
}

static unsigned count_descriptors(void)
{
	unsigned count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

/* What the tapi object has open is closed with its last reference. */
START_TEST(a_shutdown_during_lineMakeCall_leaves_nothing)
{
	const unsigned before = count_descriptors();
	HLINE line = open_line();
	pthread_t thread;
	void *made;

	ck_assert_int_eq(tapi_line_media(line), 0);
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = hold_make_call;
	mock_unlock(scene.server);
	ck_assert_int_eq(pthread_create(&thread, NULL, make_call, &line), 0);
	mock_await(scene.server, CALL_LineMakeCall, 1);
	ck_assert_int_eq(tapi_shutdown(scene.tapi), 0);
	ck_assert_int_eq(pthread_join(thread, &made), 0);
	ck_assert_ptr_null(made);
	scene_close();
	scene_open(false);

	ck_assert_uint_eq(count_descriptors(), before);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 line media");
	TCase *t = tcase_create("line media");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, line_media_serves_calls_made_with_lineMakeCall);
	tcase_add_test(t, consultation_calls_and_conferences_have_media_before_the_tsp_speaks);
	tcase_add_test(t, an_address_is_reached_from_its_line);
	tcase_add_test(t, a_refused_lineMakeCall_leaves_no_media);
	tcase_add_test(t, line_media_serves_calls_that_come_in);
	tcase_add_test(t, a_connected_call_can_get_its_media_late);
	tcase_add_test(t, a_call_that_is_handed_over_gets_its_media_here);
	tcase_add_test(t, a_new_call_that_is_connected_is_joined);
	tcase_add_test(t, line_media_needs_an_msp);
	tcase_add_test(t, lineShutdown_ends_the_msp);
	tcase_add_test(t, a_shutdown_during_lineMakeCall_leaves_nothing);
	tcase_add_test(t, lineClose_ends_the_media_of_its_calls);
	tcase_add_test(t,
			the_drop_of_a_call_that_is_not_there_yet_has_no_reply_for_the_application);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
