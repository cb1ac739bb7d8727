// SPDX-License-Identifier: MIT
/* tap_tones.c - tones of one to four given frequencies, and silence.
 *
 * Each 20 ms the sound is set against the sines of a tone by least squares: the part of its energy
 * that they explain says whether it is that tone. The system of equations depends on the
 * frequencies alone, so its inverse is made beforehand; this also tells apart 440 and 480 Hz, which
 * 20 ms do not resolve. About 15 Hz beside a frequency the tone is no longer found. */
#include "media/tap.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

#define WINDOW    160 /* samples */
#define WINDOW_MS 20
#define LEVEL_MIN 100.0f /* RMS; below there is silence */
#define EXPLAINED 0.7f
#define TWIST     0.05f /* of the strongest component's power, each has at least this */
#define GAP_MAX   2     /* windows without it: it has gone */
#define UNKNOWNS  (2 * TAP_HZ_MAX)
#define TURN      6.283185307179586

struct wave { /* of one frequency; lists share it */
	uint16_t hz;
	float cosine[WINDOW], sine[WINDOW];
	float c, s; /* of this window */
};

struct entry {
	uint32_t number, windows; /* needed */
	uint16_t waves[TAP_HZ_MAX];
	unsigned int count; /* 0: silence */
	float inverse[UNKNOWNS][UNKNOWNS];
	uint32_t there, gap; /* windows */
	bool told;
};

struct tones_tap {
	struct media_tap base;
	int16_t window[WINDOW];
	unsigned int filled;
	float energy; /* of the window */
	size_t count, wave_count;
	struct entry *entries;
	struct wave *waves;
};

/* --- making ----------------------------------------------------------------------------------- */

static uint16_t wave_of(struct tones_tap *t, uint16_t hz)
{
	struct wave *w;

	for (size_t i = 0; i < t->wave_count; i++) {
		if (t->waves[i].hz == hz)
			return (uint16_t)i;
	}
	w = &t->waves[t->wave_count];
	w->hz = hz;
	for (int i = 0; i < WINDOW; i++) {
		w->cosine[i] = (float)cos(TURN * hz * i / TAP_RATE);
		w->sine[i] = (float)sin(TURN * hz * i / TAP_RATE);
	}
	return (uint16_t)t->wave_count++;
}

static const float *half_wave(const struct tones_tap *t, const struct entry *e, unsigned int i)
{
	const struct wave *w = &t->waves[e->waves[i / 2]];

	return i % 2 ? w->sine : w->cosine;
}

/* Gauss and Jordan; the matrix is symmetric and, where no two frequencies are alike, definite. */
static void invert(double a[UNKNOWNS][2 * UNKNOWNS], unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		double pivot = a[i][i] > 1e-9 ? a[i][i] : 1e-9;

		for (unsigned int j = 0; j < 2 * n; j++)
			a[i][j] /= pivot;
		for (unsigned int k = 0; k < n; k++) {
			double by = a[k][i];

			for (unsigned int j = 0; k != i && j < 2 * n; j++)
				a[k][j] -= by * a[i][j];
		}
	}
}

static void make_inverse(const struct tones_tap *t, struct entry *e)
{
	const unsigned int n = 2 * e->count;
	double a[UNKNOWNS][2 * UNKNOWNS] = { { 0 } };

	for (unsigned int i = 0; i < n; i++) {
		const float *x = half_wave(t, e, i);

		for (unsigned int j = 0; j < n; j++) {
			const float *y = half_wave(t, e, j);

			for (int k = 0; k < WINDOW; k++)
				a[i][j] += (double)x[k] * y[k];
		}
		a[i][i] += 0.01; /* so that close frequencies do not fight each other */
		a[i][n + i] = 1;
	}
	invert(a, n);
	for (unsigned int i = 0; i < n; i++) {
		for (unsigned int j = 0; j < n; j++)
			e->inverse[i][j] = (float)a[i][n + j];
	}
}

