// SPDX-License-Identifier: MIT
/* test_party.c - hold, transfer and conference, each extension an application of its own. */
#include "app.h"

#include <string.h>

/* What steps inside of one application hand on. */
struct calls {
	HCALL first, consult, conference;
	char number[16];
};

static void hold(void *arg)
{
	done(lineHold(*(HCALL *)arg));
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_ONHOLD);
}

static void unhold(void *arg)
{
	done(lineUnhold(*(HCALL *)arg));
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_CONNECTED);
}

static void drop(void *arg)
{
	done(lineDrop(*(HCALL *)arg, NULL, 0));
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_IDLE);
}

static void is_held_by_the_other(void *arg)
{
	expect_eq(next_state(*(HCALL *)arg, LINECALLSTATE_CONNECTED).p2,
			LINECONNECTEDMODE_ACTIVEHELD);
}

static void says_that_it_is_held(void *arg)
{
	expect_eq(status_of(*(HCALL *)arg)->dwCallStateMode, LINECONNECTEDMODE_ACTIVEHELD);
}

static void is_active_again(void *arg)
{
	expect_eq(next_state(*(HCALL *)arg, LINECALLSTATE_CONNECTED).p2, LINECONNECTEDMODE_ACTIVE);
}

static void nothing_happens(void *arg)
{
	expect_none(LINE_CALLSTATE, *(HCALL *)arg, ANY);
}

#define PARTY(app, fn, call)                                                                       \
	do {                                                                                       \
		HCALL call_ = (call);                                                              \
		app_do(app, fn, &call_, sizeof(call_));                                            \
	} while (0)

static void hold_is_seen_by_both(struct world *w)
{
	struct app *a = app_start(w, "holder.exe", 0), *b = app_start(w, "held.exe", 0);
	struct connected c = app_connect(a, 0, b, 1);

	PARTY(a, hold, c.from);
	PARTY(b, is_held_by_the_other, c.to);
	PARTY(b, says_that_it_is_held, c.to);
	PARTY(a, unhold, c.from);
	PARTY(b, is_active_again, c.to);
	PARTY(b, hold, c.to);
}

static void answer_as_of_old(void *arg)
{
	HCALL *call = arg;
	struct message m = next(LINE_CALLSTATE);

	expect_eq(m.p1, LINECALLSTATE_OFFERING);
	*call = m.device;
	done(lineAnswer(*call, NULL, 0));
	(void)await_state(*call, LINECALLSTATE_CONNECTED);
}

static void make(void *arg)
{
	struct calls *c = arg;

	c->first = dial(own_line(0), c->number);
	(void)await_state(c->first, LINECALLSTATE_RINGBACK);
}

static void first_connected(void *arg)
{
	(void)await_state(((struct calls *)arg)->first, LINECALLSTATE_CONNECTED);
}

static void old_applications_are_not_held(struct world *w)
{
	struct app *a = app_start(w, "holder.exe", 0), *b = app_start(w, "old.exe", 0x00010004);
	struct calls c = { .number = "102" };
	HCALL old = 0;

	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	app_do(a, make, &c, sizeof(c));
	app_do(b, answer_as_of_old, &old, sizeof(old));
	app_do(a, first_connected, &c, sizeof(c));
	PARTY(a, hold, c.first);
	PARTY(b, is_active_again, old);
}

static void hold_wants_a_connected_call(void *arg)
{
	struct calls *c = arg;

	expect_error(lineUnhold(c->first), LINEERR_INVALCALLSTATE);
	done(lineHold(c->first));
	(void)next_state(c->first, LINECALLSTATE_ONHOLD);
	expect_error(lineHold(c->first), LINEERR_INVALCALLSTATE);
	expect_error(lineBlindTransfer(c->first, "103", 0), LINEERR_INVALCALLSTATE);
	expect_error(lineSetupTransfer(c->first, &c->consult, NULL), LINEERR_INVALCALLSTATE);
	expect_error(lineSetupConference(c->first, 0, &c->conference, &c->consult, 3, NULL),
			LINEERR_INVALCALLSTATE);
	expect_error(lineSwapHold(c->first, c->first), LINEERR_INVALCALLSTATE);
	expect_eq(state_of(c->first), LINECALLSTATE_ONHOLD);
}

