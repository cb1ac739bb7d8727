// SPDX-License-Identifier: MIT
/* fake_pcm.h - sound devices for tests: they run on the virtual clock, faster or slower than it by
 * some ppm, overrun and underrun like real ones, and break when the test says so. */
#ifndef TESTS_MEDIA_FAKE_PCM_H
#define TESTS_MEDIA_FAKE_PCM_H

#include "media/pcm.h"

struct fake_device {
	const char *name;
	uint32_t rate, channels;
	int ppm;
	int open_error; /* open fails with it */
	int error;      /* the next avail does, once */
	int recovery;   /* what recover answers to other errors than -EPIPE */
	unsigned int opens, closes;
	uint64_t frames;  /* moved */
	uint64_t heard;   /* render: samples that were not silence */
	double phase;     /* capture: of a sine of 440 Hz, amplitude 8000 */
	double energy[2]; /* render: in phase with 440 Hz, and against it */
	double power;     /* render: of all */
};

extern const struct pcm_ops fake_pcm;

/* The devices that open finds; an array that ends with a name of NULL. */
void fake_pcm_set(struct fake_device *devices);

#endif
