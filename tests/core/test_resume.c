// SPDX-License-Identifier: MIT
/* test_resume.c - recovery: the core dies or closes a connection; hosts and sessions bring back
 * what they know; nothing is dropped, routed or lost silently. */
#include "../test_main.h"
#include "mock_host.h"
#include "world.h"

#include <unistd.h>

struct fixture {
	struct world w;
	struct mock *host, *app;
	uint32_t open;
	uint64_t call;
};

/* One call up, then a new core; the host of before is back, its snapshot is open. */
static void set_up(struct fixture *f)
{
	struct mock *before;
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotLine line = SNAPSHOT_LINE__INIT;

	world_init(&f->w, "mock", NULL);
	before = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
	f->open = app_open(f->app, 0, OWNER, VOICE);
	f->call = app_make_call(f->app, f->open, 0);
	host_state(before, f->call, LINECALLSTATE_CONNECTED, 0);
	world_kill_core(&f->w);
	f->host = mock_host_resume(&f->w, before);
	SET_ID(&line, device, 0);
	SET(&line, tspi_version, 0x00030000);
	s.line = &line;
	mock_send(f->host, h, &s.base);
}

static void snapshot_call(struct fixture *f, uint64_t id, uint32_t state, CallNote *note)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotCall call = SNAPSHOT_CALL__INIT;
	uint8_t packed[NOTE_MAX];

	SET_ID(&call, call, id);
	SET_ID(&call, device, 0);
	SET(&call, state, state);
	SET(&call, media_mode, VOICE);
	if (note)
		SET_BYTES(&call, note, packed, call_note__pack(note, packed));
	s.call = &call;
	mock_send(f->host, h, &s.base);
}

static void snapshot_request(struct fixture *f, SnapshotRequest *request)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;

	s.request = request;
	mock_send(f->host, h, &s.base);
}

/* The application connects again and claims; END is the caller's. */
static struct mock *come_back(struct fixture *f, uid_t uid)
{
	struct mock *app = world_raw(&f->w, false, uid);
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;

	SET(&hello, protocol, WIRE_PROTOCOL);
	SET(&hello, api_low, 0x00010003);
	SET(&hello, api_high, 0x00020002);
	SET(&hello, session, f->app->session);
	SET(&hello, resumed, 1);
	hello.app_name = (char *)"app";
	mock_send(app, h, &hello.base);
	world_turn(&f->w);
	app->session = ((const Hello *)(const void *)mock_last(app, FRAME_HELLO)->body)->session;
	app->serial = f->app->serial;
	return app;
}

static void claim_open(struct mock *app, uint32_t number, uint32_t device)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen open = SNAPSHOT_OPEN__INIT;

	SET(&open, open, number);
	SET_ID(&open, device, device);
	SET(&open, api_version, 0x00020002);
	SET(&open, privileges, OWNER);
	SET(&open, media_modes, VOICE);
	SET(&open, opened_at, 5);
	s.open = &open;
	mock_send(app, h, &s.base);
}

static void claim_call(struct mock *app, uint32_t open, uint64_t call, uint32_t state)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotHeld held = SNAPSHOT_HELD__INIT;

	SET_ID(&held, call, call);
	SET(&held, open, open);
	SET(&held, privilege, OWNER);
	SET(&held, state, state);
	s.held = &held;
	mock_send(app, h, &s.base);
}

static void claim_request(struct mock *app, uint32_t serial, uint32_t kind, bool returned)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotRequest request = SNAPSHOT_REQUEST__INIT;

	SET(&request, serial, serial);
	SET(&request, kind, kind);
	SET(&request, returned, returned ? 1 : 0);
	app->kinds[serial] = kind;
	s.request = &request;
	mock_send(app, h, &s.base);
}

static const Resync *end(struct mock *app)
{
	struct frame_header h = { .kind = FRAME_END };

	mock_send(app, h, NULL);
	world_turn(app->world);
	return mock_last(app, FRAME_RESYNC)
			       ? (const Resync *)(const void *)mock_last(app, FRAME_RESYNC)->body
			       : NULL;
}

