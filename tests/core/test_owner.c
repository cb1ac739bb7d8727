// SPDX-License-Identifier: MIT
/* test_owner.c - owners that do not dispatch: when they are asked, when they lose their calls. */
#include "../test_main.h"
#include "world.h"

START_TEST(application_that_does_not_dispatch_loses_its_call)
{
	struct two_apps f;
	uint64_t call;
	struct frame_header ack = { .kind = FRAME_ACK };

	two_apps_init(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert(f.a->seen[f.a->count - 1].h.flags & FLAG_WANT_ACK ||
			f.a->seen[f.a->count - 2].h.flags & FLAG_WANT_ACK);
	world_wait(&f.w, 4900);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_wait(&f.w, 200);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	host_state(f.host, call, LINECALLSTATE_DISCONNECTED, 0);
	ck_assert_str_eq(seen_event(app_event(f.a, LINE_CALLSTATE))->reason->sentence,
			"the application did not dispatch for 5.0 s");
	ck_assert_uint_eq(mock_count(f.b, FRAME_EVENT), 3); /* a monitor is not asked */
	for (unsigned i = 0; i < f.b->count; i++)
		ck_assert(!(f.b->seen[i].h.flags & FLAG_WANT_ACK) ||
				f.b->seen[i].h.kind != FRAME_EVENT);
	mock_send(f.a, ack, NULL); /* of nothing: ignored */
	world_turn(&f.w);
	ck_assert(f.a->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(application_that_dispatches_keeps_its_call)
{
	struct two_apps f;

	two_apps_init(&f, OWNER, MONITOR);
	(void)host_new_call(f.host, 0, VOICE);
	app_ack(f.a);
	world_wait(&f.w, 6000);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(owner_that_has_just_answered_is_not_asked_again)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	app_ack(f.a);
	world_wait(&f.w, 900);
	host_state(f.host, call, LINECALLSTATE_ACCEPTED, 0);
	ck_assert_uint_eq(app_event(f.a, LINE_CALLSTATE)->h.flags & FLAG_WANT_ACK, 0);
	world_wait(&f.w, 100);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	ck_assert_uint_ne(app_event(f.a, LINE_CALLSTATE)->h.flags & FLAG_WANT_ACK, 0);
	world_wait(&f.w, 5100);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(application_that_hangs_on_loses_the_next_call_too)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	world_wait(&f.w, 5100);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDeallocateCall, f.a_open, call), 0);
	(void)host_new_call(f.host, 0, VOICE); /* it has not answered to this day */
	world_wait(&f.w, 5100);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 2);
	world_fini(&f.w);
}
END_TEST

/* Empty events about nothing that ask for an answer. */
static unsigned probes(const struct mock *app)
{
	unsigned count = 0;

	for (unsigned i = 0; i < app->count; i++)
		count += app->seen[i].h.kind == FRAME_EVENT && !app->seen[i].h.length &&
			 (app->seen[i].h.flags & FLAG_WANT_ACK) != 0;
	return count;
}

START_TEST(quiet_owner_is_asked_after_half_the_limit)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	app_ack(f.a);
	world_wait(&f.w, 2400);
	ck_assert_uint_eq(probes(f.a), 0);
	world_wait(&f.w, 200);
	ck_assert_uint_eq(probes(f.a), 1);
	world_wait(&f.w, 4000);
	ck_assert_uint_eq(probes(f.a), 1); /* one question at a time */
	app_ack(f.a);
	world_wait(&f.w, 2600);
	ck_assert_uint_eq(probes(f.a), 2); /* it answered: asked again later */
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_wait(&f.w, 5100); /* it does not answer */

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	host_state(f.host, call, LINECALLSTATE_DISCONNECTED, 0);
	ck_assert_str_eq(seen_event(app_event(f.a, LINE_CALLSTATE))->reason->sentence,
			"the application did not dispatch for 5.0 s");
	ck_assert_uint_eq(probes(f.b), 0); /* a monitor is not asked */
	world_fini(&f.w);
}
END_TEST

START_TEST(hanging_owner_loses_only_what_nobody_else_owns)
{
	struct two_apps f;
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;

	two_apps_init(&f, OWNER, MONITOR);
	SET_ID(&m, call, host_new_call(f.host, 0, VOICE));
	SET(&m, call_privilege, OWNER);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetCallPrivilege, f.b_open, &m.base), 0);
	app_ack(f.a);
	world_wait(&f.w, 2600);
	ck_assert_uint_eq(probes(f.a), 1);
	world_wait(&f.w, 5100);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core owner");
	TCase *t = tcase_create("owner");

	tcase_add_test(t, application_that_does_not_dispatch_loses_its_call);
	tcase_add_test(t, application_that_dispatches_keeps_its_call);
	tcase_add_test(t, owner_that_has_just_answered_is_not_asked_again);
	tcase_add_test(t, application_that_hangs_on_loses_the_next_call_too);
	tcase_add_test(t, quiet_owner_is_asked_after_half_the_limit);
	tcase_add_test(t, hanging_owner_loses_only_what_nobody_else_owns);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
