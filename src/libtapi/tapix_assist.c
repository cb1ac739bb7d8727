// SPDX-License-Identifier: MIT
/* tapix_assist.c - what waits in the queue of assisted telephony. */
#include "libtapi/asking.h"

#include <tapix.h>

LONG tapixGetRequests(HLINEAPP hLineApp, struct tapix_request *requests, size_t element_size,
		DWORD *count)
{
	TapixGetRequests request = TAPIX_GET_REQUESTS__INIT;

	return asking_list(hLineApp, CALL_TapixGetRequests, &request.base, &record_request,
			requests, element_size, count);
}

LONG tapixRemoveRequest(HLINEAPP hLineApp, DWORD id)
{
	TapixRemoveRequest request = TAPIX_REMOVE_REQUEST__INIT;
	struct asking q;
	LONG result = asking_begin(&q, hLineApp);

	if (result)
		return result;
	request.has_id = true;
	request.id = id;
	result = asking_run(&q, CALL_TapixRemoveRequest, &request.base);
	asking_end(&q);
	return result;
}
