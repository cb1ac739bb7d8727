// SPDX-License-Identifier: MIT
/* test_owner.c - owners and monitors of one call: how one becomes which, what each may do and is
 * told, and what ends a handle. */
#include "app.h"

#define OWNER   LINECALLPRIVILEGE_OWNER
#define MONITOR LINECALLPRIVILEGE_MONITOR
#define COUNTS                                                                                     \
	(LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMOWNERDECR |                         \
			LINECALLINFOSTATE_NUMMONITORS)

struct ask {
	HCALL call;
	DWORD n;
	LONG want;
};

static void ask(struct app *app, void (*fn)(void *), HCALL call, DWORD n)
{
	app_do(app, fn, &(struct ask){ call, n, 0 }, sizeof(struct ask));
}

static LINECALLLIST *new_calls(HLINE line, DWORD select)
{
	static union {
		LINECALLLIST list;
		char room[1024];
	} u;

	u.list.dwTotalSize = sizeof(u);
	expect_ok(lineGetNewCalls(line, 0, select, &u.list));
	return &u.list;
}

static HCALL first_of(const LINECALLLIST *list)
{
	return *(const HCALL *)(const void *)((const char *)list + list->dwCallsOffset);
}

/* The one call of line 1 that it has no handle of; its state is n. */
static void do_find(void *arg)
{
	struct ask *a = arg;
	const LINECALLLIST *list;

	list = new_calls(open_line(1, MONITOR, 0), LINECALLSELECT_LINE);
	expect_eq(list->dwCallsNumEntries, 1);
	a->call = first_of(list);
	expect_eq(state_of(a->call), a->n);
	expect_eq(status_of(a->call)->dwCallPrivilege, MONITOR);
}

static HCALL finds(struct app *app, DWORD state)
{
	struct ask a = { .n = state };

	app_do(app, do_find, &a, sizeof(a));
	return a.call;
}

static void do_privilege(void *arg)
{
	struct ask *a = arg;

	if (a->want) {
		expect_error(lineSetCallPrivilege(a->call, a->n), a->want);
		return;
	}
	expect_ok(lineSetCallPrivilege(a->call, a->n));
	expect_eq(status_of(a->call)->dwCallPrivilege, a->n);
}

static void becomes(struct app *app, HCALL call, DWORD privilege)
{
	ask(app, do_privilege, call, privilege);
}

static void cannot_become(struct app *app, HCALL call, DWORD privilege, LONG why)
{
	app_do(app, do_privilege, &(struct ask){ call, privilege, why }, sizeof(struct ask));
}

static void do_counts(void *arg)
{
	struct ask *a = arg;
	const LINECALLINFO *info = info_of(a->call);

	expect_eq(info->dwNumOwners * 10 + info->dwNumMonitors, a->n);
}

/* Two digits: owners, monitors. */
static void counts(struct app *app, HCALL call, DWORD both)
{
	ask(app, do_counts, call, both);
}

static void do_hear(void *arg)
{
	struct ask *a = arg;
	struct message m;

	do /* the provider has its own news */
		m = next_of(LINE_CALLINFO, a->call);
	while (!(m.p1 & COUNTS));
	expect_eq(m.p1, a->n);
}

static void hears(struct app *app, HCALL call, DWORD bits)
{
	ask(app, do_hear, call, bits);
}

static void do_hear_nothing(void *arg)
{
	HCALL call = ((struct ask *)arg)->call;

	expect_none(LINE_CALLINFO, call, LINECALLINFOSTATE_NUMOWNERINCR);
	expect_none(LINE_CALLINFO, call, LINECALLINFOSTATE_NUMOWNERDECR);
	expect_none(LINE_CALLINFO, call, LINECALLINFOSTATE_NUMMONITORS);
	expect_none(LINE_CALLINFO, call,
			LINECALLINFOSTATE_NUMMONITORS | LINECALLINFOSTATE_NUMOWNERINCR);
}

static void hears_nothing(struct app *app, HCALL call)
{
	ask(app, do_hear_nothing, call, 0);
}

static void do_deallocate(void *arg)
{
	const struct ask *a = arg;

	if (a->want) {
		expect_error(lineDeallocateCall(a->call), a->want);
		expect_ok(state_of(a->call) != 0);
		return;
	}
	expect_ok(lineDeallocateCall(a->call));
	expect_error(lineDeallocateCall(a->call), LINEERR_INVALCALLHANDLE);
}

