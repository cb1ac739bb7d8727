// SPDX-License-Identifier: MIT
/* load.c - bench-load: many clients with many requests each under way, in one process with one
 * epoll or kqueue, so that the server has all it can do. Replies are counted by their headers and
 * each is followed by the next request; nothing is unpacked. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/os.h"
#include "floor_frames.h"
#include "slice.h"
#include "wire.h"

#include <errno.h>
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <unistd.h>

static const char usage[] =
		"usage: bench-load floor SOCKET FRAMES CLIENTS DEPTH SECONDS PLACE PID\n"
		"       bench-load core SOCKET LINES CLIENTS DEPTH SECONDS PLACE PID\n"
		"\n"
		"floor: SOCKET is that of bench-floor-rpc serve. core: each client has a call on "
		"one of\n"
		"LINES lines and asks lineGetCallStatus. PID: the server.\n";

enum { DEPTH_MAX = 64, FRAME_MAX = 128 };

struct client {
	struct wire wire;
	struct event *readable;
	struct load *load;
	uint8_t request[FRAME_MAX];
	size_t size, unread;
	uint32_t serial;
	uint8_t in[FLOOR_BUFFER];
};

static struct load {
	struct event_base *base;
	struct client *clients;
	unsigned count, depth;
	uint64_t begin_ns, end_ns, cpu_ns, done;
	pid_t server;
	bool counting;
	int err;
} load;

static void end(struct load *l, int err)
{
	l->err = err;
	(void)event_base_loopbreak(l->base);
}

static void ask(struct client *c, unsigned count)
{
	static uint8_t out[DEPTH_MAX * FRAME_MAX];
	size_t size = 0;

	for (; count; count--) {
		uint8_t *serial = out + size + 8;

		memcpy(out + size, c->request, c->size);
		c->serial = c->serial % 0x7fffffff + 1;
		for (int i = 0; i < 4; i++)
			serial[i] = (uint8_t)(c->serial >> 8 * i);
		size += c->size;
	}
	if (size && write(c->wire.conn.fd, out, size) != (ssize_t)size)
		end(c->load, -EIO);
}

static void acknowledge(struct client *c, const struct frame_header *event)
{
	struct frame_header h = { .kind = FRAME_ACK, .serial = event->serial };
	uint8_t ack[FRAME_HEADER];

	frame_header_pack(&h, ack);
	if ((event->flags & FLAG_WANT_ACK) &&
			write(c->wire.conn.fd, ack, sizeof(ack)) != (ssize_t)sizeof(ack))
		end(c->load, -EIO);
}

/* How many replies are whole; what is not stays. */
static unsigned take(struct client *c)
{
	struct frame_header h;
	unsigned replies = 0;
	size_t at = 0;

	while (c->unread - at >= FRAME_HEADER) {
		frame_header_unpack(c->in + at, &h);
		if (c->unread - at < FRAME_HEADER + h.length)
			break;
		at += FRAME_HEADER + h.length;
		replies += h.kind == FRAME_RETURN;
		if (h.kind == FRAME_RETURN && h.result)
			end(c->load, -EIO);
		if (h.kind == FRAME_EVENT)
			acknowledge(c, &h);
	}
	c->unread -= at;
	memmove(c->in, c->in + at, c->unread);
	return replies;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct client *c = arg;
	ssize_t n = read(fd, c->in + c->unread, sizeof(c->in) - c->unread);
	unsigned replies;

	(void)what;
	if (n <= 0) {
		if (n == 0 || (errno != EAGAIN && errno != EINTR))
			end(c->load, -ECONNRESET);
		return;
	}
	c->unread += (size_t)n;
	replies = take(c);
	if (c->load->counting)
		c->load->done += replies;
	ask(c, replies);
}

static void on_time(evutil_socket_t fd, short what, void *arg)
{
	struct load *l = arg;

	(void)fd;
	(void)what;
	if (l->counting) {
		l->end_ns = clock_now_ns();
		l->cpu_ns += place_cpu_ns(l->server);
		(void)event_base_loopbreak(l->base);
		return;
	}
	l->counting = true;
	l->begin_ns = clock_now_ns();
	l->cpu_ns -= place_cpu_ns(l->server);
}

