// SPDX-License-Identifier: MIT
/* test_pipes.c - a daemon that gives pipes: what goes through them, how their end is noticed, and
 * what happens when they do not come. */
#define _GNU_SOURCE           /* ppoll */
#undef _FORTIFY_SOURCE        /* poll is a function of ours */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "../own_poll.h"
#include "../test_main.h"
#include "base/os.h"
#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct world w;
static HLINE line;

/* --- children that live on until the test is over --------------------------------------------- */

static int lifeline[2] = { -1, -1 };

static void fork_one_that_lives_on(void)
{
	char byte;

	if (lifeline[0] < 0)
		ck_assert_int_eq(pipe(lifeline), 0);
	if (fork())
		return;
	close(lifeline[1]);
	(void)!read(lifeline[0], &byte, 1); /* until nobody has the other end */
	_exit(0);
}

/* --- how this program waits ------------------------------------------------------------------- */

static _Thread_local bool stops; /* this thread's next wait for input, at the gate */
static _Thread_local int forks;  /* so many of this thread's next waits come after a fork */
static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_changed = PTHREAD_COND_INITIALIZER;
static int gate; /* 1: reached, 2: open */

static void gate_set(int to)
{
	pthread_mutex_lock(&gate_lock);
	gate = to;
	pthread_cond_broadcast(&gate_changed);
	pthread_mutex_unlock(&gate_lock);
}

static void gate_await(int at)
{
	pthread_mutex_lock(&gate_lock);
	while (gate < at)
		pthread_cond_wait(&gate_changed, &gate_lock);
	pthread_mutex_unlock(&gate_lock);
}

static int wait_for(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	const struct timespec t = { timeout_ms / 1000, timeout_ms % 1000 * 1000000L };

	if (forks) {
		forks--;
		fork_one_that_lives_on();
	}
	if (stops && fds->events == POLLIN) {
		stops = false;
		gate_set(1);
		gate_await(2);
	}
	return ppoll(fds, count, timeout_ms < 0 ? NULL : &t, NULL);
}

/* --- the program ------------------------------------------------------------------------------ */

static void setup(void)
{
	world_set_limits();
	w.pipes = true;
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	line = world_line(&w);
}

static void teardown(void)
{
	if (w.app)
		ck_assert_int_eq(lineShutdown(w.app), 0);
	mock_free(w.mock);
	if (lifeline[0] >= 0)
		close(lifeline[1]);
	while (wait(NULL) > 0)
		;
}

static LONG initialize(void)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD version = 0x00030001, devices;

	return lineInitializeEx(&w.app, 0, NULL, "test", &devices, &version, &params);
}

static void shut_down(void)
{
	ck_assert_int_eq(lineShutdown(w.app), 0);
	w.app = 0;
}

static LONG get_messages(void)
{
	DWORD lines, addresses;

	return lineGetStatusMessages(line, &lines, &addresses);
}

/* The application's side of the connection, now. */
static struct conn its_conn(void)
{
	struct app *a = apps_by_descriptor((int)w.event);
	struct conn c;

	ck_assert_ptr_nonnull(a);
	app_lock(a);
	ck_assert_ptr_nonnull(a->link);
	c = a->link->conn;
	app_unlock(a);
	app_unref(a);
	return c;
}

static bool is_quiet(int socket)
{
	char byte;

	return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

static void expect_pipes(void)
{
	const struct conn its = its_conn();

	mock_lock(w.mock);
	ck_assert_int_ne(w.mock->conn.in_fd, w.mock->conn.fd);
	ck_assert(is_quiet(w.mock->conn.fd));
	mock_unlock(w.mock);
	ck_assert(os_is_pipe(its.in_fd) && os_is_pipe(its.out_fd));
	ck_assert(is_quiet(its.fd));
}

/* --- what goes through them ------------------------------------------------------------------- */

START_TEST(requests_replies_and_events_go_through_the_pipes)
{
	HCALL made;

	ck_assert_int_eq(get_messages(), 0);
	(void)world_offer(&w, NULL);
	ck_assert_int_gt(lineMakeCall(line, &made, "4711", 0, NULL), 0);
	(void)world_expect(&w, LINE_REPLY);
	(void)world_expect(&w, LINE_CALLSTATE);

	expect_pipes();
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 1);
}
END_TEST

