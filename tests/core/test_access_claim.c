// SPDX-License-Identifier: MIT
/* test_access_claim.c - what comes back after a restart, or on another connection, gets what the
 * rules give now, and no more than it had. */
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"

#include <string.h>

enum { ALICE = 4711 };

/* Its connection is closed by the core, which keeps the session. */
static struct mock *come_back(struct recovery *f)
{
	mock_send(f->app, (struct frame_header){ .kind = FRAME_RESYNC }, NULL);
	world_turn(&f->w);
	return recovery_come_back(f, ALICE);
}

START_TEST(a_monitor_does_not_come_back_as_an_owner)
{
	struct recovery f;
	uint64_t call;

	world_init(&f.w, "mock", NULL);
	f.host = world_host(&f.w, "mock");
	f.app = world_app_of(&f.w, "app", ALICE);
	f.open = app_open(f.app, 0, MONITOR, 0);
	f.app = come_back(&f);
	recovery_claim_open(f.app, f.open, 0); /* as owner */
	(void)recovery_end(f.app);
	(void)world_app(&f.w, "other");
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_ne(app_on_call(f.app, CALL_LineAnswer, f.open, call), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineAnswer), 0);
	world_fini(&f.w);
}
END_TEST

/* Who opens as what and holds a call as what; the rules of the new core; what is lost of both, and
 * what the reason says. */
static const struct {
	uint32_t open, call;
	const char *rules;
	unsigned lost_opens, lost_calls;
	const char *why;
} claims[] = {
	{ OWNER, OWNER, "", 0, 0, "" },
	{ OWNER, OWNER, "[access 4711]\nown = line mock*\n", 0, 0, "" },
	{ OWNER, OWNER, "[access 4711]\nmonitor = all\n", 1, 1,
			"\"monitor = all\" in [access 4711], line 2" },
	{ OWNER, OWNER, "[access 4712]\nown = all\n", 1, 1, "no rule in [access] lets user 4711" },
	{ MONITOR, MONITOR, "[access 4711]\nmonitor = all\n", 0, 0, "" },
	{ MONITOR, OWNER, "[access 4711]\nmonitor = all\n", 0, 1,
			"\"monitor = all\" in [access 4711], line 2" },
	{ LINECALLPRIVILEGE_NONE, OWNER, "[access 4711]\nmonitor = all\n", 0, 1,
			"\"monitor = all\" in [access 4711], line 2" },
	{ MONITOR | LINEOPENOPTION_PROXY, MONITOR, "[access 4711]\nmonitor = all\n", 1, 1,
			"\"monitor = all\" in [access 4711], line 2" },
	{ MONITOR, MONITOR, "[access 4711]\nown = phone *\n", 1, 1,
			"no rule in [access] lets user 4711" },
};

static void claim_call(struct mock *app, uint32_t open, uint64_t call, uint32_t privilege)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotHeld held = SNAPSHOT_HELD__INIT;

	SET_ID(&held, call, call);
	SET(&held, open, open);
	SET(&held, privilege, privilege);
	SET(&held, state, LINECALLSTATE_CONNECTED);
	s.held = &held;
	mock_send(app, h, &s.base);
}

static void check_reason(const Failure *why, const char *part)
{
	ck_assert_ptr_nonnull(why->sentence);
	ck_assert_msg(strstr(why->sentence, part) != NULL, "%s does not say %s", why->sentence,
			part);
}

START_TEST(claims_get_what_the_rules_give_now)
{
	struct recovery f;
	struct mock *app;
	const Resync *lost;
	bool owned;

	recovery_init_of(&f, ALICE);
	world_reload(&f.w, claims[_i].rules);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, ALICE);
	recovery_claim_open_as(app, f.open, 0, claims[_i].open);
	claim_call(app, f.open, f.call, claims[_i].call);
	lost = recovery_end(app);

	ck_assert_uint_eq(lost->n_lost_opens, claims[_i].lost_opens);
	ck_assert_uint_eq(lost->n_lost_calls, claims[_i].lost_calls);
	ck_assert_uint_eq(lost->n_open_reasons, claims[_i].lost_opens);
	ck_assert_uint_eq(lost->n_call_reasons, claims[_i].lost_calls);
	for (unsigned i = 0; i < claims[_i].lost_opens; i++)
		check_reason(lost->open_reasons[i], claims[_i].why);
	for (unsigned i = 0; i < claims[_i].lost_calls; i++)
		check_reason(lost->call_reasons[i], claims[_i].why);
	world_wait(&f.w, 10000); /* a call whose owner may not own it any more does not go on */
	owned = claims[_i].call == OWNER && !claims[_i].lost_calls;
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), owned ? 0 : 1);
	world_fini(&f.w);
}
END_TEST