static int read_request(struct client *c, const char *frames)
{
	FILE *f = fopen(frames, "re");
	struct frame_header h;

	if (!f)
		return -errno;
	c->size = fread(c->request, 1, FRAME_MAX, f);
	(void)fclose(f);
	frame_header_unpack(c->request, &h);
	c->size = FRAME_HEADER + h.length;
	return c->size <= FRAME_MAX ? 0 : -EMSGSIZE;
}

static int open_floor(struct client *c, const char *socket, const char *frames)
{
	int fd = os_unix_connect(socket);

	if (fd < 0)
		return fd;
	conn_init(&c->wire.conn, fd, LIMIT_EDGE);
	return read_request(c, frames);
}

static int open_core(struct client *c, const char *socket, uint32_t device)
{
	LineGetCallStatus m = LINE_GET_CALL_STATUS__INIT;
	struct frame_header h = { .kind = CALL_LineGetCallStatus };
	int err = wire_connect(&c->wire, socket);

	if (!err)
		err = wire_open_line(&c->wire, device, LINECALLPRIVILEGE_NONE);
	if (!err)
		err = wire_make_call(&c->wire, device);
	if (err)
		return err;
	m.has_call = m.has_call_status = 1;
	m.call = c->wire.call;
	m.call_status = 1024;
	h.open = c->wire.open;
	h.length = (uint32_t)line_get_call_status__pack(&m, c->request + FRAME_HEADER);
	frame_header_pack(&h, c->request);
	c->size = FRAME_HEADER + h.length;
	c->serial = c->wire.serial;
	return 0;
}

static int open_clients(struct load *l, char **argv)
{
	bool floor = strcmp(argv[1], "floor") == 0;
	uint32_t lines = (uint32_t)strtoul(argv[3], NULL, 10);
	int err = 0;

	for (unsigned i = 0; i < l->count && !err; i++) {
		struct client *c = &l->clients[i];

		c->load = l;
		err = floor ? open_floor(c, argv[2], argv[3])
			    : open_core(c, argv[2], lines ? i % lines : 0);
		if (err)
			continue;
		c->readable = event_new(l->base, c->wire.conn.fd, EV_READ | EV_PERSIST, on_readable,
				c);
		if (!c->readable || event_add(c->readable, NULL) < 0)
			err = -ENOMEM;
	}
	return err;
}

static int run(struct load *l, double seconds, struct place place)
{
	struct timeval warm_up = { .tv_usec = 100000 },
		       whole = { .tv_sec = (time_t)(seconds + 0.1) };
	int err = place_pin(0, place.others);

	whole.tv_usec = (suseconds_t)((seconds + 0.1 - (double)whole.tv_sec) * 1e6);
	if (!err)
		err = place_pin(l->server, place.daemon);
	if (!err && (event_base_once(l->base, -1, EV_TIMEOUT, on_time, l, &warm_up) < 0 ||
				    event_base_once(l->base, -1, EV_TIMEOUT, on_time, l, &whole) <
						    0))
		err = -ENOMEM;
	if (err)
		return err;
	for (unsigned i = 0; i < l->count; i++)
		ask(&l->clients[i], l->depth);
	(void)event_base_dispatch(l->base);
	return l->err;
}

static void report(const struct load *l)
{
	double s = (double)(l->end_ns - l->begin_ns) / 1e9;

	printf("n=%llu per_s=%.0f cpu0_us=%.3f\n", (unsigned long long)l->done, (double)l->done / s,
			l->done ? (double)l->cpu_ns / 1e3 / (double)l->done : 0);
}

int main(int argc, char **argv)
{
	int err;

	if (argc != 9) {
		fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	load.count = (unsigned)atoi(argv[4]);
	load.depth = (unsigned)atoi(argv[5]);
	load.server = (pid_t)atol(argv[8]);
	load.base = event_base_new();
	load.clients = mem_new_array(struct client, load.count);
	err = !load.base || !load.clients || load.depth > DEPTH_MAX ? -EINVAL
								    : open_clients(&load, argv);
	if (!err)
		err = run(&load, atof(argv[6]), place_parse(argv[7]));
	if (err)
		fprintf(stderr, "bench-load: %s\n", strerror(-err));
	else
		report(&load);
	return err ? 1 : 0;
}
