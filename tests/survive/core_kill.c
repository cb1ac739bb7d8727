// SPDX-License-Identifier: MIT
/* core_kill.c - the daemon is killed at random moments while calls of all states are there and are
 * being made, held, conferenced, dropped; it is started again, and everybody is asked what is left.
 */
#include "stage.h"

#include "base/clock.h"
#include "base/random.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHURN_MS = 900, READY_MS = 1000, VALID_MS = 2000 };

/* --- the kills --- */

static struct {
	unsigned rounds, disagree, resync_missing, resync_more, digits_missing, hosts_wrong;
	uint64_t ready_ns, valid_ns; /* the longest */
	DWORD host;
} seen;
static bool is_supervised;

static unsigned hosts_there_are(const struct world *w)
{
	const char *run = world_path(w, "run/");
	DIR *d = opendir("/proc");
	struct dirent *e;
	unsigned n = 0;

	if (!d)
		return 1; /* nobody can say */
	while ((e = readdir(d))) {
		char path[300], line[1024] = "";
		FILE *f;

		(void)snprintf(path, sizeof(path), "/proc/%s/cmdline", e->d_name);
		f = e->d_name[0] >= '1' && e->d_name[0] <= '9' ? fopen(path, "r") : NULL;
		if (!f)
			continue;
		for (size_t i = 0, got = fread(line, 1, sizeof(line) - 1, f); i < got; i++)
			line[i] = line[i] ? line[i] : ' ';
		(void)fclose(f);
		n += strstr(line, "tapi-tsphost ") && strstr(line, run);
	}
	(void)closedir(d);
	return n;
}

/* Of a supervisor in turn the daemon, which it starts again, and itself: then the next one replaces
 * the daemon that is left. */
static void kill_core(struct world *w)
{
	bool core_only = is_supervised && board->kills % 2 == 0;
	uint64_t took;

	board->killed_ns = clock_now_ns();
	if (core_only)
		expect(kill(world_core(w), SIGKILL) == 0);
	else
		world_kill(w);
	board->kills++;
	if (core_only)
		world_await_ready(w);
	else
		world_launch(w);
	took = clock_now_ns() - board->killed_ns;
	seen.ready_ns = took > seen.ready_ns ? took : seen.ready_ns;
}

static void await_handles(void)
{
	uint64_t until = clock_now_ms() + BUILD_MS;

	for (unsigned i = 0; i < board->actors; i++) {
		struct actor *a = &board->actor[i];

		while (a->kills != board->kills) {
			pause_ms(1);
			if (clock_now_ms() > until)
				stage_give_up_on(i, "get its handles back");
		}
		seen.valid_ns = a->valid_ns > seen.valid_ns ? a->valid_ns : seen.valid_ns;
	}
}

static void count_resyncs(unsigned kills)
{
	for (unsigned i = 0; i < board->actors; i++) {
		unsigned n = board->actor[i].resyncs;

		seen.resync_missing += n == 0;
		seen.resync_more += n > kills;
	}
}

static void await_digit(void)
{
	const struct actor *hearer = &board->actor[board->actors - TALKERS];
	uint64_t until = clock_now_ms() + PATIENCE_MS;

	while (hearer->tally.digits < seen.rounds && clock_now_ms() < until)
		pause_ms(STEP_MS);
	seen.digits_missing += hearer->tally.digits != seen.rounds;
}

static void run_round(struct world *w)
{
	unsigned kills = 1;

	stage_order(ORDER_CLEAN);
	board->round++;
	for (unsigned i = 0; i < board->actors; i++)
		board->actor[i].resyncs = 0;
	stage_set(MODE_CHURN);
	pause_ms(100 + (unsigned)(random_u64() % CHURN_MS));
	kill_core(w);
	if (board->round % 4 == 3) { /* once more, while it is being rebuilt */
		pause_ms((unsigned)(random_u64() % 250));
		kill_core(w);
		kills++;
	}
	await_handles();
	pause_ms((unsigned)(random_u64() % 300));
	seen.disagree += stage_await_rest(MODE_SETTLE, PATIENCE_MS);
	stage_order(ORDER_JUDGE);
	seen.rounds++;
	count_resyncs(kills);
	seen.hosts_wrong += hosts_there_are(w) != 1 || board->host != seen.host;
	await_digit();
	if (stage_await_rest(MODE_BUILD, BUILD_MS))
		fail_test("the calls do not come to rest after kill %u", board->kills);
}

