// SPDX-License-Identifier: MIT
/* test_provider.c - calls of the SIP provider: what its host and its MSP are told, and when. Each
 * request is completed once, whatever happens. */
#include "world.h"

#include "providers/sip/call.h"
#include "providers/sip/hosts.h"
#include "providers/sip/sdp.h"

#include "../test_main.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OFFER                                                                                      \
	"TAPI-RTP/1 offer 1\n\nv=0\r\no=- 5 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 "                \
	"127.0.0.1\r\nt=0 "                                                                        \
	"0\r\nm=audio 5000 RTP/AVP 0\r\n"
#define ANSWER                                                                                     \
	"TAPI-RTP/1 answer 1\n\nv=0\r\no=- 5 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 "               \
	"127.0.0.1\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0\r\n"

static void stop(void)
{
	world_stop();
}

/* 1 is CONNECTED, by us. */
static void connect_out(void)
{
	(void)world_dial();
	world_expect("1 msp offer? 1");
	world_msp_says(world_call(1), OFFER);
	(void)peer_expect("INVITE");
	peer_answers("200 OK", world_sdp);
	(void)peer_expect("ACK");
	world_expect("1 CALLSTATE CONNECTED 1");
}

START_TEST(any_port_is_one_that_nobody_has)
{
	world_ports_taken = 3;
	world_start(false, NULL);
	ck_assert_uint_eq(world_ports_taken, 0);
	world_stop();
}
END_TEST

START_TEST(call_rings_connects_and_ends_here)
{
	world_start(true, NULL);
	(void)world_dial();
	world_expect("reply 100 0");
	world_expect("1 CALLSTATE DIALING 0");
	world_expect("1 msp offer? 1");
	world_msp_says(world_call(1), OFFER);
	ck_assert_ptr_nonnull(strstr(peer_expect("INVITE"), "m=audio 5000"));
	peer_answers("180 Ringing", NULL);
	world_expect("1 CALLSTATE RINGBACK 0");
	peer_answers("200 OK", world_sdp);
	(void)peer_expect("ACK");
	world_expect("1 msp answer 1");
	world_expect("1 CALLSTATE CONNECTED 1");

	ck_assert_int_eq(TSPI_lineDrop(101, world_call(1), NULL, 0), 101);

	(void)peer_expect("BYE");
	peer_answers("200 OK", NULL);
	world_expect("reply 101 0");
	world_expect("1 CALLSTATE IDLE 0");
	ck_assert_int_eq(TSPI_lineCloseCall(world_call(1)), 0);
}
END_TEST

START_TEST(call_without_media_offers_silence)
{
	world_start(false, NULL);
	(void)world_dial();

	ck_assert_ptr_nonnull(strstr(peer_expect("INVITE"), "a=inactive"));
	peer_answers("200 OK", world_sdp);

	(void)peer_expect("ACK");
	world_expect("1 CALLSTATE CONNECTED 1");
}
END_TEST

START_TEST(call_of_an_msp_that_is_gone_offers_silence)
{
	world_start(true, NULL);
	(void)world_dial();
	world_expect("1 msp offer? 1");

	world_msp_says(world_call(1), "");

	ck_assert_ptr_nonnull(strstr(peer_expect("INVITE"), "a=inactive"));
}
END_TEST

START_TEST(msp_that_does_not_answer_is_waited_for_no_longer_than_media_ms)
{
	static const char *const keys[] = { "media_ms", "100", NULL };

	world_start(true, keys);
	(void)world_dial();

	ck_assert_ptr_nonnull(strstr(peer_expect("INVITE"), "a=inactive"));
}
END_TEST

START_TEST(incoming_call_is_answered_and_ends_there)
{
	world_start(true, NULL);
	peer_requests("INVITE", world_sdp);
	world_expect("NEWCALL 1");
	world_expect("1 CALLSTATE OFFERING 1");
	ck_assert_int_eq(TSPI_lineAccept(100, world_call(1), NULL, 0), 100);
	(void)peer_expect("SIP/2.0 180");
	ck_assert_int_eq(TSPI_lineAnswer(101, world_call(1), NULL, 0), 101);
	world_expect("1 msp offer 1");
	world_msp_says(world_call(1), ANSWER);
	ck_assert_ptr_nonnull(strstr(peer_expect("SIP/2.0 200"), "m=audio 5000"));
	peer_requests("ACK", NULL);
	world_expect("1 CALLSTATE CONNECTED 1");
	ck_assert_uint_eq(world_count("reply 101 0"), 1);

	peer_requests("BYE", NULL);

	world_expect("1 CALLSTATE DISCONNECTED 1");
	(void)peer_expect("SIP/2.0 200");
}
END_TEST

