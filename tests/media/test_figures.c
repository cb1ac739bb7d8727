// SPDX-License-Identifier: MIT
/* test_figures.c - what a session counts, against packets that are known, and its reports, read by
 * a decoder that shares nothing with ours. Also whose packets count at all. */
#include "peer.h"

#include "base/clock.h"
#include "test_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct end e;
static struct peer p;

static void open_call(const char *extra)
{
	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	(void)peer_call(&p, &e, "", "RTP/AVP", extra);
}

static void close_call(void)
{
	end_close(&e);
	peer_close(&p);
}

static struct end_message figures(void)
{
	end_send(&e, "TAPI-RTP/1 figures? 9\n\n");
	return end_expect(&e, RTPMSG_FIGURES);
}

static unsigned long figure(const char *name)
{
	struct end_message m = figures();
	const char *text = message_header(&m, name);

	ck_assert_msg(*text != '\0', "no %s in %s", name, m.bytes);
	return strtoul(text, NULL, 10);
}

START_TEST(before_there_is_an_agreement_there_are_no_figures)
{
	struct end_message m;

	world_open(&e, "127.0.0.1");
	end_send(&e, "TAPI-RTP/1 figures? 9\n\n");

	m = end_expect(&e, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "481");
	end_close(&e);
}
END_TEST

START_TEST(known_packets_are_counted_truly)
{
	struct end_message m;
	struct rtp_header once;
	char text[64];

	open_call("");
	for (int i = 0; i < 50; i++) {
		if (i % 20 == 10) { /* lost */
			p.next.sequence++;
			p.next.timestamp += 160;
		} else {
			peer_say(&p);
		}
		world_step(&e, 1);
	}
	once = p.next; /* the same twice */
	peer_say(&p);
	p.next = once;
	peer_say(&p);
	p.next.payload_type = 77; /* not agreed */
	peer_say(&p);
	world_step(&e, 5);

	m = figures();
	ck_assert_str_eq(message_header(&m, "Codec"), "PCMU/8000");
	ck_assert_str_eq(message_header(&m, "SRTP"), "off");
	(void)snprintf(text, sizeof(text), "127.0.0.1:%u",
			(unsigned int)address_port((const struct sockaddr *)&p.theirs));
	ck_assert_str_eq(message_header(&m, "Local"), text);
	(void)snprintf(text, sizeof(text), "127.0.0.1:%u",
			(unsigned int)address_port((const struct sockaddr *)&p.sockets.local));
	ck_assert_str_eq(message_header(&m, "Remote"), text);
	ck_assert_uint_eq(figure("Received-Packets"), 50);
	ck_assert_uint_eq(figure("Received-Bytes"), 50 * 160);
	ck_assert_uint_eq(figure("Lost"), 51 - 50); /* a duplicate makes up for one, says the RFC */
	ck_assert_uint_eq(figure("Duplicate"), 1);
	ck_assert_uint_eq(figure("Stranger"), 1);
	ck_assert_uint_eq(figure("Sent-Packets"), peer_heard(&p));
	ck_assert_uint_eq(figure("Sent-Bytes"), 160 * figure("Sent-Packets"));
	close_call();
}
END_TEST

START_TEST(what_is_made_up_is_told_in_milliseconds)
{
	open_call("");
	for (int i = 0; i < 200; i++) {
		if (i % 20 == 10) {
			p.next.sequence++;
			p.next.timestamp += 160;
		} else {
			peer_say(&p);
		}
		world_step(&e, 1);
	}

	ck_assert_uint_eq(figure("Lost"), 10);
	ck_assert_uint_ge(figure("Concealed-Ms"), 180);
	ck_assert_uint_le(figure("Concealed-Ms"), 200);
	ck_assert_uint_ge(figure("Delay-Ms"), 20);
	ck_assert_uint_le(figure("Delay-Ms"), 80);
	close_call();
}
END_TEST

START_TEST(jitter_is_that_of_rfc_3550)
{
	double jitter = 0, us;

	open_call("");
	for (int i = 0; i < 300; i++) {
		int wobble = i % 3 == 0 ? 120 : 0; /* samples */
		int before = (i + 2) % 3 == 0 ? 120 : 0;

		p.next.timestamp += (uint32_t)wobble;
		peer_say(&p);
		p.next.timestamp -= (uint32_t)wobble;
		world_step(&e, 1);
		if (i)
			jitter += (abs(wobble - before) - jitter) / 16;
	}
	us = jitter * 125;

	ck_assert_double_gt((double)figure("Jitter-Us"), us * 0.97);
	ck_assert_double_lt((double)figure("Jitter-Us"), us * 1.03);
	close_call();
}
END_TEST

