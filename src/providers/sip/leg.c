// SPDX-License-Identifier: MIT
/* leg.c - the messages to and from the MSP. */
#define LOG_TOPIC "sip"
#include "leg.h"

#include "account.h"
#include "call.h"
#include "conference_task.h"
#include "dialog.h"
#include "sip.h"
#include "tell.h"

#include "base/log.h"
#include "base/mem.h"
#include "media/rtpmsg.h"

#include <string.h>

uint32_t leg_begin(struct call *c, struct rtpmsg_writer *w, int verb)
{
	return msp_begin(&leg_msp, c, w, verb);
}

bool leg_end(struct call *c, struct rtpmsg_writer *w, const void *body, size_t size)
{
	return msp_end(&leg_msp, c, w, body, size);
}

/* What the MSP cannot know: how this account wants its sound, and where the peer is. */
static void add_wishes(const struct call *c, struct rtpmsg_writer *w)
{
	static const char *const srtp[] = {
		[SRTP_OFF] = "off", [SRTP_OPTIONAL] = "optional", [SRTP_REQUIRED] = "required"
	};
	const struct account_config *config = c->line->config;
	const struct dialog *d = c->dialog;
	const char *local = d && d->local_address[0] ? d->local_address : c->line->local_address;

	if (config->codecs[0])
		rtpmsg_add(w, "Codecs", config->codecs);
	rtpmsg_add(w, "SRTP", srtp[config->srtp]);
	if (local[0])
		rtpmsg_add(w, "Address", local);
	if (config->public_address[0])
		rtpmsg_add(w, "Advertise", config->public_address);
	if (config->nat && d && d->peer_address[0])
		rtpmsg_add(w, "Latch", d->peer_address);
}

bool leg_ask_offer(struct call *c)
{
	struct rtpmsg_writer w;
	uint32_t id = leg_begin(c, &w, RTPMSG_OFFER_WANTED);

	add_wishes(c, &w);
	if (!leg_end(c, &w, NULL, 0))
		return false;
	c->leg.msp.state = MSP_STATE_ASKED;
	c->leg.msp.asked_id = id;
	return true;
}

bool leg_give_offer(struct call *c, const char *sdp)
{
	struct rtpmsg_writer w;
	uint32_t id = leg_begin(c, &w, RTPMSG_OFFER);

	add_wishes(c, &w);
	if (!leg_end(c, &w, sdp, strlen(sdp)))
		return false;
	c->leg.msp.state = MSP_STATE_GIVEN;
	c->leg.msp.asked_id = id;
	digits_detect(c, false);
	return true;
}

void leg_give_answer(struct call *c, const char *sdp)
{
	struct rtpmsg_writer w;

	if (!c->leg.offer_id)
		return;
	msp_reply(&w, RTPMSG_ANSWER, c->leg.offer_id);
	if (!leg_end(c, &w, sdp, strlen(sdp)))
		return;
	c->leg.msp.is_agreed = true;
	digits_detect(c, false);
}

void leg_refuse(struct call *c, uint32_t id, int code, const char *reason)
{
	msp_refuse(&leg_msp, c, id, code, reason);
}

void leg_refuse_offer(struct call *c, int code, const char *reason)
{
	if (!c->leg.offer_id)
		return;
	msp_refuse(&leg_msp, c, c->leg.offer_id, code, reason);
	c->leg.offer_id = 0;
}

void leg_say_hold(struct call *c)
{
	struct rtpmsg_writer w;

	(void)leg_begin(c, &w, c->leg.is_holding ? RTPMSG_HOLD : RTPMSG_RESUME);
	/* RFC 3264 8.4: who holds sends only; what it sends is silence, not the room. */
	if (c->leg.is_holding) {
		rtpmsg_add(&w, "Direction", "sendonly");
		rtpmsg_add(&w, "Silent", "yes");
	}
	(void)leg_end(c, &w, NULL, 0);
}

static void forget(char **text)
{
	mem_free(*text);
	*text = NULL;
}

