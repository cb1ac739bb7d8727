// SPDX-License-Identifier: MIT
/* slice.h - one slice of a measurement: a thousand round trips to warm up, then round trips until
 * the time is over or enough are done, each timed; p50 and p99, never the mean. */
#ifndef BENCH_SLICE_H
#define BENCH_SLICE_H

#include "place.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { SLICE_WARM_UP = 1000, SLICE_SERVERS = 4 };

struct slice {
	/* set by the caller */
	uint64_t length_ns;
	size_t wanted; /* 0: until the time is over; else this many round trips */
	struct place place;
	pid_t servers[SLICE_SERVERS]; /* whose CPU time is counted, the daemon first; 0 ends */
	int (*round_trip)(void *arg); /* 0 or -errno, which ends the slice */
	void *arg;
	/* what came out */
	size_t count;
	uint32_t p50_ns, p99_ns;
	uint64_t client_cpu_ns, server_cpu_ns[SLICE_SERVERS]; /* of the counted round trips */
};

/* "0.4": seconds. "20000x": round trips. */
void slice_set_length(struct slice *s, const char *text);
/* 0 or -errno. */
int slice_run(struct slice *s);
/* "n=... p50_us=... p99_us=... client_cpu_us=... cpu0_us=...", CPU time per round trip. */
void slice_print(const struct slice *s);
/* The p-th percentile (0 to 100); sorts the samples. */
uint32_t slice_percentile(uint32_t *samples, size_t count, unsigned p);

#endif
