// SPDX-License-Identifier: MIT
/* tsp_service.c - the TSPI entries of services of one call. */
#include "call.h"
#include "exchange.h"

static LONG bad_call(void)
{
	return exchange_fail(LINEERR_INVALCALLHANDLE, "call", "the call does not exist any more");
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
