// SPDX-License-Identifier: MIT
/* drift.h - two clocks that are not quite alike: from how full the ring between them is, how much
 * faster its sound must be used up. A PI controller, slow enough that nobody hears it. */
#ifndef MEDIA_DRIFT_H
#define MEDIA_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

#define DRIFT_PPM_MAX 10000 /* 1 % */

struct drift {
	double level_ms; /* filtered: above what it should be */
	double integral; /* ppm */
	uint64_t last_ns;
	bool begun;
};

void drift_init(struct drift *d);
/* error_ms: the level above the target, now. Returns ppm: input to use up for each output above
 * what the rates say. */
int32_t drift_step(struct drift *d, double error_ms, uint64_t now_ns);

#endif
