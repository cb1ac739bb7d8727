// SPDX-License-Identifier: MIT
/* message_waiting.c - a subscription lives by itself, as a dialog does: it outlives its account's
 * interest in it until its good-bye is answered. */
#define LOG_TOPIC "sip"
#include "message_waiting.h"

#include "account.h"
#include "auth.h"
#include "bodies.h"
#include "sip.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdio.h>
#include <strings.h>

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#define EVENT     "message-summary"
#define TYPE      "application/simple-message-summary"
#define EXPIRES_S "3600"

struct subscription {
	struct owner owner;
	nua_handle_t *nh;
	struct account *account; /* a reference */
	bool is_ending;          /* only the good-bye is left */
	unsigned challenges;
};

static void subscription_free(struct subscription *s)
{
	if (s->account->waiting.subscription == s)
		s->account->waiting.subscription = NULL;
	owner_remove(&s->owner);
	stack_drop_handle(s->nh);
	account_unref(s->account);
	mem_free(s);
}

/* --- What comes --- */

static void take_summary(struct account *a, const sip_t *m)
{
	const char *type = m && m->sip_content_type ? m->sip_content_type->c_type : NULL;
	struct mwi summary;

	if (!type || strcasecmp(type, TYPE) != 0 || !m->sip_payload)
		return;
	if (!mwi_read(m->sip_payload->pl_data, m->sip_payload->pl_len, &summary))
		return;
	if (summary.is_waiting == a->waiting.is_on)
		return;
	a->waiting.is_on = summary.is_waiting;
	log_info("line %s: %s", account_name(a),
			summary.is_waiting ? "messages wait" : "no message waits any more");
	account_tell_state(a, summary.is_waiting ? LINEDEVSTATE_MSGWAITON : LINEDEVSTATE_MSGWAITOFF,
			NULL);
}

static void try_later(struct account *a)
{
	if (!a->is_removed)
		sip_arm(&a->waiting.timer, a->config->retry_max_s * 1000ull);
}

static void take_answer(struct subscription *s, const struct sip_event *e)
{
	struct account *a = s->account;

	if (e->status < 200)
		return;
	account_learn_server(a, e);
	if (e->status < 300) {
		a->waiting.has_failed = false;
		s->challenges = 0;
		return;
	}
	if (auth_answer(a, e, &s->challenges))
		return;
	if (!a->waiting.has_failed)
		log_warn("line %s: its server tells nothing of messages: %d %s", account_name(a),
				e->status, e->phrase);
	a->waiting.has_failed = true;
	subscription_free(s);
	try_later(a);
}

static void take_notify(struct subscription *s, const struct sip_event *e)
{
	struct account *a = s->account;
	int state = nua_substate_active;

	take_summary(a, e->sip);
	tl_gets(e->tags, NUTAG_SUBSTATE_REF(state), TAG_END());
	if (state != nua_substate_terminated)
		return;
	subscription_free(s);
	try_later(a);
}

static void take(struct owner *o, const struct sip_event *e)
{
	struct subscription *s = (struct subscription *)(void *)o;
	bool is_over = (e->event == nua_r_unsubscribe && e->status >= 200) ||
		       e->event == nua_i_terminated;

	if (s->is_ending) {
		if (is_over && !auth_answer(s->account, e, &s->challenges))
			subscription_free(s);
	} else if (e->event == nua_r_subscribe) {
		take_answer(s, e);
	} else if (e->event == nua_i_notify) {
		take_notify(s, e);
	}
}

bool message_waiting_take_stray(const struct sip_event *e)
{
	const sip_event_t *event = e->sip ? e->sip->sip_event : NULL;
	struct account *a;

	if (!event || !event->o_type || strcasecmp(event->o_type, EVENT) != 0)
		return false;
	a = account_called(e->sip);
	if (!a || (a->config->server.host[0] && !account_is_from_server(a, e)))
		return false;
	nua_respond(e->nh, SIP_200_OK, NUTAG_WITH(e->msg), TAG_END());
	take_summary(a, e->sip);
	return true;
}

/* --- Beginning and end --- */

static void try_again(struct timer *t)
{
	struct message_waiting *w = list_entry(t, struct message_waiting, timer);

	message_waiting_start((struct account *)(void *)((char *)w -
							 offsetof(struct account, waiting)));
}

void message_waiting_init(struct message_waiting *w)
{
	*w = (struct message_waiting){ .is_on = false };
	timer_init(&w->timer, try_again);
}

static struct subscription *subscription_new(struct account *a)
{
	struct subscription *s = mem_new(struct subscription);
	struct host_port domain = { "", 0 };
	char route[ACCOUNT_ROUTE_MAX];

	if (!s)
		return NULL;
	if (owner_add(&s->owner, take)) {
		mem_free(s);
		return NULL;
	}
	s->account = account_ref(a);
	(void)snprintf(domain.host, sizeof(domain.host), "%s", a->config->domain);
	account_write_route(a, &domain, route, sizeof(route));
	s->nh = nua_handle(stack_nua(a->local_address), owner_magic(&s->owner), NUTAG_URL(a->aor),
			SIPTAG_FROM_STR(a->aor), SIPTAG_TO_STR(a->aor),
			NUTAG_M_USERNAME(a->config->user),
			TAG_IF(route[0], NUTAG_INITIAL_ROUTE_STR(route)), TAG_END());
	if (s->nh)
		return s;
	subscription_free(s);
	return NULL;
}

void message_waiting_start(struct account *a)
{
	struct message_waiting *w = &a->waiting;

	timer_stop(&w->timer);
	if (w->subscription || !a->config->mwi || !a->config->server.host[0] || a->is_removed ||
			!stack_nua(NULL) || !registration_is_in_service(a))
		return;
	w->subscription = subscription_new(a);
	if (!w->subscription)
		return;
	nua_subscribe(w->subscription->nh, SIPTAG_EVENT_STR(EVENT), SIPTAG_ACCEPT_STR(TYPE),
			SIPTAG_EXPIRES_STR(EXPIRES_S), TAG_END());
}

void message_waiting_stop(struct account *a)
{
	struct subscription *s = a->waiting.subscription;

	timer_stop(&a->waiting.timer);
	if (!s)
		return;
	a->waiting.subscription = NULL;
	s->is_ending = true;
	s->challenges = 0;
	nua_unsubscribe(s->nh, SIPTAG_EVENT_STR(EVENT), TAG_END());
}

void message_waiting_fini_all(void)
{
	size_t cursor = 0;
	struct owner *o;

	while ((o = map_next(&sip.owners, &cursor)))
		if (o->take == take)
			subscription_free((struct subscription *)(void *)o);
}
