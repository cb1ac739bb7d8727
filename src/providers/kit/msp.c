// SPDX-License-Identifier: MIT
/* msp.c - building, numbering and sorting of messages. */
#include "msp.h"

#include "media/rtpmsg.h"

#include <string.h>

#define ID_MAX 2147483647u

/* Messages are built here, under the TSP's lock. */
static char buffer[RTPMSG_SIZE_MAX];

uint32_t msp_begin(const struct msp_hooks *hooks, struct call *c, struct rtpmsg_writer *w, int verb)
{
	struct msp *p = hooks->of(c);

	p->last_id = p->last_id == ID_MAX ? 1 : p->last_id + 1;
	msp_reply(w, verb, p->last_id);
	return p->last_id;
}

void msp_reply(struct rtpmsg_writer *w, int verb, uint32_t id)
{
	rtpmsg_begin(w, buffer, sizeof(buffer), (enum rtpmsg_verb)verb, id);
}

bool msp_end(const struct msp_hooks *hooks, const struct call *c, struct rtpmsg_writer *w,
		const void *body, size_t size)
{
	size_t total = rtpmsg_end(w, body, size);

	if (total)
		hooks->tell(c, buffer, total);
	return total != 0;
}

void msp_say(const struct msp_hooks *hooks, struct call *c, int verb)
{
	struct rtpmsg_writer w;

	(void)msp_begin(hooks, c, &w, verb);
	(void)msp_end(hooks, c, &w, NULL, 0);
}

void msp_refuse(const struct msp_hooks *hooks, const struct call *c, uint32_t id, int code,
		const char *reason)
{
	size_t total = rtpmsg_error(buffer, sizeof(buffer), id, code, reason);

	if (total)
		hooks->tell(c, buffer, total);
}

bool msp_is_asked(const struct msp *p, enum msp_state state, const struct rtpmsg *m)
{
	return p->state == state && p->asked_id == m->id;
}

/* --- What it says --- */

static void take_offer(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m)
{
	struct rtpmsg_span word;
	bool is_new = rtpmsg_find(m, "New", &word) && rtpmsg_is(word, "yes");

	if (!is_new && !msp_is_asked(hooks->of(c), MSP_STATE_ASKED, m))
		msp_refuse(hooks, c, m->id, 481, "nobody asked for this offer");
	else
		hooks->offer(c, m, is_new);
}

static void take_answer(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m)
{
	const struct msp *p = hooks->of(c);

	if (p->state == MSP_STATE_GIVEN && m->id < p->asked_id)
		return; /* to an offer that a newer one has replaced */
	if (!msp_is_asked(p, MSP_STATE_GIVEN, m) || m->body.size == 0)
		msp_refuse(hooks, c, m->id, m->body.size ? 481 : 400, NULL);
	else
		hooks->answer(c, m);
}

static void take_error(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m)
{
	char reason[RTPMSG_VALUE_MAX + 1];
	uint32_t code = 488;

	(void)rtpmsg_number(m, "Code", 999, &code);
	(void)rtpmsg_text(m, "Reason", reason, sizeof(reason));
	hooks->done(c, m->id, false);
	figures_answered(&hooks->of(c)->figures, hooks->outbox, m);
	hooks->error(c, m, (int)code, reason);
}

static void take_ok(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m)
{
	hooks->ok(c, m);
}

static void take_done(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m)
{
	struct rtpmsg_span word;

	hooks->done(c, m->id, !rtpmsg_find(m, "Result", &word) || rtpmsg_is(word, "done"));
}

static void take_heard(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m)
{
	hooks->heard(c, m);
}

static void take_figures(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m)
{
	figures_answered(&hooks->of(c)->figures, hooks->outbox, m);
}

static void take_message(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m)
{
	static const struct {
		enum rtpmsg_verb verb;
		void (*take)(const struct msp_hooks *hooks, struct call *c, const struct rtpmsg *m);
	} takers[] = {
		{ RTPMSG_OFFER, take_offer },
		{ RTPMSG_ANSWER, take_answer },
		{ RTPMSG_ERROR, take_error },
		{ RTPMSG_OK, take_ok },
		{ RTPMSG_DIGITS_DONE, take_done },
		{ RTPMSG_TONE_DONE, take_done },
		{ RTPMSG_DIGIT, take_heard },
		{ RTPMSG_HEARD, take_heard },
		{ RTPMSG_MEDIA, take_heard },
		{ RTPMSG_FIGURES, take_figures },
	};

	for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++)
		if (takers[i].verb == m->verb) {
			takers[i].take(hooks, c, m);
			return;
		}
	msp_refuse(hooks, c, m->id, 405, "an MSP does not say this to a TSP");
}

/* Whatever waits for it need not any more. */
static enum msp_state forget(const struct msp_hooks *hooks, struct call *c)
{
	struct msp *p = hooks->of(c);
	enum msp_state was = p->state;

	p->state = MSP_STATE_NONE;
	p->is_agreed = false;
	hooks->cancel(c);
	figures_give_up(&p->figures, hooks->outbox, NULL);
	return was;
}

void msp_receive(const struct msp_hooks *hooks, struct call *c, const void *data, size_t size)
{
	struct rtpmsg m;
	int code;

	if (size == 0) {
		memset(&hooks->of(c)->told, 0, sizeof(hooks->of(c)->told));
		hooks->absent(c, forget(hooks, c));
		return;
	}
	code = rtpmsg_parse(data, size, &m);
	if (code == 0)
		take_message(hooks, c, &m);
	else if (m.verb != RTPMSG_ERROR)
		msp_refuse(hooks, c, m.id, code, NULL);
}

/* --- Requests --- */

LONG msp_get_figures(const struct msp_hooks *hooks, struct call *c, DRV_REQUESTID id,
		LPVARSTRING out)
{
	struct msp *p = hooks->of(c);
	struct rtpmsg_writer w;
	uint32_t ours;

	if (!p->is_agreed)
		return hooks->fail(LINEERR_OPERATIONUNAVAIL, "no media",
				"no application has media for this call");
	ours = msp_begin(hooks, c, &w, RTPMSG_FIGURES_WANTED);
	if (!figures_asked(&p->figures, ours, id, out))
		return hooks->fail(LINEERR_RESOURCEUNAVAIL, "figures",
				"too many requests wait for the figures of this call");
	(void)msp_end(hooks, c, &w, NULL, 0);
	return (LONG)id;
}

void msp_stop(const struct msp_hooks *hooks, struct call *c, bool has_offered)
{
	if (hooks->of(c)->state != MSP_STATE_NONE || has_offered)
		msp_say(hooks, c, RTPMSG_CLOSE);
	(void)forget(hooks, c);
}
