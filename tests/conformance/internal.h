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

/* app.c */
void app_finish_all(struct app *first);
struct app *app_next(struct app *a);
void app_set_next(struct app *a, struct app *next);

/* expect.c: inside of an application, where a failure is told instead of shown. */
void expect_tell_to(void (*tell)(const char *text));

/* inside.c */
void inside_show_messages(FILE *f);
void inside_shut_down(void);

/* rules.c */
struct rules;
struct rule_line {
	char id[16];
	char text[400];
	char reason[400]; /* why it has no test; empty */
	unsigned tests, failed;
};
struct rules *rules_read(const char *path);
struct rule_line *rules_find(struct rules *r, const char *id, size_t length);
struct rule_line *rules_at(struct rules *r, size_t i); /* NULL ends */

#endif
