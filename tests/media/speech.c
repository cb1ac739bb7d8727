// SPDX-License-Identifier: MIT
/* speech.c - a signal like speech. */
#include "speech.h"

#include <math.h>

static const double turn = 6.283185307179586;

/* How strong the vocal tract lets a frequency through. */
static double tract(double f)
{
	static const struct {
		double hz, width, size;
	} formants[] = { { 600, 250, 1 }, { 1500, 350, 0.5 }, { 2700, 400, 0.25 } };
	double sum = 0.01;

	for (int i = 0; i < 3; i++)
		sum += formants[i].size * exp(-pow((f - formants[i].hz) / formants[i].width, 2));
	return sum;
}

void speech_make(struct speech *s, int rate, double top)
{
	s->rate = rate;
	for (int i = 0; i < SPEECH_SECONDS * rate; i++) {
		double t = (double)i / rate, beat = 0.5 + 0.5 * sin(turn * 4 * t), sum = 0;
		double phase = turn * 140 * t - 5 * cos(turn * t), pitch = 140 + 5 * sin(turn * t);

		for (int h = 1; h * pitch < top; h++)
			sum += tract(h * pitch) * sin(h * phase + h * h);
		s->samples[i] = 6000 * sum * (0.2 + 0.8 * beat);
	}
}

int16_t speech_at(const struct speech *s, int i)
{
	return (int16_t)(i < 0 || i >= SPEECH_SECONDS * s->rate ? 0 : lrint(s->samples[i]));
}

double speech_snr(const struct speech *s, const int16_t *heard, int count, int at)
{
	double own = 0, both = 0, all = 0, gain;

	for (int i = 0; i < count; i++) {
		double v = speech_at(s, at + i);

		own += v * v;
		both += v * heard[i];
		all += (double)heard[i] * heard[i];
	}
	gain = own > 0 ? both / own : 0;
	return 10 * log10((gain * gain * own + 1e-9) / (all - gain * both + 1));
}

double speech_best(const struct speech *s, const int16_t *heard, int count, int at, int most)
{
	double best = -100;

	for (int delay = 0; delay <= most; delay++)
		best = fmax(best, speech_snr(s, heard, count, at - delay));
	return best;
}
