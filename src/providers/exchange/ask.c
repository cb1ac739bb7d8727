// SPDX-License-Identifier: MIT
/* ask.c - a word from a person, in place of a dialog: tapictl provider ask (tapi-exchange(7)). */
#include "exchange.h"
#include "extension.h"

#include <stdio.h>
#include <string.h>

struct text {
	char *at;
	size_t size, used;
};

static void say(struct text *t, const char *fmt, ...) LOG_PRINTF(2, 3);

/* What does not fit is left out. */
static void say(struct text *t, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(t->at + t->used, t->size - t->used, fmt, args);
	va_end(args);
	if (n > 0)
		t->used += (size_t)n < t->size - t->used ? (size_t)n : t->size - t->used - 1;
}

static void say_help(struct text *t)
{
	say(t, "help\ncalls: how many there are, by extension\nkeys: those that were given");
}

static void say_calls(struct text *t)
{
	for (DWORD i = 0; i < exchange.count; i++) {
		struct extension *e = &exchange.extensions[i];
		struct line_use use = extension_use(e);

		say(t, "%s%s: %u active, %u held", i ? "\n" : "", e->number, (unsigned)use.active,
				(unsigned)use.held);
	}
}

static void say_keys(struct text *t)
{
	const struct config *c = &exchange.config;

	for (size_t i = 0; i < c->given_count; i++)
		say(t, "%s%s = %s", i ? "\n" : "", c->given[i].key, c->given[i].value);
}

static const struct {
	const char *word;
	void (*answer)(struct text *t);
} words[] = {
	{ "help", say_help },
	{ "calls", say_calls },
	{ "keys", say_keys },
};

TSPI_EXPORT LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR dwObjectID, DWORD dwObjectType,
		LPVOID lpParams, DWORD dwSize)
{
	struct text t = { .at = lpParams, .size = dwSize };
	LONG result = LINEERR_INVALPARAM;

	(void)dwObjectID;
	(void)dwObjectType;
	exchange_enter();
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t length = strlen(words[i].word) + 1;

		if (!lpParams || dwSize < length || memcmp(lpParams, words[i].word, length) != 0)
			continue;
		t.at[0] = '\0';
		words[i].answer(&t);
		result = 0;
		break;
	}
	if (result)
		result = exchange_fail(result, "word", "it is none of the words help, calls, keys");
	return exchange_leave(result);
}
