// SPDX-License-Identifier: MIT
/* leg_task.c - how an offer and its answer get from the MSP to the peer and back. What each task
 * does with the MSP's offer, its answer, its refusal, or nobody there, is one table. */
#define LOG_TOPIC "sip"
#include "leg.h"

#include "account.h"
#include "call.h"
#include "dialog.h"
#include "sdp.h"
#include "sip.h"
#include "takeover.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"

#include <string.h>

#define GLARES_MAX 5

static const char *local_address(const struct call *c)
{
	return c->dialog && c->dialog->local_address[0] ? c->dialog->local_address
							: c->line->local_address;
}

static void keep(char **where, const char *text)
{
	mem_free(*where);
	*where = mem_strdup(text);
}

static void forget(char **where)
{
	mem_free(*where);
	*where = NULL;
}

static void await_msp(struct call *c)
{
	sip_arm(&c->media_timer, sip.config.media_ms);
}

/* The task is done, well or not. */
static void finish(struct call *c)
{
	timer_stop(&c->media_timer);
	c->leg.task = LEG_TASK_NONE;
	c->leg.is_sent = false;
	leg_next(c);
}

static void far_hold(struct call *c, const char *peer_sdp)
{
	bool holds = sdp_is_hold(peer_sdp, strlen(peer_sdp));

	if (c->leg.is_holding || holds == c->leg.is_far_holding)
		return; /* what answers our own hold says nothing of the peer's */
	c->leg.is_far_holding = holds;
	(void)call_step(c, CALL_EVENT_FAR_HOLD, NULL);
}

static void begin(struct call *c, enum leg_task task)
{
	c->leg.task = task;
	c->leg.is_sent = false;
}

/* Ask the MSP for what the task needs of it; a line without instances has none to ask. */
static void ask_offer(struct call *c)
{
	if (account_has_instance(c->line) && leg_ask_offer(c))
		await_msp(c);
	else
		leg_task_absent(c);
}

static void give_offer(struct call *c)
{
	if (account_has_instance(c->line) && c->leg.peer_offer &&
			leg_give_offer(c, c->leg.peer_offer))
		await_msp(c);
	else
		leg_task_absent(c);
}

static void end_incompatible(struct call *c, const char *reason)
{
	struct why why = { 0 };

	why_set(&why, LINEDISCONNECTMODE_INCOMPATIBLE, "SIP 488", "%s",
			reason && *reason ? reason : "no codec is common to both sides");
	if (c->dialog && c->is_incoming && !call_is_up(c))
		dialog_leave(c->dialog, 488, &why, NULL);
	(void)call_step(c, CALL_EVENT_END, &why);
}

static void connect_call(struct call *c)
{
	finish(c);
	(void)call_step(c, CALL_EVENT_CONNECT, NULL);
}

/* --- Our offer towards the peer --- */

static void send_invite(struct call *c, const char *sdp)
{
	c->leg.is_sent = true;
	dialog_invite(c->dialog, sdp, &c->made_with);
	(void)call_step(c, CALL_EVENT_PROCEED, NULL);
}

static void send_late_answer(struct call *c, const char *sdp)
{
	c->leg.is_sent = true;
	dialog_answer(c->dialog, sdp, &c->made_with);
}

static void send_change(struct call *c, const char *sdp)
{
	c->leg.is_sent = true;
	dialog_reinvite(c->dialog, sdp);
}

static void send_peer_late(struct call *c, const char *sdp)
{
	c->leg.is_sent = true;
	dialog_answer_change(c->dialog, 200, sdp);
}

/* --- The answer to the peer's offer --- */

static void answer_call(struct call *c, const char *sdp)
{
	if (c->leg.peer_offer)
		c->leg.is_far_holding = sdp_is_hold(c->leg.peer_offer, strlen(c->leg.peer_offer));
	dialog_answer(c->dialog, sdp, &c->made_with);
	forget(&c->leg.peer_offer);
	connect_call(c);
}

static void answer_change(struct call *c, const char *sdp)
{
	char *offer = c->leg.peer_offer;

	c->leg.peer_offer = NULL;
	dialog_answer_change(c->dialog, 200, sdp);
	if (offer)
		far_hold(c, offer);
	mem_free(offer);
	finish(c);
}

static void answer_refresh(struct call *c, const char *sdp)
{
	dialog_ack(c->dialog, sdp);
	forget(&c->leg.peer_offer);
	finish(c);
}

/* --- Refusals of the MSP --- */

static void refuse_call(struct call *c, int code, const char *reason)
{
	(void)code;
	if (!takeover_undo(c, 488, reason))
		end_incompatible(c, reason);
}

/* The peer's change is refused, the session goes on as it was. */
static void refuse_change(struct call *c, int code, const char *reason)
{
	(void)reason;
	forget(&c->leg.peer_offer);
	dialog_answer_change(c->dialog, code == 491 ? 491 : 488, NULL);
	finish(c);
}

