// SPDX-License-Identifier: MIT
/* rtp.c - RTP packets, and what is known of their sender (RFC 3550). */
#include "media/rtp.h"

#include "media/network.h"

#include <string.h>

#define DROPOUT_MAX  3000 /* RFC 3550 A.1: a longer step is a new sequence, */
#define MISORDER_MAX 100  /* unless it is a short one back */
#define SILENT_NS    200000000u

bool rtp_read_header(const uint8_t *packet, size_t size, struct rtp_header *out)
{
	if (size < RTP_HEADER_SIZE || packet[0] >> 6 != 2)
		return false;
	out->marker = packet[1] >> 7;
	out->payload_type = packet[1] & 0x7f;
	out->sequence = network_get16(packet + 2);
	out->timestamp = network_get32(packet + 4);
	out->ssrc = network_get32(packet + 8);
	return true;
}

bool rtp_read(const uint8_t *packet, size_t size, struct rtp_header *out, const uint8_t **payload,
		size_t *payload_size)
{
	size_t at = RTP_HEADER_SIZE;

	if (!rtp_read_header(packet, size, out))
		return false;
	at += 4 * (size_t)(packet[0] & 0x0f);
	if (packet[0] & 0x10) {
		if (at + 4 > size)
			return false;
		at += 4 + 4 * (size_t)network_get16(packet + at + 2);
	}
	if (at > size)
		return false;
	if (packet[0] & 0x20) {
		size_t padding = packet[size - 1];

		if (padding == 0 || padding > size - at)
			return false;
		size -= padding;
	}
	*payload = packet + at;
	*payload_size = size - at;
	return true;
}

void rtp_write(uint8_t *packet, const struct rtp_header *h)
{
	packet[0] = 0x80;
	packet[1] = (uint8_t)(h->marker << 7 | h->payload_type);
	network_put16(packet + 2, h->sequence);
	network_put32(packet + 4, h->timestamp);
	network_put32(packet + 8, h->ssrc);
}

static uint32_t extended(const struct rtp_source *s)
{
	return s->cycles << 16 | s->highest;
}

int64_t rtp_source_lost(const struct rtp_source *s)
{
	if (!s->seen)
		return 0;
	return s->lost_before + (int64_t)(extended(s) - s->first) + 1 - (int64_t)s->received;
}

bool rtp_source_admits(const struct rtp_source *s, uint32_t ssrc, uint64_t now_ns)
{
	return !s->seen || s->ssrc == ssrc || s->gone || now_ns - s->heard_ns >= SILENT_NS;
}

static void begin(struct rtp_source *s, uint16_t sequence)
{
	s->highest = sequence;
	s->first = sequence;
	s->cycles = 0;
	s->received = 1;
	s->received_before = s->expected_before = 0;
	s->jumped = false;
}

/* RFC 3550 A.1: two packets in a row after a jump are a sender that has begun anew. */
static void follow(struct rtp_source *s, uint16_t sequence)
{
	uint16_t step = (uint16_t)(sequence - s->highest);

	if (step >= DROPOUT_MAX && step <= UINT16_MAX + 1 - MISORDER_MAX) {
		if (s->jumped && sequence == (uint16_t)(s->jumped_to + 1)) {
			s->lost_before = rtp_source_lost(s);
			begin(s, sequence);
		} else {
			s->jumped = true;
			s->jumped_to = sequence;
		}
		return;
	}
	s->received++;
	if (step == 0 || step >= DROPOUT_MAX)
		return;
	s->cycles += sequence < s->highest;
	s->highest = sequence;
	s->jumped = false;
}

bool rtp_source_received(struct rtp_source *s, const struct rtp_header *h, uint64_t now_ns,
		uint32_t rate)
{
	bool fresh = !s->seen || s->ssrc != h->ssrc;
	uint32_t arrival = (uint32_t)(now_ns / 1000 * rate / 1000000);
	uint32_t transit = arrival - h->timestamp;
	int32_t d;

	if (fresh) {
		memset(s, 0, sizeof(*s));
		s->seen = true;
		s->ssrc = h->ssrc;
		s->rate = rate;
		s->heard_ns = now_ns;
		s->transit = transit;
		begin(s, h->sequence);
		return true;
	}
	s->heard_ns = now_ns;
	follow(s, h->sequence);
	if (!rate)
		return false;
	if (rate != s->rate) {
		s->jitter = s->rate ? (uint32_t)((uint64_t)s->jitter * rate / s->rate) : 0;
		s->rate = rate;
		s->transit = transit;
		return false;
	}
	d = (int32_t)(transit - s->transit);
	s->transit = transit;
	if (d < 0)
		d = -(d + 1);
	if (d < 1 << 20)
		s->jitter += (uint32_t)d - ((s->jitter + 8) >> 4);
	return false;
}

uint32_t rtp_source_jitter_us(const struct rtp_source *s)
{
	return s->rate ? (uint32_t)((uint64_t)(s->jitter >> 4) * 1000000u / s->rate) : 0;
}

void rtp_source_block(struct rtp_source *s, uint64_t now_ns, struct rtcp_block *out)
{
	uint64_t expected = (uint64_t)(extended(s) - s->first) + 1;
	int64_t interval = (int64_t)(expected - s->expected_before);
	int64_t missing = interval - (int64_t)(s->received - s->received_before);
	int64_t lost = rtp_source_lost(s);

	out->ssrc = s->ssrc;
	out->fraction_lost = 0;
	if (interval > 0 && missing > 0)
		out->fraction_lost = (uint8_t)(missing < interval ? missing * 256 / interval : 255);
	out->lost = (int32_t)(lost > 0x7fffff ? 0x7fffff : lost < -0x800000 ? -0x800000 : lost);
	out->highest = extended(s);
	out->jitter = s->jitter >> 4;
	out->last_sr = s->last_sr;
	out->delay = s->last_sr_ns ? (uint32_t)((now_ns - s->last_sr_ns) / 1000 * 65536 / 1000000)
				   : 0;
	s->expected_before = expected;
	s->received_before = s->received;
}
