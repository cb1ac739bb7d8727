// SPDX-License-Identifier: MIT
/* bodies.c - message summaries, status lines, digits. */
#include "bodies.h"

#include "text.h"

#include <stdio.h>
#include <string.h>

#define DIGITS          "0123456789*#ABCD" /* a number of up to 15 is its place here */
#define DURATION_NORMAL 100
#define DURATION_MAX    8000

/* Divides at the first `stop`; false: there is none. */
static bool split(struct text line, char stop, struct text *name, struct text *value)
{
	const char *at = line.size ? memchr(line.p, stop, line.size) : NULL;

	if (!at)
		return false;
	*name = text_trim((struct text){ line.p, (size_t)(at - line.p) });
	*value = text_trim((struct text){ at + 1, line.size - (size_t)(at + 1 - line.p) });
	return true;
}

/* "2/8 (0/2)" */
static void read_counts(struct text value, struct mwi *out)
{
	struct text fresh, old;
	int number;

	for (size_t i = 0; i < value.size; i++)
		if (value.p[i] == '(')
			value.size = i;
	if (!split(value, '/', &fresh, &old))
		return;
	if (text_number(fresh, 0, 999999999, &number))
		out->new_count = (unsigned)number;
	if (text_number(old, 0, 999999999, &number))
		out->old_count = (unsigned)number;
}

bool mwi_read(const char *body, size_t size, struct mwi *out)
{
	struct text rest = { body, size }, line, name, value;
	bool says = false;

	*out = (struct mwi){ .is_waiting = false };
	while (text_next_line(&rest, &line)) {
		if (!split(line, ':', &name, &value))
			continue;
		if (text_is(name, "Messages-Waiting")) {
			out->is_waiting = text_is(value, "yes");
			says = out->is_waiting || text_is(value, "no");
		} else if (text_is(name, "Voice-Message")) {
			read_counts(value, out);
		}
	}
	return says;
}

bool sipfrag_read(const char *body, size_t size, int *status, char *phrase, size_t room)
{
	struct text rest = { body, size }, line, version, behind, number, words;
	char copy[128];

	if (!text_next_line(&rest, &line) || !split(line, ' ', &version, &behind))
		return false;
	if (!text_is(version, "SIP/2.0"))
		return false;
	if (!split(behind, ' ', &number, &words)) {
		number = behind;
		words = (struct text){ NULL, 0 };
	}
	if (!text_number(number, 100, 699, status))
		return false;
	text_copy(words, copy, sizeof(copy));
	text_clean(copy, phrase, room);
	return true;
}

void sipfrag_write(int status, const char *phrase, char *out, size_t size)
{
	char clean[64];

	text_clean(phrase, clean, sizeof(clean));
	(void)snprintf(out, size, "SIP/2.0 %d %s\r\n", status, clean);
}

static bool read_digit(struct text t, char *out)
{
	int place;

	if (text_number(t, 10, 15, &place)) {
		*out = DIGITS[place];
		return true;
	}
	if (t.size != 1 || !t.p[0])
		return false;
	*out = t.p[0];
	if (*out >= 'a' && *out <= 'd')
		*out = (char)(*out - 'a' + 'A');
	return strchr(DIGITS, *out) != NULL;
}

bool info_read(const char *content_type, const char *body, size_t size, char *digit,
		uint32_t *duration_ms)
{
	struct text rest = { body, size }, line, name, value, type = text_of(content_type);
	bool found = false;
	int number;

	*duration_ms = DURATION_NORMAL;
	(void)text_split_params(&type);
	if (text_is(type, "application/dtmf"))
		return read_digit(text_trim(rest), digit);
	if (!text_is(type, "application/dtmf-relay"))
		return false;
	while (text_next_line(&rest, &line)) {
		if (!split(line, '=', &name, &value))
			continue;
		if (text_is(name, "Signal"))
			found = read_digit(value, digit);
		else if (text_is(name, "Duration") && text_number(value, 1, DURATION_MAX, &number))
			*duration_ms = (uint32_t)number;
	}
	return found;
}

void info_write(char digit, uint32_t duration_ms, char *out, size_t size)
{
	(void)snprintf(out, size, "Signal=%c\r\nDuration=%u\r\n", digit, (unsigned)duration_ms);
}
