// SPDX-License-Identifier: MIT
/* test_info.c - what a call says of itself. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = { "names", "Alice, Bob", NULL };

static void start(void)
{
	world_start(names);
}

#define expect_party(i, id, number, name)                                                          \
	do {                                                                                       \
		ck_assert_uint_eq((i)->dw##id##Flags,                                              \
				LINECALLPARTYID_ADDRESS | LINECALLPARTYID_NAME);                   \
		ck_assert_str_eq(world_part(i, (i)->dw##id##Size, (i)->dw##id##Offset), number);   \
		ck_assert_str_eq(world_part(i, (i)->dw##id##NameSize, (i)->dw##id##NameOffset),    \
				name);                                                             \
	} while (0)

START_TEST(the_parties_of_an_offered_call)
{
	const LINECALLINFO *i;

	(void)world_make("101", "102", NULL);

	i = world_info(2);
	expect_party(i, CallerID, "101", "Alice");
	expect_party(i, CalledID, "102", "Bob");
	ck_assert_uint_eq(i->dwConnectedIDFlags, LINECALLPARTYID_UNAVAIL);
	ck_assert_uint_eq(i->dwRedirectionIDFlags, LINECALLPARTYID_UNAVAIL);
	ck_assert_uint_eq(i->dwOrigin, LINECALLORIGIN_INTERNAL);
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_DIRECT);
	ck_assert_uint_eq(i->dwLineDeviceID, WORLD_LINE_BASE + 1);
	ck_assert_uint_eq(i->dwCallerIDAddressType, LINEADDRESSTYPE_PHONENUMBER);
}
END_TEST

START_TEST(the_parties_of_a_connected_call)
{
	const LINECALLINFO *i;

	world_connect("101", "102");

	i = world_info(1);
	expect_party(i, CallerID, "101", "Alice");
	expect_party(i, CalledID, "102", "Bob");
	expect_party(i, ConnectedID, "102", "Bob");
	ck_assert_uint_eq(i->dwOrigin, LINECALLORIGIN_OUTBOUND);
	i = world_info(2);
	expect_party(i, ConnectedID, "102", "Bob");
}
END_TEST

START_TEST(what_was_dialled_is_the_called_id_until_it_is_known)
{
	const LINECALLINFO *i;

	(void)world_make("101", "77;", NULL);

	i = world_info(1);
	ck_assert_uint_eq(i->dwCalledIDFlags, LINECALLPARTYID_ADDRESS);
	ck_assert_str_eq(world_part(i, i->dwCalledIDSize, i->dwCalledIDOffset), "77");
	ck_assert_uint_eq(i->dwCalledIDNameSize, 0);
}
END_TEST

START_TEST(a_caller_may_hide)
{
	LINECALLPARAMS params = { .dwTotalSize = sizeof(params),
		.dwCallParamFlags = LINECALLPARAMFLAGS_BLOCKID };
	const LINECALLINFO *i;

	(void)world_make("101", "102", &params);

	i = world_info(2);
	ck_assert_uint_eq(i->dwCallerIDFlags, LINECALLPARTYID_BLOCKED);
	ck_assert_uint_eq(i->dwCallerIDSize, 0);
	ck_assert_uint_eq(i->dwCallerIDNameSize, 0);
	expect_party(world_info(1), CallerID, "101", "Alice");
}
END_TEST

START_TEST(a_name_outlives_the_other_half)
{
	world_connect("101", "102");
	(void)world_close_call(1);

	expect_party(world_info(2), CallerID, "101", "Alice");
}
END_TEST

START_TEST(both_halves_have_one_call_id)
{
	DWORD address = 9, id[4], related = 9;

	world_connect("101", "102");
	world_connect("103", "104");
	for (DWORD c = 1; c <= 4; c++) {
		ck_assert_int_eq(TSPI_lineGetCallIDs(world_call(c), &address, &id[c - 1], &related),
				0);
		ck_assert_uint_eq(world_info(c)->dwCallID, id[c - 1]);
	}

	ck_assert_uint_ne(id[0], 0);
	ck_assert_uint_eq(id[0], id[1]);
	ck_assert_uint_eq(id[2], id[3]);
	ck_assert_uint_ne(id[0], id[2]);
	ck_assert_uint_eq(address, 0);
	ck_assert_uint_eq(related, 0);
}
END_TEST

START_TEST(a_small_structure_loses_whole_parts)
{
	struct {
		LINECALLINFO info;
		char room[6];
	} s;

	world_connect("101", "102");
	memset(&s, 0xAA, sizeof(s));
	s.info.dwTotalSize = sizeof(s.info) + 5;

	ck_assert_int_eq(TSPI_lineGetCallInfo(world_call(1), &s.info), 0);

	ck_assert_uint_gt(s.info.dwNeededSize, s.info.dwUsedSize);
	ck_assert_uint_eq(s.info.dwUsedSize, sizeof(s.info) + 4); /* "101" */
	ck_assert_uint_eq(s.info.dwCallerIDNameSize, 0);
	ck_assert_uint_eq(s.info.dwCallerIDNameOffset, 0);
	ck_assert_int_eq((unsigned char)s.room[4], 0xAA);
	s.info.dwTotalSize = sizeof(s.info) - 1;
	ck_assert_int_eq(TSPI_lineGetCallInfo(world_call(1), &s.info), LINEERR_STRUCTURETOOSMALL);
}
END_TEST