static void deallocates(struct app *app, HCALL call)
{
	ask(app, do_deallocate, call, 0);
}

static void do_drop(void *arg)
{
	HCALL call = ((struct ask *)arg)->call;

	done(lineDrop(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
}

/* --- who is what --- */

static void who_makes_a_call_is_its_sole_owner(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call;
	HCALL at_c;

	call = app_connect(a, 1, b, 0);
	counts(a, call.from, 10);
	ask(a, do_privilege, call.from, OWNER); /* it is already */
	at_c = finds(c, LINECALLSTATE_CONNECTED);
	counts(a, call.from, 11);
	becomes(c, at_c, OWNER);
	counts(a, call.from, 20);
	ask(c, do_drop, at_c, 0); /* each owner may do all */
	app_state(a, call.from, LINECALLSTATE_IDLE);
}

static void do_new_calls(void *arg)
{
	struct ask *a = arg;
	HLINE line = me.line[1];
	LINECALLLIST small = { .dwTotalSize = sizeof(small) - 1 };

	/* What it has stays as it is. */
	expect_eq(new_calls(line, LINECALLSELECT_LINE)->dwCallsNumEntries, 0);
	expect_eq(status_of(a->call)->dwCallPrivilege, OWNER);
	expect_error(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &small),
			LINEERR_STRUCTURETOOSMALL);
	small.dwTotalSize = sizeof(small);
	expect_error(lineGetNewCalls(line, 0, LINECALLSELECT_CALL, &small),
			LINEERR_INVALCALLSELECT);
	expect_error(lineGetNewCalls(line, 0, 0, &small), LINEERR_INVALCALLSELECT);
	expect_error(lineGetNewCalls(line, 1, LINECALLSELECT_ADDRESS, &small),
			LINEERR_INVALADDRESSID);
	expect_error(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, NULL), LINEERR_INVALPOINTER);
	expect_error(lineGetNewCalls(line + 1, 0, LINECALLSELECT_LINE, &small),
			LINEERR_INVALLINEHANDLE);
	/* By address, after it has given the handle back. */
	expect_ok(lineDeallocateCall(a->call));
	expect_eq(new_calls(line, LINECALLSELECT_ADDRESS)->dwCallsNumEntries, 1);
}

static void new_handles_are_a_monitor_s_and_owners_are_made(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	becomes(c, at_c, OWNER);
	ask(c, do_new_calls, at_c, 0);
	counts(a, call.from, 11);
}

static void sole_owner_cannot_become_monitor(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	cannot_become(a, call.from, MONITOR, LINEERR_INVALCALLSTATE);
	cannot_become(a, call.from, LINECALLPRIVILEGE_NONE, LINEERR_INVALCALLPRIVILEGE);
	cannot_become(a, call.from, OWNER | MONITOR, LINEERR_INVALCALLPRIVILEGE);
	cannot_become(a, call.from, 0, LINEERR_INVALCALLPRIVILEGE);
	cannot_become(a, 0, OWNER, LINEERR_INVALCALLHANDLE);
	counts(a, call.from, 11);
	becomes(c, at_c, OWNER);
	becomes(a, call.from, MONITOR); /* now there is another */
	cannot_become(c, at_c, MONITOR, LINEERR_INVALCALLSTATE);
	ask(c, do_drop, at_c, 0);
	becomes(c, at_c, MONITOR); /* an idle call may lose its owner */
}

/* --- what is told --- */

static void do_see_made(void *arg)
{
	struct ask *a = arg;

	a->call = next_call(LINECALLSTATE_UNKNOWN);
	(void)await_state(a->call, LINECALLSTATE_RINGBACK);
	expect_eq(status_of(a->call)->dwCallPrivilege, MONITOR);
}

static void do_dial_102(void *arg)
{
	((struct ask *)arg)->call = dial(own_line(0), "102");
}

