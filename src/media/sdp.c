// SPDX-License-Identifier: MIT
/* sdp.c - reading and writing session descriptions (RFC 8866). */
#include "media/sdp.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* One line without its end. False: nothing is left. */
static bool take_line(struct sdp_text *rest, struct sdp_text *line)
{
	const char *end;

	if (rest->size == 0)
		return false;
	end = memchr(rest->p, '\n', rest->size);
	line->p = rest->p;
	line->size = end ? (size_t)(end - rest->p) : rest->size;
	rest->p += line->size + (end != NULL);
	rest->size -= line->size + (end != NULL);
	if (line->size && line->p[line->size - 1] == '\r')
		line->size--;
	return true;
}

/* The next word before one of `stops`. */
static struct sdp_text take_word(struct sdp_text *rest, const char *stops)
{
	struct sdp_text word;

	while (rest->size && *rest->p == ' ') {
		rest->p++;
		rest->size--;
	}
	word.p = rest->p;
	word.size = 0;
	while (word.size < rest->size && word.p[word.size] && !strchr(stops, word.p[word.size]))
		word.size++;
	rest->p += word.size;
	rest->size -= word.size;
	return word;
}

static bool take_char(struct sdp_text *rest, char c)
{
	if (rest->size == 0 || *rest->p != c)
		return false;
	rest->p++;
	rest->size--;
	return true;
}

static bool is(struct sdp_text t, const char *text)
{
	return strlen(text) == t.size && memcmp(t.p, text, t.size) == 0;
}

/* What follows prefix, or false. */
static bool after(struct sdp_text line, const char *prefix, struct sdp_text *out)
{
	size_t size = strlen(prefix);

	if (line.size < size || memcmp(line.p, prefix, size) != 0)
		return false;
	out->p = line.p + size;
	out->size = line.size - size;
	return true;
}

bool sdp_next(struct sdp_text *rest, const char *prefix, struct sdp_text *value)
{
	struct sdp_text line;

	while (take_line(rest, &line)) {
		if (after(line, prefix, value))
			return true;
	}
	return false;
}

static bool number(struct sdp_text t, uint32_t max, uint32_t *out)
{
	uint32_t v = 0;

	if (t.size == 0 || t.size > 5)
		return false;
	for (size_t i = 0; i < t.size; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		v = v * 10 + (uint32_t)(t.p[i] - '0');
	}
	*out = v;
	return v <= max;
}

/* "IN IP4 127.0.0.1/ttl" */
static bool read_connection(struct sdp_text t, struct sockaddr_storage *out)
{
	struct sdp_text word = take_word(&t, " ");

	if (!is(word, "IN"))
		return false;
	word = take_word(&t, " ");
	if (!is(word, "IP4") && !is(word, "IP6"))
		return false;
	word = take_word(&t, " /");
	return address_parse(word.p, word.size, out);
}

static bool read_media(struct sdp_text t, struct sdp_media *out)
{
	struct sdp_text word;
	uint32_t port;

	memset(out, 0, sizeof(*out));
	out->direction = SDP_BOTH;
	out->word = take_word(&t, " ");
	out->kind = is(out->word, "audio")   ? SDP_AUDIO
		    : is(out->word, "video") ? SDP_VIDEO
					     : SDP_OTHER;
	word = take_word(&t, " /");
	if (!number(word, UINT16_MAX, &port))
		return false;
	out->port = (uint16_t)port;
	if (take_char(&t, '/'))
		(void)take_word(&t, " ");
	out->protocol = take_word(&t, " ");
	out->plain_rtp = is(out->protocol, "RTP/AVP");
	out->secure_rtp = is(out->protocol, "RTP/SAVP");
	(void)take_char(&t, ' ');
	out->formats = t;
	return out->word.size && out->protocol.size && out->formats.size;
}

struct map { /* of a payload type */
	struct sdp_text name;
	uint32_t clock, channels; /* 0: they are written in a way that we do not read */
};

/* The a=rtpmap of a payload type: "0 PCMU/8000", "96 opus/48000/2". */
static bool find_map(struct sdp_text section, uint32_t type, struct map *out)
{
	struct sdp_text line, t;
	uint32_t got;

	while (take_line(&section, &line)) {
		if (!after(line, "a=rtpmap:", &t) || !number(take_word(&t, " "), 127, &got) ||
				got != type)
			continue;
		out->name = take_word(&t, "/");
		(void)take_char(&t, '/');
		if (!number(take_word(&t, "/"), UINT32_MAX, &out->clock))
			out->clock = 0;
		out->channels = 1;
		if (take_char(&t, '/') && !number(t, 255, &out->channels))
			out->channels = 0;
		return true;
	}
	return false;
}

