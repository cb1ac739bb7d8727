// SPDX-License-Identifier: MIT
/* test_format.c - the formats that the application of a call prefers: in offers and answers, before
 * and while the call is up, between two instances of the rtp MSP. */
#include "pair.h"

#include "test_main.h"

#include <stdio.h>
#include <string.h>

static const GUID iid_format = MSP_IID_FORMAT_CONTROL;
static const struct msp_format_control *control;
static struct pair p;

static void open_pair(void)
{
	pair_open(&p);
	control = stream_interface(p.a.capture, &iid_format);
}

static LONG prefer(struct end *e, const char *names)
{
	LONG r = control->set_preferred(e->capture, names);

	end_drain(e);
	return r;
}

static const char *current(struct msp_stream *stream)
{
	static struct msp_format f;

	return control->current(stream, &f) == 0 ? f.codec : "";
}

static const char *body_of(const struct end_message *m)
{
	return strstr(m->bytes, "\n\n") + 2;
}

static void say(struct end *e, const char *head, const char *codecs, const char *body)
{
	char text[8192];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s\n%s%s%s\n%s", head,
			codecs ? "Codecs: " : "", codecs ? codecs : "", codecs ? "\n" : "", body);
	end_send(e, text);
}

/* Both ends agree by the lists of their lines. */
static void agree(const char *a_line, const char *b_line)
{
	struct end_message m;

	say(&p.a, "offer? 1", a_line, "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	say(&p.b, "offer 1", b_line, body_of(&m));
	m = end_expect(&p.b, RTPMSG_ANSWER);
	say(&p.a, "answer 1", NULL, body_of(&m));
	ck_assert_uint_eq(p.a.message_count, 0);
}

/* What a TSP does with an offer that nobody asked for. */
static void pass_new_offer(struct end *from, struct end *to, int id)
{
	struct end_message m = end_expect(from, RTPMSG_OFFER);
	struct rtpmsg read;
	char head[64];

	ck_assert_int_eq(rtpmsg_parse(m.bytes, m.size, &read), 0);
	ck_assert_str_eq(message_header(&m, "New"), "yes");
	(void)snprintf(head, sizeof(head), "offer %d", id);
	say(to, head, NULL, body_of(&m));
	m = end_expect(to, RTPMSG_ANSWER);
	(void)snprintf(head, sizeof(head), "answer %u\nNew: yes", (unsigned int)read.id);
	say(from, head, NULL, body_of(&m));
}

START_TEST(capabilities_are_told_with_their_place)
{
	struct msp_format f;
	unsigned int count = 0, g722 = 0;

	open_pair();
	ck_assert_int_eq(prefer(&p.a, "G722 PCMU"), 0);
	for (; control->capability(p.a.render, count, &f) == 0; count++) {
		if (strcmp(f.codec, "G722") == 0) {
			g722++;
			ck_assert_uint_eq(f.place, 1);
			ck_assert_uint_eq(f.clock, 8000);
			ck_assert_uint_eq(f.rate, 16000);
			ck_assert_uint_eq(f.bit_rate, 64000);
		} else {
			ck_assert_uint_eq(f.place, strcmp(f.codec, "PCMU") == 0 ? 2 : 0);
		}
	}

	ck_assert_uint_eq(g722, 1);
	ck_assert_uint_ge(count, 8);
	ck_assert_int_eq(control->capability(p.a.render, count, &f), TAPI_E_NOITEMS);
	ck_assert_int_eq(control->current(p.a.capture, &f), TAPI_E_NOITEMS);
	pair_close(&p);
}
END_TEST

static const struct {
	const char *line, *wish, *offer;
} orders[] = {
	{ "opus G722 PCMU PCMA", "", " RTP/AVP 96 9 0 8 101 110\r\n" },
	{ "opus G722 PCMU PCMA", "PCMA G722", " RTP/AVP 8 9 101\r\n" },
	{ "opus G722 PCMU PCMA", "PCMU  opus", " RTP/AVP 0 96 101 110\r\n" },
	{ "G722 PCMU", "PCMA pcmu speex", " RTP/AVP 0 101\r\n" },
	{ NULL, "G722 PCMA", " RTP/AVP 9 8 101\r\n" }, /* a TSP that does not mind */
};

START_TEST(the_offer_has_the_order_of_the_application_within_the_bounds_of_the_line)
{
	struct end_message m;

	open_pair();
	ck_assert_int_eq(prefer(&p.a, orders[_i].wish), 0);
	ck_assert_uint_eq(p.a.message_count, 0);
	say(&p.a, "offer? 1", orders[_i].line, "");

	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_msg(strstr(m.bytes, orders[_i].offer) != NULL, "%s", m.bytes);
	pair_close(&p);
}
END_TEST

START_TEST(the_answer_has_the_order_of_the_application)
{
	open_pair();
	ck_assert_int_eq(prefer(&p.b, "G722 PCMU"), 0);
	agree("PCMU G722", "PCMU G722");
	pair_flow(&p);

	ck_assert_str_eq(current(p.a.capture), "G722");
	ck_assert_str_eq(current(p.b.capture), "G722");
	pair_close(&p);
}
END_TEST

START_TEST(names_are_told_back)
{
	const char *names;

	open_pair();
	ck_assert_int_eq(control->preferred(p.a.render, &names), 0);
	ck_assert_str_eq(names, "");
	ck_assert_int_eq(prefer(&p.a, "g722 iLBC  PCMU"), 0);

	ck_assert_int_eq(control->preferred(p.a.render, &names), 0);
	ck_assert_str_eq(names, "G722 PCMU");
	pair_close(&p);
}
END_TEST

START_TEST(a_list_of_which_nothing_is_left_changes_nothing)
{
	const char *names;

	open_pair();
	ck_assert_int_eq(prefer(&p.a, "PCMA"), 0);
	ck_assert_int_eq(prefer(&p.a, "speex"), TAPI_E_NOFORMAT);
	agree("PCMA PCMU", NULL);
	ck_assert_int_eq(prefer(&p.a, "G722"), TAPI_E_NOFORMAT);

	ck_assert_int_eq(control->preferred(p.a.capture, &names), 0);
	ck_assert_str_eq(names, "PCMA");
	ck_assert_uint_eq(p.a.message_count, 0);
	pair_close(&p);
}
END_TEST

START_TEST(a_list_that_the_line_has_nothing_of_is_488)
{
	struct end_message m;

	open_pair();
	ck_assert_int_eq(prefer(&p.a, "G722"), 0);
	ck_assert_int_eq(prefer(&p.b, "PCMA"), 0);
	say(&p.a, "offer? 1", "PCMU PCMA", "");
	m = end_expect(&p.a, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "488");
	ck_assert_ptr_nonnull(strstr(message_header(&m, "Reason"), "the application"));
	say(&p.a, "offer? 2", "G722", "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	say(&p.b, "offer 1", "G722", body_of(&m));

	m = end_expect(&p.b, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "488");
	pair_close(&p);
}
END_TEST

START_TEST(a_running_call_is_offered_anew)
{
	open_pair();
	agree("PCMU G722 opus", "PCMU G722 opus");
	pair_flow(&p);
	ck_assert_str_eq(current(p.a.render), "PCMU");
	ck_assert_int_eq(prefer(&p.a, "PCMU G722 opus"), 0);
	ck_assert_uint_eq(p.a.message_count, 0); /* that is what it has */

	ck_assert_int_eq(prefer(&p.a, "G722"), 0);
	pass_new_offer(&p.a, &p.b, 2);
	pair_step(&p, 20);
	ck_assert_str_eq(current(p.a.capture), "G722");
	ck_assert_str_eq(current(p.b.render), "G722");
	ck_assert_int_eq(prefer(&p.a, ""), 0);
	pass_new_offer(&p.a, &p.b, 3);
	pair_step(&p, 20);

	ck_assert_str_eq(current(p.a.capture), "PCMU");
	ck_assert_str_eq(current(p.a.render), "PCMU");
	ck_assert_uint_eq(p.a.inactive + p.b.inactive, 0);
	pair_close(&p);
}
END_TEST

START_TEST(a_wish_while_an_offer_waits_is_offered_after_its_answer)
{
	struct end_message m;

	open_pair();
	say(&p.a, "offer? 1", "PCMU G722", "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_int_eq(prefer(&p.a, "G722"), 0);
	ck_assert_uint_eq(p.a.message_count, 0);
	say(&p.b, "offer 1", "PCMU G722", body_of(&m));
	m = end_expect(&p.b, RTPMSG_ANSWER);
	say(&p.a, "answer 1", NULL, body_of(&m));
	pass_new_offer(&p.a, &p.b, 2);

	ck_assert_str_eq(current(p.a.capture), "G722");
	pair_close(&p);
}
END_TEST

/* As a TSP says before the call is connected: the answer of before may still come again. */
START_TEST(a_new_offer_that_is_refused_leaves_the_one_before)
{
	struct end_message m, answer;
	struct rtpmsg read;
	char text[64];

	open_pair();
	say(&p.a, "offer? 1", "PCMU G722", "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	say(&p.b, "offer 1", "PCMU G722", body_of(&m));
	answer = end_expect(&p.b, RTPMSG_ANSWER);
	say(&p.a, "answer 1", NULL, body_of(&answer)); /* early */
	ck_assert_int_eq(prefer(&p.a, "G722"), 0);
	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_int_eq(rtpmsg_parse(m.bytes, m.size, &read), 0);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 error %u\nCode: 491\n\n",
			(unsigned int)read.id);
	end_send(&p.a, text);

	say(&p.a, "answer 1", NULL, body_of(&answer)); /* final */
	ck_assert_uint_eq(p.a.message_count, 0);
	ck_assert_str_eq(current(p.a.capture), "PCMU");
	say(&p.a, "offer? 2", NULL, "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_ptr_nonnull(strstr(m.bytes, " RTP/AVP 9 101\r\n"));
	pair_close(&p);
}
END_TEST

START_TEST(what_the_peer_refuses_is_not_wished_any_more)
{
	struct end_message m;
	struct rtpmsg read;
	const char *names;
	char text[64];

	open_pair();
	agree("PCMU G722", "PCMU");
	ck_assert_int_eq(prefer(&p.a, "G722"), 0);
	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_int_eq(rtpmsg_parse(m.bytes, m.size, &read), 0);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 error %u\nCode: 488\n\n",
			(unsigned int)read.id);
	end_send(&p.a, text);

	ck_assert_int_eq(control->preferred(p.a.capture, &names), 0);
	ck_assert_str_eq(names, "");
	ck_assert_str_eq(current(p.a.capture), "PCMU");
	say(&p.a, "offer? 2", NULL, "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_ptr_nonnull(strstr(m.bytes, " RTP/AVP 0 9 101\r\n"));
	pair_close(&p);
}
END_TEST

/* As some do: they agree, with a codec that was not offered. */
START_TEST(an_answer_that_does_not_fit_the_wish_brings_back_what_was)
{
	struct end_message m, answer;
	struct rtpmsg read;
	char text[64];

	open_pair();
	say(&p.a, "offer? 1", "PCMU G722", "");
	m = end_expect(&p.a, RTPMSG_OFFER);
	say(&p.b, "offer 1", "PCMU", body_of(&m));
	answer = end_expect(&p.b, RTPMSG_ANSWER);
	say(&p.a, "answer 1", NULL, body_of(&answer));
	ck_assert_int_eq(prefer(&p.a, "G722"), 0);
	m = end_expect(&p.a, RTPMSG_OFFER);
	ck_assert_int_eq(rtpmsg_parse(m.bytes, m.size, &read), 0);
	(void)snprintf(text, sizeof(text), "answer %u\nNew: yes", (unsigned int)read.id);
	say(&p.a, text, NULL, body_of(&answer));
	pass_new_offer(&p.a, &p.b, 2);

	ck_assert_str_eq(current(p.a.capture), "PCMU");
	ck_assert_uint_eq(p.a.message_count, 0);
	pair_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("format");
	TCase *c = tcase_create("format");

	tcase_add_test(c, capabilities_are_told_with_their_place);
	tcase_add_loop_test(c,
			the_offer_has_the_order_of_the_application_within_the_bounds_of_the_line, 0,
			(int)(sizeof(orders) / sizeof(orders[0])));
	tcase_add_test(c, the_answer_has_the_order_of_the_application);
	tcase_add_test(c, names_are_told_back);
	tcase_add_test(c, a_list_of_which_nothing_is_left_changes_nothing);
	tcase_add_test(c, a_list_that_the_line_has_nothing_of_is_488);
	tcase_add_test(c, a_running_call_is_offered_anew);
	tcase_add_test(c, a_wish_while_an_offer_waits_is_offered_after_its_answer);
	tcase_add_test(c, a_new_offer_that_is_refused_leaves_the_one_before);
	tcase_add_test(c, what_the_peer_refuses_is_not_wished_any_more);
	tcase_add_test(c, an_answer_that_does_not_fit_the_wish_brings_back_what_was);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
