// SPDX-License-Identifier: MIT
/* host_request.c - requests to a host in their order, its answers, and the clock on the one that it
 * is executing: the head of the queue. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/trace.h"
#include "call_new.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"

#include <assert.h>
#include <string.h>
#include <tapi.h>

#define LOG_TOPIC "host"

enum { LATER_SIZE = 64 };

bool host_is_full(const struct host *h)
{
	return conn_queued(&h->peer.conn) > h->peer.core->options->max_queued;
}

bool host_is_lost(const struct host *h)
{
	return h->accepted.count / 2 >= h->peer.core->options->max_open;
}

static void start_clock(struct host *h)
{
	uint32_t entry_ms = h->peer.core->options->entry_ms;

	h->head_since_ms = clock_now_ms();
	/* A deadline of the entry before may come first, then the rest is waited for; but its last
	 * one, which ends the host, may be far away. */
	if (!timer_is_set(&h->timer) || h->timer.due_ms > h->head_since_ms + entry_ms)
		timer_set(&h->peer.core->timers, &h->timer, entry_ms);
}

static struct pending *queue(struct host *h, struct pending *p)
{
	if (list_empty(&h->queue))
		start_clock(h);
	p->serial = h->last_serial = h->last_serial % 0x7fffffff + 1;
	list_append(&h->queue, &p->in_queue);
	h->queued++;
	return p;
}

static struct frame_header request_header(const struct pending *p)
{
	struct frame_header f = { .kind = p->rule->number,
		.serial = p->serial,
		.open = p->open,
		.origin_session = p->session ? p->session->id : 0,
		.origin_serial = p->client_serial };

	return f;
}

/* In the queue, with its header. */
static struct pending *begin_call(struct host *h, uint64_t session, uint16_t kind,
		pending_done done, struct frame_header *f)
{
	struct pending *p;

	if (!h || h->peer.is_doomed)
		return NULL;
	if (h->queued >= HOST_QUEUE_MAX) {
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "it has not returned from %d requests",
				HOST_QUEUE_MAX);
		return NULL;
	}
	p = pending_new(h, NULL, rule_find(kind));
	if (!p) { /* what is not asked now would wait for ever, or stay open at the TSP */
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "out of memory");
		return NULL;
	}
	p->done = done;
	p->unpack = done != NULL;
	*f = request_header(queue(h, p));
	f->origin_session = session;
	return p;
}

static struct pending *call_as(struct host *h, uint64_t session, uint16_t kind,
		const ProtobufCMessage *request, pending_done done)
{
	struct frame_header f;
	struct pending *p = begin_call(h, session, kind, done, &f);

	if (p)
		peer_send(&h->peer, &f, request);
	return p;
}

void host_call_later(struct host *h, uint16_t kind, const ProtobufCMessage *request)
{
	uint8_t packed[LATER_SIZE];
	struct frame_header f;

	assert(protobuf_c_message_get_packed_size(request) <= sizeof(packed));
	if (begin_call(h, 0, kind, NULL, &f))
		peer_send_later(&h->peer, &f, packed, protobuf_c_message_pack(request, packed));
}

struct pending *host_call(struct host *h, uint16_t kind, const ProtobufCMessage *request,
		pending_done done)
{
	return call_as(h, 0, kind, request, done);
}

struct pending *host_call_as(struct host *h, uint64_t session, uint16_t kind,
		const ProtobufCMessage *request)
{
	return call_as(h, session, kind, request, NULL);
}

static struct pending *forward(struct host *h, struct session *s, const struct rule *rule,
		const struct frame *frame, pending_done done)
{
	struct pending *p;

	if (!h || h->peer.is_doomed || host_is_full(h))
		return NULL;
	if (s->pending_count >= PENDING_MAX)
		return NULL;
	if (rule->kind == KIND_ASYNC && h->accepted.count >= h->peer.core->options->max_open)
		return NULL; /* most of them were left behind by their sessions */
	p = pending_new(h, s, rule);
	if (!p)
		return NULL;
	p->done = done;
	p->unpack = done != NULL;
	p->client_serial = frame->h.serial;
	p->open = frame->h.open;
	trace_hop(TRACE_TAPISRV, "forward", 0, "%s to %s", rule->name, h->provider->options->name);
	return queue(h, p);
}

struct pending *host_forward(struct host *h, struct session *s, const struct rule *rule,
		const struct frame *frame, pending_done done)
{
	struct pending *p = forward(h, s, rule, frame, done);
	struct frame_header f;

	if (!p)
		return NULL;
	f = request_header(p);
	peer_send_bytes(&h->peer, &f, frame->body, frame->h.length);
	return p;
}

struct pending *host_forward_message(struct host *h, struct session *s, const struct rule *rule,
		const struct frame *frame, const ProtobufCMessage *body, pending_done done)
{
	struct pending *p = forward(h, s, rule, frame, done);
	struct frame_header f;

	if (!p)
		return NULL;
	f = request_header(p);
	peer_send(&h->peer, &f, body);
	return p;
}

void host_send_note(struct host *h, uint64_t object, const void *data, size_t size, bool later)
{
	struct frame_header f = { .kind = FRAME_NOTE };
	Note note = NOTE__INIT;
	uint8_t copy[NOTE_MAX], packed[NOTE_MAX + 64];

	if (!h || size > NOTE_MAX)
		return;
	for (size_t i = 0; i < size; i++)
		copy[i] = ((const uint8_t *)data)[i];
	SET_ID(&note, object, object);
	SET_BYTES(&note, data, copy, size);
	if (later)
		peer_send_later(&h->peer, &f, packed, note__pack(&note, packed));
	else
		peer_send(&h->peer, &f, &note.base);
}

