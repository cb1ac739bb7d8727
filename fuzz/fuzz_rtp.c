// SPDX-License-Identifier: MIT
// fuzz-links: $(media_A)
// fuzz-libs: $(media_LIBS)
/* fuzz_rtp.c - any bytes as packets of a peer: RTP and RTCP readers, the jitter buffer in both ways
 * of working, and the receiver of digits. */
#include "media/event.h"
#include "media/jitter.h"
#include "media/rtp.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CODECS 8

static struct jitter jitter;
static struct coder *decoders[CODECS];

static void take(struct event_receiver *digits, struct rtp_source *source, const uint8_t *packet,
		size_t size, uint64_t now_ns)
{
	const uint8_t *payload;
	size_t payload_size;
	struct rtp_header h;
	struct rtcp_report report;
	struct event_change changes[3];

	(void)rtcp_read(packet, size, 1, &report);
	if (!rtp_read(packet, size, &h, &payload, &payload_size))
		return;
	assert(payload >= packet && payload + payload_size <= packet + size);
	(void)rtp_source_received(source, &h, now_ns,
			media_codec_at(h.payload_type % CODECS)->clock);
	(void)event_receiver_packet(digits, h.timestamp, payload, payload_size, changes);
	jitter_put_digit(&jitter,
			&(struct jitter_digit){ digit_of_event(digits->event),
					event_receiver_end(digits) - digits->grown, digits->grown,
					h.marker ? 8000 : 48000, digits->active },
			h.sequence);
	(void)jitter_put(&jitter, media_codec_at(h.payload_type % CODECS), h.timestamp, h.sequence,
			payload, payload_size);
}

/* A byte says how long the next packet is, and how much is listened behind it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rtp_source source = { .seen = false };
	struct event_receiver digits;
	int16_t frame[FRAME_SAMPLES];
	struct rtcp_block block;
	uint64_t now_ns = 0;

	for (size_t i = 0; i < CODECS && !decoders[i]; i++)
		decoders[i] = coder_new(media_codec_at(i), false);
	memset(&jitter, 0, sizeof(jitter));
	jitter.patient = size & 1;
	jitter_set_decoders(&jitter, decoders, CODECS - (size >> 1 & 1));
	jitter_init(&jitter);
	event_receiver_init(&digits);
	while (size) {
		size_t n = *data & 0x3f;

		if (n > size - 1)
			n = size - 1;
		take(&digits, &source, data + 1, n, now_ns);
		for (int i = *data >> 6; i; i--) {
			jitter_tick(&jitter);
			(void)jitter_get(&jitter, frame);
		}
		now_ns += 20000000u;
		data += n + 1;
		size -= n + 1;
	}
	if (source.seen)
		rtp_source_block(&source, now_ns, &block);
	return 0;
}
