// SPDX-License-Identifier: MIT
/* call_state.c - the states of a half, and the one function that changes them. */
#define LOG_TOPIC "exchange"
#include "call.h"

#include "complete.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "forward.h"
#include "queue.h"
#include "transfer.h"

#include "base/clock.h"
#include "base/log.h"

#include <time.h>

#define FEATURE(f) LINECALLFEATURE_##f

#define ALWAYS  FEATURE(DROP)
#define SENDING (FEATURE(GENERATEDIGITS) | FEATURE(GENERATETONE))
#define ACTIVE  CALL_OCCUPIES_ACTIVE
#define HELD    CALL_OCCUPIES_HELD
#define PENDING CALL_OCCUPIES_PENDING
#define NOTHING CALL_OCCUPIES_NOTHING

/* clang-format off */
static const struct state {
	const char *name;
	DWORD reported;
	DWORD mode; /* when the event brings none */
	DWORD features;
	enum call_occupies occupies;
} states[] = {
	[CALL_STATE_NEW]          = { "NEW", 0, 0, 0, ACTIVE },
	[CALL_STATE_DIALTONE]     = { "DIALTONE", LINECALLSTATE_DIALTONE, LINEDIALTONEMODE_INTERNAL,
		ALWAYS | FEATURE(DIAL), ACTIVE },
	[CALL_STATE_DIALING]      = { "DIALING", LINECALLSTATE_DIALING, 0,
		ALWAYS | FEATURE(DIAL), ACTIVE },
	[CALL_STATE_PROCEEDING]   = { "PROCEEDING", LINECALLSTATE_PROCEEDING, 0, ALWAYS, ACTIVE },
	[CALL_STATE_RINGBACK]     = { "RINGBACK", LINECALLSTATE_RINGBACK, 0,
		ALWAYS | FEATURE(SENDUSERUSER), ACTIVE },
	[CALL_STATE_BUSY]         = { "BUSY", LINECALLSTATE_BUSY, LINEBUSYMODE_STATION,
		ALWAYS, ACTIVE },
	[CALL_STATE_OFFERING]     = { "OFFERING", LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE,
		ALWAYS | FEATURE(ACCEPT) | FEATURE(ANSWER) | FEATURE(SENDUSERUSER), ACTIVE },
	[CALL_STATE_ACCEPTED]     = { "ACCEPTED", LINECALLSTATE_ACCEPTED, 0,
		ALWAYS | FEATURE(ANSWER) | FEATURE(SENDUSERUSER), ACTIVE },
	[CALL_STATE_ANSWERING]    = { "ANSWERING", LINECALLSTATE_ACCEPTED, 0,
		ALWAYS | FEATURE(SENDUSERUSER), ACTIVE },
	[CALL_STATE_CONNECTED]    = { "CONNECTED", LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE,
		ALWAYS | SENDING | FEATURE(SENDUSERUSER), ACTIVE },
	[CALL_STATE_ONHOLD]       = { "ONHOLD", LINECALLSTATE_ONHOLD, 0, ALWAYS, HELD },
	[CALL_STATE_ONHOLDPENDTRANSFER] = { "ONHOLDPENDTRANSFER", LINECALLSTATE_ONHOLDPENDTRANSFER, 0,
		ALWAYS, PENDING },
	[CALL_STATE_ONHOLDPENDCONF] = { "ONHOLDPENDCONF", LINECALLSTATE_ONHOLDPENDCONF, 0,
		ALWAYS, PENDING },
	[CALL_STATE_CONFERENCED]  = { "CONFERENCED", LINECALLSTATE_CONFERENCED, 0, ALWAYS, NOTHING },
	[CALL_STATE_DISCONNECTED] = { "DISCONNECTED", LINECALLSTATE_DISCONNECTED,
		LINEDISCONNECTMODE_NORMAL, FEATURE(DROP), NOTHING },
	[CALL_STATE_IDLE]         = { "IDLE", LINECALLSTATE_IDLE, 0, 0, NOTHING },
};
/* clang-format on */

#define STATES (sizeof(states) / sizeof(states[0]))

