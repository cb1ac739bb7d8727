// SPDX-License-Identifier: MIT
/* os_bsd.c - getpeereid, arc4random, kqueue. */
#if !defined(__linux__)
#undef _POSIX_C_SOURCE /* hides kqueue and getpeereid on the BSDs */
#include "base/os.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/event.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int os_peer(int fd, struct os_peer *out)
{
	out->pid = 0;
	return getpeereid(fd, &out->uid, &out->gid) < 0 ? -errno : 0;
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
#else
typedef int os_bsd_is_empty; /* ISO C wants a declaration */
#endif
