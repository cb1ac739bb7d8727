// SPDX-License-Identifier: MIT
/* test_hub.c - call hubs: calls with one dwCallID, and who hears that one came or ended. */
#include "../test_main.h"
#include "hubs.h"
#include "mock_host.h"

START_TEST(calls_with_one_id_are_one_hub)
{
	struct hubs f;
	uint64_t first, second;

	hubs_set_up(&f, "second");
	first = hubs_call(f.host, 0, 77);
	hubs_expect(f.app, 1, 0);
	ck_assert_uint_eq(hubs_object(f.app, LINE_APPNEWCALLHUB), first);
	second = hubs_call(f.host, 1, 77);
	hubs_expect(f.app, 1, 0);

	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 1, 0);
	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 1, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(it_is_announced_behind_the_call)
{
	struct hubs f;
	int call_at = -1, hub_at = -1;

	hubs_set_up(&f, "second");
	mock_forget(f.app);
	(void)hubs_call(f.host, 0, 77);
	for (unsigned i = 0; i < f.app->count; i++) {
		const Event *e = (const void *)f.app->seen[i].body;

		if (f.app->seen[i].h.kind != FRAME_EVENT)
			continue;
		if (e->msg == LINE_APPNEWCALL)
			call_at = (int)i;
		else if (e->msg == LINE_APPNEWCALLHUB)
			hub_at = (int)i;
	}
	ck_assert_int_ge(call_at, 0);
	ck_assert_int_gt(hub_at, call_at + 1); /* its first state comes between */
	world_fini(&f.w);
}
END_TEST

START_TEST(who_did_not_ask_hears_nothing)
{
	struct hubs f;
	struct mock *other;
	uint64_t call;

	hubs_set_up(&f, "second");
	other = world_app(&f.w, "other");
	(void)app_open(other, 0, MONITOR, 0);
	call = hubs_call(f.host, 0, 77);
	hubs_state(f.host, call, LINECALLSTATE_IDLE, 77);

	hubs_expect(f.app, 1, 1);
	hubs_expect(other, 0, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_hub_lives_while_others_talk)
{
	struct hubs f;
	struct mock *other;
	uint64_t first, second;

	hubs_set_up(&f, "second");
	other = world_app(&f.w, "other");
	(void)app_open(other, 2, OWNER, VOICE);
	first = hubs_call(f.host, 0, 77);
	second = hubs_call(f.host, 2, 77);
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 1, 0);

	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 1, 1);
	ck_assert_uint_eq(hubs_object(f.app, LINE_CALLHUBCLOSE), first);
	world_fini(&f.w);
}
END_TEST

START_TEST(who_gave_its_calls_back_hears_no_end)
{
	struct hubs f;
	struct mock *other;
	uint64_t first, second;

	hubs_set_up(&f, "second");
	other = world_app(&f.w, "other");
	(void)app_open(other, 2, OWNER, VOICE);
	first = hubs_call(f.host, 0, 77);
	second = hubs_call(f.host, 2, 77);
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDeallocateCall, f.open[0], first), 0);

	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 1, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_handle_given_back_leaves_another_to_tell_by)
{
	struct hubs f;
	uint64_t first, second;

	hubs_set_up(&f, "second");
	first = hubs_call(f.host, 0, 77);
	second = hubs_call(f.host, 1, 77);
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDeallocateCall, f.open[0], first), 0);

	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 1, 1);
	ck_assert_uint_eq(hubs_object(f.app, LINE_CALLHUBCLOSE), second);
	world_fini(&f.w);
}
END_TEST

/* The call that is left is idle, and somebody else's keeps the hub. */
START_TEST(an_idle_call_is_one_to_tell_by)
{
	struct hubs f;
	struct mock *other;
	uint64_t first, second, third;

	hubs_set_up(&f, "second");
	other = world_app(&f.w, "other");
	(void)app_open(other, 2, OWNER, VOICE);
	first = hubs_call(f.host, 0, 77);
	second = hubs_call(f.host, 1, 77);
	third = hubs_call(f.host, 2, 77);
	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDeallocateCall, f.open[0], first), 0);
	hubs_expect(f.app, 1, 0);

	hubs_state(f.host, third, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 1, 1);
	ck_assert_uint_eq(hubs_object(f.app, LINE_CALLHUBCLOSE), second);
	world_fini(&f.w);
}
END_TEST

