// SPDX-License-Identifier: MIT
/* test_call.c - calls between two instances of the rtp MSP over loopback, on the virtual clock. */
#include "pair.h"

#include "base/clock.h"
#include "base/log.h"
#include "media/engine.h"
#include "oom.h"
#include "test_main.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID classes[] = { MSP_TERMINAL_MEDIA_STREAM, MSP_TERMINAL_FILE_PLAYBACK,
	MSP_TERMINAL_FILE_RECORDING, MSP_TERMINAL_NULL, MSP_TERMINAL_TONE,
	MSP_TERMINAL_AUDIO_DEVICE };
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;
static const GUID iid_statistics = MSP_IID_RTP_STATISTICS;
static const GUID iid_stream_audio = MSP_IID_STREAM_AUDIO;

static void ignore_signal(void *host)
{
	(void)host;
}

static const struct msp_host quiet_host = { .version = MSP_VERSION, .signal = ignore_signal };

static void drop_line(enum log_level level, const char *line, void *arg)
{
	(void)level;
	(void)line;
	(void)arg;
}

#define SAMPLES 9600 /* 600 ms at 16 kHz */
#define TICK    320
#define ROOM    (SAMPLES + 30 * TICK)

static const struct msp_audio_format wide = { .rate = 16000, .channels = 1 };

/* A chirp from 300 to 3000 Hz: nowhere like itself, and inside the telephone band. */
static double sample_at(int i)
{
	double t = i / 16000.0;

	return i < 0 || i >= SAMPLES ? 0 : 10000 * sin(6.283185307 * (300 * t + 2250 * t * t));
}

/* A media stream terminal at 16 kHz, selected. */
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

/* Lets A speak the chirp and returns what B hears meanwhile. */
static int hear(struct pair *p, struct msp_terminal *source, struct msp_terminal *sink,
		int16_t out[ROOM])
{
	const struct msp_media_stream *s = terminal_interface(source, &iid_media_stream);
	int16_t said[TICK];
	int count = 0;

	for (int at = 0; at < ROOM; at += TICK) {
		for (int i = 0; i < TICK; i++)
			said[i] = (int16_t)sample_at(at + i);
		ck_assert_int_eq(s->write(source, said, TICK), TICK);
		pair_step(p, 1);
		ck_assert_int_eq(s->read(sink, out + count, TICK), TICK);
		count += TICK;
	}
	return count;
}

/* How far below the chirp lies everything else, in dB, if it begins at `from`. */
static double clearness(const int16_t *heard, int from)
{
	double energy = 0, error = 0;

	for (int i = 0; i < SAMPLES; i++) {
		double truth = sample_at(i), off = heard[from + i] - truth;

		energy += truth * truth;
		error += off * off;
	}
	return 10 * log10(energy / (error + 1));
}

START_TEST(what_one_says_the_other_hears_sample_for_sample)
{
	static struct pair p;
	static int16_t heard[ROOM];
	struct msp_terminal *source, *sink;
	double best = -100;

	pair_open(&p);
	source = wide_stream(&p.a, TD_CAPTURE);
	sink = wide_stream(&p.b, TD_RENDER);
	pair_connect(&p);
	pair_flow(&p);
	pair_step(&p, 5);
	(void)((const struct msp_media_stream *)terminal_interface(sink, &iid_media_stream))
			->read(sink, heard, ROOM);
	(void)hear(&p, source, sink, heard);
	for (int from = 0; from < ROOM - SAMPLES; from++)
		best = fmax(best, clearness(heard, from));

	/* One sample too many or too few anywhere would leave less than 20 dB. */
	ck_assert_double_gt(best, 30);
	pair_close(&p);
}
END_TEST

START_TEST(a_muted_stream_is_silent_and_comes_back)
{
	static struct pair p;
	const struct msp_stream_audio *audio;
	struct msp_terminal *source;
	const struct msp_media_stream *s;
	int16_t said[160];
	DWORD level;

	pair_open(&p);
	source = end_terminal(&p.a, &media_stream, TD_CAPTURE);
	s = terminal_interface(source, &iid_media_stream);
	pair_connect(&p);
	pair_flow(&p);
	audio = stream_interface(p.a.capture, &iid_stream_audio);
	for (int i = 0; i < 160; i++)
		said[i] = 8000;
	ck_assert_int_eq(audio->set_mute(p.a.capture, 1), 0);
	for (int i = 0; i < 40; i++) {
		(void)s->write(source, said, 160);
		pair_step(&p, 1);
	}
	audio = stream_interface(p.b.render, &iid_stream_audio);
	ck_assert_int_eq(audio->level(p.b.render, &level), 0);
	ck_assert_uint_lt(level, 16);

	ck_assert_int_eq(audio->set_mute(p.a.capture, 0), 0);
	for (int i = 0; i < 40; i++) {
		(void)s->write(source, said, 160);
		pair_step(&p, 1);
	}
	ck_assert_int_eq(audio->level(p.b.render, &level), 0);

	ck_assert_uint_gt(level, 7000);
	pair_close(&p);
}
END_TEST

