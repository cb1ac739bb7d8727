// SPDX-License-Identifier: MIT
/* client_reader.c - an application that is stopped and so never reads, while events come for it all
 * the time: the daemon keeps little for it, lets it go, and tells it on its return what it missed.
 */
#include "healthy.h"
#include "process.h"
#include "stage.h"
#include "../conformance/app.h"

#include "base/clock.h"

#include <signal.h>
#include <string.h>

enum { EVENTS_S = 500, QUEUE_KIB = 1024, SLACK_KIB = 256, EVENT_P99_MS = 20, GIVE_UP_MS = 120000 };

static struct {
	atomic_uint phase; /* of those below */
	atomic_uint changes;
	_Atomic DWORD state, told;
	atomic_uint resyncs, missing;
} * seen;
enum { STARTING, CHANGING, AT_REST, LOOKING, SEEN, OVER };

/* --- whose call changes its state all the time --- */

static HCALL the_call;
static LONG pending;

static void take_change(const LINEMESSAGE *m)
{
	if (m->dwMessageID == LINE_REPLY && (LONG)m->dwParam1 == pending)
		pending = 0;
	if (m->dwMessageID != LINE_CALLSTATE || m->hDevice != the_call)
		return;
	seen->state = (DWORD)m->dwParam1;
	seen->changes++;
}

/* Each change is a request and the state that comes of it. */
static void change(void *arg)
{
	const unsigned *events_s = arg;
	uint64_t due = clock_now_ns();
	HLINE line = own_line(HEALTHY);

	pending = expect_ok(lineMakeCall(line, &the_call, "1009", 0, NULL));
	while (seen->state != LINECALLSTATE_CONNECTED)
		dispatch(take_change, 10);
	seen->phase = CHANGING;
	while (seen->phase == CHANGING) {
		DWORD before = seen->changes;

		pending = expect_ok(seen->state == LINECALLSTATE_CONNECTED ? lineHold(the_call)
									   : lineUnhold(the_call));
		while (pending || seen->changes == before)
			dispatch(take_change, 10);
		due += *events_s ? 1000000000ULL / *events_s : 0;
		while (clock_now_ns() < due)
			dispatch(take_change, 1);
	}
	seen->phase = LOOKING;
	while (seen->phase != OVER)
		dispatch(take_change, 10);
}

/* --- who answers it --- */

static void take_nothing(const LINEMESSAGE *m)
{
	(void)m;
}

static void answer(void *arg)
{
	(void)arg;
	(void)own_line(HEALTHY + 1);
	expect_ok(lineAnswer(next_call(LINECALLSTATE_OFFERING), NULL, 0));
	while (seen->phase != OVER)
		dispatch(take_nothing, 10);
}

/* --- who never reads --- */

static HCALL looked_at;

static void look(const LINEMESSAGE *m)
{
	if (m->dwMessageID == TAPIX_RESYNCHRONISED) {
		seen->resyncs++;
		seen->missing += (unsigned)m->dwParam3;
	} else if (m->dwMessageID == LINE_APPNEWCALL && m->dwCallbackInstance == HEALTHY) {
		looked_at = (HCALL)m->dwParam2;
	} else if (m->dwMessageID == LINE_CALLSTATE && m->hDevice == looked_at) {
		seen->told = (DWORD)m->dwParam1;
	}
}

static void open_all(void *arg)
{
	(void)arg;
	for (DWORD device = 0; device <= HEALTHY; device++) {
		HLINE line;

		expect_ok(lineOpen(me.app, device, &line, 0x00020002, 0, device,
				LINECALLPRIVILEGE_MONITOR, 0, NULL));
	}
}

static void look_on(void *arg)
{
	(void)arg;
	while (seen->phase != LOOKING || !seen->resyncs || seen->told != seen->state)
		dispatch(look, 10);
	expect_eq(state_of(looked_at), seen->told);
	seen->phase = SEEN;
}

/* --- the scenario --- */

static bool is_let_go(struct world *w)
{
	return strstr(world_log(w), "sleeper: connection closed: does not read") != NULL;
}

static unsigned growth_until_let_go(struct world *w)
{
	long before = process_now(world_daemon(w)).rss_kib, most = before;
	uint64_t until = clock_now_ms() + GIVE_UP_MS;

	while (!is_let_go(w) && clock_now_ms() < until) {
		long now = process_now(world_daemon(w)).rss_kib;

		most = now > most ? now : most;
		pause_ms(20);
	}
	return (unsigned)(most - before);
}

static void await_phase(unsigned phase, const char *what)
{
	uint64_t until = clock_now_ms() + PATIENCE_MS;

	while (seen->phase != phase) {
		pause_ms(2);
		if (clock_now_ms() > until)
			fail_test("%s", what);
	}
}

static void add_goals(struct world *w, unsigned growth_kib, unsigned changes, uint64_t ms)
{
	goal_time("events a second for one that never reads", changes * 1000ULL >= EVENTS_S * ms,
			">= 500", "%u", (unsigned)(changes * 1000ULL / ms));
	goal("it is let go for a named cause", is_let_go(w), "does not read", "%s after %u ms",
			is_let_go(w) ? "does not read" : "kept", (unsigned)ms);
	goal("memory of the daemon for it", growth_kib <= QUEUE_KIB + SLACK_KIB, "<= 1 MiB + 256",
			"%u KiB", growth_kib);
}

void client_never_reads(struct world *w)
{
	unsigned events_s = effort.brief ? 0 : EVENTS_S + EVENTS_S / 5, growth, before;
	struct app *sleeper, *changer, *answerer;
	uint64_t begun;

	seen = shared_new(sizeof(*seen));
	healthy_start(w, 0, 1000);
	healthy_quiet(effort.brief ? 500 : 4000);
	sleeper = app_start(w, "sleeper", 0);
	changer = app_start(w, "changer", 0);
	answerer = app_start(w, "answerer", 0);
	app_do(sleeper, open_all, NULL, 0);
	app_begin(sleeper, look_on, NULL, 0);
	app_begin(answerer, answer, NULL, 0);
	app_begin(changer, change, &events_s, sizeof(events_s));
	await_phase(CHANGING, "the call is not up");
	expect(kill(app_pid(sleeper), SIGSTOP) == 0);
	healthy_beside();
	begun = clock_now_ms();
	before = seen->changes;
	growth = growth_until_let_go(w);
	add_goals(w, growth, seen->changes - before, clock_now_ms() - begun);
	healthy_apart();
	seen->phase = AT_REST;
	expect(kill(app_pid(sleeper), SIGCONT) == 0);
	await_phase(SEEN, "it does not hear of what it missed");
	goal("on its return it is told once that events are missing",
			seen->resyncs == 1 && seen->missing > 0, "once, > 0", "%u x, %u missing",
			seen->resyncs, seen->missing);
	goal("and what the state of its call is", seen->told == seen->state, "as it is", "%s",
			tapixConstantName("LINECALLSTATE_", seen->told));
	healthy_goals("one that never reads");
	goal_time("event p99 of the eight others", healthy_event_p99() <= EVENT_P99_MS, "<= 20 ms",
			"%.2f ms", healthy_event_p99());
	seen->phase = OVER;
	app_finish(sleeper, NULL, 0);
	app_finish(answerer, NULL, 0);
	app_finish(changer, &events_s, sizeof(events_s));
	healthy_end();
}
