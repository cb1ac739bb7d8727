// SPDX-License-Identifier: MIT
/* codec_g726.c - G.726 at its four rates, by spandsp. Codes are packed from the lowest bit of each
 * byte on (RFC 3551 4.5.4), not as ITU-T X.420 has them. */
#include "media/codec.h"

#include <spandsp/telephony.h>

#include <spandsp/bitstream.h>
#include <spandsp/g726.h>

static void *make(const struct codec *c)
{
	return g726_init(NULL, (int)(c->bits * c->rate), G726_ENCODING_LINEAR, G726_PACKING_RIGHT);
}

static void reset(const struct codec *c, void *state)
{
	(void)g726_init(state, (int)(c->bits * c->rate), G726_ENCODING_LINEAR, G726_PACKING_RIGHT);
}

static void free_state(void *state)
{
	(void)g726_free(state);
}

static size_t encode(void *state, const int16_t *samples, size_t count, uint8_t *out)
{
	return (size_t)g726_encode(state, out, samples, (int)count);
}

static size_t decode(void *state, const uint8_t *bytes, size_t size, int16_t *out)
{
	return (size_t)g726_decode(state, out, bytes, (int)size);
}

#define G726(kbit, type)                                                                           \
	{                                                                                          \
		.version = CODEC_VERSION, .name = "G726-" #kbit, .clock = 8000, .channels = 1,     \
		.payload_type = (type), .rate = 8000, .bits = (kbit) / 8,                          \
		.encoder = { make, reset, free_state }, .decoder = { make, reset, free_state },    \
		.encode = encode, .decode = decode,                                                \
	}

const struct codec codec_g726_16 = G726(16, 97);
const struct codec codec_g726_24 = G726(24, 98);
const struct codec codec_g726_32 = G726(32, 99);
const struct codec codec_g726_40 = G726(40, 100);