static void make_entry(struct tones_tap *t, struct entry *e, const struct tap_tone *tone)
{
	e->number = tone->number;
	e->windows = (tone->duration_ms + WINDOW_MS - 1) / WINDOW_MS;
	if (!e->windows)
		e->windows = 1;
	for (int i = 0; i < TAP_HZ_MAX; i++) {
		uint16_t wave;
		bool known = false;

		if (!tone->hz[i])
			continue;
		wave = wave_of(t, tone->hz[i]);
		for (unsigned int j = 0; j < e->count; j++)
			known = known || e->waves[j] == wave;
		if (!known)
			e->waves[e->count++] = wave;
	}
	make_inverse(t, e);
}

/* --- listening -------------------------------------------------------------------------------- */

static void measure(struct tones_tap *t)
{
	float energy = 0;

	for (int i = 0; i < WINDOW; i++)
		energy += (float)t->window[i] * t->window[i];
	t->energy = energy;
	if (energy < WINDOW * LEVEL_MIN * LEVEL_MIN)
		return;
	for (size_t i = 0; i < t->wave_count; i++) {
		struct wave *w = &t->waves[i];

		w->c = w->s = 0;
		for (int k = 0; k < WINDOW; k++) {
			w->c += w->cosine[k] * t->window[k];
			w->s += w->sine[k] * t->window[k];
		}
	}
}

/* Each component has its share: a tone of two is not found in one of them. */
static bool is_balanced(const float *amplitude, unsigned int count)
{
	float least = 0, most = 0;

	for (unsigned int i = 0; i < count; i++) {
		float power = amplitude[2 * i] * amplitude[2 * i] +
			      amplitude[2 * i + 1] * amplitude[2 * i + 1];

		least = i == 0 || power < least ? power : least;
		most = power > most ? power : most;
	}
	return least >= most * TWIST;
}

static bool is_there(const struct tones_tap *t, const struct entry *e)
{
	const bool silent = t->energy < WINDOW * LEVEL_MIN * LEVEL_MIN;
	float amplitude[UNKNOWNS], b[UNKNOWNS], explained = 0;

	if (silent || !e->count)
		return silent && !e->count;
	for (unsigned int i = 0; i < e->count; i++) {
		b[2 * i] = t->waves[e->waves[i]].c;
		b[2 * i + 1] = t->waves[e->waves[i]].s;
	}
	for (unsigned int i = 0; i < 2 * e->count; i++) {
		amplitude[i] = 0;
		for (unsigned int j = 0; j < 2 * e->count; j++)
			amplitude[i] += e->inverse[i][j] * b[j];
		explained += amplitude[i] * b[i];
	}
	return explained >= EXPLAINED * t->energy && is_balanced(amplitude, e->count);
}

static void follow(struct entry *e, bool there, struct tap_ear *ear)
{
	const struct tap_news news = { TAP_TONE, e->number, 0 };

	if (there) {
		e->there += 1 + (e->there ? e->gap : 0);
		e->gap = 0;
	} else if (++e->gap >= GAP_MAX) {
		e->there = 0;
		e->told = false;
	}
	if (e->there < e->windows || e->told)
		return;
	e->told = true;
	ear->hear(ear, &news);
}

static void run(struct media_tap *base, const int16_t *frame, struct tap_ear *ear)
{
	struct tones_tap *t = (struct tones_tap *)(void *)base;

	memcpy(t->window + t->filled, frame, TAP_FRAME * sizeof(*frame));
	t->filled += TAP_FRAME;
	if (t->filled < WINDOW)
		return;
	t->filled = 0;
	measure(t);
	for (size_t i = 0; i < t->count; i++)
		follow(&t->entries[i], is_there(t, &t->entries[i]), ear);
}

static void destroy(struct media_tap *base)
{
	struct tones_tap *t = (struct tones_tap *)(void *)base;

	mem_free(t->entries);
	mem_free(t->waves);
	mem_free(t);
}

struct media_tap *media_tap_tones(const struct tap_tone *tones, size_t count)
{
	struct tones_tap *t = mem_new(struct tones_tap);

	if (!t)
		return NULL;
	t->base.run = run;
	t->base.free = destroy;
	atomic_store(&t->base.refs, 1);
	t->entries = mem_new_array(struct entry, count);
	t->waves = mem_new_array(struct wave, count * TAP_HZ_MAX);
	if (!t->entries || !t->waves) {
		destroy(&t->base);
		return NULL;
	}
	for (t->count = 0; t->count < count; t->count++)
		make_entry(t, &t->entries[t->count], &tones[t->count]);
	return &t->base;
}
