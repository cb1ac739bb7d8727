// SPDX-License-Identifier: MIT
/* main.c - random-workload --seed N --ops N: the same seed does the same. */
#include "workload.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void violated(void *arg, const char *rule, const char *text)
{
	(void)arg;
	machine_fail("%s: %s", rule, text);
}

static const struct option options[] = {
	{ "seed", required_argument, NULL, 's' },
	{ "ops", required_argument, NULL, 'o' },
	{ "verbose", no_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 },
};

int main(int argc, char **argv)
{
	unsigned long long seed = 1;
	unsigned long count = 100000;
	bool verbose = false;
	int c;

	(void)signal(SIGPIPE, SIG_IGN); /* the core of this process, as the daemon has it */
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 's':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 'o':
			count = strtoul(optarg, NULL, 0);
			break;
		case 'v':
			verbose = true;
			break;
		default:
			return 2;
		}
	}
	checker = checker_new(violated, NULL);
	if (!checker)
		return 1;
	machine_start(seed);
	workload_run(count, verbose);
	machine_stop();
	checker_free(checker);
	printf("  random seed %llu: %lu operations, no rule broken, sum %016llx\n", seed, count,
			observed());
	return 0;
}
