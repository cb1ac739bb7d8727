// SPDX-License-Identifier: MIT
/* test_halfband.c - the filter between 8 and 16 kHz: what passes, what does not. */
#include "media/halfband.h"
#include "media/resample.h"
#include "test_main.h"

#include <math.h>
#include <string.h>

#define SECOND 100 /* frames */

static const double turn = 6.283185307179586;

/* The amplitude of the part at hz, in dB of the tone that was put in. */
static double level_at(const int16_t *samples, int count, double hz, int rate)
{
	double s = 0, c = 0;

	for (int i = 0; i < count; i++) {
		s += samples[i] * sin(i * turn * hz / rate);
		c += samples[i] * cos(i * turn * hz / rate);
	}
	return 20 * log10(2 * sqrt(s * s + c * c) / count / 10000 + 1e-9);
}

static int16_t tone(int i, double hz, int rate)
{
	return (int16_t)lrint(10000 * sin(i * turn * hz / rate));
}

/* A second of a tone at 16 kHz, brought down; the first frame is the filter filling up. */
static void down(double hz, int16_t *out)
{
	struct halfband_down h = { .odd = { 0 } };
	int16_t in[FRAME_SAMPLES];

	for (int f = -1; f < SECOND; f++) {
		for (int i = 0; i < FRAME_SAMPLES; i++)
			in[i] = tone(f * FRAME_SAMPLES + i, hz, 16000);
		halfband_down(&h, in, out + (f < 0 ? 0 : f * HALF_FRAME));
	}
}

static void up(double hz, int16_t *out)
{
	struct halfband_up h = { .before = { 0 } };
	int16_t in[HALF_FRAME];

	for (int f = -1; f < SECOND; f++) {
		for (int i = 0; i < HALF_FRAME; i++)
			in[i] = tone(f * HALF_FRAME + i, hz, 8000);
		halfband_up(&h, in, HALF_FRAME, out + (f < 0 ? 0 : f * FRAME_SAMPLES));
	}
}

START_TEST(speech_passes_as_it_is)
{
	static const int tones[] = { 100, 300, 1000, 2000, 3000, 3400, 3600 };
	int16_t half[SECOND * HALF_FRAME], whole[SECOND * FRAME_SAMPLES];
	int hz = tones[_i];

	down(hz, half);
	up(hz, whole);

	ck_assert_double_gt(level_at(half, SECOND * HALF_FRAME, hz, 8000), -0.1);
	ck_assert_double_lt(level_at(half, SECOND * HALF_FRAME, hz, 8000), 0.1);
	ck_assert_double_gt(level_at(whole, SECOND * FRAME_SAMPLES, hz, 16000), -0.1);
	ck_assert_double_lt(level_at(whole, SECOND * FRAME_SAMPLES, hz, 16000), 0.1);
}
END_TEST

START_TEST(what_eight_kilohertz_cannot_hold_is_taken_out)
{
	static const int tones[] = { 4400, 4600, 5000, 6000, 7000, 7900 };
	int16_t half[SECOND * HALF_FRAME];
	int hz = tones[_i];

	down(hz, half);

	ck_assert_double_lt(level_at(half, SECOND * HALF_FRAME, 8000 - hz, 8000), -45);
}
END_TEST

START_TEST(no_mirror_is_added)
{
	static const int tones[] = { 100, 1000, 2000, 3000, 3400, 3600 };
	int16_t whole[SECOND * FRAME_SAMPLES];
	int hz = tones[_i];

	up(hz, whole);

	ck_assert_double_lt(level_at(whole, SECOND * FRAME_SAMPLES, 8000 - hz, 16000), -45);
}
END_TEST

START_TEST(the_loudest_sound_does_not_wrap)
{
	struct halfband_down d = { .odd = { 0 } };
	struct halfband_up u = { .before = { 0 } };
	int16_t in[FRAME_SAMPLES], half[HALF_FRAME], out[FRAME_SAMPLES];

	/* A square wave overshoots at its edges. */
	for (int f = 0; f < 10; f++) {
		for (int i = 0; i < FRAME_SAMPLES; i++)
			in[i] = i / 40 % 2 ? INT16_MAX : INT16_MIN;
		halfband_down(&d, in, half);
		halfband_up(&u, half, HALF_FRAME, out);
	}

	for (int i = 1; i < FRAME_SAMPLES; i++)
		ck_assert_int_le(abs(out[i] - out[i - 1]), 40000);
}
END_TEST

/* As a file is played: in pieces, then zeros until the last sample has come out. */
START_TEST(a_file_at_half_the_rate_is_doubled_whole_in_whatever_pieces)
{
	enum { COUNT = 5000 };
	static int16_t in[COUNT + 100], out[2 * COUNT + 500];
	struct resample *r = resample_new(MEDIA_RATE / 2, MEDIA_RATE, RESAMPLE_FILE);
	const size_t count = COUNT + resample_tail(r);
	size_t taken = 0, given = 0;
	unsigned int chance = 1;

	for (size_t i = 0; i < COUNT; i++) {
		chance = chance * 1664525u + 1013904223u;
		in[i] = (int16_t)(chance >> 16);
	}
	while (taken < count) {
		size_t n, room;

		chance = chance * 1664525u + 1013904223u;
		n = (chance >> 8) % 300;
		room = (chance >> 20) % 400;
		n = n < count - taken ? n : count - taken;
		resample_run(r, in + taken, &n, out + given, &room);
		taken += n;
		given += room;
	}

	ck_assert_uint_eq(given, 2 * COUNT);
	for (size_t i = 0; i < COUNT; i++)
		ck_assert_msg(out[2 * i] == in[i], "sample %zu", i);
	resample_free(r);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("halfband");
	TCase *c = tcase_create("halfband");

	tcase_add_loop_test(c, speech_passes_as_it_is, 0, 7);
	tcase_add_loop_test(c, what_eight_kilohertz_cannot_hold_is_taken_out, 0, 6);
	tcase_add_loop_test(c, no_mirror_is_added, 0, 6);
	tcase_add_test(c, the_loudest_sound_does_not_wrap);
	tcase_add_test(c, a_file_at_half_the_rate_is_doubled_whole_in_whatever_pieces);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
