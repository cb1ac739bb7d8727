// SPDX-License-Identifier: MIT
/* audio.c - the devices of this machine as static terminals, and what all terminals that are
 * devices can do. Devices that have gone stay in the list: they may be plugged in again. */
#include "rtp_msp.h"

#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define NAME_MAX_SHOWN 256

static const struct terminal_kind microphone = {
	.clsid = MSP_TERMINAL_MICROPHONE,
	.name = "Microphone",
	.capture = true,
	.make = media_audio_new,
};

static const struct terminal_kind speakers = {
	.clsid = MSP_TERMINAL_SPEAKERS,
	.name = "Speakers",
	.render = true,
	.make = media_audio_new,
};

/* --- static terminals ----------------------------------------------------------------------- */

static struct msp_terminal *find(struct msp_address *address, const char *device, DWORD direction)
{
	list_for(link, &address->terminals) {
		struct msp_terminal *t = list_entry(link, struct msp_terminal, link);

		if (t->fixed && t->direction == direction &&
				strcmp(media_audio_device(t->media), device) == 0)
			return t;
	}
	return NULL;
}

static int add(struct msp_address *address, const char *device, const char *description,
		DWORD direction)
{
	char name[NAME_MAX_SHOWN];
	struct msp_terminal *t;

	if (find(address, device, direction))
		return 0;
	if (terminal_new(address, direction == TD_CAPTURE ? &microphone : &speakers, direction,
			    &t) != 0)
		return -ENOMEM;
	(void)snprintf(name, sizeof(name), "%s%s%s", device, *description ? ": " : "", description);
	t->name = mem_strdup(name);
	t->fixed = true;
	if (!t->name) {
		terminal_free(t);
		return -ENOMEM;
	}
	if (strcmp(device, MEDIA_AUDIO_DEFAULT) != 0 &&
			media_audio_set_device(t->media, device) < 0)
		terminal_free(t); /* listed, but not configured */
	return 0;
}

static int add_both(void *arg, const char *device, const char *description, bool capture,
		bool render)
{
	int r = capture ? add(arg, device, description, TD_CAPTURE) : 0;

	return !r && render ? add(arg, device, description, TD_RENDER) : r;
}

LONG rtp_static_terminal(struct msp_address *address, DWORD index, struct msp_terminal **out)
{
	if (index == 0 && media_audio_each(add_both, address) == -ENOMEM)
		return TAPI_E_NOTENOUGHMEMORY;
	list_for(link, &address->terminals) {
		struct msp_terminal *t = list_entry(link, struct msp_terminal, link);

		if (t->fixed && index-- == 0) {
			*out = t;
			return 0;
		}
	}
	return TAPI_E_NOITEMS;
}

LONG rtp_default_static_terminal(struct msp_address *address, DWORD media_type, DWORD direction,
		struct msp_terminal **out)
{
	if (media_type != TAPIMEDIATYPE_AUDIO)
		return TAPI_E_NOITEMS;
	if (direction != TD_CAPTURE && direction != TD_RENDER)
		return TAPI_E_INVALIDDIRECTION;
	if (add(address, MEDIA_AUDIO_DEFAULT, "", direction) == -ENOMEM)
		return TAPI_E_NOTENOUGHMEMORY;
	*out = find(address, MEDIA_AUDIO_DEFAULT, direction);
	return *out ? 0 : TAPI_E_NOITEMS;
}

/* --- MSP_IID_AUDIO_DEVICE ------------------------------------------------------------------- */

static LONG set_device(struct msp_terminal *t, const char *name)
{
	int r;

	if (t->fixed)
		return TAPI_E_NOTSUPPORTED;
	r = media_audio_set_device(t->media, name);
	return r == 0 || r == -ENOMEM ? rtp_error(r) : TAPI_E_INVALIDTERMINAL;
}

static LONG device(struct msp_terminal *t, const char **out)
{
	*out = media_audio_device(t->media);
	return 0;
}

static LONG set_latency(struct msp_terminal *t, DWORD latency_ms)
{
	return rtp_error(media_audio_set_latency(t->media, latency_ms));
}

static LONG figures(struct msp_terminal *t, struct msp_audio_figures *out)
{
	struct media_audio_figures f;

	media_audio_figures(t->media, &f);
	*out = (struct msp_audio_figures){ .running = f.running,
		.rate = f.rate,
		.channels = f.channels,
		.latency_ms = f.latency_ms,
		.drift_ppm = f.drift_ppm,
		.failures = f.failures,
		.xruns = f.xruns,
		.gaps = f.gaps };
	return 0;
}

const struct msp_audio_device audio_device = {
	.set_device = set_device,
	.device = device,
	.set_latency = set_latency,
	.figures = figures,
};
