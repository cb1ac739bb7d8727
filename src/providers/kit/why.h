// SPDX-License-Identifier: MIT
/* why.h - why something ended or failed, for people and for machines. */
#ifndef KIT_WHY_H
#define KIT_WHY_H

#include "base/log.h"

#include <tspi.h>

/* All-zero: nothing is known. */
struct why {
	DWORD mode;     /* LINEDISCONNECTMODE_ or LINEBUSYMODE_ */
	char cause[64]; /* "Q.850 17 user busy", "SIP 486" */
	char sentence[200];
};

void why_set(struct why *w, DWORD mode, const char *cause, const char *fmt, ...) LOG_PRINTF(4, 5);

#endif
