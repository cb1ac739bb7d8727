// SPDX-License-Identifier: MIT
/* audio_device.c - the device thread's side of an audio terminal: opens the device while somebody
 * uses it, moves sound between it and the feed, keeps the feed at its level, and tries again when
 * the device has gone. */
#define LOG_TOPIC "media"
#include "media/audio.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/os.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define IDLE_NS        1000000000u /* so long the clock may be silent before the device is closed */
#define BUSY_NS        1500000000u /* so long somebody else may still be letting go of it */
#define BUSY_RETRY_MS  100u
#define PAUSE_FIRST_MS 250u
#define PAUSE_LAST_MS  8000u
#define STEER_NS       250000000u
#define WAIT_MS        100
#define UNPACED_MS     10
#define CAPTURE_MS     200
#define NOT_ASIDE_MS   20 /* of the latency: what does not stand in the feed */
#define TARGET_MIN     MS_TO_SAMPLES(25)
#define GROWTH_MAX     MS_TO_SAMPLES(100)

/* --- opening and closing -------------------------------------------------------------------- */

void audio_shut(struct audio *a)
{
	if (a->pcm)
		a->ops->close(a->pcm);
	resample_free(a->resample);
	a->pcm = NULL;
	a->resample = NULL;
	atomic_store(&a->now.running, false);
}

static void say(struct audio *a, const char *name, int error, const char *why)
{
	char text[TERMINAL_WHY];

	(void)snprintf(text, sizeof(text), "%.80s: %s", name, why);
	terminal_say(&a->base, text);
	log_error("audio %llu: %s", (unsigned long long)a->base.id, text);
	atomic_store(&a->failure, error);
	atomic_fetch_add(&a->now.failures, 1);
}

static void try_later(struct audio *a, uint64_t now, uint32_t pause_ms)
{
	a->retry_ns = now + (uint64_t)pause_ms * 1000000u;
}

/* What cannot be opened is tried again with a growing pause; the application hears of it once. */
static void open_failed(struct audio *a, const char *name, int error, const char *why, uint64_t now)
{
	if (error == -EBUSY && !a->pause_ms && now - a->wanted_ns < BUSY_NS) {
		try_later(a, now, BUSY_RETRY_MS);
		return;
	}
	if (!a->pause_ms)
		say(a, name, error, why);
	a->pause_ms = a->pause_ms ? a->pause_ms * 2 : PAUSE_FIRST_MS;
	if (a->pause_ms > PAUSE_LAST_MS)
		a->pause_ms = PAUSE_LAST_MS;
	try_later(a, now, a->pause_ms);
}

/* The feed must bridge what comes and goes in lumps on both sides. */
static void aim(struct audio *a, uint32_t latency_ms)
{
	uint32_t lump_ms = a->format.period * 1000 / a->format.rate;
	size_t target = MS_TO_SAMPLES(latency_ms) > MS_TO_SAMPLES(NOT_ASIDE_MS) + TARGET_MIN
					? MS_TO_SAMPLES(latency_ms) - MS_TO_SAMPLES(NOT_ASIDE_MS)
					: TARGET_MIN;

	if (target < TARGET_MIN + MS_TO_SAMPLES(lump_ms) - MS_TO_SAMPLES(PCM_PERIOD_MS))
		target = TARGET_MIN + MS_TO_SAMPLES(lump_ms) - MS_TO_SAMPLES(PCM_PERIOD_MS);
	feed_aim(&a->feed, target, target + GROWTH_MAX);
}

static void begin(struct audio *a, uint32_t latency_ms, uint64_t now)
{
	aim(a, latency_ms);
	if (!a->capture)
		feed_restart(&a->feed);
	drift_init(&a->drift);
	a->mono_at = a->mono_count = 0;
	a->moved = 0;
	a->pause_ms = 0;
	a->unpaced = a->started = false;
	a->opened_ns = a->steered_ns = now;
	terminal_say(&a->base, "");
	atomic_store(&a->now.rate, a->format.rate);
	atomic_store(&a->now.channels, a->format.channels);
	atomic_store(&a->now.running, true);
}

static struct resample *new_resample(const struct audio *a)
{
	return a->capture ? resample_new(a->format.rate, MEDIA_RATE, RESAMPLE_LIVE)
			  : resample_new(MEDIA_RATE, a->format.rate, RESAMPLE_LIVE);
}

