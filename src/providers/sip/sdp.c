// SPDX-License-Identifier: MIT
/* sdp.c - a line scanner (RFC 8866). Nothing is copied but what an answer has to repeat. */
#include "sdp.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define STREAMS_MAX 16

struct line {
	const char *p;
	size_t size; /* without its end */
};

/* The next line; false at the end. */
static bool next_line(const char **p, const char *end, struct line *out)
{
	const char *stop;

	if (*p >= end)
		return false;
	stop = memchr(*p, '\n', (size_t)(end - *p));
	out->p = *p;
	out->size = (size_t)((stop ? stop : end) - *p);
	*p = stop ? stop + 1 : end;
	while (out->size && out->p[out->size - 1] == '\r')
		out->size--;
	return true;
}

static bool begins(const struct line *l, const char *text)
{
	size_t size = strlen(text);

	return l->size >= size && memcmp(l->p, text, size) == 0;
}

static bool is(const struct line *l, const char *text)
{
	return l->size == strlen(text) && begins(l, text);
}

/* "m=audio 0 ..." is a stream that is refused. */
static bool is_refused(const struct line *l)
{
	const char *blank = memchr(l->p, ' ', l->size);
	size_t left = blank ? l->size - (size_t)(blank - l->p) : 0;

	return left < 2 || (blank[1] == '0' && (left == 2 || blank[2] == ' '));
}

static bool read_direction(const struct line *l, enum sdp_direction *out)
{
	static const struct {
		const char *text;
		enum sdp_direction direction;
	} rows[] = {
		{ "a=sendrecv", SDP_SENDRECV },
		{ "a=sendonly", SDP_SENDONLY },
		{ "a=recvonly", SDP_RECVONLY },
		{ "a=inactive", SDP_INACTIVE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (is(l, rows[i].text)) {
			*out = rows[i].direction;
			return true;
		}
	return false;
}

enum sdp_direction sdp_direction(const char *sdp, size_t size)
{
	const char *p = sdp, *end = sdp + size;
	enum sdp_direction session = SDP_SENDRECV, found;
	bool in_session = true, in_audio = false;
	struct line l;

	while (next_line(&p, end, &l)) {
		if (begins(&l, "m=")) {
			if (in_audio)
				break;
			in_session = false;
			in_audio = begins(&l, "m=audio ") && !is_refused(&l);
		} else if ((in_session || in_audio) && is(&l, "c=IN IP4 0.0.0.0")) {
			session = SDP_SENDONLY; /* how RFC 2543 said hold */
		} else if ((in_session || in_audio) && read_direction(&l, &found)) {
			if (session != SDP_SENDONLY || found == SDP_INACTIVE)
				session = found;
		}
	}
	return session;
}

bool sdp_is_hold(const char *sdp, size_t size)
{
	enum sdp_direction d = sdp_direction(sdp, size);

	return d == SDP_SENDONLY || d == SDP_INACTIVE;
}

struct writer {
	char *p;
	size_t used;
	bool failed;
};

static void put(struct writer *w, const char *fmt, ...) LOG_PRINTF(2, 3);

static void put(struct writer *w, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(w->p + w->used, SDP_SILENT_MAX - w->used, fmt, args);
	va_end(args);
	if (n < 0 || (size_t)n >= SDP_SILENT_MAX - w->used)
		w->failed = true;
	else
		w->used += (size_t)n;
}

static void put_head(struct writer *w, const char *address)
{
	const char *ip = address && *address ? address : "127.0.0.1";
	const char *family = strchr(ip, ':') ? "IP6" : "IP4";

	put(w, "v=0\r\no=- 1 1 IN %s %s\r\ns=-\r\nc=IN %s %s\r\nt=0 0\r\n", family, ip, family, ip);
}

size_t sdp_silent_offer(const char *address, char out[SDP_SILENT_MAX])
{
	struct writer w = { out, 0, false };

	put_head(&w, address);
	put(&w, "m=audio 9 RTP/AVP 0 8\r\na=inactive\r\n"); /* 9: the discard service */
	return w.failed ? 0 : w.used;
}

/* "m=audio 4000 RTP/AVP 0 8": kind, protocol and first format. */
struct stream {
	char kind[16], protocol[24], format[16];
};

static bool read_stream(const struct line *l, struct stream *out)
{
	char text[128];
	size_t size = l->size < sizeof(text) - 1 ? l->size : sizeof(text) - 1;

	memcpy(text, l->p, size);
	text[size] = '\0';
	return strlen(text) == size &&
	       sscanf(text, "m=%15s %*s %23s %15s", out->kind, out->protocol, out->format) == 3;
}

size_t sdp_silent_answer(const char *offer, size_t size, const char *address,
		char out[SDP_SILENT_MAX])
{
	const char *p = offer, *end = offer + size;
	struct writer w = { out, 0, false };
	bool has_audio = false;
	size_t count = 0;
	struct stream s;
	struct line l;

	put_head(&w, address);
	while (next_line(&p, end, &l)) {
		if (!begins(&l, "m="))
			continue;
		if (!read_stream(&l, &s) || ++count > STREAMS_MAX)
			return 0;
		if (!has_audio && strcmp(s.kind, "audio") == 0 && !is_refused(&l) &&
				strcmp(s.protocol, "RTP/AVP") == 0) {
			has_audio = true;
			put(&w, "m=audio 9 RTP/AVP %s\r\na=inactive\r\n", s.format);
		} else {
			put(&w, "m=%s 0 %s %s\r\n", s.kind, s.protocol, s.format);
		}
	}
	return w.failed || !has_audio ? 0 : w.used;
}
