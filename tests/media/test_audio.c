// SPDX-License-Identifier: MIT
/* test_audio.c - the microphone and the loudspeaker on devices that drift, break and come back, in
 * virtual time. */
#include "fake_pcm.h"

#include "base/clock.h"
#include "media/audio.h"
#include "test_main.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define TURN 6.283185307179586

static struct fake_device devices[3];
static struct media_terminal *terminal;
static double energy[2]; /* of what the clock side reads, against 440 Hz */
static uint64_t samples;
static unsigned int lag; /* device turns left out */

static void setup(void)
{
	memset(devices, 0, sizeof(devices));
	devices[0] = (struct fake_device){ .name = "default", .rate = 48000, .channels = 1 };
	devices[1] = (struct fake_device){ .name = "headset", .rate = 16000, .channels = 2 };
	fake_pcm_set(devices);
	media_audio_set_ops(&fake_pcm);
	clock_set_virtual(1000000000u);
	memset(energy, 0, sizeof(energy));
	samples = 0;
	lag = 0;
}

static void teardown(void)
{
	media_terminal_unref(terminal);
	terminal = NULL;
	media_audio_set_ops(NULL);
}

static void make(bool capture)
{
	terminal = media_audio_new(7, capture);
	ck_assert_ptr_nonnull(terminal);
	ck_assert_int_eq(media_terminal_prepare(terminal), 0);
}

/* 20 ms of the clock: news, then the frames of a tick. */
static bool tick(uint32_t *error)
{
	static uint64_t at;
	int16_t frame[FRAME_SAMPLES];
	uint32_t cause;
	bool news = terminal->ops->news(terminal, error, &cause);

	for (int f = 0; f < FRAMES_PER_TICK; f++) {
		if (!terminal->ops->read) {
			for (int i = 0; i < FRAME_SAMPLES; i++)
				frame[i] = (int16_t)lrint(8000 * sin(TURN * 440 * (double)at++ /
										 MEDIA_RATE));
			terminal_write(terminal, frame);
			continue;
		}
		terminal_read(terminal, frame);
		for (int i = 0; i < FRAME_SAMPLES; i++, samples++) {
			energy[0] += frame[i] * sin(TURN * 440 * (double)samples / MEDIA_RATE);
			energy[1] += frame[i] * cos(TURN * 440 * (double)samples / MEDIA_RATE);
		}
	}
	return news;
}

/* The device thread is late now and then, by up to 10 ms. */
static void device_turn(void)
{
	static uint32_t chance = 1;
	struct audio_wait wait;

	if (lag) {
		lag--;
		return;
	}
	audio_turn(media_audio_inside(terminal), &wait);
	chance = chance * 1664525u + 1013904223u;
	lag = (chance >> 24) % 8 < 3 ? (chance >> 24) % 8 : 0;
}

/* Runs ms; the number of news, the last error in *error. */
static unsigned int run(unsigned int ms, uint32_t *error)
{
	unsigned int news = 0;
	uint32_t got;

	for (unsigned int at = 0; at < ms; at += 5) {
		clock_advance_ms(5);
		device_turn();
		if (clock_now_ms() % 20)
			continue;
		if (tick(&got)) {
			news++;
			if (error)
				*error = got;
		}
	}
	return news;
}

static struct media_audio_figures figures(void)
{
	struct media_audio_figures f;

	media_audio_figures(terminal, &f);
	return f;
}

/* --- clocks --------------------------------------------------------------------------------- */

static const struct {
	bool capture;
	uint32_t rate, channels;
	int ppm;
} drifts[] = {
	{ true, 48000, 1, 0 },
	{ true, 48000, 1, 200 },
	{ true, 48000, 1, -200 },
	{ true, 44100, 2, 200 },
	{ true, 16000, 1, -200 },
	{ true, 8000, 2, 200 },
	{ true, 48000, 2, 5000 },
	{ false, 48000, 1, 0 },
	{ false, 48000, 1, 200 },
	{ false, 48000, 1, -200 },
	{ false, 44100, 2, -200 },
	{ false, 16000, 1, 200 },
	{ false, 8000, 2, -200 },
	{ false, 48000, 2, -5000 },
};

