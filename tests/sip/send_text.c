// SPDX-License-Identifier: MIT
/* send_text.c - a message file as bytes: the notation of RFC 4475 and our variables. */
#include "send.h"

#include "base/random.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
	char *at, *end;
	bool one_line; /* between <allOneLine> marks: line ends vanish */
};

static void put(struct writer *w, const char *bytes, size_t size)
{
	if (size > (size_t)(w->end - w->at))
		size = (size_t)(w->end - w->at);
	memcpy(w->at, bytes, size);
	w->at += size;
}

static int hex_digit(char c)
{
	const char *digits = "0123456789ABCDEF", *p = c ? strchr(digits, c & ~0x20) : NULL;

	if (c >= '0' && c <= '9')
		return c - '0';
	return p ? (int)(p - digits) : -1;
}

/* "<hex>C0FF</hex>" at p: what follows it. */
static const char *put_hex(struct writer *w, const char *p)
{
	for (; hex_digit(p[0]) >= 0 && hex_digit(p[1]) >= 0; p += 2) {
		char byte = (char)(hex_digit(p[0]) * 16 + hex_digit(p[1]));

		put(w, &byte, 1);
	}
	return strncmp(p, "</hex>", 6) == 0 ? p + 6 : p;
}

/* "<repeat count=N>text</repeat>" behind "count=". */
static const char *put_repeat(struct writer *w, const char *p)
{
	char *text;
	long count = strtol(p, &text, 10);
	const char *end;

	if (*text != '>' || !(end = strstr(++text, "</repeat>")))
		return p;
	while (count-- > 0)
		put(w, text, (size_t)(end - text));
	return end + strlen("</repeat>");
}

static const char *put_mark(struct writer *w, const char *p)
{
	if (strncmp(p, "<hex>", 5) == 0)
		return put_hex(w, p + 5);
	if (strncmp(p, "<repeat count=", 14) == 0)
		return put_repeat(w, p + 14);
	if (strncmp(p, "<allOneLine>\n", 13) == 0) {
		w->one_line = true;
		return p + 13;
	}
	if (strncmp(p, "</allOneLine>", 13) == 0) {
		w->one_line = false;
		return p + 13;
	}
	put(w, p, 1);
	return p + 1;
}

struct variable {
	const char *name, *value;
};

static const char *put_variable(struct writer *w, const char *p, const struct variable *v)
{
	for (; v->name; v++) {
		size_t n = strlen(v->name);

		if (strncmp(p, v->name, n) == 0) {
			put(w, v->value, strlen(v->value));
			return p + n;
		}
	}
	put(w, p, 1);
	return p + 1;
}

static void expand(struct writer *w, const char *p, const struct variable *v)
{
	while (*p) {
		if (*p == '<') {
			p = put_mark(w, p);
		} else if (*p == '@') {
			p = put_variable(w, p, v);
		} else if (*p == '\n') {
			if (!w->one_line)
				put(w, "\r\n", 2);
			p++;
		} else {
			put(w, p++, 1);
		}
	}
}

/* "# key: value" lines at the head; returns where the message begins. */
static const char *read_head(const char *p, struct message *m)
{
	while (*p == '#') {
		size_t n = strcspn(p, "\n");

		(void)sscanf(p, "# expect: %63[^ \n]", m->expect);
		(void)sscanf(p, "# only: %7[^ \n]", m->only);
		(void)sscanf(p, "# known: %63[^ \n]", m->known);
		p += n + (p[n] == '\n');
	}
	return p;
}

/* The length of the body, which is as long wherever the number of its digits leads. */
static void set_length(struct message *m)
{
	char *mark = strstr(m->bytes, "@LENGTH@"), *body = strstr(m->bytes, "\r\n\r\n");
	char number[16];
	size_t n, tail;

	if (!mark || !body)
		return;
	n = (size_t)snprintf(number, sizeof(number), "%zu",
			m->size - (size_t)(body + 4 - m->bytes));
	tail = m->size - (size_t)(mark + 8 - m->bytes);
	memmove(mark + n, mark + 8, tail + 1);
	memcpy(mark, number, n);
	m->size -= 8 - n;
}

int message_load(const char *path, const struct target *t, const char *local, const char *user,
		struct message *out)
{
	static char text[MESSAGE_MAX + 1];
	struct writer w = { out->bytes, out->bytes + MESSAGE_MAX, false };
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char random[24];
	struct variable variables[] = { { "@HOST@", t->host }, { "@PORT@", t->port },
		{ "@LOCAL@", local }, { "@TRANSPORT@", t->tcp ? "TCP" : "UDP" },
		{ "@RANDOM@", random }, { "@USER@", user }, { NULL, NULL } };
	FILE *f = fopen(path, "r");
	size_t n;

	if (!f)
		return -errno;
	n = fread(text, 1, MESSAGE_MAX, f);
	(void)fclose(f);
	text[n] = '\0';
	memset(out, 0, offsetof(struct message, bytes));
	(void)snprintf(out->name, sizeof(out->name), "%.*s", (int)strcspn(name, "."), name);
	(void)snprintf(out->expect, sizeof(out->expect), "200");
	(void)snprintf(random, sizeof(random), "%llx", (unsigned long long)random_u64());
	expand(&w, read_head(text, out), variables);
	*w.at = '\0';
	out->size = (size_t)(w.at - out->bytes);
	set_length(out);
	return 0;
}
