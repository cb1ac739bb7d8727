// SPDX-License-Identifier: MIT
/* test_phone.c - what is on a set: hookswitches, lamps, buttons, display, ringer, data areas. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <string.h>

static HDRVPHONE phone;

static void start(void)
{
	world_start(NULL);
	phone = world_phone("102");
}

/* Numbers of requests are their own business here. */
static void ok(LONG result)
{
	ck_assert_int_gt(result, 0);
	(void)world_take();
}

START_TEST(a_set_is_one_open_at_a_time)
{
	HDRVPHONE again;

	ck_assert_int_eq(TSPI_phoneOpen(WORLD_PHONE_BASE + 1, 2, &again, 0x00030001,
					 (PHONEEVENT)(uintptr_t)&start),
			PHONEERR_ALLOCATED);
	ck_assert_int_eq(TSPI_phoneClose(phone), 0);
	ck_assert_int_eq(TSPI_phoneClose(phone), PHONEERR_INVALPHONEHANDLE);
	ck_assert_int_eq(TSPI_phoneSetLamp(world_request(), phone, 13, PHONELAMPMODE_STEADY),
			PHONEERR_INVALPHONEHANDLE);
	(void)world_phone("102");
}
END_TEST

START_TEST(caps_say_what_there_is)
{
	static char space[2000];
	PHONECAPS *caps = (PHONECAPS *)(void *)space;
	DWORD modes[24], lamps[24];

	caps->dwTotalSize = sizeof(space);
	ck_assert_int_eq(TSPI_phoneGetDevCaps(WORLD_PHONE_BASE + 1, 0x00030001, 0, caps), 0);
	ck_assert_str_eq(world_part(caps, caps->dwPhoneNameSize, caps->dwPhoneNameOffset),
			"Extension 102");
	ck_assert_uint_eq(caps->dwDisplayNumRows, 2);
	ck_assert_uint_eq(caps->dwDisplayNumColumns, 20);
	ck_assert_uint_eq(caps->dwNumRingModes, 4);
	ck_assert_uint_eq(caps->dwNumButtonLamps, 24);
	ck_assert_uint_eq(caps->dwButtonModesSize, 24 * sizeof(DWORD));
	ck_assert_uint_eq(caps->dwSetDataSize, caps->dwNumSetData * sizeof(DWORD));
	memcpy(modes, space + caps->dwButtonModesOffset, sizeof(modes));
	memcpy(lamps, space + caps->dwLampModesOffset, sizeof(lamps));
	ck_assert_uint_eq(modes[0], PHONEBUTTONMODE_KEYPAD);
	ck_assert_uint_eq(modes[12], PHONEBUTTONMODE_CALL);
	ck_assert_uint_eq(lamps[0], PHONELAMPMODE_DUMMY);
	ck_assert_int_eq(TSPI_phoneGetDevCaps(WORLD_PHONE_BASE + 4, 0x00030001, 0, caps),
			PHONEERR_BADDEVICEID);
	caps->dwTotalSize = sizeof(*caps) - 1;
	ck_assert_int_eq(TSPI_phoneGetDevCaps(WORLD_PHONE_BASE, 0x00030001, 0, caps),
			PHONEERR_STRUCTURETOOSMALL);
	caps->dwTotalSize = sizeof(*caps);
	ck_assert_int_eq(TSPI_phoneGetDevCaps(WORLD_PHONE_BASE, 0x00030001, 0, caps), 0);
	ck_assert_uint_gt(caps->dwNeededSize, caps->dwTotalSize);
	ck_assert_uint_eq(caps->dwPhoneNameSize, 0);
}
END_TEST

