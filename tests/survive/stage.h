// SPDX-License-Identifier: MIT
/* stage.h - the scenes of a scenario and the applications that play them, seen from the scenario:
 * monitor, callees, callers, and two that talk.
 */
#ifndef SURVIVE_STAGE_H
#define SURVIVE_STAGE_H

#include "board.h"

enum { WATCHERS = 1, TALKERS = 2, BUILD_MS = 20000, STEP_MS = 5, NOISE_MS = 200 };

/* Scenes with so many connections as the effort says, and the exchange for them. */
void stage_prepare(void);
extern struct setting stage_setting, stage_supervised;

void stage_start(struct world *w);
/* Until all have carried it out. */
void stage_order(enum order order);
void stage_set(enum mode mode);
/* Until all are at rest, nothing is on its way, and owners and monitors see the same calls. Returns
 * how many scenes never agreed. */
unsigned stage_await_rest(enum mode mode, unsigned ms);
/* An application that does not do what it is told says why, if it can; the scenario ends. */
void stage_give_up_on(unsigned actor, const char *what);
void stage_end(void);
/* The tallies of applications from one to before another. */
struct tally stage_sum(unsigned from, unsigned to);

/* How many lines still have calls at their provider. */
unsigned stage_lines_in_use(struct world *w);

void pause_ms(unsigned ms);
/* Tells the goals if pauses have taken too long. */
void stage_judge_noise(void);

#endif
