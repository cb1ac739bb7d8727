// SPDX-License-Identifier: MIT
/* rtpmsg.c - reading and writing the messages of tapi-rtp-msp(7). Whatever bytes arrive, the
 * reader stays inside them and says what was wrong in one code. */
#include "media/rtpmsg.h"

#include <string.h>

#define VERSION_PREFIX "TAPI-RTP/"
#define ID_MAX         2147483647u

static const char *const verb_names[RTPMSG_VERB_COUNT] = {
	[RTPMSG_OFFER_WANTED] = "offer?",
	[RTPMSG_OFFER] = "offer",
	[RTPMSG_ANSWER] = "answer",
	[RTPMSG_CLOSE] = "close",
	[RTPMSG_HOLD] = "hold",
	[RTPMSG_RESUME] = "resume",
	[RTPMSG_DIGITS] = "digits",
	[RTPMSG_DIGITS_DONE] = "digits-done",
	[RTPMSG_DETECT] = "detect",
	[RTPMSG_DIGIT] = "digit",
	[RTPMSG_TONE] = "tone",
	[RTPMSG_TONE_DONE] = "tone-done",
	[RTPMSG_JOIN] = "join",
	[RTPMSG_FIGURES_WANTED] = "figures?",
	[RTPMSG_FIGURES] = "figures",
	[RTPMSG_MIX] = "mix",
	[RTPMSG_TONES] = "tones",
	[RTPMSG_HEARD] = "heard",
	[RTPMSG_MEDIA] = "media",
	[RTPMSG_CONTROL] = "control",
	[RTPMSG_CONTROLS] = "controls",
	[RTPMSG_PLAY] = "play",
	[RTPMSG_OK] = "ok",
	[RTPMSG_ERROR] = "error",
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_text(const char *a, size_t size, const char *b)
{
	if (strlen(b) != size)
		return false;
	for (size_t i = 0; i < size; i++) {
		if (lower(a[i]) != lower(b[i]))
			return false;
	}
	return true;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-';
}

static bool is_control(char c)
{
	return (unsigned char)c < 32 || (unsigned char)c == 127;
}

bool rtpmsg_line(struct rtpmsg_span *rest, struct rtpmsg_span *line)
{
	const char *end = rest->size ? memchr(rest->p, '\n', rest->size) : NULL;

	if (!end)
		return false;
	line->p = rest->p;
	line->size = (size_t)(end - rest->p);
	rest->size -= line->size + 1;
	rest->p = end + 1;
	if (line->size && line->p[line->size - 1] == '\r')
		line->size--;
	return true;
}

bool rtpmsg_value(struct rtpmsg_span s, uint32_t max, uint32_t *out)
{
	uint64_t value = 0;

	if (s.size == 0 || s.size > 10)
		return false;
	for (size_t i = 0; i < s.size; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(s.p[i] - '0');
	}
	if (value > max)
		return false;
	*out = (uint32_t)value;
	return true;
}

bool rtpmsg_word(struct rtpmsg_span *line, struct rtpmsg_span *word)
{
	*word = (struct rtpmsg_span){ line->p, 0 };
	while (word->size < line->size && line->p[word->size] != ' ')
		word->size++;
	line->p += word->size;
	line->size -= word->size;
	if (line->size > 1) { /* one space, and something behind it */
		line->p++;
		line->size--;
	}
	return word->size != 0;
}

static enum rtpmsg_verb find_verb(struct rtpmsg_span word)
{
	for (int i = 0; i < RTPMSG_VERB_COUNT; i++) {
		if (strlen(verb_names[i]) == word.size &&
				memcmp(verb_names[i], word.p, word.size) == 0)
			return (enum rtpmsg_verb)i;
	}
	return RTPMSG_VERB_COUNT;
}

/* "TAPI-RTP/1 verb id" */
static int read_first_line(struct rtpmsg_span line, struct rtpmsg *out)
{
	const size_t prefix = sizeof(VERSION_PREFIX) - 1;
	struct rtpmsg_span word[3] = { { line.p, 0 }, { NULL, 0 }, { NULL, 0 } };
	int words = 0;

	if (line.size < prefix || memcmp(line.p, VERSION_PREFIX, prefix) != 0)
		return 400;
	for (size_t i = 0; i < line.size; i++) {
		if (line.p[i] != ' ') {
			if (is_control(line.p[i]))
				return 400;
			word[words].size++;
			continue;
		}
		if (++words == 3)
			return 400;
		word[words].p = line.p + i + 1;
	}
	if (!same_text(word[0].p + prefix, word[0].size - prefix, "1"))
		return 505;
	if (words >= 1)
		out->verb = find_verb(word[1]);
	if (words != 2 || word[1].size == 0 || word[2].size == 0)
		return 400;
	if (word[2].p[0] == '0' && word[2].size > 1)
		return 400;
	if (!rtpmsg_value(word[2], ID_MAX, &out->id))
		return 400;
	if (out->id == 0 && out->verb != RTPMSG_ERROR)
		return 400;
	return out->verb == RTPMSG_VERB_COUNT ? 405 : 0;
}

static int read_header(struct rtpmsg_span line, struct rtpmsg_header *out)
{
	size_t i = 0;

	while (i < line.size && is_name_char(line.p[i]))
		i++;
	if (i == 0 || i == line.size || line.p[i] != ':')
		return 400;
	if (i > RTPMSG_NAME_MAX)
		return 413;
	out->name.p = line.p;
	out->name.size = i++;
	while (i < line.size && line.p[i] == ' ')
		i++;
	out->value.p = line.p + i;
	out->value.size = line.size - i;
	while (out->value.size && out->value.p[out->value.size - 1] == ' ')
		out->value.size--;
	if (out->value.size > RTPMSG_VALUE_MAX)
		return 413;
	for (size_t j = 0; j < out->value.size; j++) {
		if (is_control(out->value.p[j]))
			return 400;
	}
	return 0;
}

int rtpmsg_parse(const void *data, size_t size, struct rtpmsg *out)
{
	struct rtpmsg_span rest = { data, size }, line;
	int code;

	memset(out, 0, sizeof(*out));
	out->verb = RTPMSG_VERB_COUNT;
	if (size > RTPMSG_SIZE_MAX)
		return 413;
	if (!data || !rtpmsg_line(&rest, &line))
		return 400;
	code = read_first_line(line, out);
	if (code)
		return code;
	for (;;) {
		if (!rtpmsg_line(&rest, &line))
			return 400;
		if (line.size == 0)
			break;
		if (out->header_count == RTPMSG_HEADERS_MAX)
			return 413;
		code = read_header(line, &out->headers[out->header_count]);
		if (code)
			return code;
		out->header_count++;
	}
	out->body = rest;
	return 0;
}

const char *rtpmsg_reason(int code)
{
	static const struct {
		int code;
		const char *text;
	} reasons[] = {
		{ 400, "the message is malformed" },
		{ 405, "the verb is not known" },
		{ 413, "the message is larger than the limits" },
		{ 481, "there is nothing that this could belong to" },
		{ 488, "the two sides have no codec in common" },
		{ 491, "another offer waits for its answer" },
		{ 500, "out of memory, ports or descriptors" },
		{ 501, "this is not served" },
		{ 505, "the version is not TAPI-RTP/1" },
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].code == code)
			return reasons[i].text;
	}
	return "something went wrong";
}

