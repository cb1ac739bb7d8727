// SPDX-License-Identifier: MIT
/* notify.h - tells the service manager how the daemon does (sd_notify's protocol, without its
 * library). */
#ifndef TAPISRVD_NOTIFY_H
#define TAPISRVD_NOTIFY_H

#include <stdint.h>

struct core;

/* It listens; and keeps the manager's watchdog quiet as long as the loop turns. */
void notify_ready(struct core *core);
/* The loop turns again after it has stood still: what the manager waits is not longer for that. */
void notify_alive(void);
void notify_reloading(void); /* notify_reloaded() follows */
void notify_reloaded(void);
void notify_stopping(void);

/* What the manager waits for a word of this process, 0: it does not. */
uint64_t notify_watchdog_ms(void);
/* Another process's words. */
void notify_pass_on(const char *text);

#endif
