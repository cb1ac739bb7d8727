// SPDX-License-Identifier: MIT
/* test_route.c - how a line is opened, whom a call from outside goes to, priorities, media modes,
 * and the filter of status messages. */
#include "app.h"

#include <string.h>
#include <tapi3.h>

#define NONE    LINECALLPRIVILEGE_NONE
#define OWNER   LINECALLPRIVILEGE_OWNER
#define MONITOR LINECALLPRIVILEGE_MONITOR
#define VOICE   LINEMEDIAMODE_INTERACTIVEVOICE
#define ROBOT   LINEMEDIAMODE_AUTOMATEDVOICE
#define FAX     LINEMEDIAMODE_G3FAX
#define UNKNOWN LINEMEDIAMODE_UNKNOWN

struct ask {
	const char *name; /* static data: the same everywhere */
	DWORD mode, n;
	LONG want;
	HCALL call;
};

static void ask(struct app *app, void (*fn)(void *), struct ask a)
{
	app_do(app, fn, &a, sizeof(a));
}

/* --- opening --- */

static LONG open_with(HLINE *line, DWORD privileges, DWORD modes, const LINECALLPARAMS *p)
{
	*line = 0;
	return lineOpen(me.app, 1, line, me.version > 0x00020002 ? 0x00020002 : me.version, 0, 0,
			privileges, modes, p);
}

static const struct {
	DWORD privileges, modes;
	LONG want;
} opens[] = {
	{ NONE, 0, 0 },
	{ MONITOR, 0, 0 },
	{ OWNER, VOICE, 0 },
	{ OWNER | MONITOR, VOICE | FAX | UNKNOWN, 0 },
	{ MONITOR, 0xffffffff, 0 }, /* the media modes count with OWNER only */
	{ NONE, 0xffffffff, 0 },
	{ 0, VOICE, LINEERR_INVALPRIVSELECT },
	{ NONE | OWNER, VOICE, LINEERR_INVALPRIVSELECT },
	{ NONE | MONITOR, VOICE, LINEERR_INVALPRIVSELECT },
	{ 0x00000008, VOICE, LINEERR_INVALPRIVSELECT },
	{ OWNER | 0x08000000, VOICE, LINEERR_INVALPRIVSELECT },
	{ OWNER, 0, LINEERR_INVALMEDIAMODE },
	{ OWNER, 1, LINEERR_INVALMEDIAMODE },
	{ OWNER, VOICE | 0x00010000, LINEERR_INVALMEDIAMODE },
	{ OWNER | LINEOPENOPTION_SINGLEADDRESS, VOICE, LINEERR_INVALADDRESSID },
};

static void do_opens(void *arg)
{
	HLINE line;

	(void)arg;
	for (size_t i = 0; i < sizeof(opens) / sizeof(opens[0]); i++) {
		LONG result = open_with(&line, opens[i].privileges, opens[i].modes, NULL);

		if (opens[i].want) {
			expect_error(result, opens[i].want);
			expect_eq(line, 0);
			continue;
		}
		expect_ok(result);
		expect_ok(lineClose(line));
		expect_error(lineClose(line), LINEERR_INVALLINEHANDLE);
	}
	expect_error(lineOpen(me.app, 4711, &line, 0x00020002, 0, 0, MONITOR, 0, NULL),
			LINEERR_BADDEVICEID);
	expect_error(lineOpen(me.app, 1, &line, 0x00090000, 0, 0, MONITOR, 0, NULL),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineOpen(me.app, 1, NULL, 0x00020002, 0, 0, MONITOR, 0, NULL),
			LINEERR_INVALPOINTER);
	expect_error(lineOpen(me.app + 1, 1, &line, 0x00020002, 0, 0, MONITOR, 0, NULL),
			LINEERR_INVALAPPHANDLE);
}

static void each_privilege(struct world *w)
{
	ask(app_start(w, "a", 0), do_opens, (struct ask){ 0 });
}

static void do_call_out(void *arg)
{
	HCALL call = 0;
	HLINE line;

	(void)arg;
	expect_ok(lineOpen(me.app, 0, &line, 0x00020002, 0, 0, NONE, 0, NULL));
	done(lineMakeCall(line, &call, "103", 0, NULL));
	expect_eq(status_of(call)->dwCallPrivilege, OWNER);
	expect_ok(lineClose(line));
}

static void everybody_may_call_out(struct world *w)
{
	ask(app_start(w, "a", 0), do_call_out, (struct ask){ 0 });
}

