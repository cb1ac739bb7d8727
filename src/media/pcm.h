// SPDX-License-Identifier: MIT
/* pcm.h - a sound device as its terminal sees it: a table of operations, so that tests can bring a
 * device whose clock is their own. Everything here is the device thread's; only open and wait may
 * take their time. Frames are 16 bit, channels interleaved. */
#ifndef MEDIA_PCM_H
#define MEDIA_PCM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PCM_PERIOD_MS    10
#define PCM_CHANNELS_MAX 2
#define PCM_WHY          160
#define PCM_NAME_MAX     200

struct pcm;

struct pcm_format {
	uint32_t rate, channels;
	uint32_t period, buffer; /* frames */
};

struct pcm_ops {
	/* Opens and sets up; wanted has a period and a buffer at 1000 frames a second, the
	 * device's own values come back. 0, or -errno and why. */
	int (*open)(const char *name, bool capture, const struct pcm_format *wanted,
			struct pcm **out, struct pcm_format *format, char why[PCM_WHY]);
	void (*close)(struct pcm *p);
	int (*start)(struct pcm *p);
	/* Until it is ready, something can be read from wake_fd, or the time is over. */
	void (*wait)(struct pcm *p, int wake_fd, int timeout_ms);
	/* Frames that read would give or write would take; or -errno. */
	long (*avail)(struct pcm *p);
	/* Frames moved, or -errno; -EAGAIN: none now. */
	long (*read)(struct pcm *p, int16_t *frames, size_t count);
	long (*write)(struct pcm *p, const int16_t *frames, size_t count);
	/* Frames between the application and the air. */
	long (*delay)(struct pcm *p);
	/* After an error: 0 if it can be started again, -EAGAIN: not yet, or -errno: it is gone. */
	int (*recover)(struct pcm *p, int error);
};

extern const struct pcm_ops pcm_alsa;

/* 0 if a PCM of this name is configured, whether it can be opened or not; or -errno and why. */
int pcm_check(const char *name, char why[PCM_WHY]);

/* The PCMs of this machine: calls each with a name and a description, "default" first. 0 or
 * -errno. */
typedef int (*pcm_each_fn)(void *arg, const char *name, const char *description, bool capture,
		bool render);
int pcm_each(pcm_each_fn each, void *arg);

#endif
