// SPDX-License-Identifier: MIT
/* scratch.h - where tests put their files: below $TMPDIR, else /tmp. Short, because sockets have
 * short names. */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>

enum { SCRATCH_MAX = 96 };

/* A template for mkdtemp() or mkstemp(): "/tmp/NAME.XXXXXX". */
static inline void scratch_template(char *out, size_t size, const char *name)
{
	const char *folder = getenv("TMPDIR");

	(void)snprintf(out, size, "%s/%s.XXXXXX", folder && *folder ? folder : "/tmp", name);
}

/* A program has a folder of its own, which is $TMPDIR until scratch_end(): what its tests leave,
 * also those that fail or crash, goes with it. */
static inline void scratch_begin(char folder[SCRATCH_MAX])
{
	scratch_template(folder, SCRATCH_MAX, "tapi");
	if (!mkdtemp(folder) || setenv("TMPDIR", folder, 1)) {
		perror(folder);
		exit(99);
	}
}

static inline void scratch_end(const char *folder)
{
	char command[SCRATCH_MAX + 16];

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (system(command))
		(void)fprintf(stderr, "%s is left\n", folder);
}

#endif
