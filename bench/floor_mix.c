// SPDX-License-Identifier: MIT
/* floor_mix.c - two loops, and nothing else. */
#include "floor_mix.h"

#include "media/frame.h"

void floor_mix(struct floor_party *const *parties, size_t count)
{
	int32_t sum[FLOOR_MIX_SAMPLES] = { 0 };

	for (size_t i = 0; i < count; i++) {
		for (int k = 0; k < FLOOR_MIX_SAMPLES; k++)
			sum[k] += parties[i]->said[k];
	}
	for (size_t i = 0; i < count; i++) {
		struct floor_party *p = parties[i];

		for (int k = 0; k < FLOOR_MIX_SAMPLES; k++)
			p->hears[k] = sample_clip(sum[k] - p->said[k]);
	}
}
