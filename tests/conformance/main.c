// SPDX-License-Identifier: MIT
/* main.c - conform: runs the tests, some at a time, each in a process group of its own, and lists
 *the rules. conform [--jobs N] [--brief] [--only WORD]...
 *	conform --list		rules, functions, file and name of each test
 *	conform --prove FUNCTION	its tests must fail: for a build where it answers
 *OPERATIONUNAVAIL WORD is a rule id, a section, a function, or the noun of a file. */
#include "internal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { JOBS_MAX = 16, ONLY_MAX = 32, SECONDS_MAX = 90 };

#define NOUN(noun) extern const struct table conform_##noun;
#include "conform_tables.inc"
#undef NOUN

static const struct table *const tables[] = {
#define NOUN(noun) &conform_##noun,
#include "conform_tables.inc"
#undef NOUN
};
enum { TABLES = sizeof(tables) / sizeof(tables[0]) };

struct job {
	pid_t pid; /* 0: free */
	const struct table *table;
	const struct row *row;
	FILE *out;
	bool failed;
};

static struct {
	const char *only[ONLY_MAX];
	unsigned only_count, jobs;
	bool brief;
	const char *prove;
} options = { .jobs = 2 };

static struct job running[JOBS_MAX];
static struct rules *rules;
static unsigned passed, failed;

/* --- one test --- */

static void on_alarm(int signal)
{
	static const char text[] = "the test takes too long\n";

	(void)signal;
	(void)!write(2, text, sizeof(text) - 1);
	_exit(3);
}

static _Noreturn void run_test(const struct row *row, FILE *out)
{
	struct world *w;

	(void)setpgid(0, 0);
	if (dup2(fileno(out), 1) < 0 || dup2(fileno(out), 2) < 0)
		_exit(99);
	(void)signal(SIGALRM, on_alarm);
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGTERM, SIG_DFL);
	(void)alarm(SECONDS_MAX);
	w = world_new(row->setting);
	row->test(w);
	world_end(w);
	_exit(0);
}

static void remove_folder(pid_t pid)
{
	char command[512];

	(void)snprintf(command, sizeof(command), "rm -rf '%s/conform/%ld'", world_build(),
			(long)pid);
	if (system(command))
		fprintf(stderr, "conform: %s failed\n", command);
}

static void begin(struct job *j, const struct table *t, const struct row *row)
{
	j->table = t;
	j->row = row;
	j->out = tmpfile();
	if (!j->out)
		exit(2);
	fflush(NULL);
	j->pid = fork();
	if (j->pid < 0)
		exit(2);
	if (j->pid == 0)
		run_test(row, j->out);
	(void)setpgid(j->pid, j->pid);
}

static void show_output(FILE *out)
{
	char line[4096];

	rewind(out);
	while (fgets(line, sizeof(line), out))
		printf("    %s", line);
}

/* Each id in the row's list. */
static void for_each_rule(const struct row *row,
		void (*fn)(const struct row *row, const char *id, size_t length, bool good),
		bool good)
{
	for (const char *id = row->rules; *id;) {
		size_t n = strcspn(id, " ");

		if (n)
			fn(row, id, n, good);
		id += n + (id[n] == ' ');
	}
}

static void count_rule(const struct row *row, const char *id, size_t length, bool good)
{
	struct rule_line *l = rules_find(rules, id, length);

	(void)row;
	l->tests++;
	l->failed += !good;
}

static void end(struct job *j, int status)
{
	bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;

	(void)kill(-j->pid, SIGKILL); /* its daemon, hosts and applications */
	if (good)
		passed++;
	else
		failed++;
	for_each_rule(j->row, count_rule, good);
	if (options.prove) {
		printf("  %-32s %s: %s\n", options.prove, good ? "NOT PROVED by" : "proved by",
				j->row->name);
	} else if (!good) {
		printf("FAIL test_%s.c: %s\n", j->table->noun, j->row->name);
		show_output(j->out);
	}
	fflush(stdout);
	(void)fclose(j->out);
	if (good || !getenv("KEEP"))
		remove_folder(j->pid);
	j->pid = 0;
}

static struct job *wait_for_one(void)
{
	int status;
	pid_t pid;

	do
		pid = waitpid(-1, &status, 0);
	while (pid < 0 && errno == EINTR);
	for (unsigned i = 0; i < options.jobs; i++)
		if (running[i].pid == pid && pid > 0) {
			end(&running[i], status);
			return &running[i];
		}
	return NULL;
}

static void on_stop(int signal)
{
	for (unsigned i = 0; i < JOBS_MAX; i++)
		if (running[i].pid)
			(void)kill(-running[i].pid, SIGKILL);
	_exit(128 + signal);
}

/* --- which tests --- */

