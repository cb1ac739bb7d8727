// SPDX-License-Identifier: MIT
/* mock.c - the TSP of mock.h: two lines, no phones, no timers; what happens, happens in an entry,
 * on a thread that an entry starts, or when the test says so. */
#include "mock_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct mock_world m = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

struct mock_call *mock_call_new(struct mock_line *l, HTAPICALL ht)
{
	struct mock_call *c = NULL;

	pthread_mutex_lock(&m.lock);
	for (int i = 0; i < CALLS && !c; i++)
		if (!m.calls[i].used)
			c = &m.calls[i];
	if (c) {
		memset(c, 0, sizeof(*c));
		c->used = 1;
		c->line = l;
		c->ht = ht;
		c->media = LINEMEDIAMODE_INTERACTIVEVOICE;
		m.newest = c;
	}
	pthread_mutex_unlock(&m.lock);
	return c;
}

void mock_set_state(struct mock_call *c, DWORD state, DWORD mode)
{
	pthread_mutex_lock(&m.lock);
	c->state = state;
	pthread_mutex_unlock(&m.lock);
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
		m.say("486", "the number is busy");
	m.complete(l.id, l.result);
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
	pthread_mutex_lock(&m.lock);
	m.is_hanging = 1;
	pthread_cond_broadcast(&m.changed);
	while (!m.is_released)
		pthread_cond_wait(&m.changed, &m.lock);
	m.is_released = m.is_hanging = 0;
	pthread_mutex_unlock(&m.lock);
}

/* A call comes that cannot be answered. */
static void ring_stubbornly(struct mock_line *line)
{
	struct mock_call *c = mock_call_new(line, 0);

	if (!c)
		abort();
	line->event(line->ht, 0, LINE_NEWCALL, (DWORD_PTR)c, (DWORD_PTR)&c->ht, 0);
	c->is_stubborn = 1;
	mock_set_state(c, LINECALLSTATE_OFFERING, 0);
}

