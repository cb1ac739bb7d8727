// SPDX-License-Identifier: MIT
/* own_poll.h - a program's own poll() in the place of libc's, so that a wait of libtapi is the
 * test's to fill. Included once, with _GNU_SOURCE for ppoll(), by who defines wait_for(). */
#ifndef TESTS_OWN_POLL_H
#define TESTS_OWN_POLL_H

#include <poll.h>
#include <stddef.h>
#include <time.h>

static int wait_for(struct pollfd *fds, nfds_t count, int timeout_ms);

/* What is there now. */
static inline int own_poll_look(struct pollfd *fds, nfds_t count)
{
	const struct timespec now = { 0 };

	return ppoll(fds, count, &now, NULL);
}

#define EXPORT __attribute__((visibility("default")))

EXPORT int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	return wait_for(fds, count, timeout_ms);
}

/* What a fortified libtapi calls. */
EXPORT int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size);
EXPORT int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size)
{
	(void)size;
	return wait_for(fds, count, timeout_ms);
}

#endif
