// SPDX-License-Identifier: MIT
/* random.h - the one door to randomness; random_seed() makes it repeat for tests and replays. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

void random_bytes(void *p, size_t size);
uint64_t random_u64(void);
/* From now on the sequence follows from the seed alone; 0 goes back to the system's source. */
void random_seed(uint64_t seed);

#endif
