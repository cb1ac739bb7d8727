// SPDX-License-Identifier: MIT
/* process.h - what a process of the scenario has: descriptors, memory, time of processors. */
#ifndef SURVIVE_PROCESS_H
#define SURVIVE_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

struct process {
	unsigned descriptors;
	long rss_kib, own_kib; /* own: without pages of files, which come and go */
	uint64_t cpu_ms;
};

struct process process_now(pid_t pid);
/* The same when it has not worked for a moment, so that what it gives back late is not counted. */
struct process process_at_rest(pid_t pid);

#endif