static void the_wrong_state_is_refused(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	struct calls c = { .first = app_connect(a, 0, b, 1).from };

	app_do(a, hold_wants_a_connected_call, &c, sizeof(c));
}

static void swap(void *arg)
{
	struct calls *c = arg;

	done(lineSwapHold(c->consult, c->first));
	(void)next_state(c->consult, LINECALLSTATE_ONHOLD);
	(void)next_state(c->first, LINECALLSTATE_CONNECTED);
	expect_error(lineSwapHold(c->first, c->first), LINEERR_INVALCALLSTATE);
}

static void held_and_active_change_places(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0),
		   *d = app_start(w, "d.exe", 0);
	struct connected first = app_connect(a, 0, b, 1), second;
	struct calls c = { .first = first.from };

	PARTY(a, hold, first.from);
	PARTY(b, is_held_by_the_other, first.to);
	second = app_connect(a, 0, d, 2);
	c.consult = second.from;
	app_do(a, swap, &c, sizeof(c));
	PARTY(b, is_active_again, first.to);
	PARTY(d, is_held_by_the_other, second.to);
}

/* --- Transfer --- */

static void set_up_transfer(void *arg)
{
	struct calls *c = arg;
	DWORD reply, pending;

	expect_ok(lineSetupTransfer(c->first, &c->consult, NULL));
	reply = next(LINE_REPLY).at;
	pending = next_state(c->first, LINECALLSTATE_ONHOLDPENDTRANSFER).at;
	expect(pending > reply);
	(void)next_state(c->consult, LINECALLSTATE_DIALTONE);
	expect_eq(info_of(c->consult)->dwRelatedCallID, info_of(c->first)->dwCallID);
	done(lineDial(c->consult, c->number, 0));
	(void)await_state(c->consult, LINECALLSTATE_RINGBACK);
}

static void answer(void *arg)
{
	HCALL *call = arg;

	*call = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(*call, NULL, 0));
	(void)await_state(*call, LINECALLSTATE_CONNECTED);
}

static void consult_connected(void *arg)
{
	(void)await_state(((struct calls *)arg)->consult, LINECALLSTATE_CONNECTED);
}

/* a talks to b, consults d and is answered. */
struct consulted {
	struct app *a, *b, *d;
	struct connected first;
	HCALL third; /* d's */
	struct calls calls;
};

static struct consulted consult(struct world *w, bool is_answered)
{
	struct consulted s = { app_start(w, "a.exe", 0), app_start(w, "b.exe", 0),
		app_start(w, "d.exe", 0), { 0, 0 }, 0, { 0, 0, 0, "103" } };

	s.first = app_connect(s.a, 0, s.b, 1);
	(void)app_open_line(s.d, 2, LINECALLPRIVILEGE_OWNER);
	s.calls.first = s.first.from;
	app_do(s.a, set_up_transfer, &s.calls, sizeof(s.calls));
	PARTY(s.b, is_held_by_the_other, s.first.to);
	if (!is_answered)
		return s;
	app_do(s.d, answer, &s.third, sizeof(s.third));
	app_do(s.a, consult_connected, &s.calls, sizeof(s.calls));
	return s;
}

static void complete_transfer(void *arg)
{
	struct calls *c = arg;

	done(lineCompleteTransfer(c->first, c->consult, NULL, LINETRANSFERMODE_TRANSFER));
	(void)next_state(c->first, LINECALLSTATE_IDLE);
	(void)next_state(c->consult, LINECALLSTATE_IDLE);
	expect_ok(lineDeallocateCall(c->first));
	expect_ok(lineDeallocateCall(c->consult));
}

struct told {
	HCALL call;
	char other[16], by[16];
	DWORD reason, id;
};

static void is_told_of_the_transfer(void *arg)
{
	struct told *t = arg;
	const LINECALLINFO *i;

	while (!arrived(LINE_CALLINFO, t->call, ANY) ||
			strcmp(part_of(info_of(t->call), dwConnectedID), t->other) != 0)
		(void)next_of(LINE_CALLINFO, t->call);
	i = info_of(t->call);
	expect_str(part_of(i, dwRedirectingID), t->by);
	expect_eq(i->dwReason, t->reason);
	t->id = i->dwCallID;
}

