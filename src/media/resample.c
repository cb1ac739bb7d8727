// SPDX-License-Identifier: MIT
/* resample.c - speexdsp's resampler. */
#include "media/resample.h"

#include "base/mem.h"

#include <speex/speex_resampler.h>

/* speexdsp's fixed-point build multiplies the denominator by 2^15. */
#define STEER_DENOMINATOR 60000u

struct resample {
	SpeexResamplerState *state;
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
	r->state = speex_resampler_init(1, from, to, quality, &error);
	if (!r->state) {
		mem_free(r);
		return NULL;
	}
	(void)speex_resampler_skip_zeros(r->state);
	r->from = from;
	r->to = to;
	return r;
}

void resample_free(struct resample *r)
{
	if (!r)
		return;
	speex_resampler_destroy(r->state);
	mem_free(r);
}

void resample_run(struct resample *r, const int16_t *in, size_t *in_count, int16_t *out,
		size_t *out_count)
{
	spx_uint32_t taken = (spx_uint32_t)*in_count, given = (spx_uint32_t)*out_count;

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
	int latency = speex_resampler_get_input_latency(r->state);

	return latency > 0 ? (size_t)latency : 0;
}
