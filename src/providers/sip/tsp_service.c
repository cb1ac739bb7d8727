// SPDX-License-Identifier: MIT
/* tsp_service.c - the TSPI entries of supplementary services. They only check handles and hand on.
 */
#include "account.h"
#include "call.h"
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
	struct call *c, *consult;
	LONG result;

	(void)htConfCall;
	(void)lphdConfCall;
	sip_enter();
	c = call_find(hdCall);
	consult = call_find(hdConsultCall);
	if (!c || !consult)
		result = bad_call();
	else if (dwTransferMode == LINETRANSFERMODE_TRANSFER)
		result = transfer_complete(c, consult, dwRequestID);
	else
		result = sip_fail(LINEERR_INVALTRANSFERMODE, "transfer mode",
				"a SIP line transfers only");
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
