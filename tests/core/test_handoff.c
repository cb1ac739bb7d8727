// SPDX-License-Identifier: MIT
/* test_handoff.c - lineHandoff by name and by media mode. */
#include "../test_main.h"
#include "owners.h"

START_TEST(target_gets_the_call_and_the_giver_stays_owner)
{
	struct owners f;
	uint64_t call;
	const struct seen *s;
	unsigned n;

	owners_set_up(&f);
	owners_add_all(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	ck_assert_uint_eq(app_events(f.app[1], LINE_APPNEWCALL), 0);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0), 0);

	s = app_event(f.app[1], LINE_APPNEWCALL);
	ck_assert_uint_eq(seen_event(s)->p2, call);
	ck_assert_uint_eq(seen_event(s)->p3, OWNER);
	n = (unsigned)(s - f.app[1]->seen);
	ck_assert_uint_eq(seen_event(&f.app[1]->seen[n + 1])->msg, LINE_CALLSTATE);
	ck_assert_uint_eq(app_state(f.app[1]), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(app_event(f.app[1], LINE_CALLSTATE)->h.result, OWNER);
	ck_assert_uint_eq(owners_privilege_of(&f, 0, call), OWNER);
	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), OWNER);
	ck_assert_uint_eq(owners_info(&f, 0, call)->num_owners, 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(only_others_hear_of_the_count)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 2);
	owners_add_app(&f, 2, "c", MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0), 0);

	ck_assert_uint_eq(app_events(f.app[0], LINE_CALLINFO), 0);
	ck_assert_uint_eq(app_events(f.app[1], LINE_CALLINFO), 0);
	ck_assert_uint_eq(app_events(f.app[2], LINE_CALLINFO), 1);
	ck_assert_uint_eq(seen_event(app_event(f.app[2], LINE_CALLINFO))->p1,
			LINECALLINFOSTATE_NUMOWNERINCR);
	world_fini(&f.w);
}
END_TEST

START_TEST(monitor_becomes_owner_under_the_same_handle)
{
	struct owners f;
	uint64_t call;
	const struct seen *s;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	owners_add_app(&f, 1, "b", OWNER | MONITOR, FAX);
	owners_add_app(&f, 2, "c", MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), MONITOR);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0), 0);

	ck_assert_uint_eq(app_events(f.app[1], LINE_APPNEWCALL), 1); /* as a monitor, before */
	s = app_event(f.app[1], LINE_CALLSTATE);
	ck_assert_int_eq(s->h.result, OWNER);
	ck_assert_uint_eq(seen_event(s)->p1, LINECALLSTATE_OFFERING);
	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), OWNER);
	ck_assert_uint_eq(seen_event(app_event(f.app[2], LINE_CALLINFO))->p1,
			LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS);
	ck_assert_uint_eq(app_events(f.app[1], LINE_CALLINFO), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(owner_hears_of_the_handoff_all_the_same)
{
	struct owners f;
	uint64_t call;
	unsigned states;

	owners_set_up(&f);
	owners_add_all(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0), 0);
	states = app_events(f.app[1], LINE_CALLSTATE);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0), 0);

	ck_assert_uint_eq(app_events(f.app[1], LINE_CALLSTATE), states + 1);
	ck_assert_int_eq(app_event(f.app[1], LINE_CALLSTATE)->h.result, OWNER);
	ck_assert_uint_eq(app_events(f.app[1], LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(owners_info(&f, 0, call)->num_owners, 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(handoff_goes_to_and_fro)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	for (unsigned i = 0; i < 20; i++)
		ck_assert_int_eq(owners_hand_off(&f, i % 2, call, i % 2 ? "a" : "b", 0), 0);

	ck_assert_uint_eq(owners_info(&f, 0, call)->num_owners, 2);
	ck_assert_uint_eq(app_events(f.app[0], LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(app_events(f.app[1], LINE_APPNEWCALL), 1);
	ck_assert_int_eq(app_on_call(f.app[0], CALL_LineDeallocateCall, f.open[0], call), 0);
	ck_assert_int_eq(owners_hand_off(&f, 1, call, "a", 0), 0);
	ck_assert_uint_eq(app_events(f.app[0], LINE_APPNEWCALL), 2); /* a new handle */
	world_fini(&f.w);
}
END_TEST

/* The whole of it: A lets go, B goes on, and when B goes the call ends. */
START_TEST(giver_may_go_and_the_call_lives_on)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0), 0);
	mock_hang_up(f.app[0]);
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_int_eq(app_on_call(f.app[1], CALL_LineAnswer, f.open[1], call), 0);
	mock_hang_up(f.app[1]);
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(by_name_media_modes_do_not_matter)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	owners_add_app(&f, 1, "b", OWNER, FAX);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0x80000001), 0); /* not looked at */
	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(own_name_reaches_another_instance)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_app(&f, 0, "same", OWNER, VOICE);
	owners_add_app(&f, 1, "same", OWNER, VOICE);
	owners_add_app(&f, 2, "same", OWNER, VOICE);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(owners_hand_off(&f, 0, call, "same", 0), 0);
	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), OWNER);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, "same", 0), 0); /* who has not got it yet */
	ck_assert_uint_eq(owners_privilege_of(&f, 2, call), OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(own_name_alone_changes_nothing)
{
	struct owners f;
	uint64_t call;
	unsigned before;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	call = host_new_call(f.host, 0, VOICE);
	before = mock_count(f.app[0], FRAME_EVENT);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, "a", 0), 0);

	ck_assert_uint_eq(mock_count(f.app[0], FRAME_EVENT), before);
	ck_assert_uint_eq(owners_info(&f, 0, call)->num_owners, 1);
	world_fini(&f.w);
}
END_TEST

