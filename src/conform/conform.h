// SPDX-License-Identifier: MIT
/* conform.h - the provider conformance kit: a check is a row, runs in a process of its own, and
 * says what is wrong by sentences. What a TSP does there, crash or hang, is a finding like any
 * other. */
#ifndef CONFORM_CONFORM_H
#define CONFORM_CONFORM_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { KEYS_MAX = 64, KEY_SIZE = 512, FAULTS_MAX = 16, TEXT_SIZE = 320, ENTER_MS = 5000 };

struct conform_options {
	const char *path;
	const char *keys[KEYS_MAX]; /* "KEY=VALUE", shorter than KEY_SIZE */
	unsigned key_count;
	const char *dial; /* an address that calls can go to */
	const char *only; /* the name of one check, NULL: all */
	bool json, list;
};
extern struct conform_options conform_options;

/* A rule of the contract between host and TSP. */
struct check {
	const char *name;
	const char *rule; /* as a sentence */
	void (*run)(void);
};
extern const struct check *const conform_tables[];
extern const size_t *const conform_counts[];
extern const size_t conform_table_count;

enum verdict { PASSED, FAILED, SKIPPED };

struct finding {
	enum verdict verdict;
	unsigned fault_count; /* of which FAULTS_MAX are kept */
	char faults[FAULTS_MAX][TEXT_SIZE];
	char note[TEXT_SIZE]; /* why it was skipped */
};

/* Runs the check in a child. 0 or -errno. */
int child_run(const struct check *c, struct finding *out);

/* --- in the child --- */

/* One thing that is wrong; the check goes on. From any thread. */
void fault(const char *fmt, ...) LOG_PRINTF(1, 2);
/* It cannot go on. */
_Noreturn void stop(const char *fmt, ...) LOG_PRINTF(1, 2);
/* There is nothing to check here. */
_Noreturn void skip(const char *fmt, ...) LOG_PRINTF(1, 2);
/* A TSPI function is entered and left: whoever watches knows where it hangs or crashes. */
void child_enter(const char *function);
void child_leave(void);
/* The check itself waits for something; that is no hang. */
void child_is_alive(void);
/* What the TSP did last, for a sentence about a crash outside of its entries. */
void child_after(const char *what);

/* report.c */
void report_begin(const char *path);
void report_check(const struct check *c, const struct finding *f);
/* The counts; the exit code. */
int report_end(void);

#endif
