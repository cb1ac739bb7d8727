// SPDX-License-Identifier: MIT
/* plc.h - packet-loss concealment after ITU-T G.711 Appendix I: what is missing is made from the
 * last pitch periods, fading out in 60 ms, and joined without clicks on both sides. */
#ifndef MEDIA_PLC_H
#define MEDIA_PLC_H

#include "media/frame.h"

#include <stddef.h>

#define PLC_PITCH_MIN 40  /* 200 Hz */
#define PLC_PITCH_MAX 120 /* 66 Hz */
#define PLC_CORR      160
#define PLC_HISTORY   (PLC_PITCH_MAX + PLC_CORR)
#define PLC_JOIN      20
#define PLC_FADE      480 /* samples until silence; the first 80 are at full strength */

struct plc {
	int16_t history[PLC_HISTORY];
	int16_t period[PLC_PITCH_MAX];
	unsigned int pitch, at; /* length of the period, next sample in it */
	unsigned int lost;      /* samples made up in a row */
};

void plc_init(struct plc *p);
/* What has arrived and will be played; its start is joined to what was made up. */
void plc_good(struct plc *p, int16_t *samples, size_t count);
/* Makes up count samples. */
void plc_lost(struct plc *p, int16_t *out, size_t count);

#endif
