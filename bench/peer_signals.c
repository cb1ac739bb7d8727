// SPDX-License-Identifier: MIT
/* peer_signals.c - bench-peer-signals: the content of an event as a D-Bus signal to many
 * connections in one process, with sd-bus at both ends; the emitter is driven as many.so is. */
#include "listeners.h"
#include "peer_bus.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <unistd.h>

static const char usage[] = "usage: bench-peer-signals emit ADDRESS TRIGGER\n"
			    "       bench-peer-signals listen ADDRESS TRIGGER CLIENTS BATCH WINDOW "
			    "SECONDS PLACE "
			    "PID...\n"
			    "\n"
			    "ADDRESS: of the bus. PID: the bus first, then the emitter.\n";

#define PATH      "/org/tapisrvd/Bench"
#define INTERFACE "org.tapisrvd.Bench"
#define MEMBER    "CallState"
#define MATCH     "type='signal',interface='" INTERFACE "',member='" MEMBER "'"
#define EVENT     "tuttt" /* object, message, three parameters */

static int emit(sd_bus *bus, int trigger)
{
	uint64_t mode = LINECONNECTEDMODE_ACTIVE;
	unsigned char n;
	int err = 0;

	while (err >= 0 && read(trigger, &n, 1) == 1) {
		for (; n && err >= 0; n--) {
			mode ^= LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_INACTIVE;
			err = sd_bus_emit_signal(bus, PATH, INTERFACE, MEMBER, EVENT,
					UINT64_C(0x100000001), (uint32_t)LINE_CALLSTATE,
					(uint64_t)LINECALLSTATE_CONNECTED, mode, UINT64_C(0));
		}
		if (err >= 0)
			err = sd_bus_flush(bus);
		while (err >= 0 && sd_bus_process(bus, NULL) > 0)
			;
	}
	return err;
}

struct connection {
	sd_bus *bus;
	struct listener *listener;
	unsigned got;
};

static int on_signal(sd_bus_message *m, void *arg, sd_bus_error *error)
{
	struct connection *c = arg;
	uint64_t object, p1, p2, p3;
	uint32_t msg;

	(void)error;
	c->got += sd_bus_message_read(m, EVENT, &object, &msg, &p1, &p2, &p3) > 0;
	return 0;
}

static struct connection *connections;

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct listener *l = arg;
	struct connection *c = &connections[l - l->all->list];
	int got;

	(void)fd;
	(void)what;
	do
		got = sd_bus_process(c->bus, NULL);
	while (got > 0);
	if (got < 0)
		listeners_fail(l->all, got);
	got = (int)c->got;
	c->got = 0;
	listeners_got(l, (unsigned)got);
}

static int connect_one(struct connection *c, struct listener *l, const char *address)
{
	int err = peer_bus_open(address, &c->bus);

	if (err >= 0)
		err = sd_bus_add_match(c->bus, NULL, MATCH, on_signal, c); /* waits for the bus */
	return err < 0 ? err : listeners_add(l, sd_bus_get_fd(c->bus), on_readable);
}

static int run_listeners(struct listeners *all, const char *address)
{
	int err = listeners_init(all);

	connections = calloc(all->count, sizeof(*connections));
	if (!connections)
		err = -ENOMEM;
	for (unsigned i = 0; i < all->count && !err; i++)
		err = connect_one(&connections[i], &all->list[i], address);
	return err ? err : listeners_run(all);
}

static int start_emitter(const char *address, int trigger)
{
	sd_bus *bus = NULL;
	int err = peer_bus_open(address, &bus);

	if (err >= 0)
		err = emit(bus, trigger);
	sd_bus_unref(bus);
	return err < 0 ? err : 0;
}

int main(int argc, char **argv)
{
	bool emits = argc == 4 && strcmp(argv[1], "emit") == 0;
	struct listeners all = { 0 };
	int err;

	if (!emits && (argc < 9 || argc > 9 + LISTENERS_SERVERS)) {
		fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	all.trigger = open(argv[3], O_RDWR | O_CLOEXEC);
	if (all.trigger < 0)
		err = -errno;
	else if (emits)
		err = start_emitter(argv[2], all.trigger);
	else {
		all.count = (unsigned)atoi(argv[4]);
		all.batch = (unsigned)atoi(argv[5]);
		all.window = (unsigned)atoi(argv[6]);
		all.seconds = atof(argv[7]);
		all.place = place_parse(argv[8]);
		for (int i = 9; i < argc; i++)
			all.servers[i - 9] = (pid_t)atol(argv[i]);
		err = run_listeners(&all, argv[2]);
	}
	if (err)
		fprintf(stderr, "bench-peer-signals: %s: %s\n", argv[1], strerror(-err));
	return err ? 1 : 0;
}
