// SPDX-License-Identifier: MIT
/* clock.h - the one door to time. Tests take the clock into their own hands with
 * clock_set_virtual() and move it; production code never calls clock_gettime itself. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Monotonic time since an arbitrary point, the same in all processes of a machine. */
uint64_t clock_now_ns(void);
uint64_t clock_now_ms(void);
/* Seconds since the epoch; only for what people read. */
int64_t clock_wall(void);

/* From now on time stands at now_ns and moves only by clock_advance_ms(). */
void clock_set_virtual(uint64_t now_ns);
void clock_advance_ms(uint64_t ms);
bool clock_is_virtual(void);

#endif
