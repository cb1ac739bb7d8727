// SPDX-License-Identifier: MIT
/* os_network.c - the addresses of this machine, and when they change: netlink on Linux, a routing
 * socket elsewhere. */
#ifdef __linux__
#define _GNU_SOURCE /* IFF_UP */
#else
#undef _POSIX_C_SOURCE /* hides PF_ROUTE on the BSDs */
#endif
#include "base/os.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#else
#include <net/route.h>
#endif

static int finish(int fd)
{
	int err = os_cloexec(fd);

	if (!err)
		err = os_nonblock(fd);
	if (!err)
		return fd;
	close(fd);
	return err;
}

#ifdef __linux__
int os_network_watch(void)
{
	struct sockaddr_nl a = { .nl_family = AF_NETLINK,
		.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE };
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), err;

	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
		return finish(fd);
	err = -errno;
	close(fd);
	return err;
}
#elif defined(PF_ROUTE)
int os_network_watch(void)
{
	int fd = socket(PF_ROUTE, SOCK_RAW, AF_UNSPEC);

	return fd < 0 ? -errno : finish(fd);
}
#else
int os_network_watch(void)
{
	return -ENOSYS;
}
#endif

/* NULL: it is of no use to others (link-local addresses name no interface in a URI). */
static const char *address_text(const struct sockaddr *a, char *out, socklen_t size)
{
	if (a->sa_family == AF_INET) {
		const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)a;

		return inet_ntop(AF_INET, &v4->sin_addr, out, size);
	}
	if (a->sa_family == AF_INET6) {
		const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)a;

		if (IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr))
			return NULL;
		return inet_ntop(AF_INET6, &v6->sin6_addr, out, size);
	}
	return NULL;
}

int os_addresses(void (*each)(const char *ip, void *arg), void *arg)
{
	char text[INET6_ADDRSTRLEN];
	struct ifaddrs *all;

	if (getifaddrs(&all) < 0)
		return -errno;
	for (struct ifaddrs *i = all; i; i = i->ifa_next)
		if (i->ifa_addr && i->ifa_flags & IFF_UP &&
				address_text(i->ifa_addr, text, sizeof(text)))
			each(text, arg);
	freeifaddrs(all);
	return 0;
}
