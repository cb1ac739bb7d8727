// SPDX-License-Identifier: MIT
/* test_access_rules.c - the rules of [access]: who sees and may do what, and what becomes of what
 * is open when they change. */
#include "../test_main.h"
#include "mock_host.h"
#include "phones.h"
#include "tapisrvd/session.h"

#include <string.h>
#include <unistd.h>

enum { ALICE = 4711, BOB = 4712 };

struct fixture {
	struct world w;
	struct mock *host, *other, *alice, *bob;
};

/* Lines 0 to 3 and a phone are the mock's, 4 to 7 the other's; all but three are called "mock
 * line".
 */
static void set_up(struct fixture *f, const char *rules)
{
	world_init(&f->w, "mock", "other");
	f->host = world_raw(&f->w, true, 0);
	f->host->phones = 1;
	(void)world_host_on(f->host, "mock");
	f->other = world_raw(&f->w, true, 0);
	f->other->names[0] = "red, or so";
	f->other->names[1] = "green";
	f->other->names[2] = "greenish";
	(void)world_host_on(f->other, "other");
	world_reload(&f->w, rules);
	f->alice = world_app_of(&f->w, "alice", ALICE);
	f->bob = world_app_of(&f->w, "bob", BOB);
}

/* What asking for its capabilities says. */
static int32_t sees(struct mock *app, uint32_t device)
{
	LineNegotiateApiVersion m = LINE_NEGOTIATE_API_VERSION__INIT;

	SET_ID(&m, device, device);
	SET(&m, api_low_version, 0x00010003);
	SET(&m, api_high_version, 0x00020002);
	return app_call(app, CALL_LineNegotiateApiVersion, 0, &m.base);
}

static const char *last_sentence(const struct mock *app)
{
	const Failure *failure = seen_failure(app_answer(app, FRAME_RETURN, app->serial));

	return failure ? failure->sentence : "";
}

static const char *last_cause(const struct mock *app)
{
	const Failure *failure = seen_failure(app_answer(app, FRAME_RETURN, app->serial));

	return failure && failure->cause ? failure->cause : "";
}

/* A digit for each line: 0 nothing, 1 sees, 2 owns. */
static const char *what_of(struct mock *app)
{
	static char text[2 * MOCK_LINES + 1];

	for (uint32_t i = 0; i < 2 * MOCK_LINES; i++) {
		uint32_t open = 0;

		text[i] = '0';
		if (sees(app, i))
			continue;
		open = app_open(app, i, OWNER, VOICE);
		text[i] = open ? '2' : '1';
	}
	return text;
}

static const struct {
	const char *rules, *alice, *bob;
} tables[] = {
	{ "", "22222222", "22222222" },
	{ "[access *]\n", "00000000", "00000000" },
	{ "[access *]\nmonitor = all\n[access 4711]\nown = line green\n", "11111211", "11111111" },
	{ "[access 4711]\nown = line green*\nmonitor = all\n", "11111221", "00000000" },
	{ "[access 4712]\nown = line mock line\n", "00000000", "22220002" },
	{ "[access 4711]\nown = line other/*\n", "00002222", "00000000" },
	{ "[access 4711]\nmonitor = line other/gre?n, line red? or so, line none\n", "00001100",
			"00000000" },
	{ "[access 4711]\nown = phone *\n", "00000000", "00000000" },
	{ "[access 4711]\nmonitor = line *o*i*\n[access 4711]\nown = line *n\n", "11110201",
			"00000000" },
	{ "[access 4712]\nadministrate = all\n", "00000000", "22222222" },
	{ "[access no-such-user]\nown = all\n", "00000000", "00000000" },
	{ "[access *]\nown = all\nmonitor = all\n[access 4711]\nmonitor = all\n", "22222222",
			"22222222" },
};

