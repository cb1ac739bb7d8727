// SPDX-License-Identifier: MIT
/* test_control.c - `controls` and `control`: files that are played and recorded, started, paused
 * and changed by digits, tones and kinds of media, without a word to the TSP. */
#include "pair.h"
#include "scratch.h"
#include "test_main.h"

#include "media/wav.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID player_class = MSP_TERMINAL_FILE_PLAYBACK;
static const GUID recorder_class = MSP_TERMINAL_FILE_RECORDING;
static const GUID tone_class = MSP_TERMINAL_TONE;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;
static const GUID iid_control = MSP_IID_MEDIA_CONTROL;
static const GUID iid_playback = MSP_IID_MEDIA_PLAYBACK;
static const GUID iid_record = MSP_IID_MEDIA_RECORD;
static const GUID iid_audio = MSP_IID_BASIC_AUDIO;
static const GUID iid_tone = MSP_IID_TONE;

#define RATE 16000
#define TURN 6.283185307179586

static struct pair p;
static struct msp_terminal *player, *sink;
static char file[64];

/* Five seconds: 400 Hz and, each second, 100 Hz more. */
static void make_wave(void)
{
	static int16_t samples[RATE * 5];
	struct wav_writer w;
	int fd;

	scratch_template(file, sizeof(file), "wave");
	fd = mkstemp(file);
	ck_assert_int_ge(fd, 0);
	(void)close(fd);
	for (int i = 0; i < RATE * 5; i++)
		samples[i] = (int16_t)(8000 * sin(TURN * (400 + i / RATE * 100) * i / RATE));
	ck_assert_int_eq(wav_create(file, RATE, &w), 0);
	ck_assert_int_eq(wav_write(&w, samples, RATE * 5), 0);
	ck_assert_int_eq(wav_finish(&w), 0);
}

/* a plays the wave to b. */
static void open_playing(bool started)
{
	const struct msp_media_playback *list;
	const struct msp_media_control *control;
	const char *files[1] = { file };

	make_wave();
	pair_open(&p);
	player = end_terminal(&p.a, &player_class, TD_CAPTURE);
	sink = end_terminal(&p.b, &media_stream, TD_RENDER);
	list = terminal_interface(player, &iid_playback);
	control = terminal_interface(player, &iid_control);
	ck_assert_int_eq(list->set_play_list(player, files, 1), 0);
	pair_connect(&p);
	pair_flow(&p);
	if (started)
		ck_assert_int_eq(control->start(player), 0);
}

static void close_playing(void)
{
	pair_close(&p);
	(void)unlink(file);
}

static void ask_ok(struct end *e, const char *text)
{
	end_send(e, text);
	(void)end_expect(e, RTPMSG_OK);
}

/* What b hears of the last 200 ms of this time. */
static const int16_t *hear(unsigned int ms, size_t *count)
{
	const struct msp_media_stream *s = terminal_interface(sink, &iid_media_stream);
	static int16_t last[1600];
	int16_t tick[160];

	memset(last, 0, sizeof(last));
	for (; ms >= 20; ms -= 20) {
		pair_step(&p, 1);
		for (LONG n; (n = s->read(sink, tick, 160)) > 0;) {
			memmove(last, last + n, sizeof(last) - (size_t)n * sizeof(last[0]));
			memcpy(last + 1600 - n, tick, (size_t)n * sizeof(last[0]));
		}
	}
	*count = 1600;
	return last;
}

static double loudness(unsigned int ms)
{
	size_t n;
	const int16_t *s = hear(ms, &n);
	double all = 0;

	for (size_t i = 0; i < n; i++)
		all += (double)s[i] * s[i];
	return sqrt(all / (double)n);
}

/* By how often it goes up through zero. */
static double pitch(unsigned int ms)
{
	size_t n;
	const int16_t *s = hear(ms, &n);
	int ups = 0;

	for (size_t i = 1; i < n; i++)
		ups += s[i - 1] < 0 && s[i] >= 0;
	return ups * 8000.0 / (double)n;
}

static DWORD state(void)
{
	const struct msp_media_control *c = terminal_interface(player, &iid_control);
	DWORD out = 99;

	ck_assert_int_eq(c->state(player, &out), 0);
	return out;
}

static void press(const char *digit)
{
	char text[64];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 digits 9\nDigits: %s\n\n", digit);
	end_send(&p.b, text);
	pair_step(&p, 20);
	(void)end_expect(&p.b, RTPMSG_DIGITS_DONE);
}

/* --- rules ------------------------------------------------------------------------------------ */

