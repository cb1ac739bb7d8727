// SPDX-License-Identifier: MIT
/* resample.c - speexdsp's resampler, or the half-band filter, which is thirty times as fast. */
#include "media/resample.h"

#include "base/mem.h"
#include "media/halfband.h"

#include <speex/speex_resampler.h>
#include <string.h>

/* speexdsp's fixed-point build multiplies the denominator by 2^15. */
#define STEER_DENOMINATOR 60000u

struct resample {
	SpeexResamplerState *state; /* NULL: half-band */
	struct halfband_up up;
	size_t skip;       /* of what comes out of it first */
	uint32_t from, to; /* rates */
	uint32_t in;       /* the numerator now, 0: never steered */
	double owed;       /* of the last ratio, in units of in */
};

struct resample *resample_new(uint32_t from, uint32_t to, int quality)
{
	struct resample *r = mem_new(struct resample);
	int error;

	if (!r)
		return NULL;
	r->from = from;
	r->to = to;
	r->skip = (size_t)2 * HALFBAND_DELAY;
	if (quality == RESAMPLE_FILE && from == MEDIA_RATE / 2 && to == MEDIA_RATE)
		return r;
	r->state = speex_resampler_init(1, from, to, quality, &error);
	if (!r->state) {
		mem_free(r);
		return NULL;
	}
	(void)speex_resampler_skip_zeros(r->state);
	return r;
}

void resample_free(struct resample *r)
{
	if (!r)
		return;
	if (r->state)
		speex_resampler_destroy(r->state);
	mem_free(r);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void double_rate(struct resample *r, const int16_t *in, size_t *in_count, int16_t *out,
		size_t *out_count)
{
	const size_t pairs = least(*in_count, *out_count / 2);
	int16_t wide[FRAME_SAMPLES];
	size_t given = 0;

	for (size_t done = 0, n; done < pairs; done += n) {
		size_t skip;

		n = least(pairs - done, HALF_FRAME);
		halfband_up(&r->up, in + done, (unsigned int)n, wide);
		skip = least(r->skip, 2 * n);
		memcpy(out + given, wide + skip, (2 * n - skip) * sizeof(*out));
		r->skip -= skip;
		given += 2 * n - skip;
	}
	*in_count = pairs;
	*out_count = given;
}

void resample_run(struct resample *r, const int16_t *in, size_t *in_count, int16_t *out,
		size_t *out_count)
{
	spx_uint32_t taken = (spx_uint32_t)*in_count, given = (spx_uint32_t)*out_count;

	if (!r->state) {
		double_rate(r, in, in_count, out, out_count);
		return;
	}
	if (speex_resampler_process_int(r->state, 0, in, &taken, out, &given) !=
			RESAMPLER_ERR_SUCCESS)
		taken = given = 0;
	*in_count = taken;
	*out_count = given;
}

static uint32_t greatest_divisor(uint32_t a, uint32_t b)
{
	while (b) {
		uint32_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

void resample_steer(struct resample *r, int32_t ppm)
{
	uint32_t divisor = greatest_divisor(r->from, r->to), from = r->from / divisor;
	uint32_t to = r->to / divisor, scale = to < STEER_DENOMINATOR ? STEER_DENOMINATOR / to : 1;
	double wanted = (double)from * scale * (1 + ppm / 1e6) + r->owed;
	uint32_t in = (uint32_t)(wanted + 0.5);

	r->owed = wanted - in;
	if (in == r->in)
		return;
	r->in = in;
	(void)speex_resampler_set_rate_frac(r->state, in, to * scale, r->from, r->to);
}

size_t resample_tail(const struct resample *r)
{
	int latency = r->state ? speex_resampler_get_input_latency(r->state) : HALFBAND_DELAY;

	return latency > 0 ? (size_t)latency : 0;
}
