// SPDX-License-Identifier: MIT
/* dialog_sound.c - what the TSP wants to be sent to the peer, or heard by the application: digits,
 * tones and sounds. */
#define LOG_TOPIC "rtp"
#include "rtp_msp.h"

#include "base/log.h"

#include <errno.h>
#include <string.h>

#define DURATION_MS    100
#define PAUSE_MS       50
#define LENGTH_MIN_MS  20
#define PAUSE_MIN_MS   40
#define LENGTH_MAX_MS  5000
#define VOLUME_DEFAULT 16384
#define FREQUENCY_MAX  3999
#define CADENCE_MAX_MS 60000

/* Reports the end of digits or of a tone, once. */
LONG dialog_send_done(struct msp_call *call, enum rtpmsg_verb verb, uint32_t id, bool cancelled)
{
	char buffer[64];
	struct rtpmsg_writer w;
	unsigned int i = 0;

	while (i < call->pending_count &&
			(call->pending[i].done != verb || call->pending[i].id != id))
		i++;
	if (i == call->pending_count)
		return 0;
	call->pending[i] = call->pending[--call->pending_count];
	rtpmsg_begin(&w, buffer, sizeof(buffer), verb, id);
	rtpmsg_add(&w, "Result", cancelled ? "cancelled" : "done");
	return dialog_send(call, buffer, rtpmsg_end(&w, NULL, 0));
}

static bool can_send(struct msp_call *call)
{
	struct msp_stream *s = call_audio(call, TD_CAPTURE);

	return call->agreed && s && s->run != MEDIA_STOP &&
	       (call->agreement.direction & call->wish & SDP_SEND);
}

static void expect_done(struct msp_call *call, enum rtpmsg_verb done, uint32_t id)
{
	call->pending[call->pending_count++] = (struct pending){ done, id };
}

/* A number of milliseconds, brought into its range. */
static uint32_t length_of(const struct rtpmsg *m, const char *name, uint32_t least, uint32_t usual)
{
	uint32_t v;

	if (!rtpmsg_number(m, name, UINT32_MAX, &v))
		return usual;
	return v < least ? least : v > LENGTH_MAX_MS ? LENGTH_MAX_MS : v;
}

LONG dialog_on_digits(struct msp_call *call, const struct rtpmsg *m)
{
	char digits[257];
	struct rtpmsg_span s, mode;
	const bool pulse = rtpmsg_find(m, "Mode", &mode) && rtpmsg_is(mode, "pulse");
	int r = -EAGAIN;

	if (!rtpmsg_find(m, "Digits", &s) || !rtpmsg_text(m, "Digits", digits, sizeof(digits)))
		return dialog_send_error(call, m->id, 400);
	if (!can_send(call))
		return dialog_send_error(call, m->id, 481);
	if (call->pending_count < PENDING_MAX && pulse)
		r = media_session_send_pulses(call->session, m->id, digits);
	else if (call->pending_count < PENDING_MAX)
		r = media_session_send_digits(call->session, m->id, digits,
				length_of(m, "Duration", LENGTH_MIN_MS, DURATION_MS),
				length_of(m, "Pause", PAUSE_MIN_MS, PAUSE_MS));
	if (r < 0)
		return dialog_send_error(call, m->id, 500);
	expect_done(call, RTPMSG_DIGITS_DONE, m->id);
	log_trace("call %llu: sends %s", (unsigned long long)call->id, digits);
	return 0;
}

/* One to four numbers with blanks between. */
static bool read_frequencies(const char *text, uint32_t out[4])
{
	uint32_t v = 0;
	int n = 0;
	bool inside = false;

	for (;; text++) {
		if (*text >= '0' && *text <= '9') {
			v = v * 10 + (uint32_t)(*text - '0');
			inside = true;
			if (v > FREQUENCY_MAX)
				return false;
			continue;
		}
		if (inside) {
			if (n == 4 || v == 0)
				return false;
			out[n++] = v;
			v = 0;
			inside = false;
		}
		if (*text == '\0')
			return n > 0;
		if (*text != ' ')
			return false;
	}
}

