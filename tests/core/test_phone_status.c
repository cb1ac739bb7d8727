// SPDX-License-Identifier: MIT
/* test_phone_status.c - what the core says of phones, and who hears which change. */
#include "../test_main.h"
#include "phones.h"

START_TEST(counts_of_opens_are_told_to_the_others)
{
	struct phones f;
	uint32_t a, b;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_MONITOR);
	ck_assert_int_eq(phones_set_masks(f.a, a, PHONESTATE_OWNER | PHONESTATE_MONITORS, 0, 0), 0);
	ck_assert_uint_eq(app_events(f.a, PHONE_STATE), 0);

	b = phones_open(f.b, PHONEPRIVILEGE_OWNER);
	ck_assert_uint_eq(app_events(f.a, PHONE_STATE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_STATE))->p1, PHONESTATE_OWNER);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_STATE))->p2, 1);
	(void)phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_STATE))->p1, PHONESTATE_MONITORS);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_STATE))->p2, 2);
	ck_assert_int_eq(phones_close(f.b, b), 0);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_STATE))->p1, PHONESTATE_OWNER);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_STATE))->p2, 0);
	ck_assert_uint_eq(app_events(f.b, PHONE_STATE), 0); /* it asked for none */
	world_fini(&f.w);
}
END_TEST

static uint32_t ask_status(struct mock *app, uint32_t open)
{
	PhoneGetStatus m = PHONE_GET_STATUS__INIT;

	SET_ID(&m, phone, DEVICE);
	return app_send(app, CALL_PhoneGetStatus, open, &m.base);
}

static const PhoneStatus *status_of(const struct mock *app, uint32_t serial)
{
	return ((const PhoneGetStatusReply *)(const void *)app_answer(app, FRAME_RETURN, serial)
					->body)
			->phone_status;
}

START_TEST(status_names_the_owner_and_counts_by_the_core)
{
	struct phones f;
	const PhoneStatus *status;
	uint32_t a;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_MONITOR);
	status = status_of(f.a, ask_status(f.a, a));
	ck_assert_uint_eq(status->ring_mode, 7); /* the provider's */
	ck_assert_uint_eq(status->num_owners, 0);
	ck_assert_uint_eq(status->num_monitors, 1);
	ck_assert_ptr_null(status->owner_name);

	(void)phones_open(f.b, PHONEPRIVILEGE_OWNER);
	status = status_of(f.a, ask_status(f.a, a));
	ck_assert_uint_eq(status->num_owners, 1);
	ck_assert_str_eq(status->owner_name, "b");
	world_fini(&f.w);
}
END_TEST

static void wait_for_phone(struct mock *app, uint32_t extension, uint32_t privilege)
{
	PhoneOpen m = PHONE_OPEN__INIT;

	SET_ID(&m, device, DEVICE);
	SET(&m, api_version, 0x00020002);
	SET(&m, ext_version, extension);
	SET(&m, privilege, privilege);
	(void)app_send(app, CALL_PhoneOpen, 0, &m.base);
}

/* The first extension version was refused, the second is on its way to the TSP. */
START_TEST(who_waits_for_the_phone_is_not_counted)
{
	struct phones f;
	const PhoneStatus *status;
	uint32_t a, asked;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_MONITOR);
	f.host->stops_at = CALL_TspiPhoneSelectExtVersion;
	f.host->fail[CALL_TspiPhoneSelectExtVersion] = PHONEERR_INVALEXTVERSION;
	wait_for_phone(f.b, 7, PHONEPRIVILEGE_MONITOR);
	wait_for_phone(f.b, 8, PHONEPRIVILEGE_MONITOR);
	wait_for_phone(f.b, 8, PHONEPRIVILEGE_OWNER);
	asked = ask_status(f.a, a);
	host_go_on(f.host);

	status = status_of(f.a, asked);
	ck_assert_uint_eq(status->num_owners, 0);
	ck_assert_uint_eq(status->num_monitors, 1);
	ck_assert_ptr_null(status->owner_name);
	world_fini(&f.w);
}
END_TEST

static const PhoneSetStatusMessages *told(const struct mock *host)
{
	return (const void *)host_request(host, CALL_PhoneSetStatusMessages)->body;
}

START_TEST(tsp_is_told_the_union_of_masks)
{
	const uint32_t own = PHONESTATE_CAPSCHANGE | PHONESTATE_REINIT;
	struct phones f;
	uint32_t a, b;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_OWNER);
	b = phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	ck_assert_uint_eq(told(f.host)->phone_states, own);
	ck_assert_int_eq(phones_set_masks(f.a, a, PHONESTATE_LAMP, PHONEBUTTONMODE_KEYPAD,
					 PHONEBUTTONSTATE_DOWN),
			0);
	ck_assert_int_eq(phones_set_masks(f.b, b, PHONESTATE_DISPLAY, PHONEBUTTONMODE_FEATURE,
					 PHONEBUTTONSTATE_UP),
			0);
	ck_assert_uint_eq(told(f.host)->phone_states, PHONESTATE_LAMP | PHONESTATE_DISPLAY | own);
	ck_assert_uint_eq(told(f.host)->button_modes,
			PHONEBUTTONMODE_KEYPAD | PHONEBUTTONMODE_FEATURE);
	ck_assert_uint_eq(told(f.host)->button_states, PHONEBUTTONSTATE_DOWN | PHONEBUTTONSTATE_UP);

	mock_forget(f.host);
	ck_assert_int_eq(phones_set_masks(f.b, b, PHONESTATE_LAMP, PHONEBUTTONMODE_FEATURE,
					 PHONEBUTTONSTATE_UP),
			0);
	ck_assert_uint_eq(told(f.host)->phone_states, PHONESTATE_LAMP | own);
	mock_forget(f.host);
	ck_assert_int_eq(phones_close(f.b, b), 0);
	ck_assert_uint_eq(told(f.host)->button_modes, PHONEBUTTONMODE_KEYPAD);
	mock_forget(f.host);
	ck_assert_int_eq(phones_set_masks(f.a, a, PHONESTATE_LAMP, PHONEBUTTONMODE_KEYPAD,
					 PHONEBUTTONSTATE_DOWN),
			0);
	ck_assert_uint_eq(host_asked(f.host, CALL_PhoneSetStatusMessages), 0); /* no news */
	world_fini(&f.w);
}
END_TEST