enum { V1_4 = 0x00010004, V2_2 = 0x00020002, TWICE = OWNER | MONITOR };
#define ONE_ADDRESS LINEOPENOPTION_SINGLEADDRESS

/* What an open is claimed with, and what lineOpen says to that: the two never differ. */
static const struct {
	uint32_t api, ext, privileges, media, address;
	LONG code;
} opens[] = {
	{ V2_2, 0, OWNER, VOICE, 0, 0 },
	{ V1_4, 0, TWICE, VOICE, 0, 0 },
	{ V2_2, 0, LINECALLPRIVILEGE_NONE, 0, 0, 0 },
	{ V2_2, 0, OWNER | ONE_ADDRESS, VOICE, 0, 0 },
	{ V2_2, 7, OWNER, VOICE, 0, 0 },
	{ V2_2, 8, OWNER, VOICE, 0, LINEERR_INCOMPATIBLEEXTVERSION },
	{ 0, 0, OWNER, VOICE, 0, LINEERR_INCOMPATIBLEAPIVERSION },
	{ 0x00010002, 0, OWNER, VOICE, 0, LINEERR_INCOMPATIBLEAPIVERSION },
	{ 0x00040000, 0, OWNER, VOICE, 0, LINEERR_INCOMPATIBLEAPIVERSION },
	{ V2_2, 0, 0, VOICE, 0, LINEERR_INVALPRIVSELECT },
	{ V2_2, 0, OWNER | LINECALLPRIVILEGE_NONE, VOICE, 0, LINEERR_INVALPRIVSELECT },
	{ V2_2, 0, OWNER | 0x100, VOICE, 0, LINEERR_INVALPRIVSELECT },
	{ V1_4, 0, OWNER | ONE_ADDRESS, VOICE, 0, LINEERR_INVALPRIVSELECT },
	{ V2_2, 0, OWNER, 0, 0, LINEERR_INVALMEDIAMODE },
	{ V2_2, 0, OWNER, VOICE | 0x80000000, 0, LINEERR_INVALMEDIAMODE },
	{ V2_2, 0, OWNER | ONE_ADDRESS, VOICE, 99, LINEERR_INVALADDRESSID },
};

static void claim_open_row(struct mock *app, uint32_t number, int row)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen open = SNAPSHOT_OPEN__INIT;

	SET(&open, open, number);
	SET_ID(&open, device, 0);
	SET(&open, api_version, opens[row].api);
	SET(&open, ext_version, opens[row].ext);
	SET(&open, privileges, opens[row].privileges);
	SET(&open, media_modes, opens[row].media);
	SET(&open, address_id, opens[row].address);
	s.open = &open;
	mock_send(app, h, &s.base);
}

static int32_t open_row(struct mock *app, int row)
{
	LineOpen open = LINE_OPEN__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	SET_ID(&open, device, 0);
	SET(&open, api_version, opens[row].api);
	SET(&open, ext_version, opens[row].ext);
	SET(&open, privileges, opens[row].privileges);
	SET(&open, media_modes, opens[row].media);
	SET(&params, address_mode, LINEADDRESSMODE_ADDRESSID);
	SET(&params, address_id, opens[row].address);
	open.call_params = &params;
	return app_call(app, CALL_LineOpen, 0, &open.base);
}

START_TEST(claim_of_an_open_gets_what_lineopen_would)
{
	SnapshotLine line = SNAPSHOT_LINE__INIT;
	struct recovery f;
	struct mock *app;

	recovery_init_of(&f, ALICE);
	SET_ID(&line, device, 0);
	SET(&line, tspi_version, 0x00030000);
	SET(&line, ext_version, 7);
	recovery_tell_line(&f, &line);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, ALICE);
	claim_open_row(app, f.open, _i);
	recovery_claim_open(app, f.open + 1, 0);

	ck_assert_uint_eq(recovery_end(app)->n_lost_opens, opens[_i].code ? 1 : 0);
	ck_assert_int_eq(open_row(app, _i), opens[_i].code);
	world_fini(&f.w);
}
END_TEST

