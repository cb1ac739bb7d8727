// SPDX-License-Identifier: MIT
/* call_state.c - the states of a half, and the one function that changes them. */
#define LOG_TOPIC "exchange"
#include "call.h"

#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "base/clock.h"
#include "base/log.h"

#include <time.h>

#define FEATURE(f) LINECALLFEATURE_##f

/* clang-format off */
static const struct state {
	const char *name;
	DWORD reported;
	DWORD mode; /* when the event brings none */
	DWORD features;
	bool is_active; /* it occupies the line */
} states[] = {
	[CALL_STATE_NEW]          = { "NEW", 0, 0, 0, true },
	[CALL_STATE_DIALTONE]     = { "DIALTONE", LINECALLSTATE_DIALTONE, LINEDIALTONEMODE_INTERNAL,
		FEATURE(DIAL) | FEATURE(DROP) | FEATURE(MONITORDIGITS), true },
	[CALL_STATE_DIALING]      = { "DIALING", LINECALLSTATE_DIALING, 0,
		FEATURE(DIAL) | FEATURE(DROP) | FEATURE(MONITORDIGITS), true },
	[CALL_STATE_PROCEEDING]   = { "PROCEEDING", LINECALLSTATE_PROCEEDING, 0,
		FEATURE(DROP) | FEATURE(MONITORDIGITS), true },
	[CALL_STATE_RINGBACK]     = { "RINGBACK", LINECALLSTATE_RINGBACK, 0,
		FEATURE(DROP) | FEATURE(MONITORDIGITS) | FEATURE(SENDUSERUSER), true },
	[CALL_STATE_BUSY]         = { "BUSY", LINECALLSTATE_BUSY, LINEBUSYMODE_STATION,
		FEATURE(DROP) | FEATURE(MONITORDIGITS), true },
	[CALL_STATE_OFFERING]     = { "OFFERING", LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE,
		FEATURE(ACCEPT) | FEATURE(ANSWER) | FEATURE(DROP) | FEATURE(MONITORDIGITS) |
		FEATURE(SENDUSERUSER), true },
	[CALL_STATE_ACCEPTED]     = { "ACCEPTED", LINECALLSTATE_ACCEPTED, 0,
		FEATURE(ANSWER) | FEATURE(DROP) | FEATURE(MONITORDIGITS) |
		FEATURE(SENDUSERUSER), true },
	[CALL_STATE_ANSWERING]    = { "ANSWERING", LINECALLSTATE_ACCEPTED, 0,
		FEATURE(DROP) | FEATURE(MONITORDIGITS) | FEATURE(SENDUSERUSER), true },
	[CALL_STATE_CONNECTED]    = { "CONNECTED", LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE,
		FEATURE(DROP) | FEATURE(GENERATEDIGITS) | FEATURE(MONITORDIGITS) |
		FEATURE(SENDUSERUSER), true },
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
	[CALL_EVENT_RINGING] = "ringing",
	[CALL_EVENT_BUSY] = "busy",
	[CALL_EVENT_OFFER] = "offer",
	[CALL_EVENT_ACCEPT] = "accept",
	[CALL_EVENT_ANSWER] = "answer",
	[CALL_EVENT_CONNECT] = "connect",
	[CALL_EVENT_END] = "end",
	[CALL_EVENT_DROP] = "drop",
};

static void arm(struct call *c, void (*run)(struct timer *), uint32_t delay_ms)
{
	timer_stop(&c->timer);
	c->timer.run = run;
	exchange_arm(&c->timer, delay_ms);
}

static void dialled_too_slowly(struct timer *t)
{
	struct call *c = list_entry(t, struct call, timer);
	struct why why = { LINEDISCONNECTMODE_BADADDRESS, "Q.850 28 invalid number format",
		"the number was not completed in time" };

	(void)call_step(c, CALL_EVENT_END, &why);
}

static void await_digits(struct call *c, const struct why *why)
{
	(void)why;
	arm(c, dialled_too_slowly, exchange.config.dial_ms);
}

static void route(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	connection_set_up(c);
}

static void ring_again(struct timer *t)
{
	struct call *c = list_entry(t, struct call, timer);

	extension_ring(c->line, c->rings++);
	arm(c, ring_again, exchange.config.ring_ms);
}

static void start_ringing(struct call *c, const struct why *why)
{
	(void)why;
	ring_again(&c->timer);
}

static void not_answered(struct timer *t)
{
	struct call *c = list_entry(t, struct call, timer), *peer = connection_peer(c);
	struct why why = { LINEDISCONNECTMODE_NOANSWER, "Q.850 19 no answer from user",
		"the called extension did not answer in time" };
	struct why missed = { LINEDISCONNECTMODE_NORMAL, "Q.850 19 no answer from user",
		"the call was not answered in time" };

	(void)call_step(c, CALL_EVENT_END, &why);
	if (peer)
		(void)call_step(peer, CALL_EVENT_END, &missed);
}

