// SPDX-License-Identifier: MIT
/* dialog_event.c - what comes on a dialog: sofia's events, one function each, found by a table. */
#define LOG_TOPIC "sip"
#include "dialog.h"

#include "account.h"
#include "auth.h"
#include "call.h"
#include "cause.h"
#include "diversion.h"
#include "headers.h"
#include "services.h"
#include "sip.h"
#include "takeover.h"
#include "tell.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <sofia-sip/msg.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#define HOPS_MAX 3 /* 302 that are followed */

#define SDP_MAX 32768 /* bytes of a session description that we pass on */

/* --- Reading --- */

/* The session description of a message as a string of its own. NULL: it has none, or nothing that
 * could be passed on; *status is then that of a refusal, else 0. */
static char *copy_sdp(const sip_t *m, int *status)
{
	const sip_payload_t *body = m ? m->sip_payload : NULL;
	const char *type = m && m->sip_content_type ? m->sip_content_type->c_type : "";
	char *copy;

	*status = 0;
	if (!body || !body->pl_data || !body->pl_len)
		return NULL;
	if (strcasecmp(type, "application/sdp") != 0)
		*status = 415;
	else if (body->pl_len > SDP_MAX)
		*status = 413;
	else if (memchr(body->pl_data, '\0', body->pl_len))
		*status = 400;
	if (*status)
		return NULL;
	copy = mem_strndup(body->pl_data, body->pl_len);
	if (!copy)
		*status = 500;
	return copy;
}

static void remember_peer(struct dialog *d, const struct sip_event *e)
{
	if (!e->from[0] || strcmp(d->peer_address, e->from) == 0)
		return;
	(void)snprintf(d->peer_address, sizeof(d->peer_address), "%s", e->from);
	(void)account_address_towards(e->from, d->local_address);
}

/* Its headers can be asked for as long as there is a call. */
static void keep_message(struct dialog *d, const struct sip_event *e)
{
	msg_t *before = d->message;

	d->message = e->msg ? msg_ref_create(e->msg) : NULL;
	msg_destroy(before);
}

/* --- Answers to our INVITE --- */

static void take_connected_party(struct call *c, const struct sip_event *e)
{
	struct parties_rules rules = account_rules(c->line, e);
	struct header headers[HEADERS_MAX];
	size_t count = headers_of(e->sip, headers, HEADERS_MAX);

	if (parties_of_answer(&c->parties, headers, count, &rules))
		call_info_changed(c, LINECALLINFOSTATE_CONNECTEDID);
	headers_free(headers, count);
}

static void take_user_info(struct call *c, const sip_t *m)
{
	if (headers_take_uui(m, &c->uui) && c->state != CALL_STATE_NEW)
		call_info_changed(c, LINECALLINFOSTATE_USERUSERINFO);
}

static void take_progress(struct dialog *d, const struct sip_event *e)
{
	struct call *c = d->call;
	int status;
	char *sdp;

	if (e->status == 100 || !e->sip || !c)
		return;
	keep_message(d, e);
	remember_peer(d, e);
	take_user_info(c, e->sip);
	sdp = copy_sdp(e->sip, &status);
	if (e->status == 180)
		d->has_ringing = true;
	if (e->status == 180 || sdp)
		(void)call_step(c, CALL_EVENT_RINGING, NULL);
	if (sdp)
		leg_take_peer_answer(c, sdp, false);
	mem_free(sdp);
}

/* Sofia was told not to acknowledge by itself: the acknowledgement may need our answer. */
static void take_success(struct dialog *d, const struct sip_event *e)
{
	struct call *c = d->call;
	bool is_answer = c && (c->leg.task == LEG_TASK_INVITE || c->leg.task == LEG_TASK_CHANGE) &&
			 c->leg.is_sent;
	int status;
	char *sdp = copy_sdp(e->sip, &status);

	remember_peer(d, e);
	keep_message(d, e);
	d->answered = 0;
	d->state = c ? DIALOG_STATE_CONFIRMED : d->state;
	if (!c || is_answer)
		dialog_ack(d, NULL);
	if (!c) /* it crossed our CANCEL */
		nua_bye(d->nh, TAG_END());
	if (c) {
		take_user_info(c, e->sip);
		take_connected_party(c, e);
	}
	if (is_answer)
		leg_take_peer_answer(c, sdp, true);
	else if (c)
		leg_take_refresh(c, sdp);
	if (c && d->call == c)
		takeover_answered(c, e);
	mem_free(sdp);
}

