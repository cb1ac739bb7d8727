// SPDX-License-Identifier: MIT
/* complete.c - camping on, calling back, breaking in, and leaving a message: a row each. Those that
 * wait are in one list; whatever a line does starts their timers, so that nothing begins in the
 * middle of something else. */
#define LOG_TOPIC "exchange"
#include "complete.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "station.h"

#include "base/list.h"
#include "base/log.h"
#include "base/mem.h"
#include "providers/kit/varpart.h"

#include <stdio.h>
#include <string.h>

struct completion {
	struct list link; /* exchange.completions */
	DWORD id;
	struct extension *who, *target;
	struct call *call; /* that is camped on, or rings to call back; NULL: none */
	bool is_camped;
	bool awaits_use; /* nobody answered there: somebody has to use the line first */
	struct timer timer;
};

static const char *const messages[] = {
	"Please call me back",
	"I will call again",
	"Please see me",
	"Urgent",
};

enum { MESSAGES = sizeof(messages) / sizeof(messages[0]), MESSAGE_SIZE = 24 };

static void go_on(struct timer *t);

/* --- the list ------------------------------------------------------------------------------- */

static struct completion *find(const struct extension *who, DWORD id)
{
	list_for(l, &exchange.completions) {
		struct completion *w = list_entry(l, struct completion, link);

		if (w->who == who && w->id == id)
			return w;
	}
	return NULL;
}

static struct completion *find_call(const struct call *c)
{
	list_for(l, &exchange.completions) {
		struct completion *w = list_entry(l, struct completion, link);

		if (w->call == c)
			return w;
	}
	return NULL;
}

DWORD complete_pending(const struct extension *e)
{
	DWORD count = 0;

	list_for(l, &exchange.completions)
		if (list_entry(l, struct completion, link)->who == e)
			count++;
	return count;
}

static void tell_count(const struct extension *e, DWORD state)
{
	if (state & e->line_states)
		tell_line(e, LINE_LINEDEVSTATE, state & e->line_states, 0, 0);
}

static void forget(struct completion *w, DWORD state)
{
	struct extension *who = w->who;

	timer_stop(&w->timer);
	list_remove(&w->link);
	mem_free(w);
	tell_count(who, LINEDEVSTATE_NUMCOMPLETIONS | state);
}

void complete_fini(void)
{
	list_for_safe(l, &exchange.completions) {
		struct completion *w = list_entry(l, struct completion, link);

		timer_stop(&w->timer);
		list_remove(&w->link);
		mem_free(w);
	}
}

static struct completion *add(struct call *c)
{
	struct completion *w = mem_new(struct completion);

	if (!w)
		return NULL;
	w->id = ++exchange.last_completion_id;
	w->who = c->line;
	w->target = c->connection->target;
	timer_init(&w->timer, go_on);
	list_append(&exchange.completions, &w->link);
	return w;
}

/* --- the four ways -------------------------------------------------------------------------- */

static struct completion *await(struct call *c)
{
	struct completion *w = add(c);

	if (w)
		tell_count(c->line, LINEDEVSTATE_NUMCOMPLETIONS);
	return w;
}

static void camp_on(struct call *c, struct completion *w, DWORD message)
{
	(void)message;
	w->is_camped = true;
	w->call = c;
	media_start(c);
	(void)call_step(c, CALL_EVENT_CAMP, NULL);
}

static void call_back(struct call *c, struct completion *w, DWORD message)
{
	(void)message;
	w->awaits_use = c->state == CALL_STATE_RINGBACK;
	(void)call_step(c, CALL_EVENT_DROP, NULL);
}

static void leave_message(struct call *c, struct completion *w, DWORD message)
{
	struct extension *e = w->target;

	log_info("extension %s leaves a message for %s", c->line->number, e->number);
	(void)snprintf(e->message, sizeof(e->message), "%s: %s", c->line->number,
			messages[message]);
	station_change(e, LINEDEVSTATUSFLAGS_MSGWAIT, true);
	forget(w, 0);
	(void)call_step(c, CALL_EVENT_DROP, NULL);
}

static void intrude(struct call *c, struct completion *w, DWORD message)
{
	struct extension *e = w->target;

	(void)message;
	forget(w, 0);
	media_start(c);
	(void)call_step(c, CALL_EVENT_CAMP, NULL);
	connection_intrude(c->connection, e);
}

