// SPDX-License-Identifier: MIT
/* reload.h - SIGHUP: the configuration file has been read again. */
#ifndef TAPISRVD_RELOAD_H
#define TAPISRVD_RELOAD_H

struct core;
struct options;

/* Makes of running what can be made while the daemon runs, and says of the rest that it needs a
 * restart. fresh is complete; it is robbed of its providers. */
void reload_take(struct core *core, struct options *running, struct options *fresh);

#endif
