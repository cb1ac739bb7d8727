// SPDX-License-Identifier: MIT
/* expect.c - what a test expects, with names for numbers. */
#include "internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*tell)(const char *text);

void expect_tell_to(void (*to)(const char *text))
{
	tell = to;
}

void fail_test_at(const char *file, int line, const char *fmt, ...)
{
	char text[1200];
	va_list ap;
	int n = snprintf(text, sizeof(text), "%s:%d: ", file, line);

	va_start(ap, fmt);
	(void)vsnprintf(text + n, sizeof(text) - (size_t)n, fmt, ap);
	va_end(ap);
	if (tell)
		tell(text); /* the test shows it */
	else
		fprintf(stderr, "%s\n", text);
	if (!tell)
		world_show_log();
	fflush(NULL);
	_exit(1);
}

void expect_at(bool holds, const char *what, const char *file, int line)
{
	if (!holds)
		fail_test_at(file, line, "not so: %s", what);
}

void expect_eq_at(uint64_t got, uint64_t want, const char *what, const char *wanted,
		const char *file, int line)
{
	if (got != want)
		fail_test_at(file, line, "%s is %#llx, not %s (%#llx)", what,
				(unsigned long long)got, wanted, (unsigned long long)want);
}

void expect_str_at(const char *got, const char *want, const char *what, const char *file, int line)
{
	if (!got || strcmp(got, want) != 0)
		fail_test_at(file, line, "%s is \"%s\", not \"%s\"", what, got ? got : "(NULL)",
				want);
}

static const char *error_name(LONG e)
{
	static char text[2][64];
	static unsigned turn;
	const char *name = NULL;

	turn = !turn;
	if (e < 0)
		name = tapixConstantName("LINEERR_", (DWORD)e);
	if (e < 0 && !name)
		name = tapixConstantName("PHONEERR_", (DWORD)e);
	if (e < 0 && !name)
		name = tapixConstantName("TAPIERR_", (DWORD)e);
	if (!name)
		(void)snprintf(text[turn], sizeof(text[turn]), "%d", e);
	return name ? name : text[turn];
}

LONG expect_ok_at(LONG result, const char *what, const char *file, int line)
{
	struct tapix_reason why;

	if (result >= 0)
		return result;
	tapixGetLastReason(&why);
	fail_test_at(file, line, "%s: %s [%s] %s", what, error_name(result), why.cause,
			why.sentence);
}

void expect_error_at(LONG result, LONG want, const char *what, const char *file, int line)
{
	struct tapix_reason why;

	tapixGetLastReason(&why);
	if (result != want)
		fail_test_at(file, line, "%s: %s, not %s%s%s", what, error_name(result),
				error_name(want), result < 0 ? ": " : "",
				result < 0 ? why.sentence : "");
	if (!why.sentence[0])
		fail_test_at(file, line, "%s: %s without a reason", what, error_name(result));
}
