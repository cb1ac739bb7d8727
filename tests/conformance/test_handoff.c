// SPDX-License-Identifier: MIT
/* test_handoff.c - a call that goes from one application to another: by name, by media mode, to one
 * that has it already, to an old one; and which one is the first to get a call. */
#include "app.h"

#include <tapi3.h>

#include <string.h>

#define OWNER   LINECALLPRIVILEGE_OWNER
#define MONITOR LINECALLPRIVILEGE_MONITOR
#define VOICE   LINEMEDIAMODE_INTERACTIVEVOICE
#define FAX     LINEMEDIAMODE_G3FAX
#define UNKNOWN LINEMEDIAMODE_UNKNOWN
#define COUNTS                                                                                     \
	(LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMOWNERDECR |                         \
			LINECALLINFOSTATE_NUMMONITORS)

/* What a function in an application is asked with. */
struct ask {
	HCALL call;
	const char *name; /* static data: the same everywhere */
	DWORD mode;
	LONG want;
};

static void hand_off(void *arg)
{
	struct ask *a = arg;

	if (a->want)
		expect_error(lineHandoff(a->call, a->name, a->mode), a->want);
	else
		expect_ok(lineHandoff(a->call, a->name, a->mode));
}

static void by_name(struct app *app, HCALL call, const char *name)
{
	app_do(app, hand_off, &(struct ask){ call, name, 0, 0 }, sizeof(struct ask));
}

static void by_mode(struct app *app, HCALL call, DWORD mode, LONG want)
{
	app_do(app, hand_off, &(struct ask){ call, NULL, mode, want }, sizeof(struct ask));
}

static void do_open(void *arg)
{
	const DWORD *modes = arg;

	(void)open_line(1, OWNER, *modes);
}

/* Line 1, as owner for these media modes. */
static void waits_for(struct app *app, DWORD modes)
{
	app_do(app, do_open, &modes, sizeof(modes));
}

static void do_deallocate(void *arg)
{
	expect_ok(lineDeallocateCall(*(HCALL *)arg));
}

static void let_go(struct app *app, HCALL call)
{
	app_do(app, do_deallocate, &call, sizeof(call));
}

static void do_owners(void *arg)
{
	struct ask *a = arg;

	expect_eq(info_of(a->call)->dwNumOwners, a->mode);
}

static void has_owners(struct app *app, HCALL call, DWORD count)
{
	app_do(app, do_owners, &(struct ask){ .call = call, .mode = count }, sizeof(struct ask));
}

static void do_take(void *arg)
{
	struct ask *a = arg;
	struct message m = next(LINE_APPNEWCALL), s;

	expect_eq(m.p3, OWNER);
	a->call = (HCALL)m.p2;
	s = next_state(a->call, a->mode);
	expect_eq(s.at, m.at + 1);
	expect_eq(s.p3, OWNER);
	expect_eq(status_of(a->call)->dwCallPrivilege, OWNER);
	expect_eq(state_of(a->call), a->mode);
}

/* The call that is given to it, as its owner, in this state. */
static HCALL is_given(struct app *app, DWORD state)
{
	struct ask a = { .mode = state };

	app_do(app, do_take, &a, sizeof(a));
	return a.call;
}

static void expect_counts(void *arg)
{
	struct ask *a = arg;
	struct message m;

	do /* the provider has its own news */
		m = next_of(LINE_CALLINFO, a->call);
	while (!(m.p1 & COUNTS));
	expect_eq(m.p1, a->mode);
}

static void hears(struct app *app, HCALL call, DWORD bits)
{
	app_do(app, expect_counts, &(struct ask){ .call = call, .mode = bits }, sizeof(struct ask));
}

static void expect_no_counts(void *arg)
{
	const HCALL call = *(HCALL *)arg;

	expect_none(LINE_CALLINFO, call, LINECALLINFOSTATE_NUMOWNERINCR);
	expect_none(LINE_CALLINFO, call, LINECALLINFOSTATE_NUMMONITORS);
}

static void drop(void *arg)
{
	done(lineDrop(*(HCALL *)arg, NULL, 0));
}

