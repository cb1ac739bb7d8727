// SPDX-License-Identifier: MIT
/* tap_pulse.c - pulse digits as they are heard at the other end of a line: pairs of clicks, for
 * each pulse one when the loop is broken and one when it is made again. A click is a short rise
 * out of quiet; only pairs at the distance of a rotary dial count. */
#include "media/tap.h"

#include "base/mem.h"

#include <string.h>

#define BLOCK      20 /* samples: 2.5 ms */
#define BLOCKS(ms) ((ms)*2 / 5)
#define CLICK_MIN  (BLOCK * 400.0f * 400.0f) /* energy of a block */
#define RISE       30.0f                     /* times what was there before */
#define BEFORE     5                         /* blocks that must have been quiet */
#define LENGTH_MAX 3                         /* blocks of a click */
#define BREAK_MIN  BLOCKS(40)
#define BREAK_MAX  BLOCKS(80)
#define MAKE_MIN   BLOCKS(20)
#define MAKE_MAX   BLOCKS(60)
#define DIGIT_END  BLOCKS(150)
#define PULSES_MAX 10

struct pulse_tap {
	struct media_tap base;
	float before[BEFORE]; /* energies of the last blocks, a ring */
	unsigned int at;
	unsigned int length; /* blocks that the click has lasted; 0: none is */
	float peak;          /* of the click */
	unsigned int since;  /* blocks since the last click began */
	bool broken;         /* the last click was a break */
	unsigned int pulses; /* of this digit */
};

static float energy_of(const int16_t *block)
{
	float sum = 0;

	for (int i = 0; i < BLOCK; i++)
		sum += (float)block[i] * block[i];
	return sum;
}

static float loudest_before(const struct pulse_tap *t)
{
	float most = 1;

	for (int i = 0; i < BEFORE; i++)
		most = t->before[i] > most ? t->before[i] : most;
	return most;
}

static void forget(struct pulse_tap *t)
{
	t->broken = false;
	t->pulses = 0;
}

static void take_click(struct pulse_tap *t)
{
	const unsigned int since = t->since;

	t->since = 0;
	if (t->broken) {
		t->broken = false;
		if (since >= BREAK_MIN && since <= BREAK_MAX && t->pulses < PULSES_MAX) {
			t->pulses++;
			return;
		}
	} else if (t->pulses && since >= MAKE_MIN && since <= MAKE_MAX) {
		t->broken = true;
		return;
	}
	forget(t);
	t->broken = true; /* another digit may begin with it */
}

static void watch_end(struct pulse_tap *t, struct tap_ear *ear)
{
	struct tap_news news = { TAP_PULSE_DIGIT, 0, 0 };

	t->since += t->since < DIGIT_END + 1;
	if (t->since != DIGIT_END)
		return;
	news.value = (uint32_t) "?1234567890"[t->pulses];
	if (t->pulses && !t->broken)
		ear->hear(ear, &news);
	forget(t);
}

static void take_block(struct pulse_tap *t, const int16_t *block, struct tap_ear *ear)
{
	const float energy = energy_of(block);

	watch_end(t, ear);
	if (t->length) {
		t->peak = energy > t->peak ? energy : t->peak;
		if (energy * RISE < t->peak)
			t->length = 0;
		else if (++t->length > LENGTH_MAX)
			forget(t); /* that is sound, and no click */
	} else if (energy >= CLICK_MIN && energy > RISE * loudest_before(t)) {
		t->length = 1;
		t->peak = energy;
		take_click(t);
	}
	t->before[t->at] = energy;
	t->at = (t->at + 1) % BEFORE;
}

static void run(struct media_tap *base, const int16_t *frame, struct tap_ear *ear)
{
	for (int i = 0; i < TAP_FRAME; i += BLOCK)
		take_block((struct pulse_tap *)(void *)base, frame + i, ear);
}

static void destroy(struct media_tap *base)
{
	mem_free(base);
}

struct media_tap *media_tap_pulse(void)
{
	struct pulse_tap *t = mem_new(struct pulse_tap);

	if (!t)
		return NULL;
	t->base.run = run;
	t->base.free = destroy;
	atomic_store(&t->base.refs, 1);
	t->since = DIGIT_END + 1;
	return &t->base;
}
