// SPDX-License-Identifier: MIT
/* test_main.h - the main() of every test program: runs one suite, as CK_ variables say. */
#ifndef TESTS_TEST_MAIN_H
#define TESTS_TEST_MAIN_H

#include "scratch.h"

#include <check.h>
#include <stdlib.h>

/* As SRunner wants it; `suite` is an expression that makes the Suite. */
#define TEST_MAIN(suite)                                                                           \
	int main(void)                                                                             \
	{                                                                                          \
		SRunner *runner = srunner_create(suite);                                           \
		char scratch[SCRATCH_MAX];                                                         \
		int failed;                                                                        \
                                                                                                   \
		scratch_begin(scratch);                                                            \
		srunner_run_all(runner, CK_ENV);                                                   \
		scratch_end(scratch);                                                              \
		failed = srunner_ntests_failed(runner);                                            \
		srunner_free(runner);                                                              \
		return failed ? EXIT_FAILURE : EXIT_SUCCESS;                                       \
	}

#endif
