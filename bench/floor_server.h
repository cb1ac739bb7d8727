// SPDX-License-Identifier: MIT
/* floor_server.h - the two servers of the floor: each answers every request with the recorded
 * answer, packed anew. They return an exit code. */
#ifndef BENCH_FLOOR_SERVER_H
#define BENCH_FLOOR_SERVER_H

#include "floor_frames.h"

/* One client, until it hangs up. */
int floor_serve_blocking(int fd, const struct floor_frames *f);
int floor_serve_event(int fd, const struct floor_frames *f);
/* Whoever connects to this socket, until SIGTERM. */
int floor_serve_socket(const char *path, const struct floor_frames *f);

#endif
