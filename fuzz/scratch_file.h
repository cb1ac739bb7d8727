// SPDX-License-Identifier: MIT
/* scratch_file.h - an input as a file, for decoders that open one by its name. It has no name left
 * when the process ends. */
#ifndef FUZZ_SCRATCH_FILE_H
#define FUZZ_SCRATCH_FILE_H

#include <stddef.h>

/* Always the same file with other content; the name of it. */
const char *scratch_file(const void *data, size_t size);

#endif
