// SPDX-License-Identifier: MIT
/* codec.h - speech codecs: one struct each, a table in codec.c. Those with a state get it from
 * coder.h, so that nothing is allocated where sound is made. */
#ifndef MEDIA_CODEC_H
#define MEDIA_CODEC_H

#include "media/frame.h"

#include <stdbool.h>
#include <stddef.h>

#define CODEC_VERSION     2
#define CODEC_PACKET_MS   120 /* the longest that is taken */
#define CODEC_SAMPLES_MAX (CODEC_PACKET_MS * (MEDIA_RATE / 1000))
#define CODEC_SEND_MS_MAX 60  /* the longest that is sent */
#define CODEC_BYTES_MAX   512 /* of what encode makes */
#define CODEC_DYNAMIC     96  /* payload types from here have no meaning */
#define CODEC_NAME_MAX    16  /* with NUL */

struct codec_wish {        /* of who hears us; all zero: none */
	uint32_t bit_rate; /* a second, at most; 0: any */
	uint32_t rate;     /* samples a second that it can play; 0: all */
	uint32_t copies;   /* 1: of a packet in the one behind, in case it is lost */
	uint32_t pauses;   /* 1: nothing need be sent in silence */
	uint32_t steady;   /* 1: all packets of one size */
};

struct codec;

struct codec_state {
	void *(*make)(const struct codec *c); /* NULL: no memory */
	void (*reset)(const struct codec *c, void *state);
	void (*free)(void *state);
};

struct codec {
	int version;
	const char *name; /* as in a=rtpmap, with the two below */
	uint32_t clock;   /* of RTP timestamps */
	unsigned int channels;
	const char *fmtp;     /* or NULL */
	uint8_t payload_type; /* RFC 3551; else the one that we propose */
	uint32_t rate;        /* of the samples below: 8000 or 16000 */
	unsigned int bits;    /* of a sample in a packet; 0: it depends */
	uint32_t bit_rate;    /* if it depends: what is aimed at */
	bool has_silence;     /* zeros may be sent as `silence` bytes, without encoding them */
	uint8_t silence;

	struct codec_state encoder, decoder; /* all NULL: without */
	/* Of an encoder that has just been made, or pleased before; NULL: there is no choice. */
	void (*please)(void *state, const struct codec_wish *wish);
	bool no_30_ms; /* cannot be sent in packets of this length */
	/* Returns the bytes written, at most CODEC_BYTES_MAX, 0: nothing need be sent; count is 10,
	 * 20, 30, 40 or 60 ms. */
	size_t (*encode)(void *state, const int16_t *samples, size_t count, uint8_t *out);
	/* Samples in a packet, where `bits` does not say; 0: it is none of this codec. */
	size_t (*samples)(const struct codec *c, const uint8_t *bytes, size_t size);
	/* The whole packet; returns the samples written, at most those of codec_samples. */
	size_t (*decode)(void *state, const uint8_t *bytes, size_t size, int16_t *out);
	/* Makes up count samples (a multiple of 2.5 ms), with the help of the packet behind them if
	 * it is there (else NULL). NULL: plc.h does it for this codec. */
	void (*conceal)(void *state, const uint8_t *next, size_t size, int16_t *out, size_t count);
};

/* The codecs, best known first; NULL ends. */
MEDIA_API const struct codec *media_codec_at(size_t index);
/* Without case, as SDP says; NULL: not ours. */
MEDIA_API const struct codec *media_codec_find(const char *name, size_t size);
MEDIA_API const struct codec *media_codec_static(uint8_t payload_type);

/* Samples that a packet holds; 0: it is none of this codec, or longer than we take. */
size_t codec_samples(const struct codec *c, const uint8_t *bytes, size_t size);

/* How far the RTP clock moves in so many samples. */
static inline uint32_t codec_ticks(const struct codec *c, size_t samples)
{
	return (uint32_t)((uint64_t)samples * c->clock / c->rate);
}

extern const struct codec codec_pcmu, codec_pcma, codec_g722, codec_opus;
extern const struct codec codec_g726_16, codec_g726_24, codec_g726_32, codec_g726_40;
extern const struct codec codec_aal2_g726_16, codec_aal2_g726_24, codec_aal2_g726_32,
		codec_aal2_g726_40;

#endif
