// SPDX-License-Identifier: MIT
/* test_exchange.c - runs the unit tests of the exchange. */
#include "suites.h"

#include "../test_main.h"

static Suite *exchange_suite(void)
{
	Suite *s = suite_create("exchange");

	suite_add_tcase(s, calls_case());
	return s;
}

TEST_MAIN(exchange_suite())