START_TEST(call_goes_on_after_the_core_died)
{
	struct fixture f;
	struct mock *app;
	const Resync *lost;
	CallNote note = CALL_NOTE__INIT;

	set_up(&f);
	note.app_name = (char *)"who made it";
	SET(&note, offered, 1);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	app = come_back(&f, getuid());
	ck_assert_uint_eq(app->session, f.app->session);
	claim_open(app, f.open, 0);
	claim_call(app, f.open, f.call, LINECALLSTATE_RINGBACK);
	lost = end(app);

	ck_assert_ptr_nonnull(lost);
	ck_assert_uint_eq(lost->n_lost_opens + lost->n_lost_calls + lost->n_lost_requests, 0);
	ck_assert_uint_eq(lost->missing_events, 1);
	ck_assert_uint_eq(app_state(app), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineOpen), 0);
	app_ack(app);
	world_wait(&f.w, 6000);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1); /* only the application's */
	world_fini(&f.w);
}
END_TEST

START_TEST(application_may_come_before_the_host)
{
	struct fixture f;
	struct mock *app;

	set_up(&f);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	ck_assert_ptr_null(end(app)); /* the host has not ended its snapshot */
	mock_host_end_snapshot(f.host);

	ck_assert_ptr_nonnull(mock_last(app, FRAME_RESYNC));
	ck_assert_uint_eq(app_events(app, LINE_CALLSTATE), 0); /* nothing is new */
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(unclaimed_call_is_dropped_after_its_time)
{
	struct fixture f;
	CallNote note = CALL_NOTE__INIT;

	set_up(&f);
	SET(&note, offered, 1);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	world_wait(&f.w, 4800);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_wait(&f.w, 400);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 1);
	world_fini(&f.w);
}
END_TEST

/* It opens the line, takes what calls there are, closes the line. */
static void pass_by(struct fixture *f, uint32_t privilege)
{
	struct mock *app = world_app(&f->w, "passer-by");
	uint32_t open = app_open(app, 0, MONITOR | OWNER, VOICE);
	LineGetNewCalls get = LINE_GET_NEW_CALLS__INIT;
	LineSetCallPrivilege set = LINE_SET_CALL_PRIVILEGE__INIT;
	LineClose close_line = LINE_CLOSE__INIT;

	SET_ID(&get, line, 0);
	SET(&get, select, LINECALLSELECT_LINE);
	SET(&get, call_list, 1024);
	ck_assert_int_eq(app_call(app, CALL_LineGetNewCalls, open, &get.base), 0);
	SET_ID(&set, call, f->call);
	SET(&set, call_privilege, privilege);
	ck_assert_int_eq(app_call(app, CALL_LineSetCallPrivilege, open, &set.base), 0);
	SET_ID(&close_line, line, 0);
	ck_assert_int_eq(app_call(app, CALL_LineClose, open, &close_line.base), 0);
	mock_hang_up(app);
	world_turn(&f->w);
}

static const uint32_t passing[] = { MONITOR, OWNER };

START_TEST(passer_by_leaves_an_unclaimed_call_alone)
{
	struct fixture f;
	struct mock *app;
	CallNote note = CALL_NOTE__INIT;

	set_up(&f);
	SET(&note, offered, 1);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	pass_by(&f, passing[_i]);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 0);

	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(end(app)->n_lost_calls, 0);
	world_wait(&f.w, 6000);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	mock_hang_up(app); /* claimed: it is its owner's to end */
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(unclaimed_call_ends_although_somebody_passed_by)
{
	struct fixture f;
	CallNote note = CALL_NOTE__INIT;

	set_up(&f);
	SET(&note, offered, 1);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	pass_by(&f, passing[_i]);
	world_wait(&f.w, 5200);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 1);
	world_fini(&f.w);
}
END_TEST

/* It saw the call and stays: the call has nobody who owns it, so it ends. */
START_TEST(monitor_keeps_no_unclaimed_call_alive)
{
	struct fixture f;
	struct mock *app;
	uint32_t open;
	LineGetNewCalls get = LINE_GET_NEW_CALLS__INIT;
	CallNote note = CALL_NOTE__INIT;

	set_up(&f);
	SET(&note, offered, 1);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	app = world_app(&f.w, "monitor");
	open = app_open(app, 0, MONITOR, 0);
	SET_ID(&get, line, 0);
	SET(&get, select, LINECALLSELECT_LINE);
	SET(&get, call_list, 1024);
	ck_assert_int_eq(app_call(app, CALL_LineGetNewCalls, open, &get.base), 0);
	world_wait(&f.w, 5200);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0); /* it looks on */
	world_fini(&f.w);
}
END_TEST

