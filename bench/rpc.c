// SPDX-License-Identifier: MIT
/* rpc.c - the round trip of a synchronous request through libtapi, as an application uses it:
 * `core` is answered by the core (lineGetCallStatus of a call that has dial tone), `host` by the
 * provider host (lineGetAddressID). */
#include "slice.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

static const char usage[] =
		"usage: bench-rpc core|host LENGTH PLACE PID...\n"
		"\n"
		"LENGTH: 0.4: seconds; 20000x: round trips.\n"
		"PID: the processes behind it, the daemon first, whose CPU time is counted.\n"
		"PLACE: 1: all on CPU 1; 0:1: the daemon on 0, all others on 1; -: not pinned.\n";

#define API_LOW  0x00020000
#define API_HIGH 0x00030001

enum { WAIT_MS = 5000 };

struct app {
	HLINEAPP handle;
	HANDLE event;
	HLINE line;
	HCALL call;
	char address[64];
	union {
		LINECALLSTATUS status;
		char room[1024];
	} u;
};

static int get_status(void *arg)
{
	struct app *a = arg;

	a->u.status.dwTotalSize = sizeof(a->u);
	return lineGetCallStatus(a->call, &a->u.status) < 0 ? -EIO : 0;
}

static int get_address_id(void *arg)
{
	struct app *a = arg;
	DWORD id;

	return lineGetAddressID(a->line, &id, LINEADDRESSMODE_DIALABLEADDR, a->address,
			       (DWORD)strlen(a->address) + 1) < 0
			       ? -EIO
			       : 0;
}

static int complain(const char *what)
{
	struct tapix_reason r;

	tapixGetLastReason(&r);
	fprintf(stderr, "bench-rpc: %s: %s\n", what, r.sentence);
	return 1;
}

static int app_open(struct app *a)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD version = API_HIGH, lines;
	LINEEXTENSIONID extension;
	union {
		LINEADDRESSCAPS caps;
		char room[4096];
	} caps;

	if (lineInitializeEx(&a->handle, 0, NULL, "bench-rpc", &lines, &version, &params) < 0)
		return complain("no connection");
	a->event = params.Handles.hEvent;
	if (lineNegotiateAPIVersion(a->handle, 0, API_LOW, API_HIGH, &version, &extension) < 0 ||
			lineOpen(a->handle, 0, &a->line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					NULL) < 0)
		return complain("line 0");
	memset(&caps, 0, sizeof(caps));
	caps.caps.dwTotalSize = sizeof(caps);
	if (lineGetAddressCaps(a->handle, 0, 0, version, 0, &caps.caps) < 0)
		return complain("the address of line 0");
	(void)snprintf(a->address, sizeof(a->address), "%s", caps.room + caps.caps.dwAddressOffset);
	return 0;
}

/* Off hook, nothing dialled. */
static int make_call(struct app *a)
{
	struct pollfd p = { .fd = (int)a->event, .events = POLLIN };
	LINEMESSAGE m = { 0 };

	if (lineMakeCall(a->line, &a->call, NULL, 0, NULL) < 0)
		return complain("lineMakeCall");
	while (m.dwMessageID != LINE_CALLSTATE || m.dwParam1 != LINECALLSTATE_DIALTONE)
		if (lineGetMessage(a->handle, &m, 0) < 0 && poll(&p, 1, WAIT_MS) <= 0)
			return complain("no dial tone");
	return 0;
}

int main(int argc, char **argv)
{
	static struct app a;
	struct slice s = { .arg = &a };
	int err;

	if (argc < 4 || argc > 4 + SLICE_SERVERS) {
		fputs(usage, stderr);
		return 2;
	}
	if (app_open(&a) || make_call(&a))
		return 1;
	s.round_trip = strcmp(argv[1], "core") == 0 ? get_status : get_address_id;
	slice_set_length(&s, argv[2]);
	s.place = place_parse(argv[3]);
	for (int i = 4; i < argc; i++)
		s.servers[i - 4] = (pid_t)atol(argv[i]);
	err = slice_run(&s);
	if (err == -EIO)
		return complain(argv[1]);
	if (err)
		fprintf(stderr, "bench-rpc: %s\n", strerror(-err));
	else
		slice_print(&s);
	(void)lineShutdown(a.handle);
	return err ? 1 : 0;
}