/* The first may be given back before the application hears of the end. */
START_TEST(the_end_names_another_call)
{
	struct hubs f;
	uint64_t first, second;

	hubs_set_up(&f, "second");
	first = hubs_call(f.host, 0, 77);
	(void)hubs_call(f.host, 0, 78);
	second = hubs_call(f.host, 1, 77);
	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);

	ck_assert_uint_eq(hubs_object(f.app, LINE_CALLHUBCLOSE), first);
	ck_assert_uint_eq(seen_event(app_event(f.app, LINE_CALLHUBCLOSE))->p2, second);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_call_that_moves_takes_its_application_along)
{
	struct hubs f;
	struct mock *other;
	uint64_t moving;

	hubs_set_up(&f, "second");
	other = world_app(&f.w, "other");
	(void)app_open(other, 2, OWNER, VOICE);
	moving = hubs_call(f.host, 0, 77);
	(void)hubs_call(f.host, 2, 77);
	(void)hubs_call(f.host, 2, 78);

	hubs_changed(f.host, moving, 78);
	hubs_expect(f.app, 2, 1);
	ck_assert_uint_eq(hubs_object(f.app, LINE_APPNEWCALLHUB), moving);
	ck_assert_uint_eq(hubs_object(f.app, LINE_CALLHUBCLOSE), moving);
	world_fini(&f.w);
}
END_TEST

START_TEST(hubs_that_join_are_one_in_the_end)
{
	struct hubs f;
	uint64_t first, second;

	hubs_set_up(&f, "second");
	first = hubs_call(f.host, 0, 77);
	second = hubs_call(f.host, 1, 78);
	hubs_expect(f.app, 2, 0);

	hubs_changed(f.host, second, 77);
	hubs_expect(f.app, 2, 1);
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);
	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 2, 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(equal_ids_of_two_providers_are_two_hubs)
{
	struct hubs f;
	struct mock *second;

	hubs_set_up(&f, "second");
	second = world_host(&f.w, "second");
	(void)app_open(f.app, second->line_base, OWNER, VOICE);
	(void)hubs_call(f.host, 0, 77);
	(void)hubs_call(second, second->line_base, 77);

	hubs_expect(f.app, 2, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(hubs_end_with_their_host)
{
	struct hubs f;

	hubs_set_up(&f, "second");
	(void)hubs_call(f.host, 0, 77);
	mock_hang_up(f.host);
	world_turn(&f.w);

	ck_assert_uint_eq(app_events(f.app, LINE_APPNEWCALLHUB), 1);
	ck_assert_uint_eq(f.w.core->hubs.count, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_late_joiner_hears_of_it)
{
	struct hubs f;
	struct mock *late;
	uint32_t open;
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;

	hubs_set_up(&f, "second");
	(void)hubs_call(f.host, 0, 77);
	late = hubs_tracker(&f.w);
	open = app_open(late, 0, MONITOR, 0);
	SET_ID(&m, line, 0);
	SET(&m, select, LINECALLSELECT_LINE);
	SET(&m, call_list, 1000);
	ck_assert_int_eq(app_call(late, CALL_LineGetNewCalls, open, &m.base), 0);

	hubs_expect(late, 1, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_provider_is_asked_to_track)
{
	struct hubs f;
	struct mock *plain;
	const TspiLineSetCallHubTracking *m;
	TspiLineGetCallHubTrackingReply reply = TSPI_LINE_GET_CALL_HUB_TRACKING_REPLY__INIT;
	LineCallHubTrackingInfo info = LINE_CALL_HUB_TRACKING_INFO__INIT;

	world_init(&f.w, "mock", "second");
	f.host = world_host(&f.w, "mock");
	f.host->manual[CALL_TspiLineGetCallHubTracking] = true;
	plain = world_app(&f.w, "plain");
	(void)app_open(plain, 0, MONITOR, 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineGetCallHubTracking), 0);
	f.app = hubs_tracker(&f.w);
	f.open[0] = app_open(f.app, 0, OWNER, VOICE);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineGetCallHubTracking), 1);
	SET(&info, available_tracking,
			LINECALLHUBTRACKING_PROVIDERLEVEL | LINECALLHUBTRACKING_ALLCALLS);
	reply.tracking_info = &info;
	host_return(f.host, host_request(f.host, CALL_TspiLineGetCallHubTracking), 0, &reply.base);
	world_turn(&f.w);

	m = (const void *)host_request(f.host, CALL_TspiLineSetCallHubTracking)->body;
	ck_assert_uint_eq(m->tracking_info->current_tracking, LINECALLHUBTRACKING_ALLCALLS);
	ck_assert_uint_eq(mock_count(f.host, FRAME_NOTE), 1); /* for the next core */
	(void)hubs_call(f.host, 0, 77);
	ck_assert_uint_eq(seen_event(app_event(f.app, LINE_APPNEWCALLHUB))->p1,
			LINECALLHUBTRACKING_ALLCALLS);

	mock_hang_up(f.app);
	world_turn(&f.w);
	m = (const void *)host_request(f.host, CALL_TspiLineSetCallHubTracking)->body;
	ck_assert_uint_eq(m->tracking_info->current_tracking, LINECALLHUBTRACKING_NONE);
	world_fini(&f.w);
}
END_TEST

/* Others talk in the first one all the while. */
START_TEST(a_call_that_was_in_none_takes_its_application_to_another)
{
	struct hubs f;
	uint64_t first, second;

	hubs_set_up(&f, "second");
	(void)app_open(world_app(&f.w, "other"), 2, OWNER, VOICE);
	first = hubs_call(f.host, 0, 77);
	second = hubs_call(f.host, 2, 77);
	hubs_changed(f.host, first, 0);
	hubs_expect(f.app, 1, 0);
	hubs_changed(f.host, first, 88);
	hubs_expect(f.app, 2, 1);

	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 2, 1);
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 88);
	hubs_expect(f.app, 2, 2);
	world_fini(&f.w);
}
END_TEST