static bool same_word(struct sdp_text t, const char *lower_case)
{
	size_t i;

	for (i = 0; i < t.size && lower_case[i]; i++) {
		char c = t.p[i] >= 'A' && t.p[i] <= 'Z' ? (char)(t.p[i] - 'A' + 'a') : t.p[i];

		if (c != lower_case[i])
			return false;
	}
	return i == t.size && !lower_case[i];
}

static void add_event(struct sdp_media *m, uint32_t clock, uint8_t type)
{
	if (clock && m->event_count < SDP_EVENTS_MAX)
		m->events[m->event_count++] = (struct sdp_event){ clock, type };
}

static void add_codec(struct sdp_media *m, const struct codec *codec, uint8_t type)
{
	if (codec && m->codec_count < SDP_CODECS_MAX)
		m->codecs[m->codec_count++] = (struct sdp_codec){ codec, type };
}

static const struct codec *codec_of(const struct map *map)
{
	const struct codec *c = media_codec_find(map->name.p, map->name.size);

	return c && c->clock == map->clock && c->channels == map->channels ? c : NULL;
}

static void read_formats(struct sdp_media *m)
{
	struct sdp_text rest = m->formats, word;
	uint32_t type;

	while ((word = take_word(&rest, " ")).size) {
		struct map map;

		if (!number(word, 127, &type))
			continue;
		if (!find_map(m->section, type, &map))
			add_codec(m, media_codec_static((uint8_t)type), (uint8_t)type);
		else if (same_word(map.name, "telephone-event"))
			add_event(m, map.clock, (uint8_t)type);
		else
			add_codec(m, codec_of(&map), (uint8_t)type);
	}
}

static void read_direction(struct sdp_text line, unsigned int *direction)
{
	if (is(line, "a=sendrecv"))
		*direction = SDP_BOTH;
	else if (is(line, "a=sendonly"))
		*direction = SDP_SEND;
	else if (is(line, "a=recvonly"))
		*direction = SDP_RECV;
	else if (is(line, "a=inactive"))
		*direction = 0;
}

static bool is_any(const struct sockaddr_storage *a)
{
	struct sockaddr_storage any;

	(void)(a->ss_family == AF_INET6 ? address_parse("::", 2, &any)
					: address_parse("0.0.0.0", 7, &any));
	return address_equal((const struct sockaddr *)a, (const struct sockaddr *)&any);
}

/* "53020" or "53020 IN IP4 126.16.64.4" */
static void read_rtcp(struct sdp_text t, struct sockaddr_storage *rtcp)
{
	struct sockaddr_storage other;
	uint32_t port;

	if (!number(take_word(&t, " "), UINT16_MAX, &port) || port == 0)
		return;
	if (t.size && read_connection(t, &other))
		*rtcp = other;
	address_set_port((struct sockaddr *)rtcp, (uint16_t)port);
}

static void read_section(struct sdp_media *m, const struct sockaddr_storage *session_address,
		unsigned int session_direction)
{
	struct sdp_text rest = m->section, line, t;
	struct sockaddr_storage rtcp;

	m->direction = session_direction;
	m->rtp = *session_address;
	while (take_line(&rest, &line)) {
		if (after(line, "c=", &t) && !read_connection(t, &m->rtp))
			m->rtp.ss_family = AF_UNSPEC;
		read_direction(line, &m->direction);
	}
	m->has_address = m->rtp.ss_family != AF_UNSPEC;
	if (m->has_address) {
		if (is_any(&m->rtp)) /* the old way to hold (RFC 3264 8.4) */
			m->direction &= ~(unsigned int)SDP_RECV;
		rtcp = m->rtp;
		address_set_port((struct sockaddr *)&m->rtp, m->port);
		address_set_port((struct sockaddr *)&rtcp,
				(uint16_t)(m->port < UINT16_MAX ? m->port + 1 : 0));
		for (rest = m->section; take_line(&rest, &line);) {
			if (after(line, "a=rtcp:", &t))
				read_rtcp(t, &rtcp);
		}
		m->rtcp = rtcp;
	}
	if (m->kind == SDP_AUDIO)
		read_formats(m);
}

int sdp_read(const char *text, size_t size, struct sdp *out)
{
	struct sdp_text rest = { text, size }, line, t;
	struct sockaddr_storage session_address;
	unsigned int session_direction = SDP_BOTH;

	memset(out, 0, sizeof(*out));
	memset(&session_address, 0, sizeof(session_address));
	session_address.ss_family = AF_UNSPEC;
	if (!text || memchr(text, '\0', size) || !take_line(&rest, &line) || !is(line, "v=0"))
		return -EINVAL;
	while (take_line(&rest, &line)) {
		if (after(line, "m=", &t)) {
			if (out->count == SDP_MEDIA_MAX)
				return -E2BIG;
			if (!read_media(t, &out->media[out->count++]))
				return -EINVAL;
			out->media[out->count - 1].section.p = rest.p;
		} else if (out->count == 0) {
			if (after(line, "c=", &t) && !read_connection(t, &session_address))
				session_address.ss_family = AF_UNSPEC;
			read_direction(line, &session_direction);
		}
		if (out->count) {
			struct sdp_media *m = &out->media[out->count - 1];

			m->section.size = (size_t)(rest.p - m->section.p);
		}
	}
	for (size_t i = 0; i < out->count; i++)
		read_section(&out->media[i], &session_address, session_direction);
	return 0;
}

