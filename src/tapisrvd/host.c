// SPDX-License-Identifier: MIT
/* host.c - a provider host's connection: hello, requests in their order, answers, and the clock on
 * the request that the host is executing. */
#include "host.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/trace.h"
#include "core.h"
#include "failure.h"
#include "provider.h"
#include "session.h"

#include <errno.h>
#include <tapi.h>

#define LOG_TOPIC "host"

static void start_clock(struct host *h)
{
	h->head_since_ms = clock_now_ms();
	if (!timer_is_set(&h->timer))
		timer_set(&h->peer.core->timers, &h->timer, h->peer.core->options->entry_ms);
}

static struct pending *queue(struct host *h, struct pending *p)
{
	if (list_empty(&h->queue))
		start_clock(h);
	p->serial = h->last_serial = h->last_serial % 0x7fffffff + 1;
	list_append(&h->queue, &p->in_queue);
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

struct pending *host_call(struct host *h, uint16_t kind, const ProtobufCMessage *request,
		pending_done done)
{
	struct pending *p;
	struct frame_header f;

	if (!h || h->peer.is_doomed)
		return NULL;
	p = pending_new(h, NULL, rule_find(kind));
	if (!p)
		return NULL;
	p->done = done;
	p->unpack = done != NULL;
	f = request_header(queue(h, p));
	peer_send(&h->peer, &f, request);
	return p;
}

static struct pending *forward(struct host *h, struct session *s, const struct rule *rule,
		const struct frame *frame, pending_done done)
{
	struct pending *p;

	if (!h || h->peer.is_doomed)
		return NULL;
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

void host_send_note(struct host *h, uint64_t object, const void *data, size_t size)
{
	struct frame_header f = { .kind = FRAME_NOTE };
	Note note = NOTE__INIT;
	uint8_t copy[NOTE_MAX];

	if (!h || size > NOTE_MAX)
		return;
	for (size_t i = 0; i < size; i++)
		copy[i] = ((const uint8_t *)data)[i];
	SET_ID(&note, object, object);
	SET_BYTES(&note, data, copy, size);
	peer_send(&h->peer, &f, &note.base);
}

void host_ack(struct host *h, uint32_t serial)
{
	struct frame_header f = { .kind = FRAME_ACK, .serial = serial };

	peer_send_bytes(&h->peer, &f, NULL, 0);
}

/* The entry that the host executes takes too long: its client is told, the host is ended later. */
static void on_entry_late(struct timer *t)
{
	struct host *h = list_entry(t, struct host, timer);
	struct core *core = h->peer.core;
	uint64_t since = clock_now_ms() - h->head_since_ms;
	struct pending *p;
	struct answer a = { .result = LINEERR_OPERATIONFAILED };

	if (list_empty(&h->queue))
		return;
	p = list_entry(h->queue.next, struct pending, in_queue);
	if (since >= core->options->kill_ms) {
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "%s did not return for %u s", p->rule->name,
				core->options->kill_ms / 1000);
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
			"the provider %s did not return from %s within %u s",
			h->provider->options->name, p->rule->name, core->options->entry_ms / 1000);
	if (p->done)
		p->done(p, &a);
	else
		pending_fail(p, a.result, a.failure);
	p->told = true;
	p->done = NULL;
}

/* What a request made although its client was told that it failed is taken back. */
static void undo_late(struct pending *p, const struct frame *f)
{
	struct host *h = p->host;
	const ProtobufCMessage *reply;

	if (f->h.result)
		return;
	reply = arena_unpack(&h->peer.core->arena, p->rule->reply, f->body, f->h.length);
	for (unsigned i = 0; reply && i < p->rule->reply->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &p->rule->reply->fields[i];
		TspiLineCloseCall close = TSPI_LINE_CLOSE_CALL__INIT;
		LineDrop drop = LINE_DROP__INIT;

		if (field->type != PROTOBUF_C_TYPE_FIXED64)
			continue;
		SET_ID(&drop, call,
				*(const uint64_t *)((const void *)((const char *)reply +
								   field->offset)));
		SET_ID(&close, call, drop.call);
		if (!drop.call)
			continue;
		(void)host_call(h, CALL_LineDrop, &drop.base, NULL);
		(void)host_call(h, CALL_TspiLineCloseCall, &close.base, NULL);
	}
}

static void on_return(struct host *h, const struct frame *f)
{
	struct pending *p = list_entry(h->queue.next, struct pending, in_queue);

	if (list_empty(&h->queue) || p->serial != f->h.serial) {
		p = map_find(&h->accepted, f->h.serial);
		if (p && p->adopted) {
			pending_adopted_returned(p, f);
			return;
		}
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "a RETURN out of order");
		return;
	}
	list_remove(&p->in_queue);
	if (!list_empty(&h->queue))
		start_clock(h);
	if (p->told)
		undo_late(p, f);
	pending_returned(p, f);
}

