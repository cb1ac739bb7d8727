// SPDX-License-Identifier: MIT
/* scratch.h - where tests put their files: $TMPDIR, else /tmp. Short, because sockets have short
 * names. */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>

/* A template for mkdtemp() or mkstemp(): "/tmp/NAME.XXXXXX". */
static inline void scratch_template(char *out, size_t size, const char *name)
{
	const char *folder = getenv("TMPDIR");

	(void)snprintf(out, size, "%s/%s.XXXXXX", folder && *folder ? folder : "/tmp", name);
}

#endif
