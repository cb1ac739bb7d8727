// SPDX-License-Identifier: MIT
/* auth.h - answering challenges (401, 407) with an account's secret. */
#ifndef SIP_AUTH_H
#define SIP_AUTH_H

#include "stack.h"

#include <stdbool.h>

struct account;
struct dialog;

/**
 * Send the request again with credentials for what the response asks, if that is the account's own
 * server.
 *
 * *answered remembers who has been answered for this request, a server (401) or a proxy (407): who
 * asks again does not take the secret; sofia itself answers a nonce that is only stale. False:
 * nothing was sent; the response is final.
 */
bool auth_answer(const struct account *a, const struct sip_event *e, unsigned *answered);

/* The same for a request in a dialog. A line without a server trusts whom it has called itself. */
bool auth_answer_in(const struct dialog *d, const struct sip_event *e, unsigned *answered);

#endif
