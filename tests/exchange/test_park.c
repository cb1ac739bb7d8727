// SPDX-License-Identifier: MIT
/* test_park.c - calls that are left somewhere, and taken back from there. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stddef.h>
#include <string.h>

static const char *const config[] = { "extensions", "101-104", "orbits", "700-701", "park_ms",
	"10000", "no_answer_ms", "4000", NULL };
static const char *const slow[] = { "setup_ms", "100", NULL };

static union {
	VARSTRING v;
	char room[sizeof(VARSTRING) + 8];
} address;

static void start(void)
{
	world_start(config);
	memset(&address, 0, sizeof(address));
	address.v.dwTotalSize = sizeof(address);
}

static LONG park(DWORD call, const char *at)
{
	return TSPI_linePark(world_request(), world_call(call),
			at ? LINEPARKMODE_DIRECTED : LINEPARKMODE_NONDIRECTED, at,
			at ? NULL : &address.v);
}

static const char *orbit(void)
{
	return address.room + address.v.dwStringOffset;
}

START_TEST(a_call_is_parked_and_taken_back_elsewhere)
{
	const LINECALLINFO *i;

	world_connect("101", "102");

	ck_assert_int_eq(park(2, NULL), 3);
	expect_log("reply 3 0\n"
		   "102.2 CALLSTATE IDLE 0\n");
	ck_assert_str_eq(orbit(), "700");
	ck_assert_uint_eq(address.v.dwStringSize, 4);
	ck_assert_uint_eq(address.v.dwStringFormat, STRINGFORMAT_ASCII);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);

	ck_assert_int_eq(world_unpark("103", "700"), 4);
	expect_log("reply 4 0\n"
		   "103.3 CALLSTATE CONNECTED 1\n"
		   "103.3 CALLINFO 0x20000\n"
		   "101.1 CALLINFO 0x20000\n");
	i = world_info(3);
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_UNPARK);
	ck_assert_str_eq(world_part(i, i->dwConnectedIDSize, i->dwConnectedIDOffset), "101");
	i = world_info(1);
	ck_assert_str_eq(world_part(i, i->dwConnectedIDSize, i->dwConnectedIDOffset), "103");
	(void)world_drop(3);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(the_data_of_the_call_stay_with_it)
{
	world_connect("101", "102");
	(void)TSPI_lineSetCallData(world_request(), world_call(2), (LPVOID) "customer 7", 11);

	(void)park(2, "700");
	(void)world_unpark("103", "700");

	ck_assert_uint_eq(world_info(3)->dwCallDataSize, 11);
}
END_TEST

START_TEST(media_is_agreed_anew)
{
	(void)world_add_msp("101");
	(void)world_add_msp("103");
	(void)world_make("101", "102", NULL);
	(void)world_answer(2);
	exchange_advance(2000); /* it connects silent */
	(void)park(2, "700");
	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp play 2 [Sound: music]\n"));

	(void)world_unpark("103", "700");

	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp play 3\n")); /* no music more */
	ck_assert_int_eq(world_msp_says(1, "TAPI-RTP/1 offer 1\n\nv=0"), 0);
	ck_assert_ptr_nonnull(strstr(world_take(), "103.3 msp offer 1 <v=0>\n"));
}
END_TEST

START_TEST(a_small_string_fails_in_the_reply_and_the_call_stays)
{
	world_connect("101", "102");
	address.v.dwTotalSize = sizeof(VARSTRING) + 3;

	ck_assert_int_eq(park(2, NULL), 3);

	expect_log("because structure\n"
		   "reply 3 8000004d\n");
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
	address.v.dwTotalSize = sizeof(address);
	ck_assert_int_eq(park(2, NULL), 4);
	ck_assert_str_eq(orbit(), "700");
}
END_TEST

