// SPDX-License-Identifier: MIT
/* host.c - the loop: what the TSP's threads have raised, what the core asks, in turns. */
#define LOG_TOPIC "host"
#include "tsphost/host.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/os.h"
#include "base/random.h"
#include "tsphost/event.h"
#include "tsphost/job.h"
#include "tsphost/tags.h"
#include "tsphost/tsphost.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { LATER_MS = 10, LATER_MAX = 4096 /* bytes */ };

/* What it was told at its start is not what the next core would say, and nothing is lost yet: that
 * one starts another. */
static bool is_half_started(const struct host *h)
{
	return h->path && h->stage != HOST_RUNNING;
}

static void lose_core(struct host *h, const char *why)
{
	if (h->conn.fd < 0)
		return;
	if (!h->ending)
		log_info("%s: no core any more (%s)", h->provider, why);
	conn_ends_close(&h->ends);
	conn_fini(&h->conn);
	h->in_haste = false;
	h->late_ms = 0;
	h->welcome = false;
	h->lost_at_ms = clock_now_ms();
	h->retry_at_ms = h->lost_at_ms + CORE_RETRY_MS;
	if (!h->socket_path || is_half_started(h))
		h->ending = true;
}

static void check_sent(struct host *h, int err)
{
	h->in_haste = true;
	if (err)
		lose_core(h, strerror(-err));
}

void host_send(struct host *h, struct frame_header *header, const ProtobufCMessage *body)
{
	if (h->conn.fd >= 0)
		check_sent(h, conn_send(&h->conn, header, body));
}

void host_send_later(struct host *h, struct frame_header *header, const ProtobufCMessage *body)
{
	bool in_haste = h->in_haste || conn_queued(&h->conn) > LATER_MAX;

	host_send(h, header, body);
	h->in_haste = in_haste;
	if (h->conn.fd >= 0 && !h->late_ms)
		h->late_ms = clock_now_ms() + LATER_MS;
}

void host_send_bytes(struct host *h, struct frame_header *header, const void *body, size_t size)
{
	if (h->conn.fd >= 0)
		check_sent(h, conn_send_bytes(&h->conn, header, body, size));
}

bool host_send_fd(struct host *h, struct frame_header *header, const void *body, size_t size,
		int fd)
{
	int err;

	if (h->conn.fd < 0)
		return true;
	if (conn_queued_fds(&h->conn) == CONN_FDS) /* the core has not read the ones before */
		(void)conn_flush(&h->conn);
	err = conn_send_fd(&h->conn, header, body, size, fd);
	if (err == -EMFILE || err == -ENFILE)
		return false;
	check_sent(h, err);
	return true;
}

int host_init(struct host *h, const char *provider)
{
	memset(h, 0, sizeof(*h));
	h->provider = provider;
	h->conn.fd = h->conn.in_fd = h->conn.out_fd = -1;
	h->stop_fd = -1;
	h->instance = random_u64();
	list_init(&h->lines);
	list_init(&h->phones);
	list_init(&h->msps);
	list_init(&h->requests);
	list_init(&h->tags);
	list_init(&h->early);
	list_init(&h->kept);
	arena_init(&h->arena, MESSAGE_MAX);
	arena_init(&h->turn_arena, MESSAGE_MAX);
	h->inbox = inbox_open(provider);
	if (h->inbox)
		return 0;
	arena_fini(&h->arena);
	arena_fini(&h->turn_arena);
	return -ENFILE;
}

/* Where a TSP that was closed may still write; reachable for ever, as the TSP's code is. */
static struct list abandoned = LIST_INIT(abandoned);
static pthread_mutex_t abandoned_lock = PTHREAD_MUTEX_INITIALIZER;

static void leave(struct request *r)
{
	pthread_mutex_lock(&abandoned_lock);
	list_append(&abandoned, &r->link);
	pthread_mutex_unlock(&abandoned_lock);
}

static void free_requests(struct host *h)
{
	list_for_safe(l, &h->requests) {
		struct request *r = list_entry(l, struct request, link);

		inbox_forget(h->inbox, r);
		list_remove(l);
		if (r->abandoned)
			leave(r);
		else
			request_free(r);
	}
}

