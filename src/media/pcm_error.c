// SPDX-License-Identifier: MIT
/* pcm_error.c - libasound's messages, kept per thread. */
#include "media/pcm_error.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char first[PCM_WHY];

static void keep(const char *file, int line, const char *function, int error, const char *format,
		va_list arguments) LOG_PRINTF(5, 0);

/* The first message is the one that knows; those after it come from further up. */
static void keep(const char *file, int line, const char *function, int error, const char *format,
		va_list arguments)
{
	size_t n;

	(void)file;
	(void)line;
	(void)function;
	if (first[0])
		return;
	(void)vsnprintf(first, sizeof(first), format, arguments);
	n = strcspn(first, "\n");
	first[n] = '\0';
	if (error && n + 2 < sizeof(first))
		(void)snprintf(first + n, sizeof(first) - n, ": %s", snd_strerror(error));
}

void pcm_errors_begin(struct pcm_errors *e)
{
	first[0] = '\0';
	e->before = snd_lib_error_set_local(keep);
}

void pcm_errors_end(struct pcm_errors *e, int result, char why[PCM_WHY])
{
	(void)snd_lib_error_set_local(e->before);
	if (result < 0 && why)
		(void)snprintf(why, PCM_WHY, "%s", first[0] ? first : snd_strerror(result));
}
