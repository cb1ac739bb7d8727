// SPDX-License-Identifier: MIT
/* play.c - see play.h. */
#include "play.h"

#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);

enum { STEPS_MAX = 256, ROOM = 65535 };

static unsigned int get16(const uint8_t *p)
{
	return (unsigned int)(p[0] | p[1] << 8);
}

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

bool play_next(const uint8_t **data, size_t *size, struct step *out)
{
	const uint8_t *p = *data;

	if (*size < STEP_HEADER)
		return false;
	*out = (struct step){ .who = p[0],
		.flags = p[1],
		.kind = (uint16_t)get16(p + 2),
		.about = (uint16_t)get16(p + 4),
		.size = (uint16_t)get16(p + 6),
		.body = p + STEP_HEADER };
	*size -= STEP_HEADER;
	if (out->size > *size)
		out->size = (uint16_t)*size;
	*data = out->body + out->size;
	*size -= out->size;
	return true;
}

static void put_header(uint8_t *p, const struct step *s)
{
	p[0] = s->who;
	p[1] = s->flags;
	put16(p + 2, s->kind);
	put16(p + 4, s->about);
	put16(p + 6, s->size);
}

/* The input while it is changed: old ends at `size`, new is made behind each other at `to`. */
struct change {
	const struct play_rules *rules;
	struct mutant mutant;
	const uint8_t *data;
	size_t size;
	struct step steps[STEPS_MAX];
	uint32_t count;
	uint8_t *to;
	size_t room, used;
};

static uint32_t below(struct change *c, uint32_t n)
{
	return chance_below(c->mutant.chance, n);
}

static void read_steps(struct change *c)
{
	const uint8_t *data = c->data;
	size_t size = c->size;

	while (c->count < STEPS_MAX && play_next(&data, &size, &c->steps[c->count]))
		c->count++;
}

static void write_step(struct change *c, const struct step *s)
{
	if (c->room - c->used < STEP_HEADER + (size_t)s->size)
		return;
	put_header(c->to + c->used, s);
	if (s->size)
		memcpy(c->to + c->used + STEP_HEADER, s->body, s->size);
	c->used += STEP_HEADER + (size_t)s->size;
}

/* The body becomes msg, if it has room. */
static void pack_body(struct change *c, struct step *s, const ProtobufCMessage *msg)
{
	static uint8_t body[ROOM];
	size_t size = msg ? mutant_pack(msg, body, sizeof(body)) : 0;

	if (below(c, 12) == 0)
		size = mutant_spoil_bytes(c->mutant.chance, body, size, sizeof(body));
	s->body = body;
	s->size = (uint16_t)size;
}

static void spoil_body(struct change *c, struct step *s)
{
	const ProtobufCMessageDescriptor *d = c->rules->message_of(s);
	ProtobufCMessage *msg = d ? arena_unpack(c->mutant.arena, d, s->body, s->size) : NULL;

	if (d && !msg)
		msg = mutant_make(&c->mutant, d);
	if (!msg)
		return;
	for (uint32_t n = 1 + below(c, 3); n; n--)
		mutant_spoil(&c->mutant, msg);
	pack_body(c, s, msg);
}

static void invent(struct change *c, struct step *s)
{
	const ProtobufCMessageDescriptor *d;

	*s = (struct step){ .who = 0 };
	c->rules->invent(c->mutant.chance, s);
	d = c->rules->message_of(s);
	pack_body(c, s, d ? mutant_make(&c->mutant, d) : NULL);
}

static void change_header(struct change *c, struct step *s)
{
	struct step other = { .who = 0 };

	c->rules->invent(c->mutant.chance, &other);
	switch (below(c, 4)) {
	case 0:
		s->who = other.who;
		break;
	case 1:
		s->flags = other.flags;
		break;
	case 2:
		s->kind = other.kind;
		break;
	default:
		s->about = other.about;
	}
}

static void rewrite(struct change *c)
{
	enum { SPOIL, HEADER, INSERT, REMOVE, TWICE, WAYS };
	uint32_t at = c->count ? below(c, c->count) : 0, way = c->count ? below(c, WAYS) : INSERT;
	struct step fresh;

	for (uint32_t i = 0; i < c->count; i++) {
		struct step s = c->steps[i];

		if (i == at && way == INSERT && below(c, 2)) {
			invent(c, &fresh);
			write_step(c, &fresh);
			way = WAYS;
		}
		if (i == at && way == SPOIL)
			spoil_body(c, &s);
		if (i == at && way == HEADER)
			change_header(c, &s);
		if (i != at || way != REMOVE)
			write_step(c, &s);
		if (i == at && way == TWICE)
			write_step(c, &s);
	}
	if (way == INSERT) {
		invent(c, &fresh);
		write_step(c, &fresh);
	}
}

size_t play_mutate(const struct play_rules *rules, uint8_t *data, size_t size, size_t max,
		unsigned int seed)
{
	struct chance chance;
	struct arena arena;
	struct change c = { .rules = rules, .data = data, .size = size, .room = max };

	chance_seed(&chance, seed);
	if (chance_one_in(&chance, 8))
		return LLVMFuzzerMutate(data, size, max);
	c.to = malloc(max);
	if (!c.to)
		return size;
	arena_init(&arena, MESSAGE_MAX);
	c.mutant = (struct mutant){ &chance, rules->facts, &arena };
	read_steps(&c);
	for (uint32_t i = 1 + chance_below(&chance, 3); i; i--) {
		c.used = 0;
		rewrite(&c);
		memcpy(data, c.to, c.used);
		c.size = c.used;
		c.count = 0;
		read_steps(&c);
	}
	arena_fini(&arena);
	free(c.to);
	return c.used;
}
