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

#define ID_MAX 2147483647u

/* Messages are built here, under the lock. */
static char buffer[RTPMSG_SIZE_MAX];

uint32_t leg_begin(struct call *c, struct rtpmsg_writer *w, int verb)
{
	c->leg.last_id = c->leg.last_id == ID_MAX ? 1 : c->leg.last_id + 1;
	rtpmsg_begin(w, buffer, sizeof(buffer), (enum rtpmsg_verb)verb, c->leg.last_id);
	return c->leg.last_id;
}

bool leg_end(struct call *c, struct rtpmsg_writer *w, const void *body, size_t size)
{
	size_t total = rtpmsg_end(w, body, size);

	if (total)
		tell_msp(c, buffer, total);
	return total != 0;
}

static void send_error(const struct call *c, uint32_t id, int code, const char *reason)
{
	size_t total = rtpmsg_error(buffer, sizeof(buffer), id, code, reason);

	if (total)
		tell_msp(c, buffer, total);
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
	c->leg.state = LEG_STATE_ASKED;
	c->leg.asked_id = id;
	return true;
}

bool leg_give_offer(struct call *c, const char *sdp)
{
	struct rtpmsg_writer w;
	uint32_t id = leg_begin(c, &w, RTPMSG_OFFER);

	add_wishes(c, &w);
	if (!leg_end(c, &w, sdp, strlen(sdp)))
		return false;
	c->leg.state = LEG_STATE_GIVEN;
	c->leg.asked_id = id;
	digits_detect(c, false);
	return true;
}

void leg_give_answer(struct call *c, const char *sdp)
{
	struct rtpmsg_writer w;

	if (!c->leg.offer_id)
		return;
	rtpmsg_begin(&w, buffer, sizeof(buffer), RTPMSG_ANSWER, c->leg.offer_id);
	if (!leg_end(c, &w, sdp, strlen(sdp)))
		return;
	c->leg.is_agreed = true;
	digits_detect(c, false);
}

void leg_refuse(struct call *c, uint32_t id, int code, const char *reason)
{
	send_error(c, id, code, reason);
}

void leg_refuse_offer(struct call *c, int code, const char *reason)
{
	if (!c->leg.offer_id)
		return;
	send_error(c, c->leg.offer_id, code, reason);
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
	struct rtpmsg_writer w;

	timer_stop(&c->media_timer);
	if (l->state != LEG_STATE_NONE || l->offer_id) {
		(void)leg_begin(c, &w, RTPMSG_CLOSE);
		(void)leg_end(c, &w, NULL, 0);
	}
	l->state = LEG_STATE_NONE;
	l->task = LEG_TASK_NONE;
	l->is_agreed = l->is_sent = l->is_change_wanted = false;
	l->offer_id = l->answered_id = 0;
	leg_fini(c);
	digits_cancel_all(c);
	figures_give_up(&c->leg.figures, &sip.outbox, NULL);
}

void leg_fini(struct call *c)
{
	forget(&c->leg.peer_offer);
	forget(&c->leg.peer_answer);
}

LONG leg_get_figures(struct call *c, DRV_REQUESTID id, VARSTRING *out)
{
	struct rtpmsg_writer w;
	uint32_t number;

	if (!c->leg.is_agreed)
		return sip_fail(LINEERR_OPERATIONUNAVAIL, "no media",
				"no application has media for this call");
	number = leg_begin(c, &w, RTPMSG_FIGURES_WANTED);
	if (!figures_asked(&c->leg.figures, number, id, out))
		return sip_fail(LINEERR_RESOURCEUNAVAIL, "media",
				"%d requests for figures wait already", FIGURES_MAX);
	(void)leg_end(c, &w, NULL, 0);
	return (LONG)id;
}

/* --- What the MSP says --- */

static bool is_asked(const struct call *c, enum leg_state state, const struct rtpmsg *m)
{
	return c->leg.state == state && c->leg.asked_id == m->id;
}

/* A body as a string; NULL: there is none, it is no text, or there is no memory. */
static char *copy_body(const struct rtpmsg *m)
{
	if (!m->body.size || memchr(m->body.p, '\0', m->body.size))
		return NULL;
	return mem_strndup(m->body.p, m->body.size);
}

static void take_offer(struct call *c, const struct rtpmsg *m)
{
	struct rtpmsg_span word;
	bool is_new = rtpmsg_find(m, "New", &word) && rtpmsg_is(word, "yes");
	char *sdp;

	if (is_new) {
		leg_task_joined(c, m->id);
		return;
	}
	if (!is_asked(c, LEG_STATE_ASKED, m)) {
		send_error(c, m->id, 481, "nobody asked for this offer");
		return;
	}
	sdp = copy_body(m);
	if (!sdp) {
		send_error(c, m->id, 400, "an offer has a session description");
		return;
	}
	c->leg.state = LEG_STATE_QUIET;
	leg_task_offer(c, sdp, m->id);
	mem_free(sdp);
}