/* An idle call tells of one hub, though it has the number of another by now. */
START_TEST(a_call_tells_of_one_hub)
{
	struct hubs f;
	uint64_t first, second, third;

	hubs_set_up(&f, "second");
	(void)app_open(world_app(&f.w, "other"), 2, OWNER, VOICE);
	first = hubs_call(f.host, 0, 77);
	second = hubs_call(f.host, 2, 77);
	(void)hubs_call(f.host, 2, 88);
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);
	hubs_changed(f.host, first, 88);
	third = hubs_call(f.host, 1, 88);
	hubs_expect(f.app, 2, 0);
	hubs_state(f.host, third, LINECALLSTATE_IDLE, 88);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDeallocateCall, f.open[1], third), 0);

	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 2, 1);
	ck_assert_uint_eq(hubs_object(f.app, LINE_CALLHUBCLOSE), first);
	world_fini(&f.w);
}
END_TEST

static uint32_t tracking_set(const struct mock *host)
{
	const TspiLineSetCallHubTracking *m =
			(const void *)host_request(host, CALL_TspiLineSetCallHubTracking)->body;

	return m->tracking_info->current_tracking;
}

/* Its answer counts for what is wanted then. */
START_TEST(a_provider_that_does_not_answer_is_asked_once)
{
	struct hubs f;
	TspiLineGetCallHubTrackingReply reply = TSPI_LINE_GET_CALL_HUB_TRACKING_REPLY__INIT;
	LineCallHubTrackingInfo info = LINE_CALL_HUB_TRACKING_INFO__INIT;

	world_init(&f.w, "mock", "second");
	f.host = world_host(&f.w, "mock");
	f.host->manual[CALL_TspiLineGetCallHubTracking] = true;
	f.host->manual[CALL_TspiLineSetCallHubTracking] = true;
	(void)app_open(world_app(&f.w, "plain"), 0, MONITOR, 0);
	for (int i = 0; i < 5; i++) {
		f.app = hubs_tracker(&f.w);
		(void)app_open(f.app, 0, MONITOR, 0);
		if (i < 4)
			mock_hang_up(f.app);
		world_turn(&f.w);
	}
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineGetCallHubTracking), 1);

	SET(&info, available_tracking, LINECALLHUBTRACKING_ALLCALLS);
	reply.tracking_info = &info;
	host_return(f.host, host_request(f.host, CALL_TspiLineGetCallHubTracking), 0, &reply.base);
	world_turn(&f.w);
	ck_assert_uint_eq(tracking_set(f.host), LINECALLHUBTRACKING_ALLCALLS);
	mock_hang_up(f.app); /* before it is set */
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineSetCallHubTracking), 1);
	host_return(f.host, host_request(f.host, CALL_TspiLineSetCallHubTracking), 0, NULL);
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineSetCallHubTracking), 2);
	ck_assert_uint_eq(tracking_set(f.host), LINECALLHUBTRACKING_NONE);
	world_fini(&f.w);
}
END_TEST

