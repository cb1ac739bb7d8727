// SPDX-License-Identifier: MIT
/* lines.c - sys-lines: an application that opens all lines, makes a call on each, does the same
 * with those that come, and says what becomes of them. Ends with SIGTERM. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

enum { VERSION = 0x00020002 };

static volatile sig_atomic_t stopping;
static HLINEAPP app;

static void on_term(int n)
{
	(void)n;
	stopping = 1;
}

static void say(const char *what, DWORD device, const char *detail)
{
	printf("%s %u %s\n", what, device, detail);
	(void)fflush(stdout);
}

static LONG open_line(DWORD device)
{
	LINEEXTENSIONID extension;
	DWORD version;
	HLINE line;
	HCALL call;
	LONG error = lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension);

	if (error >= 0)
		error = lineOpen(app, device, &line, version, 0, device, LINECALLPRIVILEGE_OWNER,
				LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
	if (error >= 0)
		error = lineMakeCall(line, &call, "1", 0, NULL);
	return error < 0 ? error : 0;
}

static const char *name_of(DWORD device)
{
	static union {
		LINEDEVCAPS caps;
		char room[4096];
	} u;

	memset(&u, 0, sizeof(u));
	u.caps.dwTotalSize = sizeof(u);
	if (lineGetDevCaps(app, device, VERSION, 0, &u.caps) < 0 || !u.caps.dwLineNameSize)
		return "?";
	return u.room + u.caps.dwLineNameOffset;
}

/* LINE_CREATE: everything must work at once. */
static void line_came(DWORD device)
{
	struct tapix_reason why;

	say("created", device, name_of(device));
	if (open_line(device) >= 0)
		return;
	(void)tapixGetLastReason(&why);
	say("failed", device, why.sentence);
}

static void line_went(DWORD device)
{
	say("removed", device, open_line(device) == LINEERR_NODEVICE ? "nodevice" : "?");
}

static void on_message(const LINEMESSAGE *m)
{
	struct tapix_reason why;

	switch (m->dwMessageID) {
	case LINE_CREATE:
		line_came((DWORD)m->dwParam1);
		break;
	case LINE_REMOVE:
		line_went((DWORD)m->dwParam1);
		break;
	case LINE_CLOSE:
		(void)tapixGetCloseReason(m->hDevice, &why);
		say("closed", (DWORD)m->dwCallbackInstance, why.sentence);
		break;
	case LINE_CALLSTATE:
		if (m->dwParam1 == LINECALLSTATE_CONNECTED)
			say("connected", (DWORD)m->dwCallbackInstance, "");
		if (m->dwParam1 == LINECALLSTATE_IDLE)
			say("idle", (DWORD)m->dwCallbackInstance, "");
		break;
	default:
		break;
	}
}

int main(void)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = VERSION;
	LINEMESSAGE m;

	(void)signal(SIGTERM, on_term);
	if (lineInitializeEx(&app, 0, NULL, "sys-lines", &devices, &version, &params))
		return 1;
	for (DWORD device = 0; device < devices; device++)
		if (open_line(device) == 0)
			say("opened", device, name_of(device));
	printf("ready\n");
	(void)fflush(stdout);
	while (!stopping)
		if (lineGetMessage(app, &m, 100) == 0)
			on_message(&m);
	return lineShutdown(app) != 0;
}
