// SPDX-License-Identifier: MIT
/* peer.c - a peer of the rtp MSP that is not ours. */
#include "peer.h"

#include "base/clock.h"
#include "media/engine.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void world_open(struct end *e, const char *address)
{
	if (address)
		(void)setenv("TAPI_MEDIA_ADDRESS", address, 1);
	else
		(void)unsetenv("TAPI_MEDIA_ADDRESS");
	clock_set_virtual(1000000000u);
	media_engine_set_manual(true);
	end_open(e, TAPIMEDIATYPE_AUDIO, MSP_CALL_INCOMING);
}

void world_step(struct end *e, unsigned int ticks)
{
	for (; ticks; ticks--) {
		clock_advance_ms(20);
		media_engine_step(clock_now_ns());
		end_drain(e);
	}
}

void peer_open(struct peer *p, const char *host)
{
	static const struct udp_range range = { 42000, 43000 };
	struct sockaddr_storage local;

	memset(p, 0, sizeof(*p));
	ck_assert(address_parse(host, strlen(host), &local));
	ck_assert_int_eq(udp_pair_open((const struct sockaddr *)&local, range, &p->sockets), 0);
	p->next.ssrc = 0x1234;
	p->next.sequence = 65500;
	p->next.timestamp = 0xfffff000u;
}

void peer_close(struct peer *p)
{
	udp_pair_close(&p->sockets);
}

const char *peer_sdp(const struct peer *p, const char *profile, const char *extra)
{
	const struct sockaddr *a = (const struct sockaddr *)&p->sockets.local;
	static char text[2048];
	char host[64];

	address_text(a, host, sizeof(host));
	(void)snprintf(text, sizeof(text),
			"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN %s %s\r\nt=0 0\r\n"
			"m=audio %u %s 0\r\n%s",
			a->sa_family == AF_INET6 ? "IP6" : "IP4", host,
			(unsigned int)address_port(a), profile, extra);
	return text;
}

void peer_take(struct peer *p, const struct end_message *m)
{
	const char *body = strstr(m->bytes, "\n\n") + 2;
	struct sdp sdp;

	ck_assert_int_eq(sdp_read(body, strlen(body), &sdp), 0);
	p->theirs = sdp.media[0].rtp;
	p->theirs_rtcp = sdp.media[0].rtcp;
}

struct end_message peer_call(struct peer *p, struct end *e, const char *headers,
		const char *profile, const char *extra)
{
	struct end_message answer;
	char text[4096];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer 1\n%s\n%s", headers,
			peer_sdp(p, profile, extra));
	end_send(e, text);
	answer = end_expect(e, RTPMSG_ANSWER);
	peer_take(p, &answer);
	return answer;
}

void peer_send(struct peer *p, int fd, const struct sockaddr_storage *to, const void *bytes,
		size_t size)
{
	const struct sockaddr *a = (const struct sockaddr *)to;

	(void)p;
	ck_assert_int_eq(sendto(fd, bytes, size, 0, a, address_size(a)), (ssize_t)size);
}

void peer_say(struct peer *p)
{
	uint8_t packet[RTP_HEADER_SIZE + 160];

	memset(packet, 0xff, sizeof(packet));
	rtp_write(packet, &p->next);
	peer_send(p, p->sockets.rtp, &p->theirs, packet, sizeof(packet));
	p->next.sequence++;
	p->next.timestamp += 160;
}

unsigned int peer_heard(struct peer *p)
{
	uint8_t packet[RTP_PACKET_MAX];
	unsigned int n = 0;

	while (recv(p->sockets.rtp, packet, sizeof(packet), 0) > 0)
		n++;
	return n;
}
