// SPDX-License-Identifier: MIT
/* digits.c - digits are the MSPs' business: a SIP line asks one to send them, and hears from the
 * other what arrived. */
#include "leg.h"

#include "account.h"
#include "call.h"
#include "sip.h"
#include "tell.h"

#include "base/clock.h"
#include "media/rtpmsg.h"
#include "providers/kit/digit.h"

#include <stdio.h>
#include <string.h>

static void report(const struct call *c, DWORD how, DWORD end_to_end)
{
	tell_call(c, LINE_GENERATE, how, end_to_end, (DWORD)clock_now_ms(), NULL);
}

static void forget_generation(struct leg *l, size_t i)
{
	l->generation_count--;
	memmove(&l->generations[i], &l->generations[i + 1],
			(l->generation_count - i) * sizeof(l->generations[0]));
}

void digits_cancel_all(struct call *c)
{
	info_digits_cancel(c);
	while (c->leg.generation_count) {
		DWORD id = c->leg.generations[0].end_to_end;

		forget_generation(&c->leg, 0);
		report(c, LINEGENERATETERM_CANCEL, id);
	}
}

void digits_done(struct call *c, uint32_t id, bool complete)
{
	for (size_t i = 0; i < c->leg.generation_count; i++) {
		DWORD end_to_end = c->leg.generations[i].end_to_end;

		if (c->leg.generations[i].id != id)
			continue;
		forget_generation(&c->leg, i);
		report(c, complete ? LINEGENERATETERM_DONE : LINEGENERATETERM_CANCEL, end_to_end);
		return;
	}
}

static LONG check_media(const struct call *c)
{
	if (c->state != CALL_STATE_CONNECTED)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"digits cannot be sent in state %s", call_state_name(c->state));
	if (!c->leg.is_agreed && c->line->config->digits != DIGITS_INFO)
		return sip_fail(LINEERR_OPERATIONUNAVAIL, "no media",
				"no application has media for this call; tapi_line_media() gives a "
				"line's calls their sound");
	return 0;
}

LONG digits_generate(struct call *c, DWORD end_to_end, DWORD mode, const char *digits,
		DWORD duration)
{
	char text[DIGITS_MAX + 1] = "";
	struct rtpmsg_writer w;
	uint32_t id;
	LONG err = check_media(c);

	if (!err && digits && mode != LINEDIGITMODE_DTMF)
		err = sip_fail(LINEERR_INVALDIGITMODE, "digit mode",
				"a SIP line sends DTMF digits only");
	if (!err && digits && !digit_copy(digits, text))
		err = sip_fail(LINEERR_INVALDIGITS, "digits", "more than %d digits at once",
				DIGITS_MAX);
	if (err)
		return err;
	if (c->line->config->digits == DIGITS_INFO) {
		info_digits_generate(c, end_to_end, text, duration);
		if (digits && !text[0])
			report(c, LINEGENERATETERM_DONE, end_to_end);
		return 0;
	}
	if (c->leg.generation_count == LEG_GENERATIONS_MAX)
		digits_done(c, c->leg.generations[0].id, false);
	id = leg_begin(c, &w, RTPMSG_DIGITS);
	rtpmsg_add(&w, "Digits", text);
	if (duration)
		rtpmsg_add_number(&w, "Duration", duration);
	if (!leg_end(c, &w, NULL, 0))
		return LINEERR_OPERATIONFAILED;
	if (digits)
		c->leg.generations[c->leg.generation_count++] =
				(struct generation){ id, end_to_end };
	return 0;
}

void digits_detect(struct call *c, bool again)
{
	bool wanted = c->monitor_modes != 0;
	struct rtpmsg_writer w;

	if (c->leg.state == LEG_STATE_NONE)
		return; /* it is told when there is somebody to tell */
	if (again)
		c->leg.is_detecting = false;
	if (wanted == c->leg.is_detecting)
		return;
	(void)leg_begin(c, &w, RTPMSG_DETECT);
	rtpmsg_add(&w, "Digits", wanted ? "on" : "off");
	if (leg_end(c, &w, NULL, 0))
		c->leg.is_detecting = wanted;
}

LONG digits_monitor(struct call *c, DWORD modes)
{
	if (modes & ~(DWORD)(LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND))
		return sip_fail(LINEERR_INVALDIGITMODE, "digit mode",
				"a SIP line hears DTMF digits only");
	if (modes && !(call_features(c) & LINECALLFEATURE_MONITORDIGITS))
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"digits cannot be heard in state %s", call_state_name(c->state));
	if (modes == c->monitor_modes)
		return 0;
	c->monitor_modes = modes;
	digits_detect(c, false);
	call_info_changed(c, LINECALLINFOSTATE_MONITORMODES);
	return 0;
}

void digits_heard(struct call *c, const struct rtpmsg *m)
{
	struct digit d;

	if (digit_read(m, &d) && c->monitor_modes & d.mode)
		tell_call(c, LINE_MONITORDIGITS, (DWORD_PTR)d.digit, d.mode, d.tick, NULL);
}

/* By INFO a digit comes whole: it is down and up at once. */
void digits_received(struct call *c, char digit)
{
	static const DWORD modes[] = { LINEDIGITMODE_DTMF, LINEDIGITMODE_DTMFEND };
	DWORD tick = (DWORD)clock_now_ms();

	if (!memchr("0123456789ABCD*#", digit, 16))
		return;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (c->monitor_modes & modes[i])
			tell_call(c, LINE_MONITORDIGITS, (DWORD_PTR)digit, modes[i], tick, NULL);
}
