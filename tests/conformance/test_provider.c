// SPDX-License-Identifier: MIT
/* test_provider.c - what a provider may do, and what reaches the applications of it: with a
 * provider that does what an application orders (puppet.h). */
#include "app.h"
#include "puppet.h"

#include <tspi.h>

static const struct setting puppet = {
	.providers = "[provider puppet]\npath = $BUILD/lib/tests/puppet.so\n"
};

/* As owner, with the extension version that the orders need. */
static void open_puppet(void)
{
	LINEEXTENSIONID extension;
	DWORD version, ext = 0;

	expect_ok(lineNegotiateAPIVersion(me.app, 0, 0x00010003, me.version, &version, &extension));
	expect_eq(extension.dwExtensionID3, 4);
	expect_ok(lineNegotiateExtVersion(me.app, 0, version, 1, 1, &ext));
	expect_ok(lineOpen(me.app, 0, &me.line[0], version, ext, 0, LINECALLPRIVILEGE_OWNER,
			LINEMEDIAMODE_INTERACTIVEVOICE, NULL));
}

static struct puppet_order order(HCALL call, struct puppet_order o)
{
	done(lineDevSpecific(me.line[0], 0, call, &o, sizeof(o)));
	return o;
}

static void state(HCALL call, DWORD state_, DWORD mode)
{
	(void)order(call, (struct puppet_order){ PUPPET_EVENT, LINE_CALLSTATE, state_, mode,
					  LINEMEDIAMODE_INTERACTIVEVOICE });
}

static HCALL connected(void)
{
	HCALL call = dial(me.line[0], "1");

	(void)next_state(call, LINECALLSTATE_CONNECTED);
	return call;
}

/* --- states --- */

static void odd_states(void *arg)
{
	static const DWORD states[] = { LINECALLSTATE_DIALTONE, LINECALLSTATE_ONHOLD,
		LINECALLSTATE_OFFERING, LINECALLSTATE_BUSY, LINECALLSTATE_CONNECTED,
		LINECALLSTATE_PROCEEDING, LINECALLSTATE_CONFERENCED, LINECALLSTATE_DIALING,
		LINECALLSTATE_SPECIALINFO, LINECALLSTATE_DISCONNECTED, LINECALLSTATE_RINGBACK,
		LINECALLSTATE_IDLE };
	HCALL call;

	(void)arg;
	open_puppet();
	call = connected();
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		state(call, states[i], 0);
		(void)next_state(call, states[i]);
		expect_eq(state_of(call), states[i]);
	}
	state(call, LINECALLSTATE_CONNECTED, 0);
	expect_none(LINE_CALLSTATE, call, ANY);
	expect_eq(state_of(call), LINECALLSTATE_IDLE);
}

static void any_transition_is_told(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), odd_states, NULL, 0);
}

static void join(void *arg)
{
	HCALL call;

	(void)arg;
	open_puppet();
	(void)order(0, (struct puppet_order){ PUPPET_RING, 0, LINECALLSTATE_OFFERING,
				       LINEOFFERINGMODE_INACTIVE, LINEMEDIAMODE_INTERACTIVEVOICE });
	call = (HCALL)next(LINE_APPNEWCALL).p2;
	expect_eq(next_state(call, LINECALLSTATE_OFFERING).p2, LINEOFFERINGMODE_INACTIVE);
	done(lineAnswer(call, NULL, 0));
	expect_eq(next_state(call, LINECALLSTATE_CONNECTED).p2, LINECONNECTEDMODE_ACTIVE);
	expect_error(lineAnswer(call, NULL, 0), LINEERR_INVALCALLSTATE);
	state(call, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_INACTIVE);
	expect_eq(next_state(call, LINECALLSTATE_CONNECTED).p2, LINECONNECTEDMODE_INACTIVE);
	done(lineAnswer(call, NULL, 0));
	expect_eq(next_state(call, LINECALLSTATE_CONNECTED).p2, LINECONNECTEDMODE_ACTIVE);
}

static void inactive_calls_are_joined(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), join, NULL, 0);
}

static void bridged(void *arg)
{
	HCALL call;

	(void)arg;
	open_puppet();
	call = connected();
	(void)order(0, (struct puppet_order){ .what = PUPPET_BRIDGE, .p1 = 1 });
	done(lineHold(call));
	expect_eq(next_state(call, LINECALLSTATE_CONNECTED).p2, LINECONNECTEDMODE_INACTIVEHELD);
	done(lineDrop(call, NULL, 0));
	expect_eq(next_state(call, LINECALLSTATE_CONNECTED).p2, LINECONNECTEDMODE_INACTIVE);
	expect_eq(state_of(call), LINECALLSTATE_CONNECTED);
}

static void bridged_calls_become_inactive(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), bridged, NULL, 0);
}

struct watched {
	HCALL call;
	DWORD mode; /* that the watcher sees */
};

static void hold_bridged(void *arg)
{
	(void)arg;
	(void)order(0, (struct puppet_order){ .what = PUPPET_BRIDGE, .p1 = 1 });
	done(lineHold(connected()));
}