START_TEST(hookswitch_is_set_for_all_devices_in_the_mask)
{
	DWORD devs = 0;

	ck_assert_int_eq(TSPI_phoneSetHookSwitch(1, phone,
					 PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_HEADSET,
					 PHONEHOOKSWITCHMODE_SPEAKER),
			1);
	expect_log("reply 1 0\n"
		   "102 phone STATE 0x200 4\n"
		   "102 phone STATE 0x8000 4\n"
		   "102 NEWCALL 1\n"
		   "102.1 CALLSTATE DIALTONE 4\n"
		   "102 phone STATE 0x40 12\n");
	ck_assert_int_eq(TSPI_phoneGetHookSwitch(phone, &devs), 0);
	ck_assert_uint_eq(devs, PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_HEADSET);
	ck_assert_uint_eq(world_phone_status(phone)->dwHandsetHookSwitchMode,
			PHONEHOOKSWITCHMODE_SPEAKER);
	ck_assert_uint_eq(world_phone_status(phone)->dwSpeakerHookSwitchMode,
			PHONEHOOKSWITCHMODE_ONHOOK);
	ck_assert_int_eq(TSPI_phoneSetHookSwitch(2, phone, PHONEHOOKSWITCHDEV_HANDSET,
					 PHONEHOOKSWITCHMODE_SPEAKER),
			2);
	expect_log("reply 2 0\n"); /* nothing has changed */
}
END_TEST

START_TEST(mute_keeps_volume_and_gain)
{
	DWORD volume = 0, gain = 0;

	ok(TSPI_phoneSetVolume(world_request(), phone, PHONEHOOKSWITCHDEV_HANDSET, 1000));
	ok(TSPI_phoneSetGain(world_request(), phone, PHONEHOOKSWITCHDEV_HANDSET, 2000));
	ok(TSPI_phoneSetHookSwitch(world_request(), phone, PHONEHOOKSWITCHDEV_HANDSET,
			PHONEHOOKSWITCHMODE_MICSPEAKER));
	ok(TSPI_phoneSetHookSwitch(world_request(), phone, PHONEHOOKSWITCHDEV_HANDSET,
			PHONEHOOKSWITCHMODE_SPEAKER));
	ck_assert_int_eq(TSPI_phoneGetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, &volume), 0);
	ck_assert_int_eq(TSPI_phoneGetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, &gain), 0);
	ck_assert_uint_eq(volume, 1000);
	ck_assert_uint_eq(gain, 2000);
}
END_TEST

START_TEST(levels_are_kept_by_device_and_told_when_they_change)
{
	DWORD value = 9;

	ck_assert_int_eq(TSPI_phoneSetVolume(1, phone, PHONEHOOKSWITCHDEV_SPEAKER, 0xFFFF), 1);
	expect_log("reply 1 0\n102 phone STATE 0x2000 65535\n");
	ck_assert_int_eq(TSPI_phoneSetVolume(2, phone, PHONEHOOKSWITCHDEV_SPEAKER, 0xFFFF), 2);
	expect_log("reply 2 0\n");
	ck_assert_int_eq(TSPI_phoneSetVolume(2, phone, PHONEHOOKSWITCHDEV_SPEAKER, 0x10000), 2);
	expect_log("reply 2 0\n"); /* clamped, so it is the same */
	ck_assert_int_eq(TSPI_phoneSetGain(3, phone, PHONEHOOKSWITCHDEV_HEADSET, 0), 3);
	expect_log("reply 3 0\n102 phone STATE 0x20000 0\n");
	ck_assert_int_eq(TSPI_phoneGetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, &value), 0);
	ck_assert_uint_eq(value, 0xFFFF);
	ck_assert_int_eq(TSPI_phoneGetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, &value), 0);
	ck_assert_uint_eq(value, 0);
}
END_TEST

START_TEST(lamp_is_told_with_its_number)
{
	DWORD mode = 0;

	ck_assert_int_eq(TSPI_phoneSetLamp(1, phone, 13, PHONELAMPMODE_WINK), 1);
	expect_log("reply 1 0\n102 phone STATE 0x40 13\n");
	ck_assert_int_eq(TSPI_phoneGetLamp(phone, 13, &mode), 0);
	ck_assert_uint_eq(mode, PHONELAMPMODE_WINK);
	ck_assert_int_eq(TSPI_phoneGetLamp(phone, 0, &mode), 0);
	ck_assert_uint_eq(mode, PHONELAMPMODE_DUMMY); /* a key has none */
}
END_TEST

