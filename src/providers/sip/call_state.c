// SPDX-License-Identifier: MIT
/* call_state.c - the states of a call, and the one function that changes them. */
#define LOG_TOPIC "sip"
#include "call.h"

#include "account.h"
#include "conference.h"
#include "dialog.h"
#include "diversion.h"
#include "sip.h"
#include "takeover.h"
#include "tell.h"
#include "transfer.h"

#include "base/clock.h"
#include "base/log.h"

#include <time.h>

#define RING_MS 5000
#define DIAL_MS 15000 /* the longest pause between two parts of a number */

#define FEATURE(f) LINECALLFEATURE_##f
#define DIGITS_HEARD                                                                               \
	(FEATURE(MONITORDIGITS) | FEATURE(MONITORMEDIA) | FEATURE(MONITORTONES) |                  \
			FEATURE(GATHERDIGITS) | FEATURE(SETMEDIACONTROL))

/* clang-format off */
static const struct state {
	const char *name;
	DWORD reported;
	DWORD mode; /* when the event brings none */
	DWORD features;
	bool is_active; /* it occupies the line */
} states[] = {
	[CALL_STATE_NEW]          = { "NEW", 0, 0, 0, true },
	[CALL_STATE_DIALTONE]     = { "DIALTONE", LINECALLSTATE_DIALTONE, LINEDIALTONEMODE_NORMAL,
		FEATURE(DIAL) | FEATURE(DROP) | DIGITS_HEARD, true },
	[CALL_STATE_DIALING]      = { "DIALING", LINECALLSTATE_DIALING, 0,
		FEATURE(DIAL) | FEATURE(DROP) | DIGITS_HEARD, true },
	[CALL_STATE_PROCEEDING]   = { "PROCEEDING", LINECALLSTATE_PROCEEDING, 0,
		FEATURE(DROP) | DIGITS_HEARD, true },
	[CALL_STATE_RINGBACK]     = { "RINGBACK", LINECALLSTATE_RINGBACK, 0,
		FEATURE(DROP) | DIGITS_HEARD, true },
	[CALL_STATE_BUSY]         = { "BUSY", LINECALLSTATE_BUSY, LINEBUSYMODE_UNKNOWN,
		FEATURE(DROP), true },
	[CALL_STATE_OFFERING]     = { "OFFERING", LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE,
		FEATURE(ACCEPT) | FEATURE(ANSWER) | FEATURE(DROP) | FEATURE(REDIRECT) |
		DIGITS_HEARD, true },
	[CALL_STATE_ACCEPTED]     = { "ACCEPTED", LINECALLSTATE_ACCEPTED, 0,
		FEATURE(ANSWER) | FEATURE(DROP) | DIGITS_HEARD, true },
	[CALL_STATE_ANSWERING]    = { "ANSWERING", LINECALLSTATE_ACCEPTED, 0,
		FEATURE(DROP) | DIGITS_HEARD, true },
	[CALL_STATE_CONNECTED]    = { "CONNECTED", LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE,
		FEATURE(DROP) | FEATURE(HOLD) | FEATURE(GENERATEDIGITS) |
		FEATURE(GENERATETONE) | DIGITS_HEARD |
		FEATURE(BLINDTRANSFER) | FEATURE(SETUPTRANSFER) | FEATURE(SETUPCONF) |
		FEATURE(ADDTOCONF) | FEATURE(SWAPHOLD), true },
	[CALL_STATE_ONHOLD]       = { "ONHOLD", LINECALLSTATE_ONHOLD, 0,
		FEATURE(DROP) | FEATURE(UNHOLD) | FEATURE(COMPLETETRANSF) | FEATURE(SWAPHOLD) |
		DIGITS_HEARD, true },
	[CALL_STATE_ONHOLDPENDTRANSFER] = { "ONHOLDPENDTRANSFER", LINECALLSTATE_ONHOLDPENDTRANSFER, 0,
		FEATURE(DROP) | FEATURE(UNHOLD) | FEATURE(COMPLETETRANSF) | FEATURE(SWAPHOLD) |
		DIGITS_HEARD, true },
	[CALL_STATE_ONHOLDPENDCONF] = { "ONHOLDPENDCONF", LINECALLSTATE_ONHOLDPENDCONF, 0,
		FEATURE(DROP) | FEATURE(UNHOLD) | DIGITS_HEARD, true },
	[CALL_STATE_CONFERENCED]  = { "CONFERENCED", LINECALLSTATE_CONFERENCED, 0,
		FEATURE(DROP) | FEATURE(REMOVEFROMCONF), true }, /* heard as its conference */
	[CALL_STATE_DISCONNECTED] = { "DISCONNECTED", LINECALLSTATE_DISCONNECTED,
		LINEDISCONNECTMODE_NORMAL, FEATURE(DROP), false },
	[CALL_STATE_IDLE]         = { "IDLE", LINECALLSTATE_IDLE, 0, 0, false },
};
/* clang-format on */

