// SPDX-License-Identifier: MIT
/* test_phones.c - what is a phone application's own: its messages, its errors, what closing takes
 * along, and what it claims of a new daemon. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "client.h"
#include "../test_main.h"

static struct mock *mock;
static HPHONEAPP app;
static HPHONE phone;
static uint32_t open_number;

static void setup_with(DWORD version)
{
	PHONEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices;

	limits.retry = 5;
	mock = mock_new();
	ck_assert_int_eq(phoneInitializeEx(&app, 0, NULL, "phones", &devices, &version, &p), 0);
	ck_assert_uint_eq(devices, 1);
	ck_assert_int_eq(phoneOpen(app, 0, &phone, 0x00010003, 0, 0x55, PHONEPRIVILEGE_OWNER), 0);
	open_number = mock->next_open;
}

static void setup(void)
{
	setup_with(0x00020002);
}

static void teardown(void)
{
	(void)phoneShutdown(app);
	mock_free(mock);
}

static PHONEMESSAGE expect_message(DWORD id)
{
	PHONEMESSAGE m;

	ck_assert_int_eq(phoneGetMessage(app, &m, PATIENCE_MS), 0);
	ck_assert_uint_eq(m.dwMessageID, id);
	return m;
}

static void send_event(uint32_t open, uint32_t msg, uint64_t p1, uint64_t p2, uint64_t p3)
{
	Event e = EVENT__INIT;

	e.has_object = e.has_msg = e.has_p1 = e.has_p2 = e.has_p3 = 1;
	e.msg = msg;
	e.p1 = p1;
	e.p2 = p2;
	e.p3 = p3;
	mock_event(mock, open, 0, 0, 0, &e);
}

START_TEST(events_carry_handle_and_instance_of_the_open)
{
	PHONEMESSAGE m;

	send_event(open_number, PHONE_BUTTON, 10, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_UP);
	m = expect_message(PHONE_BUTTON);
	ck_assert_uint_eq(m.hDevice, phone);
	ck_assert_uint_eq(m.dwCallbackInstance, 0x55);
	ck_assert_uint_eq(m.dwParam1, 10);
	ck_assert_uint_eq(m.dwParam3, PHONEBUTTONSTATE_UP);
}
END_TEST

START_TEST(lines_that_come_and_go_are_not_its_business)
{
	PHONEMESSAGE m;

	send_event(0, LINE_CREATE, 7, 0, 0);
	send_event(0, PHONE_CREATE, 1, 0, 0);
	send_event(0, LINE_REMOVE, 7, 0, 0);
	send_event(0, PHONE_REMOVE, 1, 0, 0);
	m = expect_message(PHONE_CREATE);
	ck_assert_uint_eq(m.hDevice, 0);
	ck_assert_uint_eq(m.dwParam1, 1);
	(void)expect_message(PHONE_REMOVE);
}
END_TEST

START_TEST(phones_that_come_and_go_are_told_to_old_applications_as_they_knew_it)
{
	PHONEMESSAGE m;

	teardown();
	setup_with(0x00010003);
	send_event(0, PHONE_CREATE, 1, 0, 0);
	m = expect_message(PHONE_STATE);
	ck_assert_uint_eq(m.dwParam1, PHONESTATE_REINIT);
	ck_assert_uint_eq(m.dwParam2, PHONE_CREATE);
	ck_assert_uint_eq(m.dwParam3, 1);
	send_event(0, PHONE_REMOVE, 0, 0, 0);
	m = expect_message(PHONE_STATE);
	ck_assert_uint_eq(m.hDevice, phone);
	ck_assert_uint_eq(m.dwParam1, PHONESTATE_REMOVED);
}
END_TEST

/* The daemon and the host say it in the words of lines where both are served alike. */
START_TEST(errors_are_those_of_phones)
{
	static const struct {
		LONG line, phone;
	} rows[] = {
		{ LINEERR_INVALLINEHANDLE, PHONEERR_INVALPHONEHANDLE },
		{ LINEERR_NODEVICE, PHONEERR_NODEVICE },
		{ LINEERR_INVALEXTVERSION, PHONEERR_INVALEXTVERSION },
		{ LINEERR_RESOURCEUNAVAIL, PHONEERR_RESOURCEUNAVAIL },
		{ PHONEERR_NOTOWNER, PHONEERR_NOTOWNER },
		{ (LONG)0xC0000001u, (LONG)0xC0000001u }, /* a device's own */
	};
	struct world w = { .mock = mock };
	DWORD mode;

	world_refuse_at(&w, CALL_PhoneGetLamp, FRAME_RETURN, rows[_i].line, "why");
	ck_assert_int_eq(phoneGetLamp(phone, 0, &mode), rows[_i].phone);
}
END_TEST

START_TEST(reply_that_failed_has_its_reason)
{
	struct world w = { .mock = mock };
	struct tapix_reason why;
	PHONEMESSAGE m;
	LONG id;

	world_refuse_at(&w, CALL_PhoneSetLamp, FRAME_COMPLETION, LINEERR_OPERATIONFAILED, "dark");
	id = phoneSetLamp(phone, 1, PHONELAMPMODE_OFF);
	ck_assert_int_gt(id, 0);
	m = expect_message(PHONE_REPLY);
	ck_assert_uint_eq(m.hDevice, 0);
	ck_assert_int_eq((LONG)m.dwParam1, id);
	ck_assert_int_eq((LONG)m.dwParam2, PHONEERR_OPERATIONFAILED);
	ck_assert_int_eq(tapixGetReplyReason(app, (DWORD)id, &why), 0);
	ck_assert_str_eq(why.cause, "dark");
}
END_TEST

