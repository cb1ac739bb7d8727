// SPDX-License-Identifier: MIT
/* test_secure.c - SRTP with keys in the SDP: what is agreed and what is refused, calls between two
 * instances. */
#include "crypto_lines.h"
#include "peer.h"

#include "base/clock.h"
#include "base/log.h"
#include "media/engine.h"
#include "oom.h"
#include "test_main.h"

#include <stdio.h>
#include <string.h>

static struct end e;
static struct peer p;

/* --- what is agreed -------------------------------------------------------------------------- */

static const struct {
	const char *wish, *profile, *crypto;
	const char *answer; /* what the answer's line begins with; "": plain; NULL: 488 */
	const char *answer_profile;
} offers[] = {
	{ "off", "RTP/AVP", "", "", "RTP/AVP" },
	{ "off", "RTP/AVP", LINE("1", A80, KEY), "", "RTP/AVP" },
	{ "off", "RTP/SAVP", LINE("1", A80, KEY), NULL, NULL },
	{ "optional", "RTP/AVP", "", "", "RTP/AVP" },
	{ "optional", "RTP/AVP", LINE("3", A80, KEY), "a=crypto:3 " A80 " inline:", "RTP/AVP" },
	{ "optional", "RTP/SAVP", LINE("3", A32, KEY), "a=crypto:3 " A32 " inline:", "RTP/SAVP" },
	{ "optional", "RTP/SAVP", "", NULL, NULL },
	{ "optional", "RTP/AVP", LINE("1", "F8_128_HMAC_SHA1_80", KEY), "", "RTP/AVP" },
	{ "optional", "RTP/SAVP", LINE("1", "F8_128_HMAC_SHA1_80", KEY), NULL, NULL },
	{ "required", "RTP/SAVP", LINE("1", "F8_128_HMAC_SHA1_80", KEY) LINE("2", A80, KEY),
			"a=crypto:2 " A80 " inline:", "RTP/SAVP" },
	{ "required", "RTP/SAVP", LINE("9", B80, BIG), "a=crypto:9 " B80 " inline:", "RTP/SAVP" },
	{ "required", "RTP/AVP", LINE("1", A80, KEY), "a=crypto:1 " A80 " inline:", "RTP/AVP" },
	{ "required", "RTP/AVP", "", NULL, NULL },
	{ "required", "RTP/SAVP", LINE("1", A80, "short"), NULL, NULL },
	{ "required", "RTP/SAVPF", LINE("1", A80, KEY), NULL, NULL },
};

START_TEST(an_offer_is_answered_as_the_tsp_wishes)
{
	struct end_message m;
	char text[4096];

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer 1\nSRTP: %s\n\n%s", offers[_i].wish,
			peer_sdp(&p, offers[_i].profile, offers[_i].crypto));
	end_send(&e, text);

	if (!offers[_i].answer) {
		m = end_expect(&e, RTPMSG_ERROR);
		ck_assert_str_eq(message_header(&m, "Code"), "488");
		ck_assert_msg(strstr(m.bytes, "codec") == NULL, "%s", m.bytes);
	} else {
		m = end_expect(&e, RTPMSG_ANSWER);
		(void)snprintf(text, sizeof(text), " %s 0", offers[_i].answer_profile);
		ck_assert_msg(strstr(m.bytes, text) != NULL, "%s", m.bytes);
		ck_assert_int_eq(strstr(m.bytes, "a=crypto") != NULL, *offers[_i].answer != '\0');
		ck_assert_ptr_nonnull(strstr(m.bytes, offers[_i].answer));
		ck_assert_ptr_null(strstr(m.bytes, KEY));
		ck_assert_int_eq(end_is_secure(&e), *offers[_i].answer != '\0');
	}
	end_close(&e);
	peer_close(&p);
}
END_TEST

static struct end_message ask_offer(const char *headers)
{
	char text[256];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? 1\n%s\n", headers);
	end_send(&e, text);
	return end_expect(&e, RTPMSG_OFFER);
}

