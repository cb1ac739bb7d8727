// SPDX-License-Identifier: MIT
/* why.c - filling in of a reason. */
#include "why.h"

#include <stdarg.h>
#include <stdio.h>

void why_set(struct why *w, DWORD mode, const char *cause, const char *fmt, ...)
{
	va_list args;

	w->mode = mode;
	(void)snprintf(w->cause, sizeof(w->cause), "%s", cause);
	va_start(args, fmt);
	(void)vsnprintf(w->sentence, sizeof(w->sentence), fmt, args);
	va_end(args);
}