#define STATES (sizeof(states) / sizeof(states[0]))

static const char *const event_names[CALL_EVENT_COUNT] = {
	[CALL_EVENT_OFFHOOK] = "off-hook",
	[CALL_EVENT_DIGITS] = "digits",
	[CALL_EVENT_NUMBER] = "number",
	[CALL_EVENT_PROCEED] = "proceed",
	[CALL_EVENT_RINGING] = "ringing",
	[CALL_EVENT_BUSY] = "busy",
	[CALL_EVENT_OFFER] = "offer",
	[CALL_EVENT_ACCEPT] = "accept",
	[CALL_EVENT_ANSWER] = "answer",
	[CALL_EVENT_CONNECT] = "connect",
	[CALL_EVENT_HELD] = "held",
	[CALL_EVENT_HELD_TRANSFER] = "held for a transfer",
	[CALL_EVENT_HELD_CONF] = "held for a conference",
	[CALL_EVENT_UNHELD] = "unheld",
	[CALL_EVENT_FAR_HOLD] = "far hold",
	[CALL_EVENT_SETTLED] = "settled",
	[CALL_EVENT_CONFERENCE] = "conference",
	[CALL_EVENT_END] = "end",
	[CALL_EVENT_DROP] = "drop",
};

/* --- What a step does --- */

static void arm(struct call *c, void (*run)(struct timer *), uint32_t delay_ms)
{
	timer_stop(&c->timer);
	c->timer.run = run;
	sip_arm(&c->timer, delay_ms);
}

static void dialled_too_slowly(struct timer *t)
{
	struct why why = { 0 };

	why_set(&why, LINEDISCONNECTMODE_BADADDRESS, "Q.850 28",
			"the number was not completed in time");
	(void)call_step(list_entry(t, struct call, timer), CALL_EVENT_END, &why);
}

static void await_digits(struct call *c, const struct why *why)
{
	(void)why;
	arm(c, dialled_too_slowly, DIAL_MS);
}

/* The request goes out when the MSP has made an offer. */
static void route(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	leg_start_invite(c);
}

static void not_answered(struct timer *t)
{
	struct why why = { 0 };

	why_set(&why, LINEDISCONNECTMODE_NOANSWER, "Q.850 19", "nobody answered in time");
	(void)call_step(list_entry(t, struct call, timer), CALL_EVENT_END, &why);
}

static void await_answer(struct call *c, const struct why *why)
{
	(void)why;
	arm(c, not_answered, c->no_answer_ms);
}

static void ring_again(struct timer *t)
{
	struct call *c = list_entry(t, struct call, timer);

	account_ring(c->line, c->rings++);
	arm(c, ring_again, RING_MS);
}

static void start_ringing(struct call *c, const struct why *why)
{
	(void)why;
	diversion_await(c);
	if (c->line->line_states & LINEDEVSTATE_RINGING)
		ring_again(&c->timer);
}

static void answer(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	timer_stop(&c->forward_timer);
	leg_start_answer(c);
}

static void talk(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	call_answer_done(c, 0, NULL);
	call_info_changed(c, LINECALLINFOSTATE_CONNECTEDID);
}

static void held(struct call *c, const struct why *why)
{
	(void)why;
	call_hold_done(c, 0, NULL);
}

static void busy(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	leg_stop(c);
	if (c->dialog)
		dialog_leave(c->dialog, 0, NULL, NULL);
}

/* What is pending ends with the call. A dialog that is still up says good-bye. */
static void release(struct call *c, const struct why *why)
{
	struct why dropped = { 0 };
	const struct why *ended = why ? why : &dropped;

	why_set(&dropped, 0, "call state", "the call was dropped meanwhile");
	timer_stop(&c->timer);
	timer_stop(&c->forward_timer);
	call_answer_done(c, LINEERR_OPERATIONFAILED, ended);
	call_hold_done(c, LINEERR_OPERATIONFAILED, ended);
	transfer_call_ended(c, c->state == CALL_STATE_DISCONNECTED, ended);
	takeover_call_ended(c);
	conference_call_ended(c);
	leg_stop(c);
	digits_end(c);
	if (c->dialog)
		dialog_leave(c->dialog, 0, why, NULL);
}

