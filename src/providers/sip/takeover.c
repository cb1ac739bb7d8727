// SPDX-License-Identifier: MIT
/* takeover.c - two dialogs of one call, of which the newer one is the call's. */
#define LOG_TOPIC "sip"
#include "takeover.h"

#include "account.h"
#include "bodies.h"
#include "call.h"
#include "dialog.h"
#include "headers.h"
#include "sip.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#define LINGER_MS 8000 /* who has sent us on may say good-bye itself */
#define URI_MAX   512

static void tell_progress(struct dialog *d, int status, const char *phrase)
{
	enum nua_substate state = status < 200 ? nua_substate_active : nua_substate_terminated;
	char body[96];

	sipfrag_write(status, phrase, body, sizeof(body));
	nua_notify(d->nh, NUTAG_SUBSTATE(state),
			SIPTAG_CONTENT_TYPE_STR("message/sipfrag;version=2.0"),
			SIPTAG_PAYLOAD_STR(body), TAG_END());
}

/* The new dialog becomes the call's, the old one waits. */
static void begin(struct call *c, struct dialog *n, bool is_referral)
{
	struct dialog *old = c->dialog;

	log_info("call %llu of %s goes on with another peer", (unsigned long long)c->handle,
			account_name(c->line));
	old->call = NULL;
	old->successor = c->handle;
	n->call = c;
	c->dialog = n;
	c->links.before = old;
	c->links.is_changing = true;
	c->links.is_referral = is_referral;
}

/* The old one; NULL: it has said good-bye already. */
static struct dialog *end(struct call *c)
{
	struct dialog *old = c->links.before;

	timer_stop(&c->timer);
	c->links.before = NULL;
	c->links.is_changing = false;
	if (old)
		old->successor = 0;
	return old;
}

static void changed(struct call *c)
{
	c->reason = LINECALLREASON_TRANSFER;
	call_info_changed(c, LINECALLINFOSTATE_CONNECTEDID | LINECALLINFOSTATE_REASON);
	(void)call_step(c, CALL_EVENT_FAR_HOLD, NULL);
}

/* --- REFER --- */

/* The status of a refusal, or 0; then the URI is that of Refer-To without its headers. */
static int read_refer(const struct dialog *d, const sip_t *m, char uri[URI_MAX])
{
	const struct call *c = d->call;
	url_t target;

	if (!c)
		return dialog_status_without_call(d);
	if (!call_is_up(c) || d->state != DIALOG_STATE_CONFIRMED)
		return 603; /* a 481 would end it */
	if (!m || !m->sip_refer_to)
		return 400;
	if (c->state == CALL_STATE_CONFERENCED)
		return 603;
	/* Who has called us past our server does not choose whom we call by it. */
	if (d->is_incoming && !d->is_by_server && d->account->config->server.host[0])
		return 603;
	if (c->links.is_changing || c->links.transfer_request || c->leg.task)
		return 491;
	target = *m->sip_refer_to->r_url;
	if (target.url_type != url_sip && target.url_type != url_sips)
		return 603; /* a 416 would end the whole dialog (RFC 5057) */
	if (target.url_headers && strncasecmp(target.url_headers, "method=", 7) == 0)
		return 603;
	target.url_headers = NULL;
	return url_e(uri, URI_MAX, &target) >= URI_MAX ? 414 : 0;
}

static void take_extra_headers(struct dialog *n, const struct dialog *by, const sip_t *m)
{
	char text[1024];

	if (m->sip_refer_to->r_url->url_headers &&
			dialog_name_read_replaces(m->sip_refer_to->r_url->url_headers, text,
					sizeof(text)))
		n->replaces = mem_strdup(text);
	if ((m->sip_referred_by &&
			    sip_header_field_e(text, sizeof(text), (const void *)m->sip_referred_by,
					    0) < (issize_t)sizeof(text)) ||
			(by->name.target[0] && (size_t)snprintf(text, sizeof(text), "<%s>",
							       by->name.target) < sizeof(text)))
		n->referred_by = mem_strdup(text);
}

/* The target rings for too long. */
static void not_answered(struct timer *t)
{
	struct call *c = list_entry(t, struct call, timer);
	struct why why = { 0 };

	why_set(&why, LINEDISCONNECTMODE_NOANSWER, "Q.850 19", "nobody answered in time");
	if (!takeover_undo(c, 408, "Request Timeout"))
		(void)call_step(c, CALL_EVENT_END, &why);
}

