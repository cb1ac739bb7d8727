// SPDX-License-Identifier: MIT
/* uri.c - RFC 3966 (tel) and what is usual for callto; sip URIs stay as they are. A scheme is a
 * row. */
#include "uri.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

struct output {
	char *text;
	size_t used, size;
};

static const char too_long[] = "the address is too long";

static bool add(struct output *out, char c)
{
	if (out->used + 1 >= out->size)
		return false;
	out->text[out->used++] = c;
	out->text[out->used] = '\0';
	return true;
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* The next character, %HH decoded; -1: a % without digits, or a control character. */
static int next(const char **at)
{
	const char *s = *at;
	int c = (unsigned char)*s;

	*at += c == '%' ? 3 : 1;
	if (c == '%')
		c = hex(s[1]) < 0 || hex(s[2]) < 0 ? -1 : hex(s[1]) * 16 + hex(s[2]);
	return c < ' ' || c == 0x7f ? -1 : c;
}

/* Separators are for the eye; parameters follow a semicolon. */
static const char *read_number(const char *at, struct output *out)
{
	while (*at && *at != ';' && *at != '?') {
		int c = next(&at);

		if (c < 0)
			return "the number has a character that is badly written";
		if (strchr(" -.()/", c))
			continue;
		if (!strchr("0123456789*#+ABCDabcdPpWwTt,", c) || (c == '+' && out->used))
			return "the number has a character that cannot be dialled";
		if (!add(out, (char)c))
			return too_long;
	}
	return out->used ? NULL : "there is no number";
}

/* ;isub= is the subaddress of ISDN; extensions are nothing that can be dialled with the number. */
static const char *read_subaddress(const char *at, struct output *out)
{
	static const char name[] = ";isub=";

	while (*at && *at != '?' && strncasecmp(at, name, sizeof(name) - 1) != 0)
		at += 1 + strcspn(at + 1, ";?");
	if (*at != ';')
		return NULL;
	at += sizeof(name) - 1;
	if (!add(out, '|'))
		return too_long;
	while (*at && *at != ';' && *at != '?') {
		int c = next(&at);

		if (c < 0 || strchr("|^", c))
			return "the subaddress has a character that is badly written";
		if (!add(out, (char)c))
			return too_long;
	}
	return NULL;
}

static const char *read_tel(const char *uri, const char *rest, struct output *out)
{
	const char *why = read_number(rest, out);

	(void)uri;
	return why ? why : read_subaddress(rest, out);
}

static const char *read_as_it_is(const char *uri, const char *rest, struct output *out)
{
	(void)rest;
	for (; *uri; uri++) {
		if (iscntrl((unsigned char)*uri))
			return "there is a control character";
		if (!add(out, *uri))
			return too_long;
	}
	return out->used ? NULL : "there is no address";
}

/* A number, or somebody's name or address. */
static const char *read_callto(const char *uri, const char *rest, struct output *out)
{
	bool number = true;

	(void)uri;
	rest += strspn(rest, "/");
	for (const char *c = rest; *c && *c != '?'; c++)
		number = number && strchr("0123456789+*# -.()/%", *c);
	if (number)
		return read_number(rest, out);
	while (*rest && *rest != '?') {
		int c = next(&rest);

		if (c < 0)
			return "the address has a character that is badly written";
		if (!add(out, (char)c))
			return too_long;
	}
	return NULL;
}

static const char *read_uri(const char *uri, struct output *out)
{
	static const struct {
		const char *scheme;
		const char *(*read)(const char *uri, const char *rest, struct output *out);
	} rows[] = { { "tel:", read_tel }, { "callto:", read_callto }, { "sip:", read_as_it_is },
		{ "sips:", read_as_it_is } };
	size_t name = strspn(uri, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t length = strlen(rows[i].scheme);

		if (strncasecmp(uri, rows[i].scheme, length) == 0)
			return rows[i].read(uri, uri + length, out);
	}
	if (name && uri[name] == ':')
		return "only tel:, callto:, sip: and sips: are known here";
	return read_as_it_is(uri, uri, out);
}

const char *uri_to_address(const char *uri, char *out_text, size_t size)
{
	struct output out = { out_text, 0, size };

	out_text[0] = '\0';
	return read_uri(uri, &out);
}
