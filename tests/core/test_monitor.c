// SPDX-License-Identifier: MIT
/* test_monitor.c - what applications want to hear of a call's sound: unions, whose message it is,
 * what ends with an application, what comes back after the core has died. */
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"
#include "world.h"

#include <unistd.h>

static struct two_apps f;
static uint64_t call;

/* a owns a call that b monitors. */
static void connect_both(void)
{
	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
}

static void end(void)
{
	world_fini(&f.w);
}

static int32_t monitor_digits(struct mock *app, uint32_t open, uint32_t modes)
{
	LineMonitorDigits m = LINE_MONITOR_DIGITS__INIT;

	SET_ID(&m, call, call);
	SET(&m, digit_modes, modes);
	return app_call(app, CALL_LineMonitorDigits, open, &m.base);
}

static int32_t monitor_media(struct mock *app, uint32_t open, uint32_t modes)
{
	LineMonitorMedia m = LINE_MONITOR_MEDIA__INIT;

	SET_ID(&m, call, call);
	SET(&m, media_modes, modes);
	return app_call(app, CALL_LineMonitorMedia, open, &m.base);
}

static int32_t monitor_tones(struct mock *app, uint32_t open, size_t count)
{
	LineMonitorTones m = LINE_MONITOR_TONES__INIT;
	LineMonitorTone tone = LINE_MONITOR_TONE__INIT, *list[] = { &tone };

	SET(&tone, frequency1, 440);
	SET_ID(&m, call, call);
	m.tone_list = list;
	m.n_tone_list = count;
	return app_call(app, CALL_LineMonitorTones, open, &m.base);
}

static int32_t gather(struct mock *app, uint32_t open, uint32_t digits)
{
	LineGatherDigits m = LINE_GATHER_DIGITS__INIT;

	SET_ID(&m, call, call);
	SET(&m, digit_modes, LINEDIGITMODE_DTMF);
	SET(&m, digits, digits);
	return app_call(app, CALL_LineGatherDigits, open, &m.base);
}

static int32_t control(struct mock *app, uint32_t open, size_t count)
{
	LineSetMediaControl m = LINE_SET_MEDIA_CONTROL__INIT;
	LineMediaControlDigit digit = LINE_MEDIA_CONTROL_DIGIT__INIT, *list[] = { &digit };

	SET(&digit, digit, '5');
	SET(&digit, digit_modes, LINEDIGITMODE_DTMF);
	SET(&digit, media_control, LINEMEDIACONTROL_PAUSE);
	SET_ID(&m, line, 0);
	SET_ID(&m, call, call);
	SET(&m, select, LINECALLSELECT_CALL);
	m.digit_list = list;
	m.n_digit_list = count;
	return app_call(app, CALL_LineSetMediaControl, open, &m.base);
}

static void let_go(struct mock *app, uint32_t open)
{
	ck_assert_int_eq(app_on_call(app, CALL_LineDeallocateCall, open, call), 0);
	world_turn(&f.w);
}

static void answer_one(struct mock *host, uint32_t msg, uint32_t how, const struct mock *app,
		uint32_t serial)
{
	struct frame_header h = {
		.kind = FRAME_EVENT, .origin_session = app->session, .origin_serial = serial
	};
	Event e = EVENT__INIT;

	SET_ID(&e, object, call);
	SET(&e, msg, msg);
	SET(&e, p1, how);
	SET(&e, p2, 12345);
	mock_send(host, h, &e.base);
	world_turn(host->world);
}

static uint32_t told_media(void)
{
	const LineMonitorMedia *told =
			(const void *)host_request(f.host, CALL_LineMonitorMedia)->body;

	return told->media_modes;
}

/* --- masks ------------------------------------------------------------------------------------ */

START_TEST(media_are_a_union_and_a_filter)
{
	ck_assert_int_eq(monitor_media(f.a, f.a_open, LINEMEDIAMODE_G3FAX), 0);
	ck_assert_int_eq(monitor_media(f.b, f.b_open, LINEMEDIAMODE_DATAMODEM), 0);
	ck_assert_uint_eq(told_media(), LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_DATAMODEM);

	host_event(f.host, call, LINE_MONITORMEDIA, LINEMEDIAMODE_G3FAX, 0, 5, NULL);
	ck_assert_uint_eq(app_events(f.a, LINE_MONITORMEDIA), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_MONITORMEDIA), 0);
	ck_assert_uint_eq(seen_event(app_event(f.a, LINE_MONITORMEDIA))->p3, 5);

	let_go(f.b, f.b_open);
	ck_assert_uint_eq(told_media(), LINEMEDIAMODE_G3FAX);
	ck_assert_int_eq(monitor_media(f.a, f.a_open, 0), 0);
	ck_assert_uint_eq(told_media(), 0);
}
END_TEST

