// SPDX-License-Identifier: MIT
/* hostile_daemon.c - an application of libtapi and a daemon that answers anything: each function
 * returns, with a reason if it failed, and nothing is kept of it. */
#include "calls.h"
#include "false_daemon.h"
#include "hostile.h"
#include "process.h"

#include "base/clock.h"
#include "wire/arena.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <tapix.h>
#include <unistd.h>

static struct calls call_half(struct app *app, const char *socket)
{
	struct calls c = { .each = effort.brief ? 4 : 40 };

	(void)snprintf(c.socket, sizeof(c.socket), "%s", socket);
	app_do(app, calls_make, &c, sizeof(c));
	return c;
}

void hostile_daemon(struct world *w)
{
	struct lies *lies = shared_new(sizeof(*lies));
	struct app *app = app_start_bare(w, "believer");
	const char *socket = world_path(w, "run/false");
	struct process then;
	struct calls first, second;
	pid_t liar;

	liar = false_daemon_start(socket, effort.seed, lies);
	first = call_half(app, socket);
	then = process_at_rest(app_pid(app));
	second = call_half(app, socket);
	calls_judge("a false daemon", &first, &second);
	goal("a false daemon: answers, events, hung up, silent", lies->answers > 0, "",
			"%u, %u, %u, %u", lies->answers, lies->events, lies->hung_up, lies->silent);
	hostile_judge_process("a false daemon: the application", app_pid(app), &then,
			MESSAGE_MAX / 1024 + 256); /* one that was read */
	(void)kill(liar, SIGKILL);
	(void)waitpid(liar, NULL, 0);
}