START_TEST(released_call_is_not_dropped)
{
	struct fixture f;
	CallNote note = CALL_NOTE__INIT;

	set_up(&f);
	SET(&note, offered, 1);
	SET(&note, released, 1);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	world_wait(&f.w, 5200);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(new_call_in_the_quiet_second_is_routed_after_it)
{
	struct fixture f;
	struct mock *app;

	set_up(&f);
	mock_host_end_snapshot(f.host);
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	ck_assert_ptr_nonnull(end(app));
	(void)host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_wait(&f.w, 1100);
	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(what_nobody_knows_is_named)
{
	struct fixture f;
	struct mock *app;
	const Resync *lost;

	set_up(&f);
	mock_host_end_snapshot(f.host); /* without the call */
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	claim_open(app, 77, 3); /* not open at the TSP */
	claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	claim_request(app, 40, CALL_LineAnswer, true);
	lost = end(app);

	ck_assert_uint_eq(lost->n_lost_opens, 1);
	ck_assert_uint_eq(lost->lost_opens[0], 77);
	ck_assert_uint_eq(lost->n_lost_calls, 1);
	ck_assert_uint_eq(lost->lost_calls[0], f.call);
	ck_assert_uint_eq(lost->n_lost_requests, 1);
	ck_assert_uint_eq(lost->lost_requests[0], 40);
	world_fini(&f.w);
}
END_TEST

/* A host that made a line for the core before, and one whose LINE_REMOVE no core has heard of. */
START_TEST(lines_that_came_and_went_meanwhile_are_told)
{
	struct fixture f;
	struct mock *app;
	const Resync *lost;

	set_up(&f);
	mock_host_end_snapshot(f.host);
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	host_event(f.host, 0, LINE_REMOVE, 0, 0, 0, NULL);
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	lost = end(app);

	ck_assert_uint_eq(lost->n_lost_opens, 1);
	ck_assert_uint_eq(app_events(app, LINE_REMOVE), 1);
	ck_assert_uint_eq(((const Event *)(const void *)app_event(app, LINE_REMOVE)->body)->p1, 0);
	ck_assert_uint_eq(app_events(app, LINE_CREATE), 1);
	ck_assert_uint_eq(((const Event *)(const void *)app_event(app, LINE_CREATE)->body)->p1,
			MOCK_LINES);
	host_event(f.host, 0, LINE_REMOVE, MOCK_LINES, 0, 0, NULL);
	ck_assert_uint_eq(app_events(app, LINE_REMOVE), 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(lines_that_a_session_knows_are_not_told_again)
{
	struct fixture f;
	struct mock *app, *fresh;

	set_up(&f);
	mock_host_end_snapshot(f.host);
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	(void)end(app);
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	ck_assert_uint_eq(app_events(app, LINE_CREATE), 1);
	fresh = world_app(&f.w, "fresh");
	ck_assert_uint_eq(app_events(fresh, LINE_CREATE), 0);
	f.app->serial = app->serial;
	mock_send(app, (struct frame_header){ .kind = FRAME_RESYNC },
			NULL); /* the core closes it */
	world_turn(&f.w);
	host_event(f.host, 0, LINE_CREATE, 0, 4712, 0, NULL);
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	(void)end(app);

	ck_assert_uint_eq(app_events(app, LINE_CREATE), 1);
	ck_assert_uint_eq(((const Event *)(const void *)app_event(app, LINE_CREATE)->body)->p1,
			MOCK_LINES + 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(completion_that_the_host_kept_is_delivered)
{
	struct fixture f;
	struct mock *app;
	SnapshotRequest kept = SNAPSHOT_REQUEST__INIT;

	set_up(&f);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	SET(&kept, serial, 900);
	SET(&kept, kind, CALL_LineHold);
	SET(&kept, origin_session, f.app->session);
	SET(&kept, origin_serial, 41);
	SET(&kept, completed, 1);
	SET(&kept, returned, 1);
	snapshot_request(&f, &kept);
	mock_host_end_snapshot(f.host);
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	claim_request(app, 41, CALL_LineHold, true);
	ck_assert_uint_eq(end(app)->n_lost_requests, 0);

	ck_assert_uint_eq(app_answers(app, FRAME_RETURN, 41), 0);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, 41), 1);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial, 900);
	ck_assert_uint_gt(host_request(f.host, CALL_LineGetDevCaps)->h.serial, 900);
	world_fini(&f.w);
}
END_TEST

START_TEST(pending_request_of_before_goes_on)
{
	struct fixture f;
	struct mock *app;
	SnapshotRequest pending = SNAPSHOT_REQUEST__INIT;
	uint64_t made = (uint64_t)1 << 32 | 2;
	const LineMakeCallReply *reply;

	set_up(&f);
	snapshot_call(&f, made, 0, NULL);
	SET(&pending, serial, 900);
	SET(&pending, kind, CALL_LineMakeCall);
	SET(&pending, origin_session, f.app->session);
	SET(&pending, origin_serial, 41);
	SET(&pending, returned, 1);
	pending.n_calls = 1;
	pending.calls = &made;
	snapshot_request(&f, &pending);
	mock_host_end_snapshot(f.host);
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	claim_request(app, 41, CALL_LineMakeCall, false);
	ck_assert_uint_eq(end(app)->n_lost_requests, 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, 41)->body;
	ck_assert_uint_eq(reply->call, made); /* the RETURN that it had not */

	host_complete(f.host, 900, 0);
	world_turn(&f.w);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, 41), 1);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, made), 0);
	world_fini(&f.w);
}
END_TEST

