// SPDX-License-Identifier: MIT
/* test_choice.c - which codecs two ends come to, under which payload types, and that wideband is
 * wide: between two instances of the rtp MSP, and with descriptions of others. */
#include "pair.h"

#include "media/sdp.h"
#include "speech.h"
#include "test_main.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TICK 320 /* samples */

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;
static const GUID iid_statistics = MSP_IID_RTP_STATISTICS;

static const char head[] =
		"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";

static const char *body_of(const struct end_message *m)
{
	return strstr(m->bytes, "\n\n") + 2;
}

static void say(struct end *e, const char *verb, int id, const char *codecs, const char *body)
{
	char text[16384];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s %d\n%s%s%s\n%s", verb, id,
			codecs ? "Codecs: " : "", codecs ? codecs : "", codecs ? "\n" : "", body);
	end_send(e, text);
}

/* Both ends agree; codecs NULL: the header is not sent. */
static void agree(struct pair *p, const char *a_codecs, const char *b_codecs)
{
	struct end_message offer, answer;

	say(&p->a, "offer?", 1, a_codecs, "");
	offer = end_expect(&p->a, RTPMSG_OFFER);
	say(&p->b, "offer", 1, b_codecs, body_of(&offer));
	answer = end_expect(&p->b, RTPMSG_ANSWER);
	say(&p->a, "answer", 1, NULL, body_of(&answer));
	ck_assert_uint_eq(p->a.message_count, 0);
}

static const struct msp_rtp_figures *figures_of(struct msp_stream *stream)
{
	static struct msp_rtp_figures f;
	const struct msp_rtp_statistics *s = stream_interface(stream, &iid_statistics);

	ck_assert_int_eq(s->figures(stream, &f), 0);
	return &f;
}

static const char *codec_of(struct msp_stream *stream)
{
	return figures_of(stream)->codec;
}

/* --- which codec ---------------------------------------------------------------------------- */

static const struct {
	const char *a, *b, *codec;
} agreements[] = {
	{ NULL, NULL, "PCMU" }, { "PCMA PCMU", NULL, "PCMA" },
	{ "G722 PCMU", "PCMU G722", "G722" }, /* the order of who offers */
	{ "opus G722 PCMU", "PCMU G722", "G722" }, { "opus", "OPUS", "opus" },
	{ "G726-16", "G726-16 G726-24", "G726-16" }, { "G726-24 PCMU", "G726-24", "G726-24" },
	{ "G726-32", "G726-32", "G726-32" }, { "  G726-40   PCMU  ", "G726-40", "G726-40" },
	{ "AAL2-G726-32 PCMU", "PCMU G726-32 AAL2-G726-32", "AAL2-G726-32" }, { "", "", "PCMU" },
	{ "speex PCMA", "PCMA iLBC", "PCMA" }, /* strange names are skipped */
};

START_TEST(the_first_codec_of_the_offer_that_both_have_is_taken)
{
	static struct pair p;

	pair_open(&p);
	agree(&p, agreements[_i].a, agreements[_i].b);
	pair_flow(&p);
	pair_step(&p, 50);

	ck_assert_str_eq(codec_of(p.a.capture), agreements[_i].codec);
	ck_assert_str_eq(codec_of(p.b.capture), agreements[_i].codec);
	pair_close(&p);
}
END_TEST

