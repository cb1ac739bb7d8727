// SPDX-License-Identifier: MIT
/* test_digits.c - digits that come as events are heard as tones where they belong: by a recording,
 * which takes sound as it comes, and by somebody who listens. What is heard is decoded by a decoder
 * that is not ours. */
#include "pair.h"
#include "test_main.h"

#include "media/spandsp_tones.h"
#include "media/wav.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;
static const GUID recorder = MSP_TERMINAL_FILE_RECORDING;
static const GUID iid_record = MSP_IID_MEDIA_RECORD;
static const GUID iid_control = MSP_IID_MEDIA_CONTROL;

#define RATE      8000
#define TICK      160
#define DIGIT_MS  100
#define PAUSE_MS  50
#define SECONDS   8
#define EDGE      (RATE / 100) /* of a tone that may be missing, or too much */
#define LOUD      1000
#define GAP       (RATE / 50) /* quiet for so long: the tone has ended */
#define TONES_MAX 32

struct sound {
	int16_t samples[SECONDS * RATE];
	size_t count;
};

static struct pair p;
static struct msp_terminal *source, *ear, *tape;
static char file[128];

/* --- the call --------------------------------------------------------------------------------- */

static struct msp_terminal *record(void)
{
	struct msp_terminal *t = end_terminal(&p.b, &recorder, TD_RENDER);
	const struct msp_media_record *r = terminal_interface(t, &iid_record);
	const struct msp_media_control *c = terminal_interface(t, &iid_control);
	int fd;

	scratch_template(file, sizeof(file), "digits");
	fd = mkstemp(file);
	ck_assert_int_ge(fd, 0);
	(void)close(fd);
	ck_assert_int_eq(r->set_file_name(t, file), 0);
	ck_assert_int_eq(c->start(t), 0);
	return t;
}

static void say(struct end *e, const char *head, const char *codec, const char *body)
{
	char text[8192];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s\nCodecs: %s\n\n%s", head, codec, body);
	end_send(e, text);
}

struct way {
	const char *codec;
	bool other_clock; /* of the digits */
};

/* Takes the events of the sound's own clock out of a description. */
static void leave_out_clock(char *sdp)
{
	char *at = strstr(sdp, "telephone-event/48000");

	ck_assert_ptr_nonnull(at);
	memcpy(at, "telephone-other", 15);
}

static void agree(const struct way *w)
{
	struct end_message m;

	say(&p.a, "offer? 1", w->codec, "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	if (w->other_clock)
		leave_out_clock(m.bytes);
	say(&p.b, "offer 1", w->codec, strstr(m.bytes, "\n\n") + 2);
	m = end_expect(&p.b, RTPMSG_ANSWER);
	if (w->other_clock)
		ck_assert_ptr_nonnull(strstr(m.bytes, "telephone-event/8000"));
	end_send_sdp(&p.a, "answer", 1, &m);
	ck_assert_uint_eq(p.a.message_count, 0);
}

enum sinks { EAR = 1, TAPE = 2 };

/* a speaks, b has these sinks. */
static void open_flowing(const struct way *w, int sinks)
{
	pair_open(&p);
	source = end_terminal(&p.a, &media_stream, TD_CAPTURE);
	ear = sinks & EAR ? end_terminal(&p.b, &media_stream, TD_RENDER) : NULL;
	tape = sinks & TAPE ? record() : NULL;
	agree(w);
	pair_flow(&p);
}

static void step_and_hear(struct sound *heard)
{
	const struct msp_media_stream *s = ear ? terminal_interface(ear, &iid_media_stream) : NULL;
	LONG n;

	pair_step(&p, 1);
	while (s && heard->count + TICK <= SECONDS * RATE &&
			(n = s->read(ear, heard->samples + heard->count, TICK)) > 0)
		heard->count += (size_t)n;
}

static void run(struct sound *heard, unsigned int ms)
{
	for (; ms >= 20; ms -= 20)
		step_and_hear(heard);
}

/* Nothing is above 4 kHz in what has been recorded. */
static void read_tape(struct sound *out)
{
	static int16_t wide[2 * SECONDS * RATE];
	struct wav_reader in;
	long n;

	ck_assert_int_eq(wav_open(file, &in), 0);
	ck_assert_uint_eq(in.rate, 2 * RATE);
	n = wav_read(&in, wide, 2 * SECONDS * RATE);
	wav_close(&in);
	ck_assert_int_gt(n, 0);
	out->count = (size_t)n / 2;
	for (size_t i = 0; i < out->count; i++)
		out->samples[i] = (int16_t)((wide[2 * i] + wide[2 * i + 1]) / 2);
}

static void hang_up(void)
{
	pair_close(&p);
	if (tape)
		(void)unlink(file);
}

static void send_digits(const char *digits)
{
	char text[128];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 digits 5\nDigits: %s\nDuration: %d\n\n",
			digits, DIGIT_MS);
	end_send(&p.a, text);
}