/* The line is closed before the TSP has begun. */
START_TEST(a_line_that_is_open_again_is_tracked_again)
{
	struct hubs f;
	TspiLineGetCallHubTrackingReply reply = TSPI_LINE_GET_CALL_HUB_TRACKING_REPLY__INIT;
	LineCallHubTrackingInfo info = LINE_CALL_HUB_TRACKING_INFO__INIT;

	world_init(&f.w, "mock", "second");
	f.host = world_host(&f.w, "mock");
	f.host->manual[CALL_TspiLineGetCallHubTracking] = true;
	f.host->manual[CALL_TspiLineSetCallHubTracking] = true;
	f.host->manual[CALL_TspiLineClose] = true;
	f.app = hubs_tracker(&f.w);
	(void)app_open(f.app, 0, MONITOR, 0);
	SET(&info, available_tracking, LINECALLHUBTRACKING_ALLCALLS);
	reply.tracking_info = &info;
	host_return(f.host, host_request(f.host, CALL_TspiLineGetCallHubTracking), 0, &reply.base);
	world_turn(&f.w);
	mock_hang_up(f.app);
	world_turn(&f.w);
	host_return(f.host, host_request(f.host, CALL_TspiLineSetCallHubTracking), 0, NULL);
	host_return(f.host, host_request(f.host, CALL_TspiLineClose), 0, NULL);
	world_turn(&f.w);

	f.app = hubs_tracker(&f.w);
	(void)app_open(f.app, 0, MONITOR, 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineGetCallHubTracking), 2);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("hub");
	TCase *tc = tcase_create("hub");

	tcase_add_test(tc, calls_with_one_id_are_one_hub);
	tcase_add_test(tc, it_is_announced_behind_the_call);
	tcase_add_test(tc, who_did_not_ask_hears_nothing);
	tcase_add_test(tc, a_hub_lives_while_others_talk);
	tcase_add_test(tc, who_gave_its_calls_back_hears_no_end);
	tcase_add_test(tc, a_handle_given_back_leaves_another_to_tell_by);
	tcase_add_test(tc, an_idle_call_is_one_to_tell_by);
	tcase_add_test(tc, the_end_names_another_call);
	tcase_add_test(tc, a_call_that_moves_takes_its_application_along);
	tcase_add_test(tc, hubs_that_join_are_one_in_the_end);
	tcase_add_test(tc, equal_ids_of_two_providers_are_two_hubs);
	tcase_add_test(tc, hubs_end_with_their_host);
	tcase_add_test(tc, a_late_joiner_hears_of_it);
	tcase_add_test(tc, a_provider_is_asked_to_track);
	tcase_add_test(tc, a_provider_that_does_not_answer_is_asked_once);
	tcase_add_test(tc, a_call_that_was_in_none_takes_its_application_to_another);
	tcase_add_test(tc, a_call_tells_of_one_hub);
	tcase_add_test(tc, a_line_that_is_open_again_is_tracked_again);
	suite_add_tcase(s, tc);
	return s;
}

TEST_MAIN(suite())
