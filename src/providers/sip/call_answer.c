// SPDX-License-Identifier: MIT
/* call_answer.c - accepting, answering, redirecting and dropping. */
#include "call.h"

#include "account.h"
#include "dial.h"
#include "dialog.h"
#include "sip.h"
#include "tell.h"

static LONG wrong_state(const struct call *c, const char *what)
{
	return sip_fail(LINEERR_INVALCALLSTATE, "call state", "a call in state %s cannot be %s",
			call_state_name(c->state), what);
}

/* 0, or why these bytes cannot be sent. */
LONG call_check_uui(const struct account *a, const void *bytes, DWORD size)
{
	if (!bytes || size <= a->config->uui_size)
		return 0;
	return sip_fail(LINEERR_USERUSERINFOTOOBIG, "user-user information",
			"%u bytes were given, line %s takes %u", (unsigned)size, account_name(a),
			(unsigned)a->config->uui_size);
}

/* Borrowed for the time of a request. */
static struct uui lend(const void *bytes, DWORD size)
{
	union {
		const void *in;
		void *out;
	} p = { bytes };

	return (struct uui){ bytes ? size : 0, p.out };
}

LONG call_accept(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size)
{
	struct uui info = lend(uui, size);
	LONG err;

	if (!call_can(c, CALL_EVENT_ACCEPT))
		return wrong_state(c, "accepted");
	err = call_check_uui(c->line, uui, size);
	if (err)
		return err;
	tell_done(id, 0, NULL);
	if (c->dialog)
		dialog_ring(c->dialog, 180, NULL, &info);
	(void)call_step(c, CALL_EVENT_ACCEPT, NULL);
	return (LONG)id;
}

LONG call_answer(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size)
{
	LONG err;

	if (!call_can(c, CALL_EVENT_ANSWER))
		return wrong_state(c, "answered");
	err = call_check_uui(c->line, uui, size);
	if (err)
		return err;
	if (uui && uui_set(&c->made_with, uui, size))
		return LINEERR_NOMEM;
	c->answer_request = id;
	(void)call_step(c, CALL_EVENT_ANSWER, NULL);
	return (LONG)id;
}

void call_answer_done(struct call *c, LONG result, const struct why *why)
{
	DRV_REQUESTID id = c->answer_request;

	c->answer_request = 0;
	if (id)
		tell_done(id, result, why);
}

LONG call_redirect(struct call *c, DRV_REQUESTID id, const char *dest)
{
	const char *why = "";
	struct dial d;
	LONG err;

	if (!(call_features(c) & LINECALLFEATURE_REDIRECT))
		return wrong_state(c, "redirected");
	err = dial_read(dest ? dest : "", c->line->config->domain, &d, &why);
	if (!err && d.is_partial) {
		err = LINEERR_INVALADDRESS;
		why = "a call is redirected to a whole address";
	}
	if (err)
		return sip_fail(err, "address", "%s", why);
	tell_done(id, 0, NULL);
	party_set(&c->parties.redirection, d.uri, NULL);
	call_info_changed(c, LINECALLINFOSTATE_REDIRECTIONID);
	if (c->dialog)
		dialog_redirect(c->dialog, d.uri);
	(void)call_step(c, CALL_EVENT_DROP, NULL);
	return (LONG)id;
}

LONG call_drop(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size)
{
	struct uui info = lend(uui, size);
	LONG err;

	if (!call_can(c, CALL_EVENT_DROP))
		return wrong_state(c, "dropped");
	err = call_check_uui(c->line, uui, size);
	if (err)
		return err;
	tell_done(id, 0, NULL);
	if (c->dialog)
		dialog_leave(c->dialog, (int)c->line->config->reject, NULL, &info);
	(void)call_step(c, CALL_EVENT_DROP, NULL);
	return (LONG)id;
}

LONG call_release_uui(struct call *c, DRV_REQUESTID id)
{
	tell_done(id, 0, NULL);
	if (uui_queue_release(&c->uui))
		call_info_changed(c, LINECALLINFOSTATE_USERUSERINFO);
	return (LONG)id;
}
