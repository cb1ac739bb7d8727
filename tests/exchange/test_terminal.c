// SPDX-License-Identifier: MIT
/* test_terminal.c - the set and its line: lifting, dialling, putting down, ringing, and what
 * lineSetTerminal switches off. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <string.h>

#define SET 0u

static HDRVPHONE phone;

static void start(void)
{
	world_start(NULL);
	phone = world_phone("102");
}

static void start_apart(void)
{
	static const char *const config[] = { "sets", "apart", NULL };

	world_start(config);
	phone = world_phone("102");
}

static DWORD ring_mode(void)
{
	return world_phone_status(phone)->dwRingMode;
}

static DWORD line_lamp(void)
{
	DWORD mode = 0;

	ck_assert_int_eq(TSPI_phoneGetLamp(phone, 12, &mode), 0);
	return mode;
}

static LONG route_line(DWORD modes, DWORD terminal, bool enable)
{
	return TSPI_lineSetTerminal(world_request(), world_line("102"), 0, 0, LINECALLSELECT_LINE,
			modes, terminal, enable);
}

static LONG route_call(DWORD call, DWORD modes, DWORD terminal, bool enable)
{
	return TSPI_lineSetTerminal(world_request(), world_line("102"), 0, world_call(call),
			LINECALLSELECT_CALL, modes, terminal, enable);
}

START_TEST(set_rings_shows_and_blinks_while_its_line_is_called)
{
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(ring_mode(), 1);
	ck_assert_uint_eq(line_lamp(), PHONELAMPMODE_FLASH);
	ck_assert_str_eq(world_display(phone), "Call from 101|");
	ck_assert_ptr_nonnull(strstr(world_take(), "102 phone STATE 0x80 1\n"));

	(void)world_answer(2);
	ck_assert_uint_eq(ring_mode(), 0);
	ck_assert_uint_eq(line_lamp(), PHONELAMPMODE_STEADY);
	ck_assert_str_eq(world_display(phone), "Talking to 101|");
	(void)world_hold(2);
	ck_assert_uint_eq(line_lamp(), PHONELAMPMODE_WINK);
	(void)world_drop(2);
	ck_assert_uint_eq(line_lamp(), PHONELAMPMODE_OFF);
	ck_assert_str_eq(world_display(phone), "|");
}
END_TEST

START_TEST(ringing_ends_with_the_caller)
{
	(void)world_make("101", "102", NULL);
	(void)world_drop(1);
	ck_assert_uint_eq(ring_mode(), 0);
}
END_TEST

START_TEST(display_of_an_application_stays_until_the_line_speaks)
{
	ck_assert_int_gt(TSPI_phoneSetDisplay(world_request(), phone, 0, 0, "ours\nsecond", 11), 0);
	ck_assert_str_eq(world_display(phone), "ours|second");
	(void)world_make("101", "102", NULL);
	ck_assert_str_eq(world_display(phone), "Call from 101|second");
	ck_assert_int_gt(TSPI_phoneSetDisplay(world_request(), phone, 0, 0, "\fours", 5), 0);
	(void)world_drop(1);
	ck_assert_str_eq(world_display(phone), "ours|"); /* not the line's to blank */
}
END_TEST

START_TEST(lifting_the_set_answers)
{
	static const char *const devices[] = { "offhook", "offhook speaker", "offhook headset" };

	(void)world_make("101", "102", NULL);
	(void)world_take();
	ck_assert_int_gt(world_touch(phone, devices[_i]), 0);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);

	ck_assert_int_gt(world_touch(phone, "onhook"), 0);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(lifting_a_quiet_set_gets_dial_tone_and_keys_dial)
{
	const LINECALLINFO *info;

	ck_assert_int_eq(world_touch(phone, "offhook"), 1);
	expect_log("102 phone STATE 0x200 8\n"
		   "102 NEWCALL 1\n"
		   "reply 1 0\n"
		   "102.1 CALLSTATE DIALTONE 4\n"
		   "102 phone STATE 0x40 12\n");
	info = world_info(1);
	ck_assert_uint_eq(info->dwOrigin, LINECALLORIGIN_OUTBOUND);
	(void)world_touch(phone, "press 1");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DIALING);
	(void)world_touch(phone, "press 0");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DIALING);
	(void)world_touch(phone, "press 3");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
	ck_assert_str_eq(world_part(world_info(1), world_info(1)->dwCalledIDSize,
					 world_info(1)->dwCalledIDOffset),
			"103");
	(void)world_touch(phone, "onhook");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(number_that_cannot_be_one_ends_the_call)
{
	(void)world_touch(phone, "offhook");
	(void)world_touch(phone, "press 9");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
	ck_assert_str_eq(world_cause(), "Q.850 1 unallocated number");
}
END_TEST

