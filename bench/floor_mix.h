// SPDX-License-Identifier: MIT
/* floor_mix.h - the bare mix of a conference: each party hears the sum of all, less its own. */
#ifndef BENCH_FLOOR_MIX_H
#define BENCH_FLOOR_MIX_H

#include <stddef.h>
#include <stdint.h>

#define FLOOR_MIX_SAMPLES 160

struct floor_party {
	int16_t said[FLOOR_MIX_SAMPLES], hears[FLOOR_MIX_SAMPLES];
};

void floor_mix(struct floor_party *const *parties, size_t count);

#endif
