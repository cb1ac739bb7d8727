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
static const char *why_not(const struct msp_call *call, const struct sdp_media *m)
{
	struct sdp_codec codec;
	struct sdp_event event;

	if (!m->plain_rtp)
		return "the audio is not plain RTP";
	if (!choice_first(call, m, &codec, &event))
		return "the two sides have no codec in common";
	if (!m->has_address || !is_unicast(&m->rtp) ||
			!address_port((const struct sockaddr *)&m->rtcp))
		return "the address of the audio cannot be used";
	if (m->rtp.ss_family != media_session_local(call->session)->sa_family)
		return "one side has IPv4, the other IPv6";
	return NULL;
}

/* The first line that we can take part in, or NULL and call->why. */
static const struct sdp_media *find_audio(struct msp_call *call, const struct sdp *sdp)
{
	call->why = "there is no audio in the description";
	for (size_t i = 0; i < sdp->count; i++) {
		const struct sdp_media *m = &sdp->media[i];

		if (m->kind != SDP_AUDIO || !m->port)
			continue;
		call->why = why_not(call, m);
		if (!call->why)
			return m;
	}
	return NULL;
}

static void forget_peer_sdp(struct msp_call *call, char *sdp, size_t size)
{
	mem_free(call->peer_sdp);
	call->peer_sdp = sdp;
	call->peer_sdp_size = size;
}

static bool same_peer(const struct agreement *a, const struct agreement *b)
{
	return address_equal((const struct sockaddr *)&a->rtp, (const struct sockaddr *)&b->rtp) &&
	       address_equal((const struct sockaddr *)&a->rtcp,
			       (const struct sockaddr *)&b->rtcp) &&
	       a->latch.ss_family == b->latch.ss_family &&
	       (a->latch.ss_family == AF_UNSPEC ||
			       address_same_host((const struct sockaddr *)&a->latch,
					       (const struct sockaddr *)&b->latch));
}

/* Makes the clock thread go by the new agreement, or leaves everything as it is. */
static int commit(struct msp_call *call, const struct agreement *next)
{
	const struct agreement before = call->agreement;
	const uint32_t number = call->agreement_number;
	const bool agreed = call->agreed;

	if (!agreed || !same_peer(next, &before))
		call->agreement_number++;
	call->agreement = *next;
	call->agreed = true;
	call->cause = CALL_CAUSE_REMOTE_REQUEST;
	if (call_publish(call) == 0)
		return 0;
	call->agreement = before;
	call->agreement_number = number;
	call->agreed = agreed;
	return 500;
}

/* The port at which media that we cannot play is kept: one pair of sockets, opened when needed. */
static uint16_t kept_port(struct msp_call *call, const struct sdp_media *m)
{
	const struct sockaddr *local = media_session_local(call->session);

	if (m->kind != SDP_VIDEO || !m->port || !(call->media_types & TAPIMEDIATYPE_VIDEO))
		return 0;
	if (call->video.rtp < 0 && udp_pair_open(local, udp_port_range(), &call->video) < 0) {
		call->video.rtp = call->video.rtcp = -1;
		return 0;
	}
	return address_port((const struct sockaddr *)&call->video.local);
}

/* A description with the lines of `like`, in which `audio` is ours (offers without an older
 * description: one line). */
static size_t write_sdp(struct msp_call *call, const struct sdp *like,
		const struct sdp_media *audio, const struct sounds *a, unsigned int direction,
		char *out)
{
	const struct sockaddr *local = media_session_local(call->session);
	const struct sockaddr *shown =
			call->settings.advertise.ss_family
					? (const struct sockaddr *)&call->settings.advertise
					: local;
	const struct sdp_audio ours = { .port = address_port(local),
		.codecs = a->codecs,
		.codec_count = a->codec_count,
		.events = a->events,
		.event_count = a->event_count,
		.direction = direction };
	struct sdp_writer w;

	sdp_begin(&w, out, SDP_SIZE_MAX, shown, call->sdp_id, ++call->sdp_version);
	for (size_t i = 0; like && i < like->count; i++) {
		const struct sdp_media *m = &like->media[i];

		if (m == audio)
			sdp_add_audio(&w, &ours);
		else
			sdp_add_kept(&w, m, kept_port(call, m));
	}
	if (!like || !audio)
		sdp_add_audio(&w, &ours);
	return sdp_end(&w);
}

int agree_offer(struct msp_call *call, char *sdp, size_t *size)
{
	const struct sdp_media *audio = NULL;
	struct sdp before;
	bool has_before = false;

	if (call->agreed && call->peer_sdp &&
			sdp_read(call->peer_sdp, call->peer_sdp_size, &before) == 0) {
		has_before = true;
		audio = find_audio(call, &before);
	}
	choice_offer(call, audio, &call->offer);
	*size = write_sdp(call, has_before ? &before : NULL, audio, &call->offer, call->wish, sdp);
	return *size ? 0 : 500;
}

static void take_media(const struct msp_call *call, const struct sdp_media *m, struct agreement *a)
{
	a->latch = call->settings.latch;
	a->rtp = m->rtp;
	a->rtcp = m->rtcp;
	(void)choice_first(call, m, &a->tx, &a->tx_event);
}

int agree_take_offer(struct msp_call *call, const char *offer, size_t offer_size, char *answer,
		size_t *answer_size)
{
	struct agreement next = { .direction = 0 };
	const struct sdp_media *audio;
	struct sdp sdp;
	char *copy;
	int code, r = sdp_read(offer, offer_size, &sdp);

	if (r < 0)
		return r == -E2BIG ? 413 : 400;
	audio = find_audio(call, &sdp);
	if (!audio)
		return 488;
	take_media(call, audio, &next);
	choice_answer(call, &next.tx, &next.tx_event, &next.rx);
	next.direction = turned(audio->direction) & call->wish;
	*answer_size = write_sdp(call, &sdp, audio, &next.rx, next.direction, answer);
	if (!*answer_size)
		return 413;
	copy = mem_dup(offer, offer_size);
	code = copy ? commit(call, &next) : 500;
	if (code)
		mem_free(copy);
	else
		forget_peer_sdp(call, copy, offer_size);
	return code;
}

int agree_take_answer(struct msp_call *call, const char *answer, size_t size)
{
	struct agreement next = { .direction = 0 };
	const struct sdp_media *audio;
	struct sdp sdp;
	char *copy;
	int code, r = sdp_read(answer, size, &sdp);

	if (r < 0)
		return r == -E2BIG ? 413 : 400;
	audio = find_audio(call, &sdp);
	if (!audio)
		return 488;
	take_media(call, audio, &next);
	choice_answered(call, audio, &next.rx);
	next.direction = turned(audio->direction) & call->wish;
	copy = mem_dup(answer, size);
	code = copy ? commit(call, &next) : 500;
	if (code)
		mem_free(copy);
	else
		forget_peer_sdp(call, copy, size);
	return code;
}
