// SPDX-License-Identifier: MIT
/* listen.c - see listen.h. */
#include "listen.h"

#include "digit.h"

#include "base/mem.h"
#include "media/rtpmsg.h"

#include <string.h>

void listen_init(struct listening *l, const struct media_ops *ops, struct call *c)
{
	*l = (struct listening){ 0 };
	gather_init(&l->gather, ops, c);
	tones_init(&l->tones);
}

static void clear(struct listening *l)
{
	l->digit_modes = l->media_modes = 0;
	tones_fini(&l->tones);
	mem_free(l->control);
	l->control = NULL;
}

void listen_fini(struct listening *l)
{
	gather_forget(&l->gather);
	clear(l);
}

void listen_end(struct listening *l)
{
	gather_end(&l->gather, LINEGATHERTERM_CANCEL);
	clear(l);
}

LONG listen_check_digits(const struct media_ops *ops, DWORD modes)
{
	if (modes & ~(DWORD)LISTEN_DIGIT_MODES)
		return ops->fail(LINEERR_INVALDIGITMODE, "digit mode",
				"digits are heard as DTMF or pulses");
	return 0;
}

LONG listen_check_media(const struct media_ops *ops, DWORD modes)
{
	if (modes & ~(DWORD)KIND_MODES)
		return ops->fail(LINEERR_INVALMEDIAMODE, "media mode",
				"voice, fax and data modems can be told apart, and nothing else");
	return 0;
}

static const char *on_off(bool on)
{
	return on ? "on" : "off";
}

static void say_detect(const struct listening *l, struct listen_told *told,
		const struct media_ops *ops, struct call *c)
{
	const DWORD modes = l->digit_modes | gather_modes(&l->gather);
	const struct listen_told next = { .digits = modes &
						    (LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND),
		.pulse = modes & LINEDIGITMODE_PULSE,
		.media = l->media_modes != 0 };
	struct rtpmsg_writer w;

	if (next.digits == told->digits && next.pulse == told->pulse && next.media == told->media)
		return;
	(void)ops->begin(c, &w, RTPMSG_DETECT);
	rtpmsg_add(&w, "Digits", on_off(next.digits));
	if (next.pulse)
		rtpmsg_add(&w, "Pulse", "on");
	if (next.media)
		rtpmsg_add(&w, "Media", "on");
	if (!ops->end(c, &w, NULL, 0))
		return;
	told->digits = next.digits;
	told->pulse = next.pulse;
	told->media = next.media;
}

static void say_tones(const struct listening *l, struct listen_told *told,
		const struct media_ops *ops, struct call *c)
{
	const uint32_t version = l->tones.count ? l->tones.version : 0;
	char body[TONES_BODY_MAX];
	struct rtpmsg_writer w;

	if (told->tones == version)
		return;
	(void)ops->begin(c, &w, RTPMSG_TONES);
	if (ops->end(c, &w, body, tones_write(&l->tones, body)))
		told->tones = version;
}

static void say_controls(const struct control *control, struct listen_told *told,
		const struct media_ops *ops, struct call *c)
{
	const uint32_t version = control ? control->version : 0;
	char body[CONTROL_BODY_MAX];
	struct rtpmsg_writer w;

	if (told->control == version)
		return;
	(void)ops->begin(c, &w, RTPMSG_CONTROLS);
	if (ops->end(c, &w, body, control_write(control, body)))
		told->control = version;
}

void listen_say(const struct listening *l, const struct control *control, struct listen_told *told,
		const struct media_ops *ops, struct call *c)
{
	say_detect(l, told, ops, c);
	say_tones(l, told, ops, c);
	say_controls(control, told, ops, c);
}

void listen_digit(struct listening *l, const struct media_ops *ops, const struct call *c,
		char digit, DWORD mode, DWORD tick)
{
	if (l->digit_modes & mode)
		ops->tell(c, LINE_MONITORDIGITS, (DWORD_PTR)digit, mode, tick);
	gather_digit(&l->gather, digit, mode);
}

static void take_digit(struct listening *l, const struct media_ops *ops, const struct call *c,
		const struct rtpmsg *m)
{
	struct digit d;

	if (digit_read(m, &d))
		listen_digit(l, ops, c, d.digit, d.mode, d.tick);
}

static DWORD tick_of(const struct rtpmsg *m)
{
	uint32_t tick = 0;

	(void)rtpmsg_number(m, "Tick", UINT32_MAX, &tick);
	return tick;
}

static void take_heard(struct listening *l, const struct media_ops *ops, const struct call *c,
		const struct rtpmsg *m)
{
	uint32_t number;

	if (rtpmsg_number(m, "Number", UINT32_MAX, &number))
		tones_heard(&l->tones, ops, c, number, tick_of(m));
}

/* TAPI: one media mode a message. */
static void take_media(struct listening *l, const struct media_ops *ops, const struct call *c,
		const struct rtpmsg *m)
{
	char kind[16];
	DWORD modes;

	if (!rtpmsg_text(m, "Kind", kind, sizeof(kind)))
		return;
	modes = kind_modes(kind) & l->media_modes;
	for (DWORD bit = 1; bit && bit <= modes; bit <<= 1) {
		if (modes & bit)
			ops->tell(c, LINE_MONITORMEDIA, bit, 0, tick_of(m));
	}
}

void listen_take(struct listening *l, const struct media_ops *ops, const struct call *c,
		const struct rtpmsg *m)
{
	static const struct {
		enum rtpmsg_verb verb;
		void (*take)(struct listening *, const struct media_ops *, const struct call *,
				const struct rtpmsg *);
	} takers[] = {
		{ RTPMSG_DIGIT, take_digit },
		{ RTPMSG_HEARD, take_heard },
		{ RTPMSG_MEDIA, take_media },
	};

	for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++) {
		if (takers[i].verb == m->verb)
			takers[i].take(l, ops, c, m);
	}
}

void listen_control(const struct control *control, DWORD state, const struct media_ops *ops,
		struct call *c)
{
	const char *action = control_of_state(control, state);
	struct rtpmsg_writer w;

	if (!action)
		return;
	(void)ops->begin(c, &w, RTPMSG_CONTROL);
	rtpmsg_add(&w, "Action", action);
	(void)ops->end(c, &w, NULL, 0);
}
