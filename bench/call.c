// SPDX-License-Identifier: MIT
/* call.c - calls through everything, one after the other: one process answers each call on its
 * line, the other dials, waits for CONNECTED, drops, waits for IDLE. Plain 2.x functions, no media.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "place.h"
#include "slice.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

static const char usage[] =
		"usage: bench-call answer LINE PLACE\n"
		"       bench-call dial LINE ADDRESS SECONDS CALLS PLACE PID...\n"
		"\n"
		"answer prints \"ready\" and ends with SIGTERM. dial stops after SECONDS or CALLS "
		"(0:\n"
		"no limit); PID: the processes behind it, the daemon first, whose CPU time is "
		"counted.\n"
		"PLACE: 1: all on CPU 1; 0:1: the daemon on 0, all others on 1; -: not pinned.\n";

#define API_LOW  0x00020000
#define API_HIGH 0x00030001

enum { MAX_CALLS = 1 << 18, WAIT_MS = 5000 };

struct app {
	HLINEAPP handle;
	HLINE line;
	HANDLE event;
};

static volatile sig_atomic_t stopping;

static void on_term(int n)
{
	(void)n;
	stopping = 1;
}

static int complain(const char *what)
{
	struct tapix_reason r;

	tapixGetLastReason(&r);
	fprintf(stderr, "bench-call: %s: %s\n", what, r.sentence);
	return 1;
}

static int app_open(struct app *a, const char *device, DWORD privileges)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD version = API_HIGH, lines, id = (DWORD)strtoul(device, NULL, 10);
	LINEEXTENSIONID extension;

	if (lineInitializeEx(&a->handle, 0, NULL, "bench-call", &lines, &version, &params) < 0)
		return complain("no connection");
	a->event = params.Handles.hEvent;
	if (lineNegotiateAPIVersion(a->handle, id, API_LOW, API_HIGH, &version, &extension) < 0 ||
			lineOpen(a->handle, id, &a->line, version, 0, 0, privileges,
					privileges == LINECALLPRIVILEGE_OWNER
							? LINEMEDIAMODE_INTERACTIVEVOICE
							: 0,
					NULL) < 0)
		return complain(device);
	return 0;
}

/* false: no message came within the time, or a signal. */
static bool next_message(struct app *a, LINEMESSAGE *m, int wait_ms)
{
	struct pollfd p = { .fd = (int)a->event, .events = POLLIN };

	while (lineGetMessage(a->handle, m, 0) < 0)
		if (stopping || poll(&p, 1, wait_ms) <= 0)
			return false;
	return true;
}

static void answer_state(const LINEMESSAGE *m)
{
	if (m->dwParam1 == LINECALLSTATE_OFFERING)
		(void)lineAnswer(m->hDevice, NULL, 0);
	else if (m->dwParam1 == LINECALLSTATE_DISCONNECTED)
		(void)lineDrop(m->hDevice, NULL, 0);
	else if (m->dwParam1 == LINECALLSTATE_IDLE)
		(void)lineDeallocateCall(m->hDevice);
}

static int answer(char **argv)
{
	struct app a;
	LINEMESSAGE m;

	if (app_open(&a, argv[0], LINECALLPRIVILEGE_OWNER))
		return 1;
	if (place_pin(0, place_parse(argv[1]).others) < 0)
		fprintf(stderr, "bench-call: not pinned\n");
	printf("ready\n");
	(void)fflush(stdout);
	while (!stopping)
		if (next_message(&a, &m, -1) && m.dwMessageID == LINE_CALLSTATE)
			answer_state(&m);
	(void)lineShutdown(a.handle);
	return 0;
}

static bool wait_for_state(struct app *a, HCALL call, DWORD wanted)
{
	LINEMESSAGE m;

	while (next_message(a, &m, WAIT_MS)) {
		if (m.dwMessageID == LINE_REPLY && (LONG)m.dwParam2 < 0)
			return false;
		if (m.dwMessageID != LINE_CALLSTATE || m.hDevice != call)
			continue;
		if (m.dwParam1 == wanted)
			return true;
		if (m.dwParam1 & (LINECALLSTATE_BUSY | LINECALLSTATE_DISCONNECTED |
						 LINECALLSTATE_IDLE))
			return false;
	}
	return false;
}

struct run {
	uint32_t *setup, *whole; /* ns */
	size_t count;
	uint64_t started_ns, ended_ns, cpu_ns[SLICE_SERVERS + 1];
	pid_t pids[SLICE_SERVERS + 1]; /* the last is 0, this process */
	size_t processes;
};

