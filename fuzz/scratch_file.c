// SPDX-License-Identifier: MIT
/* scratch_file.c - see scratch_file.h. */
#include "scratch_file.h"

#include "../tests/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static char path[128];
static int fd = -1;

static void remove_file(void)
{
	(void)unlink(path);
}

const char *scratch_file(const void *data, size_t size)
{
	if (fd < 0) {
		scratch_template(path, sizeof(path), "tapi-fuzz");
		fd = mkstemp(path);
		if (fd < 0 || atexit(remove_file))
			abort();
	}
	if (ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	return path;
}
