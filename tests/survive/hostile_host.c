// SPDX-License-Identifier: MIT
/* hostile_host.c - hosts that answer and report anything beside one that does not: applications on
 * its lines go on as always, those on theirs get an answer to each call. */
#define _DEFAULT_SOURCE /* realpath */
#include "calls.h"
#include "../conformance/app.h"
#include "healthy.h"
#include "hostile.h"
#include "process.h"
#include "stage.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tapix.h>
#include <unistd.h>

enum { LIARS = 4, FIRST_NUMBER = 1000, SETTLED_KIB = 4096, LOOK_MS = 200 };

struct setting host_setting;
static char script[512], log_of_starts[600];

/* tapi-tsphost for one provider, the false host for the others. */
static void write_script(const char *build)
{
	FILE *f;

	(void)snprintf(script, sizeof(script), "%s/conform/host-%ld", build, (long)getpid());
	f = fopen(script, "w");
	if (!f ||
			fprintf(f,
					"#!/bin/sh\ncase $4 in exchange) exec "
					"'%s/bin/tapi-tsphost' \"$@\" ;; "
					"esac\nexec '%s/bin/false-host' \"$@\"\n",
					build, build) < 0 ||
			fclose(f) || chmod(script, 0700)) {
		perror(script);
		exit(2);
	}
}

void hostile_host_prepare(void)
{
	static char daemon[700], providers[1024];
	char *build = realpath(world_build(), NULL);
	const char *group = hostile_group();
	size_t n;

	if (!build)
		exit(2);
	write_script(build);
	(void)snprintf(log_of_starts, sizeof(log_of_starts), "%s.starts", script);
	(void)setenv("FALSE_HOST", log_of_starts, 1);
	(void)snprintf(daemon, sizeof(daemon), "host = %s\n%s%s", script, group ? "group = " : "",
			group ? group : "");
	n = (size_t)snprintf(providers, sizeof(providers),
			"%s[provider exchange]\nextensions = %d-%d\nlog = error\n",
			group ? "[access nobody]\nown = all\n" : "", FIRST_NUMBER,
			FIRST_NUMBER + HEALTHY - 1);
	for (int i = 0; i < LIARS; i++)
		n += (size_t)snprintf(providers + n, sizeof(providers) - n,
				"[provider liar-%d]\npath = $BUILD/lib/tapi/tsp/exchange.so\n", i);
	host_setting = (struct setting){
		.providers = providers, .daemon = daemon, .arguments = "--log=error"
	};
	free(build);
}

/* --- an administrator who does not wait until the daemon tries again --- */

static atomic_bool *is_done;

static void restart_liars(void *arg)
{
	struct tapix_provider list[LIARS + 1];

	(void)arg;
	while (!*is_done) {
		DWORD count = LIARS + 1;

		expect_ok(tapixGetProviders(me.app, list, sizeof(list[0]), &count));
		for (DWORD i = 0; i < count; i++)
			if (!strncmp(list[i].name, "liar", 4) && !list[i].pid)
				(void)tapixRestartProvider(me.app, list[i].permanent_provider_id);
		pause_ms(LOOK_MS);
	}
}

/* --- the scenario --- */

static struct calls call_half(struct app *app, struct world *w)
{
	struct calls c = { .as_other_user = true, .each = effort.brief ? 10 : 400 };

	(void)snprintf(c.socket, sizeof(c.socket), "%s", world_path(w, "run"));
	app_do(app, calls_make, &c, sizeof(c));
	return c;
}

static unsigned starts(void)
{
	struct stat st;

	return stat(log_of_starts, &st) ? 0 : (unsigned)st.st_size;
}

void hostile_host(struct world *w)
{
	struct app *restarter, *believer = app_start_bare(w, "believer");
	struct calls first, second;
	struct process core;

	is_done = shared_new(sizeof(*is_done));
	restarter = app_start(w, "restarter", 0);
	expect(chmod(world_path(w, "run"), 0711) == 0);
	healthy_start(w, 0, FIRST_NUMBER);
	healthy_quiet(effort.brief ? 300 : 4000);
	app_begin(restarter, restart_liars, NULL, 0);
	first = call_half(believer, w);
	core = process_now(world_daemon(w));
	core.descriptors += LIARS; /* one each, and perhaps only afterwards all of them run */
	healthy_beside();
	second = call_half(believer, w);
	healthy_apart();
	*is_done = true;
	app_finish(restarter, NULL, 0);
	goal("false hosts: how often one had lines", starts() >= LIARS, ">= 4", "%u", starts());
	calls_judge("false hosts", &first, &second);
	healthy_goals("false hosts");
	hostile_judge_process("false hosts: the daemon", world_daemon(w), &core, SETTLED_KIB);
	healthy_end();
	(void)unlink(log_of_starts);
	(void)unlink(script);
}