START_TEST(number_that_is_not_completed_ends_the_call)
{
	(void)world_touch(phone, "offhook");
	(void)world_touch(phone, "press 1");
	exchange_advance(15000);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
}
END_TEST

/* Keyed while the host is just taking the new call. */
static void press_one(void)
{
	ck_assert_int_gt(world_touch(phone, "press 1"), 0);
}

START_TEST(keys_that_come_before_dial_tone_are_not_lost)
{
	world_at_new_call(press_one);
	(void)world_touch(phone, "offhook");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DIALING);
	(void)world_touch(phone, "press 0");
	(void)world_touch(phone, "press 3");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(call_that_the_host_refuses_is_gone)
{
	world_refuse_calls(true);
	(void)world_touch(phone, "offhook");
	world_refuse_calls(false);
	(void)world_touch(phone, "press 1");
	(void)world_touch(phone, "onhook");
	(void)world_touch(phone, "offhook");
	ck_assert_uint_eq(world_calls(), 1);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DIALTONE);
}
END_TEST

START_TEST(nobody_who_takes_calls_nothing_is_started)
{
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world_line("102"), 0), 0);
	ck_assert_int_eq(world_touch(phone, "offhook"), 1);
	expect_log("102 phone STATE 0x200 8\nreply 1 0\n");
}
END_TEST

START_TEST(putting_down_one_of_two_devices_ends_nothing)
{
	(void)world_touch(phone, "offhook");
	(void)world_touch(phone, "offhook headset");
	ck_assert_uint_eq(world_calls(), 1);
	(void)world_touch(phone, "onhook handset");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DIALTONE);
	(void)world_touch(phone, "onhook headset");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_IDLE);
}
END_TEST

START_TEST(set_joins_the_call_of_an_application_and_leaves_held_ones)
{
	world_connect("102", "101");
	(void)world_touch(phone, "offhook");
	ck_assert_uint_eq(world_calls(), 2);
	(void)world_touch(phone, "press 13");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_ONHOLD);
	(void)world_touch(phone, "onhook");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_ONHOLD);
	(void)world_unhold(1);
	(void)world_touch(phone, "offhook");
	(void)world_touch(phone, "press 22"); /* Drop */
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_IDLE);
}
END_TEST

START_TEST(line_key_takes_the_line_and_speed_keys_dial)
{
	static char space[sizeof(PHONEBUTTONINFO) + 8];
	PHONEBUTTONINFO *info = (PHONEBUTTONINFO *)(void *)space;

	(void)world_touch(phone, "press 17"); /* no number in it yet */
	ck_assert_uint_eq(world_calls(), 0);
	(void)world_touch(phone, "press 12");
	ck_assert_uint_eq(world_phone_status(phone)->dwSpeakerHookSwitchMode,
			PHONEHOOKSWITCHMODE_MICSPEAKER);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DIALTONE);
	(void)world_touch(phone, "onhook");
	info->dwTotalSize = sizeof(space);
	info->dwButtonMode = PHONEBUTTONMODE_FEATURE;
	info->dwButtonFunction = PHONEBUTTONFUNCTION_ABBREVDIAL;
	info->dwButtonTextSize = 4;
	info->dwButtonTextOffset = sizeof(*info);
	strcpy(space + sizeof(*info), "103");
	ck_assert_int_gt(TSPI_phoneSetButtonInfo(world_request(), phone, 17, info), 0);
	(void)world_touch(phone, "press 17");
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(mute_and_volume_keys_work_on_what_is_lifted)
{
	(void)world_touch(phone, "offhook");
	(void)world_touch(phone, "press 19");
	ck_assert_uint_eq(world_phone_status(phone)->dwHandsetHookSwitchMode,
			PHONEHOOKSWITCHMODE_SPEAKER);
	ck_assert_uint_eq(world_phone_status(phone)->dwSpeakerHookSwitchMode,
			PHONEHOOKSWITCHMODE_ONHOOK);
	(void)world_touch(phone, "press 19");
	ck_assert_uint_eq(world_phone_status(phone)->dwHandsetHookSwitchMode,
			PHONEHOOKSWITCHMODE_MICSPEAKER);
	(void)world_touch(phone, "press 20");
	ck_assert_uint_eq(world_phone_status(phone)->dwHandsetVolume, 0x8fff);
	ck_assert_uint_eq(world_phone_status(phone)->dwRingVolume, 0x7fff);
	(void)world_touch(phone, "onhook");
	(void)world_touch(phone, "press 21");
	ck_assert_uint_eq(world_phone_status(phone)->dwHandsetVolume, 0x8fff);
	ck_assert_uint_eq(world_phone_status(phone)->dwRingVolume, 0x6fff);
	for (int i = 0; i < 20; i++)
		(void)world_touch(phone, "press 21");
	ck_assert_uint_eq(world_phone_status(phone)->dwRingVolume, 0);
}
END_TEST

