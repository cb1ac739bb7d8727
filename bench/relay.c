// SPDX-License-Identifier: MIT
/* relay.c - bench-relay: stands between an application (or a provider host) and the daemon, hands
 * the bytes on and counts the frames; with a folder, also writes each call's first request and
 * answer into it, for the floor. Never part of what is timed. */
#include "base/buf.h"
#include "base/os.h"
#include "tapi.pb-c.h"
#include "wire/frame.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char usage[] =
		"usage: bench-relay LISTEN CONNECT [FOLDER]\n"
		"\n"
		"Ends with SIGTERM and prints: connections, frames each way, bytes each way. "
		"SIGUSR1\n"
		"sets the counts to 0. FOLDER/KIND.frames gets a request and its answer.\n";

enum { PAIRS = 16, KINDS = 1000, CHUNK = 65536 };

struct direction {
	int from, to;
	struct buf unparsed;
};

static struct {
	struct pair {
		struct direction ways[2]; /* towards the daemon, from it */
		uint32_t serials[KINDS]; /* of the first request of this kind, to know its answer */
	} pairs[PAIRS];
	size_t count;
	unsigned long frames[2], bytes[2];
	const char *folder;
	bool written[KINDS];
} relay;

static volatile sig_atomic_t stopping, telling;

static void on_term(int n)
{
	(void)n;
	stopping = 1;
}

static void on_usr1(int n)
{
	(void)n;
	telling = 1;
}

static void append_frame(uint16_t kind, const uint8_t *frame, size_t size)
{
	char path[512];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%u.frames", relay.folder, kind);
	f = fopen(path, "ae");
	if (!f || fwrite(frame, 1, size, f) != size)
		fprintf(stderr, "bench-relay: %s: %s\n", path, strerror(errno));
	if (f)
		(void)fclose(f);
}

static void keep(struct pair *p, int way, const struct frame_header *h, const uint8_t *frame)
{
	size_t size = FRAME_HEADER + h->length;

	if (way == 0 && h->kind < KINDS && !relay.written[h->kind]) {
		relay.written[h->kind] = true;
		p->serials[h->kind] = h->serial;
		append_frame(h->kind, frame, size);
	}
	for (uint16_t kind = 0; way == 1 && h->kind == FRAME_RETURN && kind < KINDS; kind++)
		if (p->serials[kind] && p->serials[kind] == h->serial) {
			p->serials[kind] = 0;
			append_frame(kind, frame, size);
		}
}

static void count_frames(struct pair *p, int way)
{
	struct buf *b = &p->ways[way].unparsed;
	struct frame_header h;

	while (b->size >= FRAME_HEADER) {
		frame_header_unpack(buf_head(b), &h);
		if (b->size < FRAME_HEADER + h.length)
			return;
		relay.frames[way]++;
		if (relay.folder)
			keep(p, way, &h, buf_head(b));
		buf_eat(b, FRAME_HEADER + h.length);
	}
}

/* Descriptors do not come through here: nobody asks for pipes. The new size of what was read. */
static size_t want_no_pipes(uint8_t *chunk, size_t size)
{
	struct frame_header h = { .kind = 0 };
	size_t whole, rest;
	Hello *hello;

	if (size >= FRAME_HEADER)
		frame_header_unpack(chunk, &h);
	whole = FRAME_HEADER + h.length;
	hello = h.kind == FRAME_HELLO && size >= whole
				? hello__unpack(NULL, h.length, chunk + FRAME_HEADER)
				: NULL;
	if (!hello)
		return size;
	rest = size - whole;
	hello->has_pipes = 0;
	h.length = (uint32_t)hello__pack(hello, chunk + FRAME_HEADER);
	hello__free_unpacked(hello, NULL);
	frame_header_pack(&h, chunk);
	memmove(chunk + FRAME_HEADER + h.length, chunk + whole, rest);
	return FRAME_HEADER + h.length + rest;
}

