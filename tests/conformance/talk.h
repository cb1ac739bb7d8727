// SPDX-License-Identifier: MIT
/* talk.h - lines 0 and 1 talk to each other in real sound, in one application; another watches. */
#ifndef CONFORMANCE_TALK_H
#define CONFORMANCE_TALK_H

#include "app.h"

#define DTMF LINEDIGITMODE_DTMF

extern HCALL from, to; /* in talker.exe, which owns both */
extern HCALL watched;  /* `to`, in an application that has done watch() */

/* Starts it, connected. */
struct app *talker(struct world *w);
/* From `from`, until it is done. */
void talk_digits(const char *digits);
void watch(void *arg);

/* Media is agreed before the call is connected, however slow the machine is. */
extern const struct setting talk_setting;
#define TALK_TEST(rules, functions, name, test) TEST_IN(&talk_setting, rules, functions, name, test)

#endif
