// SPDX-License-Identifier: MIT
/* mock.c - the TSP of mock.h: two lines, no phones, no timers; what happens, happens in an entry,
 * on a thread that an entry starts, or when the test says so. */
#include "mock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES = 2, CALLS = 64 };

struct mock_line {
	HTAPILINE ht;
	LINEEVENT event;
	int open;
};
struct mock_call {
	HTAPICALL ht;
	struct mock_line *line;
	DWORD state, media;
	int used;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t released = PTHREAD_COND_INITIALIZER;
static int is_released;
static struct mock_line lines[LINES];
static struct mock_call calls[CALLS];
static struct mock_call *newest;
static DWORD base;
static _Atomic unsigned looks, drops, running;
static ASYNC_COMPLETION complete;
static TSPI_REASON say;
static LINEEVENT create_proc;
static HPROVIDER provider;
static DRV_REQUESTID never;
static DWORD last_tag;
static char *gather;
static struct {
	char data[256];
	DWORD size;
	HDRVCALL call;
	HDRVMSPLINE msp;
} received;
static HTAPIMSPLINE msp_line;

static struct mock_call *call_new(struct mock_line *l, HTAPICALL ht)
{
	struct mock_call *c = NULL;

	pthread_mutex_lock(&lock);
	for (int i = 0; i < CALLS && !c; i++)
		if (!calls[i].used)
			c = &calls[i];
	if (c) {
		memset(c, 0, sizeof(*c));
		c->used = 1;
		c->line = l;
		c->ht = ht;
		c->media = LINEMEDIAMODE_INTERACTIVEVOICE;
		newest = c;
	}
	pthread_mutex_unlock(&lock);
	return c;
}

static void set_state(struct mock_call *c, DWORD state, DWORD mode)
{
	pthread_mutex_lock(&lock);
	c->state = state;
	pthread_mutex_unlock(&lock);
	c->line->event(c->line->ht, c->ht, LINE_CALLSTATE, state, mode, c->media);
}

struct later {
	DRV_REQUESTID id;
	LONG result;
};

static void *complete_later(void *arg)
{
	struct later l = *(struct later *)arg;

	free(arg);
	if (l.result)
		say("486", "the number is busy");
	complete(l.id, l.result);
	return NULL;
}

static void start_completion(DRV_REQUESTID id, LONG result)
{
	struct later *l = malloc(sizeof(*l));
	pthread_t t;

	if (!l)
		abort();
	l->id = id;
	l->result = result;
	if (pthread_create(&t, NULL, complete_later, l))
		abort();
	pthread_detach(t);
}

static void wait_for_release(void)
{
	pthread_mutex_lock(&lock);
	while (!is_released)
		pthread_cond_wait(&released, &lock);
	is_released = 0;
	pthread_mutex_unlock(&lock);
}

static LONG dial(DRV_REQUESTID id, struct mock_call *c, const char *address)
{
	if (!strcmp(address, "early"))
		set_state(c, LINECALLSTATE_CONNECTED, 0);
	if (!strcmp(address, "fail")) {
		complete(id, 0);
		return LINEERR_CALLUNAVAIL;
	}
	if (!strcmp(address, "hang"))
		wait_for_release();
	if (!strcmp(address, "crash"))
		abort();
	if (!strcmp(address, "zero"))
		return 0;
	if (!strcmp(address, "other"))
		return (LONG)id + 1;
	if (!strcmp(address, "never")) {
		never = id;
		return (LONG)id;
	}
	if (!strcmp(address, "thread")) {
		start_completion(id, 0);
		return (LONG)id;
	}
	if (!strcmp(address, "busy")) {
		start_completion(id, LINEERR_CALLUNAVAIL);
		return (LONG)id;
	}
	if (!strcmp(address, "stale")) {
		c->line->event(c->line->ht, c->ht + 77, LINE_CALLSTATE, 1, 0, 0);
		c->line->event(c->line->ht + 1, 0, LINE_LINEDEVSTATE, 1, 0, 0);
	}
	complete(id, !strcmp(address, "positive") ? 5 : 0);
	if (!strcmp(address, "twice"))
		complete(id, LINEERR_OPERATIONFAILED);
	return (LONG)id;
}

/* ---- the entries ---- */

void TSPIAPI TSPI_providerSetReasonProc(TSPI_REASON proc)
{
	say = proc;
}

LONG TSPIAPI TSPI_providerConfigure(LPCSTR key, LPCSTR value)
{
	if (!strcmp(key, "lines"))
		return 0;
	say("unknown key", value);
	return LINEERR_INVALPARAM;
}

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion)
{
	(void)dwDeviceID;
	(void)dwLowVersion;
	*lpdwTSPIVersion = dwHighVersion;
	return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines,
		LPDWORD lpdwNumPhones, HPROVIDER hProvider, LINEEVENT lpfnLineCreateProc,
		PHONEEVENT lpfnPhoneCreateProc)
{
	(void)dwPermanentProviderID;
	(void)lpfnPhoneCreateProc;
	*lpdwNumLines = LINES;
	*lpdwNumPhones = 0;
	provider = hProvider;
	create_proc = lpfnLineCreateProc;
	create_proc(0, 0, LINE_CREATE, provider, 4711, 0);
	return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
		DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines,
		DWORD_PTR dwNumPhones, ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions)
{
	(void)dwTSPIVersion;
	(void)dwPermanentProviderID;
	(void)dwPhoneDeviceIDBase;
	(void)dwNumLines;
	(void)dwNumPhones;
	base = dwLineDeviceIDBase;
	complete = lpfnCompletionProc;
	*lpdwTSPIOptions = 0;
	running = 1;
	return 0;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID)
{
	(void)dwTSPIVersion;
	(void)dwPermanentProviderID;
	running = 0;
	return 0;
}

LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
		DWORD dwTSPIVersion, LINEEVENT lpfnEventProc)
{
	struct mock_line *l = &lines[dwDeviceID - base];

	(void)dwTSPIVersion;
	if (dwDeviceID - base >= LINES)
		return LINEERR_BADDEVICEID;
	l->ht = htLine;
	l->event = lpfnEventProc;
	l->open = 1;
	*lphdLine = (HDRVLINE)l;
	return 0;
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine)
{
	((struct mock_line *)hdLine)->open = 0;
	return 0;
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall)
{
	pthread_mutex_lock(&lock);
	((struct mock_call *)hdCall)->used = 0;
	pthread_mutex_unlock(&lock);
	return 0;
}

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
		LPHDRVCALL lphdCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
		const LINECALLPARAMS *lpCallParams)
{
	const char *address = lpszDestAddress ? lpszDestAddress : "";
	struct mock_call *c;

	(void)dwCountryCode;
	if (!strcmp(address, "refuse")) {
		say("404", "nobody is there");
		return LINEERR_INVALADDRESS;
	}
	c = call_new((struct mock_line *)hdLine, htCall);
	if (!c)
		return LINEERR_CALLUNAVAIL;
	if (lpCallParams)
		c->media = lpCallParams->dwMediaMode;
	if (strcmp(address, "nohandle"))
		*lphdCall = (HDRVCALL)c;
	return dial(dwRequestID, c, address);
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
		DWORD dwSize)
{
	(void)lpsUserUserInfo;
	(void)dwSize;
	complete(dwRequestID, 0);
	set_state((struct mock_call *)hdCall, LINECALLSTATE_CONNECTED, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpszDestAddress,
		DWORD dwCountryCode)
{
	(void)dwCountryCode;
	return dial(dwRequestID, (struct mock_call *)hdCall,
			lpszDestAddress ? lpszDestAddress : "");
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
		DWORD dwSize)
{
	(void)lpsUserUserInfo;
	(void)dwSize;
	drops++;
	complete(dwRequestID, 0);
	say("16", "normal call clearing");
	set_state((struct mock_call *)hdCall, LINECALLSTATE_IDLE, 0);
	return (LONG)dwRequestID;
}

/* Answers with what it got, backwards, when the completion comes. */
LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
		HDRVCALL hdCall, LPVOID lpParams, DWORD dwSize)
{
	char *p = lpParams;

	(void)hdLine;
	(void)dwAddressID;
	(void)hdCall;
	for (DWORD i = 0; i < dwSize / 2; i++) {
		char c = p[i];

		p[i] = p[dwSize - 1 - i];
		p[dwSize - 1 - i] = c;
	}
	complete(dwRequestID, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwParkMode,
		LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress)
{
	(void)hdCall;
	(void)dwParkMode;
	(void)lpszDirAddress;
	(void)lpNonDirAddress;
	never = dwRequestID;
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo)
{
	struct mock_call *c = (struct mock_call *)hdCall;

	looks++;
	lpCallInfo->dwLineDeviceID = base + (DWORD)(c->line - lines);
	lpCallInfo->dwAddressID = 3;
	lpCallInfo->dwMediaMode = c->media;
	return 0;
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus)
{
	pthread_mutex_lock(&lock);
	lpCallStatus->dwCallState = ((struct mock_call *)hdCall)->state;
	pthread_mutex_unlock(&lock);
	return 0;
}

/* A name that does not fit at first. */
LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
		LPLINEDEVCAPS lpLineDevCaps)
{
	const DWORD size = 10000;

	(void)dwDeviceID;
	(void)dwExtVersion;
	lpLineDevCaps->dwMaxRate = dwTSPIVersion;
	lpLineDevCaps->dwNeededSize = (DWORD)sizeof(*lpLineDevCaps) + size;
	lpLineDevCaps->dwUsedSize = (DWORD)sizeof(*lpLineDevCaps);
	if (lpLineDevCaps->dwTotalSize < lpLineDevCaps->dwNeededSize)
		return 0;
	lpLineDevCaps->dwUsedSize = lpLineDevCaps->dwNeededSize;
	lpLineDevCaps->dwLineNameSize = size;
	lpLineDevCaps->dwLineNameOffset = (DWORD)sizeof(*lpLineDevCaps);
	memset((char *)lpLineDevCaps + sizeof(*lpLineDevCaps), 'n', size - 1);
	return 0;
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion,
		DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps)
{
	(void)dwDeviceID;
	(void)dwTSPIVersion;
	(void)dwExtVersion;
	(void)lpAddressCaps;
	return dwAddressID ? LINEERR_INVALADDRESSID : 0;
}

LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
		LPCSTR lpsAddress, DWORD dwSize)
{
	(void)hdLine;
	(void)dwAddressMode;
	*lpdwAddressID = dwSize && !strcmp(lpsAddress, "seven") ? 7 : 0;
	return 0;
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
		LPLINEADDRESSSTATUS lpAddressStatus)
{
	(void)hdLine;
	(void)dwAddressID;
	(void)lpAddressStatus;
	return 0;
}

LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
		LPCSTR lpszDeviceClass)
{
	(void)dwDeviceID;
	(void)lpszDeviceClass;
	lpDeviceConfig->dwStringSize = lpDeviceConfig->dwTotalSize; /* beyond the buffer */
	lpDeviceConfig->dwStringOffset = (DWORD)sizeof(*lpDeviceConfig);
	return 0;
}

LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, const void *lpDeviceConfig, DWORD dwSize,
		LPCSTR lpszDeviceClass)
{
	(void)dwDeviceID;
	(void)lpDeviceConfig;
	(void)dwSize;
	(void)lpszDeviceClass;
	return 4; /* no documented answer */
}

LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
		LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass, int *descriptor)
{
	int fds[2];

	(void)hdLine;
	(void)dwAddressID;
	(void)hdCall;
	(void)dwSelect;
	(void)lpDeviceID;
	if (strcmp(lpszDeviceClass, "comm/datamodem") != 0)
		return LINEERR_INVALDEVICECLASS;
	if (pipe(fds) < 0)
		return LINEERR_RESOURCEUNAVAIL;
	if (write(fds[1], "tone", 4) != 4)
		return LINEERR_OPERATIONFAILED;
	close(fds[1]);
	*descriptor = fds[0];
	return 0;
}

LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus)
{
	(void)hdLine;
	(void)lpLineDevStatus;
	return 0;
}

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs)
{
	(void)hdLine;
	*lpdwNumAddressIDs = 1;
	return 0;
}

LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific)
{
	(void)hdCall;
	(void)dwAppSpecific;
	return 0;
}

LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates)
{
	(void)hdLine;
	(void)dwLineStates;
	(void)dwAddressStates;
	return 0;
}

LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode,
		LPCSTR lpszDigits, DWORD dwDuration)
{
	(void)hdCall;
	(void)dwDigitMode;
	(void)lpszDigits;
	(void)dwDuration;
	last_tag = dwEndToEndID;
	return 0;
}

LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitModes,
		LPSTR lpsDigits, DWORD dwNumDigits, LPCSTR lpszTerminationDigits,
		DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout)
{
	(void)hdCall;
	(void)dwDigitModes;
	(void)dwNumDigits;
	(void)lpszTerminationDigits;
	(void)dwFirstDigitTimeout;
	(void)dwInterDigitTimeout;
	last_tag = dwEndToEndID;
	gather = lpsDigits;
	return 0;
}

LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID,
		const LINEMONITORTONE *lpToneList, DWORD dwNumEntries)
{
	(void)hdCall;
	if (dwNumEntries && lpToneList[dwNumEntries - 1].dwFrequency1 != 440)
		return LINEERR_INVALTONELIST;
	last_tag = dwToneListID;
	return 0;
}

LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID, HTAPIMSPLINE htMSPLine,
		LPHDRVMSPLINE lphdMSPLine)
{
	(void)hdLine;
	(void)dwAddressID;
	msp_line = htMSPLine;
	*lphdMSPLine = 99;
	return 0;
}

LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine)
{
	return hdMSPLine == 99 ? 0 : LINEERR_INVALPARAM;
}

LONG TSPIAPI TSPI_lineReceiveMSPData(HDRVLINE hdLine, HDRVCALL hdCall, HDRVMSPLINE hdMSPLine,
		LPVOID pBuffer, DWORD dwSize)
{
	(void)hdLine;
	received.size = dwSize;
	received.call = hdCall;
	received.msp = hdMSPLine;
	if (dwSize)
		memcpy(received.data, pBuffer, dwSize < 256 ? dwSize : 256);
	return 0;
}

/* ---- for the test ---- */

static HTAPICALL mock_ring(void)
{
	struct mock_call *c = call_new(&lines[0], 0);

	if (!c)
		return 0;
	lines[0].event(lines[0].ht, 0, LINE_NEWCALL, (DWORD_PTR)c, (DWORD_PTR)&c->ht, 0);
	return c->ht;
}

static void mock_state(DWORD state, DWORD mode, DWORD media)
{
	newest->media = media;
	set_state(newest, state, mode);
}

static void mock_event(int with_call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct mock_line *l = newest ? newest->line : &lines[0];

	l->event(l->ht, with_call ? newest->ht : 0, msg, p1, p2, p3);
}

static void mock_create(DWORD_PTR temp_id)
{
	create_proc(0, 0, LINE_CREATE, provider, temp_id, 0);
}

static void mock_late(LONG result)
{
	complete(never, result);
}

static void mock_release(void)
{
	pthread_mutex_lock(&lock);
	is_released = 1;
	pthread_cond_broadcast(&released);
	pthread_mutex_unlock(&lock);
}

static void mock_reason(const char *cause, const char *sentence)
{
	say(cause, sentence);
}

static unsigned mock_looks(void)
{
	return looks;
}

static unsigned mock_calls(void)
{
	unsigned n = 0;

	pthread_mutex_lock(&lock);
	for (int i = 0; i < CALLS; i++)
		n += calls[i].used ? 1u : 0u;
	pthread_mutex_unlock(&lock);
	return n;
}

static unsigned mock_lines(void)
{
	return (lines[0].open ? 1u : 0u) + (lines[1].open ? 1u : 0u);
}

static unsigned mock_running(void)
{
	return running;
}

static unsigned mock_dropped(void)
{
	return drops;
}

static DWORD mock_last_tag(void)
{
	return last_tag;
}

static char *mock_gather_buffer(void)
{
	return gather;
}

static const char *mock_received(DWORD *size, HDRVCALL *call, HDRVMSPLINE *msp)
{
	*size = received.size;
	*call = received.call;
	*msp = received.msp;
	return received.data;
}

static HTAPIMSPLINE mock_msp(void)
{
	return msp_line;
}

static const struct mock_api api = {
	.ring = mock_ring,
	.state = mock_state,
	.event = mock_event,
	.create = mock_create,
	.late = mock_late,
	.release = mock_release,
	.reason = mock_reason,
	.looks = mock_looks,
	.calls = mock_calls,
	.lines = mock_lines,
	.running = mock_running,
	.dropped = mock_dropped,
	.last_tag = mock_last_tag,
	.gather_buffer = mock_gather_buffer,
	.received = mock_received,
	.msp = mock_msp,
};

const struct mock_api *mock_api(void)
{
	return &api;
}