/* false: that end hung up. */
static bool hand_on(struct pair *p, int way)
{
	struct direction *d = &p->ways[way];
	static uint8_t chunk[CHUNK];
	ssize_t n = recv(d->from, chunk, sizeof(chunk), MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (n > 0 && way == 0)
		n = (ssize_t)want_no_pipes(chunk, (size_t)n);
	if (n <= 0 || buf_add(&d->unparsed, chunk, (size_t)n) < 0)
		return false;
	relay.bytes[way] += (unsigned long)n;
	count_frames(p, way);
	for (ssize_t done = 0; done < n;) {
		struct pollfd ready = { .fd = d->to, .events = POLLOUT };
		ssize_t m = send(d->to, chunk + done, (size_t)(n - done), MSG_NOSIGNAL);

		if (m < 0 && errno == EAGAIN)
			(void)poll(&ready, 1, -1);
		else if (m < 0 && errno != EINTR)
			return false;
		else if (m > 0)
			done += m;
	}
	return true;
}

static void close_pair(size_t i)
{
	struct pair *p = &relay.pairs[i];

	for (int way = 0; way < 2; way++) {
		(void)close(p->ways[way].from);
		buf_fini(&p->ways[way].unparsed);
	}
	relay.pairs[i] = relay.pairs[--relay.count];
}

static void accept_one(int listener, const char *path)
{
	int fd = accept(listener, NULL, NULL);
	int daemon = fd < 0 || relay.count == PAIRS ? -1 : os_unix_connect(path);
	struct pair *p = &relay.pairs[relay.count];

	if (daemon < 0) {
		if (fd >= 0)
			(void)close(fd);
		return;
	}
	memset(p, 0, sizeof(*p));
	p->ways[0].from = p->ways[1].to = fd;
	p->ways[0].to = p->ways[1].from = daemon;
	relay.count++;
}

static void turn(int listener, const char *path)
{
	struct pollfd fds[1 + 2 * PAIRS];
	size_t count = relay.count;

	fds[0] = (struct pollfd){ .fd = listener, .events = POLLIN };
	for (size_t i = 0; i < count; i++)
		for (int way = 0; way < 2; way++)
			fds[1 + 2 * i + (size_t)way] =
					(struct pollfd){ .fd = relay.pairs[i].ways[way].from,
						.events = POLLIN };
	if (poll(fds, (nfds_t)(1 + 2 * count), -1) < 0)
		return;
	for (size_t i = count; i-- > 0;) /* backwards: close_pair() moves the last one here */
		if ((fds[1 + 2 * i].revents && !hand_on(&relay.pairs[i], 0)) ||
				(fds[2 + 2 * i].revents && !hand_on(&relay.pairs[i], 1)))
			close_pair(i);
	if (fds[0].revents)
		accept_one(listener, path);
}

static void tell(void)
{
	telling = 0;
	printf("frames_in=%lu frames_out=%lu bytes_in=%lu bytes_out=%lu\n", relay.frames[0],
			relay.frames[1], relay.bytes[0], relay.bytes[1]);
	(void)fflush(stdout);
	relay.frames[0] = relay.frames[1] = relay.bytes[0] = relay.bytes[1] = 0;
}

int main(int argc, char **argv)
{
	struct sigaction term = { .sa_handler = on_term }, usr1 = { .sa_handler = on_usr1 };
	int listener;

	if (argc != 3 && argc != 4) {
		fputs(usage, stderr);
		return 2;
	}
	relay.folder = argc == 4 ? argv[3] : NULL;
	listener = os_unix_listen(argv[1], 0600);
	if (listener < 0) {
		fprintf(stderr, "bench-relay: %s: %s\n", argv[1], strerror(-listener));
		return 1;
	}
	(void)sigaction(SIGTERM, &term, NULL);
	(void)sigaction(SIGUSR1, &usr1, NULL);
	while (!stopping) {
		turn(listener, argv[2]);
		if (telling)
			tell();
	}
	(void)close(listener);
	(void)unlink(argv[1]);
	return 0;
}
