// SPDX-License-Identifier: MIT
/* tapi_sip.h - what only SIP lines have, for applications: the words of lineDevSpecific.
 *
 * A line is one of these if lineNegotiateAPIVersion gives TAPI_SIP_EXTENSION_ID for it; then
 * lineNegotiateExtVersion with TAPI_SIP_EXTENSION_VERSION.
 *
 * lpParams is a buffer of dwSize bytes that begins with a word, ended by a NUL. When LINE_REPLY says
 * 0, the buffer has the answer in its place: ASCII or UTF-8 text, ended by a NUL. The request fails
 * with LINEERR_STRUCTURETOOSMALL if the answer does not fit (tapixGetLastReason says how many bytes
 * it has), with LINEERR_INVALPARAM for a word that is none of these, with LINEERR_OPERATIONUNAVAIL
 * for what is not there.
 *
 * How the sound of a call does is told by tapixGetCallMedia, for every kind of line.
 *
 *     char text[512] = TAPI_SIP_HEADER "Subject";
 *     lineDevSpecific(line, 0, call, text, sizeof(text));
 */
#ifndef TAPI_SIP_H
#define TAPI_SIP_H

#include "tapi.h"

/* A LINEEXTENSIONID. */
#define TAPI_SIP_EXTENSION_ID                                                                      \
	{                                                                                          \
		0x7369706c, 0x696e6573, 0x74617069, 0x73727664                                     \
	}
#define TAPI_SIP_EXTENSION_VERSION 0x00010000

/**
 * The line: lines `Name: value`. State is "registered", "registering", "failed", "unregistered" or
 * "not registered by configuration"; Address the line's whole address; Cause and Reason are there
 * while the line is out of service.
 */
#define TAPI_SIP_REGISTRATION "registration"

/**
 * The call: the values of a header, one a line, as the peer sent them: of the INVITE of an incoming
 * call, of the last response to that of an outgoing one. The name of the header follows, in its
 * long form; case does not matter.
 */
#define TAPI_SIP_HEADER "header "

#endif
