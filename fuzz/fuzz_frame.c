// SPDX-License-Identifier: MIT
/* fuzz_frame.c - bytes from a peer, in pieces and with descriptors between them: frames are cut,
 * their bodies unpacked as their kind says, printed, and sent on; what arrives there is the same.
 *
 * An input is pieces: a byte says how long the next is; with its highest bit a descriptor comes
 * along. The first byte is the limit. */
#include "base/os.h"
#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/conn.h"
#include "wire/json.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT = 4096, SHORT = 61 };

/* A text that was cut is the beginning of the whole. */
static void print(const ProtobufCMessage *msg)
{
	static char text[TEXT], cut[SHORT];
	size_t whole = json_print(msg, text, sizeof(text));

	if (strlen(text) != (whole < sizeof(text) ? whole : sizeof(text) - 1))
		abort();
	if (json_print(msg, cut, sizeof(cut)) != whole || json_print(msg, NULL, 0) != whole ||
			strncmp(text, cut, strlen(cut)) != 0)
		abort();
}

/* A socket pair; what `from` sends, `to` reads. */
struct way {
	struct conn from, to;
};

static void way_open(struct way *w, uint32_t limit)
{
	int fds[2];

	if (os_socketpair(fds))
		abort();
	conn_init(&w->from, fds[0], limit);
	conn_init(&w->to, fds[1], limit);
}

static void way_close(struct way *w)
{
	conn_fini(&w->from);
	conn_fini(&w->to);
}

static void carry(struct way *w)
{
	while (conn_queued(&w->from)) {
		if (conn_flush(&w->from) < 0 || conn_read(&w->to))
			abort();
	}
}

/* Packed by us it is the same message. */
static void send_message(struct way *on, const struct frame *f, const ProtobufCMessage *msg)
{
	struct frame_header h = f->h;
	static char text[TEXT], again[TEXT];
	struct frame got;
	struct arena a;

	h.flags = 0;
	if (conn_send(&on->from, &h, msg))
		abort();
	carry(on);
	if (conn_next(&on->to, &got) != 1 || got.h.length != h.length)
		abort();
	arena_init(&a, MESSAGE_MAX);
	(void)json_print(msg, text, sizeof(text));
	msg = arena_unpack(&a, msg->descriptor, got.body, got.h.length);
	if (!msg)
		abort();
	(void)json_print(msg, again, sizeof(again));
	if (strcmp(text, again) != 0)
		abort();
	arena_fini(&a);
}

static void unpack(const ProtobufCMessageDescriptor *d, const struct frame *f, struct way *on)
{
	struct arena a;
	ProtobufCMessage *msg;

	arena_init(&a, MESSAGE_MAX);
	msg = arena_unpack(&a, d, f->body, f->h.length);
	if (msg) {
		print(msg);
		send_message(on, f, msg);
	}
	if (a.left > MESSAGE_MAX)
		abort();
	arena_reset(&a, MESSAGE_MAX);
	if (!arena_strdup(&a, frame_kind_name(f->h.kind)) || !arena_alloc(&a, 1))
		abort();
	arena_fini(&a);
}

static void read_body(const struct frame *f, struct way *on)
{
	static const ProtobufCMessageDescriptor *const bodies[] = { &hello__descriptor,
		&failure__descriptor, &failure__descriptor, &event__descriptor, &note__descriptor,
		&snapshot__descriptor, &failure__descriptor, &resync__descriptor,
		&call_note__descriptor };
	const struct rule *r = rule_find(f->h.kind);

	if (r) {
		unpack(r->request, f, on);
		unpack(r->reply, f, on);
	} else if (f->h.kind >= FRAME_HELLO && f->h.kind <= FRAME_ACK) {
		unpack(bodies[f->h.kind - FRAME_HELLO], f, on);
	}
}

static void send_on(struct way *on, const struct frame *f)
{
	struct frame_header h = f->h;
	struct frame got;
	uint8_t before[FRAME_HEADER], after[FRAME_HEADER];

	if (f->fd >= 0 ? conn_send_fd(&on->from, &h, f->body, f->h.length, f->fd)
		       : conn_send_bytes(&on->from, &h, f->body, f->h.length))
		abort();
	carry(on);
	if (conn_next(&on->to, &got) != 1 || got.h.length != f->h.length ||
			(got.fd >= 0) != (f->fd >= 0))
		abort();
	frame_header_pack(&f->h, before);
	frame_header_pack(&got.h, after);
	if (memcmp(before, after, sizeof(before)) != 0 ||
			(got.h.length && memcmp(got.body, f->body, got.h.length) != 0))
		abort();
	if (got.fd >= 0)
		(void)close(got.fd);
}

/* False: the connection has to be closed. */
static bool take_frames(struct way *in, struct way *on)
{
	struct frame f;
	int got;

	while ((got = conn_next(&in->to, &f)) == 1) {
		read_body(&f, on);
		send_on(on, &f);
		if (f.fd >= 0)
			(void)close(f.fd);
	}
	if (got < 0 && !in->to.why)
		abort();
	return got == 0;
}

/* As a peer that need not know conn.c would. */
static void put(int fd, const void *p, size_t size, bool with_descriptor)
{
	struct iovec iov = { (void *)(uintptr_t)p, size };
	union {
		struct cmsghdr header;
		char room[64];
	} control = { .room = { 0 } };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1 };

	if (with_descriptor) {
		m.msg_control = &control;
		m.msg_controllen = sizeof(control.header) + sizeof(fd);
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = m.msg_controllen;
		memcpy(&control.header + 1, &fd, sizeof(fd));
	}
	if (size && sendmsg(fd, &m, 0) != (ssize_t)size)
		abort();
}

/* The lowest number that is free: no descriptor stays behind. */
static int free_fd(void)
{
	int fd = dup(STDERR_FILENO);

	(void)close(fd);
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t limits[] = { LIMIT_BEFORE_HELLO, LIMIT_CORE, LIMIT_EDGE };
	uint32_t limit = limits[(size ? *data : 0) % 3];
	int before = free_fd();
	struct way in, on;
	size_t at = 1;
	bool open = true;

	way_open(&in, limit);
	way_open(&on, limit);
	while (open && at < size) {
		size_t n = data[at] & 0x7f;
		bool with_descriptor = data[at] & 0x80;

		at++;
		if (n > size - at)
			n = size - at;
		put(in.from.fd, data + at, n, with_descriptor);
		at += n;
		if (conn_read(&in.to))
			abort();
		open = take_frames(&in, &on);
	}
	way_close(&in);
	way_close(&on);
	if (free_fd() != before)
		abort();
	return 0;
}
