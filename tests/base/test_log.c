// SPDX-License-Identifier: MIT
/* test_log.c - one event is one line, and nothing that a peer sends can make it two. */
#include "../test_main.h"

#define LOG_TOPIC "test"
#include "base/clock.h"
#include "base/log.h"

#include <stdlib.h>
#include <string.h>

static char last[2048];
static enum log_level last_level;
static int lines;

static void keep(enum log_level level, const char *line, void *arg)
{
	(void)strncpy(last, line, sizeof(last) - 1);
	last_level = level;
	*(int *)arg += 1;
}

static void start(void)
{
	lines = 0;
	last[0] = '\0';
	log_set_sink(keep, &lines);
	log_set_level(LOG_INFO);
}

static void stop(void)
{
	log_set_sink(NULL, NULL);
}

static int evaluated(int *count)
{
	return ++*count;
}

START_TEST(line_has_level_topic_and_text)
{
	log_warn("call %#x: %s", 0x10, "gone");

	ck_assert_str_eq(last, "warn  test: call 0x10: gone");
	ck_assert_int_eq(last_level, LOG_WARN);
	ck_assert_int_eq(lines, 1);
}
END_TEST

START_TEST(levels_above_the_threshold_cost_nothing)
{
	int count = 0;

	log_debug("%d", evaluated(&count));
	ck_assert_int_eq(count + lines, 0);
	ck_assert(!log_enabled(LOG_DEBUG));

	log_set_level(LOG_TRACE);
	log_trace("%d", evaluated(&count));
	ck_assert_int_eq(count + lines, 2);
}
END_TEST

START_TEST(control_characters_do_not_reach_the_line)
{
	log_error("a\nb\rc\033[31md\177");

	ck_assert_str_eq(last, "error test: a?b?c?[31md?");
}
END_TEST

START_TEST(long_text_is_cut)
{
	char text[4000];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	log_info("%s", text);

	ck_assert_uint_lt(strlen(last), 1024);
	ck_assert_uint_gt(strlen(last), 900);
	ck_assert_int_eq(lines, 1);
}
END_TEST

static void complain(unsigned times)
{
	while (times--)
		log_warn("it is %s", "odd");
}

START_TEST(the_same_complaint_comes_once_a_second_after_a_burst)
{
	clock_set_virtual(1);
	complain(1000);
	ck_assert_int_eq(lines, LOG_BURST);
	ck_assert_str_eq(last, "warn  test: it is odd");

	clock_advance_ms(1000);
	complain(1000);
	ck_assert_int_eq(lines, LOG_BURST + 1);
	ck_assert_str_eq(last, "warn  test: it is odd (980 like this were left out)");

	log_warn("something else");
	ck_assert_int_eq(lines, LOG_BURST + 2);
	clock_advance_ms(60000);
	complain(1000);
	ck_assert_int_eq(lines, 2 * LOG_BURST + 2);
}
END_TEST

START_TEST(what_is_no_complaint_is_never_left_out)
{
	clock_set_virtual(1);
	for (int i = 0; i < 1000; i++)
		log_info("it is well");

	ck_assert_int_eq(lines, 1000);
}
END_TEST

START_TEST(level_words_are_parsed)
{
	static const char *const words[] = { "error", "warn", "info", "debug", "trace" };
	enum log_level level = LOG_ERROR;

	for (int i = 0; i < 5; i++) {
		ck_assert(log_level_parse(words[i], &level));
		ck_assert_int_eq((int)level, i);
	}
	ck_assert(!log_level_parse("loud", &level));
	ck_assert(!log_level_parse("", &level));
	ck_assert_int_eq((int)level, LOG_TRACE);
}
END_TEST

START_TEST(a_library_is_silent_unless_the_environment_says_a_level)
{
	ck_assert_int_eq(unsetenv("TAPI_LOG"), 0);
	log_as_library();
	log_error("here");
	ck_assert_int_eq(lines, 0);

	ck_assert_int_eq(setenv("TAPI_LOG", "warn", 1), 0);
	log_as_library();
	log_warn("here");
	log_info("not");
	ck_assert_int_eq(lines, 1);

	ck_assert_int_eq(setenv("TAPI_LOG", "loud", 1), 0);
	log_as_library();
	log_error("not");
	ck_assert_int_eq(lines, 1);
}
END_TEST

static Suite *log_suite(void)
{
	Suite *s = suite_create("log");
	TCase *t = tcase_create("log");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, line_has_level_topic_and_text);
	tcase_add_test(t, the_same_complaint_comes_once_a_second_after_a_burst);
	tcase_add_test(t, what_is_no_complaint_is_never_left_out);
	tcase_add_test(t, levels_above_the_threshold_cost_nothing);
	tcase_add_test(t, control_characters_do_not_reach_the_line);
	tcase_add_test(t, long_text_is_cut);
	tcase_add_test(t, level_words_are_parsed);
	tcase_add_test(t, a_library_is_silent_unless_the_environment_says_a_level);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(log_suite())
