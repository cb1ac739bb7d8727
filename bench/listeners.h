// SPDX-License-Identifier: MIT
/* listeners.h - many connections in one process that all get the same events, and count them. A
 * window of batches is under way: once every listener has a batch, the next is asked for with a
 * byte that is written to the source's fifo. */
#ifndef BENCH_LISTENERS_H
#define BENCH_LISTENERS_H

#include "place.h"

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LISTENERS_WINDOW = 64, LISTENERS_SERVERS = 3 };

struct listener {
	struct listeners *all;
	uint64_t events;
	int fd;
	size_t unread;
	uint8_t in[4096];
};

struct listeners {
	/* set by the caller */
	unsigned count, batch, window;
	int trigger; /* the fifo, -1: the source goes on by itself */
	struct place place;
	pid_t servers[LISTENERS_SERVERS]; /* whose CPU time is counted; 0 ends */
	double seconds;
	bool unpacks; /* events are unpacked, too, not only counted */
	/* the rest is listeners.c's */
	struct event_base *base;
	struct listener *list;
	unsigned reached[LISTENERS_WINDOW]; /* how many have this batch */
	uint64_t delivered, begin_ns, end_ns;
	uint64_t cpu_ns, server_cpu_ns[LISTENERS_SERVERS];
	uint32_t event_bytes; /* of the last event's body */
	bool counting;
	int err;
};

/* 0 or -errno. */
int listeners_init(struct listeners *all);
/* Frames of the wire come on this descriptor; events are counted and acknowledged. */
int listeners_add_wire(struct listener *l, int fd);
/* Something else is read there: calls each time that it is readable. */
int listeners_add(struct listener *l, int fd, event_callback_fn readable);
/* This one has got so many more. */
void listeners_got(struct listener *l, unsigned events);
void listeners_fail(struct listeners *all, int err);
/* Runs for 0.1 s, then for so many seconds, and prints a line of k=v. 0 or -errno. */
int listeners_run(struct listeners *all);

#endif
