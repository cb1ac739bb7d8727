// SPDX-License-Identifier: MIT
/* wire.c - see wire.h. */
#include "wire.h"

#include "base/os.h"

#include <errno.h>
#include <poll.h>
#include <tapi.h>

enum { WAIT_MS = 20000, VERSION = 0x00020002 };

static int flush(struct wire *w)
{
	struct pollfd p = { .fd = w->conn.fd, .events = POLLOUT };
	int err;

	while ((err = conn_flush(&w->conn)) > 0)
		if (poll(&p, 1, WAIT_MS) <= 0)
			return -ETIMEDOUT;
	return err;
}

static int send_frame(struct wire *w, struct frame_header *h, const ProtobufCMessage *m)
{
	int err = conn_send(&w->conn, h, m);

	return err ? err : flush(w);
}

int wire_send(struct wire *w, struct frame_header *h, const void *body, size_t size)
{
	int err = conn_send_bytes(&w->conn, h, body, size);

	return err ? err : flush(w);
}

static int acknowledge(struct wire *w, const struct frame *f)
{
	struct frame_header ack = { .kind = FRAME_ACK, .serial = f->h.serial };

	return f->h.kind == FRAME_EVENT && (f->h.flags & FLAG_WANT_ACK) ? send_frame(w, &ack, NULL)
									: 0;
}

int wire_next(struct wire *w, struct frame *f)
{
	struct pollfd p = { .fd = w->conn.fd, .events = POLLIN };
	int got, err;

	for (;;) {
		got = conn_next(&w->conn, f);
		if (got < 0)
			return got;
		err = got ? acknowledge(w, f) : 0;
		if (err)
			return err;
		if (got && (f->h.kind != FRAME_EVENT || f->h.length))
			return 0;
		if (got)
			continue;
		if (poll(&p, 1, WAIT_MS) <= 0)
			return -ETIMEDOUT;
		err = conn_read(&w->conn);
		if (err)
			return err;
	}
}

int wire_take(struct wire *w)
{
	int err = conn_read(&w->conn);
	struct frame f;

	while (!err) {
		int got = conn_next(&w->conn, &f);

		if (got <= 0)
			return got;
		err = acknowledge(w, &f);
	}
	return err;
}

static int await(struct wire *w, uint16_t kind, uint32_t serial, struct frame *f)
{
	int err;

	do
		err = wire_next(w, f);
	while (!err && (f->h.kind != kind || f->h.serial != serial));
	return err ? err : f->h.result ? -EIO : 0;
}

int wire_request(struct wire *w, uint16_t kind, const ProtobufCMessage *m, struct frame *answer)
{
	struct frame_header h = { .kind = kind, .serial = ++w->serial, .open = w->open };
	int err = send_frame(w, &h, m);

	return err ? err : await(w, FRAME_RETURN, h.serial, answer);
}

int wire_hello(struct wire *w, const char *socket, uint64_t session)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT, *answer;
	struct frame f;
	int fd = os_unix_connect(socket), err;

	if (fd < 0)
		return fd;
	*w = (struct wire){ .serial = 0 };
	conn_init(&w->conn, fd, LIMIT_EDGE);
	hello.has_protocol = hello.has_api_low = hello.has_api_high = 1;
	hello.protocol = WIRE_PROTOCOL;
	hello.api_low = 0x00010003;
	hello.api_high = 0x00030001;
	hello.app_name = hello.friendly_name = (char *)(uintptr_t) "bench";
	hello.has_session = hello.has_resumed = session != 0;
	hello.resumed = session != 0;
	hello.session = session;
	err = send_frame(w, &h, &hello.base);
	if (!err)
		err = await(w, FRAME_HELLO, 0, &f);
	answer = err ? NULL : hello__unpack(NULL, f.h.length, f.body);
	if (answer)
		w->session = answer->session;
	hello__free_unpacked(answer, NULL);
	return err;
}

int wire_connect(struct wire *w, const char *socket)
{
	TapixInitialize initialize = TAPIX_INITIALIZE__INIT;
	struct frame f;
	int err = wire_hello(w, socket, 0);

	return err ? err : wire_request(w, CALL_TapixInitialize, &initialize.base, &f);
}

int wire_open_line(struct wire *w, uint32_t device, uint32_t privileges)
{
	LineOpen m = LINE_OPEN__INIT;
	struct frame f;
	int err;

	m.has_device = m.has_api_version = m.has_privileges = m.has_media_modes = 1;
	m.device = device;
	m.api_version = VERSION;
	m.privileges = privileges;
	m.media_modes = LINEMEDIAMODE_INTERACTIVEVOICE;
	err = wire_request(w, CALL_LineOpen, &m.base, &f);
	if (!err)
		w->open = f.h.open;
	return err;
}

int wire_await_state(struct wire *w, uint64_t state)
{
	struct frame f;
	bool reached = false;
	int err = 0;

	while (!err && !reached) {
		Event *e;

		err = wire_next(w, &f);
		if (err || f.h.kind != FRAME_EVENT)
			continue;
		e = event__unpack(NULL, f.h.length, f.body);
		reached = e && e->object == w->call && e->msg == LINE_CALLSTATE && e->p1 == state;
		event__free_unpacked(e, NULL);
	}
	return err;
}

int wire_make_call(struct wire *w, uint32_t device)
{
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineMakeCallReply *reply;
	struct frame f;
	int err;

	m.has_line = 1;
	m.line = device;
	m.dest_address = (char *)(uintptr_t) "4711";
	err = wire_request(w, CALL_LineMakeCall, &m.base, &f);
	if (err)
		return err;
	reply = line_make_call_reply__unpack(NULL, f.h.length, f.body);
	if (!reply)
		return -EPROTO;
	w->call = reply->call;
	line_make_call_reply__free_unpacked(reply, NULL);
	return wire_await_state(w, LINECALLSTATE_CONNECTED);
}

int wire_drop_call(struct wire *w)
{
	LineDrop drop = LINE_DROP__INIT;
	LineDeallocateCall over = LINE_DEALLOCATE_CALL__INIT;
	struct frame f;
	int err;

	drop.has_call = over.has_call = 1;
	drop.call = over.call = w->call;
	err = wire_request(w, CALL_LineDrop, &drop.base, &f);
	if (!err)
		err = wire_await_state(w, LINECALLSTATE_IDLE);
	return err ? err : wire_request(w, CALL_LineDeallocateCall, &over.base, &f);
}

void wire_close(struct wire *w)
{
	conn_fini(&w->conn);
}
