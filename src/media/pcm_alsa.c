// SPDX-License-Identifier: MIT
/* pcm_alsa.c - sound devices by libasound. A device that has none of our formats is opened again
 * behind ALSA's plug, which converts. */
#include "media/pcm.h"
#include "media/pcm_error.h"

#include "base/mem.h"

#include <alsa/asoundlib.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#define RATE_BEST 48000
#define RATE_MIN  8000
#define RATE_MAX  192000
#define FDS_MAX   16

struct pcm {
	snd_pcm_t *handle;
	bool capture;
};

/* As the device itself can, so that nobody converts the rate worse than we do; then any. */
static int set_rate(snd_pcm_t *h, snd_pcm_hw_params_t *params, uint32_t *rate)
{
	static const unsigned int rates[] = { 16000, 48000, 44100, 8000 };
	unsigned int near = RATE_BEST;
	int r;

	for (unsigned int resample = 0; resample < 2; resample++) {
		r = snd_pcm_hw_params_set_rate_resample(h, params, resample);
		for (size_t i = 0; r >= 0 && i < sizeof(rates) / sizeof(rates[0]); i++) {
			if (snd_pcm_hw_params_test_rate(h, params, rates[i], 0) < 0)
				continue;
			*rate = rates[i];
			return snd_pcm_hw_params_set_rate(h, params, rates[i], 0);
		}
	}
	r = snd_pcm_hw_params_set_rate_near(h, params, &near, NULL);
	*rate = near;
	return r < 0 ? r : near < RATE_MIN || near > RATE_MAX ? -EINVAL : 0;
}

static int set_channels(snd_pcm_t *h, snd_pcm_hw_params_t *params, uint32_t *channels)
{
	for (unsigned int n = 1; n <= PCM_CHANNELS_MAX; n++) {
		if (snd_pcm_hw_params_test_channels(h, params, n) < 0)
			continue;
		*channels = n;
		return snd_pcm_hw_params_set_channels(h, params, n);
	}
	return -EINVAL;
}

static int set_sizes(snd_pcm_t *h, snd_pcm_hw_params_t *params, const struct pcm_format *wanted,
		struct pcm_format *f)
{
	snd_pcm_uframes_t period = (snd_pcm_uframes_t)wanted->period * f->rate / 1000;
	snd_pcm_uframes_t buffer = (snd_pcm_uframes_t)wanted->buffer * f->rate / 1000;
	int r = snd_pcm_hw_params_set_period_size_near(h, params, &period, NULL);

	if (r < 0)
		return r;
	if (buffer < 2 * period)
		buffer = 2 * period;
	r = snd_pcm_hw_params_set_buffer_size_near(h, params, &buffer);
	if (r < 0)
		return r;
	f->period = (uint32_t)period;
	f->buffer = (uint32_t)buffer;
	return 0;
}

static int set_hardware(snd_pcm_t *h, const struct pcm_format *wanted, struct pcm_format *f)
{
	snd_pcm_hw_params_t *params;
	int r = snd_pcm_hw_params_malloc(&params);

	if (r < 0)
		return r;
	r = snd_pcm_hw_params_any(h, params);
	if (r >= 0)
		r = snd_pcm_hw_params_set_access(h, params, SND_PCM_ACCESS_RW_INTERLEAVED);
	if (r >= 0)
		r = snd_pcm_hw_params_set_format(h, params, SND_PCM_FORMAT_S16);
	if (r >= 0)
		r = set_channels(h, params, &f->channels);
	if (r >= 0)
		r = set_rate(h, params, &f->rate);
	if (r >= 0)
		r = set_sizes(h, params, wanted, f);
	if (r >= 0)
		r = snd_pcm_hw_params(h, params);
	snd_pcm_hw_params_free(params);
	return r < 0 ? r : 0;
}

/* Nothing starts by itself, and it stops when it has run dry or over. */
static int set_software(snd_pcm_t *h, const struct pcm_format *f)
{
	snd_pcm_sw_params_t *params;
	int r = snd_pcm_sw_params_malloc(&params);

	if (r < 0)
		return r;
	r = snd_pcm_sw_params_current(h, params);
	if (r >= 0)
		r = snd_pcm_sw_params_set_avail_min(h, params, f->period);
	if (r >= 0)
		r = snd_pcm_sw_params_set_start_threshold(h, params, f->buffer);
	if (r >= 0)
		r = snd_pcm_sw_params_set_stop_threshold(h, params, f->buffer);
	if (r >= 0)
		r = snd_pcm_sw_params(h, params);
	snd_pcm_sw_params_free(params);
	return r < 0 ? r : 0;
}

