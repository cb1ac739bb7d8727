// SPDX-License-Identifier: MIT
/* speech.c - sip-speech OUT LEAD_S TAIL_S IN.wav...: one file of several, LEAD_S seconds of silence
 * before each, for peers that play one file only. All are taken as they are: 16 bits, one channel,
 * one rate. OUT.wav is such a file, too; OUT.ulaw is G.711 mu-law at 8 kHz without a header, as
 * sipp sends it. */
#include "base/mem.h"
#include "demo/wav.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <spandsp.h>

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

static void write_ulaw(FILE *f, const double *samples, size_t count, size_t each)
{
	for (size_t i = 0; i + each <= count; i += each) {
		double sum = 0;

		for (size_t k = 0; samples && k < each; k++)
			sum += samples[i + k];
		(void)fputc(linear_to_ulaw((int)(sum * 32767.0 / (double)each)), f);
	}
}

static void write_part(FILE *f, const struct wav *in, bool is_ulaw, const double *samples,
		size_t count)
{
	if (is_ulaw)
		write_ulaw(f, samples, count, in->rate / 8000);
	else
		write_samples(f, samples, count);
}

int main(int argc, char **argv)
{
	struct wav in[16];
	double lead_s = argc > 2 ? atof(argv[2]) : 0, tail_s = argc > 3 ? atof(argv[3]) : 0;
	size_t total = 0, lead, tail;
	bool is_ulaw = argc > 1 && strstr(argv[1], ".ulaw");
	FILE *f;

	if (argc < 5 || argc > 4 + 16) {
		fprintf(stderr, "usage: sip-speech OUT.wav|OUT.ulaw LEAD_S TAIL_S IN.wav...\n");
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
	if (!f || (!is_ulaw && write_header(f, in[0].rate, total)))
		return 1;
	for (int i = 4; i < argc; i++) {
		write_part(f, in, is_ulaw, NULL, lead);
		write_part(f, in, is_ulaw, in[i - 4].samples, in[i - 4].count);
		wav_fini(&in[i - 4]);
	}
	write_part(f, in, is_ulaw, NULL, tail);
	return fclose(f) != 0;
}
