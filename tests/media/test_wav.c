// SPDX-License-Identifier: MIT
/* test_wav.c - WAV files: hostile ones, and those that change or fail while they are used. */
#include "media/wav.h"

#include "files.h"
#include "test_main.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER   44
#define OF_BLOCK 2048 /* samples that are written at once */
#define CHUNKS   64   /* that are looked at */
#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

/* --- reading -------------------------------------------------------------------------------- */

#define HEAD "RIFF\0\0\0\0WAVE"
#define FMT(format, channels, rate, bits)                                                          \
	"fmt \20\0\0\0" format "\0" channels "\0" rate "\0\0\0\0\0\0\0\0" bits "\0"

#define SOUND FMT("\1", "\1", "\100\37", "\20") "data\4\0\0\0\1\0\2\0"

static const struct {
	const char *name;
	char bytes[96];
	size_t size;
} hostile[] = {
	{ "empty", "", 0 },
	{ "cut head", "RIFF", 4 },
	{ "not RIFF", "RIFX\0\0\0\0WAVE" SOUND, 48 },
	{ "no chunks", HEAD, 12 },
	{ "data first", HEAD "data\4\0\0\0\1\1\1\1", 24 },
	{ "no channels", HEAD FMT("\1", "\0", "\100\37", "\20") "data\4\0\0\0\1\1\1\1", 48 },
	{ "nine channels", HEAD FMT("\1", "\11", "\100\37", "\20") "data\4\0\0\0\1\1\1\1", 48 },
	{ "no rate", HEAD FMT("\1", "\1", "\0\0", "\20") "data\4\0\0\0\1\1\1\1", 48 },
	{ "24 bits", HEAD FMT("\1", "\1", "\100\37", "\30") "data\4\0\0\0\1\1\1\1", 48 },
	{ "float", HEAD FMT("\3", "\1", "\100\37", "\40") "data\4\0\0\0\1\1\1\1", 48 },
	{ "short fmt", HEAD "fmt \4\0\0\0\1\0\1\0data\4\0\0\0\1\1\1\1", 36 },
	{ "cut fmt", HEAD "fmt \20\0\0\0\1\0\1\0", 24 },
	{ "another kind of RIFF", "RIFF\0\0\0\0AVI " SOUND, 48 },
	{ "too fast",
			HEAD "fmt \20\0\0\0\1\0\1\0\1\356\2\0\0\0\0\0\0\0\20\0"
			     "data\4\0\0\0\1\1\1\1",
			48 },
	{ "endless chunk", HEAD "JUNK\377\377\377\377data", 24 },
};

START_TEST(hostile_files_are_refused)
{
	struct wav_reader w;

	make_bytes("a.wav", hostile[_i].bytes, hostile[_i].size);

	ck_assert_msg(wav_open(path("a.wav"), &w) == -EINVAL, "%s", hostile[_i].name);
	ck_assert_int_eq(w.fd, -1);
}
END_TEST

START_TEST(a_size_beyond_the_file_means_its_end)
{
	static const char lies[] = HEAD FMT("\1", "\2", "\100\37",
			"\20") "data\377\377\377\377\1\0\1\0\1\0\1\0\1";
	struct wav_reader w;
	int16_t samples[16];

	make_bytes("a.wav", lies, sizeof(lies) - 1);
	ck_assert_int_eq(wav_open(path("a.wav"), &w), 0);

	ck_assert_int_eq(wav_read(&w, samples, 16), 2);
	ck_assert_int_eq(wav_read(&w, samples, 16), 0);
	wav_close(&w);
}
END_TEST

START_TEST(other_things_than_files_are_refused)
{
	struct wav_reader w;

	ck_assert_int_eq(wav_open(path("absent"), &w), -ENOENT);
	ck_assert_int_eq(wav_open(folder, &w), -EINVAL);
	ck_assert_int_eq(mkfifo(path("a.wav"), 0600), 0);
	ck_assert_int_eq(wav_open(path("a.wav"), &w), -EINVAL);
}
END_TEST

/* A format of its own size, which may say what it is further behind. */
static const struct {
	uint8_t size, subformat;
	int result;
} extensible[] = { { 40, 1, 0 }, { 26, 1, 0 }, { 40, 3, -EINVAL }, { 24, 1, -EINVAL } };

