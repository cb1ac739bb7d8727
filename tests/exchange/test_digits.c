// SPDX-License-Identifier: MIT
/* test_digits.c - digits go to one MSP and come from the other, never through the exchange. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"
#include "providers/exchange/media.h"

#include <stdio.h>
#include <string.h>

#define BOTH (LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND)

static void connect(void)
{
	world_start(NULL);
	(void)world_add_msp("101");
	(void)world_add_msp("102");
	(void)world_make("101", "102", NULL);
	(void)world_msp_says(1, "TAPI-RTP/1 offer 1\n\nsdp A");
	(void)world_answer(2);
	(void)world_msp_says(2, "TAPI-RTP/1 answer 1\n\nsdp B");
	(void)world_take();
}

static LONG generate(DWORD end_to_end, const char *digits)
{
	return TSPI_lineGenerateDigits(world_call(1), end_to_end, LINEDIGITMODE_DTMF, digits, 0);
}

START_TEST(digits_are_the_msps_to_send)
{
	ck_assert_int_eq(generate(77, "47 x11#"), 0);
	expect_log("101.1 msp digits 2 [Digits: 4711#]\n");

	(void)world_msp_says(1, "TAPI-RTP/1 digits-done 2\nResult: done\n\n");
	expect_log("101.1 GENERATE 1 77\n");
	(void)world_msp_says(1, "TAPI-RTP/1 digits-done 2\nResult: done\n\n");
	expect_log("");
}
END_TEST

START_TEST(new_digits_end_the_old_ones)
{
	(void)generate(77, "1");
	(void)generate(78, "2");
	(void)world_take();

	(void)world_msp_says(1, "TAPI-RTP/1 digits-done 2\nResult: cancelled\n\n");
	(void)world_msp_says(1, "TAPI-RTP/1 digits-done 3\nResult: done\n\n");

	expect_log("101.1 GENERATE 2 77\n"
		   "101.1 GENERATE 1 78\n");
}
END_TEST

START_TEST(no_digits_cancel)
{
	(void)generate(77, "123");
	(void)world_take();

	ck_assert_int_eq(generate(0, NULL), 0);
	expect_log("101.1 msp digits 3 [Digits: ]\n");
	(void)world_msp_says(1, "TAPI-RTP/1 digits-done 2\nResult: cancelled\n\n");
	(void)world_msp_says(1, "TAPI-RTP/1 digits-done 3\nResult: done\n\n");
	expect_log("101.1 GENERATE 2 77\n");
}
END_TEST

START_TEST(an_error_of_the_msp_cancels)
{
	(void)generate(77, "123");
	(void)world_take();

	(void)world_msp_says(1, "TAPI-RTP/1 error 2\nCode: 481\n\n");

	expect_log("101.1 GENERATE 2 77\n");
}
END_TEST

START_TEST(the_end_of_the_call_cancels)
{
	(void)generate(77, "123");
	(void)world_take();

	(void)world_drop(2);

	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp close 3\n"
						   "101.1 GENERATE 2 77\n"));
	(void)world_msp_says(1, "TAPI-RTP/1 digits-done 2\nResult: cancelled\n\n");
	expect_log("");
}
END_TEST

START_TEST(the_end_of_the_media_cancels)
{
	(void)generate(77, "123");
	(void)world_take();

	(void)world_msp_bytes(1, NULL, 0);

	expect_log("101.1 GENERATE 2 77\n");
	ck_assert_int_eq(generate(78, "1"), LINEERR_OPERATIONUNAVAIL);
}
END_TEST

START_TEST(an_msp_that_never_reports_loses_the_oldest)
{
	for (DWORD i = 0; i < GENERATIONS_MAX; i++)
		(void)generate(100 + i, "1");
	(void)world_take();

	(void)generate(200, "1");

	expect_log("101.1 GENERATE 2 100\n"
		   "101.1 msp digits 10 [Digits: 1]\n");
}
END_TEST

START_TEST(what_cannot_be_sent)
{
	char many[258];

	memset(many, '5', sizeof(many) - 1);
	many[257] = '\0';

	ck_assert_int_eq(TSPI_lineGenerateDigits(world_call(1), 1, LINEDIGITMODE_DTMFEND, "1", 0),
			LINEERR_INVALDIGITMODE);
	ck_assert_int_eq(TSPI_lineGenerateDigits(world_call(1), 1, BOTH, "1", 0),
			LINEERR_INVALDIGITMODE);
	ck_assert_int_eq(generate(1, many), LINEERR_INVALDIGITS);
	many[256] = '\0';
	ck_assert_int_eq(generate(1, many), 0);
	(void)world_drop(1);
	ck_assert_int_eq(generate(1, "1"), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(monitored_digits_are_reported)
{
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(2), BOTH), 0);
	expect_log("102.2 msp detect 2 [Digits: on]\n"
		   "102.2 CALLINFO 0x8000000\n");
	ck_assert_uint_eq(world_info(2)->dwMonitorDigitModes, BOTH);

	(void)world_msp_says(2, "TAPI-RTP/1 digit 1\nDigit: 4\nState: down\nTick: 1000\n\n");
	(void)world_msp_says(2, "TAPI-RTP/1 digit 2\nDigit: 4\nState: up\nTick: 1100\n\n");
	expect_log("102.2 DIGIT 4 2 1000\n"
		   "102.2 DIGIT 4 4 1100\n");
}
END_TEST

START_TEST(only_what_is_monitored_is_reported)
{
	(void)TSPI_lineMonitorDigits(world_call(2), LINEDIGITMODE_DTMF);
	(void)world_take();

	(void)world_msp_says(2, "TAPI-RTP/1 digit 1\nDigit: #\nState: down\n\n");
	(void)world_msp_says(2, "TAPI-RTP/1 digit 2\nDigit: #\nState: up\n\n");
	expect_log("102.2 DIGIT # 2 0\n");
	(void)TSPI_lineMonitorDigits(world_call(2), 0);
	expect_log("102.2 msp detect 3 [Digits: off]\n"
		   "102.2 CALLINFO 0x8000000\n");
	(void)world_msp_says(2, "TAPI-RTP/1 digit 3\nDigit: 1\nState: down\n\n");
	(void)world_msp_says(1, "TAPI-RTP/1 digit 1\nDigit: 1\nState: down\n\n");
	expect_log("");
}
END_TEST

START_TEST(monitoring_is_told_to_an_msp_that_comes_later)
{
	(void)world_make("103", "104", NULL);
	(void)world_answer(4);
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(4), LINEDIGITMODE_DTMF), 0);
	ck_assert_ptr_null(strstr(world_take(), "msp"));

	(void)world_add_msp("104");
	(void)world_msp_says(4, "TAPI-RTP/1 offer 1\nNew: yes\n\nsdp");

	expect_log("104.4 msp detect 1 [Digits: on]\n"
		   "104.4 msp error 1 [Code: 488]\n");
}
END_TEST

START_TEST(monitoring_is_told_again_to_an_instance_that_takes_over)
{
	(void)TSPI_lineMonitorDigits(world_call(2), LINEDIGITMODE_DTMF);
	(void)world_take();

	(void)world_msp_says(2, "TAPI-RTP/1 offer 1\nNew: yes\n\nsdp");

	expect_log("102.2 msp detect 3 [Digits: on]\n"
		   "101.1 msp offer 2 <sdp>\n");
}
END_TEST

START_TEST(monitoring_before_the_answer_starts_with_the_media)
{
	(void)world_make("101", "102", NULL);
	(void)world_msp_says(3, "TAPI-RTP/1 offer 1\n\nsdp A");
	(void)TSPI_lineMonitorDigits(world_call(4), LINEDIGITMODE_DTMF);
	(void)world_take();

	(void)world_answer(4);

	expect_log("102.4 CALLSTATE ACCEPTED 0\n"
		   "102.4 msp offer 1 <sdp A>\n"
		   "102.4 msp detect 2 [Digits: on]\n");
}
END_TEST

START_TEST(what_cannot_be_monitored)
{
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(2), 8), LINEERR_INVALDIGITMODE);
	(void)world_drop(1);
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(2), LINEDIGITMODE_DTMF),
			LINEERR_INVALCALLSTATE);
	ck_assert_int_eq(TSPI_lineMonitorDigits(world_call(2), 0), 0);
}
END_TEST

TCase *digits_case(void)
{
	TCase *tc = tcase_create("digits");

	tcase_add_checked_fixture(tc, connect, world_stop);
	tcase_add_test(tc, digits_are_the_msps_to_send);
	tcase_add_test(tc, new_digits_end_the_old_ones);
	tcase_add_test(tc, no_digits_cancel);
	tcase_add_test(tc, an_error_of_the_msp_cancels);
	tcase_add_test(tc, the_end_of_the_call_cancels);
	tcase_add_test(tc, the_end_of_the_media_cancels);
	tcase_add_test(tc, an_msp_that_never_reports_loses_the_oldest);
	tcase_add_test(tc, what_cannot_be_sent);
	tcase_add_test(tc, monitored_digits_are_reported);
	tcase_add_test(tc, only_what_is_monitored_is_reported);
	tcase_add_test(tc, monitoring_is_told_to_an_msp_that_comes_later);
	tcase_add_test(tc, monitoring_is_told_again_to_an_instance_that_takes_over);
	tcase_add_test(tc, monitoring_before_the_answer_starts_with_the_media);
	tcase_add_test(tc, what_cannot_be_monitored);
	return tc;
}