static void explain(const struct dialog *d, const struct sip_event *e, struct why *why,
		enum cause_end *end)
{
	char reason[HEADERS_REASON_MAX], said[160] = "";
	struct cause_facts facts = {
		.status = e->status,
		.phrase = e->phrase,
		.reason = headers_reason(e->sip, reason),
		.is_local = sip_event_is_local(e),
		.was_ringing = d->has_ringing,
		.has_secret = d->account->config->secret[0] != '\0',
		.tls = said,
	};

	if (d->account->config->transport == TRANSPORT_TLS)
		stack_log_complaint(said, sizeof(said));
	*end = cause_of_refusal(&facts, why);
}

/* "sip:carol@example.net" of a Contact; "" none that can be called. */
static void write_target(const sip_contact_t *m, char out[ACCOUNT_URI_MAX])
{
	url_t url[1];

	out[0] = '\0';
	if (!m || (m->m_url->url_type != url_sip && m->m_url->url_type != url_sips))
		return;
	*url = *m->m_url;
	url->url_headers = NULL;
	if (url_e(out, ACCOUNT_URI_MAX, url) >= ACCOUNT_URI_MAX)
		out[0] = '\0';
}

/* Who has moved is called where it is, by another dialog: sofia would do it by itself, and take
 * along the credentials of our server to whoever that is. */
static bool follow(struct dialog *d, const struct sip_event *e)
{
	struct call *c = d->call;
	char uri[ACCOUNT_URI_MAX];
	struct dialog *n;

	if (e->status != 302 || !e->sip || !c || c->leg.task != LEG_TASK_INVITE ||
			c->leg.early_answer || c->links.is_changing || d->hops == HOPS_MAX)
		return false;
	write_target(e->sip->sip_contact, uri);
	n = uri[0] ? dialog_new(d->account, c, uri) : NULL;
	if (!n)
		return false;
	n->hops = d->hops + 1;
	leg_refuse_offer(c, e->status, e->phrase);
	c->dialog = n;
	d->call = NULL;
	d->state = DIALOG_STATE_ENDED;
	dialog_free(d);
	c->parties.redirecting = c->parties.called;
	party_set(&c->parties.redirection, uri, NULL);
	call_info_changed(c, LINECALLINFOSTATE_REDIRECTIONID | LINECALLINFOSTATE_REDIRECTINGID);
	leg_start_invite(c);
	return true;
}

static void take_refusal(struct dialog *d, const struct sip_event *e)
{
	struct call *c = d->call;
	enum cause_end end;
	struct why why = { 0 };

	if (d->state == DIALOG_STATE_EARLY && follow(d, e))
		return;

	/* Whose call has been given up does not want it made once more. */
	if (d->call && auth_answer_in(d, e, &d->answered))
		return;
	explain(d, e, &why, &end);
	if (d->state == DIALOG_STATE_CONFIRMED && c) {
		if (e->status != 481 && e->status != 408) {
			leg_take_peer_refusal(c, e->status, &why);
			return;
		}
		d->state = DIALOG_STATE_ENDED;
		(void)call_step(c, CALL_EVENT_END, &why);
		return;
	}
	d->state = DIALOG_STATE_ENDED;
	if (c && takeover_undo(c, e->status, e->phrase))
		return;
	if (!c)
		dialog_free(d);
	else if (end != CAUSE_BUSY || !call_step(c, CALL_EVENT_BUSY, &why))
		(void)call_step(c, CALL_EVENT_END, &why);
}

static void on_invite_answer(struct dialog *d, const struct sip_event *e)
{
	if (d->is_by_server && d->state != DIALOG_STATE_CONFIRMED)
		account_learn_server(d->account, e);
	if (e->status < 200)
		take_progress(d, e);
	else if (e->status < 300)
		take_success(d, e);
	else
		take_refusal(d, e);
}

/* --- The peer changes the session --- */

