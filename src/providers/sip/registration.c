// SPDX-License-Identifier: MIT
/* registration.c - sofia refreshes a registration that lives; what failed is begun anew with a new
 * handle, after a delay that doubles from one failure to the next. */
#define LOG_TOPIC "sip"
#include "registration.h"

#include "account.h"
#include "auth.h"
#include "cause.h"
#include "services.h"
#include "sip.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/trace.h"

#include <stdio.h>
#include <string.h>

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_tag.h>

#define TLS_LOOK_MS  1000
#define KEEPALIVE_MS 25000 /* below the 30 s after which some NATs forget a UDP binding */

static const char *const names[] = {
	[REGISTRATION_OFF] = "not registered by configuration",
	[REGISTRATION_TRYING] = "registering",
	[REGISTRATION_FAILED] = "failed",
	[REGISTRATION_ON] = "registered",
	[REGISTRATION_STOPPED] = "unregistered",
};

static struct account *account_of(struct registration *r)
{
	return (struct account *)(void *)((char *)r - offsetof(struct account, registration));
}

static void look_at_tls(struct account *a);

static void on_timer(struct timer *t)
{
	struct registration *r = list_entry(t, struct registration, timer);

	if (r->is_asking)
		look_at_tls(account_of(r));
	else
		registration_start(account_of(r));
}

void registration_init(struct registration *r)
{
	*r = (struct registration){ .state = REGISTRATION_STOPPED };
	timer_init(&r->timer, on_timer);
	why_set(&r->why, 0, "registration", "the registration has not been answered yet");
}

bool registration_is_in_service(const struct account *a)
{
	return a->registration.state == REGISTRATION_OFF ||
	       a->registration.state == REGISTRATION_ON;
}

const char *registration_state_name(const struct account *a)
{
	return names[a->registration.state];
}

static void drop_handle(struct account *a)
{
	struct registration *r = &a->registration;

	if (!r->nh)
		return;
	owner_remove(&r->owner);
	stack_drop_handle(r->nh);
	r->nh = NULL;
	account_unref(a);
}

static void become(struct account *a, enum registration_state state, const struct why *why)
{
	bool was_in = registration_is_in_service(a), is_in;

	a->registration.state = state;
	is_in = registration_is_in_service(a);
	if (why)
		a->registration.why = *why;
	trace_hop(TRACE_TSP, "registration", a->device, "%s: %s", account_name(a), names[state]);
	if (is_in != was_in)
		account_tell_state(a, is_in ? LINEDEVSTATE_INSERVICE : LINEDEVSTATE_OUTOFSERVICE,
				is_in ? NULL : &a->registration.why);
}

/* --- Answers --- */

static void explain(const struct account *a, const struct sip_event *e, struct why *why)
{
	char said[160] = "";
	const struct cause_facts facts = {
		.status = e->status,
		.phrase = e->phrase,
		.is_local = sip_event_is_local(e),
		.server = a->config->server.host,
		.tls = said,
		.has_secret = a->config->secret[0] != '\0',
	};

	if (a->config->transport == TRANSPORT_TLS)
		stack_log_complaint(said, sizeof(said));
	(void)cause_of_refusal(&facts, why);
}

/* 2^failures times the least delay, up to the most, and a part of it by chance: not all clients
 * of a server that comes back should come at the same moment. */
static uint64_t retry_delay_ms(const struct account *a, const sip_t *m)
{
	uint64_t least = a->config->retry_min_s * 1000ull, most = a->config->retry_max_s * 1000ull;
	unsigned shift = a->registration.failures < 20 ? a->registration.failures : 20;
	uint64_t delay = least << (shift ? shift - 1 : 0), asked = 0;

	if (delay > most)
		delay = most;
	delay = delay / 2 + random_u64() % (delay / 2 + 1);
	if (m && m->sip_retry_after)
		asked = m->sip_retry_after->af_delta * 1000ull;
	if (asked > most)
		asked = most;
	return delay > asked ? delay : asked;
}

