// SPDX-License-Identifier: MIT
/* plc.c - packet-loss concealment by repetition of the last pitch period. */
#include "media/plc.h"

#include <string.h>

void plc_init(struct plc *p)
{
	memset(p, 0, sizeof(*p));
}

static void remember(struct plc *p, const int16_t *samples, size_t count)
{
	if (count >= PLC_HISTORY) {
		memcpy(p->history, samples + count - PLC_HISTORY, sizeof(p->history));
		return;
	}
	memmove(p->history, p->history + count, (PLC_HISTORY - count) * sizeof(int16_t));
	memcpy(p->history + PLC_HISTORY - count, samples, count * sizeof(int16_t));
}

/* The lag at which the newest PLC_CORR samples look most like those before (AMDF). */
static unsigned int find_pitch(const int16_t *history)
{
	const int16_t *now = history + PLC_HISTORY - PLC_CORR;
	unsigned int best = PLC_PITCH_MIN;
	int64_t least = INT64_MAX;

	for (unsigned int lag = PLC_PITCH_MIN; lag <= PLC_PITCH_MAX; lag++) {
		int64_t sum = 0;

		for (int i = 0; i < PLC_CORR; i++) {
			int difference = now[i] - now[i - (int)lag];

			sum += difference < 0 ? -difference : difference;
		}
		if (sum < least) {
			least = sum;
			best = lag;
		}
	}
	return best;
}

/* One period whose end runs smoothly into its own beginning. */
static void make_period(struct plc *p)
{
	const int16_t *end = p->history + PLC_HISTORY;
	unsigned int join, i;

	p->pitch = find_pitch(p->history);
	join = p->pitch / 4;
	memcpy(p->period, end - p->pitch, p->pitch * sizeof(int16_t));
	for (i = 0; i < join; i++) {
		unsigned int at = p->pitch - join + i;
		int32_t before = end[-(int)(p->pitch + join) + (int)i];

		p->period[at] = (int16_t)((end[-(int)join + (int)i] * (int32_t)(join - i) +
							  before * (int32_t)i) /
					  (int32_t)join);
	}
	p->at = 0;
}

static int16_t next_made(struct plc *p)
{
	int32_t v = p->period[p->at];

	p->at = p->at + 1 == p->pitch ? 0 : p->at + 1;
	if (p->lost >= PLC_FADE)
		return 0;
	if (p->lost > FRAME_SAMPLES)
		v = v * (int32_t)(PLC_FADE - p->lost) / (PLC_FADE - FRAME_SAMPLES);
	p->lost++;
	return (int16_t)v;
}

void plc_lost(struct plc *p, int16_t *out, size_t count)
{
	if (p->lost == 0 && count)
		make_period(p);
	for (size_t i = 0; i < count; i++)
		out[i] = next_made(p);
	remember(p, out, count);
}

void plc_good(struct plc *p, int16_t *samples, size_t count)
{
	if (p->lost) {
		size_t join = count < PLC_JOIN ? count : PLC_JOIN;

		for (size_t i = 0; i < join; i++) {
			int32_t made = next_made(p);

			samples[i] = (int16_t)((samples[i] * (int32_t)(i + 1) +
							       made * (int32_t)(join - i)) /
					       (int32_t)(join + 1));
		}
		p->lost = 0;
	}
	remember(p, samples, count);
}
