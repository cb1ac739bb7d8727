// SPDX-License-Identifier: MIT
/* test_dial.c - dial strings, dialling in parts, and the parameters of a call. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stddef.h>
#include <string.h>

static void start(void)
{
	world_start(NULL);
}

static const struct {
	const char *text;
	LONG result; /* 0: it rings at 102 */
} strings[] = {
	{ "102", 0 },
	{ "T102", 0 },
	{ "p1,0!2", 0 },
	{ "102|77", 0 },
	{ "102^Bob", 0 },
	{ "$102", LINEERR_DIALBILLING },
	{ "10$2", LINEERR_DIALBILLING },
	{ "@102", LINEERR_DIALQUIET },
	{ "W102", LINEERR_DIALDIALTONE },
	{ "w102", LINEERR_DIALDIALTONE },
	{ "102?", LINEERR_DIALPROMPT },
	{ ":102", LINEERR_DIALVOICEDETECT },
	{ "1;02", LINEERR_INVALADDRESS },
	{ ";;", LINEERR_INVALADDRESS },
	{ "bob@example.org", LINEERR_INVALADDRESS }, /* the first one that cannot be dialled: o */
	{ "102\r\n103", LINEERR_INVALADDRESS },
	{ "1 02", LINEERR_INVALADDRESS },
	{ "\xc3\xa9", LINEERR_INVALADDRESS },
	{ "123456789012345678901234567890123456789012345678901234567890123456789012345678901",
			LINEERR_INVALADDRESS },
};

START_TEST(each_dial_string)
{
	LONG result = world_make("101", strings[_i].text, NULL);

	if (strings[_i].result) {
		ck_assert_int_eq(result, strings[_i].result);
		expect_log("because dial string\n");
		ck_assert_uint_eq(world_calls(), 0);
	} else {
		ck_assert_int_eq(result, 1);
		ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
	}
}
END_TEST

static const char *const no_number[] = { NULL, "", ";", ",;" };

START_TEST(without_a_number_there_is_dial_tone)
{
	ck_assert_int_eq(world_make("101", no_number[_i], NULL), 1);

	expect_log("reply 1 0\n"
		   "101.1 CALLSTATE DIALTONE 4\n");
	ck_assert_uint_eq(world_features(1) & LINECALLFEATURE_DIAL, LINECALLFEATURE_DIAL);
}
END_TEST