START_TEST(closing_takes_replies_and_events_along)
{
	PHONEMESSAGE m;

	ck_assert_int_gt(phoneSetLamp(phone, 1, PHONELAMPMODE_OFF), 0);
	send_event(open_number, PHONE_STATE, PHONESTATE_LAMP, 1, 0);
	ck_assert_int_eq(phoneClose(phone), 0);
	ck_assert_int_eq(phoneGetMessage(app, &m, 0), PHONEERR_OPERATIONFAILED);
	ck_assert_int_eq(phoneClose(phone), PHONEERR_INVALPHONEHANDLE);
}
END_TEST

START_TEST(forced_close_ends_the_handle)
{
	struct tapix_reason why;
	PHONEMESSAGE m;

	send_event(open_number, PHONE_CLOSE, 0, 0, 0);
	m = expect_message(PHONE_CLOSE);
	ck_assert_uint_eq(m.hDevice, phone);
	ck_assert_int_eq(tapixGetCloseReason(phone, &why), 0);
	ck_assert_int_eq(phoneClose(phone), PHONEERR_INVALPHONEHANDLE);
}
END_TEST

START_TEST(handles_of_lines_and_phones_are_not_mixed)
{
	DWORD mode;

	ck_assert_int_eq(lineClose(phone), LINEERR_INVALLINEHANDLE);
	ck_assert_int_eq(phoneGetLamp(app, 0, &mode), PHONEERR_INVALPHONEHANDLE);
	ck_assert_int_eq(lineShutdown(app), LINEERR_INVALAPPHANDLE);
	ck_assert_int_eq(phoneShutdown(phone), PHONEERR_INVALAPPHANDLE);
}
END_TEST

/* The claims of the last SNAPSHOT frame of an open. */
static SnapshotOpen claimed;

static bool note_claim(struct mock *m, const struct frame *f)
{
	Snapshot *s = snapshot__unpack(NULL, f->h.length, f->body);

	(void)m;
	if (f->h.kind == FRAME_SNAPSHOT && s && s->open)
		claimed = *s->open;
	snapshot__free_unpacked(s, NULL);
	return false;
}

START_TEST(masks_and_privilege_are_claimed_of_a_new_daemon)
{
	PHONEMESSAGE m = { 0 };
	DWORD mode;

	ck_assert_int_eq(phoneSetStatusMessages(phone, PHONESTATE_LAMP, PHONEBUTTONMODE_CALL,
					 PHONEBUTTONSTATE_UP),
			0);
	mock_lock(mock);
	mock->handler = note_claim;
	mock_unlock(mock);
	mock_break(mock);
	ck_assert_int_eq(phoneGetLamp(phone, 0, &mode), 0);
	mock_lock(mock);
	ck_assert_uint_eq(claimed.open, open_number);
	ck_assert_uint_eq(claimed.phone, 1);
	ck_assert_uint_eq(claimed.privileges, PHONEPRIVILEGE_OWNER);
	ck_assert_uint_eq(claimed.phone_states, PHONESTATE_LAMP);
	ck_assert_uint_eq(claimed.button_modes, PHONEBUTTONMODE_CALL);
	ck_assert_uint_eq(claimed.button_states, PHONEBUTTONSTATE_UP);
	mock_unlock(mock);
	ck_assert_int_eq(phoneGetMessage(app, &m, PATIENCE_MS), 0);
	ck_assert_uint_eq(m.dwMessageID, TAPIX_RESYNCHRONISED);
}
END_TEST

START_TEST(null_beside_a_size_is_refused)
{
	ck_assert_int_eq(phoneSetDisplay(phone, 0, 0, NULL, 4), PHONEERR_INVALPOINTER);
	ck_assert_int_eq(phoneSetData(phone, 0, NULL, 4), PHONEERR_INVALPOINTER);
	ck_assert_int_eq(phoneDevSpecific(phone, NULL, 4), PHONEERR_INVALPOINTER);
	ck_assert_int_eq(phoneSetButtonInfo(phone, 12, NULL), PHONEERR_INVALPOINTER);
	ck_assert_uint_eq(mock_count(mock, CALL_PhoneSetDisplay), 0);
	ck_assert_int_gt(phoneSetDisplay(phone, 0, 0, NULL, 0), 0); /* nothing to show */
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi phones");
	TCase *t = tcase_create("phones");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, events_carry_handle_and_instance_of_the_open);
	tcase_add_test(t, lines_that_come_and_go_are_not_its_business);
	tcase_add_test(t, phones_that_come_and_go_are_told_to_old_applications_as_they_knew_it);
	tcase_add_loop_test(t, errors_are_those_of_phones, 0, 6);
	tcase_add_test(t, reply_that_failed_has_its_reason);
	tcase_add_test(t, closing_takes_replies_and_events_along);
	tcase_add_test(t, forced_close_ends_the_handle);
	tcase_add_test(t, handles_of_lines_and_phones_are_not_mixed);
	tcase_add_test(t, masks_and_privilege_are_claimed_of_a_new_daemon);
	tcase_add_test(t, null_beside_a_size_is_refused);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
