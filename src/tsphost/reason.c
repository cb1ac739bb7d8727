// SPDX-License-Identifier: MIT
/* reason.c - one reason a thread, copied with what goes beyond the room cut off. */
#include "tsphost/reason.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LAYER_PROVIDER = 3 };

static _Thread_local struct reason said;

/* Cuts before a UTF-8 sequence, never inside one. */
static void copy_text(char *to, size_t size, const char *from)
{
	size_t n = from ? strlen(from) : 0;

	if (n >= size) {
		n = size - 1;
		while (n && ((unsigned char)from[n] & 0xc0) == 0x80)
			n--;
	}
	if (n)
		memcpy(to, from, n);
	to[n] = '\0';
}

void CALLBACK reason_proc(LPCSTR cause, LPCSTR sentence)
{
	said.set = true;
	copy_text(said.cause, sizeof(said.cause), cause);
	copy_text(said.sentence, sizeof(said.sentence), sentence);
}

void reason_take(struct reason *out)
{
	out->set = said.set;
	if (!said.set)
		return;
	*out = said;
	said.set = false;
}

void reason_set(struct reason *r, const char *cause, const char *fmt, ...)
{
	char text[512];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	r->set = true;
	copy_text(r->cause, sizeof(r->cause), cause);
	copy_text(r->sentence, sizeof(r->sentence), text);
}

void reason_message(struct reason *r, Failure *out)
{
	failure__init(out);
	out->has_layer = 1;
	out->layer = LAYER_PROVIDER;
	out->cause = r->cause;
	out->sentence = r->sentence;
}