static const struct {
	uint32_t target; /* privilege of b's open */
	const char *name;
	uint32_t mode;
	int32_t code;
} refused[] = {
	{ OWNER, "nobody", 0, LINEERR_TARGETNOTFOUND },
	{ OWNER, "", 0, LINEERR_TARGETNOTFOUND },
	{ OWNER, "B", 0, LINEERR_TARGETNOTFOUND },
	{ MONITOR, "b", 0, LINEERR_TARGETNOTFOUND },
	{ LINECALLPRIVILEGE_NONE, "b", 0, LINEERR_TARGETNOTFOUND },
	{ OWNER, NULL, FAX, LINEERR_TARGETNOTFOUND },
	{ OWNER, NULL, VOICE, LINEERR_TARGETSELF },
	{ OWNER, NULL, 0, LINEERR_INVALMEDIAMODE },
	{ OWNER, NULL, VOICE | FAX, LINEERR_INVALMEDIAMODE },
	{ OWNER, NULL, 1, LINEERR_INVALMEDIAMODE },
	{ OWNER, NULL, 0x00010000, LINEERR_INVALMEDIAMODE },
	{ OWNER, NULL, 0x80000000, LINEERR_INVALMEDIAMODE },
};

START_TEST(what_cannot_be_is_refused_and_changes_nothing)
{
	struct owners f;
	uint64_t call;
	unsigned before;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	owners_add_app(&f, 1, "b", refused[_i].target, VOICE);
	call = host_new_call(f.host, 0, VOICE);
	before = mock_count(f.app[1], FRAME_EVENT);

	ck_assert_int_eq(owners_hand_off(&f, 0, call, refused[_i].name, refused[_i].mode),
			refused[_i].code);
	ck_assert_uint_eq(mock_count(f.app[1], FRAME_EVENT), before);
	ck_assert_uint_eq(owners_info(&f, 0, call)->num_owners, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(monitor_cannot_hand_off)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	owners_add_app(&f, 1, "b", MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(owners_hand_off(&f, 1, call, "a", 0), LINEERR_NOTOWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(target_must_have_the_same_line_open)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	f.app[1] = world_app(&f.w, "b");
	f.open[1] = app_open(f.app[1], 1, OWNER, VOICE | FAX);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0), LINEERR_TARGETNOTFOUND);
	ck_assert_int_eq(owners_hand_off(&f, 0, call, NULL, FAX), LINEERR_TARGETNOTFOUND);
	world_fini(&f.w);
}
END_TEST

START_TEST(idle_call_can_be_handed_off)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);

	ck_assert_int_eq(owners_hand_off(&f, 0, call, "b", 0), 0);
	ck_assert_uint_eq(app_state(f.app[1]), LINECALLSTATE_IDLE);
	world_fini(&f.w);
}
END_TEST

START_TEST(by_media_mode_the_highest_priority_gets_it)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	owners_add_app(&f, 1, "b", OWNER, FAX);
	owners_add_app(&f, 2, "c", OWNER, FAX);
	ck_assert_int_eq(owners_set_priority(f.app[0], "c", FAX, 1), 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(owners_hand_off(&f, 0, call, NULL, FAX), 0);
	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), 0);
	ck_assert_uint_eq(owners_privilege_of(&f, 2, call), OWNER);
	world_fini(&f.w);
}
END_TEST

/* "affects only initial ownership": a hand-off does not ask for the address. */
START_TEST(single_address_does_not_limit_handoff)
{
	struct owners f;
	uint64_t call;
	LineOpen m = LINE_OPEN__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	f.app[1] = world_app(&f.w, "b");
	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, OWNER | LINEOPENOPTION_SINGLEADDRESS);
	SET(&m, media_modes, FAX);
	SET(&params, address_mode, LINEADDRESSMODE_ADDRESSID);
	SET(&params, address_id, 1);
	m.call_params = &params;
	ck_assert_int_eq(app_call(f.app[1], CALL_LineOpen, 0, &m.base), 0);
	f.open[1] = app_answer(f.app[1], FRAME_RETURN, f.app[1]->serial)->h.open;
	call = host_new_call(f.host, 0, VOICE); /* on address 0 */

	ck_assert_int_eq(owners_hand_off(&f, 0, call, NULL, FAX), 0);
	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), OWNER);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core handoff");
	TCase *t;

	t = tcase_create("handoff");
	tcase_add_test(t, target_gets_the_call_and_the_giver_stays_owner);
	tcase_add_test(t, only_others_hear_of_the_count);
	tcase_add_test(t, monitor_becomes_owner_under_the_same_handle);
	tcase_add_test(t, owner_hears_of_the_handoff_all_the_same);
	tcase_add_test(t, handoff_goes_to_and_fro);
	tcase_add_test(t, giver_may_go_and_the_call_lives_on);
	tcase_add_test(t, by_name_media_modes_do_not_matter);
	tcase_add_test(t, own_name_reaches_another_instance);
	tcase_add_test(t, own_name_alone_changes_nothing);
	tcase_add_loop_test(t, what_cannot_be_is_refused_and_changes_nothing, 0,
			sizeof(refused) / sizeof(refused[0]));
	tcase_add_test(t, monitor_cannot_hand_off);
	tcase_add_test(t, target_must_have_the_same_line_open);
	tcase_add_test(t, idle_call_can_be_handed_off);
	tcase_add_test(t, by_media_mode_the_highest_priority_gets_it);
	tcase_add_test(t, single_address_does_not_limit_handoff);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
