// SPDX-License-Identifier: MIT
/* call.c - calls: making, finding, dropping, the end of handles. */
#include "call.h"

#include "base/mem.h"
#include "core.h"
#include "event.h"
#include "failure.h"
#include "host.h"
#include "hub.h"
#include "line.h"
#include "msp.h"
#include "provider.h"
#include "session.h"

#include <tapi.h>

#define LOG_TOPIC "call"

struct call *call_find(const struct core *core, uint64_t id)
{
	return map_find(&core->calls, id);
}

bool call_is_too_many(const struct provider *p)
{
	if (p->calls < CALLS_MAX)
		return false;
	log_warn("%s: has %d calls, another one is refused", p->options->name, CALLS_MAX);
	return true;
}

struct call *call_new(struct line *line, uint64_t id)
{
	struct call *call = line->provider->calls < CALLS_MOST ? mem_new(struct call) : NULL;

	if (!call)
		return NULL;
	if (map_set(&line->core->calls, id, call) < 0) {
		mem_free(call);
		return NULL;
	}
	call->core = line->core;
	call->line = line;
	call->id = id;
	list_init(&call->holders);
	list_init(&call->in_hub);
	list_init(&call->in_hub_news);
	list_append(&line->calls, &call->in_line);
	line->provider->calls++;
	if ((uint32_t)id > line->provider->last_call)
		line->provider->last_call = (uint32_t)id;
	return call;
}

static void forget_end(struct call *call)
{
	mem_free(call->end_cause);
	mem_free(call->end_sentence);
	call->end_cause = call->end_sentence = NULL;
}

void call_free(struct call *call)
{
	hub_forget_call(call);
	while (!list_empty(&call->holders))
		held_free(list_entry(call->holders.next, struct held, in_call));
	monitor_forget_kept(call->core, call->id);
	(void)map_remove(&call->core->calls, call->id);
	list_remove(&call->in_line);
	call->line->provider->calls--;
	call_forget_snapshot(call);
	mem_free(call->app_name);
	mem_free(call->called_party);
	mem_free(call->comment);
	mem_free(call->displayable_address);
	forget_end(call);
	mem_free(call);
}

static bool is_conferenced(const struct call *call)
{
	return (call->state & LINECALLSTATE_CONFERENCED) != 0;
}

uint64_t call_mode(const struct call *call)
{
	uint64_t parent = (call->id >> 32) << 32 | call->mode;

	if (!is_conferenced(call))
		return call->mode;
	return call->mode && call_find(call->core, parent) ? parent : 0;
}

static uint32_t count(const struct call *call, uint32_t privilege)
{
	uint32_t n = 0;

	list_for(l, &call->holders)
		n += list_entry(l, struct held, in_call)->privilege == privilege;
	return n;
}

uint32_t call_owners(const struct call *call)
{
	return count(call, LINECALLPRIVILEGE_OWNER);
}

uint32_t call_monitors(const struct call *call)
{
	return count(call, LINECALLPRIVILEGE_MONITOR);
}

void call_ends_for(struct call *call, uint32_t layer, const char *cause, const char *sentence)
{
	if (call->end_sentence)
		return;
	call->end_layer = layer;
	call->end_cause = mem_strdup(cause);
	call->end_sentence = mem_strdup(sentence);
}

void call_drop(struct call *call, const char *cause, const char *sentence)
{
	LineDrop request = LINE_DROP__INIT;

	if (call->dropping || call_is_idle(call))
		return;
	log_info("call %#llx: dropped: %s", (unsigned long long)call->id, sentence);
	call->dropping = true;
	call_ends_for(call, LAYER_SERVER, cause, sentence);
	SET_ID(&request, call, call->id);
	(void)host_call(call->line->provider->host, CALL_LineDrop, &request.base, NULL);
}

void call_close(struct call *call)
{
	TspiLineCloseCall request = TSPI_LINE_CLOSE_CALL__INIT;

	SET_ID(&request, call, call->id);
	if (call_is_idle(call)) /* the TSP has forgotten most of it */
		host_call_later(call->line->provider->host, CALL_TspiLineCloseCall, &request.base);
	else
		(void)host_call(call->line->provider->host, CALL_TspiLineCloseCall, &request.base,
				NULL);
	call_free(call);
}

