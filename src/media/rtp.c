// SPDX-License-Identifier: MIT
/* rtp.c - RTP and RTCP packets (RFC 3550). */
#include "media/rtp.h"

#include <string.h>

#define DROPOUT_MAX  3000 /* RFC 3550 A.1: a longer step is a new sequence, */
#define MISORDER_MAX 100  /* unless it is a short one back */
#define SILENT_NS    200000000u

enum { RTCP_SR = 200, RTCP_RR = 201, RTCP_SDES = 202, RTCP_BYE = 203 };

static uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static void put16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v);
}

bool rtp_read_header(const uint8_t *packet, size_t size, struct rtp_header *out)
{
	if (size < RTP_HEADER_SIZE || packet[0] >> 6 != 2)
		return false;
	out->marker = packet[1] >> 7;
	out->payload_type = packet[1] & 0x7f;
	out->sequence = get16(packet + 2);
	out->timestamp = get32(packet + 4);
	out->ssrc = get32(packet + 8);
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
		at += 4 + 4 * (size_t)get16(packet + at + 2);
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
	put16(packet + 2, h->sequence);
	put32(packet + 4, h->timestamp);
	put32(packet + 8, h->ssrc);
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

static void read_block(const uint8_t *p, struct rtcp_block *out)
{
	uint32_t lost = get32(p + 4) & 0xffffff;

	out->ssrc = get32(p);
	out->fraction_lost = p[4];
	out->lost = lost & 0x800000 ? (int32_t)lost - 0x1000000 : (int32_t)lost;
	out->highest = get32(p + 8);
	out->jitter = get32(p + 12);
	out->last_sr = get32(p + 16);
	out->delay = get32(p + 20);
}

/* One report packet of a compound, header included. */
static bool read_report(const uint8_t *p, size_t size, uint32_t our_ssrc, struct rtcp_report *out)
{
	unsigned int count = p[0] & 0x1f;
	size_t at = p[1] == RTCP_SR ? 28 : 8;

	if (at + 24 * (size_t)count > size)
		return false;
	out->ssrc = get32(p + 4);
	if (p[1] == RTCP_SR) {
		out->is_sender = true;
		out->ntp = (uint64_t)get32(p + 8) << 32 | get32(p + 12);
		out->timestamp = get32(p + 16);
		out->packets = get32(p + 20);
		out->bytes = get32(p + 24);
	}
	for (; count; count--, at += 24) {
		if (get32(p + at) != our_ssrc)
			continue;
		read_block(p + at, &out->block);
		out->has_block = true;
	}
	return true;
}

bool rtcp_read(const uint8_t *packet, size_t size, uint32_t our_ssrc, struct rtcp_report *out)
{
	size_t at = 0;

	memset(out, 0, sizeof(*out));
	if (size < 8 || (packet[1] != RTCP_SR && packet[1] != RTCP_RR))
		return false;
	while (at < size) {
		const uint8_t *p = packet + at;
		size_t length;

		if (size - at < 4 || p[0] >> 6 != 2)
			return false;
		length = 4 * ((size_t)get16(p + 2) + 1);
		if (length > size - at)
			return false;
		if (p[1] == RTCP_SR || p[1] == RTCP_RR) {
			if (!read_report(p, length, our_ssrc, out))
				return false;
		} else if (p[1] == RTCP_BYE && (p[0] & 0x1f) && length >= 8) {
			out->bye = true;
			out->bye_ssrc = get32(p + 4);
		}
		at += length;
	}
	return true;
}

static size_t write_block(uint8_t *p, const struct rtcp_block *b)
{
	put32(p, b->ssrc);
	put32(p + 4, (uint32_t)b->lost & 0xffffff);
	p[4] = b->fraction_lost;
	put32(p + 8, b->highest);
	put32(p + 12, b->jitter);
	put32(p + 16, b->last_sr);
	put32(p + 20, b->delay);
	return 24;
}

static void write_head(uint8_t *p, unsigned int count, int type, size_t size)
{
	p[0] = (uint8_t)(0x80 | count);
	p[1] = (uint8_t)type;
	put16(p + 2, (uint32_t)(size / 4 - 1));
}

static size_t write_name(uint8_t *p, uint32_t ssrc, const char *cname)
{
	size_t length = strlen(cname), size;

	if (length > 255)
		length = 255;
	size = (8 + 2 + length + 1 + 3) / 4 * 4;
	memset(p, 0, size);
	write_head(p, 1, RTCP_SDES, size);
	put32(p + 4, ssrc);
	p[8] = 1; /* CNAME */
	p[9] = (uint8_t)length;
	memcpy(p + 10, cname, length);
	return size;
}

size_t rtcp_write(uint8_t *packet, const struct rtcp_report *r, const char *cname)
{
	size_t size = r->is_sender ? 28 : 8;

	put32(packet + 4, r->ssrc);
	if (r->is_sender) {
		put32(packet + 8, (uint32_t)(r->ntp >> 32));
		put32(packet + 12, (uint32_t)r->ntp);
		put32(packet + 16, r->timestamp);
		put32(packet + 20, r->packets);
		put32(packet + 24, r->bytes);
	}
	if (r->has_block)
		size += write_block(packet + size, &r->block);
	write_head(packet, r->has_block, r->is_sender ? RTCP_SR : RTCP_RR, size);
	size += write_name(packet + size, r->ssrc, cname);
	if (r->bye) {
		write_head(packet + size, 1, RTCP_BYE, 8);
		put32(packet + size + 4, r->ssrc);
		size += 8;
	}
	return size;
}
