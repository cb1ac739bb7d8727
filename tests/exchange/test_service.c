// SPDX-License-Identifier: MIT
/* test_service.c - services of one call that change what it is: parameters, data, quality of
 * service, treatment, security, and the status bits of its line. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"
#include "providers/exchange/service.h"

#include <string.h>

static void start(void)
{
	world_start(NULL);
}

static const char *data_of(DWORD call)
{
	const LINECALLINFO *i = world_info(call);

	return world_part(i, i->dwCallDataSize, i->dwCallDataOffset);
}

START_TEST(call_data_is_of_both_sides)
{
	world_connect("101", "102");

	ck_assert_int_eq(TSPI_lineSetCallData(50, world_call(1), (LPVOID) "abc", 4), 50);

	expect_log("101.1 CALLINFO 0x40000000\n"
		   "reply 50 0\n"
		   "102.2 CALLINFO 0x40000000\n");
	ck_assert_str_eq(data_of(1), "abc");
	ck_assert_str_eq(data_of(2), "abc");
	ck_assert_int_eq(TSPI_lineSetCallData(51, world_call(2), NULL, 0), 51);
	ck_assert_uint_eq(world_info(1)->dwCallDataSize, 0);
}
END_TEST

START_TEST(call_data_is_four_kilobytes_and_no_more)
{
	static char big[CALL_DATA_MAX + 1];

	memset(big, 'x', sizeof(big));
	world_connect("101", "102");

	ck_assert_int_eq(TSPI_lineSetCallData(50, world_call(1), big, CALL_DATA_MAX), 50);
	ck_assert_uint_eq(world_info(2)->dwCallDataSize, CALL_DATA_MAX);
	ck_assert_int_eq(TSPI_lineSetCallData(51, world_call(1), big, CALL_DATA_MAX + 1),
			LINEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_lineSetCallData(52, world_call(1), NULL, 1), LINEERR_INVALPOINTER);
	ck_assert_uint_eq(world_info(1)->dwCallDataSize, CALL_DATA_MAX);
}
END_TEST

START_TEST(call_data_comes_with_the_parameters)
{
	struct {
		LINECALLPARAMS p;
		char data[4];
	} s = { { .dwTotalSize = sizeof(s), .dwCallDataSize = 4, .dwCallDataOffset = sizeof(s.p) },
		"xyz" };

	(void)world_make("101", "102", &s.p);

	ck_assert_str_eq(data_of(1), "xyz");
	ck_assert_str_eq(data_of(2), "xyz");
}
END_TEST

static const struct {
	DWORD bearer, min, max;
	LONG result;
} changes[] = {
	{ LINEBEARERMODE_SPEECH, 0, 0, 50 },
	{ LINEBEARERMODE_DATA, 64000, 64000, 50 },
	{ LINEBEARERMODE_VOICE, 300, 9600, 50 },
	{ 0, 0, 0, LINEERR_INVALBEARERMODE },
	{ LINEBEARERMODE_VOICE | LINEBEARERMODE_DATA, 0, 0, LINEERR_INVALBEARERMODE },
	{ 0x200, 0, 0, LINEERR_INVALBEARERMODE },
	{ LINEBEARERMODE_RESTRICTEDDATA, 0, 0, LINEERR_BEARERMODEUNAVAIL },
	{ LINEBEARERMODE_VOICE, 2, 1, LINEERR_INVALRATE },
	{ LINEBEARERMODE_DATA, 64001, 64001, LINEERR_RATEUNAVAIL },
};

START_TEST(each_change_of_parameters)
{
	DWORD rate = changes[_i].max ? changes[_i].max : 64000;

	world_connect("101", "102");

	ck_assert_int_eq(TSPI_lineSetCallParams(50, world_call(1), changes[_i].bearer,
					 changes[_i].min, changes[_i].max, NULL),
			changes[_i].result);

	if (changes[_i].result < 0) {
		ck_assert_int_eq(strncmp(world_take(), "because ", 8), 0);
		ck_assert_uint_eq(world_info(1)->dwBearerMode, LINEBEARERMODE_VOICE);
		return;
	}
	ck_assert_uint_eq(world_info(1)->dwBearerMode, changes[_i].bearer);
	ck_assert_uint_eq(world_info(2)->dwBearerMode, changes[_i].bearer);
	ck_assert_uint_eq(world_info(1)->dwRate, rate);
	ck_assert_uint_eq(world_info(2)->dwRate, rate);
}
END_TEST

START_TEST(parameters_of_a_call_that_is_over_stay)
{
	world_connect("101", "102");
	(void)world_drop(2);

	ck_assert_int_eq(TSPI_lineSetCallParams(50, world_call(1), LINEBEARERMODE_SPEECH, 0, 0,
					 NULL),
			LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(a_change_is_told_to_both_sides)
{
	world_connect("101", "102");

	(void)TSPI_lineSetCallParams(50, world_call(1), LINEBEARERMODE_DATA, 0, 9600, NULL);

	expect_log("reply 50 0\n"
		   "101.1 CALLINFO 0xc\n"
		   "102.2 CALLINFO 0xc\n");
}
END_TEST

START_TEST(passthrough_connects_at_once)
{
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p), .dwBearerMode = LINEBEARERMODE_PASSTHROUGH };

	ck_assert_int_eq(world_make("101", NULL, &p), 1);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	(void)world_take();
	ck_assert_int_eq(TSPI_lineSetCallParams(50, world_call(1), LINEBEARERMODE_VOICE, 0, 0,
					 NULL),
			50);
	expect_log("reply 50 0\n"
		   "101.1 CALLINFO 0x4\n"
		   "because Q.850 16 normal call clearing\n"
		   "101.1 CALLSTATE DISCONNECTED 1\n");
}
END_TEST

START_TEST(passthrough_takes_an_offered_call)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_eq(TSPI_lineSetCallParams(50, world_call(2), LINEBEARERMODE_PASSTHROUGH, 0, 0,
					 NULL),
			50);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_info(1)->dwBearerMode, LINEBEARERMODE_VOICE);
	(void)TSPI_lineSetCallParams(51, world_call(2), LINEBEARERMODE_VOICE, 0, 0, NULL);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
}
END_TEST

static DWORD spec[FLOWSPEC_SIZE / sizeof(DWORD)];

START_TEST(quality_of_service_is_kept_and_told)
{
	world_connect("101", "102");
	spec[0] = 8000;

	ck_assert_int_eq(TSPI_lineSetCallQualityOfService(50, world_call(1), spec, sizeof(spec),
					 NULL, 0),
			50);

	expect_log("reply 50 0\n"
		   "101.1 CALLINFO 0x20000000\n");
	ck_assert_uint_eq(world_info(1)->dwSendingFlowspecSize, FLOWSPEC_SIZE);
	ck_assert_uint_eq(world_info(1)->dwReceivingFlowspecSize, 0);
}
END_TEST

START_TEST(more_than_the_exchange_carries_is_refused)
{
	world_connect("101", "102");
	spec[0] = 8001;
	ck_assert_int_eq(TSPI_lineSetCallQualityOfService(50, world_call(1), NULL, 0, spec,
					 sizeof(spec)),
			LINEERR_RATEUNAVAIL);
	ck_assert_int_eq(TSPI_lineSetCallQualityOfService(50, world_call(1), spec, 31, NULL, 0),
			LINEERR_INVALPARAM);
	spec[0] = 0xFFFFFFFFu;
	ck_assert_int_eq(TSPI_lineSetCallQualityOfService(50, world_call(1), spec, sizeof(spec),
					 spec, sizeof(spec)),
			50);
	ck_assert_uint_eq(world_info(1)->dwReceivingFlowspecSize, FLOWSPEC_SIZE);
}
END_TEST

START_TEST(a_treatment_is_for_those_who_wait)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_eq(TSPI_lineSetCallTreatment(50, world_call(2), LINECALLTREATMENT_MUSIC), 50);
	ck_assert_int_eq(TSPI_lineSetCallTreatment(51, world_call(2), LINECALLTREATMENT_MUSIC), 51);

	expect_log("reply 50 0\n"
		   "102.2 CALLINFO 0x10000000\n"
		   "reply 51 0\n");
	ck_assert_uint_eq(world_info(2)->dwCallTreatment, LINECALLTREATMENT_MUSIC);
	ck_assert_int_eq(TSPI_lineSetCallTreatment(52, world_call(2), 77), LINEERR_INVALPARAM);
	(void)world_answer(2);
	ck_assert_int_eq(TSPI_lineSetCallTreatment(53, world_call(2), LINECALLTREATMENT_BUSY),
			LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(the_caller_hears_its_treatment_until_it_is_answered)
{
	(void)world_add_msp("101");
	(void)world_make("101", "102", NULL);
	(void)world_take();

	(void)TSPI_lineSetCallTreatment(50, world_call(2), LINECALLTREATMENT_MUSIC);
	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp play 2 [Sound: music]\n"));
	(void)TSPI_lineSetCallTreatment(51, world_call(2), LINECALLTREATMENT_SILENCE);
	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp play 3 [Sound: silence]\n"));
	(void)world_answer(2);
	exchange_advance(2000); /* its offer never comes */
	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp play 4\n"));
}
END_TEST

