// SPDX-License-Identifier: MIT
/* test_pipes.c - a host that gets pipes from the core: it uses them, keeps none that are not to be
 * used, and asks for none without descriptors to spare. */
#include "../test_main.h"
#include "core.h"

#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static struct core c;

static int open_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

/* With those that the first host of a process leaves for the next. */
static int count_settled(void)
{
	core_listen(&c, "mock");
	(void)core_stop(&c);
	return open_descriptors();
}

/* The host has connected and said hello, which asks for pipes or does not. */
static void meet(bool asks)
{
	core_accept(&c);
	ck_assert_uint_eq(core_take_hello(&c)->pipes, asks);
}

START_TEST(all_goes_through_the_pipes)
{
	int before = count_settled();
	char byte;

	core_listen(&c, "mock");
	meet(true);
	core_give_pipes(&c);
	core_answer_hello(&c, NULL, NULL);
	core_run_provider(&c);
	ck_assert_int_eq(recv(c.conn.fd, &byte, 1, MSG_DONTWAIT), -1);
	ck_assert_int_eq(errno, EAGAIN);

	(void)core_stop(&c);
	ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

/* The pipe is the connection: when it ends, a core is sought, and that one gives others. */
START_TEST(a_host_that_lost_its_pipes_resumes_with_new_ones)
{
	core_listen(&c, "mock");
	meet(true);
	core_give_pipes(&c);
	core_answer_hello(&c, NULL, NULL);
	core_run_provider(&c);
	core_die(&c);
	core_accept(&c);
	ck_assert_uint_eq(core_take_hello(&c)->resumed, 1);
	core_give_pipes(&c);
	core_answer_hello(&c, NULL, NULL);
	(void)core_expect(&c, FRAME_SNAPSHOT);
	(void)core_expect(&c, FRAME_END);
	core_expect_silence(&c);

	(void)core_stop(&c);
}
END_TEST

START_TEST(pipes_that_are_not_to_be_used_are_closed)
{
	int others[2];
	char byte;

	core_listen(&c, "mock");
	meet(true);
	core_give_pipes(&c);
	others[0] = c.ends[0];
	others[1] = c.ends[1];
	c.gives_pipes = false;
	core_answer_hello(&c, NULL, NULL);
	core_run_provider(&c);

	ck_assert_int_eq(read(others[0], &byte, 1), 0); /* no end to write is left */
	ck_assert_int_eq(os_write_quietly(others[1], "", 1), -1);
	ck_assert_int_eq(errno, EPIPE);
	close(others[0]);
	close(others[1]);
	(void)core_stop(&c);
}
END_TEST

/* Three ends, or what is none, or the end of the core: the host closes all and seeks another. */
START_TEST(ends_that_are_wrong_close_the_connection_and_are_closed)
{
	int before = count_settled();

	core_listen(&c, "mock");
	meet(true);
	if (_i == 0) {
		core_give_end(&c, dup(c.conn.fd));
	} else {
		core_give_pipes(&c);
		close(c.ends[1]);
		if (_i == 1)
			core_give_end(&c, c.ends[0]);
		else
			close(c.ends[0]);
		c.gives_pipes = false;
	}
	if (_i != 2)
		ck_assert_int_eq(poll(&(struct pollfd){ .fd = c.conn.fd, .events = POLLIN }, 1,
						 30000),
				1);
	core_die(&c);
	meet(true);

	(void)core_stop(&c);
	ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

/* It ends in thread mode, and so do the ends that it has. */
START_TEST(a_host_that_ends_early_keeps_no_ends)
{
	int before = count_settled();

	core_listen(&c, "mock");
	meet(true);
	core_give_pipes(&c);
	ck_assert_int_eq(write(c.stop[1], "", 1), 1);
	ck_assert_int_eq(pthread_join(c.thread, NULL), 0);
	c.has_thread = 0;
	close(c.ends[0]);
	close(c.ends[1]);

	(void)core_stop(&c);
	ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

START_TEST(a_host_with_no_descriptors_to_spare_asks_for_none)
{
	struct rlimit before, now;
	int lowest = dup(0);

	close(lowest);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	now = before;
	now.rlim_cur = (rlim_t)lowest + 16;
	while (lowest < (int)now.rlim_cur / 2) { /* half of them */
		lowest = fcntl(0, F_DUPFD_CLOEXEC, 0);
		ck_assert_int_ge(lowest, 0);
	}
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &now), 0);
	core_listen(&c, "mock");
	meet(false);
	core_answer_hello(&c, NULL, NULL);
	core_run_provider(&c);

	(void)core_stop(&c);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
}
END_TEST

static Suite *pipes(void)
{
	Suite *s = suite_create("host pipes");
	TCase *t = tcase_create("pipes");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, all_goes_through_the_pipes);
	tcase_add_test(t, a_host_that_lost_its_pipes_resumes_with_new_ones);
	tcase_add_test(t, pipes_that_are_not_to_be_used_are_closed);
	tcase_add_loop_test(t, ends_that_are_wrong_close_the_connection_and_are_closed, 0, 3);
	tcase_add_test(t, a_host_that_ends_early_keeps_no_ends);
	tcase_add_test(t, a_host_with_no_descriptors_to_spare_asks_for_none);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(pipes())
