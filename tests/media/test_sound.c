// SPDX-License-Identifier: MIT
/* test_sound.c - `digits`, `tone` and `play` where they cannot be obeyed: too much, too long, at
 * the wrong time, without memory. */
#include "pair.h"

#include "base/clock.h"
#include "base/mem.h"
#include "media/engine.h"
#include "test_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;

#define COUNT(a)    ((int)(sizeof(a) / sizeof((a)[0])))
#define A_TICK      8  /* commands that one tick takes */
#define UNFINISHED  16 /* digits and tones of which the end has not been told */
#define LOUD        500
#define TWENTY_FOUR "012345678901234567890123"
#define TWO_FIFTY_SIX                                                                              \
	TWENTY_FOUR TWENTY_FOUR TWENTY_FOUR TWENTY_FOUR TWENTY_FOUR TWENTY_FOUR TWENTY_FOUR        \
			TWENTY_FOUR TWENTY_FOUR TWENTY_FOUR "0123456789ABCDEF"

static struct pair p;
static struct msp_terminal *sink;

static void setup(void)
{
	pair_open(&p);
	sink = end_terminal(&p.a, &media_stream, TD_RENDER);
	pair_connect(&p);
	pair_flow(&p);
}

static void teardown(void)
{
	pair_close(&p);
}

static void expect_error(const char *code)
{
	const struct end_message m = end_expect(&p.a, RTPMSG_ERROR);

	ck_assert_str_eq(message_header(&m, "Code"), code);
	ck_assert_uint_eq(p.a.message_count, 0);
}

static void expect_done(enum rtpmsg_verb verb, const char *id, const char *result)
{
	struct end_message m = end_expect(&p.a, verb);
	char line[64];

	(void)snprintf(line, sizeof(line), "TAPI-RTP/1 %s %s\n", rtpmsg_verb_name(verb), id);
	ck_assert_msg(strncmp(m.bytes, line, strlen(line)) == 0, "%s", m.bytes);
	ck_assert_str_eq(message_header(&m, "Result"), result);
}

static void ask_ok(const char *text)
{
	end_send(&p.a, text);
	(void)end_expect(&p.a, RTPMSG_OK);
}

/* The loudest sample that a's application hears in so many ticks; those on their way are not it. */
static int loudest(unsigned int ticks)
{
	const struct msp_media_stream *s = terminal_interface(sink, &iid_media_stream);
	int16_t frame[160];
	int most = 0;

	pair_step(&p, 5);
	while (s->read(sink, frame, 160) > 0)
		continue;
	for (; ticks; ticks--) {
		LONG n;

		pair_step(&p, 1);
		while ((n = s->read(sink, frame, 160)) > 0)
			for (LONG i = 0; i < n; i++)
				most = abs(frame[i]) > most ? abs(frame[i]) : most;
	}
	return most;
}

/* --- what is wrong ---------------------------------------------------------------------------- */

static const char *const wrong[] = {
	"digits 7\nDigits: " TWO_FIFTY_SIX "0\n\n",
	"tone 7\nFrequencies:\n\n",
	"tone 7\nFrequencies: 0\n\n",
	"tone 7\nFrequencies: 440 0\n\n",
	"tone 7\nFrequencies: 4000\n\n",
	"tone 7\nFrequencies: 1 2 3 4 5\n\n",
	"tone 7\nFrequencies: 440,480\n\n",
	"tone 7\nFrequencies: high\n\n",
	"tone 7\nFrequencies: 0000000000000000000000000000000000000000000000000000000000000440\n\n",
	"tone 7\nFrequencies: 440\nVolume: 65536\n\n",
	"tone 7\nFrequencies: 440\nVolume: loud\n\n",
	"tone 7\nSound: fanfare\n\n",
	"tone 7\nSound: dialtonedialtonedialtonedialtone\n\n",
	"play 7\nSound: dialtonedialtonedialtonedialtone\n\n",
};

START_TEST(what_cannot_be_read_is_400_and_nothing_is_sent)
{
	char text[512];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s", wrong[_i]);
	end_send(&p.a, text);

	expect_error("400");
	pair_step(&p, 5);
	ck_assert_uint_eq(p.a.message_count, 0);
}
END_TEST

static const char *const right[] = {
	"digits 7\nDigits: " TWO_FIFTY_SIX "\nMode: dtmf\n\n",
	"tone 7\nFrequencies: 440\n\n",
	"tone 7\nFrequencies: 1  2 3 3999\nVolume: 65535\n\n",
	"tone 7\nFrequencies: 440\nVolume: 0\nOn: 100\nOff: 100\n\n",
};

