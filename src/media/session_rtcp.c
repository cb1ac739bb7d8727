// SPDX-License-Identifier: MIT
/* session_rtcp.c - reports of a session (RFC 3550 section 6), every five seconds or so. */
#include "media/session_private.h"

#include "base/clock.h"

#define FIRST_NS    1000000000u
#define INTERVAL_NS 5000000000u
#define PACKETS_MAX 16
#define TRIP_MAX    (60 * 65536u) /* in 65536ths of a second, as the next */
#define ROUNDING    655u

static const struct media_plan *plan_of(const struct media_session *s)
{
	struct published_plan *p = atomic_load(&s->plan);

	return p ? &p->plan : NULL;
}

/* NTP time: seconds in the upper half, fractions in the lower. */
static uint64_t ntp_time(const struct media_session *s, uint64_t now_ns)
{
	uint64_t ns = s->wall_ns + now_ns;

	return ns / 1000000000u << 32 | ((ns % 1000000000u) << 32) / 1000000000u;
}

static uint32_t ticks_to_us(const struct media_session *s, uint32_t ticks)
{
	return s->tx.clock ? (uint32_t)((uint64_t)ticks * 1000000u / s->tx.clock) : 0;
}

/* By the clock itself: the turn may have lasted a while. Who has sent nothing says no goodbye (RFC
 * 3550 section 6.3.7). */
void rtcp_send(struct media_session *s, bool bye)
{
	const uint64_t now_ns = clock_now_ns();
	const struct media_plan *plan = plan_of(s);
	struct rtcp_report r = { .ssrc = s->tx.ssrc, .bye = bye };
	_Alignas(uint64_t) uint8_t packet[RTCP_PACKET_MAX + SECURE_TRAILER];
	size_t size;

	r.packets = (uint32_t)(atomic_load(&s->figures[MEDIA_CAPTURE].packets) -
			       s->tx.packets_before);
	r.bytes = (uint32_t)(atomic_load(&s->figures[MEDIA_CAPTURE].bytes) - s->tx.bytes_before);
	r.is_sender = r.packets > 0;
	if (!plan || (bye && !r.is_sender && !s->tx.reported))
		return;
	r.ntp = ntp_time(s, now_ns);
	r.timestamp = s->tx.timestamp;
	r.has_block = s->rx.source.seen;
	if (r.has_block)
		rtp_source_block(&s->rx.source, now_ns, &r.block);
	size = rtcp_write(packet, &r, s->cname);
	if (session_send(s, plan, PORT_RTCP, packet, size))
		s->tx.reported = true;
}

void rtcp_send_due(struct media_session *s, uint64_t now_ns)
{
	if (s->report_ns == 0)
		s->report_ns = now_ns + FIRST_NS;
	if (now_ns < s->report_ns)
		return;
	/* Half to one and a half of the interval, so that many sessions do not meet. */
	s->chance = s->chance * 1664525u + 1013904223u;
	s->report_ns = now_ns + INTERVAL_NS / 2 + (s->chance >> 16) * (INTERVAL_NS >> 16);
	rtcp_send(s, false);
}

static void take_block(struct media_session *s, const struct rtcp_block *b, uint64_t now_ns)
{
	uint32_t now = (uint32_t)(ntp_time(s, now_ns) >> 16), trip;

	atomic_store(&s->figures[MEDIA_CAPTURE].lost, (uint64_t)(b->lost > 0 ? b->lost : 0));
	atomic_store(&s->figures[MEDIA_CAPTURE].jitter_us, ticks_to_us(s, b->jitter));
	if (b->last_sr == 0)
		return;
	trip = now - b->last_sr - b->delay;
	if (trip > UINT32_MAX - ROUNDING)
		trip = 0;
	if (trip >= TRIP_MAX)
		return;
	trip = (uint32_t)((uint64_t)trip * 1000000u >> 16);
	for (int w = 0; w < MEDIA_DIRECTIONS; w++)
		atomic_store(&s->figures[w].round_trip_us, trip ? trip : 1);
}

void rtcp_receive(struct media_session *s, const struct media_plan *plan, uint64_t now_ns)
{
	_Alignas(uint64_t) uint8_t packet[RTP_PACKET_MAX];
	struct arrival a = { .now_ns = now_ns };
	struct rtcp_report r;
	size_t size;

	/* Asking costs as much as encoding a frame, and when it came is known anyway. */
	if (s->stamped && !s->looks)
		return;
	for (int i = 0; i < PACKETS_MAX; i++) {
		ssize_t n = session_take(s, plan, PORT_RTCP, packet, &a);

		if (n < 0)
			return;
		size = (size_t)n;
		if (size == 0 || !session_open(s, plan, PORT_RTCP, packet, &size) ||
				!rtcp_read(packet, size, s->tx.ssrc, &r))
			continue;
		session_latch(s, plan, PORT_RTCP, &a.from);
		if (r.is_sender && s->rx.source.seen && r.ssrc == s->rx.source.ssrc) {
			s->rx.source.last_sr = (uint32_t)(r.ntp >> 16);
			s->rx.source.last_sr_ns = a.at_ns;
		}
		if (r.bye && r.bye_ssrc == s->rx.source.ssrc)
			s->rx.source.gone = true;
		if (r.has_block)
			take_block(s, &r.block, a.at_ns);
	}
}
