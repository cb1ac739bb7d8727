// SPDX-License-Identifier: MIT
/* slow.h - a client that reads slowly. Messages that only say what has changed are not queued any
 * more, but added up, and follow once it has read what it has; all others are queued until there is
 * too much, and then it is disconnected (client.c). So little of what it missed is lost. */
#ifndef TAPISRVD_SLOW_H
#define TAPISRVD_SLOW_H

#include "tapi.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct client;

/* True: the event waits with the client, and need not be sent. */
bool slow_keeps(struct client *c, uint32_t open, const Event *e);
/* It has read everything: sends what has waited. */
void slow_tell(struct client *c);
/* Its connection ends. Returns how many messages waited. */
uint32_t slow_forget(struct client *c);

#endif
