// SPDX-License-Identifier: MIT
/* test_play.c - `play`: sounds that the application hears in place of the peer. */
#include "pair.h"
#include "test_main.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;

#define RATE 8000 /* of a media stream that nobody has set */

/* What comes out of a render terminal in so many ticks; the first hundred are left out. */
static size_t listen(struct pair *p, struct msp_terminal *sink, unsigned int ticks, int16_t *out)
{
	const struct msp_media_stream *s = terminal_interface(sink, &iid_media_stream);
	size_t used = 0;

	for (unsigned int i = 0; i < ticks; i++) {
		pair_step(p, 1);
		for (LONG n; (n = s->read(sink, out + used, 320)) > 0;)
			used += (size_t)n;
	}
	return used;
}

/* The part of the energy that is at this frequency: 0 to 1. */
static double share(const int16_t *samples, size_t count, double hz)
{
	double re = 0, im = 0, all = 0;

	for (size_t i = 0; i < count; i++) {
		double a = 6.283185307179586 * hz * (double)i / RATE;

		re += samples[i] * cos(a);
		im += samples[i] * sin(a);
		all += (double)samples[i] * samples[i];
	}
	return all > 0 ? 2 * (re * re + im * im) / (double)count / all : 0;
}

static double loudness(const int16_t *samples, size_t count)
{
	double all = 0;

	for (size_t i = 0; i < count; i++)
		all += (double)samples[i] * samples[i];
	return count ? sqrt(all / (double)count) : 0;
}

static void ask_ok(struct end *e, const char *text)
{
	end_send(e, text);
	(void)end_expect(e, RTPMSG_OK);
}

static int16_t heard[RATE * 4];

START_TEST(a_sound_is_heard_before_anything_is_agreed)
{
	static struct pair p;
	struct msp_terminal *sink;
	size_t n;

	pair_open(&p);
	sink = end_terminal(&p.a, &media_stream, TD_RENDER);
	ask_ok(&p.a, "TAPI-RTP/1 play 1\nSound: ringback\n\n");
	end_send(&p.a, "TAPI-RTP/1 offer? 2\n\n");
	(void)end_expect(&p.a, RTPMSG_OFFER);

	n = listen(&p, sink, 50, heard);

	ck_assert_uint_ge(n, RATE * 9 / 10);
	ck_assert_double_gt(share(heard + n / 2, n / 4, 440), 0.4);
	ck_assert_double_gt(share(heard + n / 2, n / 4, 480), 0.4);
	pair_close(&p);
}
END_TEST

START_TEST(a_sound_takes_the_place_of_the_peer_until_it_is_stopped)
{
	static struct pair p;
	struct msp_terminal *source, *sink;
	const struct msp_tone *tone;
	const GUID tone_class = MSP_TERMINAL_TONE, iid_tone = MSP_IID_TONE;
	const struct msp_tone_spec peer = { .frequency = { 1000 }, .volume = 30000 };
	size_t n;

	pair_open(&p);
	source = end_terminal(&p.b, &tone_class, TD_CAPTURE);
	sink = end_terminal(&p.a, &media_stream, TD_RENDER);
	tone = terminal_interface(source, &iid_tone);
	ck_assert_int_eq(tone->set_tone(source, &peer), 0);
	pair_connect(&p);
	pair_flow(&p);
	n = listen(&p, sink, 50, heard);
	ck_assert_double_gt(share(heard + n / 2, n / 2, 1000), 0.9);

	ask_ok(&p.a, "TAPI-RTP/1 play 5\nSound: busy\n\n");
	(void)listen(&p, sink, 1, heard);
	n = listen(&p, sink, 20, heard);
	ck_assert_double_gt(share(heard, n, 480), 0.4);
	ck_assert_double_gt(share(heard, n, 620), 0.4);
	ck_assert_double_lt(share(heard, n, 1000), 0.01);

	ask_ok(&p.a, "TAPI-RTP/1 play 6\n\n");
	(void)listen(&p, sink, 1, heard);
	n = listen(&p, sink, 20, heard);
	ck_assert_double_gt(share(heard, n, 1000), 0.9);
	pair_close(&p);
}
END_TEST

