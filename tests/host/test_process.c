// SPDX-License-Identifier: MIT
/* test_process.c - the program tapi-tsphost: lock, crash, signal. */
#include "../test_main.h"
#include "core.h"

#include "base/os.h"

#include <tapi.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct process {
	struct core core;
	char program[160], lock[192];
	pid_t pid;
};

static pid_t start(const struct process *p)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	(void)execl(p->program, p->program, "--socket", p->core.socket, "--provider", "mock",
			"--lock", p->lock, (char *)NULL);
	_exit(127);
}

/* The program runs, its provider too. */
static void world(struct process *p)
{
	const char *build = getenv("BUILD");

	core_adopt(&p->core, -1, "mock");
	core_make_folder(&p->core);
	(void)snprintf(p->program, sizeof(p->program), "%s/bin/tapi-tsphost",
			build ? build : "build/default");
	(void)snprintf(p->lock, sizeof(p->lock), "%s/lock", p->core.folder);
	p->core.listener = os_unix_listen(p->core.socket, 0600);
	ck_assert_int_ge(p->core.listener, 0);
	p->pid = start(p);
	core_accept(&p->core);
	(void)core_take_hello(&p->core);
	core_answer_hello(&p->core, NULL, NULL);
	core_run_provider(&p->core);
	(void)core_event(&p->core, LINE_CREATE);
}

static int wait_for(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

static void end(struct process *p)
{
	ck_assert_int_eq(unlink(p->lock), 0);
	(void)core_stop(&p->core);
}

/* Frames come until the end of the stream. */
static void read_to_the_end(struct core *c)
{
	struct frame f;

	for (;;) {
		struct pollfd poll_core = { .fd = c->conn.fd, .events = POLLIN };
		int err;

		ck_assert_int_gt(poll(&poll_core, 1, 30000), 0);
		err = conn_read(&c->conn);
		while (conn_next(&c->conn, &f) > 0)
			;
		if (err) {
			ck_assert_int_eq(err, -ECONNRESET);
			return;
		}
	}
}

START_TEST(a_crash_ends_the_process_and_frees_its_lock)
{
	struct process p;
	int status;

	world(&p);
	ck_assert_int_eq(os_lock_is_held(p.lock), 1);
	(void)core_dial(&p.core, "crash");
	read_to_the_end(&p.core);
	status = wait_for(p.pid);

	ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) != 0);
	ck_assert_int_eq(os_lock_is_held(p.lock), 0);
	end(&p);
}
END_TEST

START_TEST(a_second_host_of_the_provider_ends_at_once)
{
	struct process p;
	int status;

	world(&p);
	status = wait_for(start(&p));

	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 1);
	ck_assert_int_eq(kill(p.pid, SIGTERM), 0);
	(void)wait_for(p.pid);
	end(&p);
}
END_TEST

START_TEST(sigterm_ends_in_order_sigint_is_not_for_the_host)
{
	struct process p;
	int status;

	world(&p);
	ck_assert_int_eq(kill(p.pid, SIGINT), 0);
	core_expect_silence(&p.core);
	(void)core_return(&p.core, core_dial(&p.core, "early"));
	ck_assert_int_eq(kill(p.pid, SIGTERM), 0);
	for (;;) { /* the call is dropped before the end */
		const struct got *g = core_next(&p.core);

		if (g->h.kind == FRAME_EVENT && ((const Event *)g->body)->p1 == LINECALLSTATE_IDLE)
			break;
	}
	read_to_the_end(&p.core);
	status = wait_for(p.pid);

	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	end(&p);
}
END_TEST

START_TEST(a_refused_host_ends_with_1)
{
	struct process p;
	struct frame_header h = { .kind = FRAME_HELLO, .flags = FLAG_CLOSING };
	const char *build = getenv("BUILD");
	int status;

	core_adopt(&p.core, -1, "mock");
	core_make_folder(&p.core);
	(void)snprintf(p.program, sizeof(p.program), "%s/bin/tapi-tsphost",
			build ? build : "build/default");
	(void)snprintf(p.lock, sizeof(p.lock), "%s/lock", p.core.folder);
	p.core.listener = os_unix_listen(p.core.socket, 0600);
	p.pid = start(&p);
	core_accept(&p.core);
	(void)core_take_hello(&p.core);
	core_send_frame(&p.core, &h, NULL, 0);
	status = wait_for(p.pid);

	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 1);
	end(&p);
}
END_TEST

START_TEST(wrong_usage_is_2)
{
	struct process p;
	const char *build = getenv("BUILD");
	pid_t pid;

	(void)snprintf(p.program, sizeof(p.program), "%s/bin/tapi-tsphost",
			build ? build : "build/default");
	pid = fork();
	if (!pid) {
		(void)execl(p.program, p.program, "--socket", (char *)NULL);
		_exit(127);
	}

	ck_assert_int_eq(WEXITSTATUS(wait_for(pid)), 2);
}
END_TEST

/* The ladder of the demo is made of these records. */
static const char *const hops[] = { "\"tsp\",\"hop\":\"TSPI_lineMakeCall\"",
	"\"host\",\"hop\":\"LINE_CALLSTATE\",\"object\":\"0x700000001\",\"detail\":\"CONNECTED\"",
	"\"host\",\"hop\":\"ASYNC_COMPLETION\",\"object\":\"0x700000001\"",
	"\"tsp\",\"hop\":\"TSPI_lineDrop\",\"object\":\"0x700000001\"",
	"\"tsp\",\"hop\":\"TSPI_providerShutdown\"" };

START_TEST(what_passes_is_traced_in_order)
{
	struct process p;
	const char *build = getenv("BUILD");
	char path[192], line[1024];
	size_t next = 0;
	FILE *trace;

	(void)snprintf(path, sizeof(path), "%s/host-trace-%ld", build ? build : "build/default",
			(long)getpid());
	ck_assert_int_eq(setenv("TAPI_TRACE", path, 1), 0);
	world(&p);
	(void)core_return(&p.core, core_dial(&p.core, "early"));
	ck_assert_int_eq(kill(p.pid, SIGTERM), 0);
	read_to_the_end(&p.core);
	(void)wait_for(p.pid);
	trace = fopen(path, "r");
	ck_assert_ptr_nonnull(trace);
	while (fgets(line, sizeof(line), trace) && next < sizeof(hops) / sizeof(hops[0]))
		if (strstr(line, hops[next]))
			next++;

	ck_assert_msg(next == sizeof(hops) / sizeof(hops[0]), "no %s", hops[next]);
	ck_assert_int_eq(fclose(trace), 0);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(unsetenv("TAPI_TRACE"), 0);
	end(&p);
}
END_TEST

static Suite *process(void)
{
	Suite *s = suite_create("host process");
	TCase *t = tcase_create("process");

	tcase_add_test(t, a_crash_ends_the_process_and_frees_its_lock);
	tcase_add_test(t, a_second_host_of_the_provider_ends_at_once);
	tcase_add_test(t, sigterm_ends_in_order_sigint_is_not_for_the_host);
	tcase_add_test(t, a_refused_host_ends_with_1);
	tcase_add_test(t, wrong_usage_is_2);
	tcase_add_test(t, what_passes_is_traced_in_order);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(process())