static void given_by_name_the_call_lives_on_with_the_target(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *giver = app_start(w, "giver", 0),
		   *target = app_start(w, "target", 0), *watcher = app_start(w, "watcher", 0);
	HCALL theirs, seen;
	struct connected c;

	(void)app_open_line(watcher, 1, MONITOR);
	c = app_connect(caller, 0, giver, 1);
	waits_for(target, FAX); /* the media modes do not matter */
	seen = app_new_call(watcher, LINECALLSTATE_OFFERING);
	by_name(giver, c.to, "target");
	theirs = is_given(target, LINECALLSTATE_CONNECTED);
	hears(watcher, seen, LINECALLINFOSTATE_NUMOWNERINCR);
	app_do(giver, expect_no_counts, &c.to, sizeof(c.to));
	app_do(target, expect_no_counts, &theirs, sizeof(theirs));
	has_owners(giver, c.to, 2); /* its privilege is as it was */

	let_go(giver, c.to);
	hears(watcher, seen, LINECALLINFOSTATE_NUMOWNERDECR);
	has_owners(target, theirs, 1);
	app_end(giver); /* the call does not mind */
	app_do(target, drop, &theirs, sizeof(theirs));
	app_state(caller, c.from, LINECALLSTATE_DISCONNECTED);
}

static void given_to_another_instance_of_the_same_name(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *one = app_start(w, "phone", 0),
		   *two = app_start(w, "phone", 0);
	struct connected c = app_connect(caller, 0, one, 1);

	waits_for(two, VOICE);
	by_name(one, c.to, "phone");
	(void)is_given(two, LINECALLSTATE_CONNECTED);
	has_owners(one, c.to, 2);
}

static void own_name(void *arg)
{
	HCALL call = *(HCALL *)arg;

	expect_ok(lineHandoff(call, "phone", 0));
	expect_none(LINE_CALLSTATE, call, ANY);
	expect_eq(info_of(call)->dwNumOwners, 1);
}

static void given_to_oneself_by_name_nothing_changes(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *one = app_start(w, "phone", 0);
	struct connected c = app_connect(caller, 0, one, 1);

	app_do(one, own_name, &c.to, sizeof(c.to));
}

static void all_wrong(void *arg)
{
	HCALL call = *(HCALL *)arg;

	expect_error(lineHandoff(call, "nobody", 0), LINEERR_TARGETNOTFOUND);
	expect_error(lineHandoff(call, "", 0), LINEERR_TARGETNOTFOUND);
	expect_error(lineHandoff(call, NULL, FAX), LINEERR_TARGETNOTFOUND);
	expect_error(lineHandoff(call, NULL, VOICE), LINEERR_TARGETSELF);
	expect_error(lineHandoff(call, NULL, 0), LINEERR_INVALMEDIAMODE);
	expect_error(lineHandoff(call, NULL, VOICE | FAX), LINEERR_INVALMEDIAMODE);
	expect_error(lineHandoff(call, NULL, 1), LINEERR_INVALMEDIAMODE);
	expect_error(lineHandoff(call, NULL, 0x80000000), LINEERR_INVALMEDIAMODE);
	expect_error(lineHandoff(0, "nobody", 0), LINEERR_INVALCALLHANDLE);
	expect_error(lineHandoff(call + 1, "nobody", 0), LINEERR_INVALCALLHANDLE);
	expect_eq(info_of(call)->dwNumOwners, 1);
}

static void as_monitor(void *arg)
{
	HCALL call = *(HCALL *)arg;

	expect_error(lineHandoff(call, "giver", 0), LINEERR_NOTOWNER);
}

/* Who has the line open only as monitor, or another line, is no target. */
static void refused_with_the_documented_errors(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *giver = app_start(w, "giver", 0),
		   *watcher = app_start(w, "nobody", 0);
	struct connected c;
	HCALL seen;

	(void)app_open_line(watcher, 1, MONITOR);
	(void)app_open_line(watcher, 2, OWNER);
	c = app_connect(caller, 0, giver, 1);
	seen = app_new_call(watcher, LINECALLSTATE_OFFERING);
	app_do(giver, all_wrong, &c.to, sizeof(c.to));
	app_do(watcher, as_monitor, &seen, sizeof(seen));
}

static void set_priority(void *arg)
{
	struct ask *a = arg;

	expect_ok(lineSetAppPriority(a->name, a->mode, NULL, LINEREQUESTMODE_MAKECALL, NULL, 1));
}

static void comes_first(struct app *by, const char *name, DWORD mode)
{
	app_do(by, set_priority, &(struct ask){ .name = name, .mode = mode }, sizeof(struct ask));
}