START_TEST(losses_are_not_forgotten_with_another_peer)
{
	struct peer other;

	open_call("");
	peer_say(&p);
	p.next.sequence += 4;
	peer_say(&p);
	world_step(&e, 2);
	ck_assert_uint_eq(figure("Lost"), 4);
	peer_open(&other, "127.0.0.1");
	(void)peer_call(&other, &e, "", "RTP/AVP", "");
	other.next.ssrc = 77;
	peer_say(&other);
	other.next.sequence += 2;
	peer_say(&other);
	world_step(&e, 2);

	ck_assert_uint_eq(figure("Lost"), 6);
	ck_assert_uint_eq(figure("Received-Packets"), 4);
	peer_close(&other);
	close_call();
}
END_TEST

START_TEST(a_sequence_that_begins_anew_is_no_loss)
{
	open_call("");
	for (int i = 0; i < 10; i++) {
		if (i == 5)
			p.next.sequence = 20000;
		peer_say(&p);
		world_step(&e, 1);
	}

	ck_assert_uint_eq(figure("Lost"), 0);
	close_call();
}
END_TEST

/* --- reports --------------------------------------------------------------------------------- */

static uint32_t word(const uint8_t *packet, int i)
{
	return (uint32_t)packet[4 * i] << 24 | (uint32_t)packet[4 * i + 1] << 16 |
	       (uint32_t)packet[4 * i + 2] << 8 | packet[4 * i + 3];
}

/* The last report that has come, as 32 bit words of RFC 3550 6.4.1. */
static size_t take_report(uint8_t packet[1500])
{
	ssize_t n, last = 0;

	while ((n = recv(p.sockets.rtcp, packet, 1500, 0)) > 0)
		last = n;
	ck_assert_int_ge(last, 60);
	ck_assert_int_eq(last % 4, 0);
	return (size_t)last;
}

/* Our own report about the MSP: receiver report with one block, or a sender report with none. */
static void send_report(uint32_t type, const uint32_t *words, int count)
{
	uint8_t packet[64];

	for (int i = 0; i <= count; i++) {
		uint32_t w = i ? words[i - 1] : type << 16 | (uint32_t)count;

		packet[4 * i] = (uint8_t)(w >> 24);
		packet[4 * i + 1] = (uint8_t)(w >> 16);
		packet[4 * i + 2] = (uint8_t)(w >> 8);
		packet[4 * i + 3] = (uint8_t)w;
	}
	peer_send(&p, p.sockets.rtcp, &p.theirs_rtcp, packet, 4 * (size_t)(count + 1));
}

#define SR_EMPTY 0x80c8u
#define RR_BLOCK 0x81c9u
#define BYE_ONE  0x81cbu

START_TEST(a_sender_report_says_what_was_sent_and_heard)
{
	const uint32_t sr[] = { 0x1234, 0x11112222, 0x33334444, 0, 0, 0 };
	uint8_t r[1500];
	size_t size;
	uint32_t at;

	open_call("");
	send_report(SR_EMPTY, sr, 6);
	for (int i = 0; i < 100; i++) {
		if (i % 10 == 5)
			p.next.sequence++;
		peer_say(&p);
		world_step(&e, 1);
		if (i == 0) /* while it is heard */
			send_report(SR_EMPTY, sr, 6);
	}
	size = take_report(r);

	ck_assert_uint_eq(r[0], 0x81);              /* version 2, one block */
	ck_assert_uint_eq(r[1], 200);               /* SR */
	ck_assert_uint_eq(word(r, 0) & 0xffff, 12); /* words behind the first */
	ck_assert_uint_gt(word(r, 5), 40);
	ck_assert_uint_eq(word(r, 6), 160 * word(r, 5));
	ck_assert_uint_eq(word(r, 7), 0x1234);
	at = word(r, 9) - 65500; /* how many it had heard, lost ones included, less one */
	ck_assert_uint_ge(at, 40);
	ck_assert_uint_eq(word(r, 8) & 0xffffff, (at + 5) / 11);
	ck_assert_uint_eq(word(r, 8) >> 24, 256 * ((at + 5) / 11) / (at + 1));
	ck_assert_uint_eq(word(r, 10), 0);
	ck_assert_uint_eq(word(r, 11), 0x22223333);
	ck_assert_uint_gt(word(r, 12), 65536 / 2);

	ck_assert_uint_eq(r[52] >> 6, 2); /* SDES behind it */
	ck_assert_uint_eq(r[53], 202);
	ck_assert_uint_eq(word(r, 14), word(r, 1));
	ck_assert_uint_eq(r[60], 1);
	ck_assert_uint_le(62u + r[61], size);
	ck_assert_ptr_nonnull(memchr(r + 62, '@', r[61]));
	close_call();
}
END_TEST