START_TEST(orbits_are_taken_one_after_the_other)
{
	world_connect("101", "102");
	world_connect("103", "104");
	world_connect("101", "104");
	ck_assert_int_gt(park(2, "701"), 0);
	ck_assert_int_gt(park(4, NULL), 0);
	ck_assert_str_eq(orbit(), "700");
	ck_assert_int_eq(park(6, NULL), LINEERR_RESOURCEUNAVAIL);
	ck_assert_int_eq(park(6, "701"), LINEERR_RESOURCEUNAVAIL);
	ck_assert_uint_eq(world_state(6), LINECALLSTATE_CONNECTED);
	(void)world_drop(1);
	ck_assert_int_gt(park(6, NULL), 0);
	ck_assert_str_eq(orbit(), "701");
}
END_TEST

static const struct {
	DWORD mode;
	const char *at;
	LONG result;
} bad[] = {
	{ 0, "700", LINEERR_INVALPARKMODE },
	{ LINEPARKMODE_DIRECTED | LINEPARKMODE_NONDIRECTED, "700", LINEERR_INVALPARKMODE },
	{ LINEPARKMODE_DIRECTED, "999", LINEERR_INVALADDRESS },
	{ LINEPARKMODE_DIRECTED, "", LINEERR_INVALADDRESS },
	{ LINEPARKMODE_DIRECTED, NULL, LINEERR_INVALPOINTER },
	{ LINEPARKMODE_NONDIRECTED, NULL, LINEERR_INVALPOINTER },
};

START_TEST(bad_requests_leave_the_call_alone)
{
	world_connect("101", "102");

	ck_assert_int_eq(TSPI_linePark(world_request(), world_call(2), bad[_i].mode, bad[_i].at,
					 NULL),
			bad[_i].result);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(only_a_connected_call_is_parked)
{
	(void)world_make("101", "102", NULL);

	ck_assert_int_eq(park(2, "700"), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(park(1, "700"), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(a_call_may_be_parked_at_a_line)
{
	world_connect("101", "102");

	ck_assert_int_gt(park(2, "104"), 0);
	ck_assert_int_eq(world_unpark("103", "700"), LINEERR_INVALADDRESS);
	ck_assert_int_gt(world_unpark("103", "104"), 0);
	ck_assert_int_eq(world_unpark("103", "104"), LINEERR_INVALADDRESS);
	ck_assert_int_eq(world_unpark("103", NULL), LINEERR_INVALPOINTER);
}
END_TEST

START_TEST(a_full_line_takes_nothing_back)
{
	world_connect("101", "102");
	(void)park(2, "700");
	(void)world_make("103", NULL, NULL);
	(void)world_make("103", NULL, NULL);

	ck_assert_int_eq(world_unpark("103", "700"), LINEERR_RESOURCEUNAVAIL);
	ck_assert_int_gt(world_unpark("104", "700"), 0);
}
END_TEST

START_TEST(who_parked_it_is_reminded)
{
	world_connect("101", "102");
	(void)park(2, "700");
	exchange_advance(9999);
	(void)world_take();

	exchange_advance(1);

	expect_log("102 NEWCALL 3\n"
		   "102.3 CALLSTATE OFFERING 1\n"
		   "101.1 CALLINFO 0xc0000\n");
	ck_assert_uint_eq(world_info(3)->dwReason, LINECALLREASON_REMINDER);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	(void)world_answer(3);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(world_unpark("104", "700"), LINEERR_INVALADDRESS);
	(void)world_drop(3);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
}
END_TEST

static void forward_unanswered(const char *line, const char *to)
{
	struct {
		LINEFORWARDLIST list;
		char to[4];
	} s;
	HDRVCALL consult = 0;

	memset(&s, 0, sizeof(s));
	s.list.dwTotalSize = sizeof(s);
	s.list.dwNumEntries = 1;
	s.list.ForwardList[0].dwForwardMode = LINEFORWARDMODE_NOANSW;
	s.list.ForwardList[0].dwDestAddressSize = 4;
	s.list.ForwardList[0].dwDestAddressOffset = (DWORD)sizeof(s.list);
	memcpy(s.to, to, 4);
	ck_assert_int_gt(TSPI_lineForward(world_request(), world_line(line), 1, 0, &s.list, 3, 0,
					 &consult, NULL),
			0);
}

START_TEST(nobody_is_reminded_while_a_reminder_rings_elsewhere)
{
	const char *const quick[] = { "orbits", "700", "park_ms", "1000", "ring_ms", "1000",
		"no_answer_ms", "4000", NULL };

	world_stop();
	world_start(quick);
	world_connect("101", "102");
	forward_unanswered("102", "103");
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("103"), 0), 0);
	(void)park(2, "700");
	exchange_advance(5500); /* it has gone on to 103, where nobody is yet */
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_DISCONNECTED);
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("103"),
					 LINEMEDIAMODE_INTERACTIVEVOICE),
			0);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_OFFERING);
	exchange_advance(1500); /* time for the next one */

	(void)world_answer(4);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_reminder_that_is_refused_leaves_the_call_parked)
{
	world_connect("101", "102");
	(void)park(2, "700");
	exchange_advance(10000);

	(void)world_drop(3);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	exchange_advance(10000);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_OFFERING);
	exchange_advance(4000); /* not answered either */
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_DISCONNECTED);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_int_gt(world_unpark("104", "700"), 0);
	ck_assert_uint_eq(world_state(5), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_call_is_taken_back_while_somebody_is_reminded)
{
	world_connect("101", "102");
	(void)park(2, "700");
	exchange_advance(10000);

	ck_assert_int_gt(world_unpark("104", "700"), 0);

	ck_assert_uint_eq(world_state(3), LINECALLSTATE_DISCONNECTED);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
	exchange_advance(60000);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_party_that_hangs_up_frees_its_orbit)
{
	world_connect("101", "102");
	(void)park(2, "700");

	(void)world_drop(1);

	ck_assert_int_eq(world_unpark("103", "700"), LINEERR_INVALADDRESS);
	exchange_advance(60000);
	ck_assert_uint_eq(world_calls(), 2);
}
END_TEST