static void a_transfer_joins_the_other_two(struct world *w)
{
	struct consulted s = consult(w, true);
	struct told b = { s.first.to, "103", "101", LINECALLREASON_DIRECT, 0 };
	struct told d = { s.third, "102", "101", LINECALLREASON_TRANSFER, 0 };

	app_do(s.a, complete_transfer, &s.calls, sizeof(s.calls));
	app_do(s.b, is_told_of_the_transfer, &b, sizeof(b));
	app_do(s.d, is_told_of_the_transfer, &d, sizeof(d));
	expect_eq(b.id, d.id);
	PARTY(s.b, is_active_again, s.first.to);
	PARTY(s.b, drop, s.first.to);
	app_state(s.d, s.third, LINECALLSTATE_DISCONNECTED);
}

static void a_transfer_needs_no_answer(struct world *w)
{
	struct consulted s = consult(w, false);

	app_do(s.a, complete_transfer, &s.calls, sizeof(s.calls));
	app_do(s.d, answer, &s.third, sizeof(s.third));
	PARTY(s.b, is_active_again, s.first.to);
	PARTY(s.d, drop, s.third);
	app_state(s.b, s.first.to, LINECALLSTATE_DISCONNECTED);
}

static void drop_consultation(void *arg)
{
	struct calls *c = arg;

	done(lineDrop(c->consult, NULL, 0));
	(void)next_state(c->consult, LINECALLSTATE_IDLE);
	(void)next_state(c->first, LINECALLSTATE_CONNECTED);
}

static void dropping_the_consultation_reconnects(struct world *w)
{
	struct consulted s = consult(w, true);

	app_do(s.a, drop_consultation, &s.calls, sizeof(s.calls));
	PARTY(s.b, is_active_again, s.first.to);
	app_state(s.d, s.third, LINECALLSTATE_DISCONNECTED);
}

static void go_back(void *arg)
{
	struct calls *c = arg;

	done(lineUnhold(c->first));
	(void)next_state(c->first, LINECALLSTATE_CONNECTED);
	(void)next_state(c->consult, LINECALLSTATE_IDLE);
}

static void unholding_the_first_ends_the_consultation(struct world *w)
{
	struct consulted s = consult(w, true);

	app_do(s.a, go_back, &s.calls, sizeof(s.calls));
	PARTY(s.b, is_active_again, s.first.to);
	app_state(s.d, s.third, LINECALLSTATE_DISCONNECTED);
}

static void bad_completions(void *arg)
{
	struct calls *c = arg;

	expect_error(lineCompleteTransfer(c->consult, c->first, NULL, LINETRANSFERMODE_TRANSFER),
			LINEERR_INVALCALLSTATE);
	expect_error(lineCompleteTransfer(c->first, c->first, NULL, LINETRANSFERMODE_TRANSFER),
			LINEERR_INVALCONSULTCALLHANDLE);
	expect_eq(state_of(c->first), LINECALLSTATE_ONHOLDPENDTRANSFER);
	expect_eq(state_of(c->consult), LINECALLSTATE_CONNECTED);
}

static void what_cannot_be_completed(struct world *w)
{
	struct consulted s = consult(w, true);

	app_do(s.a, bad_completions, &s.calls, sizeof(s.calls));
	PARTY(s.b, nothing_happens, s.first.to);
}

static void blind_transfer(void *arg)
{
	struct calls *c = arg;

	done(lineBlindTransfer(c->first, c->number, 0));
	(void)next_state(c->first, LINECALLSTATE_IDLE);
}

static void blind_transfer_fails(void *arg)
{
	struct calls *c = arg;

	refused(lineBlindTransfer(c->first, "199", 0), LINEERR_INVALADDRESS);
	refused(lineBlindTransfer(c->first, "101", 0), LINEERR_OPERATIONFAILED);
	expect_none(LINE_CALLSTATE, c->first, ANY);
	expect_eq(state_of(c->first), LINECALLSTATE_CONNECTED);
}

static void offered_by_transfer(void *arg)
{
	HCALL *call = arg;
	const LINECALLINFO *i;

	*call = next_call(LINECALLSTATE_OFFERING);
	i = info_of(*call);
	expect_eq(i->dwReason, LINECALLREASON_TRANSFER);
	expect_str(part_of(i, dwCallerID), "102");
	expect_str(part_of(i, dwRedirectingID), "101");
	expect_str(part_of(i, dwRedirectionID), "103");
	done(lineAnswer(*call, NULL, 0));
	(void)await_state(*call, LINECALLSTATE_CONNECTED);
}

