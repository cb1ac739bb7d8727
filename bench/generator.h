// SPDX-License-Identifier: MIT
/* generator.h - the other end of many RTP streams, in a process of its own: one packet of 20 ms of
 * mu-law to each stream each 20 ms, spread evenly; what comes back is looked at: how late did it
 * leave (by the kernel's own stamps), and what is missing. Linux only. */
#ifndef BENCH_GENERATOR_H
#define BENCH_GENERATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define GENERATOR_SOCKETS 16
#define GENERATOR_BYTES   160
#define GENERATOR_LATE_NS 5000000

struct generator {
	pid_t pid;
	int to, from;                     /* pipes */
	uint16_t port[GENERATOR_SOCKETS]; /* stream i talks to port[i % GENERATOR_SOCKETS] */
};

struct generator_times { /* CLOCK_MONOTONIC; measured is what happens between the last two */
	uint64_t start_ns, begin_ns, end_ns;
};

struct generator_result {
	uint64_t sent, received, lost, late;
	uint64_t streams; /* that were heard at all */
	uint32_t worst_us;
};

/* Begins the process, pinned to cpu. crypto: an a=crypto value whose key protects what it sends, or
 * NULL. 0 or -errno. */
int generator_start(struct generator *g, int cpu, const char *crypto);
/* Says where the streams are; it begins at times->start_ns. 0 or -errno. */
int generator_run(struct generator *g, const uint16_t *ports, size_t count,
		const struct generator_times *times);
/* Waits until it is over; the process is gone then. 0 or -errno. */
int generator_end(struct generator *g, struct generator_result *out);

uint64_t generator_now(void);
void generator_sleep_until(uint64_t ns);
/* "streams=... sent=... received=... lost=... late=... late_percent=... worst_us=..." */
void generator_print(const struct generator_result *r);

#endif