static void free_items(struct list *items)
{
	list_for_safe(l, items) {
		list_remove(l);
		item_free(list_entry(l, struct item, link));
	}
}

void host_fini(struct host *h)
{
	struct call *c;

	conn_ends_close(&h->ends);
	conn_fini(&h->conn);
	while (!list_empty(&h->lines))
		line_free(h, list_entry(h->lines.next, struct line, link));
	while (!list_empty(&h->phones))
		phone_free(h, list_entry(h->phones.next, struct phone, link));
	while ((c = inbox_any(h->inbox, HANDLE_CALL))) /* reported, never seen here */
		call_free(h, c);
	free_requests(h);
	while (!list_empty(&h->tags))
		tag_free(list_entry(h->tags.next, struct tag, link));
	inbox_close(h->inbox);
	free_items(&h->early);
	event_forget_kept(h);
	devices_fini(&h->lines_known);
	devices_fini(&h->phones_known);
	map_fini(&h->calls);
	map_fini(&h->lines_by_device);
	arena_fini(&h->arena);
	arena_fini(&h->turn_arena);
	mem_free(h->info.data);
	mem_free(h->status.data);
	config_fini(&h->config);
	mem_free(h->path);
}

int host_attach(struct host *h, int fd)
{
	conn_init(&h->conn, fd, LIMIT_EDGE);
	h->conn.spares_signal = true; /* the TSP may do with it what it likes */
	h->welcome = false;
	hello_send(h);
	return h->conn.fd < 0 ? -ENOMEM : 0;
}

static int take_note(struct host *h, const struct frame *f)
{
	const Note *m;
	struct phone *p;
	struct line *l;
	struct call *c;

	arena_reset(&h->arena, MESSAGE_MAX);
	m = (const Note *)arena_unpack(&h->arena, &note__descriptor, f->body, f->h.length);
	if (!m || m->data.len > NOTE_MAX)
		return -EPROTO;
	if (m->phone) {
		p = phone_find(h, (uint32_t)m->object);
		return p ? note_set(&p->note, m->data.data, m->data.len) : 0;
	}
	if (m->object > UINT32_MAX) {
		c = call_find(h, m->object);
		return c ? note_set(&c->note, m->data.data, m->data.len) : 0;
	}
	l = line_find(h, (uint32_t)m->object);
	return l ? note_set(&l->note, m->data.data, m->data.len) : 0;
}

static int take_hello(struct host *h, const struct frame *f)
{
	int err = h->welcome ? -EPROTO : hello_take(h, f);

	if (err == -EPROTO)
		return err;
	if (err) { /* it would be the same the next time */
		h->exit_code = 1;
		h->ending = true;
		return err;
	}
	if (h->resuming)
		turn_run(h); /* what was raised so far is part of the snapshot, or kept */
	h->welcome = true;
	if (h->resuming)
		hello_send_snapshots(h);
	else
		event_forget_kept(h);
	return 0;
}

static int take_frame(struct host *h, struct frame *f)
{
	int err = f->h.kind == FRAME_PIPE && !h->welcome ? conn_ends_take(&h->ends, f) : 1;

	if (f->fd >= 0)
		close(f->fd); /* no other frame to a host has one */
	if (err <= 0)
		return err;
	if (f->h.kind == FRAME_HELLO)
		return take_hello(h, f);
	if (!h->welcome)
		return -EPROTO;
	if (f->h.kind < FRAME_HELLO)
		return job_run(h, f);
	switch (f->h.kind) {
	case FRAME_ACK:
		request_acknowledged(h, f->h.serial);
		return 0;
	case FRAME_NOTE:
		return take_note(h, f);
	default:
		return -EPROTO;
	}
}