START_TEST(digits_arrive_once_each_and_in_order)
{
	static struct pair p;
	char heard[32] = "";

	pair_open(&p);
	pair_connect(&p);
	end_send(&p.b, "TAPI-RTP/1 detect 2\nDigits: on\n\n");
	(void)end_expect(&p.b, RTPMSG_OK);
	pair_flow(&p);
	end_send(&p.a, "TAPI-RTP/1 digits 2\nDigits: 4711#\nDuration: 100\n\n");
	pair_step(&p, 60);

	(void)end_expect(&p.a, RTPMSG_DIGITS_DONE);
	while (p.b.message_count) {
		struct end_message m = end_expect(&p.b, RTPMSG_DIGIT);

		if (strcmp(message_header(&m, "State"), "down") == 0)
			strcat(heard, message_header(&m, "Digit"));
		else
			ck_assert_str_eq(message_header(&m, "Duration"), "100");
	}
	ck_assert_str_eq(heard, "4711#");
	pair_close(&p);
}
END_TEST

START_TEST(a_second_list_of_digits_cancels_the_first)
{
	static struct pair p;
	struct end_message m;

	pair_open(&p);
	pair_connect(&p);
	pair_flow(&p);
	end_send(&p.a, "TAPI-RTP/1 digits 2\nDigits: 123456789\n\n");
	pair_step(&p, 3);
	end_send(&p.a, "TAPI-RTP/1 digits 3\nDigits:\n\n");
	pair_step(&p, 3);

	m = end_expect(&p.a, RTPMSG_DIGITS_DONE);
	ck_assert_str_eq(message_header(&m, "Result"), "cancelled");
	m = end_expect(&p.a, RTPMSG_DIGITS_DONE);
	ck_assert_str_eq(message_header(&m, "Result"), "done");
	pair_close(&p);
}
END_TEST

START_TEST(close_ends_what_is_being_sent_and_the_streams)
{
	static struct pair p;
	struct end_message m;

	pair_open(&p);
	pair_connect(&p);
	pair_flow(&p);
	end_send(&p.a, "TAPI-RTP/1 digits 2\nDigits: 123456789\n\n");
	pair_step(&p, 3);
	end_send(&p.a, "TAPI-RTP/1 close 3\n\n");
	pair_step(&p, 3);

	m = end_expect(&p.a, RTPMSG_DIGITS_DONE);
	ck_assert_str_eq(message_header(&m, "Result"), "cancelled");
	ck_assert_uint_eq(p.a.message_count, 0);
	ck_assert_uint_eq(p.a.inactive, 2);
	pair_close(&p);
}
END_TEST

START_TEST(figures_tell_codec_addresses_and_no_loss)
{
	static struct pair p;
	const struct msp_rtp_statistics *stats;
	struct msp_rtp_figures sent, heard;

	pair_open(&p);
	pair_connect(&p);
	pair_flow(&p);
	pair_step(&p, 500);
	stats = stream_interface(p.a.capture, &iid_statistics);
	(void)stats->figures(p.a.capture, &sent);
	(void)stats->figures(p.b.render, &heard);

	ck_assert_str_eq(sent.codec, "PCMU");
	ck_assert_str_eq(sent.local, heard.remote);
	ck_assert_str_eq(sent.remote, heard.local);
	ck_assert_uint_eq(heard.lost, 0);
	ck_assert_uint_eq(heard.concealed_frames, 0);
	ck_assert_uint_ge(heard.packets + 1, sent.packets);
	ck_assert_uint_eq(heard.ssrc, sent.ssrc);
	ck_assert_uint_gt(sent.round_trip_us, 0);
	pair_close(&p);
}
END_TEST

START_TEST(fifty_calls_leave_no_descriptor_behind)
{
	static struct pair p;
	unsigned int before = open_descriptors();

	for (int i = 0; i < 50; i++) {
		pair_open(&p);
		pair_connect(&p);
		pair_step(&p, 2);
		pair_close(&p);
	}

	ck_assert_uint_eq(open_descriptors(), before);
}
END_TEST

