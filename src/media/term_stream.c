// SPDX-License-Identifier: MIT
/* term_stream.c - the media stream terminal: the application writes what it says, or reads what it
 * hears. Conversion of rate and channels happens on the application's thread. */
#include "media/resample.h"
#include "media/ring.h"
#include "media/terminal.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>

#define RING_SAMPLES (MEDIA_RATE / 2)
#define BLOCK        480
#define CHANNELS_MAX 2
#define RATE_DEFAULT 8000

struct stream_terminal {
	struct media_terminal base;
	bool capture;
	uint32_t rate, channels;
	struct ring ring;          /* at MEDIA_RATE */
	struct resample *resample; /* NULL: the rate is MEDIA_RATE */
	int16_t held[BLOCK];       /* read, of the ring, not yet converted */
	size_t held_at, held_count;
};

static struct stream_terminal *self(struct media_terminal *t)
{
	return (struct stream_terminal *)(void *)t;
}

static void stream_read(struct media_terminal *t, int16_t *frame)
{
	size_t n = ring_read(&self(t)->ring, frame, FRAME_SAMPLES);

	memset(frame + n, 0, (FRAME_SAMPLES - n) * sizeof(*frame));
}

/* The newest is left out when nobody reads: the reading side alone may move the ring's head. */
static void stream_write(struct media_terminal *t, const int16_t *frame)
{
	if (ring_room(&self(t)->ring) >= FRAME_SAMPLES)
		(void)ring_write(&self(t)->ring, frame, FRAME_SAMPLES);
}

static void stream_free(struct media_terminal *t)
{
	ring_fini(&self(t)->ring);
	resample_free(self(t)->resample);
	mem_free(t);
}

static const struct terminal_ops source_ops = {
	.version = TERMINAL_VERSION,
	.name = "Media Stream",
	.read = stream_read,
	.free = stream_free,
};

static const struct terminal_ops sink_ops = {
	.version = TERMINAL_VERSION,
	.name = "Media Stream",
	.write = stream_write,
	.free = stream_free,
};

int media_stream_set_format(struct media_terminal *t, uint32_t rate, uint32_t channels)
{
	struct stream_terminal *s = self(t);
	struct resample *resample = NULL;

	if (rate < 8000 || rate > 48000 || channels < 1 || channels > CHANNELS_MAX)
		return -EINVAL;
	if (rate != MEDIA_RATE) {
		resample = s->capture ? resample_new(rate, MEDIA_RATE, RESAMPLE_LIVE)
				      : resample_new(MEDIA_RATE, rate, RESAMPLE_LIVE);
		if (!resample)
			return -ENOMEM;
	}
	resample_free(s->resample);
	s->resample = resample;
	s->rate = rate;
	s->channels = channels;
	s->held_at = s->held_count = 0;
	return 0;
}

struct media_terminal *media_stream_new(uint64_t id, bool capture)
{
	struct stream_terminal *s = mem_new(struct stream_terminal);

	if (!s)
		return NULL;
	terminal_init(&s->base, capture ? &source_ops : &sink_ops, id);
	s->capture = capture;
	if (ring_init(&s->ring, RING_SAMPLES) == 0 &&
			media_stream_set_format(&s->base, RATE_DEFAULT, 1) == 0)
		return &s->base;
	stream_free(&s->base);
	return NULL;
}

void media_stream_format(const struct media_terminal *t, uint32_t *rate, uint32_t *channels)
{
	const struct stream_terminal *s = (const struct stream_terminal *)(const void *)t;

	*rate = s->rate;
	*channels = s->channels;
}

static void to_mono(const int16_t *in, uint32_t channels, int16_t *out, size_t frames)
{
	for (size_t i = 0; i < frames; i++)
		out[i] = channels == 1 ? in[i] : (int16_t)((in[2 * i] + in[2 * i + 1]) / 2);
}

long media_stream_write(struct media_terminal *t, const int16_t *samples, size_t frames)
{
	struct stream_terminal *s = self(t);
	int16_t mono[BLOCK], converted[BLOCK];
	size_t done = 0;

	if (!s->capture)
		return -EINVAL;
	while (done < frames) {
		size_t in = frames - done < BLOCK ? frames - done : BLOCK;
		size_t out = ring_room(&s->ring);

		to_mono(samples + done * s->channels, s->channels, mono, in);
		if (out > BLOCK)
			out = BLOCK;
		if (!s->resample) {
			in = ring_write(&s->ring, mono, in);
		} else {
			resample_run(s->resample, mono, &in, converted, &out);
			(void)ring_write(&s->ring, converted, out);
		}
		if (in == 0)
			break;
		done += in;
	}
	return (long)done;
}

/* Up to count mono samples at the terminal's rate. */
static size_t read_mono(struct stream_terminal *s, int16_t *out, size_t count)
{
	size_t in;

	if (!s->resample)
		return ring_read(&s->ring, out, count);
	if (s->held_at == s->held_count) {
		s->held_at = 0;
		s->held_count = ring_read(&s->ring, s->held, BLOCK);
	}
	in = s->held_count - s->held_at;
	resample_run(s->resample, s->held + s->held_at, &in, out, &count);
	s->held_at += in;
	return count;
}

long media_stream_read(struct media_terminal *t, int16_t *samples, size_t frames)
{
	struct stream_terminal *s = self(t);
	int16_t mono[BLOCK];
	size_t done = 0;

	if (s->capture)
		return -EINVAL;
	while (done < frames) {
		size_t want = frames - done < BLOCK ? frames - done : BLOCK;
		size_t n = read_mono(s, mono, want);

		if (n == 0)
			break;
		for (size_t i = 0; i < n; i++) {
			for (uint32_t c = 0; c < s->channels; c++)
				samples[(done + i) * s->channels + c] = mono[i];
		}
		done += n;
	}
	return (long)done;
}

size_t media_stream_ready(const struct media_terminal *t)
{
	const struct stream_terminal *s = (const struct stream_terminal *)(const void *)t;
	size_t n = s->capture ? ring_room(&s->ring)
			      : ring_used(&s->ring) + s->held_count - s->held_at;

	return (size_t)((uint64_t)n * s->rate / MEDIA_RATE);
}
