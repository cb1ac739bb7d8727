// SPDX-License-Identifier: MIT
/* notify.h - tells the service manager that the daemon listens (sd_notify's protocol, without its
 * library). */
#ifndef TAPISRVD_NOTIFY_H
#define TAPISRVD_NOTIFY_H

void notify_ready(void);

#endif
