// SPDX-License-Identifier: MIT
/* test_ask.c - how a peer wants to be spoken to: what is read of its description, and that packets
 * and codecs go by it. */
#include "peer.h"

#include "media/coder.h"
#include "speech.h"
#include "test_main.h"

#include <stdio.h>
#include <string.h>

#define TICK 320 /* samples */

static const struct codec *codec_named(const char *name)
{
	return media_codec_find(name, strlen(name));
}

/* --- what is read --------------------------------------------------------------------------- */

static const struct {
	const char *codec, *section;
	struct sdp_ask ask;
} asks[] = {
	{ "PCMU", "", { { 0 }, 20, 0xffff } },
	{ "PCMU", "a=ptime:10\r\n", { { 0 }, 10, 0xffff } },
	{ "PCMU", "a=ptime:30\r\na=maxptime:150\r\n", { { 0 }, 30, 0xffff } },
	{ "PCMU", "a=ptime:60\r\na=maxptime:40\r\n", { { 0 }, 40, 0xffff } },
	{ "PCMU", "a=maxptime:10\r\n", { { 0 }, 10, 0xffff } },
	{ "PCMU", "a=maxptime:60\r\n", { { 0 }, 20, 0xffff } },
	{ "PCMU", "a=ptime:5\r\n", { { 0 }, 10, 0xffff } },
	{ "PCMU", "a=ptime:55\r\n", { { 0 }, 40, 0xffff } },
	{ "PCMU", "a=ptime:200\r\n", { { 0 }, 60, 0xffff } },
	{ "PCMU", "a=ptime:0\r\na=maxptime:x\r\n", { { 0 }, 20, 0xffff } },
	{ "PCMU", "a=ptime:99999999999\r\n", { { 0 }, 20, 0xffff } },
	{ "PCMU", "a=fmtp:97 useinbandfec=1\r\n", { { 0 }, 20, 0xffff } },
	{ "opus", "a=ptime:30\r\n", { { 0 }, 20, 0xffff } },
	{ "opus", "a=ptime:60\r\n", { { 0 }, 60, 0xffff } },
	{ "opus", "a=fmtp:97 useinbandfec=1\r\n", { { .copies = 1 }, 20, 0xffff } },
	{ "opus", "a=fmtp:98 useinbandfec=1\r\n", { { 0 }, 20, 0xffff } },
	{ "opus", "a=fmtp:97 UseInbandFEC=1;useDTX=1; cbr=1\r\n",
			{ { .copies = 1, .pauses = 1, .steady = 1 }, 20, 0xffff } },
	{ "opus",
			"a=fmtp:97 stereo=1; sprop-stereo=1; maxaveragebitrate=12000 "
			";maxplaybackrate=8000\r\n",
			{ { .bit_rate = 12000, .rate = 8000 }, 20, 0xffff } },
	{ "opus", "a=fmtp:97 useinbandfec=2;usedtx=;cbr;maxaveragebitrate=99999999999;=1;;\r\n",
			{ { 0 }, 20, 0xffff } },
	{ "opus", "a=fmtp:97 useinbandfec=1", { { .copies = 1 }, 20, 0xffff } },
	{ "opus", "a=fmtp:97\r\na=fmtp:97 ", { { 0 }, 20, 0xffff } },
	{ "PCMU", "a=fmtp:101 0-16\r\n", { { 0 }, 20, 0x1ffff } },
	{ "PCMU", "a=fmtp:101 0-9,11\r\n", { { 0 }, 20, 0xbff } },
	{ "PCMU", "a=fmtp:101 5, 7 ,200-255,16-\r\n", { { 0 }, 20, 0xa0 } },
	{ "PCMU", "a=fmtp:101 9-3,1-999\r\n", { { 0 }, 20, 0 } },
	{ "PCMU", "a=fmtp:101 0-255\r\n", { { 0 }, 20, 0xffffffff } },
	{ "PCMU", "a=fmtp:101 events\r\n", { { 0 }, 20, 0 } },
};

START_TEST(what_a_description_asks_for_is_read)
{
	const struct sdp_codec codec = { codec_named(asks[_i].codec), 97 };
	const struct sdp_event event = { 8000, 101 };
	const struct sdp_media m = { .section = { asks[_i].section, strlen(asks[_i].section) } };
	struct sdp_ask got;

	sdp_read_ask(&m, &codec, &event, &got);

	ck_assert_uint_eq(got.packet_ms, asks[_i].ask.packet_ms);
	ck_assert_uint_eq(got.events, asks[_i].ask.events);
	ck_assert_mem_eq(&got.wish, &asks[_i].ask.wish, sizeof(got.wish));
}
END_TEST

/* --- packets -------------------------------------------------------------------------------- */