START_TEST(rules_add_up)
{
	struct fixture f;

	set_up(&f, tables[_i].rules);
	ck_assert_str_eq(what_of(f.alice), tables[_i].alice);
	ck_assert_str_eq(what_of(f.bob), tables[_i].bob);
	ck_assert_str_eq(what_of(world_app(&f.w, "the daemon's")), "22222222");
	world_fini(&f.w);
}
END_TEST

/* Of the test's own process, whatever user it plays. */
START_TEST(groups_are_those_of_the_process)
{
	struct fixture f;
	char rules[80];

	(void)snprintf(rules, sizeof(rules),
			"[access @%u]\nmonitor = all\n[access @4713]\nown = all\n",
			(unsigned)getegid());
	set_up(&f, rules);
	ck_assert_str_eq(what_of(f.alice), "11111111");
	world_reload(&f.w, "[access @4713]\nown = all\n");
	ck_assert_str_eq(what_of(f.alice), "00000000");
	world_fini(&f.w);
}
END_TEST

/* Who is away for a moment loses nothing for that. */
START_TEST(groups_are_remembered_while_the_connection_is_away)
{
	struct fixture f;
	struct session *s;
	char rules[80];

	(void)snprintf(rules, sizeof(rules), "[access @%u]\nown = all\n", (unsigned)getegid());
	set_up(&f, rules);
	(void)app_open(f.alice, 0, OWNER, VOICE);
	s = session_find(f.w.core, f.alice->session, ALICE);
	mock_send(f.alice, (struct frame_header){ .kind = FRAME_RESYNC }, NULL);
	world_turn(&f.w);
	ck_assert_ptr_null(s->client);
	world_reload(&f.w, rules);
	ck_assert_uint_eq(s->open_count, 1);
	world_reload(&f.w, "[access @4713]\nown = all\n");
	ck_assert_uint_eq(s->open_count, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_refusal_names_the_rule)
{
	struct fixture f;

	set_up(&f, "# a comment\n[access 4711]\nmonitor = line gree?\n");
	ck_assert_int_eq(sees(f.alice, 0), LINEERR_NODEVICE);
	ck_assert_str_eq(last_cause(f.alice), "not allowed");
	ck_assert_str_eq(last_sentence(f.alice), "no rule in [access] lets user 4711 see line 0");

	ck_assert_uint_eq(app_open(f.alice, 5, OWNER, VOICE), 0);
	ck_assert_int_eq(app_answer(f.alice, FRAME_RETURN, f.alice->serial)->h.result,
			LINEERR_OPERATIONFAILED);
	ck_assert_str_eq(last_cause(f.alice), "not allowed");
	ck_assert_str_eq(last_sentence(f.alice),
			"user 4711 may only monitor line 5 (green): no rule goes beyond \"monitor "
			"= "
			"line gree?\" in [access 4711], line 3 of the configuration");
	world_fini(&f.w);
}
END_TEST

START_TEST(who_may_monitor_makes_no_calls)
{
	struct fixture f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	uint64_t call;
	uint32_t open;

	set_up(&f, "[access *]\nmonitor = all\n");
	open = app_open(f.alice, 0, LINECALLPRIVILEGE_NONE, 0);
	ck_assert_uint_ne(open, 0);
	SET_ID(&m, line, 0);
	ck_assert_int_eq(app_call(f.alice, CALL_LineMakeCall, open, &m.base),
			LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineMakeCall), 0);

	open = app_open(f.alice, 0, MONITOR, 0);
	(void)app_open(world_app(&f.w, "owner"), 0, OWNER, VOICE);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_int_eq(app_on_call(f.alice, CALL_LineGetCallInfo, open, call), 0);
	{
		LineSetCallPrivilege p = LINE_SET_CALL_PRIVILEGE__INIT;

		SET_ID(&p, call, call);
		SET(&p, call_privilege, OWNER);
		ck_assert_int_eq(app_call(f.alice, CALL_LineSetCallPrivilege, open, &p.base),
				LINEERR_OPERATIONFAILED);
		SET(&p, call_privilege, MONITOR);
		ck_assert_int_eq(app_call(f.alice, CALL_LineSetCallPrivilege, open, &p.base), 0);
	}
	world_fini(&f.w);
}
END_TEST

