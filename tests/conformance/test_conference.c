// SPDX-License-Identifier: MIT
/* test_conference.c - conferences, each extension an application of its own. */
#include "party.h"

#include <string.h>

struct related {
	HCALL of, wants[8];
	DWORD count, hub;
};

static bool has(const HCALL *list, DWORD count, HCALL call)
{
	for (DWORD i = 0; i < count; i++)
		if (list[i] == call)
			return true;
	return false;
}

static void related_calls(void *arg)
{
	struct related *r = arg;
	union {
		LINECALLLIST list;
		char room[256];
	} u;
	const HCALL *calls = (const HCALL *)(const void *)(u.room + sizeof(u.list));

	memset(&u, 0, sizeof(u));
	u.list.dwTotalSize = sizeof(u);
	expect_ok(lineGetConfRelatedCalls(r->of, &u.list));
	expect_eq(u.list.dwCallsNumEntries, r->count);
	expect_eq(u.list.dwCallsOffset, sizeof(u.list));
	expect_eq(calls[0], r->wants[0]); /* the conference call */
	for (DWORD i = 1; i < r->count; i++)
		expect(has(calls, r->count, r->wants[i]));
	r->hub = info_of(r->of)->dwCallID;
	for (DWORD i = 0; i < r->count; i++)
		expect_eq(info_of(r->wants[i])->dwCallID, r->hub);
}

static void hub_of(void *arg)
{
	struct related *r = arg;

	r->hub = info_of(r->of)->dwCallID;
}

/* a talks to b and has d in a conference. */

static void a_conference_of_three_is_one_hub(struct world *w)
{
	struct parties s = party_confer(w);
	struct related a = { s.first.from, { s.calls.conference, s.first.from, s.calls.consult }, 3,
		0 };
	struct related b = { .of = s.first.to }, d = { .of = s.third };

	app_do(s.a, related_calls, &a, sizeof(a));
	a.of = s.calls.conference;
	app_do(s.a, related_calls, &a, sizeof(a));
	app_do(s.b, hub_of, &b, sizeof(b));
	app_do(s.d, hub_of, &d, sizeof(d));
	expect_eq(a.hub, b.hub);
	expect_eq(a.hub, d.hub);
}

static void no_conference(void *arg)
{
	LINECALLLIST list = { .dwTotalSize = sizeof(list) };
	HCALL consult = 0;

	expect_error(lineGetConfRelatedCalls(*(HCALL *)arg, &list), LINEERR_NOCONFERENCE);
	expect_error(linePrepareAddToConference(*(HCALL *)arg, &consult, NULL),
			LINEERR_INVALCONFCALLHANDLE);
	expect_error(lineRemoveFromConference(*(HCALL *)arg), LINEERR_INVALCALLSTATE);
}

static void a_plain_call_is_no_conference(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);

	PARTY(a, no_conference, app_connect(a, 0, b, 1).from);
}

static void remove_party(void *arg)
{
	struct party_calls *c = arg;

	done(lineRemoveFromConference(c->consult));
	(void)next_state(c->consult, LINECALLSTATE_CONNECTED);
	expect_eq(state_of(c->conference), LINECALLSTATE_CONNECTED);
	expect(info_of(c->consult)->dwCallID != info_of(c->conference)->dwCallID);
}

static void hold_conference(void *arg)
{
	struct party_calls *c = arg;

	done(lineHold(c->conference));
	(void)next_state(c->conference, LINECALLSTATE_ONHOLD);
	expect_error(linePrepareAddToConference(c->conference, &c->consult, NULL),
			LINEERR_INVALCALLSTATE);
	done(lineUnhold(c->conference));
	(void)next_state(c->conference, LINECALLSTATE_CONNECTED);
}

static void four_parties_and_one_leaves(struct world *w)
{
	struct parties s = party_confer(w);
	struct app *e = app_start(w, "e.exe", 0);
	HCALL fourth = 0;

	(void)app_open_line(e, 3, LINECALLPRIVILEGE_OWNER);
	(void)strcpy(s.calls.number, "104");
	app_do(s.a, party_prepares, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_is_held, s.first.to);
	app_do(e, party_answers, &fourth, sizeof(fourth));
	app_do(s.a, party_consult_connected, &s.calls, sizeof(s.calls));
	app_do(s.a, party_adds, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_is_active, s.first.to);
	app_do(s.a, hold_conference, &s.calls, sizeof(s.calls));
	PARTY(e, party_is_held, fourth);
	PARTY(e, party_is_active, fourth);
	PARTY(s.b, party_is_held, s.first.to);
	PARTY(s.b, party_is_active, s.first.to);
	app_do(s.a, remove_party, &s.calls, sizeof(s.calls));
	PARTY(s.a, party_drop, s.calls.consult);
	app_state(e, fourth, LINECALLSTATE_DISCONNECTED);
	PARTY(s.b, party_stays, s.first.to);
}

static void is_dissolved(void *arg)
{
	struct party_calls *c = arg;

	(void)next_state(c->consult, LINECALLSTATE_DISCONNECTED);
	(void)next_state(c->first, LINECALLSTATE_CONNECTED);
	(void)next_state(c->conference, LINECALLSTATE_IDLE);
}

