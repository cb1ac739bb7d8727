// SPDX-License-Identifier: MIT
/* port.c - sip-port N: N different ports of the loopback that nobody has, neither by UDP nor by
 * TCP, even and below those that the kernel and the MSP take for themselves. Whoever has been given
 * one may not have bound it yet, or will again: $BUILD/sys/ports has the last ones that all tests
 * of this build were given, and nobody else gets those. */
#include "base/random.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FIRST = 10000, LAST = 16000, MANY = 64, GIVEN = 800 };

static uint16_t given[GIVEN + MANY]; /* the newest at the end */
static size_t given_count;

/* Locked as long as we live. */
static int remember(void)
{
	const char *build = getenv("BUILD");
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char path[512];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/sys/ports", build ? build : ".");
	fd = build ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
	if (fd >= 0 && fcntl(fd, F_SETLKW, &lock) == 0) {
		ssize_t n = read(fd, given, GIVEN * sizeof(given[0]));

		given_count = n > 0 ? (size_t)n / sizeof(given[0]) : 0;
	}
	return fd;
}

static void keep(int fd)
{
	size_t n = given_count < GIVEN ? given_count : GIVEN;

	if (fd >= 0 && pwrite(fd, given + given_count - n, n * sizeof(given[0]), 0) < 0)
		perror("sip-port");
}

static bool is_given(uint16_t port)
{
	for (size_t i = 0; i < given_count; i++)
		if (given[i] == port)
			return true;
	return false;
}

static bool is_free(int type, uint16_t port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, type, 0);
	bool good;

	a.sin_addr.s_addr = htonl(INADDR_ANY);
	good = fd >= 0 && bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0;
	if (fd >= 0)
		(void)close(fd);
	return good;
}

int main(int argc, char **argv)
{
	int wanted = argc > 1 ? atoi(argv[1]) : 1, have = 0, fd = remember();

	for (int tries = 0; have < wanted && have < MANY && tries < 100000; tries++) {
		uint32_t r = (uint32_t)(random_u64() % (LAST - FIRST));
		uint16_t port = (uint16_t)((FIRST + r) & ~3u);
		bool fresh = !is_given(port) && is_free(SOCK_STREAM, port) &&
			     is_free(SOCK_STREAM, (uint16_t)(port + 1)); /* for TLS */

		for (uint16_t p = 0; p < 4; p++) /* sipp takes these for RTP and RTCP */
			fresh = fresh && is_free(SOCK_DGRAM, (uint16_t)(port + p));
		if (!fresh)
			continue;
		given[given_count++] = port;
		have++;
		printf("%u\n", port);
	}
	keep(fd);
	return have < wanted;
}
