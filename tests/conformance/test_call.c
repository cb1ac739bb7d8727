// SPDX-License-Identifier: MIT
/* test_call.c - making, dropping and giving back a call. */
#include "app.h"

static void make_and_drop(void *arg)
{
	HLINE line = own_line(0);
	const struct message *state;
	struct message reply;
	HCALL call = 0;
	LONG id;

	(void)arg;
	(void)own_line(1);
	id = expect_ok(lineMakeCall(line, &call, "102", 0, NULL));
	expect(id > 0);
	expect_error(lineDeallocateCall(call), LINEERR_INVALCALLHANDLE); /* not before the reply */
	reply = next(LINE_REPLY);
	expect_eq(reply.p1, id);
	expect_eq(reply.p2, 0);
	expect_eq(reply.device, 0);
	state = arrived(LINE_CALLSTATE, call, ANY);
	expect(!state || state->at > reply.at);
	(void)await_state(call, LINECALLSTATE_RINGBACK);
	done(lineDrop(call, NULL, 0));
	(void)next_state(call, LINECALLSTATE_IDLE);
	expect_eq(state_of(call), LINECALLSTATE_IDLE);
}

static void made_call_follows_its_reply(struct world *w)
{
	app_do(app_start(w, "caller.exe", 0), make_and_drop, NULL, 0);
}

static void drop(void *arg)
{
	done(lineDrop(*(HCALL *)arg, NULL, 0));
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_IDLE);
}

static void deallocate(void *arg)
{
	HCALL call = *(HCALL *)arg;

	expect_eq(state_of(call), LINECALLSTATE_IDLE);
	expect_ok(lineDeallocateCall(call));
	expect_error(lineDeallocateCall(call), LINEERR_INVALCALLHANDLE);
}

static void drop_is_seen_and_idle_stays_readable(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct connected c = app_connect(a, 0, b, 1);

	app_do(a, drop, &c.from, sizeof(c.from));
	app_state(b, c.to, LINECALLSTATE_DISCONNECTED);
	app_do(b, drop, &c.to, sizeof(c.to));
	app_do(a, deallocate, &c.from, sizeof(c.from));
	app_do(b, deallocate, &c.to, sizeof(c.to));
}

static void death_of_the_owner_is_a_shutdown(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct connected c = app_connect(a, 0, b, 1);

	app_kill(a);
	app_state(b, c.to, LINECALLSTATE_DISCONNECTED);
}

static const struct row rows[] = {
	TEST("5.1 5.4", "lineMakeCall lineDrop",
			"a made call has a request id, its reply, then its states",
			made_call_follows_its_reply),
	TEST("2.1 3.t1.9", "lineAnswer lineDrop lineDeallocateCall",
			"an idle call can be read until its handle is given back",
			drop_is_seen_and_idle_stays_readable),
	TEST("3.t1.7", "lineAnswer", "an owner that dies is an owner that shuts down",
			death_of_the_owner_is_a_shutdown),
};
CONFORMANCE(call, rows)
