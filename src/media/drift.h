// SPDX-License-Identifier: MIT
/* drift.h - two clocks that are not quite alike: from how full the ring between them is, how much
 * faster its sound must be used up. A PI controller, slow enough that nobody hears it. */
#ifndef MEDIA_DRIFT_H
#define MEDIA_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

#define DRIFT_PPM_MAX 10000 /* 1 % */

#define DRIFT_WINDOW 32

struct drift {
	double seen[DRIFT_WINDOW]; /* levels of this window */
	unsigned int seen_count;
	double level_ms;            /* filtered */
	double setpoint_ms;         /* that it is kept at */
	double integral;            /* ppm */
	uint64_t begun_ns, last_ns; /* of settling; of the window before */
	int32_t ppm;
	bool begun, settled;
};

void drift_init(struct drift *d);
/* The level has jumped: where it stands now is looked at again. What has been learnt stays. */
void drift_resettle(struct drift *d);
/* Returns ppm: input to use up for each output above what the rates say. The level is kept where it
 * stood in the first second, if that is near the target. */
int32_t drift_step(struct drift *d, double level_ms, double target_ms, uint64_t now_ns);

#endif