/* Rows are tried from the top. IDLE is in none of them: it is final. */
/* clang-format off */
static const struct step steps[] = {
	/* in                       event               becomes                 and does */
	{ CALL_STATE_NEW,        CALL_EVENT_OFFHOOK, CALL_STATE_DIALTONE,     await_digits },
	{ CALL_STATE_NEW,        CALL_EVENT_DIGITS,  CALL_STATE_DIALING,      await_digits },
	{ CALL_STATE_DIALTONE,   CALL_EVENT_DIGITS,  CALL_STATE_DIALING,      await_digits },
	{ CALL_STATE_DIALING,    CALL_EVENT_DIGITS,  CALL_STATE_DIALING,      await_digits },
	{ CALL_STATE_DIALTONE,   CALL_EVENT_NUMBER,  CALL_STATE_DIALING,      route },
	{ CALL_STATE_DIALING,    CALL_EVENT_NUMBER,  CALL_STATE_DIALING,      route },
	{ CALL_STATE_DIALING,    CALL_EVENT_PROCEED, CALL_STATE_PROCEEDING,   await_answer },
	{ CALL_STATE_PROCEEDING, CALL_EVENT_RINGING, CALL_STATE_RINGBACK,     NULL },
	{ CALL_STATE_PROCEEDING, CALL_EVENT_BUSY,    CALL_STATE_BUSY,         busy },
	{ CALL_STATE_RINGBACK,   CALL_EVENT_BUSY,    CALL_STATE_BUSY,         busy },
	{ CALL_STATE_PROCEEDING, CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk },
	{ CALL_STATE_RINGBACK,   CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk },

	{ CALL_STATE_NEW,        CALL_EVENT_OFFER,   CALL_STATE_OFFERING,     start_ringing },
	{ CALL_STATE_OFFERING,   CALL_EVENT_ACCEPT,  CALL_STATE_ACCEPTED,     NULL },
	{ CALL_STATE_OFFERING,   CALL_EVENT_ANSWER,  CALL_STATE_ANSWERING,    answer },
	{ CALL_STATE_ACCEPTED,   CALL_EVENT_ANSWER,  CALL_STATE_ANSWERING,    answer },
	{ CALL_STATE_ANSWERING,  CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk },

	{ CALL_STATE_CONNECTED,  CALL_EVENT_HELD,    CALL_STATE_ONHOLD,       held },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_HELD_TRANSFER, CALL_STATE_ONHOLDPENDTRANSFER, held },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_HELD_CONF, CALL_STATE_ONHOLDPENDCONF, held },
	{ CALL_STATE_ONHOLD,     CALL_EVENT_HELD_TRANSFER, CALL_STATE_ONHOLDPENDTRANSFER, held },
	{ CALL_STATE_ONHOLD,     CALL_EVENT_HELD_CONF, CALL_STATE_ONHOLDPENDCONF, held },
	{ CALL_STATE_ONHOLD,     CALL_EVENT_UNHELD,  CALL_STATE_CONNECTED,    held },
	{ CALL_STATE_ONHOLDPENDTRANSFER, CALL_EVENT_UNHELD, CALL_STATE_CONNECTED, held },
	{ CALL_STATE_ONHOLDPENDTRANSFER, CALL_EVENT_HELD, CALL_STATE_ONHOLD,  held },
	{ CALL_STATE_ONHOLDPENDCONF, CALL_EVENT_UNHELD, CALL_STATE_CONNECTED, held },
	{ CALL_STATE_ONHOLDPENDCONF, CALL_EVENT_HELD, CALL_STATE_ONHOLD,      held },
	{ CALL_STATE_CONFERENCED, CALL_EVENT_HELD,   CALL_STATE_ONHOLD,       held },
	{ CALL_STATE_CONFERENCED, CALL_EVENT_UNHELD, CALL_STATE_CONNECTED,    held },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, NULL },
	{ CALL_STATE_ONHOLD,     CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, held },
	{ CALL_STATE_ONHOLDPENDTRANSFER, CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, NULL },
	{ CALL_STATE_NEW,        CALL_EVENT_HELD_CONF, CALL_STATE_ONHOLDPENDCONF, NULL },
	{ CALL_STATE_NEW,        CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    NULL },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_SETTLED, CALL_STATE_CONNECTED,    held },
	{ CALL_STATE_CONFERENCED, CALL_EVENT_SETTLED, CALL_STATE_CONFERENCED, held },
	{ CALL_STATE_ONHOLD,     CALL_EVENT_SETTLED, CALL_STATE_ONHOLD,       held },
	{ CALL_STATE_ONHOLDPENDTRANSFER, CALL_EVENT_SETTLED, CALL_STATE_ONHOLDPENDTRANSFER, held },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_FAR_HOLD, CALL_STATE_CONNECTED,   NULL },

	{ CALL_STATE_NEW,        CALL_EVENT_DROP,    CALL_STATE_IDLE,         release },
	{ CALL_STATE_BUSY,       CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_DISCONNECTED, CALL_EVENT_DROP,  CALL_STATE_IDLE,         release },
	{ CALL_STATE_ANY,        CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_ANY,        CALL_EVENT_DROP,    CALL_STATE_IDLE,         release },
};
/* clang-format on */

