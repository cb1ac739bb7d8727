// SPDX-License-Identifier: MIT
/* test_resume.c - recovery: the core dies or closes a connection; sessions come back and learn what
 * is lost, which lines there are, how their requests ended. */
#include "../oom.h"
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"

#include <unistd.h>

START_TEST(what_nobody_knows_is_named)
{
	struct recovery f;
	struct mock *app;
	const Resync *lost;

	recovery_init(&f);
	mock_host_end_snapshot(f.host); /* without the call */
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_open(app, 77, 3); /* not open at the TSP */
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	recovery_claim_request(app, 40, CALL_LineAnswer, true);
	lost = recovery_end(app);

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
	struct recovery f;
	struct mock *app;
	const Resync *lost;

	recovery_init(&f);
	mock_host_end_snapshot(f.host);
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	host_event(f.host, 0, LINE_REMOVE, 0, 0, 0, NULL);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	lost = recovery_end(app);

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
	struct recovery f;
	struct mock *app, *fresh;

	recovery_init(&f);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	(void)recovery_end(app);
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	ck_assert_uint_eq(app_events(app, LINE_CREATE), 1);
	fresh = world_app(&f.w, "fresh");
	ck_assert_uint_eq(app_events(fresh, LINE_CREATE), 0);
	f.app->serial = app->serial;
	mock_send(app, (struct frame_header){ .kind = FRAME_RESYNC },
			NULL); /* the core closes it */
	world_turn(&f.w);
	host_event(f.host, 0, LINE_CREATE, 0, 4712, 0, NULL);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	(void)recovery_end(app);

	ck_assert_uint_eq(app_events(app, LINE_CREATE), 1);
	ck_assert_uint_eq(((const Event *)(const void *)app_event(app, LINE_CREATE)->body)->p1,
			MOCK_LINES + 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(completion_that_the_host_kept_is_delivered)
{
	struct recovery f;
	struct mock *app;
	SnapshotRequest kept = SNAPSHOT_REQUEST__INIT;

	recovery_init(&f);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	SET(&kept, serial, 900);
	SET(&kept, kind, CALL_LineHold);
	SET(&kept, origin_session, f.app->session);
	SET(&kept, origin_serial, 41);
	SET(&kept, completed, 1);
	recovery_tell_request(&f, &kept);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	recovery_claim_request(app, 41, CALL_LineHold, true);
	ck_assert_uint_eq(recovery_end(app)->n_lost_requests, 0);

	ck_assert_uint_eq(app_answers(app, FRAME_RETURN, 41), 0);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, 41), 1);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial, 900);
	ck_assert_uint_gt(host_request(f.host, CALL_LineGetDevCaps)->h.serial, 900);
	world_fini(&f.w);
}
END_TEST

START_TEST(pending_request_of_before_goes_on)
{
	struct recovery f;
	struct mock *app;
	uint64_t made = (uint64_t)1 << 32 | 2;
	const LineMakeCallReply *reply;

	recovery_init(&f);
	recovery_tell_making(&f, CALL_LineMakeCall, &made, 1);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_request(app, 41, CALL_LineMakeCall, false);
	ck_assert_uint_eq(recovery_end(app)->n_lost_requests, 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, 41)->body;
	ck_assert_uint_eq(reply->call, made); /* the RETURN that it had not */

	host_complete(f.host, 900, 0);
	world_turn(&f.w);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, 41), 1);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, made), 0);
	world_fini(&f.w);
}
END_TEST

