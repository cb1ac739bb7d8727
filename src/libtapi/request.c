// SPDX-License-Identifier: MIT
/* request.c - requests and their RETURN: the thread that waits reads the socket itself. */
#include "libtapi/internal.h"
#include "libtapi/pending.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/trace.h"
#include "base/os.h"

#include <errno.h>
#include <string.h>

enum { SERIAL_MAX = 0x7fffffff, POSTS_MAX = 1024, LATER_MAX = 4096 /* bytes */ };

static struct request *find(struct app *a, uint32_t serial)
{
	list_for(pos, &a->requests) {
		struct request *r = list_entry(pos, struct request, link);

		if (r->serial == serial)
			return r;
	}
	return NULL;
}

/* What was posted and has no RETURN yet. */
struct post {
	struct list link; /* app.posts */
	struct frame_header h;
	uint8_t *body;
	size_t size;
};

static void post_free(struct app *a, struct post *p)
{
	list_remove(&p->link);
	a->posted--;
	mem_free(p->body);
	mem_free(p);
}

static struct post *post_find(struct app *a, uint32_t serial)
{
	list_for(pos, &a->posts) {
		struct post *p = list_entry(pos, struct post, link);

		if (p->h.serial == serial)
			return p;
	}
	return NULL;
}

static struct post *post_new(struct app *a, const struct frame_header *h, const ProtobufCMessage *m)
{
	struct post *p = a->posted < POSTS_MAX ? mem_new(struct post) : NULL;

	if (!p)
		return NULL;
	p->h = *h;
	p->size = protobuf_c_message_get_packed_size(m);
	p->body = mem_alloc(p->size);
	if (!p->body) {
		mem_free(p);
		return NULL;
	}
	(void)protobuf_c_message_pack(m, p->body);
	list_append(&a->posts, &p->link);
	a->posted++;
	return p;
}

/* Only after 2^31 requests can a serial be in use already. */
uint32_t request_serial(struct app *a)
{
	do {
		if (a->next_serial == SERIAL_MAX) {
			a->next_serial = 0;
			a->serials_wrapped = true;
		}
		a->next_serial++;
	} while (a->serials_wrapped && (find(a, a->next_serial) || post_find(a, a->next_serial) ||
						       pending_find(a, a->next_serial)));
	return a->next_serial;
}

static _Thread_local atomic_uint *watcher;

atomic_uint *request_watch(atomic_uint *serial)
{
	atomic_uint *before = watcher;

	watcher = serial;
	return before;
}

static void tell_watcher(const struct request *r)
{
	if (!watcher || r->rule->kind != KIND_ASYNC)
		return;
	atomic_store(watcher, r->serial);
	watcher = NULL;
}

static void finish(struct request *r, LONG result)
{
	r->result = result;
	r->done = true;
}

static void finish_failed(struct request *r, const char *cause, const char *sentence)
{
	reason_set(&r->reason, TAPIX_LAYER_CLIENT, cause, "%s", sentence);
	finish(r, LINEERR_OPERATIONFAILED);
}

/* Of request_start(). A refusal comes to the application as LINE_REPLY. */
static bool started_returned(struct app *a, const struct frame *f)
{
	struct pending *p = pending_find(a, f->h.serial);
	struct frame end = *f;

	if (!p || p->returned)
		return false;
	p->returned = true;
	end.h.kind = FRAME_COMPLETION;
	if (f->h.result && queue_frame(a, &end))
		(void)queue_reply(a, p->serial, f->h.result, NULL);
	return true;
}

void request_return(struct app *a, struct frame *f)
{
	struct request *r = find(a, f->h.serial);
	struct post *p = r ? NULL : post_find(a, f->h.serial);
	struct arena arena;
	LONG result = f->h.result;

	if (p)
		post_free(a, p);
	else if (!r && started_returned(a, f))
		return;
	if (!r)
		late_returned(a, f);
	if (!r || !r->sent || r->done)
		return; /* nobody waits for it any more */
	if (result == 0) {
		finish(r, r->returned ? r->returned(a, r, f) : 0);
		if (r->result < 0)
			late_refused(a, r, f);
		return;
	}
	arena_init(&arena, MESSAGE_MAX);
	reason_from(&r->reason,
			f->h.flags & FLAG_FAILURE ? (const Failure *)arena_unpack(&arena,
								    &failure__descriptor, f->body,
								    f->h.length)
						  : NULL,
			result);
	arena_fini(&arena);
	finish(r, result < 0 ? result : LINEERR_OPERATIONFAILED);
}

