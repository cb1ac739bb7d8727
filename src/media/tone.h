// SPDX-License-Identifier: MIT
/* tone.h - up to four sines, each with its loudness and cadence; also the two of a DTMF digit. */
#ifndef MEDIA_TONE_H
#define MEDIA_TONE_H

#include "media/frame.h"

#include <stdbool.h>
#include <stddef.h>

#define TONE_FREQUENCIES 4

struct tone_part {
	uint32_t hz; /* 0: unused */
	int32_t amplitude;
	uint32_t on_ms, off_ms; /* off 0: steady */
};

struct tone {
	struct tone_sine {
		uint32_t step, phase; /* of a 32-bit phase, a sample; step 0: unused */
		int32_t amplitude;
		uint32_t on, off, at; /* samples; off 0: steady */
	} sines[TONE_FREQUENCIES];
};

/* Phases begin anew. */
void tone_set_parts(struct tone *t, const struct tone_part parts[TONE_FREQUENCIES]);
/* The same for all: frequency in Hz, 0 for unused; amplitude of each 0..32767. */
void tone_set(struct tone *t, const uint32_t frequency[TONE_FREQUENCIES], int32_t amplitude,
		uint32_t on_ms, uint32_t off_ms);
/* False: this is no DTMF digit. */
bool tone_set_digit(struct tone *t, char digit);
void tone_make(struct tone *t, int16_t *out, size_t count);

#endif