START_TEST(no_codec_in_common_is_488)
{
	static struct pair p;
	struct end_message m;

	pair_open(&p);
	say(&p.a, "offer?", 1, "speex iLBC", "");
	m = end_expect(&p.a, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "488");
	say(&p.a, "offer?", 2, "G722", "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	say(&p.b, "offer", 1, NULL, body_of(&m));

	m = end_expect(&p.b, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "488");
	pair_close(&p);
}
END_TEST

START_TEST(the_list_is_kept_for_the_call_until_another_comes)
{
	static struct pair p;
	struct end_message m;

	pair_open(&p);
	agree(&p, "PCMA G722", "G722 PCMA");
	say(&p.a, "offer?", 2, NULL, "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_ptr_nonnull(strstr(m.bytes, " RTP/AVP 8 9 101\r\n"));
	end_send(&p.a, "TAPI-RTP/1 error 2\nCode: 500\n\n");
	say(&p.a, "offer?", 3, "G722", "");
	m = end_expect(&p.a, RTPMSG_OFFER);

	ck_assert_ptr_nonnull(strstr(m.bytes, " RTP/AVP 9 101\r\n"));
	pair_close(&p);
}
END_TEST

START_TEST(another_codec_may_be_agreed_while_sound_flows)
{
	static struct pair p;
	struct end_message offer, answer;

	pair_open(&p);
	agree(&p, "PCMU G722 opus", "PCMU G722 opus");
	pair_flow(&p);
	for (int i = 0; i < 4; i++) {
		static const char *const lists[] = { "opus", "PCMU", "G722", "G726-24" };
		uint64_t before = figures_of(p.b.render)->packets;

		say(&p.a, "offer?", 10 + i, lists[i], "");
		offer = end_expect(&p.a, RTPMSG_OFFER);
		say(&p.b, "offer", 10 + i, lists[i], body_of(&offer));
		answer = end_expect(&p.b, RTPMSG_ANSWER);
		pair_step(&p, 2); /* B sends by the new codec, A by the old */
		say(&p.a, "answer", 10 + i, NULL, body_of(&answer));
		pair_step(&p, 50);
		ck_assert_str_eq(codec_of(p.a.capture), lists[i]);
		/* Those of the old codec on their way, and one until the goodbye has come. */
		ck_assert_uint_ge(figures_of(p.b.render)->packets, before + 52 - 4);
	}

	ck_assert_uint_eq(p.a.inactive + p.b.inactive, 0);
	pair_close(&p);
}
END_TEST

/* --- payload types -------------------------------------------------------------------------- */

static const struct {
	const char *name, *list, *media, *answer; /* answer: lines that must be in it */
} answers[] = {
	{ "the peer's number", "opus", "111\r\na=rtpmap:111 opus/48000/2\r\n",
			" RTP/AVP 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 " },
	{ "events of the codec's clock", "opus",
			"111 101 110\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:101 "
			"telephone-event/8000\r\na=rtpmap:110 telephone-event/48000\r\n",
			" RTP/AVP 111 110\r\n" },
	{ "the same for the other", "PCMU opus",
			"0 111 101 110\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:110 "
			"telephone-event/48000\r\na=rtpmap:101 telephone-event/8000\r\n",
			" RTP/AVP 0 101\r\n" },
	{ "events of another clock are better than none", "opus",
			"111 101\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:101 "
			"telephone-event/8000\r\n",
			" RTP/AVP 111 101\r\n" },
	{ "one codec is answered", "PCMU PCMA G722", "9 8 0\r\n", " RTP/AVP 9\r\n" },
};

START_TEST(answers_use_the_numbers_of_the_offer)
{
	static struct pair p;
	char sdp[1024];
	struct end_message m;

	pair_open(&p);
	(void)snprintf(sdp, sizeof(sdp), "%sm=audio 5000 RTP/AVP %s", head, answers[_i].media);
	say(&p.b, "offer", 1, answers[_i].list, sdp);

	m = end_expect(&p.b, RTPMSG_ANSWER);
	ck_assert_msg(strstr(m.bytes, answers[_i].answer) != NULL, "%s: %s", answers[_i].name,
			m.bytes);
	pair_close(&p);
}
END_TEST

START_TEST(an_offer_names_events_for_each_clock)
{
	static struct pair p;
	struct end_message m;

	pair_open(&p);
	say(&p.a, "offer?", 1, "opus G726-32 PCMU", "");

	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_ptr_nonnull(strstr(m.bytes, " RTP/AVP 96 99 0 101 110\r\n"));
	ck_assert_ptr_nonnull(strstr(m.bytes, "a=rtpmap:96 opus/48000/2\r\na=fmtp:96 "));
	ck_assert_ptr_nonnull(strstr(m.bytes, "useinbandfec=1\r\n"));
	ck_assert_ptr_nonnull(strstr(m.bytes, "a=rtpmap:101 telephone-event/8000\r\n"));
	ck_assert_ptr_nonnull(strstr(m.bytes, "a=rtpmap:110 telephone-event/48000\r\n"));
	ck_assert_ptr_nonnull(strstr(m.bytes, "a=ptime:20\r\n"));
	pair_close(&p);
}
END_TEST

/* What has been 111 stays 111, and what the peer calls 99 is nothing else in our offers. */
START_TEST(numbers_stay_what_they_were_in_the_call)
{
	static struct pair p;
	char sdp[1024];
	struct end_message m;

	pair_open(&p);
	(void)snprintf(sdp, sizeof(sdp),
			"%sm=audio 5000 RTP/AVP 111 99\r\na=rtpmap:111 opus/48000/2\r\n"
			"a=rtpmap:99 telephone-event/48000\r\n",
			head);
	say(&p.b, "offer", 1, "opus", sdp);
	(void)end_expect(&p.b, RTPMSG_ANSWER);
	say(&p.b, "offer?", 2, "G726-32 opus", "");
	m = end_expect(&p.b, RTPMSG_OFFER);
	ck_assert_ptr_nonnull(strstr(m.bytes, "a=rtpmap:111 opus/48000/2\r\n"));
	ck_assert_ptr_nonnull(strstr(m.bytes, "a=rtpmap:99 telephone-event/48000\r\n"));
	ck_assert_ptr_nonnull(strstr(m.bytes, "a=rtpmap:96 G726-32/8000\r\n"));
	end_send(&p.b, "TAPI-RTP/1 error 2\nCode: 500\n\n");
	say(&p.b, "offer?", 3, "opus G726-32", "");
	m = end_expect(&p.b, RTPMSG_OFFER);

	ck_assert_ptr_nonnull(strstr(m.bytes, " RTP/AVP 111 96 101 99\r\n"));
	pair_close(&p);
}
END_TEST

/* A third party's numbers differ from ours: it is sent to with its own, and heard with ours. */
START_TEST(payload_types_may_differ_in_both_directions)
{
	static const char *const names[] = { " RTP/AVP 96 ", "a=rtpmap:96 ", "a=fmtp:96 " };
	static struct pair p;
	struct end_message a, b;
	char text[8192], *at;

	pair_open(&p);
	/* Each end is told that the other calls opus 120. */
	say(&p.a, "offer?", 1, "opus", "");
	a = end_expect(&p.a, RTPMSG_OFFER);
	say(&p.b, "offer?", 1, "opus", "");
	b = end_expect(&p.b, RTPMSG_OFFER);
	(void)snprintf(text, sizeof(text), "%s", body_of(&b));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		at = strstr(text, names[i]); /* not any 96: a port may have one */
		ck_assert_ptr_nonnull(at);
		memcpy(at + strlen(names[i]) - 3, "77", 2);
	}
	say(&p.a, "answer", 1, NULL, text);
	(void)snprintf(text, sizeof(text), "%s", body_of(&a));
	say(&p.b, "answer", 1, NULL, text);
	ck_assert_uint_eq(p.a.message_count + p.b.message_count, 0);
	for (int i = 0; i < 60; i++)
		pair_step(&p, 1);

	/* A sends 77, which B has not offered; B sends 96, which A has. */
	ck_assert_uint_eq(p.a.active, 2);
	ck_assert_uint_eq(p.b.active, 1);
	pair_close(&p);
}
END_TEST

/* --- what is heard -------------------------------------------------------------------------- */

static const struct msp_audio_format wide = { .rate = 16000, .channels = 1 };

static struct msp_terminal *wide_stream(struct end *e, DWORD direction)
{
	const struct msp_media_stream *s;
	struct msp_terminal *t;

	ck_assert_int_eq(msp_provider.create_terminal(e->address, &media_stream,
					 TAPIMEDIATYPE_AUDIO, direction, &t),
			0);
	s = terminal_interface(t, &iid_media_stream);
	ck_assert_int_eq(s->set_format(t, &wide), 0);
	ck_assert_int_eq(msp_provider.select_terminal(direction == TD_CAPTURE ? e->capture
									      : e->render,
					 t),
			0);
	return t;
}

/* Lets A say what `sound` makes of a sample's number, for so many ticks, and keeps what B hears of
 * the second half. */
static int talk(const char *codec, double (*sound)(int i), int ticks, int16_t *heard)
{
	static struct pair p;
	const struct msp_media_stream *s;
	struct msp_terminal *source, *sink;
	int16_t tick[TICK];
	int count = 0;

	pair_open(&p);
	source = wide_stream(&p.a, TD_CAPTURE);
	sink = wide_stream(&p.b, TD_RENDER);
	s = terminal_interface(source, &iid_media_stream);
	agree(&p, codec, codec);
	pair_flow(&p);
	while (s->read(sink, tick, TICK) > 0)
		;
	for (int t = 0; t < ticks; t++) {
		for (int i = 0; i < TICK; i++)
			tick[i] = (int16_t)lrint(sound(t * TICK + i));
		(void)s->write(source, tick, TICK);
		pair_step(&p, 1);
		(void)s->read(sink, tick, TICK);
		if (t >= ticks / 2)
			memcpy(heard + count, tick, sizeof(tick));
		count += t >= ticks / 2 ? TICK : 0;
	}
	ck_assert_str_eq(codec_of(p.b.capture), codec);
	pair_close(&p);
	return count;
}

static double high_tones(int i)
{
	double t = i * 6.283185307179586 / 16000;

	return 4000 * (sin(5000 * t) + sin(6000 * t) + sin(7000 * t));
}

static double power_at(const int16_t *samples, int count, double hz)
{
	double s = 0, c = 0;

	for (int i = 0; i < count; i++) {
		s += samples[i] * sin(i * 6.283185307 * hz / 16000);
		c += samples[i] * cos(i * 6.283185307 * hz / 16000);
	}
	return 2 * sqrt(s * s + c * c) / count;
}

static const struct {
	const char *codec;
	double least, most; /* amplitude of each tone of 4000 */
} bands[] = {
	{ "G722", 1500, 5000 },
	{ "opus", 1000, 6000 },
	{ "PCMU", 0, 40 },
	{ "G726-40", 0, 40 },
};

START_TEST(what_is_above_four_kilohertz_survives_wideband_codecs_only)
{
	static int16_t heard[50 * TICK];
	int count = talk(bands[_i].codec, high_tones, 100, heard);

	for (int hz = 5000; hz <= 7000; hz += 1000) {
		double power = power_at(heard, count, hz);

		ck_assert_msg(power >= bands[_i].least && power <= bands[_i].most, "%s: %.0f at %d",
				bands[_i].codec, power, hz);
	}
}
END_TEST

static struct speech speech;

static double say_speech(int i)
{
	return speech_at(&speech, i);
}

static const struct {
	const char *codec;
	double floor;
} clear[] = {
	{ "PCMU", 33 },
	{ "PCMA", 33 },
	{ "G722", 20 },
	{ "opus", 9 },
	{ "G726-16", 6 },
	{ "G726-24", 12 },
	{ "G726-32", 18 },
	{ "G726-40", 23 },
};

START_TEST(speech_goes_through_a_call_whole)
{
	static int16_t heard[50 * TICK];
	double snr;
	int count;

	speech_make(&speech, 16000, _i == 2 || _i == 3 ? 6500 : 3400);
	count = talk(clear[_i].codec, say_speech, 100, heard);
	snr = speech_best(&speech, heard, count, 50 * TICK, 8 * TICK);

	ck_assert_msg(snr > clear[_i].floor, "%s: %.1f dB", clear[_i].codec, snr);
}
END_TEST

/* --- digits --------------------------------------------------------------------------------- */

START_TEST(digits_are_told_by_the_clock_of_the_codec)
{
	static const char *const codecs[] = { "PCMU", "G722", "opus" };
	static struct pair p;
	char heard[8] = "";

	pair_open(&p);
	agree(&p, codecs[_i], codecs[_i]);
	end_send(&p.b, "TAPI-RTP/1 detect 2\nDigits: on\n\n");
	(void)end_expect(&p.b, RTPMSG_OK);
	pair_flow(&p);
	end_send(&p.a, "TAPI-RTP/1 digits 2\nDigits: 5#\nDuration: 2000\n\n");
	pair_step(&p, 250);

	(void)end_expect(&p.a, RTPMSG_DIGITS_DONE);
	while (p.b.message_count) {
		struct end_message m = end_expect(&p.b, RTPMSG_DIGIT);

		if (strcmp(message_header(&m, "State"), "down") == 0)
			strcat(heard, message_header(&m, "Digit"));
		else
			ck_assert_str_eq(message_header(&m, "Duration"), "2000");
	}
	ck_assert_str_eq(heard, "5#");
	pair_close(&p);
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

static Suite *suite(void)
{
	Suite *s = suite_create("choice");
	TCase *c = tcase_create("choice");

	tcase_add_loop_test(c, the_first_codec_of_the_offer_that_both_have_is_taken, 0,
			COUNT(agreements));
	tcase_add_test(c, no_codec_in_common_is_488);
	tcase_add_test(c, the_list_is_kept_for_the_call_until_another_comes);
	tcase_add_test(c, another_codec_may_be_agreed_while_sound_flows);
	tcase_add_loop_test(c, answers_use_the_numbers_of_the_offer, 0, COUNT(answers));
	tcase_add_test(c, an_offer_names_events_for_each_clock);
	tcase_add_test(c, numbers_stay_what_they_were_in_the_call);
	tcase_add_test(c, payload_types_may_differ_in_both_directions);
	suite_add_tcase(s, c);
	c = tcase_create("sound");
	tcase_set_timeout(c, 30);
	tcase_add_loop_test(c, what_is_above_four_kilohertz_survives_wideband_codecs_only, 0,
			COUNT(bands));
	tcase_add_loop_test(c, speech_goes_through_a_call_whole, 0, COUNT(clear));
	tcase_add_loop_test(c, digits_are_told_by_the_clock_of_the_codec, 0, 3);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