START_TEST(an_extensible_format_is_pcm_if_it_says_so)
{
	static const char end[] = "data\4\0\0\0\1\0\2\0";
	char bytes[128] = HEAD "fmt \0\0\0\0\376\377\1\0\100\37\0\0\0\0\0\0\0\0\20\0";
	const size_t size = extensible[_i].size;
	struct wav_reader w;
	int16_t got[4];

	bytes[16] = (char)size;
	bytes[20 + 24] = (char)extensible[_i].subformat;
	memcpy(bytes + 20 + size, end, sizeof(end) - 1);
	make_bytes("a.wav", bytes, 20 + size + sizeof(end) - 1);

	ck_assert_int_eq(wav_open(path("a.wav"), &w), extensible[_i].result);
	if (extensible[_i].result)
		return;
	ck_assert_int_eq(wav_read(&w, got, 4), 2);
	ck_assert_int_eq(got[1], 2);
	wav_close(&w);
}
END_TEST

START_TEST(sound_is_looked_for_in_so_many_chunks)
{
	static const char sound[] = SOUND;
	char bytes[12 + 8 * CHUNKS + sizeof(sound)] = HEAD;
	size_t used = 12;
	struct wav_reader w;

	for (int i = 0; i < CHUNKS - 2 + _i; i++, used += 8)
		memcpy(bytes + used, "JUNK\0\0\0\0", 8);
	memcpy(bytes + used, sound, sizeof(sound) - 1);
	make_bytes("a.wav", bytes, used + sizeof(sound) - 1);

	ck_assert_int_eq(wav_open(path("a.wav"), &w), _i ? -EINVAL : 0);
	wav_close(&w);
}
END_TEST

/* --- while it is read ------------------------------------------------------------------------- */

static void make_sound(size_t count)
{
	static int16_t samples[3 * OF_BLOCK] = { 1, 2, 3 };
	struct wav_writer out;

	ck_assert_int_eq(wav_create(path("a.wav"), 8000, &out), 0);
	ck_assert_int_eq(wav_write(&out, samples, count), 0);
	ck_assert_int_eq(wav_finish(&out), 0);
}

/* Half a sample is none. */
START_TEST(a_file_that_is_cut_while_it_is_read_ends_there)
{
	struct wav_reader in;
	int16_t got[100];

	make_sound(1000);
	ck_assert_int_eq(wav_open(path("a.wav"), &in), 0);
	ck_assert_int_eq(wav_read(&in, got, 100), 100);
	ck_assert_int_eq(truncate(path("a.wav"), HEADER + 2 * 130 + 1), 0);

	ck_assert_int_eq(wav_read(&in, got, 100), 30);
	ck_assert_int_eq(wav_read(&in, got, 100), 0);
	wav_close(&in);
}
END_TEST

START_TEST(what_cannot_be_read_any_more_is_an_error)
{
	struct wav_reader in;
	int16_t got[100];
	int other = open(folder, O_RDONLY);

	make_sound(1000);
	ck_assert_int_eq(wav_open(path("a.wav"), &in), 0);
	ck_assert_int_ge(dup2(other, in.fd), 0);

	ck_assert_int_eq(wav_read(&in, got, 100), -EISDIR);
	wav_close(&in);
	close(other);
}
END_TEST

/* --- writing ---------------------------------------------------------------------------------- */

