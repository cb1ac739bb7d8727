// SPDX-License-Identifier: MIT
/* test_handoff.c - lineHandoff by name and by media mode, lineSetAppPriority, and whom a call from
 * outside goes to. */
#include "../scratch.h"
#include "../test_main.h"
#include "tapisrvd/store.h"
#include "world.h"

#include <string.h>
#include <unistd.h>

#define FAX     LINEMEDIAMODE_G3FAX
#define UNKNOWN LINEMEDIAMODE_UNKNOWN

enum { APPS = 4 };

/* Applications "a", "b", "c", "d" that have line 0 open. */
struct fixture {
	struct world w;
	struct mock *host, *app[APPS];
	uint32_t open[APPS];
};

static const char *const names[APPS] = { "a", "b", "c", "d" };

static void set_up(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
}

static void add_app(struct fixture *f, unsigned n, const char *name, uint32_t privileges,
		uint32_t media_modes)
{
	f->app[n] = world_app(&f->w, name);
	f->open[n] = app_open(f->app[n], 0, privileges, media_modes);
	ck_assert_uint_ne(f->open[n], 0);
}

/* All of them owners for voice. */
static void add_owners(struct fixture *f, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		add_app(f, i, names[i], OWNER, VOICE);
}

static int32_t hand_off(const struct fixture *f, unsigned n, uint64_t call, const char *name,
		uint32_t mode)
{
	LineHandoff m = LINE_HANDOFF__INIT;

	SET_ID(&m, call, call);
	m.file_name = (char *)(uintptr_t)name;
	SET(&m, media_mode, mode);
	return app_call(f->app[n], CALL_LineHandoff, f->open[n], &m.base);
}

static int32_t set_privilege(const struct fixture *f, unsigned n, uint64_t call, uint32_t privilege)
{
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;

	SET_ID(&m, call, call);
	SET(&m, call_privilege, privilege);
	return app_call(f->app[n], CALL_LineSetCallPrivilege, f->open[n], &m.base);
}

static const LineCallInfo *info(const struct fixture *f, unsigned n, uint64_t call)
{
	LineGetCallInfo m = LINE_GET_CALL_INFO__INIT;
	const LineGetCallInfoReply *reply;

	SET_ID(&m, call, call);
	ck_assert_int_eq(app_call(f->app[n], CALL_LineGetCallInfo, f->open[n], &m.base), 0);
	reply = (const void *)app_answer(f->app[n], FRAME_RETURN, f->app[n]->serial)->body;
	return reply->call_info;
}

static uint32_t privilege_of(const struct fixture *f, unsigned n, uint64_t call)
{
	LineGetCallStatus m = LINE_GET_CALL_STATUS__INIT;
	const LineGetCallStatusReply *reply;

	SET_ID(&m, call, call);
	if (app_call(f->app[n], CALL_LineGetCallStatus, f->open[n], &m.base))
		return 0;
	reply = (const void *)app_answer(f->app[n], FRAME_RETURN, f->app[n]->serial)->body;
	return reply->call_status->call_privilege;
}

static int32_t set_priority(struct mock *app, const char *name, uint32_t mode, uint32_t priority)
{
	LineSetAppPriority m = LINE_SET_APP_PRIORITY__INIT;

	m.app_filename = (char *)(uintptr_t)name;
	SET(&m, media_mode, mode);
	SET(&m, request_mode, LINEREQUESTMODE_MAKECALL);
	SET(&m, priority, priority);
	return app_call(app, CALL_LineSetAppPriority, 0, &m.base);
}