START_TEST(what_the_tsp_refuses_is_not_remembered)
{
	f.host->fail[CALL_LineMonitorMedia] = LINEERR_RESOURCEUNAVAIL;
	ck_assert_int_eq(monitor_media(f.a, f.a_open, LINEMEDIAMODE_G3FAX),
			LINEERR_RESOURCEUNAVAIL);
	f.host->fail[CALL_LineMonitorMedia] = 0;

	host_event(f.host, call, LINE_MONITORMEDIA, LINEMEDIAMODE_G3FAX, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, LINE_MONITORMEDIA), 0);
	ck_assert_int_eq(monitor_media(f.b, f.b_open, LINEMEDIAMODE_DATAMODEM), 0);
	ck_assert_uint_eq(told_media(), LINEMEDIAMODE_DATAMODEM);
}
END_TEST

START_TEST(monitoring_needs_no_ownership_and_a_call_that_is_not_over)
{
	ck_assert_int_eq(monitor_digits(f.b, f.b_open, LINEDIGITMODE_DTMF), 0);
	ck_assert_int_eq(monitor_tones(f.b, f.b_open, 1), 0);
	ck_assert_int_eq(gather(f.b, f.b_open, 4), LINEERR_NOTOWNER);
	ck_assert_int_eq(control(f.b, f.b_open, 1), LINEERR_NOTOWNER);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);

	ck_assert_int_eq(monitor_digits(f.b, f.b_open, LINEDIGITMODE_DTMF), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(monitor_media(f.b, f.b_open, LINEMEDIAMODE_G3FAX), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(monitor_tones(f.b, f.b_open, 1), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(monitoring_ends_with_the_connection)
{
	const unsigned asked = host_asked(f.host, CALL_LineMonitorDigits) + 1;

	(void)monitor_digits(f.a, f.a_open, LINEDIGITMODE_DTMF);
	host_state(f.host, call, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NORMAL);
	host_event(f.host, call, LINE_MONITORDIGITS, '4', LINEDIGITMODE_DTMF, 0, NULL);

	ck_assert_uint_eq(app_events(f.a, LINE_MONITORDIGITS), 0);
	let_go(f.b, f.b_open);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineMonitorDigits), asked);
}
END_TEST

START_TEST(the_server_stamps_what_has_no_tick_count)
{
	(void)monitor_digits(f.a, f.a_open, LINEDIGITMODE_DTMF);
	host_event(f.host, call, LINE_MONITORDIGITS, '4', LINEDIGITMODE_DTMF, 0, NULL);
	ck_assert_uint_gt(seen_event(app_event(f.a, LINE_MONITORDIGITS))->p3, 0);

	answer_one(f.host, LINE_GENERATE, LINEGENERATETERM_DONE, f.a, 17);
	ck_assert_uint_gt(seen_event(app_event(f.a, LINE_GENERATE))->p3, 0);
}
END_TEST

/* --- tones, gathering, control ------------------------------------------------------------------
 */

START_TEST(tones_go_to_the_one_that_asked)
{
	const struct seen *asked;

	ck_assert_int_eq(monitor_tones(f.a, f.a_open, 1), 0);
	ck_assert_int_eq(monitor_tones(f.b, f.b_open, 1), 0);
	asked = host_request(f.host, CALL_LineMonitorTones);
	ck_assert_uint_eq(asked->h.origin_session, f.b->session);
	answer_one(f.host, LINE_MONITORTONE, 7, f.b, 0);

	ck_assert_uint_eq(app_events(f.a, LINE_MONITORTONE), 0);
	ck_assert_uint_eq(app_events(f.b, LINE_MONITORTONE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.b, LINE_MONITORTONE))->p1, 7);
}
END_TEST

