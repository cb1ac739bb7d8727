// SPDX-License-Identifier: MIT
/* tsp_rogue.c - the template, until its application orders it to fail (rogue.h). */
#include "rogue.h"

#include <tspi.h>

LONG template_close_call(HDRVCALL hd);
LONG template_get_call_info(HDRVCALL hd, LINECALLINFO *info);

#define TSPI_lineCloseCall   template_close_call
#define TSPI_lineGetCallInfo template_get_call_info
#include "../../src/providers/template/tsp.c"
#undef TSPI_lineCloseCall
#undef TSPI_lineGetCallInfo

#include "base/clock.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { HOG_STEP = 1 << 20, MOMENT_MS = 50 };

static struct {
	atomic_bool hangs;
	DWORD ms;
	DRV_REQUESTID late;
} rogue;

/* Also where a sanitizer would have its say first. */
static void crash(void)
{
	(void)signal(SIGSEGV, SIG_DFL);
	(void)raise(SIGSEGV);
}

static void hang(void)
{
	for (;;)
		(void)pause();
}

/* The host has answered what it was asked. */
static void let_a_moment_pass(void)
{
	const struct timespec t = { .tv_nsec = MOMENT_MS * 1000000L };

	(void)nanosleep(&t, NULL);
}

static void *crash_soon(void *unused)
{
	let_a_moment_pass();
	crash();
	return NULL;
}

static void *hang_soon(void *unused)
{
	let_a_moment_pass();
	rogue.hangs = true;
	line.event(line.ht_line, call.ht_call, LINE_CALLINFO, LINECALLINFOSTATE_OTHER, 0, 0);
	return NULL;
}

static void *hog(void *unused)
{
	for (size_t size = HOG_STEP;;) {
		char *p = malloc(size);

		if (p)
			memset(p, 1, size);
		else if (size > 1)
			size /= 2;
		else
			let_a_moment_pass();
	}
	return NULL;
}

static void raise_both(LINEEVENT event, HTAPILINE ht_line, HTAPICALL ht_call)
{
	event(ht_line, 0, LINE_DEVSPECIFIC, 1, 2, 3);
	event(ht_line, ht_call, LINE_CALLINFO, LINECALLINFOSTATE_OTHER, 0, 0);
}

static void *storm(void *unused)
{
	uint64_t until = clock_now_ms() + rogue.ms;
	LINEEVENT event = line.event;
	HTAPILINE ht_line = line.ht_line;
	HTAPICALL ht_call = call.ht_call;

	while (clock_now_ms() < until)
		raise_both(event, ht_line, ht_call);
	return NULL;
}

static void *make_noise(void *unused)
{
	uint64_t until = clock_now_ms() + rogue.ms;
	LINEEVENT event = line.event;

	while (clock_now_ms() < until)
		raise_both(event, 0x1234567, 0x7654321);
	return NULL;
}

static void *make_calls(void *unused)
{
	LINEEVENT event = line.event;
	HTAPILINE ht_line = line.ht_line;

	for (;;) {
		DWORD_PTR ht_call = 0;

		event(ht_line, 0, LINE_NEWCALL, (DWORD_PTR)CALL_HANDLE, (DWORD_PTR)&ht_call, 0);
		event(ht_line, (HTAPICALL)ht_call, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0,
				LINEMEDIAMODE_INTERACTIVEVOICE);
	}
	return NULL;
}

static void *stutter(void *id)
{
	uint64_t until = clock_now_ms() + rogue.ms;
	ASYNC_COMPLETION complete = line.complete;

	complete((DRV_REQUESTID)(DWORD_PTR)id, 0);
	while (clock_now_ms() < until)
		complete((DRV_REQUESTID)(DWORD_PTR)id, LINEERR_OPERATIONFAILED);
	return NULL;
}

static bool run(DRV_REQUESTID id, void *(*fn)(void *))
{
	pthread_t thread;

	return pthread_create(&thread, NULL, fn, (void *)(DWORD_PTR)id) == 0 &&
	       pthread_detach(thread) == 0;
}

static LONG start(DRV_REQUESTID id, void *(*fn)(void *))
{
	if (!run(id, fn))
		return LINEERR_RESOURCEUNAVAIL;
	line.complete(id, 0);
	return (LONG)id;
}

LONG TSPI_lineDevSpecific(DRV_REQUESTID id, HDRVLINE hd, DWORD address, HDRVCALL hd_call,
		void *params, DWORD size)
{
	static void *(*const threads[])(void *) = { [ROGUE_CRASH_THREAD] = crash_soon,
		[ROGUE_HANG_UNASKED] = hang_soon,
		[ROGUE_HOG] = hog,
		[ROGUE_STUTTER] = stutter,
		[ROGUE_STORM] = storm,
		[ROGUE_NOISE] = make_noise,
		[ROGUE_CALLS] = make_calls };
	struct rogue_order order;

	if (size != sizeof(order))
		return LINEERR_INVALPARAM;
	memcpy(&order, params, sizeof(order));
	rogue.ms = order.ms;
	if (order.misdeed < sizeof(threads) / sizeof(threads[0]) && threads[order.misdeed])
		return start(id, threads[order.misdeed]);
	switch (order.misdeed) {
	case ROGUE_CRASH:
		crash();
		break;
	case ROGUE_HANG:
		hang();
		break;
	case ROGUE_FLOOD:
		for (;;)
			raise_both(line.event, line.ht_line, call.ht_call);
	case ROGUE_TWICE:
		line.complete(id, 0);
		line.complete(id, LINEERR_OPERATIONFAILED);
		break;
	case ROGUE_LATE:
		rogue.late = id;
		break;
	default: /* ROGUE_NEVER */
		break;
	}
	return (LONG)id;
}

LONG TSPI_lineGetCallInfo(HDRVCALL hd, LINECALLINFO *info)
{
	if (rogue.hangs)
		hang();
	return template_get_call_info(hd, info);
}

static void *complete_late(void *id)
{
	ASYNC_COMPLETION complete = line.complete;

	let_a_moment_pass();
	complete((DRV_REQUESTID)(DWORD_PTR)id, 0);
	return NULL;
}

LONG TSPI_lineCloseCall(HDRVCALL hd)
{
	DRV_REQUESTID id = rogue.late;

	rogue.late = 0;
	if (id)
		(void)run(id, complete_late);
	return template_close_call(hd);
}