/* The TSP is still at it: only a call that is there can be closed. */
START_TEST(orphan_that_is_being_made_is_dropped_when_it_is_there)
{
	struct fixture f;
	SnapshotRequest pending = SNAPSHOT_REQUEST__INIT;
	uint64_t made = (uint64_t)1 << 32 | 2;

	set_up(&f);
	snapshot_call(&f, made, 0, NULL);
	SET(&pending, serial, 900);
	SET(&pending, kind, CALL_LineMakeCall);
	SET(&pending, origin_session, f.app->session);
	SET(&pending, origin_serial, 41);
	SET(&pending, returned, 1);
	pending.n_calls = 1;
	pending.calls = &made;
	snapshot_request(&f, &pending);
	mock_host_end_snapshot(f.host);
	world_wait(&f.w, 6000);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	host_complete(f.host, 900, 0);
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(both_calls_of_a_conference_that_is_being_made_go_on)
{
	struct fixture f;
	struct mock *app;
	SnapshotRequest pending = SNAPSHOT_REQUEST__INIT;
	LineGetConfRelatedCalls get = LINE_GET_CONF_RELATED_CALLS__INIT;
	uint64_t made[2] = { (uint64_t)1 << 32 | 2, (uint64_t)1 << 32 | 3 };

	set_up(&f);
	snapshot_call(&f, made[0], 0, NULL);
	snapshot_call(&f, made[1], 0, NULL);
	SET(&pending, serial, 900);
	SET(&pending, kind, CALL_LineSetupConference);
	SET(&pending, origin_session, f.app->session);
	SET(&pending, origin_serial, 41);
	SET(&pending, returned, 1);
	pending.n_calls = 2;
	pending.calls = made;
	snapshot_request(&f, &pending);
	mock_host_end_snapshot(f.host);
	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	claim_request(app, 41, CALL_LineSetupConference, true);
	ck_assert_uint_eq(end(app)->n_lost_requests, 0);
	host_complete(f.host, 900, 0);
	world_turn(&f.w);
	world_wait(&f.w, 6000);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, 41), 1);
	SET_ID(&get, call, made[0]);
	SET(&get, call_list, 1000);
	ck_assert_int_eq(app_call(app, CALL_LineGetConfRelatedCalls, f.open, &get.base), 0);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, made[1]), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(completion_that_the_client_has_seen_is_acknowledged)
{
	struct fixture f;
	struct mock *app;
	SnapshotRequest kept = SNAPSHOT_REQUEST__INIT;

	set_up(&f);
	SET(&kept, serial, 900);
	SET(&kept, kind, CALL_LineHold);
	SET(&kept, origin_session, f.app->session);
	SET(&kept, origin_serial, 41);
	SET(&kept, completed, 1);
	snapshot_request(&f, &kept);
	mock_host_end_snapshot(f.host);
	app = come_back(&f, getuid());
	(void)end(app);

	ck_assert_uint_eq(mock_count(app, FRAME_COMPLETION), 0);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial, 900);
	world_fini(&f.w);
}
END_TEST

