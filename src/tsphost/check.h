// SPDX-License-Identifier: MIT
/* check.h - what tapisrvd --check-config asks the program for: would this TSP take these keys? */
#ifndef TSPHOST_CHECK_H
#define TSPHOST_CHECK_H

/**
 * Read lines `key=value` from standard input to its end, load the TSP, give it the keys.
 *
 * The answer on standard output is a line `cause TAB sentence` for each fault; the cause is a key,
 * a THING, or empty. Returns the exit code: 0 no fault, 1 faults.
 */
int check_tsp(const char *path);

#endif
