// SPDX-License-Identifier: MIT
/* test_pcm.c - libasound's side of audio terminals, with PCMs of an own configuration that need no
 * sound card: formats, rates and channels that are agreed, and reasons. */
#define LOG_TOPIC "test"
#include "media/audio.h"
#include "test_main.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char config[] =
		"pcm.plug { @args [ SLAVE ] @args.SLAVE { type string } type plug slave.pcm $SLAVE "
		"}\n"
		"pcm.any { type null }\n"
		"pcm.default { type null }\n"
		"pcm.shown { type null hint { show on description \"A microphone\" } }\n"
		/* Their clients must speak mu-law, so none of our formats fits. */
		"pcm.mulaw { type mulaw slave { pcm any format S16 } }\n"
		"pcm.odd { type plug slave { pcm any rate 44100 channels 2 } }\n"
		"pcm.fast { type plug slave { pcm any rate 96000 } }\n"
		"pcm.slow { type plug slave { pcm any rate 8000 channels 6 } }\n"
		"pcm.broken { type nosuchtype }\n"
		"pcm.card { type hw card 31 }\n";

static char folder[96], conf[128], errors[128];
static int saved_stderr;

/* What libasound says must not reach the application's stderr. */
static void setup(void)
{
	FILE *f;
	int fd;

	log_as_library();
	scratch_template(folder, sizeof(folder), "pcm");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(conf, sizeof(conf), "%s/conf", folder);
	(void)snprintf(errors, sizeof(errors), "%s/errors", folder);
	f = fopen(conf, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(config, f), 0);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(setenv("ALSA_CONFIG_PATH", conf, 1), 0);
	fd = open(errors, O_CREAT | O_WRONLY, 0600);
	saved_stderr = dup(2);
	ck_assert_int_ge(dup2(fd, 2), 0);
	(void)close(fd);
}

static void teardown(void)
{
	off_t said = lseek(2, 0, SEEK_END);

	(void)dup2(saved_stderr, 2);
	(void)close(saved_stderr);
	(void)unlink(conf);
	(void)unlink(errors);
	(void)rmdir(folder);
	ck_assert_int_eq(said, 0);
}

static const struct pcm_format wanted = { .period = PCM_PERIOD_MS, .buffer = 30 };

static const struct {
	const char *name;
	bool capture;
	uint32_t rate, channels;
} formats[] = {
	{ "any", true, 16000, 1 },
	{ "any", false, 16000, 1 },
	{ "mulaw", false, 16000, 1 },
	{ "mulaw", true, 16000, 1 },
	{ "odd", true, 44100, 1 },
	{ "odd", false, 44100, 1 },
	{ "fast", true, 96000, 1 },
	{ "slow", false, 8000, 1 },
};

START_TEST(a_format_is_agreed)
{
	struct pcm_format f;
	struct pcm *p;
	char why[PCM_WHY] = "";
	int r = pcm_alsa.open(formats[_i].name, formats[_i].capture, &wanted, &p, &f, why);

	ck_assert_msg(r == 0, "%s: %s", formats[_i].name, why);
	pcm_alsa.close(p);

	ck_assert_uint_eq(f.rate, formats[_i].rate);
	ck_assert_uint_eq(f.channels, formats[_i].channels);
	ck_assert_uint_ge(f.buffer, 2 * f.period);
}
END_TEST

static const struct {
	const char *name;
	int error;
	const char *why; /* the beginning */
} failures[] = {
	{ "nosuch", -ENOENT, "Unknown PCM nosuch" },
	{ "broken", -ENXIO, "Cannot open shared library" },
	{ "card", -ENOENT, "" },
	{ "it's", -ENOENT, "Unknown PCM it's" },
};

START_TEST(what_cannot_be_opened_has_a_reason)
{
	struct pcm_format f;
	struct pcm *p;
	char why[PCM_WHY] = "";
	int r = pcm_alsa.open(failures[_i].name, true, &wanted, &p, &f, why);

	ck_assert_msg(r == failures[_i].error, "%d (%s)", r, why);
	ck_assert_msg(strncmp(why, failures[_i].why, strlen(failures[_i].why)) == 0 && *why, "'%s'",
			why);
}
END_TEST

START_TEST(a_name_is_looked_up_without_opening)
{
	struct media_terminal *t = media_audio_new(1, true);
	char why[TERMINAL_WHY];

	ck_assert_int_eq(media_audio_set_device(t, "nosuch"), -ENOENT);
	media_terminal_why(t, why, sizeof(why));
	ck_assert_str_eq(why, "nosuch: no PCM of this name is configured");
	ck_assert_str_eq(media_audio_device(t), "default");

	ck_assert_int_eq(media_audio_set_device(t, "broken"), 0);
	media_terminal_why(t, why, sizeof(why));
	ck_assert_str_eq(why, "");
	ck_assert_str_eq(media_audio_device(t), "broken");
	media_terminal_unref(t);
}
END_TEST

