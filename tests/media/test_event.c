// SPDX-License-Identifier: MIT
/* test_event.c - RFC 4733 digits, sent and received, with packets lost on the way. */
#include "media/event.h"
#include "test_main.h"

#include <string.h>

struct packet {
	uint8_t payload[EVENT_PAYLOAD_SIZE];
	uint32_t timestamp, at;
	bool marker;
};

#define PACKETS 300

/* Everything that is sent for these digits; returns how many packets. */
static int send_at(uint32_t clock, const char *digits, uint32_t duration, uint32_t pause,
		struct packet *out)
{
	struct event_sender s;
	uint32_t now = 0xffffff00u; /* wraps on the way */
	int n = 0;

	event_sender_init(&s);
	event_sender_start(&s, digits, duration, pause);
	for (; n < PACKETS; now += clock / TICKS_PER_S) {
		struct packet *p = &out[n];
		struct event_packet e;
		enum event_step step = event_sender_tick(&s, now, clock, &e);

		if (step == EVENT_DONE)
			break;
		if (step != EVENT_PACKET)
			continue;
		memcpy(p->payload, e.payload, sizeof(p->payload));
		p->timestamp = e.timestamp;
		p->marker = e.marker;
		p->at = now;
		n++;
	}
	return n;
}

static int send_all(const char *digits, uint32_t duration, uint32_t pause, struct packet *out)
{
	return send_at(8000, digits, duration, pause, out);
}

static uint32_t duration_of(const struct packet *p)
{
	return (uint32_t)p->payload[2] << 8 | p->payload[3];
}

START_TEST(a_digit_is_five_updates_and_three_ends)
{
	struct packet p[PACKETS];

	int n = send_all("5", 100, 50, p);

	ck_assert_int_eq(n, 7);
	for (int i = 0; i < n; i++) {
		ck_assert_uint_eq(p[i].payload[0], 5);
		ck_assert_uint_eq(p[i].timestamp, p[0].timestamp);
		ck_assert_int_eq(p[i].marker, i == 0);
		ck_assert_uint_eq(duration_of(&p[i]), i < 5 ? 160u * (uint32_t)(i + 1) : 800);
		ck_assert_int_eq(p[i].payload[1] >> 7, i >= 4);
	}
	ck_assert_uint_eq(p[0].timestamp, p[0].at);
}
END_TEST

START_TEST(digits_begin_after_duration_and_pause)
{
	struct packet p[PACKETS];
	int n = send_all("1,A", 40, 60, p);

	/* 40 ms, 60 ms of pause, then the comma's two seconds. */
	ck_assert_int_eq(n, 8);
	ck_assert_uint_eq(p[4].timestamp - p[0].timestamp, (40 + 60 + 2000) * 8);
	ck_assert_uint_eq(p[4].payload[0], 12);
}
END_TEST

/* 2 s are 96000 of that clock, more than an event's 16 bits: it is told in two segments. */
START_TEST(a_digit_may_be_longer_than_a_segment)
{
	struct event_receiver r;
	struct event_change c[3], all[6];
	struct packet p[PACKETS];
	int n = send_at(48000, "5", 2000, 40, p), changes = 0;

	ck_assert_int_eq(n, 102);
	ck_assert_uint_eq(duration_of(&p[0]), 960);
	ck_assert_uint_eq(duration_of(&p[68]), 0xffff);
	ck_assert_uint_eq(p[69].timestamp - p[68].timestamp, 0xffff);
	event_receiver_init(&r);
	for (int i = 0; i < n; i++) {
		int k = event_receiver_packet(&r, p[i].timestamp, p[i].payload, 4, c);

		ck_assert_int_le(changes + k, 6);
		memcpy(all + changes, c, (size_t)k * sizeof(c[0]));
		changes += k;
		ck_assert_int_eq(p[i].marker, i == 0);
	}

	ck_assert_int_eq(changes, 2);
	ck_assert_uint_eq(all[1].duration, 96000);
}
END_TEST

START_TEST(what_is_no_digit_is_skipped)
{
	struct packet p[PACKETS];

	ck_assert_int_eq(send_all("x y", 40, 40, p), 0);
	ck_assert_int_eq(send_all("", 40, 40, p), 0);
	ck_assert_int_eq(send_all("x7", 40, 40, p), 4);
	ck_assert_uint_eq(p[0].payload[0], 7);
}
END_TEST

/* What a receiver makes of the packets of which keep(i) is true: digits as they go down, and
 * lower-case u as they go up. */