/* --- the dialogue ---------------------------------------------------------------------------- */

static const char only_g729[] = "TAPI-RTP/1 offer 1\n\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
				"c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n";
static const char encrypted[] = "TAPI-RTP/1 offer 1\n\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
				"c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 0\r\n";
static const char multicast[] = "TAPI-RTP/1 offer 1\n\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
				"c=IN IP4 224.2.1.1/16\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

#define WITH_RTCP(address)                                                                         \
	"TAPI-RTP/1 offer 1\n\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"                         \
	"c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=rtcp:4001 IN " address "\r\n"

static const struct {
	const char *name, *bytes, *code;
} refused[] = {
	{ "no common codec", only_g729, "488" },
	{ "encryption", encrypted, "488" },
	{ "multicast", multicast, "488" },
	{ "multicast RTCP", WITH_RTCP("IP4 224.2.1.1"), "488" },
	{ "RTCP of the other family", WITH_RTCP("IP6 ::1"), "488" },
	{ "no SDP", "TAPI-RTP/1 offer 1\n\n", "400" },
	{ "no version", "TAPI-RTP offer 1\n\n", "400" },
	{ "another version", "TAPI-RTP/2 offer 1\n\n", "505" },
	{ "unknown verb", "TAPI-RTP/1 sing 1\n\n", "405" },
	{ "id zero", "TAPI-RTP/1 offer? 0\n\n", "400" },
	{ "no empty line", "TAPI-RTP/1 offer? 1\n", "400" },
	{ "answer without offer", "TAPI-RTP/1 answer 1\n\nv=0\r\n", "481" },
	{ "digits without media", "TAPI-RTP/1 digits 1\nDigits: 1\n\n", "481" },
	{ "digits missing", "TAPI-RTP/1 digits 1\n\n", "400" },
	{ "join", "TAPI-RTP/1 join 1\n\n", "501" },
	{ "figures that nobody asked for", "TAPI-RTP/1 figures 1\n\n", "481" },
	{ "bad direction", "TAPI-RTP/1 hold 1\nDirection: up\n\n", "400" },
	{ "bad detect", "TAPI-RTP/1 detect 1\nDigits: maybe\n\n", "400" },
	{ "tone too high", "TAPI-RTP/1 tone 1\nFrequencies: 4000\n\n", "400" },
	{ "empty", "", "400" },
};

START_TEST(what_cannot_be_done_is_refused_with_a_code)
{
	static struct pair p;
	struct end_message m;
	unsigned int before;

	pair_open(&p);
	before = open_descriptors();
	end_send(&p.b, refused[_i].bytes);

	m = end_expect(&p.b, RTPMSG_ERROR);
	ck_assert_msg(strcmp(message_header(&m, "Code"), refused[_i].code) == 0, "%s: %s",
			refused[_i].name, m.bytes);
	ck_assert_str_ne(message_header(&m, "Reason"), "");
	ck_assert_uint_eq(open_descriptors(), before);
	pair_connect(&p);
	pair_flow(&p);
	pair_close(&p);
}
END_TEST

START_TEST(an_error_is_never_answered)
{
	static struct pair p;

	pair_open(&p);
	end_send(&p.a, "TAPI-RTP/1 error 0\nCode: 400\n\n");
	end_send(&p.a, "TAPI-RTP/1 error x\n\n");
	end_send(&p.a, "TAPI-RTP/1 error 99\nno colon\n\n");

	ck_assert_uint_eq(p.a.message_count, 0);
	pair_close(&p);
}
END_TEST

START_TEST(offers_that_cross_are_refused)
{
	static struct pair p;
	struct end_message offer, m;

	pair_open(&p);
	end_send(&p.a, "TAPI-RTP/1 offer? 1\n\n");
	offer = end_expect(&p.a, RTPMSG_OFFER);
	end_send(&p.b, "TAPI-RTP/1 offer? 1\n\n");
	(void)end_expect(&p.b, RTPMSG_OFFER);
	end_send_sdp(&p.b, "offer", 2, &offer);

	m = end_expect(&p.b, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "491");
	pair_close(&p);
}
END_TEST

