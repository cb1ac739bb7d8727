// SPDX-License-Identifier: MIT
/* tsp_call.c - the TSPI entries of calls. */
#include "call.h"
#include "exchange.h"
#include "extension.h"

static LONG bad_call(void)
{
	return exchange_fail(LINEERR_INVALCALLHANDLE, "call", "the call does not exist any more");
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
		const LINECALLPARAMS *lpCallParams)
{
	struct extension *e;

	if (!lphdCall)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	e = extension_find(hdLine);
	return exchange_leave(e ? call_make(e, dwRequestID, htCall, lphdCall, lpszDestAddress,
						  dwCountryCode, lpCallParams)
				: LINEERR_INVALLINEHANDLE);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	struct call *c;

	(void)dwCountryCode;
	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_dial(c, dwRequestID, lpszDestAddress) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_accept(c, dwRequestID, lpsUserUserInfo, dwSize)
				: bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_answer(c, dwRequestID, lpsUserUserInfo, dwSize)
				: bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_drop(c, dwRequestID, lpsUserUserInfo, dwSize) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall)
{
	struct call *c;
	LONG result = 0;

	exchange_enter();
	c = call_find(hdCall);
	if (c) {
		call_close(c);
		outbox_deliver(&exchange.outbox);
		exchange_settle();
	} else {
		result = bad_call();
	}
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_get_info(c, lpCallInfo) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_get_status(c, lpCallStatus) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID)
{
	LONG result = 0;

	exchange_enter();
	if (call_find(hdCall))
		*lpdwAddressID = 0;
	else
		result = bad_call();
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID,
		LPDWORD lpdwCallID, LPDWORD lpdwRelatedCallID)
{
	struct call *c;
	LONG result = 0;

	exchange_enter();
	c = call_find(hdCall);
	if (c) {
		*lpdwAddressID = 0;
		*lpdwCallID = c->call_id;
		*lpdwRelatedCallID = c->related_call_id;
	} else {
		result = bad_call();
	}
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific)
{
	struct call *c;
	LONG result = 0;

	exchange_enter();
	c = call_find(hdCall);
	if (c) {
		c->app_specific = dwAppSpecific;
		call_info_changed(c, LINECALLINFOSTATE_APPSPECIFIC);
	} else {
		result = bad_call();
	}
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? call_set_media_mode(c, dwMediaMode) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSendUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? uui_send(c, dwRequestID, lpsUserUserInfo, dwSize) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? uui_release(c, dwRequestID) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallMedia(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPVARSTRING lpMedia)
{
	struct call *c;

	if (!lpMedia)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? media_figures(c, dwRequestID, lpMedia) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineReceiveMSPData(HDRVLINE hdLine, HDRVCALL hdCall,
		HDRVMSPLINE hdMSPLine, LPVOID pBuffer, DWORD dwSize)
{
	struct call *c;
	LONG result = 0;

	(void)hdLine;
	(void)hdMSPLine; /* the core has chosen the instance that has the call */
	exchange_enter();
	c = call_find(hdCall);
	if (c)
		media_receive(c, pBuffer, dwSize);
	else
		result = bad_call();
	return exchange_leave(result);
}
