// SPDX-License-Identifier: MIT
/* check.c - for fuzzers that use a world of the tests: what Check asserts there ends the process,
 * as any other assertion. */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void _ck_assert_failed(const char *file, int line, const char *expr, const char *msg, ...)
{
	va_list args;

	(void)fprintf(stderr, "%s:%d: %s: ", file, line, expr);
	va_start(args, msg);
	if (msg)
		(void)vfprintf(stderr, msg, args);
	va_end(args);
	(void)fputc('\n', stderr);
	abort();
}

void _mark_point(const char *file, int line)
{
	(void)file;
	(void)line;
}