static void finish_lost(struct request *r)
{
	finish_failed(r, "lost with the server",
			"the connection to tapisrvd broke before it answered; whether it acted is "
			"not "
			"known");
}

/* Asking twice gives the same answer and changes nothing. */
static bool is_get(const struct rule *rule)
{
	return rule->kind == KIND_SYNC && rule->number != CALL_LineGetRequest &&
	       (strstr(rule->name, "Get") || strstr(rule->name, "Negotiate") ||
			       strstr(rule->name, "Identify") ||
			       rule->number == CALL_TapixInitialize);
}

void requests_interrupted(struct app *a)
{
	late_forget(a);
	list_for(pos, &a->requests) {
		struct request *r = list_entry(pos, struct request, link);

		if (!r->sent || r->done)
			continue;
		r->send_by = clock_now_ms() + limits.call_away;
		if (is_get(r->rule))
			r->sent = false;
		else if (r->rule->kind == KIND_SYNC)
			finish_lost(r);
	}
}

void requests_fail(struct app *a)
{
	list_for(pos, &a->requests) {
		struct request *r = list_entry(pos, struct request, link);

		if (r->sent && !r->done)
			finish_lost(r);
	}
}

bool request_fail_lost(struct app *a, uint32_t serial)
{
	struct request *r = find(a, serial);

	if (r && r->sent && !r->done)
		finish_lost(r);
	return r != NULL;
}

static void send_request(struct app *a, struct request *r)
{
	struct frame_header h = { .kind = r->rule->number, .serial = r->serial, .open = r->open };
	int err;

	trace_hop(TRACE_LIBTAPI, r->rule->name, 0, "request %u", r->serial);
	err = link_send(a, &h, r->body, r->size);
	r->sent = err == 0;
	if (err == -ENOMEM) {
		reason_set(&r->reason, TAPIX_LAYER_CLIENT, "ENOMEM", "no memory to send");
		finish(r, LINEERR_NOMEM);
	} else if (err) { /* the peer has not got it whole, so it can be sent again */
		r->send_by = clock_now_ms() + limits.call_away;
	}
}

/* One turn of waiting. */
static void advance(struct app *a, struct request *r, uint64_t answer_by)
{
	uint64_t now = clock_now_ms();

	if (a->state == LINK_CLOSED) {
		reason_set(&r->reason, TAPIX_LAYER_CLIENT, "shutdown",
				"another thread has shut this application handle down");
		finish(r, LINEERR_INVALAPPHANDLE);
	} else if (a->state == LINK_GONE || (a->state != LINK_ONLINE && now >= r->send_by)) {
		r->reason = a->away;
		finish(r, LINEERR_OPERATIONFAILED);
	} else if (!r->sent && a->state == LINK_ONLINE) {
		send_request(a, r);
		if (!r->sent && !r->done) /* another thread reads the end of the connection */
			link_step(a, r->send_by);
	} else if (r->sent && now >= answer_by) {
		late_await(a, r);
		finish_failed(r, "timeout", "tapisrvd took the request and does not answer it");
	} else {
		link_step(a, a->state == LINK_ONLINE ? answer_by : r->send_by);
	}
}

LONG request_run(struct app *a, struct request *r)
{
	uint64_t now = clock_now_ms();

	if (r->size > LIMIT_CORE)
		return fail(LINEERR_INVALPARAM, "too long",
				"the arguments of one call may have %d bytes together", LIMIT_CORE);
	r->serial = request_serial(a);
	tell_watcher(r);
	r->send_by = now + limits.call_away;
	list_append(&a->requests, &r->link);
	while (!r->done)
		advance(a, r, now + limits.answer);
	list_remove(&r->link);
	if (r->result < 0)
		return fail_with(a->phone ? phone_error(r->result) : r->result, &r->reason);
	return r->result;
}

