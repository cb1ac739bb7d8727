// SPDX-License-Identifier: MIT
/* bad.c - the template, but for one thing that it does wrong: BAD_ says which. Compiled once for
 * each row of run.sh; tapi-conform has to find each for its own reason. */
#if defined(BAD_MISSING)
#define TSPI_lineGetID good_lineGetID
#elif defined(BAD_VERSION)
#define TSPI_lineNegotiateTSPIVersion good_lineNegotiateTSPIVersion
#elif defined(BAD_STATE) || defined(BAD_EXITS) || defined(BAD_LEAK)
#define TSPI_providerInit good_providerInit
#elif defined(BAD_TWICE) || defined(BAD_EARLY) || defined(BAD_KEEPS) || defined(BAD_PROMPT)
#define TSPI_lineMakeCall    good_lineMakeCall
#define TSPI_lineGetCallInfo good_lineGetCallInfo
#elif defined(BAD_NEVER) || defined(BAD_IDLE) || defined(BAD_STATES)
#define TSPI_lineDrop good_lineDrop
#elif defined(BAD_CLOSE) || defined(BAD_LATE)
#define TSPI_lineDrop  good_lineDrop
#define TSPI_lineClose good_lineClose
#elif defined(BAD_CLAIM) || defined(BAD_UNAVAIL)
#define TSPI_lineGetAddressCaps good_lineGetAddressCaps
#elif defined(BAD_ZERO) || defined(BAD_CRASH) || defined(BAD_OTHERS)
#define TSPI_lineOpen good_lineOpen
#elif defined(BAD_OVERRUN) || defined(BAD_HANG) || defined(BAD_PERMANENT)
#define TSPI_lineGetDevCaps good_lineGetDevCaps
#endif

#include "../../src/providers/template/tsp.c"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#undef TSPI_lineNegotiateTSPIVersion
#undef TSPI_providerInit
#undef TSPI_lineMakeCall
#undef TSPI_lineGetCallInfo
#undef TSPI_lineDrop
#undef TSPI_lineClose
#undef TSPI_lineGetAddressCaps
#undef TSPI_lineOpen
#undef TSPI_lineGetDevCaps

#if defined(BAD_VERSION)
TSPI_EXPORT LONG TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, DWORD *version)
{
	*version = 0x00030001;
	return 0;
}
#endif

#if defined(BAD_STATE) || defined(BAD_EXITS) || defined(BAD_LEAK)
TSPI_EXPORT LONG TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
		DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete, DWORD *options)
{
	static DWORD first = 0xffffffff;

#if defined(BAD_EXITS)
	exit(3);
#elif defined(BAD_LEAK)
	(void)!open("/dev/null", O_RDONLY);
#else
	if (first == 0xffffffff)
		first = line_base;
	line_base = first;
#endif
	(void)first;
	return good_providerInit(version, provider, line_base, phone_base, lines, phones, complete,
			options);
}
#endif

#if defined(BAD_TWICE) || defined(BAD_EARLY) || defined(BAD_KEEPS) || defined(BAD_PROMPT)
static const char *kept;

TSPI_EXPORT LONG TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE hd, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params)
{
	LONG result;

	kept = dest;
#if defined(BAD_EARLY)
	call.ht_call = ht_call;
	set_state(LINECALLSTATE_DIALTONE, 0);
	call.ht_call = 0;
#elif defined(BAD_PROMPT)
	if (strchr(dest, '?'))
		dest = "1";
#endif
	result = good_lineMakeCall(id, hd, ht_call, out, dest, country, params);
#if defined(BAD_TWICE)
	if (result > 0)
		line.complete(id, LINEERR_OPERATIONFAILED);
#endif
	return result;
}

TSPI_EXPORT LONG TSPI_lineGetCallInfo(HDRVCALL hd, LINECALLINFO *info)
{
#if defined(BAD_KEEPS)
	call.called[0] = kept[0];
#endif
	(void)kept;
	return good_lineGetCallInfo(hd, info);
}
#endif

