// SPDX-License-Identifier: MIT
/* idle.h - what waits until no application is left: the end of a daemon that is started on demand.
 */
#ifndef TAPISRVD_IDLE_H
#define TAPISRVD_IDLE_H

struct core;

void idle_init(struct core *core);
/* An application has come or gone, the daemon is ready: the time may begin, or is over. */
void idle_check(struct core *core);

#endif