void leg_stop(struct call *c)
{
	struct leg *l = &c->leg;

	timer_stop(&c->media_timer);
	msp_stop(&leg_msp, c, l->offer_id != 0);
	l->task = LEG_TASK_NONE;
	l->is_sent = l->is_change_wanted = false;
	l->offer_id = l->answered_id = 0;
	leg_fini(c);
}

void leg_fini(struct call *c)
{
	forget(&c->leg.peer_offer);
	forget(&c->leg.peer_answer);
}

LONG leg_get_figures(struct call *c, DRV_REQUESTID id, VARSTRING *out)
{
	return msp_get_figures(&leg_msp, c, id, out);
}

/* --- What the MSP says --- */

/* A body as a string; NULL: there is none, it is no text, or there is no memory. */
static char *copy_body(const struct rtpmsg *m)
{
	if (!m->body.size || memchr(m->body.p, '\0', m->body.size))
		return NULL;
	return mem_strndup(m->body.p, m->body.size);
}

static void take_offer(struct call *c, const struct rtpmsg *m, bool is_new)
{
	char *sdp;

	if (is_new) {
		leg_task_joined(c, m->id);
		return;
	}
	sdp = copy_body(m);
	if (!sdp) {
		msp_refuse(&leg_msp, c, m->id, 400, "an offer has a session description");
		return;
	}
	c->leg.msp.state = MSP_STATE_QUIET;
	leg_task_offer(c, sdp, m->id);
	mem_free(sdp);
}

static void take_answer(struct call *c, const struct rtpmsg *m)
{
	char *sdp = copy_body(m);

	if (!sdp) {
		msp_refuse(&leg_msp, c, m->id, 400, NULL);
		return;
	}
	c->leg.msp.state = MSP_STATE_QUIET;
	c->leg.msp.is_agreed = true;
	leg_task_answer(c, sdp);
	mem_free(sdp);
}

static void take_error(struct call *c, const struct rtpmsg *m, int code, const char *reason)
{
	struct leg *l = &c->leg;

	log_info("call %llu of %s: the MSP says %d %s", (unsigned long long)c->handle,
			account_name(c->line), code, reason);
	conference_task_mixed(c, m->id, 0, reason);
	if (msp_is_asked(&l->msp, MSP_STATE_ASKED, m) ||
			msp_is_asked(&l->msp, MSP_STATE_GIVEN, m)) {
		l->msp.state = MSP_STATE_QUIET;
		leg_task_error(c, code, reason);
	} else if (m->id && (l->offer_id == m->id || l->answered_id == m->id)) {
		l->offer_id = l->answered_id = 0;
		leg_task_error(c, code, reason);
	}
}

static void take_ok(struct call *c, const struct rtpmsg *m)
{
	uint32_t members = 0;

	if (rtpmsg_number(m, "Members", UINT32_MAX, &members))
		conference_task_mixed(c, m->id, members, "the application does not mix the call");
}

/* Whatever waits for an instance need not. */
static void nobody_there(struct call *c, enum msp_state was)
{
	(void)was; /* the task says it */
	c->leg.offer_id = 0;
	conference_task_mixed(c, c->links.mix_id, 0, "no application has the sound of the call");
	leg_task_absent(c);
}

static struct msp *msp_of(struct call *c)
{
	return &c->leg.msp;
}

static LONG fail(LONG code, const char *cause, const char *sentence)
{
	return sip_fail(code, cause, "%s", sentence);
}

const struct msp_hooks leg_msp = {
	.outbox = &sip.outbox,
	.of = msp_of,
	.tell = tell_msp,
	.fail = fail,
	.offer = take_offer,
	.answer = take_answer,
	.error = take_error,
	.ok = take_ok,
	.heard = digits_heard,
	.done = digits_done,
	.cancel = info_cancel_all,
	.absent = nobody_there,
};

void leg_receive(struct call *c, const void *data, size_t size)
{
	if (call_is_active(c) && c->state != CALL_STATE_NEW && c->state != CALL_STATE_BUSY)
		msp_receive(&leg_msp, c, data, size);
	/* else: the last words of an MSP that has been closed */
}
