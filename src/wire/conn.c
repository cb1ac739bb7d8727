// SPDX-License-Identifier: MIT
/* conn.c - buffers and descriptors around one stream socket. A frame with a descriptor is one
 * sendmsg of its own; descriptors that come without the flag are closed. */
#define _DEFAULT_SOURCE /* CMSG_SPACE */
#define _DARWIN_C_SOURCE
#include "wire/conn.h"

#include "base/mem.h"
#include "base/os.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#ifdef MSG_CMSG_CLOEXEC
#define RECEIVE_FLAGS MSG_CMSG_CLOEXEC
#else
#define RECEIVE_FLAGS 0
#endif
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

enum { READ_SIZE = 16384, READ_ROUNDS = 16 };

void conn_init(struct conn *c, int fd, uint32_t limit)
{
	memset(c, 0, sizeof(*c));
	c->fd = c->in_fd = c->out_fd = fd;
	c->limit = limit;
	(void)os_nonblock(fd);
}

void conn_use_pipes(struct conn *c, int in, int out)
{
	c->in_fd = in;
	c->out_fd = out;
}

int conn_ends_take(struct conn_ends *ends, struct frame *frame)
{
	if (frame->fd < 0 || ends->count == 2 || !os_is_pipe(frame->fd) || os_nonblock(frame->fd))
		return -EPROTO;
	ends->fds[ends->count++] = frame->fd;
	frame->fd = -1;
	return 0;
}

int conn_ends_use(struct conn_ends *ends, struct conn *c)
{
	if (ends->count != 2 || conn_queued(c))
		return -EPROTO;
	conn_use_pipes(c, ends->fds[1], ends->fds[0]);
	ends->count = 0;
	return 0;
}

void conn_ends_close(struct conn_ends *ends)
{
	while (ends->count)
		close(ends->fds[--ends->count]);
}

static bool has_pipes(const struct conn *c)
{
	return c->in_fd != c->fd;
}

static void close_all(struct conn_fds *fds)
{
	for (unsigned i = 0; fds && i < fds->count; i++)
		if (fds->list[i].fd >= 0)
			close(fds->list[i].fd);
	mem_free(fds);
}

/* Room for one more, or NULL. */
static struct conn_fd *add_fd(struct conn_fds **fds)
{
	if (!*fds)
		*fds = mem_new(struct conn_fds);
	return *fds && (*fds)->count < CONN_FDS ? &(*fds)->list[(*fds)->count++] : NULL;
}

static void remove_fds(struct conn_fds *fds, unsigned count)
{
	fds->count -= count;
	memmove(fds->list, fds->list + count, fds->count * sizeof(fds->list[0]));
}

/* The number stays taken while somebody polls it. */
static void end_pipe(const struct conn *c, int fd)
{
	(void)dup2(c->fd, fd);
	(void)os_cloexec(fd);
}

void conn_hang_up(const struct conn *c, const struct conn_ends *ends)
{
	(void)shutdown(c->fd, SHUT_RDWR);
	if (has_pipes(c)) {
		end_pipe(c, c->in_fd);
		end_pipe(c, c->out_fd);
	}
	for (unsigned i = 0; i < ends->count; i++)
		end_pipe(c, ends->fds[i]);
}

void conn_fini(struct conn *c)
{
	close_all(c->in_fds);
	close_all(c->out_fds);
	c->in_fds = c->out_fds = NULL;
	if (has_pipes(c)) {
		close(c->in_fd);
		close(c->out_fd);
	}
	if (c->fd >= 0)
		close(c->fd);
	c->fd = c->in_fd = c->out_fd = -1;
	buf_fini(&c->in);
	buf_fini(&c->out);
}

/* `at` is the last byte that came with them: it lies in their frame, because a frame with a
 * descriptor is a sendmsg of its own and a receive ends where descriptors were attached. */
static void keep_descriptors(struct conn *c, struct msghdr *msg, uint64_t at)
{
	for (struct cmsghdr *m = CMSG_FIRSTHDR(msg); m; m = CMSG_NXTHDR(msg, m)) {
		size_t count;

		if (m->cmsg_level != SOL_SOCKET || m->cmsg_type != SCM_RIGHTS)
			continue;
		count = (m->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < count; i++) {
			struct conn_fd *to = add_fd(&c->in_fds);
			int fd;

			memcpy(&fd, CMSG_DATA(m) + i * sizeof(int), sizeof(fd));
			(void)os_cloexec(fd);
			if (to)
				*to = (struct conn_fd){ .at = at, .fd = fd };
			else
				close(fd);
		}
	}
	if (msg->msg_flags & MSG_CTRUNC) { /* this process has no descriptor left for it */
		struct conn_fd *to = add_fd(&c->in_fds);

		if (to)
			*to = (struct conn_fd){ .at = at, .fd = -1 };
	}
}

