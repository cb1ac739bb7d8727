// SPDX-License-Identifier: MIT
/* prove.c - does a test notice when its function is not there? Each function in turn answers
 * OPERATIONUNAVAIL (tests/coverage/absent.c, preloaded), and each of its tests must fail. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { FUNCTIONS_MAX = 256 };

static struct proof {
	char function[64];
	unsigned tests;
	const struct row *blind; /* a test that passes without the function */
} proofs[FUNCTIONS_MAX];
static unsigned count;

static struct proof *find(const char *function, size_t length)
{
	for (unsigned i = 0; i < count; i++)
		if (strlen(proofs[i].function) == length &&
				!memcmp(proofs[i].function, function, length))
			return &proofs[i];
	if (count == FUNCTIONS_MAX || length >= sizeof(proofs[0].function))
		return NULL;
	memcpy(proofs[count].function, function, length);
	return &proofs[count++];
}

static void row_done(const struct table *t, const struct row *row, const char *function, bool good,
		FILE *out)
{
	struct proof *p = find(function, strlen(function));

	(void)t;
	(void)out;
	p->tests++;
	if (good)
		p->blind = row;
}

static void prove_row(const struct table *t, const struct row *row, void *arg)
{
	(void)arg;
	for (const char *at = row->functions; *at;) {
		size_t n = strcspn(at, " ");
		struct proof *p = n ? find(at, n) : NULL;

		if (p)
			run_begin(t, row, p->function);
		at += n + (at[n] == ' ');
	}
}

int prove(unsigned jobs)
{
	unsigned blind = 0;

	if (!getenv("TAPI_ABSENT_IS_LOADED")) {
		fprintf(stderr, "conform: --prove is for make coverage-prove\n");
		return 2;
	}
	run_start(jobs, TEST_SECONDS, row_done);
	rows_walk(prove_row, NULL);
	run_finish();
	for (unsigned i = 0; i < count; i++) {
		const struct proof *p = &proofs[i];

		blind += p->blind != NULL;
		if (p->blind)
			printf("  %-30s NOT PROVED: without it \"%s\" passes\n", p->function,
					p->blind->name);
		else
			printf("  %-30s proved by %u test%s\n", p->function, p->tests,
					p->tests == 1 ? "" : "s");
	}
	printf("coverage-prove: %u functions, %u not proved\n", count, blind);
	return blind || !count;
}
