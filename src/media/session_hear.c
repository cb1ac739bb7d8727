// SPDX-License-Identifier: MIT
/* session_hear.c - what the peer's sound is listened for, and what follows from it: news, and rules
 * by which terminals are controlled. Clock thread: no allocation, no lock, no log.
 *
 * A digit may come as an event, in the sound, or (from a gateway that is late to silence it) in
 * both ways; each press is told once. Events come before the sound, which the jitter buffer holds
 * back, so mostly it is the sound that is left out. */
#include "media/session_private.h"

#define SAME_NS 300000000u /* the other way of the same press is so near */

struct ear {
	struct tap_ear base;
	struct media_session *s;
	const struct media_plan *plan;
	uint64_t now_ns;
};

static void act(const struct media_plan *plan, enum terminal_action action)
{
	if (action == ACTION_NONE)
		return;
	for (int w = 0; w < MEDIA_DIRECTIONS; w++) {
		for (unsigned int i = 0; i < plan->way[w].count; i++)
			terminal_control(plan->way[w].terminals[i], action);
	}
}

int media_rule_digit(char digit)
{
	return event_of_digit(digit);
}

static void act_on_digit(const struct media_plan *plan, enum media_when when, char digit)
{
	int event = event_of_digit(digit);

	if (event >= 0 && event < MEDIA_DIGITS)
		act(plan, plan->rules.digit[when][event]);
}

static void tell_digit(struct media_session *s, const struct media_plan *plan, char digit,
		bool down, uint32_t ms, uint64_t now_ns)
{
	session_post(s, MEDIA_DIGIT, (uint32_t)digit, down, ms, now_ns);
	act_on_digit(plan, down ? WHEN_DOWN : WHEN_UP, digit);
}

/* --- the two ways of a digit ------------------------------------------------------------------ */

static void sound_down(struct ear *e, char digit)
{
	struct hearing *h = &e->s->hearing;

	h->sounding = h->last_sound = digit;
	h->last_sound_ns = e->now_ns;
	h->told = !h->event && (digit != h->last_event || e->now_ns - h->last_event_ns > SAME_NS);
	if (h->told)
		tell_digit(e->s, e->plan, digit, true, 0, e->now_ns);
}

static void sound_up(struct ear *e, uint32_t ms)
{
	struct hearing *h = &e->s->hearing;

	if (h->sounding && h->told)
		tell_digit(e->s, e->plan, h->sounding, false, ms, e->now_ns);
	h->sounding = 0;
	h->told = false;
}

static void event_down(struct media_session *s, const struct media_plan *plan, char digit,
		uint64_t now_ns)
{
	struct hearing *h = &s->hearing;
	const bool heard = h->told && h->sounding == digit;
	const bool was_heard = !h->sounding && h->last_sound == digit &&
			       now_ns - h->last_sound_ns <= SAME_NS;

	if (h->told && !heard)
		tell_digit(s, plan, h->sounding, false, 0, now_ns);
	h->told = false; /* its end is told by the event */
	h->event = digit;
	h->event_known = was_heard;
	if (!heard && !was_heard)
		tell_digit(s, plan, digit, true, 0, now_ns);
}

static void event_up(struct media_session *s, const struct media_plan *plan, char digit,
		uint32_t ms, uint64_t now_ns)
{
	struct hearing *h = &s->hearing;

	if (!h->event_known)
		tell_digit(s, plan, digit, false, ms, now_ns);
	h->event = 0;
	h->event_known = false;
	h->last_sound = 0;
	h->last_event = digit;
	h->last_event_ns = now_ns;
}

void session_hear_event(struct media_session *s, const struct media_plan *plan,
		const struct event_change *change, uint32_t ms, uint64_t now_ns)
{
	if (change->down)
		event_down(s, plan, change->digit, now_ns);
	else
		event_up(s, plan, change->digit, ms, now_ns);
}

/* --- taps ------------------------------------------------------------------------------------- */

static void hear_tone(const struct ear *e, uint32_t number)
{
	if (number >= MEDIA_RULE)
		act(e->plan, (enum terminal_action)(number - MEDIA_RULE));
	else
		session_post(e->s, MEDIA_TONE, number, 0, 0, e->now_ns);
}

static void hear_kind(const struct ear *e, enum media_kind kind)
{
	struct hearing *h = &e->s->hearing;

	h->kind = kind;
	h->kind_ns = e->now_ns;
	h->kind_done = false;
	session_post(e->s, MEDIA_KIND, kind, 0, 0, e->now_ns);
}

static void hear(struct tap_ear *base, const struct tap_news *news)
{
	struct ear *e = (struct ear *)(void *)base;

	switch (news->kind) {
	case TAP_DIGIT_DOWN:
		sound_down(e, (char)news->value);
		break;
	case TAP_DIGIT_UP:
		sound_up(e, news->ms);
		break;
	case TAP_PULSE_DIGIT:
		session_post(e->s, MEDIA_PULSE, news->value, 0, 0, e->now_ns);
		act_on_digit(e->plan, WHEN_PULSE, (char)news->value);
		break;
	case TAP_TONE:
		hear_tone(e, news->value);
		break;
	case TAP_MEDIA_KIND:
		hear_kind(e, (enum media_kind)news->value);
		break;
	}
}

void session_hear(struct media_session *s, const struct media_plan *plan, const int16_t *frame,
		unsigned int count, uint64_t now_ns)
{
	struct ear e = { { hear }, s, plan, now_ns };
	int16_t half[HALF_FRAME];

	if (count == FRAME_SAMPLES) {
		halfband_down(&s->hearing.down, frame, half);
		frame = half;
	}
	for (int i = 0; i < MEDIA_TAPS; i++) {
		if (plan->taps[i])
			plan->taps[i]->run(plan->taps[i], frame, &e.base);
	}
}

void session_hear_tick(struct media_session *s, const struct media_plan *plan, uint64_t now_ns)
{
	struct hearing *h = &s->hearing;

	if (h->sounding && !plan->taps[TAP_DIGITS]) { /* nobody listens any more */
		struct ear e = { { hear }, s, plan, now_ns };

		sound_up(&e, 0);
	}
	if (h->kind_done || !plan->rules.kind[h->kind].action ||
			now_ns - h->kind_ns < plan->rules.kind[h->kind].after_ms * 1000000ull)
		return;
	h->kind_done = true;
	act(plan, plan->rules.kind[h->kind].action);
}
