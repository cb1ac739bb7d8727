// SPDX-License-Identifier: MIT
/* frame.c - the header's bytes, byte by byte, so that alignment and endianness never matter. */
#include "wire/frame.h"

#include "wire/calls.h"

/* Spelled out, because compilers make one load or store of it where the machine allows. */
static void put16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
	p[2] = (uint8_t)(v >> 16);
	p[3] = (uint8_t)(v >> 24);
}

static void put64(uint8_t *p, uint64_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
	p[2] = (uint8_t)(v >> 16);
	p[3] = (uint8_t)(v >> 24);
	p[4] = (uint8_t)(v >> 32);
	p[5] = (uint8_t)(v >> 40);
	p[6] = (uint8_t)(v >> 48);
	p[7] = (uint8_t)(v >> 56);
}

static uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

void frame_header_pack(const struct frame_header *h, uint8_t out[FRAME_HEADER])
{
	put32(out, h->length);
	put16(out + 4, h->kind);
	put16(out + 6, h->flags);
	put32(out + 8, h->serial);
	put32(out + 12, h->open);
	put64(out + 16, h->origin_session);
	put32(out + 24, h->origin_serial);
	put32(out + 28, (uint32_t)h->result);
}

void frame_header_unpack(const uint8_t in[FRAME_HEADER], struct frame_header *h)
{
	h->length = get32(in);
	h->kind = get16(in + 4);
	h->flags = get16(in + 6);
	h->serial = get32(in + 8);
	h->open = get32(in + 12);
	h->origin_session = get32(in + 16) | (uint64_t)get32(in + 20) << 32;
	h->origin_serial = get32(in + 24);
	h->result = (int32_t)get32(in + 28);
}

const char *frame_kind_name(uint16_t kind)
{
	static const char *const names[] = { "HELLO", "RETURN", "COMPLETION", "EVENT", "NOTE",
		"SNAPSHOT", "END", "RESYNC", "ACK", "PIPE" };
	const struct rule *r = rule_find(kind);

	if (r)
		return r->name;
	if (kind >= FRAME_HELLO && kind <= FRAME_PIPE)
		return names[kind - FRAME_HELLO];
	return "unknown";
}
