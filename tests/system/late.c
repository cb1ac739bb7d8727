// SPDX-License-Identifier: MIT
/* late.c - sys-late: says each time that the machine stood still, or was so busy that who wants
 * next to nothing of it did not run. Until SIGTERM, or until who started it has gone. */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { STEP_MS = 5, LATE_MS = 50 };

int main(void)
{
	const struct timespec step = { .tv_nsec = STEP_MS * 1000000L };
	const pid_t parent = getppid();

	for (uint64_t before = clock_now_ms(), now; getppid() == parent; before = now) {
		(void)nanosleep(&step, NULL);
		now = clock_now_ms();
		if (now - before > STEP_MS + LATE_MS) {
			(void)printf("the machine stood still for %llu ms\n",
					(unsigned long long)(now - before));
			(void)fflush(stdout);
		}
	}
	return 0;
}
