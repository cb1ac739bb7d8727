// SPDX-License-Identifier: MIT
/* functions.h - an application that calls every function of TAPI 2.x, with handles that it has and
 * blocks that the daemon may fill whenever it likes. */
#ifndef TESTS_HOSTILE_FUNCTIONS_H
#define TESTS_HOSTILE_FUNCTIONS_H

#include <tapi.h>

/* Initialises in that version, opens that line and that phone, makes a call. A daemon that lets
 * none of it succeed is no hindrance. */
void functions_begin(DWORD version, DWORD line, DWORD phone);
unsigned functions_count(void);
const char *functions_name(unsigned i);
/* number: what numbers are about. */
LONG functions_call(unsigned i, DWORD number);
void functions_take_messages(void);
/* Shuts down, and gives back what asynchronous functions might have written to. */
void functions_end(void);

#endif
