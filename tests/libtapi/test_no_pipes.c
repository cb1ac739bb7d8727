// SPDX-License-Identifier: MIT
/* test_no_pipes.c - a daemon that gives pipes, and they do not come, or are none, or come when they
 * may not. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "../test_main.h"
#include "base/os.h"
#include "client.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct world w;
static HLINE line;

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

static void say_hello(struct mock *m, bool pipes)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;
	uint8_t body[64];

	hello.has_protocol = hello.has_session = 1;
	hello.protocol = WIRE_PROTOCOL;
	hello.session = m->session;
	hello.has_pipes = pipes;
	hello.pipes = 1;
	mock_bytes(m, &h, body, hello__pack(&hello, body));
}

static void give_pipes(struct mock *m, int count)
{
	int fds[2];

	ck_assert_int_eq(os_pipe(fds), 0);
	for (int i = 0; i < count; i++)
		mock_pipe(m, fds[i % 2]);
	close(fds[0]);
	close(fds[1]);
}

static void lose_descriptors(struct mock *m)
{
	struct frame_header h = { .kind = FRAME_PIPE, .flags = FLAG_DESCRIPTOR };

	mock_bytes(m, &h, NULL, 0);
	mock_bytes(m, &h, NULL, 0);
}

static void announce_none(struct mock *m)
{
	struct frame_header h = { .kind = FRAME_PIPE };

	mock_bytes(m, &h, NULL, 0);
}

static void give_three(struct mock *m)
{
	give_pipes(m, 3);
}

static void give_one(struct mock *m)
{
	give_pipes(m, 1);
}

static void give_none(struct mock *m)
{
	(void)m;
}

static void give_a_file(struct mock *m)
{
	int fd = open("/dev/null", O_RDWR);

	ck_assert_int_ge(fd, 0);
	mock_pipe(m, fd);
	mock_pipe(m, fd);
	close(fd);
}

static void (*const wrong[])(struct mock *m) = { lose_descriptors, announce_none, give_three,
	give_one, give_none, give_a_file };
static void (*greeting)(struct mock *m);

/* To who can use pipes. */
static bool greet_wrongly(struct mock *m, const struct frame *f)
{
	Hello *client = hello__unpack(NULL, f->h.length, f->body);
	bool can = client->pipes;

	hello__free_unpacked(client, NULL);
	if (!can)
		return false;
	greeting(m);
	say_hello(m, true);
	return true;
}

static bool greet_wrongly_again(struct mock *m, const struct frame *f)
{
	(void)f;
	greeting(m);
	say_hello(m, true);
	return true;
}

static bool greet_with_pipes_for_nothing(struct mock *m, const struct frame *f)
{
	(void)f;
	give_pipes(m, 2);
	say_hello(m, false);
	return true;
}

static int start_over(mock_handler greeter, void (*so)(struct mock *m))
{
	shut_down();
	mock_await_count(w.mock, &w.mock->hangups, 1);
	greeting = so;
	mock_handle(w.mock, NULL, greeter);
	return world_count_descriptors();
}

START_TEST(who_gets_no_pipes_greets_without_them_at_once)
{
	const int before = start_over(greet_wrongly, wrong[_i]);

	limits.retry = 20000;
	ck_assert_int_eq(initialize(), 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->hellos), 3);
	line = world_line(&w);
	ck_assert_int_eq(get_messages(), 0);

	shut_down();
	mock_await_count(w.mock, &w.mock->hangups, 3);
	ck_assert_int_eq(world_count_descriptors(), before);
}
END_TEST

START_TEST(who_is_greeted_wrongly_without_pipes_too_is_told)
{
	const int before = start_over(greet_wrongly_again, wrong[_i]);
	struct tapix_reason why;

	w.app = 0;
	ck_assert_int_eq(initialize(), LINEERR_OPERATIONFAILED);
	tapixGetLastReason(&why);
	ck_assert_str_eq(why.cause, "EPROTO");
	ck_assert_msg(strstr(why.sentence, "sent what cannot be taken") != NULL, "%s",
			why.sentence);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->hellos), 3);

	mock_await_count(w.mock, &w.mock->hangups, 3);
	ck_assert_int_eq(world_count_descriptors(), before);
}
END_TEST

/* But so many. */
static void use_up_descriptors(int spare)
{
	struct rlimit limit;
	int last = -1;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = 256;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	for (int fd = dup(0); fd >= 0; fd = dup(0))
		last = fd;
	while (spare--)
		close(last--);
}

/* The mock is another process, which has enough. */
START_TEST(who_has_no_descriptors_for_pipes_does_without)
{
	int status;
	pid_t program;

	(void)start_over(NULL, NULL);
	program = fork();
	if (!program) {
		use_up_descriptors(4 + 1 + _i); /* for the application, for its socket */
		_exit(initialize() == 0 && world_line(&w) != 0 ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(program, &status, 0), program);
	ck_assert_int_eq(status, 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->hellos), _i < 2 ? 3 : 2);
}
END_TEST

START_TEST(who_comes_back_without_pipes_resumes)
{
	greeting = wrong[_i];
	mock_handle(w.mock, NULL, greet_wrongly);
	mock_break(w.mock);

	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	ck_assert_int_eq(get_messages(), 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->hellos), 3);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->resumes), 1);
}
END_TEST

START_TEST(pipes_that_are_not_used_are_closed)
{
	const int before = start_over(greet_with_pipes_for_nothing, NULL);

	ck_assert_int_eq(initialize(), 0);
	/* gather, timer, two of the wake pipe, the socket at either end */
	ck_assert_int_eq(world_count_descriptors(), before + 6);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->hellos), 2);
}
END_TEST

START_TEST(a_pipe_after_the_greeting_ends_the_connection)
{
	const int before = world_count_descriptors();

	mock_lock(w.mock);
	give_pipes(w.mock, 1);
	mock_unlock(w.mock);

	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	ck_assert_int_eq(get_messages(), 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 2);
	ck_assert_int_eq(world_count_descriptors(), before);
	mock_lock(w.mock);
	ck_assert_int_ne(w.mock->conn.in_fd, w.mock->conn.fd);
	mock_unlock(w.mock);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi no pipes");
	TCase *t = tcase_create("no pipes");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, who_gets_no_pipes_greets_without_them_at_once, 0, COUNT(wrong));
	tcase_add_loop_test(t, who_is_greeted_wrongly_without_pipes_too_is_told, 0, COUNT(wrong));
	tcase_add_loop_test(t, who_has_no_descriptors_for_pipes_does_without, 0, 3);
	tcase_add_loop_test(t, who_comes_back_without_pipes_resumes, 0, COUNT(wrong));
	tcase_add_test(t, pipes_that_are_not_used_are_closed);
	tcase_add_test(t, a_pipe_after_the_greeting_ends_the_connection);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