static const struct {
	const char *extra;
	unsigned int ms;
} lengths[] = {
	{ "", 20 },
	{ "a=ptime:10\r\n", 10 },
	{ "a=ptime:30\r\n", 30 },
	{ "a=ptime:40\r\n", 40 },
	{ "a=ptime:60\r\n", 60 },
	{ "a=maxptime:10\r\n", 10 },
};

struct counted {
	unsigned int packets, marked, bad;
	struct rtp_header last;
};

/* Packets of silence of this length, one behind the other. */
static void count_packets(struct peer *peer, unsigned int ms, struct counted *c)
{
	uint8_t packet[RTP_PACKET_MAX];
	const uint8_t *payload;
	struct rtp_header h;
	size_t size;

	for (ssize_t n; (n = recv(peer->sockets.rtp, packet, sizeof(packet), 0)) > 0;) {
		ck_assert(rtp_read(packet, (size_t)n, &h, &payload, &size));
		c->bad += size != ms * 8;
		c->bad += c->packets && h.timestamp != c->last.timestamp + ms * 8;
		c->bad += c->packets && h.sequence != (uint16_t)(c->last.sequence + 1);
		c->marked += h.marker;
		c->packets++;
		c->last = h;
	}
}

START_TEST(packets_are_as_long_as_the_peer_asks)
{
	const unsigned int ms = lengths[_i].ms;
	struct counted c = { 0 };
	struct peer peer;
	struct end e;

	world_open(&e, "127.0.0.1");
	peer_open(&peer, "127.0.0.1");
	(void)peer_call(&peer, &e, "", "RTP/AVP", lengths[_i].extra);
	for (int i = 0; i < 60; i++) {
		world_step(&e, 1);
		count_packets(&peer, ms, &c);
	}

	ck_assert_uint_eq(c.packets, 1200 / ms);
	ck_assert_uint_eq(c.bad, 0);
	ck_assert_uint_eq(c.marked, 1);
	end_close(&e);
	peer_close(&peer);
}
END_TEST

/* Sound of before a hold does not come after it. */
START_TEST(a_packet_that_was_begun_before_a_hold_is_not_sent)
{
	struct counted c = { 0 };
	struct peer peer;
	struct end e;

	world_open(&e, "127.0.0.1");
	peer_open(&peer, "127.0.0.1");
	(void)peer_call(&peer, &e, "", "RTP/AVP", "a=ptime:60\r\n");
	world_step(&e, 5); /* two ticks of the second packet */
	end_send(&e, "TAPI-RTP/1 hold 2\n\n");
	world_step(&e, 3);
	count_packets(&peer, 60, &c);
	ck_assert_uint_eq(c.packets, 1);
	end_send(&e, "TAPI-RTP/1 resume 3\n\n");
	world_step(&e, 2);
	count_packets(&peer, 60, &c);
	ck_assert_uint_eq(c.packets, 1);
	world_step(&e, 1);
	c.packets = 0;
	count_packets(&peer, 60, &c);

	ck_assert_uint_eq(c.packets, 1);
	ck_assert_uint_eq(c.marked, 2);
	ck_assert_uint_eq(c.bad, 0);
	end_close(&e);
	peer_close(&peer);
}
END_TEST

static const struct {
	const char *codec, *ptime;
	double floor;
} whole[] = {
	{ "PCMU", "a=ptime:10", 33 },
	{ "PCMU", "a=ptime:30", 33 },
	{ "G722", "a=ptime:40", 20 },
	{ "G726-24", "a=ptime:30", 12 },
	{ "opus", "a=ptime:60", 9 },
	{ "opus", "a=ptime:10", 7 },
};

static struct msp_terminal *wide_stream(struct end *e, DWORD direction)
{
	static const GUID clsid = MSP_TERMINAL_MEDIA_STREAM, iid = MSP_IID_MEDIA_STREAM;
	static const struct msp_audio_format wide = { .rate = 16000, .channels = 1 };
	const struct msp_media_stream *s;
	struct msp_terminal *t;

	ck_assert_int_eq(msp_provider.create_terminal(e->address, &clsid, TAPIMEDIATYPE_AUDIO,
					 direction, &t),
			0);
	s = terminal_interface(t, &iid);
	ck_assert_int_eq(s->set_format(t, &wide), 0);
	ck_assert_int_eq(msp_provider.select_terminal(direction == TD_CAPTURE ? e->capture
									      : e->render,
					 t),
			0);
	return t;
}

static void say(struct end *e, const char *head, const char *codec, const char *body)
{
	char text[8192];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s\nCodecs: %s\n\n%s", head, codec, body);
	end_send(e, text);
}