static int open_as(const char *name, bool capture, const struct pcm_format *wanted, snd_pcm_t **out,
		struct pcm_format *format)
{
	int r = snd_pcm_open(out, name, capture ? SND_PCM_STREAM_CAPTURE : SND_PCM_STREAM_PLAYBACK,
			SND_PCM_NONBLOCK);

	if (r < 0)
		return r;
	r = set_hardware(*out, wanted, format);
	if (!r)
		r = set_software(*out, format);
	if (r)
		(void)snd_pcm_close(*out);
	return r;
}

/* "plug:'NAME'"; -EINVAL if ALSA could not read that. */
static int open_plugged(const char *name, bool capture, const struct pcm_format *wanted,
		snd_pcm_t **out, struct pcm_format *format)
{
	size_t size = strlen(name) + sizeof("plug:''");
	char *plugged;
	int r;

	if (strchr(name, '\'') || strchr(name, '"') || strchr(name, '\\'))
		return -EINVAL;
	plugged = mem_alloc(size);
	if (!plugged)
		return -ENOMEM;
	(void)snprintf(plugged, size, "plug:'%s'", name);
	r = open_as(plugged, capture, wanted, out, format);
	mem_free(plugged);
	return r;
}

static int alsa_open(const char *name, bool capture, const struct pcm_format *wanted,
		struct pcm **out, struct pcm_format *format, char why[PCM_WHY])
{
	struct pcm *p = mem_new(struct pcm);
	struct pcm_errors errors;
	int r;

	if (!p)
		return -ENOMEM;
	p->capture = capture;
	pcm_errors_begin(&errors);
	r = open_as(name, capture, wanted, &p->handle, format);
	if (r == -EINVAL)
		r = open_plugged(name, capture, wanted, &p->handle, format);
	pcm_errors_end(&errors, r, why);
	if (r < 0)
		mem_free(p);
	else
		*out = p;
	return r < 0 ? r : 0;
}

static void alsa_close(struct pcm *p)
{
	struct pcm_errors errors;

	pcm_errors_begin(&errors);
	(void)snd_pcm_drop(p->handle);
	(void)snd_pcm_close(p->handle);
	pcm_errors_end(&errors, 0, NULL);
	mem_free(p);
}

static int alsa_start(struct pcm *p)
{
	snd_pcm_state_t state = snd_pcm_state(p->handle);

	return state == SND_PCM_STATE_PREPARED ? snd_pcm_start(p->handle) : 0;
}

static void alsa_wait(struct pcm *p, int wake_fd, int timeout_ms)
{
	struct pollfd fds[FDS_MAX + 1];
	unsigned short revents;
	int n = snd_pcm_poll_descriptors_count(p->handle);

	n = n < 0 || n > FDS_MAX ? 0 : snd_pcm_poll_descriptors(p->handle, fds, (unsigned int)n);
	if (n < 0)
		n = 0;
	fds[n] = (struct pollfd){ .fd = wake_fd, .events = POLLIN };
	if (poll(fds, (nfds_t)n + 1, timeout_ms) > 0 && n > 0)
		(void)snd_pcm_poll_descriptors_revents(p->handle, fds, (unsigned int)n, &revents);
}

static long alsa_avail(struct pcm *p)
{
	return snd_pcm_avail_update(p->handle);
}

static long alsa_read(struct pcm *p, int16_t *frames, size_t count)
{
	return snd_pcm_readi(p->handle, frames, count);
}

static long alsa_write(struct pcm *p, const int16_t *frames, size_t count)
{
	return snd_pcm_writei(p->handle, frames, count);
}

static long alsa_delay(struct pcm *p)
{
	snd_pcm_sframes_t frames;

	return snd_pcm_delay(p->handle, &frames) < 0 || frames < 0 ? 0 : frames;
}

static int alsa_recover(struct pcm *p, int error)
{
	int r;

	if (error == -ESTRPIPE) { /* the machine slept */
		r = snd_pcm_resume(p->handle);
		if (r == -EAGAIN || r == 0)
			return r;
		return snd_pcm_prepare(p->handle);
	}
	return error == -EPIPE ? snd_pcm_prepare(p->handle) : error;
}

static int quiet_recover(struct pcm *p, int error)
{
	struct pcm_errors errors;
	int r;

	pcm_errors_begin(&errors);
	r = alsa_recover(p, error);
	pcm_errors_end(&errors, 0, NULL);
	return r;
}

const struct pcm_ops pcm_alsa = {
	.open = alsa_open,
	.close = alsa_close,
	.start = alsa_start,
	.wait = alsa_wait,
	.avail = alsa_avail,
	.read = alsa_read,
	.write = alsa_write,
	.delay = alsa_delay,
	.recover = quiet_recover,
};
