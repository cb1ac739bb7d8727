// SPDX-License-Identifier: MIT
/* host_snapshot.c - what a host that outlived its core knows: lines, MSP instances, calls, requests
 * that are not finished. Sessions claim their part of it (resume.c). */
#include "base/mem.h"
#include "call.h"
#include "call_new.h"
#include "core.h"
#include "failure.h"
#include "host.h"
#include "hub.h"
#include "line.h"
#include "phone.h"
#include "msp.h"
#include "provider.h"

#include <tapi.h>

#define LOG_TOPIC "host"

static struct line *own_line(struct host *h, uint32_t device)
{
	struct line *line = line_find(h->peer.core, device);

	return line && line->provider == h->provider ? line : NULL;
}

static bool take_line(struct host *h, const SnapshotLine *s)
{
	struct line *line = line_find_kind(h->peer.core, s->phone ? &phone_kind : &line_kind,
			s->device);

	if (!line || line->provider != h->provider)
		return false;
	line->state = LINE_IS_OPEN;
	line->tspi_version = s->tspi_version;
	line->ext_version = s->ext_version;
	if (s->has_note && !s->phone)
		hub_read_note(line, &s->note);
	line->detecting = s->phone ? 0 : UINT32_MAX; /* not known: the next open tells it */
	return true;
}

static bool take_call(struct host *h, const SnapshotCall *s)
{
	struct line *line = own_line(h, s->device);
	struct call *call;

	if (!line || s->call >> 32 != h->provider->id || call_find(h->peer.core, s->call))
		return false;
	call = call_new(line, s->call);
	if (!call)
		return false;
	call->state = s->state;
	call->mode = s->state_mode;
	call->adopted = call->unclaimed = true;
	call->offered = s->origin_session != 0;
	call->msp_session = s->origin_session;
	if (s->has_note)
		call_read_note(call, &s->note);
	if (s->snapshot)
		call_keep_snapshot(call, s->snapshot);
	if (s->reason && s->reason->sentence)
		call_ends_for(call, s->reason->layer, s->reason->cause, s->reason->sentence);
	call->address_id = s->address_id;
	call->media_modes = s->media_mode ? s->media_mode : call->media_modes;
	return true;
}

static bool take_msp(struct host *h, const SnapshotMsp *s)
{
	struct line *line = own_line(h, s->device);
	struct msp *m = line ? msp_new(line, s->msp_line, s->address_id) : NULL;

	if (!m)
		return false;
	m->session_id = s->session;
	return true;
}

/* false: a client would choke on it, or memory is short. */
static bool keep_result(struct pending *p, const SnapshotRequest *s)
{
	struct arena *arena = &p->host->peer.core->arena;
	size_t size = s->result && s->reason ? failure__get_packed_size(s->reason) : 0;
	uint8_t *body = size ? arena_alloc(arena, size) : NULL;

	if (s->result > 0 || (size && !body))
		return false;
	if (body)
		(void)failure__pack(s->reason, body);
	if (s->result)
		pending_keep_completion(p, s->result, body, size);
	else if (arena_unpack(arena, p->rule->reply, s->reply.data, s->reply.len))
		pending_keep_completion(p, 0, s->reply.data, s->reply.len);
	return p->kept != NULL;
}

static void set_pending(const struct pending *p, uint64_t id, unsigned slot)
{
	struct call *call = call_find(p->host->peer.core, id);

	if (!call)
		return;
	call->pending = true;
	call->conference = call_new_is_conference(p->rule, slot);
}

static bool calls_are_own(const struct host *h, const SnapshotRequest *s)
{
	for (size_t i = 0; i < s->n_calls; i++)
		if (s->calls[i] && s->calls[i] >> 32 != h->provider->id)
			return false;
	return true;
}

static struct pending *pending_of_before(struct host *h, const SnapshotRequest *s,
		const struct rule *rule)
{
	struct pending *p = pending_new(h, NULL, rule);

	if (!p)
		return NULL;
	p->serial = s->serial;
	p->client_serial = s->origin_serial;
	p->accepted = true;
	p->unclaimed = s->origin_session;
	p->done = s->n_calls ? call_new_done : NULL;
	for (size_t i = 0; i < s->n_calls && i < 2; i++)
		p->calls[i] = s->calls[i];
	if (p->unclaimed)
		list_append(&h->peer.core->unclaimed, &p->in_session);
	return p;
}

/* It has its end, or waits for it. false: neither. */
static bool put(struct host *h, struct pending *p, const SnapshotRequest *s)
{
	if (!s->completed) {
		for (unsigned i = 0; i < 2; i++)
			set_pending(p, p->calls[i], i);
		return map_set(&h->accepted, p->serial, p) == 0;
	}
	if (!keep_result(p, s))
		return false;
	if (!p->unclaimed)
		pending_seen(p);
	return true;
}

static bool take_request(struct host *h, const SnapshotRequest *s)
{
	const struct rule *rule = s->kind <= CALL_MAX ? rule_find((uint16_t)s->kind) : NULL;
	struct pending *p;

	if (!rule || rule->kind != KIND_ASYNC || !s->serial || map_find(&h->accepted, s->serial) ||
			!calls_are_own(h, s))
		return false;
	if (s->completed && h->of_before++ >= h->peer.core->options->max_open) {
		host_ack(h, s->serial); /* its session hears that it is lost */
		return true;
	}
	if (host_is_lost(h))
		return false;
	if (s->serial > h->last_serial)
		h->last_serial = s->serial;
	p = pending_of_before(h, s, rule);
	if (p && put(h, p, s))
		return true;
	if (p)
		pending_free(p);
	return false;
}

bool host_take_snapshot(struct host *h, const Snapshot *s)
{
	if (s->line)
		return take_line(h, s->line);
	if (s->call)
		return take_call(h, s->call);
	if (s->msp)
		return take_msp(h, s->msp);
	return s->request && take_request(h, s->request);
}
