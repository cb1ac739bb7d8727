// SPDX-License-Identifier: MIT
/* link.c - the connection to the daemon: greeting, reading, losing it, trying again. There is no
 * thread of our own: whoever waits for something reads the socket, and queues what is for others.
 */
#define LOG_TOPIC "libtapi"
#include "libtapi/internal.h"
#include "libtapi/proxy.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/os.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { API_LOW = 0x00010003, API_HIGH = 0x00030001 };
enum { HEAR_OUT = 64 }; /* reads, of a daemon that does not end */
enum { ROOM_MS = 10 };

void link_unref(struct link *l)
{
	if (--l->refs)
		return;
	conn_ends_close(&l->ends);
	conn_fini(&l->conn);
	mem_free(l);
}

static int pipe_of(const struct link *l, unsigned i)
{
	if (l->conn.in_fd != l->conn.fd)
		return i ? l->conn.out_fd : l->conn.in_fd;
	return i < l->ends.count ? l->ends.fds[i] : -1;
}

/* For a child after a fork, which may not lock. */
static void note_fds(struct app *a)
{
	const struct link *l = a->link;

	atomic_store(&a->fds[0], l ? l->conn.fd : -1);
	atomic_store(&a->fds[1], l ? pipe_of(l, 0) : -1);
	atomic_store(&a->fds[2], l ? pipe_of(l, 1) : -1);
}

/* Threads that poll it see the end and let it go. */
void link_close(struct app *a)
{
	struct link *l = a->link;

	if (!l)
		return;
	(void)os_gather_remove(a->gather, l->conn.in_fd);
	conn_hang_up(&l->conn, &l->ends);
	a->link = NULL;
	note_fds(a);
	link_unref(l);
}

static void retry_later(struct app *a)
{
	a->retry_at = clock_now_ms() + limits.retry;
	a->awaits_room = false;
	(void)os_timer_set(a->timer, limits.retry);
}

void link_lost(struct app *a, const char *cause, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	reason_set(&a->away, TAPIX_LAYER_CLIENT, cause, "%s", text);
	if (a->handle)
		log_debug("%s", text);
	link_close(a);
	if (a->state == LINK_ONLINE) {
		a->away_since = clock_now_ms();
		requests_interrupted(a);
		proxies_lost(a);
	}
	a->state = LINK_AWAY;
	retry_later(a);
	pthread_cond_broadcast(&a->changed);
}

static int send_hello(struct app *a)
{
	Hello hello = HELLO__INIT;
	struct frame_header h = { .kind = FRAME_HELLO };

	hello.has_protocol = 1;
	hello.protocol = WIRE_PROTOCOL;
	hello.has_session = a->session != 0;
	hello.session = a->session;
	hello.has_api_low = hello.has_api_high = 1;
	hello.api_low = API_LOW;
	hello.api_high = API_HIGH;
	hello.app_name = a->name;
	hello.friendly_name = a->friendly;
	hello.has_call_hub_tracking = a->tracks_hubs;
	hello.call_hub_tracking = a->tracks_hubs;
	hello.has_pipes = !a->lacks_pipes;
	hello.pipes = 1;
	hello.has_resumed = a->session != 0;
	hello.resumed = a->session != 0;
	return link_send_message(a, &h, &hello.base);
}

static const char *errno_name(int err)
{
	switch (-err) {
	case ENOENT:
		return "ENOENT";
	case ECONNREFUSED:
		return "ECONNREFUSED";
	case EACCES:
		return "EACCES";
	case EMFILE:
		return "EMFILE";
	default:
		return os_error_text(-err);
	}
}

static int greet(struct app *a, int fd)
{
	struct link *l = mem_new(struct link);
	int err;

	if (!l) {
		(void)close(fd);
		link_lost(a, "ENOMEM", "no memory for a connection to tapisrvd");
		return -ENOMEM;
	}
	l->refs = 1;
	conn_init(&l->conn, fd, LIMIT_EDGE);
	l->conn.spares_signal = true;
	a->link = l;
	note_fds(a);
	a->state = LINK_GREETING;
	err = os_gather_add(a->gather, fd);
	if (!err)
		err = send_hello(a); /* if it fails the link is lost, and it is said why */
	if (err && a->link)
		link_lost(a, errno_name(err), "cannot speak to tapisrvd at %s (%s)", a->socket,
				os_error_text(-err));
	return err;
}

