// SPDX-License-Identifier: MIT
/* test_listen.c - `detect` and `tones`: what the MSP tells of the peer's sound; and `digits` and
 * `tone` as the peer hears them. */
#include "pair.h"
#include "peer.h"
#include "test_main.h"

#include "base/clock.h"
#include "media/codec.h"
#include "media/spandsp_tones.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;

#define RATE 8000
#define TICK 160
#define TURN 6.283185307179586

static struct pair p;
static struct msp_terminal *source, *sink;
static int16_t heard[RATE * 12];
static size_t heard_count;

static void ask_ok(struct end *e, const char *text)
{
	end_send(e, text);
	(void)end_expect(e, RTPMSG_OK);
}

/* a speaks, b listens. */
static void open_flowing(void)
{
	pair_open(&p);
	source = end_terminal(&p.a, &media_stream, TD_CAPTURE);
	sink = end_terminal(&p.b, &media_stream, TD_RENDER);
	pair_connect(&p);
	pair_flow(&p);
	heard_count = 0;
}

static void step_and_hear(void)
{
	const struct msp_media_stream *s = terminal_interface(sink, &iid_media_stream);
	LONG n;

	pair_step(&p, 1);
	while (heard_count + TICK <= sizeof(heard) / sizeof(heard[0]) &&
			(n = s->read(sink, heard + heard_count, TICK)) > 0)
		heard_count += (size_t)n;
}

static void run(unsigned int ms)
{
	for (; ms >= 20; ms -= 20)
		step_and_hear();
}

/* a says this, a tick at a time. */
static void speak(const int16_t *samples, size_t count)
{
	const struct msp_media_stream *s = terminal_interface(source, &iid_media_stream);

	for (size_t i = 0; i + TICK <= count; i += TICK) {
		ck_assert_int_eq(s->write(source, samples + i, TICK), TICK);
		step_and_hear();
	}
}

static void speak_tone(double hz, unsigned int ms)
{
	static uint32_t at;
	int16_t tick[TICK];

	for (; ms >= 20; ms -= 20) {
		for (int i = 0; i < TICK; i++, at++)
			tick[i] = (int16_t)(4000 * sin(TURN * hz * at / RATE));
		speak(tick, TICK);
	}
}

/* The digits that b has told: "5+5-" is a 5 that went down and up. */
static const char *digits_told(void)
{
	static char text[END_MESSAGES * 2 + 1];
	size_t n = 0;

	while (p.b.message_count) {
		struct end_message m = end_expect(&p.b, RTPMSG_DIGIT);

		text[n++] = message_header(&m, "Digit")[0];
		text[n++] = strcmp(message_header(&m, "State"), "down") == 0 ? '+'
			    : strcmp(message_header(&m, "State"), "up") == 0 ? '-'
									     : '*';
	}
	text[n] = '\0';
	return text;
}

/* --- digits ----------------------------------------------------------------------------------- */

START_TEST(digits_in_the_sound_are_told)
{
	static int16_t samples[RATE * 2];
	dtmf_tx_state_t *tx = dtmf_tx_init(NULL);

	open_flowing();
	ask_ok(&p.b, "TAPI-RTP/1 detect 5\nDigits: on\n\n");
	(void)dtmf_tx_put(tx, "159D", -1);
	speak(samples, (size_t)dtmf_tx(tx, samples, RATE * 2) + RATE / 4);

	ck_assert_str_eq(digits_told(), "1+1-5+5-9+9-D+D-");
	(void)dtmf_tx_free(tx);
	pair_close(&p);
}
END_TEST

START_TEST(without_detect_nothing_is_told)
{
	static int16_t samples[RATE];
	dtmf_tx_state_t *tx = dtmf_tx_init(NULL);

	open_flowing();
	ask_ok(&p.b, "TAPI-RTP/1 detect 5\nDigits: on\nMedia: on\nPulse: on\n\n");
	ask_ok(&p.b, "TAPI-RTP/1 detect 6\nDigits: off\n\n");
	(void)dtmf_tx_put(tx, "159D", -1);
	speak(samples, (size_t)dtmf_tx(tx, samples, RATE));
	run(3000);

	ck_assert_uint_eq(p.b.message_count, 0);
	(void)dtmf_tx_free(tx);
	pair_close(&p);
}
END_TEST

/* Gateways are late to silence a digit: its beginning is heard, and then it comes as an event. */
static struct peer far;