static const struct {
	const char *wish, *profile, *crypto;
	bool good, secure;
} answers[] = {
	{ "off", "RTP/AVP", "", true, false },
	{ "off", "RTP/SAVP", LINE("1", A80, KEY), false, false },
	{ "optional", "RTP/AVP", "", true, false },
	{ "optional", "RTP/AVP", LINE("1", A80, KEY), true, true },
	{ "optional", "RTP/SAVP", LINE("2", A32, KEY), true, true },
	{ "required", "RTP/SAVP", LINE("2", A32, KEY), true, true },
	{ "required", "RTP/SAVP", LINE("3", B80, BIG), true, true },
	{ "required", "RTP/SAVP", LINE("2", A80, KEY), false, false }, /* not that line */
	{ "required", "RTP/SAVP", LINE("4", A80, KEY), false, false },
	{ "required", "RTP/SAVP", "", false, false },
	{ "required", "RTP/AVP", "", false, false },
};

START_TEST(an_answer_must_take_up_a_line_of_the_offer)
{
	struct end_message m;
	char text[4096];

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? 1\nSRTP: %s\n\n", answers[_i].wish);
	end_send(&e, text);
	m = end_expect(&e, RTPMSG_OFFER);
	ck_assert_int_eq(strstr(m.bytes, "RTP/SAVP") != NULL,
			strcmp(answers[_i].wish, "required") == 0);
	ck_assert_int_eq(strstr(m.bytes, "a=crypto:1 " A80 " inline:") != NULL,
			strcmp(answers[_i].wish, "off") != 0);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 answer 1\n\n%s",
			peer_sdp(&p, answers[_i].profile, answers[_i].crypto));
	end_send(&e, text);

	if (!answers[_i].good) {
		m = end_expect(&e, RTPMSG_ERROR);
		ck_assert_str_eq(message_header(&m, "Code"), "488");
	} else {
		ck_assert_uint_eq(e.message_count, 0);
		ck_assert_int_eq(end_is_secure(&e), answers[_i].secure);
	}
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(a_wish_that_is_none_is_refused)
{
	struct end_message m;

	world_open(&e, "127.0.0.1");
	end_send(&e, "TAPI-RTP/1 offer? 1\nSRTP: maybe\n\n");

	m = end_expect(&e, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");
	end_close(&e);
}
END_TEST

START_TEST(our_keys_differ_and_stay_in_a_re_offer)
{
	struct end_message first, again;
	char text[4096];

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	first = ask_offer("SRTP: required\n");
	ck_assert_str_ne(strstr(message_crypto(&first, 0), "inline:"),
			strstr(message_crypto(&first, 1), "inline:"));
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 answer 1\n\n%s",
			peer_sdp(&p, "RTP/SAVP", LINE("1", A80, KEY)));
	end_send(&e, text);
	again = ask_offer("");

	ck_assert_ptr_nonnull(strstr(again.bytes, " RTP/SAVP "));
	ck_assert_str_eq(message_crypto(&first, 0), message_crypto(&again, 0));
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(our_key_changes_with_the_peers)
{
	struct end_message first, same, other;

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	first = peer_call(&p, &e, "SRTP: optional\n", "RTP/SAVP", LINE("1", A80, KEY));
	same = peer_call(&p, &e, "", "RTP/SAVP", LINE("1", A80, KEY) "a=sendonly\r\n");
	ck_assert_str_eq(message_crypto(&first, 0), message_crypto(&same, 0));
	other = peer_call(&p, &e, "", "RTP/SAVP", LINE("1", A80, OTHER));

	ck_assert_str_ne(message_crypto(&first, 0), message_crypto(&other, 0));
	end_close(&e);
	peer_close(&p);
}
END_TEST

/* --- between two instances ------------------------------------------------------------------- */

static void connect_secure(struct pair *w, const char *wish_a, const char *wish_b)
{
	struct end_message offer, answer;
	char text[8192];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? 1\nSRTP: %s\n\n", wish_a);
	end_send(&w->a, text);
	offer = end_expect(&w->a, RTPMSG_OFFER);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer 1\nSRTP: %s\n\n%s", wish_b,
			strstr(offer.bytes, "\n\n") + 2);
	end_send(&w->b, text);
	answer = end_expect(&w->b, RTPMSG_ANSWER);
	end_send_sdp(&w->a, "answer", 1, &answer);
	ck_assert_uint_eq(w->a.message_count, 0);
}

