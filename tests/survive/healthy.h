// SPDX-License-Identifier: MIT
/* healthy.h - applications that go on as always while something beside them fails, and how long
 * they wait for it: each has a call with its neighbour, asks about it all the time, changes its
 * application-specific word, and hears by LINE_CALLINFO that the neighbour has changed that of its
 * own.
 */
#ifndef SURVIVE_HEALTHY_H
#define SURVIVE_HEALTHY_H

#include "survive.h"

enum { HEALTHY = 8 };

/* Lines from this device on are theirs, with numbers from that one on; their calls are up. */
void healthy_start(struct world *w, DWORD first_device, unsigned first_number);
/* For so long nothing else happens: what later times are compared with. */
void healthy_quiet(unsigned ms);
/* What is between the two is beside the failure. */
void healthy_beside(void);
void healthy_apart(void);
/* Of what was between them: requests failed, events lost, and the p99 of both against the quiet
 * ones. what: beside what it was. */
void healthy_goals(const char *what);
/* The p99 of events between the two, in ms. */
double healthy_event_p99(void);
void healthy_end(void);

#endif
