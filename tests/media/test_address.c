// SPDX-License-Identifier: MIT
/* test_address.c - which addresses a call uses: where it is bound, what its SDP says, from where it
 * takes packets, and answers that come more than once. */
#include "peer.h"

#include "media/session.h"
#include "test_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const GUID iid_statistics = MSP_IID_RTP_STATISTICS;

static struct msp_rtp_figures figures(struct end *e)
{
	const struct msp_rtp_statistics *s = stream_interface(e->render, &iid_statistics);
	struct msp_rtp_figures f;

	ck_assert_int_eq(s->figures(e->render, &f), 0);
	return f;
}

static struct end_message ask_offer(struct end *e, const char *headers)
{
	char text[512];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? 1\n%s\n", headers);
	end_send(e, text);
	return end_expect(e, RTPMSG_OFFER);
}

/* --- where it is bound ----------------------------------------------------------------------- */

static const struct {
	const char *environment, *headers, *connection;
} bound[] = {
	{ NULL, "Address: 127.0.0.1\n", "c=IN IP4 127.0.0.1\r\n" },
	{ NULL, "Address: ::1\n", "c=IN IP6 ::1\r\n" },
	{ "127.0.0.1", "Address: ::1\n", "c=IN IP6 ::1\r\n" },
	{ "127.0.0.1", "Address: 127.0.0.2\n", "c=IN IP4 127.0.0.1\r\n" },
	{ "127.0.0.1", "", "c=IN IP4 127.0.0.1\r\n" },
	{ "127.0.0.1", "Advertise: 192.0.2.9\n", "c=IN IP4 192.0.2.9\r\n" },
	{ "::1", "Advertise: 2001:db8::9\n", "c=IN IP6 2001:db8::9\r\n" },
};

START_TEST(the_description_names_the_address_that_was_asked_for)
{
	static struct end e;
	struct end_message offer;

	world_open(&e, bound[_i].environment);
	offer = ask_offer(&e, bound[_i].headers);

	ck_assert_msg(strstr(offer.bytes, bound[_i].connection) != NULL, "%s", offer.bytes);
	end_close(&e);
}
END_TEST

static const struct {
	const char *headers, *code;
} refused[] = {
	{ "Address: host.example\n", "400" },
	{ "Address: 0.0.0.0\n", "400" },
	{ "Address: 224.0.0.1\n", "400" },
	{ "Address: ::\n", "400" },
	{ "Address: 192.0.2.1\n", "500" }, /* not ours */
	{ "Advertise: 1.2.3\n", "400" },
	{ "Address: ::1\nAdvertise: 192.0.2.1\n", "400" },
	{ "Address: 127.0.0.1\nLatch: ::1\n", "400" },
	{ "Latch: ff02::1\n", "400" },
};

START_TEST(what_is_no_address_is_refused_and_leaves_nothing)
{
	static struct end e;
	struct end_message m;
	unsigned int before;
	char text[512];

	world_open(&e, NULL);
	before = open_descriptors();
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? 1\n%s\n", refused[_i].headers);
	end_send(&e, text);

	m = end_expect(&e, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), refused[_i].code);
	ck_assert_uint_eq(open_descriptors(), before);
	m = ask_offer(&e, "Address: 127.0.0.1\n");
	ck_assert_ptr_nonnull(strstr(m.bytes, "c=IN IP4 127.0.0.1\r\n"));
	end_close(&e);
}
END_TEST

START_TEST(settings_are_kept_until_they_are_replaced)
{
	static struct end e;
	struct end_message offer;

	world_open(&e, "127.0.0.1");
	(void)ask_offer(&e, "Advertise: 192.0.2.9\n");
	end_send(&e, "TAPI-RTP/1 error 1\nCode: 488\n\n");
	offer = ask_offer(&e, "");
	ck_assert_ptr_nonnull(strstr(offer.bytes, "c=IN IP4 192.0.2.9\r\n"));
	end_send(&e, "TAPI-RTP/1 error 1\nCode: 488\n\n");
	offer = ask_offer(&e, "Advertise:\n");

	ck_assert_ptr_nonnull(strstr(offer.bytes, "c=IN IP4 127.0.0.1\r\n"));
	end_close(&e);
}
END_TEST

