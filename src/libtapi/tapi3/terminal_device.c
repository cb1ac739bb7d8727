// SPDX-License-Identifier: MIT
/* terminal_device.c - terminals that are devices of this machine: which one, how it fares, and
 * speaking and listening in one step. */
#include "libtapi/tapi3/terminal_media.h"

#include <string.h>

enum { REASON_SIZE = 256 };

LONG tapi_terminal_set_device(struct tapi_terminal *terminal, const char *name)
{
	ENTER(terminal, MSP_IID_AUDIO_DEVICE, msp_audio_device, device);

	if (!result && !name)
		result = LINEERR_INVALPOINTER;
	return terminal_leave_with(terminal,
			result ? result : device->set_device(terminal->msp, name), "device",
			"take the device");
}

LONG tapi_terminal_get_device(struct tapi_terminal *terminal, char *text, size_t size)
{
	ENTER(terminal, MSP_IID_AUDIO_DEVICE, msp_audio_device, device);
	const char *name;

	if (!result)
		result = device->device(terminal->msp, &name);
	if (!result)
		result = text_out(name, text, size);
	return terminal_leave(result, "tell its device");
}

LONG tapi_terminal_set_device_latency(struct tapi_terminal *terminal, DWORD latency_ms)
{
	ENTER(terminal, MSP_IID_AUDIO_DEVICE, msp_audio_device, device);
	return terminal_leave(result ? result : device->set_latency(terminal->msp, latency_ms),
			"have this latency");
}

LONG tapi_terminal_get_device_figures(struct tapi_terminal *terminal,
		struct tapi_device_figures *out, size_t size)
{
	ENTER(terminal, MSP_IID_AUDIO_DEVICE, msp_audio_device, device);
	struct msp_audio_figures f;
	struct tapi_device_figures all;

	if (!result && !out)
		result = LINEERR_INVALPOINTER;
	if (!result)
		result = device->figures(terminal->msp, &f);
	if (!result) {
		all = (struct tapi_device_figures){ .running = f.running,
			.rate = f.rate,
			.channels = f.channels,
			.latency_ms = f.latency_ms,
			.drift_ppm = f.drift_ppm,
			.failures = f.failures,
			.xruns = f.xruns,
			.gaps = f.gaps };
		memcpy(out, &all, size < sizeof(all) ? size : sizeof(all));
	}
	return terminal_leave(result, "tell its figures");
}

LONG tapi_terminal_get_reason(struct tapi_terminal *terminal, char *text, size_t size)
{
	ENTER(terminal, MSP_IID_REASON, msp_reason, reason);
	char why[REASON_SIZE] = "";

	if (!result) {
		reason->reason(terminal->msp, why, sizeof(why));
		result = text_out(why, text, size);
	}
	return terminal_leave(result, "tell its reason");
}

/* --- In one step ----------------------------------------------------------------------------- */

/* A terminal of this device, not yet on the call; NULL: none is wished. */
static LONG make(struct tapi_call *call, const char *name, TERMINAL_DIRECTION direction,
		struct tapi_terminal **out)
{
	LONG result;

	*out = NULL;
	if (!name)
		return 0;
	result = tapi_call_request_terminal(call, TAPI_TERMINAL_AUDIO_DEVICE, TAPIMEDIATYPE_AUDIO,
			direction, out);
	if (!result)
		result = tapi_terminal_set_device(*out, name);
	return result;
}

static LONG put(struct tapi_call *call, struct tapi_terminal *terminal)
{
	return terminal ? tapi_call_select_terminal(call, terminal) : 0;
}

static void hand_out(struct tapi_terminal *terminal, LONG result, struct tapi_terminal **out)
{
	if (!result && out)
		*out = terminal;
	else
		tapi_unref(terminal);
}

LONG tapi_call_speak(struct tapi_call *call, const char *microphone, const char *speakers,
		struct tapi_terminal **microphone_out, struct tapi_terminal **speakers_out)
{
	struct tapi_terminal *mic = NULL, *speaker = NULL;
	struct tapix_reason why;
	LONG result = terminal_media_of(call);

	if (!result)
		result = make(call, microphone, TD_CAPTURE, &mic);
	if (!result)
		result = make(call, speakers, TD_RENDER, &speaker);
	if (!result)
		result = put(call, mic);
	if (!result) {
		result = put(call, speaker);
		if (result && mic) {
			tapixGetLastReason(&why);
			(void)tapi_call_unselect_terminal(call, mic);
			(void)fail_with(result, &why);
		}
	}
	hand_out(mic, result, microphone_out);
	hand_out(speaker, result, speakers_out);
	return result;
}