static void monitors_learn_of_a_made_call_as_unknown(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0),
		   *watcher = app_start(w, "watcher", 0);
	struct ask seen = { 0 }, made = { 0 };

	(void)app_open_line(watcher, 0, MONITOR);
	(void)app_open_line(b, 1, OWNER);
	app_do(a, do_dial_102, &made, sizeof(made));
	app_do(watcher, do_see_made, &seen, sizeof(seen));
	hears_nothing(a, made.call); /* the numbers were right from the start */
	hears_nothing(watcher, seen.call);
	counts(a, made.call, 11);
}

static void do_open_late(void *arg)
{
	(void)arg;
	(void)open_line(1, MONITOR, 0);
	expect_none(LINE_APPNEWCALL, ANY, ANY);
	expect_none(LINE_CALLSTATE, ANY, ANY);
}

static void who_comes_late_asks(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c;

	ask(c, do_open_late, 0, 0);
	at_c = finds(c, LINECALLSTATE_CONNECTED);
	hears(a, call.from, LINECALLINFOSTATE_NUMMONITORS);
	ask(a, do_drop, call.from, 0);
	app_state(c, at_c, LINECALLSTATE_IDLE); /* from now on it is told */
}

static void counts_go_to_the_others(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0),
		   *d = app_start(w, "d", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED), at_d;

	hears(a, call.from, LINECALLINFOSTATE_NUMMONITORS);
	hears_nothing(c, at_c);
	becomes(c, at_c, OWNER);
	hears(a, call.from, LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS);
	becomes(c, at_c, MONITOR);
	hears(a, call.from, LINECALLINFOSTATE_NUMOWNERDECR | LINECALLINFOSTATE_NUMMONITORS);
	becomes(c, at_c, MONITOR); /* nothing is different */
	at_d = finds(d, LINECALLSTATE_CONNECTED);
	hears(a, call.from, LINECALLINFOSTATE_NUMMONITORS);
	hears(c, at_c, LINECALLINFOSTATE_NUMMONITORS);
	deallocates(d, at_d);
	hears(a, call.from, LINECALLINFOSTATE_NUMMONITORS);
	hears(c, at_c, LINECALLINFOSTATE_NUMMONITORS);
	ask(a, do_drop, call.from, 0);
	app_state(c, at_c, LINECALLSTATE_IDLE);
	deallocates(c, at_c); /* nobody hears of an idle call */
	hears_nothing(a, call.from);
}

static void do_features(void *arg)
{
	const DWORD watching = LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA |
			       LINECALLFEATURE_MONITORTONES;
	struct ask *a = arg;
	DWORD features = status_of(a->call)->dwCallFeatures;

	if (a->n == MONITOR) {
		expect_eq(features & ~watching, 0);
		expect_eq(status_of(a->call)->dwCallFeatures2, 0);
		expect_error(lineDrop(a->call, NULL, 0), LINEERR_NOTOWNER);
	} else {
		expect_eq(features & LINECALLFEATURE_DROP, LINECALLFEATURE_DROP);
	}
}

static void features_go_by_state_and_privilege(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	ask(a, do_features, call.from, OWNER);
	ask(c, do_features, at_c, MONITOR);
	becomes(c, at_c, OWNER);
	ask(c, do_features, at_c, OWNER);
}

static void do_old_call(void *arg)
{
	struct ask *a = arg;
	struct message m = next(LINE_CALLSTATE);

	a->call = m.device;
	expect_eq(m.p1, LINECALLSTATE_OFFERING);
	expect_eq(m.p3, OWNER);
	expect_eq(count_of(LINE_APPNEWCALL, ANY, ANY), 0);
}

static void before_2_0_a_state_announces_a_call(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *old = app_start(w, "old", 0x00010004);
	struct ask made = { 0 }, given = { 0 };

	(void)app_open_line(old, 1, OWNER);
	app_do(a, do_dial_102, &made, sizeof(made));
	app_do(old, do_old_call, &given, sizeof(given));
	ask(old, do_drop, given.call, 0);
	app_do(old, do_deallocate, &given, sizeof(given));
}

/* --- what ends a handle --- */

static void a_monitor_s_handle_ends_with_it(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	deallocates(c, at_c);
	counts(a, call.from, 10);
	expect(finds(c, LINECALLSTATE_CONNECTED) != at_c); /* another handle */
}