/* Another session has the same serial. */
START_TEST(pending_request_goes_only_to_who_asked)
{
	struct recovery f;
	struct mock *app, *other;
	uint64_t made = (uint64_t)1 << 32 | 2;

	recovery_init(&f);
	recovery_tell_making(&f, CALL_LineMakeCall, &made, 1);
	mock_host_end_snapshot(f.host);
	other = recovery_join(&f.w, (uint64_t)77 << 32 | (uint32_t)getuid(), getuid());
	recovery_claim_open(other, f.open, 0);
	recovery_claim_request(other, 41, CALL_LineMakeCall, false);
	ck_assert_uint_eq(recovery_end(other)->n_lost_requests, 1);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_request(app, 41, CALL_LineMakeCall, false);
	ck_assert_uint_eq(recovery_end(app)->n_lost_requests, 0);

	host_complete(f.host, 900, 0);
	world_turn(&f.w);
	ck_assert_uint_eq(app_answers(other, FRAME_RETURN, 41), 0);
	ck_assert_uint_eq(app_answers(other, FRAME_COMPLETION, 41), 0);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, 41), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(completion_that_the_client_has_seen_is_acknowledged)
{
	struct recovery f;
	struct mock *app;
	SnapshotRequest kept = SNAPSHOT_REQUEST__INIT;

	recovery_init(&f);
	SET(&kept, serial, 900);
	SET(&kept, kind, CALL_LineHold);
	SET(&kept, origin_session, f.app->session);
	SET(&kept, origin_serial, 41);
	SET(&kept, completed, 1);
	recovery_tell_request(&f, &kept);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	(void)recovery_end(app);

	ck_assert_uint_eq(mock_count(app, FRAME_COMPLETION), 0);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial, 900);
	world_fini(&f.w);
}
END_TEST

START_TEST(session_of_another_user_is_not_resumed)
{
	struct recovery f;
	struct mock *thief;

	recovery_init(&f);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(f.host);
	thief = recovery_come_back(&f, getuid() + 1);
	ck_assert_uint_ne(thief->session, f.app->session);
	ck_assert_uint_eq((uint32_t)thief->session, getuid() + 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(session_expires)
{
	struct recovery f;
	struct mock *app;

	recovery_init(&f);
	mock_host_end_snapshot(f.host);
	world_wait(&f.w, 5200);
	app = recovery_come_back(&f, getuid());
	ck_assert_uint_ne(app->session, f.app->session);
	world_fini(&f.w);
}
END_TEST

/* A call up, perhaps with a lineDrop on its way: its serial. */
static uint32_t begin(struct recovery *f, bool dropping)
{
	LineDrop drop = LINE_DROP__INIT;
	uint32_t serial = 0;

	world_init(&f->w, "mock", NULL);
	f->w.options.grace_ms = 2 * f->w.options.entry_ms;
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
	f->open = app_open(f->app, 0, OWNER, VOICE);
	f->call = app_make_call(f->app, f->open, 0);
	host_state(f->host, f->call, LINECALLSTATE_CONNECTED, 0);
	f->host->manual[CALL_LineDrop] = dropping;
	SET_ID(&drop, call, f->call);
	if (dropping)
		serial = app_send(f->app, CALL_LineDrop, f->open, &drop.base);
	return serial;
}

/* Then the core closes the connection. */
static void lose_connection(struct recovery *f, bool dropping)
{
	(void)begin(f, dropping);
	recovery_lose(f->app);
	ck_assert_uint_eq(host_asked(f->host, CALL_LineDrop), dropping ? 1 : 0);
}

START_TEST(session_whose_connection_the_core_closed_comes_back)
{
	struct recovery f = { 0 };
	struct mock *app;
	uint64_t later;

	lose_connection(&f, false);
	host_state(f.host, f.call, LINECALLSTATE_CONNECTED, 0);
	later = host_new_call(f.host, 0, VOICE); /* given to it while it is away */
	app = recovery_come_back(&f, getuid());
	ck_assert_uint_eq(app->session, f.app->session);
	ck_assert_uint_eq(((const Hello *)(const void *)mock_last(app, FRAME_HELLO)->body)->resumed,
			1);
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, 0);
	(void)recovery_end(app);

	ck_assert_uint_eq(app_events(app, LINE_CALLSTATE), 2);
	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 1);
	ck_assert_int_eq(app_on_call(app, CALL_LineAnswer, f.open, later), 0);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), 0);
	world_fini(&f.w);
}
END_TEST

/* It has asked for pipes, and they did not come: it connects again without them. */
START_TEST(session_comes_back_whose_application_hung_up_before_it_had_resumed)
{
	struct recovery f = { 0 };
	struct mock *app;

	lose_connection(&f, false);
	host_state(f.host, f.call, LINECALLSTATE_CONNECTED, 0);
	f.w.asks_pipes = true;
	mock_hang_up(recovery_come_back(&f, getuid()));
	f.w.asks_pipes = false;
	app = recovery_come_back(&f, getuid());
	ck_assert_uint_eq(app->session, f.app->session);
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, 0);

	ck_assert_uint_eq(recovery_end(app)->n_lost_calls, 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), 0);
	world_fini(&f.w);
}
END_TEST