START_TEST(the_application_may_tag_a_call)
{
	world_connect("101", "102");

	ck_assert_int_eq(TSPI_lineSetAppSpecific(world_call(1), 4711), 0);

	expect_log("101.1 CALLINFO 0x20\n");
	ck_assert_uint_eq(world_info(1)->dwAppSpecific, 4711);
	ck_assert_uint_eq(world_info(2)->dwAppSpecific, 0);
}
END_TEST

static const struct {
	DWORD mode;
	LONG result;
} modes[] = {
	{ LINEMEDIAMODE_AUTOMATEDVOICE, 0 },
	{ LINEMEDIAMODE_UNKNOWN, 0 },
	{ LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE,
			0 },
	{ LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE, LINEERR_INVALMEDIAMODE },
	{ LINEMEDIAMODE_G3FAX, 0 },
	{ LINEMEDIAMODE_G4FAX, LINEERR_INVALMEDIAMODE },
	{ 0, LINEERR_INVALMEDIAMODE },
};

START_TEST(each_media_mode)
{
	world_connect("101", "102");

	ck_assert_int_eq(TSPI_lineSetMediaMode(world_call(1), modes[_i].mode), modes[_i].result);

	if (modes[_i].result) {
		expect_log("because media mode\n");
		ck_assert_uint_eq(world_info(1)->dwMediaMode, LINEMEDIAMODE_INTERACTIVEVOICE);
	} else {
		expect_log("101.1 CALLINFO 0x10\n");
		ck_assert_uint_eq(world_info(1)->dwMediaMode, modes[_i].mode);
	}
}
END_TEST

START_TEST(features_follow_the_state)
{
	const DWORD ringing = LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER |
			      LINECALLFEATURE_DROP | LINECALLFEATURE_MONITORDIGITS |
			      LINECALLFEATURE_SENDUSERUSER;
	const DWORD basic = ringing | LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_DIAL;

	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(world_features(2) & basic, ringing);
	(void)world_accept(2);
	ck_assert_uint_eq(world_features(2) & basic, ringing & ~(DWORD)LINECALLFEATURE_ACCEPT);
	(void)world_answer(2);
	/* no GENERATEDIGITS: the call is silent */
	ck_assert_uint_eq(world_features(2) & basic, LINECALLFEATURE_DROP |
								     LINECALLFEATURE_MONITORDIGITS |
								     LINECALLFEATURE_SENDUSERUSER);
	(void)world_drop(1);
	ck_assert_uint_eq(world_features(2), LINECALLFEATURE_DROP | LINECALLFEATURE_SETCALLDATA);
	ck_assert_uint_eq(world_features(1), 0);
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

TCase *info_case(void)
{
	TCase *tc = tcase_create("info");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, the_parties_of_an_offered_call);
	tcase_add_test(tc, the_parties_of_a_connected_call);
	tcase_add_test(tc, what_was_dialled_is_the_called_id_until_it_is_known);
	tcase_add_test(tc, a_caller_may_hide);
	tcase_add_test(tc, a_name_outlives_the_other_half);
	tcase_add_test(tc, both_halves_have_one_call_id);
	tcase_add_test(tc, a_small_structure_loses_whole_parts);
	tcase_add_test(tc, the_application_may_tag_a_call);
	tcase_add_loop_test(tc, each_media_mode, 0, COUNT(modes));
	tcase_add_test(tc, features_follow_the_state);
	return tc;
}
