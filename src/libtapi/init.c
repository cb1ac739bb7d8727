// SPDX-License-Identifier: MIT
/* init.c - lineInitialize(Ex), lineShutdown and their phone twins: answered here, with one request
 * (TapixInitialize) that waits until the providers have reported. */
#include "libtapi/internal.h"

#include "base/trace.h"

#include <stddef.h>

enum { VERSION_1_4 = 0x00010004, VERSION_NEWEST = 0x00030001 };

struct initialize {
	struct app_options options;
	uint32_t *app_handle;
	LPDWORD devices, version;
	LPLINEINITIALIZEEXPARAMS params; /* the phone structure has the same members */
};

static DWORD mode_of(const LINEINITIALIZEEXPARAMS *p)
{
	return p ? p->dwOptions & ~LINEINITIALIZEEXOPTION_CALLHUBTRACKING
		 : LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
}

static LONG check(const struct initialize *in)
{
	DWORD mode;

	if (!in->app_handle || !in->devices || !in->version)
		return fail(LINEERR_INVALPOINTER, "NULL", "an out-argument is NULL");
	if (in->params && in->params->dwTotalSize < sizeof(*in->params))
		return fail(LINEERR_STRUCTURETOOSMALL, "structure",
				"dwTotalSize of the parameters is %u and must be at least %zu",
				in->params->dwTotalSize, sizeof(*in->params));
	if (*in->version < 0x00010003)
		return fail(LINEERR_INCOMPATIBLEAPIVERSION, "version",
				"*lpdwAPIVersion is %#x; it says which version the application "
				"wants",
				*in->version);
	mode = mode_of(in->params);
	if (mode == LINEINITIALIZEEXOPTION_USECOMPLETIONPORT)
		return fail(LINEERR_OPERATIONUNAVAIL, "notification mode",
				"there are no completion ports here; use an event (a descriptor)");
	if (mode != LINEINITIALIZEEXOPTION_USEHIDDENWINDOW &&
			mode != LINEINITIALIZEEXOPTION_USEEVENT)
		return fail(LINEERR_INVALPARAM, "notification mode", "dwOptions is %#x", mode);
	if (mode == LINEINITIALIZEEXOPTION_USEHIDDENWINDOW && !in->options.callback)
		return fail(LINEERR_INVALPOINTER, "NULL", "a callback is needed in this mode");
	return 0;
}

LONG app_await_providers(struct app *a, LPDWORD devices)
{
	TapixInitialize request = TAPIX_INITIALIZE__INIT;
	const TapixInitializeReply *reply;
	ProtobufCMessage *answer = NULL;
	struct arena arena;
	LONG result;

	arena_init(&arena, MESSAGE_MAX);
	app_lock(a);
	result = request_message(a, CALL_TapixInitialize, 0, &request.base, &arena, &answer);
	app_unlock(a);
	if (!result) {
		reply = (const TapixInitializeReply *)answer;
		*devices = a->devices = a->phone ? reply->num_phones : reply->num_lines;
	}
	arena_fini(&arena);
	return result;
}

static LONG initialize(struct initialize *in, const char *function)
{
	LONG result = check(in);
	struct app *a;

	trace_hop(TRACE_APP, function, 0, "%s", result ? "refused by libtapi" : "");
	if (result)
		return in->options.phone ? phone_error(result) : result;
	in->options.mode = mode_of(in->params);
	in->options.tracks_hubs = !in->options.phone && in->params &&
				  in->params->dwOptions & LINEINITIALIZEEXOPTION_CALLHUBTRACKING;
	in->options.api_version = *in->version < VERSION_NEWEST ? *in->version : VERSION_NEWEST;
	result = app_open(&in->options, &a);
	if (result)
		return result;
	result = app_await_providers(a, in->devices);
	if (result) {
		app_close(a);
		app_unref(a);
		return result;
	}
	*in->app_handle = a->handle;
	*in->version = a->server_version < VERSION_NEWEST ? a->server_version : VERSION_NEWEST;
	if (in->params) {
		in->params->dwNeededSize = in->params->dwUsedSize = sizeof(*in->params);
		if (in->options.mode == LINEINITIALIZEEXOPTION_USEEVENT)
			in->params->Handles.hEvent = a->gather;
	}
	app_unref(a); /* its handle keeps it */
	return 0;
}

LONG lineInitializeEx(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
		LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
		LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams)
{
	struct initialize in = { { false, 0, 0, lpfnCallback, lpszFriendlyAppName, false, false },
		lphLineApp, lpdwNumDevs, lpdwAPIVersion, lpLineInitializeExParams };

	(void)hInstance;
	return initialize(&in, __func__);
}

LONG lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
		LPCSTR lpszAppName, LPDWORD lpdwNumDevs)
{
	DWORD version = VERSION_1_4;
	struct initialize in = { { false, 0, 0, lpfnCallback, lpszAppName, false, false },
		lphLineApp, lpdwNumDevs, &version, NULL };

	(void)hInstance;
	return initialize(&in, __func__);
}

/* The two structures have the same members. */
_Static_assert(sizeof(PHONEINITIALIZEEXPARAMS) == sizeof(LINEINITIALIZEEXPARAMS) &&
				offsetof(PHONEINITIALIZEEXPARAMS, Handles) ==
						offsetof(LINEINITIALIZEEXPARAMS, Handles),
		"phone and line parameters differ");

LONG phoneInitializeEx(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance, PHONECALLBACK lpfnCallback,
		LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
		LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams)
{
	struct initialize in = { { true, 0, 0, lpfnCallback, lpszFriendlyAppName, false, false },
		lphPhoneApp, lpdwNumDevs, lpdwAPIVersion, NULL };
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = 0 };
	DWORD total;
	LONG result;

	(void)hInstance;
	if (!lpPhoneInitializeExParams)
		return initialize(&in, __func__);
	total = lpPhoneInitializeExParams->dwTotalSize;
	memcpy(&params, lpPhoneInitializeExParams, total < sizeof(params) ? total : sizeof(params));
	in.params = &params;
	result = initialize(&in, __func__);
	if (!result)
		memcpy(lpPhoneInitializeExParams, &params, sizeof(params));
	return result;
}

LONG phoneInitialize(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance, PHONECALLBACK lpfnCallback,
		LPCSTR lpszAppName, LPDWORD lpdwNumDevs)
{
	DWORD version = VERSION_1_4;
	struct initialize in = { { true, 0, 0, lpfnCallback, lpszAppName, false, false },
		lphPhoneApp, lpdwNumDevs, &version, NULL };

	(void)hInstance;
	return initialize(&in, __func__);
}

/* Drops the reference of the handle too. */
static LONG shut_down(uint32_t handle, enum handle_kind kind, const char *function)
{
	struct app *a;
	LONG result = app_get(handle, kind, &a);

	trace_hop(TRACE_APP, function, 0, "%s", "");
	if (result)
		return result;
	app_close(a);
	app_unref(a);
	return 0;
}

LONG lineShutdown(HLINEAPP hLineApp)
{
	return shut_down(hLineApp, HANDLE_LINEAPP, __func__);
}

LONG phoneShutdown(HPHONEAPP hPhoneApp)
{
	return shut_down(hPhoneApp, HANDLE_PHONEAPP, __func__);
}