static const char *const event_names[CALL_EVENT_COUNT] = {
	[CALL_EVENT_OFFHOOK] = "off-hook",
	[CALL_EVENT_DIGITS] = "digits",
	[CALL_EVENT_NUMBER] = "number",
	[CALL_EVENT_RINGING] = "ringing",
	[CALL_EVENT_BUSY] = "busy",
	[CALL_EVENT_CAMP] = "camp",
	[CALL_EVENT_OFFER] = "offer",
	[CALL_EVENT_ACCEPT] = "accept",
	[CALL_EVENT_ANSWER] = "answer",
	[CALL_EVENT_CONNECT] = "connect",
	[CALL_EVENT_HOLD] = "hold",
	[CALL_EVENT_HOLD_TRANSFER] = "hold for a transfer",
	[CALL_EVENT_HOLD_CONF] = "hold for a conference",
	[CALL_EVENT_UNHOLD] = "unhold",
	[CALL_EVENT_FAR_HOLD] = "far hold",
	[CALL_EVENT_CONFERENCE] = "conference",
	[CALL_EVENT_LEAVE] = "leave",
	[CALL_EVENT_LEAVE_HELD] = "leave, held",
	[CALL_EVENT_LEAVE_RINGING] = "leave, ringing",
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

static enum ring_mode ring_mode(const struct call *c)
{
	if (c->reason == LINECALLREASON_CALLCOMPLETION || c->reason == LINECALLREASON_REMINDER)
		return RING_BACK;
	return c->origin == LINECALLORIGIN_EXTERNAL ? RING_OUTSIDE : RING_INSIDE;
}

static void ring_again(struct timer *t)
{
	struct call *c = list_entry(t, struct call, timer);

	if (forward_unanswered(c, c->rings))
		return;
	extension_ring(c->line, ring_mode(c), c->rings++);
	arm(c, ring_again, exchange.config.ring_ms);
}

static void start_ringing(struct call *c, const struct why *why)
{
	(void)why;
	if (extension_is_waiting_place(c->line))
		queue_enter(c);
	else
		ring_again(&c->timer);
}

static void not_answered(struct timer *t)
{
	connection_not_answered(list_entry(t, struct call, timer));
}

static void await_answer(struct call *c, const struct why *why)
{
	const struct call *called = connection_peer(c);

	(void)why;
	if (called && extension_is_waiting_place(called->line))
		timer_stop(&c->timer); /* the place has a time of its own */
	else
		arm(c, not_answered, c->no_answer_ms);
}

static void answer(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	if (!complete_answered(c))
		connection_answered(c);
}

static void talk(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	call_answer_done(c, 0, NULL);
	call_info_changed(c, LINECALLINFOSTATE_CONNECTEDID);
	service_connected(c);
	conference_consult_connected(c);
}

static void busy(struct call *c, const struct why *why)
{
	(void)why;
	timer_stop(&c->timer);
	conference_will_not_join(c, "a call that was to join is busy");
	media_stop(c);
}

static void hold(struct call *c, const struct why *why)
{
	(void)why;
	call_hold_media(c, true);
}

static void resume(struct call *c, const struct why *why)
{
	(void)why;
	call_hold_media(c, false);
}

static void release(struct call *c, const struct why *why)
{
	timer_stop(&c->timer);
	call_answer_done(c, LINEERR_OPERATIONFAILED, why);
	service_ended(c);
	transfer_call_ended(c, why);
	conference_call_ended(c, why);
	media_stop(c);
	digits_end(c);
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
	{ CALL_STATE_BUSY,       CALL_EVENT_CAMP,    CALL_STATE_PROCEEDING,   NULL },
	{ CALL_STATE_PROCEEDING, CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk }, /* broken in */
	{ CALL_STATE_RINGBACK,   CALL_EVENT_RINGING, CALL_STATE_SAME,         await_answer }, /* sent on */
	{ CALL_STATE_RINGBACK,   CALL_EVENT_BUSY,    CALL_STATE_BUSY,         busy },
	{ CALL_STATE_RINGBACK,   CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk },
	{ CALL_STATE_NEW,        CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk }, /* with nobody */

	{ CALL_STATE_NEW,        CALL_EVENT_OFFER,   CALL_STATE_OFFERING,     start_ringing },
	{ CALL_STATE_OFFERING,   CALL_EVENT_ACCEPT,  CALL_STATE_ACCEPTED,     NULL },
	{ CALL_STATE_OFFERING,   CALL_EVENT_ANSWER,  CALL_STATE_ANSWERING,    answer },
	{ CALL_STATE_ACCEPTED,   CALL_EVENT_ANSWER,  CALL_STATE_ANSWERING,    answer },
	{ CALL_STATE_ANSWERING,  CALL_EVENT_CONNECT, CALL_STATE_CONNECTED,    talk },
	{ CALL_STATE_ANSWERING,  CALL_EVENT_NUMBER,  CALL_STATE_PROCEEDING,   route }, /* called back */
	{ CALL_STATE_NEW,        CALL_EVENT_ANSWER,  CALL_STATE_ANSWERING,    answer }, /* picked up */

	{ CALL_STATE_CONNECTED,  CALL_EVENT_HOLD,    CALL_STATE_ONHOLD,       hold },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_HOLD_TRANSFER, CALL_STATE_ONHOLDPENDTRANSFER, hold },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_HOLD_CONF, CALL_STATE_ONHOLDPENDCONF, hold },
	{ CALL_STATE_ONHOLD,     CALL_EVENT_UNHOLD,  CALL_STATE_CONNECTED,    resume },
	{ CALL_STATE_ONHOLDPENDTRANSFER, CALL_EVENT_UNHOLD, CALL_STATE_CONNECTED, resume },
	{ CALL_STATE_ONHOLDPENDCONF, CALL_EVENT_UNHOLD, CALL_STATE_CONNECTED, resume },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_FAR_HOLD, CALL_STATE_CONNECTED,   NULL },

	{ CALL_STATE_PROCEEDING, CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, NULL },
	{ CALL_STATE_RINGBACK,   CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, NULL },
	{ CALL_STATE_CONNECTED,  CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, NULL },
	{ CALL_STATE_ONHOLD,     CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, NULL },
	{ CALL_STATE_ONHOLDPENDTRANSFER, CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, NULL },
	{ CALL_STATE_ONHOLDPENDCONF, CALL_EVENT_CONFERENCE, CALL_STATE_CONFERENCED, NULL },
	{ CALL_STATE_CONFERENCED, CALL_EVENT_LEAVE,  CALL_STATE_CONNECTED,    resume },
	{ CALL_STATE_CONFERENCED, CALL_EVENT_LEAVE_HELD, CALL_STATE_ONHOLD,   hold },
	{ CALL_STATE_CONFERENCED, CALL_EVENT_LEAVE_RINGING, CALL_STATE_RINGBACK, NULL },
	{ CALL_STATE_NEW,        CALL_EVENT_HOLD_CONF, CALL_STATE_ONHOLDPENDCONF, hold },

	/* Joined anew with one that alerts: what a caller does, but for its own state. */
	{ CALL_STATE_UP,         CALL_EVENT_RINGING, CALL_STATE_SAME,         await_answer },
	{ CALL_STATE_UP,         CALL_EVENT_CONNECT, CALL_STATE_SAME,         talk },
	{ CALL_STATE_UP,         CALL_EVENT_BUSY,    CALL_STATE_DISCONNECTED, release },

	{ CALL_STATE_DIALTONE,   CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_DIALING,    CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_PROCEEDING, CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_RINGBACK,   CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_OFFERING,   CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_ACCEPTED,   CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_ANSWERING,  CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_UP,         CALL_EVENT_END,     CALL_STATE_DISCONNECTED, release },
	{ CALL_STATE_ANY,        CALL_EVENT_DROP,    CALL_STATE_IDLE,         release },
};
/* clang-format on */

