// SPDX-License-Identifier: MIT
/* term_audio.c - the microphone and the loudspeaker: the owner's and the clock thread's side of an
 * audio terminal, and its device thread. */
#define LOG_TOPIC "media"
#include "media/audio.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RING_SAMPLES MS_TO_SAMPLES(1000)

static const struct pcm_ops *test_ops;

static struct audio *self(struct media_terminal *t)
{
	return (struct audio *)(void *)t;
}

static const struct audio *self_const(const struct media_terminal *t)
{
	return (const struct audio *)(const void *)t;
}

void media_audio_set_ops(const struct pcm_ops *ops)
{
	test_ops = ops;
}

struct audio *media_audio_inside(struct media_terminal *t)
{
	return self(t);
}

/* --- the clock thread ----------------------------------------------------------------------- */

static void wake_up(struct audio *a)
{
	if (atomic_exchange(&a->asleep, false) && a->wake[1] >= 0)
		(void)!write(a->wake[1], "", 1); /* it does not block: nobody else writes much */
}

static void touch(struct audio *a, uint64_t now)
{
	atomic_store(&a->touched_ns, now);
	if (atomic_load_explicit(&a->asleep, memory_order_seq_cst))
		wake_up(a);
}

static void audio_read(struct media_terminal *t, int16_t *frame)
{
	struct audio *a = self(t);
	uint64_t now = clock_now_ns();

	touch(a, now);
	feed_take(&a->feed, frame, FRAME_SAMPLES, atomic_load(&a->now.running));
	atomic_store(&a->moved_ns, now);
}

static void audio_write(struct media_terminal *t, const int16_t *frame)
{
	struct audio *a = self(t);
	uint64_t now = clock_now_ns();

	touch(a, now);
	if (ring_room(&a->feed.ring) >= FRAME_SAMPLES)
		(void)ring_write(&a->feed.ring, frame, FRAME_SAMPLES);
	atomic_store(&a->moved_ns, now);
}

/* Asked each tick of a call that has been agreed: so the device is opened before the first sound,
 * and not while the telephone rings. */
static bool audio_news(struct media_terminal *t, uint32_t *state, uint32_t *cause)
{
	struct audio *a = self(t);
	unsigned int failures = atomic_load(&a->now.failures);

	touch(a, clock_now_ns());
	if (failures == a->told)
		return false;
	a->told = failures;
	*state = (uint32_t)-atomic_load(&a->failure);
	*cause = 0;
	return true;
}

/* --- life ----------------------------------------------------------------------------------- */

static void destroy(struct audio *a)
{
	audio_shut(a);
	for (int i = 0; i < 2; i++)
		if (a->wake[i] >= 0)
			(void)close(a->wake[i]);
	feed_fini(&a->feed);
	(void)pthread_mutex_destroy(&a->lock);
	mem_free(a->name);
	mem_free(a);
}

static bool has_ended(struct audio *a)
{
	bool ended;

	(void)pthread_mutex_lock(&a->lock);
	ended = a->ended;
	(void)pthread_mutex_unlock(&a->lock);
	return ended;
}

static void device_main(void *arg)
{
	struct audio *a = arg;

	while (!has_ended(a)) {
		struct pollfd p = { .fd = a->wake[0], .events = POLLIN };
		struct audio_wait wait;
		char bytes[16];

		audio_turn(a, &wait);
		if (wait.device)
			a->ops->wait(a->pcm, a->wake[0], wait.timeout_ms);
		else
			(void)poll(&p, 1, wait.timeout_ms);
		while (read(a->wake[0], bytes, sizeof(bytes)) > 0)
			continue;
	}
	destroy(a);
}