START_TEST(a_held_call_hears_music)
{
	static struct pair p;
	struct msp_terminal *sink;
	size_t n;

	pair_open(&p);
	sink = end_terminal(&p.a, &media_stream, TD_RENDER);
	pair_connect(&p);
	pair_flow(&p);
	ask_ok(&p.a, "TAPI-RTP/1 hold 5\n\n");
	(void)listen(&p, sink, 5, heard);
	n = listen(&p, sink, 20, heard);
	ck_assert_double_lt(loudness(heard, n), 10);

	ask_ok(&p.a, "TAPI-RTP/1 play 6\nSound: music\n\n");
	n = listen(&p, sink, 100, heard);

	ck_assert_double_gt(loudness(heard, n), 1000);
	ck_assert_double_gt(loudness(heard + n / 2, n / 2), 1000);
	pair_close(&p);
}
END_TEST

START_TEST(a_beep_ends_by_itself)
{
	static struct pair p;
	struct msp_terminal *sink;
	size_t n;

	pair_open(&p);
	sink = end_terminal(&p.a, &media_stream, TD_RENDER);
	pair_connect(&p);
	pair_flow(&p);
	(void)listen(&p, sink, 5, heard);
	ask_ok(&p.a, "TAPI-RTP/1 play 6\nSound: beep\n\n");

	n = listen(&p, sink, 25, heard);
	ck_assert_double_gt(share(heard + n / 4, n / 2, 1400), 0.9);

	(void)listen(&p, sink, 2, heard);
	n = listen(&p, sink, 25, heard);
	ck_assert_double_lt(loudness(heard, n), 10);
	pair_close(&p);
}
END_TEST

START_TEST(close_ends_what_is_played)
{
	static struct pair p;
	struct msp_terminal *sink;
	size_t n;

	pair_open(&p);
	sink = end_terminal(&p.a, &media_stream, TD_RENDER);
	pair_connect(&p);
	pair_flow(&p);
	ask_ok(&p.a, "TAPI-RTP/1 play 6\nSound: dialtone\n\n");
	n = listen(&p, sink, 10, heard);
	ck_assert_double_gt(loudness(heard, n), 1000);

	end_send(&p.a, "TAPI-RTP/1 close 7\n\n");
	end_send(&p.a, "TAPI-RTP/1 offer? 8\n\n");
	(void)listen(&p, sink, 2, heard);
	n = listen(&p, sink, 20, heard);

	ck_assert_double_lt(loudness(heard, n), 10);
	pair_close(&p);
}
END_TEST

START_TEST(a_sound_without_a_known_name_is_400_and_the_one_before_goes_on)
{
	static struct pair p;
	struct end_message m;
	struct msp_terminal *sink;
	size_t n;

	pair_open(&p);
	sink = end_terminal(&p.a, &media_stream, TD_RENDER);
	pair_connect(&p);
	pair_flow(&p);
	ask_ok(&p.a, "TAPI-RTP/1 play 6\nSound: dialtone\n\n");
	end_send(&p.a, "TAPI-RTP/1 play 7\nSound: fanfare\n\n");
	m = end_expect(&p.a, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");
	end_send(&p.a, "TAPI-RTP/1 play 8\nSound:\n\n");
	m = end_expect(&p.a, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");

	(void)listen(&p, sink, 5, heard);
	n = listen(&p, sink, 10, heard);

	ck_assert_double_gt(share(heard, n, 440), 0.4);
	pair_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("play");
	TCase *c = tcase_create("play");

	tcase_set_timeout(c, 30);
	tcase_add_test(c, a_sound_is_heard_before_anything_is_agreed);
	tcase_add_test(c, a_sound_takes_the_place_of_the_peer_until_it_is_stopped);
	tcase_add_test(c, a_held_call_hears_music);
	tcase_add_test(c, a_beep_ends_by_itself);
	tcase_add_test(c, close_ends_what_is_played);
	tcase_add_test(c, a_sound_without_a_known_name_is_400_and_the_one_before_goes_on);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
