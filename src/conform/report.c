// SPDX-License-Identifier: MIT
/* report.c - for people, or one JSON object a line. */
#include "conform.h"

#include <stdio.h>

static unsigned counts[3];

static const char *const words[] = { "ok", "FAIL", "skipped" };

static void print_text(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < ' ')
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

void report_begin(const char *path)
{
	if (!conform_options.json)
		printf("%s\n", path);
}

static void print_json(const struct check *c, const struct finding *f)
{
	unsigned kept = f->fault_count < FAULTS_MAX ? f->fault_count : FAULTS_MAX;

	printf("{\"check\":");
	print_text(c->name);
	printf(",\"rule\":");
	print_text(c->rule);
	printf(",\"verdict\":\"%s\",\"faults\":[", f->verdict == FAILED    ? "failed"
						   : f->verdict == SKIPPED ? "skipped"
									   : "passed");
	for (unsigned i = 0; i < kept; i++) {
		printf("%s", i ? "," : "");
		print_text(f->faults[i]);
	}
	printf("]");
	if (f->note[0]) {
		printf(",\"note\":");
		print_text(f->note);
	}
	printf("}\n");
}

void report_check(const struct check *c, const struct finding *f)
{
	unsigned kept = f->fault_count < FAULTS_MAX ? f->fault_count : FAULTS_MAX;

	counts[f->verdict]++;
	if (conform_options.json) {
		print_json(c, f);
	} else {
		printf("  %-8s %-12s %s\n", words[f->verdict], c->name, c->rule);
		for (unsigned i = 0; i < kept; i++)
			printf("%24s%s\n", "", f->faults[i]);
		if (kept < f->fault_count)
			printf("%24sand %u more\n", "", f->fault_count - kept);
		if (f->verdict == SKIPPED)
			printf("%24s%s\n", "", f->note);
	}
	(void)fflush(stdout);
}

int report_end(void)
{
	if (conform_options.json)
		printf("{\"passed\":%u,\"failed\":%u,\"skipped\":%u}\n", counts[PASSED],
				counts[FAILED], counts[SKIPPED]);
	else
		printf("%u passed, %u failed, %u skipped: it %s\n", counts[PASSED], counts[FAILED],
				counts[SKIPPED], counts[FAILED] ? "does not conform" : "conforms");
	return counts[FAILED] ? 1 : 0;
}
