// SPDX-License-Identifier: MIT
/* codec_g711.c - G.711, mu-law and A-law (ITU-T G.711, in the form of the G.191 tool library: 14
 * and 13 significant bits, left-justified in 16). */
#include "media/codec.h"

#define MU_BIAS 132 /* 33 in 14 bits */
#define MU_CLIP 32635

/* f of n and what follows it, and n repeated: for tables that the compiler fills. */
#define NEXT4(f, n)   f(n), f((n) + 1), f((n) + 2), f((n) + 3)
#define NEXT16(f, n)  NEXT4(f, n), NEXT4(f, (n) + 4), NEXT4(f, (n) + 8), NEXT4(f, (n) + 12)
#define NEXT64(f, n)  NEXT16(f, n), NEXT16(f, (n) + 16), NEXT16(f, (n) + 32), NEXT16(f, (n) + 48)
#define NEXT256(f, n) NEXT64(f, n), NEXT64(f, (n) + 64), NEXT64(f, (n) + 128), NEXT64(f, (n) + 192)
#define TIMES4(n)     n, n, n, n
#define TIMES16(n)    TIMES4(n), TIMES4(n), TIMES4(n), TIMES4(n)
#define TIMES64(n)    TIMES16(n), TIMES16(n), TIMES16(n), TIMES16(n)

/* A code without its sign: segment and step in it. */
#define MU_SIZE(c)  (((((~(c)&0x0f) << 3) + MU_BIAS) << (~(c) >> 4 & 7)) - MU_BIAS)
#define MU_VALUE(c) ((c)&0x80 ? MU_SIZE(c) : -MU_SIZE(c))
#define A_STEP(c)   ((((c)&0x0f) << 4) + 8)
#define A_SIZE(c)                                                                                  \
	((c)&0x70 ? (A_STEP(c) + 256) << (((c) >> 4 & 7) - ((c)&0x70 ? 1 : 0)) : A_STEP(c))
#define A_VALUE(c) (((c) ^ 0x55) & 0x80 ? A_SIZE((c) ^ 0x55) : -A_SIZE((c) ^ 0x55))

static const int16_t mulaw_values[256] = { NEXT256(MU_VALUE, 0) };
static const int16_t alaw_values[256] = { NEXT256(A_VALUE, 0) };

/* The segment of a magnitude, by its bits 7 to 14. */
static const uint8_t segments[256] = { 0, 0, 1, 1, TIMES4(2), TIMES4(3), TIMES4(3), TIMES16(4),
	TIMES16(5), TIMES16(5), TIMES64(6), TIMES64(7), TIMES64(7) };

static uint8_t mulaw_encode_one(int16_t sample)
{
	int magnitude = sample < 0 ? -(int)sample - 1 : sample;
	int sign = sample < 0 ? 0x80 : 0;
	int exponent;

	if (magnitude > MU_CLIP)
		magnitude = MU_CLIP;
	magnitude += MU_BIAS;
	exponent = segments[magnitude >> 7];
	return (uint8_t) ~(sign | exponent << 4 | ((magnitude >> (exponent + 3)) & 0x0f));
}

static uint8_t alaw_encode_one(int16_t sample)
{
	int magnitude = sample < 0 ? -(int)sample - 1 : sample;
	int sign = sample < 0 ? 0 : 0x80;
	int exponent = segments[magnitude >> 7];
	int mantissa = magnitude >> (exponent ? exponent + 3 : 4);

	return (uint8_t)((sign | exponent << 4 | (mantissa & 0x0f)) ^ 0x55);
}

static size_t mulaw_encode(void *state, const int16_t *samples, size_t count, uint8_t *out)
{
	(void)state;
	for (size_t i = 0; i < count; i++)
		out[i] = mulaw_encode_one(samples[i]);
	return count;
}

static size_t mulaw_decode(void *state, const uint8_t *bytes, size_t size, int16_t *out)
{
	(void)state;
	for (size_t i = 0; i < size; i++)
		out[i] = mulaw_values[bytes[i]];
	return size;
}

static size_t alaw_encode(void *state, const int16_t *samples, size_t count, uint8_t *out)
{
	(void)state;
	for (size_t i = 0; i < count; i++)
		out[i] = alaw_encode_one(samples[i]);
	return count;
}

static size_t alaw_decode(void *state, const uint8_t *bytes, size_t size, int16_t *out)
{
	(void)state;
	for (size_t i = 0; i < size; i++)
		out[i] = alaw_values[bytes[i]];
	return size;
}

const struct codec codec_pcmu = {
	.version = CODEC_VERSION,
	.name = "PCMU",
	.clock = 8000,
	.channels = 1,
	.payload_type = 0,
	.rate = 8000,
	.bits = 8,
	.has_silence = true,
	.silence = 0xff,
	.encode = mulaw_encode,
	.decode = mulaw_decode,
};

const struct codec codec_pcma = {
	.version = CODEC_VERSION,
	.name = "PCMA",
	.clock = 8000,
	.channels = 1,
	.payload_type = 8,
	.rate = 8000,
	.bits = 8,
	.has_silence = true,
	.silence = 0xd5,
	.encode = alaw_encode,
	.decode = alaw_decode,
};
