// SPDX-License-Identifier: MIT
/* wall.h - a wall clock that can be set, without rights: clock_gettime(CLOCK_REALTIME), time() and
 * gettimeofday() of the programs that have wall.so preloaded and of those that link it. What waits
 * in the kernel for a moment of the wall clock goes by the machine's. */
#ifndef SURVIVE_WALL_H
#define SURVIVE_WALL_H

#include <stdint.h>

/* From now on, in this process and in those that it forks or starts. */
void wall_begin(const char *preload);
/* The clock is so many seconds ahead of the machine's. */
void wall_set(int64_t seconds);

#endif
