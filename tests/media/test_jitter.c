// SPDX-License-Identifier: MIT
/* test_jitter.c - the jitter buffer: order, loss, duplicates, wrap, lateness, both ways of working.
 */
#include "base/random.h"
#include "media/jitter.h"
#include "test_main.h"

#include <string.h>

#define PACKET 160

static struct jitter j;

/* Packet n of a stream that begins at a sequence and timestamp near their wrap. */
static enum jitter_put put(int n)
{
	uint8_t payload[PACKET];

	/* Mu-law bytes 0x80.. are positive values that fall; each packet has one of its own. */
	memset(payload, 0x80 + n % 100, sizeof(payload));
	return jitter_put(&j, media_codec_at(0), 0xffffff00u + (uint32_t)n * PACKET,
			(uint16_t)(65530 + n), payload, sizeof(payload));
}

static int16_t value_of(int n)
{
	uint8_t byte = (uint8_t)(0x80 + n % 100);
	int16_t v;

	(void)media_codec_at(0)->decode(NULL, &byte, 1, &v);
	return v;
}

/* Which packet the middle of the frame comes from, or -1. */
static int packet_of(const int16_t *frame)
{
	for (int n = 0; n < 100; n++) {
		if (frame[FRAME_SAMPLES / 4] == value_of(n))
			return n;
	}
	return -1;
}

static void begin(bool patient)
{
	memset(&j, 0, sizeof(j));
	j.patient = patient;
	jitter_init(&j);
}

static enum jitter_got get(int16_t *frame)
{
	jitter_tick(&j);
	return jitter_get(&j, frame);
}

/* Takes frames until packet n is heard from its beginning; both of its frames are taken. */
static void expect_packet(int n)
{
	int16_t frame[FRAME_SAMPLES];
	enum jitter_got got = JITTER_WAIT;

	for (int i = 0; i < 10 && got == JITTER_WAIT; i++)
		got = get(frame);
	ck_assert_int_eq(got, JITTER_SOUND);
	ck_assert_int_eq(packet_of(frame), n);
	ck_assert_int_eq(get(frame), JITTER_SOUND);
	ck_assert_int_eq(packet_of(frame), n);
}

START_TEST(packets_play_in_order_over_the_wrap_of_sequence_and_timestamp)
{
	begin(_i);
	for (int n = 0; n < 20; n++)
		ck_assert_int_eq(put(n), JITTER_TAKEN);

	for (int n = 0; n < 20; n++)
		expect_packet(n);
	ck_assert_uint_eq(j.made, 0);
}
END_TEST

START_TEST(packets_out_of_order_play_in_order)
{
	static const int order[] = { 1, 0, 3, 2, 5, 7, 6, 4 };

	begin(_i);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		ck_assert_int_eq(put(order[i]), JITTER_TAKEN);

	for (int n = 0; n < 8; n++)
		expect_packet(n);
	ck_assert_uint_eq(j.made, 0);
}
END_TEST

START_TEST(duplicates_are_played_once)
{
	begin(_i);
	for (int n = 0; n < 4; n++) {
		ck_assert_int_eq(put(n), JITTER_TAKEN);
		ck_assert_int_eq(put(n), JITTER_DUPLICATE);
	}

	for (int n = 0; n < 4; n++)
		expect_packet(n);
}
END_TEST

START_TEST(a_lost_packet_is_made_up_and_the_rest_stays_in_place)
{
	int16_t frame[FRAME_SAMPLES];

	begin(_i);
	for (int n = 0; n < 16; n++) {
		if (n != 2)
			(void)put(n);
	}
	expect_packet(0);
	expect_packet(1);

	ck_assert_int_eq(get(frame), JITTER_MADE);
	ck_assert_int_eq(get(frame), JITTER_MADE);
	expect_packet(3);
	ck_assert_uint_eq(j.made, 2);
}
END_TEST

START_TEST(a_packet_after_its_time_is_late)
{
	int16_t frame[FRAME_SAMPLES];

	begin(_i);
	for (int n = 0; n < 16; n++) {
		if (n != 2)
			(void)put(n);
	}
	for (int i = 0; i < 8; i++)
		(void)get(frame);

	ck_assert_int_eq(put(2), JITTER_LATE);
	ck_assert_int_eq(put(0), JITTER_LATE);
}
END_TEST

