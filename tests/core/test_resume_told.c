// SPDX-License-Identifier: MIT
/* test_resume_told.c - what an application is told after a recovery: all that it has missed, with
 * reasons, and nothing twice. */
#include "../test_main.h"
#include "hubs.h"
#include "mock_host.h"
#include "recovery.h"

#include <unistd.h>

static const uint32_t endings[] = { LINECALLSTATE_DISCONNECTED, LINECALLSTATE_IDLE,
	LINECALLSTATE_BUSY };

/* It has ended, as the host says: before the new core came, or when that was there already. */
static void end_call(struct recovery *f, uint32_t state, bool before)
{
	SnapshotCall call = SNAPSHOT_CALL__INIT;
	struct frame_header h = { .kind = FRAME_EVENT };
	Failure why = FAILURE__INIT;
	Event e = EVENT__INIT;

	SET(&why, layer, LAYER_PROVIDER);
	why.cause = (char *)"Q.850 16";
	why.sentence = (char *)"the other side hung up";
	SET_ID(&call, call, f->call);
	SET_ID(&call, device, 0);
	SET(&call, state, before ? state : LINECALLSTATE_CONNECTED);
	call.reason = before ? &why : NULL;
	recovery_tell(f, &call);
	mock_host_end_snapshot(f->host);
	if (before)
		return;
	SET_ID(&e, object, f->call);
	SET(&e, msg, LINE_CALLSTATE);
	SET(&e, p1, state);
	e.reason = &why;
	mock_send(f->host, h, &e.base);
	world_turn(&f->w);
}

START_TEST(a_call_that_ended_meanwhile_says_why)
{
	uint32_t state = endings[_i / 2];
	struct recovery f;
	struct mock *app;
	const Event *e;

	recovery_init(&f);
	end_call(&f, state, _i % 2);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	(void)recovery_end(app);

	e = seen_event(app_event(app, LINE_CALLSTATE));
	ck_assert_uint_eq(e->p1, state);
	ck_assert_ptr_nonnull(e->reason);
	ck_assert_uint_eq(e->reason->layer, LAYER_PROVIDER);
	ck_assert_str_eq(e->reason->cause, "Q.850 16");
	ck_assert_str_eq(e->reason->sentence, "the other side hung up");
	world_fini(&f.w);
}
END_TEST

static struct mock *join_monitor(struct recovery *f)
{
	struct mock *monitor =
			recovery_join(&f->w, (uint64_t)77 << 32 | (uint32_t)getuid(), getuid());

	recovery_claim_open_as(monitor, 1, 0, MONITOR);
	(void)recovery_end(monitor);
	return monitor;
}

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
	monitor = join_monitor(&f);
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

/* The last word on a call that the host keeps for the next core. */
static bool is_noted_as_shown(const struct recovery *f)
{
	const Note *note = (const void *)mock_last(f->host, FRAME_NOTE)->body;
	CallNote *said = call_note__unpack(NULL, note->data.len, note->data.data);
	bool shown;

	ck_assert_ptr_nonnull(said);
	shown = said->shown != 0;
	call_note__free_unpacked(said, NULL);
	return shown;
}

