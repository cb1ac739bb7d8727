// SPDX-License-Identifier: MIT
/* test_trace.c - records appear in the file that the environment names, one whole line each. */
#include "../scratch.h"
#include "../test_main.h"

#include "base/clock.h"
#include "base/trace.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char path[256];

static void start(void)
{
	int fd;

	scratch_template(path, sizeof(path), "trace");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(setenv("TAPI_TRACE", path, 1), 0);
}

static void stop(void)
{
	(void)unlink(path);
}

static void expect_line(FILE *f, const char *want)
{
	char line[1024];

	ck_assert_ptr_nonnull(fgets(line, sizeof(line), f));
	ck_assert_str_eq(line, want);
}

START_TEST(record_has_time_process_hop_object_and_detail)
{
	char want[256];
	FILE *f;

	clock_set_virtual(7000);
	ck_assert(trace_enabled());
	trace_hop(TRACE_HOST, "LINE_CALLSTATE", 0x100000001U, "%s", "CONNECTED");
	trace_hop(TRACE_APP, "lineDrop", 0, "a \"b\" \\ c\nd%s", "");

	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	(void)snprintf(want, sizeof(want),
			"{\"t\":7000,\"pid\":%ld,\"who\":\"host\",\"hop\":\"LINE_CALLSTATE\","
			"\"object\":\"0x100000001\",\"detail\":\"CONNECTED\"}\n",
			(long)getpid());
	expect_line(f, want);
	(void)snprintf(want, sizeof(want),
			"{\"t\":7000,\"pid\":%ld,\"who\":\"app\",\"hop\":\"lineDrop\","
			"\"object\":\"0\",\"detail\":\"a  b    c d\"}\n",
			(long)getpid());
	expect_line(f, want);
	(void)fclose(f);
}
END_TEST

static void limit_files(rlim_t size)
{
	const struct rlimit limit = { size, RLIM_INFINITY };

	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* No file may grow: what the kernel says is what a full disk says. */
START_TEST(what_follows_a_half_record_begins_a_line)
{
	char line[1024];
	FILE *f;

	(void)signal(SIGXFSZ, SIG_IGN);
	ck_assert(trace_enabled());
	limit_files(20);
	trace_hop(TRACE_APP, "lineDrop", 1, "%s", "half");
	trace_hop(TRACE_APP, "lineDrop", 1, "%s", "not at all");
	limit_files(RLIM_INFINITY);
	trace_hop(TRACE_APP, "lineDrop", 1, "%s", "whole");
	trace_hop(TRACE_APP, "lineDrop", 1, "%s", "next");

	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), f));
	ck_assert_uint_eq(strlen(line), 20 + 1);
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), f));
	ck_assert(strncmp(line, "{\"t\":", 5) == 0 && strstr(line, "\"whole\"}\n"));
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), f));
	ck_assert(strncmp(line, "{\"t\":", 5) == 0 && strstr(line, "\"next\"}\n"));
	(void)fclose(f);
}
END_TEST

START_TEST(nothing_is_traced_without_the_variable)
{
	FILE *f;

	ck_assert_int_eq(unsetenv("TAPI_TRACE"), 0);
	ck_assert(!trace_enabled());
	trace_hop(TRACE_APP, "lineDrop", 1, "%s", "");

	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(fgetc(f), EOF);
	(void)fclose(f);
}
END_TEST

static Suite *trace_suite(void)
{
	Suite *s = suite_create("trace");
	TCase *t = tcase_create("trace");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, record_has_time_process_hop_object_and_detail);
	tcase_add_test(t, what_follows_a_half_record_begins_a_line);
	tcase_add_test(t, nothing_is_traced_without_the_variable);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(trace_suite())