/* --- the goals --- */

static void add_goals_of_calls(const struct tally *own, const struct tally *watched)
{
	static const struct {
		const char *what;
		unsigned percent;
	} rows[CLASSES] = {
		[CLASS_CONNECTED] = { "connected and conferenced calls kept", 100 },
		[CLASS_HELD] = { "held calls kept", 100 },
		[CLASS_RINGING] = { "calls ringing in kept", 95 },
		[CLASS_DIALLING] = { "calls dialling or ringing out kept", 90 },
	};
	unsigned kept = 0, all = 0;

	for (unsigned c = 0; c < CLASSES; c++) {
		goal_share(rows[c].what, own->kept[c], own->all[c], rows[c].percent);
		kept += watched->kept[c];
		all += watched->all[c];
	}
	goal_share("calls kept for their monitor", kept, all, 100);
	goal("calls where nothing happened that changed", !own->moved && !watched->moved, "0",
			"%u of %u", own->moved + watched->moved, own->still + watched->still);
	goal("calls that ended without a named cause", !own->no_cause, "0", "%u of %u",
			own->no_cause, own->ended);
	goal_none("scenes whose two ends and monitor disagree", seen.disagree);
}

static void add_goals(void)
{
	unsigned talkers = WATCHERS + board->callees + board->callers;
	struct tally own = stage_sum(WATCHERS, talkers), watched = stage_sum(0, WATCHERS);
	struct tally sound = stage_sum(talkers, board->actors), all = stage_sum(0, board->actors);

	add_goals_of_calls(&own, &watched);
	goal_none("privileges that are not as before", all.wrong_privilege);
	goal_none("lines that are not open any more", all.bad_lines);
	goal_none("states that their application was not told", all.told_wrong);
	goal_none("hubs that the monitor was told wrong", all.hubs_wrong);
	goal("requests under way answered once",
			!all.unanswered && !all.unexpected && (all.waiting || effort.brief), "all",
			"%u: %u done, %u failed", all.waiting, all.done, all.failed);
	goal_none("errors without a reason", all.no_reason);
	goal_none("applications not told that the daemon is back", seen.resync_missing);
	goal_none("applications told more often than it was killed", seen.resync_more);
	goal_none("hosts lost or doubled", seen.hosts_wrong);
	goal_none("monitored digits missing", seen.digits_missing);
	goal_none("RTP packets lost", sound.lost_packets);
	goal_time("RTP packets received of those due",
			sound.packets_received * 100.0 >= sound.packets_due * 98.0, ">= 98 %",
			"%u of %u", sound.packets_received, sound.packets_due);
	goal_time("longest time from kill to ready", seen.ready_ns <= READY_MS * 1000000ULL,
			"<= 1 s", "%.3f s", (double)seen.ready_ns / 1e9);
	goal_time("longest time from kill to valid handles", seen.valid_ns <= VALID_MS * 1000000ULL,
			"<= 2 s", "%.3f s", (double)seen.valid_ns / 1e9);
}

void core_kill(struct world *w)
{
	random_seed(effort.seed);
	stage_start(w);
	if (stage_await_rest(MODE_BUILD, BUILD_MS) || stage_await_rest(MODE_SETTLE, PATIENCE_MS))
		fail_test("the calls do not come to rest");
	stage_order(ORDER_JUDGE);
	seen.host = board->host;
	seen.rounds = 1;
	await_digit();
	while (board->kills < effort.kills)
		run_round(w);
	stage_judge_noise();
	add_goals();
	stage_end();
	goal_none("lines with a call left when all applications have gone", stage_lines_in_use(w));
}

void supervised_kill(struct world *w)
{
	is_supervised = true;
	if (effort.brief)
		effort.kills = 2;
	core_kill(w);
}
