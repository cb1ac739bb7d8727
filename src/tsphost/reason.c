// SPDX-License-Identifier: MIT
/* reason.c - one reason a thread, copied with what goes beyond the room cut off. */
#include "tsphost/reason.h"

#include "wire/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { LAYER_PROVIDER = 3 };

static _Thread_local struct reason said;

void CALLBACK reason_proc(LPCSTR cause, LPCSTR sentence)
{
	said.set = true;
	utf8_copy(said.cause, sizeof(said.cause), cause);
	utf8_copy(said.sentence, sizeof(said.sentence), sentence);
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
	utf8_copy(r->cause, sizeof(r->cause), cause);
	utf8_copy(r->sentence, sizeof(r->sentence), text);
}

void reason_message(struct reason *r, Failure *out)
{
	failure__init(out);
	out->has_layer = 1;
	out->layer = LAYER_PROVIDER;
	out->cause = r->cause;
	out->sentence = r->sentence;
}
