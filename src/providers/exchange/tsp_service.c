// SPDX-License-Identifier: MIT
/* tsp_service.c - the TSPI entries of services of one call. */
#include "call.h"
#include "complete.h"
#include "exchange.h"
#include "extension.h"
#include "forward.h"
#include "pickup.h"

static LONG bad_call(void)
{
	return exchange_fail(LINEERR_INVALCALLHANDLE, "call", "the call does not exist any more");
}

static LONG bad_line(void)
{
	return exchange_fail(LINEERR_INVALLINEHANDLE, "line", "the line is not open");
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallParams(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
		const LINEDIALPARAMS *lpDialParams)
{
	struct call *c;

	(void)lpDialParams; /* there is nothing to time: the exchange dials at once */
	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? params_set(c, dwRequestID, dwBearerMode, dwMinRate, dwMaxRate)
				: bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallData(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPVOID lpCallData, DWORD dwSize)
{
	const struct blob data = { lpCallData, dwSize };
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? params_set_data(c, dwRequestID, &data) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID dwRequestID,
		HDRVCALL hdCall, LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
		LPVOID lpReceivingFlowspec, DWORD dwReceivingFlowspecSize)
{
	const struct blob sending = { lpSendingFlowspec, dwSendingFlowspecSize },
			  receiving = { lpReceivingFlowspec, dwReceivingFlowspecSize };
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? params_set_qos(c, dwRequestID, &sending, &receiving)
				: bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		DWORD dwTreatment)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? treatment_set(c, dwRequestID, dwTreatment) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? params_secure(c, dwRequestID) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	struct call *c;

	(void)dwCountryCode;
	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? forward_redirect(c, dwRequestID, lpszDestAddress) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwParkMode,
		LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress)
{
	struct call *c;

	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? park_call(c, dwRequestID, dwParkMode, lpszDirAddress,
						  lpNonDirAddress)
				: bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCompleteCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPDWORD lpdwCompletionID, DWORD dwCompletionMode, DWORD dwMessageID)
{
	struct call *c;

	if (!lpdwCompletionID)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	c = call_find(hdCall);
	return exchange_leave(c ? complete_call(c, dwRequestID, lpdwCompletionID, dwCompletionMode,
						  dwMessageID)
				: bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwCompletionID)
{
	struct extension *e;

	exchange_enter();
	e = extension_find(hdLine);
	return exchange_leave(e ? complete_cancel(e, dwRequestID, dwCompletionID) : bad_line());
}

TSPI_EXPORT LONG TSPIAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress,
		LPCSTR lpszGroupID)
{
	struct wanted_call w = { .id = dwRequestID, .ht_call = htCall, .out = lphdCall };

	(void)dwAddressID;
	if (!lphdCall)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	w.line = extension_find(hdLine);
	return exchange_leave(w.line ? pickup_call(&w, lpszDestAddress, lpszGroupID) : bad_line());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineUnpark(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress)
{
	struct wanted_call w = { .id = dwRequestID, .ht_call = htCall, .out = lphdCall };

	(void)dwAddressID;
	if (!lphdCall)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	w.line = extension_find(hdLine);
	return exchange_leave(w.line ? park_take(&w, lpszDestAddress) : bad_line());
}

/* No call is needed to forward: the host sees it by the handle that stays 0. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD bAllAddresses, DWORD dwAddressID, const LINEFORWARDLIST *lpForwardList,
		DWORD dwNumRingsNoAnswer, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	struct extension *e;

	(void)bAllAddresses; /* a line has one */
	(void)dwAddressID;
	(void)htConsultCall;
	(void)lphdConsultCall;
	(void)lpCallParams;
	exchange_enter();
	e = extension_find(hdLine);
	return exchange_leave(e ? forward_set(e, dwRequestID, lpForwardList, dwNumRingsNoAnswer)
				: bad_line());
}
