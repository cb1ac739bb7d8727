// SPDX-License-Identifier: MIT
/* fuzz_rtcp.c - any bytes as a compound RTCP packet. What a report says is written again and is
 * then read as the same. The first four bytes are our SSRC. */
#include "media/rtp.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_block(const struct rtcp_block *a, const struct rtcp_block *b)
{
	assert(a->ssrc == b->ssrc && a->fraction_lost == b->fraction_lost && a->lost == b->lost);
	assert(a->highest == b->highest && a->jitter == b->jitter && a->last_sr == b->last_sr &&
			a->delay == b->delay);
}

static void write_again(const struct rtcp_report *r, uint32_t ours, const uint8_t *name,
		size_t name_size)
{
	uint8_t packet[RTCP_PACKET_MAX];
	struct rtcp_report again;
	char cname[300];
	size_t size;

	for (size = 0; size < name_size && size < sizeof(cname) - 1; size++)
		cname[size] = (char)(name[size] ? name[size] : 1);
	cname[size] = '\0';
	size = rtcp_write(packet, r, cname);
	assert(size <= sizeof(packet));
	assert(rtcp_read(packet, size, ours, &again));
	assert(again.ssrc == r->ssrc && again.is_sender == r->is_sender && again.bye == r->bye &&
			again.has_block == r->has_block);
	if (r->is_sender)
		assert(again.ntp == r->ntp && again.timestamp == r->timestamp &&
				again.packets == r->packets && again.bytes == r->bytes);
	if (r->has_block)
		check_block(&r->block, &again.block);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rtcp_report report;
	uint32_t ours;

	if (size < sizeof(ours))
		return 0;
	memcpy(&ours, data, sizeof(ours));
	data += sizeof(ours);
	size -= sizeof(ours);
	if (rtcp_read(data, size, ours, &report))
		write_again(&report, ours, data, size);
	return 0;
}
