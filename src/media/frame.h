// SPDX-License-Identifier: MIT
/* frame.h - the unit that all of src/media moves: 10 ms of mono sound at 16 kHz. A stream is served
 * every 20 ms with two frames. Conversion from and to other rates happens at the edges: in the
 * terminals, and in the session for codecs at 8 kHz. */
#ifndef MEDIA_FRAME_H
#define MEDIA_FRAME_H

#include <stdint.h>

#define MEDIA_RATE       16000
#define FRAMES_PER_S     100
#define FRAME_SAMPLES    (MEDIA_RATE / FRAMES_PER_S)
#define FRAMES_PER_TICK  2
#define TICKS_PER_S      (FRAMES_PER_S / FRAMES_PER_TICK)
#define TICK_SAMPLES     (FRAME_SAMPLES * FRAMES_PER_TICK)
#define TICK_MS          20
#define TICK_NS          20000000u
#define MS_TO_SAMPLES(n) ((n) * (MEDIA_RATE / 1000))

/* What libtapimedia.so shows to MSPs; everything so marked begins with media_. */
#if defined(__GNUC__)
#define MEDIA_API __attribute__((visibility("default")))
#else
#define MEDIA_API
#endif

static inline int16_t sample_clip(int32_t v)
{
	return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v);
}

#endif