static void say_digit(const int16_t *samples, bool marker, int event, unsigned int duration,
		bool end)
{
	uint8_t packet[RTP_HEADER_SIZE + TICK];
	struct rtp_header h = far.next;
	size_t size = RTP_HEADER_SIZE;

	h.marker = marker;
	if (samples) {
		size += media_codec_static(0)->encode(NULL, samples, TICK,
				packet + RTP_HEADER_SIZE);
		far.next.timestamp += TICK;
	} else {
		h.payload_type = 101;
		packet[size++] = (uint8_t)event;
		packet[size++] = (uint8_t)(end ? 0x8a : 0x0a);
		packet[size++] = (uint8_t)(duration >> 8);
		packet[size++] = (uint8_t)duration;
	}
	rtp_write(packet, &h);
	far.next.sequence++;
	peer_send(&far, far.sockets.rtp, &far.theirs, packet, size);
}

/* The peer is at other sockets from now on. */
static void far_offers(int id)
{
	char text[2048], *line;
	struct end_message answer;

	peer_open(&far, "127.0.0.1");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer %d\n\n%s", id,
			peer_sdp(&far, "RTP/AVP", "a=rtpmap:101 telephone-event/8000\r\n"));
	line = strstr(text, "RTP/AVP 0");
	ck_assert_ptr_nonnull(line);
	memmove(line + 13, line + 9, strlen(line + 9) + 1);
	memcpy(line + 9, " 101", 4);
	end_send(&p.b, text);
	answer = end_expect(&p.b, RTPMSG_ANSWER);
	peer_take(&far, &answer);
}

static void far_speaks(const int16_t *samples, unsigned int ticks)
{
	static const int16_t silence[TICK];

	for (unsigned int i = 0; i < ticks; i++) {
		say_digit(samples ? samples + i * TICK : silence, i == 0, 0, 0, false);
		world_step(&p.b, 1);
	}
}

static void open_far(void)
{
	memset(&p, 0, sizeof(p));
	world_open(&p.b, "127.0.0.1");
	far_offers(1);
	ask_ok(&p.b, "TAPI-RTP/1 detect 5\nDigits: on\n\n");
}

static void close_far(void)
{
	peer_close(&far);
	end_close(&p.b);
}

static void make_digits(const char *digits, int16_t *samples, int count)
{
	dtmf_tx_state_t *tx = dtmf_tx_init(NULL);

	(void)dtmf_tx_put(tx, digits, -1);
	(void)dtmf_tx(tx, samples, count);
	(void)dtmf_tx_free(tx);
}

static void far_presses(int event, unsigned int ticks)
{
	for (unsigned int i = 1; i <= ticks; i++) {
		say_digit(NULL, i == 1, event, i * TICK, i == ticks);
		world_step(&p.b, 1);
	}
	far.next.timestamp += ticks * TICK;
}

START_TEST(a_digit_that_comes_both_ways_is_told_once)
{
	static int16_t samples[RATE];

	open_far();
	make_digits("7", samples, RATE);
	far_speaks(NULL, 20);
	far_speaks(samples, 3); /* 60 ms of it in the sound */
	far_presses(7, 5);
	far_speaks(NULL, 20);

	ck_assert_str_eq(digits_told(), "7+7-");
	close_far();
}
END_TEST

/* A switch puts other sound into the stream, and goes on with its numbers, but not with its time.
 */
START_TEST(digits_are_told_although_the_time_of_the_peer_goes_back)
{
	open_far();
	far_speaks(NULL, 20);
	far_presses(5, 5);
	far_speaks(NULL, 20);
	far.next.timestamp -= 60 * RATE;
	far_speaks(NULL, 20);
	far_presses(7, 5);
	far_speaks(NULL, 20);

	ck_assert_str_eq(digits_told(), "5+5-7+7-");
	close_far();
}
END_TEST

START_TEST(another_peer_does_not_go_on_with_a_digit)
{
	static int16_t samples[RATE];

	open_far();
	make_digits("5", samples, RATE);
	far_speaks(NULL, 20);
	for (unsigned int i = 1; i <= 2; i++) {
		say_digit(NULL, i == 1, 7, i * TICK, false);
		world_step(&p.b, 1);
	}
	ck_assert_str_eq(digits_told(), "7+");
	peer_close(&far);
	far_offers(2);
	far_speaks(NULL, 20);
	far_speaks(samples, 20);

	ck_assert_str_eq(digits_told(), "7-5+5-");
	close_far();
}
END_TEST

START_TEST(what_is_sent_as_events_is_recorded_as_tones)
{
	char digits[32] = "";
	dtmf_rx_state_t *rx = dtmf_rx_init(NULL, NULL, NULL);

	open_flowing();
	end_send(&p.a, "TAPI-RTP/1 digits 5\nDigits: 4711#\n\n");
	run(2000);
	(void)end_expect(&p.a, RTPMSG_DIGITS_DONE);

	(void)dtmf_rx(rx, heard, (int)heard_count);
	(void)dtmf_rx_get(rx, digits, sizeof(digits) - 1);
	ck_assert_str_eq(digits, "4711#");
	(void)dtmf_rx_free(rx);
	pair_close(&p);
}
END_TEST

