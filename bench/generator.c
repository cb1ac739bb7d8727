// SPDX-License-Identifier: MIT
/* generator.c - the other end of many RTP streams. */
#include "generator.h"

#include "media/crypto.h"
#include "media/rtp.h"
#include "media/secure.h"
#include "place.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SLOT_NS     1000000u
#define SLOTS       20
#define BATCH       64
#define ROOM        (8 << 20) /* of a socket, as far as the system allows */
#define STAMP_NS    20000000
#define SETTLED_NS  500000000u /* before what is measured */
#define PACKET_ROOM ((RTP_HEADER_SIZE + GENERATOR_BYTES + SECURE_TRAILER + 7) / 8 * 8)

struct stream {
	uint16_t port, sequence, last;
	uint32_t timestamp;
	bool heard, settled;
	int64_t base_ns;  /* of its grid: the earliest arrival, less 20 ms for each packet */
	uint64_t packets; /* since it was first heard, lost ones included */
};

struct world {
	struct stream *streams;
	size_t count;
	int sockets[GENERATOR_SOCKETS];
	uint32_t by_port[65536];     /* stream number + 1 */
	struct media_secure *secure; /* or NULL */
	struct generator_times times;
	int64_t wall_ns; /* monotonic less real time */
	struct generator_result result;
};

static uint64_t now_of(clockid_t clock)
{
	struct timespec t;

	(void)clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t generator_now(void)
{
	return now_of(CLOCK_MONOTONIC);
}

void generator_sleep_until(uint64_t ns)
{
	const struct timespec t = { (time_t)(ns / 1000000000u), (long)(ns % 1000000000u) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

static bool in_window(const struct world *w, uint64_t ns)
{
	return ns >= w->times.begin_ns && ns < w->times.end_ns;
}

/* --- what arrives --------------------------------------------------------------------------- */

static void take(struct world *w, struct stream *s, uint16_t sequence, int64_t at_ns)
{
	bool counts = in_window(w, (uint64_t)at_ns);
	uint16_t step = (uint16_t)(sequence - s->last);
	int64_t base;

	if (!s->heard) {
		s->heard = true;
		s->base_ns = at_ns;
		w->result.streams++;
	} else {
		s->packets += step;
		if (counts)
			w->result.lost += step - 1u;
	}
	s->last = sequence;
	base = at_ns - (int64_t)s->packets * STAMP_NS;
	/* The first packets leave early, when little is to be done yet. */
	if (!s->settled && (uint64_t)at_ns + SETTLED_NS >= w->times.begin_ns) {
		s->settled = true;
		s->base_ns = base;
	}
	if (base < s->base_ns)
		s->base_ns = base;
	if (!counts)
		return;
	w->result.received++;
	w->result.late += base - s->base_ns > GENERATOR_LATE_NS;
	if ((base - s->base_ns) / 1000 > w->result.worst_us)
		w->result.worst_us = (uint32_t)((base - s->base_ns) / 1000);
}

static int64_t stamp_of(struct msghdr *m)
{
	struct timespec t = { 0, 0 };

	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS)
			memcpy(&t, CMSG_DATA(c), sizeof(t));
	}
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void drain(struct world *w, int fd)
{
	static uint8_t packets[BATCH][256];
	static _Alignas(struct cmsghdr) char control[BATCH][CMSG_SPACE(sizeof(struct timespec))];
	struct sockaddr_in from[BATCH];
	struct mmsghdr m[BATCH];
	struct iovec v[BATCH];
	int n;

	do {
		memset(m, 0, sizeof(m));
		for (int i = 0; i < BATCH; i++) {
			v[i] = (struct iovec){ packets[i], sizeof(packets[i]) };
			m[i].msg_hdr.msg_iov = &v[i];
			m[i].msg_hdr.msg_iovlen = 1;
			m[i].msg_hdr.msg_name = &from[i];
			m[i].msg_hdr.msg_namelen = sizeof(from[i]);
			m[i].msg_hdr.msg_control = control[i];
			m[i].msg_hdr.msg_controllen = sizeof(control[i]);
		}
		n = recvmmsg(fd, m, BATCH, MSG_DONTWAIT, NULL);
		for (int i = 0; i < n; i++) {
			uint32_t which = w->by_port[ntohs(from[i].sin_port)];
			struct rtp_header h;

			if (which && rtp_read_header(packets[i], m[i].msg_len, &h))
				take(w, &w->streams[which - 1], h.sequence,
						stamp_of(&m[i].msg_hdr) + w->wall_ns);
		}
	} while (n == BATCH);
}

/* --- what is sent --------------------------------------------------------------------------- */

static void fill(struct stream *s, size_t i, uint8_t *packet, struct sockaddr_in *to)
{
	const struct rtp_header h = {
		.sequence = s->sequence++, .timestamp = s->timestamp, .ssrc = (uint32_t)i + 1
	};

	s->timestamp += GENERATOR_BYTES;
	rtp_write(packet, &h);
	memset(to, 0, sizeof(*to));
	to->sin_family = AF_INET;
	to->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to->sin_port = htons(s->port);
}

/* Streams k, k + SLOTS * GENERATOR_SOCKETS ...: those of one socket in one slot. */
static void send_some(struct world *w, size_t first, int fd, uint64_t now_ns)
{
	static _Alignas(uint64_t) uint8_t packets[BATCH][PACKET_ROOM];
	struct sockaddr_in to[BATCH];
	struct mmsghdr m[BATCH];
	struct iovec v[BATCH];
	size_t i = first;

	while (i < w->count) {
		unsigned int n = 0;

		for (; n < BATCH && i < w->count; n++, i += (size_t)SLOTS * GENERATOR_SOCKETS) {
			fill(&w->streams[i], i, packets[n], &to[n]);
			v[n] = (struct iovec){ packets[n], RTP_HEADER_SIZE + GENERATOR_BYTES };
			if (w->secure)
				(void)secure_protect(w->secure, false, packets[n], &v[n].iov_len);
			memset(&m[n], 0, sizeof(m[n]));
			m[n].msg_hdr.msg_iov = &v[n];
			m[n].msg_hdr.msg_iovlen = 1;
			m[n].msg_hdr.msg_name = &to[n];
			m[n].msg_hdr.msg_namelen = sizeof(to[n]);
		}
		(void)sendmmsg(fd, m, n, 0);
		if (in_window(w, now_ns))
			w->result.sent += n;
	}
}

static void run(struct world *w)
{
	uint64_t at = w->times.start_ns;

	/* A little longer than it measures, so that nothing is missing at the end. */
	for (size_t slot = 0; at < w->times.end_ns + 100000000u; slot++, at += SLOT_NS) {
		generator_sleep_until(at);
		for (size_t k = 0; k < GENERATOR_SOCKETS; k++)
			send_some(w, slot % SLOTS * GENERATOR_SOCKETS + k, w->sockets[k], at);
		for (size_t k = 0; k < GENERATOR_SOCKETS; k++)
			drain(w, w->sockets[k]);
	}
}

/* --- the process ---------------------------------------------------------------------------- */

static int open_socket(uint16_t *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_DGRAM, 0), room = ROOM, on = 1;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
			getsockname(fd, (struct sockaddr *)&a, &size) < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	(void)setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on));
	*port = ntohs(a.sin_port);
	return fd;
}

