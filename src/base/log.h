// SPDX-License-Identifier: MIT
/* log.h - one event, one line on stderr: "level topic: text". error: somebody must act. warn: odd
 * but handled. info: life of calls and clients. debug. trace: whole messages (the only level
 * where dialled digits may appear). A source defines LOG_TOPIC before it includes this. What comes
 * again and again from one place, at error or warn, is told LOG_BURST times, then once a second. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdarg.h>
#include <stdbool.h>

enum { LOG_BURST = 20 };
enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG, LOG_TRACE };

#if defined(__GNUC__)
#define LOG_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define LOG_PRINTF(f, a)
#endif

void log_write(enum log_level level, const char *topic, const char *fmt, ...) LOG_PRINTF(3, 4);
bool log_enabled(enum log_level level);
void log_set_level(enum log_level level);
/* "error" .. "trace"; false if the word is none of them. */
bool log_level_parse(const char *word, enum log_level *out);
/* What a library says first: nothing goes to its program's stderr, unless $TAPI_LOG names a level.
 * Each shared object has a threshold of its own. */
void log_as_library(void);
/* Lines go to sink instead of stderr (tests); NULL goes back. */
void log_set_sink(void (*sink)(enum log_level level, const char *line, void *arg), void *arg);

#define log_at(level, ...) (log_enabled(level) ? log_write(level, LOG_TOPIC, __VA_ARGS__) : (void)0)
#define log_error(...)     log_at(LOG_ERROR, __VA_ARGS__)
#define log_warn(...)      log_at(LOG_WARN, __VA_ARGS__)
#define log_info(...)      log_at(LOG_INFO, __VA_ARGS__)
#define log_debug(...)     log_at(LOG_DEBUG, __VA_ARGS__)
#define log_trace(...)     log_at(LOG_TRACE, __VA_ARGS__)

#endif
