// SPDX-License-Identifier: MIT
/* call_new.h - calls that a request makes: their ids come with the RETURN, they live from the
 * COMPLETION on, or never. */
#ifndef TAPISRVD_CALL_NEW_H
#define TAPISRVD_CALL_NEW_H

#include <stdbool.h>

struct answer;
struct pending;
struct rule;

/* Whether its reply names calls. */
bool rule_makes_calls(const struct rule *rule);
/* For the pending of such a request; p->object is the call or line that it started from. */
void call_new_done(struct pending *p, const struct answer *a);

#endif
