// SPDX-License-Identifier: MIT
/* term_tone.c - a source that is a tone. */
#include "media/terminal.h"
#include "media/tone.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>

struct sounding { /* published whole; only the clock thread moves its phases */
	struct engine_retired retired;
	struct tone tone;
};

struct tone_terminal {
	struct media_terminal base;
	_Atomic(struct sounding *) now;
};

static struct tone_terminal *self(struct media_terminal *t)
{
	return (struct tone_terminal *)(void *)t;
}

static void free_sounding(struct engine_retired *retired)
{
	mem_free((char *)retired - offsetof(struct sounding, retired));
}

static void tone_read(struct media_terminal *t, int16_t *frame)
{
	struct sounding *s = atomic_load(&self(t)->now);

	if (s)
		tone_make(&s->tone, frame, FRAME_SAMPLES);
	else
		memset(frame, 0, FRAME_SAMPLES * sizeof(*frame));
}

static void tone_free(struct media_terminal *t)
{
	mem_free(atomic_load(&self(t)->now));
	mem_free(t);
}

static const struct terminal_ops tone_ops = {
	.version = TERMINAL_VERSION,
	.name = "Tone",
	.read = tone_read,
	.free = tone_free,
};

int media_tone_set(struct media_terminal *t, const uint32_t frequency[4], int32_t amplitude,
		uint32_t on_ms, uint32_t off_ms)
{
	struct sounding *s = mem_new(struct sounding), *old;

	if (!s)
		return -ENOMEM;
	tone_set(&s->tone, frequency, amplitude, on_ms, off_ms);
	old = atomic_exchange(&self(t)->now, s);
	if (old)
		engine_retire(&old->retired, free_sounding);
	return 0;
}

struct media_terminal *media_tone_new(uint64_t id)
{
	struct tone_terminal *t = mem_new(struct tone_terminal);

	if (!t)
		return NULL;
	terminal_init(&t->base, &tone_ops, id);
	return &t->base;
}
