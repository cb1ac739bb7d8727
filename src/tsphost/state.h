// SPDX-License-Identifier: MIT
/* state.h - asking the TSP what a call is now. */
#ifndef TSPHOST_STATE_H
#define TSPHOST_STATE_H

#include "tsphost/host.h"

/* Fills *out from TSPI_lineGetCallInfo and TSPI_lineGetCallStatus; what the TSP does not answer
 * stays absent. The messages live in a until it is reset. */
void state_take(struct host *h, const struct call *c, struct arena *a, CallState *out);
/* The address that the call is on, 0 if the TSP does not say. */
uint32_t state_address_id(struct host *h, const struct call *c, struct arena *a);

#endif