int link_try(struct app *a)
{
	int fd, err;

	if (clock_now_ms() < a->retry_at)
		return 0;
	a->refused = 0;
	fd = os_unix_connect(a->socket);
	if (fd < 0) {
		a->refused = link_lacks(fd) ? lineerr_from_errno(fd) : 0;
		link_unreachable(a, errno_name(fd), fd);
		return fd;
	}
	err = greet(a, fd);
	if (link_lacks(err))
		a->refused = lineerr_from_errno(err);
	if (!err)
		retry_later(a); /* the timer also ends a greeting that nobody answers */
	return err;
}

static void give_up(struct app *a)
{
	link_close(a);
	a->state = LINK_GONE;
	(void)os_timer_set(a->timer, 0);
	resume_give_up(a);
	pthread_cond_broadcast(&a->changed);
}

void link_tick(struct app *a)
{
	uint64_t now = clock_now_ms();

	if (a->state == LINK_ONLINE || a->state == LINK_GONE || a->state == LINK_CLOSED)
		return;
	if (a->state == LINK_AWAY)
		(void)link_try(a);
	else if (now >= a->retry_at)
		retry_later(a);
	if (now - a->away_since >= limits.session_away)
		give_up(a);
}

/* The daemon has gone. What it said before is taken first: the end of a request may be among it,
 * which nobody would say again, or why it wants no connection. True: the end will be read, and all
 * is done then. */
static bool hear_out(struct app *a, struct link *l)
{
	if (a->state != LINK_ONLINE && a->state != LINK_GREETING)
		return false;
	l->broken = true;
	for (int i = 0; i < HEAR_OUT && a->link == l && !l->polling && !l->reading; i++)
		link_input(a);
	return a->link != l || l->polling || l->reading;
}

static int flush(struct app *a)
{
	int err = conn_flush(&a->link->conn);

	if (err >= 0)
		return 0;
	if ((err != -EPIPE && err != -ECONNRESET) || !hear_out(a, a->link))
		link_lost(a, errno_name(err), "the connection to tapisrvd at %s broke (%s)",
				a->socket, os_error_text(-err));
	return err;
}

int link_send(struct app *a, struct frame_header *h, const void *body, size_t size)
{
	struct link *l = a->link;
	int err = l->broken ? -EPIPE : conn_send_bytes(&l->conn, h, body, size);

	return err ? err : flush(a);
}

int link_send_message(struct app *a, struct frame_header *h, const ProtobufCMessage *body)
{
	struct link *l = a->link;
	int err = l->broken ? -EPIPE : conn_send(&l->conn, h, body);

	return err ? err : flush(a);
}

int link_send_later(struct app *a, struct frame_header *h, const ProtobufCMessage *body)
{
	return a->link->broken ? -EPIPE : conn_send(&a->link->conn, h, body);
}

static bool has_unsent(const struct app *a)
{
	return a->link && !a->link->broken && conn_queued(&a->link->conn);
}

static void set_awaits_room(struct app *a, bool awaits)
{
	if (a->awaits_room == awaits)
		return;
	a->awaits_room = awaits;
	(void)os_timer_set(a->timer, awaits ? ROOM_MS : 0);
}

void link_flush(struct app *a)
{
	set_awaits_room(a, false); /* it may have run out */
	if (has_unsent(a))
		(void)flush(a);
}

void link_await_room(struct app *a)
{
	set_awaits_room(a, a->state == LINK_ONLINE && has_unsent(a) && list_empty(&a->queue));
}

static int online(struct app *a)
{
	a->state = LINK_ONLINE;
	(void)os_timer_set(a->timer, 0);
	return 0;
}

/* That it serves requests is no handle: nothing would tell the application that it is lost. */
static void register_again(struct app *a)
{
	LineRegisterRequestRecipient request = LINE_REGISTER_REQUEST_RECIPIENT__INIT;

	request.has_registration_instance = request.has_request_mode = request.has_enable = 1;
	request.registration_instance = a->request_instance;
	request.request_mode = a->request_modes;
	request.enable = 1;
	if (a->request_modes)
		(void)request_post(a, CALL_LineRegisterRequestRecipient, 0, &request.base);
}

/* The server does not know our session any more. */
static int start_anew(struct app *a)
{
	TapixInitialize request = TAPIX_INITIALIZE__INIT;

	reason_set(&a->away, TAPIX_LAYER_SERVER, "session lost",
			"tapisrvd at %s no longer knows this application", a->socket);
	requests_fail(a);
	resume_anew(a);
	(void)online(a);
	(void)request_post(a, CALL_TapixInitialize, 0, &request.base);
	register_again(a);
	return 0;
}

