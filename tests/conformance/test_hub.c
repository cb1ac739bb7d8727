// SPDX-License-Identifier: MIT
/* test_hub.c - call hubs: all calls of one conversation have one dwCallID, and who asked for it
 * hears of hubs. The watcher monitors lines 0 to 2. */
#include "party.h"

#include <string.h>

static void watch(void *arg)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT |
			     LINEINITIALIZEEXOPTION_CALLHUBTRACKING };
	DWORD version = 0x00020002;

	(void)arg;
	expect_ok(lineInitializeEx(&me.app, 0, NULL, me.name, &me.lines, &version, &p));
	me.version = version;
	me.event = p.Handles.hEvent;
	for (DWORD device = 0; device < 3; device++)
		(void)open_line(device, LINECALLPRIVILEGE_MONITOR, 0);
}

struct seen {
	DWORD news, closes, level; /* so far */
	DWORD hub;                 /* of the last new one */
};

static void hubs(void *arg)
{
	struct seen *s = arg;
	HCALL last = 0;

	settle();
	s->news = count_of(LINE_APPNEWCALLHUB, ANY, ANY);
	s->closes = count_of(LINE_CALLHUBCLOSE, ANY, ANY);
	for (unsigned i = 0; i < messages(); i++)
		if (message_at(i)->id == LINE_APPNEWCALLHUB) {
			last = message_at(i)->device;
			s->level = (DWORD)message_at(i)->p1;
		}
	if (last)
		s->hub = info_of(last)->dwCallID;
}

static struct seen hubs_of(struct app *a)
{
	struct seen s = { 0, 0, 0, 0 };

	app_do(a, hubs, &s, sizeof(s));
	return s;
}

struct census {
	DWORD hub, calls, lines;
};

/* The calls of a hub that live, and on how many lines they are. */
static void count_calls(void *arg)
{
	struct census *c = arg;
	bool on_line[APP_LINES] = { false };

	settle();
	for (unsigned i = 0; i < messages(); i++) {
		const struct message *m = message_at(i);
		const LINECALLINFO *info;

		if (m->id != LINE_APPNEWCALL || state_of((HCALL)m->p2) == LINECALLSTATE_IDLE)
			continue;
		info = info_of((HCALL)m->p2);
		if (info->dwCallID != c->hub)
			continue;
		c->calls++;
		c->lines += !on_line[info->dwLineDeviceID];
		on_line[info->dwLineDeviceID] = true;
	}
}

static void end(void *arg)
{
	done(lineDrop(*(HCALL *)arg, NULL, 0));
	(void)await_state(*(HCALL *)arg, LINECALLSTATE_IDLE);
}

static void a_conference_is_one_hub_until_the_last_leaves(struct world *w)
{
	struct app *watcher = app_start_bare(w, "watcher.exe");
	struct parties s;
	struct census census;
	struct seen seen;

	app_do(watcher, watch, NULL, 0);
	s = party_confer(w);
	seen = hubs_of(watcher);
	expect_eq(seen.level, LINECALLHUBTRACKING_ALLCALLS);
	expect_eq(seen.news - seen.closes, 1);
	census = (struct census){ .hub = seen.hub };
	app_do(watcher, count_calls, &census, sizeof(census));
	expect_eq(census.calls, 5); /* the conference and its two parties, and a call each */
	expect_eq(census.lines, 3);

	PARTY(s.d, party_drop, s.third);
	seen = hubs_of(watcher);
	expect_eq(seen.news - seen.closes, 1);
	PARTY(s.b, party_drop, s.first.to);
	PARTY(s.a, end, s.first.from);
	seen = hubs_of(watcher);
	expect_eq(seen.news - seen.closes, 1); /* a call that is DISCONNECTED is still there */
	PARTY(s.a, end, s.calls.consult);
	app_do(watcher, hubs, &seen, sizeof(seen));
	expect_eq(seen.news, seen.closes);
}

static void hub_of(void *arg)
{
	*(DWORD *)arg = info_of(*(HCALL *)arg)->dwCallID;
}

static DWORD call_id(struct app *a, HCALL call)
{
	app_do(a, hub_of, &call, sizeof(call));
	return call;
}

static void a_transfer_joins_hubs(struct world *w)
{
	struct app *watcher = app_start_bare(w, "watcher.exe");
	struct parties s;
	struct seen seen;

	app_do(watcher, watch, NULL, 0);
	s = party_consult(w, true);
	seen = hubs_of(watcher);
	expect_eq(seen.news, 2);
	expect_eq(seen.closes, 0);
	app_do(s.a, party_completes, &s.calls, sizeof(s.calls));
	seen = hubs_of(watcher);
	expect_eq(seen.news, 2);
	expect_eq(seen.closes, 1);
	expect_eq(call_id(s.b, s.first.to), call_id(s.d, s.third));
}

static void never_told(void *arg)
{
	(void)arg;
	settle();
	expect_eq(count_of(LINE_APPNEWCALLHUB, ANY, ANY), 0);
	expect_eq(count_of(LINE_CALLHUBCLOSE, ANY, ANY), 0);
}

static void who_did_not_ask_is_not_told(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	struct connected c = app_connect(a, 0, b, 1);

	PARTY(a, party_drop, c.from);
	app_do(a, never_told, NULL, 0);
	app_do(b, never_told, NULL, 0);
}

static const struct row rows[] = {
	TEST("20.5", "lineSetupConference lineAddToConference",
			"a conference is one hub, until the last leaves",
			a_conference_is_one_hub_until_the_last_leaves),
	TEST("20.5", "lineSetupTransfer lineCompleteTransfer", "a transfer joins two hubs",
			a_transfer_joins_hubs),
	TEST("20.5", "lineMakeCall", "who did not ask for hubs is not told of them",
			who_did_not_ask_is_not_told),
};
CONFORMANCE(hub, rows)
