// SPDX-License-Identifier: MIT
/* os_linux.c - SO_PEERCRED, getrandom, epoll. */
#ifdef __linux__
#define _GNU_SOURCE /* struct ucred */
#include "base/os.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

enum { HEAP_STEP = 1 << 20 };

int os_peer(int fd, struct os_peer *out)
{
	struct ucred cred;
	socklen_t size = sizeof(cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &size) < 0)
		return -errno;
	out->uid = cred.uid;
	out->gid = cred.gid;
	out->pid = cred.pid;
	return 0;
}

void os_entropy(void *p, size_t size)
{
	char *to = p;

	while (size) {
		ssize_t n = getrandom(to, size, 0);

		if (n < 0 && errno != EINTR)
			abort(); /* no entropy: session numbers could be guessed */
		if (n > 0) {
			to += n;
			size -= (size_t)n;
		}
	}
}

int os_gather_new(void)
{
	int fd = epoll_create1(EPOLL_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

int os_gather_add(int gather, int fd)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.fd = fd };

	return epoll_ctl(gather, EPOLL_CTL_ADD, fd, &ev) < 0 ? -errno : 0;
}

int os_gather_remove(int gather, int fd)
{
	return epoll_ctl(gather, EPOLL_CTL_DEL, fd, NULL) < 0 ? -errno : 0;
}

int os_timer_new(void)
{
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	return fd < 0 ? -errno : fd;
}

int os_timer_set(int timer, uint32_t ms)
{
	struct itimerspec at = { .it_value = { ms / 1000, (long)(ms % 1000) * 1000000L } };

	return timerfd_settime(timer, 0, &at, NULL) < 0 ? -errno : 0;
}

void os_one_heap(void)
{
#ifdef M_ARENA_MAX /* glibc: the heaps of threads grow page by page, with a system call for each   \
		    */
	(void)mallopt(M_ARENA_MAX, 1);
	(void)mallopt(M_TOP_PAD, HEAP_STEP);
	(void)mallopt(M_TRIM_THRESHOLD, 2 * HEAP_STEP);
#endif
}

void os_program_name(char *out, size_t size)
{
	(void)snprintf(out, size, "%s", program_invocation_short_name);
}
#endif
