// SPDX-License-Identifier: MIT
/* codec.h - speech codecs at 8 kHz, a table at the foot of codec.c. */
#ifndef MEDIA_CODEC_H
#define MEDIA_CODEC_H

#include "media/frame.h"

#include <stddef.h>

#define CODEC_VERSION 1

struct codec {
	int version;
	const char *name;     /* as in a=rtpmap */
	uint8_t payload_type; /* static, RFC 3551 */
	uint8_t silence;      /* the byte that is nearest to zero */
	/* One byte a sample, both. */
	void (*encode)(const int16_t *samples, size_t count, uint8_t *out);
	void (*decode)(const uint8_t *bytes, size_t count, int16_t *out);
};

/* The codecs, best first; NULL ends. */
const struct codec *codec_at(size_t index);
/* Without case, as SDP says; NULL: not ours. */
const struct codec *codec_find(const char *name, size_t size);
const struct codec *codec_static(uint8_t payload_type);

#endif