static void do_single(void *arg)
{
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p), .dwAddressMode = LINEADDRESSMODE_ADDRESSID };
	const DWORD privileges = OWNER | LINEOPENOPTION_SINGLEADDRESS;
	HLINE line;

	(void)arg;
	p.dwAddressID = 1;
	expect_error(open_with(&line, privileges, VOICE, &p), LINEERR_INVALADDRESSID);
	p.dwAddressID = 0;
	p.dwAddressMode = LINEADDRESSMODE_DIALABLEADDR;
	expect_error(open_with(&line, privileges, VOICE, &p), LINEERR_INVALADDRESSID);
	p.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
	expect_ok(open_with(&line, privileges, VOICE, &p));
	me.line[1] = line;
}

static void do_old_options(void *arg)
{
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p), .dwAddressMode = LINEADDRESSMODE_ADDRESSID };
	HLINE line;

	(void)arg;
	expect_error(open_with(&line, OWNER | LINEOPENOPTION_SINGLEADDRESS, VOICE, &p),
			LINEERR_INVALPRIVSELECT);
}

static void do_given(void *arg)
{
	struct ask *a = arg;

	a->call = next_call(LINECALLSTATE_OFFERING);
	expect_eq(status_of(a->call)->dwCallPrivilege, OWNER);
}

static HCALL is_given(struct app *app)
{
	struct ask a = { 0 };

	app_do(app, do_given, &a, sizeof(a));
	return a.call;
}

static void do_dial(void *arg)
{
	struct ask *a = arg;
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p), .dwMediaMode = a->mode };

	done(lineMakeCall(own_line(0), &a->call, "102", 0, &p));
	if (a->n)
		(void)await_state(a->call, a->n);
}

/* 101 calls 102 with this media mode and gets as far as that. */
static HCALL dials(struct app *app, DWORD mode, DWORD until)
{
	struct ask a = { .mode = mode, .n = until };

	app_do(app, do_dial, &a, sizeof(a));
	return a.call;
}

static void single_address_gets_the_calls_of_its_address(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *single = app_start(w, "single", 0);

	ask(app_start(w, "old", 0x00010004), do_old_options, (struct ask){ 0 });
	ask(single, do_single, (struct ask){ 0 });
	(void)dials(caller, VOICE, 0);
	(void)is_given(single);
}

/* LINEMAPPER: by media mode, by its own number, by nothing. */
static void do_map(void *arg)
{
	struct {
		LINECALLPARAMS p;
		char number[8];
	} u = { .p = { .dwTotalSize = sizeof(u) }, .number = "103" };
	union {
		VARSTRING v;
		char room[64];
	} got = { .v = { .dwTotalSize = sizeof(got) } };
	HLINE line;

	(void)arg;
	u.p.dwAddressMode = LINEADDRESSMODE_DIALABLEADDR;
	u.p.dwOrigAddressSize = 4;
	u.p.dwOrigAddressOffset = sizeof(u.p);
	expect_ok(lineOpen(me.app, LINEMAPPER, &line, 0x00020002, 0, 0, OWNER, VOICE, &u.p));
	expect_ok(lineGetID(line, 0, 0, LINECALLSELECT_LINE, &got.v, "tapi/line"));
	expect_eq(*(DWORD *)(void *)((char *)&got.v + got.v.dwStringOffset), 2);
	expect_ok(lineClose(line));
	strcpy(u.number, "999");
	expect_error(lineOpen(me.app, LINEMAPPER, &line, 0x00020002, 0, 0, OWNER, VOICE, &u.p),
			LINEERR_LINEMAPPERFAILED);
	u.p = (LINECALLPARAMS){ .dwTotalSize = sizeof(u), .dwBearerMode = LINEBEARERMODE_MULTIUSE };
	expect_error(lineOpen(me.app, LINEMAPPER, &line, 0x00020002, 0, 0, OWNER, VOICE, &u.p),
			LINEERR_LINEMAPPERFAILED);
	expect_error(lineOpen(me.app, LINEMAPPER, &line, 0x00020002, 0, 0, OWNER,
				     LINEMEDIAMODE_VIDEO, NULL),
			LINEERR_LINEMAPPERFAILED);
	expect_ok(lineOpen(me.app, LINEMAPPER, &line, 0x00020002, 0, 0, NONE, 0, NULL));
}

static void a_line_is_chosen_by_what_it_can(struct world *w)
{
	ask(app_start(w, "a", 0), do_map, (struct ask){ 0 });
}

/* --- the first owner --- */

static void do_open(void *arg)
{
	(void)open_line(1, OWNER, ((struct ask *)arg)->mode);
}

static void waits_for(struct app *app, DWORD modes)
{
	ask(app, do_open, (struct ask){ .mode = modes });
}

