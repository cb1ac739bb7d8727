// SPDX-License-Identifier: MIT
/* internal.h - between the files of the frame; tests need conform.h and app.h only. */
#ifndef CONFORMANCE_INTERNAL_H
#define CONFORMANCE_INTERNAL_H

#include "conform.h"

#include <stdio.h>

/* world.c */
struct world *world_new(const struct setting *s);
/* Ends applications and the daemon; fails the test if their end is not clean. */
void world_end(struct world *w);
/* The end of the log, to stderr. */
void world_show_log(void);
void world_add_app(struct world *w, struct app *a);
const char *world_build(void);
/* How many connections of an application the daemon has seen end; waits for one more, if one was
 * open. */
unsigned world_connections_ended(const char *name);
void world_await_end_of(const char *name, unsigned ended_before);

/* app.c */
void app_finish_all(struct app *first);
void app_set_next(struct app *a, struct app *next);

/* expect.c: inside of an application, where a failure is told instead of shown. */
void expect_tell_to(void (*tell)(const char *text));

/* inside.c */
void inside_show_messages(FILE *f);
void inside_shut_down(void);

/* main.c: the tests that were asked for. */
void rows_walk(void (*fn)(const struct table *t, const struct row *row, void *arg), void *arg);
/* Is the word in a list with spaces? prefix: "10" finds "10.3". */
bool list_has(const char *list, const char *word, bool prefix);

/* run.c. function: NULL, or the one that is absent in this run. */
enum { JOBS_MAX = 16, TEST_SECONDS = 180 };
typedef void run_done_fn(const struct table *t, const struct row *row, const char *function,
		bool good, FILE *out);
void run_start(unsigned jobs, unsigned seconds_max, run_done_fn *done);
void run_begin(const struct table *t, const struct row *row, const char *function);
void run_finish(void);

/* report.c. False: a row or a rule names what is not there. */
bool report_begin(const char *path);
void report_row(const struct row *row, bool good);
/* Returns how many rules have neither test nor reason, if `all` were asked for. */
unsigned report_show(bool rules_too, bool all);

/* prove.c: the exit code. */
int prove(unsigned jobs);

#endif