static ssize_t read_pipe(const struct conn *c, uint8_t *to, size_t size)
{
	ssize_t n;

	do
		n = read(c->in_fd, to, size);
	while (n < 0 && errno == EINTR);
	return n;
}

/* From the socket; `at` is where in the stream that is. */
static ssize_t receive(struct conn *c, uint8_t *to, size_t size, uint64_t at)
{
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(sizeof(int) * CONN_FDS)];
	} control;
	struct iovec iov = { to, size };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.space,
		.msg_controllen = sizeof(control.space) };
	ssize_t n;

	do
		n = recvmsg(c->fd, &msg, RECEIVE_FLAGS);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		keep_descriptors(c, &msg, at + (uint64_t)n - 1);
	return n;
}

static void eat_taken(struct conn *c)
{
	buf_eat(&c->in, c->taken);
	c->in_done += c->taken;
	c->taken = 0;
}

int conn_read(struct conn *c)
{
	eat_taken(c);
	for (int round = 0; round < READ_ROUNDS; round++) {
		uint8_t *to = buf_reserve(&c->in, READ_SIZE);
		ssize_t n;

		if (!to)
			return -ENOMEM;
		n = has_pipes(c) ? read_pipe(c, to, READ_SIZE)
				 : receive(c, to, READ_SIZE, c->in_done + c->in.size);
		if (n <= 0 && round)
			return 0;
		if (n == 0)
			return -ECONNRESET;
		if (n < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -errno;
		buf_added(&c->in, (size_t)n);
		if (n < READ_SIZE)
			return 0;
	}
	return 0;
}

/* The descriptor that came with the frame that ends before `end`, -1 if none or not announced. What
 * came with it or before it otherwise is closed. *lost: it came, but could not be had. */
static int take_descriptor(struct conn *c, uint64_t end, bool announced, bool *lost)
{
	struct conn_fds *fds = c->in_fds;
	unsigned count = 0;
	int fd = -1;

	*lost = false;
	if (!fds || !fds->count)
		return -1;
	for (; count < fds->count && fds->list[count].at < end; count++) {
		if (fds->list[count].fd < 0)
			*lost = true;
		else if (announced && fd < 0)
			fd = fds->list[count].fd;
		else
			close(fds->list[count].fd);
	}
	remove_fds(fds, count);
	return fd;
}

int conn_next(struct conn *c, struct frame *out)
{
	bool announced, lost;
	size_t whole;

	eat_taken(c);
	if (c->in.size < FRAME_HEADER)
		return 0;
	frame_header_unpack(buf_head(&c->in), &out->h);
	if (out->h.length > c->limit) {
		c->why = "frame too long";
		return -EPROTO;
	}
	if (c->in.size - FRAME_HEADER < out->h.length)
		return 0;
	whole = FRAME_HEADER + out->h.length;
	announced = out->h.flags & FLAG_DESCRIPTOR;
	if (announced && has_pipes(c)) {
		uint8_t beside;

		(void)receive(c, &beside, sizeof(beside), c->in_done);
	}
	out->fd = take_descriptor(c, c->in_done + whole, announced, &lost);
	if (announced && out->fd < 0 && !lost) {
		c->why = "a frame announced a descriptor that did not come";
		return -EPROTO;
	}
	out->body = buf_head(&c->in) + FRAME_HEADER;
	c->taken = whole;
	return 1;
}

bool conn_has_next(const struct conn *c)
{
	const size_t size = c->in.size - c->taken;
	struct frame_header h;

	if (size < FRAME_HEADER)
		return false;
	frame_header_unpack(buf_head(&c->in) + c->taken, &h);
	return size - FRAME_HEADER >= h.length;
}

int conn_send_bytes(struct conn *c, struct frame_header *h, const void *body, size_t size)
{
	uint8_t *to;

	if (size > LIMIT_EDGE)
		return -EMSGSIZE;
	to = buf_reserve(&c->out, FRAME_HEADER + size);
	if (!to)
		return -ENOMEM;
	h->length = (uint32_t)size;
	frame_header_pack(h, to);
	if (size)
		memcpy(to + FRAME_HEADER, body, size);
	buf_added(&c->out, FRAME_HEADER + size);
	return 0;
}

int conn_send(struct conn *c, struct frame_header *h, const ProtobufCMessage *body)
{
	size_t size = body ? protobuf_c_message_get_packed_size(body) : 0;
	uint8_t *to;

	if (size > LIMIT_EDGE)
		return -EMSGSIZE;
	to = buf_reserve(&c->out, FRAME_HEADER + size);
	if (!to)
		return -ENOMEM;
	h->length = (uint32_t)size;
	frame_header_pack(h, to);
	if (size)
		(void)protobuf_c_message_pack(body, to + FRAME_HEADER);
	buf_added(&c->out, FRAME_HEADER + size);
	return 0;
}

int conn_send_fd(struct conn *c, struct frame_header *h, const void *body, size_t size, int fd)
{
	uint64_t at = c->out_done + c->out.size;
	struct conn_fd *to;
	int copy, err;

	if (conn_queued_fds(c) == CONN_FDS)
		return -EMSGSIZE;
	to = add_fd(&c->out_fds);
	if (!to)
		return -ENOMEM;
	copy = dup(fd);
	err = copy < 0 ? -errno : os_cloexec(copy);
	h->flags |= FLAG_DESCRIPTOR;
	if (!err)
		err = conn_send_bytes(c, h, body, size);
	*to = (struct conn_fd){ .at = at, .size = FRAME_HEADER + size, .fd = copy };
	if (!err)
		return 0;
	c->out_fds->count--;
	if (copy >= 0)
		close(copy);
	return err;
}

/* How far one write may go: to the next frame that has a descriptor, or to the end of that one. */
static size_t write_span(const struct conn *c, int *fd)
{
	const struct conn_fd *next;

	*fd = -1;
	if (!conn_queued_fds(c))
		return c->out.size;
	next = &c->out_fds->list[0];
	if (next->at > c->out_done)
		return (size_t)(next->at - c->out_done);
	*fd = next->fd;
	return next->size;
}

static ssize_t write_pipe(const struct conn *c, size_t size)
{
	ssize_t n;

	do
		n = c->spares_signal ? os_write_quietly(c->out_fd, buf_head(&c->out), size)
				     : write(c->out_fd, buf_head(&c->out), size);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Through the socket. */
static ssize_t transmit(const struct conn *c, const void *data, size_t size, int fd)
{
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec iov = { (void *)(uintptr_t)data, size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	ssize_t n;

	if (fd >= 0) {
		struct cmsghdr *m;

		memset(&control, 0, sizeof(control));
		msg.msg_control = control.space;
		msg.msg_controllen = sizeof(control.space);
		m = CMSG_FIRSTHDR(&msg);
		m->cmsg_level = SOL_SOCKET;
		m->cmsg_type = SCM_RIGHTS;
		m->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(m), &fd, sizeof(fd));
	}
	do
		n = sendmsg(c->fd, &msg, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n;
}

/* The frame that starts at this place of what is queued: its whole size. */
static size_t frame_at(const struct conn *c, size_t at, struct frame_header *h)
{
	frame_header_unpack(buf_head(&c->out) + at, h);
	return FRAME_HEADER + h->length;
}

/* n bytes are about to leave the queue. */
static void note_written(struct conn *c, size_t n)
{
	size_t at = c->out_rest; /* a frame begins there */
	struct frame_header h;

	if (n == c->out.size)
		at = n;
	while (at < n)
		at += frame_at(c, at, &h);
	c->out_rest = at - n;
}

size_t conn_count_unsent(const struct conn *c)
{
	size_t count = 0;
	struct frame_header h;

	for (size_t at = c->out_rest; at < c->out.size;) {
		at += frame_at(c, at, &h);
		count += h.kind == FRAME_EVENT;
	}
	return count;
}

/* Beside the pipe, before its frame. Who does not take them is not waited for. */
static int send_beside(struct conn *c, int fd)
{
	const uint8_t beside = 0;

	if (transmit(c, &beside, sizeof(beside), fd) < 0)
		return errno == EAGAIN ? -ENOBUFS : -errno;
	return 0;
}

static void sent_descriptor(struct conn *c, int fd)
{
	close(fd);
	remove_fds(c->out_fds, 1);
}

int conn_flush(struct conn *c)
{
	while (c->out.size) {
		int fd;
		size_t span = write_span(c, &fd);
		ssize_t n;

		if (fd >= 0 && has_pipes(c)) {
			int err = send_beside(c, fd);

			if (err)
				return err;
			sent_descriptor(c, fd);
			continue;
		}
		n = has_pipes(c) ? write_pipe(c, span) : transmit(c, buf_head(&c->out), span, fd);
		if (n < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK ? 1 : -errno;
		if (fd >= 0)
			sent_descriptor(c, fd);
		c->out_done += (uint64_t)n;
		note_written(c, (size_t)n);
		buf_eat(&c->out, (size_t)n);
	}
	return 0;
}
