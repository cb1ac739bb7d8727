// SPDX-License-Identifier: MIT
/* dial.h - from what a program dials to the URI of a request. */
#ifndef SIP_DIAL_H
#define SIP_DIAL_H

#include <stdbool.h>
#include <tspi.h>

#define DIAL_URI_MAX 511

struct dial {
	char uri[DIAL_URI_MAX + 1]; /* sip: or sips: */
	bool is_partial;            /* it ends in ';': more digits will come, and uri is "" */
};

/**
 * sip: and sips: URIs, tel: URIs, user@host; numbers (also canonical ones, with separators) and
 * names in `domain` ("": there is none). What follows | or ^ is not dialled.
 *
 * Errors:    LINEERR_INVALADDRESS, and LINEERR_DIALPROMPT and its like for characters that ask for
 *            what SIP has not; *why is a static sentence.
 */
LONG dial_read(const char *text, const char *domain, struct dial *out, const char **why);

#endif
