// SPDX-License-Identifier: MIT
/* halfband.c - a half-band FIR in its two phases: every second tap of such a filter is zero but the
 * middle one, so one phase is a delay and the other a sum over half the samples. */
#include "media/halfband.h"

#include <string.h>

#define MIDDLE (HALFBAND_TAPS / 2 - 1)
#define BITS   14

/* Equiripple for 0..3.6 kHz, made by iterated least squares; 14 bits behind the point. */
static const int16_t taps[HALFBAND_TAPS] = { -34, 40, -62, 92, -131, 181, -244, 324, -426, 558,
	-733, 976, -1344, 1980, -3412, 10408, 10408, -3412, 1980, -1344, 976, -733, 558, -426, 324,
	-244, 181, -131, 92, -62, 40, -34 };

static int32_t sum_at(const int16_t *samples)
{
	int32_t sum = 0;

	for (int i = 0; i < HALFBAND_TAPS; i++)
		sum += taps[i] * samples[i];
	return sum;
}

void halfband_down(struct halfband_down *h, const int16_t *in, int16_t *out)
{
	int16_t even[MIDDLE + HALF_FRAME], odd[HALFBAND_BEFORE + HALF_FRAME];

	memcpy(even, h->even, sizeof(h->even));
	memcpy(odd, h->odd, sizeof(h->odd));
	for (int i = 0; i < HALF_FRAME; i++) {
		even[MIDDLE + i] = in[2 * i];
		odd[HALFBAND_BEFORE + i] = in[2 * i + 1];
	}
	for (int i = 0; i < HALF_FRAME; i++) {
		int32_t sum = sum_at(odd + i) + even[i] * (1 << BITS);

		out[i] = sample_clip((sum + (1 << BITS)) >> (BITS + 1));
	}
	memcpy(h->even, even + HALF_FRAME, sizeof(h->even));
	memcpy(h->odd, odd + HALF_FRAME, sizeof(h->odd));
}

void halfband_up(struct halfband_up *h, const int16_t *in, unsigned int count, int16_t *out)
{
	int16_t all[HALFBAND_BEFORE + HALF_FRAME];

	memcpy(all, h->before, sizeof(h->before));
	memcpy(all + HALFBAND_BEFORE, in, count * sizeof(*in));
	for (unsigned int i = 0; i < count; i++) {
		out[2 * i] = all[MIDDLE + i];
		out[2 * i + 1] = sample_clip((sum_at(all + i) + (1 << (BITS - 1))) >> BITS);
	}
	memcpy(h->before, all + count, sizeof(h->before));
}