bool host_has_no_export(struct core *core, const struct answer *a)
{
	const Failure *f = a->result == LINEERR_OPERATIONUNAVAIL ? answer_failure(core, a) : NULL;

	return f && f->cause && strcmp(f->cause, "refused by the host") == 0;
}

void host_ack(struct host *h, uint32_t serial)
{
	struct frame_header f = { .kind = FRAME_ACK, .serial = serial };

	peer_send_later(&h->peer, &f, NULL, 0); /* the host only forgets a request by it */
}

/* Nothing has been asked of it for a while. An entry that it calls for an event may hang: as long
 * as there is somebody who waits for events, any question will do. */
static void ask_if_it_lives(struct host *h)
{
	TspiLineNegotiateTspiVersion request = TSPI_LINE_NEGOTIATE_TSPI_VERSION__INIT;

	if (h->provider->state != PROVIDER_RUNNING || list_empty(&h->peer.core->clients))
		return;
	SET_ID(&request, device, INITIALIZE_NEGOTIATION);
	SET(&request, low_version, CORE_API_LOW);
	SET(&request, high_version, CORE_API_HIGH);
	(void)host_call(h, CALL_TspiLineNegotiateTspiVersion, &request.base, NULL);
}

/* The entry that the host executes takes too long: its client is told, the host is ended later. */
void host_entry_late(struct timer *t)
{
	struct host *h = list_entry(t, struct host, timer);
	struct core *core = h->peer.core;
	uint64_t since = clock_now_ms() - h->head_since_ms;
	struct pending *p;
	struct answer a = { .result = LINEERR_OPERATIONFAILED };

	if (h->resumed && !h->snapshot_done) {
		h->stuck = true;
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "its snapshot did not end within %g s",
				core->options->kill_ms / 1e3);
		return;
	}
	if (list_empty(&h->queue)) {
		ask_if_it_lives(h);
		return;
	}
	p = list_entry(h->queue.next, struct pending, in_queue);
	if (since >= core->options->kill_ms) {
		h->stuck = true;
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "%s did not return for %g s", p->rule->name,
				core->options->kill_ms / 1e3);
		return;
	}
	if (since < core->options->entry_ms) { /* an earlier one had set the timer */
		timer_set(&core->timers, t, core->options->entry_ms - since);
		return;
	}
	timer_set(&core->timers, t, core->options->kill_ms - since);
	if (p->told)
		return;
	log_warn("%s: %s does not return", h->provider->options->name, p->rule->name);
	a.failure = failure_new(core, LAYER_PROVIDER, "timeout",
			"the provider %s did not return from %s within %g s",
			h->provider->options->name, p->rule->name, core->options->entry_ms / 1e3);
	if (p->done)
		p->done(p, &a);
	else
		pending_fail(p, a.result, a.failure);
	p->told = true;
	p->done = NULL;
}

static void undo_open(const struct pending *p)
{
	struct line *line = line_of_pending(p);

	if (line)
		(void)line_ask(line, line->kind->tsp_close, NULL, 0, NULL);
}

static void undo_msp(struct host *h, const TspiLineCreateMspInstanceReply *reply)
{
	TspiLineCloseMspInstance close = TSPI_LINE_CLOSE_MSP_INSTANCE__INIT;

	SET(&close, msp_line, reply->msp_line);
	(void)host_call(h, CALL_TspiLineCloseMspInstance, &close.base, NULL);
}

void host_give_back_call(struct host *h, uint64_t id)
{
	TspiLineCloseCall close = TSPI_LINE_CLOSE_CALL__INIT;
	LineDrop drop = LINE_DROP__INIT;

	SET_ID(&drop, call, id);
	SET_ID(&close, call, id);
	(void)host_call(h, CALL_LineDrop, &drop.base, NULL);
	(void)host_call(h, CALL_TspiLineCloseCall, &close.base, NULL);
}

void host_undo(struct pending *p, const struct frame *f)
{
	struct host *h = p->host;
	const ProtobufCMessage *reply;

	if (f->h.result)
		return;
	reply = arena_unpack(&h->peer.core->arena, p->rule->reply, f->body, f->h.length);
	if (p->rule->number == CALL_TspiLineOpen || p->rule->number == CALL_TspiPhoneOpen)
		undo_open(p);
	else if (reply && p->rule->number == CALL_TspiLineCreateMspInstance)
		undo_msp(h, (const void *)reply);
	else if (reply && rule_makes_calls(p->rule))
		call_new_undo(p, reply);
}

void host_returned(struct host *h, const struct frame *f)
{
	struct pending *p = list_entry(h->queue.next, struct pending, in_queue);

	if (list_empty(&h->queue) || p->serial != f->h.serial) {
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "a RETURN out of order");
		return;
	}
	list_remove(&p->in_queue);
	h->queued--;
	if (!list_empty(&h->queue))
		start_clock(h);
	if (p->told)
		host_undo(p, f);
	pending_returned(p, f);
}

void host_completed(struct host *h, const struct frame *f)
{
	struct pending *p = map_remove(&h->accepted, f->h.serial);

	if (p) {
		pending_completed(p, f);
	} else if (h->forgotten) { /* memory was short: its asker has been told */
		h->forgotten--;
		host_ack(h, f->h.serial);
	} else {
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "a COMPLETION of nothing");
	}
}
