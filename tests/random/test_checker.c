// SPDX-License-Identifier: MIT
/* test_checker.c - each rule of the checker is broken once, on purpose, and must be what it names.
 */
#include "../test_main.h"
#include "checker.h"
#include "rules.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 0x100, CALL = 0x200, OTHER = 0x201 };

static struct checker *c;
static char told[8][24]; /* the rules that were broken */
static unsigned told_count;

static void violated(void *arg, const char *rule, const char *text)
{
	(void)arg, (void)text;
	if (told_count < 8)
		(void)snprintf(told[told_count++], sizeof(told[0]), "%s", rule);
}

/* Two applications with a line, the first with a connected call that it owns, the second with the
 * same call as a monitor. */
static void setup(void)
{
	told_count = 0;
	c = checker_new(violated, NULL);
	ck_assert_ptr_nonnull(c);
	for (unsigned app = 0; app < 2; app++) {
		checker_begin(c, app);
		checker_line_opened(c, app, LINE);
	}
}

static void teardown(void)
{
	checker_free(c);
}

static void say(unsigned app, DWORD message, DWORD device, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	const LINEMESSAGE m = { device, message, 0, p1, p2, p3 };

	checker_message(c, app, &m);
}

static void ask(unsigned app, LONG id, const HCALL *made)
{
	const HCALL *const calls[CHECKER_NEW] = { made, NULL };

	checker_request(c, app, "lineSomething", id, LINE, calls);
}

static void give_calls(void)
{
	static HCALL made = CALL;

	ask(0, 1, &made);
	say(0, LINE_REPLY, 0, 1, 0, 0);
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_CONNECTED, 0, 0);
	say(1, LINE_APPNEWCALL, LINE, 0, CALL, LINECALLPRIVILEGE_MONITOR);
	say(1, LINE_CALLSTATE, CALL, LINECALLSTATE_CONNECTED, 0, LINECALLPRIVILEGE_MONITOR);
}

/* Both look at it; the numbers are what the first is told. */
struct look {
	DWORD owners, monitors, state, privilege, features, id, used;
	uint64_t number;
};

static const struct look good = { 1, 1, LINECALLSTATE_CONNECTED, LINECALLPRIVILEGE_OWNER,
	LINECALLFEATURE_DROP, 77, sizeof(LINECALLINFO), 7 };

static void look(struct look first)
{
	LINECALLINFO info = { .dwTotalSize = sizeof(info),
		.dwNeededSize = sizeof(info),
		.dwUsedSize = first.used,
		.dwCallID = first.id,
		.dwNumOwners = first.owners,
		.dwNumMonitors = first.monitors };
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status),
		.dwNeededSize = sizeof(status),
		.dwUsedSize = sizeof(status),
		.dwCallState = first.state,
		.dwCallPrivilege = first.privilege,
		.dwCallFeatures = first.features };

	checker_quiet_begin(c);
	checker_call_seen(c, 0, CALL, first.number, &info, &status);
	info.dwUsedSize = sizeof(info);
	info.dwNumOwners = info.dwNumMonitors = 1;
	status.dwCallState = LINECALLSTATE_CONNECTED;
	status.dwCallPrivilege = LINECALLPRIVILEGE_MONITOR;
	status.dwCallFeatures = LINECALLFEATURE_MONITORDIGITS;
	checker_call_seen(c, 1, CALL, 7, &info, &status);
	checker_quiet_end(c);
}

static void well_behaved(void)
{
	ask(0, 2, NULL);
	say(0, LINE_REPLY, 0, 2, (DWORD)LINEERR_INVALCALLSTATE, 0);
	checker_masks(c, 0, LINE, LINEDEVSTATE_RINGING, LINEADDRESSSTATE_NUMCALLS);
	say(0, LINE_LINEDEVSTATE, LINE, LINEDEVSTATE_RINGING, 0, 0);
	say(0, LINE_ADDRESSSTATE, LINE, 0, LINEADDRESSSTATE_NUMCALLS, 0);
	say(1, LINE_LINEDEVSTATE, LINE, LINEDEVSTATE_REINIT, 0, 0);
	say(0, LINE_CALLINFO, CALL, LINECALLINFOSTATE_NUMMONITORS, 0, 0);
	checker_generating(c, 0, CALL);
	say(0, LINE_GENERATE, CALL, LINEGENERATETERM_DONE, 0, 0);
	checker_gathering(c, 0, CALL);
	say(0, LINE_GATHERDIGITS, CALL, LINEGATHERTERM_CANCEL, 0, 0);
	look(good);
	checker_call_privilege(c, 1, CALL, LINECALLPRIVILEGE_MONITOR);
	say(1, LINE_CALLSTATE, CALL, LINECALLSTATE_CONNECTED, 0, LINECALLPRIVILEGE_OWNER);
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_IDLE, 0, 0);
	checker_call_freed(c, 0, CALL);
	checker_call_got(c, 0, CALL, LINE); /* freed before: may be given again */
	say(1, LINE_CLOSE, LINE, 0, 0, 0);
	checker_line_opened(c, 1, LINE);
}