static const struct {
	const char *a, *b;
	bool secure;
} wishes[] = {
	{ "off", "off", false },
	{ "off", "optional", false },
	{ "optional", "off", false },
	{ "optional", "optional", true },
	{ "optional", "required", true },
	{ "required", "optional", true },
	{ "required", "required", true },
};

START_TEST(two_instances_agree_and_hear_each_other)
{
	static struct pair w;

	pair_open(&w);
	connect_secure(&w, wishes[_i].a, wishes[_i].b);
	pair_flow(&w);
	end_send(&w.b, "TAPI-RTP/1 detect 2\nDigits: on\n\n");
	(void)end_expect(&w.b, RTPMSG_OK);
	end_send(&w.a, "TAPI-RTP/1 digits 3\nDigits: 7\n\n");
	pair_step(&w, 300);

	(void)end_expect(&w.b, RTPMSG_DIGIT);
	(void)end_expect(&w.b, RTPMSG_DIGIT);
	(void)end_expect(&w.a, RTPMSG_DIGITS_DONE);
	ck_assert_int_eq(end_is_secure(&w.a), wishes[_i].secure);
	ck_assert_int_eq(end_is_secure(&w.b), wishes[_i].secure);
	ck_assert_uint_ge(end_figure(&w.a, "Received-Packets"), 290);
	ck_assert_uint_ge(end_figure(&w.b, "Received-Packets"), 290);
	ck_assert_uint_eq(end_figure(&w.a, "Stranger") + end_figure(&w.b, "Stranger"), 0);
	ck_assert_uint_gt(end_figure(&w.a, "Round-Trip-Us"), 0); /* reports are understood */
	pair_close(&w);
}
END_TEST

static void expect_flow(struct pair *w, bool secure)
{
	const unsigned long a = end_figure(&w->a, "Received-Packets"),
			    b = end_figure(&w->b, "Received-Packets");

	pair_step(w, 20);
	ck_assert_int_eq(end_is_secure(&w->a), secure);
	ck_assert_int_eq(end_is_secure(&w->b), secure);
	ck_assert_uint_ge(end_figure(&w->a, "Received-Packets"), a + 18);
	ck_assert_uint_ge(end_figure(&w->b, "Received-Packets"), b + 18);
}

START_TEST(a_call_becomes_secure_and_plain_again)
{
	static struct pair w;

	pair_open(&w);
	connect_secure(&w, "off", "off");
	pair_flow(&w);
	expect_flow(&w, false);
	connect_secure(&w, "required", "required");
	expect_flow(&w, true);
	connect_secure(&w, "off", "off");

	expect_flow(&w, false);
	pair_close(&w);
}
END_TEST

START_TEST(hold_and_resume_keep_the_keys_and_the_count)
{
	static struct pair w;
	struct end_message offer, answer;

	pair_open(&w);
	connect_secure(&w, "required", "required");
	pair_flow(&w);
	for (int i = 0; i < 4; i++) {
		end_send(&w.a, i % 2 ? "TAPI-RTP/1 resume 7\n\n" : "TAPI-RTP/1 hold 7\n\n");
		(void)end_expect(&w.a, RTPMSG_OK);
		end_send(&w.a, "TAPI-RTP/1 offer? 8\n\n");
		offer = end_expect(&w.a, RTPMSG_OFFER);
		end_send_sdp(&w.b, "offer", 8, &offer);
		answer = end_expect(&w.b, RTPMSG_ANSWER);
		end_send_sdp(&w.a, "answer", 8, &answer);
		pair_step(&w, 30);
	}

	ck_assert_uint_eq(end_figure(&w.a, "Stranger") + end_figure(&w.b, "Stranger"), 0);
	ck_assert_uint_ge(end_figure(&w.a, "Received-Packets"), 55);
	ck_assert_uint_ge(end_figure(&w.b, "Received-Packets"), 55);
	pair_close(&w);
}
END_TEST

