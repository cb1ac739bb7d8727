// SPDX-License-Identifier: MIT
/* test_resume_told.c - what an application is told after a recovery: all that it has missed, with
 * reasons, and nothing twice. */
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"

#include <unistd.h>

static const uint32_t endings[] = { LINECALLSTATE_DISCONNECTED, LINECALLSTATE_IDLE,
	LINECALLSTATE_BUSY };

START_TEST(a_call_that_ended_meanwhile_says_why)
{
	struct recovery f;
	struct mock *app;
	SnapshotCall call = SNAPSHOT_CALL__INIT;
	Failure why = FAILURE__INIT;
	const Event *e;

	recovery_init(&f);
	SET_ID(&call, call, f.call);
	SET_ID(&call, device, 0);
	SET(&call, state, endings[_i]);
	SET(&why, layer, LAYER_PROVIDER);
	why.cause = (char *)"Q.850 16";
	why.sentence = (char *)"the other side hung up";
	call.reason = &why;
	recovery_tell(&f, &call);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	(void)recovery_end(app);

	e = seen_event(app_event(app, LINE_CALLSTATE));
	ck_assert_uint_eq(e->p1, endings[_i]);
	ck_assert_ptr_nonnull(e->reason);
	ck_assert_uint_eq(e->reason->layer, LAYER_PROVIDER);
	ck_assert_str_eq(e->reason->cause, "Q.850 16");
	ck_assert_str_eq(e->reason->sentence, "the other side hung up");
	world_fini(&f.w);
}
END_TEST

/* The core died between its owner and its monitors. */
START_TEST(a_monitor_learns_of_a_call_that_it_was_not_told_of)
{
	struct recovery f;
	struct mock *app, *monitor;
	CallNote note = CALL_NOTE__INIT;
	bool was_told = _i == 1;

	recovery_init(&f);
	SET(&note, offered, 1);
	SET(&note, shown, was_told);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
	mock_host_end_snapshot(f.host);
	monitor = recovery_join(&f, (uint64_t)77 << 32 | (uint32_t)getuid(), getuid());
	recovery_claim_open_as(monitor, 1, 0, MONITOR);
	(void)recovery_end(monitor);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	(void)recovery_end(app);
	world_wait(&f.w, 1100);

	ck_assert_uint_eq(app_events(monitor, LINE_APPNEWCALL), !was_told);
	ck_assert_uint_eq(app_state(monitor), was_told ? 0 : LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 0);
	world_fini(&f.w);
}
END_TEST

/* Its word was on the way to the host when the core died. */
START_TEST(a_call_that_somebody_owns_is_not_offered_again)
{
	struct recovery f;
	struct mock *app, *monitor;

	recovery_init(&f);
	recovery_tell_call(&f, f.call, LINECALLSTATE_OFFERING, NULL);
	mock_host_end_snapshot(f.host);
	monitor = recovery_join(&f, (uint64_t)77 << 32 | (uint32_t)getuid(), getuid());
	recovery_claim_open_as(monitor, 1, 0, MONITOR);
	(void)recovery_end(monitor);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_OFFERING);
	(void)recovery_end(app);
	world_wait(&f.w, 1100);

	ck_assert_uint_eq(app_events(app, LINE_APPNEWCALL), 0);
	ck_assert_uint_eq(app_events(monitor, LINE_APPNEWCALL), 1);
	ck_assert_int_eq(app_on_call(app, CALL_LineDeallocateCall, f.open, f.call), 0);
	ck_assert_int_eq(app_on_call(app, CALL_LineDrop, f.open, f.call), LINEERR_INVALCALLHANDLE);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core resume told");
	TCase *t = tcase_create("told");

	tcase_add_loop_test(t, a_call_that_ended_meanwhile_says_why, 0, 3);
	tcase_add_loop_test(t, a_monitor_learns_of_a_call_that_it_was_not_told_of, 0, 2);
	tcase_add_test(t, a_call_that_somebody_owns_is_not_offered_again);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
