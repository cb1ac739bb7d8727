// SPDX-License-Identifier: MIT
/* floor_daemon.c - what a daemon costs at least on this machine before it does anything: libevent,
 * a socket, plugins, a bufferevent for each client, whose bytes it throws away. */
#include "base/os.h"

#include <dlfcn.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char usage[] = "usage: bench-floor-daemon SOCKET [PLUGIN...]\n"
			    "\n"
			    "Says READY=1 to $NOTIFY_SOCKET once it listens.\n";

static void on_data(struct bufferevent *b, void *arg)
{
	struct evbuffer *in = bufferevent_get_input(b);

	(void)arg;
	(void)evbuffer_drain(in, evbuffer_get_length(in));
}

static void on_end(struct bufferevent *b, short what, void *arg)
{
	(void)what;
	(void)arg;
	bufferevent_free(b);
}

static void on_connection(evutil_socket_t listener, short what, void *base)
{
	int fd = accept(listener, NULL, NULL);
	struct bufferevent *b;

	(void)what;
	if (fd < 0)
		return;
	(void)os_nonblock(fd);
	b = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE);
	if (!b) {
		(void)close(fd);
		return;
	}
	bufferevent_setcb(b, on_data, NULL, on_end, NULL);
	(void)bufferevent_enable(b, EV_READ);
}

static int load(const char *path)
{
	void *plugin = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	void *init = plugin ? dlsym(plugin, "plugin_init") : NULL;
	char *(*call)(void);

	if (!init) {
		fprintf(stderr, "bench-floor-daemon: %s\n", dlerror());
		return -1;
	}
	memcpy(&call, &init, sizeof(call));
	return call() ? 0 : -1;
}

static void say_ready(void)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = path ? socket(AF_UNIX, SOCK_DGRAM, 0) : -1;

	if (fd < 0)
		return;
	(void)snprintf(to.sun_path, sizeof(to.sun_path), "%s", path);
	(void)sendto(fd, "READY=1", 7, 0, (struct sockaddr *)&to, sizeof(to));
	(void)close(fd);
}

int main(int argc, char **argv)
{
	struct event_base *base = event_base_new();
	struct event *connection;
	int fd;

	if (argc < 2) {
		fputs(usage, stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++)
		if (load(argv[i]))
			return 1;
	fd = os_unix_listen(argv[1], 0600);
	connection = fd < 0 || !base ? NULL
				     : event_new(base, fd, EV_READ | EV_PERSIST, on_connection,
						       base);
	if (!connection || event_add(connection, NULL) < 0)
		return 1;
	say_ready();
	return event_base_dispatch(base) < 0;
}
