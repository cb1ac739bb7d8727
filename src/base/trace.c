// SPDX-License-Identifier: MIT
/* trace.c - one record, one write(2) in append mode, so that processes do not mix lines. A disk
 * that is full may cut one: the next of this process begins a line of its own, one of another
 * process may stand behind the half. */
#include "base/trace.h"

#include "base/clock.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int trace_fd = -1;
static atomic_bool torn; /* the last record is a half one */

static void open_file(void)
{
	const char *path = getenv("TAPI_TRACE");

	if (path && *path)
		trace_fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

bool trace_enabled(void)
{
	pthread_once(&once, open_file);
	return trace_fd >= 0;
}

/* line begins with the end of the one before. A full disk costs records, never a call. */
static void append(const char *line, size_t size)
{
	bool was_torn = atomic_exchange(&torn, false);
	size_t skip = was_torn ? 0 : 1;
	ssize_t written = write(trace_fd, line + skip, size - skip);

	if (written < (ssize_t)(size - skip) && (written > 0 || was_torn))
		atomic_store(&torn, true);
}

void trace_hop(const char *who, const char *hop, uint64_t object, const char *fmt, ...)
{
	char line[512], detail[256];
	va_list args;
	int n;

	if (!trace_enabled())
		return;
	va_start(args, fmt);
	(void)vsnprintf(detail, sizeof(detail), fmt, args);
	va_end(args);
	for (char *p = detail; *p; p++)
		if ((unsigned char)*p < ' ' || *p == '"' || *p == '\\')
			*p = ' ';
	n = snprintf(line, sizeof(line),
			"\n{\"t\":%llu,\"pid\":%ld,\"who\":\"%s\",\"hop\":\"%s\",\"object\":\"%#"
			"llx\","
			"\"detail\":\"%s\"}\n",
			(unsigned long long)clock_now_ns(), (long)getpid(), who, hop,
			(unsigned long long)object, detail);
	if (n > 0 && (size_t)n < sizeof(line))
		append(line, (size_t)n);
}
