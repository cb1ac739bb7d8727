// SPDX-License-Identifier: MIT
/* parts.h - the test cases of test_sip_parts. */
#ifndef TESTS_SIP_PARTS_H
#define TESTS_SIP_PARTS_H

#include <check.h>

TCase *config_case(void);
TCase *secret_case(void);
TCase *config_oom_case(void);
TCase *cause_case(void);
TCase *dial_case(void);
TCase *parties_case(void);
TCase *bodies_case(void);
TCase *uui_case(void);
TCase *uui_oom_case(void);
TCase *forward_case(void);
TCase *pace_case(void);

#endif
