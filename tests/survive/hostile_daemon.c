// SPDX-License-Identifier: MIT
/* hostile_daemon.c - an application of libtapi and a daemon that answers anything: each function
 * returns, with a reason if it failed, and nothing is kept of it. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "../hostile/functions.h"
#include "false_daemon.h"
#include "hostile.h"
#include "process.h"

#include "base/clock.h"
#include "wire/arena.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <tapix.h>
#include <unistd.h>

enum { SESSION_CALLS = 150, ANSWER_MS = 500, LONGEST_MS = 5000 };

/* For app_do(). */
struct calls {
	char socket[256];
	unsigned each; /* calls of each function */
	unsigned made, succeeded, no_reason;
	uint64_t longest_ns;
	char slowest[64], reasonless[64];
};

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

static void call_all(void *arg)
{
	static const DWORD versions[] = { 0x00030001, 0x00020000, 0x00010003 };
	struct calls *c = arg;
	unsigned count = functions_count();
	unsigned sessions = (c->each * count + SESSION_CALLS - 1) / SESSION_CALLS, n = 0;

	expect_ok(tapixSetSocket(c->socket));
	tapixSetAnswerLimit(ANSWER_MS);
	for (unsigned s = 0; s < sessions; s++) {
		functions_begin(versions[s % (sizeof(versions) / sizeof(versions[0]))]);
		for (unsigned i = 0; i < SESSION_CALLS; i++, n++) {
			call_one(c, n * 7 % count, n / 3);
			if (i % 8 == 0)
				functions_take_messages();
		}
		functions_end();
	}
}

static struct calls call_half(struct app *app, const char *socket)
{
	struct calls c = { .each = effort.brief ? 4 : 40 };

	(void)snprintf(c.socket, sizeof(c.socket), "%s", socket);
	app_do(app, call_all, &c, sizeof(c));
	return c;
}

void hostile_daemon(struct world *w)
{
	struct lies *lies = mmap(NULL, sizeof(*lies), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct app *app = app_start_bare(w, "believer");
	const char *socket = world_path(w, "run/false");
	struct process then;
	struct calls first, second;
	pid_t liar;

	expect(lies != MAP_FAILED);
	liar = false_daemon_start(socket, effort.seed, lies);
	first = call_half(app, socket);
	then = process_at_rest(app_pid(app));
	second = call_half(app, socket);
	goal("a false daemon: calls of functions that returned, that succeeded",
			second.made && second.succeeded, "", "%u, %u", first.made + second.made,
			first.succeeded + second.succeeded);
	goal("a false daemon: answers, events, hung up, silent", lies->answers > 0, "",
			"%u, %u, %u, %u", lies->answers, lies->events, lies->hung_up, lies->silent);
	goal("a false daemon: failures without a reason", !second.no_reason && !first.no_reason,
			"0", "%u %s", first.no_reason + second.no_reason, second.reasonless);
	goal_time("a false daemon: longest time in a function",
			second.longest_ns < LONGEST_MS * 1000000ULL, "< 5 s", "%.3f s %s",
			(double)second.longest_ns / 1e9, second.slowest);
	hostile_judge_process("a false daemon: the application", app_pid(app), &then,
			MESSAGE_MAX / 1024 + 256); /* one that was read */
	(void)kill(liar, SIGKILL);
	(void)waitpid(liar, NULL, 0);
}
