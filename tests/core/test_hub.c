// SPDX-License-Identifier: MIT
/* test_hub.c - call hubs: calls with one dwCallID, and who hears that one came or ended. */
#include "../test_main.h"
#include "mock_host.h"

#include <unistd.h>

struct fixture {
	struct world w;
	struct mock *host, *app;
	uint32_t open[2];
};

static struct mock *tracker(struct world *w)
{
	struct mock *app = world_raw(w, false, getuid());
	TapixInitialize initialize = TAPIX_INITIALIZE__INIT;
	Hello hello = HELLO__INIT;

	SET(&hello, call_hub_tracking, 1);
	hello.app_name = hello.friendly_name = (char *)(uintptr_t) "tracker";
	app_hello(app, &hello);
	world_turn(w);
	(void)app_send(app, CALL_TapixInitialize, 0, &initialize.base);
	world_turn(w);
	return app;
}

/* An application that monitors lines 0 and 1. */
static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", "second");
	f->host = world_host(&f->w, "mock");
	f->app = tracker(&f->w);
	f->open[0] = app_open(f->app, 0, OWNER, VOICE);
	f->open[1] = app_open(f->app, 1, OWNER, VOICE);
}

static void hub_state(struct mock *host, uint64_t call, uint32_t state, uint32_t hub)
{
	CallState snapshot = CALL_STATE__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;
	LineCallStatus status = LINE_CALL_STATUS__INIT;

	SET(&info, media_mode, VOICE);
	SET(&info, call_id, hub);
	snapshot.info = &info;
	snapshot.status = &status;
	host_event(host, call, LINE_CALLSTATE, state, 0, VOICE, &snapshot);
}

/* dwCallID has changed, the state has not. */
static void hub_changed(struct mock *host, uint64_t call, uint32_t hub)
{
	CallState snapshot = CALL_STATE__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;
	LineCallStatus status = LINE_CALL_STATUS__INIT;

	SET(&info, media_mode, VOICE);
	SET(&info, call_id, hub);
	snapshot.info = &info;
	snapshot.status = &status;
	host_event(host, call, LINE_CALLINFO, LINECALLINFOSTATE_CALLID, 0, 0, &snapshot);
}

static uint64_t new_call(struct mock *host, uint32_t device, uint32_t hub)
{
	uint64_t call = host_new_call(host, device, VOICE);

	hub_state(host, call, LINECALLSTATE_CONNECTED, hub);
	return call;
}

#define expect_events(app, news, closes)                                                           \
	do {                                                                                       \
		ck_assert_uint_eq(app_new_hubs(app), news);                                        \
		ck_assert_uint_eq(app_events(app, LINE_CALLHUBCLOSE), closes);                     \
	} while (0)

static uint64_t object_of(const struct mock *app, uint32_t msg)
{
	return seen_event(app_event(app, msg))->object;
}

START_TEST(calls_with_one_id_are_one_hub)
{
	struct fixture f;
	uint64_t first, second;

	set_up(&f);
	first = new_call(f.host, 0, 77);
	expect_events(f.app, 1, 0);
	ck_assert_uint_eq(object_of(f.app, LINE_APPNEWCALLHUB), first);
	second = new_call(f.host, 1, 77);
	expect_events(f.app, 1, 0);

	hub_state(f.host, first, LINECALLSTATE_IDLE, 77);
	expect_events(f.app, 1, 0);
	hub_state(f.host, second, LINECALLSTATE_IDLE, 77);
	expect_events(f.app, 1, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(it_is_announced_behind_the_call)
{
	struct fixture f;
	int call_at = -1, hub_at = -1;

	set_up(&f);
	mock_forget(f.app);
	(void)new_call(f.host, 0, 77);
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
	struct fixture f;
	struct mock *other;
	uint64_t call;

	set_up(&f);
	other = world_app(&f.w, "other");
	(void)app_open(other, 0, MONITOR, 0);
	call = new_call(f.host, 0, 77);
	hub_state(f.host, call, LINECALLSTATE_IDLE, 77);

	expect_events(f.app, 1, 1);
	expect_events(other, 0, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_hub_lives_while_others_talk)
{
	struct fixture f;
	struct mock *other;
	uint64_t first, second;

	set_up(&f);
	other = world_app(&f.w, "other");
	(void)app_open(other, 2, OWNER, VOICE);
	first = new_call(f.host, 0, 77);
	second = new_call(f.host, 2, 77);
	hub_state(f.host, first, LINECALLSTATE_IDLE, 77);
	expect_events(f.app, 1, 0);

	hub_state(f.host, second, LINECALLSTATE_IDLE, 77);
	expect_events(f.app, 1, 1);
	ck_assert_uint_eq(object_of(f.app, LINE_CALLHUBCLOSE), first);
	world_fini(&f.w);
}
END_TEST

START_TEST(who_gave_its_calls_back_hears_no_end)
{
	struct fixture f;
	struct mock *other;
	uint64_t first, second;

	set_up(&f);
	other = world_app(&f.w, "other");
	(void)app_open(other, 2, OWNER, VOICE);
	first = new_call(f.host, 0, 77);
	second = new_call(f.host, 2, 77);
	hub_state(f.host, first, LINECALLSTATE_IDLE, 77);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDeallocateCall, f.open[0], first), 0);

	hub_state(f.host, second, LINECALLSTATE_IDLE, 77);
	expect_events(f.app, 1, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_handle_given_back_leaves_another_to_tell_by)
{
	struct fixture f;
	uint64_t first, second;

	set_up(&f);
	first = new_call(f.host, 0, 77);
	second = new_call(f.host, 1, 77);
	hub_state(f.host, first, LINECALLSTATE_IDLE, 77);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDeallocateCall, f.open[0], first), 0);

	hub_state(f.host, second, LINECALLSTATE_IDLE, 77);
	expect_events(f.app, 1, 1);
	ck_assert_uint_eq(object_of(f.app, LINE_CALLHUBCLOSE), second);
	world_fini(&f.w);
}
END_TEST

