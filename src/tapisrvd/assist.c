// SPDX-License-Identifier: MIT
/* assist.c - tapiRequestMakeCall, lineRegisterRequestRecipient, lineGetRequest. Nothing is started
 * here: a daemon that ran what its clients name would be a hole. libtapi starts the recipient as
 * the user who asks (src/libtapi/launch.c) and then queues the request. */
#include "assist.h"

#include "base/clock.h"
#include "base/mem.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "event.h"
#include "failure.h"
#include "priority.h"
#include "session.h"
#include "store.h"
#include "wire/utf8.h"

#include <stdio.h>
#include <string.h>
#include <tapi.h>

#define LOG_TOPIC "assist"

#define ALL_MODES (LINEREQUESTMODE_MAKECALL | LINEREQUESTMODE_MEDIACALL | LINEREQUESTMODE_DROP)

enum { START_MS = 15000 }; /* a program that was started registers within */

struct assist {
	struct list link; /* in core->assists: the oldest first */
	uid_t uid;
	uint32_t id;
	int64_t at;             /* seconds of time(2) */
	uint64_t started_by_ms; /* a program was started for it and should have registered then */
	LINEREQMAKECALL call;
};

/* --- the queue --- */

static void assist_free(struct assist *a)
{
	list_remove(&a->link);
	mem_free(a);
}

/* At a whole character of UTF-8. */
static void cut(char *to, size_t size, const char *from)
{
	size_t n = 0, next;

	memset(to, 0, size);
	if (!from)
		return;
	while (from[n] && (next = utf8_length(from + n)) && n + next < size)
		n += next;
	memcpy(to, from, n);
}

static struct assist *assist_new(struct core *core, uid_t uid, const LINEREQMAKECALL *call)
{
	struct assist *a = mem_new(struct assist);

	if (!a)
		return NULL;
	a->uid = uid;
	a->call = *call;
	a->at = clock_wall();
	a->id = ++core->last_assist;
	list_append(&core->assists, &a->link);
	return a;
}

static void take_row(void *arg, const struct store_row *row)
{
	struct core *core = arg;
	LINEREQMAKECALL call;
	struct assist *a;

	cut(call.szDestAddress, sizeof(call.szDestAddress), store_text(row, 3));
	cut(call.szAppName, sizeof(call.szAppName), store_text(row, 4));
	cut(call.szCalledParty, sizeof(call.szCalledParty), store_text(row, 5));
	cut(call.szComment, sizeof(call.szComment), store_text(row, 6));
	a = assist_new(core, (uid_t)store_number(row, 1), &call);
	if (!a) {
		log_error("out of memory: a request to place a call is not known");
		return;
	}
	a->id = (uint32_t)store_number(row, 0);
	a->at = store_number(row, 2);
	if (a->id > core->last_assist)
		core->last_assist = a->id;
}

void assist_load(struct core *core)
{
	(void)store_run(core->store,
			"SELECT id, uid, at, address, app, called, comment FROM request ORDER BY "
			"id",
			NULL, take_row, core);
}

void assist_fini(struct core *core)
{
	while (!list_empty(&core->assists))
		assist_free(list_entry(core->assists.next, struct assist, link));
}

static void save(struct core *core, const struct assist *a)
{
	(void)store_run(core->store,
			"INSERT INTO request (id, uid, at, address, app, called, comment)"
			" VALUES (?, ?, ?, ?, ?, ?, ?)",
			STORE_VALUES(STORE_N(a->id), STORE_N(a->uid), STORE_N(a->at),
					STORE_T(a->call.szDestAddress), STORE_T(a->call.szAppName),
					STORE_T(a->call.szCalledParty), STORE_T(a->call.szComment)),
			NULL, NULL);
}

static void take_out(struct core *core, struct assist *a)
{
	(void)store_run(core->store, "DELETE FROM request WHERE id = ?",
			STORE_VALUES(STORE_N(a->id)), NULL, NULL);
	assist_free(a);
}

static struct assist *oldest(const struct core *core, uid_t uid)
{
	list_for(l, &core->assists) {
		struct assist *a = list_entry(l, struct assist, link);

		if (a->uid == uid)
			return a;
	}
	return NULL;
}

