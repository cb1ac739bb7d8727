// SPDX-License-Identifier: MIT
/* client_owner.c - the application that owns 200 calls on four lines is killed, again and again:
 * all of them are released on the wire, and nothing of it stays behind. */
#include "process.h"
#include "stage.h"
#include "../conformance/app.h"

#include "base/clock.h"

enum {
	TURN_MS = 20,
	START_MS = 1500,
	LINES = 4,
	CALLS = 50 * LINES,
	RELEASE_MS = 1000,
	GROWTH_KIB = 256,
	GROWTH_HOST_KIB = 1024
};

struct setting owner_setting = { .providers = "[provider exchange]\nextensions = 1000-1007\n"
					      "dial_ms = 3600000\ncalls_per_line = 50\n"
					      "log = warn\n" };

/* What the called side sees. */
static struct {
	atomic_uint up, over;
	atomic_bool end;
} * seen;

static void open_lines(DWORD first)
{
	for (DWORD i = 0; i < LINES; i++)
		(void)own_line(first + i);
}

/* --- the called side --- */

static void answer_or_give_back(const LINEMESSAGE *m)
{
	if (m->dwMessageID != LINE_CALLSTATE)
		return;
	if (m->dwParam1 == LINECALLSTATE_OFFERING)
		expect(lineAnswer(m->hDevice, NULL, 0) > 0);
	else if (m->dwParam1 == LINECALLSTATE_CONNECTED)
		seen->up++;
	else if (m->dwParam1 == LINECALLSTATE_DISCONNECTED)
		expect(lineDrop(m->hDevice, NULL, 0) > 0);
	else if (m->dwParam1 == LINECALLSTATE_IDLE)
		expect_ok(lineDeallocateCall(m->hDevice));
	seen->over += m->dwParam1 == LINECALLSTATE_DISCONNECTED;
}

static void be_called(void *arg)
{
	DWORD version = 0x00020002;

	(void)arg;
	expect_ok(initialise(&version));
	open_lines(LINES);
	while (!seen->end)
		dispatch(answer_or_give_back, TURN_MS);
}

/* --- the owner --- */

static unsigned connected;

static void count(const LINEMESSAGE *m)
{
	if (m->dwMessageID == LINE_REPLY)
		expect_eq(m->dwParam2, 0);
	connected += m->dwMessageID == LINE_CALLSTATE && m->dwParam1 == LINECALLSTATE_CONNECTED;
}

static void make_calls(void *arg)
{
	static HCALL calls[CALLS];
	DWORD version = 0x00020002;
	char number[16];

	(void)arg;
	expect_ok(initialise(&version));
	open_lines(0);
	for (unsigned i = 0; i < CALLS; i++) {
		(void)snprintf(number, sizeof(number), "%u", 1000 + LINES + i % LINES);
		expect(lineMakeCall(me.line[i % LINES], &calls[i], number, 0, NULL) > 0);
	}
	while (connected < CALLS)
		dispatch(count, TURN_MS);
}

/* --- the scenario --- */

static void await(const atomic_uint *count_of, unsigned n, const char *what)
{
	uint64_t until = clock_now_ms() + PATIENCE_MS;

	while (*count_of < n) {
		pause_ms(1);
		if (clock_now_ms() > until)
			fail_test("%u of %u calls %s", *count_of, n, what);
	}
}

/* From the kill until all calls are over for those who were called. */
static uint64_t kill_an_owner(struct world *w, unsigned round)
{
	struct app *a;
	uint64_t killed;
	char name[32];

	(void)snprintf(name, sizeof(name), "owner-%u", round);
	a = app_start_bare(w, name);
	app_do(a, make_calls, NULL, 0);
	await(&seen->up, (round + 1) * CALLS, "are up");
	killed = clock_now_ms();
	app_kill(a);
	await(&seen->over, (round + 1) * CALLS, "are over");
	return clock_now_ms() - killed;
}

/* The heap of a host keeps the room of its greatest burst, once: its growth says less. Pages of
 * files come and go as the system likes, so only its own count. */
static void goal_as_before(const char *what, struct process before, struct process now,
		long growth_kib)
{
	char text[96], limit[32];

	(void)snprintf(text, sizeof(text), "descriptors of the %s", what);
	goal(text, now.descriptors <= before.descriptors, "as before", "%u (%u)", now.descriptors,
			before.descriptors);
	(void)snprintf(text, sizeof(text), "memory of the %s", what);
	(void)snprintf(limit, sizeof(limit), "+ %ld KiB", growth_kib);
	goal(text, now.own_kib <= before.own_kib + growth_kib, limit, "%ld KiB (%ld)", now.own_kib,
			before.own_kib);
}

void client_owner_dies(struct world *w)
{
	unsigned warm = effort.brief ? 1 : 10, rounds = warm + (effort.brief ? 3 : 100);
	struct process core, host;
	struct app *called;
	uint64_t longest = 0;

	seen = shared_new(sizeof(*seen));
	called = app_start_bare(w, "called");
	app_begin(called, be_called, NULL, 0);
	pause_ms(START_MS); /* a second after it the daemon gives back what only its start needed */
	for (unsigned i = 0; i < rounds; i++) {
		uint64_t took = kill_an_owner(w, i);

		longest = took > longest ? took : longest;
		if (i + 1 != warm)
			continue;
		core = process_at_rest(world_daemon(w));
		host = process_at_rest(world_host(w, "exchange"));
	}
	goal("calls released of a killed owner", seen->over == rounds * CALLS, "all", "%u of %u",
			seen->over, rounds * CALLS);
	goal_time("longest time until all 200 were", longest <= RELEASE_MS, "<= 1 s", "%.3f s",
			(double)longest / 1000);
	goal_as_before("daemon", core, process_at_rest(world_daemon(w)), GROWTH_KIB);
	goal_as_before("provider host", host, process_at_rest(world_host(w, "exchange")),
			GROWTH_HOST_KIB);
	seen->end = true;
	app_finish(called, NULL, 0);
	app_end(called);
	goal_none("lines with a call left", stage_lines_in_use(w));
}
