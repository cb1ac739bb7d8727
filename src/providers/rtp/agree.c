// SPDX-License-Identifier: MIT
/* agree.c - offers and answers (RFC 3264): what two descriptions have in common. */
#include "rtp_msp.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>

/* The peer's direction from our side. */
static unsigned int turned(unsigned int direction)
{
	return (direction & SDP_SEND ? SDP_RECV : 0u) | (direction & SDP_RECV ? SDP_SEND : 0u);
}

static bool is_unicast(const struct sockaddr_storage *a)
{
	if (a->ss_family == AF_INET6)
		return ((const struct sockaddr_in6 *)(const void *)a)->sin6_addr.s6_addr[0] != 0xff;
	return (ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr) >> 28) != 14;
}

/* Why we cannot take part in an audio line; NULL: we can. */
static const char *why_not(const struct msp_call *call, const struct sdp_media *m, bool answer)
{
	const sa_family_t family = media_session_local(call->session)->sa_family;
	struct sdp_codec codec;
	struct sdp_event event;

	if (!choice_first(call, m, answer, &codec, &event))
		return "the two sides have no codec in common";
	if (!m->has_address || !is_unicast(&m->rtp) || !is_unicast(&m->rtcp) ||
			!address_port((const struct sockaddr *)&m->rtcp))
		return "the address of the audio cannot be used";
	if (m->rtp.ss_family != family || m->rtcp.ss_family != family)
		return "one side has IPv4, the other IPv6";
	return keys_why_not(call, m, answer);
}

/* The first line that we can take part in, or NULL and call->why. */
static const struct sdp_media *find_audio(struct msp_call *call, const struct sdp *sdp, bool answer)
{
	call->why = "there is no audio in the description";
	for (size_t i = 0; i < sdp->count; i++) {
		const struct sdp_media *m = &sdp->media[i];

		if (m->kind != SDP_AUDIO || !m->port)
			continue;
		call->why = why_not(call, m, answer);
		if (!call->why)
			return m;
	}
	return NULL;
}

static bool same_key(const struct agreement *a, const struct agreement *b)
{
	bool plain = !a->secure[MEDIA_RENDER];

	if (plain || !b->secure[MEDIA_RENDER])
		return plain == !b->secure[MEDIA_RENDER];
	return crypto_same_key(&a->keys[MEDIA_RENDER], &b->keys[MEDIA_RENDER]);
}

static bool same_peer(const struct agreement *a, const struct agreement *b)
{
	return address_equal((const struct sockaddr *)&a->rtp, (const struct sockaddr *)&b->rtp) &&
	       address_equal((const struct sockaddr *)&a->rtcp,
			       (const struct sockaddr *)&b->rtcp) &&
	       same_key(a, b) && a->latch.ss_family == b->latch.ss_family &&
	       (a->latch.ss_family == AF_UNSPEC ||
			       address_same_host((const struct sockaddr *)&a->latch,
					       (const struct sockaddr *)&b->latch));
}

/* Makes the clock thread go by the new agreement, or leaves everything as it is. */
static int commit(struct msp_call *call, const struct agreement *next)
{
	struct agreement before = call->agreement;
	const uint32_t number = call->agreement_number;
	const bool agreed = call->agreed;

	if (!agreed || !same_peer(next, &before))
		call->agreement_number++;
	call->agreement = *next;
	call->agreed = true;
	call->cause = CALL_CAUSE_REMOTE_REQUEST;
	if (call_publish(call) == 0) {
		keys_drop(&before);
		return 0;
	}
	call->agreement = before;
	call->agreement_number = number;
	call->agreed = agreed;
	mem_wipe(&before, sizeof(before));
	return 500;
}

/* The same, and keeps the description that it comes from. next's keys are moved or dropped. */
static int conclude(struct msp_call *call, struct agreement *next, const char *sdp, size_t size)
{
	char *copy = mem_dup(sdp, size);
	int code = copy ? commit(call, next) : 500;

	if (!code) {
		call_forget_sdp(call);
		call->peer_sdp = copy;
		call->peer_sdp_size = size;
		mem_wipe(next, sizeof(*next));
		return 0;
	}
	if (copy)
		mem_wipe(copy, size);
	mem_free(copy);
	keys_drop(next);
	return code;
}

/* The port at which media that we cannot play is kept: one pair of sockets, opened when needed. */
static uint16_t kept_port(struct msp_call *call, const struct sdp_media *m)
{
	const struct sockaddr *local = media_session_local(call->session);

	if (m->kind != SDP_VIDEO || !m->port || !m->plain_rtp ||
			!(call->media_types & TAPIMEDIATYPE_VIDEO))
		return 0;
	if (call->video.rtp < 0 && udp_pair_open(local, udp_port_range(), &call->video) < 0)
		return 0;
	return address_port((const struct sockaddr *)&call->video.local);
}

