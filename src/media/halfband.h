// SPDX-License-Identifier: MIT
/* halfband.h - between 16 kHz and 8 kHz, a frame at a time: flat to 3.6 kHz, 58 dB down from
 * 4.4 kHz on. All zeros is the state to begin with. */
#ifndef MEDIA_HALFBAND_H
#define MEDIA_HALFBAND_H

#include "media/frame.h"

#define HALFBAND_TAPS   32 /* those that are neither zero nor the middle one */
#define HALFBAND_BEFORE (HALFBAND_TAPS - 1)
#define HALF_FRAME      (FRAME_SAMPLES / 2)
#define HALFBAND_DELAY  (HALFBAND_TAPS / 2) /* at 8 kHz */

struct halfband_down {
	int16_t even[HALFBAND_TAPS / 2 - 1], odd[HALFBAND_BEFORE]; /* samples of before */
};

struct halfband_up {
	int16_t before[HALFBAND_BEFORE];
};

/* FRAME_SAMPLES in, HALF_FRAME out. */
void halfband_down(struct halfband_down *h, const int16_t *in, int16_t *out);
/* At most HALF_FRAME in, twice as many out. */
void halfband_up(struct halfband_up *h, const int16_t *in, unsigned int count, int16_t *out);

#endif
