// SPDX-License-Identifier: MIT
/* sound.c - the named sounds of tapi-rtp-msp(7), and their way through the clock thread. */
#include "media/sound.h"

#include <string.h>
#include <strings.h>

#define LOUD 6000
#define SOFT 3000

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct sound_step silence[] = { { { 0 }, 1000, 0 } };
static const struct sound_step dialtone[] = { { { 350, 440 }, 1000, LOUD } };
static const struct sound_step ringback[] = { { { 440, 480 }, 2000, LOUD }, { { 0 }, 4000, 0 } };
static const struct sound_step busy[] = { { { 480, 620 }, 500, LOUD }, { { 0 }, 500, 0 } };
static const struct sound_step reorder[] = { { { 480, 620 }, 250, LOUD }, { { 0 }, 250, 0 } };
static const struct sound_step beep[] = { { { 1400 }, 500, LOUD } };

/* The "bong" of a calling card: its second part dies away. */
static const struct sound_step billing[] = {
	{ { 941, 1477 }, 60, LOUD },
	{ { 350, 440 }, 200, LOUD },
	{ { 350, 440 }, 200, 3600 },
	{ { 350, 440 }, 200, 2160 },
	{ { 350, 440 }, 200, 1300 },
	{ { 350, 440 }, 80, 780 },
};

/* Over a bass note each: C major, A minor, F major, G major, up and down. */
static const struct sound_step music[] = {
	{ { 131, 523 }, 240, SOFT },
	{ { 131, 659 }, 240, SOFT },
	{ { 131, 784 }, 240, SOFT },
	{ { 131, 659 }, 240, SOFT },
	{ { 110, 440 }, 240, SOFT },
	{ { 110, 523 }, 240, SOFT },
	{ { 110, 659 }, 240, SOFT },
	{ { 110, 523 }, 240, SOFT },
	{ { 175, 523 }, 240, SOFT },
	{ { 175, 698 }, 240, SOFT },
	{ { 175, 880 }, 240, SOFT },
	{ { 175, 698 }, 240, SOFT },
	{ { 196, 587 }, 240, SOFT },
	{ { 196, 784 }, 240, SOFT },
	{ { 196, 988 }, 480, SOFT },
};

static const struct sound sounds[] = {
	{ "silence", silence, COUNT(silence), false },
	{ "dialtone", dialtone, COUNT(dialtone), false },
	{ "ringback", ringback, COUNT(ringback), false },
	{ "busy", busy, COUNT(busy), false },
	{ "reorder", reorder, COUNT(reorder), false },
	{ "beep", beep, COUNT(beep), true },
	{ "billing", billing, COUNT(billing), true },
	{ "music", music, COUNT(music), false },
};

const struct sound *media_sound_find(const char *name)
{
	for (size_t i = 0; i < COUNT(sounds); i++) {
		if (strcasecmp(sounds[i].name, name) == 0)
			return &sounds[i];
	}
	return NULL;
}

/* A sine that goes on from step to step does so without a click. */
static void begin_step(struct sound_player *p)
{
	const struct sound_step *step = &p->sound->steps[p->step];
	const struct tone before = p->tone;
	uint32_t frequency[TONE_FREQUENCIES];

	for (int i = 0; i < TONE_FREQUENCIES; i++)
		frequency[i] = step->hz[i];
	tone_set(&p->tone, frequency, step->amplitude, 0, 0);
	for (int i = 0; i < TONE_FREQUENCIES; i++) {
		if (p->tone.sines[i].step == before.sines[i].step)
			p->tone.sines[i].phase = before.sines[i].phase;
	}
	p->left = MS_TO_SAMPLES((uint32_t)step->ms);
}

void sound_start(struct sound_player *p, const struct sound *sound)
{
	memset(p, 0, sizeof(*p));
	p->sound = sound;
	if (sound)
		begin_step(p);
}

static void next_step(struct sound_player *p)
{
	if (++p->step == p->sound->count) {
		p->step = 0;
		if (p->sound->ends)
			p->sound = NULL;
	}
	if (p->sound)
		begin_step(p);
}

void sound_make(struct sound_player *p, int16_t *out, unsigned int count)
{
	unsigned int done = 0;

	while (p->sound && done < count) {
		unsigned int n = count - done < p->left ? count - done : p->left;

		tone_make(&p->tone, out + done, n);
		done += n;
		p->left -= n;
		if (p->left == 0)
			next_step(p);
	}
	memset(out + done, 0, (count - done) * sizeof(*out));
}
