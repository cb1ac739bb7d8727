// SPDX-License-Identifier: MIT
/* test_parts.c - the parts of the SIP provider that know no stack. */
#include "parts.h"

#include "../test_main.h"

static Suite *suite(void)
{
	TCase *(*const cases[])(void) = { config_case, secret_case, config_oom_case, cause_case,
		dial_case, parties_case, bodies_case, uui_case, uui_oom_case, forward_case,
		pace_case };
	Suite *s = suite_create("sip parts");

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		suite_add_tcase(s, cases[i]());
	return s;
}

TEST_MAIN(suite())
