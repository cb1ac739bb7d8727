// SPDX-License-Identifier: MIT
/* frame.c - the header's bytes, byte by byte, so that alignment and endianness never matter. */
#include "wire/frame.h"

#include "wire/calls.h"

static void put(uint8_t *p, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

static uint64_t get(const uint8_t *p, int bytes)
{
	uint64_t v = 0;

	for (int i = bytes; i-- > 0;)
		v = v << 8 | p[i];
	return v;
}

void frame_header_pack(const struct frame_header *h, uint8_t out[FRAME_HEADER])
{
	put(out, h->length, 4);
	put(out + 4, h->kind, 2);
	put(out + 6, h->flags, 2);
	put(out + 8, h->serial, 4);
	put(out + 12, h->open, 4);
	put(out + 16, h->origin_session, 8);
	put(out + 24, h->origin_serial, 4);
	put(out + 28, (uint32_t)h->result, 4);
}

void frame_header_unpack(const uint8_t in[FRAME_HEADER], struct frame_header *h)
{
	h->length = (uint32_t)get(in, 4);
	h->kind = (uint16_t)get(in + 4, 2);
	h->flags = (uint16_t)get(in + 6, 2);
	h->serial = (uint32_t)get(in + 8, 4);
	h->open = (uint32_t)get(in + 12, 4);
	h->origin_session = get(in + 16, 8);
	h->origin_serial = (uint32_t)get(in + 24, 4);
	h->result = (int32_t)(uint32_t)get(in + 28, 4);
}

const char *frame_kind_name(uint16_t kind)
{
	static const char *const names[] = { "HELLO", "RETURN", "COMPLETION", "EVENT", "NOTE",
		"SNAPSHOT", "END", "RESYNC", "ACK" };
	const struct rule *r = rule_find(kind);

	if (r)
		return r->name;
	if (kind >= FRAME_HELLO && kind <= FRAME_ACK)
		return names[kind - FRAME_HELLO];
	return "unknown";
}