START_TEST(button_that_goes_down_comes_up)
{
	ck_assert_int_eq(world_touch(phone, "press 5"), 1);
	expect_log("102 phone BUTTON 5 DOWN\n102 phone BUTTON 5 UP\nreply 1 0\n");
	ck_assert_int_eq(world_touch(phone, "press #"), 2);
	expect_log("102 phone BUTTON 11 DOWN\n102 phone BUTTON 11 UP\nreply 2 0\n");
	ck_assert_int_eq(world_touch(phone, "down *"), 3);
	expect_log("102 phone BUTTON 10 DOWN\nreply 3 0\n");
	ck_assert_int_eq(world_touch(phone, "down 14"), 4); /* one finger */
	expect_log("102 phone BUTTON 10 UP\n102 phone BUTTON 14 DOWN\nreply 4 0\n");
	exchange_advance(5000);
	expect_log("102 phone BUTTON 14 UP\n"); /* nobody holds it longer */
	ck_assert_int_eq(world_touch(phone, "down 1"), 5);
	ck_assert_int_eq(world_touch(phone, "up"), 6);
	expect_log("102 phone BUTTON 1 DOWN\nreply 5 0\n102 phone BUTTON 1 UP\nreply 6 0\n");
	exchange_advance(9000);
	expect_log("");
}
END_TEST

static LONG set_button(DWORD button, DWORD mode, DWORD function, const char *text)
{
	static char space[sizeof(PHONEBUTTONINFO) + 100];
	PHONEBUTTONINFO *info = (PHONEBUTTONINFO *)(void *)space;

	memset(space, 0, sizeof(space));
	info->dwTotalSize = sizeof(space);
	info->dwButtonMode = mode;
	info->dwButtonFunction = function;
	info->dwButtonTextSize = (DWORD)strlen(text) + 1;
	info->dwButtonTextOffset = sizeof(*info);
	(void)strncpy(space + sizeof(*info), text, 99);
	return TSPI_phoneSetButtonInfo(world_request(), phone, button, info);
}

START_TEST(function_key_can_be_given_a_meaning)
{
	static char space[200];
	PHONEBUTTONINFO *info = (PHONEBUTTONINFO *)(void *)space;

	ck_assert_int_eq(set_button(17, PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_PARK, "x"), 1);
	expect_log("102 phone STATE 0x400000 0\nreply 1 0\n"); /* PHONECAPS say the function */
	ck_assert_int_eq(set_button(17, PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_PARK,
					 "Park it"),
			2);
	expect_log("102 phone STATE 0x1 0\nreply 2 0\n");
	info->dwTotalSize = sizeof(space);
	ck_assert_int_eq(TSPI_phoneGetButtonInfo(phone, 17, info), 0);
	ck_assert_uint_eq(info->dwButtonMode, PHONEBUTTONMODE_FEATURE);
	ck_assert_uint_eq(info->dwButtonFunction, PHONEBUTTONFUNCTION_PARK);
	ck_assert_uint_eq(info->dwButtonState, PHONEBUTTONSTATE_UP);
	ck_assert_str_eq(world_part(info, info->dwButtonTextSize, info->dwButtonTextOffset),
			"Park it");
	ck_assert_int_eq(TSPI_phoneGetButtonInfo(phone, 0, info), 0);
	ck_assert_uint_eq(info->dwButtonMode, PHONEBUTTONMODE_KEYPAD);
	ok(world_touch(phone, "down 17"));
	ck_assert_int_eq(TSPI_phoneGetButtonInfo(phone, 17, info), 0);
	ck_assert_uint_eq(info->dwButtonState, PHONEBUTTONSTATE_DOWN);
}
END_TEST

static LONG show(DWORD row, DWORD column, const char *text)
{
	return TSPI_phoneSetDisplay(world_request(), phone, row, column, text, (DWORD)strlen(text));
}

