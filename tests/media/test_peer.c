// SPDX-License-Identifier: MIT
/* test_peer.c - the rtp MSP and a peer that is not ours: this test, with sockets of its own.
 * Losses, strangers, wrong payloads, silence, tones in the sound. */
#include "pair.h"

#include "base/clock.h"
#include "media/codec.h"
#include "media/engine.h"
#include "media/event.h"
#include "media/rtp.h"
#include "media/sdp.h"
#include "media/udp.h"
#include "test_main.h"

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PACKET 160 /* samples and bytes of G.711 */

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID null_terminal = MSP_TERMINAL_NULL;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;
static const GUID iid_statistics = MSP_IID_RTP_STATISTICS;

static struct peer {
	struct end msp;
	struct udp_pair sockets;
	struct sockaddr_storage theirs;
	struct rtp_header next; /* of what we send */
} p;

static void open_peer(const char *media_line)
{
	static const struct udp_range range = { 42000, 43000 };
	struct sockaddr_storage local;
	struct end_message answer;
	struct sdp sdp;
	char text[1024];
	const char *body;

	(void)setenv("TAPI_MEDIA_ADDRESS", "127.0.0.1", 1);
	clock_set_virtual(1000000000u);
	media_engine_set_manual(true);
	memset(&p, 0, sizeof(p));
	ck_assert(address_parse("127.0.0.1", 9, &local));
	ck_assert_int_eq(udp_pair_open((const struct sockaddr *)&local, range, &p.sockets), 0);
	end_open(&p.msp, TAPIMEDIATYPE_AUDIO, MSP_CALL_INCOMING);
	(void)snprintf(text, sizeof(text),
			"TAPI-RTP/1 offer 1\n\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
			"c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %u RTP/AVP %s\r\n",
			(unsigned int)address_port((const struct sockaddr *)&p.sockets.local),
			media_line);
	end_send(&p.msp, text);
	answer = end_expect(&p.msp, RTPMSG_ANSWER);
	body = strstr(answer.bytes, "\n\n") + 2;
	ck_assert_int_eq(sdp_read(body, strlen(body), &sdp), 0);
	p.theirs = sdp.media[0].rtp;
	p.next.ssrc = 0x1234;
	p.next.sequence = 65500;
	p.next.timestamp = 0xfffff000u;
}

static void close_peer(void)
{
	end_close(&p.msp);
	udp_pair_close(&p.sockets);
}

static void step(unsigned int ticks)
{
	for (; ticks; ticks--) {
		clock_advance_ms(20);
		media_engine_step(clock_now_ns());
		end_drain(&p.msp);
	}
}

static void send_bytes(int fd, const void *bytes, size_t size)
{
	ck_assert_int_eq(sendto(fd, bytes, size, 0, (const struct sockaddr *)&p.theirs,
					 address_size((const struct sockaddr *)&p.theirs)),
			(ssize_t)size);
}

/* 20 ms of a constant sample, or only the time of it. */
static void say(int16_t sample, bool lost)
{
	uint8_t packet[RTP_HEADER_SIZE + PACKET];
	int16_t samples[PACKET];

	for (int i = 0; i < PACKET; i++)
		samples[i] = sample;
	rtp_write(packet, &p.next);
	(void)media_codec_static(p.next.payload_type & 8)
			->encode(NULL, samples, PACKET, packet + RTP_HEADER_SIZE);
	if (!lost)
		send_bytes(p.sockets.rtp, packet, sizeof(packet));
	p.next.sequence++;
	p.next.timestamp += PACKET;
}

static struct msp_rtp_figures heard(void)
{
	const struct msp_rtp_statistics *s = stream_interface(p.msp.render, &iid_statistics);
	struct msp_rtp_figures f;

	ck_assert_int_eq(s->figures(p.msp.render, &f), 0);
	return f;
}

/* The newest packet that the MSP has sent; false: none is there. */
static bool hear(struct rtp_header *h, int16_t samples[PACKET])
{
	uint8_t packet[RTP_PACKET_MAX];
	const uint8_t *payload;
	bool any = false;
	size_t size;

	for (ssize_t n; (n = recv(p.sockets.rtp, packet, sizeof(packet), 0)) > 0;) {
		any = true;
		ck_assert(rtp_read(packet, (size_t)n, h, &payload, &size));
		if (size == PACKET && media_codec_static(h->payload_type))
			(void)media_codec_static(h->payload_type)
					->decode(NULL, payload, size, samples);
	}
	return any;
}

