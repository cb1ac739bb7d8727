// SPDX-License-Identifier: MIT
/* correlate.h - how much of a source is in a recording, wherever it starts. */
#ifndef DEMO_CORRELATE_H
#define DEMO_CORRELATE_H

#include "demo/wav.h"

struct match {
	double score; /* normalised cross-correlation at the best place, -1..1; 0 for silence */
	double at_s;  /* where in the recording */
};

/* Both have a multiple of 8 kHz and are limited to the telephone band; the recording is brought to
 * 8 kHz, the source is tried at every sub-sample phase of its own rate. 0, -EINVAL (rates, or
 * shorter than the source), -ENOMEM. */
int correlate(const struct wav *recording, const struct wav *source, struct match *out);

#endif
