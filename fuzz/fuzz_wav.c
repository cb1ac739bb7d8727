// SPDX-License-Identifier: MIT
/* fuzz_wav.c - any bytes as a WAV file. What was read is written, and is then read as the same. */
#include "media/wav.h"
#include "scratch_file.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BLOCK = 999, SAMPLES = 65536 };

static int16_t samples[SAMPLES], again[SAMPLES];

/* No more than is there. */
static size_t read_all(struct wav_reader *w, int16_t *to)
{
	size_t count = 0;
	long n;

	while (count + BLOCK <= SAMPLES && (n = wav_read(w, to + count, BLOCK)) > 0) {
		assert(n <= BLOCK);
		count += (size_t)n;
	}
	assert(w->at <= w->end);
	return count;
}

static void write_again(size_t count, uint32_t rate)
{
	const char *path = scratch_file("", 0);
	struct wav_writer w;
	struct wav_reader r;

	assert(wav_create(path, rate, &w) == 0);
	assert(wav_write(&w, samples, count) == 0);
	assert(wav_finish(&w) == 0 && wav_finish(&w) == 0);
	assert(wav_open(path, &r) == 0 && r.rate == rate && r.channels == 1 && r.bytes == 2);
	assert(read_all(&r, again) == count);
	assert(memcmp(samples, again, count * sizeof(samples[0])) == 0);
	wav_close(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wav_reader w;
	size_t count;

	if (wav_open(scratch_file(data, size), &w))
		return 0;
	assert(w.channels >= 1 && w.channels <= WAV_CHANNELS_MAX);
	assert(w.rate >= WAV_RATE_MIN && w.rate <= WAV_RATE_MAX && w.end <= size);
	count = read_all(&w, samples);
	assert(count <= size);
	wav_close(&w);
	write_again(count, w.rate);
	return 0;
}
