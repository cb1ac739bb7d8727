// SPDX-License-Identifier: MIT
/* plc.h - packet-loss concealment after ITU-T G.711 Appendix I, at 8 or 16 kHz: what is missing is
 * made from the last pitch periods, fading out in 60 ms, and joined without clicks on both sides.
 */
#ifndef MEDIA_PLC_H
#define MEDIA_PLC_H

#include "media/frame.h"

#include <stddef.h>

/* Samples at 8 kHz; at 16 kHz twice as many. */
#define PLC_PITCH_MIN 40  /* 200 Hz */
#define PLC_PITCH_MAX 120 /* 66 Hz */
#define PLC_CORR      160
#define PLC_HISTORY   (PLC_PITCH_MAX + PLC_CORR)
#define PLC_JOIN      20
#define PLC_FULL      80  /* made up at full strength */
#define PLC_FADE      480 /* until silence */
#define PLC_SCALE_MAX (MEDIA_RATE / 8000)

struct plc {
	unsigned int scale; /* of the numbers above */
	int16_t history[PLC_HISTORY * PLC_SCALE_MAX];
	int16_t period[PLC_PITCH_MAX * PLC_SCALE_MAX];
	unsigned int pitch, at; /* length of the period, next sample in it */
	unsigned int lost;      /* samples made up in a row */
};

/* rate: 8000 or 16000. */
void plc_init(struct plc *p, uint32_t rate);
/* What has arrived and will be played; its start is joined to what was made up. */
void plc_good(struct plc *p, int16_t *samples, size_t count);
/* Makes up count samples. */
void plc_lost(struct plc *p, int16_t *out, size_t count);

#endif
