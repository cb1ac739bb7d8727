// SPDX-License-Identifier: MIT
/* trace.c - one record, one write(2) in append mode, so that processes do not mix lines. */
#include "base/trace.h"

#include "base/clock.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int trace_fd = -1;

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
			"{\"t\":%llu,\"pid\":%ld,\"who\":\"%s\",\"hop\":\"%s\",\"object\":\"%#"
			"llx\","
			"\"detail\":\"%s\"}\n",
			(unsigned long long)clock_now_ns(), (long)getpid(), who, hop,
			(unsigned long long)object, detail);
	if (n > 0 && (size_t)n < sizeof(line) && write(trace_fd, line, (size_t)n) < 0)
		return; /* a full disk costs records, never a call */
}