/* clang-format off */
static const struct way {
	DWORD mode, feature2;
	DWORD states;
	void (*take)(struct call *c, struct completion *w, DWORD message);
} ways[] = {
	{ LINECALLCOMPLMODE_CAMPON,   LINECALLFEATURE2_COMPLCAMPON,   LINECALLSTATE_BUSY, camp_on },
	{ LINECALLCOMPLMODE_CALLBACK, LINECALLFEATURE2_COMPLCALLBACK,
		LINECALLSTATE_BUSY | LINECALLSTATE_RINGBACK, call_back },
	{ LINECALLCOMPLMODE_INTRUDE,  LINECALLFEATURE2_COMPLINTRUDE,  LINECALLSTATE_BUSY, intrude },
	{ LINECALLCOMPLMODE_MESSAGE,  LINECALLFEATURE2_COMPLMESSAGE,
		LINECALLSTATE_BUSY | LINECALLSTATE_RINGBACK, leave_message },
};
/* clang-format on */

#define WAYS (sizeof(ways) / sizeof(ways[0]))

DWORD complete_modes(void)
{
	DWORD bits = 0;

	for (size_t i = 0; i < WAYS; i++)
		bits |= ways[i].mode;
	return bits;
}

DWORD complete_possible_features2(void)
{
	DWORD bits = 0;

	for (size_t i = 0; i < WAYS; i++)
		bits |= ways[i].feature2;
	return bits;
}

/* The one call of the line that somebody could break into. */
static struct call *find_talking(const struct extension *e)
{
	list_for(l, &e->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (c->state == CALL_STATE_CONNECTED && connection_peer(c) &&
				!c->services.is_secure)
			return c;
	}
	return NULL;
}

static struct call *find_intruded(const struct call *c)
{
	list_for(l, &c->line->calls) {
		struct call *other = list_entry(l, struct call, link);

		if (other != c && other->services.is_intruded)
			return other;
	}
	return NULL;
}

void complete_mix(struct call *called)
{
	struct call *talking = find_talking(called->line);

	if (!talking || talking == called)
		return;
	talking->services.is_intruded = called->services.is_intruded = true;
	complete_mix_again(talking);
	complete_mix_again(called); /* as soon as it has sound, if not now */
}

void complete_mix_again(struct call *c)
{
	const struct call *other = c->services.is_intruded ? find_intruded(c) : NULL;
	const struct call *intruder =
			other && other->connection->reason == LINECALLREASON_INTRUDE ? other : c;
	char group[48];

	if (!other)
		return;
	(void)snprintf(group, sizeof(group), "intrusion %u %llu", (unsigned)intruder->call_id,
			(unsigned long long)intruder->handle);
	(void)media_mix(c, group);
}

void complete_unmix(struct call *c)
{
	struct call *other = c->services.is_intruded ? find_intruded(c) : NULL;

	c->services.is_intruded = false;
	if (!other)
		return;
	other->services.is_intruded = false;
	(void)media_mix(other, NULL);
}

DWORD complete_features2(const struct call *c)
{
	const struct extension *e = c->connection->target;
	DWORD bits = 0;

	for (size_t i = 0; e && i < WAYS; i++)
		if (ways[i].states & call_reported_state(c) &&
				(ways[i].mode != LINECALLCOMPLMODE_INTRUDE || find_talking(e)))
			bits |= ways[i].feature2;
	return bits;
}

static LONG check_mode(const struct call *c, DWORD mode, const struct way **out)
{
	for (size_t i = 0; i < WAYS; i++) {
		if (ways[i].mode != mode)
			continue;
		*out = &ways[i];
		if (complete_features2(c) & ways[i].feature2)
			return 0;
		return exchange_fail(LINEERR_INVALCALLCOMPLMODE, "completion",
				"a call in state %s is not completed this way",
				call_state_name(c->state));
	}
	return exchange_fail(LINEERR_INVALCALLCOMPLMODE, "completion",
			"%#x is not one way to complete a call", (unsigned)mode);
}

LONG complete_call(struct call *c, DRV_REQUESTID id, DWORD *completion, DWORD mode, DWORD message)
{
	const struct way *way = NULL;
	struct completion *w;
	LONG err = service_check(c, LINECALLFEATURE_COMPLETECALL, "completed otherwise");

	if (!err)
		err = check_mode(c, mode, &way);
	if (!err && mode == LINECALLCOMPLMODE_MESSAGE && message >= MESSAGES)
		err = exchange_fail(LINEERR_INVALMESSAGEID, "completion",
				"the messages are 0 to %d", MESSAGES - 1);
	if (!err && complete_pending(c->line) >= COMPLETIONS_MAX)
		err = exchange_fail(LINEERR_COMPLETIONOVERRUN, "completion",
				"extension %s waits for %d calls already", c->line->number,
				COMPLETIONS_MAX);
	if (err)
		return err;
	w = await(c);
	if (!w)
		return LINEERR_NOMEM;
	*completion = w->id;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	way->take(c, w, message);
	return (LONG)id;
}