static size_t count_of(const struct core *core, uid_t uid)
{
	size_t count = 0;

	list_for(l, &core->assists)
		count += list_entry(l, struct assist, link)->uid == uid;
	return count;
}

/* A program was started a moment ago and has not registered yet. */
static bool is_starting(const struct core *core, uid_t uid)
{
	list_for(l, &core->assists) {
		const struct assist *a = list_entry(l, struct assist, link);

		if (a->uid == uid && a->started_by_ms > clock_now_ms())
			return true;
	}
	return false;
}

/* --- recipients --- */

static uint32_t rank_of(const struct session *s)
{
	uint32_t rank = priority_of(s->core, s->uid, 0, s->app_name);

	return rank ? rank : UINT32_MAX;
}

/* TAPI: the first in the user's list, then who registered first. NULL: none. */
static struct session *recipient(const struct core *core, uid_t uid)
{
	struct session *best = NULL;

	list_for(l, &core->recipients) {
		struct session *s = list_entry(l, struct session, in_recipients);

		if (s->uid == uid && (!best || rank_of(s) < rank_of(best)))
			best = s;
	}
	return best;
}

/* p3 becomes the message's callback instance: src/libtapi/event.c. */
static void tell(const struct session *s)
{
	Event e = EVENT__INIT;

	if (!s || session_is_away(s))
		return; /* it hears when it is back */
	SET(&e, msg, LINE_REQUEST);
	SET(&e, p1, LINEREQUESTMODE_MAKECALL);
	SET(&e, p3, s->request_instance);
	event_to_client(s->client, 0, &e);
}

void assist_register(struct session *s, uint32_t modes, uint32_t instance)
{
	if (!(modes & LINEREQUESTMODE_MAKECALL))
		list_remove(&s->in_recipients);
	else if (list_empty(&s->in_recipients))
		list_append(&s->core->recipients, &s->in_recipients);
	s->request_modes = modes;
	s->request_instance = instance;
	if ((modes & LINEREQUESTMODE_MAKECALL) && oldest(s->core, s->uid) &&
			recipient(s->core, s->uid) == s)
		tell(s);
}

/* Whoever is first now hears of what waits, if it was this one before. */
static void unregister(struct session *s, uint32_t modes)
{
	bool served = recipient(s->core, s->uid) == s;

	s->request_modes &= ~modes;
	if (modes & LINEREQUESTMODE_MAKECALL)
		list_remove(&s->in_recipients);
	if (served && (modes & LINEREQUESTMODE_MAKECALL) && oldest(s->core, s->uid))
		tell(recipient(s->core, s->uid));
}

void assist_session_gone(struct session *s)
{
	unregister(s, ALL_MODES);
}

/* --- requests --- */

struct wish {
	const char *address, *app, *called, *comment;
	bool started; /* a recipient, for this request */
};

static LONG queue(struct request *r, const struct wish *w)
{
	struct core *core = r->core;
	uid_t uid = r->session->uid;
	LINEREQMAKECALL call;
	struct assist *a;

	if (!w->address || strlen(w->address) >= sizeof(call.szDestAddress))
		return request_fail(r, TAPIERR_INVALDESTADDRESS, "address",
				"an address has at most %zu bytes", sizeof(call.szDestAddress) - 1);
	if (!w->started && !recipient(core, uid) && !is_starting(core, uid))
		return request_fail(r, TAPIERR_NOREQUESTRECIPIENT, "recipient",
				"no program of this user has registered for such requests");
	if (count_of(core, uid) >= core->options->max_requests)
		return request_fail(r, TAPIERR_REQUESTQUEUEFULL, "queue",
				"%u requests of this user wait already",
				core->options->max_requests);
	cut(call.szDestAddress, sizeof(call.szDestAddress), w->address);
	cut(call.szAppName, sizeof(call.szAppName), w->app);
	cut(call.szCalledParty, sizeof(call.szCalledParty), w->called);
	cut(call.szComment, sizeof(call.szComment), w->comment);
	a = assist_new(core, uid, &call);
	if (!a)
		return LINEERR_NOMEM;
	if (w->started)
		a->started_by_ms = clock_now_ms() + START_MS;
	save(core, a);
	(void)request_return(r, NULL);
	tell(recipient(core, uid));
	return 0;
}

