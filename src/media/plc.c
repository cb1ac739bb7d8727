// SPDX-License-Identifier: MIT
/* plc.c - packet-loss concealment by repetition of the last pitch period. */
#include "media/plc.h"

#include <string.h>

void plc_init(struct plc *p, uint32_t rate)
{
	memset(p, 0, sizeof(*p));
	p->scale = rate / 8000;
}

static void remember(struct plc *p, const int16_t *samples, size_t count)
{
	size_t size = PLC_HISTORY * p->scale;

	if (count >= size) {
		memcpy(p->history, samples + count - size, size * sizeof(int16_t));
		return;
	}
	memmove(p->history, p->history + count, (size - count) * sizeof(int16_t));
	memcpy(p->history + size - count, samples, count * sizeof(int16_t));
}

/* How much the newest samples differ from those `lag` before, looking at every `step`th. */
static int64_t difference_at(const struct plc *p, unsigned int lag, unsigned int step)
{
	unsigned int count = PLC_CORR * p->scale;
	const int16_t *now = p->history + PLC_HISTORY * p->scale - count;
	int64_t sum = 0;

	for (unsigned int i = 0; i < count; i += step) {
		int difference = now[i] - now[(int)i - (int)lag];

		sum += difference < 0 ? -difference : difference;
	}
	return sum;
}

/* The best lag in a range (AMDF). */
static unsigned int best_lag(const struct plc *p, unsigned int from, unsigned int to,
		unsigned int step)
{
	unsigned int best = from;
	int64_t least = INT64_MAX;

	for (unsigned int lag = from; lag <= to; lag += step) {
		int64_t sum = difference_at(p, lag, step);

		if (sum < least) {
			least = sum;
			best = lag;
		}
	}
	return best;
}

/* The lag at which the newest samples look most like those before; at 16 kHz coarsely first. */
static unsigned int find_pitch(const struct plc *p)
{
	unsigned int scale = p->scale, least = PLC_PITCH_MIN * scale, most = PLC_PITCH_MAX * scale;
	unsigned int best = best_lag(p, least, most, scale);

	if (scale == 1)
		return best;
	return best_lag(p, best > least ? best - 1 : best, best < most ? best + 1 : best, 1);
}

/* One period whose end runs smoothly into its own beginning. */
static void make_period(struct plc *p)
{
	const int16_t *end = p->history + PLC_HISTORY * p->scale;
	unsigned int join, i;

	p->pitch = find_pitch(p);
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
	const unsigned int full = PLC_FULL * p->scale, fade = PLC_FADE * p->scale;
	int32_t v = p->period[p->at];

	p->at = p->at + 1 == p->pitch ? 0 : p->at + 1;
	if (p->lost >= fade)
		return 0;
	if (p->lost > full)
		v = v * (int32_t)(fade - p->lost) / (int32_t)(fade - full);
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
		size_t join = PLC_JOIN * p->scale;

		if (join > count)
			join = count;
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
