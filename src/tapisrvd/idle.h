// SPDX-License-Identifier: MIT
/* idle.h - what waits until no application is left: providers that want to be initialised again,
 * and the end of a daemon that is started on demand. */
#ifndef TAPISRVD_IDLE_H
#define TAPISRVD_IDLE_H

struct core;
struct provider;

void idle_init(struct core *core);
/* LINEDEVSTATE_REINIT, as the provider demands it: nobody may begin until all have gone. */
void idle_want_reinit(struct provider *p);
/* An application has come or gone, the daemon is ready: the time may begin, or is over. */
void idle_check(struct core *core);

#endif
