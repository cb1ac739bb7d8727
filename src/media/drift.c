// SPDX-License-Identifier: MIT
/* drift.c - the controller. A level that is e ms too high falls by u/1000 ms a second when the
 * ratio is raised by u ppm; with the gains below the loop is critically damped at 0.1 rad/s, so
 * 200 ppm of drift move the level by 0.8 ms, and noise of 1 ms the pitch by less than 0.01 %. */
#include "media/drift.h"

#include <string.h>

#define FILTER_S       0.5   /* time constant of the level's filter */
#define GAIN_LEVEL     200.0 /* ppm for each ms */
#define GAIN_INTEGRAL  10.0  /* ppm a second for each ms */
#define STEP_LONGEST_S 0.5   /* a thread that slept does not count as time */
#define WINDOW_NS      250000000u
#define SETTLE_NS      1500000000u
#define BELOW_MS       15.0 /* of the target: still good if nothing runs dry */
#define ABOVE_MS       20.0

static double bounded(double value, double low, double high)
{
	return value > high ? high : value < low ? low : value;
}

static double bounded_ppm(double ppm)
{
	return bounded(ppm, -DRIFT_PPM_MAX, DRIFT_PPM_MAX);
}

void drift_init(struct drift *d)
{
	memset(d, 0, sizeof(*d));
}

void drift_resettle(struct drift *d)
{
	d->begun = d->settled = false;
}

/* A thread that is late now and then sees levels that are nobody's: the middle one counts. */
static double median(double *values, unsigned int count)
{
	for (unsigned int i = 1; i < count; i++) {
		double v = values[i];
		unsigned int at = i;

		for (; at > 0 && values[at - 1] > v; at--)
			values[at] = values[at - 1];
		values[at] = v;
	}
	return values[count / 2];
}

static void control(struct drift *d, double target_ms, double dt)
{
	double error;

	/* The target may have grown since. */
	d->setpoint_ms = bounded(d->setpoint_ms, target_ms - BELOW_MS, target_ms + ABOVE_MS);
	error = d->level_ms - d->setpoint_ms;
	d->integral = bounded_ppm(d->integral + GAIN_INTEGRAL * error * dt);
	d->ppm = (int32_t)bounded_ppm(GAIN_LEVEL * error + d->integral);
}

int32_t drift_step(struct drift *d, double level_ms, double target_ms, uint64_t now_ns)
{
	double dt;

	if (!d->begun) {
		d->seen_count = 0;
		d->level_ms = level_ms;
		d->begun_ns = d->last_ns = now_ns;
		d->begun = true;
	}
	if (d->seen_count < DRIFT_WINDOW)
		d->seen[d->seen_count++] = level_ms;
	if (now_ns - d->last_ns < WINDOW_NS)
		return d->ppm;
	dt = bounded((double)(now_ns - d->last_ns) / 1e9, 0, STEP_LONGEST_S);
	d->last_ns = now_ns;
	d->level_ms += (median(d->seen, d->seen_count) - d->level_ms) * dt / (FILTER_S + dt);
	d->seen_count = 0;
	if (d->settled) {
		control(d, target_ms, dt);
	} else if (now_ns - d->begun_ns >= SETTLE_NS) {
		d->settled = true;
		d->setpoint_ms = d->level_ms;
	}
	return d->ppm;
}
