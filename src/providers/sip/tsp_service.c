// SPDX-License-Identifier: MIT
/* tsp_service.c - the TSPI entries of supplementary services. They only check handles and hand on.
 */
#include "account.h"
#include "call.h"
#include "diversion.h"
#include "sip.h"

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