START_TEST(the_caller_may_park_too)
{
	world_connect("101", "102");

	ck_assert_int_gt(park(1, "700"), 0);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
	exchange_advance(10000);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_OFFERING);
	(void)world_answer(3);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_transfer_whose_party_is_parked_meanwhile_fails)
{
	world_stop();
	world_start(slow);
	(void)world_make("101", "102", NULL);
	exchange_advance(100);
	(void)world_answer(2);
	ck_assert_int_eq(world_blind_transfer(1, "103"), 3);
	ck_assert_int_gt(park(2, "700"), 0);
	(void)world_take();

	exchange_advance(100);

	ck_assert_ptr_nonnull(strstr(world_take(), "reply 3 80000048\n"));
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_DISCONNECTED);
	ck_assert_int_gt(world_unpark("104", "700"), 0);
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

TCase *park_case(void)
{
	TCase *tc = tcase_create("park");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_call_is_parked_and_taken_back_elsewhere);
	tcase_add_test(tc, the_data_of_the_call_stay_with_it);
	tcase_add_test(tc, media_is_agreed_anew);
	tcase_add_test(tc, a_small_string_fails_in_the_reply_and_the_call_stays);
	tcase_add_test(tc, orbits_are_taken_one_after_the_other);
	tcase_add_loop_test(tc, bad_requests_leave_the_call_alone, 0, COUNT(bad));
	tcase_add_test(tc, only_a_connected_call_is_parked);
	tcase_add_test(tc, a_call_may_be_parked_at_a_line);
	tcase_add_test(tc, a_full_line_takes_nothing_back);
	tcase_add_test(tc, who_parked_it_is_reminded);
	tcase_add_test(tc, nobody_is_reminded_while_a_reminder_rings_elsewhere);
	tcase_add_test(tc, a_reminder_that_is_refused_leaves_the_call_parked);
	tcase_add_test(tc, a_call_is_taken_back_while_somebody_is_reminded);
	tcase_add_test(tc, a_party_that_hangs_up_frees_its_orbit);
	tcase_add_test(tc, the_caller_may_park_too);
	tcase_add_test(tc, a_transfer_whose_party_is_parked_meanwhile_fails);
	return tc;
}
