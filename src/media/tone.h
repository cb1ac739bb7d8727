// SPDX-License-Identifier: MIT
/* tone.h - up to four sines with a cadence; also the two of a DTMF digit. */
#ifndef MEDIA_TONE_H
#define MEDIA_TONE_H

#include "media/frame.h"

#include <stdbool.h>
#include <stddef.h>

#define TONE_FREQUENCIES 4

struct tone {
	uint32_t step[TONE_FREQUENCIES]; /* of a 32-bit phase, a sample; 0: unused */
	uint32_t phase[TONE_FREQUENCIES];
	int32_t amplitude;    /* of each */
	uint32_t on, off, at; /* samples; off 0: steady */
};

/* frequency in Hz, 0 for unused; amplitude of each 0..32767. Phases begin anew. */
void tone_set(struct tone *t, const uint32_t frequency[TONE_FREQUENCIES], int32_t amplitude,
		uint32_t on_ms, uint32_t off_ms);
/* False: this is no DTMF digit. */
bool tone_set_digit(struct tone *t, char digit);
void tone_make(struct tone *t, int16_t *out, size_t count);

#endif