START_TEST(display_is_written_over_and_cut_at_its_end)
{
	ck_assert_str_eq(world_display(phone), "|");
	ck_assert_int_eq(show(0, 3, "hello"), 1);
	expect_log("reply 1 0\n102 phone STATE 0x20 0\n");
	ck_assert_str_eq(world_display(phone), "   hello|");
	ok(show(0, 5, "XX"));
	ck_assert_str_eq(world_display(phone), "   heXXo|");
	ok(show(1, 15, "too long for the row"));
	ck_assert_str_eq(world_display(phone), "   heXXo|               too l");
	ok(show(0, 18, "wraps"));
	ck_assert_str_eq(world_display(phone), "   heXXo          wr|aps            too l");
	ok(show(0, 0, "\fa\nb"));
	ck_assert_str_eq(world_display(phone), "a|b");
	ok(show(1, 0, " "));
	ck_assert_str_eq(world_display(phone), "a|");
	ck_assert_int_gt(show(1, 0, ""), 0);
	ck_assert_ptr_null(strstr(world_take(), "STATE")); /* nothing has changed */
}
END_TEST

START_TEST(ringer_has_modes_and_a_volume)
{
	DWORD mode = 9, volume = 9;

	ck_assert_int_eq(TSPI_phoneSetRing(1, phone, 3, 5000), 1);
	expect_log("reply 1 0\n102 phone STATE 0x80 3\n102 phone STATE 0x100 5000\n");
	ck_assert_int_eq(TSPI_phoneGetRing(phone, &mode, &volume), 0);
	ck_assert_uint_eq(mode, 3);
	ck_assert_uint_eq(volume, 5000);
	ck_assert_int_eq(TSPI_phoneSetRing(2, phone, 0, 5000), 2);
	expect_log("reply 2 0\n102 phone STATE 0x80 0\n");
}
END_TEST

START_TEST(data_area_is_read_as_it_was_written)
{
	char back[300];

	ok(TSPI_phoneSetData(world_request(), phone, 3, "abc", 3));
	ck_assert_int_eq(TSPI_phoneGetData(phone, 3, NULL, 0), 0);
	memset(back, 'x', sizeof(back));
	ck_assert_int_eq(TSPI_phoneGetData(phone, 3, back, sizeof(back)), 0);
	ck_assert_int_eq(memcmp(back, "abc\0", 4), 0);
	ck_assert_int_eq(back[299], 0);
	ck_assert_int_eq(TSPI_phoneGetData(phone, 3, back, 2), 0);
	ck_assert_int_eq(memcmp(back, "abc", 2), 0);
}
END_TEST

static LONG hook(DWORD devs, DWORD mode)
{
	return TSPI_phoneSetHookSwitch(world_request(), phone, devs, mode);
}

static LONG volume(DWORD dev, DWORD value)
{
	return TSPI_phoneSetVolume(world_request(), phone, dev, value);
}

static LONG lamp(DWORD id, DWORD mode)
{
	return TSPI_phoneSetLamp(world_request(), phone, id, mode);
}

