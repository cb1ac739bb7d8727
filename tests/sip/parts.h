// SPDX-License-Identifier: MIT
/* parts.h - the test cases of test_sip_parts. */
#ifndef TESTS_SIP_PARTS_H
#define TESTS_SIP_PARTS_H

#include <check.h>

TCase *config_case(void);
TCase *secret_case(void);
TCase *config_oom_case(void);

#endif
