// SPDX-License-Identifier: MIT
/* report.c - rules.tsv and what became of each rule. A rule is shown by a test of this suite, or by
 * one of another program ("tests/host/test_events.c: name"), or it says why it cannot be tested. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { RULES_MAX = 400 };

static struct rule {
	char id[16], text[300];
	char reason[200];    /* why it has no test, or empty */
	char elsewhere[300]; /* or tests of other programs, with "; " between */
	unsigned tests, failed;
} rules[RULES_MAX];
static unsigned count, bad;

static void copy_field(char *to, size_t size, char **from)
{
	char *end = strchr(*from, '\t');

	(void)snprintf(to, size, "%.*s", (int)(end ? end - *from : (long)strlen(*from)), *from);
	*from = end ? end + 1 : *from + strlen(*from);
}

static struct rule *find(const char *id, size_t length)
{
	for (unsigned i = 0; i < count; i++)
		if (strlen(rules[i].id) == length && !memcmp(rules[i].id, id, length))
			return &rules[i];
	return NULL;
}

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

static void check_id(const struct row *row, const char *id, size_t length, bool good)
{
	(void)good;
	if (find(id, length))
		return;
	fprintf(stderr, "conform: \"%s\" names the rule %.*s, which is not in rules.tsv\n",
			row->name, (int)length, id);
	bad++;
}

static void check_row(const struct table *t, const struct row *row, void *arg)
{
	(void)t;
	(void)arg;
	for_each_rule(row, check_id, true);
}

/* "file: name": the file has a test of that name. */
static bool is_in_file(const char *entry, size_t length)
{
	char file[200], name[200], line[512];
	bool found = false;
	FILE *f;

	if (sscanf(entry, "%199[^:]: %199[A-Za-z0-9_]", file, name) != 2 ||
			strlen(file) + 2 + strlen(name) != length)
		return false;
	f = fopen(file, "r");
	while (f && !found && fgets(line, sizeof(line), f))
		found = strstr(line, name) != NULL;
	if (f)
		(void)fclose(f);
	return found;
}

static void check_elsewhere(const struct rule *r)
{
	for (const char *at = r->elsewhere; *at;) {
		const char *end = strstr(at, "; ");
		size_t n = end ? (size_t)(end - at) : strlen(at);

		if (!is_in_file(at, n)) {
			fprintf(stderr, "conform: rule %s: there is no test '%.*s'\n", r->id,
					(int)n, at);
			bad++;
		}
		at += n + (end ? 2 : 0);
	}
}

bool report_begin(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[1024];

	if (!f) {
		fprintf(stderr, "conform: %s cannot be read; start in the top folder\n", path);
		return false;
	}
	(void)!fgets(line, sizeof(line), f); /* the heads of the columns */
	while (count < RULES_MAX && fgets(line, sizeof(line), f)) {
		struct rule *r = &rules[count++];
		char *at = line;

		line[strcspn(line, "\n")] = '\0';
		copy_field(r->id, sizeof(r->id), &at);
		copy_field(r->text, sizeof(r->text), &at);
		copy_field(r->reason, sizeof(r->reason), &at);
		copy_field(r->elsewhere, sizeof(r->elsewhere), &at);
		check_elsewhere(r);
	}
	(void)fclose(f);
	rows_walk(check_row, NULL);
	return bad == 0;
}

static void count_rule(const struct row *row, const char *id, size_t length, bool good)
{
	struct rule *r = find(id, length);

	(void)row;
	r->tests++;
	r->failed += !good;
}

void report_row(const struct row *row, bool good)
{
	for_each_rule(row, count_rule, good);
}

static void show_test(const struct table *t, const struct row *row, void *arg)
{
	const struct rule *r = arg;

	if (list_has(row->rules, r->id, false))
		printf("                  test_%s.c: %s\n", t->noun, row->name);
}

static void show_rule(struct rule *r)
{
	const char *word = r->failed                     ? "FAIL"
			   : r->tests || r->elsewhere[0] ? "ok"
			   : r->reason[0]                ? "-"
							 : "MISSING";

	printf("%-9s %-7s %s\n", r->id, word, r->text);
	rows_walk(show_test, r);
	if (r->elsewhere[0])
		printf("                  %s\n", r->elsewhere);
	else if (!r->tests && r->reason[0])
		printf("                  cannot be tested: %s\n", r->reason);
}

unsigned report_show(bool rules_too, bool all)
{
	unsigned tested = 0, cannot = 0, missing = 0;

	for (unsigned i = 0; i < count; i++) {
		struct rule *r = &rules[i];
		bool has = r->tests || r->elsewhere[0];

		tested += has;
		cannot += !has && r->reason[0];
		missing += !has && !r->reason[0];
		if (rules_too && (all || r->tests))
			show_rule(r);
	}
	if (all)
		printf("%u rules, %u tested, %u not testable, %u missing\n", count, tested, cannot,
				missing);
	return all ? missing : 0;
}
