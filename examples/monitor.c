// SPDX-License-Identifier: MIT
/* monitor.c - watches all lines with TAPI 2.x in a poll loop: monitor. It owns nothing and disturbs
 * nobody: calls are opened with LINECALLPRIVILEGE_MONITOR. */
#include <poll.h>
#include <stdio.h>
#include <tapi.h>
#include <tapix.h>

/* Called by tapiDispatch for each message. */
static void CALLBACK on_message(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	const char *name = tapixConstantName("LINE_", message);

	(void)p2, (void)p3;
	if (message == LINE_CALLSTATE) {
		printf("line %lu: call %#x: %s\n", (unsigned long)instance, device,
				tapixConstantName("LINECALLSTATE_", (DWORD)p1));
		if (p1 == LINECALLSTATE_IDLE)
			(void)lineDeallocateCall(device);
	} else {
		printf("line %lu: %s\n", (unsigned long)instance, name ? name : "message");
	}
	(void)fflush(stdout);
}

int main(void)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW };
	DWORD devices, version = 0x00020002, negotiated;
	LINEEXTENSIONID extension;
	struct tapix_reason why;
	struct pollfd wait = { .events = POLLIN };
	HLINEAPP app;
	HLINE line;

	if (lineInitializeEx(&app, 0, on_message, "monitor", &devices, &version, &params)) {
		tapixGetLastReason(&why);
		return fprintf(stderr, "monitor: %s\n", why.sentence), 1;
	}
	for (DWORD d = 0; d < devices; d++)
		if (lineNegotiateAPIVersion(app, d, 0x00020000, 0x00020002, &negotiated,
				    &extension) ||
				lineOpen(app, d, &line, negotiated, 0, d, LINECALLPRIVILEGE_MONITOR,
						0, NULL)) {
			tapixGetLastReason(&why);
			fprintf(stderr, "monitor: line %u: %s\n", d, why.sentence);
		}
	wait.fd = (int)tapixGetEventHandle(app);
	while (poll(&wait, 1, -1) > 0)
		if (tapiDispatch(wait.fd) < 0)
			break;
	tapixGetLastReason(&why);
	fprintf(stderr, "monitor: %s\n", why.sentence);
	return 1;
}