START_TEST(who_comes_late_gets_calls_of_lines_that_it_sees)
{
	struct fixture f;
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;
	const LineGetNewCallsReply *reply;
	uint64_t call;
	uint32_t open;

	set_up(&f, "[access 4711]\nmonitor = all\n");
	(void)app_open(world_app(&f.w, "owner"), 0, OWNER, VOICE);
	call = host_new_call(f.host, 0, VOICE);
	open = app_open(f.alice, 0, LINECALLPRIVILEGE_NONE, 0);
	SET_ID(&m, line, 0);
	SET(&m, select, LINECALLSELECT_LINE);
	SET(&m, call_list, 100);
	ck_assert_int_eq(app_call(f.alice, CALL_LineGetNewCalls, open, &m.base), 0);
	reply = (const void *)app_answer(f.alice, FRAME_RETURN, f.alice->serial)->body;
	ck_assert_uint_eq(reply->call_list->n_calls, 1);

	ck_assert_int_eq(app_on_call(f.alice, CALL_LineDrop, open, call), LINEERR_NOTOWNER);
	ck_assert_uint_eq(app_open(f.bob, 0, LINECALLPRIVILEGE_NONE, 0), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_call_is_not_handed_to_who_may_only_monitor)
{
	struct fixture f;
	struct mock *owner;
	LineHandoff m = LINE_HANDOFF__INIT;
	uint64_t call;
	uint32_t open;

	set_up(&f, "[access 4711]\nmonitor = all\n[access 4712]\nown = all\n");
	owner = world_app(&f.w, "owner");
	open = app_open(owner, 0, OWNER, VOICE);
	call = host_new_call(f.host, 0, VOICE);
	(void)app_open(f.alice, 0, MONITOR, 0);
	SET_ID(&m, call, call);
	m.file_name = (char *)"alice";
	ck_assert_int_eq(app_call(owner, CALL_LineHandoff, open, &m.base), LINEERR_TARGETNOTFOUND);
	ck_assert_uint_ne(app_open(f.bob, 0, OWNER, VOICE), 0);
	m.file_name = (char *)"bob";
	ck_assert_int_eq(app_call(owner, CALL_LineHandoff, open, &m.base), 0);
	world_fini(&f.w);
}
END_TEST

static uint32_t mapped(struct mock *app, uint32_t privileges)
{
	const LineOpenReply *reply;

	if (!app_open(app, LINEMAPPER, privileges, VOICE))
		return LINEMAPPER;
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;
	return reply->device;
}

START_TEST(linemapper_finds_what_one_may_open)
{
	struct fixture f;

	set_up(&f, "[access 4711]\nmonitor = line mock*\nown = line green\n");
	ck_assert_uint_eq(mapped(f.alice, MONITOR), 0);
	ck_assert_uint_eq(mapped(f.alice, OWNER), 5);
	ck_assert_uint_eq(mapped(f.bob, MONITOR), LINEMAPPER);
	ck_assert_int_eq(app_answer(f.bob, FRAME_RETURN, f.bob->serial)->h.result,
			LINEERR_LINEMAPPERFAILED);
	world_fini(&f.w);
}
END_TEST

START_TEST(phones_have_rules_of_their_own)
{
	struct fixture f;

	set_up(&f, "[access 4711]\nmonitor = phone mock phone\n[access 4712]\nown = line *\n");
	ck_assert_int_eq(phones_try_open(f.alice, 0, 0x00020002, PHONEPRIVILEGE_MONITOR, 0), 0);
	ck_assert_int_eq(phones_try_open(f.alice, 0, 0x00020002, PHONEPRIVILEGE_OWNER, 0),
			PHONEERR_OPERATIONFAILED);
	ck_assert_int_eq(phones_try_open(f.bob, 0, 0x00020002, PHONEPRIVILEGE_MONITOR, 0),
			PHONEERR_NODEVICE);
	world_fini(&f.w);
}
END_TEST

START_TEST(what_nobody_may_see_is_told_to_nobody)
{
	struct fixture f;

	set_up(&f, "[access 4711]\nmonitor = line new\n");
	f.host->names[2 * MOCK_LINES] = "new";
	host_event(f.host, 0, LINE_CREATE, 0, 1, 0, NULL);
	host_event(f.host, 0, LINE_CREATE, 0, 2, 0, NULL);
	ck_assert_uint_eq(app_events(f.alice, LINE_CREATE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.alice, LINE_CREATE))->p1, 2 * MOCK_LINES);
	ck_assert_uint_eq(app_events(f.bob, LINE_CREATE), 0);

	host_event(f.host, 0, LINE_REMOVE, 2 * MOCK_LINES, 0, 0, NULL);
	host_event(f.host, 0, LINE_REMOVE, 2 * MOCK_LINES + 1, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.alice, LINE_REMOVE), 1);
	ck_assert_uint_eq(app_events(f.bob, LINE_REMOVE), 0);
	world_fini(&f.w);
}
END_TEST