static int make_wake(struct audio *a)
{
	if (pipe(a->wake) < 0) {
		a->wake[0] = a->wake[1] = -1;
		return -errno;
	}
	for (int i = 0; i < 2; i++) {
		(void)fcntl(a->wake[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(a->wake[i], F_SETFL, O_NONBLOCK);
	}
	return 0;
}

static int audio_prepare(struct media_terminal *t)
{
	struct audio *a = self(t);
	int r;

	if (a->threaded || test_ops)
		return 0;
	r = a->wake[0] < 0 ? make_wake(a) : 0;
	if (!r)
		r = engine_thread(device_main, a);
	a->threaded = !r;
	return r;
}

static void give_order(struct audio *a, bool end)
{
	(void)pthread_mutex_lock(&a->lock);
	a->orders++;
	a->ended = end;
	/* Under the lock: it is not freed before it has seen this. */
	if (a->wake[1] >= 0)
		(void)!write(a->wake[1], "", 1);
	(void)pthread_mutex_unlock(&a->lock);
}

static void audio_free(struct media_terminal *t)
{
	if (self(t)->threaded)
		give_order(self(t), true); /* the thread frees it */
	else
		destroy(self(t));
}

static const struct terminal_ops microphone_ops = {
	.version = TERMINAL_VERSION,
	.name = "Microphone",
	.device = true,
	.read = audio_read,
	.news = audio_news,
	.free = audio_free,
	.prepare = audio_prepare,
};

static const struct terminal_ops speaker_ops = {
	.version = TERMINAL_VERSION,
	.name = "Speakers",
	.device = true,
	.write = audio_write,
	.news = audio_news,
	.free = audio_free,
	.prepare = audio_prepare,
};

struct media_terminal *media_audio_new(uint64_t id, bool capture)
{
	struct audio *a = mem_new(struct audio);

	if (!a)
		return NULL;
	terminal_init(&a->base, capture ? &microphone_ops : &speaker_ops, id);
	a->capture = capture;
	a->latency_ms = MEDIA_LATENCY_MS;
	a->wake[0] = a->wake[1] = -1;
	a->ops = test_ops ? test_ops : &pcm_alsa;
	(void)pthread_mutex_init(&a->lock, NULL);
	a->name = mem_strdup(MEDIA_AUDIO_DEFAULT);
	if (a->name && feed_init(&a->feed, RING_SAMPLES) == 0)
		return &a->base;
	destroy(a);
	return NULL;
}

/* --- the owner ------------------------------------------------------------------------------ */

static int check_name(struct audio *a, const char *name)
{
	char why[PCM_WHY] = "the name is too long", text[TERMINAL_WHY];
	int r = strlen(name) > PCM_NAME_MAX ? -ENAMETOOLONG : 0;

	if (!r && !test_ops)
		r = pcm_check(name, why);
	(void)snprintf(text, sizeof(text), "%.80s: %s", name, why);
	terminal_say(&a->base, r ? text : "");
	if (r)
		log_error("audio %llu: %s", (unsigned long long)a->base.id, text);
	return r;
}

int media_audio_set_device(struct media_terminal *t, const char *name)
{
	struct audio *a = self(t);
	char *copy, *old;
	int r = check_name(a, name);

	if (r)
		return r;
	copy = mem_strdup(name);
	if (!copy)
		return -ENOMEM;
	(void)pthread_mutex_lock(&a->lock);
	old = a->name;
	a->name = copy;
	(void)pthread_mutex_unlock(&a->lock);
	mem_free(old);
	give_order(a, false);
	return 0;
}

const char *media_audio_device(const struct media_terminal *t)
{
	return self_const(t)->name; /* only the owner changes it */
}

int media_audio_set_latency(struct media_terminal *t, uint32_t latency_ms)
{
	struct audio *a = self(t);

	if (latency_ms < MEDIA_LATENCY_MS_MIN || latency_ms > MEDIA_LATENCY_MS_MAX)
		return -EINVAL;
	(void)pthread_mutex_lock(&a->lock);
	a->latency_ms = latency_ms;
	(void)pthread_mutex_unlock(&a->lock);
	give_order(a, false);
	return 0;
}

void media_audio_figures(const struct media_terminal *t, struct media_audio_figures *out)
{
	const struct audio *a = self_const(t);
	int ppm = atomic_load(&a->now.drift_ppm);

	out->running = atomic_load(&a->now.running);
	out->xruns = atomic_load(&a->now.xruns);
	out->gaps = atomic_load(&a->feed.gaps) + atomic_load(&a->feed.slips);
	out->failures = atomic_load(&a->now.failures);
	out->rate = atomic_load(&a->now.rate);
	out->channels = atomic_load(&a->now.channels);
	out->latency_ms = (uint32_t)(ring_used(&a->feed.ring) * 1000 / MEDIA_RATE) +
			  atomic_load(&a->now.delay_ms);
	/* A fast microphone must be used up faster, a fast loudspeaker slower. */
	out->drift_ppm = a->capture ? ppm : -ppm;
}

int media_audio_each(int (*each)(void *arg, const char *name, const char *description, bool capture,
				     bool render),
		void *arg)
{
	return pcm_each(each, arg);
}
