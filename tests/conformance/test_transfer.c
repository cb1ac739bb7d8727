// SPDX-License-Identifier: MIT
/* test_transfer.c - transfers, with a consultation and blind, each extension an application of its
 * own. */
#include "party.h"

#include <string.h>

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
	struct parties s = party_consult(w, true);
	struct told b = { s.first.to, "103", "101", LINECALLREASON_DIRECT, 0 };
	struct told d = { s.third, "102", "101", LINECALLREASON_TRANSFER, 0 };

	app_do(s.a, party_completes, &s.calls, sizeof(s.calls));
	app_do(s.b, is_told_of_the_transfer, &b, sizeof(b));
	app_do(s.d, is_told_of_the_transfer, &d, sizeof(d));
	expect_eq(b.id, d.id);
	PARTY(s.b, party_is_active, s.first.to);
	PARTY(s.b, party_drop, s.first.to);
	app_state(s.d, s.third, LINECALLSTATE_DISCONNECTED);
}

static void a_transfer_needs_no_answer(struct world *w)
{
	struct parties s = party_consult(w, false);

	app_do(s.a, party_completes, &s.calls, sizeof(s.calls));
	app_do(s.d, party_answers, &s.third, sizeof(s.third));
	PARTY(s.b, party_is_active, s.first.to);
	PARTY(s.d, party_drop, s.third);
	app_state(s.b, s.first.to, LINECALLSTATE_DISCONNECTED);
}

static void drop_consultation(void *arg)
{
	struct party_calls *c = arg;

	done(lineDrop(c->consult, NULL, 0));
	(void)next_state(c->consult, LINECALLSTATE_IDLE);
	(void)next_state(c->first, LINECALLSTATE_CONNECTED);
}

static void dropping_the_consultation_reconnects(struct world *w)
{
	struct parties s = party_consult(w, true);

	app_do(s.a, drop_consultation, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_is_active, s.first.to);
	app_state(s.d, s.third, LINECALLSTATE_DISCONNECTED);
}

static void go_back(void *arg)
{
	struct party_calls *c = arg;

	done(lineUnhold(c->first));
	(void)next_state(c->first, LINECALLSTATE_CONNECTED);
	(void)next_state(c->consult, LINECALLSTATE_IDLE);
}

static void unholding_the_first_ends_the_consultation(struct world *w)
{
	struct parties s = party_consult(w, true);

	app_do(s.a, go_back, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_is_active, s.first.to);
	app_state(s.d, s.third, LINECALLSTATE_DISCONNECTED);
}

static void bad_completions(void *arg)
{
	struct party_calls *c = arg;

	expect_error(lineCompleteTransfer(c->consult, c->first, NULL, LINETRANSFERMODE_TRANSFER),
			LINEERR_INVALCALLSTATE);
	expect_error(lineCompleteTransfer(c->first, c->first, NULL, LINETRANSFERMODE_TRANSFER),
			LINEERR_INVALCONSULTCALLHANDLE);
	expect_eq(state_of(c->first), LINECALLSTATE_ONHOLDPENDTRANSFER);
	expect_eq(state_of(c->consult), LINECALLSTATE_CONNECTED);
}

static void what_cannot_be_completed(struct world *w)
{
	struct parties s = party_consult(w, true);

	app_do(s.a, bad_completions, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_stays, s.first.to);
}

static void blind_transfer(void *arg)
{
	struct party_calls *c = arg;

	done(lineBlindTransfer(c->first, c->number, 0));
	(void)next_state(c->first, LINECALLSTATE_IDLE);
}

static void blind_transfer_fails(void *arg)
{
	struct party_calls *c = arg;

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
	struct party_calls c = { .first = first.from, .number = "103" };
	struct told told = { first.to, "103", "101", LINECALLREASON_DIRECT, 0 };
	HCALL third = 0;

	(void)app_open_line(d, 2, LINECALLPRIVILEGE_OWNER);
	app_do(a, blind_transfer_fails, &c, sizeof(c));
	app_do(a, blind_transfer, &c, sizeof(c));
	app_do(d, offered_by_transfer, &third, sizeof(third));
	app_do(b, is_told_of_the_transfer, &told, sizeof(told));
	PARTY(b, party_drop, first.to);
	app_state(d, third, LINECALLSTATE_DISCONNECTED);
}

static void hard_held(void *arg)
{
	union {
		LINEADDRESSCAPS caps;
		char room[4096];
	} u;
	struct party_calls *c = arg;

	memset(&u, 0, sizeof(u));
	u.caps.dwTotalSize = sizeof(u);
	expect_ok(lineGetAddressCaps(me.app, 0, 0, me.version, 0, &u.caps));
	expect(u.caps.dwAddrCapFlags & LINEADDRCAPFLAGS_TRANSFERHELD);
	expect(u.caps.dwAddrCapFlags & LINEADDRCAPFLAGS_TRANSFERMAKE);
	expect(status_of(c->first)->dwCallFeatures & LINECALLFEATURE_COMPLETETRANSF);
	party_completes(c);
}

static void a_held_call_is_transferred_if_caps_say_so(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0),
		   *d = app_start(w, "d.exe", 0);
	struct connected first = app_connect(a, 0, b, 1), second;
	struct party_calls c = { .first = first.from };

	PARTY(a, party_hold, first.from);
	second = app_connect(a, 0, d, 2);
	c.consult = second.from;
	app_do(a, hard_held, &c, sizeof(c));
	PARTY(d, party_drop, second.to);
	PARTY(b, party_is_held, first.to);
	PARTY(b, party_is_active, first.to);
	app_state(b, first.to, LINECALLSTATE_DISCONNECTED);
}

struct one_step {
	LINECALLPARAMS p;
	char target[4];
};

static void set_up_in_one_step(void *arg)
{
	struct one_step in = { { .dwTotalSize = sizeof(in),
					       .dwCallParamFlags =
							       LINECALLPARAMFLAGS_ONESTEPTRANSFER,
					       .dwTargetAddressSize = 4,
					       .dwTargetAddressOffset = sizeof(in.p) },
		"103" };
	struct party_calls *c = arg;

	done(lineSetupTransfer(c->first, &c->consult, &in.p));
	(void)next_state(c->first, LINECALLSTATE_ONHOLDPENDTRANSFER);
	(void)await_state(c->consult, LINECALLSTATE_RINGBACK);
	expect_error(lineDial(c->consult, "1", 0), LINEERR_INVALCALLSTATE);
	party_completes(c);
}

static void a_transfer_is_set_up_in_one_step(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0),
		   *d = app_start(w, "d.exe", 0);
	struct party_calls c = { .first = app_connect(a, 0, b, 1).from };
	HCALL third = 0;

	(void)app_open_line(d, 2, LINECALLPRIVILEGE_OWNER);
	app_do(a, set_up_in_one_step, &c, sizeof(c));
	app_do(d, party_answers, &third, sizeof(third));
}

static const struct row rows[] = {
	TEST("10.1", "lineSetupTransfer lineCompleteTransfer", "a transfer is set up in one step",
			a_transfer_is_set_up_in_one_step),
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
	TEST("10.7", "lineHold lineCompleteTransfer",
			"a call on hold is transferred if the capabilities say so",
			a_held_call_is_transferred_if_caps_say_so),
};
CONFORMANCE(transfer, rows)