static void do_set(void *arg)
{
	const struct ask *a = arg;

	expect_ok(lineSetAppPriority(a->name, a->mode, NULL, LINEREQUESTMODE_MAKECALL, NULL, a->n));
}

static void priority(struct app *by, const char *name, DWORD mode, DWORD n)
{
	ask(by, do_set, (struct ask){ .name = name, .mode = mode, .n = n });
}

static void do_get(void *arg)
{
	const struct ask *a = arg;
	DWORD got = 4711;

	expect_ok(lineGetAppPriority(a->name, a->mode, NULL, LINEREQUESTMODE_MAKECALL, NULL, &got));
	expect_eq(got, a->n);
}

static void has_place(struct app *by, const char *name, DWORD mode, DWORD n)
{
	ask(by, do_get, (struct ask){ .name = name, .mode = mode, .n = n });
}

static void do_drop(void *arg)
{
	HCALL call = ((struct ask *)arg)->call;

	done(lineDrop(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	expect_ok(lineDeallocateCall(call));
}

static void hang_up(struct app *app, HCALL call)
{
	ask(app, do_drop, (struct ask){ .call = call });
}

static void calls_go_to_the_first_in_the_list_or_opener(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *first = app_start(w, "first", 0),
		   *second = app_start(w, "second", 0), *fax = app_start(w, "fax", 0);
	HCALL call;

	waits_for(first, VOICE);
	waits_for(second, VOICE | FAX);
	waits_for(fax, FAX);
	call = dials(caller, VOICE, 0);
	hang_up(first, is_given(first)); /* nobody has a priority */
	hang_up(caller, call);
	call = dials(caller, FAX, 0);
	hang_up(second, is_given(second));
	hang_up(caller, call);
	priority(caller, "second", VOICE, 1);
	priority(caller, "fax", FAX, 1);
	call = dials(caller, VOICE, 0);
	hang_up(second, is_given(second));
	hang_up(caller, call);
	call = dials(caller, FAX, 0);
	hang_up(fax, is_given(fax));
	hang_up(caller, call);
	priority(caller, "second", VOICE, 0);
	(void)dials(caller, VOICE, 0);
	(void)is_given(first);
}

/* The provider takes all voice for interactive voice. */
static void automated_voice_must_wait_for_interactive_voice(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *machine = app_start(w, "machine", 0),
		   *another = app_start(w, "another", 0);

	waits_for(machine, ROBOT);
	(void)dials(caller, ROBOT, LINECALLSTATE_DISCONNECTED);
	waits_for(another, ROBOT | VOICE);
	hang_up(caller, dials(caller, ROBOT, LINECALLSTATE_RINGBACK));
	(void)is_given(another);
}

/* --- priorities --- */

static void do_wrong(void *arg)
{
	static const char *const names[] = { "", "/bin/x", "x/" };
	LINEEXTENSIONID id = { 1, 2, 3, 4 };
	DWORD got;

	(void)arg;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		expect_error(lineSetAppPriority(names[i], VOICE, NULL, 0, NULL, 1),
				LINEERR_INVALAPPNAME);
		expect_error(lineGetAppPriority(names[i], VOICE, NULL, 0, NULL, &got),
				LINEERR_INVALAPPNAME);
	}
	expect_error(lineSetAppPriority(NULL, VOICE, NULL, 0, NULL, 1), LINEERR_INVALPOINTER);
	expect_error(lineGetAppPriority(NULL, VOICE, NULL, 0, NULL, &got), LINEERR_INVALPOINTER);
	expect_error(lineGetAppPriority("x", VOICE, NULL, 0, NULL, NULL), LINEERR_INVALPOINTER);
	expect_error(lineSetAppPriority("x", VOICE, NULL, 0, NULL, 2), LINEERR_INVALPARAM);
	expect_error(lineSetAppPriority("x", 0x00010000, NULL, 0, NULL, 1), LINEERR_INVALMEDIAMODE);
	expect_error(lineGetAppPriority("x", VOICE | FAX, NULL, 0, NULL, &got),
			LINEERR_INVALMEDIAMODE);
	expect_error(lineSetAppPriority("x", 0, NULL, LINEREQUESTMODE_MEDIACALL, NULL, 1),
			LINEERR_INVALREQUESTMODE);
	expect_ok(lineSetAppPriority("x", VOICE, &id, 4711, "ignored", 1));
	expect_ok(lineGetAppPriority("x", VOICE, &id, 4711, NULL, &got));
	expect_eq(got, 1);
}

static void do_extension_name(void *arg)
{
	VARSTRING name = { .dwTotalSize = sizeof(name) };
	DWORD got;

	(void)arg;
	expect_ok(lineGetAppPriority("x", VOICE, NULL, 0, &name, &got));
	expect_eq(name.dwStringSize, 0);
	name.dwTotalSize = sizeof(name) - 1;
	expect_error(lineGetAppPriority("x", VOICE, NULL, 0, &name, &got),
			LINEERR_STRUCTURETOOSMALL);
}

static void priorities_are_set_got_and_kept(struct world *w)
{
	struct app *a = app_start(w, "a", 0);

	ask(a, do_wrong, (struct ask){ 0 });
	ask(a, do_extension_name, (struct ask){ 0 });
	priority(a, "y", VOICE, 1);
	priority(a, "z", VOICE | FAX, 1); /* several at once */
	has_place(a, "z", VOICE, 1);
	has_place(a, "y", VOICE, 2);
	has_place(a, "x", VOICE, 3);
	priority(a, "x", VOICE, 1);
	has_place(a, "x", VOICE, 1);
	has_place(a, "z", VOICE, 2);
	has_place(a, "z", FAX, 1);
	priority(a, "y", VOICE, 0);
	priority(a, "never", VOICE, 0); /* no error */
	has_place(a, "y", VOICE, 0);
	priority(a, "dialer", 0, 1);
	has_place(a, "dialer", 0, 1);
	has_place(a, "x", 0, 0);
	app_end(a);
	world_stop(w);
	world_launch(w);
	a = app_start_bare(w, "b"); /* no application handle is needed */
	has_place(a, "x", VOICE, 1);
	has_place(a, "z", VOICE, 2);
	has_place(a, "y", VOICE, 0);
	has_place(a, "dialer", 0, 1);
}

static void do_object(void *arg)
{
	struct tapi *tapi;

	(void)arg;
	expect_ok(tapi_from_handle(me.app, &tapi));
	expect_ok(tapi_set_application_priority(tapi, "x", TAPIMEDIATYPE_AUDIO, 1));
	expect_ok(tapi_set_application_priority(tapi, "y", TAPIMEDIATYPE_G3FAX, 1));
	expect_ok(tapi_set_application_priority(tapi, "z", TAPIMEDIATYPE_G3FAX, 1));
	expect_ok(tapi_set_application_priority(tapi, "z", TAPIMEDIATYPE_G3FAX, 0));
	expect_ok(tapi_set_assisted_telephony_priority(tapi, "dialer", 1));
	tapi_unref(tapi);
}

static void priorities_can_be_set_by_object(struct world *w)
{
	struct app *a = app_start(w, "a", 0);

	ask(a, do_object, (struct ask){ 0 });
	has_place(a, "x", VOICE, 1);
	has_place(a, "y", FAX, 1);
	has_place(a, "z", FAX, 0);
	has_place(a, "dialer", 0, 1);
}

static void before_2_0_an_open_line_is_told_apart(struct world *w)
{
	struct app *old = app_start(w, "old", 0x00010004), *new = app_start(w, "new", 0);

	waits_for(old, VOICE);
	waits_for(new, VOICE);
	has_place(old, "old", VOICE, 0xffffffff);
	has_place(old, "old", FAX, 0);
	has_place(new, "new", VOICE, 0);
}

/* --- media modes --- */

static void do_modes(void *arg)
{
	HCALL call = ((struct ask *)arg)->call;

	expect_error(lineSetMediaMode(call, VOICE | FAX), LINEERR_INVALMEDIAMODE);
	expect_error(lineSetMediaMode(call, 0), LINEERR_INVALMEDIAMODE);
	expect_error(lineSetMediaMode(call, 1), LINEERR_INVALMEDIAMODE);
	expect_eq(info_of(call)->dwMediaMode, VOICE);
	expect_ok(lineSetMediaMode(call, UNKNOWN | VOICE | FAX));
	expect_eq(info_of(call)->dwMediaMode, UNKNOWN | VOICE | FAX);
	expect_ok(lineSetMediaMode(call, FAX));
}

static void do_see_mode(void *arg)
{
	struct ask *a = arg;

	for (int i = 0; i < 2; i++) /* both changes */
		while (next_of(LINE_CALLINFO, a->call).p1 != LINECALLINFOSTATE_MEDIAMODE)
			continue;
	expect_eq(info_of(a->call)->dwMediaMode, FAX);
	expect_error(lineSetMediaMode(a->call, VOICE), LINEERR_NOTOWNER);
}

static void an_owner_alone_changes_the_media_mode(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0),
		   *watcher = app_start(w, "watcher", 0);
	struct connected c;
	HCALL seen;

	(void)app_open_line(watcher, 1, MONITOR);
	c = app_connect(a, 0, b, 1);
	seen = app_new_call(watcher, LINECALLSTATE_OFFERING);
	ask(b, do_modes, (struct ask){ .call = c.to });
	ask(watcher, do_see_mode, (struct ask){ .call = seen });
}