/* --- one story for each rule ---------------------------------------------------------------- */

static void request_id(void)
{
	ask(0, 5, NULL);
	ask(0, 5, NULL);
}

static void request_id_of_0(void)
{
	ask(0, 0, NULL);
}

static void reply_unknown(void)
{
	say(0, LINE_REPLY, 0, 99, 0, 0);
}

static void reply_twice(void)
{
	say(0, LINE_REPLY, 0, 1, 0, 0);
}

static void reply_missing(void)
{
	ask(0, 2, NULL);
	look(good);
}

static void reply_value(void)
{
	ask(0, 2, NULL);
	say(0, LINE_REPLY, 0, 2, 7, 0);
}

static void new_handle(void)
{
	static HCALL made;

	ask(0, 2, &made);
	say(0, LINE_REPLY, 0, 2, 0, 0);
}

static void handle_reused(void)
{
	static HCALL made = CALL;

	ask(0, 2, &made);
	say(0, LINE_REPLY, 0, 2, 0, 0);
}

static void line_handle_reused(void)
{
	checker_line_opened(c, 0, LINE);
}

static void event_first(void)
{
	say(0, LINE_CALLSTATE, OTHER, LINECALLSTATE_DIALTONE, 0, 0);
}

static void event_late(void)
{
	checker_call_freed(c, 0, CALL);
	say(0, LINE_MONITORDIGITS, CALL, '1', LINEDIGITMODE_DTMF, 0);
}

static void event_after_close(void)
{
	checker_line_closed(c, 0, LINE);
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_IDLE, 0, 0);
}

static void line_unknown(void)
{
	say(0, LINE_ADDRESSSTATE, OTHER, 0, LINEADDRESSSTATE_OTHER, 0);
}

static void line_closed(void)
{
	say(0, LINE_CLOSE, LINE, 0, 0, 0);
	say(0, LINE_LINEDEVSTATE, LINE, LINEDEVSTATE_RINGING, 0, 0);
}

static void state_bits(void)
{
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_BUSY | LINECALLSTATE_IDLE, 0, 0);
}

static void state_bits_none(void)
{
	say(0, LINE_CALLSTATE, CALL, 0, 0, 0);
}

static void state_idle(void)
{
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_IDLE, 0, 0);
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_CONNECTED, 0, 0);
}

static void state_privilege(void)
{
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_BUSY, 0,
			LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR);
}

static void new_call_held(void)
{
	say(0, LINE_APPNEWCALL, LINE, 0, CALL, LINECALLPRIVILEGE_OWNER);
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_CONNECTED, 0, LINECALLPRIVILEGE_OWNER);
}

static void new_call_privilege(void)
{
	say(0, LINE_APPNEWCALL, LINE, 0, OTHER, LINECALLPRIVILEGE_NONE);
	say(0, LINE_CALLSTATE, OTHER, LINECALLSTATE_OFFERING, 0, LINECALLPRIVILEGE_OWNER);
}

static void new_call_alone(void)
{
	say(0, LINE_APPNEWCALL, LINE, 0, OTHER, LINECALLPRIVILEGE_OWNER);
	say(0, LINE_CALLINFO, CALL, LINECALLINFOSTATE_OTHER, 0, 0);
}

static void masked_line(void)
{
	say(0, LINE_LINEDEVSTATE, LINE, LINEDEVSTATE_RINGING, 0, 0);
}

static void masked_address(void)
{
	say(0, LINE_ADDRESSSTATE, LINE, 0, LINEADDRESSSTATE_FORWARD, 0);
}

static void info_bits(void)
{
	say(0, LINE_CALLINFO, CALL, 0, 0, 0);
}

static void info_idle(void)
{
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_IDLE, 0, 0);
	say(0, LINE_CALLINFO, CALL, LINECALLINFOSTATE_NUMOWNERDECR, 0, 0);
}

