// SPDX-License-Identifier: MIT
/* frame.h - the unit that all of src/media moves: 10 ms of mono sound at 8 kHz. A stream is served
 * every 20 ms with two frames; conversion from and to other rates happens at its edges, in the
 * terminals. */
#ifndef MEDIA_FRAME_H
#define MEDIA_FRAME_H

#include <stdint.h>

#define MEDIA_RATE       8000
#define FRAME_SAMPLES    80
#define FRAMES_PER_TICK  2
#define TICK_SAMPLES     (FRAME_SAMPLES * FRAMES_PER_TICK)
#define TICK_NS          20000000u
#define SAMPLES_TO_MS(n) ((n) / (MEDIA_RATE / 1000))
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
