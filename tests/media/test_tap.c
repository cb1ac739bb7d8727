// SPDX-License-Identifier: MIT
/* test_tap.c - what taps hear in sound that spandsp, or arithmetic, makes. */
#include "speech.h"
#include "test_main.h"

#include "media/spandsp_tones.h"
#include "media/tap.h"

#include <math.h>
#include <string.h>

#define TURN 6.283185307179586

struct listener {
	struct tap_ear ear;
	struct media_tap *tap;
	uint32_t now_ms;
	struct {
		struct tap_news news;
		uint32_t at_ms;
	} heard[64];
	unsigned int count;
};

static void hear(struct tap_ear *ear, const struct tap_news *news)
{
	struct listener *l = (struct listener *)(void *)ear;

	ck_assert_uint_lt(l->count, 64);
	l->heard[l->count].news = *news;
	l->heard[l->count++].at_ms = l->now_ms;
}

static void listener_init(struct listener *l, struct media_tap *tap)
{
	memset(l, 0, sizeof(*l));
	l->ear.hear = hear;
	l->tap = tap;
	ck_assert_ptr_nonnull(tap);
}

static void listen(struct listener *l, const int16_t *frame)
{
	l->now_ms += TAP_FRAME_MS;
	l->tap->run(l->tap, frame, &l->ear);
}

static void listen_all(struct listener *l, const int16_t *samples, size_t count)
{
	for (size_t i = 0; i + TAP_FRAME <= count; i += TAP_FRAME)
		listen(l, samples + i);
}

/* A sum of sines for so long, each this loud. */
static void listen_tone(struct listener *l, const double *hz, int n, double amplitude, uint32_t ms)
{
	int16_t frame[TAP_FRAME];
	uint32_t at = 0;

	for (uint32_t t = 0; t < ms; t += TAP_FRAME_MS) {
		for (int i = 0; i < TAP_FRAME; i++, at++) {
			double sum = 0;

			for (int k = 0; k < n; k++)
				sum += amplitude * sin(TURN * hz[k] * at / TAP_RATE);
			frame[i] = (int16_t)sum;
		}
		listen(l, frame);
	}
}

static void listen_silence(struct listener *l, uint32_t ms)
{
	listen_tone(l, NULL, 0, 0, ms);
}

static void listen_speech(struct listener *l)
{
	static struct speech s;
	int16_t frame[TAP_FRAME];

	speech_make(&s, TAP_RATE, 3400);
	for (int at = 0; at < SPEECH_SECONDS * TAP_RATE; at += TAP_FRAME) {
		for (int i = 0; i < TAP_FRAME; i++)
			frame[i] = speech_at(&s, at + i);
		listen(l, frame);
	}
}

/* --- digits ----------------------------------------------------------------------------------- */