START_TEST(sound_flows_over_both_families)
{
	static const char *const hosts[] = { "127.0.0.1", "::1" };
	static struct end e;
	struct peer p;
	char headers[64];

	world_open(&e, NULL);
	peer_open(&p, hosts[_i]);
	(void)snprintf(headers, sizeof(headers), "Address: %s\n", hosts[_i]);
	(void)peer_call(&p, &e, headers, "RTP/AVP", "");
	for (int i = 0; i < 10; i++) {
		peer_say(&p);
		world_step(&e, 1);
	}

	ck_assert_uint_eq(figures(&e).packets, 10);
	ck_assert_uint_ge(peer_heard(&p), 8);
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(a_peer_of_the_other_family_is_refused_with_a_reason)
{
	static struct end e;
	struct end_message m;
	struct peer p;
	char text[4096];

	world_open(&e, NULL);
	peer_open(&p, "127.0.0.1");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer 1\nAddress: ::1\n\n%s",
			peer_sdp(&p, "RTP/AVP", ""));
	end_send(&e, text);

	m = end_expect(&e, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "488");
	ck_assert_ptr_nonnull(strstr(message_header(&m, "Reason"), "IPv6"));
	end_close(&e);
	peer_close(&p);
}
END_TEST

/* --- latching -------------------------------------------------------------------------------- */

static const char *const loopbacks[] = { "127.0.0.1", "::1" };

/* The SDP names `said`, the packets come from `real`. */
static void call_behind_nat(struct end *e, struct peer *said, struct peer *real, const char *host,
		const char *latch)
{
	char headers[128];

	world_open(e, NULL);
	peer_open(said, host);
	peer_open(real, host);
	(void)snprintf(headers, sizeof(headers), "Address: %s\nLatch: %s\n", host, latch);
	(void)peer_call(said, e, headers, "RTP/AVP", "");
	real->theirs = said->theirs;
	real->theirs_rtcp = said->theirs_rtcp;
}

START_TEST(the_first_good_packet_fixes_where_sound_goes_and_comes_from)
{
	static struct end e;
	struct peer said, real;
	uint8_t garbage[20] = { 0x40 };

	call_behind_nat(&e, &said, &real, loopbacks[_i], loopbacks[_i]);
	peer_send(&said, said.sockets.rtp, &said.theirs, garbage, sizeof(garbage));
	world_step(&e, 1);
	peer_say(&real);
	world_step(&e, 2);
	ck_assert_uint_eq(figures(&e).packets, 1);
	ck_assert_uint_eq(figures(&e).stranger, 1);
	(void)peer_heard(&said);
	peer_say(&said);
	peer_say(&real);
	world_step(&e, 2);

	ck_assert_uint_eq(figures(&e).packets, 2);
	ck_assert_uint_eq(figures(&e).stranger, 2);
	ck_assert_uint_eq(peer_heard(&said), 0);
	ck_assert_uint_ge(peer_heard(&real), 3);
	end_close(&e);
	peer_close(&said);
	peer_close(&real);
}
END_TEST

START_TEST(reports_go_where_reports_come_from)
{
	static struct end e;
	struct peer said, real;
	uint8_t report[RTCP_PACKET_MAX];
	const struct rtcp_report r = { .ssrc = 0x1234 };
	size_t size = rtcp_write(report, &r, "real");

	call_behind_nat(&e, &said, &real, "127.0.0.1", "127.0.0.1");
	peer_send(&real, real.sockets.rtcp, &real.theirs_rtcp, report, size);
	peer_say(&real);
	world_step(&e, 60);

	ck_assert_int_lt(recv(said.sockets.rtcp, report, sizeof(report), 0), 0);
	ck_assert_int_gt(recv(real.sockets.rtcp, report, sizeof(report), 0), 0);
	end_close(&e);
	peer_close(&said);
	peer_close(&real);
}
END_TEST

START_TEST(only_the_host_that_was_named_can_be_latched_to)
{
	static struct end e;
	struct peer said, real;

	call_behind_nat(&e, &said, &real, "127.0.0.1", "127.0.0.9");
	for (int i = 0; i < 5; i++) {
		peer_say(&real);
		peer_say(&said);
		world_step(&e, 1);
	}

	ck_assert_uint_eq(figures(&e).packets, 0);
	ck_assert_uint_eq(figures(&e).stranger, 10);
	end_close(&e);
	peer_close(&said);
	peer_close(&real);
}
END_TEST

