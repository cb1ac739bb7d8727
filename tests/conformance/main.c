// SPDX-License-Identifier: MIT
/* main.c - conform: which tests to run, and what for. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char usage[] =
		"usage: conform [--jobs N] [--brief] [--strict] [--prove] [--list] [WORD...]\n"
		"\n"
		"Runs the tests and lists the rules. WORD is a rule, a section, a function or the "
		"noun of\n"
		"a file: only those. --brief: no list. --strict: a rule without a test is a "
		"failure.\n"
		"--list: rules, functions, file and name of each test. --prove: each function in "
		"turn\n"
		"answers OPERATIONUNAVAIL (with the library for that preloaded), and the tests "
		"that prove\n"
		"it must fail.\n";

enum { ONLY_MAX = 32 };

#define NOUN(noun) extern const struct table conform_##noun;
#include "conform_tables.inc"
#undef NOUN

static const struct table *const tables[] = {
#define NOUN(noun) &conform_##noun,
#include "conform_tables.inc"
#undef NOUN
};
enum { TABLES = sizeof(tables) / sizeof(tables[0]) };

static struct {
	const char *only[ONLY_MAX];
	unsigned only_count, jobs;
	bool brief, strict, prove, list;
} options = { .jobs = 2 };

bool list_has(const char *list, const char *word, bool prefix)
{
	size_t n = strlen(word);

	for (const char *at = list; *at;) {
		size_t m = strcspn(at, " ");

		if (m >= n && !memcmp(at, word, n) && (m == n || (prefix && at[n] == '.')))
			return true;
		at += m + (at[m] == ' ');
	}
	return false;
}

static bool is_wanted(const struct table *t, const struct row *row)
{
	for (unsigned i = 0; i < options.only_count; i++)
		if (list_has(row->rules, options.only[i], true) ||
				list_has(row->functions, options.only[i], false) ||
				!strcmp(t->noun, options.only[i]))
			return true;
	return options.only_count == 0;
}

void rows_walk(void (*fn)(const struct table *t, const struct row *row, void *arg), void *arg)
{
	for (unsigned i = 0; i < TABLES; i++)
		for (size_t k = 0; k < tables[i]->count; k++)
			if (is_wanted(tables[i], &tables[i]->rows[k]))
				fn(tables[i], &tables[i]->rows[k], arg);
}

static void list_row(const struct table *t, const struct row *row, void *arg)
{
	(void)arg;
	printf("%s\t%s\ttest_%s.c\t%s\n", row->rules, row->functions, t->noun, row->name);
}

static void run_row(const struct table *t, const struct row *row, void *arg)
{
	(void)arg;
	run_begin(t, row, NULL);
}

static unsigned passed, failed;

static void row_done(const struct table *t, const struct row *row, const char *function, bool good,
		FILE *out)
{
	char line[4096];

	(void)function;
	passed += good;
	failed += !good;
	report_row(row, good);
	if (good)
		return;
	printf("FAIL test_%s.c: %s\n", t->noun, row->name);
	rewind(out);
	while (fgets(line, sizeof(line), out))
		printf("    %s", line);
	fflush(stdout);
}

static int conform(void)
{
	struct timespec from, to;
	unsigned missing;

	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	run_start(options.jobs, TEST_SECONDS, row_done);
	rows_walk(run_row, NULL);
	run_finish();
	missing = report_show(!options.brief, options.only_count == 0);
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	printf("conform: %u tests passed, %u failed, %ld s\n", passed, failed,
			(long)(to.tv_sec - from.tv_sec));
	return failed || !passed || (options.strict && missing);
}

static bool set_flag(const char *word)
{
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "--brief", &options.brief },
		{ "--strict", &options.strict },
		{ "--prove", &options.prove },
		{ "--list", &options.list },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (!strcmp(word, flags[i].name))
			return *flags[i].flag = true;
	return false;
}

static bool read_options(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (set_flag(argv[i]))
			continue;
		if (!strcmp(argv[i], "--jobs") && i + 1 < argc)
			options.jobs = (unsigned)atoi(argv[++i]);
		else if (argv[i][0] != '-' && options.only_count < ONLY_MAX)
			options.only[options.only_count++] = argv[i];
		else
			return false;
	}
	return options.jobs >= 1 && options.jobs <= JOBS_MAX;
}

int main(int argc, char **argv)
{
	static const char *const ours[] = { "LD_PRELOAD", "XDG_RUNTIME_DIR", "TAPI_TRACE",
		"TAPI_LOG" };
	char folder[512];

	if (!read_options(argc, argv)) {
		fputs(usage, stderr);
		return 2;
	}
	if (options.list) {
		rows_walk(list_row, NULL);
		return 0;
	}
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		(void)unsetenv(ours[i]);
	if (!report_begin("tests/conformance/rules.tsv"))
		return 2;
	(void)snprintf(folder, sizeof(folder), "%s/conform", world_build());
	(void)mkdir(folder, 0700);
	return options.prove ? prove(options.jobs) : conform();
}
