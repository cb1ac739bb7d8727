// SPDX-License-Identifier: MIT
/* test_codec.c - G.711 against the segments of the ITU tables, and concealment without clicks. */
#include "media/codec.h"
#include "media/plc.h"
#include "test_main.h"

#include <math.h>
#include <string.h>

/* ITU-T G.711 as its tables say it: the decision values of each segment, searched. */
static int mulaw_value(int code)
{
	int exponent = (~code >> 4) & 7, mantissa = ~code & 15;
	int magnitude = (33 + 2 * mantissa) * (1 << exponent) - 33;

	return (code & 0x80 ? magnitude : -magnitude) * 4;
}

static int alaw_value(int code)
{
	int even = code ^ 0x55, exponent = (even >> 4) & 7, mantissa = even & 15;
	int magnitude = exponent ? (2 * mantissa + 33) * (1 << (exponent - 1)) : 2 * mantissa + 1;

	return (even & 0x80 ? magnitude : -magnitude) * 8;
}

START_TEST(decoding_gives_the_values_of_the_tables)
{
	for (int code = 0; code < 256; code++) {
		uint8_t byte = (uint8_t)code;
		int16_t mu, a;

		(void)media_codec_static(0)->decode(NULL, &byte, 1, &mu);
		(void)media_codec_static(8)->decode(NULL, &byte, 1, &a);

		ck_assert_int_eq(mu, mulaw_value(code));
		ck_assert_int_eq(a, alaw_value(code));
	}
}
END_TEST

/* Half a step of the segment is the most that is lost, and the clipped end of mu-law. */
START_TEST(encoding_loses_half_a_step_at_most)
{
	const struct codec *c = media_codec_at((size_t)_i);

	for (int v = INT16_MIN; v <= INT16_MAX; v++) {
		int16_t sample = (int16_t)v, got;
		uint8_t byte;
		int exponent, half;

		(void)c->encode(NULL, &sample, 1, &byte);
		(void)c->decode(NULL, &byte, 1, &got);
		exponent = ((_i ? byte ^ 0x55 : ~byte) >> 4) & 7;
		half = _i ? 8 << (exponent ? exponent - 1 : 0) : 4 << exponent;

		if (abs(v) <= 32635)
			ck_assert_msg(abs(got - v) <= half, "%s: %d became %d", c->name, v, got);
		else
			ck_assert_int_le(abs(got - v), 2 * half);
	}
}
END_TEST

START_TEST(decoded_values_survive_another_round)
{
	const struct codec *c = media_codec_at((size_t)_i);

	for (int code = 0; code < 256; code++) {
		uint8_t byte = (uint8_t)code, again;
		int16_t v, w;

		(void)c->decode(NULL, &byte, 1, &v);
		(void)c->encode(NULL, &v, 1, &again);
		(void)c->decode(NULL, &again, 1, &w);

		ck_assert_int_eq(v, w);
	}
}
END_TEST

START_TEST(silence_is_nearly_zero)
{
	for (size_t i = 0; i < 2; i++) {
		const struct codec *c = media_codec_at(i);
		int16_t v;

		ck_assert(c->has_silence);
		(void)c->decode(NULL, &c->silence, 1, &v);

		ck_assert_int_le(abs(v), 8);
	}
}
END_TEST

START_TEST(names_are_found_without_case)
{
	ck_assert_ptr_eq(media_codec_find("pcmu", 4), media_codec_static(0));
	ck_assert_ptr_eq(media_codec_find("PCMA", 4), media_codec_static(8));
	ck_assert_ptr_null(media_codec_find("PCM", 3));
	ck_assert_ptr_null(media_codec_find("PCMUX", 5));
	ck_assert_ptr_null(media_codec_static(18));
}
END_TEST

/* Both rates that concealment works at; the tests below are in samples at 8 kHz times scale. */
static const int scales[] = { 1, 2 };

static double tone_at(int i, int scale)
{
	return 10000 * sin(i * 6.283185307 * 200 / (8000 * scale));
}

static void sine(int16_t *out, int count, int from, int scale)
{
	for (int i = 0; i < count; i++)
		out[i] = (int16_t)tone_at(from + i, scale);
}

static int largest_step(const int16_t *samples, int count)
{
	int most = 0;

	for (int i = 1; i < count; i++) {
		int step = abs(samples[i] - samples[i - 1]);

		most = step > most ? step : most;
	}
	return most;
}

START_TEST(a_lost_frame_of_a_tone_is_made_up_without_a_click)
{
	const int k = scales[_i];
	struct plc p;
	int16_t all[800 * 2];
	double error = 0, energy = 0;

	plc_init(&p, 8000u * (unsigned int)k);
	sine(all, 800 * k, 0, k);
	plc_good(&p, all, 400u * (unsigned int)k);
	plc_lost(&p, all + 400 * k, 80u * (unsigned int)k);
	sine(all + 480 * k, 320 * k, 480 * k, k);
	plc_good(&p, all + 480 * k, 320u * (unsigned int)k);

	/* The steepest step of the tone itself is 1571 a sample at 8 kHz. */
	ck_assert_int_le(largest_step(all, 800 * k), 1700 / k);
	for (int i = 400 * k; i < 480 * k; i++) {
		double truth = tone_at(i, k);

		error += (all[i] - truth) * (all[i] - truth);
		energy += truth * truth;
	}
	ck_assert_double_lt(error / energy, 0.05);
}
END_TEST

START_TEST(a_long_loss_fades_to_silence)
{
	const int k = scales[_i];
	struct plc p;
	int16_t all[2000 * 2];

	plc_init(&p, 8000u * (unsigned int)k);
	sine(all, 400 * k, 0, k);
	plc_good(&p, all, 400u * (unsigned int)k);
	for (int i = 400; i < 2000; i += 80)
		plc_lost(&p, all + i * k, 80u * (unsigned int)k);

	ck_assert_int_eq(all[1000 * k], 0);
	ck_assert_int_eq(all[2000 * k - 1], 0);
	ck_assert_int_le(largest_step(all, 2000 * k), 1700 / k);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("codec");
	TCase *c = tcase_create("g711");

	tcase_add_test(c, decoding_gives_the_values_of_the_tables);
	tcase_add_loop_test(c, encoding_loses_half_a_step_at_most, 0, 2);
	tcase_add_loop_test(c, decoded_values_survive_another_round, 0, 2);
	tcase_add_test(c, silence_is_nearly_zero);
	tcase_add_test(c, names_are_found_without_case);
	suite_add_tcase(s, c);
	c = tcase_create("concealment");
	tcase_add_loop_test(c, a_lost_frame_of_a_tone_is_made_up_without_a_click, 0, 2);
	tcase_add_loop_test(c, a_long_loss_fades_to_silence, 0, 2);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