static void open_device(struct audio *a, const char *name, uint32_t latency_ms, uint64_t now)
{
	/* What a microphone holds back is read at once: a large buffer delays nothing. */
	const struct pcm_format wanted = { .period = PCM_PERIOD_MS,
		.buffer = a->capture ? CAPTURE_MS : latency_ms * 3 / 5 };
	char why[PCM_WHY] = "no memory";
	int r = a->ops->open(name, a->capture, &wanted, &a->pcm, &a->format, why);

	if (!r) {
		a->resample = new_resample(a);
		if (a->resample) {
			begin(a, latency_ms, clock_now_ns());
			return;
		}
		audio_shut(a);
		r = -ENOMEM;
	}
	a->pcm = NULL;
	open_failed(a, name, r, why, now);
}

/* --- moving --------------------------------------------------------------------------------- */

/* Some devices are always ready (files, ALSA's null): then time is what paces them. */
static size_t allowance(struct audio *a, uint64_t now)
{
	uint64_t due = (now - a->opened_ns) / 1000u * a->format.rate / 1000000u;
	uint64_t grace = 3u * (uint64_t)a->format.buffer + a->format.rate / 5;

	if (!a->unpaced && a->moved > due + due / 50 + grace)
		a->unpaced = true;
	if (!a->unpaced)
		return a->format.rate; /* a second: no bound */
	due += a->format.buffer;
	return due > a->moved ? (size_t)(due - a->moved) : 0;
}

static void take_block(struct audio *a, size_t frames)
{
	int16_t made[AUDIO_BLOCK];
	size_t done = 0;

	for (size_t i = 0; i < frames; i++)
		a->mono[i] = a->block[i * a->format.channels];
	for (size_t i = 0; a->format.channels == 2 && i < frames; i++)
		a->mono[i] = (int16_t)((a->mono[i] + a->block[2 * i + 1]) / 2);
	while (done < frames) {
		size_t in = frames - done, out = AUDIO_BLOCK;

		resample_run(a->resample, a->mono + done, &in, made, &out);
		(void)ring_write(&a->feed.ring, made, out);
		if (!in && !out)
			break;
		done += in;
	}
}

/* Sound of the feed at the device's rate. */
static void make_block(struct audio *a, size_t frames, bool fair)
{
	int16_t made[AUDIO_BLOCK];
	size_t done = 0;

	while (done < frames) {
		size_t in = a->mono_count - a->mono_at, out = frames - done;

		resample_run(a->resample, a->mono + a->mono_at, &in, made + done, &out);
		a->mono_at += in;
		done += out;
		if (done < frames && a->mono_at == a->mono_count) {
			a->mono_at = 0;
			a->mono_count = MS_TO_SAMPLES(5);
			feed_take(&a->feed, a->mono, a->mono_count, fair);
		}
	}
	for (size_t i = 0; i < frames; i++)
		for (uint32_t c = 0; c < a->format.channels; c++)
			a->block[i * a->format.channels + c] = made[i];
}

static int capture(struct audio *a, size_t most)
{
	while (most) {
		long n = a->ops->avail(a->pcm);

		if (n > AUDIO_BLOCK)
			n = AUDIO_BLOCK;
		if (n > (long)most)
			n = (long)most;
		if (n > 0)
			n = a->ops->read(a->pcm, a->block, (size_t)n);
		if (n == 0 || n == -EAGAIN)
			return 0;
		if (n < 0)
			return (int)n;
		take_block(a, (size_t)n);
		a->moved += (uint64_t)n;
		most -= (size_t)n;
	}
	return 0;
}

static int render(struct audio *a, size_t most, uint64_t now)
{
	bool fair = now - atomic_load(&a->moved_ns) < 2 * (uint64_t)TICK_NS;

	while (most) {
		long n = a->ops->avail(a->pcm);

		if (n < 0)
			return (int)n;
		if (n > AUDIO_BLOCK)
			n = AUDIO_BLOCK;
		if (n > (long)most)
			n = (long)most;
		if (n == 0)
			return 0;
		make_block(a, (size_t)n, fair);
		/* It said that there is room. What it does not take after all is lost. */
		n = a->ops->write(a->pcm, a->block, (size_t)n);
		if (n == 0 || n == -EAGAIN)
			return 0;
		if (n < 0)
			return (int)n;
		a->moved += (uint64_t)n;
		most -= (size_t)n;
	}
	return 0;
}

/* The level as if the clock took or gave its sound evenly and not each 20 ms. */
static double level_ms(const struct audio *a, uint64_t now)
{
	uint64_t moved = atomic_load(&a->moved_ns);
	double used = (double)ring_used(&a->feed.ring) * 1000 / MEDIA_RATE;
	double since = now > moved ? (double)(now - moved) / 1e6 : 0;

	if (since > 2 * TICK_NS / 1e6)
		since = 2 * TICK_NS / 1e6;
	since -= TICK_NS / 2e6;
	return a->capture ? used - since : used + since;
}