/* Its extensions and addresses are not known when the time for that is over. */
START_TEST(a_provider_that_is_slow_costs_no_claim)
{
	SnapshotLine line = SNAPSHOT_LINE__INIT;
	struct recovery f;
	struct mock *app;

	recovery_init_of(&f, ALICE);
	SET_ID(&line, device, 0);
	SET(&line, tspi_version, 0x00030000);
	SET(&line, ext_version, 7);
	recovery_tell_line(&f, &line);
	f.host->stops_at = CALL_TspiLineGetExtensionId;
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, ALICE);
	claim_open_row(app, f.open, _i ? 3 : 4);
	ck_assert_ptr_null(recovery_end(app));
	world_wait(&f.w, f.w.options.ready_ms);

	ck_assert_ptr_nonnull(mock_last(app, FRAME_RESYNC));
	ck_assert_uint_eq(((const Resync *)(const void *)mock_last(app, FRAME_RESYNC)->body)
					  ->n_lost_opens,
			0);
	world_fini(&f.w);
}
END_TEST

START_TEST(types_of_a_proxy_need_its_option)
{
	LineGetAgentCaps caps = LINE_GET_AGENT_CAPS__INIT;
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	uint32_t type = LINEPROXYREQUEST_GETAGENTCAPS;
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen open = SNAPSHOT_OPEN__INIT;
	struct recovery f;
	struct mock *app;

	recovery_init_of(&f, ALICE);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, ALICE);
	SET(&open, open, f.open);
	SET_ID(&open, device, 0);
	SET(&open, api_version, V2_2);
	SET(&open, privileges, MONITOR | (_i ? LINEOPENOPTION_PROXY : 0));
	open.n_proxy_requests = 1;
	open.proxy_requests = &type;
	s.open = &open;
	mock_send(app, h, &s.base);
	(void)recovery_end(app);
	SET_ID(&caps, device, 0);
	SET(&caps, app_api_version, V2_2);
	(void)app_send(app, CALL_LineGetAgentCaps, 0, &caps.base);

	ck_assert_uint_eq(app_events(app, LINE_PROXYREQUEST), _i ? 1 : 0);
	world_fini(&f.w);
}
END_TEST

/* Of a lineMakeCall that was under way. */
START_TEST(a_call_that_was_being_made_is_not_held_against_the_rules)
{
	struct recovery f;
	struct mock *app;
	uint64_t made = (uint64_t)1 << 32 | 2;

	recovery_init_of(&f, ALICE);
	world_reload(&f.w, "[access 4711]\nmonitor = all\n");
	recovery_tell_making(&f, CALL_LineMakeCall, &made, 1);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, ALICE);
	recovery_claim_open_as(app, f.open, 0, LINECALLPRIVILEGE_NONE);
	recovery_claim_request(app, 41, CALL_LineMakeCall, true);
	ck_assert_uint_eq(recovery_end(app)->n_lost_opens, 0);
	host_complete(f.host, 900, 0);
	world_turn(&f.w);

	ck_assert_int_eq(app_on_call(app, CALL_LineGetCallInfo, f.open, made),
			LINEERR_INVALCALLHANDLE);
	world_wait(&f.w, 10000);
	ck_assert_uint_ge(host_asked(f.host, CALL_LineDrop), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(lines_that_came_meanwhile_are_told_to_who_sees_them)
{
	struct recovery f;
	struct mock *app;

	recovery_init_of(&f, ALICE);
	world_reload(&f.w, "[access 4711]\nmonitor = line new\n");
	f.host->names[MOCK_LINES] = "new";
	mock_host_end_snapshot(f.host);
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	host_event(f.host, 0, LINE_CREATE, 0, 4712, 0, NULL);
	app = recovery_come_back(&f, ALICE);
	(void)recovery_end(app);

	ck_assert_uint_eq(app_events(app, LINE_CREATE), 1);
	ck_assert_uint_eq(seen_event(app_event(app, LINE_CREATE))->p1, MOCK_LINES);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core access claim");
	TCase *t = tcase_create("claim");

	tcase_add_test(t, a_monitor_does_not_come_back_as_an_owner);
	tcase_add_loop_test(t, claims_get_what_the_rules_give_now, 0,
			sizeof(claims) / sizeof(claims[0]));
	tcase_add_loop_test(t, claim_of_an_open_gets_what_lineopen_would, 0,
			sizeof(opens) / sizeof(opens[0]));
	tcase_add_loop_test(t, a_provider_that_is_slow_costs_no_claim, 0, 2);
	tcase_add_loop_test(t, types_of_a_proxy_need_its_option, 0, 2);
	tcase_add_test(t, a_call_that_was_being_made_is_not_held_against_the_rules);
	tcase_add_test(t, lines_that_came_meanwhile_are_told_to_who_sees_them);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