static DWORD features(HDRVCALL call)
{
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };

	ck_assert_int_eq(TSPI_lineGetCallStatus(call, &status), 0);
	return status.dwCallFeatures;
}

START_TEST(call_is_redirected_before_it_is_accepted)
{
	world_start(true, NULL);
	peer_requests("INVITE", world_sdp);
	world_expect("NEWCALL 1");
	world_expect("1 CALLSTATE OFFERING 1");
	ck_assert_uint_ne(features(world_call(1)) & LINECALLFEATURE_REDIRECT, 0);

	ck_assert_int_eq(TSPI_lineAccept(101, world_call(1), NULL, 0), 101);
	world_expect("1 CALLSTATE ACCEPTED 0");

	ck_assert_uint_eq(features(world_call(1)) & LINECALLFEATURE_REDIRECT, 0);
	ck_assert_int_eq(TSPI_lineRedirect(102, world_call(1), "sip:elsewhere@127.0.0.1", 0),
			LINEERR_INVALCALLSTATE);
}
END_TEST

/* What is heard of a party belongs to its conference. */
START_TEST(party_is_not_listened_to)
{
	HDRVCALL conference, consult;

	world_start(true, NULL);
	connect_out();
	ck_assert_int_eq(TSPI_lineSetupConference(101, world_call(1), world_line(), 2, &conference,
					 3, &consult, 3, NULL),
			101);
	(void)peer_expect("INVITE");
	peer_answers("200 OK", world_sdp);
	world_expect("1 CALLSTATE ? 2"); /* CONFERENCED */

	ck_assert_uint_eq(features(world_call(1)) & LINECALLFEATURE_MONITORDIGITS, 0);
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(1), LINEDIGITMODE_DTMF),
			LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(answer_that_is_not_agreed_fails_once)
{
	world_start(true, NULL);
	peer_requests("INVITE", world_sdp);
	world_expect("1 CALLSTATE OFFERING 1");
	ck_assert_int_eq(TSPI_lineAnswer(101, world_call(1), NULL, 0), 101);
	world_expect("1 msp offer 1");

	world_msp_says(world_call(1),
			"TAPI-RTP/1 error 1\nCode: 488\nReason: nothing in common\n\n");

	(void)peer_expect("SIP/2.0 488");
	world_expect("reply 101 failed");
	ck_assert_int_eq(TSPI_lineCloseCall(world_call(1)), 0);
	ck_assert_uint_eq(world_count("reply 101 failed"), 1);
}
END_TEST

START_TEST(hold_is_a_re_invite_and_completes_when_it_is_answered)
{
	world_start(true, NULL);
	connect_out();

	ck_assert_int_eq(TSPI_lineHold(102, world_call(1)), 102);

	world_expect("1 msp hold 2");
	world_expect("1 msp offer? 3");
	world_msp_says(world_call(1), "TAPI-RTP/1 ok 2\n\n");
	world_msp_says(world_call(1), "TAPI-RTP/1 offer 3\n\nv=0\r\nm=audio 5000 RTP/AVP "
				      "0\r\na=inactive\r\n");
	ck_assert_ptr_nonnull(strstr(peer_expect("INVITE"), "a=inactive"));
	ck_assert_uint_eq(world_count("reply 102 0"), 0);
	peer_answers("200 OK", world_sdp);
	(void)peer_expect("ACK");
	world_expect("1 CALLSTATE ONHOLD 0");
	ck_assert_uint_eq(world_count("reply 102 0"), 1);
}
END_TEST

START_TEST(hold_that_is_refused_fails_and_the_call_goes_on)
{
	world_start(true, NULL);
	connect_out();
	ck_assert_int_eq(TSPI_lineHold(102, world_call(1)), 102);
	world_expect("1 msp offer? 3");
	world_msp_says(world_call(1), "TAPI-RTP/1 offer 3\n\nv=0\r\nm=audio 5000 RTP/AVP 0\r\n");
	(void)peer_expect("INVITE");

	peer_answers("488 Not Acceptable Here", NULL);

	world_expect("1 msp error 3");
	world_expect("1 msp resume 4");
	world_expect("reply 102 failed");
	ck_assert_uint_eq(world_count("1 CALLSTATE ONHOLD 0"), 0);
}
END_TEST

