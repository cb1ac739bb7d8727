// SPDX-License-Identifier: MIT
/* peer.c - reads all, handles all, writes once a turn. Buffers of quiet connections go back to the
 * core's small stock, so an idle client costs no buffer. */
#include "peer.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LOG_TOPIC "peer"

enum { LATER_MS = 10, LATER_MAX = 4096 /* bytes */, REST_MS = 1 };
/* A burst ends; a storm goes on. Somebody may send 16 turns at once, and again as each millisecond
 * of quiet makes half of one good: a host that brings 4000 calls in a second has 56 frames in a
 * millisecond, 800 at once, of 128 a turn; in a storm there are 130 to 1200. Who has
 * sent more has so few frames before each rest, until it has no more than a turn's; or as many as
 * the last rest has made good, which may take longer than it should: else who sends no more than he
 * may never comes out. */
enum { BURST_TURNS = 16, FRAMES_A_REST = 128 };

/* An empty buffer changes hands instead of being freed and allocated again. */
static void lend(struct core *core, struct buf *b)
{
	if (!b->data && core->spare_count)
		*b = core->spare[--core->spare_count];
}

static void give_back(struct core *core, struct buf *b)
{
	if (b->size || !b->data)
		return;
	if (core->spare_count == CORE_SPARE) {
		buf_fini(b);
		return;
	}
	b->head = 0;
	core->spare[core->spare_count++] = *b;
	memset(b, 0, sizeof(*b));
}

void peer_doom(struct peer *p, enum peer_end end, const char *fmt, ...)
{
	char text[PEER_WHY_MAX];
	va_list args;

	if (p->is_doomed)
		return;
	p->is_doomed = true;
	p->end = end;
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	p->why = mem_strdup(text);
	(void)event_del(&p->readable);
	list_append(&p->core->doomed, &p->doomed);
}

const char *peer_why(const struct peer *p)
{
	return p->why ? p->why : "out of memory";
}

static uint32_t made_good(const struct peer *p, uint32_t ms, uint32_t most)
{
	uint32_t turn = p->ops->frames_a_turn, good = turn / 2;

	return ms < most / good ? ms * good : most;
}

/* It was quiet until now. The time that its turns take makes nothing good: on a slow machine no
 * storm would rest. */
static void make_good(struct peer *p)
{
	uint32_t now;

	if (!p->restless || p->storms)
		return;
	now = (uint32_t)clock_now_ms();
	p->restless -= made_good(p, now - p->yielded_ms, p->restless);
	p->yielded_ms = now;
}

/* Counts one more turn that was not enough. */
static bool must_rest(struct peer *p)
{
	p->yielded_ms = (uint32_t)clock_now_ms();
	p->restless += p->ops->frames_a_turn;
	if (p->restless < (p->storms ? p->until_rest : BURST_TURNS * p->ops->frames_a_turn))
		return false;
	p->storms = true;
	p->restless = 0;
	return true;
}

/* Others come first. Who sends without end rests now and then: it is not read, its socket fills, so
 * that it waits, too, and the processor is there for others. */
static void yield(struct peer *p)
{
	struct core *core = p->core;

	(void)event_del(&p->readable);
	if (!must_rest(p)) {
		list_append(&core->busy, &p->busy);
		return;
	}
	if (list_empty(&core->resting))
		timer_set(&core->timers, &core->rest_timer, REST_MS);
	list_append(&core->resting, &p->busy);
}

void peers_wake(struct core *core)
{
	uint32_t now = (uint32_t)clock_now_ms();

	list_for(l, &core->resting) {
		struct peer *p = list_entry(l, struct peer, busy);
		uint32_t good = made_good(p, now - p->yielded_ms,
				BURST_TURNS * p->ops->frames_a_turn);

		p->until_rest = good > FRAMES_A_REST ? good : FRAMES_A_REST;
	}
	list_move(&core->busy, &core->resting);
}

static void handle_frames(struct peer *p)
{
	unsigned left = p->ops->frames_a_turn;
	struct frame f;
	int got = 0;

	while (!p->is_doomed && !p->last_words && !p->paused) {
		if (!left-- && conn_has_next(&p->conn)) {
			yield(p);
			return;
		}
		got = conn_next(&p->conn, &f);
		if (got <= 0)
			break;
		core_begin_frame(p->core);
		p->ops->frame(p, &f);
		if (f.fd >= 0)
			core_close_fd(f.fd);
	}
	if (got < 0)
		peer_doom(p, PEER_CLOSED_BY_US, "%s", p->conn.why);
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct peer *p = arg;
	int err;

	(void)fd;
	(void)what;
	lend(p->core, &p->conn.in);
	err = conn_read(&p->conn);
	make_good(p);
	handle_frames(p);
	p->storms = p->storms && !list_empty(&p->busy);
	if (err == -ECONNRESET)
		peer_doom(p, PEER_HUNG_UP, "closed by its peer");
	else if (err)
		peer_doom(p, PEER_CLOSED_BY_US, "read: %s", strerror(-err));
	give_back(p->core, &p->conn.in);
}

static void read_on(struct peer *p)
{
	if (event_add(&p->readable, NULL) < 0)
		peer_doom(p, PEER_CLOSED_BY_US, "out of memory");
}

