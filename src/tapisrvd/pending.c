// SPDX-License-Identifier: MIT
/* pending.c - how the answers to a request at a host find their client: at once, after it came
 * back, or not at all. Each client request gets exactly one RETURN and, if that was 0 and the call
 * is asynchronous, exactly one COMPLETION. */
#include "base/mem.h"
#include "base/trace.h"
#include "call.h"
#include "call_new.h"
#include "client.h"
#include "core.h"
#include "failure.h"
#include "host.h"
#include "provider.h"
#include "session.h"
#include "wire/phone_error.h"

#include <string.h>
#include <tapi.h>

#define LOG_TOPIC "request"

void pending_set_session(struct pending *p, struct session *s)
{
	list_remove(&p->in_session);
	if (p->session)
		p->session->pending_count--;
	p->session = s;
	p->unclaimed = 0;
	if (!s)
		return;
	list_append(&s->pending, &p->in_session);
	s->pending_count++;
}

struct pending *pending_new(struct host *h, struct session *s, const struct rule *rule)
{
	struct pending *p = mem_new(struct pending);

	if (!p)
		return NULL;
	list_init(&p->in_queue);
	list_init(&p->in_session);
	list_init(&p->unwritten);
	p->host = h;
	p->rule = rule;
	pending_set_session(p, s);
	return p;
}

static void forget_kept(struct pending *p)
{
	while (p->kept) {
		struct kept *k = p->kept;

		p->kept = k->next;
		mem_free(k->body);
		mem_free(k);
	}
}

void pending_free(struct pending *p)
{
	forget_kept(p);
	for (unsigned i = 0; i < 3; i++)
		mem_free(p->texts[i]);
	pending_set_session(p, NULL);
	list_remove(&p->in_queue);
	list_remove(&p->unwritten);
	mem_free(p);
}

static void keep(struct pending *p, const struct frame_header *h, const void *body, size_t size)
{
	struct kept *k = mem_new(struct kept), **last = &p->kept;

	if (k && size)
		k->body = mem_dup(body, size);
	if (!k || (size && !k->body)) {
		log_error("out of memory: an answer to serial %u is lost", h->serial);
		mem_free(k);
		p->told = true;
		return;
	}
	k->h = *h;
	k->h.length = (uint32_t)size;
	while (*last)
		last = &(*last)->next;
	*last = k;
}

static int32_t code_of(const struct pending *p, int32_t result)
{
	return rule_is_phone(p->rule) ? phone_error(result) : result;
}

/* A synchronous request of a session that is away is not answered: libtapi sends gets again. */
static void deliver(struct pending *p, struct frame_header *h, const void *body, size_t size,
		int fd)
{
	struct client *c = p->session ? p->session->client : NULL;
	bool present = c && !c->resuming && !c->peer.is_doomed;

	if ((!p->session && !p->unclaimed) || p->told)
		return;
	h->serial = p->client_serial;
	h->open = p->open;
	if (p->rule->kind == KIND_ASYNC && (h->kind == FRAME_COMPLETION || (!present && h->result)))
		keep(p, h, body, size);
	if (!present)
		return;
	if (fd < 0)
		peer_send_bytes(&c->peer, h, body, size);
	else if (!peer_send_fd(&c->peer, h, body, size, fd))
		client_fail(c, h->kind, h->serial, code_of(p, LINEERR_RESOURCEUNAVAIL),
				failure_no_descriptor());
	if (h->kind == FRAME_COMPLETION) {
		p->written_at = c->peer.conn.out_done + c->peer.conn.out.size;
		list_append(&c->unwritten, &p->unwritten);
	}
}

static void trace_answer(const struct pending *p, bool completion, int32_t result)
{
	uint64_t object = p->calls[0] ? p->calls[0] : p->object;

	if (p->session && trace_enabled())
		trace_hop(TRACE_TAPISRV, completion ? "LINE_REPLY" : "RETURN", object, "%s %#x",
				p->rule->name, (unsigned)result);
}

void pending_relay(struct pending *p, const struct answer *a)
{
	struct frame_header h = { .kind = a->completion ? FRAME_COMPLETION : FRAME_RETURN,
		.result = a->result };

	if (!a->frame) {
		pending_fail(p, a->result, a->failure);
		return;
	}
	h.flags = a->result ? FLAG_FAILURE : 0;
	trace_answer(p, a->completion, a->result);
	deliver(p, &h, a->frame->body, a->frame->h.length, a->frame->fd);
}

