// SPDX-License-Identifier: MIT
/* fuzz_rtp.c - any bytes as RTP packets of a peer: the reader, what is known of the source, and the
 * jitter buffer with its decoders in both ways of working. What is written is read as the same.
 *
 * An input is packets: a byte says how long the next is, and how much is listened behind it. */
#include "media/event.h"
#include "media/jitter.h"
#include "media/rtp.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CODECS = 8 };

static struct jitter jitter;
static struct event_receiver digits;
static struct coder *decoders[CODECS];

static void write_again(const struct rtp_header *h)
{
	uint8_t packet[RTP_HEADER_SIZE];
	const uint8_t *payload;
	struct rtp_header again;
	size_t size;

	rtp_write(packet, h);
	assert(rtp_read(packet, sizeof(packet), &again, &payload, &size) && size == 0);
	assert(again.payload_type == h->payload_type && again.marker == h->marker &&
			again.sequence == h->sequence && again.timestamp == h->timestamp &&
			again.ssrc == h->ssrc);
}

/* Of the clock of the sound, or of another. */
static void take_digit(const struct rtp_header *h, const uint8_t *payload, size_t size)
{
	struct event_change changes[3];
	struct jitter_digit d;

	(void)event_receiver_packet(&digits, h->timestamp, payload, size, changes);
	d = (struct jitter_digit){ digit_of_event(digits.event),
		event_receiver_end(&digits) - digits.grown, digits.grown,
		h->payload_type & 1 ? 8000 : 48000, digits.active };
	jitter_put_digit(&jitter, &d, h->sequence);
}

static void take(struct rtp_source *source, const uint8_t *packet, size_t size, uint64_t now_ns)
{
	const struct codec *codec;
	const uint8_t *payload;
	size_t payload_size;
	struct rtp_header h;

	if (!rtp_read(packet, size, &h, &payload, &payload_size))
		return;
	assert(payload >= packet && payload + payload_size <= packet + size);
	write_again(&h);
	if (!rtp_source_admits(source, h.ssrc, now_ns))
		return;
	codec = media_codec_at(h.payload_type % CODECS);
	(void)rtp_source_received(source, &h, now_ns, h.marker ? 0 : codec->clock);
	if (h.payload_type > 116)
		take_digit(&h, payload, payload_size);
	else
		(void)jitter_put(&jitter, codec, h.timestamp, h.sequence, payload, payload_size);
}

/* Patient: until it says that it waits. */
static void listen(unsigned int ticks)
{
	int16_t frame[FRAME_SAMPLES];

	for (; ticks; ticks--) {
		jitter_tick(&jitter);
		if (!jitter.patient)
			(void)jitter_get(&jitter, frame);
		else
			for (int i = 0; i < 200 && jitter_get(&jitter, frame) != JITTER_WAIT; i++)
				continue;
		assert(jitter_samples(&jitter) <= FRAME_SAMPLES);
		assert(jitter.count <= JITTER_SLOTS);
	}
}

static void report(struct rtp_source *source, uint64_t now_ns)
{
	struct rtcp_block block;

	if (!source->seen)
		return;
	source->last_sr_ns = now_ns / 2;
	rtp_source_block(source, now_ns, &block);
	rtp_source_block(source, now_ns, &block);
	assert(block.lost >= -0x800000 && block.lost <= 0x7fffff);
	(void)rtp_source_jitter_us(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rtp_source source = { .seen = false };
	uint64_t now_ns = TICK_NS;

	for (size_t i = 0; i < CODECS && !decoders[i]; i++)
		decoders[i] = coder_new(media_codec_at(i), false);
	memset(&jitter, 0, sizeof(jitter));
	jitter_set_patient(&jitter, size & 1);
	jitter_set_decoders(&jitter, decoders, CODECS - (size >> 1 & 1));
	jitter_init(&jitter);
	event_receiver_init(&digits);
	while (size) {
		size_t n = *data & 0x3f;

		if (n > size - 1)
			n = size - 1;
		take(&source, data + 1, n, now_ns);
		listen(*data >> 6);
		now_ns += TICK_NS;
		data += n + 1;
		size -= n + 1;
	}
	listen(2 * JITTER_PATIENCE_MS / 10 / 8);
	report(&source, now_ns);
	return 0;
}