bool peers_go_on(struct core *core)
{
	struct list busy;

	if (list_empty(&core->busy))
		return false;
	list_init(&busy);
	list_move(&busy, &core->busy);
	while (!list_empty(&busy)) {
		struct peer *p = list_entry(busy.next, struct peer, busy);

		list_remove(&p->busy);
		handle_frames(p);
		if (list_empty(&p->busy) && !p->is_doomed && !p->paused)
			read_on(p);
		give_back(core, &p->conn.in);
	}
	return true;
}

static void on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	peer_flush(arg);
}

int peer_init(struct peer *p, struct core *core, const struct peer_ops *ops, int fd, uint32_t limit)
{
	p->core = core;
	p->ops = ops;
	list_init(&p->dirty);
	list_init(&p->later);
	list_init(&p->doomed);
	list_init(&p->busy);
	conn_init(&p->conn, fd, limit);
	event_assign(&p->readable, core->base, fd, EV_READ | EV_PERSIST, on_readable, p);
	if (event_add(&p->readable, NULL) < 0) {
		conn_fini(&p->conn);
		return -ENOMEM;
	}
	return 0;
}

void peer_fini(struct peer *p)
{
	(void)event_del(&p->readable);
	if (p->writable)
		event_free(p->writable);
	mem_free(p->why);
	list_remove(&p->dirty);
	list_remove(&p->later);
	list_remove(&p->doomed);
	list_remove(&p->busy);
	conn_fini(&p->conn);
}

static void sent(struct peer *p, int err)
{
	if (err)
		peer_doom(p, PEER_CLOSED_BY_US, "a frame could not be queued: %s", strerror(-err));
	else if (list_empty(&p->dirty) && p->ops->is_last)
		list_append(&p->core->dirty, &p->dirty);
	else if (list_empty(&p->dirty))
		list_prepend(&p->core->dirty, &p->dirty);
	list_remove(&p->later);
}

void peer_send(struct peer *p, struct frame_header *h, const ProtobufCMessage *body)
{
	if (p->is_doomed)
		return;
	lend(p->core, &p->conn.out);
	sent(p, conn_send(&p->conn, h, body));
}

void peer_send_bytes(struct peer *p, struct frame_header *h, const void *body, size_t size)
{
	if (p->is_doomed)
		return;
	lend(p->core, &p->conn.out);
	sent(p, conn_send_bytes(&p->conn, h, body, size));
}

static bool await_late(struct core *core)
{
	struct timeval moment = { .tv_usec = LATER_MS * 1000 };

	return evtimer_pending(&core->late, NULL) || event_add(&core->late, &moment) == 0;
}

void peer_send_later(struct peer *p, struct frame_header *h, const void *body, size_t size)
{
	int err;

	if (p->is_doomed)
		return;
	lend(p->core, &p->conn.out);
	err = conn_send_bytes(&p->conn, h, body, size);
	if (err || conn_queued(&p->conn) > LATER_MAX || !await_late(p->core))
		sent(p, err);
	else if (list_empty(&p->dirty) && list_empty(&p->later))
		list_append(&p->core->later, &p->later);
}

void peers_flush_later(struct core *core)
{
	list_for_safe(l, &core->later)
		sent(list_entry(l, struct peer, later), 0);
}

bool peer_send_fd(struct peer *p, struct frame_header *h, const void *body, size_t size, int fd)
{
	int err;

	lend(p->core, &p->conn.out);
	err = conn_send_fd(&p->conn, h, body, size, fd);
	if (err == -EMFILE || err == -ENFILE)
		return false;
	sent(p, err);
	return true;
}

void peer_pause(struct peer *p, bool paused)
{
	if (p->paused == paused || p->is_doomed)
		return;
	p->paused = paused;
	if (paused) {
		(void)event_del(&p->readable);
		return;
	}
	read_on(p);
	if (!p->is_doomed)
		event_active(&p->readable, EV_READ, 0); /* frames may wait in the buffer already */
}

static void await_room(struct peer *p)
{
	if (!p->writable)
		p->writable = event_new(p->core->base, p->conn.out_fd, EV_WRITE, on_writable, p);
	if (!p->writable || event_add(p->writable, NULL) < 0)
		peer_doom(p, PEER_CLOSED_BY_US, "out of memory");
}

void peer_flush(struct peer *p)
{
	int err;

	list_remove(&p->dirty);
	list_remove(&p->later);
	if (p->is_doomed && p->end == PEER_HUNG_UP)
		return;
	err = conn_flush(&p->conn);
	if (err < 0) {
		if (err == -EPIPE || err == -ECONNRESET)
			peer_doom(p, PEER_HUNG_UP, "closed by its peer");
		else
			peer_doom(p, PEER_HUNG_UP, "write: %s", strerror(-err));
		return;
	}
	if (p->ops->flushed)
		p->ops->flushed(p);
	if (err > 0) {
		await_room(p);
		return;
	}
	give_back(p->core, &p->conn.out);
	if (p->last_words)
		peer_doom(p, PEER_CLOSED_BY_US, "refused");
}

void peer_use_pipes(struct peer *p, int in, int out)
{
	peer_flush(p);
	(void)event_del(&p->readable);
	if (!p->is_doomed && conn_queued(&p->conn))
		peer_doom(p, PEER_CLOSED_BY_US, "its hello could not be answered");
	conn_use_pipes(&p->conn, in, out);
	event_assign(&p->readable, p->core->base, in, EV_READ | EV_PERSIST, on_readable, p);
	if (!p->is_doomed)
		read_on(p);
}