START_TEST(an_instance_that_joins_makes_an_offer_and_takes_the_media)
{
	static struct pair p;
	static struct end c;
	struct end_message offer, answer;
	char text[8192];

	pair_open(&p);
	pair_connect(&p);
	pair_flow(&p);
	end_open(&c, TAPIMEDIATYPE_AUDIO, MSP_CALL_JOINED);
	end_drain(&c);
	offer = end_expect(&c, RTPMSG_OFFER);
	ck_assert_str_eq(message_header(&offer, "New"), "yes");
	end_send_sdp(&p.a, "offer", 7, &offer);
	answer = end_expect(&p.a, RTPMSG_ANSWER);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 answer 1\nNew: yes\n\n%s",
			strstr(answer.bytes, "\n\n") + 2);
	end_send(&c, text);
	for (int i = 0; i < 20; i++) {
		pair_step(&p, 1);
		end_drain(&c);
	}

	ck_assert_uint_eq(c.active, 2);
	end_close(&c);
	pair_close(&p);
}
END_TEST

START_TEST(a_bad_answer_leaves_the_session_as_it_was)
{
	static struct pair p;

	pair_open(&p);
	pair_connect(&p);
	pair_flow(&p);
	end_send(&p.a, "TAPI-RTP/1 offer? 9\n\n");
	(void)end_expect(&p.a, RTPMSG_OFFER);
	end_send(&p.a, "TAPI-RTP/1 answer 9\n\nv=0\r\nm=audio 0 RTP/AVP 0\r\n");
	(void)end_expect(&p.a, RTPMSG_ERROR);
	pair_step(&p, 10);

	ck_assert_uint_eq(p.a.inactive, 0);
	end_send(&p.a, "TAPI-RTP/1 digits 2\nDigits: 1\n\n");
	pair_step(&p, 20);
	(void)end_expect(&p.a, RTPMSG_DIGITS_DONE);
	pair_close(&p);
}
END_TEST

START_TEST(video_is_kept_inactive)
{
	static struct end e;
	struct end_message answer;

	(void)setenv("TAPI_MEDIA_ADDRESS", "127.0.0.1", 1);
	end_open(&e, TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, MSP_CALL_INCOMING);
	end_send(&e, "TAPI-RTP/1 offer 1\n\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
		     "c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 5002 RTP/AVP 96\r\n"
		     "a=rtpmap:96 VP8/90000\r\nm=audio 5000 RTP/AVP 8\r\n");

	answer = end_expect(&e, RTPMSG_ANSWER);
	ck_assert_ptr_nonnull(strstr(answer.bytes,
			"a=rtpmap:96 VP8/90000\r\na=inactive\r\nm=audio "));
	ck_assert_ptr_null(strstr(answer.bytes, "m=video 0 "));
	ck_assert_ptr_nonnull(strstr(answer.bytes, "PCMA/8000"));
	end_close(&e);
}
END_TEST

/* --- out of memory --------------------------------------------------------------------------- */

/* A call with terminals and an answer to a stranger's offer, as far as memory goes. */
static void live_a_little(struct end *e)
{
	static const char offer[] =
			"TAPI-RTP/1 offer 1\n\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
			"c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 5000 RTP/AVP 8\r\n";
	struct msp_terminal *t;
	struct msp_stream *stream;
	struct msp_event event;

	if (msp_provider.initialize(&quiet_host, e, &e->address))
		return;
	if (msp_provider.create_call(e->address, e, TAPIMEDIATYPE_AUDIO, MSP_CALL_JOINED, &e->call))
		return;
	(void)msp_provider.receive_tsp_data(e->address, e->call, "TAPI-RTP/1 close 1\n\n", 20);
	(void)msp_provider.receive_tsp_data(e->address, e->call, offer, sizeof(offer) - 1);
	for (DWORD i = 0; i < 5; i++) {
		DWORD direction = i == 2 ? TD_RENDER : TD_CAPTURE;

		if (msp_provider.create_terminal(e->address, &classes[i], TAPIMEDIATYPE_AUDIO,
				    direction, &t))
			continue;
		ck_assert_int_eq(msp_provider.stream(e->call, direction, &stream), 0);
		(void)msp_provider.select_terminal(stream, t);
		msp_provider.release_terminal(t);
	}
	clock_advance_ms(20);
	media_engine_step(clock_now_ns());
	while (msp_provider.get_event(e->address, &event) == 0)
		;
}

START_TEST(every_allocation_may_fail)
{
	struct pair p;
	unsigned int before;

	pair_open(&p);
	pair_close(&p);
	log_set_sink(drop_line, NULL);
	before = open_descriptors();
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct end e = { .call = NULL };

		live_a_little(&e);
		end_close(&e);
		ck_assert_uint_eq(open_descriptors(), before);
	}
}
END_TEST

