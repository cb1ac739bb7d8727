// SPDX-License-Identifier: MIT
/* dialog_listen.c - what the TSP wants to hear of: digits, tones, kinds of media, and the rules by
 * which files are controlled without a word; and how it is told. */
#include "rtp_msp.h"

#include <string.h>

#define NUMBER_MAX    65535
#define TONE_MIN_MS   20
#define TONE_MAX_MS   60000
#define KIND_MAX_MS   3600000
#define FREQUENCY_MAX 3999

static const char *const kind_names[MEDIA_KINDS] = {
	[MEDIA_SILENCE] = "silence",
	[MEDIA_VOICE] = "voice",
	[MEDIA_CNG] = "cng",
	[MEDIA_CED] = "ced",
	[MEDIA_FAX] = "fax",
	[MEDIA_MODEM] = "modem",
};

static const char *const action_names[TERMINAL_ACTIONS] = {
	[ACTION_START] = "start",
	[ACTION_RESET] = "reset",
	[ACTION_PAUSE] = "pause",
	[ACTION_RESUME] = "resume",
	[ACTION_RATE_UP] = "rate-up",
	[ACTION_RATE_DOWN] = "rate-down",
	[ACTION_RATE_NORMAL] = "rate-normal",
	[ACTION_VOLUME_UP] = "volume-up",
	[ACTION_VOLUME_DOWN] = "volume-down",
	[ACTION_VOLUME_NORMAL] = "volume-normal",
};

static const char *const when_names[MEDIA_WHENS] = {
	[WHEN_DOWN] = "down",
	[WHEN_UP] = "up",
	[WHEN_PULSE] = "pulse",
};

/* The index of a word from 0 on; count: it is none of them. */
static unsigned int index_of(struct rtpmsg_span word, const char *const *names, unsigned int count)
{
	unsigned int i = 0;

	while (i < count && (!names[i] || !rtpmsg_is(word, names[i])))
		i++;
	return i;
}

static bool take_name(struct rtpmsg_span *line, const char *const *names, unsigned int count,
		unsigned int *out)
{
	struct rtpmsg_span word;

	if (!rtpmsg_word(line, &word))
		return false;
	*out = index_of(word, names, count);
	return *out < count;
}

static bool take_value(struct rtpmsg_span *line, uint32_t least, uint32_t most, uint32_t *out)
{
	struct rtpmsg_span word;

	return rtpmsg_word(line, &word) && rtpmsg_value(word, most, out) && *out >= least;
}

/* 0, or the Code of the error. */
static LONG answer(struct msp_call *call, const struct rtpmsg *m, const struct listening *next,
		int code)
{
	if (!code && call_listen(call, next) < 0)
		code = 500;
	return code ? dialog_send_error(call, m->id, code) : dialog_send_ok(call, m->id);
}

/* --- detect ----------------------------------------------------------------------------------- */

static bool read_switch(const struct rtpmsg *m, const char *name, bool must, bool *out)
{
	struct rtpmsg_span s;

	*out = false;
	if (!rtpmsg_find(m, name, &s))
		return !must;
	*out = rtpmsg_is(s, "on");
	return *out || rtpmsg_is(s, "off");
}

LONG dialog_on_detect(struct msp_call *call, const struct rtpmsg *m)
{
	struct listening next = call->listening;
	const bool good = read_switch(m, "Digits", true, &next.digits) &&
			  read_switch(m, "Pulse", false, &next.pulse) &&
			  read_switch(m, "Media", false, &next.media);

	return answer(call, m, &next, good ? 0 : 400);
}

/* --- tones ------------------------------------------------------------------------------------ */

/* The rest of a line: one to four frequencies, or none at all. */
static bool read_frequencies(struct rtpmsg_span *line, struct tap_tone *out)
{
	uint32_t hz;

	for (int n = 0; line->size; n++) {
		if (n == TAP_HZ_MAX || !take_value(line, 1, FREQUENCY_MAX, &hz))
			return false;
		out->hz[n] = (uint16_t)hz;
	}
	return true;
}

static int read_tones(struct rtpmsg_span body, struct listening *next)
{
	struct rtpmsg_span line;

	memset(next->tones, 0, sizeof(next->tones));
	for (next->tone_count = 0; body.size; next->tone_count++) {
		struct tap_tone *t = &next->tones[next->tone_count];

		if (next->tone_count == LISTEN_MAX)
			return 413;
		if (!rtpmsg_line(&body, &line) || !take_value(&line, 1, NUMBER_MAX, &t->number) ||
				!take_value(&line, TONE_MIN_MS, TONE_MAX_MS, &t->duration_ms) ||
				!read_frequencies(&line, t))
			return 400;
	}
	return 0;
}

LONG dialog_on_tones(struct msp_call *call, const struct rtpmsg *m)
{
	struct listening next = call->listening;
	const int code = read_tones(m->body, &next);

	return answer(call, m, &next, code);
}

/* --- control ---------------------------------------------------------------------------------- */

static bool read_digit_rule(struct rtpmsg_span *line, struct listening *next)
{
	struct rtpmsg_span digit;
	unsigned int when, action;
	int event;

	if (!rtpmsg_word(line, &digit) || digit.size != 1)
		return false;
	event = media_rule_digit(digit.p[0]);
	if (event < 0 || !take_name(line, when_names, MEDIA_WHENS, &when) ||
			!take_name(line, action_names, TERMINAL_ACTIONS, &action))
		return false;
	next->rules.digit[when][event] = (uint8_t)action;
	return line->size == 0;
}

