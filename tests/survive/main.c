// SPDX-License-Identifier: MIT
/* main.c - survive: which scenarios to run, and how much of them. */
#include "exhaust.h"
#include "hostile.h"
#include "stage.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char usage[] =
		"usage: survive [--brief] [--seed N] [--kills N] [--calls N] [--mutants N]\n"
		"       [SCENARIO...]\n"
		"\n"
		"Does to a daemon what is hard to survive and prints figures against goals.\n"
		"--brief: the short form, which judges no times. The seed decides all chance.\n"
		"Exit: 0 all goals are reached, 1 not all, 2 wrong usage, 77 the machine is too\n"
		"noisy for those that are times.\n"
		"\n"
		"Scenarios, without one all:\n";

struct effort effort = { .kills = 20, .calls = 200 };

enum { SECONDS_MAX = 1800, WORDS_MAX = 16 };

static const struct {
	const char *name, *title;
	void (*prepare)(void);
	struct row row;
} scenarios[] = {
	{ "core", "The daemon is killed", stage_prepare,
			TEST_IN(&stage_setting, "", "", "core", core_kill) },
	{ "hostile", "A client sends what none should", hostile_prepare,
			TEST_IN(&hostile_setting, "", "", "hostile", hostile_client) },
	{ "liar", "A daemon answers what none should", NULL, TEST("", "", "liar", hostile_daemon) },
	{ "hosts", "Hosts answer what none should", hostile_host_prepare,
			TEST_IN(&host_setting, "", "", "hosts", hostile_host) },
	{ "supervise", "The daemon is killed, and its supervisor starts it again", stage_prepare,
			TEST_IN(&stage_supervised, "", "", "supervise", supervised_kill) },
	{ "owner", "The owner of 200 calls is killed", NULL,
			TEST_IN(&owner_setting, "", "", "owner", client_owner_dies) },
	{ "reader", "A client never reads", NULL,
			TEST_IN(&client_setting, "", "", "reader", client_never_reads) },
	{ "halfopen", "300 connections say nothing", NULL,
			TEST_IN(&client_setting, "", "", "halfopen", client_says_nothing) },
	{ "flood", "A client floods the daemon", NULL,
			TEST_IN(&client_setting, "", "", "flood", client_floods) },
	{ "time", "The wall clock jumps", wall_prepare,
			TEST_IN(&wall_setting, "", "", "time", wall_jump) },
	{ "provider", "A provider fails, its neighbours do not", provider_prepare,
			TEST_IN(&provider_setting, "", "", "provider", provider_fail) },
	{ "descriptors", "Descriptors run out", NULL,
			TEST("", "", "descriptors", exhaust_descriptors) },
	{ "memory", "Memory runs out", NULL, TEST("", "", "memory", exhaust_memory) },
	{ "disk", "The disk is full", NULL, TEST("", "", "disk", exhaust_disk) },
	{ "ports", "Ports for sound run out", ports_prepare,
			TEST_IN(&ports_setting, "", "", "ports", exhaust_ports) },
};
enum { SCENARIOS = sizeof(scenarios) / sizeof(scenarios[0]) };

static const char *words[WORDS_MAX];
static const char *ended_early[SCENARIOS];
static unsigned word_count, failures;

static bool is_wanted(const char *name)
{
	for (unsigned i = 0; i < word_count; i++)
		if (!strcmp(words[i], name))
			return true;
	return word_count == 0;
}

static bool is_known(const char *name)
{
	for (unsigned i = 0; i < SCENARIOS; i++)
		if (!strcmp(scenarios[i].name, name))
			return true;
	return false;
}

static void copy(FILE *from)
{
	char text[4096];
	size_t n;

	rewind(from);
	while ((n = fread(text, 1, sizeof(text), from)) > 0)
		(void)fwrite(text, 1, n, stdout);
}

static void done(const struct table *t, const struct row *row, const char *function, bool good,
		FILE *out)
{
	(void)t, (void)function;
	if (!good || goals_are_missed() || getenv("KEEP"))
		copy(out);
	if (!good)
		ended_early[failures++] = row->name;
}

static void run(unsigned i)
{
	char title[128];

	if (scenarios[i].prepare)
		scenarios[i].prepare();
	run_begin(NULL, &scenarios[i].row, NULL);
	run_finish();
	(void)snprintf(title, sizeof(title), "%s (seed %llu)", scenarios[i].title,
			(unsigned long long)effort.seed);
	goals_print(title);
}

static void show_usage(void)
{
	fputs(usage, stderr);
	for (unsigned i = 0; i < SCENARIOS; i++)
		fprintf(stderr, "  %-12s %s\n", scenarios[i].name, scenarios[i].title);
}

static bool read_number(const char *text, unsigned *out)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	*out = (unsigned)value;
	return *text && !*end && value && value < 100000;
}

static bool read_options(int argc, char **argv)
{
	unsigned seed = 0;

	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : "";
		const struct {
			const char *name;
			unsigned *to;
		} numbers[] = { { "--seed", &seed }, { "--kills", &effort.kills },
			{ "--calls", &effort.calls }, { "--mutants", &effort.mutants } };
		bool known = false;

		for (size_t k = 0; k < sizeof(numbers) / sizeof(numbers[0]) && !known; k++)
			if (!strcmp(argv[i], numbers[k].name))
				known = read_number(value, numbers[k].to) && i++;
		if (!known && !strcmp(argv[i], "--brief"))
			known = effort.brief = true;
		if (!known && is_known(argv[i]) && word_count < WORDS_MAX)
			known = (words[word_count++] = argv[i]) != NULL;
		if (!known)
			return false;
	}
	effort.seed = seed ? seed : (uint64_t)time(NULL) % 99991 + 1;
	return true;
}

int main(int argc, char **argv)
{
	static const char *const ours[] = { "LD_PRELOAD", "XDG_RUNTIME_DIR", "TAPI_TRACE",
		"TAPI_LOG" };
	char folder[512];
	int verdict;

	if (!read_options(argc, argv)) {
		show_usage();
		return 2;
	}
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		(void)unsetenv(ours[i]);
	(void)snprintf(folder, sizeof(folder), "%s/conform", world_build());
	(void)mkdir(folder, 0700);
	goals_start();
	run_start(1, SECONDS_MAX, done);
	for (unsigned i = 0; i < SCENARIOS; i++)
		if (is_wanted(scenarios[i].name))
			run(i);
	verdict = goals_verdict();
	for (unsigned i = 0; i < failures; i++)
		printf("%s: the scenario ended early\n", ended_early[i]);
	return failures ? 1 : verdict;
}