static void take_answer(struct call *c, const struct rtpmsg *m)
{
	char *sdp;

	if (c->leg.state == LEG_STATE_GIVEN && m->id < c->leg.asked_id)
		return; /* to an offer that a newer one has replaced */
	sdp = copy_body(m);
	if (!is_asked(c, LEG_STATE_GIVEN, m) || !sdp) {
		send_error(c, m->id, sdp ? 481 : 400, NULL);
		mem_free(sdp);
		return;
	}
	c->leg.state = LEG_STATE_QUIET;
	c->leg.is_agreed = true;
	leg_task_answer(c, sdp);
	mem_free(sdp);
}

static void take_error(struct call *c, const struct rtpmsg *m)
{
	char reason[RTPMSG_VALUE_MAX + 1];
	uint32_t code = 488;

	(void)rtpmsg_number(m, "Code", 999, &code);
	(void)rtpmsg_text(m, "Reason", reason, sizeof(reason));
	log_info("call %llu of %s: the MSP says %u %s", (unsigned long long)c->handle,
			account_name(c->line), (unsigned)code, reason);
	digits_done(c, m->id, false);
	conference_task_mixed(c, m->id, 0, reason);
	figures_answered(&c->leg.figures, &sip.outbox, m);
	if (is_asked(c, LEG_STATE_ASKED, m) || is_asked(c, LEG_STATE_GIVEN, m)) {
		c->leg.state = LEG_STATE_QUIET;
		leg_task_error(c, (int)code, reason);
	} else if (m->id && (c->leg.offer_id == m->id || c->leg.answered_id == m->id)) {
		c->leg.offer_id = c->leg.answered_id = 0;
		leg_task_error(c, (int)code, reason);
	}
}

static void take_ok(struct call *c, const struct rtpmsg *m)
{
	uint32_t members = 0;

	if (rtpmsg_number(m, "Members", UINT32_MAX, &members))
		conference_task_mixed(c, m->id, members, "the application does not mix the call");
}

static void take_digits_done(struct call *c, const struct rtpmsg *m)
{
	struct rtpmsg_span word;

	digits_done(c, m->id, !rtpmsg_find(m, "Result", &word) || rtpmsg_is(word, "done"));
}

static void take_figures(struct call *c, const struct rtpmsg *m)
{
	figures_answered(&c->leg.figures, &sip.outbox, m);
}

static void take_message(struct call *c, const struct rtpmsg *m)
{
	static const struct {
		enum rtpmsg_verb verb;
		void (*take)(struct call *c, const struct rtpmsg *m);
	} takers[] = {
		{ RTPMSG_OFFER, take_offer },
		{ RTPMSG_ANSWER, take_answer },
		{ RTPMSG_ERROR, take_error },
		{ RTPMSG_DIGITS_DONE, take_digits_done },
		{ RTPMSG_DIGIT, digits_heard },
		{ RTPMSG_HEARD, digits_heard },
		{ RTPMSG_MEDIA, digits_heard },
		{ RTPMSG_FIGURES, take_figures },
		{ RTPMSG_OK, take_ok },
		{ RTPMSG_TONE_DONE, take_digits_done },
	};

	for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++) {
		if (takers[i].verb != m->verb)
			continue;
		if (takers[i].take)
			takers[i].take(c, m);
		return;
	}
	send_error(c, m->id, 405, "an MSP does not say this to a TSP");
}

/* The core found no instance for the call: whatever waits for one need not. */
static void nobody_there(struct call *c)
{
	c->leg.state = LEG_STATE_NONE;
	c->leg.is_agreed = false;
	memset(&c->leg.told, 0, sizeof(c->leg.told));
	c->leg.offer_id = 0;
	digits_cancel_all(c);
	figures_give_up(&c->leg.figures, &sip.outbox, NULL);
	conference_task_mixed(c, c->links.mix_id, 0, "no application has the sound of the call");
	leg_task_absent(c);
}

void leg_receive(struct call *c, const void *data, size_t size)
{
	struct rtpmsg m;
	int code;

	if (!call_is_active(c) || c->state == CALL_STATE_NEW || c->state == CALL_STATE_BUSY)
		return; /* the last words of an MSP that has been closed */
	if (size == 0) {
		nobody_there(c);
		return;
	}
	code = rtpmsg_parse(data, size, &m);
	if (code == 0)
		take_message(c, &m);
	else if (m.verb != RTPMSG_ERROR)
		send_error(c, m.id, code, NULL);
}
