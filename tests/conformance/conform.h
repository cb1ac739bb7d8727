// SPDX-License-Identifier: MIT
/* conform.h - the conformance suite: what a test is, the world that it finds, the applications that
 * it starts. What runs inside of an application is in app.h.
 *
 * A test is a row of its file's table: the rules that it shows, the functions that it proves, its
 * name as a sentence, and a function. Rules have an id in rules.tsv: section and number of the
 * bullet ("10.3"), or of a row of the section's n-th table ("2.t1.3"). A test proves a function if
 *it fails when the function answers OPERATIONUNAVAIL; make coverage-prove tries that.
 *
 *	static void call_is_answered(struct world *w) { ... }
 *
 *	static const struct row rows[] = {
 *		TEST("5.1 5.4", "lineMakeCall lineAnswer", "an answered call is connected",
 *call_is_answered),
 *	};
 *	CONFORMANCE(call, rows) // in test_call.c: the name is the file's
 *
 * Each test has a daemon of its own, with the exchange (extensions 101 to 106 are lines 0 to 5), in
 *a folder of its own; all is ended with the test, and its log is shown if it fails. Nothing sleeps:
 * what is waited for has PATIENCE_MS.
 */
#ifndef CONFORMANCE_CONFORM_H
#define CONFORMANCE_CONFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <tapi.h>
#include <tapix.h>

enum { PATIENCE_MS = 30000 };

struct world;
struct app;

/* What the world is made of, if not of the usual. NULL: the usual. */
struct setting {
	const char *providers; /* the file's sections of providers; $BUILD is the build folder */
	const char *exchange;  /* more lines for the last section, usually [provider exchange] */
	const char *daemon;    /* more lines for [daemon] */
	const char *arguments; /* one more argument for tapisrvd */
};

struct row {
	const char *rules, *functions, *name;
	void (*test)(struct world *w);
	const struct setting *setting;
};
#define TEST(rules, functions, name, test)                                                         \
	{                                                                                          \
		rules, functions, name, test, NULL                                                 \
	}
#define TEST_IN(setting, rules, functions, name, test)                                             \
	{                                                                                          \
		rules, functions, name, test, setting                                              \
	}

struct table {
	const char *noun;
	const struct row *rows;
	size_t count;
};
#define CONFORMANCE(noun, rows)                                                                    \
	extern const struct table conform_##noun;                                                  \
	const struct table conform_##noun = { #noun, rows, sizeof(rows) / sizeof((rows)[0]) };

/* --- expectations: in tests and inside of applications; the first that fails ends the test --- */

#define expect(holds) expect_at((holds), #holds, __FILE__, __LINE__)
#define expect_eq(got, want)                                                                       \
	expect_eq_at((uint64_t)(got), (uint64_t)(want), #got, #want, __FILE__, __LINE__)
#define expect_str(got, want) expect_str_at((got), (want), #got, __FILE__, __LINE__)
/* 0, or the positive id of an asynchronous request; a failure is shown with its reason. */
#define expect_ok(result) expect_ok_at((result), #result, __FILE__, __LINE__)
/* The error, and that there is a reason with a sentence. */
#define expect_error(result, want) expect_error_at((result), (want), #result, __FILE__, __LINE__)
#define fail_test(...)             fail_test_at(__FILE__, __LINE__, __VA_ARGS__)

void expect_at(bool holds, const char *what, const char *file, int line);
void expect_eq_at(uint64_t got, uint64_t want, const char *what, const char *wanted,
		const char *file, int line);
void expect_str_at(const char *got, const char *want, const char *what, const char *file, int line);
LONG expect_ok_at(LONG result, const char *what, const char *file, int line);
void expect_error_at(LONG result, LONG want, const char *what, const char *file, int line);
_Noreturn void fail_test_at(const char *file, int line, const char *fmt, ...)
		__attribute__((format(printf, 3, 4)));

/* --- the world --- */

/* A file's path in the world's folder; lives until the fourth call after. */
const char *world_path(const struct world *w, const char *name);
void world_write(struct world *w, const char *name, const char *text);
/* The whole log of the daemon and its hosts so far; lives until the next call. */
const char *world_log(struct world *w);

/* SIGTERM and its end, which must be clean; SIGKILL; a new daemon in the same folder. */
void world_stop(struct world *w);
void world_await_stop(struct world *w); /* the signal has been sent */
void world_kill(struct world *w);
void world_launch(struct world *w);
void world_reload(struct world *w); /* SIGHUP, after world_configure() */
void world_configure(struct world *w, const struct setting *s);
pid_t world_daemon(const struct world *w);
/* The daemon, or the one that its supervisor has started: who holds core.lock. */
pid_t world_core(const struct world *w);
/* Until the next one says that it listens: with a supervisor; world_launch() waits
 * itself. */
void world_await_ready(struct world *w);
/* The process id of a provider's host, 0 if it has none; and SIGKILL for it. */
pid_t world_host(struct world *w, const char *provider);
void world_kill_host(struct world *w, const char *provider);

/* --- applications: processes of their own --- */

/* A process whose program's name is `name` (lines and priorities go by it), initialised for lines
 * with the highest version that it can (0: 2.2), notified by descriptor. */
struct app *app_start(struct world *w, const char *name, DWORD version);
/* The same, but nothing is initialised yet. */
struct app *app_start_bare(struct world *w, const char *name);
/* Runs fn(arg) in the application; `size` bytes of arg go there and come back. Pointers to
 * functions and to static data mean the same there. */
void app_do(struct app *a, void (*fn)(void *arg), void *arg, size_t size);
/* The same in two steps, for what blocks. */
void app_begin(struct app *a, void (*fn)(void *arg), const void *arg, size_t size);
void app_finish(struct app *a, void *arg, size_t size);
/* lineShutdown and exit, and the daemon has noticed; SIGKILL; SIGSTOP and SIGCONT go by the pid.
 * What is alive at the end of the test is ended. */
void app_end(struct app *a);
void app_kill(struct app *a);
pid_t app_pid(const struct app *a);

/* What nearly everybody needs. Lines are opened as owner for interactive voice unless open already.
 */
struct connected {
	HCALL from, to; /* the handles of the caller and of the called application */
};
struct connected app_connect(struct app *from, DWORD from_line, struct app *to, DWORD to_line);
/* lineOpen with NONE, MONITOR or OWNER (for interactive voice). */
HLINE app_open_line(struct app *a, DWORD device, DWORD privileges);
/* The next LINE_CALLSTATE of the call says so, and no other. */
void app_state(struct app *a, HCALL call, DWORD state);
/* The next LINE_APPNEWCALL; its LINE_CALLSTATE comes next. */
HCALL app_new_call(struct app *a, DWORD state);

#endif
