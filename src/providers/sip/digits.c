// SPDX-License-Identifier: MIT
/* digits.c - digits and tones are the MSPs' business: a SIP line asks one to send them, and tells
 * it what to listen for, as kit/tsp_tones.h has it; or it sends digits by INFO. */
#include "leg.h"

#include "account.h"
#include "call.h"
#include "sip.h"
#include "tell.h"

#include "base/clock.h"
#include "media/rtpmsg.h"
#include "providers/kit/digit.h"
#include "providers/kit/tsp_tones.h"

#include <string.h>

static struct call *owner(struct call *c)
{
	struct call *conference =
			c->links.is_party ? call_find((HDRVCALL)c->links.conference) : NULL;

	return conference ? conference : c;
}

static void each_leg(struct call *c, void (*act)(struct call *leg, struct call *of))
{
	if (!c->links.is_conference) {
		act(c, c);
		return;
	}
	list_for(link, &c->line->calls) {
		struct call *party = list_entry(link, struct call, link);

		if (party != c && owner(party) == c)
			act(party, c);
	}
}

/* --- hooks of kit ------------------------------------------------------------------------------
 */

static LONG fail(LONG code, const char *cause, const char *sentence)
{
	return sip_fail(code, cause, "%s", sentence);
}

static void tell(const struct call *c, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	tell_call(c, msg, p1, p2, p3, NULL);
}

static const struct media_ops ops = {
	.fail = fail,
	.tell = tell,
	.begin = leg_begin,
	.end = leg_end,
	.arm = sip_arm,
	.settle = digits_settle,
};

void info_cancel_all(struct call *c)
{
	info_digits_cancel(c);
	digits_cancel_all(c);
}

/* By INFO a digit comes whole: it is down and up at once. */
void digits_received(struct call *c, char digit)
{
	struct call *hears = owner(c);
	const DWORD tick = (DWORD)clock_now_ms();

	if (!digit || !strchr("0123456789ABCD*#", digit))
		return;
	listen_digit(&hears->listening, &ops, hears, digit, LINEDIGITMODE_DTMF, tick);
	listen_digit(&hears->listening, &ops, hears, digit, LINEDIGITMODE_DTMFEND, tick);
}

static bool sends_info(const struct call *c)
{
	return c->line->config->digits == DIGITS_INFO;
}

static LONG check_send(const struct call *c, bool tone)
{
	if (c->state != CALL_STATE_CONNECTED)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"digits and tones cannot be sent in state %s",
				call_state_name(c->state));
	if (!c->leg.msp.is_agreed && (tone || !sends_info(c)))
		return sip_fail(LINEERR_OPERATIONUNAVAIL, "no media",
				"no application has media for this call; tapi_line_media() gives a "
				"line's calls their sound");
	return 0;
}

static LONG check_listen(const struct call *c, DWORD feature)
{
	if (c->links.is_party)
		return sip_fail(LINEERR_INVALCALLSTATE, "conference",
				"what is heard of a party belongs to its conference call");
	if (!(call_features(c) & feature))
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"a call in state %s cannot be listened to",
				call_state_name(c->state));
	return 0;
}

static LONG send_info(struct call *c, DWORD end_to_end, DWORD mode, const char *digits,
		DWORD duration_ms)
{
	char text[DIGITS_MAX + 1] = "";

	if (digits && mode != LINEDIGITMODE_DTMF)
		return sip_fail(LINEERR_INVALDIGITMODE, "digit mode",
				"this line sends DTMF digits only, by INFO");
	if (digits)
		(void)digit_copy(digits, text);
	info_digits_generate(c, end_to_end, text, duration_ms);
	if (digits && !text[0])
		tell(c, LINE_GENERATE, LINEGENERATETERM_DONE, end_to_end, (DWORD)clock_now_ms());
	return 0;
}

static LONG send_digits(struct call *c, DWORD end_to_end, DWORD mode, const char *digits,
		DWORD duration_ms)
{
	return sends_info(c) ? send_info(c, end_to_end, mode, digits, duration_ms)
			     : generate_digits(&c->leg.msp.generations, &ops, c, end_to_end, mode,
					       digits, duration_ms);
}

static struct msp *msp(struct call *c)
{
	return &c->leg.msp;
}

static struct listening *listening(struct call *c)
{
	return &c->listening;
}

static struct control **line_control(HDRVLINE line)
{
	struct account *a = account_find(line);

	return a ? &a->control : NULL;
}

static const struct control *control_of_line(const struct call *c)
{
	return c->line->control;
}

static void line_changed(HDRVLINE line)
{
	list_for(link, &account_find(line)->calls)
		digits_detect(list_entry(link, struct call, link), false);
}

const struct tones_tsp tones_tsp = {
	.ops = &ops,
	.enter = sip_enter,
	.leave = sip_leave,
	.find = call_find,
	.check_send = check_send,
	.check_listen = check_listen,
	.send_digits = send_digits,
	.msp = msp,
	.listening = listening,
	.owner = owner,
	.each_leg = each_leg,
	.reported_state = call_reported_state,
	.info_changed = call_info_changed,
	.line_control = line_control,
	.control_of_line = control_of_line,
	.line_changed = line_changed,
};
