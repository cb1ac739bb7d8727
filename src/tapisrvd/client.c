// SPDX-License-Identifier: MIT
/* client.c - a client's frames: hello, requests to dispatch(), ACKs; and what is sent to it. */
#include "client.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/trace.h"
#include "call.h"
#include "claim.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "idle.h"
#include "listen.h"
#include "news.h"
#include "proxy.h"
#include "resume.h"
#include "session.h"
#include "slow.h"
#include "wire/utf8.h"

#include <errno.h>
#include <string.h>
#include <tapi.h>
#include <unistd.h>

#define LOG_TOPIC "client"

enum {
	CALL_ROOM = 256,     /* the end of a call, with its reason */
	LITTLE_DIVISOR = 16, /* of max_queued: that is little */
};

/* All calls that it had when it still read may end at once, and it is not slow for that. */
static void check_queue(struct client *c)
{
	const size_t queued = conn_queued(&c->peer.conn);
	const size_t most = c->peer.core->options->max_queued;
	struct session *s = c->session;

	if (s && (queued <= most / LITTLE_DIVISOR || s->held_count > s->held_most))
		s->held_most = s->held_count;
	if (queued > most && (!s || queued > (size_t)s->held_most * CALL_ROOM))
		peer_doom(&c->peer, PEER_CLOSED_BY_US, "does not read: %zu bytes are queued",
				queued);
}

void client_return(struct client *c, uint32_t serial, const ProtobufCMessage *reply)
{
	struct frame_header h = { .kind = FRAME_RETURN, .serial = serial };

	peer_send(&c->peer, &h, reply);
	check_queue(c);
}

void client_return_later(struct client *c, uint32_t serial)
{
	struct frame_header h = { .kind = FRAME_RETURN, .serial = serial };

	peer_send_later(&c->peer, &h, NULL, 0);
	check_queue(c);
}

void client_return_bytes(struct client *c, uint32_t serial, const void *body, size_t size)
{
	struct frame_header h = { .kind = FRAME_RETURN, .serial = serial };

	peer_send_bytes(&c->peer, &h, body, size);
	check_queue(c);
}

void client_fail(struct client *c, uint16_t kind, uint32_t serial, int32_t result,
		const Failure *failure)
{
	struct frame_header h = {
		.kind = kind, .flags = FLAG_FAILURE, .serial = serial, .result = result
	};

	peer_send(&c->peer, &h, &failure->base);
	check_queue(c);
}

static void watch(struct client *c, uint32_t ms)
{
	timer_set(&c->peer.core->timers, &c->timer, ms);
}

/* It has shown a moment ago that it dispatches. */
static bool has_just_answered(const struct client *c)
{
	return c->last_asked &&
	       clock_now_ms() < c->answered_ms + c->peer.core->options->dispatch_ms / 5;
}

/* An application that owns a call must show that it dispatches; one question at a time. */
static void ask_for_ack(struct client *c, struct frame_header *h)
{
	uint32_t limit = c->peer.core->options->dispatch_ms;

	if (!c->session->owned)
		return;
	if (c->asked || has_just_answered(c)) {
		if (!timer_is_set(&c->timer)) /* asked for a call that it has lost */
			watch(c, c->asked ? limit : limit / 2);
		return;
	}
	c->last_asked = c->last_asked % 0x7fffffff + 1;
	c->asked = h->serial = c->last_asked;
	h->flags = FLAG_WANT_ACK;
	watch(c, limit);
}

void client_event(struct client *c, uint32_t open, uint32_t privilege, const void *body,
		size_t size)
{
	struct frame_header h = { .kind = FRAME_EVENT, .open = open, .result = (int32_t)privilege };

	ask_for_ack(c, &h);
	peer_send_bytes(&c->peer, &h, body, size);
	check_queue(c);
}

void client_event_of(struct client *c, uint32_t open, uint32_t serial, const void *body,
		size_t size)
{
	struct frame_header h = { .kind = FRAME_EVENT, .open = open, .origin_serial = serial };

	ask_for_ack(c, &h);
	peer_send_bytes(&c->peer, &h, body, size);
	check_queue(c);
}

