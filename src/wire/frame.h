// SPDX-License-Identifier: MIT
/* frame.h - the frame: a header of 32 bytes, little-endian, then one bare protobuf message.
 * proto/README.md is the document of it. */
#ifndef WIRE_FRAME_H
#define WIRE_FRAME_H

#include <stddef.h>
#include <stdint.h>

enum { WIRE_PROTOCOL = 1, FRAME_HEADER = 32, PAYLOAD_MAX = 65536, NOTE_MAX = 512 };

/* How long a body may be, by who reads it. */
enum frame_limit {
	LIMIT_BEFORE_HELLO = 4096,
	LIMIT_CORE = 128 * 1024,
	LIMIT_EDGE = 1024 * 1024, /* clients and hosts */
};

/* Kinds below 1000 are calls, see proto/calls.def. */
enum frame_kind {
	FRAME_HELLO = 1000,
	FRAME_RETURN,     /* the function's value; answers the request with this serial */
	FRAME_COMPLETION, /* LINE_REPLY and its out-data */
	FRAME_EVENT,
	FRAME_NOTE,
	FRAME_SNAPSHOT,
	FRAME_END,
	FRAME_RESYNC,
	FRAME_ACK,
	FRAME_PIPE, /* from the core, before its HELLO: an end of a pipe comes with it */
};

enum frame_flag {
	FLAG_DESCRIPTOR = 1, /* one descriptor comes with it */
	FLAG_FAILURE = 2,    /* RETURN, COMPLETION: the body is a Failure */
	FLAG_WANT_ACK = 4,   /* EVENT: ACK it (same serial) when the application took it */
	FLAG_CLOSING = 8, /* HELLO from the core: refused, the body's Failure says why, then EOF */
	FLAG_POSTED = 16, /* request of a client: it does not wait for the RETURN */
};

/* How the process of a host ends that has no memory left. */
enum { HOST_EXIT_NO_MEMORY = 12 };

struct frame_header {
	uint32_t length; /* of the body */
	uint16_t kind;
	uint16_t flags;
	uint32_t serial;         /* 1..0x7fffffff for what is answered, else 0 */
	uint32_t open;           /* which lineOpen of the session, 0: none */
	uint64_t origin_session; /* core <-> host: whose request it was, 0 the core's own */
	uint32_t origin_serial;
	int32_t result; /* RETURN, COMPLETION: 0 or LINEERR_; EVENT to a client: privilege */
};

void frame_header_pack(const struct frame_header *h, uint8_t out[FRAME_HEADER]);
void frame_header_unpack(const uint8_t in[FRAME_HEADER], struct frame_header *h);
/* "EVENT", "LineMakeCall", ...; never NULL. */
const char *frame_kind_name(uint16_t kind);

#endif
