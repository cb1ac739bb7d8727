// SPDX-License-Identifier: MIT
/* test_format.c - formats of streams, and those that the calls of an address prefer. The mock MSP
 * knows every format but "bad". */
#include "../test_main.h"
#include "scene.h"

static void setup(void)
{
	scene_open(true);
}

static void teardown(void)
{
	scene_close();
}

START_TEST(formats_of_a_stream_are_told_and_set)
{
	struct tapi_call *call = scene_connected();
	struct tapi_stream_format f;
	struct tapi_stream *stream;
	char names[32];

	ck_assert_int_eq(tapi_call_get_stream(call, 0, &stream), 0);
	ck_assert_int_eq(tapi_stream_get_format(stream, 0, &f, sizeof(f)), 0);
	ck_assert_str_eq(f.codec, "MOCK");
	ck_assert_uint_eq(f.bit_rate, 1234);
	ck_assert_uint_eq(f.place, 1);
	ck_assert_int_eq(tapi_stream_get_format(stream, 1, &f, sizeof(f)), TAPI_E_NOITEMS);
	ck_assert_int_eq(tapi_stream_set_format_preference(stream, "A B"), 0);
	ck_assert_int_eq(tapi_stream_get_format_preference(stream, names, sizeof(names)), 3);
	ck_assert_str_eq(names, "A B");
	ck_assert_int_eq(tapi_stream_get_current_format(stream, &f, sizeof(f)), TAPI_E_NOITEMS);
	ck_assert_int_eq(tapi_stream_set_format_preference(stream, NULL), 0);

	ck_assert_uint_eq(scene_msp_did("prefer A B"), 1);
	ck_assert_uint_eq(scene_msp_did("prefer "), 1);
	tapi_unref(stream);
	tapi_unref(call);
}
END_TEST

START_TEST(a_list_that_the_msp_refuses_has_a_reason)
{
	struct tapi_call *call = scene_connected();
	struct tapi_stream *stream;
	struct tapix_reason why;

	ck_assert_int_eq(tapi_call_get_stream(call, 1, &stream), 0);
	ck_assert_int_eq(tapi_stream_set_format_preference(stream, "bad"), TAPI_E_NOFORMAT);

	tapixGetLastReason(&why);
	ck_assert_str_eq(why.sentence, "of 'bad' no format is known here and allowed on the line");
	tapi_unref(stream);
	tapi_unref(call);
}
END_TEST

START_TEST(an_older_application_gets_what_it_knows)
{
	struct tapi_call *call = scene_connected();
	struct tapi_stream_format f;
	struct tapi_stream *stream;

	memset(&f, 0x55, sizeof(f));
	ck_assert_int_eq(tapi_call_get_stream(call, 0, &stream), 0);
	ck_assert_int_eq(tapi_stream_get_format(stream, 0, &f, sizeof(f.codec)), 0);

	ck_assert_str_eq(f.codec, "MOCK");
	ck_assert_uint_eq(f.clock, 0x55555555);
	tapi_unref(stream);
	tapi_unref(call);
}
END_TEST

START_TEST(calls_of_an_address_have_its_list_from_their_beginning)
{
	struct tapi_call *call;

	ck_assert_int_eq(tapi_address_set_format_preference(scene.address, "bad"), TAPI_E_NOFORMAT);
	ck_assert_int_eq(tapi_address_set_format_preference(scene.address, "G722"), 0);
	ck_assert_uint_eq(scene.msp->calls, 0); /* those that were asked are gone */
	ck_assert_uint_eq(scene_msp_did("prefer G722"), 1);
	call = scene_connected();
	ck_assert_uint_eq(scene_msp_did("prefer G722"), 2);
	tapi_unref(call);
	ck_assert_int_eq(tapi_address_set_format_preference(scene.address, ""), 0);
	call = scene_connected();

	ck_assert_uint_eq(scene_msp_did("prefer G722"), 2);
	ck_assert_uint_eq(scene_msp_did("prefer "), 0);
	tapi_unref(call);
}
END_TEST

START_TEST(a_list_of_a_line_of_the_telephony_api_is_there_when_the_server_hears_of_the_call)
{
	struct tapi_address *address;
	HCALL handle = 0;
	HLINE line;

	ck_assert_int_eq(lineOpen(tapi_get_handle(scene.tapi), 0, &line, 0x00030001, 0, 0,
					 LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE,
					 NULL),
			0);
	ck_assert_int_eq(tapi_line_media(line), 0);
	ck_assert_int_eq(tapi_address_from_handle(line, 0, &address), 0);
	ck_assert_int_eq(tapi_address_set_format_preference(address, "G722"), 0);
	tapi_unref(address);
	ck_assert_int_gt(lineMakeCall(line, &handle, "102", 0, NULL), 0);

	ck_assert_uint_eq(scene_msp_did("prefer G722"), 2);
}
END_TEST

START_TEST(without_msp_there_are_no_formats)
{
	scene.no_msp = true;

	ck_assert_int_lt(tapi_address_set_format_preference(scene.address, "G722"), 0);
	ck_assert_int_lt(tapi_stream_set_format_preference(NULL, "G722"), 0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 format");
	TCase *c = tcase_create("format");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, formats_of_a_stream_are_told_and_set);
	tcase_add_test(c, a_list_that_the_msp_refuses_has_a_reason);
	tcase_add_test(c, an_older_application_gets_what_it_knows);
	tcase_add_test(c, calls_of_an_address_have_its_list_from_their_beginning);
	tcase_add_test(c,
			a_list_of_a_line_of_the_telephony_api_is_there_when_the_server_hears_of_the_call);
	tcase_add_test(c, without_msp_there_are_no_formats);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