/* --- status messages --- */

static void do_filter(void *arg)
{
	const struct ask *a = arg;
	DWORD line = 0, address = 0;
	HLINE handle = open_line(1, MONITOR, 0);

	expect_ok(lineGetStatusMessages(handle, &line, &address));
	expect_eq(line | address, 0); /* at first nothing is on */
	expect_error(lineSetStatusMessages(handle, 0x80000000, 0), LINEERR_INVALLINESTATE);
	expect_error(lineSetStatusMessages(handle, 0, 0x80000000), LINEERR_INVALADDRESSSTATE);
	expect_ok(lineSetStatusMessages(handle, a->mode, a->n));
	expect_ok(lineGetStatusMessages(handle, &line, &address));
	expect_eq(line, a->mode);
	expect_eq(address, a->n);
	expect_error(lineGetStatusMessages(handle, NULL, &address), LINEERR_INVALPOINTER);
}

static void do_count(void *arg)
{
	const struct ask *a = arg;

	settle();
	expect_eq(count_of(LINE_LINEDEVSTATE, me.line[1], LINEDEVSTATE_RINGING) > 0,
			!!(a->mode & LINEDEVSTATE_RINGING));
	expect_eq(count_of(LINE_LINEDEVSTATE, me.line[1], LINEDEVSTATE_NUMCALLS) > 0,
			!!(a->mode & LINEDEVSTATE_NUMCALLS));
	if (!a->mode)
		expect_eq(count_of(LINE_LINEDEVSTATE, ANY, ANY), 0);
	if (!a->n)
		expect_eq(count_of(LINE_ADDRESSSTATE, ANY, ANY), 0);
	else
		expect(count_of(LINE_ADDRESSSTATE, me.line[1], 0) > 0);
}