bool takeover_take_refer(struct dialog *d, const struct sip_event *e)
{
	char uri[URI_MAX];
	int status = read_refer(d, e->sip, uri);
	struct dialog *n;

	if (e->status >= 200)
		return true; /* sofia has refused it */
	nua_respond(d->nh, status ? status : 202, NULL, NUTAG_WITH(e->msg), TAG_END());
	if (status)
		return true;
	tell_progress(d, 100, "Trying");
	n = dialog_new(d->account, d->call, uri);
	if (!n) {
		tell_progress(d, 500, "Server Internal Error");
		return true;
	}
	take_extra_headers(n, d, e->sip);
	begin(d->call, n, true);
	n->call->timer.run = not_answered;
	sip_arm(&n->call->timer, n->call->no_answer_ms);
	leg_start_invite(n->call);
	return true;
}

/* Whom we have reached: the peer's To, or what the network asserts. */
static void take_party(struct call *c, const struct sip_event *e)
{
	struct parties_rules rules = account_rules(c->line, e);
	struct header headers[HEADERS_MAX];
	size_t count = headers_of(e->sip, headers, HEADERS_MAX);

	for (size_t i = 0; i < count; i++)
		if (strcmp(headers[i].name, "To") == 0)
			(void)party_read(&c->parties.connected, headers[i].value, rules.domain);
	(void)parties_of_answer(&c->parties, headers, count, &rules);
	headers_free(headers, count);
}

static void lingered(struct timer *t)
{
	dialog_leave(list_entry(t, struct dialog, linger), 0, NULL, NULL);
}

void takeover_answered(struct call *c, const struct sip_event *e)
{
	struct dialog *old;

	if (!c->links.is_changing || !c->links.is_referral)
		return;
	old = end(c);
	if (old && old->state == DIALOG_STATE_CONFIRMED) {
		tell_progress(old, 200, "OK");
		old->linger.run = lingered;
		sip_arm(&old->linger, LINGER_MS);
	}
	take_party(c, e);
	changed(c);
}

/* --- Replaces --- */

static struct dialog *find_named(const sip_replaces_t *r)
{
	size_t cursor = 0;
	struct owner *o;

	while ((o = map_next(&sip.owners, &cursor)))
		if (o->take == dialog_take_event &&
				dialog_name_is(&list_entry(o, struct dialog, owner)->name, r))
			return list_entry(o, struct dialog, owner);
	return NULL;
}

/* RFC 3891 3. Dialogs that are not confirmed yet are not replaced. */
static int check_replaces(const struct dialog *d, const sip_replaces_t *r)
{
	if (!d)
		return 481;
	if (!d->call || d->state == DIALOG_STATE_ENDING || d->state == DIALOG_STATE_ENDED)
		return 603;
	if (!call_is_up(d->call) || d->state != DIALOG_STATE_CONFIRMED)
		return 481;
	if (r->rp_early_only)
		return 486;
	return d->call->links.is_changing || d->call->leg.task ? 500 : 0;
}

struct dialog *takeover_by_replaces(const struct sip_event *e)
{
	struct dialog *d = find_named(e->sip->sip_replaces), *n = NULL;
	int status = check_replaces(d, e->sip->sip_replaces);

	if (!status) {
		n = dialog_new_incoming(d->account, e);
		status = n ? 0 : 500;
	}
	if (status)
		nua_respond(e->nh, status, NULL, TAG_END());
	else
		begin(d->call, n, false);
	return n;
}

void takeover_start(struct call *c, char *sdp)
{
	mem_free(c->leg.early_answer);
	mem_free(c->leg.peer_offer);
	c->leg.early_answer = NULL;
	c->leg.peer_offer = sdp;
	leg_start_answer(c);
}

void takeover_acked(struct call *c)
{
	struct dialog *old;

	if (!c->links.is_changing || c->links.is_referral)
		return;
	old = end(c);
	if (old)
		dialog_leave(old, 0, NULL, NULL);
	changed(c);
}

/* --- Back to the old one --- */

bool takeover_undo(struct call *c, int status, const char *phrase)
{
	struct dialog *n = c->dialog, *old = c->links.before;

	if (!old || !n || old->state != DIALOG_STATE_CONFIRMED)
		return false;
	(void)end(c);
	log_info("call %llu of %s stays with its peer: %d %s", (unsigned long long)c->handle,
			account_name(c->line), status, phrase ? phrase : "");
	if (c->links.is_referral)
		tell_progress(old, status, phrase ? phrase : "");
	dialog_leave(n, status, NULL, NULL);
	old->call = c;
	c->dialog = old;
	leg_abandon(c, status, phrase ? phrase : "");
	return true;
}

void takeover_call_ended(struct call *c)
{
	struct dialog *old = end(c);

	if (old)
		dialog_leave(old, 0, NULL, NULL);
}

void takeover_dialog_gone(struct dialog *d)
{
	struct call *c = d->successor ? call_find((HDRVCALL)d->successor) : NULL;

	if (c && c->links.before == d)
		c->links.before = NULL;
}