static void put(struct sdp_writer *w, const char *fmt, ...) LOG_PRINTF(2, 3);

static void put(struct sdp_writer *w, const char *fmt, ...)
{
	va_list ap;
	int n;

	if (w->failed)
		return;
	va_start(ap, fmt);
	n = vsnprintf(w->p + w->used, w->size - w->used, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= w->size - w->used)
		w->failed = true;
	else
		w->used += (size_t)n;
}

void sdp_begin(struct sdp_writer *w, char *buffer, size_t size, const struct sockaddr *local,
		uint64_t id, uint32_t version)
{
	const char *family = local->sa_family == AF_INET6 ? "IP6" : "IP4";
	char address[INET6_ADDRSTRLEN];

	w->p = buffer;
	w->size = size;
	w->used = 0;
	w->failed = false;
	address_text(local, address, sizeof(address));
	put(w, "v=0\r\no=- %llu %lu IN %s %s\r\ns=-\r\nc=IN %s %s\r\nt=0 0\r\n",
			(unsigned long long)(id & INT64_MAX), (unsigned long)version, family,
			address, family, address);
}

static const char *direction_name(unsigned int direction)
{
	static const char *const names[] = { "inactive", "sendonly", "recvonly", "sendrecv" };

	return names[direction & SDP_BOTH];
}

static void put_codec(struct sdp_writer *w, const struct sdp_codec *c)
{
	put(w, "a=rtpmap:%u %s/%lu", c->payload_type, c->codec->name,
			(unsigned long)c->codec->clock);
	if (c->codec->channels > 1)
		put(w, "/%u", c->codec->channels);
	put(w, "\r\n");
	if (c->codec->fmtp)
		put(w, "a=fmtp:%u %s\r\n", c->payload_type, c->codec->fmtp);
}

void sdp_add_audio(struct sdp_writer *w, const struct sdp_audio *audio)
{
	put(w, "m=audio %u %s", audio->port, audio->secure ? "RTP/SAVP" : "RTP/AVP");
	for (size_t i = 0; i < audio->codec_count; i++)
		put(w, " %u", audio->codecs[i].payload_type);
	for (size_t i = 0; i < audio->event_count; i++)
		put(w, " %u", audio->events[i].payload_type);
	put(w, "\r\n");
	for (size_t i = 0; i < audio->codec_count; i++)
		put_codec(w, &audio->codecs[i]);
	for (size_t i = 0; i < audio->event_count; i++) {
		const struct sdp_event *e = &audio->events[i];

		put(w, "a=rtpmap:%u telephone-event/%lu\r\na=fmtp:%u 0-16\r\n", e->payload_type,
				(unsigned long)e->clock, e->payload_type);
	}
	put(w, "a=ptime:%d\r\na=maxptime:%d\r\na=%s\r\n", TICK_MS, CODEC_PACKET_MS,
			direction_name(audio->direction));
}

void sdp_add_crypto(struct sdp_writer *w, const struct crypto_line *line)
{
	char text[CRYPTO_LINE_SIZE];

	crypto_write(line, text);
	put(w, "a=crypto:%s\r\n", text);
	mem_wipe(text, sizeof(text));
}

static void put_text(struct sdp_writer *w, struct sdp_text t)
{
	put(w, "%.*s", (int)(t.size < SDP_SIZE_MAX ? t.size : SDP_SIZE_MAX), t.p);
}

void sdp_add_kept(struct sdp_writer *w, const struct sdp_media *media, uint16_t port)
{
	struct sdp_text rest = media->section, line, t;

	put(w, "m=");
	put_text(w, media->word);
	put(w, " %u ", port);
	put_text(w, media->protocol);
	put(w, " ");
	put_text(w, media->formats);
	put(w, "\r\n");
	if (!port)
		return;
	while (take_line(&rest, &line)) {
		if (!after(line, "a=rtpmap:", &t) && !after(line, "a=fmtp:", &t))
			continue;
		put_text(w, line);
		put(w, "\r\n");
	}
	put(w, "a=inactive\r\n");
}

size_t sdp_end(struct sdp_writer *w)
{
	return w->failed ? 0 : w->used;
}