START_TEST(what_makes_no_sense_is_refused_with_a_reason_and_changes_nothing)
{
	static const char *const bad_touches[] = { "", "jump", "press", "press 24", "press 23",
		"press x", "offhook trousers", "down 99999999999" };
	const char long_text[] = "a text of more than forty bytes is too long";

	ck_assert_int_eq(hook(0, PHONEHOOKSWITCHMODE_MIC), PHONEERR_INVALHOOKSWITCHDEV);
	ck_assert_int_eq(hook(8, PHONEHOOKSWITCHMODE_MIC), PHONEERR_INVALHOOKSWITCHDEV);
	ck_assert_int_eq(hook(1, 0), PHONEERR_INVALHOOKSWITCHMODE);
	ck_assert_int_eq(hook(1, 3), PHONEERR_INVALHOOKSWITCHMODE);
	ck_assert_int_eq(hook(1, PHONEHOOKSWITCHMODE_UNKNOWN), PHONEERR_INVALHOOKSWITCHMODE);
	ck_assert_int_eq(hook(1, 0x20), PHONEERR_INVALHOOKSWITCHMODE);
	ck_assert_int_eq(volume(0, 1), PHONEERR_INVALHOOKSWITCHDEV);
	ck_assert_int_eq(volume(3, 1), PHONEERR_INVALHOOKSWITCHDEV);
	ck_assert_int_eq(lamp(24, PHONELAMPMODE_OFF), PHONEERR_INVALBUTTONLAMPID);
	ck_assert_int_eq(lamp(5, PHONELAMPMODE_OFF), PHONEERR_INVALBUTTONLAMPID);
	ck_assert_int_eq(lamp(13, 0), PHONEERR_INVALLAMPMODE);
	ck_assert_int_eq(lamp(13, 6), PHONEERR_INVALLAMPMODE);
	ck_assert_int_eq(lamp(13, PHONELAMPMODE_UNKNOWN), PHONEERR_INVALLAMPMODE);
	ck_assert_int_eq(set_button(24, PHONEBUTTONMODE_CALL, 0, ""), PHONEERR_INVALBUTTONLAMPID);
	ck_assert_int_eq(set_button(5, PHONEBUTTONMODE_CALL, 0, ""), PHONEERR_INVALBUTTONLAMPID);
	ck_assert_int_eq(set_button(14, 0, 0, ""), PHONEERR_INVALBUTTONMODE);
	ck_assert_int_eq(set_button(14, PHONEBUTTONMODE_KEYPAD, 0, ""), PHONEERR_INVALBUTTONMODE);
	ck_assert_int_eq(set_button(14, 6, 0, ""), PHONEERR_INVALBUTTONMODE);
	ck_assert_int_eq(set_button(14, PHONEBUTTONMODE_CALL, 0x30, ""), PHONEERR_INVALPARAM);
	ck_assert_int_eq(set_button(14, PHONEBUTTONMODE_CALL, 0, long_text), PHONEERR_INVALPARAM);
	ck_assert_int_eq(show(2, 0, "x"), PHONEERR_INVALPARAM);
	ck_assert_int_eq(show(0, 20, "x"), PHONEERR_INVALPARAM);
	ck_assert_int_eq(show(0, 0, "\xc3\xa4"), PHONEERR_INVALPARAM);
	ck_assert_int_eq(show(0, 0, "\a"), PHONEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_phoneSetRing(1, phone, 5, 0), PHONEERR_INVALRINGMODE);
	ck_assert_int_eq(TSPI_phoneSetData(1, phone, 4, "x", 1), PHONEERR_INVALDATAID);
	ck_assert_int_eq(TSPI_phoneSetData(1, phone, 0, world_take(), 257), PHONEERR_INVALPARAM);
	ck_assert_str_eq(world_cause(), "data area");
	for (size_t i = 0; i < sizeof(bad_touches) / sizeof(bad_touches[0]); i++)
		ck_assert_int_lt(world_touch(phone, bad_touches[i]), 0);
	ck_assert_ptr_null(strstr(world_take(), "phone"));
	ck_assert_str_eq(world_display(phone), "|");
}
END_TEST

START_TEST(set_that_is_taken_away_cannot_be_changed)
{
	DWORD mode;

	ck_assert_int_eq(world_touch(phone, "suspend"), 1);
	expect_log("102 phone STATE 0x40000 0\nreply 1 0\n");
	ck_assert_uint_eq(world_phone_status(phone)->dwStatusFlags,
			PHONESTATUSFLAGS_CONNECTED | PHONESTATUSFLAGS_SUSPENDED);
	ck_assert_uint_eq(world_phone_status(phone)->dwPhoneFeatures & PHONEFEATURE_SETLAMP, 0);
	ck_assert_int_eq(lamp(13, PHONELAMPMODE_STEADY), PHONEERR_INVALPHONESTATE);
	ck_assert_int_eq(world_touch(phone, "press 1"), PHONEERR_INVALPHONESTATE);
	ck_assert_int_eq(TSPI_phoneGetLamp(phone, 13, &mode), 0);
	ck_assert_int_gt(world_touch(phone, "resume"), 0);
	ck_assert_ptr_nonnull(strstr(world_take(), "102 phone STATE 0x80000 0\n"));
	ok(lamp(13, PHONELAMPMODE_STEADY));
	ok(world_touch(phone, "unplug"));
	ck_assert_uint_eq(world_phone_status(phone)->dwStatusFlags, 0);
	ck_assert_int_eq(hook(1, PHONEHOOKSWITCHMODE_MIC), PHONEERR_INVALPHONESTATE);
	ok(world_touch(phone, "plug"));
	ok(lamp(13, PHONELAMPMODE_OFF));
}
END_TEST

