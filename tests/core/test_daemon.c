// SPDX-License-Identifier: MIT
/* test_daemon.c - the program itself in a private folder: locks, sockets, signals, files that may
 * not run. It says through $NOTIFY_SOCKET that it listens; nothing sleeps. */
#include "../ended.h"
#include "../scratch.h"
#include "../test_main.h"
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

enum { PATIENCE_MS = 10000, AGAIN_MS = 5000 };

static char folder[128], program[512];
static int notify = -1;

static const char *in_folder(const char *name)
{
	static char path[4][256];
	static unsigned next;

	next = (next + 1) % 4;
	(void)snprintf(path[next], sizeof(path[next]), "%s/%s", folder, name);
	return path[next];
}

static void write_file(const char *path, const char *text, mode_t mode)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(chmod(path, mode), 0);
}

static void set_up(void)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	const char *build = getenv("BUILD");

	(void)snprintf(program, sizeof(program), "%s/bin/tapisrvd",
			build ? build : "build/default");
	scratch_template(folder, sizeof(folder), "core");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_lt(snprintf(addr.sun_path, sizeof(addr.sun_path), "%s/notify", folder),
			(int)sizeof(addr.sun_path));
	notify = socket(AF_UNIX, SOCK_DGRAM, 0);
	ck_assert_int_eq(bind(notify, (struct sockaddr *)&addr, sizeof(addr)), 0);
	(void)os_cloexec(notify);
	ck_assert_int_eq(setenv("NOTIFY_SOCKET", addr.sun_path, 1), 0);
	ck_assert_int_eq(mkdir(in_folder("tsp"), 0755), 0);
}

static void remove_files(const char *below)
{
	char command[320];

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", below);
	ck_assert_int_eq(system(command), 0);
}

static void tear_down(void)
{
	close(notify);
	remove_files(folder);
}

