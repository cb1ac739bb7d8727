// SPDX-License-Identifier: MIT
/* test_supervise.c - tapisrvd --supervise: a daemon that dies, hangs, is replaced, or cannot live.
 */
#include "../test_main.h"
#include "base/os.h"
#include "program.h"
#include "tapisrvd/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char words[] = "the daemon is process ";

static pid_t start(const char *providers)
{
	pid_t pid = program_spawn("--supervise", program_config(providers));

	program_await_ready();
	return pid;
}

/* The last one that was started. */
static pid_t daemon_pid(void)
{
	const char *at = program_log(), *last = NULL;

	for (; (at = strstr(at, words)); at++)
		last = at;
	ck_assert_ptr_nonnull(last);
	return (pid_t)atol(last + strlen(words));
}

static unsigned starts(void)
{
	unsigned n = 0;

	for (const char *at = program_log(); (at = strstr(at, words)); at++)
		n++;
	return n;
}

static void expect_served(void)
{
	struct arena a;

	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(program_providers(&a)->n_providers, 1);
	arena_fini(&a);
}

static void pause_ms(void)
{
	const struct timespec pause = { .tv_nsec = 1000000 };

	(void)nanosleep(&pause, NULL);
}

static void await_log(const char *text)
{
	for (int i = 0; i < PATIENCE_MS && !strstr(program_log(), text); i++)
		pause_ms();
	ck_assert_msg(strstr(program_log(), text) != NULL, "not in the log: %s", text);
}

START_TEST(a_daemon_that_dies_is_started_again_on_its_socket)
{
	pid_t pid = start("[provider gone]\npath = gone\n");
	struct stat before, after;
	char text[64];

	ck_assert_int_eq(stat(program_path("run/socket"), &before), 0);
	(void)snprintf(text, sizeof(text), "process %ld died of signal 9", (long)daemon_pid());
	ck_assert_int_eq(kill(daemon_pid(), SIGKILL), 0);
	program_await_ready();
	ck_assert_ptr_nonnull(strstr(program_log(), text));
	ck_assert_int_eq(stat(program_path("run/socket"), &after), 0);
	ck_assert(before.st_ino == after.st_ino);
	expect_served();
	ck_assert_int_eq(program_stop(pid), 0);
	ck_assert_int_lt(stat(program_path("run/socket"), &after), 0);
	ck_assert_int_lt(stat(program_path("run/host/notify"), &after), 0);
}
END_TEST

