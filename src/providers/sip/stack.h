// SPDX-License-Identifier: MIT
/* stack.h - sofia-sip's thread: beginning, end, timers, and who is told of its events. */
#ifndef SIP_STACK_H
#define SIP_STACK_H

#include "providers/kit/why.h"

#include <stdbool.h>
#include <stdint.h>

struct nua_s;
struct config;

/* Makes the thread and waits until it listens. 0 or -errno; *why says it. */
int stack_start(const struct config *c, struct why *why);
/* Lets pending requests end for a moment, then ends the thread. Lock held; it is given up within.
 */
void stack_stop(void);
bool stack_runs(void);
/* Whose functions may be called while the stack runs; else NULL. */
struct nua_s *stack_nua(void);
/* The timers have something earlier to do. */
void stack_wake(uint64_t due_ms);
bool stack_is_own_thread(void);

#endif