/* Its answer may have been lost with the connection: 1: it was not. */
START_TEST(an_instance_that_its_application_does_not_know_is_closed)
{
	struct recovery f = { 0 };
	TapixCreateMspInstance create = TAPIX_CREATE_MSP_INSTANCE__INIT;
	struct frame_header h = { .kind = FRAME_EVENT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotMsp msp = SNAPSHOT_MSP__INIT;
	struct mock *app;

	world_init(&f.w, "mock", NULL);
	f.host = world_host(&f.w, "mock");
	f.app = world_app(&f.w, "app");
	f.open = app_open(f.app, 0, OWNER, VOICE);
	SET_ID(&create, line, 0);
	ck_assert_int_eq(app_call(f.app, CALL_TapixCreateMspInstance, f.open, &create.base), 0);
	SET(&msp, msp_line,
			((const TapixCreateMspInstanceReply *)(const void *)mock_last(f.app,
					 FRAME_RETURN)
							->body)
					->msp_line);
	mock_send(f.app, h, NULL); /* nonsense */
	world_turn(&f.w);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	h.kind = FRAME_SNAPSHOT;
	s.msp = &msp;
	if (_i)
		mock_send(app, h, &s.base);
	ck_assert_uint_eq(recovery_end(app)->n_lost_msps, 0);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseMspInstance), _i ? 0 : 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 0);
	world_fini(&f.w);
}
END_TEST

/* Its connection ends, or the host's, or it has what it claims but for what is named. */
START_TEST(oom_claims_are_met_or_the_connection_ends)
{
	unsigned ended = 0;
	uint64_t made = (uint64_t)1 << 32 | 2;

	for (struct oom o = OOM_START; oom_next(&o);) {
		const Resync *lost;
		struct recovery f;
		struct mock *app;
		bool failed;

		mem_fail_at(0);
		recovery_init(&f);
		recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
		recovery_tell_making(&f, CALL_LineMakeCall, &made, 1);
		mock_host_end_snapshot(f.host);
		app = recovery_come_back(&f, getuid());
		o.before = mem_count();
		mem_fail_at(o.round);
		recovery_claim_open(app, f.open, 0);
		recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
		recovery_claim_request(app, 41, CALL_LineMakeCall, false);
		lost = recovery_end(app);
		failed = oom_failed(&o);
		mem_fail_at(0);
		world_turn(&f.w);
		ended += !app->connected;
		if (app->connected && f.host->connected &&
				lost->n_lost_opens + lost->n_lost_calls == 0)
			ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), 0);
		else
			ck_assert(failed);
		world_fini(&f.w);
		if (!failed)
			break;
	}
	ck_assert_uint_gt(ended, 0);
}
END_TEST

START_TEST(answers_wait_for_a_session_that_is_away)
{
	struct recovery f = { 0 };
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

	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	recovery_claim_request(app, serial, CALL_LineDrop, false);
	ck_assert_uint_eq(recovery_end(app)->n_lost_requests, 0);
	ck_assert_uint_eq(app_answers(app, FRAME_RETURN, serial), 1);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, serial), 1);
	ck_assert_uint_eq(mock_count(f.host, FRAME_ACK), 2);
	world_fini(&f.w);
}
END_TEST

/* The host executes it all the while. */
START_TEST(request_that_was_late_while_its_session_was_away_ends_once)
{
	struct recovery f = { 0 };
	struct seen request;
	struct mock *app;
	uint32_t serial;

	lose_connection(&f, true);
	request = *host_request(f.host, CALL_LineDrop);
	serial = request.h.origin_serial;
	f.host->manual[CALL_TspiLineGetCallHubTracking] = true; /* it comes behind */
	world_wait(&f.w, f.w.options.entry_ms + 100);
	if (_i) { /* before the session is back */
		host_return(f.host, &request, 0, NULL);
		world_turn(&f.w);
	}
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	recovery_claim_request(app, serial, CALL_LineDrop, false);
	ck_assert_uint_eq(recovery_end(app)->n_lost_requests, 0);
	ck_assert_int_eq(app_answer(app, FRAME_RETURN, serial)->h.result, LINEERR_OPERATIONFAILED);
	if (!_i)
		host_return(f.host, &request, 0, NULL);
	host_complete(f.host, request.h.serial, 0);
	world_turn(&f.w);

	ck_assert(f.host->connected);
	ck_assert_uint_eq(app_answers(app, FRAME_RETURN, serial), 1);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, serial), 0);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial, request.h.serial);
	world_fini(&f.w);
}
END_TEST

