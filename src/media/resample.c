// SPDX-License-Identifier: MIT
/* resample.c - speexdsp's resampler. */
#include "media/resample.h"

#include "base/mem.h"

#include <speex/speex_resampler.h>

struct resample {
	SpeexResamplerState *state;
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

size_t resample_tail(const struct resample *r)
{
	int latency = speex_resampler_get_input_latency(r->state);

	return latency > 0 ? (size_t)latency : 0;
}
