// SPDX-License-Identifier: MIT
/* tap_digits.c - DTMF digits in the sound, by spandsp. */
#include "media/spandsp_tones.h"
#include "media/tap.h"

#include "base/mem.h"

struct digits_tap {
	struct media_tap base;
	dtmf_rx_state_t *rx;
	struct tap_ear *ear; /* while it runs */
	char digit;          /* that is there now; 0: none */
	uint32_t ms;         /* for so long */
};

static void say(struct digits_tap *t, enum tap_news_kind kind)
{
	const struct tap_news news = { kind, (uint32_t)t->digit, t->ms };

	if (t->digit && t->ear)
		t->ear->hear(t->ear, &news);
}

/* Its state has changed: code is a digit, or 0. */
static void on_change(void *arg, int code, int level, int delay)
{
	struct digits_tap *t = arg;

	(void)level;
	(void)delay;
	say(t, TAP_DIGIT_UP);
	t->digit = (char)code;
	t->ms = 0;
	say(t, TAP_DIGIT_DOWN);
}

static void run(struct media_tap *base, const int16_t *frame, struct tap_ear *ear)
{
	struct digits_tap *t = (struct digits_tap *)(void *)base;

	t->ear = ear;
	t->ms += TAP_FRAME_MS;
	(void)dtmf_rx(t->rx, frame, TAP_FRAME);
	t->ear = NULL;
}

static void destroy(struct media_tap *base)
{
	struct digits_tap *t = (struct digits_tap *)(void *)base;

	(void)dtmf_rx_free(t->rx);
	mem_free(t);
}

struct media_tap *media_tap_digits(void)
{
	struct digits_tap *t = mem_new(struct digits_tap);

	if (!t)
		return NULL;
	t->base.run = run;
	t->base.free = destroy;
	atomic_store(&t->base.refs, 1);
	t->rx = dtmf_rx_init(NULL, NULL, NULL);
	if (!t->rx) {
		mem_free(t);
		return NULL;
	}
	dtmf_rx_set_realtime_callback(t->rx, on_change, t);
	return &t->base;
}
