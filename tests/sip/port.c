// SPDX-License-Identifier: MIT
/* port.c - sip-port N: N different ports of the loopback that nobody has, neither by UDP nor by
 * TCP, even and below those that the kernel and the MSP take for themselves. */
#include "base/random.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FIRST = 10000, LAST = 16000, MANY = 64 };

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
	int wanted = argc > 1 ? atoi(argv[1]) : 1, have = 0;
	uint16_t taken[MANY];

	for (int tries = 0; have < wanted && have < MANY && tries < 100000; tries++) {
		uint32_t r = (uint32_t)(random_u64() % (LAST - FIRST));
		uint16_t port = (uint16_t)((FIRST + r) & ~3u);
		bool fresh = is_free(SOCK_STREAM, port) &&
			     is_free(SOCK_STREAM, (uint16_t)(port + 1)); /* for TLS */

		for (int i = 0; i < have; i++)
			fresh = fresh && taken[i] != port;
		for (uint16_t p = 0; p < 4; p++) /* sipp takes these for RTP and RTCP */
			fresh = fresh && is_free(SOCK_DGRAM, (uint16_t)(port + p));
		if (!fresh)
			continue;
		taken[have++] = port;
		printf("%u\n", port);
	}
	return have < wanted;
}
