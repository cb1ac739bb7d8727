// SPDX-License-Identifier: MIT
/* test_file.c - WAV files as source and sink of a call. */
#include "files.h"
#include "pair.h"

#include "media/wav.h"
#include "test_main.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const GUID player = MSP_TERMINAL_FILE_PLAYBACK;
static const GUID recorder = MSP_TERMINAL_FILE_RECORDING;
static const GUID iid_control = MSP_IID_MEDIA_CONTROL;
static const GUID iid_playback = MSP_IID_MEDIA_PLAYBACK;
static const GUID iid_record = MSP_IID_MEDIA_RECORD;

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v & 0xffff);
	put16(p + 2, v >> 16);
}

struct format {
	uint32_t rate;
	unsigned int channels, bits;
};

/* A sine of 440 Hz; returns how many frames. */
static size_t make_wav(const char *name, struct format f, double seconds)
{
	size_t frames = (size_t)(seconds * f.rate), frame = f.channels * f.bits / 8;
	uint8_t *file = calloc(1, 44 + frames * frame);
	FILE *out = fopen(path(name), "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_ptr_nonnull(out);
	memcpy(file, "RIFF____WAVEfmt \20\0\0\0\1", 21);
	put16(file + 22, f.channels);
	put32(file + 24, f.rate);
	put16(file + 34, f.bits);
	memcpy(file + 36, "data", 4);
	put32(file + 40, (uint32_t)(frames * frame));
	for (size_t i = 0; i < frames; i++) {
		int v = (int)(8000 * sin((double)i * 6.283185307 * 440 / f.rate));

		for (unsigned int c = 0; c < f.channels; c++) {
			uint8_t *at = file + 44 + i * frame + c * f.bits / 8;

			if (f.bits == 16)
				put16(at, (unsigned int)v & 0xffff);
			else
				*at = (uint8_t)(v / 256 + 128);
		}
	}
	ck_assert_uint_eq(fwrite(file, 1, 44 + frames * frame, out), 44 + frames * frame);
	ck_assert_int_eq(fclose(out), 0);
	free(file);
	return frames;
}

/* --- through a call ------------------------------------------------------------------------- */

static void start_player(struct msp_terminal *t, const char *const *files, DWORD count)
{
	const struct msp_media_playback *list = terminal_interface(t, &iid_playback);
	const struct msp_media_control *control = terminal_interface(t, &iid_control);

	ck_assert_int_eq(list->set_play_list(t, files, count), 0);
	ck_assert_int_eq(control->start(t), 0);
}

static void start_recorder(struct msp_terminal *t, const char *file)
{
	const struct msp_media_record *record = terminal_interface(t, &iid_record);
	const struct msp_media_control *control = terminal_interface(t, &iid_control);

	ck_assert_int_eq(record->set_file_name(t, file), 0);
	ck_assert_int_eq(control->start(t), 0);
}

static void stop(struct msp_terminal *t)
{
	const struct msp_media_control *control = terminal_interface(t, &iid_control);

	ck_assert_int_eq(control->stop(t), 0);
}

/* Normalised correlation of the recording with the sine that make_wav makes, at the best phase. */
static double likeness(const int16_t *samples, size_t count)
{
	double s = 0, c = 0, e = 0;

	for (size_t i = 0; i < count; i++) {
		double angle = (double)i * 6.283185307 * 440 / 16000;

		s += samples[i] * sin(angle);
		c += samples[i] * cos(angle);
		e += (double)samples[i] * samples[i];
	}
	return sqrt((s * s + c * c) / (e * (double)count / 2));
}

static const struct format formats[] = { { 8000, 1, 16 }, { 8000, 1, 8 }, { 16000, 1, 16 },
	{ 24000, 2, 16 }, { 44100, 2, 16 }, { 48000, 1, 16 }, { 48000, 6, 16 }, { 11025, 1, 8 } };

START_TEST(a_file_is_heard_whole_whatever_its_format)
{
	static struct pair p;
	static int16_t got[40000];
	const char *files[2];
	struct msp_terminal *source, *sink;
	struct wav_reader in;
	long count, first = -1, last = 0;

	make_wav("a.wav", formats[_i], 0.5);
	files[0] = files[1] = path("a.wav");
	pair_open(&p);
	source = end_terminal(&p.a, &player, TD_CAPTURE);
	sink = end_terminal(&p.b, &recorder, TD_RENDER);
	start_player(source, files, 2);
	start_recorder(sink, path("b.wav"));
	pair_connect(&p);
	pair_flow(&p);
	pair_step(&p, 75);
	ck_assert_uint_eq(p.a.files, 1);
	ck_assert_uint_eq(p.a.last_cause, FTEC_END_OF_FILE);
	stop(sink);
	pair_close(&p);

	ck_assert_int_eq(wav_open(path("b.wav"), &in), 0);
	count = wav_read(&in, got, 40000);
	wav_close(&in);
	for (long i = 0; i < count; i++) {
		if (abs(got[i]) > 300) {
			first = first < 0 ? i : first;
			last = i;
		}
	}
	ck_assert_int_ge(last - first, 15800);
	ck_assert_int_le(last - first, 16100);
	ck_assert_double_gt(likeness(got + first, 7800), formats[_i].bits == 8 ? 0.99 : 0.998);
}
END_TEST

START_TEST(playing_begins_when_media_flows_and_not_before)
{
	static struct pair p;
	const struct msp_media_control *control;
	struct msp_terminal *source;
	const char *file;
	DWORD state;

	make_wav("a.wav", formats[0], 0.1);
	file = path("a.wav");
	pair_open(&p);
	source = end_terminal(&p.a, &player, TD_CAPTURE);
	control = terminal_interface(source, &iid_control);
	start_player(source, &file, 1);
	pair_step(&p, 50);
	ck_assert_int_eq(control->state(source, &state), 0);
	ck_assert_uint_eq(state, TMS_ACTIVE);
	ck_assert_uint_eq(p.a.files, 0);

	pair_connect(&p);
	pair_flow(&p);
	pair_step(&p, 10);

	ck_assert_uint_eq(p.a.files, 1);
	ck_assert_int_eq(control->state(source, &state), 0);
	ck_assert_uint_eq(state, TMS_IDLE);
	pair_close(&p);
}
END_TEST

START_TEST(pause_keeps_the_place_and_stop_rewinds)
{
	static struct pair p;
	const struct msp_media_control *control;
	const struct msp_media_playback *list;
	struct msp_terminal *source;
	const char *file;
	DWORD state;

	make_wav("a.wav", formats[5], 0.4);
	file = path("a.wav");
	pair_open(&p);
	source = end_terminal(&p.a, &player, TD_CAPTURE);
	control = terminal_interface(source, &iid_control);
	list = terminal_interface(source, &iid_playback);
	pair_connect(&p);
	pair_flow(&p);
	start_player(source, &file, 1);
	ck_assert_int_eq(list->set_play_list(source, &file, 1), TAPI_E_WRONG_STATE);
	pair_step(&p, 10);
	ck_assert_int_eq(control->pause(source), 0);
	pair_step(&p, 50);
	ck_assert_int_eq(control->state(source, &state), 0);
	ck_assert_uint_eq(state, TMS_PAUSED);
	ck_assert_uint_eq(p.a.files, 0);
	ck_assert_int_eq(control->start(source), 0);
	pair_step(&p, 8);
	ck_assert_uint_eq(p.a.files, 0);
	pair_step(&p, 5);
	ck_assert_uint_eq(p.a.files, 1);

	ck_assert_int_eq(control->start(source), 0);
	pair_step(&p, 15);
	ck_assert_uint_eq(p.a.files, 1);
	ck_assert_int_eq(control->stop(source), 0);
	ck_assert_int_eq(control->start(source), 0);
	pair_step(&p, 15);
	ck_assert_uint_eq(p.a.files, 1);
	pair_close(&p);
}
END_TEST

static void expect_reason(struct msp_terminal *t, const char *file, const char *words)
{
	static const GUID iid = MSP_IID_REASON;
	const struct msp_reason *r = terminal_interface(t, &iid);
	char text[256];

	r->reason(t, text, sizeof(text));
	ck_assert_msg(strstr(text, file) && strstr(text, words), "\"%s\" has no %s: %s", text, file,
			words);
}

START_TEST(what_cannot_be_played_or_recorded_is_said_at_once)
{
	static struct pair p;
	const struct msp_media_playback *list;
	const struct msp_media_record *record;
	struct msp_terminal *source, *sink;
	const char *files[2];

	make_wav("a.wav", formats[0], 0.1);
	make_bytes("b.wav", "no wav", 6);
	files[0] = path("a.wav");
	pair_open(&p);
	source = end_terminal(&p.a, &player, TD_CAPTURE);
	sink = end_terminal(&p.b, &recorder, TD_RENDER);
	list = terminal_interface(source, &iid_playback);
	record = terminal_interface(sink, &iid_record);

	files[1] = path("absent.wav");
	ck_assert_int_eq(list->set_play_list(source, files, 2), TAPI_E_INVALIDTERMINAL);
	expect_reason(source, files[1], "No such file");
	ck_assert_int_eq(list->file(source, 0, &files[1]), TAPI_E_NOITEMS);
	files[1] = path("b.wav");
	ck_assert_int_eq(list->set_play_list(source, files, 2), TAPI_E_INVALIDTERMINAL);
	expect_reason(source, files[1], "not a WAV file");
	files[1] = folder;
	ck_assert_int_eq(list->set_play_list(source, files, 2), TAPI_E_INVALIDTERMINAL);
	ck_assert_int_eq(list->set_play_list(source, files, 1), 0);

	ck_assert_int_eq(record->set_file_name(sink, path("absent/x.wav")), TAPI_E_INVALIDTERMINAL);
	expect_reason(sink, path("absent/x.wav"), "No such file");
	ck_assert_int_eq(record->set_file_name(sink, folder), TAPI_E_INVALIDTERMINAL);
	expect_reason(sink, folder, "directory");
	ck_assert_int_eq(record->set_file_name(sink, path("x.wav")), 0);
	pair_close(&p);
}
END_TEST

START_TEST(what_cannot_be_opened_is_said_at_start)
{
	static struct pair p;
	const struct msp_media_control *control;
	const struct msp_media_playback *list;
	const struct msp_media_record *record;
	struct msp_terminal *source, *sink;
	const char *file = path("gone.wav");

	make_wav("gone.wav", formats[0], 0.1);
	ck_assert_int_eq(mkdir(path("gone"), 0700), 0);
	pair_open(&p);
	source = end_terminal(&p.a, &player, TD_CAPTURE);
	sink = end_terminal(&p.b, &recorder, TD_RENDER);
	control = terminal_interface(source, &iid_control);
	list = terminal_interface(source, &iid_playback);
	ck_assert_int_eq(control->start(source), TAPI_E_WRONG_STATE);
	ck_assert_int_eq(list->set_play_list(source, &file, 1), 0);
	ck_assert_int_eq(unlink(file), 0);
	ck_assert_int_eq(control->start(source), TAPI_E_INVALIDTERMINAL);
	expect_reason(source, file, "No such file");
	control = terminal_interface(sink, &iid_control);
	record = terminal_interface(sink, &iid_record);
	ck_assert_int_eq(control->start(sink), TAPI_E_WRONG_STATE);
	ck_assert_int_eq(record->set_file_name(sink, path("gone/x.wav")), 0);
	ck_assert_int_eq(rmdir(path("gone")), 0);

	ck_assert_int_eq(control->start(sink), TAPI_E_INVALIDTERMINAL);
	expect_reason(sink, "gone/x.wav", "No such file");
	pair_close(&p);
}
END_TEST

START_TEST(a_file_that_ends_badly_tells_so)
{
	static struct pair p;
	const char *files[2];
	struct msp_terminal *source;

	make_wav("a.wav", formats[0], 1.5);
	make_wav("b.wav", formats[0], 1.5);
	files[0] = path("a.wav");
	files[1] = path("b.wav");
	pair_open(&p);
	source = end_terminal(&p.a, &player, TD_CAPTURE);
	pair_connect(&p);
	pair_flow(&p);
	start_player(source, files, 2);
	make_bytes("b.wav", "no wav", 6);
	pair_step(&p, 80);

	ck_assert_uint_eq(p.a.files, 1);
	ck_assert_uint_eq(p.a.last_cause, FTEC_READ_ERROR);
	expect_reason(source, files[1], "not a WAV file");
	pair_close(&p);
}
END_TEST

enum { FULL_AT = 30001 }; /* in the middle of a sample */

/* What a full disk is to who writes; in the process of one test. */
static void limit_files(void)
{
	struct rlimit limit;

	(void)signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = FULL_AT;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

START_TEST(a_recording_that_a_full_disk_cuts_is_what_was_written_and_says_why)
{
	static int16_t samples[FULL_AT];
	static struct pair p;
	const char *files[] = { path("a.wav") }, *file = path("cut.wav");
	struct msp_terminal *source, *sink;
	struct wav_reader wav;
	struct stat st;
	long count;

	make_wav("a.wav", formats[2], 3);
	pair_open(&p);
	source = end_terminal(&p.a, &player, TD_CAPTURE);
	sink = end_terminal(&p.b, &recorder, TD_RENDER);
	pair_connect(&p);
	pair_flow(&p);
	start_player(source, files, 1);
	pair_step(&p, 10);
	limit_files();
	start_recorder(sink, file);

	pair_step(&p, 100);

	ck_assert_uint_eq(p.b.files, 1);
	ck_assert_uint_eq(p.b.last_cause, FTEC_WRITE_ERROR);
	expect_reason(sink, file, "File too large");
	stop(sink);
	expect_reason(sink, file, "File too large");
	ck_assert_int_eq(stat(file, &st), 0);
	ck_assert_int_eq(st.st_size, FULL_AT);
	ck_assert_int_eq(wav_open(file, &wav), 0);
	count = wav_read(&wav, samples, FULL_AT);
	wav_close(&wav);
	ck_assert_int_le(44 + 2 * count, FULL_AT);
	ck_assert_int_gt(44 + 2 * count, FULL_AT - 4096);
	ck_assert_double_gt(likeness(samples + 1600, (size_t)count - 1600), 0.9);
	ck_assert_uint_gt(p.b.active, 0); /* and the call goes on */
	ck_assert_uint_eq(p.b.inactive, 0);
	pair_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("file");
	TCase *c = tcase_create("terminals");

	tcase_add_checked_fixture(c, make_folder, NULL);
	tcase_add_loop_test(c, a_file_is_heard_whole_whatever_its_format, 0,
			(int)(sizeof(formats) / sizeof(formats[0])));
	tcase_add_test(c, playing_begins_when_media_flows_and_not_before);
	tcase_add_test(c, pause_keeps_the_place_and_stop_rewinds);
	tcase_add_test(c, what_cannot_be_played_or_recorded_is_said_at_once);
	tcase_add_test(c, what_cannot_be_opened_is_said_at_start);
	tcase_add_test(c, a_file_that_ends_badly_tells_so);
	tcase_add_test(c, a_recording_that_a_full_disk_cuts_is_what_was_written_and_says_why);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