static uint32_t get_priority(struct mock *app, const char *name, uint32_t mode)
{
	LineGetAppPriority m = LINE_GET_APP_PRIORITY__INIT;
	const LineGetAppPriorityReply *reply;

	m.app_filename = (char *)(uintptr_t)name;
	SET(&m, media_mode, mode);
	SET(&m, request_mode, LINEREQUESTMODE_MAKECALL);
	ck_assert_int_eq(app_call(app, CALL_LineGetAppPriority, 0, &m.base), 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;
	return reply->priority;
}

/* --- hand-off --- */

START_TEST(target_gets_the_call_and_the_giver_stays_owner)
{
	struct fixture f;
	uint64_t call;
	const struct seen *s;
	unsigned n;

	set_up(&f);
	add_owners(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	ck_assert_uint_eq(app_events(f.app[1], LINE_APPNEWCALL), 0);
	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0), 0);

	s = app_event(f.app[1], LINE_APPNEWCALL);
	ck_assert_uint_eq(seen_event(s)->p2, call);
	ck_assert_uint_eq(seen_event(s)->p3, OWNER);
	n = (unsigned)(s - f.app[1]->seen);
	ck_assert_uint_eq(seen_event(&f.app[1]->seen[n + 1])->msg, LINE_CALLSTATE);
	ck_assert_uint_eq(app_state(f.app[1]), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(app_event(f.app[1], LINE_CALLSTATE)->h.result, OWNER);
	ck_assert_uint_eq(privilege_of(&f, 0, call), OWNER);
	ck_assert_uint_eq(privilege_of(&f, 1, call), OWNER);
	ck_assert_uint_eq(info(&f, 0, call)->num_owners, 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(only_others_hear_of_the_count)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 2);
	add_app(&f, 2, "c", MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0), 0);

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
	struct fixture f;
	uint64_t call;
	const struct seen *s;

	set_up(&f);
	add_owners(&f, 1);
	add_app(&f, 1, "b", OWNER | MONITOR, FAX);
	add_app(&f, 2, "c", MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(privilege_of(&f, 1, call), MONITOR);
	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0), 0);

	ck_assert_uint_eq(app_events(f.app[1], LINE_APPNEWCALL), 1); /* as a monitor, before */
	s = app_event(f.app[1], LINE_CALLSTATE);
	ck_assert_int_eq(s->h.result, OWNER);
	ck_assert_uint_eq(seen_event(s)->p1, LINECALLSTATE_OFFERING);
	ck_assert_uint_eq(privilege_of(&f, 1, call), OWNER);
	ck_assert_uint_eq(seen_event(app_event(f.app[2], LINE_CALLINFO))->p1,
			LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS);
	ck_assert_uint_eq(app_events(f.app[1], LINE_CALLINFO), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(owner_hears_of_the_handoff_all_the_same)
{
	struct fixture f;
	uint64_t call;
	unsigned states;

	set_up(&f);
	add_owners(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0), 0);
	states = app_events(f.app[1], LINE_CALLSTATE);
	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0), 0);

	ck_assert_uint_eq(app_events(f.app[1], LINE_CALLSTATE), states + 1);
	ck_assert_int_eq(app_event(f.app[1], LINE_CALLSTATE)->h.result, OWNER);
	ck_assert_uint_eq(app_events(f.app[1], LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(info(&f, 0, call)->num_owners, 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(handoff_goes_to_and_fro)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	for (unsigned i = 0; i < 20; i++)
		ck_assert_int_eq(hand_off(&f, i % 2, call, i % 2 ? "a" : "b", 0), 0);

	ck_assert_uint_eq(info(&f, 0, call)->num_owners, 2);
	ck_assert_uint_eq(app_events(f.app[0], LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(app_events(f.app[1], LINE_APPNEWCALL), 1);
	ck_assert_int_eq(app_on_call(f.app[0], CALL_LineDeallocateCall, f.open[0], call), 0);
	ck_assert_int_eq(hand_off(&f, 1, call, "a", 0), 0);
	ck_assert_uint_eq(app_events(f.app[0], LINE_APPNEWCALL), 2); /* a new handle */
	world_fini(&f.w);
}
END_TEST

/* The whole of it: A lets go, B goes on, and when B goes the call ends. */
START_TEST(giver_may_go_and_the_call_lives_on)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0), 0);
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
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 1);
	add_app(&f, 1, "b", OWNER, FAX);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0x80000001), 0); /* not looked at */
	ck_assert_uint_eq(privilege_of(&f, 1, call), OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(own_name_reaches_another_instance)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_app(&f, 0, "same", OWNER, VOICE);
	add_app(&f, 1, "same", OWNER, VOICE);
	add_app(&f, 2, "same", OWNER, VOICE);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(hand_off(&f, 0, call, "same", 0), 0);
	ck_assert_uint_eq(privilege_of(&f, 1, call), OWNER);
	ck_assert_int_eq(hand_off(&f, 0, call, "same", 0), 0); /* who has not got it yet */
	ck_assert_uint_eq(privilege_of(&f, 2, call), OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(own_name_alone_changes_nothing)
{
	struct fixture f;
	uint64_t call;
	unsigned before;

	set_up(&f);
	add_owners(&f, 1);
	call = host_new_call(f.host, 0, VOICE);
	before = mock_count(f.app[0], FRAME_EVENT);
	ck_assert_int_eq(hand_off(&f, 0, call, "a", 0), 0);

	ck_assert_uint_eq(mock_count(f.app[0], FRAME_EVENT), before);
	ck_assert_uint_eq(info(&f, 0, call)->num_owners, 1);
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
	struct fixture f;
	uint64_t call;
	unsigned before;

	set_up(&f);
	add_owners(&f, 1);
	add_app(&f, 1, "b", refused[_i].target, VOICE);
	call = host_new_call(f.host, 0, VOICE);
	before = mock_count(f.app[1], FRAME_EVENT);

	ck_assert_int_eq(hand_off(&f, 0, call, refused[_i].name, refused[_i].mode),
			refused[_i].code);
	ck_assert_uint_eq(mock_count(f.app[1], FRAME_EVENT), before);
	ck_assert_uint_eq(info(&f, 0, call)->num_owners, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(monitor_cannot_hand_off)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 1);
	add_app(&f, 1, "b", MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(hand_off(&f, 1, call, "a", 0), LINEERR_NOTOWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(target_must_have_the_same_line_open)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 1);
	f.app[1] = world_app(&f.w, "b");
	f.open[1] = app_open(f.app[1], 1, OWNER, VOICE | FAX);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0), LINEERR_TARGETNOTFOUND);
	ck_assert_int_eq(hand_off(&f, 0, call, NULL, FAX), LINEERR_TARGETNOTFOUND);
	world_fini(&f.w);
}
END_TEST

START_TEST(idle_call_can_be_handed_off)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 2);
	call = host_new_call(f.host, 0, VOICE);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);

	ck_assert_int_eq(hand_off(&f, 0, call, "b", 0), 0);
	ck_assert_uint_eq(app_state(f.app[1]), LINECALLSTATE_IDLE);
	world_fini(&f.w);
}
END_TEST

