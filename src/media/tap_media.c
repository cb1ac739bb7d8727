// SPDX-License-Identifier: MIT
/* tap_media.c - what kind of sound this is: the tones with which faxes and modems begin, by
 * spandsp; speech by the way its level moves; silence. Said whenever it changes. */
#include "media/spandsp_tones.h"
#include "media/tap.h"

#include "base/mem.h"

#include <string.h>

#define LOUD        ((float)WINDOW * 200.0f * 200.0f)
#define MOVES       2.0f /* 3 dB from one window to the next */
#define HISTORY     50   /* windows: a second */
#define VOICE_LOUD  10
#define VOICE_MOVES 10
#define SILENT_FOR  100 /* windows */

static const int listened_for[] = { MODEM_CONNECT_TONES_FAX_CNG, MODEM_CONNECT_TONES_ANS,
	MODEM_CONNECT_TONES_FAX_PREAMBLE, MODEM_CONNECT_TONES_BELL_ANS };

enum { WINDOW = 2 * TAP_FRAME }; /* 20 ms */
#define RECEIVERS (sizeof(listened_for) / sizeof(listened_for[0]))

struct media_kind_tap;

struct receiver {
	modem_connect_tones_rx_state_t *rx;
	struct media_kind_tap *tap;
	bool there; /* it hears its tone now */
};

struct media_kind_tap {
	struct media_tap base;
	struct receiver receivers[RECEIVERS];
	enum media_kind now, heard; /* as was said; of a modem, in this frame */
	float energy, last;         /* of this window so far, of the one before */
	bool half;                  /* the window is not full */
	bool loud[HISTORY], moved[HISTORY];
	unsigned int at, silent;
};

static const enum media_kind kind_of[] = {
	[MODEM_CONNECT_TONES_FAX_CNG] = MEDIA_CNG,
	[MODEM_CONNECT_TONES_ANS] = MEDIA_CED,
	[MODEM_CONNECT_TONES_ANS_PR] = MEDIA_MODEM,
	[MODEM_CONNECT_TONES_ANSAM] = MEDIA_MODEM,
	[MODEM_CONNECT_TONES_ANSAM_PR] = MEDIA_MODEM,
	[MODEM_CONNECT_TONES_FAX_PREAMBLE] = MEDIA_FAX,
	[MODEM_CONNECT_TONES_BELL_ANS] = MEDIA_MODEM,
};

static void on_tone(void *arg, int tone, int level, int delay)
{
	struct receiver *r = arg;

	(void)level;
	(void)delay;
	r->there = tone != MODEM_CONNECT_TONES_NONE;
	if (tone > 0 && (size_t)tone < sizeof(kind_of) / sizeof(kind_of[0]) && kind_of[tone])
		r->tap->heard = kind_of[tone];
}

static void become(struct media_kind_tap *t, enum media_kind kind, struct tap_ear *ear)
{
	const struct tap_news news = { TAP_MEDIA_KIND, kind, 0 };

	if (kind == t->now)
		return;
	t->now = kind;
	memset(t->moved, 0, sizeof(t->moved)); /* what was before is no speech */
	ear->hear(ear, &news);
}

static unsigned int count(const bool *history)
{
	unsigned int n = 0;

	for (int i = 0; i < HISTORY; i++)
		n += history[i];
	return n;
}

/* A modem's is there: it is no speech. */
static bool has_tone(const struct media_kind_tap *t)
{
	for (size_t i = 0; i < RECEIVERS; i++) {
		if (t->receivers[i].there)
			return true;
	}
	return false;
}

static void take_window(struct media_kind_tap *t, struct tap_ear *ear)
{
	const float now = t->energy, last = t->last;
	const bool loud = now >= LOUD, speech = loud && !has_tone(t);

	t->last = now;
	t->loud[t->at] = speech;
	t->moved[t->at] = speech && last >= LOUD && (now > last * MOVES || last > now * MOVES);
	t->at = (t->at + 1) % HISTORY;
	t->silent = loud ? 0 : t->silent + 1;
	if (t->silent >= SILENT_FOR)
		become(t, MEDIA_SILENCE, ear);
	else if (count(t->loud) >= VOICE_LOUD && count(t->moved) >= VOICE_MOVES)
		become(t, MEDIA_VOICE, ear);
}

static void run(struct media_tap *base, const int16_t *frame, struct tap_ear *ear)
{
	struct media_kind_tap *t = (struct media_kind_tap *)(void *)base;

	t->heard = MEDIA_NOTHING;
	for (size_t i = 0; i < RECEIVERS; i++)
		(void)modem_connect_tones_rx(t->receivers[i].rx, frame, TAP_FRAME);
	if (t->heard)
		become(t, t->heard, ear);
	for (int i = 0; i < TAP_FRAME; i++)
		t->energy += (float)frame[i] * frame[i];
	t->half = !t->half;
	if (t->half)
		return;
	take_window(t, ear);
	t->energy = 0;
}

static void destroy(struct media_tap *base)
{
	struct media_kind_tap *t = (struct media_kind_tap *)(void *)base;

	for (size_t i = 0; i < RECEIVERS; i++) {
		if (t->receivers[i].rx)
			(void)modem_connect_tones_rx_free(t->receivers[i].rx);
	}
	mem_free(t);
}

struct media_tap *media_tap_media(void)
{
	struct media_kind_tap *t = mem_new(struct media_kind_tap);

	if (!t)
		return NULL;
	t->base.run = run;
	t->base.free = destroy;
	atomic_store(&t->base.refs, 1);
	for (size_t i = 0; i < RECEIVERS; i++) {
		struct receiver *r = &t->receivers[i];

		r->tap = t;
		r->rx = modem_connect_tones_rx_init(NULL, listened_for[i], on_tone, r);
		if (!r->rx) {
			destroy(&t->base);
			return NULL;
		}
	}
	return &t->base;
}
