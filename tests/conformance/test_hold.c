// SPDX-License-Identifier: MIT
/* test_hold.c - hold, unhold and swap, each extension an application of its own. */
#include "party.h"

#include <string.h>

static void says_that_it_is_held(void *arg)
{
	expect_eq(status_of(*(HCALL *)arg)->dwCallStateMode, LINECONNECTEDMODE_ACTIVEHELD);
}

static void hold_is_seen_by_both(struct world *w)
{
	struct app *a = app_start(w, "holder.exe", 0), *b = app_start(w, "held.exe", 0);
	struct connected c = app_connect(a, 0, b, 1);

	PARTY(a, party_hold, c.from);
	PARTY(b, party_is_held, c.to);
	PARTY(b, says_that_it_is_held, c.to);
	PARTY(a, party_unhold, c.from);
	PARTY(b, party_is_active, c.to);
	PARTY(b, party_hold, c.to);
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
	struct party_calls *c = arg;

	c->first = dial(own_line(0), c->number);
	(void)await_state(c->first, LINECALLSTATE_RINGBACK);
}

static void first_connected(void *arg)
{
	(void)await_state(((struct party_calls *)arg)->first, LINECALLSTATE_CONNECTED);
}

static void old_applications_are_not_held(struct world *w)
{
	struct app *a = app_start(w, "holder.exe", 0), *b = app_start(w, "old.exe", 0x00010004);
	struct party_calls c = { .number = "102" };
	HCALL old = 0;

	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	app_do(a, make, &c, sizeof(c));
	app_do(b, answer_as_of_old, &old, sizeof(old));
	app_do(a, first_connected, &c, sizeof(c));
	PARTY(a, party_hold, c.first);
	PARTY(b, party_is_active, old);
}

static void hold_wants_a_connected_call(void *arg)
{
	struct party_calls *c = arg;

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
	struct party_calls c = { .first = app_connect(a, 0, b, 1).from };

	app_do(a, hold_wants_a_connected_call, &c, sizeof(c));
}

static void swap(void *arg)
{
	struct party_calls *c = arg;

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
	struct party_calls c = { .first = first.from };

	PARTY(a, party_hold, first.from);
	PARTY(b, party_is_held, first.to);
	second = app_connect(a, 0, d, 2);
	c.consult = second.from;
	app_do(a, swap, &c, sizeof(c));
	PARTY(b, party_is_active, first.to);
	PARTY(d, party_is_held, second.to);
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
};
CONFORMANCE(hold, rows)