START_TEST(only_what_the_host_wants_to_hear_is_told)
{
	ck_assert_int_eq(TSPI_phoneSetStatusMessages(phone, PHONESTATE_LAMP,
					 PHONEBUTTONMODE_FEATURE, PHONEBUTTONSTATE_UP),
			0);
	ck_assert_int_eq(TSPI_phoneSetRing(1, phone, 3, 5000), 1);
	ck_assert_int_eq(lamp(13, PHONELAMPMODE_STEADY), 1);
	expect_log("reply 1 0\nreply 1 0\n102 phone STATE 0x40 13\n");
	ck_assert_int_eq(world_touch(phone, "press 5"), 2);
	ck_assert_int_eq(world_touch(phone, "press 14"), 3);
	expect_log("reply 2 0\n102 phone BUTTON 14 UP\nreply 3 0\n");
}
END_TEST

START_TEST(set_and_line_name_each_other)
{
	static char space[100];
	VARSTRING *id = (VARSTRING *)(void *)space;
	int fd;
	DWORD number;

	id->dwTotalSize = sizeof(space);
	ck_assert_int_eq(TSPI_phoneGetID(phone, id, "TAPI/line", &fd), 0);
	memcpy(&number, space + id->dwStringOffset, sizeof(number));
	ck_assert_uint_eq(number, WORLD_LINE_BASE + 1);
	ck_assert_int_eq(TSPI_lineGetID(world_line("102"), 0, 0, LINECALLSELECT_LINE, id,
					 "tapi/phone", &fd),
			0);
	memcpy(&number, space + id->dwStringOffset, sizeof(number));
	ck_assert_uint_eq(number, WORLD_PHONE_BASE + 1);
	ck_assert_int_eq(TSPI_phoneGetID(phone, id, "wave/in", &fd), PHONEERR_INVALDEVICECLASS);
}
END_TEST

START_TEST(extension_version_is_one)
{
	DWORD version = 0;

	ck_assert_int_eq(TSPI_phoneNegotiateExtVersion(WORLD_PHONE_BASE, 0x00030001, 0x00010000,
					 0x00020000, &version),
			0);
	ck_assert_uint_eq(version, 0x00010000);
	ck_assert_int_eq(TSPI_phoneNegotiateExtVersion(WORLD_PHONE_BASE, 0x00030001, 0x00020000,
					 0x00020000, &version),
			PHONEERR_INCOMPATIBLEEXTVERSION);
	ck_assert_int_eq(TSPI_phoneSelectExtVersion(phone, 0x00010000), 0);
	ck_assert_int_eq(TSPI_phoneSelectExtVersion(phone, 0x00010001), PHONEERR_INVALEXTVERSION);
}
END_TEST

TCase *phone_case(void)
{
	TCase *t = tcase_create("phone");

	tcase_add_checked_fixture(t, start, world_stop);
	tcase_add_test(t, a_set_is_one_open_at_a_time);
	tcase_add_test(t, caps_say_what_there_is);
	tcase_add_test(t, hookswitch_is_set_for_all_devices_in_the_mask);
	tcase_add_test(t, mute_keeps_volume_and_gain);
	tcase_add_test(t, levels_are_kept_by_device_and_told_when_they_change);
	tcase_add_test(t, lamp_is_told_with_its_number);
	tcase_add_test(t, button_that_goes_down_comes_up);
	tcase_add_test(t, function_key_can_be_given_a_meaning);
	tcase_add_test(t, display_is_written_over_and_cut_at_its_end);
	tcase_add_test(t, ringer_has_modes_and_a_volume);
	tcase_add_test(t, data_area_is_read_as_it_was_written);
	tcase_add_test(t, what_makes_no_sense_is_refused_with_a_reason_and_changes_nothing);
	tcase_add_test(t, set_that_is_taken_away_cannot_be_changed);
	tcase_add_test(t, only_what_the_host_wants_to_hear_is_told);
	tcase_add_test(t, set_and_line_name_each_other);
	tcase_add_test(t, extension_version_is_one);
	return t;
}
