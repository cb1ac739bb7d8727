// SPDX-License-Identifier: MIT
/* peer_dbus.c - bench-peer-dbus: what a user would take instead. A service that answers, over a
 * bus, a request of the same content as lineGetCallStatus, and a client that calls it, both with
 * sd-bus; or the client calls what ofono and ModemManager offer. */
#include "peer_bus.h"
#include "slice.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
		"usage: bench-peer-dbus serve ADDRESS\n"
		"       bench-peer-dbus call ADDRESS LENGTH PLACE PID...\n"
		"       bench-peer-dbus ofono|modemmanager ADDRESS LENGTH PLACE PID...\n"
		"\n"
		"ADDRESS: of the bus. PID: the bus first, then the service.\n";

#define NAME    "org.tapisrvd.Bench"
#define PATH    "/org/tapisrvd/Bench"
#define STATUS  "uuuuu(qqqqqqqq)" /* LineCallStatus: five numbers and a SystemTime */
#define MM_NAME "org.freedesktop.ModemManager1"
#define MM_PATH "/org/freedesktop/ModemManager1"

struct status {
	uint32_t state, mode, privilege, features, features2;
	uint16_t time[8];
};

static int on_get_status(sd_bus_message *m, void *arg, sd_bus_error *error)
{
	static const struct status s = { 1 << 2, 4, 4, 0x59000000, 1,
		{ 2026, 11, 6, 28, 9, 24, 59, 600 } };
	uint64_t call;
	uint32_t size;
	int err = sd_bus_message_read(m, "tu", &call, &size);

	(void)arg;
	(void)error;
	return err < 0 ? err
		       : sd_bus_reply_method_return(m, STATUS, s.state, s.mode, s.privilege,
					 s.features, s.features2, s.time[0], s.time[1], s.time[2],
					 s.time[3], s.time[4], s.time[5], s.time[6], s.time[7]);
}

static const sd_bus_vtable vtable[] = { SD_BUS_VTABLE_START(0),
	SD_BUS_METHOD("GetCallStatus", "tu", STATUS, on_get_status, SD_BUS_VTABLE_UNPRIVILEGED),
	SD_BUS_VTABLE_END };

static int serve(sd_bus *bus)
{
	int err = sd_bus_add_object_vtable(bus, NULL, PATH, NAME, vtable, NULL);

	if (err >= 0)
		err = sd_bus_request_name(bus, NAME, 0);
	while (err >= 0) {
		err = sd_bus_process(bus, NULL);
		if (err == 0)
			err = sd_bus_wait(bus, UINT64_MAX);
	}
	return err == -ECONNRESET || err == -ENOTCONN ? 0 : err;
}

static int get_status(void *arg)
{
	sd_bus_error error = SD_BUS_ERROR_NULL;
	sd_bus_message *reply = NULL;
	struct status s;
	int err = sd_bus_call_method(arg, NAME, PATH, NAME, "GetCallStatus", &error, &reply, "tu",
			UINT64_C(0x100000001), 1024u);

	if (err >= 0)
		err = sd_bus_message_read(reply, STATUS, &s.state, &s.mode, &s.privilege,
				&s.features, &s.features2, &s.time[0], &s.time[1], &s.time[2],
				&s.time[3], &s.time[4], &s.time[5], &s.time[6], &s.time[7]);
	sd_bus_message_unref(reply);
	sd_bus_error_free(&error);
	return err < 0 ? err : 0;
}

static int get_modems(void *arg)
{
	sd_bus_message *reply = NULL;
	int err = sd_bus_call_method(arg, "org.ofono", "/", "org.ofono.Manager", "GetModems", NULL,
			&reply, NULL);

	if (err >= 0)
		err = sd_bus_message_skip(reply, "a(oa{sv})");
	sd_bus_message_unref(reply);
	return err < 0 ? err : 0;
}

static int get_version(void *arg)
{
	sd_bus_message *reply = NULL;
	const char *version;
	int err = sd_bus_call_method(arg, MM_NAME, MM_PATH, "org.freedesktop.DBus.Properties",
			"Get", NULL, &reply, "ss", MM_NAME, "Version");

	if (err >= 0)
		err = sd_bus_message_read(reply, "v", "s", &version);
	sd_bus_message_unref(reply);
	return err < 0 ? err : 0;
}

static int call(sd_bus *bus, char **argv)
{
	struct slice s = { .arg = bus, .place = place_parse(argv[4]), .round_trip = get_status };
	int err;

	if (strcmp(argv[1], "ofono") == 0)
		s.round_trip = get_modems;
	else if (strcmp(argv[1], "modemmanager") == 0)
		s.round_trip = get_version;
	slice_set_length(&s, argv[3]);
	for (int i = 0; i < SLICE_SERVERS && argv[5 + i]; i++)
		s.servers[i] = (pid_t)atol(argv[5 + i]);
	err = slice_run(&s);
	if (!err)
		slice_print(&s);
	return err;
}

int main(int argc, char **argv)
{
	bool serves = argc == 3 && strcmp(argv[1], "serve") == 0;
	sd_bus *bus = NULL;
	int err;

	if (!serves && (argc < 5 || argc > 5 + SLICE_SERVERS)) {
		fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	err = peer_bus_open(argv[2], &bus);
	if (err >= 0)
		err = serves ? serve(bus) : call(bus, argv);
	if (err < 0)
		fprintf(stderr, "bench-peer-dbus: %s: %s\n", argv[1], strerror(-err));
	sd_bus_unref(bus);
	return err < 0 ? 1 : 0;
}
