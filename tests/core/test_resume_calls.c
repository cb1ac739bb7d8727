// SPDX-License-Identifier: MIT
/* test_resume_calls.c - the calls of a recovery: hosts and sessions bring back what they know; no
 * call is dropped, routed or lost silently. */
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"
#include "tapisrvd/provider.h"

#include <unistd.h>

START_TEST(call_goes_on_after_the_core_died)
{
	struct recovery f;
	struct mock *app;
	const Resync *lost;
	CallNote note = CALL_NOTE__INIT;

	recovery_init(&f);
	note.app_name = (char *)"who made it";
	SET(&note, offered, 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	ck_assert_uint_eq(app->session, f.app->session);
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_RINGBACK);
	lost = recovery_end(app);

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
	struct recovery f;
	struct mock *app;

	recovery_init(&f);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	ck_assert_ptr_null(recovery_end(app)); /* the host has not ended its snapshot */
	mock_host_end_snapshot(f.host);

	ck_assert_ptr_nonnull(mock_last(app, FRAME_RESYNC));
	ck_assert_uint_eq(app_events(app, LINE_CALLSTATE), 0); /* nothing is new */
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(of_two_claims_of_a_call_the_first_counts)
{
	struct recovery f;
	struct mock *app;

	recovery_init(&f);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call_of(app, f.open, f.call, LINECALLSTATE_CONNECTED, 9);
	recovery_claim_call_of(app, f.open, f.call, LINECALLSTATE_ACCEPTED, 9);
	ck_assert_ptr_nonnull(recovery_end(app));

	ck_assert_uint_eq(app_events(app, LINE_CALLSTATE), 0);    /* nothing is new */
	ck_assert_uint_eq(app_events(app, LINE_CALLHUBCLOSE), 1); /* it is in none any more */
	world_fini(&f.w);
}
END_TEST

/* As many calls as two providers may have. */
START_TEST(a_session_claims_very_many_calls)
{
	enum { MANY = 2 * CALLS_MAX };
	struct recovery f;
	struct mock *app;
	const Resync *lost;

	recovery_init(&f);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	for (uint64_t i = 0; i < MANY; i++) {
		recovery_claim_call(app, f.open, f.call + i, LINECALLSTATE_CONNECTED);
		if (i % 64 == 0)
			world_turn(&f.w);
	}
	lost = recovery_end(app);

	ck_assert_ptr_nonnull(lost);
	ck_assert_uint_eq(lost->n_lost_calls, MANY - 1);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(unclaimed_call_is_dropped_after_its_time)
{
	struct recovery f;
	CallNote note = CALL_NOTE__INIT;

	recovery_init(&f);
	SET(&note, offered, 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
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

/* unowned_calls = keep: nobody owned it before, so nobody has to come back. */
START_TEST(kept_call_stays_as_long_as_the_line_is_open)
{
	struct recovery f;
	struct mock *app;
	CallNote note = CALL_NOTE__INIT;
	bool comes_back = _i == 0;

	recovery_init(&f);
	SET(&note, offered, 1);
	SET(&note, kept, 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_OFFERING, &note);
	mock_host_end_snapshot(f.host);
	if (comes_back) {
		app = recovery_come_back(&f, getuid());
		recovery_claim_open(app, f.open, 0);
		ck_assert_uint_eq(recovery_end(app)->n_lost_opens, 0);
	}
	world_wait(&f.w, 6000);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), !comes_back);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), !comes_back);
	world_fini(&f.w);
}
END_TEST

