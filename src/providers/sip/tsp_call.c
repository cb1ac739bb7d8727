// SPDX-License-Identifier: MIT
/* tsp_call.c - the TSPI entries of calls. */
#include "account.h"
#include "call.h"
#include "conference.h"
#include "sip.h"
#include "transfer.h"

static LONG bad_call(void)
{
	return sip_fail(LINEERR_INVALCALLHANDLE, "call", "the call does not exist any more");
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
		const LINECALLPARAMS *lpCallParams)
{
	struct account *a;

	if (!lphdCall)
		return LINEERR_INVALPOINTER;
	sip_enter();
	a = account_find(hdLine);
	return sip_leave(a ? call_make(a, dwRequestID, htCall, lphdCall, lpszDestAddress,
					     dwCountryCode, lpCallParams)
			   : LINEERR_INVALLINEHANDLE);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	struct call *c;

	(void)dwCountryCode;
	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? call_dial(c, dwRequestID, lpszDestAddress) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? call_accept(c, dwRequestID, lpsUserUserInfo, dwSize) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? call_answer(c, dwRequestID, lpsUserUserInfo, dwSize) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	struct call *c;

	(void)dwCountryCode;
	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? call_redirect(c, dwRequestID, lpszDestAddress) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	if (!c)
		return sip_leave(bad_call());
	return sip_leave(c->links.is_conference ? conference_hold(c, dwRequestID)
						: call_hold(c, dwRequestID));
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;
	LONG result;

	sip_enter();
	c = call_find(hdCall);
	if (!c)
		return sip_leave(bad_call());
	if (c->links.is_conference)
		return sip_leave(conference_unhold(c, dwRequestID));
	result = call_unhold(c, dwRequestID);
	if (result >= 0)
		transfer_unheld(c);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	struct call *c;
	LONG result;

	sip_enter();
	c = call_find(hdCall);
	if (!c)
		return sip_leave(bad_call());
	result = call_drop(c, dwRequestID, lpsUserUserInfo, dwSize);
	if (result >= 0) {
		transfer_dropped(c);
		conference_dropped(c);
	}
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall)
{
	struct call *c;
	LONG result = 0;

	sip_enter();
	c = call_find(hdCall);
	if (c) {
		transfer_dropped(c);
		conference_dropped(c);
		call_close(c);
		outbox_deliver(&sip.outbox);
		sip_settle();
	} else {
		result = bad_call();
	}
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? call_get_info(c, lpCallInfo) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? call_get_status(c, lpCallStatus) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID)
{
	LONG result = 0;

	sip_enter();
	if (call_find(hdCall))
		*lpdwAddressID = 0;
	else
		result = bad_call();
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID,
		LPDWORD lpdwCallID, LPDWORD lpdwRelatedCallID)
{
	struct call *c;
	LONG result = 0;

	sip_enter();
	c = call_find(hdCall);
	if (c) {
		*lpdwAddressID = 0;
		*lpdwCallID = c->call_id;
		*lpdwRelatedCallID = c->related_call_id;
	} else {
		result = bad_call();
	}
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific)
{
	struct call *c;
	LONG result = 0;

	sip_enter();
	c = call_find(hdCall);
	if (c) {
		c->app_specific = dwAppSpecific;
		call_info_changed(c, LINECALLINFOSTATE_APPSPECIFIC);
	} else {
		result = bad_call();
	}
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? call_set_media_mode(c, dwMediaMode) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? call_release_uui(c, dwRequestID) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallMedia(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPVARSTRING lpMedia)
{
	struct call *c;

	if (!lpMedia)
		return LINEERR_INVALPOINTER;
	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? leg_get_figures(c, dwRequestID, lpMedia) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineReceiveMSPData(HDRVLINE hdLine, HDRVCALL hdCall,
		HDRVMSPLINE hdMSPLine, LPVOID pBuffer, DWORD dwSize)
{
	struct call *c;
	LONG result = 0;

	(void)hdLine;
	(void)hdMSPLine; /* the core has chosen the instance that has the call */
	sip_enter();
	c = call_find(hdCall);
	if (c)
		leg_receive(c, pBuffer, dwSize);
	else
		result = bad_call();
	return sip_leave(result);
}
