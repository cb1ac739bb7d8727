// SPDX-License-Identifier: MIT
/* tapi3_format.h - part of tapi3.h: in which formats the sound of a call crosses the network
 * (ITFormatControl). The formats are one wish for the call, whichever of its streams it is said to.
 * Errors of all that follow: TAPI_E_NOTSUPPORTED: the media service provider does not offer this. */
#ifndef TAPI3_FORMAT_H
#define TAPI3_FORMAT_H

#include "tapi.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tapi_address;
struct tapi_stream;

struct tapi_stream_format {
	char codec[24]; /* "G722": a name for the functions below */
	DWORD clock; /* of RTP timestamps, a second */
	DWORD rate, channels; /* of the sound: samples a second */
	DWORD bit_rate; /* of the sound alone, a second; what is aimed at if it varies */
	DWORD packet_ms; /* of the current format of what is sent: sound in a packet; else 0 */
	DWORD place; /* in the order of the call, 1 is the best; 0: not used by it */
};

/**
 * One of the formats that there are; their order never changes.
 *
 * Units:  `size` is sizeof(struct tapi_stream_format): what this library does not know stays as it
 *         is.
 * Errors: TAPI_E_NOITEMS behind the last.
 */
TAPI_EXPORT LONG tapi_stream_get_format(struct tapi_stream *stream, DWORD index,
		struct tapi_stream_format *out, size_t size);
/**
 * The formats that the call may use, best first: "G722 PCMU"; names that are not known, and those
 * that the provider does not allow, are skipped. "" is all that it allows, in its order. Before the
 * call is dialled or answered, or at any time later: a call whose media is agreed is offered to the
 * peer anew, at once if that makes a difference. What has come of it says
 * tapi_stream_get_current_format: the old format, and then the old list, too, if the peer refuses.
 *
 * Errors: TAPI_E_NOFORMAT nothing is left of the list; the call is as it was. What a provider allows
 *         is known when the call is being dialled or answered: if nothing is left then, the call
 *         fails, for nothing is in common.
 */
TAPI_EXPORT LONG tapi_stream_set_format_preference(struct tapi_stream *stream, const char *names);
/** The names of the list, "" if there is none. */
TAPI_EXPORT LONG tapi_stream_get_format_preference(
		struct tapi_stream *stream, char *text, size_t size);
/**
 * What is sent (TD_CAPTURE), or has last been heard of the peer (TD_RENDER; until then what it is
 * sent).
 *
 * Errors: TAPI_E_NOITEMS nothing is agreed yet.
 */
TAPI_EXPORT LONG tapi_stream_get_current_format(
		struct tapi_stream *stream, struct tapi_stream_format *out, size_t size);
/**
 * The same list for each call of the address that begins from now on, also for those that are made
 * or come by tapi.h after tapi_line_media(): so it holds from their first offer on.
 *
 * Errors: TAPI_E_NOFORMAT no name is known; TAPI_E_NODRIVER the line has no media.
 */
TAPI_EXPORT LONG tapi_address_set_format_preference(
		struct tapi_address *address, const char *names);

#ifdef __cplusplus
}
#endif

#endif