START_TEST(who_connects_while_no_daemon_runs_is_answered_by_the_next_one)
{
	pid_t pid = start("[provider gone]\npath = gone\n"), first = daemon_pid();
	struct arena a;
	struct conn c;

	arena_init(&a, MESSAGE_MAX);
	ck_assert_int_eq(kill(pid, SIGSTOP), 0);
	ck_assert_int_eq(kill(first, SIGSTOP), 0); /* else it might answer yet */
	ck_assert_int_eq(kill(first, SIGKILL), 0);
	program_hello(&c);
	ck_assert_int_eq(kill(pid, SIGCONT), 0);
	ck_assert_ptr_nonnull(program_receive(&c, &a, FRAME_HELLO, &hello__descriptor));
	conn_fini(&c);
	arena_fini(&a);
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(a_daemon_that_hangs_is_killed_and_started_again)
{
	pid_t pid, first;

	ck_assert_int_eq(setenv("WATCHDOG_USEC", "2000000", 1), 0);
	pid = start("[provider gone]\npath = gone\n");
	ck_assert_int_eq(unsetenv("WATCHDOG_USEC"), 0);
	first = daemon_pid();
	for (int i = 0; i < 3; i++) /* longer than that, and alive */
		ck_assert_str_eq(program_told(PATIENCE_MS), "WATCHDOG=1");
	ck_assert_int_eq(kill(first, SIGSTOP), 0);
	program_await_ready();
	ck_assert_int_ne(daemon_pid(), first);
	ck_assert_uint_eq(starts(), 2);
	ck_assert_ptr_nonnull(strstr(program_log(),
			"for 2000 ms it has not said that it is alive"));
	expect_served();
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

/* The machine stood still: for longer than the watchdog and a half, and until right after it was
 * due. */
static const struct timespec pauses[] = { { .tv_sec = 4 }, { .tv_sec = 2, .tv_nsec = 200000000 } };

START_TEST(a_daemon_that_was_stopped_with_its_supervisor_lives)
{
	pid_t pid;

	ck_assert_int_eq(setenv("WATCHDOG_USEC", "2000000", 1), 0);
	pid = start("[provider gone]\npath = gone\n");
	ck_assert_int_eq(unsetenv("WATCHDOG_USEC"), 0);
	ck_assert_int_eq(kill(daemon_pid(), SIGSTOP), 0);
	ck_assert_int_eq(kill(pid, SIGSTOP), 0);
	(void)nanosleep(&pauses[_i], NULL); /* this is about nothing happening */
	while (program_told(0)[0])
		continue;
	ck_assert_int_eq(kill(pid, SIGCONT), 0);
	ck_assert_str_eq(program_told(100), "");
	ck_assert_int_eq(kill(daemon_pid(), SIGCONT), 0);
	for (int i = 0; i < 3; i++)
		ck_assert_str_eq(program_told(PATIENCE_MS), "WATCHDOG=1");
	ck_assert_uint_eq(starts(), 1);
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(a_daemon_whose_supervisor_was_killed_says_so)
{
	pid_t pid, daemon;

	ck_assert_int_eq(setenv("WATCHDOG_USEC", "2000000", 1), 0);
	pid = start("[provider gone]\npath = gone\n");
	ck_assert_int_eq(unsetenv("WATCHDOG_USEC"), 0);
	daemon = daemon_pid();
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(program_wait(pid), 128 + SIGKILL);
	await_log("nobody watches this daemon any more");
	expect_served();
	ck_assert_int_eq(kill(daemon, SIGTERM), 0);
	await_log(": stopped");
}
END_TEST

START_TEST(a_new_supervisor_replaces_what_a_dead_one_has_left)
{
	static const char providers[] = "[provider gone]\npath = gone\n";
	pid_t pid = start(providers), first = daemon_pid();
	char text[64];

	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(program_wait(pid), 128 + SIGKILL);
	(void)snprintf(text, sizeof(text), "process %ld is replaced", (long)first);

	pid = start(providers);

	ck_assert_ptr_nonnull(strstr(program_log(), text));
	ck_assert_int_ne(daemon_pid(), first);
	ck_assert_int_eq(os_lock_holder(program_path("run/host/core.lock")), daemon_pid());
	expect_served();
	ck_assert_int_eq(kill(daemon_pid(), SIGKILL), 0); /* and it is watched */
	program_await_ready();
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(a_daemon_that_stops_by_itself_is_the_end)
{
	pid_t pid = start("[provider gone]\npath = gone\n");

	ck_assert_int_eq(kill(daemon_pid(), SIGTERM), 0);
	ck_assert_int_eq(program_wait(pid), 0);
	ck_assert_uint_eq(starts(), 1);
}
END_TEST

START_TEST(a_daemon_is_replaced_on_demand)
{
	pid_t pid = start("[provider gone]\npath = gone\n"), first = daemon_pid();

	ck_assert_int_eq(kill(pid, SIGUSR2), 0);
	program_await_ready();
	ck_assert_int_ne(daemon_pid(), first);
	ck_assert_int_eq(kill(first, 0), -1);
	ck_assert_int_eq(errno, ESRCH);
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(it_goes_on_when_nobody_reads_its_log)
{
	const char *log = program_path("log");
	int reader;
	pid_t pid;

	ck_assert_int_eq(mkfifo(log, 0600), 0);
	reader = open(log, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ck_assert_int_ge(reader, 0);
	pid = start("[provider gone]\npath = gone\n");
	ck_assert_int_eq(close(reader), 0);
	ck_assert_int_eq(kill(pid, SIGUSR2), 0);
	program_await_ready();
	expect_served();
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(a_reload_is_passed_on)
{
	pid_t pid = start("[provider gone]\npath = gone\n");

	ck_assert_int_eq(kill(pid, SIGHUP), 0);
	ck_assert_str_eq(program_told(PATIENCE_MS), "RELOADING=1");
	ck_assert_str_eq(program_told(PATIENCE_MS), "READY=1");
	ck_assert_int_eq(program_stop(pid), 0);
	ck_assert_str_eq(program_told(PATIENCE_MS), "STOPPING=1");
}
END_TEST

START_TEST(a_daemon_that_cannot_start_is_not_tried_again)
{
	ck_assert_int_eq(mkdir(program_path("run"), 0755), 0);
	ck_assert_int_eq(mkdir(program_path("run/host"), 0700), 0);
	ck_assert_int_eq(mkdir(program_path("run/host/socket"), 0700), 0); /* in its way */
	ck_assert_int_eq(program_wait(program_spawn("--supervise", program_config(""))), 1);
	ck_assert_uint_eq(starts(), 1);
}
END_TEST

/* Its daemon is a script that dies. */
static pid_t start_dying(void)
{
	program_write(program_path("dying"), "#!/bin/sh\nkill -SEGV $$\n", 0755);
	return program_spawn_as(program_path("dying"), "--supervise", program_config(""));
}

/* One that dies late, on a machine that stood still, is not counted. */
START_TEST(a_daemon_that_dies_again_and_again_is_given_up)
{
	pid_t pid = start_dying();

	ck_assert_int_eq(program_wait(pid), SUPERVISE_GAVE_UP);
	ck_assert_uint_ge(starts(), 8);
	ck_assert_ptr_nonnull(strstr(program_log(), " in 50 ms"));
	ck_assert_ptr_nonnull(strstr(program_log(), " in 1600 ms"));
	ck_assert_ptr_nonnull(strstr(program_log(), "gives up: the daemon has died 8 times"));
}
END_TEST

/* Which start is waited for before this text. */
static unsigned start_before(const char *text)
{
	const char *log = program_log(), *at = strstr(log, text);

	while (at > log && *at != 't')
		at--;
	return (unsigned)atol(at + 1);
}

/* When the stop came after that start, it was no such stop. */
START_TEST(a_stop_ends_the_wait_for_the_next_start)
{
	static const char waits[] = " in 1600 ms";
	bool was_waiting = false;

	for (int tries = 0; tries < 10 && !was_waiting; tries++) {
		pid_t pid = start_dying();
		unsigned before;
		int exit_code;

		await_log(waits);
		before = start_before(waits) - 1;
		exit_code = program_stop(pid);
		was_waiting = starts() == before;
		if (was_waiting)
			ck_assert_int_eq(exit_code, 0);
		ck_assert_int_eq(unlink(program_path("log")), 0);
	}
	ck_assert(was_waiting);
}
END_TEST

START_TEST(no_other_daemon_starts_beside_a_supervisor)
{
	pid_t pid = start("[provider gone]\npath = gone\n");

	ck_assert_int_eq(program_wait(program_spawn("--supervise", program_path("conf"))), 1);
	ck_assert_ptr_nonnull(strstr(program_log(), "already running: another supervisor"));
	ck_assert_int_eq(kill(pid, SIGSTOP), 0);
	ck_assert_int_eq(kill(daemon_pid(), SIGKILL), 0);
	while (os_lock_is_held(program_path("run/host/core.lock")) == 1)
		pause_ms();
	ck_assert_int_eq(program_wait(program_spawn("--log=info", program_path("conf"))), 1);
	ck_assert_ptr_nonnull(strstr(program_log(), "already running: a supervisor"));
	ck_assert_int_eq(kill(pid, SIGCONT), 0);
	program_await_ready();
	expect_served();
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(no_supervisor_starts_beside_a_daemon)
{
	pid_t pid = program_start(program_config("[provider gone]\npath = gone\n"));

	ck_assert_int_eq(program_wait(program_spawn("--supervise", program_path("conf"))), 1);
	ck_assert_ptr_nonnull(strstr(program_log(), "already running: another tapisrvd"));
	expect_served();
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core supervise");
	TCase *t = tcase_create("supervise");

	tcase_add_checked_fixture(t, program_set_up, program_tear_down);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, a_daemon_that_dies_is_started_again_on_its_socket);
	tcase_add_test(t, who_connects_while_no_daemon_runs_is_answered_by_the_next_one);
	tcase_add_test(t, a_daemon_that_hangs_is_killed_and_started_again);
	tcase_add_loop_test(t, a_daemon_that_was_stopped_with_its_supervisor_lives, 0, 2);
	tcase_add_test(t, a_daemon_whose_supervisor_was_killed_says_so);
	tcase_add_test(t, a_new_supervisor_replaces_what_a_dead_one_has_left);
	tcase_add_test(t, a_daemon_that_stops_by_itself_is_the_end);
	tcase_add_test(t, a_daemon_is_replaced_on_demand);
	tcase_add_test(t, it_goes_on_when_nobody_reads_its_log);
	tcase_add_test(t, a_reload_is_passed_on);
	tcase_add_test(t, a_daemon_that_cannot_start_is_not_tried_again);
	tcase_add_test(t, a_daemon_that_dies_again_and_again_is_given_up);
	tcase_add_test(t, a_stop_ends_the_wait_for_the_next_start);
	tcase_add_test(t, no_other_daemon_starts_beside_a_supervisor);
	tcase_add_test(t, no_supervisor_starts_beside_a_daemon);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