/* The same for all, by headers. */
static bool read_one_tone(const struct rtpmsg *m, struct media_tone *out)
{
	uint32_t frequency[4] = { 0 }, volume = VOLUME_DEFAULT, on = 0, off = 0;
	struct rtpmsg_span s;
	int32_t used = 0;
	char text[64];

	if (rtpmsg_find(m, "Frequencies", &s) &&
			(!rtpmsg_text(m, "Frequencies", text, sizeof(text)) ||
					!read_frequencies(text, frequency)))
		return false;
	if (rtpmsg_find(m, "Volume", &s) && !rtpmsg_number(m, "Volume", UINT16_MAX, &volume))
		return false;
	(void)rtpmsg_number(m, "On", CADENCE_MAX_MS, &on);
	(void)rtpmsg_number(m, "Off", CADENCE_MAX_MS, &off);
	for (int i = 0; i < 4; i++)
		used += frequency[i] != 0;
	for (int i = 0; i < 4; i++)
		out->parts[i] = (struct tone_part){ frequency[i],
			(int32_t)(volume / 2) / (used ? used : 1), on, off };
	return true;
}

/* "Hz on off volume" on each line. */
static bool read_parts(struct rtpmsg_span body, struct media_tone *out)
{
	static const uint32_t most[4] = { FREQUENCY_MAX, CADENCE_MAX_MS, CADENCE_MAX_MS,
		UINT16_MAX };
	struct rtpmsg_span line, word;
	int32_t n = 0;

	for (; body.size; n++) {
		uint32_t v[4];

		if (n == TONE_FREQUENCIES || !rtpmsg_line(&body, &line))
			return false;
		for (int i = 0; i < 4; i++) {
			if (!rtpmsg_word(&line, &word) || !rtpmsg_value(word, most[i], &v[i]))
				return false;
		}
		if (line.size || !v[0])
			return false;
		out->parts[n] = (struct tone_part){ v[0], (int32_t)(v[3] / 2), v[1], v[2] };
	}
	for (int32_t i = 0; i < n; i++)
		out->parts[i].amplitude /= n;
	return true;
}

static bool read_tone(const struct rtpmsg *m, struct media_tone *out)
{
	struct rtpmsg_span s;
	char name[32];

	(void)rtpmsg_number(m, "Duration", 3600000, &out->duration_ms);
	if (m->body.size)
		return read_parts(m->body, out);
	if (!rtpmsg_find(m, "Sound", &s))
		return read_one_tone(m, out);
	if (rtpmsg_text(m, "Sound", name, sizeof(name)))
		out->sound = media_sound_find(name);
	return out->sound != NULL;
}

LONG dialog_on_tone(struct msp_call *call, const struct rtpmsg *m)
{
	struct media_tone tone = { 0 };

	if (!read_tone(m, &tone))
		return dialog_send_error(call, m->id, 400);
	if (!can_send(call))
		return dialog_send_error(call, m->id, 481);
	if (call->pending_count == PENDING_MAX ||
			media_session_send_tone(call->session, m->id, &tone) < 0)
		return dialog_send_error(call, m->id, 500);
	expect_done(call, RTPMSG_TONE_DONE, m->id);
	return 0;
}

LONG dialog_on_play(struct msp_call *call, const struct rtpmsg *m)
{
	const struct sound *before = call->play, *sound = NULL;
	struct rtpmsg_span s;
	char name[32];

	if (rtpmsg_find(m, "Sound", &s)) {
		sound = rtpmsg_text(m, "Sound", name, sizeof(name)) ? media_sound_find(name) : NULL;
		if (!sound) {
			call->why = "there is no sound of this name";
			return dialog_send_error(call, m->id, 400);
		}
	}
	call->play = sound;
	call->play_turn++;
	if (call_publish(call) == 0)
		return dialog_send_ok(call, m->id);
	call->play = before;
	call->play_turn--; /* else it would begin anew */
	return dialog_send_error(call, m->id, 500);
}
