// SPDX-License-Identifier: MIT
/* test_agree.c - offers and answers that are not just one line of sound: too many lines, too long,
 * no address, media that we do not play; and agreements that follow another. */
#include "crypto_lines.h"
#include "peer.h"

#include "media/session.h"
#include "test_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define HEAD     "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
#define HERE     "c=IN IP4 127.0.0.1\r\n"
#define AUDIO    "m=audio 4000 RTP/AVP 0\r\n"
#define FOUR     AUDIO AUDIO AUDIO AUDIO

static struct end e;
static struct peer p;

static void setup(void)
{
	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
}

static void teardown(void)
{
	end_close(&e);
	peer_close(&p);
}

static void say(const char *head, const char *sdp)
{
	static char text[32768];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s\n\n%s", head, sdp);
	end_send(&e, text);
}

static void expect_error(const char *code, const char *words)
{
	const struct end_message m = end_expect(&e, RTPMSG_ERROR);

	ck_assert_str_eq(message_header(&m, "Code"), code);
	ck_assert_msg(strstr(message_header(&m, "Reason"), words) != NULL, "%s", m.bytes);
	ck_assert_uint_eq(e.message_count, 0);
}

/* The peer is heard, and hears us. */
static void expect_flow(void)
{
	const unsigned long before = end_figure(&e, "Received-Packets");

	(void)peer_heard(&p);
	for (int i = 0; i < 5; i++) {
		peer_say(&p);
		world_step(&e, 1);
	}

	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), before + 5);
	ck_assert_uint_ge(peer_heard(&p), 4);
}

/* --- what cannot be agreed -------------------------------------------------------------------- */

static const struct {
	const char *sdp, *code, *words;
} refused[] = {
	{ HEAD AUDIO, "488", "address" },
	{ HEAD HERE "m=audio 65535 RTP/AVP 0\r\n", "488", "address" }, /* where would RTCP go? */
	{ HEAD HERE "m=audio 0 RTP/AVP 0\r\n", "488", "no audio" },
	{ HEAD HERE "m=video 4000 RTP/AVP 96\r\n", "488", "no audio" },
	{ HEAD HERE, "488", "no audio" },
	{ HEAD HERE FOUR FOUR AUDIO, "413", "" },
	{ HEAD HERE "m=audio none RTP/AVP 0\r\n", "400", "" },
	{ "no description", "400", "" },
};

START_TEST(an_offer_that_cannot_be_taken_is_refused_and_the_next_one_is_taken)
{
	say("offer 7", refused[_i].sdp);

	expect_error(refused[_i].code, refused[_i].words);
	(void)peer_call(&p, &e, "", "RTP/AVP", "");
	expect_flow();
}
END_TEST

START_TEST(an_offer_in_mid_call_that_cannot_be_taken_changes_nothing)
{
	(void)peer_call(&p, &e, "", "RTP/AVP", "");
	say("offer 7", refused[_i].sdp);

	expect_error(refused[_i].code, refused[_i].words);
	expect_flow();
}
END_TEST

START_TEST(an_answer_that_cannot_be_taken_changes_nothing)
{
	(void)peer_call(&p, &e, "", "RTP/AVP", "");
	say("offer? 7", "");
	(void)end_expect(&e, RTPMSG_OFFER);
	say("answer 7", refused[_i].sdp);

	expect_error(refused[_i].code, refused[_i].words);
	expect_flow();
}
END_TEST

/* --- what does not fit ------------------------------------------------------------------------ */

/* Behind the line of sound there is one that our description would have to repeat. */
static const char *with_long_line(void)
{
	static char text[SDP_SIZE_MAX + 2048];
	size_t used = (size_t)snprintf(text, sizeof(text), "%sm=application 9 UDP/BFCP ",
			peer_sdp(&p, "RTP/AVP", LINE("1", A80, KEY)));

	memset(text + used, '*', SDP_SIZE_MAX);
	memcpy(text + used + SDP_SIZE_MAX, "\r\n", 3);
	return text;
}

START_TEST(an_offer_whose_answer_would_be_too_long_is_413_and_changes_nothing)
{
	say("offer 7\nSRTP: optional", with_long_line());
	expect_error("413", "");
	(void)peer_call(&p, &e, "", "RTP/AVP", "");
	say("offer 8", with_long_line());

	expect_error("413", "");
	expect_flow();
}
END_TEST

START_TEST(an_offer_that_would_be_too_long_is_500_and_changes_nothing)
{
	struct end_message m;

	say("offer? 7", "");
	m = end_expect(&e, RTPMSG_OFFER);
	peer_take(&p, &m);
	say("answer 7", with_long_line());
	expect_flow();
	say("offer? 8", "");

	expect_error("500", "");
	expect_flow();
}
END_TEST

/* --- media that we do not play ---------------------------------------------------------------- */

#define VP8 "a=rtpmap:96 VP8/90000\r\n"

