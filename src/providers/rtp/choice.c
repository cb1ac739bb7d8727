// SPDX-License-Identifier: MIT
/* choice.c - which codecs are offered and taken, and under which payload types. A dynamic number
 * that has meant something in a call means nothing else in its later offers (RFC 3264 8.3.2). */
#include "rtp_msp.h"

#include <string.h>

#define EVENT_KINDS 2

/* Digits are told by the clock of the sound that they stand in (RFC 4733 2.1). */
static const struct event_kind {
	uint32_t clock;
	uint8_t payload_type; /* that we propose */
} event_kinds[EVENT_KINDS] = { { 8000, 101 }, { 48000, 110 } };

static bool has(const struct codec_list *list, const struct codec *codec)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->codecs[i] == codec)
			return true;
	}
	return false;
}

void choice_wanted(const struct msp_call *call, struct codec_list *out)
{
	const struct codec_list *line = &call->settings.codecs, *wish = &call->preferred;

	*out = wish->count ? *wish : *line;
	if (!out->count)
		codec_list_read(out, "PCMU PCMA");
	if (!wish->count || !line->count)
		return;
	out->count = 0;
	for (size_t i = 0; i < wish->count; i++) {
		if (has(line, wish->codecs[i]))
			out->codecs[out->count++] = wish->codecs[i];
	}
}

/* --- payload types -------------------------------------------------------------------------- */

/* Marks that a payload type means something from now on. */
static uint8_t keep(struct msp_call *call, const void *meaning, uint8_t type)
{
	if (type >= CODEC_DYNAMIC && type < CODEC_DYNAMIC + DYNAMIC_MAX)
		call->payload_types[type - CODEC_DYNAMIC] = meaning;
	return type;
}

static bool is_free(const struct msp_call *call, const void *meaning, uint8_t type)
{
	const void *is;

	if (type < CODEC_DYNAMIC || type >= CODEC_DYNAMIC + DYNAMIC_MAX)
		return false;
	is = call->payload_types[type - CODEC_DYNAMIC];
	return !is || is == meaning;
}

/* The number that an offer of ours gives: that of before, the peer's, the usual one, any. */
static uint8_t number_of(struct msp_call *call, const void *meaning, int peers, uint8_t usual)
{
	for (uint8_t i = 0; i < DYNAMIC_MAX; i++) {
		if (call->payload_types[i] == meaning)
			return (uint8_t)(CODEC_DYNAMIC + i);
	}
	if (peers >= 0 && is_free(call, meaning, (uint8_t)peers))
		return keep(call, meaning, (uint8_t)peers);
	for (uint8_t i = 0; !is_free(call, meaning, usual) && i < DYNAMIC_MAX; i++)
		usual = (uint8_t)(CODEC_DYNAMIC + i);
	return keep(call, meaning, usual);
}

static int peers_number(const struct sdp_media *peer, const struct codec *codec)
{
	for (size_t i = 0; peer && i < peer->codec_count; i++) {
		if (peer->codecs[i].codec == codec)
			return peer->codecs[i].payload_type;
	}
	return -1;
}

static int peers_event(const struct sdp_media *peer, uint32_t clock)
{
	for (size_t i = 0; peer && i < peer->event_count; i++) {
		if (peer->events[i].clock == clock)
			return peer->events[i].payload_type;
	}
	return -1;
}

static bool has_clock(const struct sounds *s, uint32_t clock)
{
	for (size_t i = 0; i < s->codec_count; i++) {
		if (s->codecs[i].codec->clock == clock)
			return true;
	}
	return false;
}

static const struct event_kind *kind_of(uint32_t clock)
{
	for (size_t i = 0; i < EVENT_KINDS; i++) {
		if (event_kinds[i].clock == clock)
			return &event_kinds[i];
	}
	return NULL;
}

/* --- offers and answers --------------------------------------------------------------------- */

void choice_offer(struct msp_call *call, const struct sdp_media *peer, struct sounds *out)
{
	struct codec_list ours;

	choice_wanted(call, &ours);
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < ours.count; i++) {
		const struct codec *c = ours.codecs[i];
		uint8_t type = c->payload_type;

		if (type >= CODEC_DYNAMIC)
			type = number_of(call, c, peers_number(peer, c), type);
		out->codecs[out->codec_count++] = (struct sdp_codec){ c, type };
	}
	for (size_t i = 0; i < EVENT_KINDS; i++) {
		const struct event_kind *k = &event_kinds[i];

		/* The first always: there are peers that know no other. */
		if (i == 0 || has_clock(out, k->clock))
			out->events[out->event_count++] = (struct sdp_event){ k->clock,
				number_of(call, k, peers_event(peer, k->clock), k->payload_type) };
	}
}

/* What an answer may name: our wishes may have changed since we offered. */
static void offered(const struct msp_call *call, struct codec_list *out)
{
	const struct sounds *offer = &call->offer.sounds;

	for (out->count = 0; out->count < offer->codec_count; out->count++)
		out->codecs[out->count] = offer->codecs[out->count].codec;
}

/* Which of the peer's codecs; codec_count: none. */
static size_t find_first(const struct codec_list *ours, const struct sdp_media *peer, bool by_us)
{
	size_t best = ours->count, at = peer->codec_count;

	for (size_t i = 0; i < peer->codec_count; i++) {
		size_t place = 0;

		while (place < ours->count && ours->codecs[place] != peer->codecs[i].codec)
			place++;
		if (place >= best)
			continue;
		best = place;
		at = i;
		if (!by_us)
			break;
	}
	return at;
}

bool choice_first(const struct msp_call *call, const struct sdp_media *peer, bool answer,
		struct sdp_codec *codec, struct sdp_event *event)
{
	struct codec_list ours;
	size_t i;

	if (answer)
		offered(call, &ours);
	else
		choice_wanted(call, &ours);
	i = find_first(&ours, peer, !answer && call->preferred.count);
	if (i == peer->codec_count)
		return false;
	*codec = peer->codecs[i];
	*event = (struct sdp_event){ 0, 0 };
	for (i = 0; i < peer->event_count && event->clock != codec->codec->clock; i++) {
		if (!event->clock || peer->events[i].clock == codec->codec->clock)
			*event = peer->events[i];
	}
	return true;
}

void choice_answer(struct msp_call *call, const struct sdp_codec *codec,
		const struct sdp_event *event, struct sounds *out)
{
	const struct event_kind *k = kind_of(event->clock);

	memset(out, 0, sizeof(*out));
	out->codecs[out->codec_count++] = *codec;
	(void)keep(call, codec->codec, codec->payload_type);
	if (!event->clock)
		return;
	out->events[out->event_count++] = *event;
	if (k)
		(void)keep(call, k, event->payload_type);
}

void choice_answered(const struct msp_call *call, const struct sdp_media *peer, struct sounds *out)
{
	const struct sounds *offer = &call->offer.sounds;

	*out = *offer;
	out->codec_count = 0;
	for (size_t i = 0; i < offer->codec_count; i++) {
		if (peers_number(peer, offer->codecs[i].codec) >= 0)
			out->codecs[out->codec_count++] = offer->codecs[i];
	}
}
