// SPDX-License-Identifier: MIT
/* exhaust.c - what all scenarios of exhaustion have in common. */
#define _GNU_SOURCE /* prlimit */
#include "exhaust.h"
#include "process.h"
#include "../conformance/app.h"

#include "base/clock.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
	WATCH_MS = 1500,
	BRIEF_MS = 300,
	CPU_PERCENT = 5,
	BRIEF_PERCENT = 50 /* of a moment full of requests */,
	TEXT = 96
};

static const char *about(const char *what, const char *text)
{
	static char line[TEXT * 2];

	(void)snprintf(line, sizeof(line), "%s: %s", what, text);
	return line;
}

/* --- the calls --- */

void stand_begin(struct stand *s, struct world *w)
{
	s->w = w;
	s->from = app_start(w, "from", 0);
	s->to = app_start(w, "to", 0);
	s->other = app_start_bare(w, "other");
	s->kept = app_connect(s->from, 0, s->to, 1);
	s->doomed = app_connect(s->from, 2, s->to, 3);
}

static void hold_and_back(void *call)
{
	HCALL c = *(HCALL *)call;

	done(lineHold(c));
	(void)await_state(c, LINECALLSTATE_ONHOLD);
	done(lineUnhold(c));
	(void)await_state(c, LINECALLSTATE_CONNECTED);
}

static void drop(void *call)
{
	HCALL c = *(HCALL *)call;

	done(lineDrop(c, NULL, 0));
	(void)await_state(c, LINECALLSTATE_IDLE);
	expect_ok(lineDeallocateCall(c));
}

static void see_end(void *call)
{
	HCALL c = *(HCALL *)call;

	(void)await_state(c, LINECALLSTATE_DISCONNECTED);
	drop(call);
}

static void is_connected(void *call)
{
	expect_eq(state_of(*(HCALL *)call), LINECALLSTATE_CONNECTED);
}

void stand_use(struct stand *s, const char *what)
{
	app_do(s->from, hold_and_back, &s->kept.from, sizeof(s->kept.from));
	app_do(s->from, drop, &s->doomed.from, sizeof(s->doomed.from));
	app_do(s->to, see_end, &s->doomed.to, sizeof(s->doomed.to));
	goal(about(what, "calls that can be held, taken back and dropped"), true, "all", "all");
}

static void start_other(void *arg)
{
	DWORD version = 0x00020002;

	(void)arg;
	if (me.app)
		settle();
	else
		expect_ok(initialise(&version));
}

void stand_end(struct stand *s, const char *what)
{
	app_do(s->from, is_connected, &s->kept.from, sizeof(s->kept.from));
	app_do(s->to, is_connected, &s->kept.to, sizeof(s->kept.to));
	s->doomed = app_connect(s->from, 2, s->to, 3);
	app_do(s->other, start_other, NULL, 0);
	goal(about(what, "afterwards there are new calls and applications"), true, "yes", "yes");
}

static void meet(void *arg)
{
	(void)arg;
	settle();
}

void stand_meet(struct stand *s)
{
	app_do(s->from, meet, NULL, 0);
	app_do(s->to, meet, NULL, 0);
	app_do(s->other, meet, NULL, 0);
}

/* --- watching --- */

static unsigned warnings(struct world *w)
{
	unsigned n = 0;

	for (const char *at = world_log(w); at && *at; at = strchr(at, '\n'), at += at != NULL)
		n += !strncmp(at, "warn", 4) || !strncmp(at, "error", 5);
	return n;
}

void watch_begin(struct watch *k, struct world *w, pid_t first, pid_t second, pid_t third)
{
	*k = (struct watch){ .w = w, .pid = { first, second, third } };
	for (unsigned i = 0; i < 3 && k->pid[i]; i++)
		k->cpu_ns[i] = process_cpu_ns(k->pid[i]);
	k->lines = warnings(w);
	k->at_ns = clock_now_ns();
}

void watch_end(struct watch *k, const char *what, unsigned things)
{
	uint64_t passed = clock_now_ns() - k->at_ns, most = 0;
	uint64_t least = (effort.brief ? BRIEF_MS : WATCH_MS) * 1000000ULL;
	struct timespec rest = { 0, 0 };
	unsigned lines, percent = effort.brief ? BRIEF_PERCENT : CPU_PERCENT;
	char limit[16];

	if (passed < least) {
		rest.tv_sec = (time_t)((least - passed) / 1000000000);
		rest.tv_nsec = (long)((least - passed) % 1000000000);
		(void)nanosleep(&rest, NULL);
		passed = clock_now_ns() - k->at_ns;
	}
	for (unsigned i = 0; i < 3 && k->pid[i]; i++) {
		uint64_t used = process_cpu_ns(k->pid[i]) - k->cpu_ns[i];

		most = used > most ? used : most;
	}
	lines = warnings(k->w) - k->lines;
	(void)snprintf(limit, sizeof(limit), "<= %u %%", percent);
	goal(about(what, "lines of the log that warn"), lines <= things * (1 + passed / 1000000000),
			"1 a second", "%u in %.1f s", lines, (double)passed / 1e9);
	goal(about(what, "processor time"), most * 100 <= passed * percent, limit, "%.1f %%",
			100.0 * (double)most / (double)passed);
}

