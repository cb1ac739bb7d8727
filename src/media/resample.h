// SPDX-License-Identifier: MIT
/* resample.h - conversion between MEDIA_RATE and another rate, mono. Behind it is speexdsp, and for
 * files at half of MEDIA_RATE the filter that codecs at 8 kHz have. */
#ifndef MEDIA_RESAMPLE_H
#define MEDIA_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

struct resample;

#define RESAMPLE_FILE 10 /* quality: for files, time does not count */
#define RESAMPLE_LIVE 5

/* The first output belongs to the first input: the filter's delay is left out. NULL: no memory. */
struct resample *resample_new(uint32_t from, uint32_t to, int quality);
void resample_free(struct resample *r);
/* Moves what fits, nothing perhaps if there is room for only one; *in and *out are capacities
 * before and what was moved after. */
void resample_run(struct resample *r, const int16_t *in, size_t *in_count, int16_t *out,
		size_t *out_count);
/* Not for files. Uses up the input faster by so many millionths (at most 1 %), or slower: for two
 * clocks that are not quite alike. May be called again and again; finer than the ratio can be set
 * on average. */
void resample_steer(struct resample *r, int32_t ppm);
/* Input samples that the filter still holds back: feed as many zeros at the end. */
size_t resample_tail(const struct resample *r);

#endif
