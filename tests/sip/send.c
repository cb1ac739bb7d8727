// SPDX-License-Identifier: MIT
/* send.c - sip-send: sends SIP messages from files and judges the answers; with --fuzz it sends
 * changed ones for some seconds and asks in between whether the other side is still there. */
#include "send.h"

#include "base/clock.h"
#include "base/random.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
		"usage: sip-send [--quiet] [--timeout MS] [--user NAME] [--probe FILE]\n"
		"                [--fuzz SECONDS] [--seed N] udp|tcp:HOST:PORT FILE...\n"
		"\n"
		"One line a message: ok or FAIL, its name, what came. --probe: after each message "
		"this one\n"
		"has to be answered with 200. Exit 0 if all went as the files say.\n";

struct options {
	bool quiet;
	int timeout_ms;
	const char *user, *probe;
	double fuzz_s;
	uint64_t seed;
	struct target target;
	char **files;
};

static struct message message, probe;

/* What came of one message on a connection of its own; -errno if there is none. */
static int one(const struct options *o, const char *path, struct message *m, int timeout_ms)
{
	char local[80];
	int fd = target_connect(&o->target, local, sizeof(local)), code;

	if (fd < 0)
		return fd;
	code = message_load(path, &o->target, local, o->user, m);
	if (!code)
		code = message_exchange(fd, m->bytes, m->size, timeout_ms);
	(void)close(fd);
	return code;
}

static bool is_alive(const struct options *o)
{
	return !o->probe || one(o, o->probe, &probe, 30000) == 200;
}

static bool judge(const struct options *o, const char *path)
{
	uint64_t begun = clock_now_ns();
	int code, timeout_ms = o->timeout_ms;
	char local[] = "-";
	bool good, known, alive;

	/* The expectation is needed first: what need not be answered is not waited for long. */
	if (message_load(path, &o->target, local, o->user, &message) < 0)
		return false;
	if (message.only[0] && (strcmp(message.only, "tcp") == 0) != o->target.tcp)
		return true;
	if (message_matches(message.expect, 0) || message_matches(message.known, 0))
		timeout_ms = timeout_ms < 300 ? timeout_ms : 300;
	code = one(o, path, &message, timeout_ms);
	known = message_matches(message.known, code);
	good = known || message_matches(message.expect, code);
	alive = is_alive(o);
	if (!o->quiet)
		printf("%s %s %s: %d, wanted %s, %.1f ms%s%s\n", good && alive ? "ok" : "FAIL",
				message.name, o->target.tcp ? "tcp" : "udp", code, message.expect,
				(double)(clock_now_ns() - begun) / 1e6, known ? ", known" : "",
				alive ? "" : ", and then no answer to OPTIONS");
	return good && alive;
}

static uint32_t below(uint32_t n)
{
	return (uint32_t)(random_u64() % n);
}

/* A few random changes: bytes, cuts, repeated and swapped pieces. */
static void mutate(struct message *m)
{
	for (uint32_t n = 1 + below(4); n && m->size > 8; n--) {
		uint32_t at = below((uint32_t)m->size), length = 1 + below(40);

		if (at + length > m->size)
			length = (uint32_t)m->size - at;
		switch (below(6)) {
		case 0:
			m->bytes[at] = (char)below(256);
			break;
		case 1: /* cut out */
			memmove(m->bytes + at, m->bytes + at + length, m->size - at - length);
			m->size -= length;
			break;
		case 2: /* say twice */
			if (m->size + length > MESSAGE_MAX)
				break;
			memmove(m->bytes + at + length, m->bytes + at, m->size - at);
			m->size += length;
			break;
		case 3: /* a sign that means something */
			m->bytes[at] = "\r\n \t;:,<>\"\\@=?%[]()/"[below(20)];
			break;
		case 4: /* cut off */
			if (below(8) == 0)
				m->size = at;
			break;
		default: /* the same from elsewhere */
			memmove(m->bytes + at, m->bytes + below((uint32_t)m->size - length + 1),
					length);
		}
	}
}

/* Many messages on one connection; a new one when it is closed. */
static int fuzz(const struct options *o)
{
	uint64_t end = clock_now_ms() + (uint64_t)(o->fuzz_s * 1000);
	unsigned long sent = 0, probes = 0, connections = 0;
	size_t files = 0;
	char local[80];
	int fd = -1;

	while (o->files[files])
		files++;
	while (clock_now_ms() < end) {
		if (fd < 0) {
			fd = target_connect(&o->target, local, sizeof(local));
			connections++;
		}
		if (fd < 0 || message_load(o->files[below((uint32_t)files)], &o->target, local,
					      o->user, &message))
			break;
		mutate(&message);
		if (message_exchange(fd, message.bytes, message.size, 1) < 0 ||
				(o->target.tcp && sent % 20 == 19)) {
			(void)close(fd);
			fd = -1;
		}
		if (++sent % 100 == 0 && !is_alive(o))
			break;
		probes += sent % 100 == 0;
	}
	if (fd >= 0)
		(void)close(fd);
	printf("fuzz %s sent=%lu connections=%lu probes=%lu seed=%llu\n",
			o->target.tcp ? "tcp" : "udp", sent, connections, probes,
			(unsigned long long)o->seed);
	return clock_now_ms() < end || !is_alive(o);
}

static int parse(struct options *o, int argc, char **argv)
{
	int i = 1;

	*o = (struct options){ .timeout_ms = 2000, .user = "alice", .seed = random_u64() };
	for (; i + 1 < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "--quiet") == 0)
			o->quiet = true;
		else if (strcmp(argv[i], "--timeout") == 0)
			o->timeout_ms = atoi(argv[++i]);
		else if (strcmp(argv[i], "--user") == 0)
			o->user = argv[++i];
		else if (strcmp(argv[i], "--probe") == 0)
			o->probe = argv[++i];
		else if (strcmp(argv[i], "--fuzz") == 0)
			o->fuzz_s = atof(argv[++i]);
		else if (strcmp(argv[i], "--seed") == 0)
			o->seed = strtoull(argv[++i], NULL, 10);
		else
			return -EINVAL;
	}
	if (i + 1 >= argc || target_parse(argv[i], &o->target) < 0)
		return -EINVAL;
	o->files = argv + i + 1;
	return 0;
}

int main(int argc, char **argv)
{
	struct options o;
	int bad = 0;

	if (parse(&o, argc, argv) < 0) {
		fputs(usage, stderr);
		return 2;
	}
	if (o.fuzz_s > 0) {
		random_seed(o.seed);
		return fuzz(&o);
	}
	for (char **f = o.files; *f; f++)
		bad |= !judge(&o, *f);
	return bad;
}