static void before_2_0_the_sole_owner_must_drop_first(struct world *w)
{
	struct app *a = app_start(w, "a", 0x00010004), *b = app_start(w, "b", 0);
	struct ask made = { 0 };

	(void)app_open_line(b, 1, OWNER);
	app_do(a, do_dial_102, &made, sizeof(made));
	(void)app_new_call(b, LINECALLSTATE_OFFERING);
	app_do(a, do_deallocate, &(struct ask){ made.call, 0, LINEERR_INVALCALLSTATE },
			sizeof(struct ask));
	ask(a, do_drop, made.call, 0);
	deallocates(a, made.call);
}

static void do_still(void *arg)
{
	expect_eq(state_of(((struct ask *)arg)->call), LINECALLSTATE_CONNECTED);
}

static void from_2_0_on_it_may_go_and_the_call_stays(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	deallocates(a, call.from);
	hears(c, at_c, LINECALLINFOSTATE_NUMOWNERDECR);
	counts(c, at_c, 1);
	ask(c, do_still, at_c, 0);
	ask(b, do_still, call.to, 0);
	becomes(c, at_c, OWNER); /* whoever watches may take it */
	ask(c, do_drop, at_c, 0);
	app_state(b, call.to, LINECALLSTATE_DISCONNECTED);
}

static void the_last_handle_closes_the_call(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	deallocates(a, call.from);
	ask(b, do_still, call.to, 0);
	deallocates(c, at_c); /* the exchange declares CLOSEDROP */
	app_state(b, call.to, LINECALLSTATE_DISCONNECTED);
}

static void do_close(void *arg)
{
	struct ask *a = arg;

	expect_ok(lineClose(me.line[1]));
	me.line[1] = 0;
	expect_error(lineDrop(a->call, NULL, 0), LINEERR_INVALCALLHANDLE);
}

static void closing_the_line_drops_what_only_it_owned(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	ask(a, do_close, call.from, 0);
	app_state(c, at_c, LINECALLSTATE_IDLE);
	app_state(b, call.to, LINECALLSTATE_DISCONNECTED);
}

static void what_others_own_stays(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	becomes(c, at_c, OWNER);
	ask(a, do_close, call.from, 0);
	hears(c, at_c, LINECALLINFOSTATE_NUMOWNERDECR);
	ask(c, do_still, at_c, 0);
	ask(b, do_still, call.to, 0);
}

static void shutting_down_closes_every_line(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0), *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	HCALL at_c = finds(c, LINECALLSTATE_CONNECTED);

	app_end(a);
	app_state(c, at_c, LINECALLSTATE_IDLE);
	app_state(b, call.to, LINECALLSTATE_DISCONNECTED);
}

static void do_closed(void *arg)
{
	struct ask *a = arg;
	HLINE line = me.line[1];
	struct message m = next(LINE_CLOSE);
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };

	expect_eq(m.device, line);
	me.line[1] = 0;
	expect_error(lineGetCallStatus(a->call, &status), LINEERR_INVALCALLHANDLE);
	expect_error(lineClose(line), LINEERR_INVALLINEHANDLE);
}

static void a_line_that_is_closed_by_force_takes_its_calls_along(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0);
	struct connected call = app_connect(a, 1, b, 0);

	world_kill_host(w, "exchange");
	ask(a, do_closed, call.from, 0);
}

static void an_idle_call_can_be_read_until_its_handle_is_given_back(struct world *w)
{
	struct app *a = app_start(w, "a", 0), *b = app_start(w, "b", 0);
	struct connected call = app_connect(a, 1, b, 0);

	ask(a, do_drop, call.from, 0);
	counts(a, call.from, 10);
	deallocates(a, call.from);
}

/* --- replies --- */

struct waiting {
	HCALL call;
	DWORD close, replies;
};

/* A drop whose reply is under way when the handle, or the line, goes. */
static void do_let_go(void *arg)
{
	struct waiting *x = arg;
	LONG id = lineDrop(x->call, NULL, 0);

	expect(id > 0);
	if (x->close) {
		expect_ok(lineClose(me.line[1]));
		me.line[1] = 0;
	} else {
		expect_ok(lineDeallocateCall(x->call));
	}
	if (x->replies)
		expect_eq(next(LINE_REPLY).p1, id);
	expect_none(LINE_REPLY, ANY, ANY);
}

