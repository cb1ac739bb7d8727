// SPDX-License-Identifier: MIT
/* pulse.c - 10 pulses a second, 60 ms of break and 40 ms of make. Each change of the loop is one
 * period of 1 kHz, which every codec carries. */
#include "media/pulse.h"

#include <string.h>

#define BREAK_MS 60
#define MAKE_MS  40
#define PAUSE_MS 700
#define COMMA_MS 2000
#define FLASH_MS 500

static const int16_t click_shape[] = { 0, 4592, 8485, 11087, 12000, 11087, 8485, 4592, 0, -4592,
	-8485, -11087, -12000, -11087, -8485, -4592 };

#define CLICK ((unsigned int)(sizeof(click_shape) / sizeof(click_shape[0])))

void pulse_start(struct pulse_sender *p, const char *digits)
{
	memset(p, 0, sizeof(*p));
	strncpy(p->digits, digits, EVENT_DIGITS_MAX);
	p->active = true;
}

/* The clicks and the pause of the next digit, or the end. */
static void begin_next(struct pulse_sender *p)
{
	char digit;

	while ((digit = p->digits[p->at])) {
		p->at++;
		if (digit == ',') {
			p->rest = MS_TO_SAMPLES(COMMA_MS);
			return;
		}
		if (digit == '!' || (digit >= '0' && digit <= '9')) {
			p->clicks = digit == '!'   ? 2
				    : digit == '0' ? 20
						   : (unsigned int)(digit - '0') * 2;
			p->click = CLICK;
			return;
		}
	}
	p->active = false;
}

/* A click has ended: how long it is quiet then. */
static uint32_t rest_behind(const struct pulse_sender *p)
{
	const bool flash = p->digits[p->at - 1] == '!';

	if (p->clicks == 0)
		return MS_TO_SAMPLES(PAUSE_MS);
	if (p->clicks % 2 == 0)
		return MS_TO_SAMPLES(MAKE_MS);
	return flash ? MS_TO_SAMPLES(FLASH_MS) : MS_TO_SAMPLES(BREAK_MS);
}

static int16_t next_sample(struct pulse_sender *p)
{
	int16_t sample;

	if (p->rest) {
		if (--p->rest == 0 && p->clicks)
			p->click = CLICK;
		return 0;
	}
	if (!p->click)
		begin_next(p);
	if (!p->click)
		return 0;
	sample = click_shape[CLICK - p->click];
	if (--p->click == 0) {
		p->clicks--;
		p->rest = rest_behind(p) - CLICK;
	}
	return sample;
}

void pulse_make(struct pulse_sender *p, int16_t *out, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		out[i] = p->active ? next_sample(p) : 0;
}
