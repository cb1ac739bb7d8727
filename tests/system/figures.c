// SPDX-License-Identifier: MIT
/* figures.c - sys-figures LINE: as a monitor, prints what is known of the media of each call of the
 * line. Exit: 0 all calls told, 1 some did not, or there is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

enum { VERSION = 0x00020002, PATIENCE_MS = 30000 };

static HLINEAPP app;

static int complain(const char *what)
{
	struct tapix_reason why;

	tapixGetLastReason(&why);
	fprintf(stderr, "sys-figures: %s: %s: %s\n", what, why.cause, why.sentence);
	return 1;
}

static int print_figures(HCALL call)
{
	union {
		VARSTRING v;
		char room[2048];
	} u;
	struct tapix_reason why;
	LINEMESSAGE m;
	LONG id;

	memset(&u, 0, sizeof(u));
	u.v.dwTotalSize = sizeof(u);
	id = tapixGetCallMedia(call, &u.v);
	if (id < 0)
		return complain("refused");
	do {
		if (lineGetMessage(app, &m, PATIENCE_MS))
			return complain("no reply");
	} while (m.dwMessageID != LINE_REPLY || m.dwParam1 != (DWORD)id);
	if ((LONG)m.dwParam2) {
		(void)tapixGetReplyReason(app, (DWORD)id, &why);
		fprintf(stderr, "sys-figures: failed: %s: %s\n", why.cause, why.sentence);
		return 1;
	}
	printf("%s", u.room + u.v.dwStringOffset);
	return 0;
}

static int print_all(HLINE line)
{
	union {
		LINECALLLIST list;
		char room[1024];
	} u;
	const HCALL *calls;
	int bad = 0;

	memset(&u, 0, sizeof(u));
	u.list.dwTotalSize = sizeof(u);
	if (lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &u.list))
		return complain("lineGetNewCalls");
	calls = (const HCALL *)(const void *)(u.room + u.list.dwCallsOffset);
	for (DWORD i = 0; i < u.list.dwCallsNumEntries; i++)
		bad |= print_figures(calls[i]);
	return bad || !u.list.dwCallsNumEntries;
}

int main(int argc, char **argv)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD device = argc > 1 ? (DWORD)atoi(argv[1]) : 0, devices, version = VERSION;
	LINEEXTENSIONID extension;
	HLINE line;
	int bad;

	if (lineInitializeEx(&app, 0, NULL, "sys-figures", &devices, &version, &params) ||
			lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version,
					&extension) ||
			lineOpen(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_MONITOR, 0,
					NULL))
		return complain("the line cannot be opened");
	bad = print_all(line);
	return lineShutdown(app) || bad;
}