static void send_message(struct pending *p, struct frame_header *h, const ProtobufCMessage *m)
{
	struct core *core = p->session ? p->session->core : NULL;
	size_t size = m ? protobuf_c_message_get_packed_size(m) : 0;
	uint8_t *body = core && size ? arena_alloc(&core->arena, size) : NULL, last_words[128];

	if (core && size && !body) { /* half an answer is none */
		if (!h->result)
			h->result = code_of(p, LINEERR_NOMEM);
		h->flags = FLAG_FAILURE;
		m = &failure_no_memory()->base;
		size = protobuf_c_message_get_packed_size(m);
		body = size <= sizeof(last_words) ? last_words : NULL;
	}
	trace_answer(p, h->kind == FRAME_COMPLETION, h->result);
	if (size && body)
		(void)protobuf_c_message_pack(m, body);
	deliver(p, h, body, body ? size : 0, -1);
}

void pending_return(struct pending *p, const ProtobufCMessage *reply)
{
	struct frame_header h = { .kind = FRAME_RETURN };

	send_message(p, &h, reply);
}

void pending_fail(struct pending *p, int32_t result, const Failure *failure)
{
	struct frame_header h = { .kind = p->accepted ? FRAME_COMPLETION : FRAME_RETURN,
		.flags = FLAG_FAILURE,
		.result = code_of(p, result) };

	send_message(p, &h, &failure->base);
}

void pending_complete(struct pending *p, const void *body, size_t size)
{
	struct frame_header h = { .kind = FRAME_COMPLETION };

	trace_answer(p, true, 0);
	deliver(p, &h, body, size, -1);
}

void pending_settle(struct pending *p)
{
	if ((!p->session && !p->unclaimed) || p->told)
		pending_free(p);
}

static void finish(struct pending *p, const struct answer *a)
{
	if (p->done)
		p->done(p, a);
	else if (p->session || p->unclaimed)
		pending_relay(p, a);
	else if (a->result)
		log_debug("%s for the core itself: %#x", p->rule->name, (unsigned)a->result);
}

/* New calls are of its provider, and new. */
static bool names_new_calls(const struct pending *p, const ProtobufCMessage *reply)
{
	const struct host *h = p->host;
	uint64_t ids[2];
	const unsigned count = call_new_ids(p->rule, reply, ids);

	for (unsigned i = 0; i < count; i++)
		if (ids[i] && (ids[i] >> 32 != h->provider->id || call_find(h->peer.core, ids[i])))
			return false;
	return true;
}

/* What a client would choke on ends the host's connection, not the client's. */
static bool makes_sense(const struct pending *p, const struct frame *f,
		const ProtobufCMessage **reply)
{
	const ProtobufCMessageDescriptor *d = f->h.result ? &failure__descriptor : p->rule->reply;
	const ProtobufCMessage *body = NULL;

	if (f->h.result > 0)
		return false;
	if (!p->unpack && !p->session && !p->unclaimed)
		return true;
	body = arena_unpack(&p->host->peer.core->arena, d, f->body, f->h.length);
	if (!f->h.result && p->unpack)
		*reply = body;
	if (body && !f->h.result && f->h.kind == FRAME_RETURN && p->done == call_new_done)
		return names_new_calls(p, body);
	return body != NULL;
}

/* There is no place for it: its completion will find nobody. Calls that it makes would be left. */
static void forget_accepted(struct pending *p)
{
	struct host *h = p->host;

	if (p->calls[0] || p->calls[1]) {
		list_prepend(&h->queue, &p->in_queue); /* it fails with the host */
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "out of memory");
		return;
	}
	pending_fail(p, LINEERR_NOMEM, failure_no_memory());
	pending_free(p);
	h->forgotten++;
}

void pending_returned(struct pending *p, const struct frame *f)
{
	struct host *h = p->host;
	struct answer a = { .result = f->h.result, .frame = f };

	if (!makes_sense(p, f, &a.reply)) {
		list_prepend(&h->queue, &p->in_queue); /* it fails with the host */
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "a RETURN of %s that makes no sense",
				p->rule->name);
		return;
	}
	if (frame_lost_descriptor(f)) {
		a.frame = NULL;
		a.reply = NULL;
		a.result = LINEERR_RESOURCEUNAVAIL;
		a.failure = failure_no_descriptor();
	}
	finish(p, &a);
	if (a.result || p->rule->kind != KIND_ASYNC) {
		if (!p->kept)
			pending_free(p);
		return;
	}
	p->accepted = true;
	if (map_set(&h->accepted, p->serial, p) < 0)
		forget_accepted(p);
	else if (host_is_lost(h))
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "it does not complete %zu requests",
				h->accepted.count);
}

