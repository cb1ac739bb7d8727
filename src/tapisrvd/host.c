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
#include <stdio.h>
#include <tapi.h>

#define LOG_TOPIC "host"

enum { CHILD_PATIENCE_MS = 200 };

static void refuse(struct host *h, const char *sentence)
{
	struct frame_header f = { .kind = FRAME_HELLO, .flags = FLAG_CLOSING | FLAG_FAILURE };
	const Failure *why = failure_new(h->peer.core, LAYER_SERVER, "refused", "%s", sentence);

	log_warn("a host is refused: %s", sentence);
	peer_send(&h->peer, &f, &why->base);
	h->peer.last_words = true;
}

/* A host that outlived a core has its keys. */
static bool answer_hello(struct host *h, bool can_pipes)
{
	Hello hello = HELLO__INIT;

	provider_keep_newest(h->provider);
	hello.config = provider_pairs(h->peer.core, h->provider->options, &hello.n_config);
	if (!hello.config && !h->resumed)
		return false;
	SET(&hello, protocol, WIRE_PROTOCOL);
	SET(&hello, permanent_provider_id, h->provider->id);
	hello.path = h->provider->path;
	SET(&hello, first_call, h->provider->last_call + 1);
	peer_greet(&h->peer, &hello, can_pipes);
	return true;
}

static void too_large(struct host *h)
{
	provider_set_reason(h->provider, LAYER_SERVER, "size", "its configuration is too large");
	provider_fail(h->provider);
	peer_doom(&h->peer, PEER_CLOSED_BY_US, "its provider's configuration is too large");
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

static bool ids_make_sense(const Hello *hello)
{
	if (hello->num_lines > DEVICES_MAX || hello->num_phones > DEVICES_MAX ||
			hello->line_base > DEVICE_ID_MAX || hello->phone_base > DEVICE_ID_MAX)
		return false;
	for (size_t i = 0; i < hello->n_extra_lines; i++)
		if (hello->extra_lines[i] > DEVICE_ID_MAX)
			return false;
	for (size_t i = 0; i < hello->n_extra_phones; i++)
		if (hello->extra_phones[i] > DEVICE_ID_MAX)
			return false;
	return true;
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
	else if (p->state == PROVIDER_FAILED)
		refuse(h, "its provider has failed");
	else if (hello->resumed && !ids_make_sense(hello))
		refuse(h, "its device ids make no sense");
	else if (hello->resumed && p->has_bases && p->line_base != hello->line_base)
		refuse(h, "its device ids are not its own any more");
	else {
		list_remove(&h->greeting);
		timer_init(&h->timer, host_entry_late);
		h->provider = p;
		h->instance = hello->host_instance;
		h->resumed = hello->resumed != 0;
		p->host = h;
		provider_take_pid(p, h->pid, h->resumed);
		if (!answer_hello(h, hello->pipes)) {
			too_large(h);
			return;
		}
		log_info("%s: its host is here%s", p->options->name,
				h->resumed ? ", it outlived a core" : "");
		if (h->resumed) {
			timer_set(&core->timers, &h->timer, core->options->kill_ms);
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
		host_returned(h, f);
		return;
	case FRAME_COMPLETION:
		host_completed(h, f);
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

static void fail_one(struct pending *p, const Failure *why)
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
}

/* Of these only the acknowledgement was due. */
static void forget_host(struct host *h, const struct list *pending)
{
	list_for(l, pending) {
		struct pending *p = list_entry(l, struct pending, in_session);

		if (p->host == h)
			p->host = NULL;
	}
}

/* Requests that a dead host leaves behind fail, each once. */
static void fail_all(struct host *h, const char *why)
{
	const Failure *failure = failure_new(h->peer.core, LAYER_PROVIDER, "host ended",
			"the host of the provider %s ended: %s", h->provider->options->name, why);
	size_t cursor = 0;
	struct pending *p;

	while ((p = map_next(&h->accepted, &cursor))) {
		(void)map_remove(&h->accepted, p->serial);
		fail_one(p, failure);
	}
	while (!list_empty(&h->queue))
		fail_one(list_entry(h->queue.next, struct pending, in_queue), failure);
	forget_host(h, &h->peer.core->unclaimed);
	list_for(l, &h->peer.core->sessions)
		forget_host(h, &list_entry(l, struct session, link)->pending);
}

static void end(struct host *h, const char *why)
{
	struct provider *p = h->provider;
	bool stuck = h->stuck;

	p->host = NULL;
	fail_all(h, why);
	host_free(h);
	provider_host_gone(p, why, stuck);
}

static void on_child_late(struct timer *t)
{
	end(list_entry(t, struct host, timer), "it closed the connection");
}

void host_child_changed(struct host *h)
{
	char why[64];

	if (h->awaits_child && provider_reap(h->provider, why, sizeof(why)))
		end(h, why);
}

/* Only the process can say why it hung up, and it may take a moment to end. */
static void on_gone(struct peer *peer)
{
	struct host *h = list_entry(peer, struct host, peer);
	struct provider *p = h->provider;
	char why[PEER_WHY_MAX];

	if (!p) {
		if (!peer->last_words)
			log_warn("a host's connection ended: %s", peer_why(peer));
		host_free(h);
		return;
	}
	timer_clear(&h->timer);
	if (provider_reap(p, why, sizeof(why))) {
		end(h, why);
	} else if (peer->end != PEER_HUNG_UP) {
		(void)snprintf(why, sizeof(why), "%s", peer_why(peer));
		end(h, why);
	} else if (p->is_child && p->pid) {
		h->awaits_child = true;
		timer_init(&h->timer, on_child_late);
		timer_set(&peer->core->timers, &h->timer, CHILD_PATIENCE_MS);
	} else {
		end(h, "it closed the connection");
	}
}

static const struct peer_ops ops = {
	.frames_a_turn = 128,
	.is_last = true,
	.frame = on_frame,
	.gone = on_gone,
};

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

void host_forget_requests(struct host *h)
{
	size_t cursor = 0;
	struct pending *p;

	while ((p = map_next(&h->accepted, &cursor)))
		pending_free(p);
	while (!list_empty(&h->queue))
		pending_free(list_entry(h->queue.next, struct pending, in_queue));
	map_fini(&h->accepted);
}

void host_free(struct host *h)
{
	host_forget_requests(h);
	timer_clear(&h->timer);
	list_remove(&h->greeting);
	peer_fini(&h->peer);
	mem_free(h);
}
