// SPDX-License-Identifier: MIT
/* sdp_ask.c - how somebody wants to be spoken to: a=fmtp of Opus (RFC 7587) and of events (RFC
 * 4733), a=ptime and a=maxptime. What cannot be read is as if it were not there. */
#include "media/sdp.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define EVENTS_USUAL 0xffffu /* RFC 4733 2.4.1: without a list, 0 to 15 */
#define EVENT_BITS   32

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A decimal number at the beginning, taken away; false: there is none, or it is above max. */
static bool take_number(struct sdp_text *t, uint32_t max, uint32_t *out)
{
	uint64_t v = 0;
	size_t n = 0;

	for (; n < t->size && is_digit(t->p[n]) && v <= max; n++)
		v = v * 10 + (uint64_t)(t->p[n] - '0');
	t->p += n;
	t->size -= n;
	*out = (uint32_t)v;
	return n > 0 && v <= max;
}

static void skip(struct sdp_text *t, const char *chars)
{
	while (t->size && *t->p && strchr(chars, *t->p)) {
		t->p++;
		t->size--;
	}
}

static bool find_fmtp(const struct sdp_media *m, uint8_t type, struct sdp_text *out)
{
	struct sdp_text rest = m->section;
	uint32_t got;

	while (sdp_next(&rest, "a=fmtp:", out)) {
		if (take_number(out, 127, &got) && got == type && out->size && *out->p == ' ') {
			skip(out, " ");
			return true;
		}
	}
	return false;
}

static const struct parameter {
	const char *name;
	uint32_t max;
	size_t at; /* in struct codec_wish */
} parameters[] = {
	{ "useinbandfec", 1, offsetof(struct codec_wish, copies) },
	{ "usedtx", 1, offsetof(struct codec_wish, pauses) },
	{ "cbr", 1, offsetof(struct codec_wish, steady) },
	{ "maxaveragebitrate", 510000, offsetof(struct codec_wish, bit_rate) },
	{ "maxplaybackrate", 48000, offsetof(struct codec_wish, rate) },
};

/* "name=value" */
static void take_parameter(struct sdp_text t, struct codec_wish *wish)
{
	for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++) {
		const struct parameter *p = &parameters[i];
		size_t size = strlen(p->name);
		struct sdp_text value;
		uint32_t v;

		if (t.size <= size || strncasecmp(t.p, p->name, size) != 0 || t.p[size] != '=')
			continue;
		value = (struct sdp_text){ t.p + size + 1, t.size - size - 1 };
		if (take_number(&value, p->max, &v))
			memcpy((char *)wish + p->at, &v, sizeof(v));
	}
}

static void read_wish(struct sdp_text t, struct codec_wish *wish)
{
	while (t.size) {
		struct sdp_text one;
		const char *end;

		skip(&t, "; ");
		end = memchr(t.p, ';', t.size);
		one = (struct sdp_text){ t.p, end ? (size_t)(end - t.p) : t.size };
		take_parameter(one, wish);
		t.p += one.size;
		t.size -= one.size;
	}
}

/* "0-15,66,70"; those from 32 on are none of ours. */
static uint32_t read_events(struct sdp_text t)
{
	uint32_t set = 0, from, to;

	while (take_number(&t, 255, &from)) {
		to = from;
		if (t.size && *t.p == '-') {
			skip(&t, "-");
			if (!take_number(&t, 255, &to))
				break;
		}
		for (; from <= to && from < EVENT_BITS; from++)
			set |= UINT32_C(1) << from;
		skip(&t, ", ");
	}
	return set;
}

static uint32_t read_ms(const struct sdp_media *m, const char *prefix, uint32_t without)
{
	struct sdp_text rest = m->section, value;
	uint32_t ms;

	if (sdp_next(&rest, prefix, &value) && take_number(&value, 1000, &ms) && ms)
		return ms;
	return without;
}

/* The longest of what we can send that is no more than what is asked for. */
static uint32_t packet_ms(const struct sdp_media *m, const struct codec *codec)
{
	static const uint32_t lengths[] = { CODEC_SEND_MS_MAX, 40, 30, 20 };
	uint32_t asked = read_ms(m, "a=ptime:", TICK_MS);
	uint32_t most = read_ms(m, "a=maxptime:", CODEC_SEND_MS_MAX);

	if (asked > most)
		asked = most;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		if (lengths[i] <= asked && !(lengths[i] == 30 && codec->no_30_ms))
			return lengths[i];
	}
	return 10;
}

void sdp_read_ask(const struct sdp_media *m, const struct sdp_codec *codec,
		const struct sdp_event *event, struct sdp_ask *out)
{
	struct sdp_text t;

	memset(out, 0, sizeof(*out));
	if (codec->codec->please && find_fmtp(m, codec->payload_type, &t))
		read_wish(t, &out->wish);
	out->packet_ms = packet_ms(m, codec->codec);
	if (!event->clock)
		return;
	out->events = find_fmtp(m, event->payload_type, &t) ? read_events(t) : EVENTS_USUAL;
}
