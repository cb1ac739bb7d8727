// SPDX-License-Identifier: MIT
/* session.c - sessions, their opens and the call handles they hold. */
#include "session.h"

#include "assist.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "call.h"
#include "claim.h"
#include "client.h"
#include "hub.h"
#include "core.h"
#include "host.h"
#include "idle.h"
#include "line.h"
#include "msp.h"
#include "provider_admin.h"
#include "proxy.h"

#include <tapi.h>

#define LOG_TOPIC "session"

const char *session_name(const struct session *s)
{
	return s->friendly_name && *s->friendly_name ? s->friendly_name : "an application";
}

static void on_grace_over(struct timer *t)
{
	struct session *s = list_entry(t, struct session, grace_timer);
	struct core *core = s->core;

	log_info("%s: did not come back", session_name(s));
	session_end(s);
	idle_check(core);
}

struct session *session_new(struct core *core, uint64_t id, uid_t uid)
{
	struct session *s = mem_new(struct session);

	if (!s)
		return NULL;
	s->news_seen = id ? 0 : core->news;
	/* 32 random bits above the user: nobody resumes another user's session. */
	while (!(id >> 32) || map_find(&core->sessions_by_id, id))
		id = random_u64() << 32 | (uint32_t)uid;
	if (map_set(&core->sessions_by_id, id, s) < 0) {
		mem_free(s);
		return NULL;
	}
	s->core = core;
	s->id = id;
	s->uid = uid;
	list_init(&s->opens);
	list_init(&s->held);
	list_init(&s->pending);
	list_init(&s->msps);
	list_init(&s->claims);
	list_init(&s->in_recipients);
	timer_init(&s->grace_timer, on_grace_over);
	list_append(&core->sessions, &s->link);
	return s;
}

void session_free(struct session *s)
{
	claims_forget(s);
	while (!list_empty(&s->pending)) /* answers of hosts that nobody has taken */
		pending_free(list_entry(s->pending.next, struct pending, in_session));
	while (!list_empty(&s->msps))
		msp_free(list_entry(s->msps.next, struct msp, in_session));
	while (!list_empty(&s->held))
		held_free(list_entry(s->held.next, struct held, in_session));
	while (!list_empty(&s->opens))
		open_free(list_entry(s->opens.next, struct open, in_session));
	timer_clear(&s->grace_timer);
	access_leave(s);
	if (s->client)
		s->client->session = NULL;
	(void)map_remove(&s->core->sessions_by_id, s->id);
	map_fini(&s->opens_by_number);
	list_remove(&s->in_recipients);
	list_remove(&s->link);
	mem_free(s->app_name);
	mem_free(s->friendly_name);
	mem_free(s);
}

void session_end(struct session *s)
{
	assist_session_gone(s);
	pending_orphan_all(s);
	msp_close_all(s);
	while (!list_empty(&s->opens))
		line_close_open(list_entry(s->opens.next, struct open, in_session));
	session_free(s);
}

struct session *session_find(struct core *core, uint64_t id, uid_t uid)
{
	struct session *s = map_find(&core->sessions_by_id, id);

	return s && s->uid == uid ? s : NULL;
}

bool session_is_away(const struct session *s)
{
	return !s->client || s->client->resuming;
}

void session_keep(struct session *s, const char *why)
{
	s->client = NULL;
	if (s->core->stopping)
		return;
	log_info("%s: is kept for %u ms (%s)", session_name(s), s->core->options->grace_ms, why);
	timer_set(&s->core->timers, &s->grace_timer, s->core->options->grace_ms);
}

struct open *session_find_open(const struct session *s, uint32_t number)
{
	struct open *o = map_find(&s->opens_by_number, number);

	return o && !o->opening ? o : NULL;
}

struct open *open_new(struct session *s, struct line *line, uint32_t number)
{
	struct open *o = mem_new(struct open);

	if (!o)
		return NULL;
	o->session = s;
	o->line = line;
	o->number = number ? number : s->last_open + 1;
	if (map_set(&s->opens_by_number, o->number, o)) {
		mem_free(o);
		return NULL;
	}
	if (o->number > s->last_open)
		s->last_open = o->number;
	o->opened_at = clock_now_ns();
	if (o->opened_at <= s->core->last_opened_at)
		o->opened_at = s->core->last_opened_at + 1;
	s->core->last_opened_at = o->opened_at;
	s->open_count++;
	list_init(&o->rings);
	list_init(&o->proxied);
	list_append(&s->opens, &o->in_session);
	list_append(&line->opens, &o->in_line);
	return o;
}

void open_free(struct open *o)
{
	proxy_closing(o);
	while (!list_empty(&o->rings)) {
		struct rings *r = list_entry(o->rings.next, struct rings, link);

		list_remove(&r->link);
		mem_free(r);
	}
	buf_fini(&o->mapped);
	o->session->open_count--;
	(void)map_remove(&o->session->opens_by_number, o->number);
	list_remove(&o->in_session);
	list_remove(&o->in_line);
	provider_admin_closed(o->line->provider);
	mem_free(o);
}

struct held *held_find(const struct session *s, const struct call *call)
{
	list_for(l, &call->holders) {
		struct held *h = list_entry(l, struct held, in_call);

		if (h->session == s)
			return h;
	}
	return NULL;
}

struct held *held_new(struct open *o, struct call *call, uint32_t privilege)
{
	struct held *h = mem_new(struct held);

	if (!h)
		return NULL;
	h->session = o->session;
	h->call = call;
	h->open = o;
	list_init(&h->in_hub);
	list_init(&h->in_remembered);
	list_append(&o->session->held, &h->in_session);
	o->session->held_count++;
	list_append(&call->holders, &h->in_call);
	held_set_privilege(h, privilege);
	hub_look_at(call);
	return h;
}

void held_set_privilege(struct held *h, uint32_t privilege)
{
	if (h->privilege == LINECALLPRIVILEGE_OWNER)
		h->session->owned--;
	if (privilege == LINECALLPRIVILEGE_OWNER)
		h->session->owned++;
	h->privilege = privilege;
}

void held_free(struct held *h)
{
	hub_forget_held(h);
	held_set_privilege(h, 0);
	list_remove(&h->in_session);
	h->session->held_count--;
	list_remove(&h->in_call);
	mem_free(h);
}
