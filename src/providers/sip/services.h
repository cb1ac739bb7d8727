// SPDX-License-Identifier: MIT
/* services.h - where supplementary services hang on accounts, calls and dialogs: transfer (REFER,
 * Replaces), conference, forwarding, message waiting (SUBSCRIBE, NOTIFY), digits by INFO. */
#ifndef SIP_SERVICES_H
#define SIP_SERVICES_H

#include "stack.h"

#include <stdbool.h>

struct account;
struct dialog;

/* The account can be reached: it is registered, or need not be. Also after each change. */
void services_account_registered(struct account *a);
/* Its settings are others now; or it is about to go. */
void services_account_changed(struct account *a);
/* The stack has ended. */
void services_fini(void);
/* A request that belongs to no dialog: NOTIFY, REFER. False: nobody wants it. Requests of
 * the methods that sofia leaves to us have to be answered. */
bool services_take_stray(const struct sip_event *e);
/* An event of a dialog that is no part of its session: REFER, NOTIFY, INFO, and answers to ours.
 * False: nobody wants it. */
bool services_take_event(struct dialog *d, const struct sip_event *e);

#endif
