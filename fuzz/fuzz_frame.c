// SPDX-License-Identifier: MIT
/* fuzz_frame.c - bytes from a peer: frames are cut, their bodies unpacked as their kind says, and
 * printed. */
#include "base/buf.h"
#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/conn.h"
#include "wire/json.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void unpack(const ProtobufCMessageDescriptor *d, const struct frame *f)
{
	static char text[4096];
	struct arena a;
	ProtobufCMessage *msg;

	arena_init(&a, MESSAGE_MAX);
	msg = arena_unpack(&a, d, f->body, f->h.length);
	if (msg) {
		size_t whole = json_print(msg, text, sizeof(text));
		size_t kept = whole < sizeof(text) ? whole : sizeof(text) - 1;

		if (strlen(text) != kept)
			abort();
	}
	if (a.left > MESSAGE_MAX)
		abort();
	arena_fini(&a);
}

static void read_frame(const struct frame *f)
{
	static const ProtobufCMessageDescriptor *const bodies[] = { &hello__descriptor,
		&failure__descriptor, &failure__descriptor, &event__descriptor, &note__descriptor,
		&snapshot__descriptor, &failure__descriptor, &resync__descriptor };
	const struct rule *r = rule_find(f->h.kind);

	if (r) {
		unpack(r->request, f);
		unpack(r->reply, f);
	} else if (f->h.kind >= FRAME_HELLO && f->h.kind < FRAME_HELLO + 8) {
		unpack(bodies[f->h.kind - FRAME_HELLO], f);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conn c = { .fd = -1, .limit = LIMIT_CORE };
	struct frame f;
	size_t eaten = 0;
	int err;

	if (buf_add(&c.in, data, size))
		return 0;
	while ((err = conn_next(&c, &f)) == 1) {
		eaten += FRAME_HEADER + f.h.length;
		if (eaten > size || f.fd >= 0)
			abort();
		read_frame(&f);
	}
	if (err < 0 && !c.why)
		abort();
	conn_fini(&c);
	return 0;
}