/* This core may die as well before they are all back, and the next one must know whom to tell. */
START_TEST(a_call_made_while_monitors_come_back_counts_as_shown_when_they_had_their_time)
{
	struct frame_header h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;
	struct mock *app, *monitor;
	struct recovery f;

	recovery_init(&f);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	(void)recovery_end(app);
	SET_ID(&e, object, app_make_call(app, f.open, 0));
	SET(&e, msg, LINE_CALLSTATE);
	SET(&e, p1, LINECALLSTATE_DIALING);
	mock_send(f.host, h, &e.base);
	world_turn(&f.w);
	ck_assert(!is_noted_as_shown(&f));

	monitor = join_monitor(&f);
	ck_assert_uint_eq(app_events(monitor, LINE_APPNEWCALL), 1);
	world_wait(&f.w, 1100);

	ck_assert(is_noted_as_shown(&f));
	ck_assert_uint_eq(app_events(monitor, LINE_APPNEWCALL), 1);
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
	monitor = join_monitor(&f);
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

/* --- call hubs: the application tracks them --- */

enum { HUB = 77, OTHER_HUB = 78 };

static void tell_call_of(struct recovery *f, uint64_t id, uint32_t state, uint32_t hub)
{
	SnapshotCall call = SNAPSHOT_CALL__INIT;
	CallState snapshot = CALL_STATE__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;
	CallNote note = CALL_NOTE__INIT;
	uint8_t packed[NOTE_MAX];

	SET_ID(&call, call, id);
	SET_ID(&call, device, 0);
	SET(&call, state, state);
	SET(&info, media_mode, VOICE);
	SET(&info, call_id, hub);
	snapshot.info = &info;
	call.snapshot = &snapshot;
	SET(&note, offered, 1);
	SET(&note, shown, 1);
	SET_BYTES(&call, note, packed, call_note__pack(&note, packed));
	recovery_tell(f, &call);
}

static void claim_call_of(struct mock *app, uint32_t open, uint64_t id, uint32_t hub)
{
	recovery_claim_call_of(app, open, id, LINECALLSTATE_CONNECTED, hub);
}

/* What the host says of the call, what the application knows, what it hears. */
static const struct {
	uint32_t state, hub, known;
	unsigned news, closes;
} hub_rows[] = {
	{ LINECALLSTATE_CONNECTED, HUB, HUB, 0, 0 },
	{ LINECALLSTATE_CONNECTED, HUB, 0, 1, 0 },
	{ LINECALLSTATE_CONNECTED, OTHER_HUB, HUB, 1, 1 },
	{ LINECALLSTATE_IDLE, HUB, HUB, 0, 1 },
	{ LINECALLSTATE_IDLE, HUB, 0, 0, 0 },
};

START_TEST(hubs_are_told_if_they_are_news)
{
	struct recovery f;
	struct mock *app;

	recovery_init(&f);
	tell_call_of(&f, f.call, hub_rows[_i].state, hub_rows[_i].hub);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	claim_call_of(app, f.open, f.call, hub_rows[_i].known);
	(void)recovery_end(app);
	hubs_expect(app, hub_rows[_i].news, hub_rows[_i].closes);

	if (hub_rows[_i].state != LINECALLSTATE_IDLE) { /* and it is known from then on */
		host_state(f.host, f.call, LINECALLSTATE_IDLE, 0);
		hubs_expect(app, hub_rows[_i].news, hub_rows[_i].closes + 1);
	}
	world_fini(&f.w);
}
END_TEST

START_TEST(a_hub_that_is_known_by_another_call_is_no_news)
{
	struct recovery f;
	struct mock *app;
	uint64_t other = (uint64_t)1 << 32 | 9;

	recovery_init(&f);
	tell_call_of(&f, f.call, LINECALLSTATE_CONNECTED, HUB);
	tell_call_of(&f, other, LINECALLSTATE_CONNECTED, HUB);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	claim_call_of(app, f.open, f.call, _i ? HUB : 0);
	claim_call_of(app, f.open, other, _i ? 0 : HUB);
	(void)recovery_end(app);

	hubs_expect(app, 0, 0);
	world_fini(&f.w);
}
END_TEST

/* The host tells all in one turn, and the application waits for it. */
START_TEST(a_hub_that_one_of_its_calls_has_left_goes_on)
{
	struct recovery f;
	struct mock *app;
	uint64_t other = (uint64_t)1 << 32 | 9;

	recovery_init(&f);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	claim_call_of(app, f.open, f.call, HUB);
	claim_call_of(app, f.open, other, 0);
	ck_assert_ptr_null(recovery_end(app));
	tell_call_of(&f, f.call, LINECALLSTATE_CONNECTED, OTHER_HUB);
	tell_call_of(&f, other, LINECALLSTATE_CONNECTED, HUB);
	mock_host_end_snapshot(f.host);

	hubs_expect(app, 1, 0);
	host_state(f.host, other, LINECALLSTATE_IDLE, 0);
	hubs_expect(app, 1, 1);
	ck_assert_uint_eq(seen_event(app_event(app, LINE_CALLHUBCLOSE))->object, other);
	world_fini(&f.w);
}
END_TEST

START_TEST(the_hub_of_a_lost_call_is_closed_unless_another_call_is_in_it)
{
	struct recovery f;
	struct mock *app;
	const Resync *lost;
	uint64_t gone = (uint64_t)1 << 32 | 9;
	bool other = _i == 1;

	recovery_init(&f);
	tell_call_of(&f, f.call, LINECALLSTATE_CONNECTED, other ? HUB : OTHER_HUB);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	claim_call_of(app, f.open, f.call, other ? 0 : OTHER_HUB);
	claim_call_of(app, f.open, gone, HUB);
	lost = recovery_end(app);

	ck_assert_uint_eq(lost->n_lost_calls, 1);
	ck_assert_uint_eq(lost->n_closed_hubs, !other);
	if (!other)
		ck_assert_uint_eq(lost->closed_hubs[0], gone);
	hubs_expect(app, 0, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_hub_of_others_is_closed_when_they_have_ended)
{
	struct recovery f;
	struct mock *app, *peer;
	uint64_t other = (uint64_t)1 << 32 | 9;

	recovery_init(&f);
	tell_call_of(&f, f.call, LINECALLSTATE_IDLE, HUB);
	tell_call_of(&f, other, LINECALLSTATE_CONNECTED, HUB);
	mock_host_end_snapshot(f.host);
	peer = recovery_join(&f.w, (uint64_t)77 << 32 | (uint32_t)getuid(), getuid());
	recovery_claim_open(peer, 1, 0);
	claim_call_of(peer, 1, other, HUB);
	(void)recovery_end(peer);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	claim_call_of(app, f.open, f.call, HUB);
	(void)recovery_end(app);
	hubs_expect(app, 0, 0);

	host_state(f.host, other, LINECALLSTATE_IDLE, 0);
	hubs_expect(app, 0, 1);
	hubs_expect(peer, 0, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_line_is_tracked_as_before)
{
	struct recovery f;
	struct mock *app;
	LineNote note = LINE_NOTE__INIT;

	SET(&note, hub_tracking, LINECALLHUBTRACKING_ALLCALLS);
	recovery_init_noted(&f, &note);
	tell_call_of(&f, f.call, LINECALLSTATE_CONNECTED, HUB);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	claim_call_of(app, f.open, f.call, 0);
	(void)recovery_end(app);

	ck_assert_uint_eq(seen_event(app_event(app, LINE_APPNEWCALLHUB))->p1,
			LINECALLHUBTRACKING_ALLCALLS);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineSetCallHubTracking), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_line_is_not_tracked_for_who_did_not_come_back)
{
	struct recovery f;
	struct mock *plain;
	LineNote note = LINE_NOTE__INIT;
	const TspiLineSetCallHubTracking *m;

	SET(&note, hub_tracking, LINECALLHUBTRACKING_ALLCALLS);
	recovery_init_noted(&f, &note);
	mock_host_end_snapshot(f.host);
	plain = world_app(&f.w, "plain");
	(void)app_open(plain, 0, MONITOR, 0);
	world_wait(&f.w, 5200);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineSetCallHubTracking), 1);
	m = (const void *)host_request(f.host, CALL_TspiLineSetCallHubTracking)->body;
	ck_assert_uint_eq(m->tracking_info->current_tracking, LINECALLHUBTRACKING_NONE);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core resume told");
	TCase *t = tcase_create("told");

	tcase_add_loop_test(t, a_call_that_ended_meanwhile_says_why, 0, 6);
	tcase_add_loop_test(t, a_monitor_learns_of_a_call_that_it_was_not_told_of, 0, 2);
	tcase_add_test(t,
			a_call_made_while_monitors_come_back_counts_as_shown_when_they_had_their_time);
	tcase_add_test(t, a_call_that_somebody_owns_is_not_offered_again);
	tcase_add_loop_test(t, hubs_are_told_if_they_are_news, 0,
			sizeof(hub_rows) / sizeof(hub_rows[0]));
	tcase_add_loop_test(t, a_hub_that_is_known_by_another_call_is_no_news, 0, 2);
	tcase_add_test(t, a_hub_that_one_of_its_calls_has_left_goes_on);
	tcase_add_loop_test(t, the_hub_of_a_lost_call_is_closed_unless_another_call_is_in_it, 0, 2);
	tcase_add_test(t, a_hub_of_others_is_closed_when_they_have_ended);
	tcase_add_test(t, a_line_is_tracked_as_before);
	tcase_add_test(t, a_line_is_not_tracked_for_who_did_not_come_back);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
