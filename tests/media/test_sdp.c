// SPDX-License-Identifier: MIT
/* test_sdp.c - reading descriptions of strangers, and our own. */
#include "media/sdp.h"
#include "test_main.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char phone[] =
		"v=0\r\no=alice 2890844526 2890844526 IN IP4 host.example\r\ns=Call\r\n"
		"c=IN IP4 192.0.2.5\r\nt=0 0\r\n"
		"m=audio 49170 RTP/AVP 18 8 0 96 97\r\n"
		"a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 pcmu/8000/1\r\na=rtpmap:96 opus/48000/2\r\n"
		"a=rtpmap:97 telephone-event/8000\r\na=fmtp:97 0-15\r\na=sendonly\r\n"
		"a=rtcp:53020 IN IP4 192.0.2.6\r\n"
		"m=video 51372 RTP/AVP 31\r\nc=IN IP6 2001:db8::1\r\na=rtpmap:31 H261/90000\r\n";

static void address_is(const struct sockaddr_storage *a, const char *host, unsigned int port)
{
	char text[64];

	address_text((const struct sockaddr *)a, text, sizeof(text));
	ck_assert_str_eq(text, host);
	ck_assert_uint_eq(address_port((const struct sockaddr *)a), port);
}

START_TEST(a_phones_description_is_understood)
{
	const struct sdp_media *audio, *video;
	struct sdp s;

	ck_assert_int_eq(sdp_read(phone, strlen(phone), &s), 0);
	ck_assert_uint_eq(s.count, 2);
	audio = &s.media[0];
	video = &s.media[1];

	ck_assert_int_eq(audio->kind, SDP_AUDIO);
	ck_assert_uint_eq(audio->codec_count, 3);
	ck_assert_str_eq(audio->codecs[0].codec->name, "PCMA");
	ck_assert_uint_eq(audio->codecs[1].payload_type, 0);
	ck_assert_str_eq(audio->codecs[2].codec->name, "opus");
	ck_assert_uint_eq(audio->codecs[2].payload_type, 96);
	ck_assert_uint_eq(audio->event_count, 1);
	ck_assert_uint_eq(audio->events[0].payload_type, 97);
	ck_assert_uint_eq(audio->events[0].clock, 8000);
	ck_assert_uint_eq(audio->direction, SDP_SEND);
	address_is(&audio->rtp, "192.0.2.5", 49170);
	address_is(&audio->rtcp, "192.0.2.6", 53020);
	ck_assert_int_eq(video->kind, SDP_VIDEO);
	address_is(&video->rtp, "2001:db8::1", 51372);
	address_is(&video->rtcp, "2001:db8::1", 51373);
}
END_TEST

START_TEST(what_we_write_we_understand)
{
	const struct sdp_codec codecs[] = { { media_codec_at(0), 0 }, { media_codec_at(1), 8 } };
	const struct sdp_event events[] = { { 8000, 101 }, { 48000, 110 } };
	const struct sdp_audio audio = { 40000, codecs, 2, events, 2, (unsigned int)_i, false };
	struct sockaddr_storage local;
	struct sdp_writer w;
	char text[2048];
	struct sdp s;
	size_t size;

	ck_assert(address_parse(_i ? "::1" : "127.0.0.1", _i ? 3 : 9, &local));
	sdp_begin(&w, text, sizeof(text), (const struct sockaddr *)&local, 1, 2);
	sdp_add_audio(&w, &audio);
	size = sdp_end(&w);
	ck_assert_uint_gt(size, 0);

	ck_assert_int_eq(sdp_read(text, size, &s), 0);
	ck_assert_uint_eq(s.count, 1);
	ck_assert_uint_eq(s.media[0].codec_count, 2);
	ck_assert_uint_eq(s.media[0].event_count, 2);
	ck_assert_uint_eq(s.media[0].events[1].payload_type, 110);
	ck_assert_uint_eq(s.media[0].events[1].clock, 48000);
	ck_assert_uint_eq(s.media[0].direction, (unsigned int)_i);
	address_is(&s.media[0].rtp, _i ? "::1" : "127.0.0.1", 40000);
}
END_TEST

START_TEST(the_writer_says_when_it_does_not_fit)
{
	const struct sdp_codec codec = { media_codec_at(0), 0 };
	const struct sdp_event event = { 8000, 101 };
	const struct sdp_audio audio = { 40000, &codec, 1, &event, 1, SDP_BOTH, false };
	struct sockaddr_storage local;
	struct sdp_writer w;
	char text[256];

	ck_assert(address_parse("127.0.0.1", 9, &local));
	for (size_t size = 1; size < 150; size++) {
		memset(text, '#', sizeof(text));
		sdp_begin(&w, text, size, (const struct sockaddr *)&local, 1, 2);
		sdp_add_audio(&w, &audio);

		ck_assert_uint_eq(sdp_end(&w), 0);
		ck_assert_int_eq(text[size], '#');
	}
}
END_TEST

static const struct {
	const char *text;
	int result;
} bad[] = {
	{ "", -EINVAL },
	{ "v=1\r\n", -EINVAL },
	{ "o=x\r\nv=0\r\n", -EINVAL },
	{ "v=0\r\nm=\r\n", -EINVAL },
	{ "v=0\r\nm=audio\r\n", -EINVAL },
	{ "v=0\r\nm=audio 1 RTP/AVP\r\n", -EINVAL },
	{ "v=0\r\nm=audio 65536 RTP/AVP 0\r\n", -EINVAL },
	{ "v=0\r\nm=audio 123456 RTP/AVP 0\r\n", -EINVAL },
	{ "v=0\r\nm=audio x RTP/AVP 0\r\n", -EINVAL },
	{ "v=0\nm=a 1 x 0\nm=a 1 x 0\nm=a 1 x 0\nm=a 1 x 0\nm=a 1 x 0\nm=a 1 x 0\nm=a 1 x 0\n"
	  "m=a 1 x 0\nm=a 1 x 0\n",
			-E2BIG },
	{ "v=0", 0 },
	{ "v=0\nm=audio 1/2 RTP/AVP 0 300 x 999999", 0 },
};

