// SPDX-License-Identifier: MIT
/* coder.c - the states of codecs. */
#include "media/coder.h"

#include "base/mem.h"

#include <string.h>

struct coder *coder_new(const struct codec *codec, bool encodes)
{
	struct coder *c = mem_new(struct coder);

	if (!c)
		return NULL;
	atomic_store(&c->refs, 1);
	c->codec = codec;
	c->kind = encodes ? &codec->encoder : &codec->decoder;
	if (!c->kind->make)
		return c;
	c->state = c->kind->make(codec);
	if (c->state)
		return c;
	mem_free(c);
	return NULL;
}

struct coder *coder_ref(struct coder *c)
{
	atomic_fetch_add(&c->refs, 1);
	return c;
}

void coder_unref(struct coder *c)
{
	if (!c || atomic_fetch_sub(&c->refs, 1) != 1)
		return;
	if (c->state)
		c->kind->free(c->state);
	mem_free(c);
}

void coder_please(struct coder *c, const struct codec_wish *wish)
{
	if (!c->codec->please || memcmp(&c->wish, wish, sizeof(*wish)) == 0)
		return;
	c->wish = *wish;
	c->codec->please(c->state, wish);
}

void coder_reset(struct coder *c)
{
	if (c->state)
		c->kind->reset(c->codec, c->state);
}
