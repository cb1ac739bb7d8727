// SPDX-License-Identifier: MIT
/* dial.c - a call with TAPI 2.x: dial LINE NUMBER. Prints the call's states; the first interrupt
 * hangs up. tapi_line_media() gives the call its sound, which needs no more code here. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <tapi.h>
#include <tapi3.h>
#include <tapix.h>

static volatile sig_atomic_t hang_up;

static void on_interrupt(int signal)
{
	(void)signal;
	hang_up = 1;
}

static int say(const char *what, const struct tapix_reason *why)
{
	fprintf(stderr, "dial: %s: %s [%s]\n", what, why->sentence, why->cause);
	return 1;
}

static int failed(const char *what)
{
	struct tapix_reason why;

	tapixGetLastReason(&why);
	return say(what, &why);
}

/* Messages until the call is idle. */
static int talk(HLINEAPP app, const HCALL *call)
{
	struct tapix_reason why;
	LINEMESSAGE m;

	for (;;) {
		LONG error = lineGetMessage(app, &m, 200);

		if (hang_up && *call) {
			(void)lineDrop(*call, NULL, 0);
			hang_up = 0;
		}
		if (error)
			continue;
		if (m.dwMessageID == LINE_REPLY &&
				!tapixGetReplyReason(app, (DWORD)m.dwParam1, &why))
			return say("no call", &why);
		if (m.dwMessageID != LINE_CALLSTATE)
			continue;
		printf("%s\n", tapixConstantName("LINECALLSTATE_", (DWORD)m.dwParam1));
		(void)fflush(stdout);
		if (m.dwParam1 == LINECALLSTATE_DISCONNECTED || m.dwParam1 == LINECALLSTATE_BUSY) {
			if (!tapixGetCallReason(*call, &why) && why.layer)
				(void)say("the call ended", &why);
			(void)lineDrop(*call, NULL, 0);
		}
		if (m.dwParam1 == LINECALLSTATE_IDLE)
			return 0;
	}
}

int main(int argc, char **argv)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD device = argc > 1 ? (DWORD)strtoul(argv[1], NULL, 10) : 0, devices,
	      version = 0x00020002;
	LINEEXTENSIONID extension;
	HLINEAPP app;
	HLINE line;
	HCALL call = 0;

	if (argc != 3)
		return fprintf(stderr, "usage: dial LINE NUMBER\n"), 2;
	(void)signal(SIGINT, on_interrupt);
	if (lineInitializeEx(&app, 0, NULL, "dial", &devices, &version, &params))
		return failed("no server");
	if (lineNegotiateAPIVersion(app, device, 0x00020000, 0x00020002, &version, &extension) ||
			lineOpen(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					NULL))
		return failed("no such line");
	if (tapi_line_media(line))
		(void)failed("the call will be silent");
	if (lineMakeCall(line, &call, argv[2], 0, NULL) < 0)
		return failed("no call");
	return talk(app, &call) | (lineShutdown(app) != 0);
}