START_TEST(what_is_within_the_limits_is_sent_until_a_tone_of_nothing_cancels)
{
	const enum rtpmsg_verb done = _i ? RTPMSG_TONE_DONE : RTPMSG_DIGITS_DONE;
	char text[512];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s", right[_i]);
	end_send(&p.a, text);
	pair_step(&p, 5);
	ck_assert_uint_eq(p.a.message_count, 0);
	end_send(&p.a, "TAPI-RTP/1 tone 8\n\n");
	pair_step(&p, 2);

	expect_done(done, "7", "cancelled");
	expect_done(RTPMSG_TONE_DONE, "8", "done");
}
END_TEST

/* --- when nothing can be sent ----------------------------------------------------------------- */

static void hold(void)
{
	ask_ok("TAPI-RTP/1 hold 5\nDirection: recvonly\n\n");
}

static void stop_stream(void)
{
	ck_assert_int_eq(msp_provider.stop_stream(p.a.capture), 0);
}

static void remove_stream(void)
{
	ck_assert_int_eq(msp_provider.remove_stream(p.a.call, p.a.capture), 0);
}

static void close_media(void)
{
	end_send(&p.a, "TAPI-RTP/1 close 5\n\n");
}

/* The peer does not want to hear. */
static void be_refused(void)
{
	struct end_message m;

	end_send(&p.b, "TAPI-RTP/1 hold 5\nDirection: sendonly\n\n");
	(void)end_expect(&p.b, RTPMSG_OK);
	end_send(&p.b, "TAPI-RTP/1 offer? 6\n\n");
	m = end_expect(&p.b, RTPMSG_OFFER);
	end_send_sdp(&p.a, "offer", 6, &m);
	m = end_expect(&p.a, RTPMSG_ANSWER);
	end_send_sdp(&p.b, "answer", 6, &m);
}

static void (*const silenced[])(void) = { hold, stop_stream, remove_stream, close_media,
	be_refused };
static const char *const sent[] = { "digits 7\nDigits: 1\n\n",
	"digits 7\nDigits: 1\nMode: pulse\n\n", "tone 7\nFrequencies: 440\n\n",
	"tone 7\nSound: beep\n\n" };

START_TEST(without_a_way_to_the_peer_nothing_can_be_sent)
{
	char text[128];

	silenced[_i / COUNT(sent)]();
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s", sent[_i % COUNT(sent)]);
	end_send(&p.a, text);

	expect_error("481");
}
END_TEST

/* --- how long --------------------------------------------------------------------------------- */

static const struct {
	const char *wanted, *heard;
} durations[] = { { "0", "20" }, { "19", "20" }, { "20", "20" }, { "5000", "5000" },
	{ "5001", "5000" }, { "4294967295", "5000" }, { "long", "100" } };

START_TEST(a_duration_is_brought_into_its_range)
{
	struct end_message m;
	char text[128];

	end_send(&p.b, "TAPI-RTP/1 detect 2\nDigits: on\n\n");
	(void)end_expect(&p.b, RTPMSG_OK);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 digits 7\nDigits: 5\nDuration: %s\n\n",
			durations[_i].wanted);
	end_send(&p.a, text);
	pair_step(&p, 270);

	expect_done(RTPMSG_DIGITS_DONE, "7", "done");
	(void)end_expect(&p.b, RTPMSG_DIGIT);
	m = end_expect(&p.b, RTPMSG_DIGIT);
	ck_assert_str_eq(message_header(&m, "Duration"), durations[_i].heard);
}
END_TEST

/* --- how many --------------------------------------------------------------------------------- */

START_TEST(each_of_many_ends_once_and_in_order)
{
	end_send(&p.a, "TAPI-RTP/1 digits 5\nDigits: 123\n\n");
	end_send(&p.a, "TAPI-RTP/1 tone 5\nFrequencies: 440\n\n");
	end_send(&p.a, "TAPI-RTP/1 digits 6\nDigits: 123\n\n");
	end_send(&p.a, "TAPI-RTP/1 digits 7\nDigits: 4\n\n");
	pair_step(&p, 20);

	expect_done(RTPMSG_DIGITS_DONE, "5", "cancelled");
	expect_done(RTPMSG_TONE_DONE, "5", "cancelled");
	expect_done(RTPMSG_DIGITS_DONE, "6", "cancelled");
	expect_done(RTPMSG_DIGITS_DONE, "7", "done");
	ck_assert_uint_eq(p.a.message_count, 0);
}
END_TEST

static const struct {
	const char *verb, *headers;
} many[] = { { "digits", "Digits: 1\n" }, { "digits", "Digits: 1\nMode: pulse\n" },
	{ "tone", "Frequencies: 440\n" } };

/* What the instance has to say to it is not fetched. */
static void say(int kind, int id)
{
	char text[128];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s %d\n%s\n", many[kind].verb, id,
			many[kind].headers);
	ck_assert_int_eq(msp_provider.receive_tsp_data(p.a.address, p.a.call, text,
					 (DWORD)strlen(text)),
			0);
}

