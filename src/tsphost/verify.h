// SPDX-License-Identifier: MIT
/* verify.h - events that a TSP must not raise: each is ignored with one line of the log. */
#ifndef TSPHOST_VERIFY_H
#define TSPHOST_VERIFY_H

#include "tsphost/host.h"

/* A message that a TSP raises. False: said, ignore it. */
bool verify_message(const struct host *h, const struct item *i);
/* Its handles were resolved: do they belong together, is a call state one? False: said. */
bool verify_event(struct host *h, const struct item *i);
/* Its handles were not resolved: says it, unless the object has just gone. */
void verify_unresolved(struct host *h, const struct item *i);

#endif
