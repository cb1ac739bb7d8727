// SPDX-License-Identifier: MIT
/* rules.h - the rows of calls.def one by one, for loop tests. */
#ifndef TESTS_RULES_H
#define TESTS_RULES_H

#include "wire/calls.h"

static inline const struct rule *rule_at(int index)
{
	const struct rule *r = NULL;
	unsigned cursor = 0;

	for (int i = 0; i <= index; i++)
		r = rule_next(&cursor);
	return r;
}

static inline int rule_count(void)
{
	unsigned cursor = 0;
	int n = 0;

	while (rule_next(&cursor))
		n++;
	return n;
}

#endif