/* It broke before the application had read that. */
START_TEST(request_that_was_late_before_the_connection_broke_is_lost)
{
	struct recovery f = { 0 };
	struct mock *app;
	uint32_t serial = begin(&f, true);

	f.host->manual[CALL_TspiLineGetCallHubTracking] = true; /* it comes behind */
	world_wait(&f.w, f.w.options.entry_ms + 100);
	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, serial), 1);
	recovery_lose(f.app);

	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, 0);
	recovery_claim_request(app, serial, CALL_LineDrop, false);
	ck_assert_uint_eq(recovery_end(app)->n_lost_requests, 1);
	ck_assert_uint_eq(app_answers(app, FRAME_RETURN, serial), 0);
	world_fini(&f.w);
}
END_TEST

/* What is left of it is the sanitizer's to say. */
START_TEST(failure_that_waits_for_a_session_ends_with_it)
{
	struct recovery f = { 0 };

	lose_connection(&f, true);
	host_return(f.host, host_request(f.host, CALL_LineDrop), LINEERR_OPERATIONFAILED, NULL);
	f.host->manual[CALL_LineDrop] = false;
	world_turn(&f.w);
	world_wait(&f.w, f.w.options.grace_ms + 100);

	ck_assert(list_empty(&f.w.core->sessions));
	ck_assert(f.host->connected);
	world_fini(&f.w);
}
END_TEST

static const struct {
	int32_t result;
	size_t size;
} nonsense[] = { { 1, 0 }, { 0, 3 } };

enum { NONSENSE = sizeof(nonsense) / sizeof(nonsense[0]) };

static SnapshotRequest request_of(const struct recovery *f)
{
	SnapshotRequest r = SNAPSHOT_REQUEST__INIT;

	SET(&r, serial, 900);
	SET(&r, kind, CALL_LineHold);
	SET(&r, origin_session, f->app->session);
	SET(&r, origin_serial, 41);
	return r;
}

START_TEST(nonsense_that_was_kept_ends_the_host)
{
	static uint8_t bytes[] = { 0xff, 0xff, 0xff };
	struct recovery f;
	SnapshotRequest kept;

	recovery_init(&f);
	kept = request_of(&f);
	SET(&kept, completed, 1);
	SET(&kept, result, nonsense[_i].result);
	SET_BYTES(&kept, reply, bytes, nonsense[_i].size);
	recovery_tell_request(&f, &kept);
	world_turn(&f.w);

	ck_assert(!f.host->connected);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core resume");
	TCase *t = tcase_create("resume");

	tcase_add_test(t, what_nobody_knows_is_named);
	tcase_add_test(t, lines_that_came_and_went_meanwhile_are_told);
	tcase_add_test(t, lines_that_a_session_knows_are_not_told_again);
	tcase_add_test(t, completion_that_the_host_kept_is_delivered);
	tcase_add_test(t, pending_request_of_before_goes_on);
	tcase_add_test(t, pending_request_goes_only_to_who_asked);
	tcase_add_test(t, completion_that_the_client_has_seen_is_acknowledged);
	tcase_add_test(t, session_of_another_user_is_not_resumed);
	tcase_add_test(t, session_expires);
	tcase_add_test(t, session_whose_connection_the_core_closed_comes_back);
	tcase_add_test(t, session_comes_back_whose_application_hung_up_before_it_had_resumed);
	tcase_add_test(t, answers_wait_for_a_session_that_is_away);
	tcase_add_loop_test(t, request_that_was_late_while_its_session_was_away_ends_once, 0, 2);
	tcase_add_test(t, request_that_was_late_before_the_connection_broke_is_lost);
	tcase_add_test(t, failure_that_waits_for_a_session_ends_with_it);
	tcase_add_loop_test(t, nonsense_that_was_kept_ends_the_host, 0, NONSENSE);
	tcase_add_loop_test(t, an_instance_that_its_application_does_not_know_is_closed, 0, 2);
	suite_add_tcase(s, t);
	t = tcase_create("oom");
	tcase_add_test(t, oom_claims_are_met_or_the_connection_ends);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
