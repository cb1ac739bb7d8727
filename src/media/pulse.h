// SPDX-License-Identifier: MIT
/* pulse.h - digits as a rotary dial makes them heard at the other end: pairs of clicks. */
#ifndef MEDIA_PULSE_H
#define MEDIA_PULSE_H

#include "media/event.h"

struct pulse_sender {
	char digits[EVENT_DIGITS_MAX + 1];
	size_t at; /* next digit */
	bool active;
	unsigned int clicks; /* of this digit, to go; even: the next one breaks the loop */
	uint32_t rest;       /* samples of quiet to go */
	unsigned int click;  /* samples of a click to go */
};

void pulse_start(struct pulse_sender *p, const char *digits);
/* Always gives count samples; !p->active behind the last digit. */
void pulse_make(struct pulse_sender *p, int16_t *out, unsigned int count);

#endif
