/* SPDX-License-Identifier: MIT */
/**
 * tapix_assist.h - what tapisrvd adds to assisted telephony: the queue of requests of the user can be looked
 * at. How requests are made and taken is in tapi_dialing.h, who is started for them in tapi-dial(1).
 */
#ifndef TAPIX_ASSIST_H
#define TAPIX_ASSIST_H

#include <stddef.h>
#include <tapi.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A request of tapiRequestMakeCall that nobody has taken yet. */
struct tapix_request {
	DWORD id;
	DWORD at; /* seconds of time(2) */
	char  dest_address[TAPIMAXDESTADDRESSSIZE];
	char  app_name[TAPIMAXAPPNAMESIZE];
	char  called_party[TAPIMAXCALLEDPARTYSIZE];
	char  comment[TAPIMAXCOMMENTSIZE];
};

/**
 * The requests of the user that wait, the oldest first. They stay where they are. hLineApp may be 0.
 *
 * Ownership: requests is the caller's array of *count elements of element_size bytes; *count becomes the number there is.
 * Errors:    LINEERR_STRUCTURETOOSMALL when *count was too small; the first elements are filled in.
 */
TAPI_EXPORT LONG tapixGetRequests(HLINEAPP hLineApp, struct tapix_request *requests,
	size_t element_size, DWORD *count);

/**
 * Takes a request out of the queue without placing it. hLineApp may be 0.
 *
 * Errors: LINEERR_NOREQUEST it is not there any more.
 */
TAPI_EXPORT LONG tapixRemoveRequest(HLINEAPP hLineApp, DWORD id);

#ifdef __cplusplus
}
#endif

#endif
