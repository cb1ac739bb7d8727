// SPDX-License-Identifier: MIT
/* reject.c - sys-reject LINE [ring]: an application that refuses each call that is offered to it,
 * or lets it ring. Prints "ready" and ends with SIGTERM. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <tapi.h>
#include <tapix.h>

static volatile sig_atomic_t stopping;

static void on_term(int n)
{
	(void)n;
	stopping = 1;
}

int main(int argc, char **argv)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD device = argc > 1 ? (DWORD)atoi(argv[1]) : 0, devices, version = 0x00030001;
	LINEEXTENSIONID extension;
	struct tapix_reason why;
	LINEMESSAGE m;
	HLINEAPP app;
	HLINE line;

	(void)signal(SIGTERM, on_term);
	if (lineInitializeEx(&app, 0, NULL, "sys-reject", &devices, &version, &params) ||
			lineNegotiateAPIVersion(app, device, 0x00020000, 0x00030001, &version,
					&extension) ||
			lineOpen(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_OWNER,
					LINEMEDIAMODE_INTERACTIVEVOICE, NULL)) {
		tapixGetLastReason(&why);
		fprintf(stderr, "sys-reject: %s\n", why.sentence);
		return 1;
	}
	printf("ready\n");
	(void)fflush(stdout);
	while (!stopping) {
		if (lineGetMessage(app, &m, 100) || m.dwMessageID != LINE_CALLSTATE)
			continue;
		if (m.dwParam1 == LINECALLSTATE_OFFERING && argc < 3)
			(void)lineDrop(m.hDevice, NULL, 0);
		if (m.dwParam1 == LINECALLSTATE_IDLE)
			(void)lineDeallocateCall(m.hDevice);
	}
	return lineShutdown(app) != 0;
}
