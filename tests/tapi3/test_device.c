// SPDX-License-Identifier: MIT
/* test_device.c - microphones and loudspeakers: terminals of a device's name, in one step and step
 * by step. The mock MSP has every device but "bad.wav". */
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

START_TEST(speaking_makes_names_and_selects_both)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *mic, *speakers;
	char name[32];

	ck_assert_int_eq(tapi_call_speak(call, "in", "out", &mic, &speakers), 0);

	ck_assert_uint_eq(scene_msp_did("select on audio capture"), 1);
	ck_assert_uint_eq(scene_msp_did("select on audio render"), 1);
	ck_assert_int_eq(tapi_terminal_get_device(mic, name, sizeof(name)), 2);
	ck_assert_str_eq(name, "in");
	ck_assert_int_eq(tapi_terminal_get_device(speakers, name, sizeof(name)), 3);
	ck_assert_str_eq(tapi_terminal_get_class(speakers), TAPI_TERMINAL_AUDIO_DEVICE);
	tapi_unref(mic);
	tapi_unref(speakers);
	tapi_unref(call);
}
END_TEST

START_TEST(one_direction_may_be_left_alone)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *mic = NULL;

	ck_assert_int_eq(tapi_call_speak(call, NULL, "out", &mic, NULL), 0);

	ck_assert_ptr_null(mic);
	ck_assert_uint_eq(scene.msp->terminals, 1);
	ck_assert_uint_eq(scene_msp_did("select on audio capture"), 0);
	ck_assert_uint_eq(scene_msp_did("select on audio render"), 1);
	tapi_unref(call);
}
END_TEST

START_TEST(a_device_that_is_not_there_is_named_and_leaves_nothing)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *mic = NULL, *speakers = NULL;
	struct tapix_reason why;

	ck_assert_int_eq(tapi_call_speak(call, "in", "bad.wav", &mic, &speakers),
			TAPI_E_INVALIDTERMINAL);

	tapixGetLastReason(&why);
	ck_assert_str_eq(why.cause, "device");
	ck_assert_str_eq(why.sentence, "the terminal cannot take the device: bad.wav: it is bad");
	ck_assert_ptr_null(mic);
	ck_assert_ptr_null(speakers);
	ck_assert_uint_eq(scene.msp->terminals, 0);
	ck_assert_uint_eq(scene_msp_did("select on audio capture"), 0);
	tapi_unref(call);
}
END_TEST

START_TEST(a_device_tells_its_figures_and_reason)
{
	struct tapi_call *call = scene_connected();
	struct tapi_device_figures f;
	struct tapi_terminal *mic;
	char why[64];

	ck_assert_int_eq(tapi_call_speak(call, "in", NULL, &mic, NULL), 0);
	memset(&f, 0, sizeof(f));
	ck_assert_int_eq(tapi_terminal_get_device_figures(mic, &f, sizeof(f)), 0);
	ck_assert_uint_eq(f.rate, 48000);
	ck_assert_int_eq(f.drift_ppm, -7);
	ck_assert_uint_eq(f.gaps, 5);
	memset(&f, 0, sizeof(f));
	ck_assert_int_eq(tapi_terminal_get_device_figures(mic, &f, 8), 0);
	ck_assert_uint_eq(f.rate, 48000);
	ck_assert_uint_eq(f.channels, 0);

	ck_assert_int_eq(tapi_terminal_set_device_latency(mic, 80), 0);
	ck_assert_int_eq(tapi_terminal_set_device_latency(mic, 8000), TAPI_E_OPERATIONFAILED);
	ck_assert_int_eq(tapi_terminal_set_device(mic, NULL), LINEERR_INVALPOINTER);
	ck_assert_int_eq(tapi_terminal_set_device(mic, "bad.wav"), TAPI_E_INVALIDTERMINAL);
	ck_assert_int_eq(tapi_terminal_get_reason(mic, why, sizeof(why)), 18);
	ck_assert_str_eq(why, "bad.wav: it is bad");
	tapi_unref(mic);
	tapi_unref(call);
}
END_TEST

START_TEST(a_static_terminal_keeps_its_device)
{
	struct tapi_terminal *mic;

	ck_assert_int_eq(tapi_address_get_default_static_terminal(scene.address,
					 TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &mic),
			0);

	ck_assert_int_eq(tapi_terminal_set_device(mic, "in"), TAPI_E_NOTSUPPORTED);
	tapi_unref(mic);
}
END_TEST

START_TEST(other_terminals_are_no_devices)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *recorder;
	struct tapi_device_figures f;

	ck_assert_int_eq(tapi_call_record(call, "c.wav", &recorder), 0);

	ck_assert_int_eq(tapi_terminal_set_device(recorder, "in"), TAPI_E_NOTSUPPORTED);
	ck_assert_int_eq(tapi_terminal_get_device_figures(recorder, &f, sizeof(f)),
			TAPI_E_NOTSUPPORTED);
	tapi_unref(recorder);
	tapi_unref(call);
}
END_TEST

static Suite *device_suite(void)
{
	Suite *s = suite_create("tapi3 device");
	TCase *c = tcase_create("device");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, speaking_makes_names_and_selects_both);
	tcase_add_test(c, one_direction_may_be_left_alone);
	tcase_add_test(c, a_device_that_is_not_there_is_named_and_leaves_nothing);
	tcase_add_test(c, a_device_tells_its_figures_and_reason);
	tcase_add_test(c, a_static_terminal_keeps_its_device);
	tcase_add_test(c, other_terminals_are_no_devices);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(device_suite())