static pid_t spawn(const char *option, const char *config)
{
	pid_t pid = fork();
	int out;

	ck_assert_int_ge(pid, 0);
	if (pid)
		return pid;
	out = open(in_folder("log"), O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (out < 0 || dup2(out, 2) < 0)
		_exit(99);
	(void)execl(program, program, "--config", config, option, (char *)NULL);
	_exit(98);
}

/* What it tells its manager next, but for words of the one before; "": nothing in that time. */
static const char *told_within(int ms)
{
	static char text[64];
	struct pollfd p = { .fd = notify, .events = POLLIN };
	ssize_t n = poll(&p, 1, ms) == 1 ? read(notify, text, sizeof(text) - 1) : 0;

	text[n > 0 ? n : 0] = '\0';
	return text;
}

static pid_t start(const char *config)
{
	pid_t pid = spawn("--log=info", config);
	const char *told;

	do {
		told = told_within(PATIENCE_MS);
		ck_assert_str_ne(told, "");
	} while (strcmp(told, "READY=1") != 0);
	return pid;
}

static int wait_for(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* TSan keeps a signal back until the process makes its next system call; one that comes right
 * before epoll_wait may so wait for the next one. Nobody else gets a second one. */
#if defined(__SANITIZE_THREAD__)
#define SIGNALS_ARE_LATE 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SIGNALS_ARE_LATE 1
#endif
#endif
#ifndef SIGNALS_ARE_LATE
#define SIGNALS_ARE_LATE 0
#endif

static int stop(pid_t pid)
{
	do
		ck_assert_int_eq(kill(pid, SIGTERM), 0);
	while (SIGNALS_ARE_LATE && !ended_within(pid, AGAIN_MS));
	return wait_for(pid);
}

static const char *log_text(void)
{
	static char text[16384];
	FILE *f = fopen(in_folder("log"), "r");
	size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;

	text[n] = '\0';
	if (f)
		(void)fclose(f);
	return text;
}

static const char *config(const char *providers)
{
	char text[1024];

	(void)snprintf(text, sizeof(text),
			"[daemon]\nrun_dir = %s/run\nstate = %s/state\ntsp_path = %s/tsp\n"
			"host = /bin/false\n%s",
			folder, folder, folder, providers);
	write_file(in_folder("conf"), text, 0600);
	return in_folder("conf");
}

static const ProtobufCMessage *receive(struct conn *c, struct arena *a, uint16_t kind,
		const ProtobufCMessageDescriptor *d)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	struct frame f;

	while (conn_next(c, &f) != 1) {
		ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
		ck_assert_int_eq(conn_read(c), 0);
	}
	ck_assert_uint_eq(f.h.kind, kind);
	return arena_unpack(a, d, f.body, f.h.length);
}

static void ask(struct conn *c, uint16_t kind, uint32_t serial, const ProtobufCMessage *m)
{
	struct frame_header h = { .kind = kind, .serial = serial };

	ck_assert_int_eq(conn_send(c, &h, m), 0);
	ck_assert_int_eq(conn_flush(c), 0);
}

/* Connects, initialises and asks for the providers. */
static const TapixGetProvidersReply *providers(struct arena *a)
{
	Hello hello = HELLO__INIT;
	TapixInitialize initialize = TAPIX_INITIALIZE__INIT;
	TapixGetProviders get = TAPIX_GET_PROVIDERS__INIT;
	const TapixGetProvidersReply *reply;
	struct conn c;

	conn_init(&c, os_unix_connect(in_folder("run/socket")), LIMIT_EDGE);
	ck_assert_int_ge(c.fd, 0);
	SET(&hello, protocol, WIRE_PROTOCOL);
	SET(&hello, api_low, 0x10003);
	SET(&hello, api_high, 0x20002);
	ask(&c, FRAME_HELLO, 0, &hello.base);
	ck_assert_ptr_nonnull(receive(&c, a, FRAME_HELLO, &hello__descriptor));
	ask(&c, CALL_TapixInitialize, 1, &initialize.base);
	(void)receive(&c, a, FRAME_RETURN, &tapix_initialize_reply__descriptor);
	ask(&c, CALL_TapixGetProviders, 2, &get.base);
	reply = (const void *)receive(&c, a, FRAME_RETURN, &tapix_get_providers_reply__descriptor);
	ck_assert_ptr_nonnull(reply);
	conn_fini(&c);
	return reply;
}

START_TEST(second_core_exits_and_leaves_the_first_alone)
{
	const char *file = config("[provider gone]\npath = gone\n");
	pid_t first = start(file);
	struct arena a;

	ck_assert_int_eq(wait_for(spawn("--log=info", file)), 1);
	ck_assert_ptr_nonnull(strstr(log_text(), "already running"));
	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(providers(&a)->n_providers, 1);
	arena_fini(&a);
	ck_assert_int_eq(stop(first), 0);
}
END_TEST

START_TEST(state_is_kept_in_its_folder)
{
	struct stat st;
	pid_t pid = start(config("[provider gone]\npath = gone\n"));
	struct arena a;

	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(providers(&a)->n_providers, 1); /* it has started */
	arena_fini(&a);
	ck_assert_int_eq(stat(in_folder("state"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	ck_assert_int_eq(stat(in_folder("state/state.db"), &st), 0);
	ck_assert_int_eq(stop(pid), 0);
	ck_assert_int_lt(stat(in_folder("state/state.db-wal"), &st), 0);
}
END_TEST

START_TEST(state_that_is_no_state_does_not_stop_it)
{
	const char *file = config("[provider gone]\npath = gone\n");
	struct arena a;
	pid_t pid;

	ck_assert_int_eq(mkdir(in_folder("state"), 0700), 0);
	write_file(in_folder("state/state.db"), "no database at all, whatever its name says\n",
			0600);
	pid = start(file);
	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(providers(&a)->n_providers, 1);
	arena_fini(&a);
	ck_assert_ptr_nonnull(strstr(log_text(), "in memory only"));
	ck_assert_int_eq(stop(pid), 0);
}
END_TEST

START_TEST(stop_removes_the_socket)
{
	struct stat st;
	pid_t pid = start(config("[provider gone]\npath = gone\n"));

	ck_assert_int_eq(stat(in_folder("run/socket"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 07, 0);
	ck_assert_int_eq(stat(in_folder("run/host"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	ck_assert_int_eq(stop(pid), 0);
	ck_assert_int_lt(stat(in_folder("run/socket"), &st), 0);
}
END_TEST

START_TEST(a_manager_is_told_of_reload_and_stop)
{
	pid_t pid = start(config("[provider gone]\npath = gone\n"));

	ck_assert_int_eq(kill(pid, SIGHUP), 0);
	ck_assert_str_eq(told_within(PATIENCE_MS), "RELOADING=1");
	ck_assert_str_eq(told_within(PATIENCE_MS), "READY=1");
	ck_assert_int_eq(stop(pid), 0);
	ck_assert_str_eq(told_within(PATIENCE_MS), "STOPPING=1");
}
END_TEST

START_TEST(a_watchdog_is_fed_while_the_loop_turns)
{
	pid_t pid;

	ck_assert_int_eq(setenv("WATCHDOG_USEC", "100000", 1), 0);
	pid = start(config("[provider gone]\npath = gone\n"));
	for (int i = 0; i < 3; i++)
		ck_assert_str_eq(told_within(PATIENCE_MS), "WATCHDOG=1");
	ck_assert_int_eq(kill(pid, SIGSTOP), 0);
	while (told_within(300)[0]) /* what was on its way */
		continue;
	ck_assert_str_eq(told_within(300), "");
	ck_assert_int_eq(kill(pid, SIGCONT), 0);
	ck_assert_str_eq(told_within(PATIENCE_MS), "WATCHDOG=1");
	ck_assert_int_eq(unsetenv("WATCHDOG_USEC"), 0);
	ck_assert_int_eq(stop(pid), 0);
}
END_TEST

START_TEST(the_watchdog_of_another_process_is_not_fed)
{
	pid_t pid;

	ck_assert_int_eq(setenv("WATCHDOG_USEC", "100000", 1), 0);
	ck_assert_int_eq(setenv("WATCHDOG_PID", "1", 1), 0);
	pid = start(config("[provider gone]\npath = gone\n"));
	ck_assert_str_eq(told_within(300), "");
	ck_assert_int_eq(unsetenv("WATCHDOG_USEC"), 0);
	ck_assert_int_eq(unsetenv("WATCHDOG_PID"), 0);
	ck_assert_int_eq(stop(pid), 0);
}
END_TEST

START_TEST(stale_socket_is_replaced)
{
	const char *file = config("[provider gone]\npath = gone\n");
	pid_t pid = start(file);
	struct arena a;

	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(wait_for(pid), 128 + SIGKILL);
	pid = start(file);
	arena_init(&a, MESSAGE_MAX);
	ck_assert_uint_eq(providers(&a)->n_providers, 1);
	arena_fini(&a);
	ck_assert_int_eq(stop(pid), 0);
}
END_TEST

START_TEST(unsafe_files_are_listed_as_failed)
{
	static const char *const words[] = { "No such file", "may write to it", "is not a file" };
	const TapixGetProvidersReply *reply;
	struct arena a;
	pid_t pid;

	write_file(in_folder("tsp/open.so"), "", 0666);
	ck_assert_int_eq(mkdir(in_folder("tsp/folder.so"), 0755), 0);
	pid = start(config("[provider gone]\npath = gone\n[provider open]\npath = open\n"
			   "[provider folder]\npath = folder\n"));
	arena_init(&a, MESSAGE_MAX);
	reply = providers(&a);
	ck_assert_uint_eq(reply->n_providers, 3);
	for (unsigned i = 0; i < 3; i++) {
		ck_assert_str_eq(reply->providers[i]->state, "failed");
		ck_assert_ptr_nonnull(strstr(reply->providers[i]->reason->sentence, words[i]));
	}
	arena_fini(&a);
	ck_assert_int_eq(stop(pid), 0);
}
END_TEST

START_TEST(host_that_dies_at_once_is_tried_again_and_named)
{
	const TapixGetProvidersReply *reply;
	struct arena a;
	pid_t pid;

	write_file(in_folder("tsp/x.so"), "", 0644);
	pid = start(config("[provider x]\npath = x\n"));
	arena_init(&a, MESSAGE_MAX);
	reply = providers(&a);
	ck_assert_str_eq(reply->providers[0]->state, "restarting");
	ck_assert_uint_ge(reply->providers[0]->restarts, 1);
	ck_assert_ptr_nonnull(strstr(reply->providers[0]->reason->sentence,
			"connected: exited with 1"));
	arena_fini(&a);
	ck_assert_int_eq(stop(pid), 0);
}
END_TEST

START_TEST(folder_of_others_is_refused)
{
	ck_assert_int_eq(mkdir(in_folder("run"), 0755), 0);
	ck_assert_int_eq(chmod(in_folder("run"), 0777), 0);
	ck_assert_int_eq(wait_for(spawn("--log=info", config(""))), 1);
	ck_assert_ptr_nonnull(strstr(log_text(), "others cannot write to"));
}
END_TEST

START_TEST(check_config_names_the_line)
{
	ck_assert_int_eq(wait_for(spawn("--check-config", config("[provider gone]\n"))), 1);
	ck_assert_ptr_nonnull(strstr(log_text(), "/conf:6: "));
	ck_assert_ptr_nonnull(strstr(log_text(), "/tsp/gone.so: No such file"));
	ck_assert_int_eq(wait_for(spawn("--check-config", config("[provider a]\nisolation = x\n"))),
			1);
	ck_assert_ptr_nonnull(strstr(log_text(), "/conf:7: isolation must be"));
	ck_assert_int_eq(wait_for(spawn("--nonsense", config(""))), 2);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core daemon");
	TCase *t = tcase_create("daemon");

	tcase_add_checked_fixture(t, set_up, tear_down);
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
