// SPDX-License-Identifier: MIT
/* translate_rule.c - rules of countries and cards: characters that are dialled, and letters that
 * stand for parts of the number, the card and the location. A letter is a row. */
#include "translate.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DIALLED "0123456789ABCD*#,!WwPpTt@$?:"

void translation_say(struct translation *t, const char *rule, const char *fmt, ...)
{
	char text[512];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (n < 0)
		return;
	if (buf_add(&t->steps, rule, strlen(rule)) || buf_add(&t->steps, ": ", 2) ||
			buf_add(&t->steps, text, strlen(text)) || buf_add(&t->steps, "\n", 1))
		t->failed = true;
}

void translation_add(struct translation *t, const char *dialable, const char *displayable)
{
	if (buf_add(&t->dialable, dialable, strlen(dialable)) ||
			buf_add(&t->displayable, displayable, strlen(displayable)))
		t->failed = true;
}

static void add_character(struct translation *t, char c)
{
	const char text[] = { c, '\0' };

	translation_add(t, text, text);
}

/* --- letters --- */

static LONG add_code(struct translation *t, const struct letters *l)
{
	translation_add(t, l->code, l->code);
	return 0;
}

static LONG add_area(struct translation *t, const struct letters *l)
{
	for (size_t i = 0; i < l->area.size; i++)
		add_character(t, l->area.text[i]);
	return 0;
}

/* What is for the eye is not dialled. */
static LONG add_subscriber(struct translation *t, const struct letters *l)
{
	for (size_t i = 0; i < l->subscriber.size; i++) {
		const char text[] = { l->subscriber.text[i], '\0' };

		translation_add(t, strchr(" .-/", text[0]) ? "" : text, text);
	}
	return 0;
}

/* Card digits are not shown: "[name]" stands for them, once where number and PIN follow each other.
 */
static void add_secret(struct translation *t, const struct letters *l, const char *secret)
{
	char mask[sizeof(l->card->name) + 2];
	size_t size;
	bool said;

	(void)snprintf(mask, sizeof(mask), "[%s]", l->card->name);
	size = strlen(mask);
	said = t->displayable.size >= size &&
	       memcmp(buf_head(&t->displayable) + t->displayable.size - size, mask, size) == 0;
	translation_add(t, secret, said || !*secret ? "" : mask);
}

static LONG add_card_number(struct translation *t, const struct letters *l)
{
	if (l->card)
		add_secret(t, l, l->card->number);
	return 0;
}

static LONG add_pin(struct translation *t, const struct letters *l)
{
	if (l->card)
		add_secret(t, l, l->card->pin);
	return 0;
}

static LONG add_card_access(struct translation *t, const struct letters *l)
{
	const char *text = "";

	if (l->card && l->kind == KIND_LOCAL)
		text = l->card->local_access;
	else if (l->card && l->kind == KIND_LONG_DISTANCE)
		text = l->card->long_distance_access;
	else if (l->card)
		text = l->card->international_access;
	translation_add(t, text, text);
	return 0;
}

static LONG add_carrier(struct translation *t, const char *carrier, bool must, const char *which)
{
	if (!*carrier && must) {
		(void)snprintf(t->why, sizeof(t->why),
				"the rule needs a carrier for %s calls, and the location has none",
				which);
		return LINEERR_OPERATIONFAILED;
	}
	translation_add(t, carrier, carrier);
	translation_say(t, "carrier", "%s carrier %s", which, *carrier ? carrier : "not set");
	return 0;
}

static LONG add_long_carrier(struct translation *t, const struct letters *l)
{
	return add_carrier(t, l->location->long_distance_carrier, true, "long distance");
}

static LONG add_long_carrier_if_any(struct translation *t, const struct letters *l)
{
	return add_carrier(t, l->location->long_distance_carrier, false, "long distance");
}

static LONG add_international_carrier(struct translation *t, const struct letters *l)
{
	return add_carrier(t, l->location->international_carrier, true, "international");
}

static LONG add_international_carrier_if_any(struct translation *t, const struct letters *l)
{
	return add_carrier(t, l->location->international_carrier, false, "international");
}

static const struct {
	char letter;
	LONG (*add)(struct translation *t, const struct letters *l);
} rows[] = {
	{ 'E', add_code },
	{ 'F', add_area },
	{ 'G', add_subscriber },
	{ 'H', add_card_number },
	{ 'J', add_card_access },
	{ 'K', add_pin },
	{ 'L', add_long_carrier },
	{ 'M', add_international_carrier },
	{ 'N', add_long_carrier_if_any },
	{ 'S', add_international_carrier_if_any },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static int find_letter(char c)
{
	for (int i = 0; i < ROWS; i++)
		if (rows[i].letter == c)
			return i;
	return -1;
}

LONG rule_apply(struct translation *t, const char *rule, const struct letters *l)
{
	LONG error = 0;

	for (const char *c = rule; *c && !error; c++) {
		int row = find_letter(*c);

		if (row >= 0)
			error = rows[row].add(t, l);
		else
			add_character(t, *c);
	}
	return error;
}

/* --- what texts may hold --- */

bool rule_is_valid(const char *rule)
{
	for (const char *c = rule; *c; c++)
		if (find_letter(*c) < 0 && !strchr(DIALLED, *c))
			return false;
	return true;
}

bool text_is_dialable(const char *text)
{
	return text[strspn(text, DIALLED)] == '\0';
}

bool text_is_digits(const char *text)
{
	return text[strspn(text, "0123456789")] == '\0';
}

bool list_is_valid(const char *list)
{
	const char *at = list;

	while (*at) {
		size_t digits = strspn(at, "0123456789");

		if (!digits || (at[digits] && at[digits] != ','))
			return false;
		at += digits;
		if (*at == ',' && !at[1])
			return false;
		at += *at == ',';
	}
	return true;
}

/* Does text begin with these digits, whatever stands between its own for the eye? */
static bool begins_with(struct piece text, const char *digits, size_t count)
{
	size_t seen = 0;

	for (size_t i = 0; i < text.size && seen < count; i++) {
		if (!isdigit((unsigned char)text.text[i]))
			continue;
		if (text.text[i] != digits[seen])
			return false;
		seen++;
	}
	return seen == count;
}

size_t list_match(const char *list, struct piece text)
{
	size_t best = 0;

	for (const char *at = list; *at;) {
		size_t digits = strcspn(at, ",");

		if (digits > best && begins_with(text, at, digits))
			best = digits;
		at += digits;
		at += *at == ',';
	}
	return best;
}