START_TEST(digit_5_pauses_the_wave_and_6_lets_it_go_on)
{
	open_playing(true);
	ask_ok(&p.a, "TAPI-RTP/1 controls 5\n\ndigit 5 down pause\ndigit 6 up resume\n");
	ck_assert_double_gt(loudness(400), 3000);

	press("4");
	ck_assert_double_gt(loudness(400), 3000);
	press("5");
	ck_assert_double_lt(loudness(400), 20);
	ck_assert_uint_eq(state(), TMS_PAUSED);
	press("6");
	ck_assert_double_gt(loudness(400), 3000);

	ck_assert_uint_eq(p.a.message_count, 0); /* nobody was told */
	close_playing();
}
END_TEST

START_TEST(rules_are_replaced_as_a_whole)
{
	open_playing(true);
	ask_ok(&p.a, "TAPI-RTP/1 controls 5\n\ndigit 5 down pause\n");
	ask_ok(&p.a, "TAPI-RTP/1 controls 6\n\ndigit 1 down volume-down\n");
	press("5");
	ck_assert_double_gt(loudness(400), 5000);
	ask_ok(&p.a, "TAPI-RTP/1 controls 7\n\n");
	press("1");

	ck_assert_double_gt(loudness(400), 5000);
	close_playing();
}
END_TEST

START_TEST(a_tone_of_the_peer_starts_the_wave)
{
	const struct msp_tone_spec beep = { .frequency = { 1400 }, .volume = 20000 };
	struct msp_terminal *t;
	const struct msp_tone *tone;

	open_playing(false);
	ask_ok(&p.a, "TAPI-RTP/1 controls 5\n\ntone 200 start 1400\n");
	ck_assert_double_lt(loudness(400), 20);
	t = end_terminal(&p.b, &tone_class, TD_CAPTURE);
	tone = terminal_interface(t, &iid_tone);
	ck_assert_int_eq(tone->set_tone(t, &beep), 0);

	ck_assert_double_gt(loudness(600), 5000);

	ck_assert_uint_eq(state(), TMS_ACTIVE);
	close_playing();
}
END_TEST

START_TEST(silence_of_the_peer_resets_the_wave_after_its_time)
{
	open_playing(true);
	ask_ok(&p.a, "TAPI-RTP/1 controls 5\n\nmedia silence 1000 reset\n");
	ck_assert_double_gt(loudness(2800), 5000);
	ck_assert_double_lt(loudness(600), 20);

	ck_assert_uint_eq(state(), TMS_IDLE);
	ck_assert_uint_eq(p.a.files, 1); /* as if it had ended */
	close_playing();
}
END_TEST

static const char *const bad_rules[] = { "digit 5 down\n", "digit E down pause\n",
	"digit 5 left pause\n", "digit 5 down jump\n", "digit 5 down pause now\n",
	"tone 10 pause 1100\n", "tone 500 pause 1 \n", "media noise 0 pause\n",
	"media ced x pause\n", "key 5 down pause\n", "digit 5 down pause", "\n" };

