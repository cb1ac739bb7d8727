// SPDX-License-Identifier: MIT
/* text.c - pieces of header values. */
#include "text.h"

#include <string.h>
#include <strings.h>

struct text text_of(const char *s)
{
	return (struct text){ s, strlen(s) };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct text text_trim(struct text t)
{
	while (t.size && is_blank(t.p[0])) {
		t.p++;
		t.size--;
	}
	while (t.size && is_blank(t.p[t.size - 1]))
		t.size--;
	return t;
}

bool text_is(struct text t, const char *word)
{
	return strlen(word) == t.size && strncasecmp(t.p, word, t.size) == 0;
}

bool text_number(struct text t, int min, int max, int *out)
{
	long value = 0;

	if (t.size == 0 || t.size > 9)
		return false;
	for (size_t i = 0; i < t.size; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		value = value * 10 + (t.p[i] - '0');
	}
	if (value < min || value > max)
		return false;
	*out = (int)value;
	return true;
}

void text_copy(struct text t, char *out, size_t size)
{
	size_t count = t.size < size ? t.size : size - 1;

	if (count)
		memcpy(out, t.p, count);
	out[count] = '\0';
}

void text_copy_unquoted(struct text t, char *out, size_t size)
{
	size_t used = 0;

	if (t.size < 2 || t.p[0] != '"') {
		text_copy(t, out, size);
		return;
	}
	for (size_t i = 1; i < t.size && t.p[i] != '"' && used + 1 < size; i++) {
		if (t.p[i] == '\\' && i + 1 < t.size)
			i++;
		out[used++] = t.p[i];
	}
	out[used] = '\0';
}

/* Index of the first `stop` outside of quotes and <>, or the size. */
static size_t find_outside(struct text t, char stop)
{
	bool is_quoted = false, is_bracketed = false;

	for (size_t i = 0; i < t.size; i++) {
		char c = t.p[i];

		if (is_quoted && c == '\\')
			i++;
		else if (c == '"')
			is_quoted = !is_quoted;
		else if (!is_quoted && (c == '<' || c == '>'))
			is_bracketed = c == '<';
		else if (!is_quoted && !is_bracketed && c == stop)
			return i;
	}
	return t.size;
}

/* The part before the stop; *rest goes on behind it. */
static struct text cut(struct text *rest, size_t at)
{
	struct text piece = { rest->p, at };
	size_t over = at < rest->size ? at + 1 : at;

	rest->p += over;
	rest->size -= over;
	return piece;
}

bool text_next_value(struct text *rest, struct text *value)
{
	while (rest->size) {
		*value = text_trim(cut(rest, find_outside(*rest, ',')));
		if (value->size)
			return true;
	}
	return false;
}

struct text text_split_params(struct text *value)
{
	struct text rest = *value;

	*value = text_trim(cut(&rest, find_outside(*value, ';')));
	return rest;
}

bool text_next_param(struct text *params, struct text *name, struct text *value)
{
	while (params->size) {
		struct text one = cut(params, find_outside(*params, ';'));

		*name = text_trim(cut(&one, find_outside(one, '=')));
		*value = text_trim(one);
		if (name->size)
			return true;
	}
	return false;
}

bool text_param(struct text params, const char *name, struct text *value)
{
	struct text one;

	while (text_next_param(&params, &one, value))
		if (text_is(one, name))
			return true;
	return false;
}

bool text_next_line(struct text *rest, struct text *line)
{
	const char *end;

	if (!rest->size)
		return false;
	end = memchr(rest->p, '\n', rest->size);
	*line = text_trim(cut(rest, end ? (size_t)(end - rest->p) : rest->size));
	return true;
}

size_t text_character(const char *p, size_t size)
{
	const unsigned char *u = (const unsigned char *)p;
	size_t count;

	if (size == 0 || u[0] < 0x20 || u[0] == 0x7f)
		return 0;
	if (u[0] < 0x80)
		return 1;
	if (u[0] < 0xc2 || u[0] > 0xf4)
		return 0;
	count = u[0] >= 0xf0 ? 4 : u[0] >= 0xe0 ? 3 : 2;
	if (count > size)
		return 0;
	for (size_t i = 1; i < count; i++)
		if ((u[i] & 0xc0) != 0x80)
			return 0;
	return count;
}

void text_clean(const char *s, char *out, size_t size)
{
	size_t left = strlen(s), used = 0;

	while (left) {
		size_t count = text_character(s, left), step = count ? count : 1;

		if (used + step >= size)
			break;
		if (count)
			memcpy(out + used, s, count);
		else
			out[used] = '?';
		used += step;
		s += step;
		left -= step;
	}
	out[used] = '\0';
}
