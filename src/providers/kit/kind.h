// SPDX-License-Identifier: MIT
/* kind.h - the kinds of sound that an MSP tells apart (tapi-rtp-msp(7), `media`), as media modes.
 */
#ifndef KIT_KIND_H
#define KIT_KIND_H

#include <stddef.h>
#include <tspi.h>

/* What can be monitored. */
#define KIND_MODES                                                                                 \
	(LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM | \
			LINEMEDIAMODE_G3FAX)

/* The n-th kind that is a media mode; NULL behind the last. */
const char *kind_name(size_t n);
/* 0: it is none. */
DWORD kind_modes(const char *name);

#endif
