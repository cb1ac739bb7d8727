// SPDX-License-Identifier: MIT
/* test_parts.c - the parts of the SIP provider that know no stack. */
#include "parts.h"

#include "../test_main.h"

static Suite *suite(void)
{
	Suite *s = suite_create("sip parts");

	suite_add_tcase(s, config_case());
	suite_add_tcase(s, secret_case());
	suite_add_tcase(s, config_oom_case());
	return s;
}

TEST_MAIN(suite())
