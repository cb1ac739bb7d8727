// SPDX-License-Identifier: MIT
/* test_rtp.c - RTP and RTCP packets, and the arithmetic of reports. */
#include "media/rtp.h"
#include "test_main.h"

#include <string.h>

START_TEST(a_header_survives_writing_and_reading)
{
	const struct rtp_header h = { 101, true, 65535, 0xfffffff0u, 0x12345678u };
	uint8_t packet[16] = { 0 };
	const uint8_t *payload;
	struct rtp_header got;
	size_t size;

	rtp_write(packet, &h);

	ck_assert(rtp_read(packet, sizeof(packet), &got, &payload, &size));
	ck_assert_uint_eq(got.payload_type, 101);
	ck_assert(got.marker);
	ck_assert_uint_eq(got.sequence, 65535);
	ck_assert_uint_eq(got.timestamp, 0xfffffff0u);
	ck_assert_uint_eq(got.ssrc, 0x12345678u);
	ck_assert_ptr_eq(payload, packet + 12);
	ck_assert_uint_eq(size, 4);
}
END_TEST

static const struct {
	const char *name;
	uint8_t bytes[20];
	size_t size;
	long payload; /* -1: not RTP */
} packets[] = {
	{ "short", { 0x80 }, 11, -1 },
	{ "version", { 0x40 }, 16, -1 },
	{ "csrc beyond the end", { 0x82 }, 16, -1 },
	{ "csrc", { 0x81 }, 20, 4 },
	{ "extension beyond the end", { 0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 }, 20,
			-1 },
	{ "extension header cut", { 0x90 }, 14, -1 },
	{ "extension", { 0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 20, 0 },
	{ "padding of nothing", { 0xa0 }, 16, -1 },
	{ "padding", { 0xa0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 }, 16, 2 },
	{ "padding over all", { 0xa0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5 }, 16, -1 },
	{ "only a header", { 0x80 }, 12, 0 },
};

START_TEST(packets_are_read_as_they_are)
{
	const uint8_t *payload;
	struct rtp_header h;
	size_t size;
	bool good = rtp_read(packets[_i].bytes, packets[_i].size, &h, &payload, &size);

	ck_assert_msg(good == (packets[_i].payload >= 0), "%s", packets[_i].name);
	if (good)
		ck_assert_uint_eq(size, (size_t)packets[_i].payload);
}
END_TEST

static void receive(struct rtp_source *s, int from, int to, int except)
{
	for (int n = from; n < to; n++) {
		const struct rtp_header h = { 0, false, (uint16_t)(65530 + n), (uint32_t)n * 160,
			77 };

		if (n != except)
			(void)rtp_source_received(s, &h, 1000000000u + (uint64_t)n * 20000000u,
					8000);
	}
}

START_TEST(loss_is_counted_over_the_wrap)
{
	struct rtp_source s = { .seen = false };
	struct rtcp_block b;

	receive(&s, 0, 100, 50);
	ck_assert_int_eq(rtp_source_lost(&s), 1);
	rtp_source_block(&s, 1, &b);
	ck_assert_int_eq(b.lost, 1);
	ck_assert_uint_eq(b.fraction_lost, 2);
	ck_assert_uint_eq(b.jitter, 0);
	receive(&s, 100, 200, -1);
	rtp_source_block(&s, 1, &b);

	ck_assert_uint_eq(b.fraction_lost, 0);
	ck_assert_int_eq(b.lost, 1);
	ck_assert_uint_eq(b.highest, 65530 + 199);
}
END_TEST

START_TEST(jitter_follows_the_arrivals)
{
	struct rtp_source s = { .seen = false };

	for (int n = 0; n < 500; n++) {
		const struct rtp_header h = { 0, false, (uint16_t)n, (uint32_t)n * 160, 77 };
		uint64_t wobble = n % 2 ? 5000000u : 0;

		(void)rtp_source_received(&s, &h, 1000000000u + (uint64_t)n * 20000000u + wobble,
				8000);
	}

	/* 5 ms to and fro: 40 samples of difference each time. */
	ck_assert_uint_ge(s.jitter >> 4, 36);
	ck_assert_uint_le(s.jitter >> 4, 42);
}
END_TEST

START_TEST(another_ssrc_begins_anew)
{
	struct rtp_source s = { .seen = false };
	const struct rtp_header other = { 0, false, 5, 0, 99 };

	receive(&s, 0, 10, 5);

	ck_assert(rtp_source_received(&s, &other, 1, 8000));
	ck_assert_int_eq(rtp_source_lost(&s), 0);
	ck_assert_uint_eq(s.ssrc, 99);
}
END_TEST

START_TEST(reports_survive_writing_and_reading)
{
	struct rtcp_report r = { .ssrc = 5,
		.is_sender = _i & 1,
		.ntp = 0x123456789abcdef0u,
		.timestamp = 7,
		.packets = 8,
		.bytes = 9,
		.has_block = (_i & 2) != 0,
		.block = { 11, 12, -13, 14, 15, 16, 17 },
		.bye = (_i & 4) != 0 };
	struct rtcp_report got;
	uint8_t packet[RTCP_PACKET_MAX];
	size_t size = rtcp_write(packet, &r, "somebody@somewhere");

	ck_assert(rtcp_read(packet, size, 11, &got));
	ck_assert_uint_eq(got.ssrc, 5);
	ck_assert_int_eq(got.is_sender, r.is_sender);
	ck_assert_int_eq(got.has_block, r.has_block);
	ck_assert_int_eq(got.bye, r.bye);
	if (got.is_sender)
		ck_assert_uint_eq(got.ntp, r.ntp);
	if (got.has_block) {
		ck_assert_int_eq(got.block.lost, -13);
		ck_assert_uint_eq(got.block.fraction_lost, 12);
		ck_assert_uint_eq(got.block.delay, 17);
	}
	ck_assert(rtcp_read(packet, size, 12, &got));
	ck_assert(!got.has_block);
	for (size_t cut = 0; cut < size; cut++)
		(void)rtcp_read(packet, cut, 11, &got);
}
END_TEST

START_TEST(a_report_that_lies_about_its_size_is_refused)
{
	uint8_t packet[32] = { 0x81, 200, 0, 7 };
	struct rtcp_report got;

	ck_assert(!rtcp_read(packet, sizeof(packet), 1, &got)); /* a block that is not there */
	packet[0] = 0x80;
	ck_assert(rtcp_read(packet, sizeof(packet), 1, &got));
	packet[3] = 8;
	ck_assert(!rtcp_read(packet, sizeof(packet), 1, &got));
	packet[1] = 202;
	ck_assert(!rtcp_read(packet, sizeof(packet), 1, &got));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("rtp");
	TCase *c = tcase_create("rtp");

	tcase_add_test(c, a_header_survives_writing_and_reading);
	tcase_add_loop_test(c, packets_are_read_as_they_are, 0,
			(int)(sizeof(packets) / sizeof(packets[0])));
	tcase_add_test(c, loss_is_counted_over_the_wrap);
	tcase_add_test(c, jitter_follows_the_arrivals);
	tcase_add_test(c, another_ssrc_begins_anew);
	suite_add_tcase(s, c);
	c = tcase_create("rtcp");
	tcase_add_loop_test(c, reports_survive_writing_and_reading, 0, 8);
	tcase_add_test(c, a_report_that_lies_about_its_size_is_refused);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
