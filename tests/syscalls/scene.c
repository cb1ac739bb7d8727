// SPDX-License-Identifier: MIT
/* scene.c - an application with a call between two of its own lines. It looks at states, not at
 * messages alone: a connection may break and be found again on the way. */
#include "scene.h"

#include "base/clock.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

enum { PATIENCE_MS = 30000, LOOK_MS = 20 };

static HLINEAPP app;
static HCALL offered;
static struct {
	DWORD id;
	bool here;
	LONG result;
} answer;

static enum scene refused(const char *what, LONG code, const struct tapix_reason *why)
{
	printf("%s: %#x %s [%s]\n", what, (unsigned)code, why->sentence, why->cause);
	return why->sentence[0] ? SCENE_REFUSED : SCENE_NO_REASON;
}

static enum scene failed(const char *what, LONG code)
{
	struct tapix_reason why;

	tapixGetLastReason(&why);
	return refused(what, code, &why);
}

static enum scene hangs(const char *what)
{
	printf("%s: nothing comes\n", what);
	return SCENE_HANGS;
}

static void take_message(void)
{
	LINEMESSAGE m;

	if (lineGetMessage(app, &m, LOOK_MS))
		return;
	if (m.dwMessageID == LINE_APPNEWCALL)
		offered = (HCALL)m.dwParam2;
	if (m.dwMessageID == LINE_REPLY && m.dwParam1 == answer.id) {
		answer.here = true;
		answer.result = (LONG)m.dwParam2;
	}
}

/* An asynchronous function: what it returned, and what comes later. */
static enum scene finish(const char *what, LONG id)
{
	uint64_t until = clock_now_ms() + PATIENCE_MS;
	struct tapix_reason why;

	if (id < 0)
		return failed(what, id);
	answer.id = (DWORD)id;
	answer.here = false;
	while (!answer.here && clock_now_ms() < until)
		take_message();
	if (!answer.here)
		return hangs(what);
	if (!answer.result)
		return SCENE_DONE;
	memset(&why, 0, sizeof(why));
	(void)tapixGetReplyReason(app, answer.id, &why);
	return refused(what, answer.result, &why);
}

static enum scene await_state(const char *what, HCALL call, DWORD state)
{
	uint64_t until = clock_now_ms() + PATIENCE_MS;
	LINECALLSTATUS now = { .dwTotalSize = sizeof(now) };
	struct tapix_reason why;
	LONG code;

	do {
		take_message();
		code = lineGetCallStatus(call, &now);
		if (code)
			return failed(what, code);
		if (now.dwCallState == state)
			return SCENE_DONE;
		if (now.dwCallState == LINECALLSTATE_IDLE) {
			memset(&why, 0, sizeof(why));
			(void)tapixGetCallReason(call, &why);
			return refused(what, 0, &why);
		}
	} while (clock_now_ms() < until);
	return hangs(what);
}

static enum scene open_line(DWORD device, HLINE *line)
{
	LINEEXTENSIONID extension;
	DWORD version;
	LONG code = lineNegotiateAPIVersion(app, device, 0x00020000, 0x00020002, &version,
			&extension);

	if (code)
		return failed("lineNegotiateAPIVersion", code);
	code = lineOpen(app, device, line, version, 0, 0, LINECALLPRIVILEGE_OWNER,
			LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
	return code ? failed("lineOpen", code) : SCENE_DONE;
}

static enum scene call(HLINE from)
{
	uint64_t until = clock_now_ms() + PATIENCE_MS;
	HCALL made = 0;
	enum scene result = finish("lineMakeCall", lineMakeCall(from, &made, "102", 0, NULL));

	while (!result && !offered) {
		take_message();
		if (clock_now_ms() >= until)
			return await_state("an offered call", made, LINECALLSTATE_CONNECTED);
	}
	if (!result)
		result = await_state("offered", offered, LINECALLSTATE_OFFERING);
	if (!result)
		result = finish("lineAnswer", lineAnswer(offered, NULL, 0));
	if (!result)
		result = await_state("the caller is connected", made, LINECALLSTATE_CONNECTED);
	if (!result)
		result = await_state("the called is connected", offered, LINECALLSTATE_CONNECTED);
	if (!result)
		result = finish("lineDrop", lineDrop(made, NULL, 0));
	if (!result)
		result = await_state("the caller is idle", made, LINECALLSTATE_IDLE);
	if (!result && lineDeallocateCall(made))
		result = failed("lineDeallocateCall", -1);
	return result;
}

/* Whoever has given up says why. */
static enum scene mend_provider(void)
{
	struct tapix_provider p;
	DWORD count = 1;
	LONG code = tapixGetProviders(app, &p, sizeof(p), &count);

	if (code)
		return failed("tapixGetProviders", code);
	if (!count || strcmp(p.state, "failed") != 0)
		return SCENE_DONE;
	(void)refused("the provider", 0, &p.reason);
	if (!p.reason.sentence[0])
		return SCENE_NO_REASON;
	code = tapixRestartProvider(app, p.permanent_provider_id);
	return code ? failed("tapixRestartProvider", code) : SCENE_REFUSED;
}

enum scene scene_play(bool mend)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = 0x00020002;
	HLINE from, to;
	enum scene result;
	LONG code = lineInitializeEx(&app, 0, NULL, "scene", &devices, &version, &params);

	if (code)
		return failed("lineInitializeEx", code);
	result = mend ? mend_provider() : SCENE_DONE;
	if (!result)
		result = open_line(0, &from);
	if (!result)
		result = open_line(1, &to);
	if (!result)
		result = call(from);
	code = lineShutdown(app);
	return result || !code ? result : failed("lineShutdown", code);
}