START_TEST(message_lamp_of_the_line_is_on_the_set)
{
	DWORD mode = 0;

	ck_assert_int_gt(TSPI_lineSetLineDevStatus(world_request(), world_line("102"),
					 LINEDEVSTATUSFLAGS_MSGWAIT, true),
			0);
	ck_assert_int_eq(TSPI_phoneGetLamp(phone, 23, &mode), 0);
	ck_assert_uint_eq(mode, PHONELAMPMODE_STEADY);
	ck_assert_ptr_nonnull(strstr(world_take(), "102 phone STATE 0x40 23\n"));
}
END_TEST

START_TEST(terminal_that_is_switched_off_hears_nothing)
{
	static const DWORD modes[] = { LINETERMMODE_RINGER, LINETERMMODE_LAMPS,
		LINETERMMODE_DISPLAY };

	ck_assert_int_gt(route_line(modes[_i], SET, false), 0);
	(void)world_take();
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(ring_mode(), modes[_i] == LINETERMMODE_RINGER ? 0 : 1);
	ck_assert_uint_eq(line_lamp(),
			modes[_i] == LINETERMMODE_LAMPS ? PHONELAMPMODE_OFF : PHONELAMPMODE_FLASH);
	ck_assert_str_eq(world_display(phone),
			modes[_i] == LINETERMMODE_DISPLAY ? "|" : "Call from 101|");
	/* The application is told as ever. */
	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 CALLSTATE OFFERING 1\n"));
}
END_TEST

START_TEST(ringing_can_be_routed_while_it_rings)
{
	(void)world_make("101", "102", NULL);
	ck_assert_int_gt(route_call(2, LINETERMMODE_RINGER, SET, false), 0);
	ck_assert_uint_eq(ring_mode(), 0);
	ck_assert_int_gt(route_call(2, LINETERMMODE_RINGER, SET, true), 0);
	ck_assert_uint_eq(ring_mode(), 1);
	ck_assert_int_gt(route_line(LINETERMMODE_RINGER, SET, false), 0);
	ck_assert_uint_eq(ring_mode(), 0);
}
END_TEST

START_TEST(hookswitch_and_keys_that_are_switched_off_do_nothing)
{
	(void)world_make("101", "102", NULL);
	ck_assert_int_gt(route_line(LINETERMMODE_HOOKSWITCH, 2, false), 0);
	(void)world_touch(phone, "offhook headset");
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
	(void)world_touch(phone, "onhook");
	(void)world_drop(1);
	ck_assert_int_gt(route_line(LINETERMMODE_BUTTONS, SET, false), 0);
	(void)world_touch(phone, "offhook");
	(void)world_touch(phone, "press 1");
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_DIALTONE);
}
END_TEST

