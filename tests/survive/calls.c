// SPDX-License-Identifier: MIT
/* calls.c - see calls.h. */
#include "calls.h"
#include "../hostile/functions.h"
#include "hostile.h"

#include "base/clock.h"

#include <tapix.h>

enum { SESSION_CALLS = 150, ANSWER_MS = 500, LONGEST_MS = 5000, LINES_MAX = 64 };

static void call_one(struct calls *c, unsigned i, DWORD number)
{
	struct tapix_reason reason;
	uint64_t begun = clock_now_ns(), took;
	LONG result = functions_call(i, number);

	took = clock_now_ns() - begun;
	c->made++;
	c->succeeded += result >= 0;
	if (took > c->longest_ns) {
		c->longest_ns = took;
		(void)snprintf(c->slowest, sizeof(c->slowest), "%s", functions_name(i));
	}
	if (result >= 0)
		return;
	tapixGetLastReason(&reason);
	if (reason.sentence[0])
		return;
	c->no_reason++;
	(void)snprintf(c->reasonless, sizeof(c->reasonless), "%s", functions_name(i));
}

/* The lines of hosts that fail come and go, behind those of others. */
static DWORD some_line(unsigned n)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD lines[LINES_MAX], count = 0, devices = 0, version = 0x00020002, got;
	LINEEXTENSIONID extension;
	HLINEAPP app;

	if (lineInitializeEx(&app, 0, NULL, "some line", &devices, &version, &p))
		return LINEMAPPER - 1;
	for (DWORD d = HOSTILE_DEVICE; d < devices && count < LINES_MAX; d++)
		if (lineNegotiateAPIVersion(app, d, 0x00010003, version, &got, &extension) == 0)
			lines[count++] = d;
	(void)lineShutdown(app);
	return count ? lines[n % count] : LINEMAPPER - 1;
}

void calls_make(void *arg)
{
	static const DWORD versions[] = { 0x00030001, 0x00020000, 0x00010003 };
	struct calls *c = arg;
	unsigned count = functions_count();
	unsigned sessions = (c->each * count + SESSION_CALLS - 1) / SESSION_CALLS, n = 0;

	if (c->as_other_user)
		(void)hostile_become_other_user(c->socket);
	expect_ok(tapixSetSocket(c->as_other_user ? "socket" : c->socket));
	tapixSetAnswerLimit(ANSWER_MS);
	for (unsigned s = 0; s < sessions; s++) {
		DWORD line = c->as_other_user ? some_line(s) : 0;

		functions_begin(versions[s % (sizeof(versions) / sizeof(versions[0]))], line, line);
		for (unsigned i = 0; i < SESSION_CALLS; i++, n++) {
			call_one(c, n * 7 % count, n / 3);
			if (i % 8 == 0)
				functions_take_messages();
		}
		functions_end();
	}
}

void calls_judge(const char *what, const struct calls *first, const struct calls *second)
{
	char text[96];

	(void)snprintf(text, sizeof(text), "%s: functions that returned, that succeeded", what);
	goal(text, second->made && second->succeeded, "", "%u, %u", first->made + second->made,
			first->succeeded + second->succeeded);
	(void)snprintf(text, sizeof(text), "%s: failures without a reason", what);
	goal(text, !second->no_reason && !first->no_reason, "0", "%u %s",
			first->no_reason + second->no_reason, second->reasonless);
	(void)snprintf(text, sizeof(text), "%s: longest time in a function", what);
	goal_time(text, second->longest_ns < LONGEST_MS * 1000000ULL, "< 5 s", "%.3f s %s",
			(double)second->longest_ns / 1e9, second->slowest);
}