static void await_answer(struct call *c, const struct why *why)
{
	(void)why;
	arm(c, not_answered, c->no_answer_ms);
}

static void answer(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	connection_answered(c);
}

static void talk(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	call_answer_done(c, 0, NULL);
	call_info_changed(c, LINECALLINFOSTATE_CONNECTEDID);
}

static void busy(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	media_stop(c);
}

static void release(struct call *c, const struct why *why)
{
	timer_stop(&c->timer);
	call_answer_done(c, LINEERR_OPERATIONFAILED, why);
	media_stop(c);
	c->monitor_modes = 0;
}

/* Rows are tried from the top. IDLE is in none of them: it is final. */
/* clang-format off */
static const struct step steps[] = {
	/* in                       event               becomes                 and does */
	{ CALL_STATE_NEW,        CALL_EVENT_OFFHOOK, CALL_STATE_DIALTONE,     await_digits },
	{ CALL_STATE_NEW,        CALL_EVENT_DIGITS,  CALL_STATE_DIALING,      await_digits },
	{ CALL_STATE_DIALTONE,   CALL_EVENT_DIGITS,  CALL_STATE_DIALING,      await_digits },
	{ CALL_STATE_DIALING,    CALL_EVENT_DIGITS,  CALL_STATE_DIALING,      await_digits },
	{ CALL_STATE_DIALTONE,   CALL_EVENT_NUMBER,  CALL_STATE_PROCEEDING,   route },
	{ CALL_STATE_DIALING,    CALL_EVENT_NUMBER,  CALL_STATE_PROCEEDING,   route },
	{ CALL_STATE_PROCEEDING, CALL_EVENT_RINGING, CALL_STATE_RINGBACK,     await_answer },
	{ CALL_STATE_PROCEEDING, CALL_EVENT_BUSY,    CALL_STATE_BUSY,         busy },
	{ CALL_STATE_RINGBACK,   CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk },
	{ CALL_STATE_NEW,        CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk }, /* with nobody */

	{ CALL_STATE_NEW,        CALL_EVENT_OFFER,   CALL_STATE_OFFERING,     start_ringing },
	{ CALL_STATE_OFFERING,   CALL_EVENT_ACCEPT,  CALL_STATE_ACCEPTED,     NULL },
	{ CALL_STATE_OFFERING,   CALL_EVENT_ANSWER,  CALL_STATE_ANSWERING,    answer },
	{ CALL_STATE_ACCEPTED,   CALL_EVENT_ANSWER,  CALL_STATE_ANSWERING,    answer },
	{ CALL_STATE_ANSWERING,  CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk },

	{ CALL_STATE_DIALTONE,   CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_DIALING,    CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_PROCEEDING, CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_RINGBACK,   CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_OFFERING,   CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_ACCEPTED,   CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_ANSWERING,  CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
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
	enum call_state was = c->state;

	if (!s)
		return false;
	to = &states[s->becomes];
	log_debug("call %llu of %s: %s -> %s (%s)", (unsigned long long)c->handle, c->line->number,
			from->name, to->name, event_names[event]);
	c->state = s->becomes;
	c->mode = why && why->mode ? why->mode : to->mode;
	if (to->reported != from->reported) {
		stamp(&c->since);
		tell_call(c, LINE_CALLSTATE, to->reported, c->mode, c->media_mode, why);
	}
	if (s->does)
		s->does(c, why);
	if (event == CALL_EVENT_DROP)
		connection_hung_up(c, was);
	treatment_update(c, false);
	extension_report(c->line);
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
	DWORD features2, features = states[c->state].features | service_features(c, &features2);

	if (!c->leg.is_agreed)
		features &= ~(DWORD)LINECALLFEATURE_GENERATEDIGITS;
	if (c->uui.count)
		features |= LINECALLFEATURE_RELEASEUSERUSERINFO;
	return features;
}

DWORD call_features2(const struct call *c)
{
	DWORD features2;

	(void)service_features(c, &features2);
	return features2;
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
	DWORD features2;
	DWORD bits = LINECALLFEATURE_RELEASEUSERUSERINFO | service_possible_features(&features2);

	for (size_t i = 0; i < STATES; i++)
		bits |= states[i].features;
	return bits;
}

DWORD call_possible_features2(void)
{
	DWORD features2;

	(void)service_possible_features(&features2);
	return features2;
}

void call_info_changed(const struct call *c, DWORD what)
{
	tell_call(c, LINE_CALLINFO, what, 0, 0, NULL);
}