static bool read_tone_rule(struct rtpmsg_span *line, struct listening *next)
{
	struct tap_tone *t = &next->rule_tones[next->rule_tone_count++];
	unsigned int action;

	if (!take_value(line, TONE_MIN_MS, TONE_MAX_MS, &t->duration_ms) ||
			!take_name(line, action_names, TERMINAL_ACTIONS, &action))
		return false;
	t->number = MEDIA_RULE + action;
	return read_frequencies(line, t);
}

static bool read_media_rule(struct rtpmsg_span *line, struct listening *next)
{
	unsigned int kind, action;
	uint32_t ms;

	if (!take_name(line, kind_names, MEDIA_KINDS, &kind) ||
			!take_value(line, 0, KIND_MAX_MS, &ms) ||
			!take_name(line, action_names, TERMINAL_ACTIONS, &action))
		return false;
	next->rules.kind[kind].action = (uint8_t)action;
	next->rules.kind[kind].after_ms = ms;
	return line->size == 0;
}

static int read_rules(struct rtpmsg_span body, struct listening *next)
{
	static const char *const names[] = { "digit", "tone", "media" };
	static bool (*const readers[])(struct rtpmsg_span *,
			struct listening *) = { read_digit_rule, read_tone_rule, read_media_rule };
	struct rtpmsg_span line;
	unsigned int which;

	memset(&next->rules, 0, sizeof(next->rules));
	memset(next->rule_tones, 0, sizeof(next->rule_tones));
	next->rule_tone_count = 0;
	for (int n = 0; body.size; n++) {
		if (n == RULES_MAX || next->rule_tone_count == LISTEN_MAX)
			return 413;
		if (!rtpmsg_line(&body, &line) || !take_name(&line, names, 3, &which) ||
				!readers[which](&line, next))
			return 400;
	}
	return 0;
}

LONG dialog_on_controls(struct msp_call *call, const struct rtpmsg *m)
{
	struct listening next = call->listening;
	const int code = read_rules(m->body, &next);

	return answer(call, m, &next, code);
}

LONG dialog_on_control(struct msp_call *call, const struct rtpmsg *m)
{
	struct rtpmsg_span word;
	unsigned int action = TERMINAL_ACTIONS;

	if (rtpmsg_find(m, "Action", &word))
		action = index_of(word, action_names, TERMINAL_ACTIONS);
	if (action == TERMINAL_ACTIONS)
		return dialog_send_error(call, m->id, 400);
	list_for(link, &call->streams) {
		const struct msp_stream *s = list_entry(link, struct msp_stream, link);

		for (unsigned int i = 0; i < s->count; i++)
			media_terminal_control(s->terminals[i]->media,
					(enum terminal_action)action);
	}
	return dialog_send_ok(call, m->id);
}

/* --- news ------------------------------------------------------------------------------------- */

struct telling { /* a message of ours */
	char buffer[256];
	struct rtpmsg_writer w;
};

static void tell(struct msp_call *call, struct telling *t, const struct media_news *news)
{
	rtpmsg_add_number(&t->w, "Tick", news->tick_ms);
	(void)dialog_send(call, t->buffer, rtpmsg_end(&t->w, NULL, 0));
}

static void begin(struct msp_call *call, struct telling *t, enum rtpmsg_verb verb)
{
	rtpmsg_begin(&t->w, t->buffer, sizeof(t->buffer), verb, ++call->last_request);
}

static void tell_digit(struct msp_call *call, const struct media_news *news, const char *state)
{
	const char digit[2] = { (char)news->a, '\0' };
	struct telling t;

	begin(call, &t, RTPMSG_DIGIT);
	rtpmsg_add(&t.w, "Digit", digit);
	rtpmsg_add(&t.w, "State", state);
	if (news->kind == MEDIA_DIGIT && !news->b)
		rtpmsg_add_number(&t.w, "Duration", news->c);
	tell(call, &t, news);
}

static void tell_tone(struct msp_call *call, const struct media_news *news)
{
	struct telling t;

	for (size_t i = 0; i < call->listening.tone_count; i++) {
		if (call->listening.tones[i].number != news->a)
			continue;
		begin(call, &t, RTPMSG_HEARD);
		rtpmsg_add_number(&t.w, "Number", news->a);
		tell(call, &t, news);
		return; /* one that is not in the list any more is not told */
	}
}

static void tell_kind(struct msp_call *call, const struct media_news *news)
{
	struct telling t;

	begin(call, &t, RTPMSG_MEDIA);
	rtpmsg_add(&t.w, "Kind", kind_names[news->a]);
	tell(call, &t, news);
}

void dialog_news(struct msp_call *call, const struct media_news *news)
{
	switch (news->kind) {
	case MEDIA_DIGIT:
		if (call->listening.digits)
			tell_digit(call, news, news->b ? "down" : "up");
		break;
	case MEDIA_PULSE:
		if (call->listening.pulse)
			tell_digit(call, news, "pulse");
		break;
	case MEDIA_TONE:
		tell_tone(call, news);
		break;
	case MEDIA_KIND:
		if (call->listening.media)
			tell_kind(call, news);
		break;
	case MEDIA_DIGITS_DONE:
		(void)dialog_send_done(call, RTPMSG_DIGITS_DONE, news->a, news->b);
		break;
	case MEDIA_TONE_DONE:
		(void)dialog_send_done(call, RTPMSG_TONE_DONE, news->a, news->b);
		break;
	case MEDIA_ACTIVE:
	case MEDIA_INACTIVE:
	case MEDIA_FILE:
		break;
	}
}
