// SPDX-License-Identifier: MIT
/* exhaust_descriptors.c - the daemon, a provider's host or an application has no descriptor left.
 */
#include "exhaust.h"
#include "../conformance/app.h"

enum { TIMES = 40, NEEDED = 8 };

/* --- new work that needs some --- */

static LONG add_provider(DWORD n)
{
	DWORD id;

	(void)n;
	return lineAddProvider("template", 0, &id);
}

/* --- the scenario --- */

static void of_daemon(struct stand *s)
{
	static const char what[] = "daemon";
	struct attempt comes = {
		.try = attempt_to_come, .times = TIMES, .want = LINEERR_RESOURCEUNAVAIL
	};
	struct attempt adds = { .try = add_provider, .times = 1, .want = LINEERR_OPERATIONFAILED };
	struct watch k;

	limit_now(world_daemon(s->w), LIMIT_DESCRIPTORS, 0);
	watch_begin(&k, s->w, world_daemon(s->w), 0, 0);
	app_do(s->other, attempt, &comes, sizeof(comes));
	app_do(s->from, attempt, &adds, sizeof(adds));
	stand_use(s, what);
	watch_end(&k, what, 2);
	attempt_goals(&comes, "daemon: applications");
	attempt_goals(&adds, "daemon: providers");
	limit_off(world_daemon(s->w), LIMIT_DESCRIPTORS);
	stand_end(s, what);
}

/* Calls of the exchange need none, and it finds a new daemon with the one of the old. */
static void of_host(struct stand *s)
{
	static const char what[] = "host";
	pid_t host = world_host(s->w, "exchange");
	struct watch k;

	limit_now(host, LIMIT_DESCRIPTORS, 0);
	watch_begin(&k, s->w, world_daemon(s->w), host, 0);
	stand_use(s, what);
	watch_end(&k, what, 1);
	world_kill(s->w);
	world_launch(s->w);
	goal_none("host: another after the daemon was killed",
			world_host(s->w, "exchange") != host);
	limit_off(host, LIMIT_DESCRIPTORS);
	stand_end(s, what);
}

/* One descriptor of those that it needs is missing, each in turn. */
static void of_application(struct stand *s)
{
	static const char what[] = "application";
	struct attempt comes = {
		.try = attempt_to_come, .times = TIMES, .want = LINEERR_RESOURCEUNAVAIL
	};
	struct watch k;

	app_end(s->other);
	s->other = app_start_bare(s->w, "other");
	watch_begin(&k, s->w, world_daemon(s->w), app_pid(s->from), app_pid(s->to));
	for (unsigned long has = 0; has < NEEDED; has++) {
		limit_now(app_pid(s->other), LIMIT_DESCRIPTORS, has);
		app_do(s->other, attempt, &comes, sizeof(comes));
	}
	limit_now(app_pid(s->from), LIMIT_DESCRIPTORS, 0);
	stand_use(s, what);
	watch_end(&k, what, 1);
	attempt_goals(&comes, "application: initialising");
	limit_off(app_pid(s->other), LIMIT_DESCRIPTORS);
	limit_off(app_pid(s->from), LIMIT_DESCRIPTORS);
	stand_end(s, what);
}

void exhaust_descriptors(struct world *w)
{
	struct stand s;

	if (!limits_are_possible())
		return;
	stand_begin(&s, w);
	of_daemon(&s);
	of_host(&s);
	of_application(&s);
}
