// SPDX-License-Identifier: MIT
/* audio.h - a sound device as a terminal, from inside: term_audio.c is the owner's and the clock
 * thread's side, audio_device.c the device thread's. Between clock and device is a feed; the
 * resampler on the device's side makes up for their clocks. */
#ifndef MEDIA_AUDIO_H
#define MEDIA_AUDIO_H

#include "media/drift.h"
#include "media/feed.h"
#include "media/pcm.h"
#include "media/resample.h"
#include "media/terminal.h"

#include <pthread.h>

#define AUDIO_BLOCK 480 /* frames moved in one go */

struct audio_figures_now { /* the device thread writes, anybody reads */
	_Atomic uint64_t xruns;
	atomic_uint failures, rate, channels, delay_ms;
	atomic_int drift_ppm;
	atomic_bool running;
};

struct audio {
	struct media_terminal base;
	bool capture;
	struct feed feed; /* at MEDIA_RATE */

	_Atomic uint64_t touched_ns; /* the clock thread has looked at it; 0: never */
	_Atomic uint64_t moved_ns;   /* and has moved a frame */
	atomic_int failure;          /* -errno of the last failure */
	atomic_bool asleep;          /* the device thread, until a byte comes */
	unsigned int told;           /* failures; the clock thread's */
	int wake[2];                 /* a pipe; -1 without a thread */

	pthread_mutex_t lock; /* of what follows; owner and device thread */
	char *name;
	uint32_t latency_ms;
	unsigned int orders; /* counts changes of the two above */
	bool threaded, ended;

	/* The device thread's */
	const struct pcm_ops *ops;
	unsigned int obeyed; /* orders that the open device goes by */
	struct pcm *pcm;     /* NULL: closed */
	struct pcm_format format;
	struct resample *resample;
	struct drift drift;
	uint64_t opened_ns, wanted_ns, retry_ns, steered_ns;
	uint64_t moved; /* frames since it was opened */
	uint64_t jumps; /* of the level, that the drift knows of */
	uint32_t pause_ms;
	bool unpaced, started;
	int16_t block[AUDIO_BLOCK * PCM_CHANNELS_MAX], mono[AUDIO_BLOCK];
	size_t mono_at, mono_count; /* render: taken of the feed, not yet resampled */

	struct audio_figures_now now;
};

/* What the device thread is to wait for. */
struct audio_wait {
	bool device;
	int timeout_ms; /* -1: for ever */
};

/* One turn of the device thread; tests make it themselves. */
void audio_turn(struct audio *a, struct audio_wait *wait);
void audio_shut(struct audio *a);

/* Tests: devices are opened by these operations from now on, and no threads are made; NULL: as
 * usual. */
void media_audio_set_ops(const struct pcm_ops *ops);
struct audio *media_audio_inside(struct media_terminal *t);

#endif