LONG handle_request_make_call(struct request *r)
{
	const TapiRequestMakeCall *m = (const void *)r->msg;
	const struct wish w = { m->dest_address, m->app_name, m->called_party, m->comment, false };

	return queue(r, &w);
}

LONG handle_queue_make_call(struct request *r)
{
	const TapixQueueMakeCall *m = (const void *)r->msg;
	const struct wish w = { m->dest_address, m->app_name, m->called_party, m->comment, true };

	return queue(r, &w);
}

LONG handle_register_request_recipient(struct request *r)
{
	const LineRegisterRequestRecipient *m = (const void *)r->msg;
	struct session *s = r->session;

	if (!m->request_mode) /* bits that are none were refused before: values.c */
		return request_fail(r, LINEERR_INVALREQUESTMODE, "mode",
				"%#x are no LINEREQUESTMODE_ values", m->request_mode);
	(void)request_return(r, NULL);
	if (m->enable)
		assist_register(s, s->request_modes | m->request_mode, m->registration_instance);
	else
		unregister(s, m->request_mode);
	return 0;
}

LONG handle_get_request(struct request *r)
{
	const LineGetRequest *m = (const void *)r->msg;
	LineGetRequestReply reply = LINE_GET_REQUEST_REPLY__INIT;
	uint32_t mode = m->request_mode;
	struct assist *a;

	if (mode != LINEREQUESTMODE_MAKECALL && mode != LINEREQUESTMODE_MEDIACALL)
		return request_fail(r, LINEERR_INVALREQUESTMODE, "mode",
				"%#x is not one LINEREQUESTMODE_ whose requests can be fetched",
				mode);
	if (!(r->session->request_modes & mode))
		return request_fail(r, LINEERR_NOTREGISTERED, "registration",
				"the application has not registered for these requests");
	a = mode == LINEREQUESTMODE_MAKECALL ? oldest(r->core, r->session->uid) : NULL;
	if (!a)
		return request_fail(r, LINEERR_NOREQUEST, "queue", "no request waits");
	SET_BYTES(&reply, request_buffer, (uint8_t *)&a->call, sizeof(a->call));
	(void)request_return(r, &reply.base);
	take_out(r->core, a);
	return 0;
}

/* --- ours: what waits --- */

LONG handle_get_requests(struct request *r)
{
	TapixGetRequestsReply reply = TAPIX_GET_REQUESTS_REPLY__INIT;
	size_t room = count_of(r->core, r->session->uid);
	AssistedRequest *all = arena_alloc(&r->core->arena, room * sizeof(*all) + 1);

	reply.requests = arena_alloc(&r->core->arena, room * sizeof(*reply.requests) + 1);
	if (!all || !reply.requests)
		return LINEERR_NOMEM;
	list_for(l, &r->core->assists) {
		struct assist *a = list_entry(l, struct assist, link);
		AssistedRequest *to = &all[reply.n_requests];

		if (a->uid != r->session->uid)
			continue;
		assisted_request__init(to);
		SET(to, id, a->id);
		SET(to, at, (uint32_t)a->at);
		to->dest_address = a->call.szDestAddress;
		to->app_name = a->call.szAppName;
		to->called_party = a->call.szCalledParty;
		to->comment = a->call.szComment;
		reply.requests[reply.n_requests++] = to;
	}
	return request_return(r, &reply.base);
}

LONG handle_remove_request(struct request *r)
{
	const TapixRemoveRequest *m = (const void *)r->msg;

	list_for(l, &r->core->assists) {
		struct assist *a = list_entry(l, struct assist, link);

		if (a->uid != r->session->uid || a->id != m->id)
			continue;
		take_out(r->core, a);
		return request_return(r, NULL);
	}
	return request_fail(r, LINEERR_NOREQUEST, "request", "no request has the number %u", m->id);
}