static LONG dial(DRV_REQUESTID id, struct mock_call *c, const char *address)
{
	if (!strcmp(address, "early"))
		mock_set_state(c, LINECALLSTATE_CONNECTED, 0);
	if (!strcmp(address, "fail")) {
		m.complete(id, 0);
		return LINEERR_CALLUNAVAIL;
	}
	if (!strcmp(address, "hang"))
		wait_for_release();
	for (DWORD i = 0; !strcmp(address, "storm") && i < STORM; i++)
		c->line->event(c->line->ht, 0, LINE_DEVSPECIFIC, i + 1, 0, 0);
	if (!strcmp(address, "crash"))
		abort();
	if (!strcmp(address, "zero"))
		return 0;
	if (!strcmp(address, "other"))
		return (LONG)id + 1;
	if (!strcmp(address, "never")) {
		m.never = id;
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
	if (!strcmp(address, "stubborn"))
		ring_stubbornly(c->line);
	m.complete(id, !strcmp(address, "positive") ? 5 : 0);
	if (!strcmp(address, "twice"))
		m.complete(id, LINEERR_OPERATIONFAILED);
	return (LONG)id;
}

/* ---- the entries ---- */

void TSPIAPI TSPI_providerSetReasonProc(TSPI_REASON proc)
{
	m.say = proc;
}

void TSPIAPI TSPI_providerSetBatchProc(TSPI_BATCH proc)
{
	m.batch = proc;
}

LONG TSPIAPI TSPI_providerConfigure(LPCSTR key, LPCSTR value)
{
	const size_t used = strlen(m.pending_keys);

	if (!strcmp(key, "lines") || !strcmp(key, "refuse") || !strncmp(key, "alice/", 6)) {
		(void)snprintf(m.pending_keys + used, sizeof(m.pending_keys) - used, "%s=%s;", key,
				value);
		return 0;
	}
	m.pending_keys[0] = '\0';
	m.say("unknown key", "not one of my keys");
	return LINEERR_INVALPARAM;
}

/* "refuse = CAUSE": the whole does not fit, because of CAUSE. */
LONG TSPIAPI TSPI_providerConfigured(void)
{
	const char *refuse = strstr(m.pending_keys, "refuse=");
	char cause[64] = "";

	m.configured++;
	if (!refuse) {
		memcpy(m.keys, m.pending_keys, sizeof(m.keys));
		m.pending_keys[0] = '\0';
		return 0;
	}
	refuse += sizeof("refuse=") - 1;
	(void)snprintf(cause, sizeof(cause), "%.*s", (int)strcspn(refuse, ";"), refuse);
	m.pending_keys[0] = '\0';
	m.say(cause, "does not fit the rest");
	return LINEERR_INVALPARAM;
}

/* On the stack: the host has to copy. */
LONG TSPIAPI TSPI_providerDescribeKeys(TSPI_DESCRIBE describe, DWORD_PTR context)
{
	char help[32];

	for (unsigned i = 0; i < 40; i++) {
		const TSPI_KEY key = { .key = i ? "?/user" : "lines",
			.type = i ? TSPIKEY_TEXT : TSPIKEY_NUMBER,
			.max = i,
			.normal = i ? NULL : "2",
			.help = help };

		(void)snprintf(help, sizeof(help), "help %u", i);
		describe(context, &key);
	}
	return 0;
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
	*lpdwNumLines = LINES;
	*lpdwNumPhones = 1;
	m.phone.create_proc = lpfnPhoneCreateProc;
	m.provider = hProvider;
	m.create_proc = lpfnLineCreateProc;
	m.create_proc(0, 0, LINE_CREATE, m.provider, 4711, 0);
	return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
		DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines,
		DWORD_PTR dwNumPhones, ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions)
{
	(void)dwTSPIVersion;
	(void)dwPermanentProviderID;
	m.phone.base = dwPhoneDeviceIDBase;
	(void)dwNumLines;
	(void)dwNumPhones;
	m.base = dwLineDeviceIDBase;
	m.complete = lpfnCompletionProc;
	*lpdwTSPIOptions = 0;
	m.running = 1;
	return 0;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID)
{
	(void)dwTSPIVersion;
	(void)dwPermanentProviderID;
	m.running = 0;
	return 0;
}

LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
		DWORD dwTSPIVersion, LINEEVENT lpfnEventProc)
{
	struct mock_line *l = &m.lines[dwDeviceID - m.base];

	(void)dwTSPIVersion;
	if (dwDeviceID - m.base >= LINES)
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
	pthread_mutex_lock(&m.lock);
	((struct mock_call *)hdCall)->used = 0;
	pthread_mutex_unlock(&m.lock);
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
		m.say("404", "nobody is there");
		return LINEERR_INVALADDRESS;
	}
	c = mock_call_new((struct mock_line *)hdLine, htCall);
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
	struct mock_call *c = (struct mock_call *)hdCall;

	(void)lpsUserUserInfo;
	(void)dwSize;
	if (c->is_stubborn)
		m.say("488", "it cannot be answered");
	m.complete(dwRequestID, c->is_stubborn ? LINEERR_OPERATIONFAILED : 0);
	if (!c->is_stubborn)
		mock_set_state(c, LINECALLSTATE_CONNECTED, 0);
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
	m.drops++;
	m.complete(dwRequestID, 0);
	m.say("16", "normal call clearing");
	mock_set_state((struct mock_call *)hdCall, LINECALLSTATE_IDLE, 0);
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
	m.complete(dwRequestID, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwParkMode,
		LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress)
{
	(void)hdCall;
	(void)dwParkMode;
	(void)lpszDirAddress;
	if (!lpNonDirAddress)
		m.complete(dwRequestID, 0);
	else
		m.never = dwRequestID;
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineGetCallMedia(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPVARSTRING lpMedia)
{
	static const char text[] = "Codec: opus/48000\nLost: 0\n";

	(void)hdCall;
	lpMedia->dwNeededSize = (DWORD)(sizeof(*lpMedia) + sizeof(text));
	lpMedia->dwUsedSize = (DWORD)sizeof(*lpMedia);
	lpMedia->dwStringFormat = STRINGFORMAT_ASCII;
	if (lpMedia->dwTotalSize >= lpMedia->dwNeededSize) {
		lpMedia->dwUsedSize = lpMedia->dwNeededSize;
		lpMedia->dwStringSize = (DWORD)sizeof(text);
		lpMedia->dwStringOffset = (DWORD)sizeof(*lpMedia);
		memcpy(lpMedia + 1, text, sizeof(text));
	}
	m.complete(dwRequestID, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo)
{
	struct mock_call *c = (struct mock_call *)hdCall;

	m.looks++;
	lpCallInfo->dwLineDeviceID = m.base + (DWORD)(c->line - m.lines);
	lpCallInfo->dwAddressID = 3;
	lpCallInfo->dwMediaMode = c->media;
	if (!m.fat)
		return 0;
	lpCallInfo->dwNeededSize = (DWORD)sizeof(*lpCallInfo) + m.fat;
	if (lpCallInfo->dwTotalSize < lpCallInfo->dwNeededSize)
		return 0;
	lpCallInfo->dwUsedSize = lpCallInfo->dwNeededSize;
	lpCallInfo->dwDevSpecificSize = m.fat;
	lpCallInfo->dwDevSpecificOffset = (DWORD)sizeof(*lpCallInfo);
	return 0;
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus)
{
	pthread_mutex_lock(&m.lock);
	lpCallStatus->dwCallState = ((struct mock_call *)hdCall)->state;
	pthread_mutex_unlock(&m.lock);
	return 0;
}

/* A name that does not fit at first. */
LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
		LPLINEDEVCAPS lpLineDevCaps)
{
	const DWORD size = 10000;

	(void)dwDeviceID;
	(void)dwExtVersion;
	lpLineDevCaps->dwNumAddresses = 1;
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
	if (m.is_out_of_service)
		m.say("SIP 403", "Forbidden");
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
	m.last_tag = dwEndToEndID;
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
	m.last_tag = dwEndToEndID;
	m.gather = lpsDigits;
	return 0;
}

LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID,
		const LINEMONITORTONE *lpToneList, DWORD dwNumEntries)
{
	(void)hdCall;
	if (dwNumEntries && lpToneList[dwNumEntries - 1].dwFrequency1 != 440)
		return LINEERR_INVALTONELIST;
	m.last_tag = dwToneListID;
	return 0;
}

LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID, HTAPIMSPLINE htMSPLine,
		LPHDRVMSPLINE lphdMSPLine)
{
	(void)hdLine;
	(void)dwAddressID;
	m.msp_line = htMSPLine;
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
	m.received.size = dwSize;
	m.received.call = hdCall;
	m.received.msp = hdMSPLine;
	if (dwSize)
		memcpy(m.received.data, pBuffer, dwSize < 256 ? dwSize : 256);
	return 0;
}
