// SPDX-License-Identifier: MIT
/* fake_pcm.c - sound devices on the virtual clock. */
#include "fake_pcm.h"

#include "base/clock.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TURN 6.283185307179586

struct pcm {
	struct fake_device *device;
	bool capture, started, stopped;
	uint64_t started_ns, moved; /* frames since the start */
	struct pcm_format format;
	uint64_t queued; /* render: written before the start */
};

static struct fake_device *devices;

void fake_pcm_set(struct fake_device *d)
{
	devices = d;
}

static int fake_open(const char *name, bool capture, const struct pcm_format *wanted,
		struct pcm **out, struct pcm_format *format, char why[PCM_WHY])
{
	struct fake_device *d = devices;
	struct pcm *p;

	while (d->name && strcmp(d->name, name) != 0)
		d++;
	if (!d->name || d->open_error) {
		(void)snprintf(why, PCM_WHY, d->name ? "it does not open" : "there is no such one");
		return d->name ? d->open_error : -ENOENT;
	}
	p = calloc(1, sizeof(*p));
	if (!p)
		return -ENOMEM;
	p->device = d;
	p->capture = capture;
	p->format = (struct pcm_format){ .rate = d->rate,
		.channels = d->channels,
		.period = wanted->period * d->rate / 1000,
		.buffer = wanted->buffer * d->rate / 1000 };
	*format = p->format;
	*out = p;
	d->opens++;
	return 0;
}

static void fake_close(struct pcm *p)
{
	p->device->closes++;
	free(p);
}

static int fake_start(struct pcm *p)
{
	p->started = true;
	p->started_ns = clock_now_ns();
	p->moved = p->queued;
	return 0;
}

static void fake_wait(struct pcm *p, int wake_fd, int timeout_ms)
{
	(void)p;
	(void)wake_fd;
	(void)timeout_ms;
}

/* What the device's own clock has come to. */
static uint64_t elapsed(const struct pcm *p)
{
	double seconds = (double)(clock_now_ns() - p->started_ns) / 1e9;

	return (uint64_t)(seconds * p->format.rate * (1 + p->device->ppm / 1e6));
}

static long fake_avail(struct pcm *p)
{
	int error = p->device->error;
	uint64_t at = elapsed(p);
	int64_t n;

	p->device->error = 0;
	if (error || p->stopped) {
		p->stopped = true;
		return error ? error : -EPIPE;
	}
	if (!p->started)
		return p->capture ? 0 : (long)(p->format.buffer - p->queued);
	n = p->capture ? (int64_t)(at - p->moved) : (int64_t)(p->format.buffer - (p->moved - at));
	if (n >= (int64_t)p->format.buffer && (p->capture || at > p->moved)) {
		p->stopped = true;
		return -EPIPE;
	}
	return (long)n;
}

static long fake_read(struct pcm *p, int16_t *frames, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		p->device->phase += TURN * 440 / p->format.rate;
		for (uint32_t c = 0; c < p->format.channels; c++)
			*frames++ = (int16_t)lrint(8000 * sin(p->device->phase));
	}
	p->moved += count;
	p->device->frames += count;
	return (long)count;
}

static long fake_write(struct pcm *p, const int16_t *frames, size_t count)
{
	struct fake_device *d = p->device;

	for (size_t i = 0; i < count; i++) {
		int16_t v = frames[i * p->format.channels];

		d->heard += v > 100 || v < -100;
		d->phase += TURN * 440 / p->format.rate;
		d->power += (double)v * v;
		d->energy[0] += v * sin(d->phase);
		d->energy[1] += v * cos(d->phase);
	}
	if (p->started)
		p->moved += count;
	else
		p->queued += count;
	d->frames += count;
	return (long)count;
}

static long fake_delay(struct pcm *p)
{
	long n = p->stopped ? 0 : fake_avail(p);

	return n < 0 ? 0 : p->capture ? n : (long)p->format.buffer - n;
}

static int fake_recover(struct pcm *p, int error)
{
	if (error != -EPIPE)
		return p->device->recovery;
	p->stopped = p->started = false;
	p->moved = p->queued = 0;
	return 0;
}

const struct pcm_ops fake_pcm = {
	.open = fake_open,
	.close = fake_close,
	.start = fake_start,
	.wait = fake_wait,
	.avail = fake_avail,
	.read = fake_read,
	.write = fake_write,
	.delay = fake_delay,
	.recover = fake_recover,
};