static void see_mode(void *arg)
{
	const struct watched *c = arg;
	struct message m;

	for (int times = 0; times < 2; times += m.p1 == LINECALLSTATE_CONNECTED)
		m = next_of(LINE_CALLSTATE, ANY);
	expect_eq(m.p2, c->mode);
	expect_eq(status_of((HCALL)m.device)->dwCallState, LINECALLSTATE_CONNECTED);
}

static void begin_as_owner(void *arg)
{
	(void)arg;
	open_puppet();
}

static void held_modes_are_of_2_0(struct world *w)
{
	struct app *a = app_start(w, "owner.exe", 0), *b = app_start(w, "new.exe", 0x00020000);
	struct app *c = app_start(w, "old.exe", 0x00010004);
	struct watched new = { 0, LINECONNECTEDMODE_INACTIVEHELD };
	struct watched old = { 0, LINECONNECTEDMODE_INACTIVE };

	app_do(a, begin_as_owner, NULL, 0);
	(void)app_open_line(b, 0, LINECALLPRIVILEGE_MONITOR);
	(void)app_open_line(c, 0, LINECALLPRIVILEGE_MONITOR);
	app_do(a, hold_bridged, NULL, 0);
	app_do(b, see_mode, &new, sizeof(new));
	app_do(c, see_mode, &old, sizeof(old));
}

/* --- requests --- */

static void completions(void *arg)
{
	struct puppet_order before, after;
	struct message m;
	HCALL call;
	LONG id;

	(void)arg;
	open_puppet();
	call = connected(); /* the provider completes before it returns */
	(void)order(0, (struct puppet_order){ .what = PUPPET_EARLY, .p1 = 1 });
	id = expect_ok(lineMakeCall(me.line[0], &call, "1", 0, NULL));
	m = next(LINE_REPLY);
	expect_eq(m.p1, id);
	expect(next_state(call, LINECALLSTATE_DIALING).at > m.at);
	(void)next_state(call, LINECALLSTATE_CONNECTED);
	(void)order(0, (struct puppet_order){ .what = PUPPET_TWICE });
	(void)connected();
	expect_none(LINE_REPLY, ANY, ANY);
	before = order(0, (struct puppet_order){ .what = PUPPET_COUNT });
	(void)order(0, (struct puppet_order){
				       .what = PUPPET_FAIL, .p1 = (DWORD)LINEERR_RESOURCEUNAVAIL });
	refused(lineMakeCall(me.line[0], &call, "1", 0, NULL), LINEERR_RESOURCEUNAVAIL);
	expect_error(lineDrop(call, NULL, 0), LINEERR_INVALCALLHANDLE);
	after = order(0, (struct puppet_order){ .what = PUPPET_COUNT });
	expect_eq(after.p1, before.p1 + 1); /* TSPI_lineCloseCall */
	expect_eq(after.p3, before.p3);
}

static void each_request_has_one_reply(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), completions, NULL, 0);
}

/* What this provider does not export, in a state in which it would be allowed. */
static void not_exported(void *arg)
{
	HCALL call;
	DWORD id;

	(void)arg;
	open_puppet();
	call = connected();
	expect_error(lineSecureCall(call), LINEERR_OPERATIONUNAVAIL);
	expect_error(lineBlindTransfer(call, "2", 0), LINEERR_OPERATIONUNAVAIL);
	expect_error(lineGenerateDigits(call, LINEDIGITMODE_DTMF, "1", 0),
			LINEERR_OPERATIONUNAVAIL);
	state(call, LINECALLSTATE_BUSY, LINEBUSYMODE_STATION);
	expect_error(lineCompleteCall(call, &id, LINECALLCOMPLMODE_CAMPON, 0),
			LINEERR_OPERATIONUNAVAIL);
	expect_error(lineSecureCall(call + 0x1000), LINEERR_INVALCALLHANDLE); /* goes before */
}

static void what_is_not_exported_is_unavailable(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), not_exported, NULL, 0);
}

/* A request is open when the last handle goes; the provider completes it while it closes. */
static void closing(void *arg)
{
	HCALL call;
	LONG id;

	(void)arg;
	open_puppet();
	call = connected();
	(void)order(0, (struct puppet_order){ .what = PUPPET_KEEP });
	id = expect_ok(lineHold(call));
	expect_none(LINE_REPLY, ANY, ANY);
	expect_ok(lineDeallocateCall(call));
	expect_eq(next(LINE_REPLY).p1, id);
	call = connected();
	(void)order(0, (struct puppet_order){ .what = PUPPET_KEEP });
	(void)expect_ok(lineHold(call));
	expect_ok(lineClose(me.line[0]));
	me.line[0] = 0;
	expect_none(LINE_REPLY, ANY, ANY);
}

static void open_requests_end_with_their_call(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), closing, NULL, 0);
}

/* The order is open when the application that gave it closes the line. */
static void order_and_close(void *arg)
{
	static struct puppet_order o = { PUPPET_EVENT, LINE_DEVSPECIFIC, 4711, 0, 0 };

	(void)arg;
	(void)order(0, (struct puppet_order){ .what = PUPPET_WAIT });
	(void)expect_ok(lineDevSpecific(me.line[0], 0, 0, &o, sizeof(o)));
	expect_ok(lineClose(me.line[0]));
	me.line[0] = 0;
	expect_none(LINE_REPLY, ANY, ANY);
}