static int pipe_in(struct app *a, struct frame *f)
{
	int err = a->state == LINK_GREETING ? conn_ends_take(&a->link->ends, f) : -EPROTO;

	note_fds(a);
	return err;
}

static int use_pipes(struct app *a, bool wanted)
{
	struct link *l = a->link;
	struct conn_ends unused;
	int err = 0;

	if (wanted) {
		(void)os_gather_remove(a->gather, l->conn.in_fd);
		err = conn_ends_use(&l->ends, &l->conn);
		if (!err)
			err = os_gather_add(a->gather, l->conn.in_fd);
	}
	unused = l->ends;
	l->ends.count = 0;
	note_fds(a);
	conn_ends_close(&unused);
	return err;
}

static int hello_in(struct app *a, const struct frame *f)
{
	struct arena arena;
	const Hello *hello;
	int err = -EPROTO;

	if (a->state != LINK_GREETING)
		return -EPROTO;
	arena_init(&arena, MESSAGE_MAX);
	if (f->h.flags & FLAG_CLOSING) {
		const Failure *why = (const Failure *)arena_unpack(&arena, &failure__descriptor,
				f->body, f->h.length);
		struct tapix_reason r;

		reason_from(&r, why, LINEERR_OPERATIONFAILED);
		a->refused = f->h.result < 0 ? f->h.result : 0;
		link_lost(a, r.cause, "tapisrvd at %s refused the connection: %s", a->socket,
				r.sentence);
		err = 0;
		goto out;
	}
	hello = (const Hello *)arena_unpack(&arena, &hello__descriptor, f->body, f->h.length);
	if (!hello || !hello->session)
		goto out;
	err = use_pipes(a, hello->pipes);
	if (err)
		goto out;
	a->server_version = hello->api_high ? hello->api_high : API_HIGH;
	if (a->server_version < a->api_version)
		a->api_version = a->server_version;
	if (!a->session) {
		a->session = hello->session;
		err = online(a);
		goto out;
	}
	if (a->session == hello->session) {
		a->state = LINK_RESUMING;
		err = resume_send(a);
		goto out;
	}
	a->session = hello->session;
	err = start_anew(a);
out:
	arena_fini(&arena);
	return err;
}

static int resync_in(struct app *a, const struct frame *f)
{
	struct arena arena;
	const Resync *r;
	int err = -EPROTO;

	if (a->state != LINK_RESUMING)
		return -EPROTO;
	arena_init(&arena, MESSAGE_MAX);
	r = (const Resync *)arena_unpack(&arena, &resync__descriptor, f->body, f->h.length);
	if (r) {
		resume_resync(a, r);
		err = online(a);
		posts_send_again(a);
		log_debug("the connection to tapisrvd is back");
	}
	arena_fini(&arena);
	return err;
}

static int frame_in(struct app *a, struct frame *f)
{
	switch (f->h.kind) {
	case FRAME_PIPE:
		return pipe_in(a, f);
	case FRAME_HELLO:
		return hello_in(a, f);
	case FRAME_RETURN:
		if (a->state == LINK_GREETING)
			return -EPROTO;
		request_return(a, f);
		return 0;
	case FRAME_COMPLETION:
	case FRAME_EVENT:
		if (a->state == LINK_GREETING)
			return -EPROTO;
		if (f->h.kind == FRAME_COMPLETION && late_completed(a, f))
			return 0;
		return queue_frame(a, f);
	case FRAME_RESYNC:
		return resync_in(a, f);
	default:
		return -EPROTO;
	}
}

/* False: no whole frame is there. */
static bool one_frame(struct app *a, struct link *l, int *bad)
{
	struct frame f;
	int got = conn_next(&l->conn, &f);

	if (got <= 0) {
		*bad = got;
		return false;
	}
	*bad = frame_in(a, &f);
	if (f.fd >= 0)
		(void)close(f.fd); /* nobody wanted it */
	return true;
}

/* What stands between may hand on bytes only: a tunnel, a relay. Or we have no descriptor left but
 * the one of this connection. */
static void greet_without_pipes(struct app *a)
{
	struct link *l = a->link;

	a->lacks_pipes = true;
	l->refs++;
	link_close(a);
	conn_fini(&l->conn);
	link_unref(l);
	a->state = LINK_AWAY;
	a->retry_at = 0;
	(void)link_try(a);
}

