// SPDX-License-Identifier: MIT
/* call_answer.c - accepting, answering and dropping. */
#include "call.h"

#include "connection.h"
#include "exchange.h"

static LONG wrong_state(const struct call *c, const char *what)
{
	return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
			"a call in state %s cannot be %s", call_state_name(c->state), what);
}

LONG call_accept(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size)
{
	LONG err;

	if (!(call_features(c) & LINECALLFEATURE_ACCEPT))
		return wrong_state(c, "accepted");
	err = uui_check(uui, size);
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	uui_deliver(connection_peer(c), uui, size);
	(void)call_step(c, CALL_EVENT_ACCEPT, NULL);
	return (LONG)id;
}

LONG call_answer(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size)
{
	LONG err;

	if (!(call_features(c) & LINECALLFEATURE_ANSWER))
		return wrong_state(c, "answered");
	err = uui_check(uui, size);
	if (err)
		return err;
	uui_deliver(connection_peer(c), uui, size);
	c->answer_request = id;
	(void)call_step(c, CALL_EVENT_ANSWER, NULL);
	return (LONG)id;
}

void call_answer_done(struct call *c, LONG result, const struct why *why)
{
	if (!c->answer_request)
		return;
	outbox_complete(&exchange.outbox, c->answer_request, result, why);
	c->answer_request = 0;
}

LONG call_drop(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size)
{
	LONG err;

	if (!call_can(c, CALL_EVENT_DROP))
		return wrong_state(c, "dropped");
	err = uui_check(uui, size);
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	uui_deliver(connection_peer(c), uui, size);
	(void)call_step(c, CALL_EVENT_DROP, NULL);
	return (LONG)id;
}
