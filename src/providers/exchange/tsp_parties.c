// SPDX-License-Identifier: MIT
/* tsp_parties.c - the TSPI entries of services with several parties: hold, transfer, conference. */
#include "call.h"
#include "exchange.h"
#include "extension.h"
#include "transfer.h"

#include "providers/kit/varpart.h"

static LONG bad_call(void)
{
	return exchange_fail(LINEERR_INVALCALLHANDLE, "call", "the call does not exist any more");
}

static LONG bad_line(void)
{
	return exchange_fail(LINEERR_INVALLINEHANDLE, "line", "the line is not open");
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_hold(c, dwRequestID) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_unhold(c, dwRequestID) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall,
		HDRVCALL hdHeldCall)
{
	struct call *active, *held;

	exchange_enter();
	active = call_find(hdActiveCall);
	held = call_find(hdHeldCall);
	return exchange_leave(active && held ? call_swap_hold(active, held, dwRequestID)
					     : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	struct call *c;

	if (!lphdConsultCall)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? transfer_setup(c, dwRequestID, htConsultCall, lphdConsultCall,
						  lpCallParams)
				: bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	struct call *c;

	(void)dwCountryCode;
	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? transfer_blind(c, dwRequestID, lpszDestAddress) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVCALL hdConsultCall, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		DWORD dwTransferMode)
{
	const struct conference_calls calls = { .ht_conference = htConfCall,
		.conference = lphdConfCall };
	struct call *c, *consult;
	LONG result;

	exchange_enter();
	c = call_find(hdCall);
	consult = call_find(hdConsultCall);
	if (!c)
		result = bad_call();
	else if (!consult)
		result = exchange_fail(LINEERR_INVALCONSULTCALLHANDLE, "call",
				"the consultation does not exist any more");
	else if (dwTransferMode == LINETRANSFERMODE_TRANSFER)
		result = transfer_complete(c, consult, dwRequestID);
	else if (dwTransferMode != LINETRANSFERMODE_CONFERENCE)
		result = exchange_fail(LINEERR_INVALTRANSFERMODE, "transfer mode",
				"a transfer ends as a transfer or as a conference");
	else if (!lphdConfCall)
		result = LINEERR_INVALPOINTER;
	else
		result = conference_of_transfer(c, consult, dwRequestID, &calls);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVLINE hdLine, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall, DWORD dwNumParties,
		const LINECALLPARAMS *lpCallParams)
{
	const struct conference_calls calls = { htConfCall, htConsultCall, lphdConfCall,
		lphdConsultCall, lpCallParams };
	struct extension *e;
	struct call *c;
	LONG result;

	if (!lphdConfCall || !lphdConsultCall)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	e = extension_find(hdLine);
	c = hdCall ? call_find(hdCall) : NULL;
	if (hdCall && !c)
		result = bad_call();
	else if (!c && !e)
		result = bad_line();
	else if (dwNumParties > exchange.config.conference_parties)
		result = exchange_fail(LINEERR_CONFERENCEFULL, "conference",
				"a conference has at most %u parties",
				(unsigned)exchange.config.conference_parties);
	else
		result = conference_setup(c ? c->line : e, c, dwRequestID, &calls);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID,
		HDRVCALL hdConfCall, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	const struct conference_calls calls = {
		.ht_consult = htConsultCall, .consult = lphdConsultCall, .params = lpCallParams
	};
	struct call *k;

	if (!lphdConsultCall)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	k = call_find(hdConfCall);
	return exchange_leave(k ? conference_prepare(k, dwRequestID, &calls) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
		HDRVCALL hdConsultCall)
{
	struct call *k, *consult;

	exchange_enter();
	k = call_find(hdConfCall);
	consult = call_find(hdConsultCall);
	return exchange_leave(k && consult ? conference_add(k, consult, dwRequestID) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? conference_remove(c, dwRequestID) : bad_call());
}

#define TRACKING (LINECALLHUBTRACKING_PROVIDERLEVEL | LINECALLHUBTRACKING_ALLCALLS)

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallHubTracking(HDRVLINE hdLine,
		LPLINECALLHUBTRACKINGINFO lpTrackingInfo)
{
	struct extension *e;
	struct varpart v;
	LONG result;

	exchange_enter();
	e = extension_find(hdLine);
	result = e ? varpart_begin(&v, lpTrackingInfo, sizeof(*lpTrackingInfo)) : bad_line();
	if (!result) {
		lpTrackingInfo->dwAvailableTracking = TRACKING;
		lpTrackingInfo->dwCurrentTracking = e->hub_tracking;
		result = varpart_end(&v);
	}
	return exchange_leave(result);
}

/* The calls of a hub have one dwCallID at any level: an exchange knows all of them. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallHubTracking(HDRVLINE hdLine,
		LPLINECALLHUBTRACKINGINFO lpTrackingInfo)
{
	struct extension *e;
	DWORD level;
	LONG result = 0;

	exchange_enter();
	e = extension_find(hdLine);
	level = lpTrackingInfo->dwCurrentTracking;
	if (!e)
		result = bad_line();
	else if (level & ~(DWORD)TRACKING || level == TRACKING)
		result = exchange_fail(LINEERR_INVALPARAM, "call hub tracking",
				"%#x is no level of tracking", (unsigned)level);
	else
		e->hub_tracking = level;
	return exchange_leave(result);
}