static void a_blind_transfer_succeeds_or_returns(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0),
		   *d = app_start(w, "d.exe", 0);
	struct connected first = app_connect(a, 0, b, 1);
	struct calls c = { .first = first.from, .number = "103" };
	struct told told = { first.to, "103", "101", LINECALLREASON_DIRECT, 0 };
	HCALL third = 0;

	(void)app_open_line(d, 2, LINECALLPRIVILEGE_OWNER);
	app_do(a, blind_transfer_fails, &c, sizeof(c));
	app_do(a, blind_transfer, &c, sizeof(c));
	app_do(d, offered_by_transfer, &third, sizeof(third));
	app_do(b, is_told_of_the_transfer, &told, sizeof(told));
	PARTY(b, drop, first.to);
	app_state(d, third, LINECALLSTATE_DISCONNECTED);
}

/* --- Conference --- */

static void set_up_conference(void *arg)
{
	struct calls *c = arg;

	done(lineSetupConference(c->first, 0, &c->conference, &c->consult, 3, NULL));
	expect(c->conference != c->consult);
	if (c->first)
		expect_eq(next_state(c->first, LINECALLSTATE_CONFERENCED).p2, c->conference);
	(void)next_state(c->conference, LINECALLSTATE_ONHOLDPENDCONF);
	(void)next_state(c->consult, LINECALLSTATE_DIALTONE);
	done(lineDial(c->consult, c->number, 0));
	(void)await_state(c->consult, LINECALLSTATE_RINGBACK);
}

static void add(void *arg)
{
	struct calls *c = arg;

	done(lineAddToConference(c->conference, c->consult));
	expect_eq(await_state(c->consult, LINECALLSTATE_CONFERENCED).p2, c->conference);
	(void)next_state(c->conference, LINECALLSTATE_CONNECTED);
}

static void prepare(void *arg)
{
	struct calls *c = arg;

	done(linePrepareAddToConference(c->conference, &c->consult, NULL));
	(void)next_state(c->conference, LINECALLSTATE_ONHOLDPENDCONF);
	(void)next_state(c->consult, LINECALLSTATE_DIALTONE);
	done(lineDial(c->consult, c->number, 0));
	(void)await_state(c->consult, LINECALLSTATE_RINGBACK);
}

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
static struct consulted confer(struct world *w)
{
	struct consulted s = { app_start(w, "a.exe", 0), app_start(w, "b.exe", 0),
		app_start(w, "d.exe", 0), { 0, 0 }, 0, { 0, 0, 0, "103" } };

	s.first = app_connect(s.a, 0, s.b, 1);
	(void)app_open_line(s.d, 2, LINECALLPRIVILEGE_OWNER);
	s.calls.first = s.first.from;
	app_do(s.a, set_up_conference, &s.calls, sizeof(s.calls));
	PARTY(s.b, is_held_by_the_other, s.first.to);
	app_do(s.d, answer, &s.third, sizeof(s.third));
	app_do(s.a, consult_connected, &s.calls, sizeof(s.calls));
	app_do(s.a, add, &s.calls, sizeof(s.calls));
	PARTY(s.b, is_active_again, s.first.to);
	return s;
}

static void a_conference_of_three_is_one_hub(struct world *w)
{
	struct consulted s = confer(w);
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
	struct calls *c = arg;

	done(lineRemoveFromConference(c->consult));
	(void)next_state(c->consult, LINECALLSTATE_CONNECTED);
	expect_eq(state_of(c->conference), LINECALLSTATE_CONNECTED);
	expect(info_of(c->consult)->dwCallID != info_of(c->conference)->dwCallID);
}

static void hold_conference(void *arg)
{
	struct calls *c = arg;

	done(lineHold(c->conference));
	(void)next_state(c->conference, LINECALLSTATE_ONHOLD);
	expect_error(linePrepareAddToConference(c->conference, &c->consult, NULL),
			LINEERR_INVALCALLSTATE);
	done(lineUnhold(c->conference));
	(void)next_state(c->conference, LINECALLSTATE_CONNECTED);
}