/* The call that is left is idle, and somebody else's keeps the hub. */
START_TEST(an_idle_call_is_one_to_tell_by)
{
	struct fixture f;
	struct mock *other;
	uint64_t first, second, third;

	set_up(&f);
	other = world_app(&f.w, "other");
	(void)app_open(other, 2, OWNER, VOICE);
	first = new_call(f.host, 0, 77);
	second = new_call(f.host, 1, 77);
	third = new_call(f.host, 2, 77);
	hub_state(f.host, second, LINECALLSTATE_IDLE, 77);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDeallocateCall, f.open[0], first), 0);
	expect_events(f.app, 1, 0);

	hub_state(f.host, third, LINECALLSTATE_IDLE, 77);
	expect_events(f.app, 1, 1);
	ck_assert_uint_eq(object_of(f.app, LINE_CALLHUBCLOSE), second);
	world_fini(&f.w);
}
END_TEST

/* The first may be given back before the application hears of the end. */
START_TEST(the_end_names_another_call)
{
	struct fixture f;
	uint64_t first, second;

	set_up(&f);
	first = new_call(f.host, 0, 77);
	(void)new_call(f.host, 0, 78);
	second = new_call(f.host, 1, 77);
	hub_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hub_state(f.host, first, LINECALLSTATE_IDLE, 77);

	ck_assert_uint_eq(object_of(f.app, LINE_CALLHUBCLOSE), first);
	ck_assert_uint_eq(seen_event(app_event(f.app, LINE_CALLHUBCLOSE))->p2, second);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_call_that_moves_takes_its_application_along)
{
	struct fixture f;
	struct mock *other;
	uint64_t moving;

	set_up(&f);
	other = world_app(&f.w, "other");
	(void)app_open(other, 2, OWNER, VOICE);
	moving = new_call(f.host, 0, 77);
	(void)new_call(f.host, 2, 77);
	(void)new_call(f.host, 2, 78);

	hub_changed(f.host, moving, 78);
	expect_events(f.app, 2, 1);
	ck_assert_uint_eq(object_of(f.app, LINE_APPNEWCALLHUB), moving);
	ck_assert_uint_eq(object_of(f.app, LINE_CALLHUBCLOSE), moving);
	world_fini(&f.w);
}
END_TEST

START_TEST(hubs_that_join_are_one_in_the_end)
{
	struct fixture f;
	uint64_t first, second;

	set_up(&f);
	first = new_call(f.host, 0, 77);
	second = new_call(f.host, 1, 78);
	expect_events(f.app, 2, 0);

	hub_changed(f.host, second, 77);
	expect_events(f.app, 2, 1);
	hub_state(f.host, first, LINECALLSTATE_IDLE, 77);
	hub_state(f.host, second, LINECALLSTATE_IDLE, 77);
	expect_events(f.app, 2, 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(equal_ids_of_two_providers_are_two_hubs)
{
	struct fixture f;
	struct mock *second;

	set_up(&f);
	second = world_host(&f.w, "second");
	(void)app_open(f.app, second->line_base, OWNER, VOICE);
	(void)new_call(f.host, 0, 77);
	(void)new_call(second, second->line_base, 77);

	expect_events(f.app, 2, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(hubs_end_with_their_host)
{
	struct fixture f;

	set_up(&f);
	(void)new_call(f.host, 0, 77);
	mock_hang_up(f.host);
	world_turn(&f.w);

	ck_assert_uint_eq(app_events(f.app, LINE_APPNEWCALLHUB), 1);
	ck_assert_uint_eq(f.w.core->hubs.count, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_late_joiner_hears_of_it)
{
	struct fixture f;
	struct mock *late;
	uint32_t open;
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;

	set_up(&f);
	(void)new_call(f.host, 0, 77);
	late = tracker(&f.w);
	open = app_open(late, 0, MONITOR, 0);
	SET_ID(&m, line, 0);
	SET(&m, select, LINECALLSELECT_LINE);
	SET(&m, call_list, 1000);
	ck_assert_int_eq(app_call(late, CALL_LineGetNewCalls, open, &m.base), 0);

	expect_events(late, 1, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_provider_is_asked_to_track)
{
	struct fixture f;
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
	f.app = tracker(&f.w);
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
	(void)new_call(f.host, 0, 77);
	ck_assert_uint_eq(seen_event(app_event(f.app, LINE_APPNEWCALLHUB))->p1,
			LINECALLHUBTRACKING_ALLCALLS);

	mock_hang_up(f.app);
	world_turn(&f.w);
	m = (const void *)host_request(f.host, CALL_TspiLineSetCallHubTracking)->body;
	ck_assert_uint_eq(m->tracking_info->current_tracking, LINECALLHUBTRACKING_NONE);
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
	struct fixture f;
	TspiLineGetCallHubTrackingReply reply = TSPI_LINE_GET_CALL_HUB_TRACKING_REPLY__INIT;
	LineCallHubTrackingInfo info = LINE_CALL_HUB_TRACKING_INFO__INIT;

	world_init(&f.w, "mock", "second");
	f.host = world_host(&f.w, "mock");
	f.host->manual[CALL_TspiLineGetCallHubTracking] = true;
	f.host->manual[CALL_TspiLineSetCallHubTracking] = true;
	(void)app_open(world_app(&f.w, "plain"), 0, MONITOR, 0);
	for (int i = 0; i < 5; i++) {
		f.app = tracker(&f.w);
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
	suite_add_tcase(s, tc);
	return s;
}

TEST_MAIN(suite())
