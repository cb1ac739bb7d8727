// SPDX-License-Identifier: MIT
/* socket.c - where the daemon is: what the program said, else the environment, else the standard
 * place. */
#include "libtapi/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char chosen[SOCKET_PATH_MAX];

/* The user's own daemon, unless only the system's is there. */
static void standard_path(char out[SOCKET_PATH_MAX], const char *runtime)
{
	char user[SOCKET_PATH_MAX];

	(void)snprintf(out, SOCKET_PATH_MAX, "/run/tapisrvd/socket");
	if (!runtime || !*runtime)
		return;
	(void)snprintf(user, sizeof(user), "%s/tapisrvd/socket", runtime);
	if (access(user, F_OK) == 0 || access(out, F_OK) < 0)
		memcpy(out, user, sizeof(user));
}

void socket_path(char out[SOCKET_PATH_MAX])
{
	const char *path = getenv("TAPISRVD_SOCKET");
	const char *runtime = getenv("XDG_RUNTIME_DIR");

	pthread_mutex_lock(&lock);
	if (*chosen)
		(void)snprintf(out, SOCKET_PATH_MAX, "%s", chosen);
	else if (path && *path)
		(void)snprintf(out, SOCKET_PATH_MAX, "%s", path);
	else
		standard_path(out, runtime);
	pthread_mutex_unlock(&lock);
}

LONG tapixSetSocket(LPCSTR path)
{
	if (path && strlen(path) >= sizeof(chosen))
		return fail(LINEERR_INVALPARAM, "ENAMETOOLONG",
				"a socket's name has at most %d bytes", SOCKET_PATH_MAX - 1);
	pthread_mutex_lock(&lock);
	(void)snprintf(chosen, sizeof(chosen), "%s", path ? path : "");
	pthread_mutex_unlock(&lock);
	return 0;
}

LPCSTR tapixGetSocket(void)
{
	static _Thread_local char path[SOCKET_PATH_MAX];

	socket_path(path);
	return path;
}