static void given_by_media_mode_to_the_first_in_the_list(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *giver = app_start(w, "giver", 0),
		   *old = app_start(w, "oldfax", 0), *new = app_start(w, "newfax", 0);
	struct connected c = app_connect(caller, 0, giver, 1);

	waits_for(old, FAX);
	waits_for(new, FAX);
	comes_first(caller, "newfax", FAX);
	by_mode(giver, c.to, FAX, 0);
	(void)is_given(new, LINECALLSTATE_CONNECTED);
	has_owners(giver, c.to, 2);
}

static void same_handle(void *arg)
{
	HCALL call = *(HCALL *)arg;
	struct message m;

	do /* those of a monitor, until then */
		m = next_of(LINE_CALLSTATE, call);
	while (!m.p3 || m.p3 == MONITOR);
	expect_eq(m.p1, LINECALLSTATE_CONNECTED);
	expect_eq(m.p3, OWNER);
	expect_eq(count_of(LINE_APPNEWCALL, ANY, ANY), 1);
	expect_eq(status_of(call)->dwCallPrivilege, OWNER);
}

static void who_has_the_call_keeps_its_handle(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *giver = app_start(w, "giver", 0),
		   *target = app_start(w, "target", 0);
	struct connected c;
	HCALL theirs;

	(void)app_open_line(giver, 1, OWNER); /* first */
	(void)app_open_line(target, 1, OWNER | MONITOR);
	c = app_connect(caller, 0, giver, 1);
	theirs = app_new_call(target, LINECALLSTATE_OFFERING);
	by_name(giver, c.to, "target");
	app_do(target, same_handle, &theirs, sizeof(theirs));
	by_name(giver, c.to, "target"); /* told once more, although it is owner now */
	app_state(target, theirs, LINECALLSTATE_CONNECTED);
	has_owners(giver, c.to, 2);
}

static void old_target(void *arg)
{
	HCALL *call = arg;
	struct message m = next(LINE_CALLSTATE);

	*call = m.device;
	expect_eq(m.p1, LINECALLSTATE_CONNECTED);
	expect_eq(m.p3, OWNER);
	expect_eq(count_of(LINE_APPNEWCALL, ANY, ANY), 0);
	expect_eq(status_of(*call)->dwCallPrivilege, OWNER);
}

static void old_application_learns_by_the_state_alone(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *giver = app_start(w, "giver", 0),
		   *target = app_start(w, "target", 0x00010004);
	struct connected c = app_connect(caller, 0, giver, 1);
	HCALL theirs = 0;

	waits_for(target, VOICE);
	by_name(giver, c.to, "target");
	app_do(target, old_target, &theirs, sizeof(theirs));
	expect(theirs != 0);
}

/* --- the objects of TAPI 3 --- */

static void by_object(void *arg)
{
	struct ask *a = arg;
	struct tapi_call *call;

	expect_ok(tapi_call_from_handle(a->call, &call));
	expect_error(tapi_call_handoff_direct(call, "nobody"), LINEERR_TARGETNOTFOUND);
	expect_error(tapi_call_handoff_indirect(call, TAPIMEDIATYPE_AUDIO), LINEERR_TARGETSELF);
	expect_error(tapi_call_handoff_indirect(call, TAPIMEDIATYPE_G3FAX), LINEERR_TARGETNOTFOUND);
	expect_ok(tapi_call_handoff_direct(call, a->name));
	expect_eq(tapi_call_get_privilege(call), CP_OWNER);
	tapi_unref(call);
}

static void back_by_object(void *arg)
{
	struct ask *a = arg;
	struct tapi_call *call;

	expect_ok(tapi_call_from_handle(a->call, &call));
	expect_eq(tapi_call_get_privilege(call), CP_OWNER);
	expect_eq(tapi_call_get_state(call), CS_CONNECTED);
	expect_ok(tapi_call_handoff_indirect(call, TAPIMEDIATYPE_AUDIO));
	tapi_unref(call);
}

static void objects_hand_over_too(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *giver = app_start(w, "giver", 0),
		   *target = app_start(w, "target", 0);
	struct connected c = app_connect(caller, 0, giver, 1);
	HCALL theirs;

	waits_for(target, VOICE);
	app_do(giver, by_object, &(struct ask){ .call = c.to, .name = "target" },
			sizeof(struct ask));
	theirs = is_given(target, LINECALLSTATE_CONNECTED);
	app_do(target, back_by_object, &(struct ask){ .call = theirs }, sizeof(struct ask));
	app_state(giver, c.to, LINECALLSTATE_CONNECTED); /* it is owner, and is told so again */
}

