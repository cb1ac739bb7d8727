// SPDX-License-Identifier: MIT
/* print.c - structures and constants for people and for scripts. */
#include "tapictl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void print_json(const char *key, const char *name, const void *structure, bool comma)
{
	char none[1];
	LONG length = tapixStructToJson(name, structure, none, sizeof(none));
	char *text = length >= 0 ? malloc((size_t)length + 1) : NULL;

	if (text)
		length = tapixStructToJson(name, structure, text, (size_t)length + 1);
	printf("%s\"%s\":%s", comma ? "," : "", key, text && length >= 0 ? text : "null");
	free(text);
}

void print_json_text(const char *text)
{
	putchar('"');
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p == '"' || *p == '\\')
			printf("\\%c", *p);
		else if (*p < ' ')
			printf("\\u%04x", *p);
		else
			putchar(*p);
	}
	putchar('"');
}

void print_json_reason(const struct tapix_reason *r)
{
	printf("{\"layer\":%u,\"cause\":", r->layer);
	print_json_text(r->cause);
	printf(",\"sentence\":");
	print_json_text(r->sentence);
	printf("}");
}

const char *full_name(const char *group, DWORD value)
{
	static char number[16];
	const char *name = tapixConstantName(group, value);

	if (name)
		return name;
	(void)snprintf(number, sizeof(number), "%#x", value);
	return number;
}

/* "LINEMEDIAMODE_DATAMODEM" -> "datamodem", each word of a set. */
static void shorten(const char *group, const char *from, char *to, size_t size)
{
	size_t prefix = strlen(group), n = 0;

	while (*from && n + 1 < size) {
		if (strncmp(from, group, prefix) == 0) {
			from += prefix;
			continue;
		}
		to[n++] = *from == '|' ? ' ' : (char)tolower((unsigned char)*from);
		from++;
	}
	to[n] = '\0';
}

const char *short_name(const char *group, DWORD value)
{
	static char text[64];
	const char *name = tapixConstantName(group, value);

	if (name)
		shorten(group, name, text, sizeof(text));
	else
		(void)snprintf(text, sizeof(text), "%#x", value);
	return text;
}

const char *short_bits(const char *group, DWORD bits)
{
	static char text[512];
	char names[1024];

	if (!bits)
		return "none";
	shorten(group, tapixBitNames(group, bits, names, sizeof(names)), text, sizeof(text));
	return text;
}
