// SPDX-License-Identifier: MIT
/* test_daemon.c - the program itself in a private folder: locks, sockets, signals, files that may
 * not run. It says through $NOTIFY_SOCKET that it listens; nothing sleeps. */
#include "../ended.h"
#include "../scratch.h"
#include "../test_main.h"
#include "program.h"
#include "base/mem.h"
#include "base/os.h"
#include "tapisrvd/failure.h"
#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

START_TEST(second_core_exits_and_leaves_the_first_alone)
{
	const char *file = program_config("[provider gone]\npath = gone\n");
	pid_t first = program_start(file);
	struct arena a;

	ck_assert_int_eq(program_wait(program_spawn("--log=info", file)), 1);
	ck_assert_ptr_nonnull(strstr(program_log(), "already running"));
	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(program_providers(&a)->n_providers, 1);
	arena_fini(&a);
	ck_assert_int_eq(program_stop(first), 0);
}
END_TEST

START_TEST(state_is_kept_in_its_folder)
{
	struct stat st;
	pid_t pid = program_start(program_config("[provider gone]\npath = gone\n"));
	struct arena a;

	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(program_providers(&a)->n_providers, 1); /* it has started */
	arena_fini(&a);
	ck_assert_int_eq(stat(program_path("state"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	ck_assert_int_eq(stat(program_path("state/state.db"), &st), 0);
	ck_assert_int_eq(program_stop(pid), 0);
	ck_assert_int_lt(stat(program_path("state/state.db-wal"), &st), 0);
}
END_TEST

START_TEST(state_that_is_no_state_does_not_stop_it)
{
	const char *file = program_config("[provider gone]\npath = gone\n");
	struct arena a;
	pid_t pid;

	ck_assert_int_eq(mkdir(program_path("state"), 0700), 0);
	program_write(program_path("state/state.db"),
			"no database at all, whatever its name says\n", 0600);
	pid = program_start(file);
	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(program_providers(&a)->n_providers, 1);
	arena_fini(&a);
	ck_assert_ptr_nonnull(strstr(program_log(), "in memory only"));
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(stop_removes_the_socket)
{
	struct stat st;
	pid_t pid = program_start(program_config("[provider gone]\npath = gone\n"));

	ck_assert_int_eq(stat(program_path("run/socket"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 07, 0);
	ck_assert_int_eq(stat(program_path("run/host"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	ck_assert_int_eq(program_stop(pid), 0);
	ck_assert_int_lt(stat(program_path("run/socket"), &st), 0);
}
END_TEST

START_TEST(a_manager_is_told_of_reload_and_stop)
{
	pid_t pid = program_start(program_config("[provider gone]\npath = gone\n"));

	ck_assert_int_eq(kill(pid, SIGHUP), 0);
	ck_assert_str_eq(program_told(PATIENCE_MS), "RELOADING=1");
	ck_assert_str_eq(program_told(PATIENCE_MS), "READY=1");
	ck_assert_int_eq(program_stop(pid), 0);
	ck_assert_str_eq(program_told(PATIENCE_MS), "STOPPING=1");
}
END_TEST

START_TEST(a_watchdog_is_fed_while_the_loop_turns)
{
	pid_t pid;

	ck_assert_int_eq(setenv("WATCHDOG_USEC", "100000", 1), 0);
	pid = program_start(program_config("[provider gone]\npath = gone\n"));
	for (int i = 0; i < 3; i++)
		ck_assert_str_eq(program_told(PATIENCE_MS), "WATCHDOG=1");
	ck_assert_int_eq(kill(pid, SIGSTOP), 0);
	while (program_told(300)[0]) /* what was on its way */
		continue;
	ck_assert_str_eq(program_told(300), "");
	ck_assert_int_eq(kill(pid, SIGCONT), 0);
	ck_assert_str_eq(program_told(PATIENCE_MS), "WATCHDOG=1");
	ck_assert_int_eq(unsetenv("WATCHDOG_USEC"), 0);
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(the_watchdog_of_another_process_is_not_fed)
{
	pid_t pid;

	ck_assert_int_eq(setenv("WATCHDOG_USEC", "100000", 1), 0);
	ck_assert_int_eq(setenv("WATCHDOG_PID", "1", 1), 0);
	pid = program_start(program_config("[provider gone]\npath = gone\n"));
	ck_assert_str_eq(program_told(300), "");
	ck_assert_int_eq(unsetenv("WATCHDOG_USEC"), 0);
	ck_assert_int_eq(unsetenv("WATCHDOG_PID"), 0);
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(stale_socket_is_replaced)
{
	const char *file = program_config("[provider gone]\npath = gone\n");
	pid_t pid = program_start(file);
	struct arena a;

	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(program_wait(pid), 128 + SIGKILL);
	pid = program_start(file);
	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(program_providers(&a)->n_providers, 1);
	arena_fini(&a);
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(unsafe_files_are_listed_as_failed)
{
	static const char *const words[] = { "No such file", "may write to it", "is not a file" };
	const TapixGetProvidersReply *reply;
	struct arena a;
	pid_t pid;

	program_write(program_path("tsp/open.so"), "", 0666);
	ck_assert_int_eq(mkdir(program_path("tsp/folder.so"), 0755), 0);
	pid = program_start(program_config("[provider gone]\npath = gone\n[provider open]\npath = "
					   "open\n"
					   "[provider folder]\npath = folder\n"));
	arena_init(&a, MESSAGE_MAX);
	reply = program_providers(&a);
	ck_assert_uint_eq(reply->n_providers, 3);
	for (unsigned i = 0; i < 3; i++) {
		ck_assert_str_eq(reply->providers[i]->state, "failed");
		ck_assert_ptr_nonnull(strstr(reply->providers[i]->reason->sentence, words[i]));
	}
	arena_fini(&a);
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(host_that_dies_at_once_is_tried_again_and_named)
{
	const TapixGetProvidersReply *reply;
	struct arena a;
	pid_t pid;

	program_write(program_path("tsp/x.so"), "", 0644);
	pid = program_start(program_config("[provider x]\npath = x\n"));
	arena_init(&a, MESSAGE_MAX);
	reply = program_providers(&a);
	ck_assert_str_eq(reply->providers[0]->state, "restarting");
	ck_assert_uint_ge(reply->providers[0]->restarts, 1);
	ck_assert_ptr_nonnull(strstr(reply->providers[0]->reason->sentence,
			"connected: exited with 1"));
	arena_fini(&a);
	ck_assert_int_eq(program_stop(pid), 0);
}
END_TEST

START_TEST(folder_of_others_is_refused)
{
	ck_assert_int_eq(mkdir(program_path("run"), 0755), 0);
	ck_assert_int_eq(chmod(program_path("run"), 0777), 0);
	ck_assert_int_eq(program_wait(program_spawn("--log=info", program_config(""))), 1);
	ck_assert_ptr_nonnull(strstr(program_log(), "others cannot write to"));
}
END_TEST

START_TEST(check_config_names_the_line)
{
	ck_assert_int_eq(program_wait(program_spawn("--check-config",
					 program_config("[provider gone]\n"))),
			1);
	ck_assert_ptr_nonnull(strstr(program_log(), "/conf:6: "));
	ck_assert_ptr_nonnull(strstr(program_log(), "/tsp/gone.so: No such file"));
	ck_assert_int_eq(program_wait(program_spawn("--check-config",
					 program_config("[provider a]\nisolation = x\n"))),
			1);
	ck_assert_ptr_nonnull(strstr(program_log(), "/conf:7: isolation must be"));
	ck_assert_int_eq(program_wait(program_spawn("--nonsense", program_config(""))), 2);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core daemon");
	TCase *t = tcase_create("daemon");

	tcase_add_checked_fixture(t, program_set_up, program_tear_down);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, second_core_exits_and_leaves_the_first_alone);
	tcase_add_test(t, state_is_kept_in_its_folder);
	tcase_add_test(t, state_that_is_no_state_does_not_stop_it);
	tcase_add_test(t, stop_removes_the_socket);
	tcase_add_test(t, a_manager_is_told_of_reload_and_stop);
	tcase_add_test(t, a_watchdog_is_fed_while_the_loop_turns);
	tcase_add_test(t, the_watchdog_of_another_process_is_not_fed);
	tcase_add_test(t, stale_socket_is_replaced);
	tcase_add_test(t, unsafe_files_are_listed_as_failed);
	tcase_add_test(t, host_that_dies_at_once_is_tried_again_and_named);
	tcase_add_test(t, folder_of_others_is_refused);
	tcase_add_test(t, check_config_names_the_line);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