#if defined(BAD_NEVER) || defined(BAD_IDLE) || defined(BAD_STATES)
TSPI_EXPORT LONG TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL hd, const char *user_info, DWORD size)
{
#if defined(BAD_NEVER)
	if (call.state != LINECALLSTATE_IDLE)
		set_state(LINECALLSTATE_IDLE, 0);
	return (LONG)id;
#elif defined(BAD_STATES)
	set_state(LINECALLSTATE_DISCONNECTED | LINECALLSTATE_BUSY, 0);
	return good_lineDrop(id, hd, user_info, size);
#else
	LONG result = good_lineDrop(id, hd, user_info, size);

	if (result > 0)
		set_state(LINECALLSTATE_DISCONNECTED, 0);
	return result;
#endif
}
#endif

#if defined(BAD_CLOSE) || defined(BAD_LATE)
static DRV_REQUESTID pending;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* A device that needs a moment to hang up; it is closed within it. Nothing is waited for here. */
static void *drop_later(void *arg)
{
	const struct timespec moment = { 0, 50000000 };

	(void)nanosleep(&moment, NULL);
	pthread_mutex_lock(&lock);
#if defined(BAD_LATE)
	if (pending && !line.event) /* the line has been closed */
		((LINEEVENT)(uintptr_t)arg)(line.ht_line, 0, LINE_LINEDEVSTATE, 1, 0, 0);
#endif
	if (pending && line.event) {
		line.complete(pending, 0);
		set_state(LINECALLSTATE_IDLE, 0);
	}
	pending = 0;
	pthread_mutex_unlock(&lock);
	return NULL;
}

TSPI_EXPORT LONG TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL hd, const char *user_info, DWORD size)
{
	LINEEVENT event = line.event;
	pthread_t thread;

	if (call.state == LINECALLSTATE_IDLE || pending)
		return LINEERR_INVALCALLSTATE;
	pending = id;
	(void)pthread_create(&thread, NULL, drop_later, (void *)(uintptr_t)event);
	(void)pthread_detach(thread);
	return (LONG)id;
}

TSPI_EXPORT LONG TSPI_lineClose(HDRVLINE hd)
{
	LONG result;

	pthread_mutex_lock(&lock);
#if defined(BAD_LATE)
	if (pending)
		line.complete(pending, LINEERR_OPERATIONFAILED);
#endif
	result = good_lineClose(hd);
	pthread_mutex_unlock(&lock);
	return result;
}
#endif

#if defined(BAD_CLAIM) || defined(BAD_UNAVAIL)
TSPI_EXPORT LONG TSPI_lineGetAddressCaps(DWORD device, DWORD address_id, DWORD version,
		DWORD ext_version, LINEADDRESSCAPS *caps)
{
	LONG result = good_lineGetAddressCaps(device, address_id, version, ext_version, caps);

	if (!result)
		caps->dwCallFeatures |= LINECALLFEATURE_HOLD;
	return result;
}
#endif

#if defined(BAD_HIDDEN) || defined(BAD_UNAVAIL)
TSPI_EXPORT LONG TSPI_lineHold(DRV_REQUESTID id, HDRVCALL hd)
{
	return LINEERR_OPERATIONUNAVAIL;
}
#endif

#if defined(BAD_ZERO) || defined(BAD_CRASH) || defined(BAD_OTHERS)
TSPI_EXPORT LONG TSPI_lineOpen(DWORD device, HTAPILINE ht_line, HDRVLINE *out, DWORD version,
		LINEEVENT event)
{
	LONG result;

#if defined(BAD_CRASH)
	abort();
#elif defined(BAD_OTHERS)
	device = line.device;
#endif
	result = good_lineOpen(device, ht_line, out, version, event);
#if defined(BAD_ZERO)
	*out = 0;
#endif
	return result;
}
#endif

#if defined(BAD_OVERRUN) || defined(BAD_HANG) || defined(BAD_PERMANENT)
TSPI_EXPORT LONG TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD ext_version,
		LINEDEVCAPS *caps)
{
	static DWORD last;
	LONG result = good_lineGetDevCaps(device, version, ext_version, caps);

#if defined(BAD_HANG)
	for (;;)
		(void)pause();
#elif defined(BAD_OVERRUN)
	if (!result)
		memcpy((char *)caps + caps->dwUsedSize, "more", 5);
#else
	if (!result)
		caps->dwPermanentLineID = ++last;
#endif
	(void)last;
	return result;
}
#endif
