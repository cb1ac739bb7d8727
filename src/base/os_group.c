// SPDX-License-Identifier: MIT
/* os_group.c - the groups of a socket's peer. The kernel's word costs no look into a database,
 * holds in a container that has none, and is about that process: newgrp(1) counts. */
#if defined(__linux__)
#define _DEFAULT_SOURCE /* getgrouplist, SO_PEERGROUPS */
#else
#undef _POSIX_C_SOURCE
#endif
#include "base/mem.h"
#include "base/os.h"

#include <grp.h>
#include <pwd.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/un.h>
#ifdef LOCAL_PEERCRED
#include <sys/ucred.h>
#endif

enum { GROUPS_MAX = 256, NOT_TOLD = -1 };

static bool is_among(gid_t group, const gid_t *groups, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (groups[i] == group)
			return true;
	return false;
}

/* 1, 0 or NOT_TOLD. */
#if defined(SO_PEERGROUPS)

static int kernel_says(int fd, gid_t group)
{
	socklen_t size = 0;
	gid_t *groups;
	int told = NOT_TOLD;

	(void)getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, NULL, &size); /* how many */
	groups = mem_alloc(size + 1);
	if (groups && getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) == 0)
		told = is_among(group, groups, size / sizeof(*groups));
	mem_free(groups);
	return told;
}

#elif defined(LOCAL_PEERCRED) && defined(XUCRED_VERSION)

static int kernel_says(int fd, gid_t group)
{
	struct xucred cred;
	socklen_t size = sizeof(cred);

	if (getsockopt(fd, 0, LOCAL_PEERCRED, &cred, &size) < 0 ||
			cred.cr_version != XUCRED_VERSION)
		return NOT_TOLD;
	return is_among(group, cred.cr_groups, (size_t)cred.cr_ngroups);
}

#else

static int kernel_says(int fd, gid_t group)
{
	(void)fd;
	(void)group;
	return NOT_TOLD;
}

#endif

static bool database_says(uid_t uid, gid_t group)
{
	const struct passwd *pw = getpwuid(uid);
	gid_t groups[GROUPS_MAX];
	int count = GROUPS_MAX;

	return pw && getgrouplist(pw->pw_name, pw->pw_gid, groups, &count) >= 0 &&
	       is_among(group, groups, (size_t)count);
}

bool os_peer_is_in_group(int fd, gid_t group)
{
	struct os_peer peer;
	int told;

	if (os_peer(fd, &peer))
		return false;
	if (peer.gid == group)
		return true;
	told = kernel_says(fd, group);
	return told == NOT_TOLD ? database_says(peer.uid, group) : told;
}