static void steer(struct audio *a, uint64_t now)
{
	double target = (double)atomic_load(&a->feed.target) * 1000 / MEDIA_RATE;
	uint64_t jumps = atomic_load(&a->feed.gaps) + atomic_load(&a->feed.slips) +
			 atomic_load(&a->now.xruns);
	bool flows = now - atomic_load(&a->moved_ns) < 2 * (uint64_t)TICK_NS &&
		     atomic_load(&a->feed.primed);
	int32_t ppm;

	if (!flows) {
		drift_resettle(&a->drift); /* nothing to learn from */
		return;
	}
	if (jumps != a->jumps) {
		a->jumps = jumps;
		drift_resettle(&a->drift);
	}
	ppm = drift_step(&a->drift, level_ms(a, now), target, now);
	if (now - a->steered_ns < STEER_NS)
		return;
	a->steered_ns = now;
	resample_steer(a->resample, ppm);
	log_debug("audio %llu: level %.1f ms, at %.1f, kept at %.1f, %d ppm",
			(unsigned long long)a->base.id, a->drift.level_ms, level_ms(a, now),
			a->drift.setpoint_ms, (int)ppm);
	atomic_store(&a->now.drift_ppm, (int)ppm);
}

static int move(struct audio *a, uint64_t now)
{
	size_t most = allowance(a, now);
	int r = a->capture ? capture(a, most) : render(a, most, now);

	if (!r && !a->started)
		r = a->ops->start(a->pcm);
	if (r)
		return r;
	a->started = true;
	steer(a, now);
	atomic_store(&a->now.delay_ms,
			(unsigned int)((uint64_t)a->ops->delay(a->pcm) * 1000 / a->format.rate));
	return 0;
}

static int recover(struct audio *a, int error)
{
	int r;

	if (error == -EPIPE)
		atomic_fetch_add(&a->now.xruns, 1);
	log_debug("audio %llu: %s at %llu ms", (unsigned long long)a->base.id,
			os_error_text(-error),
			(unsigned long long)((clock_now_ns() - a->opened_ns) / 1000000u));
	r = a->ops->recover(a->pcm, error);
	a->started = false;
	return r == -EAGAIN ? 0 : r;
}

/* --- the turn ------------------------------------------------------------------------------- */

static bool in_use(const struct audio *a, uint64_t now)
{
	uint64_t touched = atomic_load(&a->touched_ns);

	return touched && (now < touched || now - touched < IDLE_NS);
}

static void run(struct audio *a, const char *name, uint64_t now)
{
	int r = move(a, now);

	if (r)
		r = recover(a, r);
	if (!r)
		return;
	audio_shut(a);
	say(a, name, r, os_error_text(-r));
	a->pause_ms = PAUSE_FIRST_MS;
	try_later(a, now, a->pause_ms);
}

static void next_wait(struct audio *a, uint64_t now, struct audio_wait *wait)
{
	wait->device = a->pcm && !a->unpaced && a->started;
	if (a->pcm) {
		wait->timeout_ms = wait->device ? WAIT_MS : UNPACED_MS;
		return;
	}
	wait->timeout_ms = a->retry_ns > now ? (int)((a->retry_ns - now) / 1000000u) + 1 : 0;
	if (in_use(a, now))
		return;
	atomic_store(&a->asleep, true);
	wait->timeout_ms = in_use(a, now) ? 0 : -1; /* it may have come in between */
}

void audio_turn(struct audio *a, struct audio_wait *wait)
{
	uint64_t now = clock_now_ns();
	char name[PCM_NAME_MAX + 1];
	uint32_t latency_ms;

	(void)pthread_mutex_lock(&a->lock);
	(void)snprintf(name, sizeof(name), "%s", a->name);
	latency_ms = a->latency_ms;
	if (a->obeyed != a->orders) {
		a->obeyed = a->orders;
		a->pause_ms = 0;
		a->retry_ns = 0;
		a->wanted_ns = 0;
		(void)pthread_mutex_unlock(&a->lock);
		audio_shut(a);
	} else {
		(void)pthread_mutex_unlock(&a->lock);
	}
	if (!in_use(a, now)) {
		audio_shut(a);
		a->wanted_ns = 0;
		a->pause_ms = 0;
	} else if (!a->wanted_ns) {
		a->wanted_ns = now;
		a->retry_ns = 0;
	}
	if (!a->pcm && a->wanted_ns && now >= a->retry_ns)
		open_device(a, name, latency_ms, now);
	now = clock_now_ns();
	if (a->pcm)
		run(a, name, now);
	next_wait(a, now, wait);
}