START_TEST(the_treatments_are_listed)
{
	union {
		LINEADDRESSCAPS caps;
		char room[sizeof(LINEADDRESSCAPS) + 1024];
	} u = { .caps.dwTotalSize = sizeof(u) };
	LINECALLTREATMENTENTRY list[4];

	ck_assert_int_eq(TSPI_lineGetAddressCaps(WORLD_LINE_BASE, 0, 0x30001, 0, &u.caps), 0);

	ck_assert_uint_eq(u.caps.dwNumCallTreatments, 4);
	ck_assert_uint_eq(u.caps.dwCallTreatmentListSize, sizeof(list));
	memcpy(list, u.room + u.caps.dwCallTreatmentListOffset, sizeof(list));
	ck_assert_uint_eq(list[3].dwCallTreatmentID, LINECALLTREATMENT_MUSIC);
	ck_assert_str_eq(u.room + list[3].dwCallTreatmentNameOffset, "Music");
	ck_assert_uint_eq(list[3].dwCallTreatmentNameSize, 6);
	ck_assert_uint_le(u.caps.dwUsedSize, sizeof(u));
}
END_TEST

START_TEST(a_secured_call_is_not_disturbed)
{
	world_connect("101", "102");

	ck_assert_int_eq(TSPI_lineSecureCall(50, world_call(2)), 50);

	expect_log("reply 50 0\n"
		   "102.2 CALLINFO 0x1\n");
	ck_assert_uint_ne(world_info(2)->dwCallParamFlags & LINECALLPARAMFLAGS_SECURE, 0);
	(void)world_make("103", "102", NULL);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_BUSY);
	(void)world_drop(2);
	(void)world_make("104", "102", NULL);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(a_call_may_be_secure_from_its_start)
{
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p),
		.dwCallParamFlags = LINECALLPARAMFLAGS_SECURE };

	(void)world_make("101", "102", &p);
	(void)world_make("103", "101", NULL);

	ck_assert_uint_eq(world_state(3), LINECALLSTATE_BUSY);
}
END_TEST