/* --- Rules that change ----------------------------------------------------------------------- */

static const char *reason_of(const struct mock *app, uint32_t msg)
{
	const struct seen *s = app_event(app, msg);

	return s && seen_event(s)->reason ? seen_event(s)->reason->sentence : "";
}

START_TEST(an_owner_who_may_only_monitor_now_loses_the_line)
{
	struct fixture f;
	LineClose m = LINE_CLOSE__INIT;
	uint32_t open, watch;
	uint64_t call;

	set_up(&f, "");
	open = app_open(f.alice, 0, OWNER, VOICE);
	watch = app_open(f.alice, 1, MONITOR, 0);
	(void)app_open(f.bob, 0, OWNER, VOICE);
	call = app_make_call(f.alice, open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	world_reload(&f.w, "[access 4711]\nmonitor = all\n[access 4712]\nown = all\n");

	ck_assert_uint_eq(app_events(f.alice, LINE_CLOSE), 1);
	ck_assert_str_eq(reason_of(f.alice, LINE_CLOSE),
			"by the rules in [access] user 4711 may only monitor line 0 now");
	ck_assert_uint_eq(app_events(f.alice, LINE_REMOVE), 0);
	ck_assert_int_eq(app_on_call(f.alice, CALL_LineDrop, open, call), LINEERR_INVALCALLHANDLE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1); /* by the core: it was its alone */
	ck_assert_uint_eq(app_events(f.bob, LINE_CLOSE), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 0);
	SET_ID(&m, line, 1);
	ck_assert_int_eq(app_call(f.alice, CALL_LineClose, watch, &m.base), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_call_that_others_own_goes_on)
{
	struct fixture f;
	LineHandoff m = LINE_HANDOFF__INIT;
	uint32_t open, bobs;
	uint64_t call;

	set_up(&f, "");
	open = app_open(f.alice, 0, OWNER, VOICE);
	bobs = app_open(f.bob, 0, OWNER, VOICE);
	call = app_make_call(f.alice, open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	SET_ID(&m, call, call);
	m.file_name = (char *)"bob";
	ck_assert_int_eq(app_call(f.alice, CALL_LineHandoff, open, &m.base), 0);
	world_reload(&f.w, "[access 4712]\nown = all\n");

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_int_eq(app_on_call(f.bob, CALL_LineHold, bobs, call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(what_goes_out_of_sight_is_removed_and_comes_back)
{
	struct fixture f;

	set_up(&f, "[access 4711]\nmonitor = line mock line\n");
	(void)app_open(f.alice, 2, MONITOR, 0);
	world_reload(&f.w, "[access 4711]\nmonitor = line green\n");

	ck_assert_uint_eq(app_events(f.alice, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_events(f.alice, LINE_REMOVE), MOCK_LINES + 1);
	ck_assert_uint_eq(app_events(f.alice, LINE_CREATE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.alice, LINE_CREATE))->p1, 5);
	ck_assert_uint_eq(app_events(f.bob, LINE_REMOVE) + app_events(f.bob, LINE_CREATE), 0);
	ck_assert_int_eq(sees(f.alice, 2), LINEERR_NODEVICE);
	world_reload(&f.w, "");
	ck_assert_uint_eq(app_events(f.alice, LINE_CREATE), 1 + 2 * MOCK_LINES - 1);
	ck_assert_uint_eq(app_events(f.alice, PHONE_CREATE), 1);
	ck_assert_int_eq(sees(f.alice, 2), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_line_opened_for_calls_alone_goes_with_its_call)
{
	struct fixture f;
	uint32_t open, idle;
	uint64_t call;

	set_up(&f, "");
	open = app_open(f.alice, 0, LINECALLPRIVILEGE_NONE, 0);
	idle = app_open(f.bob, 0, LINECALLPRIVILEGE_NONE, 0);
	call = app_make_call(f.alice, open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	world_reload(&f.w, "[access *]\nmonitor = all\n");

	ck_assert_uint_eq(app_events(f.alice, LINE_CLOSE), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(app_events(f.bob, LINE_CLOSE), 0);
	ck_assert_uint_ne(idle, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_call_that_is_being_made_is_dropped_when_it_lives)
{
	struct fixture f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	uint32_t open, serial;
	const struct seen *asked;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;

	set_up(&f, "");
	open = app_open(f.alice, 0, LINECALLPRIVILEGE_NONE, 0);
	(void)app_open(f.bob, 0, MONITOR, 0);
	f.host->manual[CALL_LineMakeCall] = f.host->manual[CALL_TspiProviderConfigured] = true;
	SET_ID(&m, line, 0);
	serial = app_send(f.alice, CALL_LineMakeCall, open, &m.base);
	world_reload(&f.w, "[access *]\nmonitor = all\n");
	ck_assert_uint_eq(app_events(f.alice, LINE_CLOSE), 1);
	asked = host_request(f.host, CALL_LineMakeCall);
	SET_ID(&reply, call, (uint64_t)f.host->provider_id << 32 | 9);
	host_return(f.host, asked, 0, &reply.base);
	host_complete(f.host, asked->h.serial, 0);
	world_turn(&f.w);

	ck_assert_uint_eq(app_answers(f.alice, FRAME_COMPLETION, serial), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(an_open_that_waits_fails)
{
	struct fixture f;
	LineOpen m = LINE_OPEN__INIT;
	uint32_t serial;
	const struct seen *s;

	set_up(&f, "");
	f.host->manual[CALL_TspiLineOpen] = f.host->manual[CALL_TspiProviderConfigured] = true;
	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, OWNER);
	SET(&m, media_modes, VOICE);
	serial = app_send(f.alice, CALL_LineOpen, 0, &m.base);
	ck_assert_ptr_null(app_answer(f.alice, FRAME_RETURN, serial));
	world_reload(&f.w, "[access *]\nmonitor = all\n");

	s = app_answer(f.alice, FRAME_RETURN, serial);
	ck_assert_ptr_nonnull(s);
	ck_assert_int_eq(s->h.result, LINEERR_OPERATIONFAILED);
	host_return(f.host, host_request(f.host, CALL_TspiLineOpen), 0, NULL);
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 1); /* for nobody */
	world_fini(&f.w);
}
END_TEST

START_TEST(a_name_that_changes_changes_who_may)
{
	struct fixture f;

	set_up(&f, "[access 4711]\nown = line green\n[access 4712]\nmonitor = line blue\n");
	ck_assert_uint_ne(app_open(f.alice, 5, OWNER, VOICE), 0);
	f.other->names[1] = "blue";
	host_event(f.other, 5, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);

	ck_assert_uint_eq(app_events(f.alice, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_events(f.alice, LINE_REMOVE), 1);
	ck_assert_uint_eq(app_events(f.bob, LINE_CREATE), 1);
	ck_assert_uint_ne(app_open(f.bob, 5, MONITOR, 0), 0);
	f.other->fail[CALL_LineGetDevCaps] = LINEERR_OPERATIONFAILED; /* whose line is it now? */
	host_event(f.other, 5, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.bob, LINE_CLOSE), 1);
	ck_assert_int_eq(sees(f.bob, 5), LINEERR_NODEVICE);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_phone_is_taken_as_a_line_is)
{
	struct fixture f;

	set_up(&f, "");
	ck_assert_int_eq(phones_try_open(f.alice, 0, 0x00020002, PHONEPRIVILEGE_OWNER, 0), 0);
	ck_assert_int_eq(phones_try_open(f.bob, 0, 0x00020002, PHONEPRIVILEGE_MONITOR, 0), 0);
	world_reload(&f.w, "[access *]\nmonitor = phone *\n");

	ck_assert_uint_eq(app_events(f.alice, PHONE_CLOSE), 1);
	ck_assert_uint_eq(app_events(f.bob, PHONE_CLOSE), 0);
	ck_assert_uint_eq(app_events(f.alice, PHONE_REMOVE), 0);
	ck_assert_uint_eq(app_events(f.alice, LINE_REMOVE), 2 * MOCK_LINES);
	ck_assert_int_eq(phones_try_open(world_app(&f.w, "owner"), 0, 0x00020002,
					 PHONEPRIVILEGE_OWNER, 0),
			0);
	world_fini(&f.w);
}
END_TEST

START_TEST(an_administrator_is_one_as_long_as_the_rule_is_there)
{
	struct fixture f;
	TapixGetProviderKeys m = TAPIX_GET_PROVIDER_KEYS__INIT;

	set_up(&f, "[access 4711]\nadministrate = all\n");
	SET(&m, permanent_provider_id, 99);
	ck_assert_int_eq(app_call(f.alice, CALL_TapixGetProviderKeys, 0, &m.base),
			LINEERR_INVALPARAM); /* there is none */
	ck_assert_int_eq(app_call(f.bob, CALL_TapixGetProviderKeys, 0, &m.base),
			LINEERR_OPERATIONFAILED);
	ck_assert_str_eq(last_cause(f.bob), "not allowed");
	world_reload(&f.w, "[access 4711]\nown = all\n");
	ck_assert_int_eq(app_call(f.alice, CALL_TapixGetProviderKeys, 0, &m.base),
			LINEERR_OPERATIONFAILED);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core access rules");
	TCase *t = tcase_create("rules");

	tcase_add_loop_test(t, rules_add_up, 0, sizeof(tables) / sizeof(tables[0]));
	tcase_add_test(t, groups_are_those_of_the_process);
	tcase_add_test(t, groups_are_remembered_while_the_connection_is_away);
	tcase_add_test(t, a_refusal_names_the_rule);
	tcase_add_test(t, who_may_monitor_makes_no_calls);
	tcase_add_test(t, who_comes_late_gets_calls_of_lines_that_it_sees);
	tcase_add_test(t, a_call_is_not_handed_to_who_may_only_monitor);
	tcase_add_test(t, linemapper_finds_what_one_may_open);
	tcase_add_test(t, phones_have_rules_of_their_own);
	tcase_add_test(t, what_nobody_may_see_is_told_to_nobody);
	tcase_add_test(t, an_owner_who_may_only_monitor_now_loses_the_line);
	tcase_add_test(t, a_call_that_others_own_goes_on);
	tcase_add_test(t, what_goes_out_of_sight_is_removed_and_comes_back);
	tcase_add_test(t, a_line_opened_for_calls_alone_goes_with_its_call);
	tcase_add_test(t, a_call_that_is_being_made_is_dropped_when_it_lives);
	tcase_add_test(t, an_open_that_waits_fails);
	tcase_add_test(t, a_name_that_changes_changes_who_may);
	tcase_add_test(t, a_phone_is_taken_as_a_line_is);
	tcase_add_test(t, an_administrator_is_one_as_long_as_the_rule_is_there);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
