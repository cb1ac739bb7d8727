// SPDX-License-Identifier: MIT
/* codec_g722.c - G.722 at 64 kbit/s, by spandsp. Its RTP clock is 8000 for 16000 samples, by a
 * mistake that RFC 3551 4.5.2 keeps. */
#include "media/codec.h"

#include <spandsp/telephony.h>

#include <spandsp/g722.h>

#define BIT_RATE 64000

static void *make_encoder(const struct codec *c)
{
	(void)c;
	return g722_encode_init(NULL, BIT_RATE, 0);
}

static void reset_encoder(const struct codec *c, void *state)
{
	(void)c;
	(void)g722_encode_init(state, BIT_RATE, 0);
}

static void free_encoder(void *state)
{
	(void)g722_encode_free(state);
}

static void *make_decoder(const struct codec *c)
{
	(void)c;
	return g722_decode_init(NULL, BIT_RATE, 0);
}

static void reset_decoder(const struct codec *c, void *state)
{
	(void)c;
	(void)g722_decode_init(state, BIT_RATE, 0);
}

static void free_decoder(void *state)
{
	(void)g722_decode_free(state);
}

static size_t encode(void *state, const int16_t *samples, size_t count, uint8_t *out)
{
	return (size_t)g722_encode(state, out, samples, (int)count);
}

static size_t decode(void *state, const uint8_t *bytes, size_t size, int16_t *out)
{
	return (size_t)g722_decode(state, out, bytes, (int)size);
}

const struct codec codec_g722 = {
	.version = CODEC_VERSION,
	.name = "G722",
	.clock = 8000,
	.channels = 1,
	.payload_type = 9,
	.rate = 16000,
	.bits = 4,
	.encoder = { make_encoder, reset_encoder, free_encoder },
	.decoder = { make_decoder, reset_decoder, free_decoder },
	.encode = encode,
	.decode = decode,
};