struct spoken { /* our line */
	const struct sounds *sounds;
	const struct sdes *sdes;
	unsigned int direction;
};

static void add_audio(struct msp_call *call, struct sdp_writer *w, const struct spoken *s)
{
	const struct sdp_audio ours = { .port = address_port(media_session_local(call->session)),
		.secure = s->sdes->savp,
		.codecs = s->sounds->codecs,
		.codec_count = s->sounds->codec_count,
		.events = s->sounds->events,
		.event_count = s->sounds->event_count,
		.direction = s->direction };

	sdp_add_audio(w, &ours);
	for (size_t i = 0; i < s->sdes->count; i++)
		sdp_add_crypto(w, &s->sdes->lines[i]);
}

/* A description with the lines of `like`, in which `audio` is ours (offers without an older
 * description: one line). */
static size_t write_sdp(struct msp_call *call, const struct sdp *like,
		const struct sdp_media *audio, const struct spoken *ours, char *out)
{
	const struct sockaddr *shown =
			call->settings.advertise.ss_family
					? (const struct sockaddr *)&call->settings.advertise
					: media_session_local(call->session);
	struct sdp_writer w;

	sdp_begin(&w, out, SDP_SIZE_MAX, shown, call->sdp_id, ++call->sdp_version);
	for (size_t i = 0; like && i < like->count; i++) {
		const struct sdp_media *m = &like->media[i];

		if (m == audio)
			add_audio(call, &w, ours);
		else
			sdp_add_kept(&w, m, kept_port(call, m));
	}
	if (!like)
		add_audio(call, &w, ours);
	return sdp_end(&w);
}

int agree_offer(struct msp_call *call, char *sdp, size_t *size)
{
	struct sdes sdes = { .count = 0 };
	const struct spoken ours = { &call->offer.sounds, &sdes, call->wish };
	const struct sdp_media *audio = NULL;
	struct sdp before;

	if (call->agreed) { /* so it could be read, and had this line */
		(void)sdp_read(call->peer_sdp, call->peer_sdp_size, &before);
		audio = &before.media[call->agreement.line];
	}
	choice_offer(call, audio, &call->offer.sounds);
	if (!call->offer.sounds.codec_count) {
		call->why = "none of the formats that the application wants is the line's";
		return 488;
	}
	keys_offer(call, &sdes);
	*size = write_sdp(call, audio ? &before : NULL, audio, &ours, sdp);
	mem_wipe(&sdes, sizeof(sdes));
	return *size ? 0 : 500;
}

static void take_media(const struct msp_call *call, const struct sdp_media *m, bool answer,
		struct agreement *a)
{
	a->latch = call->settings.latch;
	a->rtp = m->rtp;
	a->rtcp = m->rtcp;
	(void)choice_first(call, m, answer, &a->tx, &a->tx_event); /* there is one: why_not() */
	sdp_read_ask(m, &a->tx, &a->tx_event, &a->ask);
}

int agree_take_offer(struct msp_call *call, const char *offer, size_t offer_size, char *answer,
		size_t *answer_size)
{
	struct agreement next = { .direction = 0 };
	struct spoken ours = { &next.rx, &next.sdes, 0 };
	const struct sdp_media *audio;
	struct sdp sdp;
	int code, r = sdp_read(offer, offer_size, &sdp);

	if (r < 0)
		return r == -E2BIG ? 413 : 400;
	audio = find_audio(call, &sdp, false);
	if (!audio)
		return 488;
	code = keys_take(call, audio, false, &next);
	if (code)
		return code;
	next.line = (size_t)(audio - sdp.media);
	take_media(call, audio, false, &next);
	choice_answer(call, &next.tx, &next.tx_event, &next.rx);
	next.direction = turned(audio->direction) & call->wish;
	ours.direction = next.direction;
	*answer_size = write_sdp(call, &sdp, audio, &ours, answer);
	if (*answer_size)
		return conclude(call, &next, offer, offer_size);
	keys_drop(&next);
	return 413;
}

int agree_take_answer(struct msp_call *call, const char *answer, size_t size)
{
	struct agreement next = { .direction = 0 };
	const struct sdp_media *audio;
	struct sdp sdp;
	int code, r = sdp_read(answer, size, &sdp);

	if (r < 0)
		return r == -E2BIG ? 413 : 400;
	audio = find_audio(call, &sdp, true);
	if (!audio)
		return 488;
	code = keys_take(call, audio, true, &next);
	if (code)
		return code;
	next.line = (size_t)(audio - sdp.media);
	take_media(call, audio, true, &next);
	choice_answered(call, audio, &next.rx);
	next.direction = turned(audio->direction) & call->wish;
	return conclude(call, &next, answer, size);
}