static void drop_calls(struct client *c)
{
	uint32_t ms = c->peer.core->options->dispatch_ms;
	char sentence[96];

	(void)snprintf(sentence, sizeof(sentence), "the application did not dispatch for %u.%u s",
			ms / 1000, ms % 1000 / 100);
	log_warn("%s: %s, its calls are dropped", session_name(c->session), sentence);
	list_for_safe(l, &c->session->held) {
		struct held *h = list_entry(l, struct held, in_session);

		if (h->privilege == LINECALLPRIVILEGE_OWNER && call_owners(h->call) == 1 &&
				!call_is_idle(h->call))
			call_drop(h->call, "dispatch limit", sentence);
	}
}

/* Either the answer is late, or nothing has happened for a while and it is time to ask: an empty
 * event is about nothing and is acknowledged like any other. */
static void on_dispatch_timer(struct timer *t)
{
	struct client *c = list_entry(t, struct client, timer);

	if (!c->session->owned)
		return;
	if (c->asked)
		drop_calls(c);
	else
		client_event(c, 0, 0, NULL, 0);
}

static void on_ack(struct client *c, const struct frame *f)
{
	if (!c->asked || f->h.serial != c->asked)
		return;
	c->asked = 0;
	c->answered_ms = clock_now_ms();
	timer_clear(&c->timer);
	if (c->session->owned)
		watch(c, c->peer.core->options->dispatch_ms / 2);
}

static void refuse(struct client *c, int32_t result, const Failure *why)
{
	struct frame_header h = {
		.kind = FRAME_HELLO, .flags = FLAG_CLOSING | FLAG_FAILURE, .result = result
	};
	char who[32];

	(void)snprintf(who, sizeof(who), "user %u: refused,", (unsigned)c->uid);
	listen_say_refused(c->peer.core, who, why->sentence);
	peer_send(&c->peer, &h, &why->base);
	c->peer.last_words = true;
}

static const Failure *hello_is_bad(struct client *c, const Hello *hello, int32_t *result)
{
	struct core *core = c->peer.core;

	*result = LINEERR_OPERATIONFAILED;
	if (hello->protocol != WIRE_PROTOCOL)
		return failure_new(core, LAYER_SERVER, "protocol",
				"this daemon speaks protocol %d, not %u", WIRE_PROTOCOL,
				hello->protocol);
	*result = LINEERR_INCOMPATIBLEAPIVERSION;
	if (hello->api_high < CORE_API_LOW || hello->api_low > CORE_API_HIGH ||
			hello->api_low > hello->api_high)
		return failure_new(core, LAYER_SERVER, "API version",
				"this daemon serves API versions 1.3 to 3.1, not %#x to %#x",
				hello->api_low, hello->api_high);
	*result = LINEERR_NOMEM;
	if (!hello->resumed && core_is_short(core))
		return failure_new(core, LAYER_SERVER, "memory",
				"the daemon has not enough memory for another application");
	*result = LINEERR_INVALPARAM; /* other applications read them */
	if ((hello->app_name && !utf8_is_valid(hello->app_name)) ||
			(hello->friendly_name && !utf8_is_valid(hello->friendly_name)))
		return failure_new(core, LAYER_SERVER, "UTF-8",
				"the name of the application is not UTF-8");
	*result = LINEERR_REINIT;
	if (core->stopping)
		return failure_new(core, LAYER_SERVER, "stopping", "the daemon is stopping");
	return NULL;
}

/* A new core takes the word of those who come back soon, for sessions of their own user. */
static bool session_may_return(const struct core *core, const Hello *hello, uid_t uid)
{
	return hello->resumed && (uint32_t)hello->session == (uint32_t)uid &&
	       (!core->ready || clock_now_ms() < core->resume_until_ms);
}

