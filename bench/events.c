// SPDX-License-Identifier: MIT
/* events.c - bench-events: an event of a call to many sessions that hold it, one as its owner, the
 * others as monitors, all in one process. They speak the wire themselves: what is measured is the
 * daemon, and libtapi would wake up once for each of them. */
#include "base/os.h"
#include "listeners.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <unistd.h>

static const char usage[] =
		"usage: bench-events SOCKET TRIGGER CLIENTS BATCH WINDOW MODE SECONDS PLACE "
		"PID...\n"
		"\n"
		"TRIGGER: the fifo of a line of many.so: BATCH events at once, WINDOW batches "
		"under way.\n"
		"MODE: count; unpack: each event is unpacked; stalled: one more monitor never "
		"reads.\n"
		"PID: the daemon first, then the host.\n";

/* What was sent to it so far has come when the answer has. */
static int settle(struct wire *w)
{
	LineGetCallStatus m = LINE_GET_CALL_STATUS__INIT;
	struct frame f;

	m.has_call = 1;
	m.call = w->call;
	return wire_request(w, CALL_LineGetCallStatus, &m.base, &f);
}

static int open_all(struct wire *wires, unsigned count, const char *socket)
{
	int err = 0;

	for (unsigned i = 0; i < count && !err; i++) {
		err = wire_connect(&wires[i], socket);
		if (!err)
			err = wire_open_line(&wires[i], 0,
					i ? LINECALLPRIVILEGE_MONITOR : LINECALLPRIVILEGE_NONE);
	}
	if (!err)
		err = wire_make_call(&wires[0], 0);
	for (unsigned i = 1; i < count && !err; i++) {
		wires[i].call = wires[0].call;
		err = wire_await_state(&wires[i], LINECALLSTATE_CONNECTED);
	}
	for (unsigned i = 0; i < count && !err; i++)
		err = settle(&wires[i]);
	return err;
}

static int run(struct listeners *all, const char *socket, unsigned stalled)
{
	struct wire *wires = calloc(all->count + stalled, sizeof(*wires));
	int err = wires ? open_all(wires, all->count + stalled, socket) : -ENOMEM;

	if (!err)
		err = listeners_init(all);
	for (unsigned i = 0; i < all->count && !err; i++)
		err = listeners_add_wire(&all->list[i], wires[i].conn.fd);
	return err ? err : listeners_run(all);
}

int main(int argc, char **argv)
{
	struct listeners all = { .trigger = -1 };
	int err;

	if (argc < 9 || argc > 9 + LISTENERS_SERVERS) {
		fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	all.count = (unsigned)atoi(argv[3]);
	all.batch = (unsigned)atoi(argv[4]);
	all.window = (unsigned)atoi(argv[5]);
	all.seconds = atof(argv[7]);
	all.place = place_parse(argv[8]);
	for (int i = 9; i < argc; i++)
		all.servers[i - 9] = (pid_t)atol(argv[i]);
	all.trigger = open(argv[2], O_RDWR | O_CLOEXEC);
	all.unpacks = strcmp(argv[6], "unpack") == 0;
	err = all.trigger < 0 ? -errno : run(&all, argv[1], strcmp(argv[6], "stalled") == 0);
	if (err)
		fprintf(stderr, "bench-events: %s\n", strerror(-err));
	return err ? 1 : 0;
}
