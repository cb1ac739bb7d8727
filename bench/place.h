// SPDX-License-Identifier: MIT
/* place.h - where processes run and what they use: pinning to one CPU, CPU time of whole processes.
 */
#ifndef BENCH_PLACE_H
#define BENCH_PLACE_H

#include <stdint.h>
#include <sys/types.h>

/* Where the processes of a slice run: all on one CPU, or the daemon on `daemon` and all others on
 * `others`, so that each message wakes another CPU. */
struct place {
	int daemon, others;
};

/* "1": all on CPU 1. "0:1": the daemon on 0, the others on 1. "-": nobody is pinned. */
struct place place_parse(const char *text);
/* Pins all threads of a process (0: this one) to one CPU; below 0 allows all CPUs. 0 or -errno. */
int place_pin(pid_t pid, int cpu);
/* The same for the calling thread alone. */
int place_pin_me(int cpu);
/* CPU time that all threads of a process have used so far, 0 if the system does not tell. */
uint64_t place_cpu_ns(pid_t pid);

#endif