static bool is_in_list(const char *list, const char *word, bool prefix)
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
	if (options.prove)
		return is_in_list(row->functions, options.prove, false);
	for (unsigned i = 0; i < options.only_count; i++)
		if (is_in_list(row->rules, options.only[i], true) ||
				is_in_list(row->functions, options.only[i], false) ||
				!strcmp(t->noun, options.only[i]))
			return true;
	return options.only_count == 0;
}

static void walk(void (*fn)(const struct table *t, const struct row *row))
{
	for (unsigned i = 0; i < TABLES; i++)
		for (size_t k = 0; k < tables[i]->count; k++)
			if (is_wanted(tables[i], &tables[i]->rows[k]))
				fn(tables[i], &tables[i]->rows[k]);
}

static void list_row(const struct table *t, const struct row *row)
{
	printf("%s\t%s\ttest_%s.c\t%s\n", row->rules, row->functions, t->noun, row->name);
}

static void run_row(const struct table *t, const struct row *row)
{
	struct job *j = NULL;

	for (unsigned i = 0; i < options.jobs && !j; i++)
		if (!running[i].pid)
			j = &running[i];
	while (!j)
		j = wait_for_one();
	begin(j, t, row);
}

static unsigned unknown;

static void check_rule(const struct row *row, const char *id, size_t length, bool good)
{
	(void)good;
	if (rules_find(rules, id, length))
		return;
	fprintf(stderr, "conform: \"%s\" names the rule %.*s, which is not in rules.tsv\n",
			row->name, (int)length, id);
	unknown++;
}

static void check_row(const struct table *t, const struct row *row)
{
	(void)t;
	for_each_rule(row, check_rule, true);
}

/* --- the report --- */

static void show_tests_of(const struct rule_line *l)
{
	for (unsigned i = 0; i < TABLES; i++)
		for (size_t k = 0; k < tables[i]->count; k++)
			if (is_in_list(tables[i]->rows[k].rules, l->id, false) &&
					is_wanted(tables[i], &tables[i]->rows[k]))
				printf("          test_%s.c: %s\n", tables[i]->noun,
						tables[i]->rows[k].name);
}

static unsigned report(void)
{
	unsigned tested = 0, cannot = 0, missing = 0, all = 0;
	const struct rule_line *l;

	for (; (l = rules_at(rules, all)); all++) {
		const char *word = l->failed      ? "FAIL"
				   : l->tests     ? "ok"
				   : l->reason[0] ? "-"
						  : "MISSING";

		tested += l->tests > 0;
		cannot += !l->tests && l->reason[0];
		missing += !l->tests && !l->reason[0];
		if (options.brief || (options.only_count && !l->tests))
			continue;
		printf("%-8s  %-7s %s%s%s\n", l->id, word, l->text,
				l->tests     ? ""
				: *l->reason ? ": not testable, "
					     : "",
				l->tests ? "" : l->reason);
		show_tests_of(l);
	}
	if (!options.only_count)
		printf("%u rules, %u tested, %u not testable, %u missing\n", all, tested, cannot,
				missing);
	return missing;
}

static void read_options(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;

		if (!strcmp(argv[i], "--brief")) {
			options.brief = true;
			continue;
		}
		if (!strcmp(argv[i], "--list")) {
			walk(list_row);
			exit(0);
		}
		if (value && !strcmp(argv[i], "--jobs"))
			options.jobs = (unsigned)atoi(value);
		else if (value && !strcmp(argv[i], "--prove"))
			options.prove = value;
		else if (value && !strcmp(argv[i], "--only") && options.only_count < ONLY_MAX)
			options.only[options.only_count++] = value;
		else
			options.jobs = 0;
		i++;
	}
	if (options.jobs < 1 || options.jobs > JOBS_MAX) {
		fprintf(stderr, "usage: conform [--jobs N] [--brief] [--only WORD]... "
				"[--list] [--prove FUNCTION]\n");
		exit(2);
	}
}

static bool is_running(void)
{
	for (unsigned i = 0; i < options.jobs; i++)
		if (running[i].pid)
			return true;
	return false;
}

int main(int argc, char **argv)
{
	char folder[512];
	struct timespec from, to;

	read_options(argc, argv);
	rules = rules_read("tests/conformance/rules.tsv");
	walk(check_row);
	if (unknown)
		return 2;
	(void)snprintf(folder, sizeof(folder), "%s/conform", world_build());
	(void)mkdir(folder, 0700);
	(void)unsetenv("XDG_RUNTIME_DIR");
	(void)unsetenv("TAPI_TRACE");
	(void)unsetenv("TAPI_LOG");
	(void)signal(SIGINT, on_stop);
	(void)signal(SIGTERM, on_stop);
	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	walk(run_row);
	while (is_running())
		(void)wait_for_one();
	if (options.prove)
		return passed || !failed;
	(void)report();
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	printf("conform: %u tests passed, %u failed, %ld s\n", passed, failed,
			(long)(to.tv_sec - from.tv_sec));
	return failed || !passed;
}
