// SPDX-License-Identifier: MIT
/* call_hold.c - hold and unhold: a re-INVITE each, whose answer completes the request. */
#include "call.h"

#include "conference_task.h"
#include "sip.h"
#include "tell.h"
#include "transfer.h"

static LONG begin(struct call *c, DRV_REQUESTID id, enum call_event becomes, bool hold)
{
	if (c->is_hold_pending)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"the call is being held or unheld already");
	c->hold_request = id;
	c->hold_event = becomes;
	c->is_hold_pending = true;
	leg_change(c, hold);
	return (LONG)id;
}

LONG call_hold_as(struct call *c, DRV_REQUESTID id, enum call_event becomes)
{
	if (!call_can(c, becomes))
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"a call in state %s cannot be held", call_state_name(c->state));
	if (!call_is_on_hold(c) || c->is_hold_pending)
		return begin(c, id, becomes, true);
	c->hold_request = id;
	(void)call_step(c, becomes, NULL);
	return (LONG)id;
}

bool call_hold_quietly(struct call *c, bool hold)
{
	if (c->is_hold_pending)
		return false;
	(void)begin(c, 0, CALL_EVENT_SETTLED, hold);
	return true;
}

LONG call_hold(struct call *c, DRV_REQUESTID id)
{
	return call_hold_as(c, id, CALL_EVENT_HELD);
}

LONG call_unhold(struct call *c, DRV_REQUESTID id)
{
	if (!call_is_on_hold(c))
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"a call in state %s is not on hold", call_state_name(c->state));
	return begin(c, id, CALL_EVENT_UNHELD, false);
}

void call_hold_settled(struct call *c, LONG result, const struct why *why)
{
	enum call_event event = c->hold_event;

	if (!c->is_hold_pending)
		return;
	c->is_hold_pending = false;
	if (result < 0 || !call_step(c, event, NULL))
		call_hold_done(c, result < 0 ? result : LINEERR_OPERATIONFAILED, why);
}

void call_hold_done(struct call *c, LONG result, const struct why *why)
{
	DRV_REQUESTID id = c->hold_request;

	c->hold_request = 0;
	c->is_hold_pending = false;
	if (id)
		tell_done(id, result, why);
	transfer_hold_settled(c, result, why);
	conference_task_hold_settled(c, result, why);
}
