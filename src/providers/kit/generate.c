// SPDX-License-Identifier: MIT
/* generate.c - see generate.h. */
#include "generate.h"

#include "digit.h"

#include "base/clock.h"
#include "media/rtpmsg.h"

#include <stdio.h>
#include <string.h>

#define FREQUENCY_MAX  3999
#define CADENCE_MAX_MS 60000
#define VOLUME_MAX     0xFFFFu

static bool is_one_of(DWORD mode, DWORD modes)
{
	return mode && !(mode & (mode - 1)) && !(mode & ~modes);
}

LONG generate_check_digits(const struct media_ops *ops, DWORD mode, const char *digits)
{
	char text[DIGITS_MAX + 1];

	if (!digits)
		return 0;
	if (!is_one_of(mode, GENERATE_DIGIT_MODES))
		return ops->fail(LINEERR_INVALDIGITMODE, "digit mode",
				"digits are sent either as DTMF or as pulses");
	if (!digit_copy(digits, text))
		return ops->fail(LINEERR_INVALDIGITS, "digits", "more than 256 digits at once");
	return 0;
}

static bool is_tone(const LINEGENERATETONE *t)
{
	return t->dwFrequency >= 1 && t->dwFrequency <= FREQUENCY_MAX &&
	       t->dwCadenceOn <= CADENCE_MAX_MS && t->dwCadenceOff <= CADENCE_MAX_MS &&
	       t->dwVolume <= VOLUME_MAX;
}

LONG generate_check_tone(const struct media_ops *ops, DWORD mode, DWORD count,
		const LINEGENERATETONE *tones)
{
	if (mode && !is_one_of(mode, GENERATE_TONE_MODES))
		return ops->fail(LINEERR_INVALTONEMODE, "tone mode", "this is not one tone mode");
	if (mode != LINETONEMODE_CUSTOM)
		return 0;
	if (count && !tones)
		return LINEERR_INVALPOINTER;
	if (count < 1 || count > GENERATE_TONES_MAX)
		return ops->fail(LINEERR_INVALTONE, "tone",
				"a custom tone has one to four frequencies");
	for (DWORD i = 0; i < count; i++) {
		if (!is_tone(&tones[i]))
			return ops->fail(LINEERR_INVALTONE, "tone",
					"frequencies are 1 to 3999 Hz, cadences up to 60000 ms, "
					"volumes up to 65535");
	}
	return 0;
}

static void report(const struct media_ops *ops, const struct call *c, DWORD how, DWORD end_to_end)
{
	ops->tell(c, LINE_GENERATE, how, end_to_end, (DWORD)clock_now_ms());
}

static void forget(struct generations *g, size_t i)
{
	g->count--;
	memmove(&g->waiting[i], &g->waiting[i + 1], (g->count - i) * sizeof(g->waiting[0]));
}

/* An MSP that never reports loses the oldest. */
static void make_room(struct generations *g, const struct media_ops *ops, const struct call *c)
{
	if (g->count == GENERATIONS_MAX)
		generate_done(g, ops, c, g->waiting[0].id, false);
}

static LONG sent(struct generations *g, uint32_t id, DWORD end_to_end, bool is_sent, bool cancels)
{
	if (!is_sent)
		return LINEERR_OPERATIONFAILED;
	if (cancels || !end_to_end)
		return 0;
	g->waiting[g->count].id = id;
	g->waiting[g->count++].end_to_end = end_to_end;
	return 0;
}

LONG generate_digits(struct generations *g, const struct media_ops *ops, struct call *c,
		DWORD end_to_end, DWORD mode, const char *digits, DWORD duration_ms)
{
	char text[DIGITS_MAX + 1] = "";
	struct rtpmsg_writer w;
	uint32_t id;

	if (digits)
		(void)digit_copy(digits, text);
	make_room(g, ops, c);
	id = ops->begin(c, &w, RTPMSG_DIGITS);
	rtpmsg_add(&w, "Digits", text);
	if (digits && mode == LINEDIGITMODE_PULSE)
		rtpmsg_add(&w, "Mode", "pulse");
	if (duration_ms) { /* TSPI: it is that of the pauses, too */
		rtpmsg_add_number(&w, "Duration", duration_ms);
		rtpmsg_add_number(&w, "Pause", duration_ms);
	}
	return sent(g, id, end_to_end, ops->end(c, &w, NULL, 0), !digits);
}

/* "Hz on off volume", a line each. */
static size_t write_parts(char *to, size_t size, DWORD count, const LINEGENERATETONE *tones)
{
	size_t used = 0;

	for (DWORD i = 0; i < count; i++)
		used += (size_t)snprintf(to + used, size - used, "%u %u %u %u\n",
				(unsigned)tones[i].dwFrequency, (unsigned)tones[i].dwCadenceOn,
				(unsigned)tones[i].dwCadenceOff, (unsigned)tones[i].dwVolume);
	return used;
}

LONG generate_tone(struct generations *g, const struct media_ops *ops, struct call *c,
		DWORD end_to_end, DWORD mode, DWORD duration_ms, DWORD count,
		const LINEGENERATETONE *tones)
{
	static const struct {
		DWORD mode;
		const char *name, *value;
	} named[] = {
		{ LINETONEMODE_RINGBACK, "Sound", "ringback" },
		{ LINETONEMODE_BUSY, "Sound", "busy" },
		{ LINETONEMODE_BILLING, "Sound", "billing" },
		{ LINETONEMODE_BEEP, "Frequencies", "1400" }, /* the sound `beep` would end */
	};
	char parts[GENERATE_TONES_MAX * 32];
	size_t size = 0;
	struct rtpmsg_writer w;
	uint32_t id;

	make_room(g, ops, c);
	id = ops->begin(c, &w, RTPMSG_TONE);
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		if (named[i].mode == mode)
			rtpmsg_add(&w, named[i].name, named[i].value);
	}
	if (mode && duration_ms)
		rtpmsg_add_number(&w, "Duration", duration_ms);
	if (mode == LINETONEMODE_CUSTOM)
		size = write_parts(parts, sizeof(parts), count, tones);
	return sent(g, id, end_to_end, ops->end(c, &w, parts, size), !mode);
}

void generate_done(struct generations *g, const struct media_ops *ops, const struct call *c,
		uint32_t id, bool complete)
{
	for (size_t i = 0; i < g->count; i++) {
		DWORD end_to_end = g->waiting[i].end_to_end;

		if (g->waiting[i].id != id)
			continue;
		forget(g, i);
		report(ops, c, complete ? LINEGENERATETERM_DONE : LINEGENERATETERM_CANCEL,
				end_to_end);
		return;
	}
}

void generate_cancel_all(struct generations *g, const struct media_ops *ops, const struct call *c)
{
	while (g->count)
		generate_done(g, ops, c, g->waiting[0].id, false);
}