/* --- limits --- */

#ifdef __linux__
bool limits_are_possible(void)
{
	return true;
}

/* The lowest number of a descriptor that is free. */
static unsigned long free_descriptor(pid_t pid)
{
	bool used[1024] = { false };
	unsigned long n = 0;
	struct dirent *e;
	char path[64];
	DIR *d;

	(void)snprintf(path, sizeof(path), "/proc/%ld/fd", (long)pid);
	d = opendir(path);
	expect(d != NULL);
	while ((e = readdir(d)))
		if (e->d_name[0] != '.' && atoi(e->d_name) < 1024)
			used[atoi(e->d_name)] = true;
	(void)closedir(d);
	while (n < 1023 && used[n])
		n++;
	return n;
}

/* A libc may have a type of its own for these. */
static int limit_of(pid_t pid, enum limit what, const struct rlimit *to, struct rlimit *was)
{
	switch (what) {
	case LIMIT_DESCRIPTORS:
		return prlimit(pid, RLIMIT_NOFILE, to, was);
	case LIMIT_MEMORY:
		return prlimit(pid, RLIMIT_AS, to, was);
	case LIMIT_FILE:
		return prlimit(pid, RLIMIT_FSIZE, to, was);
	}
	return -1;
}

static void set_limit(pid_t pid, enum limit what, rlim_t value)
{
	struct rlimit limit;

	expect(limit_of(pid, what, NULL, &limit) == 0);
	limit.rlim_cur = value < limit.rlim_max ? value : limit.rlim_max;
	expect(limit_of(pid, what, &limit, NULL) == 0);
}

void limit_now(pid_t pid, enum limit what, unsigned long more)
{
	rlim_t value = more;

	if (what == LIMIT_DESCRIPTORS)
		value += free_descriptor(pid);
	else if (what == LIMIT_MEMORY)
		value += (rlim_t)process_kib(pid, "VmSize:") * 1024;
	set_limit(pid, what, value);
}

void limit_off(pid_t pid, enum limit what)
{
	set_limit(pid, what, what == LIMIT_DESCRIPTORS ? 1024 : RLIM_INFINITY);
}
#else
bool limits_are_possible(void)
{
	goal("this system cannot limit a process that runs: nothing tried", true, "-", "skipped");
	return false;
}

void limit_now(pid_t pid, enum limit what, unsigned long more)
{
	(void)pid, (void)what, (void)more;
}

void limit_off(pid_t pid, enum limit what)
{
	(void)pid, (void)what;
}
#endif

/* --- attempts --- */

LONG attempt_to_come(DWORD n)
{
	DWORD version = 0x00020002;
	LONG result = initialise(&version);

	(void)n;
	if (!result) {
		expect_ok(lineShutdown(me.app));
		me.app = 0;
	}
	return result;
}

void attempt(void *attempt_)
{
	struct attempt *a = attempt_;

	for (DWORD n = 0; n < a->times && (!a->enough || a->refused < a->enough); n++) {
		uint64_t before = clock_now_ns(), took;
		LONG result = a->try(n);

		took = clock_now_ns() - before;
		a->longest_ns = took > a->longest_ns ? took : a->longest_ns;
		a->done += result >= 0;
		a->refused += result < 0;
		a->unexpected += result < 0 && result != a->want && result != a->or ;
		if (result >= 0)
			continue;
		memset(&a->reason, 0, sizeof(a->reason));
		tapixGetLastReason(&a->reason);
		a->no_reason += !a->reason.layer || !a->reason.cause[0] || !a->reason.sentence[0];
	}
}

void attempt_goals(const struct attempt *a, const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", what, a->reason.cause, a->reason.sentence);
	goal(about(what, "refused, each with its code and a reason"),
			a->refused && !a->no_reason && !a->unexpected, "all", "%u of %u, %u done",
			a->refused - a->no_reason - a->unexpected, a->refused, a->done);
	goal_time(about(what, "the longest that somebody waited"), a->longest_ns <= 100000000,
			"<= 100 ms", "%.1f ms", (double)a->longest_ns / 1e6);
}