START_TEST(sixteen_digits_go_down_and_up_in_their_order)
{
	static const char digits[] = "1234567890*#ABCD";
	static int16_t samples[TAP_RATE * 4];
	dtmf_tx_state_t *tx = dtmf_tx_init(NULL);
	struct listener l;
	int n;

	listener_init(&l, media_tap_digits());
	(void)dtmf_tx_put(tx, digits, -1);
	n = dtmf_tx(tx, samples, TAP_RATE * 4);
	listen_all(&l, samples, (size_t)n);
	listen_silence(&l, 200);

	ck_assert_uint_eq(l.count, 32);
	for (unsigned int i = 0; i < 16; i++) {
		ck_assert_int_eq(l.heard[2 * i].news.kind, TAP_DIGIT_DOWN);
		ck_assert_int_eq(l.heard[2 * i].news.value, digits[i]);
		ck_assert_int_eq(l.heard[2 * i + 1].news.kind, TAP_DIGIT_UP);
		ck_assert_int_eq(l.heard[2 * i + 1].news.value, digits[i]);
		ck_assert_uint_ge(l.heard[2 * i + 1].news.ms, 30);
		ck_assert_uint_le(l.heard[2 * i + 1].news.ms, 80);
	}
	(void)dtmf_tx_free(tx);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(speech_has_no_digits)
{
	struct listener l;

	listener_init(&l, media_tap_digits());
	listen_speech(&l);

	ck_assert_uint_eq(l.count, 0);
	media_tap_unref(l.tap);
}
END_TEST

/* --- tones ------------------------------------------------------------------------------------ */

static const struct tap_tone cng = { 7, 500, { 1100 } };

START_TEST(a_tone_is_told_when_it_has_been_there_for_its_time)
{
	const double hz[] = { 1100 };
	struct listener l;

	listener_init(&l, media_tap_tones(&cng, 1));
	listen_silence(&l, 200);
	listen_tone(&l, hz, 1, 3000, 480);
	ck_assert_uint_eq(l.count, 0);
	listen_silence(&l, 200);
	listen_tone(&l, hz, 1, 3000, 800);

	ck_assert_uint_eq(l.count, 1);
	ck_assert_int_eq(l.heard[0].news.kind, TAP_TONE);
	ck_assert_uint_eq(l.heard[0].news.value, 7);
	ck_assert_uint_ge(l.heard[0].at_ms, 880 + 500);
	ck_assert_uint_le(l.heard[0].at_ms, 880 + 540);
	media_tap_unref(l.tap);
}
END_TEST

/* Of 1100 Hz, ms long, that begins `offset` samples behind 200 ms of silence. */
static void listen_cng(struct listener *l, int offset, int ms)
{
	const int from = 200 * TAP_RATE / 1000 + offset, until = from + ms * TAP_RATE / 1000;
	int16_t samples[TAP_RATE];

	for (int i = 0; i < TAP_RATE; i++)
		samples[i] = i < from || i >= until
					     ? 0
					     : (int16_t)(3000 * sin(TURN * 1100 * i / TAP_RATE));
	listen_all(l, samples, TAP_RATE);
}

START_TEST(a_tone_of_just_its_time_is_told_within_100_ms_wherever_it_begins)
{
	const uint32_t end_ms = 200 + (uint32_t)_i * 1000 / TAP_RATE + 500;
	struct listener l;

	listener_init(&l, media_tap_tones(&cng, 1));
	listen_cng(&l, _i, 500);

	ck_assert_uint_eq(l.count, 1);
	ck_assert_uint_ge(l.heard[0].at_ms, end_ms - TAP_FRAME_MS);
	ck_assert_uint_le(l.heard[0].at_ms, end_ms + 100);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(a_tone_that_is_too_short_is_not_told_wherever_it_begins)
{
	struct listener l;

	listener_init(&l, media_tap_tones(&cng, 1));
	listen_cng(&l, _i, 480);

	ck_assert_uint_eq(l.count, 0);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(a_tone_that_comes_again_is_told_again)
{
	const double hz[] = { 1100 };
	struct listener l;

	listener_init(&l, media_tap_tones(&cng, 1));
	for (int i = 0; i < 3; i++) {
		listen_tone(&l, hz, 1, 3000, 600);
		listen_silence(&l, 60);
	}

	ck_assert_uint_eq(l.count, 3);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(a_tone_beside_the_frequency_is_another)
{
	static const double others[] = { 1000, 1050, 1150, 1200, 2200, 550 };
	struct listener l;

	listener_init(&l, media_tap_tones(&cng, 1));
	for (int i = 0; i < 6; i++) {
		listen_tone(&l, &others[i], 1, 6000, 800);
		listen_silence(&l, 60);
	}

	ck_assert_uint_eq(l.count, 0);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(a_tone_a_little_beside_its_frequency_is_taken)
{
	static const double near[] = { 1092, 1108 };
	struct listener l;

	listener_init(&l, media_tap_tones(&cng, 1));
	for (int i = 0; i < 2; i++) {
		listen_tone(&l, &near[i], 1, 6000, 800);
		listen_silence(&l, 60);
	}

	ck_assert_uint_eq(l.count, 2);
	media_tap_unref(l.tap);
}
END_TEST

/* Pairs that a window of 20 ms does not resolve, and one of three. */
START_TEST(tones_of_several_frequencies_are_told_apart)
{
	static const struct tap_tone tones[] = {
		{ 1, 200, { 350, 440 } },
		{ 2, 200, { 440, 480 } },
		{ 3, 200, { 480, 620 } },
		{ 4, 200, { 440 } },
		{ 5, 200, { 950, 1400, 1800 } },
		{ 6, 200, { 480 } },
	};
	static const double hz[6][3] = { { 350, 440 }, { 440, 480 }, { 480, 620 }, { 440 },
		{ 950, 1400, 1800 }, { 480 } };
	static const int counts[6] = { 2, 2, 2, 1, 3, 1 };
	struct listener l;

	listener_init(&l, media_tap_tones(tones, 6));
	for (int i = 0; i < 6; i++) {
		listen_tone(&l, hz[i], counts[i], 4000, 1000);
		listen_silence(&l, 100);
		ck_assert_msg(l.count == (unsigned int)i + 1, "tone %d: %u news, the last %u", i,
				l.count, l.count ? l.heard[l.count - 1].news.value : 0);
		ck_assert_uint_eq(l.heard[i].news.value, tones[i].number);
	}
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(one_tone_answers_each_entry_that_wants_it)
{
	static const struct tap_tone tones[] = { { 1, 100, { 1400 } }, { 2, 300, { 1400 } },
		{ 3, 100, { 1400, 1400 } } };
	const double hz[] = { 1400 };
	struct listener l;

	listener_init(&l, media_tap_tones(tones, 3));
	listen_tone(&l, hz, 1, 4000, 500);

	ck_assert_uint_eq(l.count, 3);
	ck_assert_uint_eq(l.heard[2].news.value, 2);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(silence_is_a_tone_without_frequencies)
{
	static const struct tap_tone silence = { 9, 1000, { 0 } };
	const double hz[] = { 300 };
	struct listener l;

	listener_init(&l, media_tap_tones(&silence, 1));
	listen_tone(&l, hz, 1, 4000, 500);
	listen_silence(&l, 960);
	ck_assert_uint_eq(l.count, 0);
	listen_silence(&l, 100);

	ck_assert_uint_eq(l.count, 1);
	ck_assert_uint_eq(l.heard[0].news.value, 9);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(silence_of_just_its_time_is_told_wherever_it_begins)
{
	static const struct tap_tone silence = { 9, 200, { 0 } };
	const int from = 400 * TAP_RATE / 1000 + _i, until = from + 200 * TAP_RATE / 1000;
	int16_t samples[TAP_RATE];
	struct listener l;

	for (int i = 0; i < TAP_RATE; i++)
		samples[i] = i < from || i >= until ? 4000 : 0;
	listener_init(&l, media_tap_tones(&silence, 1));
	listen_all(&l, samples, TAP_RATE);

	ck_assert_uint_eq(l.count, 1);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(speech_is_no_tone)
{
	static const struct tap_tone tones[] = { { 1, 100, { 440 } }, { 2, 100, { 350, 440 } },
		{ 3, 100, { 1100 } }, { 4, 100, { 2100 } } };
	struct listener l;

	listener_init(&l, media_tap_tones(tones, 4));
	listen_speech(&l);

	ck_assert_uint_eq(l.count, 0);
	media_tap_unref(l.tap);
}
END_TEST

/* --- pulses ----------------------------------------------------------------------------------- */

/* One period of 1 kHz. */
static void listen_click(struct listener *l, uint32_t rest_ms)
{
	int16_t frame[TAP_FRAME] = { 0 };

	for (int i = 0; i < 8; i++)
		frame[i + 16] = (int16_t)(12000 * sin(TURN * i / 8));
	listen(l, frame);
	listen_silence(l, rest_ms - TAP_FRAME_MS);
}

static void listen_pulses(struct listener *l, int n, uint32_t break_ms, uint32_t make_ms)
{
	for (; n; n--) {
		listen_click(l, break_ms);
		listen_click(l, make_ms);
	}
	listen_silence(l, 700);
}

START_TEST(pairs_of_clicks_are_pulse_digits)
{
	struct listener l;

	listener_init(&l, media_tap_pulse());
	listen_silence(&l, 100);
	for (int i = 1; i <= 10; i++)
		listen_pulses(&l, i, 60, 40);

	ck_assert_uint_eq(l.count, 10);
	for (unsigned int i = 0; i < 10; i++) {
		ck_assert_int_eq(l.heard[i].news.kind, TAP_PULSE_DIGIT);
		ck_assert_int_eq(l.heard[i].news.value, "1234567890"[i]);
	}
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(clicks_in_another_rhythm_are_no_digits)
{
	struct listener l;

	listener_init(&l, media_tap_pulse());
	listen_silence(&l, 100);
	listen_pulses(&l, 3, 20, 20);
	listen_pulses(&l, 3, 200, 200);
	listen_click(&l, 700);

	ck_assert_uint_eq(l.count, 0);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(speech_has_no_pulses)
{
	struct listener l;

	listener_init(&l, media_tap_pulse());
	listen_speech(&l);

	ck_assert_uint_eq(l.count, 0);
	media_tap_unref(l.tap);
}
END_TEST

/* --- kinds of media ----------------------------------------------------------------------------
 */

static const struct {
	int tone;
	enum media_kind kind;
} modem_tones[] = {
	{ MODEM_CONNECT_TONES_FAX_CNG, MEDIA_CNG },
	{ MODEM_CONNECT_TONES_ANS, MEDIA_CED },
	{ MODEM_CONNECT_TONES_ANSAM, MEDIA_MODEM },
	{ MODEM_CONNECT_TONES_ANSAM_PR, MEDIA_MODEM },
	{ MODEM_CONNECT_TONES_BELL_ANS, MEDIA_MODEM },
};

START_TEST(tones_of_faxes_and_modems_say_what_kind_it_is)
{
	static int16_t samples[TAP_RATE * 2];
	modem_connect_tones_tx_state_t *tx =
			modem_connect_tones_tx_init(NULL, modem_tones[_i].tone);
	struct listener l;

	listener_init(&l, media_tap_media());
	listen_silence(&l, 500);
	(void)modem_connect_tones_tx(tx, samples, TAP_RATE * 2);
	listen_all(&l, samples, TAP_RATE * 2);

	ck_assert_uint_ge(l.count, 1);
	ck_assert_int_eq(l.heard[0].news.kind, TAP_MEDIA_KIND);
	ck_assert_msg(l.count == 1 && l.heard[0].news.value == modem_tones[_i].kind,
			"%u news, first %u", l.count, l.heard[0].news.value);
	ck_assert_uint_le(l.heard[0].at_ms, 500 + 1600);
	(void)modem_connect_tones_tx_free(tx);
	media_tap_unref(l.tap);
}
END_TEST

/* Flags of HDLC, without end. */
static int next_bit(void *arg)
{
	int *at = arg;

	return 0x7e >> (*at)++ % 8 & 1;
}

START_TEST(the_preamble_of_a_fax_is_fax)
{
	static int16_t samples[TAP_RATE];
	int at = 0;
	fsk_tx_state_t *tx = fsk_tx_init(NULL, &preset_fsk_specs[FSK_V21CH2], next_bit, &at);
	struct listener l;

	listener_init(&l, media_tap_media());
	listen_silence(&l, 500);
	(void)fsk_tx(tx, samples, TAP_RATE);
	listen_all(&l, samples, TAP_RATE);

	ck_assert_uint_eq(l.count, 1);
	ck_assert_int_eq(l.heard[0].news.value, MEDIA_FAX);
	(void)fsk_tx_free(tx);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(speech_is_voice_and_then_silence)
{
	struct listener l;

	listener_init(&l, media_tap_media());
	listen_speech(&l);
	listen_silence(&l, 3000);

	ck_assert_uint_eq(l.count, 2);
	ck_assert_int_eq(l.heard[0].news.value, MEDIA_VOICE);
	ck_assert_int_eq(l.heard[1].news.value, MEDIA_SILENCE);
	media_tap_unref(l.tap);
}
END_TEST

START_TEST(call_progress_tones_are_no_voice)
{
	static const double ringback[] = { 440, 480 }, busy[] = { 480, 620 };
	struct listener l;

	listener_init(&l, media_tap_media());
	listen_tone(&l, ringback, 2, 4000, 2000);
	for (int i = 0; i < 8; i++) {
		listen_tone(&l, busy, 2, 4000, 500);
		listen_silence(&l, 500);
	}

	ck_assert_uint_eq(l.count, 0);
	media_tap_unref(l.tap);
}
END_TEST

static TCase *tcase_new(const char *name, Suite *s)
{
	TCase *c = tcase_create(name);

	tcase_set_timeout(c, 30);
	suite_add_tcase(s, c);
	return c;
}

static Suite *suite(void)
{
	Suite *s = suite_create("tap");
	TCase *c = tcase_new("digits", s);

	tcase_add_test(c, sixteen_digits_go_down_and_up_in_their_order);
	tcase_add_test(c, speech_has_no_digits);
	c = tcase_new("tones", s);
	tcase_add_test(c, a_tone_is_told_when_it_has_been_there_for_its_time);
	tcase_add_loop_test(c, a_tone_of_just_its_time_is_told_within_100_ms_wherever_it_begins, 0,
			2 * TAP_FRAME);
	tcase_add_loop_test(c, a_tone_that_is_too_short_is_not_told_wherever_it_begins, 0,
			2 * TAP_FRAME);
	tcase_add_test(c, a_tone_that_comes_again_is_told_again);
	tcase_add_test(c, a_tone_beside_the_frequency_is_another);
	tcase_add_test(c, a_tone_a_little_beside_its_frequency_is_taken);
	tcase_add_test(c, tones_of_several_frequencies_are_told_apart);
	tcase_add_test(c, one_tone_answers_each_entry_that_wants_it);
	tcase_add_test(c, silence_is_a_tone_without_frequencies);
	tcase_add_loop_test(c, silence_of_just_its_time_is_told_wherever_it_begins, 0, TAP_FRAME);
	tcase_add_test(c, speech_is_no_tone);
	c = tcase_new("pulses", s);
	tcase_add_test(c, pairs_of_clicks_are_pulse_digits);
	tcase_add_test(c, clicks_in_another_rhythm_are_no_digits);
	tcase_add_test(c, speech_has_no_pulses);
	c = tcase_new("kinds", s);
	tcase_add_loop_test(c, tones_of_faxes_and_modems_say_what_kind_it_is, 0,
			sizeof(modem_tones) / sizeof(modem_tones[0]));
	tcase_add_test(c, the_preamble_of_a_fax_is_fax);
	tcase_add_test(c, speech_is_voice_and_then_silence);
	tcase_add_test(c, call_progress_tones_are_no_voice);
	return s;
}

TEST_MAIN(suite())
