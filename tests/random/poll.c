// SPDX-License-Identifier: MIT
/* poll.c - takes the place of libc's poll() for the whole program: an application that waits for
 * the daemon lets the machine go on. */
#define _GNU_SOURCE /* ppoll */
#include "machine.h"

#include <poll.h>
#include <stddef.h>
#include <time.h>

enum { STEPS_MAX = 200000 };

static int look(struct pollfd *fds, nfds_t count)
{
	const struct timespec now = { 0 };

	return ppoll(fds, count, &now, NULL);
}

static int wait_for(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	int ready = look(fds, count);

	if (ready || timeout_ms == 0 || machine_is_at_work())
		return ready;
	for (int step = 0; step < STEPS_MAX; step++) {
		if (!machine_step())
			machine_advance(10);
		ready = look(fds, count);
		if (ready)
			return ready;
	}
	machine_fail("an application waits for ever for its answer");
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
