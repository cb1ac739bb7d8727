// SPDX-License-Identifier: MIT
/* calls.h - an application that calls each function of TAPI 2.x while somebody lies to it: each
 * returns, with a reason if it failed. */
#ifndef SURVIVE_CALLS_H
#define SURVIVE_CALLS_H

#include "survive.h"

/* For app_do(). */
struct calls {
	bool as_other_user; /* socket is then its folder, and lines are some that it may use */
	char socket[256];
	unsigned each; /* calls of each function */
	/* what came of it */
	unsigned made, succeeded, no_reason;
	uint64_t longest_ns;
	char slowest[64], reasonless[64];
};
void calls_make(void *arg);
void calls_judge(const char *what, const struct calls *first, const struct calls *second);

#endif
