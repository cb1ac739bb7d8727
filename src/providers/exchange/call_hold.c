// SPDX-License-Identifier: MIT
/* call_hold.c - hold, unhold and swap. The exchange holds at once; what the MSPs agree about it
 * comes later and changes no state. */
#include "call.h"

#include "connection.h"
#include "exchange.h"
#include "extension.h"

static LONG wrong_state(const struct call *c, const char *what)
{
	return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
			"a call in state %s cannot be %s", call_state_name(c->state), what);
}

LONG call_hold(struct call *c, DRV_REQUESTID id)
{
	LONG err;

	if (!call_can(c, CALL_EVENT_HOLD))
		return wrong_state(c, "held");
	err = extension_check_held(c->line);
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	(void)call_step(c, CALL_EVENT_HOLD, NULL);
	return (LONG)id;
}

/* TAPI: who goes back to the call that waits gives the consultation up. */
LONG call_unhold(struct call *c, DRV_REQUESTID id)
{
	struct call *consult = c->consult;
	LONG err = 0;

	if (!call_can(c, CALL_EVENT_UNHOLD))
		return wrong_state(c, "unheld");
	if (!consult || call_occupies(consult) != CALL_OCCUPIES_ACTIVE)
		err = extension_check_room(c->line, LINEERR_RESOURCEUNAVAIL);
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	call_forget_consultation(c);
	if (consult)
		(void)call_step(consult, CALL_EVENT_DROP, NULL);
	(void)call_step(c, CALL_EVENT_UNHOLD, NULL);
	return (LONG)id;
}

/* The one that waits for a consultation goes on waiting in the other's place. */
static enum call_event hold_like(const struct call *held)
{
	switch (held->state) {
	case CALL_STATE_ONHOLDPENDTRANSFER:
		return CALL_EVENT_HOLD_TRANSFER;
	case CALL_STATE_ONHOLDPENDCONF:
		return CALL_EVENT_HOLD_CONF;
	default:
		return CALL_EVENT_HOLD;
	}
}

LONG call_swap_hold(struct call *active, struct call *held, DRV_REQUESTID id)
{
	enum call_event event = hold_like(held);

	if (active->line != held->line)
		return exchange_fail(LINEERR_INVALCALLHANDLE, "call",
				"calls of two lines are not swapped");
	if (!call_can(active, event))
		return wrong_state(active, "held");
	if (!call_can(held, CALL_EVENT_UNHOLD))
		return wrong_state(held, "unheld");
	outbox_complete(&exchange.outbox, id, 0, NULL);
	(void)call_step(active, event, NULL);
	(void)call_step(held, CALL_EVENT_UNHOLD, NULL);
	return (LONG)id;
}

void call_hold_media(struct call *c, bool hold)
{
	struct call *peer = connection_peer(c);

	if (c->meeting.is_conference) {
		conference_hold_media(c, hold);
		return;
	}
	media_hold(c, hold);
	if (peer)
		(void)call_step(peer, CALL_EVENT_FAR_HOLD, NULL);
}
