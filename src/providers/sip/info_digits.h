// SPDX-License-Identifier: MIT
/* info_digits.h - digits that go out by INFO, one after the other, where the configuration says
 * `digits = info`. */
#ifndef SIP_INFO_DIGITS_H
#define SIP_INFO_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

#define INFO_DIGITS_MAX 256

struct call;
struct dialog;
struct sip_event;

struct info_digits {
	char digits[INFO_DIGITS_MAX + 1]; /* "" nothing is under way */
	size_t next;
	DWORD end_to_end;
	uint32_t duration_ms;
	unsigned challenges;
};

/* Instead of what is under way, whose program hears that it was cancelled. "" only cancels. */
void info_digits_generate(struct call *c, DWORD end_to_end, const char *digits, DWORD duration_ms);
/* The call has ended. */
void info_digits_cancel(struct call *c);
bool info_digits_take_answer(struct dialog *d, const struct sip_event *e);

#endif
