// SPDX-License-Identifier: MIT
/* notify.h - tells the service manager how the daemon does (sd_notify's protocol, without its
 * library). */
#ifndef TAPISRVD_NOTIFY_H
#define TAPISRVD_NOTIFY_H

struct core;

/* It listens; and keeps the manager's watchdog quiet as long as the loop turns. */
void notify_ready(struct core *core);
void notify_reloading(void); /* notify_reloaded() follows */
void notify_reloaded(void);
void notify_stopping(void);

#endif
