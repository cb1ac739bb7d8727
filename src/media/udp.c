// SPDX-License-Identifier: MIT
/* udp.c - RTP and RTCP sockets. */
#include "media/udp.h"

#include "base/os.h"
#include "base/random.h"
#include "media/sdp.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PORT_FIRST 16384
#define PORT_LAST  32767

/* Asks the routing table only; no packet is sent. */
static int ask_route(const char *host, struct sockaddr_storage *out)
{
	struct sockaddr_storage outside;
	const struct sockaddr *to = (const struct sockaddr *)&outside;
	socklen_t size = sizeof(*out);
	int fd, r = 0;

	(void)address_parse(host, strlen(host), &outside);
	address_set_port((struct sockaddr *)&outside, 9);
	fd = socket(outside.ss_family, SOCK_DGRAM, 0);
	if (fd < 0)
		return -errno;
	if (connect(fd, to, address_size(to)) < 0 ||
			getsockname(fd, (struct sockaddr *)out, &size) < 0)
		r = -errno;
	(void)close(fd);
	return r;
}

void udp_local_address(const struct sockaddr_storage *wanted, struct sockaddr_storage *out)
{
	const char *text = getenv("TAPI_MEDIA_ADDRESS");
	bool any = wanted->ss_family == AF_UNSPEC;

	if (text && address_parse(text, strlen(text), out) &&
			(any || out->ss_family == wanted->ss_family))
		return;
	if (!any)
		*out = *wanted;
	else if (ask_route("192.0.2.1", out) < 0 && ask_route("2001:db8::1", out) < 0)
		(void)address_parse("127.0.0.1", 9, out);
	address_set_port((struct sockaddr *)out, 0);
}

struct udp_range udp_port_range(void)
{
	struct udp_range range = { PORT_FIRST, PORT_LAST };
	const char *text = getenv("TAPI_MEDIA_PORTS");
	char *end;
	unsigned long first, last;

	if (!text)
		return range;
	first = strtoul(text, &end, 10);
	if (*end != '-' || first < 1024)
		return range;
	last = strtoul(end + 1, &end, 10);
	if (*end || last > UINT16_MAX || last <= first)
		return range;
	range.first = (uint16_t)first;
	range.last = (uint16_t)last;
	return range;
}

/* A bound socket or -errno. */
static int open_port(const struct sockaddr *address, uint16_t port)
{
	struct sockaddr_storage a;
	int fd, r;

	memset(&a, 0, sizeof(a));
	memcpy(&a, address, address_size(address));
	address_set_port((struct sockaddr *)&a, port);
	fd = os_udp_socket(address->sa_family);
	if (fd < 0)
		return fd;
	r = 0;
	if (bind(fd, (const struct sockaddr *)&a, address_size(address)) < 0)
		r = -errno;
	if (!r)
		return fd;
	(void)close(fd);
	return r;
}

static int open_pair_at(const struct sockaddr *address, uint16_t port, struct udp_pair *out)
{
	int rtp = open_port(address, port), rtcp;

	if (rtp < 0)
		return rtp;
	rtcp = open_port(address, (uint16_t)(port + 1));
	if (rtcp < 0) {
		(void)close(rtp);
		return rtcp;
	}
	out->rtp = rtp;
	out->rtcp = rtcp;
	memset(&out->local, 0, sizeof(out->local));
	memcpy(&out->local, address, address_size(address));
	address_set_port((struct sockaddr *)&out->local, port);
	return 0;
}

int udp_pair_open(const struct sockaddr *address, struct udp_range range, struct udp_pair *out)
{
	unsigned int first = (range.first + 1u) / 2, last = (range.last - 1u) / 2;
	unsigned int pairs = last >= first ? last - first + 1 : 0;
	unsigned int start = pairs ? (unsigned int)(random_u64() % pairs) : 0;
	int r = -EADDRINUSE;

	for (unsigned int i = 0; i < pairs; i++) {
		unsigned int port = 2 * (first + (start + i) % pairs);

		r = open_pair_at(address, (uint16_t)port, out);
		if (r != -EADDRINUSE)
			return r;
	}
	return r;
}

int udp_pair_connect(const struct udp_pair *p, const struct sockaddr *rtp,
		const struct sockaddr *rtcp)
{
	if (connect(p->rtp, rtp, address_size(rtp)) < 0 ||
			connect(p->rtcp, rtcp, address_size(rtcp)) < 0)
		return -errno;
	return 0;
}

static int disconnect(int fd)
{
	const struct sockaddr none = { .sa_family = AF_UNSPEC };

	/* Some systems complain about the family and do it nevertheless. */
	if (connect(fd, &none, sizeof(none)) < 0 && errno != EAFNOSUPPORT && errno != EINVAL)
		return -errno;
	return 0;
}

int udp_pair_disconnect(const struct udp_pair *p)
{
	int r = disconnect(p->rtp);

	return r < 0 ? r : disconnect(p->rtcp);
}

void udp_pair_close(struct udp_pair *p)
{
	if (p->rtp >= 0)
		(void)close(p->rtp);
	if (p->rtcp >= 0)
		(void)close(p->rtcp);
	p->rtp = p->rtcp = -1;
}
