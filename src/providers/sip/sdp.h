// SPDX-License-Identifier: MIT
/* sdp.h - the little that this provider reads of session descriptions, and says in them when no
 * MSP has the call's media. Any bytes may come in. */
#ifndef SIP_SDP_H
#define SIP_SDP_H

#include <stdbool.h>
#include <stddef.h>

#define SDP_SILENT_MAX 2048

enum sdp_direction { SDP_INACTIVE, SDP_SENDONLY, SDP_RECVONLY, SDP_SENDRECV };

/* The direction of the first audio stream that is not refused, as its writer sees it; SENDRECV if
 * there is none. */
enum sdp_direction sdp_direction(const char *sdp, size_t size);
/* The writer does not listen: it holds. */
bool sdp_is_hold(const char *sdp, size_t size);

/* An offer of one audio stream that carries nothing. */
size_t sdp_silent_offer(const char *address, char out[SDP_SILENT_MAX]);
/* The answer to an offer: its first usable audio stream, inactive, and all others refused. 0: it
 * has no audio that could be answered, or too many streams. */
size_t sdp_silent_answer(const char *offer, size_t size, const char *address,
		char out[SDP_SILENT_MAX]);

#endif
