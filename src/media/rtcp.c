// SPDX-License-Identifier: MIT
/* rtcp.c - reading and writing reports (RFC 3550). */
#include "media/network.h"
#include "media/rtp.h"

#include <string.h>

enum { RTCP_SR = 200, RTCP_RR = 201, RTCP_SDES = 202, RTCP_BYE = 203 };

static void read_block(const uint8_t *p, struct rtcp_block *out)
{
	uint32_t lost = network_get32(p + 4) & 0xffffff;

	out->ssrc = network_get32(p);
	out->fraction_lost = p[4];
	out->lost = lost & 0x800000 ? (int32_t)lost - 0x1000000 : (int32_t)lost;
	out->highest = network_get32(p + 8);
	out->jitter = network_get32(p + 12);
	out->last_sr = network_get32(p + 16);
	out->delay = network_get32(p + 20);
}

/* One report packet of a compound, header included. */
static bool read_report(const uint8_t *p, size_t size, uint32_t our_ssrc, struct rtcp_report *out)
{
	unsigned int count = p[0] & 0x1f;
	size_t at = p[1] == RTCP_SR ? 28 : 8;

	if (at + 24 * (size_t)count > size)
		return false;
	out->ssrc = network_get32(p + 4);
	if (p[1] == RTCP_SR) {
		out->is_sender = true;
		out->ntp = (uint64_t)network_get32(p + 8) << 32 | network_get32(p + 12);
		out->timestamp = network_get32(p + 16);
		out->packets = network_get32(p + 20);
		out->bytes = network_get32(p + 24);
	}
	for (; count; count--, at += 24) {
		if (network_get32(p + at) != our_ssrc)
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
		length = 4 * ((size_t)network_get16(p + 2) + 1);
		if (length > size - at)
			return false;
		if (p[1] == RTCP_SR || p[1] == RTCP_RR) {
			if (!read_report(p, length, our_ssrc, out))
				return false;
		} else if (p[1] == RTCP_BYE && (p[0] & 0x1f) && length >= 8) {
			out->bye = true;
			out->bye_ssrc = network_get32(p + 4);
		}
		at += length;
	}
	return true;
}

static size_t write_block(uint8_t *p, const struct rtcp_block *b)
{
	network_put32(p, b->ssrc);
	network_put32(p + 4, (uint32_t)b->lost & 0xffffff);
	p[4] = b->fraction_lost;
	network_put32(p + 8, b->highest);
	network_put32(p + 12, b->jitter);
	network_put32(p + 16, b->last_sr);
	network_put32(p + 20, b->delay);
	return 24;
}

static void write_head(uint8_t *p, unsigned int count, int type, size_t size)
{
	p[0] = (uint8_t)(0x80 | count);
	p[1] = (uint8_t)type;
	network_put16(p + 2, (uint32_t)(size / 4 - 1));
}

static size_t write_name(uint8_t *p, uint32_t ssrc, const char *cname)
{
	size_t length = strnlen(cname, 255), size;

	size = (8 + 2 + length + 1 + 3) / 4 * 4;
	memset(p, 0, size);
	write_head(p, 1, RTCP_SDES, size);
	network_put32(p + 4, ssrc);
	p[8] = 1; /* CNAME */
	p[9] = (uint8_t)length;
	memcpy(p + 10, cname, length);
	return size;
}

size_t rtcp_write(uint8_t *packet, const struct rtcp_report *r, const char *cname)
{
	size_t size = r->is_sender ? 28 : 8;

	network_put32(packet + 4, r->ssrc);
	if (r->is_sender) {
		network_put32(packet + 8, (uint32_t)(r->ntp >> 32));
		network_put32(packet + 12, (uint32_t)r->ntp);
		network_put32(packet + 16, r->timestamp);
		network_put32(packet + 20, r->packets);
		network_put32(packet + 24, r->bytes);
	}
	if (r->has_block)
		size += write_block(packet + size, &r->block);
	write_head(packet, r->has_block, r->is_sender ? RTCP_SR : RTCP_RR, size);
	size += write_name(packet + size, r->ssrc, cname);
	if (r->bye) {
		write_head(packet + size, 1, RTCP_BYE, 8);
		network_put32(packet + size + 4, r->ssrc);
		size += 8;
	}
	return size;
}
