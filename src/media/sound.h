// SPDX-License-Identifier: MIT
/* sound.h - sounds that have a name: treatments of a call and the tones of a network, made of steps
 * of up to four sines. */
#ifndef MEDIA_SOUND_H
#define MEDIA_SOUND_H

#include "media/tone.h"

struct sound_step {
	uint16_t hz[TONE_FREQUENCIES]; /* 0: unused; all 0: silence */
	uint16_t ms;
	int16_t amplitude; /* of each */
};

struct sound {
	const char *name;
	const struct sound_step *steps;
	unsigned int count;
	bool ends; /* else it begins again behind the last step */
};

struct sound_player { /* all zero: nothing is played */
	const struct sound *sound;
	unsigned int step;
	uint32_t left; /* samples of the step */
	struct tone tone;
};

/* NULL: no such name. Compared without case. */
MEDIA_API const struct sound *media_sound_find(const char *name);
/* NULL: nothing from now on. */
void sound_start(struct sound_player *p, const struct sound *sound);
/* Always gives count samples; where the sound has ended they are silence, and p->sound is NULL. */
void sound_make(struct sound_player *p, int16_t *out, unsigned int count);

#endif
