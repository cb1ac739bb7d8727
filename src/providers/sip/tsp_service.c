// SPDX-License-Identifier: MIT
/* tsp_service.c - the TSPI entries of supplementary services. They only check handles and hand on.
 */
#include "account.h"
#include "call.h"
#include "conference.h"
#include "diversion.h"
#include "sip.h"
#include "transfer.h"

static LONG bad_line(void)
{
	return sip_fail(LINEERR_INVALLINEHANDLE, "line", "the line is not open");
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD bAllAddresses, DWORD dwAddressID, const LINEFORWARDLIST *lpForwardList,
		DWORD dwNumRingsNoAnswer, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	struct account *a;
	LONG result;

	(void)htConsultCall;
	(void)lpCallParams;
	if (lphdConsultCall)
		*lphdConsultCall = 0; /* no consultation is needed */
	sip_enter();
	a = account_find(hdLine);
	if (!a)
		result = bad_line();
	else if (!bAllAddresses && dwAddressID)
		result = sip_fail(LINEERR_INVALADDRESSID, "address", "the line has one address, 0");
	else
		result = diversion_set(a, dwRequestID, lpForwardList, dwNumRingsNoAnswer);
	return sip_leave(result);
}

static LONG bad_call(void)
{
	return sip_fail(LINEERR_INVALCALLHANDLE, "call", "the call has been closed");
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	struct call *c;

	(void)dwCountryCode;
	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? transfer_blind(c, dwRequestID, lpszDestAddress) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? transfer_setup(c, dwRequestID, htConsultCall, lphdConsultCall,
					     lpCallParams)
			   : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVCALL hdConsultCall, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		DWORD dwTransferMode)
{
	const struct conference_calls calls = { .ht_conference = htConfCall,
		.conference = lphdConfCall };
	struct call *c, *consult;
	LONG result;

	sip_enter();
	c = call_find(hdCall);
	consult = call_find(hdConsultCall);
	if (!c || !consult)
		result = bad_call();
	else if (dwTransferMode == LINETRANSFERMODE_TRANSFER)
		result = transfer_complete(c, consult, dwRequestID);
	else
		result = conference_of_transfer(c, consult, dwRequestID, &calls);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall,
		HDRVCALL hdHeldCall)
{
	struct call *active, *held;

	sip_enter();
	active = call_find(hdActiveCall);
	held = call_find(hdHeldCall);
	return sip_leave(active && held ? transfer_swap(active, held, dwRequestID) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVLINE hdLine, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall, DWORD dwNumParties,
		const LINECALLPARAMS *lpCallParams)
{
	const struct conference_calls calls = { htConfCall, htConsultCall, lphdConfCall,
		lphdConsultCall, lpCallParams };
	struct account *a;
	struct call *c;
	LONG result;

	sip_enter();
	a = account_find(hdLine);
	c = hdCall ? call_find(hdCall) : NULL;
	if (hdCall && !c)
		result = bad_call();
	else if (!c && !a)
		result = bad_line();
	else if (dwNumParties > CONFERENCE_MAX)
		result = sip_fail(LINEERR_CONFERENCEFULL, "conference",
				"a conference has at most %d parties", CONFERENCE_MAX);
	else
		result = conference_setup(c ? c->line : a, c, dwRequestID, &calls);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID,
		HDRVCALL hdConfCall, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	const struct conference_calls calls = {
		.ht_consult = htConsultCall, .consult = lphdConsultCall, .params = lpCallParams
	};
	struct call *k;

	sip_enter();
	k = call_find(hdConfCall);
	return sip_leave(k ? conference_prepare(k, dwRequestID, &calls) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
		HDRVCALL hdConsultCall)
{
	struct call *k, *consult;

	sip_enter();
	k = call_find(hdConfCall);
	consult = call_find(hdConsultCall);
	return sip_leave(k && consult ? conference_add(k, consult, dwRequestID) : bad_call());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	struct call *c;

	sip_enter();
	c = call_find(hdCall);
	return sip_leave(c ? conference_remove(c, dwRequestID) : bad_call());
}
