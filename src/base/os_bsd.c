// SPDX-License-Identifier: MIT
/* os_bsd.c - getpeereid, arc4random, kqueue. */
#if !defined(__linux__)
#undef _POSIX_C_SOURCE /* hides kqueue and getpeereid on the BSDs */
#include "base/os.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/event.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int os_peer(int fd, struct os_peer *out)
{
	out->pid = 0;
	return getpeereid(fd, &out->uid, &out->gid) < 0 ? -errno : 0;
}

bool os_write_without_signal(int fd, const void *data, size_t size, ssize_t *n)
{
	(void)fd;
	(void)data;
	(void)size;
	(void)n;
	return false;
}

void os_entropy(void *p, size_t size)
{
	arc4random_buf(p, size);
}

int os_gather_new(void)
{
	int fd = kqueue();

	return fd < 0 ? -errno : fd;
}

static int change(int gather, int fd, unsigned short what)
{
	struct kevent ev;

	EV_SET(&ev, (uintptr_t)fd, EVFILT_READ, what, 0, 0, 0);
	return kevent(gather, &ev, 1, NULL, 0, NULL) < 0 ? -errno : 0;
}

int os_gather_add(int gather, int fd)
{
	return change(gather, fd, EV_ADD);
}

int os_gather_remove(int gather, int fd)
{
	return change(gather, fd, EV_DELETE);
}

int os_timer_new(void)
{
	return os_gather_new(); /* a kqueue is itself readable */
}

int os_timer_set(int timer, uint32_t ms)
{
	struct kevent ev;

	EV_SET(&ev, 1, EVFILT_TIMER, EV_DELETE, 0, 0, NULL);
	(void)kevent(timer, &ev, 1, NULL, 0, NULL);
	if (!ms)
		return 0;
	EV_SET(&ev, 1, EVFILT_TIMER, EV_ADD | EV_ONESHOT, 0, (intptr_t)ms, NULL);
	return kevent(timer, &ev, 1, NULL, 0, NULL) < 0 ? -errno : 0;
}

void os_one_heap(void)
{
}

int os_limit_memory(uint64_t bytes)
{
	const struct rlimit limit = { (rlim_t)bytes, (rlim_t)bytes };

	return setrlimit(RLIMIT_AS, &limit) < 0 ? -errno : 0;
}

void os_give_back(void)
{
}

void os_program_name(char *out, size_t size)
{
	const char *name = getprogname();

	(void)snprintf(out, size, "%s", name ? name : "");
}
#else
typedef int os_bsd_is_empty; /* ISO C wants a declaration */
#endif