static void four_parties_and_one_leaves(struct world *w)
{
	struct consulted s = confer(w);
	struct app *e = app_start(w, "e.exe", 0);
	HCALL fourth = 0;

	(void)app_open_line(e, 3, LINECALLPRIVILEGE_OWNER);
	(void)strcpy(s.calls.number, "104");
	app_do(s.a, prepare, &s.calls, sizeof(s.calls));
	PARTY(s.b, is_held_by_the_other, s.first.to);
	app_do(e, answer, &fourth, sizeof(fourth));
	app_do(s.a, consult_connected, &s.calls, sizeof(s.calls));
	app_do(s.a, add, &s.calls, sizeof(s.calls));
	PARTY(s.b, is_active_again, s.first.to);
	app_do(s.a, hold_conference, &s.calls, sizeof(s.calls));
	PARTY(e, is_held_by_the_other, fourth);
	PARTY(e, is_active_again, fourth);
	PARTY(s.b, is_held_by_the_other, s.first.to);
	PARTY(s.b, is_active_again, s.first.to);
	app_do(s.a, remove_party, &s.calls, sizeof(s.calls));
	PARTY(s.a, drop, s.calls.consult);
	app_state(e, fourth, LINECALLSTATE_DISCONNECTED);
	PARTY(s.b, nothing_happens, s.first.to);
}

static void is_dissolved(void *arg)
{
	struct calls *c = arg;

	(void)next_state(c->consult, LINECALLSTATE_DISCONNECTED);
	(void)next_state(c->first, LINECALLSTATE_CONNECTED);
	(void)next_state(c->conference, LINECALLSTATE_IDLE);
}

static void one_party_is_a_call_again(struct world *w)
{
	struct consulted s = confer(w);

	PARTY(s.d, drop, s.third);
	app_do(s.a, is_dissolved, &s.calls, sizeof(s.calls));
	PARTY(s.b, nothing_happens, s.first.to);
}

static void drop_conference(void *arg)
{
	struct calls *c = arg;

	done(lineDrop(c->conference, NULL, 0));
	(void)next_state(c->conference, LINECALLSTATE_IDLE);
	(void)next_state(c->first, LINECALLSTATE_IDLE);
	(void)next_state(c->consult, LINECALLSTATE_IDLE);
}

static void dropping_the_conference_drops_all(struct world *w)
{
	struct consulted s = confer(w);

	app_do(s.a, drop_conference, &s.calls, sizeof(s.calls));
	app_state(s.b, s.first.to, LINECALLSTATE_DISCONNECTED);
	app_state(s.d, s.third, LINECALLSTATE_DISCONNECTED);
}

static void add_unanswered(void *arg)
{
	struct calls *c = arg;

	(void)own_line(0);
	done(lineSetupConference(0, own_line(0), &c->conference, &c->consult, 2, NULL));
	(void)next_state(c->conference, LINECALLSTATE_ONHOLDPENDCONF);
	done(lineDial(c->consult, c->number, 0));
	(void)await_state(c->consult, LINECALLSTATE_RINGBACK);
	add(c);
	expect_eq(state_of(c->consult), LINECALLSTATE_CONFERENCED);
}

static void a_party_is_added_before_it_answers(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	struct calls c = { 0, 0, 0, "102" };
	HCALL call = 0;

	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	app_do(a, add_unanswered, &c, sizeof(c));
	app_do(b, answer, &call, sizeof(call));
	PARTY(a, nothing_happens, c.consult);
	PARTY(b, drop, call);
	app_state(a, c.consult, LINECALLSTATE_DISCONNECTED);
}

static void complete_as_conference(void *arg)
{
	struct calls *c = arg;

	done(lineCompleteTransfer(c->first, c->consult, &c->conference,
			LINETRANSFERMODE_CONFERENCE));
	(void)next_state(c->conference, LINECALLSTATE_CONNECTED);
	expect_eq(next_state(c->first, LINECALLSTATE_CONFERENCED).p2, c->conference);
	expect_eq(next_state(c->consult, LINECALLSTATE_CONFERENCED).p2, c->conference);
}

static void a_transfer_becomes_a_conference(struct world *w)
{
	struct consulted s = consult(w, true);
	struct related r;

	app_do(s.a, complete_as_conference, &s.calls, sizeof(s.calls));
	PARTY(s.b, is_active_again, s.first.to);
	r = (struct related){ s.first.from, { s.calls.conference, s.first.from, s.calls.consult },
		3, 0 };
	app_do(s.a, related_calls, &r, sizeof(r));
}