START_TEST(what_is_pending_ends_once_when_the_line_is_closed)
{
	world_start(true, NULL);
	connect_out();
	ck_assert_int_eq(TSPI_lineHold(102, world_call(1)), 102);
	world_expect("1 msp offer? 3");

	ck_assert_int_eq(TSPI_lineClose(world_line()), 0);

	ck_assert_uint_eq(world_count("reply 102 failed"), 1);
	(void)peer_expect("BYE");
}
END_TEST

START_TEST(call_that_is_cancelled_before_anybody_answers_is_idle)
{
	world_start(true, NULL);
	(void)world_dial();
	world_expect("1 msp offer? 1");
	world_msp_says(world_call(1), OFFER);
	(void)peer_expect("INVITE");
	peer_answers("180 Ringing", NULL);
	world_expect("1 CALLSTATE RINGBACK 0");

	ck_assert_int_eq(TSPI_lineDrop(101, world_call(1), NULL, 0), 101);

	world_expect("1 CALLSTATE IDLE 0");
	(void)peer_expect("CANCEL");
	peer_answers("200 OK", NULL);
}
END_TEST

/* What no MSP should say. */
static const char *const nonsense[] = {
	"TAPI-RTP/1 offer 77\n\nv=0\r\n",
	"TAPI-RTP/1 answer 1\n\n",
	"TAPI-RTP/1 answer 99\n\nv=0\r\n",
	"TAPI-RTP/1 error 1\nCode: 999999\n\n",
	"TAPI-RTP/1 error 0\n\n",
	"TAPI-RTP/1 offer? 5\n\n",
	"TAPI-RTP/2 offer 1\n\n",
	"TAPI-RTP/1 figures 3\nCodec: x\n\n",
	"TAPI-RTP/1 digits-done 9\n\n",
	"TAPI-RTP/1 digit 1\nDigit: Q\nState: sideways\n\n",
	"TAPI-RTP/1 offer 1\nNew: yes\n\n",
	"\xff\xfe\n\n",
	"x",
};

START_TEST(nonsense_of_an_msp_does_no_harm)
{
	world_start(true, NULL);
	connect_out();

	world_msp_says(world_call(1), nonsense[_i]);

	ck_assert_int_eq(TSPI_lineDrop(101, world_call(1), NULL, 0), 101);
	world_expect("1 CALLSTATE IDLE 0");
}
END_TEST

START_TEST(idle_is_final_and_every_state_can_end)
{
	size_t count;
	const struct step *steps = call_steps(&count);

	for (size_t i = 0; i < count; i++) {
		ck_assert_int_ne(steps[i].in, CALL_STATE_IDLE);
		ck_assert_str_ne(call_state_name(steps[i].becomes), "?");
	}
	for (int state = CALL_STATE_NEW; state < CALL_STATE_IDLE; state++) {
		struct call c = { .state = (enum call_state)state };

		ck_assert(call_can(&c, CALL_EVENT_DROP));
	}
}
END_TEST

static const struct {
	const char *sdp;
	enum sdp_direction direction;
} directions[] = {
	{ "", SDP_SENDRECV },
	{ "v=0\nm=audio 1 RTP/AVP 0\n", SDP_SENDRECV },
	{ "v=0\r\nm=audio 1 RTP/AVP 0\r\na=sendonly\r\n", SDP_SENDONLY },
	{ "v=0\r\na=inactive\r\nm=audio 1 RTP/AVP 0\r\n", SDP_INACTIVE },
	{ "v=0\r\na=inactive\r\nm=audio 1 RTP/AVP 0\r\na=sendrecv\r\n", SDP_SENDRECV },
	{ "v=0\r\nm=video 1 RTP/AVP 31\r\na=inactive\r\nm=audio 1 RTP/AVP 0\r\n", SDP_SENDRECV },
	{ "v=0\r\nm=audio 0 RTP/AVP 0\r\na=inactive\r\nm=audio 2 RTP/AVP 0\r\na=recvonly\r\n",
			SDP_RECVONLY },
	{ "v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 1 RTP/AVP 0\r\n", SDP_SENDONLY },
	{ "v=0\r\nm=audio 1 RTP/AVP 0\r\na=sendonlyish\r\n", SDP_SENDRECV },
	{ "m=audio", SDP_SENDRECV },
};

