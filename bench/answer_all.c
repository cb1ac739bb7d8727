// SPDX-License-Identifier: MIT
/* answer_all.c - an application as small as one can be: answers every call of its lines, and gives
 * it back when it is over. With media the rtp MSP has their sound: silence, or a file for each;
 * what comes goes into a terminal that nobody reads. */
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
		"usage: bench-answer-all [--media] [--play FILE] [--ring] LINE...\n"
		"\n"
		"--ring: lineAccept comes first, which sends 180.\n"
		"Prints \"ready\"; SIGTERM ends it, and then it says how many calls there were.\n";

#define API_LOW  0x00020000
#define API_HIGH 0x00030001

static volatile sig_atomic_t stopping;

static struct {
	bool media, rings;
	const char *play; /* or NULL */
} option;

struct counts {
	unsigned long offered, connected, idle, refused, silent;
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

static int line_take(HLINEAPP app, const char *device)
{
	DWORD version = API_HIGH, id = (DWORD)strtoul(device, NULL, 10);
	LINEEXTENSIONID extension;
	HLINE line;

	if (lineNegotiateAPIVersion(app, id, API_LOW, API_HIGH, &version, &extension) < 0 ||
			lineOpen(app, id, &line, version, 0, 0, LINECALLPRIVILEGE_OWNER,
					LINEMEDIAMODE_INTERACTIVEVOICE, NULL) < 0 ||
			(option.media && tapi_line_media(line) < 0))
		return complain(device);
	return 0;
}

/* 0, or the error of a function. Both terminals end with the call. */
static LONG talk(HCALL handle)
{
	struct tapi_terminal *ear = NULL;
	struct tapi_call *call;
	LONG r = tapi_call_from_handle(handle, &call);

	if (r < 0)
		return r;
	r = tapi_call_play(call, &option.play, 1, NULL);
	if (r >= 0)
		r = tapi_call_request_terminal(call, CLSID_String_MediaStreamTerminal,
				TAPIMEDIATYPE_AUDIO, TD_RENDER, &ear);
	if (r >= 0)
		r = tapi_call_select_terminal(call, ear);
	tapi_unref(ear);
	tapi_unref(call);
	return r;
}

/* With --ring both requests leave before the first of them is completed. */
static void on_state(const LINEMESSAGE *m, struct counts *n)
{
	switch (m->dwParam1) {
	case LINECALLSTATE_OFFERING:
		n->offered++;
		if ((option.rings && lineAccept(m->hDevice, NULL, 0) < 0) ||
				lineAnswer(m->hDevice, NULL, 0) < 0)
			n->refused++;
		break;
	case LINECALLSTATE_CONNECTED:
		n->connected++;
		if (option.play && talk(m->hDevice) < 0)
			n->silent++;
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
	DWORD version = API_HIGH, lines;
	struct counts n = { 0 };
	HLINEAPP app;
	int code = 0;

	for (; argc > 1 && strncmp(argv[1], "--", 2) == 0; argc--, argv++) {
		option.media |= strcmp(argv[1], "--media") == 0;
		option.rings |= strcmp(argv[1], "--ring") == 0;
		if (strcmp(argv[1], "--play") == 0 && argc > 2) {
			option.play = argv[2];
			argv++;
			argc--;
		}
	}
	if (argc < 2) {
		fputs(usage, stderr);
		return 2;
	}
	(void)sigaction(SIGTERM, &term, NULL);
	if (lineInitializeEx(&app, 0, NULL, "bench-answer-all", &lines, &version, &params) < 0)
		return complain("no connection");
	for (int i = 1; !code && i < argc; i++)
		code = line_take(app, argv[i]);
	if (!code) {
		printf("ready\n");
		(void)fflush(stdout);
		take_calls(app, params.Handles.hEvent, &n);
		printf("offered=%lu connected=%lu idle=%lu refused=%lu silent=%lu\n", n.offered,
				n.connected, n.idle, n.refused, n.silent);
	}
	(void)lineShutdown(app);
	return code;
}
