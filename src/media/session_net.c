// SPDX-License-Identifier: MIT
/* session_net.c - packets of a session on their way: whose are taken, and where ours go. Clock
 * thread: no allocation, no lock, no log. */
#include "media/session_private.h"

#include "base/os.h"

#include <errno.h>
#include <string.h>

static bool latches(const struct media_plan *plan)
{
	return plan->latch.ss_family != AF_UNSPEC;
}

static const struct sockaddr_storage *agreed(const struct media_plan *plan, enum media_port port)
{
	return port == PORT_RTP ? &plan->rtp : &plan->rtcp;
}

static bool is_peer(const struct media_session *s, const struct media_plan *plan,
		enum media_port port, const struct sockaddr_storage *from)
{
	const struct sockaddr_storage *known = &s->latched[port];
	const struct sockaddr *a = (const struct sockaddr *)from;

	if (!latches(plan))
		known = agreed(plan, port);
	if (known->ss_family == AF_UNSPEC)
		return address_same_host(a, (const struct sockaddr *)&plan->latch);
	return address_equal(a, (const struct sockaddr *)known);
}

static int socket_of(const struct media_session *s, enum media_port port)
{
	return port == PORT_RTP ? s->sockets.rtp : s->sockets.rtcp;
}

ssize_t session_take(struct media_session *s, const struct media_plan *plan, enum media_port port,
		uint8_t *packet, struct arrival *a)
{
	uint64_t age_ns;
	ssize_t n;

	do
		n = os_receive(socket_of(s, port), packet, RTP_PACKET_MAX, &a->from, &age_ns);
	while (n == -ECONNREFUSED); /* once for each packet that we sent */
	if (n < 0)
		return -1;
	a->at_ns = a->now_ns - (s->stamped ? age_ns : 0);
	/* What came before the socket was connected may be anybody's. */
	return is_peer(s, plan, port, &a->from) ? n : 0;
}

void session_latch(struct media_session *s, const struct media_plan *plan, enum media_port port,
		const struct sockaddr_storage *from)
{
	if (!latches(plan) || s->latched[port].ss_family != AF_UNSPEC)
		return;
	s->latched[port] = *from;
	if (port == PORT_RTP)
		atomic_store(&s->latched_port, address_port((const struct sockaddr *)from));
}

void session_unlatch(struct media_session *s)
{
	memset(s->latched, 0, sizeof(s->latched));
	atomic_store(&s->latched_port, 0);
}

bool session_open(struct media_session *s, const struct media_plan *plan, enum media_port port,
		uint8_t *packet, size_t *size)
{
	struct media_secure *secure = plan->secure[MEDIA_RENDER];
	struct figures *f = &s->figures[MEDIA_RENDER];

	switch (secure ? secure_unprotect(secure, port == PORT_RTCP, packet, size) : SECURE_GOOD) {
	case SECURE_GOOD:
		return true;
	case SECURE_REPEATED:
		session_count(&f->duplicate, 1);
		return false;
	case SECURE_BAD:
		break;
	}
	session_count(&f->stranger, 1);
	return false;
}

bool session_send(struct media_session *s, const struct media_plan *plan, enum media_port port,
		uint8_t *packet, size_t size)
{
	struct media_secure *secure = plan->secure[MEDIA_CAPTURE];
	const struct sockaddr_storage *to = NULL;

	if (secure && !secure_protect(secure, port == PORT_RTCP, packet, &size))
		return false;
	if (latches(plan)) {
		to = &s->latched[port];
		if (to->ss_family == AF_UNSPEC)
			to = agreed(plan, port);
	}
	return sendto(socket_of(s, port), packet, size, MSG_DONTWAIT, (const struct sockaddr *)to,
			       to ? address_size((const struct sockaddr *)to) : 0) >= 0;
}
