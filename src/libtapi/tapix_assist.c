// SPDX-License-Identifier: MIT
/* tapix_assist.c - what waits in the queue of assisted telephony. */
#include "libtapi/asking.h"

#include <tapix.h>

LONG tapixGetRequests(HLINEAPP hLineApp, struct tapix_request *requests, size_t element_size,
		DWORD *count)
{
	TapixGetRequests request = TAPIX_GET_REQUESTS__INIT;
	const TapixGetRequestsReply *reply;
	struct asking q;
	LONG result;

	if (!count || (*count && !requests))
		return asking_null();
	result = asking_begin(&q, hLineApp);
	if (result)
		return result;
	result = asking_run(&q, CALL_TapixGetRequests, &request.base);
	reply = (const TapixGetRequestsReply *)q.reply;
	if (!result)
		result = asking_give(&record_request, (ProtobufCMessage **)reply->requests,
				reply->n_requests, requests, element_size, count);
	asking_end(&q);
	return result;
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
