// SPDX-License-Identifier: MIT
/* floor_server.c - see floor_server.h. The event server is the shape of the daemon's loop: a plain
 * libevent event, one read of what is there, one write of the answer. */
#include "floor_server.h"

#include "base/os.h"

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <unistd.h>

struct server {
	const struct floor_frames *frames;
	struct event_base *base;
	struct floor_buffer in, out;
	int err;
};

static int answer(struct server *s, int fd)
{
	ProtobufCMessage *request = floor_unpack(&s->in, s->frames->request->descriptor);
	int err;

	if (!request)
		return -EPROTO;
	protobuf_c_message_free_unpacked(request, NULL);
	err = floor_pack(&s->out, FRAME_RETURN, s->frames->reply);
	return err ? err : floor_write(fd, &s->out);
}

int floor_serve_blocking(int fd, const struct floor_frames *f)
{
	struct server s = { .frames = f };
	int err = 0;

	while (!err) {
		err = floor_read(fd, &s.in);
		if (!err)
			err = answer(&s, fd);
	}
	return err == -ECONNRESET ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;
	ssize_t n = read(fd, s->in.data + s->in.size, FLOOR_BUFFER - s->in.size);

	(void)what;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	s->err = n > 0 ? 0 : n == 0 ? -ECONNRESET : -errno;
	if (!s->err) {
		s->in.size += (size_t)n;
		if (!floor_whole(&s->in))
			return;
		s->err = answer(s, fd);
		s->in.size = 0; /* a ping-pong: never two at a time */
	}
	if (s->err)
		(void)event_base_loopbreak(s->base);
}

int floor_serve_event(int fd, const struct floor_frames *f)
{
	struct server s = { .frames = f, .base = event_base_new() };
	struct event *e = s.base ? event_new(s.base, fd, EV_READ | EV_PERSIST, on_readable, &s)
				 : NULL;

	if (!e || os_nonblock(fd) < 0 || event_add(e, NULL) < 0)
		return EXIT_FAILURE;
	(void)event_base_dispatch(s.base);
	event_free(e);
	event_base_free(s.base);
	return s.err == -ECONNRESET ? EXIT_SUCCESS : EXIT_FAILURE;
}
