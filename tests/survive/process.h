// SPDX-License-Identifier: MIT
/* process.h - what a process of the scenario has: descriptors, memory, time of processors. */
#ifndef SURVIVE_PROCESS_H
#define SURVIVE_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

struct process {
	unsigned descriptors;
	long rss_kib, own_kib; /* own: without pages of files, which come and go */
	uint64_t cpu_ns;       /* of all its threads, so far */
};

struct process process_now(pid_t pid);
/* The same when it has not worked for a moment, so that what it gives back late is not counted. */
struct process process_at_rest(pid_t pid);
uint64_t process_cpu_ns(pid_t pid);
/* What /proc/PID/status says after a word ("VmRSS:"), in KiB. */
long process_kib(pid_t pid, const char *word);

#endif
