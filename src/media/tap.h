// SPDX-License-Identifier: MIT
/* tap.h - what listens to the peer's sound: digits, tones, kinds of media. A tap is made by the
 * owner of a session and published with its plan; its state is worked by the clock thread, and goes
 * on from plan to plan as long as they have the same tap. */
#ifndef MEDIA_TAP_H
#define MEDIA_TAP_H

#include "media/frame.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#define TAP_RATE      8000 /* whatever the codec */
#define TAP_FRAME     (TAP_RATE / FRAMES_PER_S)
#define TAP_FRAME_MS  (1000 / FRAMES_PER_S)
#define TAP_TONES_MAX 256 /* entries of a list */
#define TAP_HZ_MAX    4   /* frequencies of an entry */

enum media_tap_kind { TAP_DIGITS, TAP_PULSE, TAP_TONES, TAP_MEDIA, MEDIA_TAPS };

enum media_kind {
	MEDIA_NOTHING, /* not known yet */
	MEDIA_SILENCE,
	MEDIA_VOICE,
	MEDIA_CNG,
	MEDIA_CED,
	MEDIA_FAX,
	MEDIA_MODEM,
	MEDIA_KINDS
};

enum tap_news_kind {
	TAP_DIGIT_DOWN, /* value: the digit */
	TAP_DIGIT_UP,   /* likewise, and ms */
	TAP_PULSE_DIGIT,
	TAP_TONE,      /* value: its number */
	TAP_MEDIA_KIND /* value: enum media_kind */
};

struct tap_news {
	enum tap_news_kind kind;
	uint32_t value, ms;
};

/* Whoever runs a tap hears of its news while it runs. */
struct tap_ear {
	void (*hear)(struct tap_ear *ear, const struct tap_news *news);
};

struct media_tap { /* the first member of each kind */
	void (*run)(struct media_tap *t, const int16_t *frame, struct tap_ear *ear);
	void (*free)(struct media_tap *t);
	atomic_uint refs;
};

struct tap_tone {
	uint32_t number;
	uint32_t duration_ms;
	uint16_t hz[TAP_HZ_MAX]; /* unused ones 0; all: silence */
};

/* NULL: no memory. */
MEDIA_API struct media_tap *media_tap_digits(void);
MEDIA_API struct media_tap *media_tap_pulse(void);
MEDIA_API struct media_tap *media_tap_media(void);
/* The list is copied; of count TAP_TONES_MAX at most. */
MEDIA_API struct media_tap *media_tap_tones(const struct tap_tone *tones, size_t count);

/* NULL is allowed. */
MEDIA_API struct media_tap *media_tap_ref(struct media_tap *t);
MEDIA_API void media_tap_unref(struct media_tap *t);

#endif
