// SPDX-License-Identifier: MIT
/* assist.h - assisted telephony: requests to place calls wait in a queue, one a user, until the
 * user's program that has registered for them takes them. The queue outlives the daemon. */
#ifndef TAPISRVD_ASSIST_H
#define TAPISRVD_ASSIST_H

#include <stdint.h>

struct core;
struct session;

void assist_load(struct core *core);
void assist_fini(struct core *core);
/* modes: LINEREQUESTMODE_, what the session serves from now on; it hears if requests wait. */
void assist_register(struct session *s, uint32_t modes, uint32_t instance);
/* It is going: the next one hears of what it has left. */
void assist_session_gone(struct session *s);

#endif
