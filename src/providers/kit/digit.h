// SPDX-License-Identifier: MIT
/* digit.h - digits between an application and the MSP: what may be sent, and what `digit` says. */
#ifndef KIT_DIGIT_H
#define KIT_DIGIT_H

#include <stdbool.h>
#include <stdint.h>
#include <tspi.h>

#define DIGITS_MAX 256 /* in one request */

struct rtpmsg;

struct digit {
	char digit;
	DWORD mode;    /* LINEDIGITMODE_DTMF: it begins; DTMFEND: it ends; PULSE: it is complete */
	uint32_t tick; /* 0: the MSP did not say */
};

/* False: more than DIGITS_MAX. Others are skipped silently, as lineGenerateDigits says. */
bool digit_copy(const char *from, char out[DIGITS_MAX + 1]);
/* False: not a digit that TAPI knows. */
bool digit_read(const struct rtpmsg *m, struct digit *out);

#endif