static void what_is_not_asked_for_is_not_told(struct world *w)
{
	struct app *caller = app_start(w, "caller", 0), *called = app_start(w, "called", 0);
	static const struct {
		const char *name;
		DWORD line, address;
	} filters[] = {
		{ "none", 0, 0 },
		{ "some", LINEDEVSTATE_NUMCALLS, 0 },
		{ "all", LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_RINGING, LINEADDRESSSTATE_NUMCALLS },
	};
	struct app *apps[3];

	for (int i = 0; i < 3; i++) {
		apps[i] = app_start(w, filters[i].name, 0);
		ask(apps[i], do_filter,
				(struct ask){ .mode = filters[i].line, .n = filters[i].address });
	}
	(void)app_connect(caller, 0, called, 1);
	for (int i = 0; i < 3; i++)
		ask(apps[i], do_count,
				(struct ask){ .mode = filters[i].line, .n = filters[i].address });
}

static const struct row rows[] = {
	TEST("4.1", "lineOpen lineClose", "each privilege, and each wrong one", each_privilege),
	TEST("4.1", "lineOpen lineMakeCall", "whoever has opened a line may call out",
			everybody_may_call_out),
	TEST("4.5", "lineOpen", "a single address is one that is there, and gets its calls",
			single_address_gets_the_calls_of_its_address),
	TEST("", "lineOpen lineGetID", "LINEMAPPER chooses a line that can what is asked for",
			a_line_is_chosen_by_what_it_can),
	TEST("4.3", "lineOpen lineSetAppPriority",
			"a call goes to the first in the list, else to who opened first",
			calls_go_to_the_first_in_the_list_or_opener),
	TEST("4.6", "lineOpen", "automated voice gets calls if it waits for interactive voice, too",
			automated_voice_must_wait_for_interactive_voice),
	TEST("4.4", "lineSetAppPriority lineGetAppPriority",
			"priorities are set, got, and outlive the daemon",
			priorities_are_set_got_and_kept),
	TEST("4.4", "lineSetAppPriority lineGetAppPriority",
			"the object of TAPI 3 sets priorities, too",
			priorities_can_be_set_by_object),
	TEST("4.4", "lineGetAppPriority",
			"before 2.0 an application that only has the line open is told apart",
			before_2_0_an_open_line_is_told_apart),
	TEST("4.7 4.10", "lineSetMediaMode",
			"an owner alone changes the media mode, to a legal one",
			an_owner_alone_changes_the_media_mode),
	TEST("11.1", "lineSetStatusMessages lineGetStatusMessages",
			"status that is not asked for is not told",
			what_is_not_asked_for_is_not_told),
};

CONFORMANCE(route, rows)