static void go_and_come_back(void)
{
	mock_down(w.mock);
	mock_up(w.mock);
}

static void stay(void)
{
}

static void break_it(void)
{
	mock_break(w.mock);
}

static void (*const ends[])(void) = { stay, break_it, go_and_come_back };

START_TEST(the_descriptor_becomes_readable_by_an_event_through_the_pipe)
{
	struct pollfd p = { (int)w.event, POLLIN, 0 };

	ends[_i]();
	ck_assert_int_eq(get_messages(), 0);
	if (_i)
		(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	ck_assert_int_eq(own_poll_look(&p, 1), 0);

	(void)mock_offer(w.mock, 1);
	ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
	(void)world_expect(&w, LINE_APPNEWCALL);
	expect_pipes();
}
END_TEST

/* --- their end -------------------------------------------------------------------------------- */

START_TEST(what_the_daemon_said_before_its_end_is_read_and_the_session_resumes)
{
	(void)mock_offer(w.mock, 1);
	ends[_i]();

	(void)world_expect(&w, LINE_APPNEWCALL);
	(void)world_expect(&w, LINE_CALLSTATE);
	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->resumes), 1);
	ck_assert_int_eq(get_messages(), 0);
	expect_pipes();
}
END_TEST

static bool leave_the_pipes(struct mock *m, const struct frame *f)
{
	(void)f;
	m->handler = NULL;
	ck_assert_int_eq(shutdown(m->conn.fd, SHUT_RDWR), 0);
	return true;
}

/* Somebody else has them. */
START_TEST(who_waits_does_not_wait_for_pipes_without_their_socket)
{
	mock_handle(w.mock, leave_the_pipes, NULL);
	ck_assert_int_eq(get_messages(), 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 2);
}
END_TEST

static void *wait_for_message(void *result)
{
	const HLINEAPP app = w.app;
	LINEMESSAGE m;

	gate_set(1);
	*(LONG *)result = lineGetMessage(app, &m, 0xffffffff);
	return NULL;
}

static void *wait_for_answer(void *result)
{
	*(LONG *)result = get_messages();
	return NULL;
}

static void *wait_at_the_gate(void *result)
{
	stops = true;
	*(LONG *)result = get_messages();
	return NULL;
}

static pthread_t start(void *(*wait_so)(void *result), LONG *result)
{
	pthread_t thread;

	mock_lock(w.mock);
	w.mock->hold = true;
	mock_unlock(w.mock);
	ck_assert_int_eq(pthread_create(&thread, NULL, wait_so, result), 0);
	return thread;
}

START_TEST(who_waits_for_a_message_is_woken_by_lineShutdown)
{
	LONG result = 0;
	pthread_t thread = start(wait_for_message, &result);

	gate_await(1);
	shut_down();
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	ck_assert_int_lt(result, 0);
	mock_await_count(w.mock, &w.mock->hangups, 1);
}
END_TEST

START_TEST(who_waits_for_an_answer_is_woken_by_lineShutdown)
{
	LONG result = 0;
	pthread_t thread = start(wait_for_answer, &result);

	mock_await(w.mock, CALL_LineGetStatusMessages, 1);
	shut_down();
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	ck_assert_int_lt(result, 0);
	mock_await_count(w.mock, &w.mock->hangups, 1);
}
END_TEST

/* A child that is forked then has copies of what was the application's. */
START_TEST(the_daemon_notices_lineShutdown_while_a_thread_still_waits)
{
	const int before = world_count_descriptors();
	LONG result = 0;
	pthread_t thread = start(wait_at_the_gate, &result);

	gate_await(1);
	shut_down();
	fork_one_that_lives_on();
	mock_await_count(w.mock, &w.mock->hangups, 1);
	gate_set(2);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	ck_assert_int_lt(result, 0);
	ck_assert_int_lt(world_count_descriptors(), before);
}
END_TEST

/* --- children --------------------------------------------------------------------------------- */

