// SPDX-License-Identifier: MIT
/* party.c - the steps of services with several parties. */
#include "party.h"

#include <string.h>

void party_hold(void *arg)
{
	done(lineHold(*(HCALL *)arg));
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_ONHOLD);
}

void party_unhold(void *arg)
{
	done(lineUnhold(*(HCALL *)arg));
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_CONNECTED);
}

void party_drop(void *arg)
{
	done(lineDrop(*(HCALL *)arg, NULL, 0));
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_IDLE);
}

void party_is_held(void *arg)
{
	expect_eq(next_state(*(HCALL *)arg, LINECALLSTATE_CONNECTED).p2,
			LINECONNECTEDMODE_ACTIVEHELD);
}

void party_is_active(void *arg)
{
	expect_eq(next_state(*(HCALL *)arg, LINECALLSTATE_CONNECTED).p2, LINECONNECTEDMODE_ACTIVE);
}

void party_stays(void *arg)
{
	expect_none(LINE_CALLSTATE, *(HCALL *)arg, ANY);
}

void party_sets_up_transfer(void *arg)
{
	struct party_calls *c = arg;
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

void party_answers(void *arg)
{
	HCALL *call = arg;

	*call = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(*call, NULL, 0));
	(void)await_state(*call, LINECALLSTATE_CONNECTED);
}

void party_consult_connected(void *arg)
{
	(void)await_state(((struct party_calls *)arg)->consult, LINECALLSTATE_CONNECTED);
}

/* a talks to b, consults d and is answered. */

void party_completes(void *arg)
{
	struct party_calls *c = arg;

	done(lineCompleteTransfer(c->first, c->consult, NULL, LINETRANSFERMODE_TRANSFER));
	(void)next_state(c->first, LINECALLSTATE_IDLE);
	(void)next_state(c->consult, LINECALLSTATE_IDLE);
	expect_ok(lineDeallocateCall(c->first));
	expect_ok(lineDeallocateCall(c->consult));
}

void party_sets_up_conference(void *arg)
{
	struct party_calls *c = arg;

	done(lineSetupConference(c->first, 0, &c->conference, &c->consult, 3, NULL));
	expect(c->conference != c->consult);
	if (c->first)
		expect_eq(next_state(c->first, LINECALLSTATE_CONFERENCED).p2, c->conference);
	(void)next_state(c->conference, LINECALLSTATE_ONHOLDPENDCONF);
	(void)next_state(c->consult, LINECALLSTATE_DIALTONE);
	done(lineDial(c->consult, c->number, 0));
	(void)await_state(c->consult, LINECALLSTATE_RINGBACK);
}

void party_adds(void *arg)
{
	struct party_calls *c = arg;

	done(lineAddToConference(c->conference, c->consult));
	expect_eq(await_state(c->consult, LINECALLSTATE_CONFERENCED).p2, c->conference);
	(void)next_state(c->conference, LINECALLSTATE_CONNECTED);
}

void party_prepares(void *arg)
{
	struct party_calls *c = arg;

	done(linePrepareAddToConference(c->conference, &c->consult, NULL));
	(void)next_state(c->conference, LINECALLSTATE_ONHOLDPENDCONF);
	(void)next_state(c->consult, LINECALLSTATE_DIALTONE);
	done(lineDial(c->consult, c->number, 0));
	(void)await_state(c->consult, LINECALLSTATE_RINGBACK);
}

struct parties party_consult(struct world *w, bool is_answered)
{
	struct parties s = { app_start(w, "a.exe", 0), app_start(w, "b.exe", 0),
		app_start(w, "d.exe", 0), { 0, 0 }, 0, { 0, 0, 0, "103" } };

	s.first = app_connect(s.a, 0, s.b, 1);
	(void)app_open_line(s.d, 2, LINECALLPRIVILEGE_OWNER);
	s.calls.first = s.first.from;
	app_do(s.a, party_sets_up_transfer, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_is_held, s.first.to);
	if (!is_answered)
		return s;
	app_do(s.d, party_answers, &s.third, sizeof(s.third));
	app_do(s.a, party_consult_connected, &s.calls, sizeof(s.calls));
	return s;
}

struct parties party_confer(struct world *w)
{
	struct parties s = { app_start(w, "a.exe", 0), app_start(w, "b.exe", 0),
		app_start(w, "d.exe", 0), { 0, 0 }, 0, { 0, 0, 0, "103" } };

	s.first = app_connect(s.a, 0, s.b, 1);
	(void)app_open_line(s.d, 2, LINECALLPRIVILEGE_OWNER);
	s.calls.first = s.first.from;
	app_do(s.a, party_sets_up_conference, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_is_held, s.first.to);
	app_do(s.d, party_answers, &s.third, sizeof(s.third));
	app_do(s.a, party_consult_connected, &s.calls, sizeof(s.calls));
	app_do(s.a, party_adds, &s.calls, sizeof(s.calls));
	PARTY(s.b, party_is_active, s.first.to);
	return s;
}