static DWORD flags_of(const char *extension)
{
	LINEDEVSTATUS s = { .dwTotalSize = sizeof(s) };

	ck_assert_int_eq(TSPI_lineGetLineDevStatus(world_line(extension), &s), 0);
	return s.dwDevStatusFlags;
}

START_TEST(the_lamp_is_told_when_it_changes)
{
	(void)TSPI_lineSetStatusMessages(world_line("101"), 0xFFFFFFFFu, 0);

	ck_assert_int_eq(TSPI_lineSetLineDevStatus(50, world_line("101"),
					 LINEDEVSTATUSFLAGS_MSGWAIT, 0xFFFFFFFFu),
			50);
	ck_assert_int_eq(TSPI_lineSetLineDevStatus(51, world_line("101"),
					 LINEDEVSTATUSFLAGS_MSGWAIT, 1),
			51);
	ck_assert_uint_eq(flags_of("101"), LINEDEVSTATUSFLAGS_CONNECTED |
							   LINEDEVSTATUSFLAGS_MSGWAIT |
							   LINEDEVSTATUSFLAGS_INSERVICE);
	ck_assert_int_eq(TSPI_lineSetLineDevStatus(52, world_line("101"),
					 LINEDEVSTATUSFLAGS_MSGWAIT, 0),
			52);

	expect_log("reply 50 0\n"
		   "101 LINEDEVSTATE 0x10 0 0\n"
		   "reply 51 0\n"
		   "reply 52 0\n"
		   "101 LINEDEVSTATE 0x20 0 0\n");
	ck_assert_int_eq(TSPI_lineSetLineDevStatus(53, world_line("101"), 0x10, 1),
			LINEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_lineSetLineDevStatus(54, world_line("101"), 0, 1),
			LINEERR_INVALPARAM);
}
END_TEST

