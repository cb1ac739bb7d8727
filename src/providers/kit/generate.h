// SPDX-License-Identifier: MIT
/* generate.h - lineGenerateDigits and lineGenerateTone: one place a call, which the MSP keeps; here
 * is remembered whose end it will report. */
#ifndef KIT_GENERATE_H
#define KIT_GENERATE_H

#include "media_ops.h"

#define GENERATIONS_MAX       8
#define GENERATE_TONES_MAX    4 /* frequencies of a custom tone */
#define GENERATE_DIGIT_MIN_MS 20
#define GENERATE_DIGIT_MAX_MS 5000
#define GENERATE_DIGIT_MS     100 /* the default */
#define GENERATE_DIGIT_MODES  (LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF)
#define GENERATE_TONE_MODES                                                                        \
	(LINETONEMODE_CUSTOM | LINETONEMODE_RINGBACK | LINETONEMODE_BUSY | LINETONEMODE_BEEP |     \
			LINETONEMODE_BILLING)

/* All-zero: none. */
struct generations {
	struct {
		uint32_t id; /* of our `digits` or `tone` */
		DWORD end_to_end;
	} waiting[GENERATIONS_MAX];
	size_t count;
};

/* 0 or why these cannot be generated at all; digits NULL cancels, as does tone mode 0. */
LONG generate_check_digits(const struct media_ops *ops, DWORD mode, const char *digits);
LONG generate_check_tone(const struct media_ops *ops, DWORD mode, DWORD count,
		const LINEGENERATETONE *tones);
/* What has been checked goes to the MSP. end_to_end 0: nobody is told of its end. */
LONG generate_digits(struct generations *g, const struct media_ops *ops, struct call *c,
		DWORD end_to_end, DWORD mode, const char *digits, DWORD duration_ms);
LONG generate_tone(struct generations *g, const struct media_ops *ops, struct call *c,
		DWORD end_to_end, DWORD mode, DWORD duration_ms, DWORD count,
		const LINEGENERATETONE *tones);
/* `digits-done`, `tone-done` or `error` to this id; others are ignored. */
void generate_done(struct generations *g, const struct media_ops *ops, const struct call *c,
		uint32_t id, bool complete);
/* Nobody will report any more. */
void generate_cancel_all(struct generations *g, const struct media_ops *ops, const struct call *c);

#endif