/* No file may grow beyond that: as a disk that is full. Until the test ends. */
static void limit_files(rlim_t size)
{
	struct rlimit limit;

	(void)signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size < limit.rlim_max ? size : limit.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void remove_limit(void)
{
	limit_files(RLIM_INFINITY);
}

START_TEST(an_unfinished_recording_is_a_valid_file)
{
	int16_t samples[500] = { 1, 2, 3 }, got[600];
	struct wav_writer out;
	struct wav_reader in;

	ck_assert_int_eq(wav_create(path("a.wav"), 8000, &out), 0);
	ck_assert_int_eq(wav_open(path("a.wav"), &in), 0);
	ck_assert_int_eq(wav_read(&in, got, 600), 0);
	wav_close(&in);
	ck_assert_int_eq(wav_write(&out, samples, 500), 0);
	ck_assert_int_eq(wav_patch(&out), 0);
	ck_assert_int_eq(wav_open(path("a.wav"), &in), 0);

	ck_assert_int_eq(wav_read(&in, got, 600), 500);
	ck_assert_mem_eq(got, samples, sizeof(samples));
	wav_close(&in);
	ck_assert_int_eq(wav_finish(&out), 0);
}
END_TEST

START_TEST(a_recording_that_cannot_begin_is_an_error)
{
	struct wav_writer out;

	limit_files(HEADER - 1);
	ck_assert_int_eq(wav_create(path("a.wav"), 8000, &out), -EFBIG);

	ck_assert_int_eq(out.fd, -1);
	ck_assert_int_eq(wav_finish(&out), 0);
}
END_TEST

START_TEST(a_recording_that_cannot_go_on_keeps_what_was_written)
{
	static int16_t samples[3 * OF_BLOCK], got[3 * OF_BLOCK];
	struct wav_writer out;
	struct wav_reader in;

	for (int i = 0; i < 3 * OF_BLOCK; i++)
		samples[i] = (int16_t)i;
	ck_assert_int_eq(wav_create(path("a.wav"), 8000, &out), 0);
	limit_files(HEADER + 2 * (2 * OF_BLOCK + 100));
	ck_assert_int_eq(wav_write(&out, samples, 3 * OF_BLOCK), -EFBIG);
	ck_assert_int_eq(wav_finish(&out), 0);
	ck_assert_int_eq(out.fd, -1);
	ck_assert_int_eq(wav_finish(&out), 0);

	ck_assert_int_eq(wav_open(path("a.wav"), &in), 0);
	ck_assert_int_eq(wav_read(&in, got, 3 * OF_BLOCK), 2 * OF_BLOCK);
	ck_assert_mem_eq(got, samples, 2 * OF_BLOCK * sizeof(got[0]));
	wav_close(&in);
}
END_TEST

/* The sizes are at 4 and at 40. */
static const rlim_t headers[] = { 4, 42 };

START_TEST(a_header_that_cannot_be_brought_up_to_date_is_an_error)
{
	static const int16_t samples[100];
	struct wav_writer out;

	ck_assert_int_eq(wav_create(path("a.wav"), 8000, &out), 0);
	ck_assert_int_eq(wav_write(&out, samples, 100), 0);
	limit_files(headers[_i]);

	ck_assert_int_eq(wav_patch(&out), -EFBIG);
	ck_assert_int_eq(wav_finish(&out), -EFBIG);
	ck_assert_int_eq(out.fd, -1);
}
END_TEST

START_TEST(a_recording_ends_where_its_header_cannot_say_how_long_it_is)
{
	static const int16_t samples[2];
	struct wav_writer out;

	ck_assert_int_eq(wav_create(path("a.wav"), 8000, &out), 0);
	out.size = UINT32_MAX - HEADER - 3;

	ck_assert_int_eq(wav_write(&out, samples, 2), -EFBIG);
	ck_assert_uint_eq(out.size, UINT32_MAX - HEADER - 3);
	ck_assert_int_eq(wav_finish(&out), 0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("wav");
	TCase *c = tcase_create("reading");

	tcase_add_checked_fixture(c, make_folder, NULL);
	tcase_add_loop_test(c, hostile_files_are_refused, 0, COUNT(hostile));
	tcase_add_test(c, a_size_beyond_the_file_means_its_end);
	tcase_add_test(c, other_things_than_files_are_refused);
	tcase_add_loop_test(c, an_extensible_format_is_pcm_if_it_says_so, 0, COUNT(extensible));
	tcase_add_loop_test(c, sound_is_looked_for_in_so_many_chunks, 0, 2);
	tcase_add_test(c, a_file_that_is_cut_while_it_is_read_ends_there);
	tcase_add_test(c, what_cannot_be_read_any_more_is_an_error);
	suite_add_tcase(s, c);
	c = tcase_create("writing");
	tcase_add_checked_fixture(c, make_folder, remove_limit);
	tcase_add_test(c, an_unfinished_recording_is_a_valid_file);
	tcase_add_test(c, a_recording_that_cannot_begin_is_an_error);
	tcase_add_test(c, a_recording_that_cannot_go_on_keeps_what_was_written);
	tcase_add_loop_test(c, a_header_that_cannot_be_brought_up_to_date_is_an_error, 0,
			COUNT(headers));
	tcase_add_test(c, a_recording_ends_where_its_header_cannot_say_how_long_it_is);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