START_TEST(only_the_peer_is_heard)
{
	static const struct udp_range range = { 42000, 43000 };
	struct udp_pair stranger;

	open_peer("0");
	ck_assert_int_eq(udp_pair_open((const struct sockaddr *)&p.sockets.local, range, &stranger),
			0);
	for (int i = 0; i < 10; i++) {
		uint8_t packet[RTP_HEADER_SIZE + PACKET] = { 0x80, 0, 0, (uint8_t)i };

		send_bytes(stranger.rtp, packet, sizeof(packet));
		step(1);
	}
	ck_assert_uint_eq(heard().packets, 0);
	ck_assert_uint_eq(p.msp.active, 0);
	say(1000, false);
	step(2);

	ck_assert_uint_eq(heard().packets, 1);
	ck_assert_uint_eq(p.msp.active, 2);
	udp_pair_close(&stranger);
	close_peer();
}
END_TEST

START_TEST(what_was_not_agreed_is_counted_and_not_played)
{
	static const uint8_t garbage[] = "this is not RTP";
	uint8_t big[RTP_HEADER_SIZE + 1000] = { 0x80 };

	open_peer("0");
	send_bytes(p.sockets.rtp, garbage, sizeof(garbage));
	send_bytes(p.sockets.rtp, garbage, 0);
	p.next.payload_type = 8;
	say(1000, false);
	p.next.payload_type = 0;
	send_bytes(p.sockets.rtp, big, sizeof(big));
	step(2);

	ck_assert_uint_eq(heard().stranger, 4);
	close_peer();
}
END_TEST

START_TEST(a_lossy_peer_is_counted_and_concealed)
{
	struct msp_terminal *sink;
	struct msp_rtp_figures f;

	open_peer("0");
	sink = end_terminal(&p.msp, &media_stream, TD_RENDER);
	(void)sink;
	for (int i = 0; i < 200; i++) {
		say(5000, i % 20 == 10);
		step(1);
	}
	f = heard();

	ck_assert_uint_eq(f.lost, 10);
	ck_assert_uint_ge(f.concealed_frames, 18);
	ck_assert_uint_le(f.concealed_frames, 20);
	close_peer();
}
END_TEST

/* A digit of 200 ms in place of sound. */
static void send_digit(uint8_t payload_type)
{
	uint8_t packet[RTP_HEADER_SIZE + EVENT_PAYLOAD_SIZE];
	struct rtp_header h = p.next;

	h.payload_type = payload_type;
	for (int i = 1; i <= 10; i++) {
		const uint16_t length = (uint16_t)(i * 960);
		const uint8_t payload[] = { 5, i == 10 ? 0x8a : 10, (uint8_t)(length >> 8),
			(uint8_t)length };

		h.sequence = p.next.sequence++;
		p.next.timestamp += PACKET;
		rtp_write(packet, &h);
		memcpy(packet + RTP_HEADER_SIZE, payload, sizeof(payload));
		send_bytes(p.sockets.rtp, packet, sizeof(packet));
		step(1);
	}
}

START_TEST(a_digit_of_another_clock_is_silence_and_no_loss)
{
	open_peer("0 97\r\na=rtpmap:97 telephone-event/48000");
	(void)end_terminal(&p.msp, &media_stream, TD_RENDER);
	end_send(&p.msp, "TAPI-RTP/1 detect 2\nDigits: on\n\n");
	(void)end_expect(&p.msp, RTPMSG_OK);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 50; i++) {
			say(5000, false);
			step(1);
		}
		send_digit(97);
	}

	ck_assert_uint_eq(heard().concealed_frames, 0);
	ck_assert_uint_eq(heard().lost, 0);
	ck_assert_uint_eq(p.msp.message_count, 4);
	close_peer();
}
END_TEST

START_TEST(a_peer_that_falls_silent_is_reported_and_comes_back)
{
	open_peer("0");
	(void)end_terminal(&p.msp, &null_terminal, TD_RENDER);
	say(0, false);
	step(510);
	ck_assert_uint_eq(p.msp.inactive, 1);
	ck_assert_uint_eq(p.msp.last_cause, CALL_CAUSE_MEDIA_TIMEOUT);

	say(0, false);
	step(2);

	ck_assert_uint_eq(p.msp.active, 3);
	ck_assert_uint_eq(p.msp.last_cause, CALL_CAUSE_MEDIA_RECOVERED);
	close_peer();
}
END_TEST

