// SPDX-License-Identifier: MIT
/* diversion.h - the forwarding of a line at work: calls that are answered by 302. */
#ifndef SIP_DIVERSION_H
#define SIP_DIVERSION_H

#include <stdbool.h>
#include <tspi.h>

struct account;
struct call;
struct sip_event;

/* TSPI_lineForward. */
LONG diversion_set(struct account *a, DRV_REQUESTID id, const LINEFORWARDLIST *list, DWORD rings);

/* A new call, and what it would be refused with (0: it would be offered). True: it has been
 * answered, and is nobody's business any more. */
bool diversion_take(struct account *a, const struct sip_event *e, int status);

/* The call is offered: from now on it rings. */
void diversion_await(struct call *c);

#endif