static void tick(void)
{
	clock_advance_ms(20);
	media_engine_step(clock_now_ns());
}

static unsigned int errors_500(void)
{
	unsigned int count = 0;
	struct rtpmsg m;

	end_drain(&p.a);
	while (p.a.message_count) {
		const struct end_message *first = &p.a.messages[0];

		ck_assert_int_eq(rtpmsg_parse(first->bytes, first->size, &m), 0);
		if (m.verb == RTPMSG_ERROR) {
			ck_assert_str_eq(message_header(first, "Code"), "500");
			count++;
		}
		(void)end_expect(&p.a, m.verb);
	}
	return count;
}

START_TEST(more_than_a_tick_can_take_is_500)
{
	for (int id = 1; id <= A_TICK; id++)
		say(_i, id);
	ck_assert_uint_eq(errors_500(), 0);
	say(_i, 99);
	ck_assert_uint_eq(errors_500(), 1);
	pair_step(&p, 1);

	say(_i, 100);
	ck_assert_uint_eq(errors_500(), 0);
}
END_TEST

START_TEST(more_than_the_application_has_heard_the_end_of_is_500)
{
	for (int id = 1; id <= UNFINISHED; id++) {
		say(_i, id);
		tick();
	}
	say(_i, 99);
	tick();

	ck_assert_uint_eq(errors_500(), 1);
	say(_i, 100);
	ck_assert_uint_eq(errors_500(), 0);
}
END_TEST

START_TEST(what_ends_while_the_media_is_closed_is_told_once)
{
	say(0, 7);
	for (int i = 0; i < 20; i++)
		tick();
	end_send(&p.a, "TAPI-RTP/1 close 8\n\n");

	expect_done(RTPMSG_DIGITS_DONE, "7", "cancelled");
	ck_assert_uint_eq(p.a.message_count, 0);
}
END_TEST

/* --- without memory --------------------------------------------------------------------------- */

/* Says it with its n-th allocation failing; false: it has fewer. */
static bool say_without(unsigned long n, const char *text)
{
	const unsigned long before = mem_count();
	bool failed;

	mem_fail_at(n);
	(void)msp_provider.receive_tsp_data(p.a.address, p.a.call, text, (DWORD)strlen(text));
	failed = mem_count() - before >= n;
	mem_fail_at(0);
	end_drain(&p.a);
	return failed;
}

START_TEST(oom_a_sound_that_is_refused_leaves_the_one_before)
{
	unsigned long n = 0, refused = 0;
	bool failed;

	do {
		ask_ok("TAPI-RTP/1 play 6\nSound: dialtone\n\n");
		failed = say_without(++n, "TAPI-RTP/1 play 7\nSound: silence\n\n");
		if (p.a.message_count && strstr(p.a.messages[0].bytes, "Code:")) {
			expect_error("500");
			ck_assert_int_gt(loudest(5), LOUD);
			refused++;
		} else {
			p.a.message_count = 0;
			ck_assert_int_lt(loudest(5), LOUD);
		}
	} while (failed);
	ck_assert_uint_gt(refused, 0);
}
END_TEST

START_TEST(oom_a_sound_that_is_over_is_not_played_again)
{
	ask_ok("TAPI-RTP/1 play 6\nSound: beep\n\n");
	ck_assert_int_gt(loudest(30), LOUD);
	ck_assert(say_without(1, "TAPI-RTP/1 play 7\nSound: silence\n\n"));
	expect_error("500");
	ask_ok("TAPI-RTP/1 hold 8\n\n");

	ck_assert_int_lt(loudest(5), LOUD);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("sound");
	TCase *c = tcase_create("sound");

	tcase_set_timeout(c, 30);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, what_cannot_be_read_is_400_and_nothing_is_sent, 0, COUNT(wrong));
	tcase_add_loop_test(c, what_is_within_the_limits_is_sent_until_a_tone_of_nothing_cancels, 0,
			COUNT(right));
	tcase_add_loop_test(c, without_a_way_to_the_peer_nothing_can_be_sent, 0,
			COUNT(silenced) * COUNT(sent));
	tcase_add_loop_test(c, a_duration_is_brought_into_its_range, 0, COUNT(durations));
	tcase_add_test(c, each_of_many_ends_once_and_in_order);
	tcase_add_loop_test(c, more_than_a_tick_can_take_is_500, 0, COUNT(many));
	tcase_add_loop_test(c, more_than_the_application_has_heard_the_end_of_is_500, 0,
			COUNT(many));
	tcase_add_test(c, what_ends_while_the_media_is_closed_is_told_once);
	suite_add_tcase(s, c);
	c = tcase_create("oom");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, oom_a_sound_that_is_refused_leaves_the_one_before);
	tcase_add_test(c, oom_a_sound_that_is_over_is_not_played_again);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