START_TEST(a_drifting_device_neither_runs_dry_nor_over)
{
	struct media_audio_figures f;
	double low = 1e9, high = 0;

	devices[0].rate = drifts[_i].rate;
	devices[0].channels = drifts[_i].channels;
	devices[0].ppm = drifts[_i].ppm;
	make(drifts[_i].capture);

	ck_assert_uint_eq(run(20000, NULL), 0);
	for (int i = 0; i < 4000; i++) {
		double level;

		ck_assert_uint_eq(run(10, NULL), 0);
		level = media_audio_inside(terminal)->drift.level_ms;
		low = level < low ? level : low;
		high = level > high ? level : high;
	}

	f = figures();
	ck_assert_uint_eq(f.xruns, 0);
	ck_assert_uint_eq(f.gaps, 0);
	ck_assert_uint_eq(f.failures, 0);
	ck_assert_msg(abs(f.drift_ppm - drifts[_i].ppm) < 100, "thought to be %d ppm", f.drift_ppm);
	ck_assert_msg(low > 20 && high < 65 && (abs(drifts[_i].ppm) > 200 || high - low < 5),
			"level between %g and %g ms", low, high);
	ck_assert_uint_le(f.latency_ms, 80);
	ck_assert_uint_eq(f.rate, drifts[_i].rate);
	ck_assert_uint_eq(f.channels, drifts[_i].channels);
}
END_TEST

START_TEST(what_the_microphone_hears_arrives_as_it_is)
{
	double amplitude;

	make(true);
	(void)run(20000, NULL); /* the pitch is off by 0.1 % at first */
	memset(energy, 0, sizeof(energy));
	samples = 0;

	(void)run(2000, NULL);

	amplitude = 2 * hypot(energy[0], energy[1]) / (double)samples;
	ck_assert_uint_eq(figures().gaps, 0);
	ck_assert_msg(amplitude > 7800 && amplitude < 8100, "amplitude %g", amplitude);
}
END_TEST

START_TEST(what_is_played_sounds_as_it_is)
{
	uint64_t before;
	double amplitude;

	make(false);
	(void)run(20000, NULL);
	devices[0].energy[0] = devices[0].energy[1] = 0;
	before = devices[0].frames;

	(void)run(2000, NULL);

	amplitude = 2 * hypot(devices[0].energy[0], devices[0].energy[1]) /
		    (double)(devices[0].frames - before);
	ck_assert_msg(amplitude > 7800 && amplitude < 8100, "amplitude %g", amplitude);
}
END_TEST

/* --- trouble -------------------------------------------------------------------------------- */

START_TEST(a_late_thread_is_an_xrun_that_passes)
{
	make(_i == 0);
	(void)run(2000, NULL);

	lag = 60; /* 300 ms */
	(void)run(1000, NULL);

	ck_assert_uint_eq(figures().xruns, 1);
	ck_assert(figures().running);
	ck_assert_uint_eq(figures().failures, 0);
	ck_assert_uint_eq(devices[0].opens, 1);
}
END_TEST

START_TEST(a_device_that_does_not_open_is_told_once_with_the_reason)
{
	uint32_t error = 0;
	char why[TERMINAL_WHY];

	devices[0].open_error = -EACCES;
	make(_i == 0);

	ck_assert_uint_eq(run(3000, &error), 1);

	ck_assert_uint_eq(error, EACCES);
	media_terminal_why(terminal, why, sizeof(why));
	ck_assert_str_eq(why, "default: it does not open");
	ck_assert(!figures().running);
}
END_TEST

START_TEST(a_device_that_did_not_open_is_tried_again)
{
	char why[TERMINAL_WHY];

	devices[0].open_error = -EACCES;
	make(_i == 0);
	(void)run(3000, NULL);

	devices[0].open_error = 0;
	ck_assert_uint_eq(run(8100, NULL), 0);

	ck_assert(figures().running);
	media_terminal_why(terminal, why, sizeof(why));
	ck_assert_str_eq(why, "");
}
END_TEST

START_TEST(a_device_that_another_is_letting_go_of_is_waited_for)
{
	devices[0].open_error = -EBUSY;
	make(true);
	ck_assert_uint_eq(run(1000, NULL), 0);

	devices[0].open_error = 0;
	ck_assert_uint_eq(run(1000, NULL), 0);

	ck_assert(figures().running);
	ck_assert_uint_eq(figures().failures, 0);
}
END_TEST

START_TEST(a_device_that_stays_busy_is_told)
{
	uint32_t error = 0;

	devices[0].open_error = -EBUSY;
	make(true);

	ck_assert_uint_eq(run(3000, &error), 1);
	ck_assert_uint_eq(error, EBUSY);
}
END_TEST

