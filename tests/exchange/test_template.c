// SPDX-License-Identifier: MIT
/* test_template.c - the template TSP, as a file: one call from start to end. */
#include "tspfile.h"

#include "../test_main.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define VERSION 0x00020002u
#define DEVICE  7u

static HDRVLINE line;
static char heard[1024];
static char why[128];

static void on_reason(const char *cause, const char *sentence)
{
	(void)sentence;
	(void)snprintf(why, sizeof(why), "%s", cause);
}

static void note(const char *text, DWORD_PTR a, DWORD_PTR b)
{
	size_t used = strlen(heard);

	(void)snprintf(heard + used, sizeof(heard) - used, "%s %#lx %#lx\n", text, (unsigned long)a,
			(unsigned long)b);
}

static void on_completion(DRV_REQUESTID id, LONG result)
{
	note("reply", id, (DWORD)result);
}

static void on_event(HTAPILINE ht_line, HTAPICALL ht_call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2,
		DWORD_PTR p3)
{
	(void)p3;
	ck_assert_uint_eq(ht_line, 99);
	ck_assert_uint_eq(ht_call, 55);
	note(msg == LINE_CALLSTATE ? "state" : "event", p1, msg == LINE_CALLSTATE ? p2 : msg);
}

#define expect(text)                                                                               \
	do {                                                                                       \
		ck_assert_str_eq(heard, (text));                                                   \
		heard[0] = '\0';                                                                   \
	} while (0)

static void start(void)
{
	DWORD version = 0, lines = 0, phones = 9, options = 0;

	tsp_open("template");
	tsp.providerSetReasonProc(on_reason);
	ck_assert_int_eq(tsp.lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION, 0x10003, 0x30001,
					 &version),
			0);
	ck_assert_uint_eq(version, VERSION);
	ck_assert_int_eq(tsp.providerEnumDevices(1, &lines, &phones, 1, on_event, NULL), 0);
	ck_assert_uint_eq(lines, 1);
	ck_assert_uint_eq(phones, 0);
	ck_assert_int_eq(tsp.providerInit(VERSION, 1, DEVICE, 0, 1, 0, on_completion, &options), 0);
	ck_assert_uint_eq(options, LINETSPIOPTION_NONREENTRANT);
	ck_assert_int_eq(tsp.lineOpen(DEVICE, 99, &line, VERSION, on_event), 0);
	ck_assert(line != 0);
}

static void stop(void)
{
	ck_assert_int_eq(tsp.lineClose(line), 0);
	ck_assert_int_eq(tsp.providerShutdown(VERSION, 1), 0);
}

static HDRVCALL make(DRV_REQUESTID id)
{
	HDRVCALL call = 0;

	ck_assert_int_eq(tsp.lineMakeCall(id, line, 55, &call, "4711", 0, NULL), (LONG)id);
	ck_assert(call != 0);
	return call;
}

static DWORD state_of(HDRVCALL call)
{
	LINECALLSTATUS s = { .dwTotalSize = sizeof(s) };

	ck_assert_int_eq(tsp.lineGetCallStatus(call, &s), 0);
	return s.dwCallState;
}

START_TEST(a_call_answers_itself_and_can_be_dropped)
{
	HDRVCALL call = make(1);

	expect("reply 0x1 0\n"
	       "state 0x10 0\n"
	       "state 0x100 0x1\n");
	ck_assert_uint_eq(state_of(call), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(tsp.lineDrop(2, call, NULL, 0), 2);
	expect("reply 0x2 0\n"
	       "state 0x1 0\n");
	ck_assert_uint_eq(state_of(call), LINECALLSTATE_IDLE);
	ck_assert_int_eq(tsp.lineDrop(3, call, NULL, 0), LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(tsp.lineCloseCall(call), 0);
	expect("");
	(void)make(4);
}
END_TEST

START_TEST(a_second_call_and_no_number_are_refused_with_a_reason)
{
	HDRVCALL other = 0;

	ck_assert_int_eq(tsp.lineMakeCall(1, line, 56, &other, "", 0, NULL), LINEERR_INVALADDRESS);
	ck_assert_str_eq(why, "no number");
	(void)make(2);
	ck_assert_int_eq(tsp.lineMakeCall(3, line, 56, &other, "1", 0, NULL), LINEERR_CALLUNAVAIL);
	ck_assert_str_eq(why, "line in use");
}
END_TEST

/* Structures of version 2.2: nothing behind them is touched. */
START_TEST(structures_have_the_size_of_their_version)
{
	union {
		LINEDEVCAPS caps;
		LINECALLINFO info;
		LINEADDRESSCAPS address;
		unsigned char bytes[2048];
	} u;
	const size_t caps = offsetof(LINEDEVCAPS, dwAddressTypes);
	const size_t info = offsetof(LINECALLINFO, dwCallerIDAddressType);
	HDRVCALL call = make(1);

	memset(&u, 0xAA, sizeof(u));
	u.caps.dwTotalSize = (DWORD)caps;
	ck_assert_int_eq(tsp.lineGetDevCaps(DEVICE, VERSION, 0, &u.caps), 0);
	ck_assert_uint_eq(u.caps.dwUsedSize, caps);
	ck_assert_uint_gt(u.caps.dwNeededSize, caps);
	ck_assert_uint_eq(u.bytes[caps], 0xAA);
	u.caps.dwTotalSize = (DWORD)caps - 1;
	ck_assert_int_eq(tsp.lineGetDevCaps(DEVICE, VERSION, 0, &u.caps),
			LINEERR_STRUCTURETOOSMALL);

	u.info.dwTotalSize = sizeof(u);
	ck_assert_int_eq(tsp.lineGetCallInfo(call, &u.info), 0);
	ck_assert_uint_eq(u.info.dwCalledIDOffset, info);
	ck_assert_str_eq((const char *)u.bytes + info, "4711");

	u.address.dwTotalSize = sizeof(u);
	ck_assert_int_eq(tsp.lineGetAddressCaps(DEVICE, 0, VERSION, 0, &u.address), 0);
	ck_assert_str_eq((const char *)u.bytes + u.address.dwAddressOffset, "100");
}
END_TEST

START_TEST(only_the_entries_are_exported)
{
	ck_assert(tsp_exports("TSPI_lineAnswer"));
	ck_assert(!tsp_exports("TSPI_lineHold"));
	ck_assert(!tsp_exports("set_state"));
}
END_TEST

static Suite *template_suite(void)
{
	Suite *s = suite_create("template");
	TCase *tc = tcase_create("template");

	tcase_add_checked_fixture(tc, start, stop);
	tcase_add_test(tc, a_call_answers_itself_and_can_be_dropped);
	tcase_add_test(tc, a_second_call_and_no_number_are_refused_with_a_reason);
	tcase_add_test(tc, structures_have_the_size_of_their_version);
	tcase_add_test(tc, only_the_entries_are_exported);
	suite_add_tcase(s, tc);
	return s;
}

TEST_MAIN(template_suite())