static void read_core(struct host *h)
{
	int err = conn_read(&h->conn);
	struct frame f;
	int got;

	while (!h->ending && h->conn.fd >= 0 && (got = conn_next(&h->conn, &f)) != 0) {
		int bad = got < 0 ? got : take_frame(h, &f);

		if (bad) {
			log_error("%s: connection to the core closed: %s", h->provider,
					got < 0          ? h->conn.why
					: bad == -EPROTO ? frame_kind_name(f.h.kind)
							 : strerror(-bad));
			lose_core(h, "protocol");
			return;
		}
	}
	if (err)
		lose_core(h, err == -ECONNRESET ? "it closed the connection" : strerror(-err));
}

/* Tries again, or gives up. */
static void seek_core(struct host *h)
{
	uint64_t now = clock_now_ms();
	int fd;

	if (now >= h->lost_at_ms + CORE_PATIENCE_MS) {
		log_error("%s: no core for %d ms", h->provider, CORE_PATIENCE_MS);
		h->exit_code = 1;
		h->ending = true;
		return;
	}
	if (now < h->retry_at_ms)
		return;
	h->retry_at_ms = now + CORE_RETRY_MS;
	fd = os_unix_connect(h->socket_path);
	if (fd >= 0 && host_attach(h, fd) == 0)
		log_info("%s: connected to the core", h->provider);
}

static int timeout_ms(const struct host *h, bool room)
{
	uint64_t now = clock_now_ms();

	if (room && !inbox_is_empty(h->inbox))
		return 0;
	if (h->conn.fd >= 0 && h->late_ms && !h->in_haste)
		return h->late_ms > now ? (int)(h->late_ms - now) : 0;
	if (h->conn.fd >= 0)
		return -1;
	return h->retry_at_ms > now ? (int)(h->retry_at_ms - now) : 0;
}

static void wait_and_read(struct host *h)
{
	bool room = conn_queued(&h->conn) < OUT_MAX;
	struct pollfd fds[] = {
		{ .fd = room ? inbox_wake_fd(h->inbox) : -1, .events = POLLIN },
		{ .fd = h->conn.in_fd, .events = room ? POLLIN : 0 },
		{ .fd = h->stop_fd, .events = POLLIN },
		{ .fd = h->in_haste ? h->conn.out_fd : -1, .events = POLLOUT },
	};

	if (poll(fds, h->in_haste ? 4 : 3, timeout_ms(h, room)) < 0)
		return;
	if (fds[0].revents)
		inbox_heard(h->inbox);
	if (fds[2].revents)
		h->ending = true;
	if (fds[1].revents & (POLLIN | POLLHUP | POLLERR))
		read_core(h);
}

static void flush(struct host *h)
{
	int err = h->conn.fd >= 0 ? conn_flush(&h->conn) : 0;

	h->in_haste = err > 0;
	h->late_ms = 0;
	if (err < 0)
		lose_core(h, strerror(-err));
}

static void flush_if_due(struct host *h)
{
	if (h->in_haste || (h->late_ms && clock_now_ms() >= h->late_ms))
		flush(h);
}

/* The last frames, as far as a core that does not read lets them go. */
static void flush_at_the_end(struct host *h)
{
	uint64_t until = clock_now_ms() + CORE_RETRY_MS * 10;

	while (h->conn.fd >= 0 && conn_queued(&h->conn) && clock_now_ms() < until) {
		struct pollfd core = { .fd = h->conn.out_fd, .events = POLLOUT };

		(void)poll(&core, 1, CORE_RETRY_MS);
		flush(h);
	}
}

void host_turn(struct host *h)
{
	if (conn_queued(&h->conn) < OUT_MAX)
		turn_run(h);
	flush_if_due(h);
	if (h->conn.fd < 0 && !h->ending)
		seek_core(h);
	if (!h->ending)
		wait_and_read(h);
}

int host_run(struct host *h)
{
	while (!h->ending)
		host_turn(h);
	stop_provider(h);
	flush_at_the_end(h);
	return h->exit_code;
}

int tsphost_run(int fd, const char *provider)
{
	struct host h;
	int code;

	if (host_init(&h, provider) < 0) {
		log_error("%s: too many providers in one process", provider);
		close(fd);
		return 1;
	}
	code = host_attach(&h, fd) < 0 ? 1 : host_run(&h);
	host_fini(&h);
	return code;
}
