// SPDX-License-Identifier: MIT
/* diversion.c - who is sent elsewhere, and when. */
#define LOG_TOPIC "sip"
#include "diversion.h"

#include "account.h"
#include "call.h"
#include "dialog.h"
#include "headers.h"
#include "sip.h"
#include "tell.h"

#include "base/log.h"

#include <stdio.h>

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#define RING_MS 5000 /* what TAPI counts as a ring */

LONG diversion_set(struct account *a, DRV_REQUESTID id, const LINEFORWARDLIST *list, DWORD rings)
{
	const char *why = "";
	LONG err = forward_set(&a->forwarding, list, rings, a->config->domain, &why);

	if (err)
		return sip_fail(err, "forwarding", "%s", why);
	log_info("line %s has %u forwardings", account_name(a), (unsigned)a->forwarding.count);
	tell_done(id, 0, NULL);
	if (a->address_states & LINEADDRESSSTATE_FORWARD)
		tell_line(a, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_FORWARD, 0, NULL);
	return (LONG)id;
}

/* 480: nobody takes calls, which is no answer that need not be waited for. */
static enum forward_when when_of(int status)
{
	return status == 486   ? FORWARD_IF_BUSY
	       : status == 480 ? FORWARD_IF_NOT_ANSWERED
			       : FORWARD_AT_ONCE;
}

/* RFC 5806. */
static const char *reason_of(enum forward_when when)
{
	static const char *const words[] = { [FORWARD_AT_ONCE] = "unconditional",
		[FORWARD_IF_BUSY] = "user-busy",
		[FORWARD_IF_NOT_ANSWERED] = "no-answer" };

	return words[when];
}

static void find_caller(const struct account *a, const struct sip_event *e, struct parties *out)
{
	struct parties_rules rules = account_rules(a, e);
	struct header headers[HEADERS_MAX];
	size_t count = headers_of(e->sip, headers, HEADERS_MAX);

	(void)parties_of_invite(out, headers, count, &rules);
	headers_free(headers, count);
}

bool diversion_take(struct account *a, const struct sip_event *e, int status)
{
	enum forward_when when = when_of(status);
	const struct forward_entry *f;
	char contact[sizeof(f->uri) + 2], diversion[sizeof(a->aor) + 64];
	struct parties parties;

	if (!a->forwarding.count || (status && status != 480 && status != 486))
		return false;
	find_caller(a, e, &parties);
	f = forward_find(&a->forwarding, when, &parties.caller);
	if (!f)
		return false;
	log_info("line %s: a call is %s", account_name(a),
			f->uri[0] ? "forwarded" : "refused: do not disturb");
	if (!f->uri[0]) {
		nua_respond(e->nh, (int)a->config->reject, NULL, TAG_END());
		return true;
	}
	(void)snprintf(contact, sizeof(contact), "<%s>", f->uri);
	(void)snprintf(diversion, sizeof(diversion), "Diversion: <%s>;reason=%s", a->aor,
			reason_of(when));
	nua_respond(e->nh, SIP_302_MOVED_TEMPORARILY, SIPTAG_CONTACT_STR(contact),
			SIPTAG_HEADER_STR(diversion), TAG_END());
	return true;
}

static void rung_enough(struct timer *t)
{
	struct call *c = list_entry(t, struct call, forward_timer);
	const struct forward_entry *f = forward_find(&c->line->forwarding, FORWARD_IF_NOT_ANSWERED,
			&c->parties.caller);
	struct why why = { 0 };

	if ((c->state != CALL_STATE_OFFERING && c->state != CALL_STATE_ACCEPTED) || !f ||
			!f->uri[0] || !c->dialog)
		return;
	why_set(&why, LINEDISCONNECTMODE_FORWARDED, "SIP 302", "nobody answered: forwarded to %s",
			f->dest);
	party_set(&c->parties.redirection, f->dest, NULL);
	call_info_changed(c, LINECALLINFOSTATE_REDIRECTIONID);
	dialog_redirect(c->dialog, f->uri);
	(void)call_step(c, CALL_EVENT_END, &why);
}

void diversion_await(struct call *c)
{
	const struct forwarding *f = &c->line->forwarding;

	if (!forward_find(f, FORWARD_IF_NOT_ANSWERED, &c->parties.caller))
		return;
	c->forward_timer.run = rung_enough;
	sip_arm(&c->forward_timer, (uint64_t)f->rings * RING_MS);
}