START_TEST(pulse_digits_arrive_as_they_were_sent)
{
	struct end_message m;

	open_flowing();
	ask_ok(&p.b, "TAPI-RTP/1 detect 5\nDigits: on\nPulse: on\n\n");
	end_send(&p.a, "TAPI-RTP/1 digits 5\nDigits: 120x9\nMode: pulse\n\n");
	run(6000);
	m = end_expect(&p.a, RTPMSG_DIGITS_DONE);

	ck_assert_str_eq(message_header(&m, "Result"), "done");
	ck_assert_str_eq(digits_told(), "1*2*0*9*");
	pair_close(&p);
}
END_TEST

START_TEST(pulses_are_cancelled_by_a_tone)
{
	struct end_message m;

	open_flowing();
	end_send(&p.a, "TAPI-RTP/1 digits 5\nDigits: 99999\nMode: pulse\n\n");
	run(200);
	end_send(&p.a, "TAPI-RTP/1 tone 6\nSound: beep\n\n");
	run(1000);

	m = end_expect(&p.a, RTPMSG_DIGITS_DONE);
	ck_assert_str_eq(message_header(&m, "Result"), "cancelled");
	m = end_expect(&p.a, RTPMSG_TONE_DONE);
	ck_assert_str_eq(message_header(&m, "Result"), "done");
	pair_close(&p);
}
END_TEST

/* --- tones ------------------------------------------------------------------------------------ */

START_TEST(cng_of_500_ms_is_heard_within_100_ms)
{
	struct end_message m;
	uint64_t began;
	unsigned long tick;

	open_flowing();
	ask_ok(&p.b, "TAPI-RTP/1 tones 5\n\n3 500 1100\n9 500 2100\n");
	run(400);
	began = clock_now_ns() / 1000000u;
	speak_tone(1100, 480);
	ck_assert_uint_eq(p.b.message_count, 0);
	speak_tone(1100, 120);
	run(200);

	m = end_expect(&p.b, RTPMSG_HEARD);
	tick = strtoul(message_header(&m, "Tick"), NULL, 10);
	ck_assert_str_eq(message_header(&m, "Number"), "3");
	ck_assert_uint_ge(tick, began + 500);
	ck_assert_uint_le(tick, began + 600);
	ck_assert_uint_eq(p.b.message_count, 0);
	pair_close(&p);
}
END_TEST

START_TEST(silence_is_heard_as_a_tone_without_frequencies)
{
	struct end_message m;

	open_flowing();
	speak_tone(300, 400);
	ask_ok(&p.b, "TAPI-RTP/1 tones 5\n\n1 1000\n");
	speak_tone(300, 400);
	run(900);
	ck_assert_uint_eq(p.b.message_count, 0);
	run(400);

	m = end_expect(&p.b, RTPMSG_HEARD);
	ck_assert_str_eq(message_header(&m, "Number"), "1");
	pair_close(&p);
}
END_TEST

static const char *const bad_tones[] = { "0 500 1100\n", "65536 500 1100\n", "1 19 1100\n",
	"1 60001 1100\n", "1 500 4000\n", "1 500 0\n", "1 500 1 2 3 4 5\n", "1\n", "\n",
	"1 500 1100", "1 500 1100 \n", "1  500 1100\n", "x 500 1100\n" };