static void take_change(struct dialog *d, const struct sip_event *e, bool offer_is_needed)
{
	int status;
	char *sdp = copy_sdp(e->sip, &status);

	remember_peer(d, e);
	if (!d->call || !call_is_up(d->call))
		dialog_answer_change(d, d->call ? 500 : dialog_status_without_call(d), NULL);
	else if (status)
		dialog_answer_change(d, status, NULL);
	else if (sdp || offer_is_needed)
		leg_take_peer_offer(d->call, sdp);
	else
		dialog_answer_change(d, 200, NULL);
	mem_free(sdp);
}

static void on_reinvite(struct dialog *d, const struct sip_event *e)
{
	if (e->status < 200) /* else sofia has refused it already: glare, overlap */
		take_change(d, e, true);
}

static void on_update(struct dialog *d, const struct sip_event *e)
{
	if (e->status >= 200)
		return;
	if (d->update) {
		nua_respond(d->nh, SIP_500_INTERNAL_SERVER_ERROR, NUTAG_WITH(e->msg), TAG_END());
		return;
	}
	d->update = e->msg;
	take_change(d, e, false);
}

static void on_ack(struct dialog *d, const struct sip_event *e)
{
	struct call *c = d->call;
	int status;
	char *sdp;

	d->is_acked = true;
	if (!c)
		return;
	sdp = copy_sdp(e->sip, &status);
	if (c->leg.task == LEG_TASK_ANSWER_LATE || c->leg.task == LEG_TASK_PEER_LATE)
		leg_take_peer_answer(c, sdp, true);
	else
		leg_next(c);
	mem_free(sdp);
	if (d->call == c)
		takeover_acked(c);
}

/* --- The end --- */

static void end_call(struct dialog *d, const struct why *why)
{
	struct call *c = d->call;

	d->state = DIALOG_STATE_ENDED;
	if (!c)
		return;
	if (c->state == CALL_STATE_NEW) { /* the host is just being told of it */
		c->is_doomed = true;
		c->doom = *why;
	} else {
		(void)call_step(c, CALL_EVENT_END, why);
	}
}

static void on_bye(struct dialog *d, const struct sip_event *e)
{
	char reason[HEADERS_REASON_MAX];
	struct why why = { 0 };

	if (d->call)
		take_user_info(d->call, e->sip);
	cause_of_bye(headers_reason(e->sip, reason), &why);
	end_call(d, &why);
}

static void on_cancel(struct dialog *d, const struct sip_event *e)
{
	char reason[HEADERS_REASON_MAX];
	struct why why = { 0 };

	if (d->state == DIALOG_STATE_CONFIRMED) { /* only its re-INVITE is given up */
		if (d->call)
			leg_take_peer_cancel(d->call);
		return;
	}
	cause_of_cancel(headers_reason(e->sip, reason), &why);
	end_call(d, &why);
}

/* The good-bye of a dialog that has no call any more. */
static void on_bye_answer(struct dialog *d, const struct sip_event *e)
{
	if (e->status < 200 || auth_answer_in(d, e, &d->answered))
		return;
	if (!d->call)
		dialog_free(d);
}

static void on_terminated(struct dialog *d, const struct sip_event *e)
{
	struct why why = { 0 };

	if (!d->call) {
		dialog_free(d);
		return;
	}
	why_set(&why, LINEDISCONNECTMODE_UNREACHABLE, "SIP 408",
			"the far side does not answer any more");
	(void)e;
	end_call(d, &why);
}

static void on_state(struct dialog *d, const struct sip_event *e)
{
	int state = 0;

	tl_gets(e->tags, NUTAG_CALLSTATE_REF(state), TAG_END());
	if (state == nua_callstate_terminated)
		on_terminated(d, e);
}

/* A second branch of our INVITE has answered: one is enough. */
static void on_fork(struct dialog *d, const struct sip_event *e)
{
	(void)d;
	nua_ack(e->nh, TAG_END());
	nua_bye(e->nh, TAG_END());
}

static const struct {
	nua_event_t event;
	void (*take)(struct dialog *d, const struct sip_event *e);
} rows[] = {
	{ nua_r_invite, on_invite_answer },
	{ nua_i_invite, on_reinvite },
	{ nua_i_update, on_update },
	{ nua_i_ack, on_ack },
	{ nua_i_bye, on_bye },
	{ nua_i_cancel, on_cancel },
	{ nua_r_bye, on_bye_answer },
	{ nua_i_state, on_state },
	{ nua_i_terminated, on_terminated },
	{ nua_i_fork, on_fork },
};

