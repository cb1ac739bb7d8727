// SPDX-License-Identifier: MIT
/* session_receive.c - what arrives in a session: packets of the peer become sound in the jitter
 * buffer and digits. Clock thread: no allocation, no lock, no log. */
#include "media/session_private.h"

#define PACKETS_MAX 256

static void tell_digits(struct media_session *s, const struct media_plan *plan,
		const struct event_change *changes, int n, uint64_t now_ns)
{
	for (int i = 0; i < n; i++)
		session_hear_event(s, plan, &changes[i],
				(uint32_t)((uint64_t)changes[i].duration * 1000 /
						s->rx.event_clock),
				now_ns);
}

void session_forget_digits(struct media_session *s, const struct media_plan *plan, uint64_t now_ns)
{
	struct event_change change[1];

	tell_digits(s, plan, change, event_receiver_stop(&s->rx.digits, change), now_ns);
}

static void take_digit(struct media_session *s, const struct media_plan *plan,
		const struct rtp_header *h, const uint8_t *payload, size_t size, uint64_t now_ns)
{
	struct event_receiver *r = &s->rx.digits;
	struct event_change changes[3];
	int n = event_receiver_packet(r, h->timestamp, payload, size, changes);
	const struct jitter_digit d = { .digit = digit_of_event(r->event),
		.from = event_receiver_end(r) - r->grown,
		.length = r->grown,
		.clock = s->rx.event_clock,
		.lasts = r->active };

	tell_digits(s, plan, changes, n, now_ns);
	jitter_put_digit(&s->rx.jitter, &d, h->sequence);
}

static uint32_t event_clock(const struct media_plan *plan, uint8_t payload_type)
{
	for (size_t i = 0; i < plan->rx_event_count; i++) {
		if (plan->rx_events[i].payload_type == payload_type)
			return plan->rx_events[i].clock;
	}
	return 0;
}

static const struct codec *find_codec(const struct media_plan *plan, uint8_t payload_type)
{
	for (size_t i = 0; i < plan->rx_count; i++) {
		if (plan->rx[i].payload_type == payload_type)
			return plan->rx[i].codec;
	}
	return NULL;
}

static void put_sound(struct media_session *s, const struct codec *codec,
		const struct rtp_header *h, const uint8_t *payload, size_t size)
{
	struct figures *f = &s->figures[MEDIA_RENDER];
	const unsigned int breaks = s->rx.jitter.breaks;

	switch (jitter_put(&s->rx.jitter, codec, h->timestamp, h->sequence, payload, size)) {
	case JITTER_TAKEN:
		atomic_store_explicit(&s->heard, codec, memory_order_relaxed);
		break;
	case JITTER_DUPLICATE:
		session_count(&f->duplicate, 1);
		break;
	case JITTER_LATE:
		session_count(&f->late, 1);
		break;
	case JITTER_FULL:
		session_count(&f->stranger, 1);
		break;
	}
	if (s->rx.jitter.breaks != breaks)
		event_receiver_break(&s->rx.digits);
}

static uint64_t lost_now(const struct media_session *s)
{
	int64_t lost = rtp_source_lost(&s->rx.source);

	return s->lost_before + (uint64_t)(lost > 0 ? lost : 0);
}

void session_forget_source(struct media_session *s)
{
	s->lost_before = lost_now(s);
	s->rx.source.seen = false;
}

/* From its header alone: something that was agreed, of the source that is heard. */
static bool is_welcome(const struct media_session *s, const struct media_plan *plan,
		const struct rtp_header *h, uint64_t now_ns)
{
	return (event_clock(plan, h->payload_type) || find_codec(plan, h->payload_type)) &&
	       rtp_source_admits(&s->rx.source, h->ssrc, now_ns);
}

static void follow_source(struct media_session *s, const struct media_plan *plan,
		const struct rtp_header *h, const struct codec *codec, const struct arrival *a)
{
	if (s->rx.source.ssrc != h->ssrc)
		session_forget_source(s);
	if (rtp_source_received(&s->rx.source, h, a->at_ns, codec ? codec->clock : 0)) {
		jitter_init(&s->rx.jitter);
		session_forget_digits(s, plan, a->now_ns);
		atomic_store(&s->figures[MEDIA_RENDER].ssrc, h->ssrc);
	}
	s->rx.heard = true;
	s->rx.heard_ns = a->now_ns;
}

/* False: not the peer's, and counted as that. */
static bool take_packet(struct media_session *s, const struct media_plan *plan, uint8_t *packet,
		size_t size, const struct arrival *a)
{
	struct figures *f = &s->figures[MEDIA_RENDER];
	const struct codec *codec;
	const uint8_t *payload;
	size_t payload_size;
	struct rtp_header h;
	uint32_t clock;

	if (!rtp_read_header(packet, size, &h) || !is_welcome(s, plan, &h, a->now_ns)) {
		session_count(&f->stranger, 1);
		return false;
	}
	if (!session_open(s, plan, PORT_RTP, packet, &size))
		return false;
	if (!rtp_read(packet, size, &h, &payload, &payload_size)) {
		session_count(&f->stranger, 1);
		return false;
	}
	clock = event_clock(plan, h.payload_type);
	codec = clock ? NULL : find_codec(plan, h.payload_type);
	follow_source(s, plan, &h, codec, a);
	session_count(&f->packets, 1);
	session_count(&f->bytes, payload_size);
	s->rx.whole = codec &&
		      codec_samples(codec, payload, payload_size) >= codec->rate / TICKS_PER_S;
	if (clock) {
		s->rx.event_clock = clock;
		take_digit(s, plan, &h, payload, payload_size, a->now_ns);
	} else {
		put_sound(s, codec, &h, payload, payload_size);
	}
	return true;
}

static void watch_source(struct media_session *s)
{
	struct figures *f = &s->figures[MEDIA_RENDER];

	atomic_store(&f->lost, lost_now(s));
	atomic_store(&f->jitter_us, rtp_source_jitter_us(&s->rx.source));
}

/* Where one packet comes in each tick, asking for another costs as much as encoding a frame, and
 * what is early can wait for its tick: that makes nothing later than what was before it. */
static bool is_enough(const struct media_session *s, unsigned int found_before)
{
	return found_before == 1 && s->rx.whole && !s->looks;
}

void session_receive(struct media_session *s, const struct media_plan *plan, uint64_t now_ns)
{
	_Alignas(uint64_t) uint8_t packet[RTP_PACKET_MAX];
	struct arrival a = { .now_ns = now_ns };
	const unsigned int found_before = s->rx.found;
	struct event_change change[1];
	ssize_t n;

	s->rx.found = 0;
	for (int i = 0; i < PACKETS_MAX; i++) {
		n = session_take(s, plan, PORT_RTP, packet, &a);
		if (n < 0)
			break;
		if (!plan->way[MEDIA_RENDER].agreed)
			continue;
		if (!take_packet(s, plan, packet, (size_t)n, &a))
			continue;
		session_latch(s, plan, PORT_RTP, &a.from);
		s->rx.found++;
		if (is_enough(s, found_before))
			break;
	}
	tell_digits(s, plan, change, event_receiver_tick(&s->rx.digits, change), now_ns);
	watch_source(s);
}
