// SPDX-License-Identifier: MIT
/* unreachable.c - why there is no connection, and what the user can do about it. */
#include "libtapi/internal.h"

#include "base/os.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>

enum { WHO_MAX = 160, ENTRY_MAX = 4096 };

static const char *user_name(uid_t id, char *buf, size_t size)
{
	struct passwd entry, *found = NULL;

	return getpwuid_r(id, &entry, buf, size, &found) == 0 && found ? found->pw_name : NULL;
}

static const char *group_name(gid_t id, char *buf, size_t size)
{
	struct group entry, *found = NULL;

	return getgrgid_r(id, &entry, buf, size, &found) == 0 && found ? found->gr_name : NULL;
}

/* "user root and members of the group tapi" */
static void who_may(const struct stat *s, char *text, size_t size)
{
	char buf[ENTRY_MAX];
	const char *name = user_name(s->st_uid, buf, sizeof(buf));
	size_t length = (size_t)snprintf(text, size, "user ");

	if (name)
		length += (size_t)snprintf(text + length, size - length, "%.48s", name);
	else
		length += (size_t)snprintf(text + length, size - length, "%u", (unsigned)s->st_uid);
	if (!(s->st_mode & S_IWGRP))
		return;
	name = group_name(s->st_gid, buf, sizeof(buf));
	if (name)
		(void)snprintf(text + length, size - length, " and members of the group %.48s",
				name);
	else
		(void)snprintf(text + length, size - length, " and members of the group %u",
				(unsigned)s->st_gid);
}

bool link_lacks(int err)
{
	return err == -EMFILE || err == -ENFILE || err == -ENOMEM;
}

void link_unreachable(struct app *a, const char *cause, int err)
{
	char who[WHO_MAX];
	struct stat s;

	if (link_lacks(err)) {
		link_lost(a, cause, "no connection to tapisrvd at %s can be made (%s)", a->socket,
				os_error_text(-err));
		return;
	}
	if (err != -EACCES) {
		link_lost(a, cause,
				"cannot reach tapisrvd at %s (%s); start it with `tapisrvd`, or "
				"name its socket in TAPISRVD_SOCKET",
				a->socket, os_error_text(-err));
		return;
	}
	if (stat(a->socket, &s)) {
		link_lost(a, cause,
				"cannot reach tapisrvd at %s: this user has no permission for its "
				"folder",
				a->socket);
		return;
	}
	who_may(&s, who, sizeof(who));
	link_lost(a, cause,
			"cannot reach tapisrvd at %s: this user has no permission, the socket is "
			"for %s",
			a->socket, who);
}