START_TEST(another_agreement_latches_anew_and_without_latch_not_at_all)
{
	static struct end e;
	struct peer said, real;

	call_behind_nat(&e, &said, &real, "127.0.0.1", "127.0.0.1");
	peer_say(&real);
	world_step(&e, 2);
	(void)peer_call(&said, &e, "", "RTP/AVP", "a=sendrecv\r\n"); /* the same: stays */
	peer_say(&real);
	world_step(&e, 2);
	ck_assert_uint_eq(figures(&e).packets, 2);
	(void)peer_call(&said, &e, "Latch:\n", "RTP/AVP", "");
	peer_say(&said);
	peer_say(&real);
	world_step(&e, 2);

	ck_assert_uint_eq(figures(&e).packets, 3);
	end_close(&e);
	peer_close(&said);
	peer_close(&real);
}
END_TEST

/* --- answers that come again ----------------------------------------------------------------- */

static void answer(struct end *e, const struct peer *p)
{
	char text[4096];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 answer 1\n\n%s", peer_sdp(p, "RTP/AVP", ""));
	end_send(e, text);
}

START_TEST(each_answer_takes_the_place_of_the_one_before)
{
	static struct end e;
	struct end_message offer;
	struct peer branch[2];

	world_open(&e, "127.0.0.1");
	offer = ask_offer(&e, "");
	for (int i = 0; i < 2; i++) {
		peer_open(&branch[i], "127.0.0.1");
		peer_take(&branch[i], &offer);
		answer(&e, &branch[i]);
		ck_assert_uint_eq(e.message_count, 0);
		peer_say(&branch[i]);
		world_step(&e, 5);
		ck_assert_uint_eq(figures(&e).packets, (unsigned int)i + 1);
		ck_assert_uint_ge(peer_heard(&branch[i]), 4);
	}
	peer_say(&branch[0]);
	world_step(&e, 5);

	ck_assert_uint_eq(figures(&e).packets, 2);
	ck_assert_uint_eq(peer_heard(&branch[0]), 0);
	end_close(&e);
	peer_close(&branch[0]);
	peer_close(&branch[1]);
}
END_TEST

START_TEST(a_bad_repeated_answer_leaves_the_first_in_force)
{
	static struct end e;
	struct end_message m;
	struct peer p;

	world_open(&e, "127.0.0.1");
	m = ask_offer(&e, "");
	peer_open(&p, "127.0.0.1");
	peer_take(&p, &m);
	answer(&e, &p);
	end_send(&e, "TAPI-RTP/1 answer 1\n\nv=0\r\nm=audio 0 RTP/AVP 0\r\n");
	m = end_expect(&e, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "488");
	peer_say(&p);
	world_step(&e, 3);

	ck_assert_uint_eq(figures(&e).packets, 1);
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(a_newer_offer_ends_the_repeating)
{
	static struct end e;
	struct end_message m;
	struct peer p;

	world_open(&e, "127.0.0.1");
	m = ask_offer(&e, "");
	peer_open(&p, "127.0.0.1");
	peer_take(&p, &m);
	answer(&e, &p);
	if (_i)
		end_send(&e, "TAPI-RTP/1 close 2\n\n");
	else
		(void)peer_call(&p, &e, "", "RTP/AVP", "");
	answer(&e, &p);

	m = end_expect(&e, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "481");
	end_close(&e);
	peer_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("address");
	TCase *c = tcase_create("bound");

	tcase_add_loop_test(c, the_description_names_the_address_that_was_asked_for, 0,
			(int)(sizeof(bound) / sizeof(bound[0])));
	tcase_add_loop_test(c, what_is_no_address_is_refused_and_leaves_nothing, 0,
			(int)(sizeof(refused) / sizeof(refused[0])));
	tcase_add_test(c, settings_are_kept_until_they_are_replaced);
	tcase_add_loop_test(c, sound_flows_over_both_families, 0, 2);
	tcase_add_test(c, a_peer_of_the_other_family_is_refused_with_a_reason);
	suite_add_tcase(s, c);
	c = tcase_create("latch");
	tcase_add_loop_test(c, the_first_good_packet_fixes_where_sound_goes_and_comes_from, 0, 2);
	tcase_add_test(c, reports_go_where_reports_come_from);
	tcase_add_test(c, only_the_host_that_was_named_can_be_latched_to);
	tcase_add_test(c, another_agreement_latches_anew_and_without_latch_not_at_all);
	suite_add_tcase(s, c);
	c = tcase_create("answers");
	tcase_add_test(c, each_answer_takes_the_place_of_the_one_before);
	tcase_add_test(c, a_bad_repeated_answer_leaves_the_first_in_force);
	tcase_add_loop_test(c, a_newer_offer_ends_the_repeating, 0, 2);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