static void on_completion(struct host *h, const struct frame *f)
{
	struct pending *p = map_remove(&h->accepted, f->h.serial);

	if (p)
		pending_completed(p, f);
	else
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "a COMPLETION of nothing");
}

static void refuse(struct host *h, const char *sentence)
{
	struct frame_header f = { .kind = FRAME_HELLO, .flags = FLAG_CLOSING | FLAG_FAILURE };
	const Failure *why = failure_new(h->peer.core, LAYER_SERVER, "refused", "%s", sentence);

	log_warn("a host is refused: %s", sentence);
	peer_send(&h->peer, &f, &why->base);
	h->peer.last_words = true;
}

static void answer_hello(struct host *h)
{
	struct frame_header f = { .kind = FRAME_HELLO };
	const struct provider_options *o = h->provider->options;
	Hello hello = HELLO__INIT;
	size_t count = 0, i = 0;
	KeyValue *pairs;

	list_for(l, &o->settings)
		count++;
	pairs = arena_alloc(&h->peer.core->arena, count * sizeof(*pairs) + 1);
	hello.config = arena_alloc(&h->peer.core->arena, count * sizeof(*hello.config) + 1);
	if (!pairs || !hello.config)
		count = 0;
	list_for(l, &o->settings) {
		const struct setting *s = list_entry(l, struct setting, link);

		if (i == count)
			break;
		key_value__init(&pairs[i]);
		pairs[i].key = s->key;
		pairs[i].value = s->value;
		hello.config[i] = &pairs[i];
		i++;
	}
	hello.n_config = i;
	SET(&hello, protocol, WIRE_PROTOCOL);
	SET(&hello, permanent_provider_id, h->provider->id);
	hello.path = h->provider->path;
	SET(&hello, first_call, h->provider->last_call + 1);
	peer_send(&h->peer, &f, &hello.base);
}

static void adopt_ids(struct provider *p, const Hello *hello)
{
	p->line_base = hello->line_base;
	p->num_lines = hello->num_lines;
	p->phone_base = hello->phone_base;
	p->num_phones = hello->num_phones;
	p->tspi_version = hello->tspi_version;
	p->has_bases = true;
}

static void take_hello(struct host *h, const Hello *hello)
{
	struct core *core = h->peer.core;
	struct provider *p = hello->provider ? provider_find(core, hello->provider) : NULL;

	if (hello->protocol != WIRE_PROTOCOL)
		refuse(h, "the host speaks another protocol");
	else if (!p)
		refuse(h, "no provider of this name is configured");
	else if (p->host || core->stopping)
		refuse(h, p->host ? "this provider has a host" : "the daemon is stopping");
	else if (hello->resumed && p->has_bases && p->line_base != hello->line_base)
		refuse(h, "its device ids are not its own any more");
	else {
		list_remove(&h->greeting);
		timer_init(&h->timer, on_entry_late);
		h->provider = p;
		h->instance = hello->host_instance;
		h->resumed = hello->resumed != 0;
		p->host = h;
		if (h->pid && p->pid != h->pid) {
			p->pid = h->pid;
			p->is_child = false;
		}
		answer_hello(h);
		log_info("%s: its host is here%s", p->options->name,
				h->resumed ? ", it outlived a core" : "");
		if (h->resumed) {
			adopt_ids(p, hello);
			provider_take_ids(p, hello);
		} else {
			provider_begin(p);
		}
	}
}

static void on_hello(struct host *h, const struct frame *f)
{
	const Hello *hello = NULL;

	timer_clear(&h->timer);
	if (f->h.kind == FRAME_HELLO)
		hello = (const Hello *)arena_unpack(&h->peer.core->arena, &hello__descriptor,
				f->body, f->h.length);
	if (hello)
		take_hello(h, hello);
	else
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "no hello");
}