START_TEST(a_stalled_sender_loses_nothing_for_a_listener)
{
	int16_t frame[FRAME_SAMPLES];
	int heard = 0;

	begin(false);
	for (int n = 0; n < 4; n++)
		(void)put(n);
	for (int n = 0; n < 4; n++)
		expect_packet(n);
	for (int i = 0; i < 10; i++)
		ck_assert_int_ne(get(frame), JITTER_SOUND); /* 100 ms of nothing */
	for (int n = 4; n < 20; n++)
		ck_assert_int_eq(put(n), JITTER_TAKEN);

	for (int n = 4; n < 20; n++, heard++)
		expect_packet(n);
	ck_assert_int_eq(heard, 16);
	ck_assert_uint_gt(j.target, JITTER_TARGET_MS * 8);
}
END_TEST

START_TEST(a_stalled_sender_leaves_no_trace_in_a_recording)
{
	int16_t frame[FRAME_SAMPLES];

	begin(true);
	for (int n = 0; n < 4; n++)
		(void)put(n);
	for (int n = 0; n < 4; n++)
		expect_packet(n);
	for (int i = 0; i < 150; i++)
		ck_assert_int_eq(get(frame), JITTER_WAIT);
	for (int n = 4; n < 20; n++)
		(void)put(n);

	for (int n = 4; n < 20; n++)
		expect_packet(n);
	ck_assert_uint_eq(j.made, 0);
}
END_TEST

START_TEST(a_recording_goes_on_when_the_sender_stays_away)
{
	int16_t frame[FRAME_SAMPLES];
	int frames = 0;

	begin(true);
	for (int n = 0; n < 2; n++)
		(void)put(n);
	for (int n = 0; n < 2; n++)
		expect_packet(n);
	for (int i = 0; i < 500; i++) {
		jitter_tick(&j);
		while (jitter_get(&j, frame) != JITTER_WAIT)
			frames++;
	}

	ck_assert_int_ge(frames, 495);
	ck_assert_int_le(frames, 505);
}
END_TEST

START_TEST(a_pause_of_the_sender_is_quiet_and_not_loss)
{
	uint8_t payload[PACKET];
	int16_t frame[FRAME_SAMPLES];
	int quiet = 0;

	begin(true);
	for (int n = 0; n < 4; n++)
		(void)put(n);
	memset(payload, 0x80, sizeof(payload));
	/* The next packet has the next sequence and a timestamp 100 ms on. */
	(void)jitter_put(&j, media_codec_at(0), 0xffffff00u + 4 * PACKET + 800,
			(uint16_t)(65530 + 4), payload, sizeof(payload));
	for (int n = 0; n < 4; n++)
		expect_packet(n);
	for (int i = 0; i < 40; i++)
		quiet += get(frame) == JITTER_QUIET;

	ck_assert_int_eq(quiet, 10);
	ck_assert_uint_eq(j.made, 0);
}
END_TEST

/* --- digits ----------------------------------------------------------------------------------- */

/* A packet with the sequence of packet n says first that the digit lasts from one to another. */
static void put_digit(int n, int from, int until, bool lasts)
{
	const struct jitter_digit d = { .digit = '5',
		.from = 0xffffff00u + (uint32_t)from * PACKET,
		.length = (uint32_t)(until - from) * PACKET,
		.clock = 8000,
		.lasts = lasts };

	jitter_put_digit(&j, &d, (uint16_t)(65530 + n));
}

/* The same of 20 ms, by a clock that begins elsewhere. */
static void put_other_digit(int n, bool lasts)
{
	const struct jitter_digit d = { '5', 12345, 960, 48000, lasts };

	jitter_put_digit(&j, &d, (uint16_t)(65530 + n));
}

/* What all frames are until there are no more of them: sound, a digit, silence. */
static const char *frames(char *out)
{
	int16_t frame[FRAME_SAMPLES];
	enum jitter_got got;
	char *at = out;

	while (j.patient || j.count) {
		got = get(frame);
		if (got == JITTER_WAIT)
			break;
		*at++ = got == JITTER_SOUND  ? 's'
			: got == JITTER_MADE ? 'm'
			: j.digit            ? j.digit
					     : '.';
	}
	*at = '\0';
	return out;
}

static void put_sound(int from, int until)
{
	for (int n = from; n < until; n++)
		ck_assert_int_eq(put(n), JITTER_TAKEN);
}

START_TEST(a_digit_is_whole_although_packets_are_lost_or_out_of_order)
{
	char got[512];

	begin(_i);
	put_sound(0, 3);
	put_digit(3, 3, 4, true);
	put_digit(5, 4, 6, true);
	put_digit(4, 6, 6, true); /* comes late, and adds nothing */
	put_digit(7, 6, 8, true); /* 6 is lost */
	put_digit(8, 8, 8, false);
	put_digit(9, 8, 8, false);
	put_sound(10, 13);

	ck_assert_str_eq(frames(got), "ssssss5555555555....ssssss");
}
END_TEST

