// SPDX-License-Identifier: MIT
/* files.h - the files of a test, in a folder of its own. */
#ifndef TESTS_MEDIA_FILES_H
#define TESTS_MEDIA_FILES_H

#include "scratch.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static char folder[128];

static inline void make_folder(void)
{
	scratch_template(folder, sizeof(folder), "media");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* Three more calls leave it as it is. */
static inline const char *path(const char *name)
{
	static char paths[4][sizeof(folder) + 32];
	static unsigned int next;
	char *p = paths[next++ % 4];

	(void)snprintf(p, sizeof(paths[0]), "%s/%s", folder, name);
	return p;
}

static inline void make_bytes(const char *name, const void *bytes, size_t size)
{
	FILE *out = fopen(path(name), "wb");

	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(bytes, 1, size, out), size);
	ck_assert_int_eq(fclose(out), 0);
}

#endif