bool request_start(struct app *a, struct request *r)
{
	struct frame_header h = { .kind = r->rule->number, .open = r->open };

	if (a->state != LINK_ONLINE || r->size > LIMIT_CORE ||
			conn_queued(&a->link->conn) > LATER_MAX)
		return false;
	h.serial = r->serial = request_serial(a);
	trace_hop(TRACE_LIBTAPI, r->rule->name, 0, "request %u", r->serial);
	if (link_send(a, &h, r->body, r->size))
		return false;
	tell_watcher(r);
	return true;
}

/* Also after the connection has broken it must come to the daemon. */
static bool is_kept(unsigned kind)
{
	return kind == CALL_TapixMspData || kind == CALL_LineDeallocateCall;
}

/* Each frame that is sent by itself wakes the daemon. */
static bool may_go_later(const struct app *a, unsigned kind)
{
	if (conn_queued(&a->link->conn) > LATER_MAX)
		return false;
	return a->holds_posts || (kind == CALL_LineDeallocateCall && !list_empty(&a->queue));
}

LONG request_post(struct app *a, unsigned kind, uint32_t open, const ProtobufCMessage *m)
{
	struct frame_header h = { .kind = (uint16_t)kind, .flags = FLAG_POSTED, .open = open };
	uint64_t deadline = clock_now_ms() + limits.call_away;
	struct post *p = NULL;
	bool later;
	int err = 0;

	h.serial = request_serial(a);
	if (is_kept(kind) && a->state != LINK_GONE && a->state != LINK_CLOSED) {
		p = post_new(a, &h, m);
		if (!p)
			return fail(LINEERR_NOMEM, "ENOMEM", "no memory to send");
	}
	if (a->state != LINK_ONLINE)
		return p ? 0 : fail_with(LINEERR_OPERATIONFAILED, &a->away);
	trace_hop(TRACE_LIBTAPI, frame_kind_name((uint16_t)kind), 0, "request %u", h.serial);
	later = may_go_later(a, kind);
	err = later ? link_send_later(a, &h, m) : link_send_message(a, &h, m);
	if (err == -ENOMEM && p) { /* not even queued */
		post_free(a, p);
		p = NULL;
	}
	while (!later && !err && a->link && conn_queued(&a->link->conn) &&
			clock_now_ms() < deadline)
		link_step(a, deadline);
	return err && !p ? fail(lineerr_from_errno(err), "send", "%s", os_error_text(-err)) : 0;
}

void posts_send_again(struct app *a)
{
	list_for_safe(pos, &a->posts) {
		struct post *p = list_entry(pos, struct post, link);

		if (a->link)
			(void)link_send(a, &p->h, p->body, p->size);
	}
}

void posts_clear(struct app *a)
{
	while (!list_empty(&a->posts))
		post_free(a, list_entry(a->posts.next, struct post, link));
}

struct answer {
	struct arena *arena;
	ProtobufCMessage **out;
};

static LONG message_returned(struct app *a, struct request *r, struct frame *f)
{
	struct answer *to = r->arg;

	(void)a;
	*to->out = arena_unpack(to->arena, r->rule->reply, f->body, f->h.length);
	if (*to->out)
		return 0;
	reason_set(&r->reason, TAPIX_LAYER_CLIENT, "EPROTO", "the answer is malformed");
	return LINEERR_OPERATIONFAILED;
}

LONG request_pack(struct request *r, const ProtobufCMessage *m, struct arena *arena)
{
	uint8_t *body;

	r->size = protobuf_c_message_get_packed_size(m);
	r->body = body = arena_alloc(arena, r->size + 1);
	if (!body)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for a request");
	(void)protobuf_c_message_pack(m, body);
	return 0;
}

LONG request_message(struct app *a, unsigned kind, uint32_t open, const ProtobufCMessage *m,
		struct arena *arena, ProtobufCMessage **reply)
{
	struct answer to = { arena, reply };
	struct request r = { .rule = rule_find((uint16_t)kind),
		.open = open,
		.returned = message_returned,
		.arg = &to };
	LONG result = request_pack(&r, m, arena);

	return result ? result : request_run(a, &r);
}
