// SPDX-License-Identifier: MIT
/* test_layer.c - section 1: what is each application's own, and what they share. */
#include "app.h"

#include <string.h>

struct counts {
	HCALL call;
	DWORD owners, monitors, opens;
};

static void count(void *arg)
{
	struct counts *c = arg;
	union {
		LINEDEVSTATUS status;
		char room[2048];
	} u = { .status = { .dwTotalSize = sizeof(u) } };

	c->owners = info_of(c->call)->dwNumOwners;
	c->monitors = info_of(c->call)->dwNumMonitors;
	expect_ok(lineGetLineDevStatus(me.line[0], &u.status));
	c->opens = u.status.dwNumOpens;
}

static void first_call(void *arg)
{
	struct counts *c = arg;
	union {
		LINECALLLIST list;
		char room[256];
	} u = { .list = { .dwTotalSize = sizeof(u) } };

	expect_ok(lineGetNewCalls(me.line[0], 0, LINECALLSELECT_LINE, &u.list));
	expect_eq(u.list.dwCallsNumEntries, 1);
	memcpy(&c->call, u.room + u.list.dwCallsOffset, sizeof(c->call));
}

/* Two applications in one process. */
static void handles_differ(void *arg)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	HCALL call = *(HCALL *)arg, other = 0;
	DWORD devices, version = me.version;
	HLINEAPP app;
	HLINE line;
	union {
		LINECALLLIST list;
		char room[256];
	} u = { .list = { .dwTotalSize = sizeof(u) } };

	expect_ok(lineInitializeEx(&app, 0, NULL, "second", &devices, &version, &p));
	expect_ok(lineOpen(app, 0, &line, version, 0, 77, LINECALLPRIVILEGE_MONITOR, 0, NULL));
	expect(line != me.line[0]);
	expect_ok(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &u.list));
	memcpy(&other, u.room + u.list.dwCallsOffset, sizeof(other));
	expect(other != call);
	expect_eq(info_of(other)->dwCallID, info_of(call)->dwCallID);
	expect_error(lineDrop(other, NULL, 0), LINEERR_NOTOWNER);
	expect_ok(lineClose(line));
	expect_error(lineGetCallStatus(other, &(LINECALLSTATUS){ .dwTotalSize = 512 }),
			LINEERR_INVALCALLHANDLE);
	expect_eq(state_of(call), LINECALLSTATE_CONNECTED);
	expect_ok(lineShutdown(app));
}

static void handles_are_each_applications_own(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);
	struct connected c = app_connect(a, 0, b, 1);

	app_do(a, handles_differ, &c.from, sizeof(c.from));
}

static void counts_are_the_servers(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);
	struct app *watcher = app_start(w, "watcher.exe", 0);
	struct connected c = app_connect(a, 0, b, 1);
	struct counts seen = { c.from, 0, 0, 0 };

	app_do(a, count, &seen, sizeof(seen));
	expect_eq(seen.owners, 1);
	expect_eq(seen.monitors, 0);
	expect_eq(seen.opens, 1);
	(void)app_open_line(watcher, 0, LINECALLPRIVILEGE_MONITOR);
	app_do(watcher, first_call, &seen, sizeof(seen));
	app_do(watcher, count, &seen, sizeof(seen));
	expect_eq(seen.owners, 1);
	expect_eq(seen.monitors, 1);
	expect_eq(seen.opens, 2);
	app_end(watcher);
	seen.call = c.from;
	app_do(a, count, &seen, sizeof(seen));
	expect_eq(seen.monitors, 0);
	expect_eq(seen.opens, 1);
}

/* One host, one provider in it, whoever comes and goes. */
static void one_provider_serves_all(struct world *w)
{
	pid_t before = world_host(w, "exchange");
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);

	expect(before > 0);
	(void)app_connect(a, 0, b, 1);
	expect_eq(world_host(w, "exchange"), before);
	app_end(a);
	expect_eq(world_host(w, "exchange"), before);
}

static const struct row rows[] = {
	TEST("1.1", "lineInitializeEx lineShutdown lineOpen lineClose",
			"each application has handles of its own for one line and its calls",
			handles_are_each_applications_own),
	TEST("1.2", "lineGetCallInfo lineGetLineDevStatus lineGetNewCalls",
			"the server counts owners, monitors and opens", counts_are_the_servers),
	TEST("1.3", "", "one instance of a provider serves all applications",
			one_provider_serves_all),
};
CONFORMANCE(layer, rows)
