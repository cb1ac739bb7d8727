// SPDX-License-Identifier: MIT
/* tsp_parties.c - the TSPI entries of services with several parties: hold, transfer, conference. */
#include "call.h"
#include "exchange.h"

static LONG bad_call(void)
{
	return exchange_fail(LINEERR_INVALCALLHANDLE, "call", "the call does not exist any more");
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
