// SPDX-License-Identifier: MIT
/* stage.c - all applications of a scenario: they are started, ordered about, waited for, and asked
 * whether they agree with each other. */
#include "stage.h"
#include "../conformance/app.h"

#include "base/clock.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char providers[512];
struct setting stage_setting = { .providers = providers };
struct setting stage_supervised = { .providers = providers, .arguments = "--supervise" };

void stage_prepare(void)
{
	unsigned connections = 0, scenes = 0;

	while (connections < effort.calls && scenes < SCENES_MAX)
		connections += scene_calls(scene_kind(scenes++));
	board_new(scenes, effort.brief ? 2 : 4, effort.brief ? 2 : 4);
	(void)snprintf(providers, sizeof(providers),
			"[provider exchange]\nextensions = 1000-%u\nabsent_ms = 10000\n"
			"no_answer_ms = 3600000\ndial_ms = 3600000\nsetup_ms = 20\n"
			"setup_jitter_ms = 100\ncalls_per_line = 4\nlog = warn\n",
			1000 + scenes * PLACES + 1);
}

static uint64_t late_ns; /* the longest that a pause has taken too long */

void pause_ms(unsigned ms)
{
	const struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };
	uint64_t due = clock_now_ns() + ms * 1000000ULL, now;

	(void)nanosleep(&t, NULL);
	now = clock_now_ns();
	if (now > due + late_ns)
		late_ns = now - due;
}

void stage_judge_noise(void)
{
	if (late_ns > NOISE_MS * 1000000ULL)
		goals_noisy("a pause took %u ms too long", (unsigned)(late_ns / 1000000));
}

/* --- all applications --- */

static struct app *apps[ACTORS_MAX];

void stage_give_up_on(unsigned i, const char *what)
{
	fprintf(stderr, "application %u does not %s\n", i, what);
	world_show_log();
	app_finish(apps[i], &(struct cast){ 0 }, sizeof(struct cast));
	exit(1);
}

void stage_order(enum order order)
{
	uint64_t until = clock_now_ms() + BUILD_MS;

	board->order = order;
	board->orders++;
	for (unsigned i = 0; i < board->actors; i++)
		while (board->actor[i].done != board->orders) {
			pause_ms(1);
			if (clock_now_ms() > until)
				stage_give_up_on(i, "obey");
		}
}

static void start_part(struct world *w, const char *name, const struct part *part, unsigned count)
{
	char text[32];

	for (unsigned i = 0; i < count; i++) {
		struct cast c = { board->actors, i, part };

		(void)snprintf(text, sizeof(text), "%s-%u", name, i);
		apps[c.actor] = app_start_bare(w, text);
		app_begin(apps[c.actor], actor_live, &c, sizeof(c));
		board->actors++;
	}
	stage_order(ORDER_SYNC); /* its lines are open */
}

void stage_start(struct world *w)
{
	unsigned actors = board->callers + board->callees + WATCHERS + TALKERS;

	board->actors = 0;
	expect(actors <= ACTORS_MAX);
	start_part(w, "watcher", &watcher_part, WATCHERS);
	start_part(w, "callee", &callee_part, board->callees);
	start_part(w, "caller", &caller_part, board->callers);
	start_part(w, "talker", &talker_part, TALKERS);
}

void stage_set(enum mode mode)
{
	for (unsigned i = 0; i < board->actors; i++)
		board->actor[i].restless = UINT_MAX;
	board->mode = mode;
}

static bool all_are_at_rest(void)
{
	for (unsigned i = 0; i < board->actors; i++)
		if (board->actor[i].restless)
			return false;
	return true;
}

static bool has_news(void)
{
	stage_order(ORDER_SYNC);
	for (unsigned i = 0; i < board->actors; i++)
		if (board->actor[i].handled)
			return true;
	return !all_are_at_rest();
}

/* --- do they agree? --- */

static unsigned count_in(const struct view *v, DWORD states)
{
	unsigned n = 0;

	for (unsigned i = 0; i < v->count; i++)
		n += (v->call[i].state & states) != 0;
	return n;
}

/* As often as in the other one. */
static bool same_calls(const struct view *a, const struct view *b)
{
	for (unsigned i = 0; i < a->count; i++) {
		unsigned in_a = 0, in_b = 0;

		for (unsigned k = 0; k < a->count; k++)
			in_a += !memcmp(&a->call[i], &a->call[k], sizeof(a->call[0]));
		for (unsigned k = 0; k < b->count; k++)
			in_b += !memcmp(&a->call[i], &b->call[k], sizeof(a->call[0]));
		if (in_a != in_b)
			return false;
	}
	return a->count == b->count;
}

