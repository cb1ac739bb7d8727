// SPDX-License-Identifier: MIT
/* exhaust_memory.c - the daemon has no memory left (RLIMIT_AS). What a provider's host does then
 * is among the failures of provider_fail.c. */
#include "exhaust.h"
#include "../conformance/app.h"
#include "../sanitized.h"

enum { OPENS = 30000, TIMES = 40, MORE_KIB = 256 };

/* Fills what the daemon has free. */
static LONG open_more(DWORD n)
{
	HLINE line;

	return lineOpen(me.app, n % 4, &line, me.version, 0, n, LINECALLPRIVILEGE_MONITOR,
			LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
}

static LONG call_more(DWORD n)
{
	HCALL call;

	(void)n;
	return lineMakeCall(me.line[0], &call, "103", 0, NULL);
}

static void shut_down(void *arg)
{
	(void)arg;
	expect_ok(lineShutdown(me.app));
	me.app = 0;
}

static void of_daemon(struct stand *s)
{
	static const char what[] = "daemon";
	struct attempt opens = {
		.try = open_more, .times = OPENS, .enough = TIMES, .want = LINEERR_NOMEM
	};
	struct attempt comes = { .try = attempt_to_come, .times = TIMES, .want = LINEERR_NOMEM };
	struct attempt calls = { .try = call_more, .times = TIMES, .want = LINEERR_NOMEM };
	struct app *hog = app_start(s->w, "hog", 0);
	struct watch k;

	limit_now(world_daemon(s->w), LIMIT_MEMORY, MORE_KIB * 1024);
	app_do(hog, attempt, &opens, sizeof(opens));
	watch_begin(&k, s->w, world_daemon(s->w), 0, 0);
	app_do(s->other, attempt, &comes, sizeof(comes));
	app_do(s->from, attempt, &calls, sizeof(calls));
	stand_use(s, what);
	watch_end(&k, what, 2);
	attempt_goals(&opens, "daemon: lines to open");
	attempt_goals(&comes, "daemon: applications");
	attempt_goals(&calls, "daemon: calls to make");
	limit_off(world_daemon(s->w), LIMIT_MEMORY);
	app_do(hog, shut_down, NULL, 0);
	stand_end(s, what);
}

void exhaust_memory(struct world *w)
{
	struct stand s;

	if (!limits_are_possible())
		return;
#ifdef SANITIZED
	goal("the sanitizer takes all addresses: nothing tried", true, "-", "skipped");
	return;
#endif
	stand_begin(&s, w);
	of_daemon(&s);
}