static void go_on(void *arg)
{
	(void)arg;
	expect_none(LINE_DEVSPECIFIC, ANY, ANY);
	(void)order(0, (struct puppet_order){ .what = PUPPET_COUNT });
	expect_eq(next(LINE_DEVSPECIFIC).p1, 4711);
}

static void requests_of_a_line_outlive_one_application(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);

	app_do(a, begin_as_owner, NULL, 0);
	app_do(b, begin_as_owner, NULL, 0);
	app_do(a, order_and_close, NULL, 0);
	app_do(b, go_on, NULL, 0);
}

/* --- other messages --- */

static void messages_of_the_provider(void *arg)
{
	struct message m;
	HCALL call;

	(void)arg;
	open_puppet();
	call = connected();
	(void)order(call, (struct puppet_order){ PUPPET_EVENT, LINE_CALLDEVSPECIFIC, 7, 8, 9 });
	m = next(LINE_DEVSPECIFIC);
	expect_eq(m.device, call);
	expect(m.p1 == 7 && m.p2 == 8 && m.p3 == 9);
	(void)order(call, (struct puppet_order){
					  PUPPET_EVENT, LINE_CALLDEVSPECIFICFEATURE, 1, 2, 3 });
	expect_eq(next(LINE_DEVSPECIFICFEATURE).device, call);
	(void)order(0, (struct puppet_order){ PUPPET_EVENT, LINE_DEVSPECIFIC, 4, 5, 6 });
	expect_eq(next(LINE_DEVSPECIFIC).device, me.line[0]);
	expect_ok(lineSetStatusMessages(me.line[0], 0, 0));
	(void)order(0, (struct puppet_order){ PUPPET_EVENT, LINE_LINEDEVSTATE, LINEDEVSTATE_SIGNAL,
				       0, 0 });
	(void)order(0, (struct puppet_order){ PUPPET_EVENT, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT,
				       0, 0 });
	m = next(LINE_LINEDEVSTATE);
	expect_eq(m.p1, LINEDEVSTATE_REINIT);
	expect_eq(m.p2, 0); /* a real demand */
	expect_none(LINE_LINEDEVSTATE, ANY, ANY);
}

static void messages_arrive_as_tapi_says(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), messages_of_the_provider, NULL, 0);
}

static void ringing(void *arg)
{
	HCALL call;

	(void)arg;
	open_puppet();
	(void)order(0, (struct puppet_order){ PUPPET_RING, 0, LINECALLSTATE_OFFERING,
				       LINEOFFERINGMODE_ACTIVE, LINEMEDIAMODE_INTERACTIVEVOICE });
	call = next_call(LINECALLSTATE_OFFERING);
	expect_eq(info_of(call)->dwNumOwners, 1);
	(void)order(0, (struct puppet_order){ PUPPET_RING, 0, LINECALLSTATE_CONNECTED, 0,
				       LINEMEDIAMODE_INTERACTIVEVOICE });
	(void)next_call(LINECALLSTATE_CONNECTED); /* found active */
}

static void new_calls_have_any_state(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), ringing, NULL, 0);
}

static const struct row rows[] = {
	TEST_IN(&puppet, "2.2 2.1 2.t1.11", "lineDevSpecific",
			"whatever state a provider reports is told, until IDLE",
			any_transition_is_told),
	TEST_IN(&puppet, "2.6 2.t2.1", "lineAnswer",
			"lineAnswer answers what alerts elsewhere and joins what is inactive",
			inactive_calls_are_joined),
	TEST_IN(&puppet, "2.8", "lineDrop lineHold", "on a bridged line a call may become inactive",
			bridged_calls_become_inactive),
	TEST_IN(&puppet, "2.7", "", "applications before 2.0 do not see the modes of 2.0",
			held_modes_are_of_2_0),
	TEST_IN(&puppet, "5.2 5.3 5.4 8.t1.14 22.t1.5 22.t1.10", "lineMakeCall",
			"each request has one reply, before what its call says",
			each_request_has_one_reply),
	TEST_IN(&puppet, "8.t1.5", "", "what a provider does not export is OPERATIONUNAVAIL",
			what_is_not_exported_is_unavailable),
	TEST_IN(&puppet, "5.9 5.10", "lineDeallocateCall lineClose",
			"an open request is completed while its call is closed",
			open_requests_end_with_their_call),
	TEST_IN(&puppet, "5.11", "lineDevSpecific lineClose",
			"a request without a call outlives its application's lineClose",
			requests_of_a_line_outlive_one_application),
	TEST_IN(&puppet, "11.1 11.3 18.5", "lineDevSpecific",
			"a call's device messages name it; REINIT is not masked",
			messages_arrive_as_tapi_says),
	TEST_IN(&puppet, "18.4 2.t1.1", "", "a new call has a handle and any state",
			new_calls_have_any_state),
};
CONFORMANCE(provider, rows)