static void on_snapshot(struct host *h, const struct frame *f)
{
	const Snapshot *s = (const Snapshot *)arena_unpack(&h->peer.core->arena,
			&snapshot__descriptor, f->body, f->h.length);

	if (!s || !host_take_snapshot(h, s))
		peer_doom(&h->peer, PEER_CLOSED_BY_US, "a snapshot that makes no sense");
}

static void on_frame(struct peer *p, const struct frame *f)
{
	struct host *h = list_entry(p, struct host, peer);

	if (!h->provider) {
		on_hello(h, f);
		return;
	}
	switch (f->h.kind) {
	case FRAME_RETURN:
		on_return(h, f);
		return;
	case FRAME_COMPLETION:
		on_completion(h, f);
		return;
	case FRAME_EVENT:
		event_from_host(h, f);
		return;
	case FRAME_SNAPSHOT:
	case FRAME_END:
		if (h->resumed && !h->snapshot_done) {
			h->snapshot_done = f->h.kind == FRAME_END;
			if (h->snapshot_done)
				provider_adopt(h->provider);
			else
				on_snapshot(h, f);
			return;
		}
		break;
	default:
		break;
	}
	peer_doom(p, PEER_CLOSED_BY_US, "a frame of kind %u does not belong here", f->h.kind);
}

static void fail_one(struct host *h, struct pending *p, const Failure *why)
{
	struct answer a = {
		.completion = p->accepted, .result = LINEERR_OPERATIONFAILED, .failure = why
	};

	list_remove(&p->in_queue);
	p->host = NULL;
	if (p->told) {
		pending_free(p);
		return;
	}
	if (p->done)
		p->done(p, &a);
	else if (p->session)
		pending_fail(p, a.result, a.failure);
	if (!p->kept || !p->session)
		pending_free(p);
	(void)h;
}

/* Requests that a dead host leaves behind fail, each once. */
static void fail_all(struct host *h, const char *why)
{
	const Failure *failure = failure_new(h->peer.core, LAYER_PROVIDER, "host ended",
			"the provider's host ended: %s", why);
	size_t cursor = 0;
	struct pending *p;

	while ((p = map_next(&h->accepted, &cursor))) {
		(void)map_remove(&h->accepted, p->serial);
		fail_one(h, p, failure);
	}
	while (!list_empty(&h->queue))
		fail_one(h, list_entry(h->queue.next, struct pending, in_queue), failure);
	list_for(c, &h->peer.core->sessions) {
		struct session *s = list_entry(c, struct session, link);

		list_for(l, &s->pending) {
			p = list_entry(l, struct pending, in_session);
			if (p->host == h) /* only its acknowledgement was due */
				p->host = NULL;
		}
	}
}

static void on_gone(struct peer *peer)
{
	struct host *h = list_entry(peer, struct host, peer);
	struct provider *p = h->provider;
	char why[sizeof(peer->why)];

	for (size_t i = 0; i < sizeof(why); i++)
		why[i] = peer->why[i];
	if (!p) {
		if (!peer->last_words)
			log_warn("a host's connection ended: %s", why);
		host_free(h);
		return;
	}
	p->host = NULL;
	fail_all(h, why);
	host_free(h);
	provider_host_gone(p, why);
}

static const struct peer_ops ops = { .frame = on_frame, .gone = on_gone };

static void on_hello_late(struct timer *t)
{
	struct host *h = list_entry(t, struct host, timer);

	peer_doom(&h->peer, PEER_CLOSED_BY_US, "no hello came in time");
}

int host_new(struct core *core, int fd, pid_t pid, struct host **out)
{
	struct host *h = mem_new(struct host);
	int err = h ? peer_init(&h->peer, core, &ops, fd, LIMIT_CORE) : -ENOMEM;

	if (err) {
		if (!h)
			core_close_fd(fd);
		mem_free(h);
		return err;
	}
	list_init(&h->queue);
	list_append(&core->greeting, &h->greeting);
	timer_init(&h->timer, on_hello_late);
	timer_set(&core->timers, &h->timer, core->options->hello_ms);
	h->pid = pid;
	*out = h;
	return 0;
}

void host_free(struct host *h)
{
	size_t cursor = 0;
	struct pending *p;

	while ((p = map_next(&h->accepted, &cursor)))
		pending_free(p);
	while (!list_empty(&h->queue))
		pending_free(list_entry(h->queue.next, struct pending, in_queue));
	map_fini(&h->accepted);
	timer_clear(&h->timer);
	list_remove(&h->greeting);
	peer_fini(&h->peer);
	mem_free(h);
}
