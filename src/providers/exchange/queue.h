// SPDX-License-Identifier: MIT
/* queue.h - queues and route points: lines where calls only wait for an application to send them
 * elsewhere, or for their time to be over. */
#ifndef EXCHANGE_QUEUE_H
#define EXCHANGE_QUEUE_H

#include <stdbool.h>
#include <tspi.h>

struct call;
struct connection;
struct extension;

#define QUEUE_CALLS_MAX 100u

/* A new called half: what is special about it there. */
void queue_prepare(struct call *called);
/* It has arrived. */
void queue_enter(struct call *called);
/* No application looks after the place: true if the call goes on without. */
bool queue_send_on(struct connection *k, struct extension *at);
/* LINEADDRCAPFLAGS_ of the line. */
DWORD queue_cap_flags(const struct extension *e);

#endif
