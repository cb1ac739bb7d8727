// SPDX-License-Identifier: MIT
/* test_pipes.c - frames through two pipes beside a socketpair, descriptors through the socket. */
#include "../test_main.h"
#include "pair.h"

#include "base/os.h"
#include "base/random.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

static void start(void)
{
	int up[2], down[2];

	pair_start();
	ck_assert_int_eq(os_pipe(up), 0);
	ck_assert_int_eq(os_pipe(down), 0);
	conn_use_pipes(&near, down[0], up[1]);
	conn_use_pipes(&far, up[0], down[1]);
}

/* Whether there is something to read in the socket. */
static bool is_in_socket(const struct conn *c)
{
	char byte;

	return recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

static void expect_serial(struct conn *c, uint32_t serial)
{
	struct frame f;

	ck_assert_int_eq(conn_next(c, &f), 1);
	ck_assert_uint_eq(f.h.serial, serial);
	ck_assert_int_eq(f.fd, -1);
}

START_TEST(frames_go_both_ways_and_not_through_the_socket)
{
	struct frame_header h = { .kind = FRAME_RETURN, .serial = 1 };
	struct frame f;

	send_body("ask", 3, 1);
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert(!is_in_socket(&far));
	ck_assert_int_eq(conn_read(&far), 0);
	expect_serial(&far, 1);
	ck_assert_int_eq(conn_next(&far, &f), 0);

	ck_assert_int_eq(conn_send_bytes(&far, &h, "answer", 6), 0);
	ck_assert_int_eq(conn_flush(&far), 0);
	ck_assert(!is_in_socket(&near));
	ck_assert_int_eq(conn_read(&near), 0);
	expect_serial(&near, 1);
	ck_assert_int_eq(conn_read(&near), 0);
}
END_TEST

START_TEST(many_frames_through_a_full_pipe)
{
	static uint8_t body[3000];
	unsigned sent = 0, got = 0, full = 0;
	struct frame f;

	for (size_t i = 0; i < sizeof(body); i++)
		body[i] = (uint8_t)i;
	while (got < 2000) {
		int err;

		for (int burst = 0; burst < 200 && sent < 2000; burst++, sent++)
			send_body(body, (size_t)(random_u64() % sizeof(body)), sent + 1);
		err = conn_flush(&near);
		ck_assert(err == 0 || err == 1);
		full += err == 1;
		ck_assert_int_eq(conn_read(&far), 0);
		while (conn_next(&far, &f) == 1) {
			ck_assert_uint_eq(f.h.serial, ++got);
			ck_assert_int_eq(memcmp(f.body, body, f.h.length), 0);
		}
	}

	ck_assert_uint_gt(full, 0);
	ck_assert_uint_eq(conn_queued(&near), 0);
	ck_assert_uint_eq(far.in.size, 0);
}
END_TEST

START_TEST(end_is_said_after_the_frames_before_it)
{
	static uint8_t body[2 * 16384 - FRAME_HEADER]; /* reads that are full to the last byte */

	send_body(body, sizeof(body), 1);
	ck_assert_int_eq(conn_flush(&near), 0);
	conn_fini(&near);

	ck_assert_int_eq(conn_read(&far), 0);
	expect_serial(&far, 1);
	ck_assert_int_eq(conn_read(&far), -ECONNRESET);
	ck_assert_int_eq(conn_read(&far), -ECONNRESET);
}
END_TEST

static volatile sig_atomic_t signals;

static void count_signal(int which)
{
	(void)which;
	signals = signals + 1;
}

/* Linux 6.18 can write without a signal by itself. */
static bool kernel_knows(void)
{
	struct utsname u;
	unsigned major = 0, minor = 0;

	ck_assert_int_eq(uname(&u), 0);
	(void)sscanf(u.release, "%u.%u", &major, &minor); /* NOLINT: what is no number is 0 */
	return strcmp(u.sysname, "Linux") == 0 && (major > 6 || (major == 6 && minor >= 18));
}

START_TEST(writing_to_nobody_is_an_error_and_no_signal)
{
	sigset_t mask, pending;

	os_is_older = (_i & 2) != 0;
	ck_assert(signal(SIGPIPE, _i & 1 ? count_signal : SIG_DFL) != SIG_ERR);
	near.spares_signal = true;
	conn_fini(&far);
	send_body("x", 1, 1);

	ck_assert_int_eq(conn_flush(&near), -EPIPE);
	ck_assert_int_eq(os_is_older, (_i & 2) || !kernel_knows());
	ck_assert_int_eq(sigprocmask(SIG_SETMASK, NULL, &mask), 0);
	ck_assert(!sigismember(&mask, SIGPIPE));
	ck_assert_int_eq(sigpending(&pending), 0);
	ck_assert(!sigismember(&pending, SIGPIPE));
	ck_assert_int_eq(signals, 0);
}
END_TEST

/* The program has it blocked, and one of its own waits: that one is not taken. */
START_TEST(a_signal_that_is_blocked_is_left_to_the_program)
{
	sigset_t set;

	os_is_older = _i;
	ck_assert(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
	ck_assert_int_eq(sigemptyset(&set), 0);
	ck_assert_int_eq(sigaddset(&set, SIGPIPE), 0);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	ck_assert_int_eq(raise(SIGPIPE), 0);
	near.spares_signal = true;
	conn_fini(&far);
	send_body("x", 1, 1);

	ck_assert_int_eq(conn_flush(&near), -EPIPE);
	ck_assert_int_eq(sigpending(&set), 0);
	ck_assert(sigismember(&set, SIGPIPE));
}
END_TEST

START_TEST(descriptors_arrive_with_their_frames)
{
	static const char order[] = "-ab-c--de-fgh";
	static const uint8_t body[100];
	size_t got = 0;
	struct frame f;

	for (const char *p = order; *p; p++) {
		if (*p == '-')
			send_body(body, sizeof(body), 1);
		else
			send_descriptor(*p, body, sizeof(body));
	}
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_uint_eq(conn_queued_fds(&near), 0);
	ck_assert_int_eq(conn_read(&far), 0);
	for (; conn_next(&far, &f) == 1; got++) {
		if (order[got] == '-')
			ck_assert_int_eq(f.fd, -1);
		else
			expect_descriptor(&f, order[got]);
	}

	ck_assert_uint_eq(got, strlen(order));
	ck_assert(!is_in_socket(&far));
}
END_TEST

START_TEST(descriptor_of_a_frame_that_is_written_in_pieces)
{
	static uint8_t body[LIMIT_CORE];
	int full = 0;
	struct frame f;

	send_descriptor('x', body, sizeof(body));
	send_descriptor('y', body, 1);
	for (int got = 0; got < 2;) {
		int err = conn_flush(&near);

		ck_assert(err == 0 || err == 1);
		full += err;
		ck_assert_int_eq(conn_read(&far), 0);
		while (conn_next(&far, &f) == 1)
			expect_descriptor(&f, got++ ? 'y' : 'x');
	}

	ck_assert_int_gt(full, 0);
}
END_TEST

START_TEST(announced_descriptor_that_does_not_come_closes)
{
	struct frame_header h = { .kind = FRAME_NOTE, .flags = FLAG_DESCRIPTOR };
	struct frame f;

	if (_i) /* a byte beside is none */
		ck_assert_int_eq(write(near.fd, "", 1), 1);
	ck_assert_int_eq(conn_send_bytes(&near, &h, NULL, 0), 0);
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_int_eq(conn_read(&far), 0);

	ck_assert_int_eq(conn_next(&far, &f), -EPROTO);
	ck_assert_ptr_nonnull(strstr(far.why, "descriptor"));
}
END_TEST

START_TEST(a_descriptor_that_finds_no_place_costs_its_frame_only)
{
	struct rlimit before;
	struct frame f;
	int got;

	send_descriptor('a', "lost", 4);
	send_descriptor('b', "there", 5);
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_int_eq(conn_read(&far), 0);
	before = no_descriptors();
	got = conn_next(&far, &f);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);

	ck_assert_int_eq(got, 1);
	ck_assert(frame_lost_descriptor(&f));
	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert_mem_eq(f.body, "there", 5);
	expect_descriptor(&f, 'b');
}
END_TEST

START_TEST(who_takes_no_descriptors_is_not_waited_for)
{
	int err = 0;

	for (int i = 0; !err && i < 100000; i++) {
		send_descriptor('a', "", 0);
		err = conn_flush(&near);
		ck_assert_int_le(err, 0); /* before the pipe is full */
	}

	ck_assert_int_lt(err, 0);
}
END_TEST

START_TEST(fini_closes_everything)
{
	int before = open_descriptors();

	send_descriptor('a', "", 1);
	ck_assert_int_eq(conn_flush(&near), 0);
	send_descriptor('b', "", 1);
	ck_assert_int_eq(open_descriptors(), before + 1);

	pair_stop();
	ck_assert_int_eq(open_descriptors(), before - 6);
	start();
}
END_TEST

/* One end of a pipe as it comes with a frame; *other is the test's. */
static struct frame end_of_pipe(bool writes, int *other)
{
	struct frame f = { .h = { .kind = FRAME_PIPE, .flags = FLAG_DESCRIPTOR } };
	int fds[2];

	ck_assert_int_eq(os_pipe(fds), 0);
	f.fd = fds[writes];
	*other = fds[!writes];
	return f;
}

static void take_two(struct conn_ends *ends, int others[2])
{
	for (int i = 0; i < 2; i++) {
		struct frame f = end_of_pipe(i == 0, &others[i]);

		ck_assert_int_eq(conn_ends_take(ends, &f), 0);
		ck_assert_int_eq(f.fd, -1);
	}
}

START_TEST(two_ends_are_taken_and_used)
{
	struct conn_ends ends = { .count = 0 };
	int before = open_descriptors(), others[2];
	char got[FRAME_HEADER + 1];

	pair_start();
	take_two(&ends, others);
	ck_assert_int_eq(conn_ends_use(&ends, &near), 0);
	ck_assert_uint_eq(ends.count, 0);
	send_body("x", 1, 1);
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_int_eq(read(others[0], got, sizeof(got)), (ssize_t)sizeof(got));
	ck_assert_int_eq(write(others[1], got, sizeof(got)), (ssize_t)sizeof(got));
	ck_assert_int_eq(conn_read(&near), 0);
	expect_serial(&near, 1);

	pair_stop();
	close(others[0]);
	close(others[1]);
	ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

START_TEST(what_is_no_end_of_a_pipe_is_refused)
{
	struct conn_ends ends = { .count = 0 };
	int others[3], before = open_descriptors();
	struct frame f = { .fd = -1 };

	ck_assert_int_eq(conn_ends_take(&ends, &f), -EPROTO);
	pair_start();
	f.fd = near.fd;
	ck_assert_int_eq(conn_ends_take(&ends, &f), -EPROTO);
	ck_assert_int_eq(f.fd, near.fd);
	pair_stop();
	take_two(&ends, others);
	f = end_of_pipe(false, &others[2]);
	ck_assert_int_eq(conn_ends_take(&ends, &f), -EPROTO);
	close(f.fd);

	conn_ends_close(&ends);
	for (int i = 0; i < 3; i++)
		close(others[i]);
	ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

START_TEST(ends_that_did_not_come_cannot_be_used)
{
	struct conn_ends ends = { .count = 0 };
	struct frame f;
	int other;

	pair_start();
	ck_assert_int_eq(conn_ends_use(&ends, &near), -EPROTO);
	f = end_of_pipe(true, &other);
	ck_assert_int_eq(conn_ends_take(&ends, &f), 0);
	ck_assert_int_eq(conn_ends_use(&ends, &near), -EPROTO);
	ck_assert_int_eq(near.in_fd, near.fd);
	ck_assert_int_eq(near.out_fd, near.fd);
	conn_ends_close(&ends);
	close(other);
	pair_stop();
}
END_TEST

START_TEST(what_is_queued_for_the_socket_stays_in_it)
{
	struct conn_ends ends = { .count = 0 };
	int others[2];

	pair_start();
	take_two(&ends, others);
	send_body("x", 1, 1);
	ck_assert_int_eq(conn_ends_use(&ends, &near), -EPROTO);
	ck_assert_int_eq(near.out_fd, near.fd);
	conn_ends_close(&ends);
	close(others[0]);
	close(others[1]);
	pair_stop();
}
END_TEST

static Suite *pipes_suite(void)
{
	Suite *s = suite_create("pipes");
	TCase *t = tcase_create("frames");
	TCase *d = tcase_create("descriptors");
	TCase *e = tcase_create("ends");

	tcase_add_checked_fixture(t, start, pair_stop);
	tcase_add_test(t, frames_go_both_ways_and_not_through_the_socket);
	tcase_add_test(t, many_frames_through_a_full_pipe);
	tcase_add_test(t, end_is_said_after_the_frames_before_it);
	tcase_add_loop_test(t, writing_to_nobody_is_an_error_and_no_signal, 0, 4);
	tcase_add_loop_test(t, a_signal_that_is_blocked_is_left_to_the_program, 0, 2);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(d, start, pair_stop);
	tcase_add_test(d, descriptors_arrive_with_their_frames);
	tcase_add_test(d, descriptor_of_a_frame_that_is_written_in_pieces);
	tcase_add_loop_test(d, announced_descriptor_that_does_not_come_closes, 0, 2);
	tcase_add_test(d, a_descriptor_that_finds_no_place_costs_its_frame_only);
	tcase_add_test(d, who_takes_no_descriptors_is_not_waited_for);
	tcase_add_test(d, fini_closes_everything);
	suite_add_tcase(s, d);
	tcase_add_test(e, two_ends_are_taken_and_used);
	tcase_add_test(e, what_is_no_end_of_a_pipe_is_refused);
	tcase_add_test(e, ends_that_did_not_come_cannot_be_used);
	tcase_add_test(e, what_is_queued_for_the_socket_stays_in_it);
	suite_add_tcase(s, e);
	return s;
}

TEST_MAIN(pipes_suite())