static int name_session(struct session *s, const Hello *hello)
{
	const char *name = hello->app_name ? hello->app_name : "";
	const char *friendly =
			hello->friendly_name && *hello->friendly_name ? hello->friendly_name : name;
	char *own_name = mem_strdup(name), *own_friendly = mem_strdup(friendly);

	if (!own_name || !own_friendly) {
		mem_free(own_name);
		mem_free(own_friendly);
		return -ENOMEM;
	}
	s->api_low = hello->api_low;
	s->api_high = hello->api_high;
	s->tracks_hubs = hello->call_hub_tracking != 0;
	mem_free(s->app_name);
	mem_free(s->friendly_name);
	s->app_name = own_name;
	s->friendly_name = own_friendly;
	return 0;
}

/* It is doomed, but something may still be due in this turn. */
static void detach(struct client *c)
{
	c->session = NULL;
	c->ended = false;
	list_remove(&c->waiting);
	timer_clear(&c->timer);
}

static void attach(struct client *c, struct session *s)
{
	if (s->client) {
		peer_doom(&s->client->peer, PEER_CLOSED_BY_US, "its session came back elsewhere");
		detach(s->client);
		s->client = NULL;
	}
	timer_clear(&s->grace_timer);
	proxy_reconnected(s);
	s->client = c;
	c->session = s;
	c->peer.core->half_open -= !c->greeted;
	c->greeted = true;
}

/* Who writes memory into a pipe that never comes (a file system of its own is behind it) holds the
 * kernel's lock of the pipe, and who reads it, waits with no end: that nobody may do to others. */
static bool may_have_pipes(const struct client *c)
{
	return c->uid == geteuid() || c->uid == 0;
}

static void take_hello(struct client *c, const Hello *hello)
{
	struct core *core = c->peer.core;
	Hello answer = HELLO__INIT;
	int32_t result;
	const Failure *why = hello_is_bad(c, hello, &result);
	struct session *s = NULL;

	if (why) {
		refuse(c, result, why);
		return;
	}
	if (hello->session && hello->resumed)
		s = session_find(core, hello->session, c->uid);
	SET(&answer, resumed, s ? 1 : 0);
	if (!s)
		s = session_new(core, session_may_return(core, hello, c->uid) ? hello->session : 0,
				c->uid);
	if (!s || name_session(s, hello) || access_prepare(s)) {
		if (s && !answer.resumed)
			session_free(s);
		refuse(c, LINEERR_NOMEM, failure_no_memory());
		return;
	}
	attach(c, s);
	claims_forget(s);
	c->resuming = hello->resumed && s->id == hello->session;
	c->asked_pipes = hello->pipes != 0;
	access_enter(s);
	timer_clear(&c->timer);
	timer_init(&c->timer, on_dispatch_timer);
	c->peer.conn.limit = LIMIT_CORE;
	SET(&answer, protocol, WIRE_PROTOCOL);
	SET(&answer, session, s->id);
	SET(&answer, api_low, CORE_API_LOW);
	SET(&answer, api_high, CORE_API_HIGH);
	peer_greet(&c->peer, &answer, hello->pipes && may_have_pipes(c));
	log_info("%s: %s (user %u)", session_name(s), answer.resumed ? "is back" : "hello",
			(unsigned)c->uid);
	trace_hop(TRACE_TAPISRV, "HELLO", 0, "%s", session_name(s));
}

static void on_hello(struct client *c, const struct frame *f)
{
	const Hello *hello = NULL;

	if (f->h.kind == FRAME_HELLO)
		hello = (const Hello *)arena_unpack(&c->peer.core->arena, &hello__descriptor,
				f->body, f->h.length);
	if (hello)
		take_hello(c, hello);
	else
		peer_doom(&c->peer, PEER_CLOSED_BY_US, "%s came instead of a hello",
				f->h.kind == FRAME_HELLO ? "garbage" : frame_kind_name(f->h.kind));
}

static void on_frame(struct peer *p, const struct frame *f)
{
	struct client *c = list_entry(p, struct client, peer);

	if (!c->session)
		on_hello(c, f);
	else if (f->h.kind == FRAME_ACK)
		on_ack(c, f);
	else if (f->h.kind == FRAME_SNAPSHOT && c->resuming)
		claim_take(c, f);
	else if (f->h.kind == FRAME_END && c->resuming)
		resume_end(c);
	else if (f->h.kind < FRAME_HELLO)
		dispatch(c, f);
	else
		peer_doom(p, PEER_CLOSED_BY_US, "a frame of kind %u does not belong here",
				f->h.kind);
}

