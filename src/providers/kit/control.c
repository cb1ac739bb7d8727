// SPDX-License-Identifier: MIT
/* control.c - see control.h. */
#include "control.h"

#include "kind.h"
#include "tones.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

#define STATES_DEFINED 0x01FFFFFFu
#define DURATION_MIN   20u
#define DURATION_MAX   3600000u

#define CONTROL(name) LINEMEDIACONTROL_##name

static const struct {
	DWORD bit;
	const char *word; /* NULL: it does nothing */
} actions[] = {
	{ CONTROL(NONE), NULL },
	{ CONTROL(START), "start" },
	{ CONTROL(RESET), "reset" },
	{ CONTROL(PAUSE), "pause" },
	{ CONTROL(RESUME), "resume" },
	{ CONTROL(RATEUP), "rate-up" },
	{ CONTROL(RATEDOWN), "rate-down" },
	{ CONTROL(RATENORMAL), "rate-normal" },
	{ CONTROL(VOLUMEUP), "volume-up" },
	{ CONTROL(VOLUMEDOWN), "volume-down" },
	{ CONTROL(VOLUMENORMAL), "volume-normal" },
};

#define ACTIONS (sizeof(actions) / sizeof(actions[0]))

static size_t action_of(DWORD bit)
{
	size_t i = 0;

	while (i < ACTIONS && actions[i].bit != bit)
		i++;
	return i;
}

static bool is_action(DWORD bit)
{
	return action_of(bit) < ACTIONS;
}

static const char *word_of(DWORD bit)
{
	return is_action(bit) ? actions[action_of(bit)].word : NULL;
}

/* --- checks ----------------------------------------------------------------------------------- */

static const struct {
	DWORD mode;
	const char *when, *digits;
} digit_modes[] = {
	{ LINEDIGITMODE_PULSE, "pulse", "0123456789" },
	{ LINEDIGITMODE_DTMF, "down", "0123456789ABCD*#" },
	{ LINEDIGITMODE_DTMFEND, "up", "0123456789ABCD*#" },
};

#define DIGIT_MODES (sizeof(digit_modes) / sizeof(digit_modes[0]))

static bool is_digit_entry(const LINEMEDIACONTROLDIGIT *e)
{
	DWORD known = 0;

	for (size_t i = 0; i < DIGIT_MODES; i++) {
		known |= digit_modes[i].mode;
		if (e->dwDigitModes & digit_modes[i].mode &&
				(!e->dwDigit || e->dwDigit > 127 ||
						!strchr(digit_modes[i].digits, (char)e->dwDigit)))
			return false;
	}
	return e->dwDigitModes && !(e->dwDigitModes & ~known) && is_action(e->dwMediaControl);
}

static bool is_media_entry(const LINEMEDIACONTROLMEDIA *e)
{
	return e->dwMediaModes && !(e->dwMediaModes & ~(DWORD)KIND_MODES) &&
	       e->dwDuration <= DURATION_MAX && is_action(e->dwMediaControl);
}

static bool is_tone_entry(const LINEMEDIACONTROLTONE *e)
{
	const DWORD hz[] = { e->dwFrequency1, e->dwFrequency2, e->dwFrequency3 };

	return tone_is_valid(e->dwDuration, hz) && is_action(e->dwMediaControl);
}

static bool is_state_entry(const LINEMEDIACONTROLCALLSTATE *e)
{
	return e->dwCallStates && !(e->dwCallStates & ~STATES_DEFINED) &&
	       is_action(e->dwMediaControl);
}

#define GOOD(list, count, most, is)                                                                \
	do {                                                                                       \
		good = (count) <= (most);                                                          \
		for (DWORD i = 0; good && i < (count); i++)                                        \
			good = is(&(list)[i]);                                                     \
	} while (0)

LONG control_check(const struct media_ops *ops, const struct control_lists *l)
{
	bool good;

	GOOD(l->digits, l->digit_count, CONTROL_DIGITS_MAX, is_digit_entry);
	if (!good)
		return ops->fail(LINEERR_INVALDIGITLIST, "digit list",
				"up to 32 digits, each of its modes, and one action for each");
	GOOD(l->media, l->media_count, CONTROL_MEDIA_MAX, is_media_entry);
	if (!good)
		return ops->fail(LINEERR_INVALMEDIALIST, "media list",
				"up to 4 entries of media that can be monitored, and one action "
				"for each");
	GOOD(l->tones, l->tone_count, CONTROL_TONES_MAX, is_tone_entry);
	if (!good)
		return ops->fail(LINEERR_INVALTONELIST, "tone list",
				"up to 8 tones below 4000 Hz, and one action for each");
	GOOD(l->states, l->state_count, CONTROL_STATES_MAX, is_state_entry);
	if (!good)
		return ops->fail(LINEERR_INVALCALLSTATELIST, "call state list",
				"up to 16 entries, and one action for each");
	return 0;
}