static void add_of_another_line(void *arg)
{
	struct calls *c = arg;

	expect_error(lineAddToConference(c->conference, c->first), LINEERR_INVALCALLHANDLE);
	expect_error(lineAddToConference(c->first, c->conference), LINEERR_INVALCONFCALLHANDLE);
	expect_error(lineAddToConference(c->conference, 0x7fffffff),
			LINEERR_INVALCONSULTCALLHANDLE);
}

static void calls_of_two_lines_do_not_meet(struct world *w)
{
	struct consulted s = confer(w);
	struct calls c = { .conference = s.calls.conference };
	struct app *e = app_start(w, "e.exe", 0);

	c.first = app_connect(s.a, 4, e, 5).from;
	app_do(s.a, add_of_another_line, &c, sizeof(c));
}

static void hard_held(void *arg)
{
	union {
		LINEADDRESSCAPS caps;
		char room[4096];
	} u;
	struct calls *c = arg;

	memset(&u, 0, sizeof(u));
	u.caps.dwTotalSize = sizeof(u);
	expect_ok(lineGetAddressCaps(me.app, 0, 0, me.version, 0, &u.caps));
	expect(u.caps.dwAddrCapFlags & LINEADDRCAPFLAGS_TRANSFERHELD);
	expect(u.caps.dwAddrCapFlags & LINEADDRCAPFLAGS_TRANSFERMAKE);
	expect(status_of(c->first)->dwCallFeatures & LINECALLFEATURE_COMPLETETRANSF);
	complete_transfer(c);
}

static void a_held_call_is_transferred_if_caps_say_so(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0),
		   *d = app_start(w, "d.exe", 0);
	struct connected first = app_connect(a, 0, b, 1), second;
	struct calls c = { .first = first.from };

	PARTY(a, hold, first.from);
	second = app_connect(a, 0, d, 2);
	c.consult = second.from;
	app_do(a, hard_held, &c, sizeof(c));
	PARTY(d, drop, second.to);
	PARTY(b, is_held_by_the_other, first.to);
	PARTY(b, is_active_again, first.to);
	app_state(b, first.to, LINECALLSTATE_DISCONNECTED);
}

static const struct row rows[] = {
	TEST("2.t1.10 2.t1.11 2.5", "lineHold lineUnhold",
			"who holds is on hold, the other one is connected and held",
			hold_is_seen_by_both),
	TEST("2.7", "lineHold", "an old application does not hear of held modes",
			old_applications_are_not_held),
	TEST("2.t2.4 2.t2.5 2.t2.6", "lineHold lineUnhold", "services want their state",
			the_wrong_state_is_refused),
	TEST("2.t2.6", "lineSwapHold", "swapping holds one call and brings the other back",
			held_and_active_change_places),
	TEST("10.1", "lineSetupTransfer lineDial lineCompleteTransfer",
			"a transfer joins the other two, who learn of it",
			a_transfer_joins_the_other_two),
	TEST("10.1", "lineSetupTransfer lineCompleteTransfer", "a transfer needs no answer",
			a_transfer_needs_no_answer),
	TEST("10.2", "lineSetupTransfer lineDrop", "dropping the consultation reconnects",
			dropping_the_consultation_reconnects),
	TEST("10.2", "lineSetupTransfer lineUnhold", "unholding the first ends the consultation",
			unholding_the_first_ends_the_consultation),
	TEST("2.t2.7", "lineSetupTransfer lineCompleteTransfer",
			"what cannot be completed is refused", what_cannot_be_completed),
	TEST("2.t2.4", "lineBlindTransfer", "a blind transfer succeeds, or returns the call",
			a_blind_transfer_succeeds_or_returns),
	TEST("10.3 10.4 10.5 20.5",
			"lineSetupConference lineAddToConference lineGetConfRelatedCalls",
			"a conference of three is one hub", a_conference_of_three_is_one_hub),
	TEST("2.t2.8 2.t2.10", "lineGetConfRelatedCalls lineRemoveFromConference",
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
	TEST("10.7", "lineHold lineCompleteTransfer",
			"a call on hold is transferred if the capabilities say so",
			a_held_call_is_transferred_if_caps_say_so),
};
CONFORMANCE(party, rows)