static void conference(void)
{
	say(0, LINE_CALLSTATE, CALL, LINECALLSTATE_CONFERENCED, OTHER, 0);
}

static void generate(void)
{
	checker_generating(c, 0, CALL);
	say(0, LINE_GENERATE, CALL, LINEGENERATETERM_DONE, 0, 0);
	say(0, LINE_GENERATE, CALL, LINEGENERATETERM_DONE, 0, 0);
}

static void gather(void)
{
	say(0, LINE_GATHERDIGITS, CALL, LINEGATHERTERM_CANCEL, 0, 0);
}

static void look_with(struct look wrong)
{
	look(wrong);
}

static void sizes(void)
{
	struct look wrong = good;

	wrong.used++;
	look_with(wrong);
}

static void owners(void)
{
	struct look wrong = good;

	wrong.owners = 2;
	look_with(wrong);
}

static void monitors(void)
{
	struct look wrong = good;

	wrong.monitors = 0;
	look_with(wrong);
}

static void state_differs(void)
{
	struct look wrong = good;

	wrong.state = LINECALLSTATE_ONHOLD;
	look_with(wrong);
}

static void privilege_differs(void)
{
	struct look wrong = good;

	wrong.privilege = LINECALLPRIVILEGE_NONE;
	look_with(wrong);
}

static void features(void)
{
	struct look wrong = good;

	checker_call_privilege(c, 0, CALL, LINECALLPRIVILEGE_MONITOR);
	wrong.privilege = LINECALLPRIVILEGE_MONITOR;
	wrong.number = 8; /* of its own, so that the counts are no matter */
	wrong.owners = 0;
	look_with(wrong);
}

static void hub(void)
{
	struct look wrong = good;

	wrong.id = 0;
	look_with(wrong);
}

static const struct {
	const char *rule;
	void (*tell)(void);
} stories[] = {
	{ "request_id", request_id },
	{ "request_id", request_id_of_0 },
	{ "reply_unknown", reply_unknown },
	{ "reply_twice", reply_twice },
	{ "reply_missing", reply_missing },
	{ "reply_value", reply_value },
	{ "new_handle", new_handle },
	{ "handle_reused", handle_reused },
	{ "handle_reused", line_handle_reused },
	{ "event_first", event_first },
	{ "event_late", event_late },
	{ "event_late", event_after_close },
	{ "line_unknown", line_unknown },
	{ "line_closed", line_closed },
	{ "state_bits", state_bits },
	{ "state_bits", state_bits_none },
	{ "state_idle", state_idle },
	{ "state_privilege", state_privilege },
	{ "new_call_held", new_call_held },
	{ "new_call_privilege", new_call_privilege },
	{ "new_call_alone", new_call_alone },
	{ "masked", masked_line },
	{ "masked", masked_address },
	{ "info_bits", info_bits },
	{ "info_idle", info_idle },
	{ "conference", conference },
	{ "generate", generate },
	{ "gather", gather },
	{ "sizes", sizes },
	{ "owners", owners },
	{ "monitors", monitors },
	{ "state_differs", state_differs },
	{ "privilege_differs", privilege_differs },
	{ "features", features },
	{ "hub", hub },
};

enum { STORIES = sizeof(stories) / sizeof(stories[0]) };

START_TEST(a_rule_that_is_broken_is_named)
{
	give_calls();
	ck_assert_uint_eq(told_count, 0);

	stories[_i].tell();

	ck_assert_msg(told_count > 0, "%s: nothing was said", stories[_i].rule);
	ck_assert_str_eq(told[0], stories[_i].rule);
}
END_TEST

START_TEST(who_behaves_well_breaks_none)
{
	give_calls();

	well_behaved();

	ck_assert_msg(told_count == 0, "%s", told[0]);
}
END_TEST

START_TEST(each_rule_has_a_story)
{
	static const char *const names[] = {
#define RULE_NAME(name, text) #name,
		CHECKER_RULES(RULE_NAME)
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		bool found = false;

		for (int s = 0; s < STORIES; s++)
			found = found || strcmp(stories[s].rule, names[i]) == 0;
		ck_assert_msg(found, "%s is broken by no story", names[i]);
	}
}
END_TEST

static Suite *checker_suite(void)
{
	Suite *s = suite_create("checker");
	TCase *t = tcase_create("rules");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_rule_that_is_broken_is_named, 0, STORIES);
	tcase_add_test(t, who_behaves_well_breaks_none);
	tcase_add_test(t, each_rule_has_a_story);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(checker_suite())