static void replies_after_the_handle_is_gone(struct world *w, DWORD version, DWORD close,
		DWORD replies)
{
	struct app *a = app_start(w, "a", version), *b = app_start(w, "b", 0),
		   *c = app_start(w, "c", 0);
	struct connected call = app_connect(a, 1, b, 0);
	struct waiting x = { call.from, close, replies };

	becomes(c, finds(c, LINECALLSTATE_CONNECTED),
			OWNER); /* so that an old one may deallocate */
	app_do(a, do_let_go, &x, sizeof(x));
}

static void from_2_0_on_replies_come_after_deallocation(struct world *w)
{
	replies_after_the_handle_is_gone(w, 0, 0, 1);
}

static void before_2_0_they_do_not(struct world *w)
{
	replies_after_the_handle_is_gone(w, 0x00010004, 0, 0);
}

static void nor_after_the_line_is_closed(struct world *w)
{
	replies_after_the_handle_is_gone(w, 0, 1, 0);
}

static const struct row rows[] = {
	TEST("3.1", "lineMakeCall lineSetCallPrivilege lineDrop",
			"who makes a call is its sole owner, and there may be several",
			who_makes_a_call_is_its_sole_owner),
	TEST("3.2 22.t1.3", "lineGetNewCalls lineSetCallPrivilege",
			"new handles are a monitor's; lineSetCallPrivilege makes an owner",
			new_handles_are_a_monitor_s_and_owners_are_made),
	TEST("3.3", "lineSetCallPrivilege lineGetNewCalls",
			"the sole owner of a call that is not idle cannot become a monitor",
			sole_owner_cannot_become_monitor),
	TEST("3.7", "lineMakeCall lineDeallocateCall",
			"before 2.0 a LINE_CALLSTATE announces a call",
			before_2_0_a_state_announces_a_call),
	TEST("3.8 3.10", "lineMakeCall",
			"monitors learn of a made call as unknown, then its states",
			monitors_learn_of_a_made_call_as_unknown),
	TEST("3.9", "lineGetNewCalls", "who opens late is told nothing and asks",
			who_comes_late_asks),
	TEST("3.10", "lineSetCallPrivilege lineGetNewCalls lineDeallocateCall",
			"numbers of owners and monitors are told to the others, not of idle calls",
			counts_go_to_the_others),
	TEST("3.11", "lineGetCallStatus", "features go by state and privilege",
			features_go_by_state_and_privilege),
	TEST("3.t1.1", "lineDeallocateCall", "a monitor's handle ends with lineDeallocateCall",
			a_monitor_s_handle_ends_with_it),
	TEST("3.t1.2", "lineDeallocateCall lineDrop",
			"before 2.0 the sole owner must drop the call first",
			before_2_0_the_sole_owner_must_drop_first),
	TEST("3.t1.3", "lineDeallocateCall lineSetCallPrivilege",
			"from 2.0 on it may go, and the call stays with who watches it",
			from_2_0_on_it_may_go_and_the_call_stays),
	TEST("3.t1.4 22.t1.7", "lineDeallocateCall",
			"with the last handle the call is closed, and dropped by CLOSEDROP",
			the_last_handle_closes_the_call),
	TEST("3.t1.5 22.t1.1", "lineClose",
			"closing the line drops what only its application owned",
			closing_the_line_drops_what_only_it_owned),
	TEST("3.t1.5", "lineClose lineSetCallPrivilege", "closing the line leaves what others own",
			what_others_own_stays),
	TEST("3.t1.6", "lineAnswer", "shutting down closes every line",
			shutting_down_closes_every_line),
	TEST("3.t1.8", "lineGetCallStatus", "a line closed by force takes its calls along",
			a_line_that_is_closed_by_force_takes_its_calls_along),
	TEST("3.t1.9", "lineGetCallInfo lineDrop",
			"an idle call can be read until its handle is given back",
			an_idle_call_can_be_read_until_its_handle_is_given_back),
	TEST("5.9", "lineDeallocateCall", "from 2.0 on replies come after lineDeallocateCall",
			from_2_0_on_replies_come_after_deallocation),
	TEST("5.9", "lineDeallocateCall", "before 2.0 they do not", before_2_0_they_do_not),
	TEST("5.9", "lineClose", "after lineClose no reply comes", nor_after_the_line_is_closed),
};

CONFORMANCE(owner, rows)