/* A offers, and asks B for packets of this length. */
static void agree(struct pair *p, const char *codec, const char *ptime)
{
	struct end_message m;
	char *at;

	say(&p->a, "offer? 1", codec, "");
	m = end_expect(&p->a, RTPMSG_OFFER);
	at = strstr(m.bytes, "a=ptime:20");
	ck_assert_ptr_nonnull(at);
	memcpy(at, ptime, strlen(ptime));
	say(&p->b, "offer 1", codec, strstr(m.bytes, "\n\n") + 2);
	m = end_expect(&p->b, RTPMSG_ANSWER);
	end_send_sdp(&p->a, "answer", 1, &m);
	ck_assert_uint_eq(p->a.message_count, 0);
}

START_TEST(sound_is_whole_in_packets_of_any_length)
{
	static const GUID iid = MSP_IID_MEDIA_STREAM, iid_format = MSP_IID_FORMAT_CONTROL;
	static struct speech speech;
	static int16_t heard[100 * TICK];
	static struct pair p;
	const struct msp_format_control *control;
	const struct msp_media_stream *s;
	struct msp_terminal *source, *sink;
	struct msp_format f;
	double snr;
	int count = 0;

	speech_make(&speech, 16000, 3400);
	pair_open(&p);
	source = wide_stream(&p.b, TD_CAPTURE);
	sink = wide_stream(&p.a, TD_RENDER);
	s = terminal_interface(source, &iid);
	control = stream_interface(p.b.capture, &iid_format);
	agree(&p, whole[_i].codec, whole[_i].ptime);
	ck_assert_int_eq(control->current(p.b.capture, &f), 0);
	ck_assert_uint_eq(f.packet_ms, (unsigned int)(whole[_i].ptime[8] - '0') * 10);
	pair_flow(&p);
	while (s->read(sink, heard, TICK) > 0)
		;
	for (int t = 0; t < 100; t++) {
		int16_t tick[TICK];

		for (int i = 0; i < TICK; i++)
			tick[i] = speech_at(&speech, t * TICK + i);
		(void)s->write(source, tick, TICK);
		pair_step(&p, 1);
		count += (int)s->read(sink, heard + count, TICK);
	}
	snr = speech_best(&speech, heard + count / 2, count / 2, count / 2, 12 * TICK);

	ck_assert_msg(snr > whole[_i].floor, "%s: %.1f dB", whole[_i].codec, snr);
	pair_close(&p);
}
END_TEST

/* --- Opus ----------------------------------------------------------------------------------- */

struct spoken { /* in a second */
	size_t bytes, packets, least, most;
};

static struct spoken speak(const struct codec_wish *wish, double loudness)
{
	struct spoken s = { 0, 0, CODEC_BYTES_MAX, 0 };
	struct coder *e = coder_new(codec_named("opus"), true);
	static struct speech speech;
	uint8_t bytes[CODEC_BYTES_MAX];

	ck_assert_ptr_nonnull(e);
	speech_make(&speech, 16000, 6500);
	coder_please(e, wish);
	for (int t = 0; t < 100; t++) {
		int16_t samples[TICK];
		size_t size;

		for (int i = 0; i < TICK; i++)
			samples[i] = (int16_t)(loudness * speech_at(&speech, t * TICK + i));
		size = e->codec->encode(e->state, samples, TICK, bytes);
		if (t < 50 || !size)
			continue;
		s.bytes += size;
		s.packets++;
		s.least = size < s.least ? size : s.least;
		s.most = size > s.most ? size : s.most;
	}
	coder_unref(e);
	return s;
}

START_TEST(opus_goes_by_what_is_asked)
{
	static const struct codec_wish none, slow = { .bit_rate = 10000 }, steady = { .steady = 1 },
					     pauses = { .pauses = 1 };
	const struct spoken usual = speak(&none, 1), low = speak(&slow, 1),
			    same = speak(&steady, 1);

	ck_assert_uint_eq(usual.packets, 50);
	ck_assert_uint_le(low.bytes, 10000 / 8 * 5 / 4);
	ck_assert_uint_gt(usual.bytes, low.bytes * 3 / 2);
	ck_assert_uint_eq(same.least, same.most);
	ck_assert_uint_eq(speak(&none, 0).packets, 50);
	ck_assert_uint_le(speak(&pauses, 0).packets, 10);
	ck_assert_uint_ge(speak(&pauses, 1).packets, 40);
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

static Suite *suite(void)
{
	Suite *s = suite_create("ask");
	TCase *c = tcase_create("ask");

	tcase_set_timeout(c, 30);
	tcase_add_loop_test(c, what_a_description_asks_for_is_read, 0, COUNT(asks));
	tcase_add_loop_test(c, packets_are_as_long_as_the_peer_asks, 0, COUNT(lengths));
	tcase_add_test(c, a_packet_that_was_begun_before_a_hold_is_not_sent);
	tcase_add_loop_test(c, sound_is_whole_in_packets_of_any_length, 0, COUNT(whole));
	tcase_add_test(c, opus_goes_by_what_is_asked);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
