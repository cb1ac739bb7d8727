// SPDX-License-Identifier: MIT
/* answer_all.c - an application as small as one can be: answers every call of its lines, and gives
 * it back when it is over. With media the rtp MSP has their sound: silence.
 */
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <tapi3.h>
#include <tapix.h>

static const char usage[] =
		"usage: bench-answer-all [--media] [--ring] LINE...\n"
		"\n"
		"--ring: lineAccept comes first, which sends 180.\n"
		"Prints \"ready\"; SIGTERM ends it, and then it says how many calls there were.\n";

#define API_LOW  0x00020000
#define API_HIGH 0x00030001

static volatile sig_atomic_t stopping;

static bool rings;

struct counts {
	unsigned long offered, connected, idle, refused;
};

static void on_term(int n)
{
	(void)n;
	stopping = 1;
}

static int complain(const char *what)
{
	struct tapix_reason r;

	tapixGetLastReason(&r);
	fprintf(stderr, "bench-answer-all: %s: %s\n", what, r.sentence);
	return 1;
}

static int line_take(HLINEAPP app, const char *device, bool media)
{
	DWORD version = API_HIGH, id = (DWORD)strtoul(device, NULL, 10);
	LINEEXTENSIONID extension;
	HLINE line;

	if (lineNegotiateAPIVersion(app, id, API_LOW, API_HIGH, &version, &extension) < 0 ||
			lineOpen(app, id, &line, version, 0, 0, LINECALLPRIVILEGE_OWNER,
					LINEMEDIAMODE_INTERACTIVEVOICE, NULL) < 0 ||
			(media && tapi_line_media(line) < 0))
		return complain(device);
	return 0;
}

/* With --ring both requests leave before the first of them is completed. */
static void on_state(const LINEMESSAGE *m, struct counts *n)
{
	switch (m->dwParam1) {
	case LINECALLSTATE_OFFERING:
		n->offered++;
		if ((rings && lineAccept(m->hDevice, NULL, 0) < 0) ||
				lineAnswer(m->hDevice, NULL, 0) < 0)
			n->refused++;
		break;
	case LINECALLSTATE_CONNECTED:
		n->connected++;
		break;
	case LINECALLSTATE_DISCONNECTED:
		(void)lineDrop(m->hDevice, NULL, 0);
		break;
	case LINECALLSTATE_IDLE:
		n->idle++;
		(void)lineDeallocateCall(m->hDevice);
		break;
	default:
		break;
	}
}

static void take_calls(HLINEAPP app, HANDLE event, struct counts *n)
{
	struct pollfd p = { .fd = (int)event, .events = POLLIN };
	LINEMESSAGE m;

	while (!stopping) {
		if (lineGetMessage(app, &m, 0) < 0)
			(void)poll(&p, 1, -1);
		else if (m.dwMessageID == LINE_CALLSTATE)
			on_state(&m, n);
	}
}

int main(int argc, char **argv)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	struct sigaction term = { .sa_handler = on_term };
	bool media = false;
	DWORD version = API_HIGH, lines;
	struct counts n = { 0 };
	HLINEAPP app;
	int code = 0;

	for (; argc > 1 && strncmp(argv[1], "--", 2) == 0; argc--, argv++) {
		media |= strcmp(argv[1], "--media") == 0;
		rings |= strcmp(argv[1], "--ring") == 0;
	}
	if (argc < 2) {
		fputs(usage, stderr);
		return 2;
	}
	(void)sigaction(SIGTERM, &term, NULL);
	if (lineInitializeEx(&app, 0, NULL, "bench-answer-all", &lines, &version, &params) < 0)
		return complain("no connection");
	for (int i = 1; !code && i < argc; i++)
		code = line_take(app, argv[i], media);
	if (!code) {
		printf("ready\n");
		(void)fflush(stdout);
		take_calls(app, params.Handles.hEvent, &n);
		printf("offered=%lu connected=%lu idle=%lu refused=%lu\n", n.offered, n.connected,
				n.idle, n.refused);
	}
	(void)lineShutdown(app);
	return code;
}
