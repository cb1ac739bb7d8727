// SPDX-License-Identifier: MIT
/* tap_tones.c - tones of one to four given frequencies, and silence.
 *
 * Each 10 ms the last 20 ms are set against the sines of a tone by least squares: the part of their
 * energy that the sines explain says whether it is that tone. The system of equations depends on
 * the frequencies alone, so its inverse is made beforehand; this also tells apart 440 and 480 Hz,
 * which 20 ms do not resolve. About 15 Hz beside a frequency the tone is no longer found.
 *
 * Windows overlap by half, so that a tone of just its time is found wherever it begins. */
#include "media/tap.h"

#include "base/mem.h"

#include <math.h>

enum { WINDOW = 2 * TAP_FRAME };
#define LEVEL_MIN 100.0f /* RMS; below there is silence */
#define EXPLAINED 0.7f
#define TWIST     0.05f /* of the strongest component's power, each has at least this */
#define GAP_MAX   4     /* windows without it: it has gone */
#define UNKNOWNS  (2 * TAP_HZ_MAX)
#define TURN      6.283185307179586

struct sum {
	float c, s;
};

struct wave { /* of one frequency; lists share it */
	uint16_t hz;
	float cosine[TAP_FRAME], sine[TAP_FRAME];
	struct sum turn;                /* of its phase in a frame */
	struct sum before, now, window; /* of the last two frames, and of both */
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
	float before, now; /* energy of the last two frames */
	size_t count, wave_count;
	struct entry *entries;
	struct wave *waves;
};

/* --- making ----------------------------------------------------------------------------------- */

static double phase(uint16_t hz, int at)
{
	return TURN * hz * at / TAP_RATE;
}

static uint16_t wave_of(struct tones_tap *t, uint16_t hz)
{
	struct wave *w;

	for (size_t i = 0; i < t->wave_count; i++) {
		if (t->waves[i].hz == hz)
			return (uint16_t)i;
	}
	w = &t->waves[t->wave_count];
	w->hz = hz;
	for (int i = 0; i < TAP_FRAME; i++) {
		w->cosine[i] = (float)cos(phase(hz, i));
		w->sine[i] = (float)sin(phase(hz, i));
	}
	w->turn.c = (float)cos(phase(hz, TAP_FRAME));
	w->turn.s = (float)sin(phase(hz, TAP_FRAME));
	return (uint16_t)t->wave_count++;
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
	double x[UNKNOWNS][WINDOW], a[UNKNOWNS][2 * UNKNOWNS] = { { 0 } };

	for (unsigned int i = 0; i < n; i++) {
		for (int k = 0; k < WINDOW; k++) {
			double angle = phase(t->waves[e->waves[i / 2]].hz, k);

			x[i][k] = i % 2 ? sin(angle) : cos(angle);
		}
	}
	for (unsigned int i = 0; i < n; i++) {
		for (unsigned int j = 0; j < n; j++) {
			for (int k = 0; k < WINDOW; k++)
				a[i][j] += x[i][k] * x[j][k];
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

/* Those that a tone of just this duration is found in, wherever it begins; silence is in whole
 * windows only. */
static uint32_t windows_of(const struct entry *e, uint32_t duration_ms)
{
	const uint32_t frames = (duration_ms + TAP_FRAME_MS - 1) / TAP_FRAME_MS;
	const uint32_t lost = e->count ? 1 : 2;

	return frames > lost ? frames - lost : 1;
}

static void make_entry(struct tones_tap *t, struct entry *e, const struct tap_tone *tone)
{
	e->number = tone->number;
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
	e->windows = windows_of(e, tone->duration_ms);
	make_inverse(t, e);
}

/* --- listening -------------------------------------------------------------------------------- */

static float window_energy(const struct tones_tap *t)
{
	return t->before + t->now;
}

/* A frame against a sine. */
static struct sum correlate(const struct wave *w, const int16_t *frame)
{
	struct sum sum = { 0, 0 };

	for (int i = 0; i < TAP_FRAME; i++) {
		sum.c += w->cosine[i] * frame[i];
		sum.s += w->sine[i] * frame[i];
	}
	return sum;
}

static void measure(struct tones_tap *t, const int16_t *frame)
{
	float energy = 0;

	for (int i = 0; i < TAP_FRAME; i++)
		energy += (float)frame[i] * frame[i];
	t->before = t->now;
	t->now = energy;
	for (size_t i = 0; i < t->wave_count; i++) {
		struct wave *w = &t->waves[i];

		w->before = w->now;
		w->now = energy > 0 ? correlate(w, frame) : (struct sum){ 0, 0 };
		w->window.c = w->before.c + w->turn.c * w->now.c - w->turn.s * w->now.s;
		w->window.s = w->before.s + w->turn.s * w->now.c + w->turn.c * w->now.s;
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
	const float energy = window_energy(t);
	const bool silent = energy < (float)WINDOW * LEVEL_MIN * LEVEL_MIN;
	float amplitude[UNKNOWNS], b[UNKNOWNS], explained = 0;

	if (silent || !e->count)
		return silent && !e->count;
	for (unsigned int i = 0; i < e->count; i++) {
		b[2 * i] = t->waves[e->waves[i]].window.c;
		b[2 * i + 1] = t->waves[e->waves[i]].window.s;
	}
	for (unsigned int i = 0; i < 2 * e->count; i++) {
		amplitude[i] = 0;
		for (unsigned int j = 0; j < 2 * e->count; j++)
			amplitude[i] += e->inverse[i][j] * b[j];
		explained += amplitude[i] * b[i];
	}
	return explained >= EXPLAINED * energy && is_balanced(amplitude, e->count);
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

	measure(t, frame);
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
