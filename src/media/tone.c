// SPDX-License-Identifier: MIT
/* tone.c - sines from a quarter-wave table, with linear interpolation. */
#include "media/tone.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#define TABLE_BITS     9
#define TABLE_SIZE     (1 << TABLE_BITS)
#define DTMF_AMPLITUDE 8000

static int16_t sines[TABLE_SIZE + 1];
static pthread_once_t sines_once = PTHREAD_ONCE_INIT;

static void fill_sines(void)
{
	const double turn = 6.283185307179586;

	for (int i = 0; i <= TABLE_SIZE; i++)
		sines[i] = (int16_t)lrint(32767 * sin(turn * i / TABLE_SIZE));
}

void tone_set_parts(struct tone *t, const struct tone_part parts[TONE_FREQUENCIES])
{
	(void)pthread_once(&sines_once, fill_sines);
	memset(t, 0, sizeof(*t));
	for (int i = 0; i < TONE_FREQUENCIES; i++) {
		struct tone_sine *s = &t->sines[i];

		s->step = (uint32_t)(((uint64_t)parts[i].hz << 32) / MEDIA_RATE);
		s->amplitude = parts[i].amplitude;
		s->on = MS_TO_SAMPLES(parts[i].on_ms);
		s->off = MS_TO_SAMPLES(parts[i].off_ms);
	}
}

void tone_set(struct tone *t, const uint32_t frequency[TONE_FREQUENCIES], int32_t amplitude,
		uint32_t on_ms, uint32_t off_ms)
{
	struct tone_part parts[TONE_FREQUENCIES];

	for (int i = 0; i < TONE_FREQUENCIES; i++)
		parts[i] = (struct tone_part){ frequency[i], amplitude, on_ms, off_ms };
	tone_set_parts(t, parts);
}

bool tone_set_digit(struct tone *t, char digit)
{
	static const char keys[] = "123A456B789C*0#D";
	static const uint16_t rows[] = { 697, 770, 852, 941 };
	static const uint16_t columns[] = { 1209, 1336, 1477, 1633 };
	const char *key = digit ? strchr(keys, digit) : NULL;
	uint32_t frequency[TONE_FREQUENCIES] = { 0 };

	if (!key)
		return false;
	frequency[0] = rows[(key - keys) / 4];
	frequency[1] = columns[(key - keys) % 4];
	tone_set(t, frequency, DTMF_AMPLITUDE, 0, 0);
	return true;
}

static int32_t sine(uint32_t phase)
{
	uint32_t i = phase >> (32 - TABLE_BITS);
	int32_t part = (int32_t)(phase >> (16 - TABLE_BITS) & 0xffff);

	return sines[i] + (sines[i + 1] - sines[i]) * part / 65536;
}

static void add_sine(struct tone_sine *s, int32_t *sum, size_t count)
{
	for (size_t n = 0; n < count; n++) {
		if (!s->off || s->at < s->on)
			sum[n] += sine(s->phase) * s->amplitude / 32768;
		s->phase += s->step;
		s->at = s->off && s->at + 1 >= s->on + s->off ? 0 : s->at + 1;
	}
}

static void make_some(struct tone *t, int16_t *out, size_t count)
{
	int32_t sum[FRAME_SAMPLES] = { 0 };

	for (int i = 0; i < TONE_FREQUENCIES; i++) {
		if (t->sines[i].step)
			add_sine(&t->sines[i], sum, count);
	}
	for (size_t n = 0; n < count; n++)
		out[n] = sample_clip(sum[n]);
}

void tone_make(struct tone *t, int16_t *out, size_t count)
{
	for (size_t n; count; count -= n, out += n) {
		n = count < FRAME_SAMPLES ? count : FRAME_SAMPLES;
		make_some(t, out, n);
	}
}
