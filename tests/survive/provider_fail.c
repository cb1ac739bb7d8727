// SPDX-License-Identifier: MIT
/* provider_fail.c - a provider fails in every way that it can, beside healthy ones: its own lines
 * say why, it is started again where that helps, and nobody else notices. For each misdeed there is
 * a provider of its own, so that none waits for the back-off of another.
 */
#include "healthy.h"
#include "../conformance/app.h"
#include "../sanitized.h"
#include "process.h"
#include "rogue.h"
#include "stage.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <tapix.h>

enum { REPLY_MS = 15000, AGAIN_MS = 10000, MEMORY_KIB = 48 * 1024 };

/* What becomes of the request, and of the host. */
enum outcome {
	DIES,    /* it fails with the host */
	FAILS,   /* likewise, but the request was completed before */
	STAYS,   /* it succeeds, and all goes on */
	OPEN,    /* it stays open until the call is closed */
	GOES_ON, /* it succeeds, and the misdeed goes on for a while */
};

static const struct {
	enum misdeed misdeed;
	enum outcome outcome;
	const char *name, *keys, *says; /* says: part of the reason */
} rows[] = {
	{ ROGUE_CRASH, DIES, "SIGSEGV in an entry", "", "killed by signal 11" },
	{ ROGUE_CRASH_THREAD, FAILS, "SIGSEGV in a thread", "", "killed by signal 11" },
	{ ROGUE_HANG, DIES, "an entry hangs", "", "did not return" },
	{ ROGUE_HANG_UNASKED, FAILS, "an entry hangs, nothing asked", "", "did not return" },
#ifndef SANITIZED
	{ ROGUE_HOG, FAILS, "memory without end", "memory = 64M\n", "it had no memory left" },
#endif
	{ ROGUE_TWICE, STAYS, "completes twice", "", "" },
	{ ROGUE_STUTTER, GOES_ON, "completes without end", "", "" },
	{ ROGUE_NEVER, OPEN, "completes never", "", "closed before" },
	{ ROGUE_LATE, OPEN, "completes late", "", "closed before" },
	{ ROGUE_STORM, GOES_ON, "events without end", "", "" },
	{ ROGUE_NOISE, GOES_ON, "events of nothing without end", "", "" },
	{ ROGUE_CALLS, GOES_ON, "calls without end", "", "" },
	{ ROGUE_FLOOD, DIES, "events without end in an entry", "", "did not return" },
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

/* What goes on by itself goes on so long. */
static unsigned bear_ms(void)
{
	return effort.brief ? 200 : 2000;
}

static char providers[4096], daemon_keys[64];
struct setting provider_setting = { .providers = providers, .daemon = daemon_keys };

void provider_prepare(void)
{
	const double kill_s = 2;
	size_t n = (size_t)snprintf(providers, sizeof(providers),
			"[provider exchange]\nextensions = 1000-%u\nlog = warn\n",
			1000 + HEALTHY - 1);

	for (unsigned i = 0; i < ROWS; i++)
		n += (size_t)snprintf(providers + n, sizeof(providers) - n,
				"[provider rogue-%u]\npath = $BUILD/lib/tests/rogue.so\n%s", i,
				rows[i].keys);
	(void)snprintf(daemon_keys, sizeof(daemon_keys), "entry_timeout = %g\nkill_timeout = %g\n",
			kill_s / 2, kill_s);
}

/* --- the application on the lines of the failing provider --- */

struct victim {
	DWORD device;
	unsigned row;
	/* what it saw */
	unsigned replies, ends_ms, again_ms;
	LONG result;
	bool line_closed, works_again;
	struct tapix_reason reply, call, line;
};

static struct {
	struct victim v;
	HLINE line;
	HCALL call;
	LONG dialled, ordered;
	DWORD state; /* of the call */
	bool dial_failed;
} self;

static void take_reply(const LINEMESSAGE *m)
{
	if ((LONG)m->dwParam1 == self.dialled) {
		self.dialled = 0;
		self.dial_failed = m->dwParam2 != 0;
	} else if ((LONG)m->dwParam1 == self.ordered) {
		self.v.replies++;
		self.v.result = (LONG)m->dwParam2;
		(void)tapixGetReplyReason(me.app, (DWORD)self.ordered, &self.v.reply);
	}
}

static void take(const LINEMESSAGE *m)
{
	if (m->dwMessageID == LINE_REPLY) {
		take_reply(m);
	} else if (m->dwMessageID == LINE_CALLSTATE && m->hDevice == self.call) {
		self.state = (DWORD)m->dwParam1;
		if (m->dwParam1 == LINECALLSTATE_IDLE)
			(void)tapixGetCallReason(self.call, &self.v.call);
	} else if (m->dwMessageID == LINE_CLOSE && m->hDevice == self.line) {
		self.v.line_closed = true;
		(void)tapixGetCloseReason(self.line, &self.v.line);
	}
}

static bool pump_until(bool (*holds)(void), unsigned ms)
{
	uint64_t until = clock_now_ms() + ms;
	LINEMESSAGE m;

	while (!holds()) {
		if (clock_now_ms() > until)
			return false;
		if (lineGetMessage(me.app, &m, STEP_MS) == 0)
			take(&m);
	}
	return true;
}

static bool is_replied(void)
{
	return self.v.replies != 0;
}

static bool is_idle(void)
{
	return self.state == LINECALLSTATE_IDLE;
}

static bool has_ended(void)
{
	return is_idle() && self.v.line_closed;
}

static bool is_connected(void)
{
	return self.state == LINECALLSTATE_CONNECTED;
}

static bool is_dialled(void)
{
	return !self.dialled;
}

/* The line may be out of service still, or have the call of one that was turned out. */
static bool make_call(unsigned ms)
{
	uint64_t until = clock_now_ms() + ms;

	self.line = 0;
	while (lineOpen(me.app, self.v.device, &self.line, me.version, 0, 0,
			LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE, NULL)) {
		if (clock_now_ms() > until)
			return false;
		pause_ms(STEP_MS);
	}
	self.state = 0;
	while ((self.dialled = lineMakeCall(self.line, &self.call, "1", 0, NULL)) < 0) {
		if (clock_now_ms() > until)
			return false;
		pause_ms(STEP_MS);
	}
	return pump_until(is_dialled, ms) && !self.dial_failed && pump_until(is_connected, ms);
}

static void hang_up(void)
{
	expect(lineDrop(self.call, NULL, 0) > 0);
	expect(pump_until(is_idle, PATIENCE_MS));
	expect_ok(lineDeallocateCall(self.call));
}

static LONG order(DWORD misdeed)
{
	static struct rogue_order o; /* until the reply */

	o = (struct rogue_order){ misdeed, bear_ms() };
	return lineDevSpecific(self.line, 0, self.call, &o, sizeof(o));
}

static void victim_begins(void *arg)
{
	DWORD version = 0x00020002;

	expect_ok(initialise(&version));
	self.v = *(struct victim *)arg;
	expect(make_call(3 * PATIENCE_MS)); /* the one before may have left thousands of calls */
}

/* Gives the order, and stays as long as it takes effect by itself. */
static void victim_orders(void *arg)
{
	enum outcome outcome = rows[self.v.row].outcome;
	uint64_t since = clock_now_ms();

	self.v.replies = 0;
	self.ordered = order(rows[self.v.row].misdeed);
	if (self.ordered < 0) {
		self.v.replies = 1;
		self.v.result = self.ordered;
		tapixGetLastReason(&self.v.reply);
	}
	if (outcome != OPEN)
		(void)pump_until(is_replied, REPLY_MS);
	if (outcome == DIES || outcome == FAILS)
		(void)pump_until(has_ended, REPLY_MS);
	self.v.ends_ms = (unsigned)(clock_now_ms() - since);
	*(struct victim *)arg = self.v;
}

static bool never(void)
{
	return false;
}

static void victim_bears(void *arg)
{
	(void)arg;
	(void)pump_until(never, bear_ms());
}

/* Whoever is flooded may have been turned out, with a reason. */
static void victim_ends(void *arg)
{
	enum outcome outcome = rows[self.v.row].outcome;

	if (outcome == GOES_ON && lineDrop(self.call, NULL, 0) > 0)
		(void)pump_until(is_idle, PATIENCE_MS);
	if (outcome == STAYS || outcome == OPEN)
		hang_up();
	if (outcome == OPEN)
		(void)pump_until(is_replied, PATIENCE_MS);
	if (outcome == STAYS || outcome == OPEN) {
		(void)pump_until(never, 100); /* for what must not come */
		expect_ok(lineClose(self.line));
	}
	*(struct victim *)arg = self.v;
}

/* Another application, which finds the line in service. */
static void heir_tries(void *arg)
{
	struct victim *v = arg;
	DWORD version = 0x00020002;
	uint64_t since = clock_now_ms();

	expect_ok(initialise(&version));
	self.v = (struct victim){ .device = v->device, .row = v->row };
	v->works_again = make_call(AGAIN_MS);
	v->again_ms = (unsigned)(clock_now_ms() - since);
	if (v->works_again)
		hang_up();
}

/* --- the figures --- */

static bool has_reason(const struct tapix_reason *r, const char *says)
{
	return r->cause[0] && strstr(r->sentence, says);
}

static bool is_as_it_should(const struct victim *v)
{
	const char *says = rows[v->row].says;

	switch (rows[v->row].outcome) {
	case DIES:
		return v->replies == 1 && v->result < 0 && has_reason(&v->reply, says) &&
		       has_reason(&v->call, says) && has_reason(&v->line, says);
	case FAILS:
		return v->replies == 1 && !v->result && has_reason(&v->call, says) &&
		       has_reason(&v->line, says);
	case STAYS:
		return v->replies == 1 && !v->result && !v->line_closed;
	case GOES_ON:
		return v->replies == 1 && !v->result && (!v->line_closed || v->line.cause[0]);
	case OPEN:
		return v->replies == 1 && v->result < 0 && has_reason(&v->reply, says) &&
		       !v->line_closed;
	}
	return false;
}

static void add_goal(const struct victim *v)
{
	const char *name = rows[v->row].name;
	bool good = is_as_it_should(v);
	char what[128], again[32] = "never";

	if (!good)
		fprintf(stderr, "%s: %u replies, %#x [%s] %s; call [%s] %s; line %d [%s] %s\n",
				name, v->replies, (unsigned)v->result, v->reply.cause,
				v->reply.sentence, v->call.cause, v->call.sentence, v->line_closed,
				v->line.cause, v->line.sentence);
	(void)snprintf(what, sizeof(what), "%s: its line", name);
	if (v->works_again)
		(void)snprintf(again, sizeof(again), "in %u ms", v->again_ms);
	goal(what, good && v->works_again, "as it should", "%s after %u ms, again %s",
			v->line_closed ? "closed"
			: v->result    ? "failed"
				       : "served",
			v->ends_ms, again);
}

static void try_misdeed(struct world *w, unsigned row)
{
	struct victim v = { .device = HEALTHY + row, .row = row };
	char name[32];
	struct app *a;

	(void)snprintf(name, sizeof(name), "victim-%u", row);
	a = app_start_bare(w, name);
	app_do(a, victim_begins, &v, sizeof(v));
	healthy_quiet(effort.brief ? 50 : 1000);
	healthy_beside();
	app_do(a, victim_orders, &v, sizeof(v));
	app_do(a, victim_bears, &v, sizeof(v));
	healthy_apart();
	app_do(a, victim_ends, &v, sizeof(v));
	if (rows[row].outcome == GOES_ON)
		app_kill(a);
	else
		app_end(a);
	(void)snprintf(name, sizeof(name), "heir-%u", row);
	a = app_start_bare(w, name);
	app_do(a, heir_tries, &v, sizeof(v));
	app_end(a);
	add_goal(&v);
	healthy_goals(rows[row].name);
}

void provider_fail(struct world *w)
{
	unsigned before, after;

	healthy_start(w, 0, 1000);
	before = (unsigned)process_kib(world_daemon(w), "VmHWM:");
	for (unsigned i = 0; i < ROWS; i++)
		try_misdeed(w, i);
	after = (unsigned)process_kib(world_daemon(w), "VmHWM:");
	goal("most memory that the daemon took for all of it", after <= before + MEMORY_KIB,
			"<= 48 MiB", "%d KiB", (int)(after - before));
	healthy_end();
}
