// SPDX-License-Identifier: MIT
/* address.c - numeric IPv4 and IPv6 addresses with their ports. */
#include "media/sdp.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

void address_text(const struct sockaddr *a, char *out, size_t size)
{
	const void *p = a->sa_family == AF_INET6
					? (const void *)&((const struct sockaddr_in6 *)(const void
											  *)a)
							  ->sin6_addr
					: (const void *)&((const struct sockaddr_in *)(const void *)
									  a)
							  ->sin_addr;

	if (!inet_ntop(a->sa_family, p, out, (socklen_t)size))
		(void)snprintf(out, size, "?");
}

uint16_t address_port(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET6)
		return ntohs(((const struct sockaddr_in6 *)(const void *)a)->sin6_port);
	return ntohs(((const struct sockaddr_in *)(const void *)a)->sin_port);
}

void address_set_port(struct sockaddr *a, uint16_t port)
{
	if (a->sa_family == AF_INET6)
		((struct sockaddr_in6 *)(void *)a)->sin6_port = htons(port);
	else
		((struct sockaddr_in *)(void *)a)->sin_port = htons(port);
}

socklen_t address_size(const struct sockaddr *a)
{
	return (socklen_t)(a->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
						    : sizeof(struct sockaddr_in));
}

bool address_equal(const struct sockaddr *a, const struct sockaddr *b)
{
	return address_same_host(a, b) && address_port(a) == address_port(b);
}

bool address_same_host(const struct sockaddr *a, const struct sockaddr *b)
{
	if (a->sa_family != b->sa_family)
		return false;
	if (a->sa_family == AF_INET6)
		return memcmp(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr,
				       &((const struct sockaddr_in6 *)(const void *)b)->sin6_addr,
				       sizeof(struct in6_addr)) == 0;
	return ((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr ==
	       ((const struct sockaddr_in *)(const void *)b)->sin_addr.s_addr;
}

bool address_is_host(const struct sockaddr_storage *a)
{
	static const struct in6_addr any6;
	uint32_t v4;

	if (a->ss_family == AF_INET6) {
		const struct in6_addr *v6 =
				&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr;

		return v6->s6_addr[0] != 0xff && memcmp(v6, &any6, sizeof(any6)) != 0;
	}
	v4 = ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr);
	return v4 != 0 && v4 >> 28 < 14;
}

bool address_parse(const char *text, size_t size, struct sockaddr_storage *out)
{
	char copy[INET6_ADDRSTRLEN];
	struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)out;

	if (size == 0 || size >= sizeof(copy))
		return false;
	memcpy(copy, text, size);
	copy[size] = '\0';
	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, copy, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		return true;
	}
	if (inet_pton(AF_INET6, copy, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		return true;
	}
	return false;
}
