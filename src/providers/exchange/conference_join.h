// SPDX-License-Identifier: MIT
/* conference_join.h - for conference.c: how calls become parties. */
#ifndef EXCHANGE_CONFERENCE_JOIN_H
#define EXCHANGE_CONFERENCE_JOIN_H

#include "providers/kit/why.h"

#include <stdbool.h>
#include <tspi.h>

struct call;

/* A silent call needs no mixing. True: the MSP will answer. */
bool conference_mix(struct call *conference, struct call *c);
/* The call is a party from now on. */
void conference_enter(struct call *conference, struct call *c);
/* All calls whose `joins` it is enter when they are mixed; the request (0: none) is completed. */
void conference_join(struct call *conference, DRV_REQUESTID id);
/* None of them does. */
void conference_give_up_join(struct call *conference, const struct why *why);
void conference_fail_join(struct call *conference, const char *sentence);

#endif