const char *rtpmsg_verb_name(enum rtpmsg_verb verb)
{
	return (unsigned int)verb < RTPMSG_VERB_COUNT ? verb_names[verb] : "?";
}

bool rtpmsg_is(struct rtpmsg_span span, const char *text)
{
	return same_text(span.p, span.size, text);
}

bool rtpmsg_find(const struct rtpmsg *m, const char *name, struct rtpmsg_span *out)
{
	for (size_t i = 0; i < m->header_count; i++) {
		if (rtpmsg_is(m->headers[i].name, name)) {
			*out = m->headers[i].value;
			return true;
		}
	}
	return false;
}

bool rtpmsg_text(const struct rtpmsg *m, const char *name, char *out, size_t size)
{
	struct rtpmsg_span s;

	out[0] = '\0';
	if (!rtpmsg_find(m, name, &s) || s.size >= size)
		return false;
	memcpy(out, s.p, s.size);
	out[s.size] = '\0';
	return true;
}

bool rtpmsg_number(const struct rtpmsg *m, const char *name, uint32_t max, uint32_t *out)
{
	struct rtpmsg_span s;

	return rtpmsg_find(m, name, &s) && rtpmsg_value(s, max, out);
}

static void put(struct rtpmsg_writer *w, const char *p, size_t size)
{
	if (w->failed || size > w->size - w->used) {
		w->failed = true;
		return;
	}
	memcpy(w->p + w->used, p, size);
	w->used += size;
}

static void put_text(struct rtpmsg_writer *w, const char *s)
{
	put(w, s, strlen(s));
}

static void put_number(struct rtpmsg_writer *w, uint32_t value)
{
	char text[10];
	size_t i = sizeof(text);

	do {
		text[--i] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	put(w, text + i, sizeof(text) - i);
}

void rtpmsg_begin(struct rtpmsg_writer *w, void *buffer, size_t size, enum rtpmsg_verb verb,
		uint32_t id)
{
	w->p = buffer;
	w->size = size < RTPMSG_SIZE_MAX ? size : RTPMSG_SIZE_MAX;
	w->used = 0;
	w->failed = (unsigned int)verb >= RTPMSG_VERB_COUNT;
	put_text(w, VERSION_PREFIX "1 ");
	put_text(w, rtpmsg_verb_name(verb));
	put_text(w, " ");
	put_number(w, id);
	put_text(w, "\n");
}

void rtpmsg_add(struct rtpmsg_writer *w, const char *name, const char *value)
{
	size_t at;

	if (strlen(value) > RTPMSG_VALUE_MAX)
		w->failed = true;
	put_text(w, name);
	put_text(w, ": ");
	at = w->used;
	put_text(w, value);
	for (; !w->failed && at < w->used; at++) {
		if (is_control(w->p[at]))
			w->p[at] = ' ';
	}
	put_text(w, "\n");
}

void rtpmsg_add_number(struct rtpmsg_writer *w, const char *name, uint32_t value)
{
	put_text(w, name);
	put_text(w, ": ");
	put_number(w, value);
	put_text(w, "\n");
}

size_t rtpmsg_end(struct rtpmsg_writer *w, const void *body, size_t body_size)
{
	put_text(w, "\n");
	if (body_size)
		put(w, body, body_size);
	return w->failed ? 0 : w->used;
}

size_t rtpmsg_error(void *buffer, size_t size, uint32_t id, int code, const char *reason)
{
	struct rtpmsg_writer w;

	rtpmsg_begin(&w, buffer, size, RTPMSG_ERROR, id);
	rtpmsg_add_number(&w, "Code", (uint32_t)code);
	rtpmsg_add(&w, "Reason", reason ? reason : rtpmsg_reason(code));
	return rtpmsg_end(&w, NULL, 0);
}
