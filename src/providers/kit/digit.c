// SPDX-License-Identifier: MIT
/* digit.c - reading and copying of digits. */
#include "digit.h"

#include "media/rtpmsg.h"

#include <string.h>

bool digit_copy(const char *from, char out[DIGITS_MAX + 1])
{
	size_t used = 0;

	for (; *from; from++) {
		if (!strchr("0123456789ABCDabcd*#,!", *from))
			continue;
		if (used == DIGITS_MAX)
			return false;
		out[used++] = *from;
	}
	out[used] = '\0';
	return true;
}

bool digit_read(const struct rtpmsg *m, struct digit *out)
{
	struct rtpmsg_span digit, state;

	*out = (struct digit){ 0 };
	if (!rtpmsg_find(m, "Digit", &digit) || digit.size != 1 || !digit.p[0] ||
			!strchr("0123456789ABCD*#", digit.p[0]) || !rtpmsg_find(m, "State", &state))
		return false;
	out->digit = digit.p[0];
	if (rtpmsg_is(state, "down"))
		out->mode = LINEDIGITMODE_DTMF;
	else if (rtpmsg_is(state, "up"))
		out->mode = LINEDIGITMODE_DTMFEND;
	else if (rtpmsg_is(state, "pulse"))
		out->mode = LINEDIGITMODE_PULSE;
	else
		return false;
	(void)rtpmsg_number(m, "Tick", UINT32_MAX, &out->tick);
	return true;
}