const struct step *call_steps(size_t *count)
{
	*count = sizeof(steps) / sizeof(steps[0]);
	return steps;
}

static bool is_row_of(const struct step *s, enum call_state in)
{
	return s->in == in || s->in == CALL_STATE_ANY ||
	       (s->in == CALL_STATE_UP && call_state_is_up(in));
}

static const struct step *find_step(enum call_state in, enum call_event event)
{
	if (in == CALL_STATE_IDLE)
		return NULL;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (steps[i].event == event && is_row_of(&steps[i], in))
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

/* TAPI: a party names its conference call where others have a mode. */
static DWORD mode_of(const struct call *c, enum call_event event, const struct why *why)
{
	if (c->state == CALL_STATE_DISCONNECTED && event == CALL_EVENT_BUSY)
		return LINEDISCONNECTMODE_BUSY; /* `why` has a LINEBUSYMODE_ */
	if (c->state == CALL_STATE_CONFERENCED)
		return c->conference ? (DWORD)c->conference->ht_call : 0;
	if (c->state == CALL_STATE_CONNECTED && connection_is_far_held(c))
		return LINECONNECTEDMODE_ACTIVEHELD;
	return why && why->mode ? why->mode : states[c->state].mode;
}

static void become(struct call *c, enum call_state state, enum call_event event,
		const struct why *why)
{
	DWORD reported = states[c->state].reported, mode = c->mode;

	c->state = state;
	c->mode = mode_of(c, event, why);
	if (states[state].reported == reported &&
			(state != CALL_STATE_CONNECTED || c->mode == mode))
		return;
	stamp(&c->since);
	tell_call(c, LINE_CALLSTATE, states[state].reported, c->mode, c->media_mode, why);
}

bool call_step(struct call *c, enum call_event event, const struct why *why)
{
	const struct step *s = find_step(c->state, event);
	enum call_state was = c->state, becomes;

	if (!s)
		return false;
	becomes = s->becomes == CALL_STATE_SAME ? was : s->becomes;
	log_debug("call %llu of %s: %s -> %s (%s)", (unsigned long long)c->handle, c->line->number,
			states[was].name, states[becomes].name, event_names[event]);
	c->steps++;
	if (becomes != was || event == CALL_EVENT_FAR_HOLD)
		become(c, becomes, event, why);
	if (s->does)
		s->does(c, why);
	if (event == CALL_EVENT_DROP)
		connection_hung_up(c, was);
	treatment_update(c, false);
	if (becomes != was)
		digits_state(c);
	service_stepped(c);
	extension_report(c->line);
	if (c->is_hidden)
		transfer_stepped(c, why);
	if (--c->steps == 0 && c->is_spent)
		call_discard(c);
	return true;
}

void call_end(struct call *c, const struct why *why)
{
	if (c->state == CALL_STATE_NEW)
		c->is_doomed = true;
	else
		(void)call_step(c, CALL_EVENT_END, why);
}

bool call_can(const struct call *c, enum call_event event)
{
	return find_step(c->state, event) != NULL;
}

bool call_is_active(const struct call *c)
{
	return c->state != CALL_STATE_DISCONNECTED && c->state != CALL_STATE_IDLE;
}

bool call_state_is_up(enum call_state state)
{
	return state >= CALL_STATE_CONNECTED && state <= CALL_STATE_CONFERENCED;
}

bool call_is_up(const struct call *c)
{
	return call_state_is_up(c->state);
}

bool call_is_on_hold(const struct call *c)
{
	return call_is_up(c) && states[c->state].occupies >= CALL_OCCUPIES_HELD;
}

enum call_occupies call_occupies(const struct call *c)
{
	return c->is_hidden ? CALL_OCCUPIES_NOTHING : states[c->state].occupies;
}

const char *call_state_name(enum call_state state)
{
	return (size_t)state < STATES ? states[state].name : "?";
}

DWORD call_reported_state(const struct call *c)
{
	return states[c->state].reported;
}

/* What the state allows, and what the call is does not. */
static DWORD impossible(const struct call *c)
{
	return transfer_impossible(c) | conference_impossible(c) | service_impossible(c);
}

DWORD call_features(const struct call *c)
{
	DWORD features2;
	DWORD features = states[c->state].features | service_features(c, 0, &features2);

	features &= ~impossible(c);
	if (!c->leg.msp.is_agreed)
		features &= ~(DWORD)SENDING;
	if (c->uui.count)
		features |= LINECALLFEATURE_RELEASEUSERUSERINFO;
	if (terminal_count() && call_is_active(c))
		features |= LINECALLFEATURE_SETTERMINAL;
	return features;
}

DWORD call_features2(const struct call *c)
{
	DWORD features2;

	(void)service_features(c, impossible(c), &features2);
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

	if (terminal_count())
		bits |= LINECALLFEATURE_SETTERMINAL;

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
