// SPDX-License-Identifier: MIT
/* test_status.c - section 11: LINE_LINEDEVSTATE and LINE_ADDRESSSTATE. */
#include "app.h"

struct ringing {
	DWORD states, addresses;
	HCALL call;
};

static void set_states(void *arg)
{
	const struct ringing *r = arg;
	DWORD states, addresses;

	expect_ok(lineSetStatusMessages(me.line[1], r->states, r->addresses));
	expect_ok(lineGetStatusMessages(me.line[1], &states, &addresses));
	expect_eq(states & r->states, r->states);
	expect_eq(addresses, r->addresses);
}

static void ring_102(void *arg)
{
	struct ringing *r = arg;

	r->call = dial(me.line[0], "102");
	(void)await_state(r->call, LINECALLSTATE_RINGBACK);
}

static void hang_up(void *arg)
{
	done(lineDrop(((struct ringing *)arg)->call, NULL, 0));
}

static void calls_but_no_status(void *arg)
{
	struct ringing *r = arg;

	r->call = next_call(LINECALLSTATE_OFFERING);
	(void)await_state(r->call, LINECALLSTATE_DISCONNECTED);
	expect_none(LINE_LINEDEVSTATE, ANY, ANY);
	expect_none(LINE_ADDRESSSTATE, ANY, ANY);
}

/* Three rings, numbered from 0; the state of the call says nothing of them. */
static void rings(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	for (DWORD i = 0; i < 3; i++) {
		struct message m = next(LINE_LINEDEVSTATE);

		expect_eq(m.device, me.line[1]);
		expect_eq(m.p1, LINEDEVSTATE_RINGING);
		expect_eq(m.p3, i);
	}
	expect_eq(state_of(call), LINECALLSTATE_OFFERING);
	expect_eq(count_of(LINE_CALLSTATE, call, ANY), 1);
}

static void off_until_asked_for(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct ringing r = { LINEDEVSTATE_RINGING, 0, 0 }, peer = { 0, 0, 0 };

	(void)app_open_line(a, 0, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	app_do(a, ring_102, &r, sizeof(r));
	app_do(a, hang_up, &r, sizeof(r));
	app_do(b, calls_but_no_status, &peer, sizeof(peer));
	app_do(b, hang_up, &peer, sizeof(peer));
	app_do(b, set_states, &r, sizeof(r));
	app_do(a, ring_102, &r, sizeof(r));
	app_do(b, rings, &peer, sizeof(peer));
}

static void expect_states(void *arg)
{
	const struct ringing *r = arg;
	struct message m;

	for (DWORD left = r->states; left;) {
		m = next(LINE_LINEDEVSTATE);
		expect((m.p1 & ~(DWORD_PTR)r->states) == 0);
		left &= ~(DWORD)m.p1;
	}
	expect_none(LINE_LINEDEVSTATE, ANY, ANY);
}

static void close_1(void *arg)
{
	(void)arg;
	expect_ok(lineClose(me.line[1]));
	me.line[1] = 0;
}

static void silence(void *arg)
{
	(void)arg;
	expect_none(LINE_LINEDEVSTATE, ANY, ANY);
}

/* The provider knows of one open line; the server tells each application what it asked for. */
static void server_tells_of_opens(struct world *w)
{
	struct app *a = app_start(w, "all.exe", 0), *b = app_start(w, "closes.exe", 0);
	struct app *c = app_start(w, "comes.exe", 0), *d = app_start(w, "nothing.exe", 0);
	struct ringing both = { LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE, 0, 0 };
	struct ringing close = { LINEDEVSTATE_CLOSE, 0, 0 };

	(void)app_open_line(a, 1, LINECALLPRIVILEGE_MONITOR);
	(void)app_open_line(b, 1, LINECALLPRIVILEGE_MONITOR);
	(void)app_open_line(d, 1, LINECALLPRIVILEGE_MONITOR);
	app_do(a, set_states, &both, sizeof(both));
	app_do(b, set_states, &close, sizeof(close));
	(void)app_open_line(c, 1, LINECALLPRIVILEGE_MONITOR);
	app_do(c, close_1, NULL, 0);
	app_do(a, expect_states, &both, sizeof(both));
	app_do(b, expect_states, &close, sizeof(close));
	app_do(d, silence, NULL, 0);
}

static void in_use(void *arg)
{
	struct message m = next(LINE_ADDRESSSTATE);
	union {
		LINEADDRESSSTATUS status;
		char room[1024];
	} u = { .status = { .dwTotalSize = sizeof(u) } };

	(void)arg;
	expect_eq(m.p1, 0);
	expect(m.p2 & LINEADDRESSSTATE_NUMCALLS);
	expect_ok(lineGetAddressStatus(me.line[1], 0, &u.status));
	expect_eq(u.status.dwNumActiveCalls, 1);
}

static void address_state_tells_of_calls(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct ringing r = { 0, LINEADDRESSSTATE_NUMCALLS, 0 };

	(void)app_open_line(a, 0, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	app_do(b, set_states, &r, sizeof(r));
	app_do(a, ring_102, &r, sizeof(r));
	app_do(b, in_use, NULL, 0);
}

static const struct row rows[] = {
	TEST("11.1 11.4", "lineSetStatusMessages lineGetStatusMessages",
			"status is off until it is asked for; each ring has its number",
			off_until_asked_for),
	TEST("11.2", "lineSetStatusMessages lineOpen",
			"the server tells of opens and closes, each application what it asked for",
			server_tells_of_opens),
	TEST("11.1", "lineSetStatusMessages lineGetAddressStatus", "the address tells of its calls",
			address_state_tells_of_calls),
};
CONFORMANCE(status, rows)