START_TEST(calls_leave_no_descriptor_and_no_key_behind)
{
	static struct pair w;
	unsigned int before;

	pair_open(&w);
	before = open_descriptors();
	for (int i = 0; i < 20; i++) {
		connect_secure(&w, "required", "optional");
		pair_step(&w, 3);
		end_send(&w.a, "TAPI-RTP/1 close 3\n\n");
		end_send(&w.b, "TAPI-RTP/1 close 3\n\n");
		pair_step(&w, 3);
	}

	ck_assert_uint_eq(open_descriptors(), before);
	pair_close(&w);
}
END_TEST

/* --- out of memory --------------------------------------------------------------------------- */

static void ignore_signal(void *host)
{
	(void)host;
}

static const struct msp_host quiet_host = { .version = MSP_VERSION, .signal = ignore_signal };

static void drop_line(enum log_level severity, const char *line, void *arg)
{
	(void)severity;
	(void)line;
	(void)arg;
}

static void tell(const char *text)
{
	(void)msp_provider.receive_tsp_data(e.address, e.call, text, (DWORD)strlen(text));
}

/* Offers and answers with keys, a conference, figures, as far as memory goes. */
static void live_a_little(void)
{
	struct msp_event event;
	char text[4096];

	if (msp_provider.initialize(&quiet_host, &e, &e.address) ||
			msp_provider.create_call(e.address, &e, TAPIMEDIATYPE_AUDIO, 0, &e.call))
		return;
	tell("TAPI-RTP/1 offer? 1\nSRTP: required\nLatch: 127.0.0.1\n\n");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 answer 1\n\n%s",
			peer_sdp(&p, "RTP/SAVP", LINE("1", A80, KEY)));
	tell(text);
	tell("TAPI-RTP/1 mix 2\nGroup: g\n\n");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer 3\n\n%s",
			peer_sdp(&p, "RTP/SAVP", LINE("7", A32, OTHER)));
	tell(text);
	tell("TAPI-RTP/1 figures? 4\n\n");
	clock_advance_ms(20);
	media_engine_step(clock_now_ns());
	while (msp_provider.get_event(e.address, &event) == 0)
		;
}

START_TEST(every_allocation_may_fail)
{
	unsigned int before;

	world_open(&e, "127.0.0.1");
	end_close(&e);
	peer_open(&p, "127.0.0.1");
	log_set_sink(drop_line, NULL);
	before = open_descriptors();
	for (struct oom o = OOM_START; oom_next(&o);) {
		live_a_little();
		end_close(&e);
		ck_assert_uint_eq(open_descriptors(), before);
	}
	peer_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("secure");
	TCase *c = tcase_create("agree");

	tcase_add_loop_test(c, an_offer_is_answered_as_the_tsp_wishes, 0,
			(int)(sizeof(offers) / sizeof(offers[0])));
	tcase_add_loop_test(c, an_answer_must_take_up_a_line_of_the_offer, 0,
			(int)(sizeof(answers) / sizeof(answers[0])));
	tcase_add_test(c, a_wish_that_is_none_is_refused);
	tcase_add_test(c, our_keys_differ_and_stay_in_a_re_offer);
	tcase_add_test(c, our_key_changes_with_the_peers);
	suite_add_tcase(s, c);
	c = tcase_create("pair");
	tcase_add_loop_test(c, two_instances_agree_and_hear_each_other, 0,
			(int)(sizeof(wishes) / sizeof(wishes[0])));
	tcase_add_test(c, a_call_becomes_secure_and_plain_again);
	tcase_add_test(c, hold_and_resume_keep_the_keys_and_the_count);
	tcase_add_test(c, calls_leave_no_descriptor_and_no_key_behind);
	suite_add_tcase(s, c);
	c = tcase_create("oom");
	tcase_add_test(c, every_allocation_may_fail);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