START_TEST(by_media_mode_the_highest_priority_gets_it)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 1);
	add_app(&f, 1, "b", OWNER, FAX);
	add_app(&f, 2, "c", OWNER, FAX);
	ck_assert_int_eq(set_priority(f.app[0], "c", FAX, 1), 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(hand_off(&f, 0, call, NULL, FAX), 0);
	ck_assert_uint_eq(privilege_of(&f, 1, call), 0);
	ck_assert_uint_eq(privilege_of(&f, 2, call), OWNER);
	world_fini(&f.w);
}
END_TEST

/* "affects only initial ownership": a hand-off does not ask for the address. */
START_TEST(single_address_does_not_limit_handoff)
{
	struct fixture f;
	uint64_t call;
	LineOpen m = LINE_OPEN__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	set_up(&f);
	add_owners(&f, 1);
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

	ck_assert_int_eq(hand_off(&f, 0, call, NULL, FAX), 0);
	ck_assert_uint_eq(privilege_of(&f, 1, call), OWNER);
	world_fini(&f.w);
}
END_TEST

/* --- priority --- */

START_TEST(listed_application_owns_before_the_first_opener)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 3);
	ck_assert_int_eq(set_priority(f.app[0], "c", VOICE, 1), 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(privilege_of(&f, 2, call), OWNER);
	ck_assert_uint_eq(privilege_of(&f, 0, call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(priority_counts_for_its_own_media_mode_only)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_owners(&f, 2);
	ck_assert_int_eq(set_priority(f.app[0], "b", FAX, 1), 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(privilege_of(&f, 0, call), OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(newest_is_at_the_top_and_the_removed_one_is_gone)
{
	struct fixture f;
	struct mock *app;

	set_up(&f);
	add_owners(&f, 1);
	app = f.app[0];
	ck_assert_uint_eq(get_priority(app, "x", VOICE), 0);
	ck_assert_int_eq(set_priority(app, "x", VOICE, 1), 0);
	ck_assert_int_eq(set_priority(app, "y", VOICE, 1), 0);
	ck_assert_int_eq(set_priority(app, "z", VOICE, 1), 0);
	ck_assert_uint_eq(get_priority(app, "z", VOICE), 1);
	ck_assert_uint_eq(get_priority(app, "y", VOICE), 2);
	ck_assert_uint_eq(get_priority(app, "x", VOICE), 3);
	ck_assert_int_eq(set_priority(app, "x", VOICE, 1), 0); /* moves up */
	ck_assert_uint_eq(get_priority(app, "x", VOICE), 1);
	ck_assert_uint_eq(get_priority(app, "z", VOICE), 2);
	ck_assert_uint_eq(get_priority(app, "y", VOICE), 3);
	ck_assert_int_eq(set_priority(app, "z", VOICE, 0), 0);
	ck_assert_int_eq(set_priority(app, "z", VOICE, 0), 0); /* absent: no error */

	ck_assert_uint_eq(get_priority(app, "z", VOICE), 0);
	ck_assert_uint_eq(get_priority(app, "y", VOICE), 2);
	ck_assert_uint_eq(get_priority(app, "x", FAX), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(several_media_modes_and_none_have_lists_of_their_own)
{
	struct fixture f;
	struct mock *app;

	set_up(&f);
	add_owners(&f, 1);
	app = f.app[0];
	ck_assert_int_eq(set_priority(app, "x", VOICE | FAX, 1), 0);
	ck_assert_int_eq(set_priority(app, "dialer", 0, 1), 0);

	ck_assert_uint_eq(get_priority(app, "x", VOICE), 1);
	ck_assert_uint_eq(get_priority(app, "x", FAX), 1);
	ck_assert_uint_eq(get_priority(app, "x", UNKNOWN), 0);
	ck_assert_uint_eq(get_priority(app, "x", 0), 0);
	ck_assert_uint_eq(get_priority(app, "dialer", 0), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(list_can_be_read)
{
	struct fixture f;
	TapixGetAppPriorities m = TAPIX_GET_APP_PRIORITIES__INIT;
	const TapixGetAppPrioritiesReply *reply;

	set_up(&f);
	add_owners(&f, 1);
	ck_assert_int_eq(set_priority(f.app[0], "x", VOICE, 1), 0);
	ck_assert_int_eq(set_priority(f.app[0], "other", FAX, 1), 0);
	ck_assert_int_eq(set_priority(f.app[0], "the y", VOICE, 1), 0);
	SET(&m, media_mode, VOICE);
	ck_assert_int_eq(app_call(f.app[0], CALL_TapixGetAppPriorities, 0, &m.base), 0);
	reply = (const void *)app_answer(f.app[0], FRAME_RETURN, f.app[0]->serial)->body;

	ck_assert_uint_eq(reply->names->string.len, strlen("the y\nx"));
	ck_assert_mem_eq(reply->names->string.data, "the y\nx", strlen("the y\nx"));
	SET(&m, media_mode, VOICE | FAX);
	ck_assert_int_eq(app_call(f.app[0], CALL_TapixGetAppPriorities, 0, &m.base),
			LINEERR_INVALMEDIAMODE);
	world_fini(&f.w);
}
END_TEST

START_TEST(open_without_a_priority_is_told_to_old_applications)
{
	struct fixture f;

	set_up(&f);
	add_owners(&f, 1);

	ck_assert_uint_eq(get_priority(f.app[0], "a", VOICE), 0xffffffff);
	ck_assert_uint_eq(get_priority(f.app[0], "a", FAX), 0);
	world_fini(&f.w);
}
END_TEST

static const struct {
	const char *name;
	uint32_t media_mode, request_mode, priority;
	int32_t code, get; /* of lineSetAppPriority, lineGetAppPriority */
} wrong[] = {
	{ NULL, VOICE, 0, 1, LINEERR_INVALPOINTER, LINEERR_INVALPOINTER },
	{ "", VOICE, 0, 1, LINEERR_INVALAPPNAME, LINEERR_INVALAPPNAME },
	{ "/usr/bin/x", VOICE, 0, 1, LINEERR_INVALAPPNAME, LINEERR_INVALAPPNAME },
	{ "x\ny", VOICE, 0, 1, LINEERR_INVALAPPNAME, LINEERR_INVALAPPNAME },
	{ "x", 1, 0, 1, LINEERR_INVALMEDIAMODE, LINEERR_INVALMEDIAMODE },
	{ "x", 0x00010000, 0, 1, LINEERR_INVALMEDIAMODE, LINEERR_INVALMEDIAMODE },
	{ "x", VOICE | FAX, 0, 1, 0, LINEERR_INVALMEDIAMODE },
	{ "x", 0, LINEREQUESTMODE_MEDIACALL, 1, LINEERR_INVALREQUESTMODE,
			LINEERR_INVALREQUESTMODE },
	{ "x", 0, 0, 1, LINEERR_INVALREQUESTMODE, LINEERR_INVALREQUESTMODE },
	{ "x", VOICE, LINEREQUESTMODE_DROP, 1, 0, 0 }, /* ignored */
	{ "x", VOICE, 0, 2, LINEERR_INVALPARAM, 0 },
	{ "x", VOICE, 0, 0xffffffff, LINEERR_INVALPARAM, 0 },
};

START_TEST(wrong_priorities_are_refused)
{
	struct fixture f;
	LineSetAppPriority set = LINE_SET_APP_PRIORITY__INIT;
	LineGetAppPriority get = LINE_GET_APP_PRIORITY__INIT;

	set_up(&f);
	add_owners(&f, 1);
	set.app_filename = get.app_filename = (char *)(uintptr_t)wrong[_i].name;
	SET(&set, media_mode, wrong[_i].media_mode);
	SET(&get, media_mode, wrong[_i].media_mode);
	SET(&set, request_mode, wrong[_i].request_mode);
	SET(&get, request_mode, wrong[_i].request_mode);
	SET(&set, priority, wrong[_i].priority);

	ck_assert_int_eq(app_call(f.app[0], CALL_LineSetAppPriority, 0, &set.base), wrong[_i].code);
	ck_assert_int_eq(app_call(f.app[0], CALL_LineGetAppPriority, 0, &get.base), wrong[_i].get);
	if (wrong[_i].code)
		ck_assert_uint_eq(get_priority(f.app[0], "x", VOICE), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(name_may_have_255_bytes)
{
	struct fixture f;
	char name[257];

	set_up(&f);
	add_owners(&f, 1);
	memset(name, 'x', sizeof(name));
	name[256] = '\0';
	ck_assert_int_eq(set_priority(f.app[0], name, VOICE, 1), LINEERR_INVALAPPNAME);
	name[255] = '\0';
	ck_assert_int_eq(set_priority(f.app[0], name, VOICE, 1), 0);

	ck_assert_uint_eq(get_priority(f.app[0], name, VOICE), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(list_is_bounded_and_the_last_one_falls_out)
{
	struct fixture f;
	char name[8];

	set_up(&f);
	add_owners(&f, 1);
	for (int i = 0; i < 70; i++) {
		(void)snprintf(name, sizeof(name), "x%d", i);
		ck_assert_int_eq(set_priority(f.app[0], name, VOICE, 1), 0);
	}

	ck_assert_uint_eq(get_priority(f.app[0], "x69", VOICE), 1);
	ck_assert_uint_eq(get_priority(f.app[0], "x6", VOICE), 64);
	ck_assert_uint_eq(get_priority(f.app[0], "x5", VOICE), 0);
	world_fini(&f.w);
}
END_TEST

/* Another user's application sees its own user's list. */
START_TEST(two_users_have_separate_lists)
{
	struct fixture f;
	struct mock *other;
	Hello hello = HELLO__INIT;
	struct frame_header h = { .kind = FRAME_HELLO };

	set_up(&f);
	add_owners(&f, 1);
	other = world_raw(&f.w, false, getuid() + 1);
	SET(&hello, protocol, WIRE_PROTOCOL);
	SET(&hello, api_low, 0x00010003);
	SET(&hello, api_high, 0x00020002);
	hello.app_name = (char *)(uintptr_t) "a";
	mock_send(other, h, &hello.base);
	world_turn(&f.w);
	ck_assert_int_eq(set_priority(f.app[0], "x", VOICE, 1), 0);
	ck_assert_uint_eq(get_priority(other, "x", VOICE), 0);
	ck_assert_int_eq(set_priority(other, "y", VOICE, 1), 0);

	ck_assert_uint_eq(get_priority(other, "y", VOICE), 1);
	ck_assert_uint_eq(get_priority(f.app[0], "y", VOICE), 0);
	ck_assert_uint_eq(get_priority(f.app[0], "x", VOICE), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(priorities_outlive_the_daemon)
{
	char folder[64], command[100];
	struct fixture f;
	struct mock *app;

	scratch_template(folder, sizeof(folder), "prio");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	set_up(&f);
	ck_assert_int_eq(options_set(&f.w.options.state, folder), 0);
	world_kill_core(&f.w);
	app = world_app(&f.w, "a");
	ck_assert_int_eq(set_priority(app, "x", VOICE, 1), 0);
	ck_assert_int_eq(set_priority(app, "gone", VOICE, 1), 0);
	ck_assert_int_eq(set_priority(app, "y", VOICE, 1), 0);
	ck_assert_int_eq(set_priority(app, "gone", VOICE, 0), 0);
	ck_assert_int_eq(set_priority(app, "dialer", 0, 1), 0);
	world_kill_core(&f.w);
	app = world_app(&f.w, "a");

	ck_assert_uint_eq(get_priority(app, "y", VOICE), 1);
	ck_assert_uint_eq(get_priority(app, "x", VOICE), 2);
	ck_assert_uint_eq(get_priority(app, "gone", VOICE), 0);
	ck_assert_uint_eq(get_priority(app, "dialer", 0), 1);
	world_fini(&f.w);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	ck_assert_int_eq(system(command), 0);
}
END_TEST

/* --- probing --- */

/* A fax program with the highest priority probes first, then hands the call to the voice program:
 * row by row as TAPI tells it. */
START_TEST(unknown_call_is_probed_by_one_after_the_other)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_app(&f, 0, "voice", OWNER, UNKNOWN | VOICE);
	add_app(&f, 1, "fax", OWNER, UNKNOWN | FAX);
	ck_assert_int_eq(set_priority(f.app[0], "voice", UNKNOWN, 1), 0);
	ck_assert_int_eq(set_priority(f.app[0], "fax", UNKNOWN, 1), 0);
	call = host_new_call(f.host, 0, UNKNOWN | VOICE | FAX);
	ck_assert_uint_eq(privilege_of(&f, 1, call), OWNER);
	ck_assert_uint_eq(privilege_of(&f, 0, call), 0);

	ck_assert_int_eq(hand_off(&f, 1, call, NULL, UNKNOWN), LINEERR_TARGETSELF);
	ck_assert_int_eq(hand_off(&f, 1, call, NULL, VOICE), 0);
	ck_assert_int_eq(app_on_call(f.app[1], CALL_LineDeallocateCall, f.open[1], call), 0);
	ck_assert_uint_eq(privilege_of(&f, 0, call), OWNER);
	ck_assert_uint_eq(info(&f, 0, call)->num_owners, 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

/* The server itself tries one candidate after the other, for the first owner only. */
START_TEST(first_owner_is_looked_for_in_all_candidates)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_app(&f, 0, "data", OWNER, LINEMEDIAMODE_DATAMODEM);
	add_app(&f, 1, "fax", OWNER, FAX);
	call = host_new_call(f.host, 0, UNKNOWN | VOICE | FAX);

	ck_assert_uint_eq(privilege_of(&f, 1, call), OWNER);
	ck_assert_uint_eq(privilege_of(&f, 0, call), 0);
	ck_assert_int_eq(hand_off(&f, 1, call, NULL, UNKNOWN), LINEERR_TARGETNOTFOUND);
	world_fini(&f.w);
}
END_TEST

/* --- calls that nobody owns: one test for each choice --- */

START_TEST(unowned_call_is_dropped)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	add_app(&f, 0, "a", OWNER, FAX);
	add_app(&f, 1, "b", MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	ck_assert_str_eq(seen_event(app_event(f.app[1], LINE_CALLSTATE))->reason->cause,
			"no owner");
	world_fini(&f.w);
}
END_TEST

START_TEST(unowned_call_is_kept_and_can_be_taken)
{
	struct fixture f;
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;
	uint64_t call;

	set_up(&f);
	f.w.options.keep_unowned = true;
	add_app(&f, 0, "a", OWNER, FAX);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	ck_assert_uint_eq(app_events(f.app[0], LINE_APPNEWCALL), 0);
	for (int i = 0; i < 2; i++) { /* whoever only looks at it leaves it as it is */
		SET_ID(&m, line, 0);
		SET(&m, select, LINECALLSELECT_LINE);
		SET(&m, call_list, 100);
		ck_assert_int_eq(app_call(f.app[0], CALL_LineGetNewCalls, f.open[0], &m.base), 0);
		ck_assert_uint_eq(privilege_of(&f, 0, call), MONITOR);
		if (i == 0)
			ck_assert_int_eq(app_on_call(f.app[0], CALL_LineDeallocateCall, f.open[0],
							 call),
					0);
	}
	ck_assert_int_eq(set_privilege(&f, 0, call, OWNER), 0);
	ck_assert_int_eq(app_on_call(f.app[0], CALL_LineAnswer, f.open[0], call), 0);
	mock_hang_up(f.app[0]); /* an owner that goes ends it, as any call */
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(kept_call_that_nobody_takes_ends_by_itself)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	f.w.options.keep_unowned = true;
	add_app(&f, 0, "a", OWNER, FAX);
	call = host_new_call(f.host, 0, VOICE);
	host_state(f.host, call, LINECALLSTATE_DISCONNECTED, 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(kept_call_ends_when_the_line_is_closed)
{
	struct fixture f;

	set_up(&f);
	f.w.options.keep_unowned = true;
	add_app(&f, 0, "a", OWNER, FAX);
	(void)host_new_call(f.host, 0, VOICE);
	mock_hang_up(f.app[0]);
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 1);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core handoff");
	TCase *t = tcase_create("handoff");

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

	t = tcase_create("priority");
	tcase_add_test(t, listed_application_owns_before_the_first_opener);
	tcase_add_test(t, priority_counts_for_its_own_media_mode_only);
	tcase_add_test(t, newest_is_at_the_top_and_the_removed_one_is_gone);
	tcase_add_test(t, several_media_modes_and_none_have_lists_of_their_own);
	tcase_add_test(t, list_can_be_read);
	tcase_add_test(t, open_without_a_priority_is_told_to_old_applications);
	tcase_add_loop_test(t, wrong_priorities_are_refused, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(t, name_may_have_255_bytes);
	tcase_add_test(t, list_is_bounded_and_the_last_one_falls_out);
	tcase_add_test(t, two_users_have_separate_lists);
	tcase_add_test(t, priorities_outlive_the_daemon);
	tcase_add_test(t, unknown_call_is_probed_by_one_after_the_other);
	tcase_add_test(t, first_owner_is_looked_for_in_all_candidates);
	suite_add_tcase(s, t);

	t = tcase_create("unowned");
	tcase_add_test(t, unowned_call_is_dropped);
	tcase_add_test(t, unowned_call_is_kept_and_can_be_taken);
	tcase_add_test(t, kept_call_that_nobody_takes_ends_by_itself);
	tcase_add_test(t, kept_call_ends_when_the_line_is_closed);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
