// SPDX-License-Identifier: MIT
/* floor_rtp.c - what many G.711 streams cost at least on this machine: one thread, one connected
 * socket a stream, and each 20 ms for each stream: take what is there, decode it, encode a frame,
 * send it, with spandsp's inline functions; no jitter buffer, no reports, no terminals. Digits:
 * they are looked for in what is decoded. Or bridged: each two streams are a call, what is decoded
 * from one is encoded for the other, and digits are looked for. Or a conference of each ten. */
#include "floor_mix.h"
#include "generator.h"
#include "media/rtp.h"
#include "place.h"

#include <errno.h>
#include <netinet/in.h>
#include <spandsp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define TICK_NS 20000000u
#define PARTIES 10

static const char usage[] = "usage: bench-floor-rtp STREAMS SECONDS MODE PLACE\n"
			    "\n"
			    "MODE: plain, digits, bridged or conference.\n"
			    "PLACE: 0:1 the streams on CPU 0, the generator on 1.\n";

_Static_assert(GENERATOR_BYTES == FLOOR_MIX_SAMPLES, "a packet is what is mixed at a time");

struct stream {
	int fd;
	struct rtp_header next;
	struct floor_party sound;
	dtmf_rx_state_t *digits; /* or NULL */
	uint16_t last;
	uint64_t received, missed;
};

static int open_stream(struct stream *s, uint16_t peer, uint16_t *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t size = sizeof(a);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (s->fd < 0 || bind(s->fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
			getsockname(s->fd, (struct sockaddr *)&a, &size) < 0)
		return -errno;
	*port = ntohs(a.sin_port);
	a.sin_port = htons(peer);
	return connect(s->fd, (struct sockaddr *)&a, sizeof(a)) < 0 ? -errno : 0;
}

static void hear(struct stream *s)
{
	uint8_t packet[RTP_PACKET_MAX];
	const uint8_t *payload;
	struct rtp_header h;
	size_t size;

	for (ssize_t n; (n = recv(s->fd, packet, sizeof(packet), MSG_DONTWAIT)) > 0;) {
		if (!rtp_read(packet, (size_t)n, &h, &payload, &size))
			continue;
		for (size_t i = 0; i < size && i < GENERATOR_BYTES; i++)
			s->sound.said[i] = ulaw_to_linear(payload[i]);
		if (s->digits)
			(void)dtmf_rx(s->digits, s->sound.said, GENERATOR_BYTES);
		s->missed += s->received ? (uint16_t)(h.sequence - s->last - 1) : 0u;
		s->last = h.sequence;
		s->received++;
	}
}

static void speak(struct stream *s, const int16_t *samples)
{
	uint8_t packet[RTP_HEADER_SIZE + GENERATOR_BYTES];

	rtp_write(packet, &s->next);
	for (int i = 0; i < GENERATOR_BYTES; i++)
		packet[RTP_HEADER_SIZE + i] = linear_to_ulaw(samples[i]);
	(void)send(s->fd, packet, sizeof(packet), MSG_DONTWAIT);
	s->next.sequence++;
	s->next.timestamp += GENERATOR_BYTES;
}

static void confer(struct stream *streams, size_t count)
{
	struct floor_party *parties[PARTIES];

	for (size_t i = 0; i < count; i++) {
		hear(&streams[i]);
		parties[i] = &streams[i].sound;
	}
	floor_mix(parties, count);
	for (size_t i = 0; i < count; i++)
		speak(&streams[i], streams[i].sound.hears);
}

static void tick_each(struct stream *streams, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		hear(&streams[i]);
		speak(&streams[i], streams[i].sound.said);
	}
}

static void tick_pairs(struct stream *streams, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		hear(&streams[i]);
		speak(&streams[i], streams[i ^ 1].sound.said);
	}
}

static void tick_conferences(struct stream *streams, size_t count)
{
	for (size_t i = 0; i < count; i += PARTIES)
		confer(streams + i, count - i < PARTIES ? count - i : PARTIES);
}

static const struct mode {
	const char *name;
	void (*tick)(struct stream *streams, size_t count);
	bool digits;
} modes[] = {
	{ "plain", tick_each, false },
	{ "digits", tick_each, true },
	{ "bridged", tick_pairs, true },
	{ "conference", tick_conferences, false },
};

static const struct mode *find_mode(const char *name)
{
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(modes[i].name, name) == 0)
			return &modes[i];
	}
	return NULL;
}

static void run(struct stream *streams, size_t count, const struct mode *mode,
		const struct generator_times *times)
{
	uint64_t at = times->start_ns, cpu = 0, missed = 0;
	uint64_t ticks = (times->end_ns - times->begin_ns) / TICK_NS;

	for (; at < times->end_ns; at += TICK_NS) {
		generator_sleep_until(at);
		if (!cpu && at >= times->begin_ns)
			cpu = place_cpu_ns(0);
		mode->tick(streams, count);
	}
	cpu = place_cpu_ns(0) - cpu;
	for (; at < times->end_ns + 5 * TICK_NS; at += TICK_NS) { /* what is still sent */
		generator_sleep_until(at);
		mode->tick(streams, count);
	}
	for (size_t i = 0; i < count; i++)
		missed += streams[i].missed;
	printf("cpu_us=%.3f missed=%llu ", (double)cpu / 1000 / (double)(count * ticks),
			(unsigned long long)missed);
}

int main(int argc, char **argv)
{
	size_t count = argc == 5 ? strtoul(argv[1], NULL, 10) & ~1ul : 0;
	const struct mode *mode = argc == 5 ? find_mode(argv[3]) : NULL;
	struct place place = argc == 5 ? place_parse(argv[4]) : (struct place){ 0, 0 };
	const struct rlimit limit = { count + 100, count + 100 };
	struct stream *streams = calloc(count + 1, sizeof(*streams));
	uint16_t *ports = calloc(count + 1, sizeof(*ports));
	struct generator_result result;
	struct generator_times times;
	struct generator g;
	int r;

	if (!count || !mode || !streams || !ports) {
		fputs(usage, stderr);
		return 2;
	}
	(void)setrlimit(RLIMIT_NOFILE, &limit);
	r = generator_start(&g, place.others, NULL);
	for (size_t i = 0; !r && i < count; i++)
		r = open_stream(&streams[i], g.port[i % GENERATOR_SOCKETS], &ports[i]);
	for (size_t i = 0; !r && mode->digits && i < count; i++)
		streams[i].digits = dtmf_rx_init(NULL, NULL, NULL);
	(void)place_pin(0, place.daemon);
	times.start_ns = generator_now() / TICK_NS * TICK_NS + 5 * TICK_NS;
	times.begin_ns = times.start_ns + 1000000000u;
	times.end_ns = times.begin_ns + (uint64_t)(atof(argv[2]) * 1e9);
	if (!r)
		r = generator_run(&g, ports, count, &times);
	if (r) {
		fprintf(stderr, "bench-floor-rtp: %s\n", strerror(-r));
		return 1;
	}
	run(streams, count, mode, &times);
	r = generator_end(&g, &result);
	generator_print(&result);
	puts("");
	return r ? 1 : 0;
}
