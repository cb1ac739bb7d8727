// SPDX-License-Identifier: MIT
/* transfer.c - our side of a transfer. It is done when the peer says that its call to the target
 * was answered, or hangs up after it has accepted the REFER; else the call is ours again. */
#define LOG_TOPIC "sip"
#include "transfer.h"

#include "account.h"
#include "auth.h"
#include "bodies.h"
#include "call.h"
#include "cause.h"
#include "dial.h"
#include "dialog.h"
#include "sip.h"
#include "tell.h"

#include "base/log.h"

#include <stdio.h>
#include <strings.h>

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_tag.h>

#define TRANSFER_MS  90000 /* the target may ring for a while */
#define REFER_TO_MAX 2200

static struct call *call_of(uint64_t handle)
{
	return handle ? call_find((HDRVCALL)handle) : NULL;
}

/* --- The end of a transfer --- */

static void settle(struct call *c, LONG result, const struct why *why)
{
	DRV_REQUESTID id = c->links.transfer_request;

	timer_stop(&c->links.timer);
	c->links.transfer_request = 0;
	c->links.is_referred = false;
	c->links.transfer_to = 0;
	if (id)
		tell_done(id, result, why);
}

void transfer_forget_consultation(struct call *c)
{
	struct call *other = call_of(c->links.consult ? c->links.consult : c->links.original);

	c->links.consult = c->links.original = 0;
	if (other)
		other->links.consult = other->links.original = 0;
}

static void succeed(struct call *c)
{
	struct call *other = call_of(c->links.transfer_to);

	log_info("call %llu of %s is transferred", (unsigned long long)c->handle,
			account_name(c->line));
	settle(c, 0, NULL);
	transfer_forget_consultation(c);
	(void)call_step(c, CALL_EVENT_DROP, NULL);
	if (other)
		(void)call_step(other, CALL_EVENT_DROP, NULL);
}

static void fail(struct call *c, const struct why *why)
{
	log_info("call %llu of %s is not transferred: %s %s", (unsigned long long)c->handle,
			account_name(c->line), why->cause, why->sentence);
	settle(c, LINEERR_OPERATIONFAILED, why);
}

static void fail_by(struct call *c, int status, const char *phrase, bool is_local)
{
	struct cause_facts facts = { .status = status,
		.phrase = phrase,
		.is_local = is_local,
		.has_secret = c->line->config->secret[0] != '\0' };
	struct why why = { 0 };

	(void)cause_of_refusal(&facts, &why);
	why.mode = 0;
	fail(c, &why);
}

static void waited_enough(struct timer *t)
{
	struct links *l = list_entry(t, struct links, timer);

	fail_by((struct call *)(void *)((char *)l - offsetof(struct call, links)), 408, NULL, true);
}

void transfer_call_ended(struct call *c, bool by_peer, const struct why *why)
{
	struct call *other = call_of(c->links.transfer_to);

	if (c->links.transfer_request && c->links.is_referred && by_peer) {
		settle(c, 0, NULL);
		if (other)
			(void)call_step(other, CALL_EVENT_DROP, NULL);
	} else if (c->links.transfer_request) {
		settle(c, LINEERR_OPERATIONFAILED, why);
	}
	if (c->links.swap_request)
		transfer_hold_settled(c, LINEERR_OPERATIONFAILED, why);
}

/* --- REFER --- */

static LONG check(const struct call *c)
{
	if (!call_is_up(c) || c->state == CALL_STATE_CONFERENCED || !c->dialog)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"a call in state %s cannot be transferred",
				call_state_name(c->state));
	if (c->links.transfer_request)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"the call is being transferred already");
	return 0;
}

static LONG refer(struct call *c, DRV_REQUESTID id, const char *refer_to)
{
	char by[sizeof(c->line->aor) + 2];

	(void)snprintf(by, sizeof(by), "<%s>", c->line->aor);
	c->links.transfer_request = id;
	c->links.is_referred = false;
	c->links.challenges = 0;
	c->links.timer.run = waited_enough;
	sip_arm(&c->links.timer, TRANSFER_MS);
	nua_refer(c->dialog->nh, SIPTAG_REFER_TO_STR(refer_to),
			TAG_IF(c->line->config->domain[0], SIPTAG_REFERRED_BY_STR(by)), TAG_END());
	return (LONG)id;
}

static LONG refer_to_address(struct call *c, DRV_REQUESTID id, const char *dest)
{
	char refer_to[DIAL_URI_MAX + 3];
	const char *why = "a call is transferred to a whole address";
	struct dial d;
	LONG err = dial_read(dest ? dest : "", c->line->config->domain, &d, &why);

	if (!err && d.is_partial)
		err = LINEERR_INVALADDRESS;
	if (err)
		return sip_fail(err, "address", "%s", why);
	(void)snprintf(refer_to, sizeof(refer_to), "<%s>", d.uri);
	return refer(c, id, refer_to);
}

LONG transfer_blind(struct call *c, DRV_REQUESTID id, const char *dest)
{
	LONG err = check(c);

	return err ? err : refer_to_address(c, id, dest);
}

bool transfer_take_answer(struct dialog *d, const struct sip_event *e)
{
	struct call *c = d->call;

	if (!c || !c->links.transfer_request || e->status < 200)
		return true;
	if (e->status < 300)
		c->links.is_referred = true;
	else if (!auth_answer_in(d, e, &c->links.challenges))
		fail_by(c, e->status, e->phrase, e->sip == NULL);
	return true;
}

static bool is_about_refer(const struct sip_event *e)
{
	const sip_event_t *event = e->sip ? e->sip->sip_event : NULL;

	return event && event->o_type && strcasecmp(event->o_type, "refer") == 0;
}

