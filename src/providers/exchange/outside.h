// SPDX-License-Identifier: MIT
/* outside.h - what shows that a call comes over a trunk, or goes over one: origin, trunk, charges;
 * and what the exchange itself writes of every call. */
#ifndef EXCHANGE_OUTSIDE_H
#define EXCHANGE_OUTSIDE_H

#include <tspi.h>

struct call;
struct timer;
struct varpart;

#define NO_TRUNK 0xFFFFFFFFu

/* A called half, when it is made. */
void outside_prepare(struct call *called, const struct call *caller);
/* Both talk: from now on it costs. */
void outside_connected(struct call *c);
void outside_ended(struct call *c);
/* Trunk, charging information, display and comment. */
void outside_info(const struct call *c, LINECALLINFO *out, struct varpart *v);

#endif
