// SPDX-License-Identifier: MIT
/* talk_device.c - the microphone and the loudspeaker of a call of tapictl. */
#include "talk.h"

#include <stdio.h>
#include <string.h>

static LONG make(struct tapi_address *address, const char *name, TERMINAL_DIRECTION direction,
		struct tapi_terminal **out)
{
	LONG error;

	if (!name)
		return 0;
	error = tapi_address_create_terminal(address, TAPI_TERMINAL_AUDIO_DEVICE,
			TAPIMEDIATYPE_AUDIO, direction, out);
	return error < 0 ? error : tapi_terminal_set_device(*out, name);
}

enum exit_code talk_find_devices(struct talk *t)
{
	const struct options *o = t->options;
	struct tapi_address *address = NULL;
	LONG error;

	if (!o->mic && !o->speaker)
		return EXIT_DONE;
	error = tapi_address_from_handle(t->line, 0, &address);
	if (error >= 0)
		error = make(address, o->mic, TD_CAPTURE, &t->mic);
	if (error >= 0)
		error = make(address, o->speaker, TD_RENDER, &t->speaker);
	tapi_unref(address);
	return error < 0 ? complain("the sound devices", error) : EXIT_DONE;
}

LONG talk_use_devices(struct talk *t)
{
	LONG error = t->mic ? tapi_call_select_terminal(t->object, t->mic) : 0;

	if (error >= 0 && t->speaker)
		error = tapi_call_select_terminal(t->object, t->speaker);
	return error;
}

void talk_say_device(struct talk *t, struct tapi_terminal *terminal)
{
	char why[256];

	if (terminal && (terminal == t->mic || terminal == t->speaker) &&
			tapi_terminal_get_reason(terminal, why, sizeof(why)) > 0)
		fprintf(stderr, "tapictl: %s: %s; trying again\n",
				terminal == t->mic ? "microphone" : "speaker", why);
}

static void say_device(const struct talk *t, const char *what, struct tapi_terminal *terminal)
{
	struct tapi_device_figures f;

	memset(&f, 0, sizeof(f));
	if (!terminal || tapi_terminal_get_device_figures(terminal, &f, sizeof(f)) < 0 || !f.rate)
		return;
	if (t->options->json)
		printf(",\"%s\":{\"rate\":%u,\"channels\":%u,\"latency_ms\":%u,\"drift_ppm\":%d,"
		       "\"xruns\":%llu,\"gaps\":%llu,\"failures\":%u}",
				what, f.rate, f.channels, f.latency_ms, f.drift_ppm, f.xruns,
				f.gaps, f.failures);
	else
		printf("%s: %u Hz, %u channels, %u ms, drift %d ppm, %llu xruns, %llu gaps, "
		       "%u failures\n",
				what, f.rate, f.channels, f.latency_ms, f.drift_ppm, f.xruns,
				f.gaps, f.failures);
}

void talk_say_devices(const struct talk *t)
{
	say_device(t, "microphone", t->mic);
	say_device(t, "speaker", t->speaker);
}