START_TEST(a_peer_that_begins_anew_is_followed)
{
	struct msp_terminal *sink;
	const struct msp_media_stream *s;
	int16_t samples[4000];
	long n, loud = 0;

	open_peer("8");
	sink = end_terminal(&p.msp, &media_stream, TD_RENDER);
	s = terminal_interface(sink, &iid_media_stream);
	p.next.payload_type = 8;
	for (int i = 0; i < 10; i++) {
		say(1000, false);
		step(1);
	}
	step(10); /* while the old one still speaks, a new one is a stranger */
	while (s->read(sink, samples, 4000) > 0)
		;
	p.next.ssrc++;
	p.next.sequence = 7;
	p.next.timestamp = 99;
	for (int i = 0; i < 10; i++) {
		say(20000, false);
		step(1);
	}

	while ((n = s->read(sink, samples, 4000)) > 0) {
		for (long i = 0; i < n; i++)
			loud += samples[i] > 15000;
	}
	ck_assert_int_ge(loud, 8 * PACKET);
	ck_assert_uint_eq(heard().ssrc, p.next.ssrc);
	close_peer();
}
END_TEST

static double power_at(const int16_t *samples, int count, double hz)
{
	double s = 0, c = 0;

	for (int i = 0; i < count; i++) {
		s += samples[i] * sin(i * 6.283185307 * hz / 8000);
		c += samples[i] * cos(i * 6.283185307 * hz / 8000);
	}
	return sqrt(s * s + c * c) / count;
}

START_TEST(without_events_digits_are_tones)
{
	int16_t samples[PACKET] = { 0 };
	struct rtp_header h = { 0 };

	open_peer("0");
	say(0, false);
	step(2);
	end_send(&p.msp, "TAPI-RTP/1 digits 2\nDigits: 5\nDuration: 200\n\n");
	step(4);

	ck_assert(hear(&h, samples));
	ck_assert_double_gt(power_at(samples, PACKET, 770), 2000);
	ck_assert_double_gt(power_at(samples, PACKET, 1336), 2000);
	ck_assert_double_lt(power_at(samples, PACKET, 1000), 800);
	step(20);
	ck_assert(hear(&h, samples));
	ck_assert_double_lt(power_at(samples, PACKET, 770), 10);
	(void)end_expect(&p.msp, RTPMSG_DIGITS_DONE);
	close_peer();
}
END_TEST

static const struct {
	const char *fmtp, *digit;
	bool is_event, is_tone;
} taken[] = {
	{ "", "5", true, false },
	{ "", "!", false, false }, /* not among the usual ones */
	{ "\r\na=fmtp:96 0-16", "!", true, false },
	{ "\r\na=fmtp:96 0-4,6", "5", false, true },
	{ "\r\na=fmtp:96 0-4,5", "5", true, false },
};

START_TEST(digits_that_the_peer_does_not_take_are_tones)
{
	int16_t samples[PACKET] = { 0 };
	struct rtp_header h = { 0 };
	char line[128];

	(void)snprintf(line, sizeof(line), "0 96\r\na=rtpmap:96 telephone-event/8000%s",
			taken[_i].fmtp);
	open_peer(line);
	say(0, false);
	step(2);
	(void)snprintf(line, sizeof(line), "TAPI-RTP/1 digits 2\nDigits: %s\nDuration: 200\n\n",
			taken[_i].digit);
	end_send(&p.msp, line);
	step(4);

	ck_assert(hear(&h, samples));
	ck_assert_uint_eq(h.payload_type, taken[_i].is_event ? 96 : 0);
	ck_assert_int_eq(power_at(samples, PACKET, 770) > 2000, taken[_i].is_tone);
	step(20);
	(void)end_expect(&p.msp, RTPMSG_DIGITS_DONE);
	close_peer();
}
END_TEST

START_TEST(a_tone_lasts_as_long_as_asked)
{
	int16_t samples[PACKET] = { 0 };
	struct rtp_header h = { 0 };

	open_peer("0");
	say(0, false);
	step(2);
	end_send(&p.msp, "TAPI-RTP/1 tone 2\nFrequencies: 425\nDuration: 100\n\n");
	step(4);
	ck_assert(hear(&h, samples));
	ck_assert_double_gt(power_at(samples, PACKET, 425), 2000);
	ck_assert_uint_eq(p.msp.message_count, 0);
	step(4);

	(void)end_expect(&p.msp, RTPMSG_TONE_DONE);
	ck_assert(hear(&h, samples));
	ck_assert_double_lt(power_at(samples, PACKET, 425), 10);
	close_peer();
}
END_TEST