/* It has come to its end, or to what cannot be taken. */
static void input_ended(struct app *a, const struct link *l, int bad, int err)
{
	if (bad == -ENOBUFS) {
		reason_set(&a->away, TAPIX_LAYER_CLIENT, "not dispatched",
				"the application does not take its messages; it was disconnected");
		give_up(a);
	} else if (bad && a->state == LINK_GREETING && !a->lacks_pipes) {
		greet_without_pipes(a);
	} else if (bad) {
		link_lost(a, bad == -EPROTO ? "EPROTO" : errno_name(bad),
				"tapisrvd at %s sent what cannot be taken (%s); the connection was "
				"closed",
				a->socket, l->conn.why ? l->conn.why : os_error_text(-bad));
	} else if (err) {
		link_lost(a, errno_name(err), "tapisrvd at %s closed the connection", a->socket);
	}
}

void link_input(struct app *a)
{
	struct link *l = a->link;
	int err, bad = 0;

	if (!l || l->polling || l->reading)
		return;
	l->refs++;
	l->reading = true;
	err = conn_read(&l->conn);
	while (!bad && a->link == l)
		if (!one_frame(a, l, &bad))
			break;
	l->reading = false;
	if (a->link == l)
		input_ended(a, l, bad, err);
	pthread_cond_broadcast(&a->changed);
	link_unref(l);
}

static int poll_ms(uint64_t deadline_ms)
{
	uint64_t now = clock_now_ms();
	uint64_t left = deadline_ms > now ? deadline_ms - now : 0;

	return left > 60000 ? 60000 : (int)left;
}

/* Beside pipes the socket, too, which link_close() shuts down. */
static nfds_t watch(const struct conn *c, short events, struct pollfd p[3])
{
	nfds_t count = 0;

	if (c->in_fd == c->fd) {
		p[count++] = (struct pollfd){ .fd = c->fd, .events = events };
		return count;
	}
	if (events & POLLOUT)
		p[count++] = (struct pollfd){ .fd = c->out_fd, .events = POLLOUT };
	if (events & POLLIN)
		p[count++] = (struct pollfd){ .fd = c->in_fd, .events = POLLIN };
	p[count++] = (struct pollfd){ .fd = c->fd };
	return count;
}

/* Polls without the lock; l is kept alive. False: only the socket has ended: nobody writes to the
 * pipe any more that somebody still has. */
static bool poll_link(struct app *a, struct link *l, short events, uint64_t deadline_ms)
{
	struct pollfd p[3] = { 0 };
	nfds_t count = watch(&l->conn, events, p);

	l->refs++;
	app_unlock(a);
	(void)poll(p, count, poll_ms(deadline_ms));
	app_lock(a);
	link_unref(l);
	return count == 1 || p[count - 2].revents || !p[count - 1].revents;
}

static void lead(struct app *a, struct link *l, uint64_t deadline_ms)
{
	short events = POLLIN;
	bool lives;

	if (conn_queued(&l->conn) && !l->broken)
		events |= POLLOUT;
	l->refs++;
	l->polling = true;
	lives = poll_link(a, l, events, deadline_ms);
	l->polling = false;
	if (a->link == l && conn_queued(&l->conn) && !l->broken)
		(void)flush(a);
	if (a->link == l)
		link_input(a);
	if (a->link == l && !lives)
		link_lost(a, errno_name(-ECONNRESET), "tapisrvd at %s closed the connection",
				a->socket);
	pthread_cond_broadcast(&a->changed); /* somebody else may have to lead now */
	link_unref(l);
}

void link_step(struct app *a, uint64_t deadline_ms)
{
	struct link *l = a->link;

	if (!l) {
		link_tick(a);
		if (a->state == LINK_AWAY)
			app_wait(a, a->retry_at < deadline_ms ? a->retry_at : deadline_ms);
	} else if (!l->polling) {
		if (a->state != LINK_ONLINE && a->session) {
			link_tick(a);
			if (a->retry_at < deadline_ms)
				deadline_ms = a->retry_at;
		}
		if (a->link == l)
			lead(a, l, deadline_ms);
	} else if (conn_queued(&l->conn) && !l->broken) {
		(void)poll_link(a, l, POLLOUT, deadline_ms);
		if (a->link == l)
			(void)flush(a);
	} else {
		app_wait(a, deadline_ms);
	}
}