const struct step *call_steps(size_t *count)
{
	*count = sizeof(steps) / sizeof(steps[0]);
	return steps;
}

static const struct step *find_step(enum call_state in, enum call_event event)
{
	if (in == CALL_STATE_IDLE)
		return NULL;
	if (event == CALL_EVENT_END && (in == CALL_STATE_DISCONNECTED || in == CALL_STATE_NEW))
		return NULL;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (steps[i].event == event && (steps[i].in == in || steps[i].in == CALL_STATE_ANY))
			return &steps[i];
	return NULL;
}

static void stamp(SYSTEMTIME *out)
{
	time_t now = (time_t)clock_wall();
	struct tm tm;

	if (!gmtime_r(&now, &tm))
		return;
	*out = (SYSTEMTIME){ .wYear = (WORD)(tm.tm_year + 1900),
		.wMonth = (WORD)(tm.tm_mon + 1),
		.wDayOfWeek = (WORD)tm.tm_wday,
		.wDay = (WORD)tm.tm_mday,
		.wHour = (WORD)tm.tm_hour,
		.wMinute = (WORD)tm.tm_min,
		.wSecond = (WORD)tm.tm_sec };
}

bool call_step(struct call *c, enum call_event event, const struct why *why)
{
	const struct step *s = find_step(c->state, event);
	const struct state *from = &states[c->state], *to;
	DWORD mode_before = c->mode;

	if (!s)
		return false;
	to = &states[s->becomes];
	log_debug("call %llu of %s: %s -> %s (%s)", (unsigned long long)c->handle,
			account_name(c->line), from->name, to->name, event_names[event]);
	c->state = s->becomes;
	if (from->is_active && !to->is_active && !c->links.is_conference)
		c->line->active_calls--; /* it never becomes active again */
	c->mode = why && why->mode ? why->mode : to->mode;
	if (c->state == CALL_STATE_CONFERENCED)
		c->mode = (DWORD)conference_of(c); /* TAPI: the parent, not a mode */
	if (c->state == CALL_STATE_CONNECTED && c->leg.is_far_holding)
		c->mode = LINECONNECTEDMODE_ACTIVEHELD;
	if (to->reported != from->reported || c->mode != mode_before) {
		stamp(&c->since);
		tell_call(c, LINE_CALLSTATE, to->reported, c->mode, c->media_mode, why);
	}
	if (s->does)
		s->does(c, why);
	if (to != from)
		digits_state(c);
	account_report(c->line);
	return true;
}

bool call_can(const struct call *c, enum call_event event)
{
	return find_step(c->state, event) != NULL;
}

bool call_is_active(const struct call *c)
{
	return states[c->state].is_active;
}

bool call_is_on_hold(const struct call *c)
{
	return c->state == CALL_STATE_ONHOLD || c->state == CALL_STATE_ONHOLDPENDTRANSFER ||
	       c->state == CALL_STATE_ONHOLDPENDCONF;
}

bool call_is_up(const struct call *c)
{
	return c->state == CALL_STATE_CONNECTED || c->state == CALL_STATE_CONFERENCED ||
	       call_is_on_hold(c);
}

const char *call_state_name(enum call_state state)
{
	return (size_t)state < STATES ? states[state].name : "?";
}

DWORD call_reported_state(const struct call *c)
{
	return states[c->state].reported;
}

DWORD call_features(const struct call *c)
{
	DWORD features = states[c->state].features;

	if (c->links.is_conference)
		return conference_features(c);
	if (!c->leg.msp.is_agreed && c->line->config->digits != DIGITS_INFO)
		features &= ~(DWORD)FEATURE(GENERATEDIGITS);
	if (!c->leg.msp.is_agreed)
		features &= ~(DWORD)FEATURE(GENERATETONE);
	if (c->hold_request)
		features &= ~(DWORD)(LINECALLFEATURE_HOLD | LINECALLFEATURE_UNHOLD);
	if (c->uui.count)
		features |= LINECALLFEATURE_RELEASEUSERUSERINFO;
	return features;
}

DWORD call_possible_states(void)
{
	DWORD bits = 0;

	for (size_t i = 0; i < STATES; i++)
		bits |= states[i].reported;
	return bits;
}

DWORD call_possible_features(void)
{
	DWORD bits = LINECALLFEATURE_RELEASEUSERUSERINFO | LINECALLFEATURE_PREPAREADDCONF;

	for (size_t i = 0; i < STATES; i++)
		bits |= states[i].features;
	return bits;
}

void call_info_changed(const struct call *c, DWORD what)
{
	tell_call(c, LINE_CALLINFO, what, 0, 0, NULL);
}
