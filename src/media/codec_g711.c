// SPDX-License-Identifier: MIT
/* codec_g711.c - G.711, mu-law and A-law (ITU-T G.711, in the form of the G.191 tool library: 14
 * and 13 significant bits, left-justified in 16). */
#include "media/codec.h"

#define MU_BIAS 132 /* 33 in 14 bits */
#define MU_CLIP 32635

/* Position of the highest bit set in 8..14 as 0..6; 0 below. Four bits at a time. */
static int segment(int magnitude)
{
	static const int8_t top[16] = { 0, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4 };

	/* The value is at most 15 bits; what counts are bits 7..14. */
	if (magnitude >= 1 << 11)
		return 3 + top[magnitude >> 11];
	return magnitude >= 1 << 7 ? top[magnitude >> 7] - 1 : 0;
}

static uint8_t mulaw_encode_one(int16_t sample)
{
	int magnitude = sample < 0 ? -(int)sample - 1 : sample;
	int sign = sample < 0 ? 0x80 : 0;
	int exponent;

	if (magnitude > MU_CLIP)
		magnitude = MU_CLIP;
	magnitude += MU_BIAS;
	exponent = segment(magnitude);
	return (uint8_t) ~(sign | exponent << 4 | ((magnitude >> (exponent + 3)) & 0x0f));
}

static int16_t mulaw_decode_one(uint8_t byte)
{
	int code = ~byte & 0xff;
	int exponent = (code >> 4) & 7;
	int magnitude = ((((code & 0x0f) << 3) + MU_BIAS) << exponent) - MU_BIAS;

	return (int16_t)(code & 0x80 ? -magnitude : magnitude);
}

static uint8_t alaw_encode_one(int16_t sample)
{
	int magnitude = sample < 0 ? -(int)sample - 1 : sample;
	int sign = sample < 0 ? 0 : 0x80;
	int exponent = magnitude >= 256 ? segment(magnitude) : 0;
	int mantissa = magnitude >> (exponent ? exponent + 3 : 4);

	return (uint8_t)((sign | exponent << 4 | (mantissa & 0x0f)) ^ 0x55);
}

static int16_t alaw_decode_one(uint8_t byte)
{
	int code = byte ^ 0x55;
	int exponent = (code >> 4) & 7;
	int magnitude = ((code & 0x0f) << 4) + 8;

	if (exponent)
		magnitude = (magnitude + 256) << (exponent - 1);
	return (int16_t)(code & 0x80 ? magnitude : -magnitude);
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
		out[i] = mulaw_decode_one(bytes[i]);
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
		out[i] = alaw_decode_one(bytes[i]);
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