/* It opens the line, takes what calls there are, closes the line. */
static void pass_by(struct recovery *f, uint32_t privilege)
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
	struct recovery f;
	struct mock *app;
	CallNote note = CALL_NOTE__INIT;

	recovery_init(&f);
	SET(&note, offered, 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	pass_by(&f, passing[_i]);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 0);

	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(recovery_end(app)->n_lost_calls, 0);
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
	struct recovery f;
	CallNote note = CALL_NOTE__INIT;

	recovery_init(&f);
	SET(&note, offered, 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
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
	struct recovery f;
	struct mock *app;
	uint32_t open;
	LineGetNewCalls get = LINE_GET_NEW_CALLS__INIT;
	CallNote note = CALL_NOTE__INIT;

	recovery_init(&f);
	SET(&note, offered, 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
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
	struct recovery f;
	CallNote note = CALL_NOTE__INIT;

	recovery_init(&f);
	SET(&note, offered, 1);
	SET(&note, released, 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	world_wait(&f.w, 5200);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(new_call_that_nobody_wants_is_closed_when_the_quiet_second_ends)
{
	struct recovery f;

	recovery_init(&f);
	recovery_tell_call(&f, f.call, LINECALLSTATE_OFFERING, NULL);
	mock_host_end_snapshot(f.host);
	world_wait(&f.w, 1500);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(new_call_in_the_quiet_second_is_routed_after_it)
{
	struct recovery f;
	struct mock *app;

	recovery_init(&f);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	ck_assert_ptr_nonnull(recovery_end(app));
	(void)host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_wait(&f.w, 1100);
	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 1);
	world_fini(&f.w);
}
END_TEST

/* The TSP is still at it: only a call that is there can be closed. */
START_TEST(orphan_that_is_being_made_is_dropped_when_it_is_there)
{
	struct recovery f;
	uint64_t made = (uint64_t)1 << 32 | 2;

	recovery_init(&f);
	recovery_tell_making(&f, CALL_LineMakeCall, &made, 1);
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

/* It was made, and rang, while there was no core. */
START_TEST(who_made_a_call_hears_its_state_behind_the_reply)
{
	struct recovery f;
	struct mock *app;
	uint64_t made = (uint64_t)1 << 32 | 2;
	SnapshotRequest done = SNAPSHOT_REQUEST__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	uint8_t packed[64];

	recovery_init(&f);
	recovery_tell_call(&f, made, LINECALLSTATE_RINGBACK, NULL);
	SET_ID(&reply, call, made);
	SET(&done, serial, 900);
	SET(&done, kind, CALL_LineMakeCall);
	SET(&done, origin_session, f.app->session);
	SET(&done, origin_serial, 41);
	SET(&done, completed, 1);
	done.has_reply = 1;
	done.reply.data = packed;
	done.reply.len = line_make_call_reply__pack(&reply, packed);
	done.n_calls = 1;
	done.calls = &made;
	recovery_tell_request(&f, &done);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_request(app, 41, CALL_LineMakeCall, false);
	(void)recovery_end(app);

	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, 41), 1);
	ck_assert_uint_eq(app_state(app), LINECALLSTATE_RINGBACK);
	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 0);
	ck_assert(mock_last(app, FRAME_COMPLETION) < app_event(app, LINE_CALLSTATE));
	world_fini(&f.w);
}
END_TEST

START_TEST(both_calls_of_a_conference_that_is_being_made_go_on)
{
	struct recovery f;
	struct mock *app;
	LineGetConfRelatedCalls get = LINE_GET_CONF_RELATED_CALLS__INIT;
	uint64_t made[2] = { (uint64_t)1 << 32 | 2, (uint64_t)1 << 32 | 3 };

	recovery_init(&f);
	recovery_tell_making(&f, CALL_LineSetupConference, made, 2);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_request(app, 41, CALL_LineSetupConference, true);
	ck_assert_uint_eq(recovery_end(app)->n_lost_requests, 0);
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

/* The call ended while the core was away; its owner is back first and gives it back. */
START_TEST(a_monitor_that_is_back_later_still_has_its_call)
{
	struct recovery f;
	struct mock *app, *monitor;
	SnapshotHeld held = SNAPSHOT_HELD__INIT;
	CallNote note = CALL_NOTE__INIT;

	recovery_init(&f);
	SET(&note, offered, 1);
	SET(&note, shown, 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_IDLE, &note);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	(void)recovery_end(app);
	ck_assert_int_eq(app_on_call(app, CALL_LineDeallocateCall, f.open, f.call), 0);

	monitor = recovery_join(&f.w, (uint64_t)77 << 32 | (uint32_t)getuid(), getuid());
	recovery_claim_open_as(monitor, 1, 0, MONITOR);
	SET_ID(&held, call, f.call);
	SET(&held, open, 1);
	SET(&held, privilege, MONITOR);
	SET(&held, state, LINECALLSTATE_CONNECTED);
	recovery_claim(monitor, &held);
	ck_assert_uint_eq(recovery_end(monitor)->n_lost_calls, 0);
	ck_assert_uint_eq(app_state(monitor), LINECALLSTATE_IDLE);
	world_wait(&f.w, 6000);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	ck_assert_int_eq(app_on_call(monitor, CALL_LineDeallocateCall, 1, f.call), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core resume calls");
	TCase *t = tcase_create("calls");

	tcase_add_test(t, call_goes_on_after_the_core_died);
	tcase_add_test(t, application_may_come_before_the_host);
	tcase_add_test(t, of_two_claims_of_a_call_the_first_counts);
	tcase_add_test(t, a_session_claims_very_many_calls);
	tcase_add_test(t, unclaimed_call_is_dropped_after_its_time);
	tcase_add_loop_test(t, kept_call_stays_as_long_as_the_line_is_open, 0, 2);
	tcase_add_loop_test(t, passer_by_leaves_an_unclaimed_call_alone, 0, 2);
	tcase_add_loop_test(t, unclaimed_call_ends_although_somebody_passed_by, 0, 2);
	tcase_add_test(t, monitor_keeps_no_unclaimed_call_alive);
	tcase_add_test(t, a_monitor_that_is_back_later_still_has_its_call);
	tcase_add_test(t, released_call_is_not_dropped);
	tcase_add_test(t, new_call_that_nobody_wants_is_closed_when_the_quiet_second_ends);
	tcase_add_test(t, new_call_in_the_quiet_second_is_routed_after_it);
	tcase_add_test(t, orphan_that_is_being_made_is_dropped_when_it_is_there);
	tcase_add_test(t, who_made_a_call_hears_its_state_behind_the_reply);
	tcase_add_test(t, both_calls_of_a_conference_that_is_being_made_go_on);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
