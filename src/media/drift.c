// SPDX-License-Identifier: MIT
/* drift.c - the controller. A level that is e ms too high falls by u/1000 ms a second when the
 * ratio is raised by u ppm; with the gains below the loop is critically damped at 0.2 rad/s, so
 * 200 ppm of drift move the level by 0.4 ms, and noise of 1 ms the pitch by less than 0.01 %. */
#include "media/drift.h"

#include <string.h>

#define FILTER_S       0.5   /* time constant of the level's filter */
#define GAIN_LEVEL     400.0 /* ppm for each ms */
#define GAIN_INTEGRAL  40.0  /* ppm a second for each ms */
#define STEP_LONGEST_S 0.1   /* a thread that slept does not count as time */

static double bounded(double ppm)
{
	return ppm > DRIFT_PPM_MAX ? DRIFT_PPM_MAX : ppm < -DRIFT_PPM_MAX ? -DRIFT_PPM_MAX : ppm;
}

void drift_init(struct drift *d)
{
	memset(d, 0, sizeof(*d));
}

int32_t drift_step(struct drift *d, double error_ms, uint64_t now_ns)
{
	double dt = d->begun ? (double)(now_ns - d->last_ns) / 1e9 : 0;

	if (dt > STEP_LONGEST_S)
		dt = STEP_LONGEST_S;
	if (d->begun)
		d->level_ms += (error_ms - d->level_ms) * dt / (FILTER_S + dt);
	else
		d->level_ms = error_ms;
	d->begun = true;
	d->last_ns = now_ns;
	d->integral = bounded(d->integral + GAIN_INTEGRAL * d->level_ms * dt);
	return (int32_t)bounded(GAIN_LEVEL * d->level_ms + d->integral);
}
