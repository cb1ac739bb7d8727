// SPDX-License-Identifier: MIT
/* speech.c - sip-speech OUT.wav LEAD_S IN.wav...: one file of several, LEAD_S seconds of silence
 * before each, for peers that play one file only. All are taken as they are: 16 bits, one channel,
 * one rate. */
#include "base/mem.h"
#include "demo/wav.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(unsigned char *p, uint32_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		p[i] = (unsigned char)(v >> (8 * i));
}

static int write_header(FILE *f, unsigned rate, size_t samples)
{
	unsigned char h[44] = { 0 };

	memcpy(h, "RIFF....WAVEfmt ", 16);
	put(h + 4, (uint32_t)(36 + samples * 2), 4);
	put(h + 16, 16, 4);
	put(h + 20, 1, 2);
	put(h + 22, 1, 2);
	put(h + 24, rate, 4);
	put(h + 28, rate * 2, 4);
	put(h + 32, 2, 2);
	put(h + 34, 16, 2);
	memcpy(h + 36, "data", 4);
	put(h + 40, (uint32_t)(samples * 2), 4);
	return fwrite(h, 1, sizeof(h), f) == sizeof(h) ? 0 : -1;
}

static void write_samples(FILE *f, const double *samples, size_t count)
{
	unsigned char s[2] = { 0, 0 };

	for (size_t i = 0; i < count; i++) {
		if (samples)
			put(s, (uint32_t)(int32_t)(samples[i] * 32768.0), 2);
		(void)fwrite(s, 1, 2, f);
	}
}

int main(int argc, char **argv)
{
	struct wav in[16];
	double lead_s = argc > 2 ? atof(argv[2]) : 0, tail_s = argc > 3 ? atof(argv[3]) : 0;
	size_t total = 0, lead, tail;
	FILE *f;

	if (argc < 5 || argc > 4 + 16) {
		fprintf(stderr, "usage: sip-speech OUT.wav LEAD_S TAIL_S IN.wav...\n");
		return 2;
	}
	for (int i = 4; i < argc; i++) {
		int err = wav_load(argv[i], &in[i - 4]);

		if (err || in[i - 4].rate != in[0].rate) {
			fprintf(stderr, "sip-speech: %s: %s\n", argv[i],
					err ? strerror(-err) : "another rate");
			return 1;
		}
		total += in[i - 4].count;
	}
	lead = (size_t)(lead_s * in[0].rate);
	tail = (size_t)(tail_s * in[0].rate);
	total += lead * (size_t)(argc - 4) + tail;
	f = fopen(argv[1], "wb");
	if (!f || write_header(f, in[0].rate, total))
		return 1;
	for (int i = 4; i < argc; i++) {
		write_samples(f, NULL, lead);
		write_samples(f, in[i - 4].samples, in[i - 4].count);
		wav_fini(&in[i - 4]);
	}
	write_samples(f, NULL, tail);
	return fclose(f) != 0;
}
