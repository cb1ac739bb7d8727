// SPDX-License-Identifier: MIT
/* rtp.h - RTP and RTCP packets (RFC 3550): reading, writing, and the arithmetic of reports. */
#ifndef MEDIA_RTP_H
#define MEDIA_RTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RTP_HEADER_SIZE 12
#define RTP_PACKET_MAX  1500
#define RTCP_PACKET_MAX 512

struct rtp_header {
	uint8_t payload_type;
	bool marker;
	uint16_t sequence;
	uint32_t timestamp, ssrc;
};

/* Only the header, of a packet whose rest may be encrypted. False: not RTP. */
bool rtp_read_header(const uint8_t *packet, size_t size, struct rtp_header *out);
/* False: not RTP. *payload points into packet; padding, CSRCs and extension are left out. */
bool rtp_read(const uint8_t *packet, size_t size, struct rtp_header *out, const uint8_t **payload,
		size_t *payload_size);
/* Writes RTP_HEADER_SIZE bytes. */
void rtp_write(uint8_t *packet, const struct rtp_header *h);

/* What is known of the sender of a stream, RFC 3550 appendix A. */
struct rtp_source {
	bool seen;
	uint32_t ssrc;
	uint16_t highest; /* sequence */
	uint32_t cycles;  /* times the sequence has wrapped */
	uint32_t first;   /* extended sequence */
	uint64_t received, received_before, expected_before;
	int64_t lost_before; /* the sequence began anew */
	bool jumped;
	uint16_t jumped_to;
	uint64_t heard_ns; /* when the last packet came */
	bool gone;         /* it has said goodbye */
	uint32_t rate;     /* of the timestamps, a second, as told last */
	uint32_t jitter;   /* in units of it, times 16 */
	uint32_t transit;
	uint32_t last_sr;    /* middle 32 bits of its NTP time */
	uint64_t last_sr_ns; /* when that came; 0: never */
};

/* Whether a packet with this ssrc belongs here: another one only takes the place of a source that
 * has said goodbye or nothing for a while. */
bool rtp_source_admits(const struct rtp_source *s, uint32_t ssrc, uint64_t now_ns);
/* Another ssrc begins anew; true then. rate 0: a packet that tells nothing about jitter. */
bool rtp_source_received(struct rtp_source *s, const struct rtp_header *h, uint64_t now_ns,
		uint32_t rate);
uint32_t rtp_source_jitter_us(const struct rtp_source *s);
int64_t rtp_source_lost(const struct rtp_source *s);

struct rtcp_block { /* of a report */
	uint32_t ssrc;
	uint8_t fraction_lost;
	int32_t lost;
	uint32_t highest, jitter, last_sr, delay;
};

struct rtcp_report {
	uint32_t ssrc; /* of who reports */
	bool is_sender;
	uint64_t ntp; /* sender only, with the two below */
	uint32_t timestamp, packets, bytes;
	bool has_block; /* about the ssrc that was asked for */
	struct rtcp_block block;
	bool bye;
	uint32_t bye_ssrc; /* who goes */
};

/* Makes the block about s as of now and begins its next interval. */
void rtp_source_block(struct rtp_source *s, uint64_t now_ns, struct rtcp_block *out);
/* Reads a compound packet; out->block is the one about our_ssrc. False: not RTCP. */
bool rtcp_read(const uint8_t *packet, size_t size, uint32_t our_ssrc, struct rtcp_report *out);
/* SR or RR, then SDES with the name, then BYE if r says so. Returns the size (buffer: MAX). */
size_t rtcp_write(uint8_t *packet, const struct rtcp_report *r, const char *cname);

#endif
