// SPDX-License-Identifier: MIT
/* correlate.c - band limiting by a windowed sinc, correlation by FFT, normalised by the energy
 * under the source. */
#include "demo/correlate.h"

#include "base/mem.h"

#include <complex.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { RATE = 8000, TAPS_PER_STEP = 32 };
static const double cutoff_hz = 3600.0;
static const double pi = 3.14159265358979323846;

/* In place, n a power of two; sign -1 forward, +1 back (not scaled). */
static void fft(double complex *x, size_t n, double sign)
{
	for (size_t i = 1, j = 0; i < n; i++) {
		size_t bit = n >> 1;

		for (; j & bit; bit >>= 1)
			j ^= bit;
		j ^= bit;
		if (i < j) {
			double complex t = x[i];

			x[i] = x[j];
			x[j] = t;
		}
	}
	for (size_t half = 1; half < n; half *= 2) {
		double complex step = cexp(sign * I * pi / (double)half);

		for (size_t start = 0; start < n; start += 2 * half) {
			double complex w = 1;

			for (size_t k = start; k < start + half; k++, w *= step) {
				double complex odd = w * x[k + half];

				x[k + half] = x[k] - odd;
				x[k] += odd;
			}
		}
	}
}

/* The source low-passed at its own rate, around sample i. */
static double lowpass(const struct wav *s, const double *taps, int half, size_t i)
{
	double sum = 0;

	for (int k = -half; k <= half; k++) {
		int64_t j = (int64_t)i + k;

		if (j >= 0 && (size_t)j < s->count)
			sum += taps[k + half] * s->samples[j];
	}
	return sum;
}

static double *make_taps(unsigned step, int half)
{
	double *taps = mem_new_array(double, (size_t)(2 * half + 1));

	for (int k = -half; taps && k <= half; k++) {
		double x = 2 * cutoff_hz / (RATE * step);
		double window = 0.54 + 0.46 * cos(pi * k / half);

		taps[k + half] = window * (k ? sin(pi * x * k) / (pi * k) : x);
	}
	return taps;
}

static double *band_limit(const struct wav *s, unsigned step)
{
	int half = TAPS_PER_STEP * (int)step;
	double *taps = make_taps(step, half);
	double *out = taps ? mem_new_array(double, s->count) : NULL;

	for (size_t i = 0; out && i < s->count; i++)
		out[i] = lowpass(s, taps, half, i);
	mem_free(taps);
	return out;
}

/* The recording in the telephone band at RATE. 0, -EINVAL or -ENOMEM. */
static int narrow(const struct wav *recording, struct wav *out)
{
	unsigned step = recording->rate / RATE;
	double *limited;

	*out = (struct wav){ .rate = RATE };
	if (!step || recording->rate % RATE)
		return -EINVAL;
	limited = band_limit(recording, step);
	if (!limited)
		return -ENOMEM;
	out->count = recording->count / step;
	for (size_t i = 0; i < out->count; i++)
		limited[i] = limited[i * step];
	out->samples = limited;
	return 0;
}

struct search {
	const struct wav *recording;
	double complex *recorded; /* its spectrum */
	double complex *work;
	size_t n;
};

static double mean_removed(double *x, size_t count)
{
	double mean = 0, energy = 0;

	for (size_t i = 0; i < count; i++)
		mean += x[i] / (double)count;
	for (size_t i = 0; i < count; i++) {
		x[i] -= mean;
		energy += x[i] * x[i];
	}
	return energy;
}

/* One sub-sample phase: part has count samples at 8 kHz. */
static void try_phase(struct search *s, double *part, size_t count, struct match *best)
{
	double own = mean_removed(part, count), under = 0;
	const double *r = s->recording->samples;

	memset(s->work, 0, s->n * sizeof(*s->work));
	for (size_t i = 0; i < count; i++)
		s->work[i] = part[i];
	fft(s->work, s->n, -1);
	for (size_t i = 0; i < s->n; i++)
		s->work[i] = s->recorded[i] * conj(s->work[i]) / (double)s->n;
	fft(s->work, s->n, 1);
	for (size_t i = 0; i < count; i++)
		under += r[i] * r[i];
	for (size_t lag = 0; lag + count <= s->recording->count; lag++) {
		double norm = sqrt(own * under);
		double score = norm > 1e-6 ? creal(s->work[lag]) / norm : 0;

		if (score > best->score)
			*best = (struct match){ score, (double)lag / RATE };
		if (lag + count < s->recording->count)
			under += r[lag + count] * r[lag + count] - r[lag] * r[lag];
	}
}

static int search_init(struct search *s, const struct wav *recording)
{
	s->recording = recording;
	for (s->n = 1; s->n < 2 * recording->count;)
		s->n *= 2;
	s->recorded = mem_new_array(double complex, s->n);
	s->work = mem_new_array(double complex, s->n);
	if (!s->recorded || !s->work)
		return -ENOMEM;
	for (size_t i = 0; i < recording->count; i++)
		s->recorded[i] = recording->samples[i];
	fft(s->recorded, s->n, -1);
	return 0;
}

static int find(const struct wav *recording, const struct wav *source, struct match *out)
{
	unsigned step = source->rate / RATE;
	size_t count = step ? source->count / step : 0;
	struct search s = { NULL, NULL, NULL, 0 };
	double *limited, *part;
	int err;

	*out = (struct match){ 0, 0 };
	if (!step || source->rate % RATE || !count || recording->count < count)
		return -EINVAL;
	limited = band_limit(source, step);
	part = mem_new_array(double, count);
	err = search_init(&s, recording);
	if (!limited || !part)
		err = -ENOMEM;
	for (unsigned phase = 0; !err && phase < step; phase++) {
		for (size_t i = 0; i < count; i++)
			part[i] = limited[i * step + phase];
		try_phase(&s, part, count, out);
	}
	mem_free(s.recorded);
	mem_free(s.work);
	mem_free(limited);
	mem_free(part);
	return err;
}

int correlate(const struct wav *recording, const struct wav *source, struct match *out)
{
	struct wav narrowed;
	int err = narrow(recording, &narrowed);

	*out = (struct match){ 0, 0 };
	if (!err)
		err = find(&narrowed, source, out);
	wav_fini(&narrowed);
	return err;
}
