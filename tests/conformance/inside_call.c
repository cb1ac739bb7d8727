// SPDX-License-Identifier: MIT
/* inside_call.c - what applications do with calls again and again: replies, states, dialling; and
 * the same asked of an application by the test. */
#include "internal.h"
#include "app.h"

#include <string.h>

void done_at(LONG id, LONG want, const char *what, const char *file, int line)
{
	struct tapix_reason why;
	struct message m;

	if (id < 0 && want) {
		expect_error_at(id, want, what, file, line);
		return;
	}
	if (expect_ok_at(id, what, file, line) == 0)
		fail_test_at(file, line, "%s: 0 is no request id", what);
	m = next_at(LINE_REPLY, file, line);
	if (m.p1 != (DWORD)id)
		fail_test_at(file, line, "%s: a reply to %#lx, not %#x", what, (unsigned long)m.p1,
				(unsigned)id);
	memset(&why, 0, sizeof(why));
	if (m.p2)
		(void)tapixGetReplyReason(me.app, (DWORD)id, &why);
	if ((LONG)m.p2 != want)
		fail_test_at(file, line, "%s: the reply says %s, not %#x: %s", what,
				m.p2 ? tapixConstantName("LINEERR_", (DWORD)m.p2) : "success",
				(unsigned)want, why.sentence);
	if (want && !why.sentence[0])
		fail_test_at(file, line, "%s: the reply has no reason", what);
}

static const char *state_name(DWORD state)
{
	const char *name = tapixConstantName("LINECALLSTATE_", state);

	return name ? name : "?";
}

struct message next_state_at(HCALL call, DWORD state, const char *file, int line)
{
	struct message m = next_of_at(LINE_CALLSTATE, call, file, line);

	if (m.p1 != state)
		fail_test_at(file, line, "call %#x is %s, not %s", call, state_name((DWORD)m.p1),
				state_name(state));
	return m;
}

struct message await_state_at(HCALL call, DWORD state, const char *file, int line)
{
	struct message m;

	do
		m = next_of_at(LINE_CALLSTATE, call, file, line);
	while (m.p1 != state);
	return m;
}

HCALL next_call_at(DWORD state, const char *file, int line)
{
	struct message m = next_at(LINE_APPNEWCALL, file, line), s;

	s = next_state_at((HCALL)m.p2, state, file, line);
	if (s.at != m.at + 1)
		fail_test_at(file, line, "LINE_APPNEWCALL %#lx is not followed by its state",
				(unsigned long)m.p2);
	return (HCALL)m.p2;
}

HCALL dial(HLINE line, const char *number)
{
	HCALL call = 0;

	done(lineMakeCall(line, &call, number, 0, NULL));
	expect(call != 0);
	return call;
}

DWORD state_of(HCALL call)
{
	return status_of(call)->dwCallState;
}

const LINECALLSTATUS *status_of(HCALL call)
{
	static union {
		LINECALLSTATUS status;
		char room[4096];
	} u;

	memset(&u, 0, sizeof(u));
	u.status.dwTotalSize = sizeof(u);
	expect_ok(lineGetCallStatus(call, &u.status));
	return &u.status;
}

const LINECALLINFO *info_of(HCALL call)
{
	static union {
		LINECALLINFO info;
		char room[65536];
	} u;

	memset(&u, 0, sizeof(u));
	u.info.dwTotalSize = sizeof(u);
	expect_ok(lineGetCallInfo(call, &u.info));
	return &u.info;
}

/* --- for the test --- */

struct opening {
	DWORD device, privileges;
	HLINE line;
};

static void do_open(void *arg)
{
	struct opening *o = arg;

	o->line = open_line(o->device, o->privileges,
			o->privileges & LINECALLPRIVILEGE_OWNER ? LINEMEDIAMODE_INTERACTIVEVOICE
								: 0);
}

HLINE app_open_line(struct app *a, DWORD device, DWORD privileges)
{
	struct opening o = { device, privileges, 0 };

	app_do(a, do_open, &o, sizeof(o));
	return o.line;
}

struct one_state {
	HCALL call;
	DWORD state;
};

static void do_state(void *arg)
{
	const struct one_state *s = arg;

	(void)next_state(s->call, s->state);
}

void app_state(struct app *a, HCALL call, DWORD state)
{
	struct one_state s = { call, state };

	app_do(a, do_state, &s, sizeof(s));
}

static void do_new_call(void *arg)
{
	struct one_state *s = arg;

	s->call = next_call(s->state);
}

HCALL app_new_call(struct app *a, DWORD state)
{
	struct one_state s = { 0, state };

	app_do(a, do_new_call, &s, sizeof(s));
	return s.call;
}

struct connecting {
	DWORD from_line, to_line;
	char number[16];
	HCALL call;
};

static void do_dial(void *arg)
{
	struct connecting *c = arg;

	c->call = dial(me.line[c->from_line], c->number);
}

static void do_answer(void *arg)
{
	struct connecting *c = arg;

	c->call = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(c->call, NULL, 0));
	(void)await_state(c->call, LINECALLSTATE_CONNECTED);
}

static void do_await_connected(void *arg)
{
	const struct connecting *c = arg;

	(void)await_state(c->call, LINECALLSTATE_CONNECTED);
}

static void number_of(DWORD device, char *out, size_t size)
{
	(void)snprintf(out, size, "%u", 101 + device);
}

struct connected app_connect(struct app *from, DWORD from_line, struct app *to, DWORD to_line)
{
	struct connecting c = { from_line, to_line, "", 0 };
	struct connected both;

	number_of(to_line, c.number, sizeof(c.number));
	(void)app_open_line(from, from_line, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(to, to_line, LINECALLPRIVILEGE_OWNER);
	app_do(from, do_dial, &c, sizeof(c));
	both.from = c.call;
	app_do(to, do_answer, &c, sizeof(c));
	both.to = c.call;
	c.call = both.from;
	app_do(from, do_await_connected, &c, sizeof(c));
	return both;
}