static void on_flushed(struct peer *p)
{
	struct client *c = list_entry(p, struct client, peer);

	check_queue(c); /* whatever was sent, by whom */
	pending_written(c);
	slow_tell(c);
	news_go_on(c);
}

static void on_gone(struct peer *p)
{
	struct client *c = list_entry(p, struct client, peer);
	struct core *core = p->core;
	struct session *s = c->session;

	if (p->end == PEER_CLOSED_BY_US && !p->last_words) /* a refusal was logged */
		log_warn("%s: connection closed: %s", s ? session_name(s) : "a client",
				peer_why(p));
	else
		log_info("%s: %s", s ? session_name(s) : "a client", peer_why(p));
	if (s && p->end == PEER_HUNG_UP && !(c->resuming && c->asked_pipes))
		session_end(s);
	else if (s) {
		s->missed += conn_count_unsent(&p->conn) + slow_forget(c);
		session_keep(s, peer_why(p));
	}
	client_free(c);
	idle_check(core);
}

static const struct peer_ops ops = {
	.frames_a_turn = 32,
	.frame = on_frame,
	.flushed = on_flushed,
	.gone = on_gone,
};

static void on_hello_late(struct timer *t)
{
	struct client *c = list_entry(t, struct client, timer);

	peer_doom(&c->peer, PEER_CLOSED_BY_US, "no hello came in time");
}

uint32_t client_count(const struct core *core, uid_t uid)
{
	return (uint32_t)(uintptr_t)map_find(&core->clients_by_user, uid);
}

static int count_client(struct core *core, uid_t uid, uint32_t count)
{
	if (count)
		return map_set(&core->clients_by_user, uid, (void *)(uintptr_t)count);
	(void)map_remove(&core->clients_by_user, uid);
	return 0;
}

uint32_t client_count_half_open(const struct core *core, uid_t uid)
{
	uint32_t count = 0;

	list_for(l, &core->clients) {
		const struct client *c = list_entry(l, struct client, link);

		count += !c->greeted && c->uid == uid;
	}
	return count;
}

int client_new(struct core *core, int fd, uid_t uid, struct client **out)
{
	struct client *c = mem_new(struct client);
	int err = c ? count_client(core, uid, client_count(core, uid) + 1) : -ENOMEM;

	if (err) {
		core_close_fd(fd);
		mem_free(c);
		return err;
	}
	err = peer_init(&c->peer, core, &ops, fd, LIMIT_BEFORE_HELLO);
	if (err) {
		(void)count_client(core, uid, client_count(core, uid) - 1);
		mem_free(c);
		return err;
	}
	list_init(&c->waiting);
	list_init(&c->unwritten);
	list_init(&c->changes);
	list_append(&core->clients, &c->link);
	timer_init(&c->timer, on_hello_late);
	timer_set(&core->timers, &c->timer, core->options->hello_ms);
	c->uid = uid;
	core->half_open++;
	*out = c;
	idle_check(core);
	return 0;
}

void client_free(struct client *c)
{
	pending_written(c);
	list_for_safe(l, &c->unwritten) /* not written: the host keeps them */
		list_remove(l);
	if (c->session && c->session->client == c)
		c->session->client = NULL;
	(void)slow_forget(c);
	timer_clear(&c->timer);
	list_remove(&c->waiting);
	list_remove(&c->link);
	c->peer.core->half_open -= !c->greeted;
	(void)count_client(c->peer.core, c->uid, client_count(c->peer.core, c->uid) - 1);
	peer_fini(&c->peer);
	mem_free(c);
}

void client_ready(struct client *c)
{
	struct core *core = c->peer.core;

	if (c->initialize) {
		TapixInitializeReply reply = TAPIX_INITIALIZE_REPLY__INIT;

		SET(&reply, num_lines, core->line_count);
		SET(&reply, num_phones, core->phone_count);
		client_return(c, c->initialize, &reply.base);
		c->initialize = 0;
		c->session->news_seen = core->news; /* they are counted */
	}
	if (c->ended)
		resume_finish(c);
}