START_TEST(session_of_another_user_is_not_resumed)
{
	struct fixture f;
	struct mock *thief;

	set_up(&f);
	snapshot_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(f.host);
	thief = come_back(&f, getuid() + 1);
	ck_assert_uint_ne(thief->session, f.app->session);
	ck_assert_uint_eq((uint32_t)thief->session, getuid() + 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(session_expires)
{
	struct fixture f;
	struct mock *app;

	set_up(&f);
	mock_host_end_snapshot(f.host);
	world_wait(&f.w, 5200);
	app = come_back(&f, getuid());
	ck_assert_uint_ne(app->session, f.app->session);
	world_fini(&f.w);
}
END_TEST

/* A call up, then the core closes the connection because of nonsense, perhaps with a lineDrop on
 * its way. */
static void lose_connection(struct fixture *f, bool dropping)
{
	struct frame_header nonsense = { .kind = FRAME_EVENT };
	LineDrop drop = LINE_DROP__INIT;

	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
	f->open = app_open(f->app, 0, OWNER, VOICE);
	f->call = app_make_call(f->app, f->open, 0);
	host_state(f->host, f->call, LINECALLSTATE_CONNECTED, 0);
	f->host->manual[CALL_LineDrop] = dropping;
	SET_ID(&drop, call, f->call);
	if (dropping)
		(void)app_send(f->app, CALL_LineDrop, f->open, &drop.base);
	mock_send(f->app, nonsense, NULL);
	world_turn(&f->w);
	ck_assert(!f->app->connected);
	ck_assert_uint_eq(host_asked(f->host, CALL_LineDrop), dropping ? 1 : 0);
}

START_TEST(session_whose_connection_the_core_closed_comes_back)
{
	struct fixture f = { 0 };
	struct mock *app;
	uint64_t later;

	lose_connection(&f, false);
	host_state(f.host, f.call, LINECALLSTATE_CONNECTED, 0);
	later = host_new_call(f.host, 0, VOICE); /* given to it while it is away */
	app = come_back(&f, getuid());
	ck_assert_uint_eq(app->session, f.app->session);
	ck_assert_uint_eq(((const Hello *)(const void *)mock_last(app, FRAME_HELLO)->body)->resumed,
			1);
	claim_open(app, f.open, 0);
	claim_call(app, f.open, f.call, 0);
	(void)end(app);

	ck_assert_uint_eq(app_events(app, LINE_CALLSTATE), 2);
	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 1);
	ck_assert_int_eq(app_on_call(app, CALL_LineAnswer, f.open, later), 0);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(answers_wait_for_a_session_that_is_away)
{
	struct fixture f = { 0 };
	LineDrop drop = LINE_DROP__INIT;
	struct seen request;
	struct mock *app;
	uint32_t serial;

	lose_connection(&f, true);
	SET_ID(&drop, call, f.call);
	request = *host_request(f.host, CALL_LineDrop);
	serial = request.h.origin_serial;
	host_return(f.host, &request, 0, NULL);
	host_complete(f.host, request.h.serial, 0);
	world_turn(&f.w);
	ck_assert_uint_eq(mock_count(f.host, FRAME_ACK), 1); /* of lineMakeCall */

	app = come_back(&f, getuid());
	claim_open(app, f.open, 0);
	claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	claim_request(app, serial, CALL_LineDrop, false);
	ck_assert_uint_eq(end(app)->n_lost_requests, 0);
	ck_assert_uint_eq(app_answers(app, FRAME_RETURN, serial), 1);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, serial), 1);
	ck_assert_uint_eq(mock_count(f.host, FRAME_ACK), 2);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core resume");
	TCase *t = tcase_create("resume");

	tcase_add_test(t, call_goes_on_after_the_core_died);
	tcase_add_test(t, application_may_come_before_the_host);
	tcase_add_test(t, unclaimed_call_is_dropped_after_its_time);
	tcase_add_loop_test(t, passer_by_leaves_an_unclaimed_call_alone, 0, 2);
	tcase_add_loop_test(t, unclaimed_call_ends_although_somebody_passed_by, 0, 2);
	tcase_add_test(t, monitor_keeps_no_unclaimed_call_alive);
	tcase_add_test(t, released_call_is_not_dropped);
	tcase_add_test(t, new_call_in_the_quiet_second_is_routed_after_it);
	tcase_add_test(t, what_nobody_knows_is_named);
	tcase_add_test(t, lines_that_came_and_went_meanwhile_are_told);
	tcase_add_test(t, lines_that_a_session_knows_are_not_told_again);
	tcase_add_test(t, completion_that_the_host_kept_is_delivered);
	tcase_add_test(t, pending_request_of_before_goes_on);
	tcase_add_test(t, orphan_that_is_being_made_is_dropped_when_it_is_there);
	tcase_add_test(t, both_calls_of_a_conference_that_is_being_made_go_on);
	tcase_add_test(t, completion_that_the_client_has_seen_is_acknowledged);
	tcase_add_test(t, session_of_another_user_is_not_resumed);
	tcase_add_test(t, session_expires);
	tcase_add_test(t, session_whose_connection_the_core_closed_comes_back);
	tcase_add_test(t, answers_wait_for_a_session_that_is_away);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