bool transfer_take_notify(struct dialog *d, const struct sip_event *e)
{
	const sip_payload_t *body = e->sip ? e->sip->sip_payload : NULL;
	int status = 0, state = nua_substate_active;
	struct call *c = d->call;
	char phrase[96] = "";

	if (e->sip && !is_about_refer(e))
		return false;
	/* Without a subscription that sofia knows of, the answer is ours. */
	if (e->sip && e->status < 200)
		nua_respond(d->nh, c && c->links.transfer_request ? 200 : 481, NULL,
				NUTAG_WITH(e->msg), TAG_END());
	if (!c || !c->links.transfer_request)
		return true;
	tl_gets(e->tags, NUTAG_SUBSTATE_REF(state), TAG_END());
	if (body)
		(void)sipfrag_read(body->pl_data, body->pl_len, &status, phrase, sizeof(phrase));
	if (status >= 200 && status < 300)
		succeed(c);
	else if (status >= 300)
		fail_by(c, status, phrase, false);
	else if (state == nua_substate_terminated)
		fail_by(c, 408, NULL, true);
	return true;
}

/* --- Consultation --- */

LONG transfer_setup(struct call *c, DRV_REQUESTID id, HTAPICALL ht_consult, HDRVCALL *out,
		const LINECALLPARAMS *params)
{
	struct call *consult;
	LONG err = check(c);

	if (!err && (c->links.consult || c->links.original))
		err = sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"the call has a consultation already");
	if (!err)
		err = call_new_outgoing(c->line, ht_consult, params, &consult);
	if (err)
		return err;
	consult->related_call_id = c->call_id;
	consult->links.original = c->handle;
	c->links.consult = consult->handle;
	err = call_hold_as(c, id, CALL_EVENT_HELD_TRANSFER);
	if (err < 0) {
		transfer_forget_consultation(c);
		call_discard(consult);
		return err;
	}
	*out = (HDRVCALL)consult->handle;
	return err;
}

/* The consultation has not been answered: it ends, and the peer calls its address anew. */
static LONG complete_unanswered(struct call *c, struct call *other, DRV_REQUESTID id)
{
	LONG err = refer_to_address(c, id, other->dialled);

	if (err >= 0) {
		c->links.transfer_to = other->handle;
		(void)call_step(other, CALL_EVENT_DROP, NULL);
	}
	return err;
}

LONG transfer_complete(struct call *c, struct call *other, DRV_REQUESTID id)
{
	char refer_to[REFER_TO_MAX];
	LONG err = check(c);

	if (err)
		return err;
	if (other->state == CALL_STATE_PROCEEDING || other->state == CALL_STATE_RINGBACK)
		return complete_unanswered(c, other, id);
	if (!call_is_up(other) || !other->dialog || other == c)
		return sip_fail(LINEERR_INVALCONSULTCALLHANDLE, "call state",
				"a call is not transferred to one in state %s",
				call_state_name(other->state));
	if (!dialog_name_is_whole(&other->dialog->name) ||
			!dialog_name_write(&other->dialog->name, refer_to, sizeof(refer_to)))
		return sip_fail(LINEERR_OPERATIONFAILED, "transfer",
				"the peer of the other call has not said where it is");
	c->links.transfer_to = other->handle;
	return refer(c, id, refer_to);
}

/* --- One call follows the other --- */

void transfer_unheld(struct call *c)
{
	struct call *consult = call_of(c->links.consult);

	if (!consult)
		return;
	transfer_forget_consultation(c);
	(void)call_step(consult, CALL_EVENT_DROP, NULL);
}

void transfer_dropped(struct call *c)
{
	struct call *original = call_of(c->links.original);

	transfer_forget_consultation(c);
	if (original && original->state == CALL_STATE_ONHOLDPENDTRANSFER &&
			!original->is_hold_pending && !original->links.transfer_request)
		(void)call_unhold(original, 0);
}

LONG transfer_swap(struct call *active, struct call *held, DRV_REQUESTID id)
{
	enum call_event becomes = held->state == CALL_STATE_ONHOLDPENDTRANSFER
						  ? CALL_EVENT_HELD_TRANSFER
						  : CALL_EVENT_HELD;
	LONG err;

	if (active->state != CALL_STATE_CONNECTED || !call_is_on_hold(held))
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"a call in state %s is not swapped with one in state %s",
				call_state_name(active->state), call_state_name(held->state));
	if (active->links.swap_request || held->is_hold_pending)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"one of the calls is being held or unheld already");
	active->links.swap_request = id;
	active->links.swap_with = held->handle;
	err = call_hold_as(active, 0, becomes);
	if (err >= 0)
		return (LONG)id;
	active->links.swap_request = 0;
	active->links.swap_with = 0;
	return err;
}

static void go_on_swapping(struct call *c, LONG result, const struct why *why)
{
	DRV_REQUESTID id = c->links.swap_request;
	struct call *held = call_of(c->links.swap_with);

	c->links.swap_request = 0;
	c->links.swap_with = 0;
	if (result >= 0 && held && call_is_on_hold(held) && !held->is_hold_pending)
		(void)call_unhold(held, id);
	else
		tell_done(id, result < 0 ? result : LINEERR_OPERATIONFAILED, why);
}

void transfer_hold_settled(struct call *c, LONG result, const struct why *why)
{
	struct call *consult = call_of(c->links.consult);

	if (c->links.swap_request)
		go_on_swapping(c, result, why);
	if (!consult || consult->state != CALL_STATE_NEW)
		return;
	if (result < 0)
		transfer_forget_consultation(c);
	else
		(void)call_step(consult, CALL_EVENT_OFFHOOK, NULL);
}