START_TEST(bad_descriptions_are_refused)
{
	struct sdp s;

	ck_assert_int_eq(sdp_read(bad[_i].text, strlen(bad[_i].text), &s), bad[_i].result);
}
END_TEST

/* It would be copied into our answer, and end it. */
START_TEST(a_nul_is_no_part_of_a_description)
{
	static const char text[] = "v=0\nc=IN IP4 192.0.2.1\nm=image 6 x \0\n";
	struct sdp s;

	ck_assert_int_eq(sdp_read(text, sizeof(text) - 1, &s), -EINVAL);
}
END_TEST

static const struct {
	const char *name, *lines;
	bool has_address, plain;
	size_t codecs;
	unsigned int direction;
} lines[] = {
	{ "names are not looked up", "c=IN IP4 host.example\nm=audio 9 RTP/AVP 0\n", false, true, 1,
			SDP_BOTH },
	{ "no address", "m=audio 9 RTP/AVP 0\n", false, true, 1, SDP_BOTH },
	{ "held the old way", "c=IN IP4 0.0.0.0\nm=audio 9 RTP/AVP 0\n", true, true, 1, SDP_SEND },
	{ "session direction", "c=IN IP4 1.2.3.4\na=inactive\nm=audio 9 RTP/AVP 0\n", true, true, 1,
			0 },
	{ "media direction", "c=IN IP4 1.2.3.4\na=inactive\nm=audio 9 RTP/AVP 0\na=recvonly\n",
			true, true, 1, SDP_RECV },
	{ "encrypted", "c=IN IP4 1.2.3.4\nm=audio 9 RTP/SAVP 0\n", true, false, 1, SDP_BOTH },
	{ "another rate", "c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 96\na=rtpmap:96 PCMU/16000\n", true,
			true, 0, SDP_BOTH },
	{ "opus has two channels",
			"c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 96 97\n"
			"a=rtpmap:96 opus/48000\na=rtpmap:97 OPUS/48000/2\n",
			true, true, 1, SDP_BOTH },
	{ "speech has one", "c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 0\na=rtpmap:0 PCMU/8000/2\n", true,
			true, 0, SDP_BOTH },
	{ "G.722 by its number", "c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 9\n", true, true, 1,
			SDP_BOTH },
	{ "G.722 has a clock of 8000",
			"c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 9\na=rtpmap:9 G722/16000\n", true,
			true, 0, SDP_BOTH },
	{ "G.726 at every rate",
			"c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 97 98 99 100\na=rtpmap:97 "
			"G726-16/8000\n"
			"a=rtpmap:98 g726-24/8000\na=rtpmap:99 G726-32/8000\n"
			"a=rtpmap:100 G726-40/8000/1\n",
			true, true, 4, SDP_BOTH },
	{ "dynamic types mean nothing by themselves", "c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 96 97\n",
			true, true, 0, SDP_BOTH },
	{ "broken maps",
			"c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 96 97 98 99\na=rtpmap:96\n"
			"a=rtpmap:97 opus\na=rtpmap:98 opus/48000/\na=rtpmap:99 opus/x/2\n",
			true, true, 0, SDP_BOTH },
	{ "a static type in new clothes",
			"c=IN IP4 1.2.3.4\nm=audio 9 RTP/AVP 0\na=rtpmap:0 G729/8000\n", true, true,
			0, SDP_BOTH },
	{ "cut address", "c=IN IP4\nm=audio 9 RTP/AVP 0\n", false, true, 1, SDP_BOTH },
};

START_TEST(lines_mean_what_they_say)
{
	char text[512];
	struct sdp s;

	(void)snprintf(text, sizeof(text), "v=0\n%s", lines[_i].lines);
	ck_assert_int_eq(sdp_read(text, strlen(text), &s), 0);

	ck_assert_msg(s.media[0].has_address == lines[_i].has_address, "%s", lines[_i].name);
	ck_assert_msg(s.media[0].plain_rtp == lines[_i].plain, "%s", lines[_i].name);
	ck_assert_msg(s.media[0].codec_count == lines[_i].codecs, "%s", lines[_i].name);
	ck_assert_msg(s.media[0].direction == lines[_i].direction, "%s", lines[_i].name);
}
END_TEST

START_TEST(a_description_may_be_cut_anywhere)
{
	struct sdp s;

	for (size_t size = 0; size <= strlen(phone); size++) {
		char *copy = malloc(size ? size : 1);

		memcpy(copy, phone, size);
		(void)sdp_read(copy, size, &s);
		free(copy);
	}
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("sdp");
	TCase *c = tcase_create("sdp");

	tcase_add_test(c, a_phones_description_is_understood);
	tcase_add_loop_test(c, what_we_write_we_understand, 0, 4);
	tcase_add_test(c, the_writer_says_when_it_does_not_fit);
	tcase_add_loop_test(c, bad_descriptions_are_refused, 0,
			(int)(sizeof(bad) / sizeof(bad[0])));
	tcase_add_test(c, a_nul_is_no_part_of_a_description);
	tcase_add_loop_test(c, lines_mean_what_they_say, 0,
			(int)(sizeof(lines) / sizeof(lines[0])));
	tcase_add_test(c, a_description_may_be_cut_anywhere);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
