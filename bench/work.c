// SPDX-License-Identifier: MIT
/* work.c - bench-work: one application does one thing after the other, so many times, while the
 * daemon holds whatever else there is. */
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
		"usage: bench-work SOCKET LINES TRIGGER requests|events|calls|sessions COUNT\n"
		"\n"
		"requests: lineGetCallStatus; events: of its call, by the fifo of many.so; calls: "
		"made and\n"
		"dropped; sessions: begun, lines opened, ended. LINES: so many are opened, the "
		"last is used.\n";

struct work {
	struct wire wire;
	const char *socket;
	uint32_t line;
	int trigger;
};

static int open_lines(struct work *w)
{
	int err = wire_connect(&w->wire, w->socket);

	for (uint32_t i = 0; i <= w->line && !err; i++)
		err = wire_open_line(&w->wire, i, LINECALLPRIVILEGE_NONE);
	return err;
}

static int open_call(struct work *w)
{
	int err = open_lines(w);

	return err ? err : wire_make_call(&w->wire, w->line);
}

static int request(struct work *w)
{
	LineGetCallStatus m = LINE_GET_CALL_STATUS__INIT;
	struct frame f;

	m.has_call = m.has_call_status = 1;
	m.call = w->wire.call;
	m.call_status = 1024;
	return wire_request(&w->wire, CALL_LineGetCallStatus, &m.base, &f);
}

static int event(struct work *w)
{
	if (write(w->trigger, "\1", 1) != 1)
		return -errno;
	return wire_await_state(&w->wire, LINECALLSTATE_CONNECTED);
}

static int call(struct work *w)
{
	int err = wire_make_call(&w->wire, w->line);

	return err ? err : wire_drop_call(&w->wire);
}

static int session(struct work *w)
{
	int err = open_lines(w);

	wire_close(&w->wire);
	return err;
}

static const struct kind {
	const char *name;
	int (*begin)(struct work *), (*once)(struct work *);
} kinds[] = { { "requests", open_call, request }, { "events", open_call, event },
	{ "calls", open_lines, call }, { "sessions", NULL, session } };

static const struct kind *kind_of(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

/* Returns when the daemon and the host are done with it: they answer in order. */
static int end(struct work *w)
{
	wire_close(&w->wire);
	w->line = 0;
	return session(w);
}

int main(int argc, char **argv)
{
	const struct kind *k = argc == 6 ? kind_of(argv[4]) : NULL;
	struct work w = { .trigger = -1 };
	int err;

	if (!k) {
		fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	w.socket = argv[1];
	w.line = (uint32_t)strtoul(argv[2], NULL, 10) - 1;
	w.trigger = open(argv[3], O_RDWR | O_CLOEXEC);
	err = w.trigger < 0 ? -errno : k->begin ? k->begin(&w) : 0;
	for (long n = atol(argv[5]); n > 0 && !err; n--)
		err = k->once(&w);
	if (!err)
		err = end(&w);
	if (err)
		fprintf(stderr, "bench-work: %s: %s\n", k->name, strerror(-err));
	return err ? 1 : 0;
}
