// SPDX-License-Identifier: MIT
/* store.h - what outlives the daemon: one SQLite file, state.db in the state folder. Nouns read
 * their tables at start and write through; a disk that is full, locked or broken costs what would
 * have been kept, never a call: the failure is counted and logged once. What people set is refused
 * then, and is as it was. */
#ifndef TAPISRVD_STORE_H
#define TAPISRVD_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct store_row; /* borrowed, while the row procedure runs */

enum store_type { STORE_END, STORE_NUMBER, STORE_TEXT };

struct store_value {
	enum store_type type;
	int64_t number;
	const char *text; /* NULL: NULL */
};

/* What stands for the ?s of a statement, in order: STORE_VALUES(STORE_N(uid), STORE_T(name)). */
#define STORE_N(n)                                                                                 \
	{                                                                                          \
		.type = STORE_NUMBER, .number = (int64_t)(n)                                       \
	}
#define STORE_T(text_)                                                                             \
	{                                                                                          \
		.type = STORE_TEXT, .text = (text_)                                                \
	}
#define STORE_VALUES(...) ((const struct store_value[]){ __VA_ARGS__, { .type = STORE_END } })

typedef void store_row_fn(void *arg, const struct store_row *row);

/* Makes the folder if need be. folder NULL, or nothing to be had there: in memory. NULL only when
 * memory is short. */
struct store *store_open(const char *folder);
void store_shrink(struct store *s); /* gives back what is only cached; NULL is allowed */
void store_close(struct store *s);  /* likewise */

/* One statement. s, values, row may be NULL. 0 or -errno; whoever has done his part in memory may
 * ignore it, for it has been counted and logged. */
int store_run(struct store *s, const char *sql, const struct store_value *values, store_row_fn *row,
		void *arg);
/* Several statements as one: all of what is between, or nothing. They do not nest, and store_end()
 * follows in any case. */
int store_begin(struct store *s);
/* err: what has happened between; not 0 undoes it, as does a statement that has failed. s NULL: all
 * lives in memory, so there is nothing that could not be kept. */
int store_end(struct store *s, int err);

/* Columns count from 0; NULL is 0 and "". Texts are borrowed. */
int64_t store_number(const struct store_row *row, int column);
const char *store_text(const struct store_row *row, int column);
/* Of the last INSERT. */
int64_t store_last_id(const struct store *s);

/* A row that nothing of ours can have written is left out; the first of them is logged. */
void store_refuse(struct store *s, const char *table, const char *why);

bool store_is_kept(const struct store *s); /* on a disk */
unsigned store_failures(const struct store *s);

/* store_schema.c: the step at n leads from user_version n to n + 1. */
extern const char *const store_steps[];
extern const unsigned store_step_count;
/* As store_open(), with other steps (tests). */
struct store *store_open_steps(const char *folder, const char *const *steps, unsigned count);

#endif
