// SPDX-License-Identifier: MIT
/* activation.c - $LISTEN_PID, $LISTEN_FDS, $LISTEN_FDNAMES; descriptors begin at 3. */
#include "activation.h"

#include "base/log.h"
#include "base/os.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOG_TOPIC "run"

enum { FIRST = 3, FDS_MAX = 64 };

static long number_of(const char *name)
{
	const char *text = getenv(name);
	char *end;
	long value = text ? strtol(text, &end, 10) : 0;

	return text && *text && !*end && value > 0 ? value : 0;
}

/* The only one, or the one of this name: FileDescriptorName=tapisrvd, or that of the unit. */
static long choose(long count)
{
	const char *names = getenv("LISTEN_FDNAMES");

	for (long i = 0; names && i < count; i++) {
		size_t size = strcspn(names, ":");

		if ((size == 8 && strncmp(names, "tapisrvd", 8) == 0) ||
				(size == 15 && strncmp(names, "tapisrvd.socket", 15) == 0))
			return i;
		names += size + (names[size] == ':');
	}
	return 0;
}

static bool is_unix_listener(int fd)
{
	struct sockaddr_storage name;
	socklen_t size = sizeof(name), word = sizeof(int);
	int type = 0, listens = 0;

	return getsockname(fd, (struct sockaddr *)&name, &size) == 0 && name.ss_family == AF_UNIX &&
	       getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &word) == 0 && type == SOCK_STREAM &&
	       getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &word) == 0 && listens;
}

static int take(long count)
{
	long chosen = choose(count);
	int fd = FIRST + (int)chosen;

	for (long i = 0; i < count; i++)
		if (i != chosen)
			(void)close(FIRST + (int)i);
	if (!is_unix_listener(fd)) {
		log_error("the socket that was handed over is no listening Unix stream socket");
		return -ENOTSOCK;
	}
	if (os_cloexec(fd) < 0 || os_nonblock(fd) < 0)
		return -errno;
	return fd;
}

int activation_take(void)
{
	long count = number_of("LISTEN_PID") == (long)getpid() ? number_of("LISTEN_FDS") : 0;
	int fd = count && count <= FDS_MAX ? take(count) : -1;

	(void)unsetenv("LISTEN_PID");
	(void)unsetenv("LISTEN_FDS");
	(void)unsetenv("LISTEN_FDNAMES");
	return fd;
}
