// SPDX-License-Identifier: MIT
/* suites.h - the test cases of this folder's program. */
#ifndef EXCHANGE_SUITES_H
#define EXCHANGE_SUITES_H

#include <check.h>

TCase *calls_case(void);

#endif