/* Each half of a call has its other half, in a state that suits. A conference call has none. */
static bool halves_agree(unsigned scene)
{
	DWORD up = LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED | LINECALLSTATE_ONHOLD |
		   LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF;
	DWORD in = LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED;
	DWORD party = LINECALLSTATE_CONFERENCED | LINECALLSTATE_ONHOLDPENDCONF;
	const struct view *of = &board->owned[scene_device(scene, 0)];
	unsigned has_conference = count_in(&of[0], party) != 0;

	return count_in(&of[0], up) - has_conference ==
			       count_in(&of[1], up) + count_in(&of[2], up) &&
	       count_in(&of[0], LINECALLSTATE_RINGBACK) ==
			       count_in(&of[1], in) + count_in(&of[2], in);
}

static void show_scene(unsigned s)
{
	static const char *const kinds[] = { "talking", "held", "ringing", "dialling", "conference",
		"consulting" };

	fprintf(stderr, "scene %u (%s, mood %d):", s, kinds[scene_kind(s)], (int)scene_mood(s));
	for (unsigned place = 0; place < PLACES; place++) {
		const struct view *both[] = { &board->owned[scene_device(s, place)],
			&board->watched[scene_device(s, place)] };

		for (unsigned k = 0; k < 2; k++) {
			fprintf(stderr, k ? " watched" : " | owned");
			for (unsigned i = 0; i < both[k]->count; i++)
				fprintf(stderr, " %s/%u",
						tapixConstantName("LINECALLSTATE_",
								both[k]->call[i].state),
						both[k]->call[i].hub);
		}
	}
	fprintf(stderr, "\n");
}

static bool agrees(unsigned scene)
{
	bool agree = halves_agree(scene);

	for (unsigned place = 0; place < PLACES; place++) {
		DWORD d = scene_device(scene, place);

		agree = agree && same_calls(&board->owned[d], &board->watched[d]);
	}
	return agree;
}

static unsigned scenes_that_disagree(void)
{
	unsigned n = 0;

	stage_order(ORDER_REPORT);
	for (unsigned s = 0; s < board->scenes; s++)
		n += !agrees(s);
	return n;
}

static unsigned show_what_is_wrong(void)
{
	unsigned bad = scenes_that_disagree();

	stage_order(ORDER_SHOW);
	for (unsigned i = 0; i < board->actors; i++) {
		unsigned scene = board->actor[i].restless;

		if (scene)
			fprintf(stderr, "application %u is not at rest\n", i);
		if (scene && scene <= board->scenes)
			show_scene(scene - 1);
	}
	for (unsigned s = 0; s < board->scenes; s++)
		if (!agrees(s))
			show_scene(s);
	return bad ? bad : 1;
}

unsigned stage_await_rest(enum mode mode, unsigned ms)
{
	uint64_t until = clock_now_ms() + ms;

	stage_set(mode);
	while (!all_are_at_rest() || has_news() || scenes_that_disagree()) {
		if (clock_now_ms() > until)
			return show_what_is_wrong();
		pause_ms(STEP_MS);
	}
	return 0;
}

struct tally stage_sum(unsigned from, unsigned to)
{
	struct tally sum = { .still = 0 };
	unsigned *s = (unsigned *)&sum;

	for (unsigned i = from; i < to; i++)
		for (size_t k = 0; k < sizeof(sum) / sizeof(*s); k++)
			s[k] += ((const unsigned *)&board->actor[i].tally)[k];
	return sum;
}

void stage_end(void)
{
	stage_set(MODE_END);
	for (unsigned i = 0; i < board->actors; i++) {
		app_finish(apps[i], &(struct cast){ 0 }, sizeof(struct cast));
		app_end(apps[i]);
	}
}

/* "1001: 0 active, 0 held" */
static void count_left(void *arg)
{
	static char text[65536] = "calls";
	struct tapix_provider list[4];
	DWORD count = 4;

	expect_ok(tapixGetProviders(me.app, list, sizeof(list[0]), &count));
	expect_eq(count, 1);
	expect_ok(tapixProviderDialog(me.app, TAPIX_OBJECT_PROVIDER, list[0].permanent_provider_id,
			text, sizeof(text)));
	for (const char *at = text; at; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
		*(unsigned *)arg += strncmp(strchr(at, ':'), ": 0 active, 0 held", 18) != 0;
}

unsigned stage_lines_in_use(struct world *w)
{
	struct app *a = app_start(w, "counter", 0);
	unsigned n = 0;

	app_do(a, count_left, &n, sizeof(n));
	return n;
}