START_TEST(an_unplugged_device_is_told_and_comes_back)
{
	uint32_t error = 0;

	make(_i == 0);
	(void)run(1000, NULL);
	devices[0].error = devices[0].recovery = -ENODEV;

	ck_assert_uint_eq(run(200, &error), 1);
	ck_assert_uint_eq(error, ENODEV);
	ck_assert_uint_eq(devices[0].closes, 1);
	ck_assert_uint_eq(run(1000, NULL), 0);

	ck_assert(figures().running);
	ck_assert_uint_eq(devices[0].opens, 2);
}
END_TEST

START_TEST(a_suspended_device_that_is_not_yet_back_is_asked_again)
{
	make(_i == 0);
	(void)run(1000, NULL);
	devices[0].error = -ESTRPIPE;
	devices[0].recovery = -EAGAIN;

	ck_assert_uint_eq(run(500, NULL), 0);

	ck_assert_uint_eq(devices[0].closes, 0);
	ck_assert_uint_eq(figures().failures, 0);
}
END_TEST

START_TEST(a_device_that_nobody_uses_is_closed)
{
	make(_i == 0);
	(void)run(500, NULL);
	ck_assert(figures().running);

	for (int i = 0; i < 300; i++) {
		clock_advance_ms(5);
		device_turn();
	}
	ck_assert(!figures().running);
	ck_assert_uint_eq(devices[0].closes, 1);

	(void)run(500, NULL);
	ck_assert(figures().running);
}
END_TEST

START_TEST(a_terminal_without_use_opens_nothing)
{
	struct audio_wait wait = { true, 0 };

	make(true);
	clock_advance_ms(20);
	audio_turn(media_audio_inside(terminal), &wait);

	ck_assert_uint_eq(devices[0].opens, 0);
	ck_assert(!wait.device);
	ck_assert_int_eq(wait.timeout_ms, -1);
}
END_TEST

START_TEST(another_name_changes_the_device_at_once)
{
	make(_i == 0);
	(void)run(500, NULL);

	ck_assert_int_eq(media_audio_set_device(terminal, "headset"), 0);
	(void)run(500, NULL);

	ck_assert_str_eq(media_audio_device(terminal), "headset");
	ck_assert_uint_eq(devices[0].closes, 1);
	ck_assert_uint_eq(devices[1].opens, 1);
	ck_assert_uint_eq(figures().rate, 16000);
	ck_assert_uint_eq(figures().channels, 2);
}
END_TEST

START_TEST(a_latency_is_kept_within_its_limits)
{
	make(true);

	ck_assert_int_eq(media_audio_set_latency(terminal, MEDIA_LATENCY_MS_MIN - 1), -EINVAL);
	ck_assert_int_eq(media_audio_set_latency(terminal, MEDIA_LATENCY_MS_MAX + 1), -EINVAL);
	ck_assert_int_eq(media_audio_set_latency(terminal, 200), 0);
	(void)run(3000, NULL);

	ck_assert_uint_ge(figures().latency_ms, 150);
	ck_assert_uint_le(figures().latency_ms, 220);
	ck_assert_uint_eq(figures().gaps, 0);
}
END_TEST

static Suite *audio_suite(void)
{
	const struct {
		const TTest *test;
		int count;
	} tests[] = {
		{ a_drifting_device_neither_runs_dry_nor_over, sizeof(drifts) / sizeof(drifts[0]) },
		{ what_the_microphone_hears_arrives_as_it_is, 1 },
		{ what_is_played_sounds_as_it_is, 1 },
		{ a_late_thread_is_an_xrun_that_passes, 2 },
		{ a_device_that_does_not_open_is_told_once_with_the_reason, 2 },
		{ a_device_that_did_not_open_is_tried_again, 2 },
		{ a_device_that_another_is_letting_go_of_is_waited_for, 1 },
		{ a_device_that_stays_busy_is_told, 1 },
		{ an_unplugged_device_is_told_and_comes_back, 2 },
		{ a_suspended_device_that_is_not_yet_back_is_asked_again, 2 },
		{ a_device_that_nobody_uses_is_closed, 2 },
		{ a_terminal_without_use_opens_nothing, 1 },
		{ another_name_changes_the_device_at_once, 2 },
		{ a_latency_is_kept_within_its_limits, 1 },
	};
	Suite *s = suite_create("audio");
	TCase *c = tcase_create("audio");

	tcase_add_checked_fixture(c, setup, teardown);
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		tcase_add_loop_test(c, tests[i].test, 0, tests[i].count);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(audio_suite())
