// SPDX-License-Identifier: MIT
/* log.c - formats one line and writes it with one write(2), control characters made visible. */
#include "base/log.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SILENT = -1, LINE_MAX_BYTES = 1024 };

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

/* Complaints that come again and again, from the same place of the program. */
enum { PLACES = 16, SECOND_MS = 1000 };

static struct place {
	const char *fmt;
	uint64_t since_ms; /* when the first line of this burst came */
	unsigned lines, left_out;
} places[PLACES];
static pthread_mutex_t places_lock = PTHREAD_MUTEX_INITIALIZER;

/* The place that was quiet for the longest is forgotten. Locked. */
static struct place *place_of(const char *fmt, uint64_t now)
{
	struct place *oldest = places;

	for (struct place *p = places; p < places + PLACES; p++) {
		if (p->fmt == fmt)
			return p;
		if (p->since_ms < oldest->since_ms)
			oldest = p;
	}
	*oldest = (struct place){ .fmt = fmt, .since_ms = now };
	return oldest;
}

/* False: it has been said LOG_BURST times, and once within this second. */
static bool may_complain(const char *fmt, unsigned *left_out)
{
	uint64_t now = clock_now_ms();
	struct place *p;
	bool may;

	pthread_mutex_lock(&places_lock);
	p = place_of(fmt, now);
	if (now - p->since_ms >= SECOND_MS) {
		unsigned seconds = (unsigned)((now - p->since_ms) / SECOND_MS);

		p->lines -= seconds < p->lines ? seconds : p->lines;
		p->since_ms = now;
	}
	may = p->lines < LOG_BURST;
	*left_out = may ? p->left_out : 0;
	p->lines += may;
	p->left_out = may ? 0 : p->left_out + 1;
	pthread_mutex_unlock(&places_lock);
	return may;
}

/* Returns the new size; what does not fit is cut. */
LOG_PRINTF(3, 0)
static size_t add(char *line, size_t size, const char *fmt, va_list args)
{
	size_t room = LINE_MAX_BYTES - size - 1;
	int n = vsnprintf(line + size, room, fmt, args);

	if (n <= 0)
		return size;
	return size + ((size_t)n < room ? (size_t)n : room - 1);
}

static size_t add_text(char *line, size_t size, const char *fmt, ...) LOG_PRINTF(3, 4);

static size_t add_text(char *line, size_t size, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	size = add(line, size, fmt, args);
	va_end(args);
	return size;
}

void log_write(enum log_level level, const char *topic, const char *fmt, ...)
{
	char line[LINE_MAX_BYTES];
	unsigned left_out = 0;
	size_t size;
	va_list args;

	if (level <= LOG_WARN && !may_complain(fmt, &left_out))
		return;
	size = add_text(line, 0, "%-5s %s: ", names[level], topic);
	va_start(args, fmt);
	size = add(line, size, fmt, args);
	va_end(args);
	if (left_out)
		size = add_text(line, size, " (%u like this were left out)", left_out);
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
