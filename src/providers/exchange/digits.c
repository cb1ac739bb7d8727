// SPDX-License-Identifier: MIT
/* digits.c - digits and tones are the MSPs' business: the exchange asks one to send them, and tells
 * the other what to listen for, as kit/tsp_tones.h has it. */
#include "media.h"

#include "call.h"
#include "exchange.h"
#include "extension.h"
#include "service.h"

#include "media/rtpmsg.h"
#include "providers/kit/tsp_tones.h"

#include <string.h>

static struct call *owner(struct call *c)
{
	return c->conference ? c->conference : c;
}

static void each_leg(struct call *c, void (*act)(struct call *leg, struct call *of))
{
	if (!c->meeting.is_conference) {
		act(c, c);
		return;
	}
	list_for(link, &c->line->calls) {
		struct call *party = list_entry(link, struct call, link);

		if (party->conference == c)
			act(party, c);
	}
}

/* --- hooks of kit ------------------------------------------------------------------------------
 */

static LONG fail(LONG code, const char *cause, const char *sentence)
{
	return exchange_fail(code, cause, "%s", sentence);
}

static void tell(const struct call *c, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	tell_call(c, msg, p1, p2, p3, NULL);
}

static const struct media_ops ops = {
	.fail = fail,
	.tell = tell,
	.begin = media_begin,
	.end = media_end,
	.arm = exchange_arm,
	.settle = digits_settle,
};

static LONG check_send(const struct call *c, bool tone)
{
	(void)tone;
	if (c->state != CALL_STATE_CONNECTED)
		return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
				"digits and tones cannot be sent in state %s",
				call_state_name(c->state));
	if (!c->leg.msp.is_agreed)
		return exchange_fail(LINEERR_OPERATIONUNAVAIL, "no media",
				"no application has media for this call; tapi_line_media() gives a "
				"line's calls their sound");
	return 0;
}

static LONG check_listen(const struct call *c, DWORD feature)
{
	if (c->conference)
		return exchange_fail(LINEERR_INVALCALLSTATE, "conference",
				"what is heard of a party belongs to its conference call");
	return service_check(c, feature, "listened to");
}

static LONG send_digits(struct call *c, DWORD end_to_end, DWORD mode, const char *digits,
		DWORD duration_ms)
{
	return generate_digits(&c->leg.msp.generations, &ops, c, end_to_end, mode, digits,
			duration_ms);
}

void digits_press(struct call *c, const char *digits)
{
	if (c->state == CALL_STATE_CONNECTED && c->leg.msp.is_agreed)
		(void)send_digits(c, 0, LINEDIGITMODE_DTMF, digits, 0);
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
	struct extension *e = extension_find(line);

	return e ? &e->control : NULL;
}

static const struct control *control_of_line(const struct call *c)
{
	return c->line->control;
}

static void line_changed(HDRVLINE line)
{
	list_for(link, &extension_find(line)->calls)
		digits_detect(list_entry(link, struct call, link), false);
}

const struct tones_tsp tones_tsp = {
	.ops = &ops,
	.enter = exchange_enter,
	.leave = exchange_leave,
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