START_TEST(the_round_trip_is_what_time_and_reports_say)
{
	uint32_t rr[] = { 0x1234, 0, 0, 0, 80, 0, 65536 / 2 };
	uint8_t r[1500];

	open_call("");
	for (int i = 0; i < 60; i++) {
		peer_say(&p);
		world_step(&e, 1);
	}
	(void)take_report(r);
	rr[1] = word(r, 1);
	rr[2] = 0x10000007; /* fraction 16, lost 7 */
	rr[5] = word(r, 2) << 16 | word(r, 3) >> 16;
	/* It was sent 720 ms ago, and we answered after half a second: 220 ms were spent on the
	 * way. */
	clock_advance_ms(720 - 200);
	send_report(RR_BLOCK, rr, 7);
	world_step(&e, 1);

	ck_assert_uint_eq(figure("Peer-Lost"), 7);
	ck_assert_uint_eq(figure("Peer-Jitter-Us"), 10000);
	ck_assert_uint_ge(figure("Round-Trip-Us"), 219900);
	ck_assert_uint_le(figure("Round-Trip-Us"), 220100);
	close_call();
}
END_TEST

/* --- whose packets --------------------------------------------------------------------------- */

static unsigned long taken(void)
{
	return figure("Received-Packets");
}

START_TEST(another_source_at_the_right_address_is_not_played)
{
	struct rtp_header theirs;

	open_call("");
	for (int i = 0; i < 20; i++) {
		peer_say(&p);
		theirs = p.next;
		p.next.ssrc = 666;
		peer_say(&p);
		p.next = theirs;
		world_step(&e, 1);
	}
	world_step(&e, 1); /* what has come behind the peer's packet */

	ck_assert_uint_eq(taken(), 20);
	ck_assert_uint_eq(figure("Stranger"), 20);
	ck_assert_uint_eq(figure("Lost"), 0);
	close_call();
}
END_TEST

START_TEST(another_source_takes_over_after_silence_goodbye_or_agreement)
{
	const uint32_t bye[] = { 0x1234 };

	open_call("");
	for (int i = 0; i < 5; i++) {
		peer_say(&p);
		world_step(&e, 1);
	}
	if (_i == 0)
		world_step(&e, 10);
	if (_i == 1)
		send_report(BYE_ONE, bye, 1); /* not alone in a packet: not read */
	if (_i == 2) {
		static const uint8_t both[] = { 0x80, 201, 0, 1, 0, 0, 0x12, 0x34, 0x81, 203, 0, 1,
			0, 0, 0x12, 0x34 };

		peer_send(&p, p.sockets.rtcp, &p.theirs_rtcp, both, sizeof(both));
		world_step(&e, 1);
	}
	if (_i == 3) {
		struct peer before = p;

		peer_open(&p, "127.0.0.1"); /* other ports */
		peer_close(&before);
		(void)peer_call(&p, &e, "", "RTP/AVP", "");
	}
	p.next.ssrc = 0x4321;
	peer_say(&p);
	world_step(&e, 1);

	ck_assert_uint_eq(taken(), _i == 1 ? 5 : 6);
	close_call();
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("figures");
	TCase *c = tcase_create("figures");

	tcase_add_test(c, before_there_is_an_agreement_there_are_no_figures);
	tcase_add_test(c, known_packets_are_counted_truly);
	tcase_add_test(c, what_is_made_up_is_told_in_milliseconds);
	tcase_add_test(c, jitter_is_that_of_rfc_3550);
	tcase_add_test(c, losses_are_not_forgotten_with_another_peer);
	tcase_add_test(c, a_sequence_that_begins_anew_is_no_loss);
	suite_add_tcase(s, c);
	c = tcase_create("reports");
	tcase_add_test(c, a_sender_report_says_what_was_sent_and_heard);
	tcase_add_test(c, the_round_trip_is_what_time_and_reports_say);
	suite_add_tcase(s, c);
	c = tcase_create("sources");
	tcase_add_test(c, another_source_at_the_right_address_is_not_played);
	tcase_add_loop_test(c, another_source_takes_over_after_silence_goodbye_or_agreement, 0, 4);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
