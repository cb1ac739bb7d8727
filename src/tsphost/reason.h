// SPDX-License-Identifier: MIT
/* reason.h - why something failed or ended, in words. What a TSP says through its reason procedure
 * is kept for the thread that said it, until that thread's next completion, event or return. */
#ifndef TSPHOST_REASON_H
#define TSPHOST_REASON_H

#include "base/log.h"
#include "tapi.pb-c.h"

#include <tspi.h>

#include <stdbool.h>

struct reason {
	bool set;
	char cause[128];
	char sentence[256];
};

/* The TSPI_REASON procedure that TSPs get. */
void CALLBACK reason_proc(LPCSTR cause, LPCSTR sentence);
/* Moves what this thread's TSP code said last into *out (not set: it said nothing). */
void reason_take(struct reason *out);

void reason_set(struct reason *r, const char *cause, const char *fmt, ...) LOG_PRINTF(3, 4);
/* As a message that borrows the strings of r; layer: provider. */
void reason_message(struct reason *r, Failure *out);

#endif