/* --- a set ------------------------------------------------------------------------------------ */

static void fill(struct control *set, const struct control_lists *l)
{
	set->digit_count = l->digit_count;
	set->media_count = l->media_count;
	set->tone_count = l->tone_count;
	set->state_count = l->state_count;
	if (l->digit_count)
		memcpy(set->digits, l->digits, l->digit_count * sizeof(set->digits[0]));
	if (l->media_count)
		memcpy(set->media, l->media, l->media_count * sizeof(set->media[0]));
	if (l->tone_count)
		memcpy(set->tones, l->tones, l->tone_count * sizeof(set->tones[0]));
	if (l->state_count)
		memcpy(set->states, l->states, l->state_count * sizeof(set->states[0]));
}

LONG control_replace(struct control **set, const struct control_lists *l)
{
	static uint32_t versions;
	const bool empty = !(l->digit_count + l->media_count + l->tone_count + l->state_count);
	struct control *next = empty ? NULL : mem_new(struct control);

	if (!next && !empty)
		return LINEERR_NOMEM;
	if (next) {
		fill(next, l);
		versions = versions == UINT32_MAX ? 1 : versions + 1;
		next->version = versions;
	}
	mem_free(*set);
	*set = next;
	return 0;
}

/* --- rules for the MSP -------------------------------------------------------------------------
 */

struct text {
	char *p;
	size_t used;
};

static void write_digit(struct text *t, const LINEMEDIACONTROLDIGIT *e)
{
	for (size_t i = 0; i < DIGIT_MODES; i++) {
		if (e->dwDigitModes & digit_modes[i].mode && word_of(e->dwMediaControl))
			t->used += (size_t)snprintf(t->p + t->used, CONTROL_BODY_MAX - t->used,
					"digit %c %s %s\n", (char)e->dwDigit, digit_modes[i].when,
					word_of(e->dwMediaControl));
	}
}

static void write_media(struct text *t, const LINEMEDIACONTROLMEDIA *e)
{
	const char *kind;

	for (size_t i = 0; (kind = kind_name(i)) != NULL; i++) {
		if (kind_modes(kind) & e->dwMediaModes && word_of(e->dwMediaControl))
			t->used += (size_t)snprintf(t->p + t->used, CONTROL_BODY_MAX - t->used,
					"media %s %u %s\n", kind, (unsigned)e->dwDuration,
					word_of(e->dwMediaControl));
	}
}

static void write_tone(struct text *t, const LINEMEDIACONTROLTONE *e)
{
	const DWORD hz[] = { e->dwFrequency1, e->dwFrequency2, e->dwFrequency3 };
	const DWORD ms = e->dwDuration < DURATION_MIN ? DURATION_MIN : e->dwDuration;

	if (!word_of(e->dwMediaControl))
		return;
	t->used += (size_t)snprintf(t->p + t->used, CONTROL_BODY_MAX - t->used, "tone %u %s",
			(unsigned)ms, word_of(e->dwMediaControl));
	t->used += tone_write_frequencies(t->p + t->used, CONTROL_BODY_MAX - t->used, hz);
	t->p[t->used++] = '\n';
}

size_t control_write(const struct control *set, char *out)
{
	struct text t = { out, 0 };

	for (DWORD i = 0; set && i < set->digit_count; i++)
		write_digit(&t, &set->digits[i]);
	for (DWORD i = 0; set && i < set->media_count; i++)
		write_media(&t, &set->media[i]);
	for (DWORD i = 0; set && i < set->tone_count; i++)
		write_tone(&t, &set->tones[i]);
	return t.used;
}

const char *control_of_state(const struct control *set, DWORD state)
{
	for (DWORD i = 0; set && i < set->state_count; i++) {
		if (set->states[i].dwCallStates & state)
			return word_of(set->states[i].dwMediaControl);
	}
	return NULL;
}
