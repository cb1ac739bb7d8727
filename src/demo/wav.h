// SPDX-License-Identifier: MIT
/* wav.h - reads a 16-bit PCM WAV file whole, for the proof; shares nothing with src/media on
 * purpose, so that the proof does not trust the code that it judges. */
#ifndef DEMO_WAV_H
#define DEMO_WAV_H

#include <stddef.h>

struct wav {
	double *samples; /* the first channel, -1..1 */
	size_t count;
	unsigned rate;
};

/* 0 or -errno; -EINVAL: not a 16-bit PCM WAV file. */
int wav_load(const char *path, struct wav *out);
void wav_fini(struct wav *w);

#endif