START_TEST(routing_is_told_and_can_be_read)
{
	static char space[1000];
	LINEDEVSTATUS *status = (LINEDEVSTATUS *)(void *)space;
	DWORD modes[3];

	ck_assert_int_eq(TSPI_lineSetStatusMessages(world_line("102"), LINEDEVSTATE_TERMINALS,
					 LINEADDRESSSTATE_TERMINALS),
			0);
	ck_assert_int_eq(route_line(LINETERMMODE_RINGER, SET, false), 1);
	expect_log("reply 1 0\n102 LINEDEVSTATE 0x2000 0 0\n");
	status->dwTotalSize = sizeof(space);
	ck_assert_int_eq(TSPI_lineGetLineDevStatus(world_line("102"), status), 0);
	ck_assert_uint_eq(status->dwTerminalModesSize, 3 * sizeof(DWORD));
	memcpy(modes, space + status->dwTerminalModesOffset, sizeof(modes));
	ck_assert_uint_eq(modes[0], LINETERMMODE_BUTTONS | LINETERMMODE_LAMPS |
						    LINETERMMODE_DISPLAY | LINETERMMODE_HOOKSWITCH);
	ck_assert_uint_eq(modes[1], LINETERMMODE_HOOKSWITCH);
	ck_assert_int_gt(TSPI_lineSetTerminal(world_request(), world_line("102"), 0, 0,
					 LINECALLSELECT_ADDRESS, LINETERMMODE_RINGER, SET, true),
			0);
	ck_assert_ptr_nonnull(strstr(world_take(), "102 ADDRESSSTATE 0 0x80\n"));
	(void)world_make("101", "102", NULL);
	(void)world_take();
	ck_assert_int_gt(route_call(2, LINETERMMODE_RINGER, SET, false), 0);
	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 CALLINFO 0x2000000\n"));
	ck_assert_uint_eq(world_info(2)->dwTerminalModesSize, 3 * sizeof(DWORD));
}
END_TEST

START_TEST(bad_routing_is_refused)
{
	ck_assert_int_eq(route_line(LINETERMMODE_RINGER, 3, false), LINEERR_INVALTERMINALID);
	ck_assert_int_eq(route_line(0, SET, false), LINEERR_INVALTERMINALMODE);
	ck_assert_int_eq(route_line(LINETERMMODE_RINGER, 1, false), LINEERR_INVALTERMINALMODE);
	ck_assert_int_eq(route_line(LINETERMMODE_MEDIATOLINE, SET, false),
			LINEERR_INVALTERMINALMODE);
	ck_assert_int_eq(route_line(0x100, SET, false), LINEERR_INVALTERMINALMODE);
	ck_assert_int_eq(TSPI_lineSetTerminal(world_request(), world_line("102"), 1, 0,
					 LINECALLSELECT_ADDRESS, LINETERMMODE_RINGER, SET, true),
			LINEERR_INVALADDRESSID);
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(ring_mode(), 1);
}
END_TEST

START_TEST(sets_can_be_apart_from_their_lines)
{
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(ring_mode(), 0);
	(void)world_touch(phone, "offhook");
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
	ck_assert_int_eq(route_line(LINETERMMODE_RINGER, SET, false), LINEERR_OPERATIONUNAVAIL);
}
END_TEST

TCase *terminal_case(void)
{
	TCase *t = tcase_create("terminal");

	tcase_add_checked_fixture(t, start, world_stop);
	tcase_add_test(t, set_rings_shows_and_blinks_while_its_line_is_called);
	tcase_add_test(t, ringing_ends_with_the_caller);
	tcase_add_test(t, display_of_an_application_stays_until_the_line_speaks);
	tcase_add_loop_test(t, lifting_the_set_answers, 0, 3);
	tcase_add_test(t, lifting_a_quiet_set_gets_dial_tone_and_keys_dial);
	tcase_add_test(t, number_that_cannot_be_one_ends_the_call);
	tcase_add_test(t, number_that_is_not_completed_ends_the_call);
	tcase_add_test(t, keys_that_come_before_dial_tone_are_not_lost);
	tcase_add_test(t, call_that_the_host_refuses_is_gone);
	tcase_add_test(t, nobody_who_takes_calls_nothing_is_started);
	tcase_add_test(t, putting_down_one_of_two_devices_ends_nothing);
	tcase_add_test(t, set_joins_the_call_of_an_application_and_leaves_held_ones);
	tcase_add_test(t, line_key_takes_the_line_and_speed_keys_dial);
	tcase_add_test(t, mute_and_volume_keys_work_on_what_is_lifted);
	tcase_add_test(t, message_lamp_of_the_line_is_on_the_set);
	tcase_add_loop_test(t, terminal_that_is_switched_off_hears_nothing, 0, 3);
	tcase_add_test(t, ringing_can_be_routed_while_it_rings);
	tcase_add_test(t, hookswitch_and_keys_that_are_switched_off_do_nothing);
	tcase_add_test(t, routing_is_told_and_can_be_read);
	tcase_add_test(t, bad_routing_is_refused);
	return t;
}

TCase *apart_case(void)
{
	TCase *t = tcase_create("apart");

	tcase_add_checked_fixture(t, start_apart, world_stop);
	tcase_add_test(t, sets_can_be_apart_from_their_lines);
	return t;
}