START_TEST(rules_that_cannot_be_read_leave_those_before)
{
	struct end_message m;
	char text[128];

	open_playing(true);
	ask_ok(&p.a, "TAPI-RTP/1 controls 5\n\ndigit 5 down pause\n");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 controls 6\n\n%s", bad_rules[_i]);
	end_send(&p.a, text);
	m = end_expect(&p.a, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");
	press("5");

	ck_assert_uint_eq(state(), TMS_PAUSED);
	close_playing();
}
END_TEST

/* --- actions ---------------------------------------------------------------------------------- */

static void control(const char *action)
{
	char text[64];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 control 8\nAction: %s\n\n", action);
	ask_ok(&p.a, text);
}

START_TEST(start_begins_anew_and_reset_ends)
{
	open_playing(false);
	control("start");
	ck_assert_double_eq_tol(pitch(600), 400, 10);
	ck_assert_double_eq_tol(pitch(1000), 500, 10);
	control("start");
	ck_assert_double_eq_tol(pitch(600), 400, 10);
	control("reset");
	ck_assert_double_lt(loudness(400), 20);
	ck_assert_uint_eq(state(), TMS_IDLE);
	control("resume");
	ck_assert_double_lt(loudness(400), 20);
	control("start");

	ck_assert_double_eq_tol(pitch(600), 400, 10);
	close_playing();
}
END_TEST

START_TEST(the_rate_goes_up_and_down)
{
	open_playing(false);
	control("rate-up");
	control("start");
	ck_assert_double_eq_tol(pitch(600), 500, 15);
	control("rate-normal");
	control("rate-down");
	control("start");
	ck_assert_double_eq_tol(pitch(600), 320, 10);
	control("rate-normal");
	control("start");

	ck_assert_double_eq_tol(pitch(600), 400, 10);
	close_playing();
}
END_TEST

START_TEST(the_volume_goes_by_3_db_within_its_limits)
{
	const struct msp_basic_audio *audio;
	double full;
	LONG volume;

	open_playing(true);
	audio = terminal_interface(player, &iid_audio);
	full = loudness(400);
	control("volume-up");
	ck_assert_double_eq_tol(loudness(400), full, full / 20);
	control("volume-down");
	ck_assert_double_eq_tol(loudness(400), full * 0.708, full / 20);
	for (int i = 0; i < 20; i++)
		control("volume-down");
	ck_assert_int_eq(audio->volume(player, &volume), 0);
	ck_assert_int_eq(volume, 65535 / 32);
	control("volume-normal");

	ck_assert_double_eq_tol(loudness(400), full, full / 20);
	close_playing();
}
END_TEST

static long size_of(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0 ? (long)st.st_size : -1;
}

START_TEST(a_recording_is_paused_and_ended)
{
	const struct msp_media_record *record;
	const struct msp_media_control *c;
	struct msp_terminal *t;
	char name[80];
	long size;
	DWORD now;

	open_playing(true);
	(void)snprintf(name, sizeof(name), "%s.rec", file);
	t = end_terminal(&p.a, &recorder_class, TD_RENDER);
	record = terminal_interface(t, &iid_record);
	c = terminal_interface(t, &iid_control);
	ck_assert_int_eq(record->set_file_name(t, name), 0);
	control("start");
	pair_step(&p, 50);
	ck_assert_int_gt(size_of(name), RATE);
	control("pause");
	pair_step(&p, 2);
	size = size_of(name);
	pair_step(&p, 20);
	ck_assert_int_eq(size_of(name), size);
	control("resume");
	pair_step(&p, 20);
	ck_assert_int_gt(size_of(name), size);
	control("start"); /* it runs: that is for what is played */
	pair_step(&p, 2);
	ck_assert_int_gt(size_of(name), size);
	control("reset");

	(void)c->state(t, &now);
	ck_assert_uint_eq(now, TMS_IDLE);
	(void)unlink(name);
	close_playing();
}
END_TEST

START_TEST(a_start_whose_file_is_gone_is_told)
{
	open_playing(false);
	(void)unlink(file);
	control("start");
	pair_step(&p, 20);
	end_drain(&p.a);

	ck_assert_uint_eq(p.a.files, 1);
	ck_assert_uint_eq(p.a.last_cause, FTEC_READ_ERROR);
	ck_assert_uint_eq(state(), TMS_IDLE);
	close_playing();
}
END_TEST

START_TEST(a_start_whose_recording_cannot_be_made_is_told)
{
	const struct msp_media_record *record;
	struct msp_terminal *t;
	char folder[80], name[96];

	open_playing(true);
	(void)snprintf(folder, sizeof(folder), "%s.d", file);
	(void)snprintf(name, sizeof(name), "%s/rec.wav", folder);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	t = end_terminal(&p.a, &recorder_class, TD_RENDER);
	record = terminal_interface(t, &iid_record);
	ck_assert_int_eq(record->set_file_name(t, name), 0);
	control("start");
	pair_step(&p, 5);
	control("reset");
	pair_step(&p, 5);
	ck_assert_int_eq(unlink(name), 0);
	ck_assert_int_eq(rmdir(folder), 0);
	p.a.files = 0; /* the wave has begun */
	control("start");
	pair_step(&p, 20);
	end_drain(&p.a);

	ck_assert_uint_eq(p.a.files, 1);
	ck_assert_uint_eq(p.a.last_cause, FTEC_WRITE_ERROR);
	close_playing();
}
END_TEST

START_TEST(an_action_that_is_none_is_400)
{
	struct end_message m;

	open_playing(true);
	end_send(&p.a, "TAPI-RTP/1 control 5\nAction: explode\n\n");
	m = end_expect(&p.a, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");
	end_send(&p.a, "TAPI-RTP/1 control 6\n\n");
	m = end_expect(&p.a, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");
	close_playing();
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("control");
	TCase *c = tcase_create("control");

	tcase_set_timeout(c, 30);
	tcase_add_test(c, digit_5_pauses_the_wave_and_6_lets_it_go_on);
	tcase_add_test(c, rules_are_replaced_as_a_whole);
	tcase_add_test(c, a_tone_of_the_peer_starts_the_wave);
	tcase_add_test(c, silence_of_the_peer_resets_the_wave_after_its_time);
	tcase_add_loop_test(c, rules_that_cannot_be_read_leave_those_before, 0,
			(int)(sizeof(bad_rules) / sizeof(bad_rules[0])));
	tcase_add_test(c, start_begins_anew_and_reset_ends);
	tcase_add_test(c, the_rate_goes_up_and_down);
	tcase_add_test(c, the_volume_goes_by_3_db_within_its_limits);
	tcase_add_test(c, a_recording_is_paused_and_ended);
	tcase_add_test(c, a_start_whose_file_is_gone_is_told);
	tcase_add_test(c, a_start_whose_recording_cannot_be_made_is_told);
	tcase_add_test(c, an_action_that_is_none_is_400);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