START_TEST(a_name_that_is_too_long_is_refused)
{
	struct media_terminal *t = media_audio_new(1, true);
	char name[PCM_NAME_MAX + 2];

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';

	ck_assert_int_eq(media_audio_set_device(t, name), -ENAMETOOLONG);
	media_terminal_unref(t);
}
END_TEST

static int count_name(void *arg, const char *name, const char *description, bool capture,
		bool render)
{
	char *seen = arg;

	ck_assert(capture && render);
	(void)strcat(seen, name);
	(void)strcat(seen, "=");
	(void)strcat(seen, description);
	(void)strcat(seen, ";");
	return 0;
}

START_TEST(default_comes_first_in_the_list_of_devices)
{
	char seen[4096] = "";

	ck_assert_int_eq(media_audio_each(count_name, seen), 0);

	ck_assert_msg(strcmp(seen, "default=;shown=A microphone;") == 0, "%s", seen);
}
END_TEST

static bool running(struct media_terminal *t)
{
	struct media_audio_figures f;

	media_audio_figures(t, &f);
	return f.running && f.rate;
}

/* 20 ms of the clock. */
static void use(struct media_terminal *t)
{
	int16_t frame[FRAME_SAMPLES] = { 0 };
	uint32_t state, cause;

	ck_assert(!t->ops->news(t, &state, &cause));
	for (int i = 0; i < FRAMES_PER_TICK; i++) {
		if (t->ops->read)
			terminal_read(t, frame);
		else
			terminal_write(t, frame);
	}
}

/* ALSA's null is always ready. */
START_TEST(a_device_without_a_clock_is_paced_by_time)
{
	struct media_terminal *t = media_audio_new(1, _i == 0);
	struct audio *a = media_audio_inside(t);
	struct audio_wait wait;

	clock_set_virtual(1000000000u);
	ck_assert_int_eq(media_audio_set_device(t, "any"), 0);
	for (int i = 0; i < 100; i++) {
		clock_advance_ms(20);
		use(t);
		audio_turn(a, &wait);
	}

	ck_assert(running(t));
	ck_assert(!wait.device);
	ck_assert_int_eq(wait.timeout_ms, 10);
	ck_assert_uint_ge(a->moved, 2 * a->format.rate - a->format.rate / 10);
	ck_assert_uint_le(a->moved, 2 * a->format.rate + a->format.rate / 10 + a->format.buffer);
	media_terminal_unref(t);
}
END_TEST

START_TEST(the_device_thread_opens_a_device_that_is_used)
{
	struct media_terminal *t;

	ck_assert_int_eq(media_engine_ref(), 0);
	t = media_audio_new(1, _i == 0);
	ck_assert_int_eq(media_terminal_prepare(t), 0);

	for (int i = 0; i < 1000 && !running(t); i++) {
		use(t);
		(void)poll(NULL, 0, 5);
	}

	ck_assert(running(t));
	media_terminal_unref(t);
	media_engine_unref();
}
END_TEST

START_TEST(a_failure_of_the_device_thread_is_news)
{
	struct media_terminal *t;
	uint32_t state = 0, cause;
	char why[TERMINAL_WHY];
	bool news = false;

	ck_assert_int_eq(media_engine_ref(), 0);
	t = media_audio_new(1, true);
	ck_assert_int_eq(media_audio_set_device(t, "broken"), 0);
	ck_assert_int_eq(media_terminal_prepare(t), 0);

	for (int i = 0; i < 1000 && !news; i++) {
		news = t->ops->news(t, &state, &cause);
		(void)poll(NULL, 0, 5);
	}

	ck_assert(news);
	ck_assert_uint_eq(state, ENXIO);
	media_terminal_why(t, why, sizeof(why));
	ck_assert_msg(strncmp(why, "broken: Cannot open", 19) == 0, "%s", why);
	media_terminal_unref(t);
	media_engine_unref();
}
END_TEST

static Suite *pcm_suite(void)
{
	Suite *s = suite_create("pcm");
	TCase *c = tcase_create("alsa");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, a_format_is_agreed, 0, sizeof(formats) / sizeof(formats[0]));
	tcase_add_loop_test(c, what_cannot_be_opened_has_a_reason, 0,
			sizeof(failures) / sizeof(failures[0]));
	tcase_add_test(c, a_name_is_looked_up_without_opening);
	tcase_add_test(c, a_name_that_is_too_long_is_refused);
	tcase_add_test(c, default_comes_first_in_the_list_of_devices);
	tcase_add_loop_test(c, a_device_without_a_clock_is_paced_by_time, 0, 2);
	tcase_add_loop_test(c, the_device_thread_opens_a_device_that_is_used, 0, 2);
	tcase_add_test(c, a_failure_of_the_device_thread_is_news);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(pcm_suite())