START_TEST(a_child_that_lives_on_does_not_keep_the_session)
{
	fork_one_that_lives_on();
	shut_down();
	mock_await_count(w.mock, &w.mock->hangups, 1);
}
END_TEST

/* A program of its own, so that its children have nothing of the mock. */
static pid_t start_program(int forks_at_greeting, void (*end)(void))
{
	pid_t program;

	shut_down();
	mock_await_count(w.mock, &w.mock->hangups, 1);
	ck_assert_int_eq(pipe(lifeline), 0);
	program = fork();
	if (program)
		return program;
	forks = forks_at_greeting;
	if (initialize())
		_exit(1);
	end();
	_exit(0);
}

static void expect_end(pid_t program)
{
	int status;

	ck_assert_int_eq(waitpid(program, &status, 0), program);
	ck_assert_int_eq(status, 0);
	mock_await_count(w.mock, &w.mock->hangups, 2);
}

/* The ends come one by one. */
START_TEST(children_of_the_greeting_do_not_keep_the_session)
{
	expect_end(start_program(5, shut_down));
}
END_TEST

START_TEST(a_child_does_not_keep_the_session_of_a_program_that_ends)
{
	expect_end(start_program(0, fork_one_that_lives_on));
}
END_TEST

/* --- SIGPIPE ---------------------------------------------------------------------------------- */

static volatile sig_atomic_t signals;

static void on_signal(int number)
{
	(void)number;
	signals++;
}

/* Its pipe is one that nobody reads. */
static void break_and_wait(void)
{
	const struct conn its = its_conn();
	struct pollfd p = { its.out_fd, 0, 0 };

	mock_break(w.mock);
	ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
}

static bool is_pending(void)
{
	sigset_t pending;

	ck_assert_int_eq(sigpending(&pending), 0);
	return sigismember(&pending, SIGPIPE);
}

static void (*const dispositions[])(int) = { SIG_DFL, SIG_IGN, on_signal };

START_TEST(no_signal_comes_of_a_daemon_that_has_gone)
{
	ck_assert(signal(SIGPIPE, dispositions[_i]) != SIG_ERR);
	break_and_wait();

	ck_assert_int_eq(get_messages(), 0);
	ck_assert_int_eq(signals, 0);
	ck_assert(!is_pending());
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 2);
}
END_TEST

/* Who blocks it has one waiting only if it was before. */
START_TEST(a_blocked_signal_is_left_as_it_was)
{
	sigset_t set;

	ck_assert(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGPIPE);
	ck_assert_int_eq(pthread_sigmask(SIG_BLOCK, &set, NULL), 0);
	if (_i)
		ck_assert_int_eq(raise(SIGPIPE), 0);
	break_and_wait();

	ck_assert_int_eq(get_messages(), 0);
	ck_assert_int_eq(is_pending(), _i);
	ck_assert_int_eq(pthread_sigmask(SIG_BLOCK, NULL, &set), 0);
	ck_assert(sigismember(&set, SIGPIPE));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi pipes");
	TCase *t = tcase_create("pipes");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, requests_replies_and_events_go_through_the_pipes);
	tcase_add_loop_test(t, the_descriptor_becomes_readable_by_an_event_through_the_pipe, 0,
			COUNT(ends));
	tcase_add_loop_test(t, what_the_daemon_said_before_its_end_is_read_and_the_session_resumes,
			1, COUNT(ends));
	tcase_add_test(t, who_waits_does_not_wait_for_pipes_without_their_socket);
	tcase_add_test(t, who_waits_for_a_message_is_woken_by_lineShutdown);
	tcase_add_test(t, who_waits_for_an_answer_is_woken_by_lineShutdown);
	tcase_add_test(t, the_daemon_notices_lineShutdown_while_a_thread_still_waits);
	tcase_add_test(t, a_child_that_lives_on_does_not_keep_the_session);
	tcase_add_test(t, children_of_the_greeting_do_not_keep_the_session);
	tcase_add_test(t, a_child_does_not_keep_the_session_of_a_program_that_ends);
	tcase_add_loop_test(t, no_signal_comes_of_a_daemon_that_has_gone, 0, COUNT(dispositions));
	tcase_add_loop_test(t, a_blocked_signal_is_left_as_it_was, 0, 2);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
