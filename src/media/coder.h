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
	void *state;            /* NULL if the codec has none */
	struct codec_wish wish; /* as the encoder has heard it; the clock thread's */
};

/* NULL: no memory. */
struct coder *coder_new(const struct codec *codec, bool encodes);
struct coder *coder_ref(struct coder *c);
void coder_unref(struct coder *c);
/* Makes an encoder go by this wish. Clock thread. */
void coder_please(struct coder *c, const struct codec_wish *wish);
/* As new, but for its wish. Clock thread. */
void coder_reset(struct coder *c);

#endif