START_TEST(a_tone_that_cannot_be_read_leaves_those_before)
{
	struct end_message m;
	char text[128];

	open_flowing();
	ask_ok(&p.b, "TAPI-RTP/1 tones 5\n\n3 100 1100\n");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 tones 6\n\n%s", bad_tones[_i]);
	end_send(&p.b, text);
	m = end_expect(&p.b, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");

	speak_tone(1100, 400);

	m = end_expect(&p.b, RTPMSG_HEARD);
	ck_assert_str_eq(message_header(&m, "Number"), "3");
	pair_close(&p);
}
END_TEST

START_TEST(more_than_64_tones_are_413_and_none_takes_them_back)
{
	struct end_message m;
	char text[2048] = "TAPI-RTP/1 tones 5\n\n";

	open_flowing();
	for (int i = 1; i <= 65; i++) {
		if (i == 65)
			ask_ok(&p.b, text);
		(void)snprintf(text + strlen(text), sizeof(text) - strlen(text), "%d 100 %d\n", i,
				300 + i * 40);
	}
	end_send(&p.b, text);
	m = end_expect(&p.b, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "413");
	ask_ok(&p.b, "TAPI-RTP/1 tones 7\n\n");
	speak_tone(340, 400);
	run(400);

	ck_assert_uint_eq(p.b.message_count, 0);
	pair_close(&p);
}
END_TEST

static double power_at(const int16_t *samples, size_t count, double hz)
{
	double re = 0, im = 0;

	for (size_t i = 0; i < count; i++) {
		re += samples[i] * cos(TURN * hz * (double)i / RATE);
		im += samples[i] * sin(TURN * hz * (double)i / RATE);
	}
	return sqrt(re * re + im * im) * 2 / (double)count;
}

START_TEST(each_part_of_a_tone_has_its_own_cadence_and_volume)
{
	size_t half = RATE / 2, begin = 0;

	open_flowing();
	end_send(&p.a, "TAPI-RTP/1 tone 5\nDuration: 2000\n\n700 0 0 40000\n1500 500 500 20000\n");
	run(2400);
	(void)end_expect(&p.a, RTPMSG_TONE_DONE);

	while (begin < heard_count && abs(heard[begin]) < 500)
		begin++;
	ck_assert_uint_lt(begin + 2 * half, heard_count);
	ck_assert_double_eq_tol(power_at(heard + begin, half, 700), 10000, 1000);
	ck_assert_double_eq_tol(power_at(heard + begin + half, half, 700), 10000, 1000);
	ck_assert_double_eq_tol(power_at(heard + begin, half, 1500), 5000, 500);
	ck_assert_double_lt(power_at(heard + begin + half + 200, half - 400, 1500), 200);
	pair_close(&p);
}
END_TEST

static const char *const bad_parts[] = { "700 0 0\n", "0 0 0 1\n", "4000 0 0 1\n",
	"700 0 0 65536\n", "700 60001 0 1\n", "700 0 0 1 1\n", "700 0 0 1",
	"1 0 0 1\n2 0 0 1\n3 0 0 1\n4 0 0 1\n5 0 0 1\n" };

START_TEST(a_tone_whose_parts_cannot_be_read_is_400)
{
	struct end_message m;
	char text[128];

	open_flowing();
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 tone 6\n\n%s", bad_parts[_i]);
	end_send(&p.a, text);
	m = end_expect(&p.a, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");
	pair_close(&p);
}
END_TEST

/* --- kinds of media --------------------------------------------------------------------------- */

START_TEST(ced_is_told_as_a_kind_of_media)
{
	static int16_t samples[RATE * 2];
	modem_connect_tones_tx_state_t *tx =
			modem_connect_tones_tx_init(NULL, MODEM_CONNECT_TONES_FAX_CED);
	struct end_message m;

	open_flowing();
	ask_ok(&p.b, "TAPI-RTP/1 detect 5\nDigits: off\nMedia: on\n\n");
	(void)modem_connect_tones_tx(tx, samples, RATE * 2);
	speak(samples, RATE * 2);
	run(2200);

	m = end_expect(&p.b, RTPMSG_MEDIA);
	ck_assert_str_eq(message_header(&m, "Kind"), "ced");
	m = end_expect(&p.b, RTPMSG_MEDIA);
	ck_assert_str_eq(message_header(&m, "Kind"), "silence");
	ck_assert_uint_eq(p.b.message_count, 0);
	(void)modem_connect_tones_tx_free(tx);
	pair_close(&p);
}
END_TEST

static TCase *tcase_new(const char *name, Suite *s)
{
	TCase *c = tcase_create(name);

	tcase_set_timeout(c, 30);
	suite_add_tcase(s, c);
	return c;
}

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

static Suite *suite(void)
{
	Suite *s = suite_create("listen");
	TCase *c = tcase_new("digits", s);

	tcase_add_test(c, digits_in_the_sound_are_told);
	tcase_add_test(c, without_detect_nothing_is_told);
	tcase_add_test(c, a_digit_that_comes_both_ways_is_told_once);
	tcase_add_test(c, digits_are_told_although_the_time_of_the_peer_goes_back);
	tcase_add_test(c, another_peer_does_not_go_on_with_a_digit);
	tcase_add_test(c, what_is_sent_as_events_is_recorded_as_tones);
	tcase_add_test(c, pulse_digits_arrive_as_they_were_sent);
	tcase_add_test(c, pulses_are_cancelled_by_a_tone);
	c = tcase_new("tones", s);
	tcase_add_test(c, cng_of_500_ms_is_heard_within_100_ms);
	tcase_add_test(c, silence_is_heard_as_a_tone_without_frequencies);
	tcase_add_loop_test(c, a_tone_that_cannot_be_read_leaves_those_before, 0, COUNT(bad_tones));
	tcase_add_test(c, more_than_64_tones_are_413_and_none_takes_them_back);
	tcase_add_test(c, each_part_of_a_tone_has_its_own_cadence_and_volume);
	tcase_add_loop_test(c, a_tone_whose_parts_cannot_be_read_is_400, 0, COUNT(bad_parts));
	c = tcase_new("media", s);
	tcase_add_test(c, ced_is_told_as_a_kind_of_media);
	return s;
}

TEST_MAIN(suite())