static void learn_name(struct dialog *d, const struct sip_event *e)
{
	bool is_answer = e->event == nua_r_invite && e->status >= 180 && e->status < 300;

	if (is_answer || e->event == nua_i_invite || e->event == nua_i_ack)
		dialog_name_learn(&d->name, e->sip, is_answer);
}

/* A row may free the dialog. */
void dialog_take_event(struct owner *o, const struct sip_event *e)
{
	struct dialog *d = list_entry(o, struct dialog, owner);

	learn_name(d, e);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].event == e->event) {
			rows[i].take(d, e);
			return;
		}
	if (services_take_event(d, e))
		return;
	if (e->event == nua_i_info && e->status < 200)
		nua_respond(d->nh, SIP_200_OK, NUTAG_WITH(e->msg), TAG_END());
	else if ((e->event == nua_i_refer || e->event == nua_i_notify) && e->status < 200)
		nua_respond(d->nh, SIP_501_NOT_IMPLEMENTED, NUTAG_WITH(e->msg), TAG_END());
}

/* --- A new call --- */

/* RFC 3891 3: who writes Replaces means no new call. The list also holds headers that came twice:
 * they are of their own class, with what they contain where er_name would be. */
static bool has_bad_replaces(const sip_t *m)
{
	for (const sip_error_t *e = m ? m->sip_error : NULL; e; e = e->er_next)
		if (e->er_common->h_class == sip_error_class && e->er_name &&
				strcasecmp(e->er_name, "Replaces") == 0)
			return true;
	return false;
}

/* 0, or the status of a refusal. */
static int check_invite(const struct account *a, int body_status)
{
	if (!a || !a->has_device)
		return 404;
	if (body_status)
		return body_status;
	if (!a->is_open || !(a->offered_modes & LINEMEDIAMODE_INTERACTIVEVOICE))
		return 480;
	return account_is_full(a) ? 486 : 0;
}

static struct call *make_call(struct account *a, struct dialog *d, const struct sip_event *e)
{
	struct parties_rules rules = account_rules(a, e);
	struct header headers[HEADERS_MAX];
	struct call *c = call_new(a, true);
	size_t count;

	if (!c)
		return NULL;
	count = headers_of(e->sip, headers, HEADERS_MAX);
	c->reason = parties_of_invite(&c->parties, headers, count, &rules);
	headers_free(headers, count);
	take_user_info(c, e->sip);
	c->dialog = d;
	d->call = c;
	return c;
}

/* It replaces a dialog of ours. */
static void take_over(const struct sip_event *e, char *sdp)
{
	struct dialog *d = takeover_by_replaces(e);

	if (!d) {
		mem_free(sdp);
		return;
	}
	remember_peer(d, e);
	keep_message(d, e);
	learn_name(d, e);
	take_user_info(d->call, e->sip);
	takeover_start(d->call, sdp);
}

void dialog_take_invite(const struct sip_event *e)
{
	struct account *a = e->sip ? account_called(e->sip) : NULL;
	int body_status;
	char *sdp = copy_sdp(e->sip, &body_status);
	int status = has_bad_replaces(e->sip) ? 400 : check_invite(a, body_status);
	struct dialog *d = NULL;
	struct call *c = NULL;

	if (e->status >= 200) { /* sofia has refused it already */
		mem_free(sdp);
		return;
	}
	if (e->sip && e->sip->sip_replaces && !body_status) {
		take_over(e, sdp);
		return;
	}
	if (a && diversion_take(a, e, status)) {
		mem_free(sdp);
		return;
	}
	if (!status)
		d = dialog_new_incoming(a, e);
	if (d)
		c = make_call(a, d, e);
	if (c) {
		remember_peer(d, e);
		keep_message(d, e);
		learn_name(d, e);
		c->leg.peer_offer = sdp;
		tell_new_call(c);
		account_report(a);
		return;
	}
	mem_free(sdp);
	log_info("a call is refused: %d", status ? status : 500);
	nua_respond(e->nh, status ? status : 500, NULL,
			TAG_IF(status == 415, SIPTAG_ACCEPT_STR("application/sdp")), TAG_END());
	if (d)
		dialog_free(d);
}
