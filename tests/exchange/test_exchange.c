// SPDX-License-Identifier: MIT
/* test_exchange.c - runs the unit tests of the exchange. */
#include "suites.h"

#include "../test_main.h"

static Suite *exchange_suite(void)
{
	static TCase *(*const cases[])(void) = {
		table_case,
		calls_case,
		dial_case,
		info_case,
		uui_case,
		service_case,
		forward_case,
		pickup_case,
		park_case,
		complete_case,
		queue_case,
		line_case,
		config_case,
		configure_case,
		media_case,
		digits_case,
		listen_case,
		hostile_case,
		replay_case,
		hold_case,
		transfer_case,
		conference_case,
		mixing_case,
		blind_case,
		phone_case,
		terminal_case,
		overlap_case,
		apart_case,
	};
	Suite *s = suite_create("exchange");

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		suite_add_tcase(s, cases[i]());
	return s;
}

TEST_MAIN(exchange_suite())
