// SPDX-License-Identifier: MIT
/* conference_task.h - what a conference is at, for conference.c: who is waited for, and what then.
 */
#ifndef SIP_CONFERENCE_TASK_H
#define SIP_CONFERENCE_TASK_H

#include "links.h"

#include "providers/kit/why.h"

#include <stdbool.h>
#include <stdint.h>
#include <tspi.h>

struct call;

/* Begins a task, and waits for its beginner: it ends with conference_task_answered(), so that a
 * task with nothing else to wait for ends, too. `id` 0: nobody asked. */
void conference_task_start(struct call *k, enum conference_task task, DRV_REQUESTID id);
void conference_task_answered(struct call *k);
/* It will fail, for the first reason given: `why` if it says something, else the sentence. */
void conference_task_fail(struct call *k, const struct why *why, const char *sentence);

/* Of one call, and of all parties and who joins. */
void conference_task_hold(struct call *k, struct call *c, bool hold);
void conference_task_hold_all(struct call *k, bool hold);
/* Its leg joins the group, or leaves it; leaving is not waited for. */
void conference_task_mix(struct call *k, struct call *c, bool joins);
void conference_task_mix_all(struct call *k);

/* A hold or unhold of a call has ended. */
void conference_task_hold_settled(struct call *c, LONG result, const struct why *why);
/* The answer of the MSP to `mix`; members 0: it said no, and why. */
void conference_task_mixed(struct call *c, uint32_t id, uint32_t members, const char *reason);

#endif
