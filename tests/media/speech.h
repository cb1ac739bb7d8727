// SPDX-License-Identifier: MIT
/* speech.h - a signal like speech, made by arithmetic, and how much of it is in what was heard. */
#ifndef TESTS_MEDIA_SPEECH_H
#define TESTS_MEDIA_SPEECH_H

#include <stdint.h>

#define SPEECH_SECONDS 4

/* A voice whose pitch wanders, with three formants and the rhythm of syllables; nothing above
 * `top` Hz. */
struct speech {
	int rate;
	double samples[SPEECH_SECONDS * 48000];
};

void speech_make(struct speech *s, int rate, double top);
/* 0 before the beginning and behind the end. */
int16_t speech_at(const struct speech *s, int i);
/* In dB, how far all that is not the signal lies below it, if heard[0] belongs to sample `at`. The
 * loudness may differ. */
double speech_snr(const struct speech *s, const int16_t *heard, int count, int at);
/* The best of that for delays up to `most` samples. */
double speech_best(const struct speech *s, const int16_t *heard, int count, int at, int most);

#endif
