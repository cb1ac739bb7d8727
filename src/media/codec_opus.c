// SPDX-License-Identifier: MIT
/* codec_opus.c - Opus (RFC 6716, RFC 7587), encoded and decoded at 16 kHz, mono; what is lost is
 * made up by the decoder, from the copy in the next packet if that has one. */
#include "media/codec.h"

#include <opus.h>

#define BIT_RATE   24000
#define COMPLEXITY 5
#define RATE_MIN   6000 /* bit/s below which it is no speech */
#define LOSS       10   /* per cent that the encoder reckons with: enough that it adds copies */

static bool set_up(OpusEncoder *e)
{
	return opus_encoder_ctl(e, OPUS_SET_BITRATE(BIT_RATE)) == OPUS_OK &&
	       opus_encoder_ctl(e, OPUS_SET_COMPLEXITY(COMPLEXITY)) == OPUS_OK &&
	       opus_encoder_ctl(e, OPUS_SET_PACKET_LOSS_PERC(LOSS)) == OPUS_OK;
}

static void free_encoder(void *state)
{
	opus_encoder_destroy(state);
}

static void *make_encoder(const struct codec *c)
{
	int error;
	OpusEncoder *e = opus_encoder_create((opus_int32)c->rate, 1, OPUS_APPLICATION_VOIP, &error);

	if (!e || set_up(e))
		return e;
	free_encoder(e);
	return NULL;
}

static void reset_encoder(const struct codec *c, void *state)
{
	(void)c;
	(void)opus_encoder_ctl(state, OPUS_RESET_STATE);
}

static void *make_decoder(const struct codec *c)
{
	int error;

	return opus_decoder_create((opus_int32)c->rate, 1, &error);
}

static void reset_decoder(const struct codec *c, void *state)
{
	(void)c;
	(void)opus_decoder_ctl(state, OPUS_RESET_STATE);
}

static void free_decoder(void *state)
{
	opus_decoder_destroy(state);
}

static size_t positive(int n)
{
	return n > 0 ? (size_t)n : 0;
}

static opus_int32 band(uint32_t rate)
{
	return rate == 0 || rate > 12000 ? OPUS_BANDWIDTH_WIDEBAND
	       : rate > 8000             ? OPUS_BANDWIDTH_MEDIUMBAND
					 : OPUS_BANDWIDTH_NARROWBAND;
}

static void please(void *state, const struct codec_wish *wish)
{
	opus_int32 rate = BIT_RATE;

	if (wish->bit_rate && wish->bit_rate < BIT_RATE)
		rate = wish->bit_rate > RATE_MIN ? (opus_int32)wish->bit_rate : RATE_MIN;
	(void)opus_encoder_ctl(state, OPUS_SET_BITRATE(rate));
	(void)opus_encoder_ctl(state, OPUS_SET_MAX_BANDWIDTH(band(wish->rate)));
	(void)opus_encoder_ctl(state, OPUS_SET_INBAND_FEC(wish->copies != 0));
	(void)opus_encoder_ctl(state, OPUS_SET_DTX(wish->pauses != 0));
	(void)opus_encoder_ctl(state, OPUS_SET_VBR(wish->steady == 0));
}

/* In pauses, packets of one or two bytes need not be sent (opus.h). */
static size_t encode(void *state, const int16_t *samples, size_t count, uint8_t *out)
{
	size_t size = positive(opus_encode(state, samples, (int)count, out, CODEC_BYTES_MAX));
	opus_int32 pauses = 0;

	if (size <= 2)
		(void)opus_encoder_ctl(state, OPUS_GET_DTX(&pauses));
	return pauses ? 0 : size;
}

static size_t samples_of(const struct codec *c, const uint8_t *bytes, size_t size)
{
	return size ? positive(opus_packet_get_nb_samples(bytes, (opus_int32)size,
				      (opus_int32)c->rate))
		    : 0;
}

static size_t decode(void *state, const uint8_t *bytes, size_t size, int16_t *out)
{
	return positive(opus_decode(state, bytes, (opus_int32)size, out, CODEC_SAMPLES_MAX, 0));
}

static void conceal(void *state, const uint8_t *next, size_t size, int16_t *out, size_t count)
{
	size_t made = positive(opus_decode(state, next, (opus_int32)size, out, (int)count,
			next != NULL));

	for (; made < count; made++)
		out[made] = 0;
}

const struct codec codec_opus = {
	.version = CODEC_VERSION,
	.name = "opus",
	.clock = 48000,
	.channels = 2, /* RFC 7587: always, whatever is sent */
	.fmtp = "maxplaybackrate=16000;sprop-maxcapturerate=16000;useinbandfec=1",
	.payload_type = 96,
	.rate = 16000,
	.bit_rate = BIT_RATE,
	.encoder = { make_encoder, reset_encoder, free_encoder },
	.decoder = { make_decoder, reset_decoder, free_decoder },
	.please = please,
	.no_30_ms = true,
	.encode = encode,
	.samples = samples_of,
	.decode = decode,
	.conceal = conceal,
};