START_TEST(a_number_is_dialled_in_parts)
{
	(void)world_make("101", NULL, NULL);
	(void)world_take();

	ck_assert_int_gt(world_dial(1, "1;"), 0);
	expect_log("reply 2 0\n"
		   "101.1 CALLSTATE DIALING 0\n");
	ck_assert_int_gt(world_dial(1, "02;"), 0);
	expect_log("reply 3 0\n");
	ck_assert_int_gt(world_dial(1, ""), 0);
	expect_log("reply 4 0\n"
		   "101.1 CALLSTATE PROCEEDING 0\n"
		   "102 NEWCALL 2\n"
		   "102.2 CALLSTATE OFFERING 1\n"
		   "101.1 CALLINFO 0x10000\n"
		   "101.1 CALLSTATE RINGBACK 0\n");
	ck_assert_int_eq(world_dial(1, "1"), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(a_bad_part_is_not_dialled)
{
	(void)world_make("101", "10;", NULL);
	(void)world_take();

	ck_assert_int_eq(world_dial(1, "x"), LINEERR_INVALADDRESS);
	expect_log("because dial string\n");
	(void)world_dial(1, "2");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(digits_are_not_awaited_for_ever)
{
	(void)world_make("101", "10;", NULL);
	exchange_advance(14999);
	(void)world_dial(1, "2;"); /* each digit gives time for the next */
	(void)world_take();

	exchange_advance(14999);
	expect_log("");
	exchange_advance(1);
	expect_log("because Q.850 28 invalid number format\n"
		   "101.1 CALLSTATE DISCONNECTED 128\n");
}
END_TEST

START_TEST(more_digits_than_there_is_room_for)
{
	(void)world_make("101", ";", NULL);

	for (int i = 0; i < 8; i++)
		ck_assert_int_gt(world_dial(1, "9999999999;"), 0);
	ck_assert_int_eq(world_dial(1, "9;"), LINEERR_INVALADDRESS);
	ck_assert_int_gt(world_dial(1, ""), 0);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
}
END_TEST

static const struct {
	size_t member;
	DWORD value;
	LONG result; /* 0: the call is made */
} params[] = {
#define PARAM(m, v, r)                                                                             \
	{                                                                                          \
		offsetof(LINECALLPARAMS, m), v, r                                                  \
	}
	PARAM(dwMediaMode, 0, 0),
	PARAM(dwMediaMode, LINEMEDIAMODE_INTERACTIVEVOICE, 0),
	PARAM(dwMediaMode, LINEMEDIAMODE_AUTOMATEDVOICE, 0),
	PARAM(dwMediaMode, LINEMEDIAMODE_UNKNOWN, 0),
	PARAM(dwMediaMode, LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE,
			LINEERR_INVALMEDIAMODE),
	PARAM(dwMediaMode, LINEMEDIAMODE_G4FAX, LINEERR_INVALMEDIAMODE),
	PARAM(dwMediaMode, LINEMEDIAMODE_VIDEO | LINEMEDIAMODE_UNKNOWN, LINEERR_INVALMEDIAMODE),
	PARAM(dwBearerMode, LINEBEARERMODE_SPEECH, 0),
	PARAM(dwBearerMode, LINEBEARERMODE_DATA, 0),
	PARAM(dwBearerMode, LINEBEARERMODE_MULTIUSE, LINEERR_BEARERMODEUNAVAIL),
	PARAM(dwBearerMode, 0x100, LINEERR_INVALBEARERMODE),
	PARAM(dwMaxRate, 300, 0),
	PARAM(dwBearerMode, LINEBEARERMODE_VOICE | LINEBEARERMODE_SPEECH, LINEERR_INVALBEARERMODE),
	PARAM(dwMinRate, 64000, 0),
	PARAM(dwMinRate, 64001, LINEERR_RATEUNAVAIL),
	PARAM(dwCallParamFlags, LINECALLPARAMFLAGS_IDLE | LINECALLPARAMFLAGS_ORIGOFFHOOK, 0),
	PARAM(dwCallParamFlags, LINECALLPARAMFLAGS_SECURE, 0),
	PARAM(dwCallParamFlags, LINECALLPARAMFLAGS_PREDICTIVEDIAL, 0),
	PARAM(dwCallParamFlags, LINECALLPARAMFLAGS_DESTOFFHOOK, LINEERR_INVALCALLPARAMS),
	PARAM(dwPredictiveAutoTransferStates, LINECALLSTATE_CONNECTED, LINEERR_INVALCALLPARAMS),
	PARAM(dwAddressMode, LINEADDRESSMODE_ADDRESSID, 0),
	PARAM(dwAddressMode, 8, LINEERR_INVALADDRESSMODE),
	PARAM(dwAddressMode, LINEADDRESSMODE_DIALABLEADDR, LINEERR_INVALADDRESS),
	PARAM(dwAddressID, 1, LINEERR_INVALADDRESSID),
	PARAM(dwUserUserInfoSize, 129, LINEERR_INVALCALLPARAMS), /* beyond the structure */
	PARAM(dwTotalSize, sizeof(LINECALLPARAMS) - 1, LINEERR_STRUCTURETOOSMALL),
#undef PARAM
};

START_TEST(each_parameter)
{
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p), .dwUserUserInfoOffset = sizeof(p) };

	memcpy((char *)&p + params[_i].member, &params[_i].value, sizeof(DWORD));

	if (params[_i].result) {
		ck_assert_int_eq(world_make("101", "102", &p), params[_i].result);
		ck_assert_uint_eq(world_calls(), 0);
		ck_assert_int_eq(strncmp(world_take(), "because ", 8), 0);
	} else {
		ck_assert_int_eq(world_make("101", "102", &p), 1);
	}
}
END_TEST

START_TEST(the_line_may_be_named_by_its_number)
{
	struct {
		LINECALLPARAMS p;
		char number[4];
	} s = { { .dwTotalSize = sizeof(s),
				.dwAddressMode = LINEADDRESSMODE_DIALABLEADDR,
				.dwOrigAddressSize = 4,
				.dwOrigAddressOffset = sizeof(s.p) },
		"101" };

	ck_assert_int_eq(world_make("101", "102", &s.p), 1);
	ck_assert_int_eq(world_make("102", "103", &s.p), LINEERR_INVALADDRESS);
	s.p.dwOrigAddressOffset = 0xFFFFFFF0u;
	ck_assert_int_eq(world_make("101", "102", &s.p), LINEERR_INVALCALLPARAMS);
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

TCase *dial_case(void)
{
	TCase *tc = tcase_create("dial");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_loop_test(tc, each_dial_string, 0, COUNT(strings));
	tcase_add_loop_test(tc, without_a_number_there_is_dial_tone, 0, COUNT(no_number));
	tcase_add_test(tc, a_number_is_dialled_in_parts);
	tcase_add_test(tc, a_bad_part_is_not_dialled);
	tcase_add_test(tc, digits_are_not_awaited_for_ever);
	tcase_add_test(tc, more_digits_than_there_is_room_for);
	tcase_add_loop_test(tc, each_parameter, 0, COUNT(params));
	tcase_add_test(tc, the_line_may_be_named_by_its_number);
	return tc;
}