START_TEST(a_list_of_tones_ends_with_its_application)
{
	const struct seen *asked;

	(void)monitor_tones(f.a, f.a_open, 1);
	(void)monitor_tones(f.b, f.b_open, 1);
	let_go(f.b, f.b_open);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineMonitorTones), 3);
	asked = host_request(f.host, CALL_LineMonitorTones);
	ck_assert_uint_eq(asked->h.origin_session, f.b->session);
	ck_assert_uint_eq(((const LineMonitorTones *)(const void *)asked->body)->n_tone_list, 0);
}
END_TEST

START_TEST(a_list_that_was_taken_back_needs_no_end)
{
	(void)monitor_tones(f.b, f.b_open, 1);
	(void)monitor_tones(f.b, f.b_open, 0);
	let_go(f.b, f.b_open);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineMonitorTones), 2);
}
END_TEST

static const LineGatherDigits *last_gather(void)
{
	return (const void *)host_request(f.host, CALL_LineGatherDigits)->body;
}

/* b, that has become an owner too. */
static void own_both(void)
{
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;

	SET_ID(&m, call, call);
	SET(&m, call_privilege, OWNER);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetCallPrivilege, f.b_open, &m.base), 0);
}

START_TEST(gathering_ends_with_its_application)
{
	own_both();
	ck_assert_int_eq(gather(f.b, f.b_open, 4), 0);
	let_go(f.b, f.b_open);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineGatherDigits), 2);
	ck_assert_uint_eq(last_gather()->digits, 0);
}
END_TEST

START_TEST(gathering_that_another_took_over_goes_on)
{
	own_both();
	(void)gather(f.b, f.b_open, 4);
	(void)gather(f.a, f.a_open, 5);
	let_go(f.b, f.b_open);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineGatherDigits), 2);
	ck_assert_uint_eq(last_gather()->digits, 5);
}
END_TEST

START_TEST(gathering_that_is_over_needs_no_end)
{
	own_both();
	(void)gather(f.b, f.b_open, 4);
	answer_one(f.host, LINE_GATHERDIGITS, LINEGATHERTERM_BUFFERFULL, f.b, f.b->serial);
	ck_assert_uint_eq(app_events(f.b, LINE_GATHERDIGITS), 1);
	ck_assert_uint_eq(app_events(f.a, LINE_GATHERDIGITS), 0);
	let_go(f.b, f.b_open);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineGatherDigits), 1);
}
END_TEST

START_TEST(media_control_ends_with_the_handle_of_its_owner)
{
	const LineSetMediaControl *m;

	own_both();
	ck_assert_int_eq(control(f.b, f.b_open, 1), 0);
	let_go(f.b, f.b_open);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineSetMediaControl), 2);
	m = (const void *)host_request(f.host, CALL_LineSetMediaControl)->body;
	ck_assert_uint_eq(m->n_digit_list, 0);
	ck_assert_uint_eq(m->call, call);
	ck_assert_uint_eq(m->select, LINECALLSELECT_CALL);
}
END_TEST

START_TEST(media_control_that_another_replaced_stays)
{
	own_both();
	(void)control(f.b, f.b_open, 1);
	(void)control(f.a, f.a_open, 1);
	let_go(f.b, f.b_open);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineSetMediaControl), 2);
}
END_TEST

/* --- after the core has died ---------------------------------------------------------------------
 */

static void claim(struct recovery *r, struct mock *app)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	SnapshotHeld held = SNAPSHOT_HELD__INIT;
	Snapshot s = SNAPSHOT__INIT;

	recovery_claim_open(app, r->open, 0);
	SET_ID(&held, call, r->call);
	SET(&held, open, r->open);
	SET(&held, privilege, OWNER);
	SET(&held, state, LINECALLSTATE_CONNECTED);
	SET(&held, digit_modes, LINEDIGITMODE_DTMF);
	SET(&held, media_modes, LINEMEDIAMODE_G3FAX);
	SET(&held, tones, 1);
	SET(&held, gather, 9);
	SET(&held, controls, 1);
	s.held = &held;
	mock_send(app, h, &s.base);
}

