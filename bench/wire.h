// SPDX-License-Identifier: MIT
/* wire.h - an application that speaks the wire itself, for what libtapi cannot do: many sessions in
 * one process, many requests at once, nothing but bytes. Set-up waits; what follows is the
 * caller's.
 */
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include "wire/calls.h"
#include "wire/conn.h"

struct wire {
	struct conn conn;
	uint64_t session;
	uint32_t serial;
	uint32_t open; /* of its one line */
	uint64_t call;
};

/* All of them: 0 or -errno; -EIO: the daemon said no. */
int wire_connect(struct wire *w, const char *socket);
/* No more than hello; session: one to come back to, or 0. */
int wire_hello(struct wire *w, const char *socket, uint64_t session);
int wire_open_line(struct wire *w, uint32_t device, uint32_t privileges);
/* A LINE_CALLSTATE of its call with this state comes. */
int wire_await_state(struct wire *w, uint64_t state);
/* Until it is CONNECTED. */
int wire_make_call(struct wire *w, uint32_t device);
int wire_drop_call(struct wire *w);
/* Sends one request and waits for its RETURN; answer->body lives until the next wire_ call. */
int wire_request(struct wire *w, uint16_t kind, const ProtobufCMessage *m, struct frame *answer);
/* Sends what may be no message. */
int wire_send(struct wire *w, struct frame_header *h, const void *body, size_t size);
/* The next frame that is not only to be acknowledged. */
int wire_next(struct wire *w, struct frame *f);
/* Takes what has come, without waiting, and acknowledges it. */
int wire_take(struct wire *w);
void wire_close(struct wire *w);

#endif
