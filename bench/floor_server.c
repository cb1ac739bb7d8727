// SPDX-License-Identifier: MIT
/* floor_server.c - see floor_server.h. The event server is the shape of the daemon's loop: plain
 * libevent events; one read of what is there, one write of all answers to it. */
#include "floor_server.h"

#include "base/os.h"

#include <errno.h>
#include <event2/event.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct server {
	const struct floor_frames *frames;
	struct event_base *base;
	struct floor_buffer out;
	bool serves_one;
	int err;
};

struct client {
	struct server *server;
	struct event *readable;
	struct floor_buffer in;
};

/* Answers all that is whole and keeps the rest. */
static int answer(struct server *s, int fd, struct floor_buffer *in)
{
	const struct floor_frames *f = s->frames;
	size_t at = 0;
	int err = 0;

	for (size_t size; !err && (size = floor_whole(in, at)); at += size) {
		ProtobufCMessage *request = floor_unpack(in, at, size, f->request->descriptor);

		if (!request)
			return -EPROTO;
		protobuf_c_message_free_unpacked(request, NULL);
		err = floor_pack(&s->out, FRAME_RETURN, f->reply);
	}
	in->size -= at;
	if (in->size)
		memmove(in->data, in->data + at, in->size);
	return err ? err : floor_write(fd, &s->out);
}

int floor_serve_blocking(int fd, const struct floor_frames *f)
{
	static struct floor_buffer in;
	static struct server s;
	int err = 0;

	s.frames = f;
	while (!err) {
		err = floor_read(fd, &in);
		if (!err)
			err = answer(&s, fd, &in);
	}
	return err == -ECONNRESET ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void end_client(struct client *c, int fd, int err)
{
	struct server *s = c->server;

	if (s->serves_one)
		(void)event_base_loopbreak(s->base);
	if (err != -ECONNRESET && err != -EPIPE)
		s->err = err;
	event_free(c->readable);
	(void)close(fd);
	free(c);
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct client *c = arg;
	ssize_t n = read(fd, c->in.data + c->in.size, FLOOR_BUFFER - c->in.size);
	int err = n > 0 ? 0 : n == 0 ? -ECONNRESET : -errno;

	(void)what;
	if (!err) {
		c->in.size += (size_t)n;
		err = answer(c->server, fd, &c->in);
	}
	if (err && err != -EAGAIN && err != -EINTR)
		end_client(c, fd, err);
}

static int add_client(struct server *s, int fd)
{
	struct client *c = calloc(1, sizeof(*c));

	if (!c)
		return -ENOMEM;
	c->server = s;
	c->readable = event_new(s->base, fd, EV_READ | EV_PERSIST, on_readable, c);
	if (c->readable && event_add(c->readable, NULL) == 0)
		return 0;
	free(c);
	return -ENOMEM;
}

int floor_serve_event(int fd, const struct floor_frames *f)
{
	static struct server s;

	s.frames = f;
	s.base = event_base_new();
	s.serves_one = true;
	if (!s.base || add_client(&s, fd) < 0)
		return EXIT_FAILURE;
	(void)event_base_dispatch(s.base);
	event_base_free(s.base);
	return s.err ? EXIT_FAILURE : EXIT_SUCCESS;
}

static void on_connection(evutil_socket_t listener, short what, void *arg)
{
	int fd = accept(listener, NULL, NULL);

	(void)what;
	if (fd >= 0 && add_client(arg, fd) < 0)
		(void)close(fd);
}

static void on_term(evutil_socket_t number, short what, void *arg)
{
	(void)number;
	(void)what;
	(void)event_base_loopbreak(arg);
}

int floor_serve_socket(const char *path, const struct floor_frames *f)
{
	static struct server s;
	struct event *connection, *term;
	int fd = os_unix_listen(path, 0600);

	s.frames = f;
	s.base = event_base_new();
	if (fd < 0 || !s.base)
		return EXIT_FAILURE;
	connection = event_new(s.base, fd, EV_READ | EV_PERSIST, on_connection, &s);
	term = event_new(s.base, SIGTERM, EV_SIGNAL, on_term, s.base);
	if (!connection || !term || event_add(connection, NULL) < 0 || event_add(term, NULL) < 0)
		return EXIT_FAILURE;
	(void)event_base_dispatch(s.base);
	event_free(connection);
	event_free(term);
	(void)close(fd);
	(void)unlink(path);
	event_base_free(s.base);
	return s.err ? EXIT_FAILURE : EXIT_SUCCESS;
}