static void fail(struct account *a, const struct why *why, const sip_t *m)
{
	struct registration *r = &a->registration;
	uint64_t delay;

	r->is_asking = false;
	r->failures++;
	delay = retry_delay_ms(a, m);
	log_warn("line %s is not registered: %s %s; tried again in %u s", account_name(a),
			why->cause, why->sentence, (unsigned)((delay + 999) / 1000));
	become(a, REGISTRATION_FAILED, why);
	sip_arm(&r->timer, delay);
	drop_handle(a);
}

static void failed(struct account *a, const struct sip_event *e)
{
	struct why why;

	explain(a, e, &why);
	fail(a, &why, e->sip);
}

/* A TLS connection that fails leaves sofia waiting for its request to time out; its log knows. */
static void look_at_tls(struct account *a)
{
	char said[160];
	struct why why;

	stack_log_complaint(said, sizeof(said));
	if (said[0]) {
		why_set(&why, 0, "TLS", "no TLS connection to %s: %s", a->config->server.host,
				said);
		fail(a, &why, NULL);
	} else {
		sip_arm(&a->registration.timer, TLS_LOOK_MS);
	}
}

static void succeeded(struct account *a, const struct sip_event *e)
{
	struct registration *r = &a->registration;
	bool is_new = r->state != REGISTRATION_ON;

	r->failures = 0;
	r->answered = 0;
	if (r->is_asking)
		timer_stop(&r->timer);
	r->is_asking = false;
	if (a->config->transport == TRANSPORT_TLS)
		stack_log_forget(); /* it would explain a call that fails for other reasons */
	if (e->from[0])
		(void)account_address_towards(e->from, a->local_address);
	if (!is_new)
		return;
	log_info("line %s is registered as %s", account_name(a), a->aor);
	become(a, REGISTRATION_ON, NULL);
	services_account_registered(a);
}

static void take_answer(struct account *a, const struct sip_event *e)
{
	if (a->registration.state == REGISTRATION_STOPPED || e->status < 200)
		return;
	account_learn_server(a, e);
	if (e->status < 300)
		succeeded(a, e);
	else if (!auth_answer(a, e, &a->registration.answered))
		failed(a, e);
}

static void take(struct owner *o, const struct sip_event *e)
{
	if (e->event == nua_r_register)
		take_answer(account_of(list_entry(o, struct registration, owner)), e);
}

/* --- Good-byes --- */

/* A handle that unregisters; the account may register anew meanwhile, with other settings. */
struct goodbye {
	struct owner owner;
	nua_handle_t *nh;
	struct account *account; /* a reference */
	unsigned answered;
};

static void goodbye_free(struct goodbye *g)
{
	owner_remove(&g->owner);
	stack_drop_handle(g->nh);
	account_unref(g->account);
	mem_free(g);
}

static void take_goodbye(struct owner *o, const struct sip_event *e)
{
	struct goodbye *g = list_entry(o, struct goodbye, owner);

	if (e->event != nua_r_unregister || e->status < 200 ||
			auth_answer(g->account, e, &g->answered))
		return;
	goodbye_free(g);
}

/* The registration's handle goes over. */
static bool say_goodbye(struct account *a)
{
	struct goodbye *g = mem_new(struct goodbye);

	if (!g)
		return false;
	if (owner_add(&g->owner, take_goodbye)) {
		mem_free(g);
		return false;
	}
	g->nh = a->registration.nh;
	g->account = a; /* the handle's reference */
	owner_remove(&a->registration.owner);
	a->registration.nh = NULL;
	nua_handle_bind(g->nh, owner_magic(&g->owner));
	nua_unregister(g->nh, TAG_END());
	return true;
}

void registration_forget_goodbyes(void)
{
	size_t cursor = 0;
	struct owner *o;

	while ((o = map_next(&sip.owners, &cursor)))
		if (o->take == take_goodbye)
			goodbye_free(list_entry(o, struct goodbye, owner));
}

/* --- Requests --- */