START_TEST(digits_in_a_row_are_apart)
{
	char got[512];

	begin(_i);
	put_sound(0, 3);
	for (int n = 3; n < 15; n += 6) {
		put_digit(n, n, n + 1, true);
		put_digit(n + 1, n + 1, n + 2, false);
		put_digit(n + 2, n + 2, n + 2, false);
		put_digit(n + 3, n + 2, n + 2, false);
		put_sound(n + 4, n + 6);
	}

	ck_assert_str_eq(frames(got), "ssssss5555....ssss5555....ssss");
}
END_TEST

START_TEST(a_recording_does_not_wait_behind_a_digit)
{
	char got[512];

	begin(true);
	put_sound(0, 3);
	put_digit(3, 3, 4, true);
	put_digit(4, 4, 5, false);
	ck_assert_str_eq(frames(got), "ssssss5555");
	put_digit(5, 5, 5, false);
	put_digit(6, 5, 5, false);
	put_sound(7, 8);

	ck_assert_str_eq(frames(got), "....ss");
}
END_TEST

START_TEST(a_digit_that_is_late_goes_on)
{
	int16_t frame[FRAME_SAMPLES];
	int digit = 0;

	begin(false);
	put_sound(0, 3);
	put_digit(3, 3, 4, true);
	for (int i = 0; i < 8; i++)
		(void)get(frame);
	ck_assert_int_eq(j.digit, '5');
	for (int i = 0; i < 4; i++, digit += j.digit == '5')
		(void)get(frame);
	put_digit(4, 4, 5, false);
	for (int i = 0; i < 2; i++, digit += j.digit == '5')
		(void)get(frame);
	(void)get(frame);

	ck_assert_int_eq(digit, 6);
	ck_assert_int_eq(j.digit, 0);
}
END_TEST

START_TEST(a_digit_is_not_shortened_to_give_back_delay)
{
	char got[512];

	begin(false);
	put_sound(0, 3);
	put_digit(3, 3, 8, false);
	put_sound(8, 10);
	j.surplus = 10 * 80;

	ck_assert_ptr_nonnull(strstr(frames(got), "s5555555555s"));
}
END_TEST

START_TEST(a_digit_that_is_told_at_once_has_its_limit)
{
	char got[512];

	begin(_i);
	put_sound(0, 3);
	put_digit(3, 3, 400, false);

	ck_assert_uint_eq(strspn(frames(got), "s"), 6);
	ck_assert_uint_eq(strspn(got + 6, "5"), 100);
	ck_assert_uint_eq(strlen(got), 106);
}
END_TEST

START_TEST(sound_beside_a_digit_is_no_duplicate)
{
	begin(_i);
	put_sound(0, 3);
	put_digit(3, 3, 4, true);

	ck_assert_int_eq(put(3), JITTER_TAKEN);
	ck_assert_int_eq(put(3), JITTER_DUPLICATE);
}
END_TEST

/* A digit whose packets count by another clock: packets 4 to 8 are told of it. */
START_TEST(while_a_digit_of_another_clock_is_sent_nothing_is_made_up)
{
	int16_t frame[FRAME_SAMPLES];
	int loud = 0, before = 0;

	begin(_i);
	for (int n = 0; n < 4; n++)
		(void)put(n);
	for (int n = 4; n < 9; n++) {
		put_other_digit(n, n < 8);
		for (int i = 0; i < 2; i++) {
			enum jitter_got got = get(frame);

			before += got != JITTER_WAIT;
			loud += got != JITTER_WAIT && packet_of(frame) < 0 && frame[0] != 0;
		}
	}
	for (int n = 9; n < 40; n++) {
		(void)put(n);
		for (int i = 0; i < 2; i++)
			loud += get(frame) != JITTER_WAIT && packet_of(frame) < 0 &&
				frame[FRAME_SAMPLES / 4] != 0;
	}

	ck_assert_int_ge(before, 6);
	ck_assert_int_eq(loud, 0);
	ck_assert_uint_eq(j.made, 0);
}
END_TEST

START_TEST(what_is_lost_before_a_digit_of_another_clock_is_made_up)
{
	int16_t frame[FRAME_SAMPLES];

	begin(false);
	for (int n = 0; n < 4; n++) {
		if (n != 2)
			(void)put(n);
	}
	put_other_digit(4, false);
	for (int i = 0; i < 12; i++)
		(void)get(frame);

	ck_assert_uint_eq(j.made, 2);
}
END_TEST

