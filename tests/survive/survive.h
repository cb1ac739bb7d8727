// SPDX-License-Identifier: MIT
/* survive.h - make survive: what is done to the daemon, and how it is judged. A scenario is a row
 * of the conformance suite's kind (../conformance/conform.h): a function with a world of its own.
 * It adds goals to a list that outlives it; the lines are printed in the end.
 */
#ifndef SURVIVE_SURVIVE_H
#define SURVIVE_SURVIVE_H

#include "../conformance/conform.h"
#include "../conformance/internal.h"

/* How much is done. The short form judges no times. */
struct effort {
	uint64_t seed;
	unsigned kills, calls;
	unsigned mutants; /* of each kind of request; 0: as the form has time for */
	bool brief;
};
extern struct effort effort;

/* --- goals.c --- */

/* Zeros that all processes share which begin afterwards. */
void *shared_new(size_t size);

enum verdict { GOAL_OK, GOAL_MISSED, GOAL_NOISY };

void goals_start(void);
/* One line: what, the figure, the goal, and whether it is reached. */
void goal(const char *what, bool reached, const char *limit, const char *fmt, ...)
		__attribute__((format(printf, 4, 5)));
/* The same for a time: in the short form and on a noisy machine it is shown, but not judged. */
void goal_time(const char *what, bool reached, const char *limit, const char *fmt, ...)
		__attribute__((format(printf, 4, 5)));
/* Of `all`, `kept` are at least `percent`; nothing at all is no success. */
void goal_share(const char *what, unsigned kept, unsigned all, unsigned percent);
/* Nothing of the kind has happened. */
void goal_none(const char *what, unsigned count);
/* Times that are added from now on are not judged, until it is calm again or the scenario ends. */
void goals_noisy(const char *why, ...) __attribute__((format(printf, 1, 2)));
void goals_calm(void);
/* Any of those that were added since the last time they were printed. */
bool goals_are_missed(void);
/* Prints what was added since the last time. */
void goals_print(const char *title);
/* The exit code: 0, 1 or 77. */
int goals_verdict(void);

/* --- core_kill.c --- */

void core_kill(struct world *w);
/* The same, but its supervisor starts it again. */
void supervised_kill(struct world *w);

/* --- actor.c: inside of an application --- */

/* Waits so long for a message, then takes all that there are. */
void dispatch(void (*take)(const LINEMESSAGE *m), int wait_ms);

/* --- client_fails.c --- */

extern struct setting client_setting;
void client_floods(struct world *w);
void client_says_nothing(struct world *w);

/* --- client_reader.c: in client_setting --- */

void client_never_reads(struct world *w);

/* --- client_owner.c --- */

extern struct setting owner_setting;
void client_owner_dies(struct world *w);

/* --- wall_jump.c --- */

void wall_prepare(void);
extern struct setting wall_setting;
void wall_jump(struct world *w);

/* --- provider_fail.c --- */

void provider_prepare(void);
extern struct setting provider_setting;
void provider_fail(struct world *w);

#endif