void registration_write_uri(const struct account *a, const struct host_port *h, const char *more,
		char *out, size_t size)
{
	const bool by_tls = a->config->transport == TRANSPORT_TLS; /* sips: says so itself */
	char host[CONFIG_TEXT_MAX + 16];

	host_port_write(h, host, sizeof(host));
	(void)snprintf(out, size, "%s:%s%s%s", by_tls ? "sips" : "sip", host,
			by_tls ? "" : account_transport(a), more);
}

static bool make_handle(struct account *a)
{
	struct registration *r = &a->registration;
	struct host_port domain = { "", 0 };
	char route[ACCOUNT_ROUTE_MAX];

	if (owner_add(&r->owner, take))
		return false;
	(void)snprintf(domain.host, sizeof(domain.host), "%s", a->config->domain);
	/* sofia's keep-alives go to the domain by the registration's route: that to the server. */
	account_write_route(a, a->config->nat ? &domain : NULL, route, sizeof(route));
	r->nh = nua_handle(stack_nua(a->local_address), owner_magic(&r->owner),
			SIPTAG_FROM_STR(a->aor), SIPTAG_TO_STR(a->aor),
			TAG_IF(route[0], NUTAG_INITIAL_ROUTE_STR(route)), TAG_END());
	if (!r->nh) {
		owner_remove(&r->owner);
		return false;
	}
	(void)account_ref(a);
	return true;
}

static void send_register(struct account *a)
{
	const struct account_config *c = a->config;
	char server[CONFIG_TEXT_MAX + 64], expires[16], contact[ACCOUNT_URI_MAX] = "";

	if (!c->nat)
		account_write_contact(a, c->user, a->local_address, contact, sizeof(contact));
	registration_write_uri(a, &c->server, "", server, sizeof(server));
	(void)snprintf(expires, sizeof(expires), "%u", (unsigned)c->expires_s);
	nua_register(a->registration.nh, NUTAG_REGISTRAR(server), NUTAG_M_USERNAME(c->user),
			SIPTAG_EXPIRES_STR(expires),
			TAG_IF(contact[0], SIPTAG_CONTACT_STR(contact)),
			NUTAG_OUTBOUND(c->nat ? "natify use-rport no-validate options-keepalive"
					      : "no-natify no-validate no-options-keepalive"),
			NUTAG_KEEPALIVE(c->nat ? KEEPALIVE_MS : 0), TAG_END());
}

void registration_start(struct account *a)
{
	struct registration *r = &a->registration;
	struct why why = { 0 };

	timer_stop(&r->timer);
	if (!stack_nua(NULL) || !a->has_device || a->is_removed)
		return;
	drop_handle(a);
	r->is_asking = false;
	r->answered = 0;
	account_find_self(a);
	if (!a->config->registers) {
		become(a, REGISTRATION_OFF, NULL);
		services_account_registered(a);
		return;
	}
	if (r->state != REGISTRATION_FAILED && r->state != REGISTRATION_TRYING) {
		why_set(&why, 0, "registration", "%s has not answered yet", a->config->server.host);
		become(a, REGISTRATION_TRYING, &why);
	}
	stack_log_forget();
	if (make_handle(a)) {
		send_register(a);
		r->is_asking = a->config->transport == TRANSPORT_TLS;
		if (r->is_asking)
			sip_arm(&r->timer, TLS_LOOK_MS);
	} else
		sip_arm(&r->timer, a->config->retry_max_s * 1000ull);
}

void registration_stop(struct account *a)
{
	struct registration *r = &a->registration;
	bool was_on = r->state == REGISTRATION_ON;
	struct why why = { 0 };

	timer_stop(&r->timer);
	r->is_asking = false;
	r->failures = 0;
	r->answered = 0;
	why_set(&why, 0, "registration", "the line has been unregistered");
	become(a, REGISTRATION_STOPPED, &why);
	if (!r->nh || !was_on || !stack_nua(NULL) || !say_goodbye(a))
		drop_handle(a);
}

void registration_refresh(struct account *a)
{
	if (!a->config->registers || a->registration.state == REGISTRATION_STOPPED)
		return;
	a->registration.failures = 0;
	registration_start(a);
}

void registration_fini(struct account *a)
{
	timer_stop(&a->registration.timer);
	drop_handle(a);
}