START_TEST(a_new_timeline_is_taken_up)
{
	uint8_t payload[PACKET] = { 0 };
	int taken = 0;

	begin(_i);
	for (int n = 0; n < 6; n++)
		(void)put(n);
	expect_packet(0);
	for (int n = 0; n < 20; n++)
		taken += jitter_put(&j, media_codec_at(0), 0x70000000u + (uint32_t)n * PACKET,
					 (uint16_t)(30000 + n), payload,
					 sizeof(payload)) == JITTER_TAKEN;

	ck_assert_int_ge(taken, 12);
}
END_TEST

START_TEST(delay_that_nobody_needs_is_given_back)
{
	int16_t frame[FRAME_SAMPLES];
	uint8_t quiet[PACKET];
	int n = 0;

	begin(false);
	memset(quiet, 0xff, sizeof(quiet));
	for (; n < 20; n++) /* 400 ms at once */
		(void)jitter_put(&j, media_codec_at(0), (uint32_t)n * PACKET, (uint16_t)n, quiet,
				PACKET);
	for (int i = 0; i < 1200; i++) {
		if (i % 2 == 0) {
			(void)jitter_put(&j, media_codec_at(0), (uint32_t)n * PACKET, (uint16_t)n,
					quiet, PACKET);
			n++;
		}
		(void)get(frame);
	}

	ck_assert_uint_le(jitter_delay(&j), 2 * JITTER_TARGET_MS * 8);
	ck_assert_uint_eq(j.made, 0);
}
END_TEST

START_TEST(anything_may_arrive_at_any_time)
{
	int16_t frame[FRAME_SAMPLES];
	uint8_t payload[JITTER_PAYLOAD_MAX] = { 0 };

	random_seed(7 + (uint64_t)_i);
	begin(_i & 1);
	for (int i = 0; i < 20000; i++) {
		uint64_t r = random_u64();
		uint32_t timestamp = (uint32_t)(r >> 32);

		if (r & 1)
			timestamp = j.next + (uint32_t)(r >> 40) % 4000 - 500;
		if (r & 2)
			(void)jitter_put(&j, media_codec_at(0), timestamp, (uint16_t)(r >> 16),
					payload, (size_t)(r >> 4) % (JITTER_PAYLOAD_MAX + 2));
		if (r & 4)
			jitter_put_digit(&j,
					&(struct jitter_digit){ '5', timestamp,
							(uint32_t)(r >> 24) & 0xffff,
							r & 16 ? 8000 : 48000, r & 32 },
					(uint16_t)(r >> 16));
		if (r & 8)
			(void)get(frame);
	}

	ck_assert_uint_le(j.count, JITTER_SLOTS);
	random_seed(0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("jitter");
	TCase *c = tcase_create("both");

	tcase_add_loop_test(c, packets_play_in_order_over_the_wrap_of_sequence_and_timestamp, 0, 2);
	tcase_add_loop_test(c, packets_out_of_order_play_in_order, 0, 2);
	tcase_add_loop_test(c, duplicates_are_played_once, 0, 2);
	tcase_add_loop_test(c, a_lost_packet_is_made_up_and_the_rest_stays_in_place, 0, 2);
	tcase_add_loop_test(c, a_packet_after_its_time_is_late, 0, 2);
	tcase_add_loop_test(c, a_new_timeline_is_taken_up, 0, 2);
	tcase_add_loop_test(c, a_digit_is_whole_although_packets_are_lost_or_out_of_order, 0, 2);
	tcase_add_loop_test(c, digits_in_a_row_are_apart, 0, 2);
	tcase_add_loop_test(c, a_digit_that_is_told_at_once_has_its_limit, 0, 2);
	tcase_add_loop_test(c, sound_beside_a_digit_is_no_duplicate, 0, 2);
	tcase_add_loop_test(c, while_a_digit_of_another_clock_is_sent_nothing_is_made_up, 0, 2);
	tcase_add_test(c, what_is_lost_before_a_digit_of_another_clock_is_made_up);
	tcase_add_loop_test(c, anything_may_arrive_at_any_time, 0, 4);
	suite_add_tcase(s, c);
	c = tcase_create("paced");
	tcase_add_test(c, a_stalled_sender_loses_nothing_for_a_listener);
	tcase_add_test(c, delay_that_nobody_needs_is_given_back);
	tcase_add_test(c, a_digit_that_is_late_goes_on);
	tcase_add_test(c, a_digit_is_not_shortened_to_give_back_delay);
	suite_add_tcase(s, c);
	c = tcase_create("patient");
	tcase_add_test(c, a_stalled_sender_leaves_no_trace_in_a_recording);
	tcase_add_test(c, a_recording_goes_on_when_the_sender_stays_away);
	tcase_add_test(c, a_pause_of_the_sender_is_quiet_and_not_loss);
	tcase_add_test(c, a_recording_does_not_wait_behind_a_digit);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