START_TEST(monitoring_comes_back_with_its_application)
{
	struct recovery r;
	struct mock *app;

	recovery_init(&r);
	recovery_tell_call(&r, r.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(r.host);
	app = recovery_come_back(&r, getuid());
	claim(&r, app);
	(void)recovery_end(app);
	host_event(r.host, r.call, LINE_MONITORDIGITS, '4', LINEDIGITMODE_DTMF, 0, NULL);
	host_event(r.host, r.call, LINE_MONITORMEDIA, LINEMEDIAMODE_G3FAX, 0, 0, NULL);

	ck_assert_uint_eq(app_events(app, LINE_MONITORDIGITS), 1);
	ck_assert_uint_eq(app_events(app, LINE_MONITORMEDIA), 1);
	ck_assert_uint_eq(host_asked(r.host, CALL_LineMonitorDigits), 0); /* the TSP knows */
	world_fini(&r.w);
}
END_TEST

START_TEST(an_answer_waits_for_an_application_that_is_not_back_yet)
{
	struct recovery r;
	struct mock *app;

	recovery_init(&r);
	recovery_tell_call(&r, r.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(r.host);
	call = r.call;
	answer_one(r.host, LINE_GATHERDIGITS, LINEGATHERTERM_BUFFERFULL, r.app, 9);
	app = recovery_come_back(&r, getuid());
	claim(&r, app);
	(void)recovery_end(app);

	ck_assert_uint_eq(app_events(app, LINE_GATHERDIGITS), 1);
	ck_assert_uint_eq(app_event(app, LINE_GATHERDIGITS)->h.origin_serial, 9);
	world_fini(&r.w);
}
END_TEST

/* However much is heard meanwhile, the core keeps a bounded part of it: the newest. */
START_TEST(answers_that_wait_are_bounded)
{
	struct recovery r;

	recovery_init(&r);
	recovery_tell_call(&r, r.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(r.host);
	call = r.call;
	for (int i = 0; i < 5000; i++)
		answer_one(r.host, LINE_MONITORTONE, 7, r.app, 9);

	ck_assert_uint_gt(r.w.core->kept_size, 200 * 1024);
	ck_assert_uint_le(r.w.core->kept_size, 256 * 1024);
	world_fini(&r.w);
}
END_TEST

START_TEST(tones_of_an_application_that_never_comes_back_are_taken_back)
{
	struct recovery r;
	struct mock *app, stranger = { .session = 0x123456789abcu };

	recovery_init(&r);
	recovery_tell_call(&r, r.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(r.host);
	call = r.call;
	app = recovery_come_back(&r, getuid());
	claim(&r, app);
	(void)recovery_end(app);
	world_wait(&r.w, 6000);
	answer_one(r.host, LINE_MONITORTONE, 7, &stranger, 0);

	ck_assert_uint_eq(host_asked(r.host, CALL_LineMonitorTones), 1);
	ck_assert_uint_eq(host_request(r.host, CALL_LineMonitorTones)->h.origin_session,
			stranger.session);
	world_fini(&r.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core monitor");
	TCase *t = tcase_create("monitor"), *u = tcase_create("recovery");

	tcase_add_checked_fixture(t, connect_both, end);
	tcase_add_test(t, media_are_a_union_and_a_filter);
	tcase_add_test(t, what_the_tsp_refuses_is_not_remembered);
	tcase_add_test(t, monitoring_needs_no_ownership_and_a_call_that_is_not_over);
	tcase_add_test(t, monitoring_ends_with_the_connection);
	tcase_add_test(t, the_server_stamps_what_has_no_tick_count);
	tcase_add_test(t, tones_go_to_the_one_that_asked);
	tcase_add_test(t, a_list_of_tones_ends_with_its_application);
	tcase_add_test(t, a_list_that_was_taken_back_needs_no_end);
	tcase_add_test(t, gathering_ends_with_its_application);
	tcase_add_test(t, gathering_that_another_took_over_goes_on);
	tcase_add_test(t, gathering_that_is_over_needs_no_end);
	tcase_add_test(t, media_control_ends_with_the_handle_of_its_owner);
	tcase_add_test(t, media_control_that_another_replaced_stays);
	suite_add_tcase(s, t);
	tcase_add_test(u, monitoring_comes_back_with_its_application);
	tcase_add_test(u, an_answer_waits_for_an_application_that_is_not_back_yet);
	tcase_add_test(u, answers_that_wait_are_bounded);
	tcase_add_test(u, tones_of_an_application_that_never_comes_back_are_taken_back);
	suite_add_tcase(s, u);
	return s;
}

TEST_MAIN(suite())