/* --- probing --- */

static void call_unknown(void *arg)
{
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p), .dwMediaMode = *(DWORD *)arg };
	HCALL call = 0;

	done(lineMakeCall(own_line(0), &call, "102", 0, &p));
}

static void clear_fax(void *arg)
{
	HCALL call = *(HCALL *)arg;

	expect_eq(info_of(call)->dwMediaMode, UNKNOWN | VOICE | FAX);
	expect_ok(lineSetMediaMode(call, UNKNOWN | VOICE));
	expect_eq(info_of(call)->dwMediaMode, UNKNOWN | VOICE);
}

static void settle_voice(void *arg)
{
	HCALL call = *(HCALL *)arg;

	expect_eq(info_of(call)->dwMediaMode, UNKNOWN | VOICE);
	expect_ok(lineSetMediaMode(call, VOICE));
	done(lineAnswer(call, NULL, 0));
}

/* Row by row as TAPI tells it: the fax program is first for unknown calls and finds no fax. */
static void unknown_call_is_probed_by_one_after_the_other(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *voice = app_start(w, "voice", 0),
		   *fax = app_start(w, "fax", 0);
	DWORD modes = UNKNOWN | VOICE | FAX;
	HCALL at_fax, at_voice;

	waits_for(voice, UNKNOWN | VOICE);
	waits_for(fax, UNKNOWN | FAX);
	comes_first(caller, "voice", UNKNOWN);
	comes_first(caller, "fax", UNKNOWN);
	app_do(caller, call_unknown, &modes, sizeof(modes));
	at_fax = is_given(fax, LINECALLSTATE_OFFERING);
	app_do(fax, clear_fax, &at_fax, sizeof(at_fax));
	by_mode(fax, at_fax, UNKNOWN, LINEERR_TARGETSELF);
	by_mode(fax, at_fax, VOICE, 0);
	let_go(fax, at_fax);
	at_voice = is_given(voice, LINECALLSTATE_OFFERING);
	has_owners(voice, at_voice, 1);
	app_do(voice, settle_voice, &at_voice, sizeof(at_voice));
	by_mode(voice, at_voice, FAX, 0); /* and back, if the caller begins to send one */
}

/* Without an application for unknown calls the server goes through the others, once. */
static void server_looks_through_all_candidates(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *fax = app_start(w, "fax", 0);
	DWORD modes = UNKNOWN | VOICE | FAX;
	HCALL call;

	waits_for(fax, FAX);
	app_do(caller, call_unknown, &modes, sizeof(modes));
	call = is_given(fax, LINECALLSTATE_OFFERING);
	by_mode(fax, call, UNKNOWN, LINEERR_TARGETNOTFOUND);
	by_mode(fax, call, VOICE, LINEERR_TARGETNOTFOUND);
}

static const struct row rows[] = {
	TEST("3.4 3.5 3.7 3.10", "lineHandoff lineDeallocateCall",
			"given by name, a call lives on with the target; only others hear of "
			"counts",
			given_by_name_the_call_lives_on_with_the_target),
	TEST("3.5", "lineHandoff", "a call can be given to another instance of the same name",
			given_to_another_instance_of_the_same_name),
	TEST("3.5", "lineHandoff", "given to oneself by name nothing changes",
			given_to_oneself_by_name_nothing_changes),
	TEST("3.5", "lineHandoff", "what cannot be handed over is refused, each with its error",
			refused_with_the_documented_errors),
	TEST("3.5 4.3", "lineHandoff lineSetAppPriority",
			"given by media mode, the first in the list gets it",
			given_by_media_mode_to_the_first_in_the_list),
	TEST("3.6", "lineHandoff", "who has the call keeps its handle and is told that it owns it",
			who_has_the_call_keeps_its_handle),
	TEST("3.7", "lineHandoff", "an application before 2.0 learns by LINE_CALLSTATE alone",
			old_application_learns_by_the_state_alone),
	TEST("3.5", "lineHandoff", "the objects of TAPI 3 hand calls over, too",
			objects_hand_over_too),
	TEST("4.8 4.3", "lineHandoff lineSetAppPriority lineSetMediaMode",
			"an unknown call is probed by one program after the other",
			unknown_call_is_probed_by_one_after_the_other),
	TEST("4.8", "lineHandoff", "for the first owner the server looks through all candidates",
			server_looks_through_all_candidates),
};

CONFORMANCE(handoff, rows)