static void refuse_refresh(struct call *c, int code, const char *reason)
{
	(void)code;
	(void)reason;
	dialog_ack(c->dialog, NULL);
	finish(c);
}

/* Our change came to nothing on this side. */
static void abandon_change(struct call *c, int code, const char *reason)
{
	struct why why = { 0 };

	why_set(&why, 0, "media", "the media service provider says %d %s", code, reason);
	leg_take_peer_refusal(c, code, &why);
}

/* --- The table --- */

/* clang-format off */
static const struct task {
	const char *name;
	bool is_ours; /* the offer is */
	void (*send)(struct call *c, const char *sdp);
	void (*refuse)(struct call *c, int code, const char *reason);
} tasks[LEG_TASK_COUNT] = {
	[LEG_TASK_NONE]        = { "none",        false, NULL,             NULL },
	[LEG_TASK_INVITE]      = { "invite",      true,  send_invite,      refuse_call },
	[LEG_TASK_ANSWER]      = { "answer",      false, answer_call,      refuse_call },
	[LEG_TASK_ANSWER_LATE] = { "late answer", true,  send_late_answer, refuse_call },
	[LEG_TASK_CHANGE]      = { "change",      true,  send_change,      abandon_change },
	[LEG_TASK_PEER]        = { "peer",        false, answer_change,    refuse_change },
	[LEG_TASK_PEER_LATE]   = { "late peer",   true,  send_peer_late,   refuse_change },
	[LEG_TASK_REFRESH]     = { "refresh",     false, answer_refresh,   refuse_refresh },
};
/* clang-format on */

/* --- What the MSP has said --- */

void leg_task_offer(struct call *c, const char *sdp, uint32_t id)
{
	const struct task *t = &tasks[c->leg.task];

	timer_stop(&c->media_timer);
	c->leg.offer_id = id;
	if (!t->is_ours || c->leg.is_sent || !c->dialog) {
		leg_refuse_offer(c, 491, "the session has changed meanwhile");
		return;
	}
	t->send(c, sdp);
}

void leg_task_answer(struct call *c, const char *sdp)
{
	const struct task *t = &tasks[c->leg.task];

	timer_stop(&c->media_timer);
	if (t->send && !t->is_ours && c->dialog)
		t->send(c, sdp);
}

void leg_task_error(struct call *c, int code, const char *reason)
{
	const struct task *t = &tasks[c->leg.task];

	timer_stop(&c->media_timer);
	if (t->refuse && c->dialog)
		t->refuse(c, code, reason);
	else if (c->dialog && call_is_up(c) && code == 488)
		end_incompatible(c, reason); /* the peer's answer was of no use */
}

/* Nobody has media: the leg says what an MSP would that has none. */
void leg_task_absent(struct call *c)
{
	const struct task *t = &tasks[c->leg.task];
	char sdp[SDP_SILENT_MAX];
	size_t size;

	timer_stop(&c->media_timer);
	c->leg.msp.state = MSP_STATE_NONE;
	if (!t->send || c->leg.is_sent || !c->dialog)
		return;
	if (t->is_ours)
		size = sdp_silent_offer(local_address(c), sdp);
	else
		size = c->leg.peer_offer ? sdp_silent_answer(c->leg.peer_offer,
							   strlen(c->leg.peer_offer),
							   local_address(c), sdp)
					 : 0;
	if (size)
		t->send(c, sdp);
	else
		t->refuse(c, 488, "the offer has no audio that can be answered");
}

static void restart_task(struct call *c)
{
	if (c->leg.msp.state == MSP_STATE_ASKED)
		ask_offer(c);
	else
		give_offer(c);
}

/* An instance that joins takes the place of the one before it, and of what that one was at. What it
 * offers is not passed on: it does not know yet what is wished of it. It is asked instead. */
void leg_task_joined(struct call *c, uint32_t id)
{
	bool was_waiting =
			c->leg.msp.state == MSP_STATE_ASKED || c->leg.msp.state == MSP_STATE_GIVEN;

	leg_refuse(c, id, 491, "you will be asked for an offer");
	if (c->leg.is_holding)
		leg_say_hold(c);
	digits_detect(c, true);
	if (was_waiting) {
		restart_task(c);
		return;
	}
	c->leg.msp.state = MSP_STATE_QUIET;
	if (!call_is_up(c) && !c->leg.is_sent)
		return; /* it is asked when its turn comes */
	c->leg.is_change_wanted = true;
	leg_next(c);
}

/* --- Beginnings --- */

void leg_start_invite(struct call *c)
{
	begin(c, LEG_TASK_INVITE);
	ask_offer(c);
}

void leg_start_answer(struct call *c)
{
	if (!c->dialog)
		return;
	if (c->leg.peer_offer) {
		begin(c, LEG_TASK_ANSWER);
		give_offer(c);
	} else {
		begin(c, LEG_TASK_ANSWER_LATE);
		ask_offer(c);
	}
}

