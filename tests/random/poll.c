// SPDX-License-Identifier: MIT
/* poll.c - takes the place of libc's poll() for the whole program: an application that waits for
 * the daemon lets the machine go on. */
#define _GNU_SOURCE    /* ppoll */
#undef _FORTIFY_SOURCE /* poll is a function of ours */
#include "machine.h"
#include "../own_poll.h"

enum { STEPS_MAX = 200000 };

static int wait_for(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	int ready = own_poll_look(fds, count);

	if (ready || timeout_ms == 0 || machine_is_at_work())
		return ready;
	for (int step = 0; step < STEPS_MAX; step++) {
		if (!machine_step())
			machine_advance(10);
		ready = own_poll_look(fds, count);
		if (ready)
			return ready;
	}
	machine_fail("an application waits for ever for its answer");
}