static int one_call(struct app *a, const char *address, struct run *r)
{
	uint64_t begun = clock_now_ns(), connected;
	HCALL call = 0;

	if (lineMakeCall(a->line, &call, address, 0, NULL) < 0)
		return complain("lineMakeCall");
	/* The handle is written when LINE_REPLY is taken: the first message. */
	while (!call) {
		LINEMESSAGE m;

		if (!next_message(a, &m, WAIT_MS))
			return complain("no LINE_REPLY");
		if (m.dwMessageID == LINE_REPLY && (LONG)m.dwParam2 < 0)
			return complain("lineMakeCall's reply");
	}
	if (!wait_for_state(a, call, LINECALLSTATE_CONNECTED))
		return complain("not connected");
	connected = clock_now_ns();
	if (lineDrop(call, NULL, 0) < 0 || !wait_for_state(a, call, LINECALLSTATE_IDLE))
		return complain("not idle");
	(void)lineDeallocateCall(call);
	r->setup[r->count] = (uint32_t)(connected - begun);
	r->whole[r->count++] = (uint32_t)(clock_now_ns() - begun);
	return 0;
}

static void count_cpu(struct run *r, uint64_t sign)
{
	for (size_t i = 0; i < r->processes; i++)
		r->cpu_ns[i] += sign * place_cpu_ns(r->pids[i]);
}

static void print(const struct run *r)
{
	double n = r->count ? (double)r->count : 1;
	double seconds = (double)(r->ended_ns - r->started_ns) / 1e9;

	printf("n=%zu per_s=%.1f setup_p50_us=%.1f whole_p50_us=%.1f whole_p99_us=%.1f "
	       "client_cpu_us=%.1f",
			r->count, (double)r->count / seconds,
			slice_percentile(r->setup, r->count, 50) / 1e3,
			slice_percentile(r->whole, r->count, 50) / 1e3,
			slice_percentile(r->whole, r->count, 99) / 1e3,
			(double)r->cpu_ns[r->processes - 1] / n / 1e3);
	for (size_t i = 0; i + 1 < r->processes; i++)
		printf(" cpu%zu_us=%.1f", i, (double)r->cpu_ns[i] / n / 1e3);
	printf("\n");
}

static int dial_until(struct app *a, const char *address, uint64_t length_ns, size_t calls,
		struct run *r)
{
	int code = 0;

	count_cpu(r, (uint64_t)-1);
	r->started_ns = clock_now_ns();
	while (!code && !stopping && r->count < (calls ? calls : MAX_CALLS) &&
			clock_now_ns() - r->started_ns < length_ns)
		code = one_call(a, address, r);
	r->ended_ns = clock_now_ns();
	count_cpu(r, 1);
	return code;
}

static int dial(int argc, char **argv)
{
	struct run r = { .setup = mem_new_array(uint32_t, MAX_CALLS),
		.whole = mem_new_array(uint32_t, MAX_CALLS) };
	struct place place = place_parse(argv[4]);
	int code;
	size_t calls = (size_t)atol(argv[3]);
	struct app a;

	for (int i = 5; i < argc; i++)
		r.pids[r.processes++] = (pid_t)atol(argv[i]);
	r.processes++;
	for (size_t i = 0; i < r.processes; i++)
		if (place_pin(r.pids[i], i || r.processes == 1 ? place.others : place.daemon) < 0)
			fprintf(stderr, "bench-call: not pinned\n");
	code = !r.setup || !r.whole || app_open(&a, argv[0], LINECALLPRIVILEGE_NONE);
	if (!code) {
		code = dial_until(&a, argv[1], (uint64_t)(atof(argv[2]) * 1e9), calls, &r);
		if (!code)
			print(&r);
		(void)lineShutdown(a.handle);
	}
	mem_free(r.setup);
	mem_free(r.whole);
	return code;
}

int main(int argc, char **argv)
{
	struct sigaction term = { .sa_handler = on_term };

	(void)sigaction(SIGTERM, &term, NULL);
	if (argc == 4 && strcmp(argv[1], "answer") == 0)
		return answer(argv + 2);
	if (argc >= 7 && argc <= 7 + SLICE_SERVERS && strcmp(argv[1], "dial") == 0)
		return dial(argc - 2, argv + 2);
	fputs(usage, stderr);
	return 2;
}
