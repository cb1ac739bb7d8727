// SPDX-License-Identifier: MIT
/* supervise.h - tapisrvd --supervise: a small parent that starts the daemon, and again when it dies
 * or hangs. It does what a service manager does, where there is none. */
#ifndef TAPISRVD_SUPERVISE_H
#define TAPISRVD_SUPERVISE_H

struct options;

enum { SUPERVISE_GAVE_UP = 3 };

/* argv starts the daemon, but for the word `at`, which is --supervise. Returns the exit code: the
 * daemon's, or SUPERVISE_GAVE_UP: it died again and again. */
int supervise(const struct options *o, char **argv, int at);

#endif
