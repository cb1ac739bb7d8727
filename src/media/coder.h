// SPDX-License-Identifier: MIT
/* coder.h - one direction of a codec with its state, made by the owner of a session and worked by
 * the clock thread; plans share it. */
#ifndef MEDIA_CODER_H
#define MEDIA_CODER_H

#include "media/codec.h"

#include <stdatomic.h>

struct coder {
	atomic_uint refs;
	const struct codec *codec;
	const struct codec_state *kind;
	void *state; /* NULL if the codec has none */
};

/* NULL: no memory. */
struct coder *coder_new(const struct codec *codec, bool encodes);
struct coder *coder_ref(struct coder *c);
void coder_unref(struct coder *c);
/* As new. Clock thread. */
void coder_reset(struct coder *c);

#endif