START_TEST(events_come_with_the_peers_payload_type)
{
	int16_t samples[PACKET];
	struct rtp_header h = { 0 };

	open_peer("0 96\r\na=rtpmap:96 telephone-event/8000");
	say(0, false);
	step(2);
	end_send(&p.msp, "TAPI-RTP/1 digits 2\nDigits: 5\n\n");
	step(2);

	ck_assert(hear(&h, samples));
	ck_assert_uint_eq(h.payload_type, 96);
	close_peer();
}
END_TEST

START_TEST(who_only_listens_gets_sound_and_is_not_waited_for)
{
	open_peer("0\r\na=recvonly");
	step(2);

	ck_assert_uint_eq(p.msp.active, 1);
	close_peer();
}
END_TEST

START_TEST(a_peer_that_says_nothing_is_waited_for_a_second)
{
	open_peer("0");
	step(49);
	ck_assert_uint_eq(p.msp.active, 0);
	step(3);

	ck_assert_uint_eq(p.msp.active, 1);
	close_peer();
}
END_TEST

START_TEST(reports_name_us_and_say_goodbye)
{
	uint8_t packet[RTCP_PACKET_MAX];
	struct rtcp_report r;
	ssize_t n;

	open_peer("0");
	for (int i = 0; i < 100; i++) {
		say(0, false);
		step(1);
	}
	n = recv(p.sockets.rtcp, packet, sizeof(packet), 0);
	ck_assert_int_gt(n, 0);
	ck_assert(rtcp_read(packet, (size_t)n, p.next.ssrc, &r));
	ck_assert(r.is_sender && r.has_block && !r.bye);
	ck_assert_int_eq(r.block.lost, 0);
	end_send(&p.msp, "TAPI-RTP/1 close 2\n\n");
	n = recv(p.sockets.rtcp, packet, sizeof(packet), 0);

	ck_assert_int_gt(n, 0);
	ck_assert(rtcp_read(packet, (size_t)n, p.next.ssrc, &r));
	ck_assert(r.bye);
	close_peer();
}
END_TEST

START_TEST(who_has_sent_nothing_says_no_goodbye)
{
	uint8_t packet[RTCP_PACKET_MAX];
	struct rtcp_report r;
	ssize_t n;

	open_peer("0\r\na=sendonly");
	step(_i ? 100 : 2);
	n = recv(p.sockets.rtcp, packet, sizeof(packet), 0);
	ck_assert_int_eq(n > 0, _i);
	ck_assert_int_eq(recv(p.sockets.rtp, packet, sizeof(packet), 0), -1);
	end_send(&p.msp, "TAPI-RTP/1 close 2\n\n");
	n = recv(p.sockets.rtcp, packet, sizeof(packet), 0);
	ck_assert_int_eq(n > 0, _i);
	if (n > 0)
		ck_assert(rtcp_read(packet, (size_t)n, p.next.ssrc, &r) && r.bye);
	close_peer();
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("peer");
	TCase *c = tcase_create("peer");

	tcase_add_test(c, only_the_peer_is_heard);
	tcase_add_test(c, what_was_not_agreed_is_counted_and_not_played);
	tcase_add_test(c, a_lossy_peer_is_counted_and_concealed);
	tcase_add_test(c, a_peer_that_falls_silent_is_reported_and_comes_back);
	tcase_add_test(c, a_peer_that_begins_anew_is_followed);
	tcase_add_test(c, without_events_digits_are_tones);
	tcase_add_loop_test(c, digits_that_the_peer_does_not_take_are_tones, 0,
			(int)(sizeof(taken) / sizeof(taken[0])));
	tcase_add_test(c, a_tone_lasts_as_long_as_asked);
	tcase_add_test(c, events_come_with_the_peers_payload_type);
	tcase_add_test(c, a_digit_of_another_clock_is_silence_and_no_loss);
	tcase_add_test(c, who_only_listens_gets_sound_and_is_not_waited_for);
	tcase_add_test(c, a_peer_that_says_nothing_is_waited_for_a_second);
	tcase_add_test(c, reports_name_us_and_say_goodbye);
	tcase_add_loop_test(c, who_has_sent_nothing_says_no_goodbye, 0, 2);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
