// SPDX-License-Identifier: MIT
/* main.c - tapi-conform: the command line, and each check in turn. */
#include "conform.h"

#include "tsphost/tsp.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
		"usage: tapi-conform [options] PROVIDER.so\n"
		"\n"
		"Does a telephony service provider keep the contract of tspi.h? Each rule is\n"
		"checked in a process of its own, so one that crashes or hangs is reported.\n"
		"\n"
		"  --key KEY=VALUE  a key of the provider's configuration; may be given several "
		"times\n"
		"  --dial ADDRESS   where test calls go; else each line's own first address\n"
		"  --only CHECK     this check alone\n"
		"  --list           name the checks and their rules\n"
		"  --json           one JSON object a check\n"
		"  --help, --version\n"
		"\n"
		"Exit: 0 it conforms, 1 it does not, 2 wrong usage, 3 it cannot be loaded.\n";

enum { GO_ON = -1, NOT_LOADED = 3 };

struct conform_options conform_options;

static bool add_key(const char *text)
{
	if (!strchr(text, '=') || strlen(text) >= KEY_SIZE || conform_options.key_count == KEYS_MAX)
		return false;
	conform_options.keys[conform_options.key_count++] = text;
	return true;
}

static int parse(int argc, char **argv)
{
	static const struct option rows[] = { { "key", required_argument, NULL, 'k' },
		{ "dial", required_argument, NULL, 'd' }, { "only", required_argument, NULL, 'o' },
		{ "list", no_argument, NULL, 'l' }, { "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 } };
	struct conform_options *o = &conform_options;
	int got;

	while ((got = getopt_long(argc, argv, "", rows, NULL)) != -1) {
		if (got == 'k' && add_key(optarg))
			continue;
		else if (got == 'd')
			o->dial = optarg;
		else if (got == 'o')
			o->only = optarg;
		else if (got == 'l')
			o->list = true;
		else if (got == 'j')
			o->json = true;
		else if (got == 'h')
			return printf("%s", usage) < 0;
		else if (got == 'V')
			return printf("tapi-conform %s\n", TAPI_VERSION) < 0;
		else
			return 2;
	}
	if (o->list && optind == argc)
		return GO_ON;
	o->path = optind + 1 == argc ? argv[optind] : NULL;
	return o->path ? GO_ON : 2;
}

/* A bare name would be looked for elsewhere. */
static const char *whole_path(const char *path)
{
	static char whole[1024];
	char folder[512];

	if (strchr(path, '/') || !getcwd(folder, sizeof(folder)))
		return path;
	(void)snprintf(whole, sizeof(whole), "%s/%s", folder, path);
	return whole;
}

static void list(void)
{
	for (size_t t = 0; t < conform_table_count; t++)
		for (size_t i = 0; i < *conform_counts[t]; i++)
			printf("%-12s %s\n", conform_tables[t][i].name, conform_tables[t][i].rule);
}

/* Without the first check, which loads it, no other says anything. */
static int run_all(void)
{
	struct finding f;
	unsigned ran = 0;

	report_begin(conform_options.path);
	for (size_t t = 0; t < conform_table_count; t++) {
		for (size_t i = 0; i < *conform_counts[t]; i++) {
			const struct check *c = &conform_tables[t][i];
			bool is_first = t == 0 && i == 0;
			int err;

			if (conform_options.only && strcmp(conform_options.only, c->name) != 0)
				continue;
			err = child_run(c, &f);
			if (err) {
				fprintf(stderr, "tapi-conform: %s\n", strerror(-err));
				return NOT_LOADED;
			}
			report_check(c, &f);
			ran++;
			if (is_first && f.verdict == FAILED) {
				(void)report_end();
				return NOT_LOADED;
			}
		}
	}
	if (!ran) {
		fprintf(stderr, "tapi-conform: no check '%s'; --list names them\n",
				conform_options.only);
		return 2;
	}
	return report_end();
}

int main(int argc, char **argv)
{
	int code = parse(argc, argv);

	if (code != GO_ON) {
		if (code == 2)
			(void)fputs(usage, stderr);
		return code;
	}
	if (conform_options.list) {
		list();
		return 0;
	}
	conform_options.path = whole_path(conform_options.path);
	return run_all();
}
