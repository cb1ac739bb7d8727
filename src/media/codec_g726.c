// SPDX-License-Identifier: MIT
/* codec_g726.c - G.726 at its four rates, by spandsp. Under its own name codes are packed from the
 * lowest bit of each byte on, under that of AAL2 from the highest (RFC 3551 4.5.4). */
#include "media/codec.h"

#include <spandsp/telephony.h>

#include <spandsp/bitstream.h>
#include <spandsp/g726.h>

static g726_state_t *start(const struct codec *c, g726_state_t *state, int packing)
{
	return g726_init(state, (int)(c->bits * c->rate), G726_ENCODING_LINEAR, packing);
}

static void *make(const struct codec *c)
{
	return start(c, NULL, G726_PACKING_RIGHT);
}

static void reset(const struct codec *c, void *state)
{
	(void)start(c, state, G726_PACKING_RIGHT);
}

static void *make_aal2(const struct codec *c)
{
	return start(c, NULL, G726_PACKING_LEFT);
}

static void reset_aal2(const struct codec *c, void *state)
{
	(void)start(c, state, G726_PACKING_LEFT);
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

#define G726(before, kbit, type, make, reset)                                                      \
	{                                                                                          \
		.version = CODEC_VERSION, .name = before "G726-" #kbit, .clock = 8000,             \
		.channels = 1, .payload_type = (type), .rate = 8000, .bits = (kbit) / 8,           \
		.encoder = { make, reset, free_state }, .decoder = { make, reset, free_state },    \
		.encode = encode, .decode = decode,                                                \
	}

const struct codec codec_g726_16 = G726("", 16, 97, make, reset);
const struct codec codec_g726_24 = G726("", 24, 98, make, reset);
const struct codec codec_g726_32 = G726("", 32, 99, make, reset);
const struct codec codec_g726_40 = G726("", 40, 100, make, reset);
const struct codec codec_aal2_g726_16 = G726("AAL2-", 16, 102, make_aal2, reset_aal2);
const struct codec codec_aal2_g726_24 = G726("AAL2-", 24, 103, make_aal2, reset_aal2);
const struct codec codec_aal2_g726_32 = G726("AAL2-", 32, 104, make_aal2, reset_aal2);
const struct codec codec_aal2_g726_40 = G726("AAL2-", 40, 105, make_aal2, reset_aal2);