START_TEST(direction_of_a_description)
{
	const char *sdp = directions[_i].sdp;

	ck_assert_int_eq(sdp_direction(sdp, strlen(sdp)), directions[_i].direction);
}
END_TEST

START_TEST(silent_answer_repeats_the_streams)
{
	const char *offer =
			"v=0\r\nm=video 7 RTP/AVP 31\r\nm=audio 5 RTP/AVP 8 0\r\nm=audio 6 RTP/AVP "
			"0\r\n";
	char out[SDP_SILENT_MAX];
	size_t size = sdp_silent_answer(offer, strlen(offer), "::1", out);

	ck_assert_uint_gt(size, 0);
	ck_assert_ptr_nonnull(strstr(out, "c=IN IP6 ::1\r\n"));
	ck_assert_ptr_nonnull(strstr(out, "m=video 0 RTP/AVP 31\r\nm=audio 9 RTP/AVP "
					  "8\r\na=inactive\r\nm=audio 0 RTP/AVP 0\r\n"));
}
END_TEST

START_TEST(silent_answer_needs_plain_audio)
{
	const char *offers[] = { "v=0\r\n", "v=0\r\nm=audio 5 RTP/SAVP 0\r\n",
		"v=0\r\nm=audio 0 RTP/AVP 0\r\n", "v=0\r\nm=audio\r\n" };
	char out[SDP_SILENT_MAX];

	for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++)
		ck_assert_uint_eq(sdp_silent_answer(offers[i], strlen(offers[i]), "", out), 0);
}
END_TEST

START_TEST(hosts_file_names_its_addresses)
{
	char path[128], ip[64];
	FILE *f;

	scratch_template(path, sizeof(path), "hosts");
	f = fdopen(mkstemp(path), "w");
	ck_assert_ptr_nonnull(f);
	(void)fprintf(f, "# 10.0.0.9 pbx\n::1 pbx six\n10.0.0.1\tother PBX # and so on\nnonsense "
			 "six\n");
	(void)fclose(f);

	ck_assert(hosts_find_in(path, "pbx", ip, sizeof(ip)));
	ck_assert_str_eq(ip, "10.0.0.1");
	ck_assert(hosts_find_in(path, "six", ip, sizeof(ip)));
	ck_assert_str_eq(ip, "::1");
	ck_assert(!hosts_find_in(path, "on", ip, sizeof(ip)));
	ck_assert(!hosts_find_in("/nonexistent", "pbx", ip, sizeof(ip)));
	(void)unlink(path);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("sip provider");
	TCase *calls = tcase_create("calls"), *parts = tcase_create("parts");

	tcase_set_timeout(calls, 60);
	tcase_add_checked_fixture(calls, NULL, stop);
	tcase_add_test(calls, call_rings_connects_and_ends_here);
	tcase_add_test(calls, call_without_media_offers_silence);
	tcase_add_test(calls, call_of_an_msp_that_is_gone_offers_silence);
	tcase_add_test(calls, msp_that_does_not_answer_is_waited_for_no_longer_than_media_ms);
	tcase_add_test(calls, any_port_is_one_that_nobody_has);
	tcase_add_test(calls, incoming_call_is_answered_and_ends_there);
	tcase_add_test(calls, call_is_redirected_before_it_is_accepted);
	tcase_add_test(calls, party_is_not_listened_to);
	tcase_add_test(calls, answer_that_is_not_agreed_fails_once);
	tcase_add_test(calls, hold_is_a_re_invite_and_completes_when_it_is_answered);
	tcase_add_test(calls, hold_that_is_refused_fails_and_the_call_goes_on);
	tcase_add_test(calls, what_is_pending_ends_once_when_the_line_is_closed);
	tcase_add_test(calls, call_that_is_cancelled_before_anybody_answers_is_idle);
	tcase_add_loop_test(calls, nonsense_of_an_msp_does_no_harm, 0,
			(int)(sizeof(nonsense) / sizeof(nonsense[0])));
	suite_add_tcase(s, calls);
	tcase_add_test(parts, idle_is_final_and_every_state_can_end);
	tcase_add_loop_test(parts, direction_of_a_description, 0,
			(int)(sizeof(directions) / sizeof(directions[0])));
	tcase_add_test(parts, silent_answer_repeats_the_streams);
	tcase_add_test(parts, silent_answer_needs_plain_audio);
	tcase_add_test(parts, hosts_file_names_its_addresses);
	suite_add_tcase(s, parts);
	return s;
}

TEST_MAIN(suite())