void pending_completed(struct pending *p, const struct frame *f)
{
	struct answer a = { .completion = true, .result = f->h.result, .frame = f };
	const ProtobufCMessage *unused;

	if (!makes_sense(p, f, &unused)) {
		(void)map_set(&p->host->accepted, p->serial, p); /* it fails with the host */
		peer_doom(&p->host->peer, PEER_CLOSED_BY_US,
				"a COMPLETION of %s that makes no sense", p->rule->name);
		return;
	}
	finish(p, &a);
	if ((!p->session && !p->unclaimed) || p->told) { /* nobody waits for it */
		host_ack(p->host, p->serial);
		pending_free(p);
	}
}

void pending_written(struct client *c)
{
	while (!list_empty(&c->unwritten)) {
		struct pending *p = list_entry(c->unwritten.next, struct pending, unwritten);

		if (p->written_at > c->peer.conn.out_done)
			return;
		if (p->host)
			host_ack(p->host, p->serial);
		pending_free(p);
	}
}

void pending_fail_all(struct session *s, int32_t result, const Failure *failure)
{
	list_for(l, &s->pending) {
		struct pending *p = list_entry(l, struct pending, in_session);

		if (p->told || p->kept) /* it has its end already */
			continue;
		if (s->client)
			client_fail(s->client, p->accepted ? FRAME_COMPLETION : FRAME_RETURN,
					p->client_serial, code_of(p, result), failure);
		p->told = true;
		p->done = NULL;
	}
}

/* Whatever still comes for them goes nowhere. */
void pending_orphan_all(struct session *s)
{
	while (!list_empty(&s->pending)) {
		struct pending *p = list_entry(s->pending.next, struct pending, in_session);

		list_remove(&p->unwritten);
		pending_seen(p);
	}
}

/* The RETURN once more: all that it says is which calls are reserved. */
static void return_again(struct pending *p)
{
	const ProtobufCMessageDescriptor *d = p->rule->reply;
	struct frame_header h = { .kind = FRAME_RETURN, .serial = p->client_serial };
	ProtobufCMessage *reply = arena_alloc(&p->session->core->arena, d->sizeof_message);
	unsigned slot = 0;

	if (!reply)
		return;
	protobuf_c_message_init(d, reply);
	for (unsigned i = 0; i < d->n_fields && slot < 2; i++) {
		char *at = (char *)reply;

		if (d->fields[i].type != PROTOBUF_C_TYPE_FIXED64)
			continue;
		*(uint64_t *)(void *)(at + d->fields[i].offset) = p->calls[slot++];
		*(protobuf_c_boolean *)(void *)(at + d->fields[i].quantifier_offset) = 1;
	}
	peer_send(&p->session->client->peer, &h, reply);
}

void pending_resend(struct pending *p, bool returned)
{
	struct client *c = p->session->client;
	struct kept *k;
	bool completed = false;

	if (!returned && p->accepted && !p->told)
		return_again(p);
	for (k = p->kept; k; k = k->next) {
		peer_send_bytes(&c->peer, &k->h, k->body, k->h.length);
		completed = completed || k->h.kind == FRAME_COMPLETION;
	}
	if (!p->kept)
		return;
	if (completed) {
		p->written_at = c->peer.conn.out_done + c->peer.conn.out.size;
		list_remove(&p->unwritten);
		list_append(&c->unwritten, &p->unwritten);
		return;
	}
	if (!p->accepted && list_empty(&p->in_queue)) /* a RETURN that failed */
		pending_free(p);
	else /* the host may be at it still */
		forget_kept(p);
}

void pending_seen(struct pending *p)
{
	bool completed = false, refused = !p->accepted && list_empty(&p->in_queue);

	for (struct kept *k = p->kept; k; k = k->next)
		completed = completed || k->h.kind == FRAME_COMPLETION;
	pending_set_session(p, NULL);
	forget_kept(p);
	if (completed && p->host)
		host_ack(p->host, p->serial);
	if (completed || refused)
		pending_free(p);
}

void pending_keep_completion(struct pending *p, int32_t result, const void *body, size_t size)
{
	struct frame_header h = { .kind = FRAME_COMPLETION,
		.flags = result ? FLAG_FAILURE : 0,
		.serial = p->client_serial,
		.result = result };

	keep(p, &h, body, size);
}
