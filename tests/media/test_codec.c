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

		codec_static(0)->decode(&byte, 1, &mu);
		codec_static(8)->decode(&byte, 1, &a);

		ck_assert_int_eq(mu, mulaw_value(code));
		ck_assert_int_eq(a, alaw_value(code));
	}
}
END_TEST

/* Half a step of the segment is the most that is lost, and the clipped end of mu-law. */
START_TEST(encoding_loses_half_a_step_at_most)
{
	const struct codec *c = codec_at((size_t)_i);

	for (int v = INT16_MIN; v <= INT16_MAX; v++) {
		int16_t sample = (int16_t)v, got;
		uint8_t byte;
		int exponent, half;

		c->encode(&sample, 1, &byte);
		c->decode(&byte, 1, &got);
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
	const struct codec *c = codec_at((size_t)_i);

	for (int code = 0; code < 256; code++) {
		uint8_t byte = (uint8_t)code, again;
		int16_t v, w;

		c->decode(&byte, 1, &v);
		c->encode(&v, 1, &again);
		c->decode(&again, 1, &w);

		ck_assert_int_eq(v, w);
	}
}
END_TEST

START_TEST(silence_is_nearly_zero)
{
	for (size_t i = 0; codec_at(i); i++) {
		int16_t v;

		codec_at(i)->decode(&codec_at(i)->silence, 1, &v);

		ck_assert_int_le(abs(v), 8);
	}
}
END_TEST

START_TEST(names_are_found_without_case)
{
	ck_assert_ptr_eq(codec_find("pcmu", 4), codec_static(0));
	ck_assert_ptr_eq(codec_find("PCMA", 4), codec_static(8));
	ck_assert_ptr_null(codec_find("PCM", 3));
	ck_assert_ptr_null(codec_find("PCMUX", 5));
	ck_assert_ptr_null(codec_static(18));
}
END_TEST

static void sine(int16_t *out, int count, int from)
{
	for (int i = 0; i < count; i++)
		out[i] = (int16_t)(10000 * sin((from + i) * 6.283185307 * 200 / 8000));
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
	struct plc p;
	int16_t all[800];
	double error = 0, energy = 0;

	plc_init(&p);
	sine(all, 800, 0);
	plc_good(&p, all, 400);
	plc_lost(&p, all + 400, 80);
	sine(all + 480, 320, 480);
	plc_good(&p, all + 480, 320);

	/* The steepest step of the tone itself is 1571 a sample. */
	ck_assert_int_le(largest_step(all, 800), 1700);
	for (int i = 400; i < 480; i++) {
		double truth = 10000 * sin(i * 6.283185307 * 200 / 8000);

		error += (all[i] - truth) * (all[i] - truth);
		energy += truth * truth;
	}
	ck_assert_double_lt(error / energy, 0.05);
}
END_TEST

START_TEST(a_long_loss_fades_to_silence)
{
	struct plc p;
	int16_t all[2000];

	plc_init(&p);
	sine(all, 400, 0);
	plc_good(&p, all, 400);
	for (int i = 400; i < 2000; i += 80)
		plc_lost(&p, all + i, 80);

	ck_assert_int_eq(all[1000], 0);
	ck_assert_int_eq(all[1999], 0);
	ck_assert_int_le(largest_step(all, 2000), 1700);
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
	tcase_add_test(c, a_lost_frame_of_a_tone_is_made_up_without_a_click);
	tcase_add_test(c, a_long_loss_fades_to_silence);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