void leg_take_peer_offer(struct call *c, const char *sdp)
{
	if (c->leg.task) {
		dialog_answer_change(c->dialog, 491, NULL);
		return;
	}
	if (!sdp) {
		begin(c, LEG_TASK_PEER_LATE);
		ask_offer(c);
		return;
	}
	keep(&c->leg.peer_offer, sdp);
	begin(c, LEG_TASK_PEER);
	give_offer(c);
}

/* The MSP may have agreed already to what the peer does not want any more: a re-INVITE of ours
 * brings both in line. */
void leg_take_peer_cancel(struct call *c)
{
	if ((c->leg.task != LEG_TASK_PEER && c->leg.task != LEG_TASK_PEER_LATE) || c->leg.is_sent)
		return;
	forget(&c->leg.peer_offer);
	leg_refuse_offer(c, 487, "the peer has given its change up");
	if (c->leg.msp.state != MSP_STATE_NONE)
		c->leg.msp.state = MSP_STATE_QUIET;
	c->leg.is_change_wanted = true;
	finish(c);
}

void leg_take_refresh(struct call *c, const char *sdp)
{
	if (!sdp || c->leg.task) {
		dialog_ack(c->dialog, NULL);
		return;
	}
	keep(&c->leg.peer_offer, sdp);
	begin(c, LEG_TASK_REFRESH);
	give_offer(c);
}

/* --- What the peer says to our offer --- */

static void pass_answer(struct call *c, const char *sdp)
{
	if (c->leg.peer_answer && strcmp(c->leg.peer_answer, sdp) == 0)
		return; /* a 200 repeats what a 183 has said */
	keep(&c->leg.peer_answer, sdp);
	leg_give_answer(c, sdp);
}

void leg_take_peer_answer(struct call *c, const char *sdp, bool is_final)
{
	enum leg_task task = c->leg.task;

	if (!tasks[task].is_ours || !c->leg.is_sent)
		return;
	if (sdp)
		pass_answer(c, sdp);
	else if (is_final && !c->leg.peer_answer)
		leg_refuse_offer(c, 488, "the peer has sent no answer");
	if (!is_final)
		return;
	c->leg.answered_id = c->leg.offer_id;
	c->leg.offer_id = 0;
	c->leg.glares = 0;
	forget(&c->leg.peer_answer);
	if (sdp)
		far_hold(c, sdp);
	if (task == LEG_TASK_INVITE || task == LEG_TASK_ANSWER_LATE) {
		connect_call(c);
		return;
	}
	if (task == LEG_TASK_CHANGE && c->is_hold_pending)
		call_hold_settled(c, 0, NULL);
	finish(c);
}

/* RFC 3261 14.1: who made the Call-ID waits longer. */
static uint64_t glare_delay_ms(const struct call *c)
{
	return c->is_incoming ? random_u64() % 2000 : 2100 + random_u64() % 1900;
}

static void undo_change(struct call *c, const struct why *why)
{
	if (c->is_hold_pending) {
		c->leg.is_holding = !c->leg.is_holding;
		leg_say_hold(c);
		call_hold_settled(c, LINEERR_OPERATIONFAILED, why);
	}
	finish(c);
}

void leg_take_peer_refusal(struct call *c, int status, const struct why *why)
{
	if (c->leg.task != LEG_TASK_CHANGE)
		return;
	leg_refuse_offer(c, status, why->sentence);
	forget(&c->leg.peer_answer);
	if (status == 491 && ++c->leg.glares < GLARES_MAX) {
		c->leg.task = LEG_TASK_NONE;
		c->leg.is_sent = false;
		c->leg.is_change_wanted = true;
		sip_arm(&c->media_timer, glare_delay_ms(c));
		return;
	}
	c->leg.glares = 0;
	undo_change(c, why);
}

/* A session that was heard already is brought back by a re-INVITE. */
void leg_abandon(struct call *c, int status, const char *reason)
{
	leg_refuse_offer(c, status, reason);
	c->leg.is_change_wanted |= c->leg.peer_answer != NULL;
	forget(&c->leg.peer_answer);
	forget(&c->leg.peer_offer);
	finish(c);
}

/* --- Changes --- */

void leg_change(struct call *c, bool hold)
{
	c->leg.is_holding = hold;
	if (c->leg.msp.state != MSP_STATE_NONE)
		leg_say_hold(c);
	c->leg.is_change_wanted = true;
	leg_next(c);
}

void leg_next(struct call *c)
{
	struct leg *l = &c->leg;

	if (l->task || !c->dialog || !dialog_can_change(c->dialog) || !l->is_change_wanted)
		return;
	timer_stop(&c->media_timer);
	l->is_change_wanted = false;
	begin(c, LEG_TASK_CHANGE);
	ask_offer(c);
}

void leg_wait_over(struct call *c)
{
	if (c->leg.msp.state == MSP_STATE_ASKED || c->leg.msp.state == MSP_STATE_GIVEN) {
		log_debug("call %llu of %s: the media is not agreed in time",
				(unsigned long long)c->handle, account_name(c->line));
		leg_task_absent(c);
	} else {
		leg_next(c);
	}
}
