// SPDX-License-Identifier: MIT
/* takeover.h - a call goes on with another peer: its dialog is replaced by a new one, because the
 * peer has sent us there (REFER), or because the new peer says so (INVITE with Replaces). Until the
 * new one is answered the old one waits: if nothing comes of it, the call is back where it was. */
#ifndef SIP_TAKEOVER_H
#define SIP_TAKEOVER_H

#include "stack.h"

#include <stdbool.h>

struct call;
struct dialog;

/* The peer sends us elsewhere. */
bool takeover_take_refer(struct dialog *d, const struct sip_event *e);

/* An INVITE with Replaces. NULL: it has been refused; else the new dialog of its call, for
 * takeover_start(), which takes the offer (NULL: none). */
struct dialog *takeover_by_replaces(const struct sip_event *e);
void takeover_start(struct call *c, char *sdp);

/* The new dialog is answered by its peer; the answer that we gave is acknowledged. */
void takeover_answered(struct call *c, const struct sip_event *e);
void takeover_acked(struct call *c);
/* Nothing comes of the new dialog: the peer refuses it, or the MSP. True: the call goes on with the
 * old one. */
bool takeover_undo(struct call *c, int status, const char *phrase);

/* The call ends: the dialog that waits ends, too. */
void takeover_call_ended(struct call *c);
/* A dialog is freed: nobody waits for it any more. */
void takeover_dialog_gone(struct dialog *d);

#endif