/* --- what is heard ---------------------------------------------------------------------------- */

static const char *decoded(const struct sound *s)
{
	static char digits[64];
	dtmf_rx_state_t *rx = dtmf_rx_init(NULL, NULL, NULL);

	digits[0] = '\0';
	(void)dtmf_rx(rx, s->samples, (int)s->count);
	(void)dtmf_rx_get(rx, digits, sizeof(digits) - 1);
	(void)dtmf_rx_free(rx);
	return digits;
}

struct tones {
	size_t begin[TONES_MAX], end[TONES_MAX], count;
};

static struct tones find_tones(const struct sound *s)
{
	struct tones t = { .count = 0 };
	size_t last = 0;
	bool on = false;

	for (size_t i = 0; i < s->count; i++) {
		if (abs(s->samples[i]) > LOUD) {
			if (!on)
				t.begin[t.count] = i;
			on = true;
			last = i;
		} else if (on && i - last > GAP) {
			ck_assert_uint_lt(t.count, TONES_MAX - 1);
			t.end[t.count++] = last + 1;
			on = false;
		}
	}
	return t;
}

static void expect_length(size_t got, size_t ms)
{
	const size_t want = ms * RATE / 1000;

	ck_assert_uint_ge(got + EDGE, want);
	ck_assert_uint_le(got, want + EDGE);
}

/* Each as long as it was sent, and as far from the one before. */
static void expect_digits(const struct sound *s, const char *digits)
{
	const struct tones t = find_tones(s);

	ck_assert_str_eq(decoded(s), digits);
	ck_assert_uint_eq(t.count, strlen(digits));
	for (size_t i = 0; i < t.count; i++) {
		expect_length(t.end[i] - t.begin[i], DIGIT_MS);
		if (i)
			expect_length(t.begin[i] - t.begin[i - 1], DIGIT_MS + 60); /* whole ticks */
	}
}

/* --- tests ------------------------------------------------------------------------------------ */

static const struct way ways[] = { { "PCMU", false }, { "G722", false }, { "opus", false },
	{ "opus", true } };
static const char *const lists[] = { "4711#*0", "5555", "123A456B789C*0#D" };

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

static void expect_all(const struct way *w, int sinks, const char *digits)
{
	static struct sound heard, taped;

	heard.count = 0;
	open_flowing(w, sinks);
	send_digits(digits);
	run(&heard, 4000);
	(void)end_expect(&p.a, RTPMSG_DIGITS_DONE);

	if (tape) {
		read_tape(&taped);
		expect_digits(&taped, digits);
	}
	if (ear)
		expect_digits(&heard, digits);
	ck_assert_uint_eq(end_figure(&p.b, "Concealed-Ms"), 0);
	hang_up();
}

START_TEST(digits_are_in_a_recording)
{
	expect_all(&ways[_i / COUNT(lists)], TAPE, lists[_i % COUNT(lists)]);
}
END_TEST

START_TEST(digits_are_heard_by_who_listens)
{
	expect_all(&ways[_i / COUNT(lists)], EAR, lists[_i % COUNT(lists)]);
}
END_TEST

START_TEST(digits_are_heard_and_recorded)
{
	expect_all(&ways[_i / COUNT(lists)], EAR | TAPE, lists[_i % COUNT(lists)]);
}
END_TEST

static Suite *suite(void)
{
	const int all = COUNT(ways) * COUNT(lists);
	Suite *s = suite_create("digits");
	TCase *c = tcase_create("digits");

	tcase_set_timeout(c, 30);
	tcase_add_loop_test(c, digits_are_in_a_recording, 0, all);
	tcase_add_loop_test(c, digits_are_heard_by_who_listens, 0, all);
	tcase_add_loop_test(c, digits_are_heard_and_recorded, 0, all);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