static const struct {
	DWORD types;
	const char *line;
	bool kept; /* else it is refused */
} others[] = {
	{ TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, "video 5002 RTP/AVP 96", true },
	{ TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, "video 5002 RTP/SAVP 96", false },
	{ TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, "video 0 RTP/AVP 96", false },
	{ TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, "text 5002 RTP/AVP 96", false },
	{ TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, "audio 5002 RTP/AVP 96", false },
	{ TAPIMEDIATYPE_AUDIO, "video 5002 RTP/AVP 96", false },
};

/* The port of the second line, which is otherwise as it was. */
static unsigned long second_port(const struct end_message *m, const char *line)
{
	const char *at = strstr(m->bytes, "m="), *words = strchr(line, ' ') + 1;
	char *end;
	unsigned long port;

	ck_assert_ptr_nonnull(at);
	at = strstr(at + 2, "m=");
	ck_assert_ptr_nonnull(at);
	ck_assert_int_eq(strncmp(at + 2, line, (size_t)(words - line)), 0);
	port = strtoul(at + 2 + (words - line), &end, 10);
	words += strcspn(words, " ");
	ck_assert_int_eq(strncmp(end, words, strlen(words)), 0);
	return port;
}

static struct end_message offer_with(const char *line)
{
	char extra[128];

	(void)snprintf(extra, sizeof(extra), "m=%s\r\n" VP8, line);
	return peer_call(&p, &e, "", "RTP/AVP", extra);
}

START_TEST(what_is_not_played_is_kept_at_one_port_or_refused)
{
	struct end_message m;
	unsigned long port;

	end_close(&e);
	end_open(&e, others[_i].types, MSP_CALL_INCOMING);
	m = offer_with(others[_i].line);
	port = second_port(&m, others[_i].line);
	ck_assert_int_eq(port != 0, others[_i].kept);
	m = offer_with(others[_i].line);
	ck_assert_uint_eq(second_port(&m, others[_i].line), port);
	say("offer? 8", "");
	m = end_expect(&e, RTPMSG_OFFER);

	ck_assert_uint_eq(second_port(&m, others[_i].line), port);
	expect_flow();
}
END_TEST

START_TEST(video_for_which_there_is_no_descriptor_is_refused)
{
	struct rlimit before, none;
	struct end_message m;

	end_close(&e);
	end_open(&e, others[0].types, MSP_CALL_INCOMING);
	(void)peer_call(&p, &e, "", "RTP/AVP", "");
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	m = offer_with(others[0].line);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	ck_assert_uint_eq(second_port(&m, others[0].line), 0);
	expect_flow();
	m = offer_with(others[0].line);

	ck_assert_uint_ne(second_port(&m, others[0].line), 0);
}
END_TEST

/* --- another agreement ------------------------------------------------------------------------ */

START_TEST(reports_go_where_the_last_description_wants_them)
{
	uint8_t report[RTCP_PACKET_MAX];
	struct peer other;
	char extra[64];

	peer_open(&other, "127.0.0.1");
	(void)peer_call(&p, &e, "", "RTP/AVP", "");
	(void)snprintf(extra, sizeof(extra), "a=rtcp:%u\r\n",
			address_port((const struct sockaddr *)&other.sockets.local) + 1u);
	(void)peer_call(&p, &e, "", "RTP/AVP", extra);
	expect_flow();
	world_step(&e, 300);

	ck_assert_int_gt(recv(other.sockets.rtcp, report, sizeof(report), 0), 0);
	peer_close(&other);
}
END_TEST

START_TEST(another_host_to_latch_to_takes_the_place_of_the_one_before)
{
	struct peer other;

	peer_open(&other, "127.0.0.9");
	(void)peer_call(&p, &e, "Latch: 127.0.0.1\n", "RTP/AVP", "");
	expect_flow();
	(void)peer_call(&p, &e, "Latch: 127.0.0.9\n", "RTP/AVP", "");
	other.theirs = p.theirs;
	peer_say(&p);
	world_step(&e, 2);
	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 5);
	for (int i = 0; i < 3; i++) {
		peer_say(&other);
		world_step(&e, 1);
	}

	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 8);
	ck_assert_uint_gt(peer_heard(&other), 0);
	peer_close(&other);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("agree");
	TCase *c = tcase_create("agree");

	tcase_set_timeout(c, 30);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, an_offer_that_cannot_be_taken_is_refused_and_the_next_one_is_taken,
			0, COUNT(refused));
	tcase_add_loop_test(c, an_offer_in_mid_call_that_cannot_be_taken_changes_nothing, 0,
			COUNT(refused));
	tcase_add_loop_test(c, an_answer_that_cannot_be_taken_changes_nothing, 0, COUNT(refused));
	tcase_add_test(c, an_offer_whose_answer_would_be_too_long_is_413_and_changes_nothing);
	tcase_add_test(c, an_offer_that_would_be_too_long_is_500_and_changes_nothing);
	tcase_add_loop_test(c, what_is_not_played_is_kept_at_one_port_or_refused, 0, COUNT(others));
	tcase_add_test(c, video_for_which_there_is_no_descriptor_is_refused);
	tcase_add_test(c, reports_go_where_the_last_description_wants_them);
	tcase_add_test(c, another_host_to_latch_to_takes_the_place_of_the_one_before);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