/* --- terminals ------------------------------------------------------------------------------ */

START_TEST(terminals_go_where_they_belong)
{
	static struct pair p;
	struct msp_terminal *t, *again;
	GUID got;

	pair_open(&p);
	for (DWORD i = 0; i < 6; i++) {
		ck_assert_int_eq(msp_provider.terminal_class(p.a.address, i, &got), 0);
		ck_assert_mem_eq(&got, &classes[i], sizeof(got));
	}
	ck_assert_int_eq(msp_provider.terminal_class(p.a.address, 6, &got), TAPI_E_NOITEMS);
	ck_assert_int_eq(msp_provider.create_terminal(p.a.address, &classes[1], TAPIMEDIATYPE_AUDIO,
					 TD_RENDER, &t),
			TAPI_E_INVALIDDIRECTION);
	ck_assert_int_eq(msp_provider.create_terminal(p.a.address, &classes[0], TAPIMEDIATYPE_VIDEO,
					 TD_RENDER, &t),
			TAPI_E_INVALIDMEDIATYPE);
	t = end_terminal(&p.a, &classes[3], TD_CAPTURE);
	ck_assert_uint_eq(msp_provider.terminal_state(t), TS_INUSE);
	ck_assert_int_eq(msp_provider.select_terminal(p.a.capture, t), TAPI_E_TERMINALINUSE);
	ck_assert_int_eq(msp_provider.select_terminal(p.a.render, t), TAPI_E_INVALIDDIRECTION);
	ck_assert_int_eq(msp_provider.select_terminal(p.b.capture, t), TAPI_E_INVALIDTERMINAL);
	ck_assert_int_eq(msp_provider.stream_terminal(p.a.capture, 0, &again), 0);
	ck_assert_ptr_eq(again, t);
	ck_assert_int_eq(msp_provider.unselect_terminal(p.a.capture, t), 0);
	ck_assert_int_eq(msp_provider.unselect_terminal(p.a.capture, t), TAPI_E_INVALIDTERMINAL);
	ck_assert_uint_eq(msp_provider.terminal_state(t), TS_NOTINUSE);
	msp_provider.release_terminal(t);
	pair_close(&p);
}
END_TEST

START_TEST(a_released_terminal_plays_until_unselected)
{
	static struct pair p;
	struct msp_terminal *t;

	pair_open(&p);
	t = end_terminal(&p.a, &classes[4], TD_CAPTURE);
	pair_connect(&p);
	pair_flow(&p);
	msp_provider.release_terminal(t);
	pair_step(&p, 5);
	ck_assert_int_eq(msp_provider.stream_terminal(p.a.capture, 0, &t), TAPI_E_NOITEMS);
	pair_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("call");
	TCase *c = tcase_create("media");

	tcase_set_timeout(c, 30); /* a second of work, on a machine that has more to do */
	tcase_add_test(c, what_one_says_the_other_hears_sample_for_sample);
	tcase_add_test(c, a_muted_stream_is_silent_and_comes_back);
	tcase_add_test(c, digits_arrive_once_each_and_in_order);
	tcase_add_test(c, a_second_list_of_digits_cancels_the_first);
	tcase_add_test(c, close_ends_what_is_being_sent_and_the_streams);
	tcase_add_test(c, figures_tell_codec_addresses_and_no_loss);
	tcase_add_test(c, fifty_calls_leave_no_descriptor_behind);
	suite_add_tcase(s, c);
	c = tcase_create("dialogue");
	tcase_add_loop_test(c, what_cannot_be_done_is_refused_with_a_code, 0,
			(int)(sizeof(refused) / sizeof(refused[0])));
	tcase_add_test(c, an_error_is_never_answered);
	tcase_add_test(c, offers_that_cross_are_refused);
	tcase_add_test(c, an_instance_that_joins_makes_an_offer_and_takes_the_media);
	tcase_add_test(c, a_bad_answer_leaves_the_session_as_it_was);
	tcase_add_test(c, video_is_kept_inactive);
	suite_add_tcase(s, c);
	c = tcase_create("terminals");
	tcase_add_test(c, terminals_go_where_they_belong);
	tcase_add_test(c, a_released_terminal_plays_until_unselected);
	suite_add_tcase(s, c);
	c = tcase_create("oom");
	tcase_add_test(c, every_allocation_may_fail);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
