// SPDX-License-Identifier: MIT
/* log.c - formats one line and writes it with one write(2), control characters made visible. */
#include "base/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SILENT = -1 };

static _Atomic int threshold = LOG_INFO;
static void (*sink_fn)(enum log_level, const char *, void *);
static void *sink_arg;

static const char *const names[] = { "error", "warn", "info", "debug", "trace" };

bool log_enabled(enum log_level level)
{
	return (int)level <= atomic_load_explicit(&threshold, memory_order_relaxed);
}

void log_set_level(enum log_level level)
{
	atomic_store(&threshold, (int)level);
}

bool log_level_parse(const char *word, enum log_level *out)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(word, names[i]) == 0) {
			*out = (enum log_level)i;
			return true;
		}
	return false;
}

void log_as_library(void)
{
	const char *word = getenv("TAPI_LOG");
	enum log_level level;

	atomic_store(&threshold, word && log_level_parse(word, &level) ? (int)level : SILENT);
}

void log_set_sink(void (*sink)(enum log_level, const char *, void *), void *arg)
{
	sink_fn = sink;
	sink_arg = arg;
}

void log_write(enum log_level level, const char *topic, const char *fmt, ...)
{
	char line[1024];
	int head = snprintf(line, sizeof(line), "%-5s %s: ", names[level], topic);
	size_t size = head < 0 ? 0 : (size_t)head;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(line + size, sizeof(line) - size - 1, fmt, args);
	va_end(args);
	if (n > 0)
		size += (size_t)n < sizeof(line) - size - 1 ? (size_t)n : sizeof(line) - size - 2;
	for (size_t i = 0; i < size; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	if (sink_fn) {
		line[size] = '\0';
		sink_fn(level, line, sink_arg);
		return;
	}
	line[size++] = '\n';
	if (write(STDERR_FILENO, line, size) < 0)
		return; /* nowhere left to say it */
}