static void one_party_is_a_call_again(struct world *w)
{
	struct parties s = party_confer(w);

	PARTY(s.d, party_drop, s.third);
	app_do(s.a, is_dissolved, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_stays, s.first.to);
}

static void drop_conference(void *arg)
{
	struct party_calls *c = arg;

	done(lineDrop(c->conference, NULL, 0));
	(void)next_state(c->conference, LINECALLSTATE_IDLE);
	(void)next_state(c->first, LINECALLSTATE_IDLE);
	(void)next_state(c->consult, LINECALLSTATE_IDLE);
}

static void dropping_the_conference_drops_all(struct world *w)
{
	struct parties s = party_confer(w);

	app_do(s.a, drop_conference, &s.calls, sizeof(s.calls));
	app_state(s.b, s.first.to, LINECALLSTATE_DISCONNECTED);
	app_state(s.d, s.third, LINECALLSTATE_DISCONNECTED);
}

static void add_unanswered(void *arg)
{
	struct party_calls *c = arg;

	(void)own_line(0);
	done(lineSetupConference(0, own_line(0), &c->conference, &c->consult, 2, NULL));
	(void)next_state(c->conference, LINECALLSTATE_ONHOLDPENDCONF);
	done(lineDial(c->consult, c->number, 0));
	(void)await_state(c->consult, LINECALLSTATE_RINGBACK);
	party_adds(c);
	expect_eq(state_of(c->consult), LINECALLSTATE_CONFERENCED);
}

static void a_party_is_added_before_it_answers(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	struct party_calls c = { 0, 0, 0, "102" };
	HCALL call = 0;

	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	app_do(a, add_unanswered, &c, sizeof(c));
	app_do(b, party_answers, &call, sizeof(call));
	PARTY(a, party_stays, c.consult);
	PARTY(b, party_drop, call);
	app_state(a, c.consult, LINECALLSTATE_DISCONNECTED);
}

static void complete_as_conference(void *arg)
{
	struct party_calls *c = arg;

	done(lineCompleteTransfer(c->first, c->consult, &c->conference,
			LINETRANSFERMODE_CONFERENCE));
	(void)next_state(c->conference, LINECALLSTATE_CONNECTED);
	expect_eq(next_state(c->first, LINECALLSTATE_CONFERENCED).p2, c->conference);
	expect_eq(next_state(c->consult, LINECALLSTATE_CONFERENCED).p2, c->conference);
}

static void a_transfer_becomes_a_conference(struct world *w)
{
	struct parties s = party_consult(w, true);
	struct related r;

	app_do(s.a, complete_as_conference, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_is_active, s.first.to);
	r = (struct related){ s.first.from, { s.calls.conference, s.first.from, s.calls.consult },
		3, 0 };
	app_do(s.a, related_calls, &r, sizeof(r));
}

static void add_of_another_line(void *arg)
{
	struct party_calls *c = arg;

	expect_error(lineAddToConference(c->conference, c->first), LINEERR_INVALCALLHANDLE);
	expect_error(lineAddToConference(c->first, c->conference), LINEERR_INVALCONFCALLHANDLE);
	expect_error(lineAddToConference(c->conference, 0x7fffffff),
			LINEERR_INVALCONSULTCALLHANDLE);
}

static void calls_of_two_lines_do_not_meet(struct world *w)
{
	struct parties s = party_confer(w);
	struct party_calls c = { .conference = s.calls.conference };
	struct app *e = app_start(w, "e.exe", 0);

	c.first = app_connect(s.a, 4, e, 5).from;
	app_do(s.a, add_of_another_line, &c, sizeof(c));
}

static const struct row rows[] = {
	TEST("10.3 10.4 10.5 20.5",
			"lineSetupConference lineAddToConference lineGetConfRelatedCalls",
			"a conference of three is one hub", a_conference_of_three_is_one_hub),
	TEST("2.t2.8 2.t2.10 8.t1.6", "lineGetConfRelatedCalls lineRemoveFromConference",
			"a plain call is no conference", a_plain_call_is_no_conference),
	TEST("2.t1.12 2.t2.8", "linePrepareAddToConference lineRemoveFromConference lineHold",
			"four parties, and one leaves", four_parties_and_one_leaves),
	TEST("10.6", "lineSetupConference lineAddToConference", "one party alone is a call again",
			one_party_is_a_call_again),
	TEST("10.6", "lineSetupConference lineDrop", "dropping the conference drops all",
			dropping_the_conference_drops_all),
	TEST("10.4 2.t2.9 10.3", "lineSetupConference lineAddToConference",
			"a party is added before it answers", a_party_is_added_before_it_answers),
	TEST("10.1 10.5", "lineCompleteTransfer lineGetConfRelatedCalls",
			"a transfer becomes a conference", a_transfer_becomes_a_conference),
	TEST("8.t1.7", "lineAddToConference", "calls of two lines do not meet",
			calls_of_two_lines_do_not_meet),
};
CONFORMANCE(conference, rows)
