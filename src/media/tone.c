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

void tone_set(struct tone *t, const uint32_t frequency[TONE_FREQUENCIES], int32_t amplitude,
		uint32_t on_ms, uint32_t off_ms)
{
	(void)pthread_once(&sines_once, fill_sines);
	memset(t, 0, sizeof(*t));
	for (int i = 0; i < TONE_FREQUENCIES; i++)
		t->step[i] = (uint32_t)(((uint64_t)frequency[i] << 32) / MEDIA_RATE);
	t->amplitude = amplitude;
	t->on = MS_TO_SAMPLES(on_ms);
	t->off = MS_TO_SAMPLES(off_ms);
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

void tone_make(struct tone *t, int16_t *out, size_t count)
{
	for (size_t n = 0; n < count; n++) {
		int32_t sum = 0;

		for (int i = 0; i < TONE_FREQUENCIES; i++) {
			if (!t->step[i])
				continue;
			sum += sine(t->phase[i]) * t->amplitude / 32768;
			t->phase[i] += t->step[i];
		}
		if (t->off && t->at >= t->on)
			sum = 0;
		t->at = t->off && t->at + 1 >= t->on + t->off ? 0 : t->at + 1;
		out[n] = sample_clip(sum);
	}
}