START_TEST(masks_are_filtered_for_each_application)
{
	struct phones f;
	uint32_t a;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_OWNER);
	(void)phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	ck_assert_int_eq(phones_set_masks(f.a, a, PHONESTATE_LAMP | PHONESTATE_DISPLAY,
					 PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN),
			0);

	host_event(f.host, DEVICE, PHONE_STATE, PHONESTATE_LAMP, 7, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, PHONE_STATE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_STATE))->p2, 7);
	host_event(f.host, DEVICE, PHONE_STATE, PHONESTATE_RINGMODE | PHONESTATE_DISPLAY, 0, 0,
			NULL);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_STATE))->p1, PHONESTATE_DISPLAY);
	host_event(f.host, DEVICE, PHONE_STATE, PHONESTATE_RINGMODE, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, PHONE_STATE), 2);
	host_event(f.host, DEVICE, PHONE_BUTTON, 5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN,
			NULL);
	host_event(f.host, DEVICE, PHONE_BUTTON, 5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_UP,
			NULL);
	host_event(f.host, DEVICE, PHONE_BUTTON, 20, PHONEBUTTONMODE_FEATURE, PHONEBUTTONSTATE_DOWN,
			NULL);
	ck_assert_uint_eq(app_events(f.a, PHONE_BUTTON), 1);
	ck_assert_uint_eq(app_events(f.b, PHONE_STATE) + app_events(f.b, PHONE_BUTTON), 0);
	host_event(f.host, DEVICE, PHONE_STATE, PHONESTATE_REINIT, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.b, PHONE_STATE), 1); /* not to be masked */
	host_event(f.host, DEVICE + 1, PHONE_STATE, PHONESTATE_LAMP, 7, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, PHONE_STATE), 3); /* another phone is not its business */
	world_fini(&f.w);
}
END_TEST

START_TEST(reinit_keeps_everybody_from_opening)
{
	struct phones f;

	phones_set_up(&f);
	(void)phones_open(f.a, PHONEPRIVILEGE_MONITOR);
	host_event(f.host, DEVICE, PHONE_STATE, PHONESTATE_REINIT, 0, 0, NULL);
	ck_assert_int_eq(phones_try_open(f.a, DEVICE, 0x00020002, PHONEPRIVILEGE_OWNER, 0),
			PHONEERR_REINIT);
	world_fini(&f.w);
}
END_TEST

START_TEST(bad_masks_change_nothing)
{
	static const struct {
		uint32_t states, modes, button_states;
		int32_t result;
	} rows[] = {
		{ 0x01000000, 0, 0, PHONEERR_INVALPHONESTATE },
		{ 0x80000000, 0, 0, PHONEERR_INVALPHONESTATE },
		{ 0, 0x40, PHONEBUTTONSTATE_UP, PHONEERR_INVALBUTTONMODE },
		{ 0, PHONEBUTTONMODE_KEYPAD, 0, PHONEERR_INVALBUTTONSTATE },
		{ 0, PHONEBUTTONMODE_KEYPAD, 0x10, PHONEERR_INVALBUTTONSTATE },
		{ 0, 0, 0x10, 0 }, /* TAPI: ignored without modes */
	};
	struct phones f;
	PhoneGetStatusMessages m = PHONE_GET_STATUS_MESSAGES__INIT;
	const PhoneGetStatusMessagesReply *reply;
	bool bad = rows[_i].result != 0;
	uint32_t a;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_MONITOR);
	ck_assert_int_eq(phones_set_masks(f.a, a, PHONESTATE_LAMP, PHONEBUTTONMODE_CALL,
					 PHONEBUTTONSTATE_UP),
			0);
	ck_assert_int_eq(phones_set_masks(f.a, a, rows[_i].states, rows[_i].modes,
					 rows[_i].button_states),
			rows[_i].result);
	SET_ID(&m, phone, DEVICE);
	ck_assert_int_eq(app_call(f.a, CALL_PhoneGetStatusMessages, a, &m.base), 0);
	reply = (const void *)app_answer(f.a, FRAME_RETURN, f.a->serial)->body;
	ck_assert_uint_eq(reply->phone_states, bad ? PHONESTATE_LAMP : 0);
	ck_assert_uint_eq(reply->button_modes, bad ? PHONEBUTTONMODE_CALL : 0);
	ck_assert_uint_eq(reply->button_states, bad ? PHONEBUTTONSTATE_UP : 0);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core phone status");
	TCase *t = tcase_create("status");

	tcase_add_test(t, counts_of_opens_are_told_to_the_others);
	tcase_add_test(t, status_names_the_owner_and_counts_by_the_core);
	tcase_add_test(t, who_waits_for_the_phone_is_not_counted);
	tcase_add_test(t, tsp_is_told_the_union_of_masks);
	tcase_add_test(t, masks_are_filtered_for_each_application);
	tcase_add_test(t, reinit_keeps_everybody_from_opening);
	tcase_add_loop_test(t, bad_masks_change_nothing, 0, 6);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
