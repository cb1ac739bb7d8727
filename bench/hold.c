// SPDX-License-Identifier: MIT
/* hold.c - bench-hold: many sessions or calls that only exist, or that come and go. */
#include "base/os.h"
#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>

static const char usage[] =
		"usage: bench-hold SOCKET connections|clients|calls|pairs COUNT\n"
		"       bench-hold SOCKET cycle-clients|cycle-calls COUNT\n"
		"\n"
		"connections: that say nothing; clients: sessions; calls: of one session on one "
		"line;\n"
		"pairs: a session each, with a call on a line of its own.\n"
		"Says ready and holds them until SIGTERM. cycle: makes and ends one after the "
		"other.\n";

static volatile sig_atomic_t stopping;

static void on_term(int n)
{
	(void)n;
	stopping = 1;
}

static int hold_connections(const char *socket, unsigned count)
{
	int fd = 0;

	for (unsigned i = 0; i < count && fd >= 0; i++)
		fd = os_unix_connect(socket);
	return fd < 0 ? fd : 0;
}

static int hold_clients(struct wire *wires, const char *socket, unsigned count)
{
	int err = 0;

	for (unsigned i = 0; i < count && !err; i++)
		err = wire_connect(&wires[i], socket);
	return err;
}

static int open_line(struct wire *w, const char *socket)
{
	int err = wire_connect(w, socket);

	return err ? err : wire_open_line(w, 0, LINECALLPRIVILEGE_NONE);
}

static int hold_calls(struct wire *w, const char *socket, unsigned count)
{
	int err = open_line(w, socket);

	for (unsigned i = 0; i < count && !err; i++)
		err = wire_make_call(w, 0);
	return err;
}

static int hold_pairs(struct wire *wires, const char *socket, unsigned count)
{
	int err = hold_clients(wires, socket, count);

	for (unsigned i = 0; i < count && !err; i++) {
		err = wire_open_line(&wires[i], i, LINECALLPRIVILEGE_NONE);
		if (!err)
			err = wire_make_call(&wires[i], i);
	}
	return err;
}

static int cycle_clients(struct wire *w, const char *socket, unsigned count)
{
	int err = 0;

	for (unsigned i = 0; i < count && !err; i++) {
		err = open_line(w, socket);
		wire_close(w);
	}
	return err;
}

static int cycle_calls(struct wire *w, const char *socket, unsigned count)
{
	int err = open_line(w, socket);

	for (unsigned i = 0; i < count && !err; i++) {
		err = wire_make_call(w, 0);
		if (!err)
			err = wire_drop_call(w);
	}
	return err;
}

/* Sessions that have calls must go on to acknowledge. */
static int hold(struct wire *wires, unsigned count)
{
	struct pollfd *p = calloc(count + 1, sizeof(*p));
	int err = p ? 0 : -ENOMEM;

	for (unsigned i = 0; i < count && p; i++)
		p[i] = (struct pollfd){ .fd = wires[i].conn.fd, .events = POLLIN };
	(void)printf("ready\n");
	(void)fflush(stdout);
	while (!stopping && !err && poll(p, count, -1) >= 0)
		for (unsigned i = 0; i < count && !err; i++)
			if (p[i].revents)
				err = wire_take(&wires[i]);
	free(p);
	return stopping ? 0 : err;
}

int main(int argc, char **argv)
{
	struct sigaction term = { .sa_handler = on_term };
	unsigned count = argc == 4 ? (unsigned)atoi(argv[3]) : 0;
	struct wire *wires = calloc(count + 1, sizeof(*wires));
	const char *what = argc == 4 ? argv[2] : "";
	int err = -EINVAL;

	(void)sigaction(SIGTERM, &term, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	if (strcmp(what, "connections") == 0)
		err = hold_connections(argv[1], count);
	else if (strcmp(what, "clients") == 0)
		err = hold_clients(wires, argv[1], count);
	else if (strcmp(what, "calls") == 0)
		err = hold_calls(wires, argv[1], count);
	else if (strcmp(what, "pairs") == 0)
		err = hold_pairs(wires, argv[1], count);
	else if (strcmp(what, "cycle-clients") == 0)
		return cycle_clients(wires, argv[1], count) ? 1 : 0;
	else if (strcmp(what, "cycle-calls") == 0)
		return cycle_calls(wires, argv[1], count) ? 1 : 0;
	else
		fputs(usage, stderr);
	if (!err)
		err = hold(wires, strcmp(what, "connections") == 0 ? 0
				  : strcmp(what, "calls") == 0     ? 1
								   : count);
	if (err)
		fprintf(stderr, "bench-hold: %s: %s\n", what, strerror(-err));
	return err ? 1 : 0;
}