static bool read_all(int fd, void *p, size_t size)
{
	char *to = p;

	for (ssize_t n; size; to += n, size -= (size_t)n) {
		n = read(fd, to, size);
		if (n <= 0)
			return false;
	}
	return true;
}

static bool write_all(int fd, const void *p, size_t size)
{
	const char *from = p;

	for (ssize_t n; size; from += n, size -= (size_t)n) {
		n = write(fd, from, size);
		if (n <= 0)
			return false;
	}
	return true;
}

static int serve(struct generator *g, struct world *w, int in, int out)
{
	for (size_t k = 0; k < GENERATOR_SOCKETS; k++) {
		w->sockets[k] = open_socket(&g->port[k]);
		if (w->sockets[k] < 0)
			return 1;
	}
	if (!write_all(out, g->port, sizeof(g->port)) ||
			!read_all(in, &w->count, sizeof(w->count)) ||
			!read_all(in, &w->times, sizeof(w->times)))
		return 1;
	w->streams = calloc(w->count, sizeof(*w->streams));
	for (size_t i = 0; w->streams && i < w->count; i++) {
		if (!read_all(in, &w->streams[i].port, sizeof(w->streams[i].port)))
			return 1;
		w->by_port[w->streams[i].port] = (uint32_t)i + 1;
	}
	if (!w->streams)
		return 1;
	w->wall_ns = (int64_t)(generator_now() - now_of(CLOCK_REALTIME));
	run(w);
	return !write_all(out, &w->result, sizeof(w->result));
}

/* 0 or -errno. */
static int take_key(struct world *w, const char *crypto)
{
	struct crypto_line line;

	if (!crypto)
		return 0;
	return crypto_read(crypto, strlen(crypto), &line)
			       ? media_secure_new(&line.key, false, &w->secure)
			       : -EINVAL;
}

int generator_start(struct generator *g, int cpu, const char *crypto)
{
	static struct world world;
	int to[2], from[2];

	if (pipe(to) < 0 || pipe(from) < 0)
		return -errno;
	g->pid = fork();
	if (g->pid < 0)
		return -errno;
	if (g->pid == 0) {
		(void)close(to[1]);
		(void)place_pin(0, cpu);
		_exit(take_key(&world, crypto) < 0 || serve(g, &world, to[0], from[1]));
	}
	(void)close(to[0]);
	(void)close(from[1]);
	g->to = to[1];
	g->from = from[0];
	return read_all(g->from, g->port, sizeof(g->port)) ? 0 : -EPIPE;
}

int generator_run(struct generator *g, const uint16_t *ports, size_t count,
		const struct generator_times *times)
{
	bool good = write_all(g->to, &count, sizeof(count)) &&
		    write_all(g->to, times, sizeof(*times)) &&
		    write_all(g->to, ports, count * sizeof(*ports));

	return good ? 0 : -EPIPE;
}

int generator_end(struct generator *g, struct generator_result *out)
{
	int r = read_all(g->from, out, sizeof(*out)) ? 0 : -EPIPE;

	(void)waitpid(g->pid, NULL, 0);
	(void)close(g->to);
	(void)close(g->from);
	return r;
}

void generator_print(const struct generator_result *r)
{
	printf("streams=%llu sent=%llu received=%llu lost=%llu late=%llu late_percent=%.3f "
	       "worst_us=%lu",
			(unsigned long long)r->streams, (unsigned long long)r->sent,
			(unsigned long long)r->received, (unsigned long long)r->lost,
			(unsigned long long)r->late,
			r->received ? 100.0 * (double)r->late / (double)r->received : 100.0,
			(unsigned long)r->worst_us);
}