START_TEST(a_line_out_of_service_has_no_calls)
{
	(void)TSPI_lineSetLineDevStatus(50, world_line("102"), LINEDEVSTATUSFLAGS_INSERVICE, 0);
	(void)world_take();

	ck_assert_int_eq(world_make("102", "101", NULL), LINEERR_RESOURCEUNAVAIL);
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
	ck_assert_ptr_nonnull(strstr(world_take(), "Q.850 27 destination out of order"));
	(void)TSPI_lineSetLineDevStatus(51, world_line("102"), LINEDEVSTATUSFLAGS_INSERVICE, 1);
	ck_assert_int_gt(world_make("102", "103", NULL), 0);
}
END_TEST

START_TEST(a_locked_line_only_takes_calls)
{
	(void)TSPI_lineSetLineDevStatus(50, world_line("102"), LINEDEVSTATUSFLAGS_LOCKED, 1);
	(void)world_take();

	ck_assert_int_eq(world_make("102", "101", NULL), LINEERR_CALLUNAVAIL);
	expect_log("because locked\n");
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
}
END_TEST

START_TEST(a_feature_button_lights_the_lamp)
{
	ck_assert_int_eq(TSPI_lineDevSpecificFeature(50, world_line("101"),
					 PHONEBUTTONFUNCTION_MSGWAITON, NULL, 0),
			50);
	expect_log("reply 50 0\n"
		   "101 MESSAGE 5 8 0\n");
	ck_assert_uint_ne(flags_of("101") & LINEDEVSTATUSFLAGS_MSGWAIT, 0);
	ck_assert_int_eq(TSPI_lineDevSpecificFeature(51, world_line("101"),
					 PHONEBUTTONFUNCTION_INTERCOM, NULL, 0),
			LINEERR_INVALFEATURE);
	expect_log("because feature\n");
}
END_TEST

START_TEST(words_may_be_announced_the_extended_way)
{
	char word[] = "exteA";

	world_connect("101", "102");
	ck_assert_int_eq(TSPI_lineDevSpecific(50, world_line("101"), 0, world_call(1), word, 5),
			50);
	expect_log("reply 50 0\n"
		   "101.1 MESSAGE 34 5 65\n");
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

TCase *service_case(void)
{
	TCase *tc = tcase_create("services");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, call_data_is_of_both_sides);
	tcase_add_test(tc, call_data_is_four_kilobytes_and_no_more);
	tcase_add_test(tc, call_data_comes_with_the_parameters);
	tcase_add_loop_test(tc, each_change_of_parameters, 0, COUNT(changes));
	tcase_add_test(tc, parameters_of_a_call_that_is_over_stay);
	tcase_add_test(tc, a_change_is_told_to_both_sides);
	tcase_add_test(tc, passthrough_connects_at_once);
	tcase_add_test(tc, passthrough_takes_an_offered_call);
	tcase_add_test(tc, quality_of_service_is_kept_and_told);
	tcase_add_test(tc, more_than_the_exchange_carries_is_refused);
	tcase_add_test(tc, a_treatment_is_for_those_who_wait);
	tcase_add_test(tc, the_caller_hears_its_treatment_until_it_is_answered);
	tcase_add_test(tc, the_treatments_are_listed);
	tcase_add_test(tc, a_secured_call_is_not_disturbed);
	tcase_add_test(tc, a_call_may_be_secure_from_its_start);
	tcase_add_test(tc, the_lamp_is_told_when_it_changes);
	tcase_add_test(tc, a_line_out_of_service_has_no_calls);
	tcase_add_test(tc, a_locked_line_only_takes_calls);
	tcase_add_test(tc, a_feature_button_lights_the_lamp);
	tcase_add_test(tc, words_may_be_announced_the_extended_way);
	return tc;
}
