// SPDX-License-Identifier: MIT
/* exhaust_disk.c - no file of the daemon and its host may grow (RLIMIT_FSIZE), which is what a full
 * disk is to them: state, log and trace. */
#include "exhaust.h"
#include "../conformance/app.h"

#include <stdlib.h>
#include <string.h>
#include <tapix_numbers.h>

enum { TIMES = 20 };

/* How many locations there are; *last is the newest. */
static DWORD locations(struct tapix_location *last)
{
	struct tapix_location all[8];
	DWORD count = 8, current;

	expect_ok(tapixGetLocations(me.app, all, sizeof(all[0]), &count, &current));
	expect(count && count <= 8);
	*last = all[count - 1];
	return count;
}

static LONG set_location(const char *name, DWORD id)
{
	struct tapix_location l = {
		.permanent_location_id = id, .country_id = 1, .area_code = "425"
	};

	(void)snprintf(l.name, sizeof(l.name), "%s", name);
	return tapixSetLocation(me.app, &l, sizeof(l), &id);
}

static LONG add_location(DWORD n)
{
	(void)n;
	return set_location("New", TAPIX_NEW);
}

static LONG change_location(DWORD n)
{
	struct tapix_location l;

	(void)n;
	(void)locations(&l);
	return set_location("Changed", l.permanent_location_id);
}

static LONG rank_program(DWORD n)
{
	(void)n;
	return lineSetAppPriority("other", LINEMEDIAMODE_INTERACTIVEVOICE, NULL, 0, NULL, 1);
}

static LONG add_toll(DWORD n)
{
	(void)n;
	return lineSetTollList(me.app, 0, "+1 (425) 5551212", LINETOLLLISTOPTION_ADD);
}

static void have_office(void *arg)
{
	struct tapix_location l;

	(void)arg;
	expect_ok(set_location("Office", TAPIX_NEW));
	(void)locations(&l);
	expect_ok(lineSetCurrentLocation(me.app, l.permanent_location_id));
}

static void find_office(void *name)
{
	struct tapix_location l;

	expect_eq(locations(&l), 2);
	expect_str(l.name, (const char *)name);
}

static void change_all(void *arg)
{
	expect_ok(change_location(0));
	expect_ok(rank_program(0));
	(void)arg;
}

static void begin(struct stand *s, struct watch *k, pid_t host)
{
	app_do(s->from, have_office, NULL, 0);
	limit_now(world_daemon(s->w), LIMIT_FILE, 0);
	limit_now(host, LIMIT_FILE, 0);
	watch_begin(k, s->w, world_daemon(s->w), host, 0);
}

static void try_to_set(struct stand *s)
{
	static const struct {
		const char *what;
		LONG (*try)(DWORD n);
	} rows[] = { { "locations to add", add_location },
		{ "locations to change", change_location }, { "programs to rank", rank_program },
		{ "toll prefixes to add", add_toll } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct attempt a = {
			.try = rows[i].try, .times = TIMES, .want = LINEERR_OPERATIONFAILED
		};

		app_do(s->from, attempt, &a, sizeof(a));
		attempt_goals(&a, rows[i].what);
	}
}

void exhaust_disk(struct world *w)
{
	static const char what[] = "disk";
	pid_t host = world_host(w, "exchange");
	char name[32] = "Office", changed[32] = "Changed";
	struct stand s;
	struct watch k;

	if (!limits_are_possible())
		return;
	stand_begin(&s, w);
	begin(&s, &k, host);
	try_to_set(&s);
	stand_use(&s, what);
	app_do(s.from, find_office, name, sizeof(name));
	watch_end(&k, what, 1);
	limit_off(world_daemon(w), LIMIT_FILE);
	limit_off(host, LIMIT_FILE);
	app_do(s.from, change_all, NULL, 0);
	stand_end(&s, what);
	world_kill(w);
	world_launch(w);
	stand_meet(&s);
	app_do(s.from, find_office, changed, sizeof(changed));
	goal("disk: what was set is as it was, then as it was set anew", true, "yes", "yes");
}
