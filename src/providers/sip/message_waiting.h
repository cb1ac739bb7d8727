// SPDX-License-Identifier: MIT
/* message_waiting.h - whether messages wait for a line: a subscription at its server (RFC 3842),
 * and what the server says without one. */
#ifndef SIP_MESSAGE_WAITING_H
#define SIP_MESSAGE_WAITING_H

#include "providers/kit/timer.h"

#include <stdbool.h>

struct account;
struct sip_event;
struct subscription;

struct message_waiting {
	struct subscription *subscription; /* NULL: there is none */
	struct timer timer;                /* the next attempt */
	bool has_failed;                   /* and said so */
	bool is_on;
};

void message_waiting_init(struct message_waiting *w);
/* The account can be reached: subscribe where the configuration says so. */
void message_waiting_start(struct account *a);
/* Unsubscribe. */
void message_waiting_stop(struct account *a);
/* A NOTIFY that belongs to no dialog. False: it is about something else. */
bool message_waiting_take_stray(const struct sip_event *e);
/* The stack has ended. */
void message_waiting_fini_all(void);

#endif
