// SPDX-License-Identifier: MIT
/* pair.c - see pair.h. */
#include "pair.h"

#include "base/os.h"
#include "base/random.h"

#include <check.h>
#include <fcntl.h>
#include <unistd.h>

struct conn near, far;

void pair_start(void)
{
	int fds[2];

	ck_assert_int_eq(os_socketpair(fds), 0);
	conn_init(&near, fds[0], LIMIT_EDGE);
	conn_init(&far, fds[1], LIMIT_CORE);
	random_seed(4);
}

void pair_stop(void)
{
	conn_fini(&near);
	conn_fini(&far);
	random_seed(0);
}

void send_body(const void *body, size_t size, uint32_t serial)
{
	struct frame_header h = { .kind = FRAME_NOTE, .serial = serial };

	ck_assert_int_eq(conn_send_bytes(&near, &h, body, size), 0);
	ck_assert_uint_eq(h.length, size);
}

/* How many descriptors this process has open. */
int open_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static int pipe_with(char c)
{
	int fds[2];

	ck_assert_int_eq(os_pipe(fds), 0);
	ck_assert_int_eq(write(fds[1], &c, 1), 1);
	close(fds[1]);
	return fds[0];
}

void send_descriptor(char c, const void *body, size_t size)
{
	struct frame_header h = { .kind = FRAME_NOTE };
	int fd = pipe_with(c);

	ck_assert_int_eq(conn_send_fd(&near, &h, body, size, fd), 0);
	ck_assert_uint_eq(h.flags, FLAG_DESCRIPTOR);
	close(fd);
}

void expect_descriptor(struct frame *f, char c)
{
	char got = '\0';

	ck_assert_int_ge(f->fd, 0);
	ck_assert_int_eq(fcntl(f->fd, F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(read(f->fd, &got, 1), 1);
	ck_assert_int_eq(got, c);
	close(f->fd);
}

/* No descriptor can be had any more; what to go back to. */
struct rlimit no_descriptors(void)
{
	struct rlimit before, now;
	int lowest = dup(0);

	ck_assert_int_ge(lowest, 0);
	close(lowest);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	now = before;
	now.rlim_cur = (rlim_t)lowest;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &now), 0);
	return before;
}