LONG complete_cancel(struct extension *e, DRV_REQUESTID id, DWORD completion)
{
	struct completion *w = find(e, completion);
	struct call *c = w ? w->call : NULL;
	struct why why = { 0 };

	if (!w)
		return exchange_fail(LINEERR_INVALCOMPLETIONID, "completion",
				"extension %s does not wait for this", e->number);
	why_set(&why, 0, "Q.850 17 user busy", "it is not waited for any more");
	outbox_complete(&exchange.outbox, id, 0, NULL);
	w->call = NULL;
	if (c && w->is_camped)
		(void)call_step(c, CALL_EVENT_BUSY, &why);
	else if (c)
		call_end(c, &why);
	forget(w, 0);
	return (LONG)id;
}

/* --- what comes of it ----------------------------------------------------------------------- */

void complete_line_changed(struct extension *e)
{
	list_for(l, &exchange.completions) {
		struct completion *w = list_entry(l, struct completion, link);

		if (w->call && !w->is_camped)
			continue; /* it rings already */
		if (w->target == e || w->who == e)
			exchange_arm(&w->timer, 0);
	}
}

static bool is_free(struct completion *w)
{
	struct line_use use = extension_use(w->target);

	if (w->awaits_use && use.active)
		w->awaits_use = false;
	return !w->awaits_use && (w->is_camped || !use.active) && !extension_is_busy(w->target);
}

/* Whoever asked for it is called, and calls the other one by answering. */
static void offer_back(struct completion *w)
{
	struct connection *k = connection_new();
	struct call *c = k ? call_new(w->who, k, CALL_SIDE_CALLED) : NULL;

	if (!c) {
		mem_free(k);
		return;
	}
	w->call = c;
	c->call_id = exchange_new_call_id();
	c->reason = LINECALLREASON_CALLCOMPLETION;
	c->completion_id = w->id;
	k->target = w->target;
	call_set_party(c, PARTY_CALLER, party_of_line(w->target));
	call_set_party(c, PARTY_CALLED, party_of_line(w->who));
	(void)snprintf(c->digits, sizeof(c->digits), "%s", w->target->number);
	exchange_arm(&w->timer, exchange.config.completion_ms);
	tell_new_call(c);
}

static void not_taken(struct completion *w)
{
	struct call *c = w->call;
	struct why why = { LINEDISCONNECTMODE_NOANSWER, "Q.850 19 no answer from user",
		"the call back was not answered in time" };

	w->call = NULL;
	call_end(c, &why);
	forget(w, LINEDEVSTATE_COMPLCANCEL);
}

static void go_on(struct timer *t)
{
	struct completion *w = list_entry(t, struct completion, timer);
	struct call *c = w->call;

	if (c && !w->is_camped) {
		not_taken(w);
		return;
	}
	if (!is_free(w))
		return;
	if (!c) {
		if (!extension_is_busy(w->who))
			offer_back(w);
		return;
	}
	c->connection->reason = LINECALLREASON_CAMPEDON;
	w->call = NULL;
	connection_reach(c->connection, w->target);
	forget(w, 0);
}

bool complete_answered(struct call *c)
{
	struct completion *w = find_call(c);

	if (!w)
		return false;
	w->call = NULL;
	call_answer_done(c, 0, NULL);
	connection_face(c);
	media_start(c);
	(void)call_step(c, CALL_EVENT_NUMBER, NULL);
	forget(w, 0);
	return true;
}

void complete_call_ended(struct call *c)
{
	struct completion *w = find_call(c);

	if (w)
		forget(w, LINEDEVSTATE_COMPLCANCEL);
}

/* Messages of one size, one after the other. */
void complete_messages(LINEADDRESSCAPS *out, struct varpart *v)
{
	char texts[MESSAGES][MESSAGE_SIZE];

	memset(texts, 0, sizeof(texts));
	for (int i = 0; i < MESSAGES; i++)
		(void)snprintf(texts[i], sizeof(texts[i]), "%s", messages[i]);
	out->dwNumCompletionMessages = MESSAGES;
	out->dwCompletionMsgTextEntrySize = MESSAGE_SIZE;
	varpart_add(v, &out->dwCompletionMsgTextSize, &out->dwCompletionMsgTextOffset, texts,
			sizeof(texts));
}