void call_tell_counts(struct call *call, uint32_t bits, const struct held *cause,
		const struct held *told)
{
	Event e = EVENT__INIT;
	size_t size;

	if (call_is_idle(call) || !bits)
		return;
	SET_ID(&e, object, call->id);
	SET(&e, msg, LINE_CALLINFO);
	SET(&e, p1, bits);
	size = event_pack(call->core, &e);
	list_for(l, &call->holders) {
		const struct held *h = list_entry(l, struct held, in_call);

		/* cause, told: or clang's analyser takes h for NULL, as they may be */
		if (!(cause && h == cause) && !(told && h == told))
			event_to_holder(h, &e, 0, size);
	}
}

void call_release(struct held *h, bool drop, const char *cause, const char *sentence)
{
	struct call *call = h->call;
	bool owner = h->privilege == LINECALLPRIVILEGE_OWNER;
	bool sole = owner && call_owners(call) == 1;
	const struct monitored had = h->monitored;
	const uint64_t session = h->session->id;
	bool awaited = call->adopted && core_awaits_sessions(call->core);
	bool owner_awaited = awaited && call->unclaimed;

	if (msp_let_go(call, h->session) && call->msp_session)
		call_write_note(call);
	held_free(h);
	if (call->pending) /* when it completes, nobody holds it: call_new.c */
		return;
	if (sole && drop && !owner_awaited && !call_is_idle(call))
		call_drop(call, cause, sentence);
	if (list_empty(&call->holders)) {
		if (!awaited && !call->kept) /* else see line_release_orphans() */
			call_close(call);
		return;
	}
	monitor_left(call, session, &had);
	call_tell_counts(call,
			owner ? LINECALLINFOSTATE_NUMOWNERDECR : LINECALLINFOSTATE_NUMMONITORS,
			NULL, NULL);
}

void call_end_by_force(struct call *call, const Failure *reason)
{
	Event e = EVENT__INIT;

	call->state = LINECALLSTATE_IDLE;
	hub_look_at(call);
	SET_ID(&e, object, call->id);
	SET(&e, msg, LINE_CALLSTATE);
	SET(&e, p1, LINECALLSTATE_IDLE);
	e.reason = (Failure *)reason;
	event_to_holders(call, &e, NULL);
}

static bool is_explained(uint32_t state)
{
	return (state & (LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE | LINECALLSTATE_BUSY |
					LINECALLSTATE_SPECIALINFO)) != 0;
}

static const Failure *why_it_ends(const struct call *call, uint32_t state)
{
	if (!call->end_sentence || !is_explained(state))
		return NULL;
	return failure_new(call->core, call->end_layer, call->end_cause, "%s", call->end_sentence);
}

/* Somebody hears of its state later. */
static bool is_missed(const struct call *call)
{
	list_for(l, &call->holders)
		if (session_is_away(list_entry(l, struct held, in_call)->session))
			return true;
	return core_awaits_sessions(call->core);
}

/* The TSP knows better than we do. */
static void explain(struct call *call, Event *e)
{
	const Failure *why = e->reason;

	if (!why)
		e->reason = (Failure *)why_it_ends(call, call->state);
	else if (why->sentence && is_explained(call->state) && is_missed(call))
		call_ends_for(call, why->layer, why->cause, why->sentence);
}

void call_send_state(const struct held *h, uint32_t state, uint64_t mode, uint32_t privilege)
{
	Event e = EVENT__INIT;

	SET_ID(&e, object, h->call->id);
	SET(&e, msg, LINE_CALLSTATE);
	SET(&e, p1, state);
	SET(&e, p2, mode);
	e.reason = (Failure *)why_it_ends(h->call, state);
	event_to_holder(h, &e, privilege, event_pack(h->call->core, &e));
}

void call_step(struct call *call, Event *e)
{
	uint32_t over = LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE;

	if (call_is_idle(call))
		return; /* the one absolute rule */
	call->state = (uint32_t)e->p1;
	if (!is_explained(call->state) && !call->dropping)
		forget_end(call); /* it was not the end, after a host's snapshot */
	hub_look_at(call);
	call->mode = (uint32_t)e->p2;
	if (is_conferenced(call))
		SET(e, p2, call_mode(call));
	if (e->p3)
		call->media_modes = (uint32_t)e->p3;
	SET(e, p3, 0);
	explain(call, e);
	event_to_holders(call, e, NULL);
	if (!(call->state & over))
		return;
	monitor_end(call);
}