static void receive(const struct packet *p, int n, bool (*keep)(const struct packet *, int),
		char *out)
{
	struct event_receiver r;
	struct event_change c[3];

	event_receiver_init(&r);
	for (int i = 0; i < n; i++) {
		int changes = 0;

		if (keep(p, i))
			changes = event_receiver_packet(&r, p[i].timestamp, p[i].payload,
					sizeof(p[i].payload), c);
		for (int k = 0; k < changes; k++)
			*out++ = c[k].down ? c[k].digit : 'u';
	}
	for (int i = 0; i < 10; i++) {
		if (event_receiver_tick(&r, c))
			*out++ = 'u';
	}
	*out = '\0';
}

static bool keep_all(const struct packet *p, int i)
{
	(void)p;
	(void)i;
	return true;
}

static bool lose_ends(const struct packet *p, int i)
{
	return !(p[i].payload[1] & 0x80);
}

static bool only_last_end(const struct packet *p, int i)
{
	return (p[i].payload[1] & 0x80) && (i == 0 || p[i - 1].payload[1] & 0x80);
}

static bool lose_every_other(const struct packet *p, int i)
{
	(void)p;
	return i % 2;
}

START_TEST(each_digit_is_heard_once_whatever_is_lost)
{
	static bool (*const losses[])(const struct packet *, int) = { keep_all, lose_ends,
		only_last_end, lose_every_other };
	struct packet p[PACKETS];
	char heard[64];

	receive(p, send_all("4711#", 100, 50, p), losses[_i], heard);

	ck_assert_str_eq(heard, "4u7u1u1u#u");
}
END_TEST

START_TEST(packets_out_of_order_change_nothing)
{
	struct packet p[PACKETS], swapped;
	char heard[64];
	int n = send_all("12", 100, 50, p);

	for (int i = 0; i + 1 < n; i += 2) {
		swapped = p[i];
		p[i] = p[i + 1];
		p[i + 1] = swapped;
	}
	receive(p, n, keep_all, heard);

	ck_assert_str_eq(heard, "1u2u");
}
END_TEST

START_TEST(the_duration_is_the_senders)
{
	struct event_receiver r;
	struct event_change c[3];
	struct packet p[PACKETS];
	int n = send_all("9", 300, 40, p), changes = 0;

	event_receiver_init(&r);
	for (int i = 0; i < n; i++) {
		struct event_change now[3];
		int k = event_receiver_packet(&r, p[i].timestamp, p[i].payload, 4, now);

		memcpy(c + changes, now, (size_t)k * sizeof(c[0]));
		changes += k;
	}

	ck_assert_int_eq(changes, 2);
	ck_assert(!c[1].down);
	ck_assert_uint_eq(c[1].duration, 2400);
}
END_TEST

START_TEST(a_long_key_goes_on_in_a_second_segment)
{
	struct event_receiver r;
	struct event_change c[3];
	const uint8_t full[] = { 5, 10, 0xff, 0xff }, more[] = { 5, 10, 0, 160 },
		      end[] = { 5, 0x8a, 1, 64 };

	event_receiver_init(&r);
	ck_assert_int_eq(event_receiver_packet(&r, 1000, full, 4, c), 1);
	ck_assert_int_eq(event_receiver_packet(&r, 1000 + 0xffff, more, 4, c), 0);

	ck_assert_int_eq(event_receiver_packet(&r, 1000 + 0xffff, end, 4, c), 1);
	ck_assert_uint_eq(c[0].duration, 0xffff + 320);
}
END_TEST

START_TEST(what_is_no_event_is_left_alone)
{
	struct event_receiver r;
	struct event_change c[3];
	const uint8_t fax[] = { 36, 10, 0, 160 }, cut[] = { 5, 10, 0 };

	event_receiver_init(&r);

	ck_assert_int_eq(event_receiver_packet(&r, 1000, fax, 4, c), 0);
	ck_assert_int_eq(event_receiver_packet(&r, 1000, cut, 3, c), 0);
	ck_assert_int_eq(event_of_digit('\0'), -1);
	ck_assert_int_eq(event_of_digit('d'), 15);
	ck_assert_int_eq(digit_of_event(16), '!');
	ck_assert_int_eq(digit_of_event(17), '\0');
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("event");
	TCase *c = tcase_create("sending");

	tcase_add_test(c, a_digit_is_five_updates_and_three_ends);
	tcase_add_test(c, digits_begin_after_duration_and_pause);
	tcase_add_test(c, a_digit_may_be_longer_than_a_segment);
	tcase_add_test(c, what_is_no_digit_is_skipped);
	suite_add_tcase(s, c);
	c = tcase_create("receiving");
	tcase_add_loop_test(c, each_digit_is_heard_once_whatever_is_lost, 0, 4);
	tcase_add_test(c, packets_out_of_order_change_nothing);
	tcase_add_test(c, the_duration_is_the_senders);
	tcase_add_test(c, a_long_key_goes_on_in_a_second_segment);
	tcase_add_test(c, what_is_no_event_is_left_alone);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
