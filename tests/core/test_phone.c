// SPDX-License-Identifier: MIT
/* test_phone.c - phones: who may open them, and how they come and go. */
#include "../test_main.h"
#include "phones.h"
#include "tapisrvd/line.h"

START_TEST(phones_are_counted_and_looked_at_beside_the_lines)
{
	struct phones f;
	PhoneGetDevCaps caps = PHONE_GET_DEV_CAPS__INIT;
	const PhoneGetDevCapsReply *reply;

	phones_set_up(&f);
	ck_assert_uint_eq(f.w.core->phone_count, PHONES);
	ck_assert_uint_eq(f.w.core->line_count, MOCK_LINES);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneNegotiateTspiVersion), PHONES);
	mock_forget(f.host);

	SET_ID(&caps, device, DEVICE);
	SET(&caps, api_version, 0x00020002);
	ck_assert_int_eq(app_call(f.a, CALL_PhoneGetDevCaps, 0, &caps.base), 0);
	reply = (const void *)app_answer(f.a, FRAME_RETURN, f.a->serial)->body;
	ck_assert_str_eq(reply->phone_caps->phone_name, "mock phone");
	ck_assert_uint_eq(host_asked(f.host, CALL_PhoneGetDevCaps), 0); /* known since the start */
	SET_ID(&caps, device, PHONES);
	ck_assert_int_eq(app_call(f.a, CALL_PhoneGetDevCaps, 0, &caps.base), PHONEERR_BADDEVICEID);
	world_fini(&f.w);
}
END_TEST

START_TEST(version_is_negotiated_down_to_what_both_speak)
{
	static const struct {
		uint32_t low, high, wanted;
		int32_t result;
	} rows[] = {
		{ 0x00010003, 0x00020002, 0x00020002, 0 },
		{ 0x00010003, 0x00090000, 0x00030000, 0 },
		{ 0x00090000, 0x00090000, 0, PHONEERR_INCOMPATIBLEAPIVERSION },
		{ 0x00010000, 0x00010002, 0, PHONEERR_INCOMPATIBLEAPIVERSION },
	};
	struct phones f;
	PhoneNegotiateApiVersion m = PHONE_NEGOTIATE_API_VERSION__INIT;
	const PhoneNegotiateApiVersionReply *reply;

	phones_set_up(&f);
	SET_ID(&m, device, DEVICE);
	SET(&m, api_low_version, rows[_i].low);
	SET(&m, api_high_version, rows[_i].high);
	ck_assert_int_eq(app_call(f.a, CALL_PhoneNegotiateApiVersion, 0, &m.base), rows[_i].result);
	reply = (const void *)app_answer(f.a, FRAME_RETURN, f.a->serial)->body;
	if (!rows[_i].result)
		ck_assert_uint_eq(reply->api_version, rows[_i].wanted);
	world_fini(&f.w);
}
END_TEST

START_TEST(first_open_opens_at_the_tsp_and_the_last_close_closes)
{
	struct phones f;
	uint32_t a, b;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_OWNER);
	b = phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneOpen), 1);

	ck_assert_int_eq(phones_close(f.a, a), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneClose), 0);
	ck_assert_int_eq(phones_close(f.b, b), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneClose), 1);
	ck_assert_int_eq(phones_close(f.b, b), PHONEERR_INVALPHONEHANDLE);
	ck_assert_uint_eq(app_events(f.a, PHONE_CLOSE) + app_events(f.b, PHONE_CLOSE), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(second_owner_is_refused_and_any_number_of_monitors_is_not)
{
	struct phones f;
	uint32_t a;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_OWNER);
	ck_assert_int_eq(phones_try_open(f.b, DEVICE, 0x00020002, PHONEPRIVILEGE_OWNER, 0),
			PHONEERR_INUSE);
	ck_assert_str_eq(seen_failure(app_answer(f.b, FRAME_RETURN, f.b->serial))->sentence,
			"a is the owner of phone 1");
	ck_assert_int_eq(phones_try_open(f.a, DEVICE, 0x00020002, PHONEPRIVILEGE_OWNER, 0),
			PHONEERR_INUSE);
	(void)phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	(void)phones_open(f.b, PHONEPRIVILEGE_MONITOR);

	ck_assert_int_eq(phones_close(f.a, a), 0);
	(void)phones_open(f.b, PHONEPRIVILEGE_OWNER);
	world_fini(&f.w);
}
END_TEST

/* The owner waits for the TSP: a second one may not pass it. */
START_TEST(owner_that_is_just_opening_counts)
{
	struct phones f;
	PhoneOpen m = PHONE_OPEN__INIT;

	phones_set_up(&f);
	f.host->manual[CALL_TspiPhoneOpen] = true;
	SET_ID(&m, device, DEVICE);
	SET(&m, api_version, 0x00020002);
	SET(&m, privilege, PHONEPRIVILEGE_OWNER);
	(void)app_send(f.a, CALL_PhoneOpen, 0, &m.base);
	world_turn(&f.w);
	ck_assert_int_eq(app_call(f.b, CALL_PhoneOpen, 0, &m.base), PHONEERR_INUSE);
	host_return(f.host, host_request(f.host, CALL_TspiPhoneOpen), PHONEERR_RESOURCEUNAVAIL,
			NULL);
	world_turn(&f.w);

	ck_assert_int_eq(app_answer(f.a, FRAME_RETURN, f.a->serial)->h.result,
			PHONEERR_RESOURCEUNAVAIL);
	f.host->manual[CALL_TspiPhoneOpen] = false;
	(void)phones_open(f.b, PHONEPRIVILEGE_OWNER); /* the failed one is none */
	world_fini(&f.w);
}
END_TEST

START_TEST(bad_opens_are_refused)
{
	static const struct {
		uint32_t device, version, privilege;
		int32_t result;
	} rows[] = {
		{ PHONES, 0x00020002, PHONEPRIVILEGE_OWNER, PHONEERR_BADDEVICEID },
		{ LINEMAPPER, 0x00020002, PHONEPRIVILEGE_OWNER, PHONEERR_BADDEVICEID },
		{ DEVICE, 0x00010002, PHONEPRIVILEGE_OWNER, PHONEERR_INCOMPATIBLEAPIVERSION },
		{ DEVICE, 0x00030001, PHONEPRIVILEGE_OWNER, PHONEERR_INCOMPATIBLEAPIVERSION },
		{ DEVICE, 0x00020002, 0, PHONEERR_INVALPRIVILEGE },
		{ DEVICE, 0x00020002, PHONEPRIVILEGE_OWNER | PHONEPRIVILEGE_MONITOR,
				PHONEERR_INVALPRIVILEGE },
		{ DEVICE, 0x00020002, 4, PHONEERR_INVALPRIVILEGE },
	};
	struct phones f;

	phones_set_up(&f);
	ck_assert_int_eq(phones_try_open(f.a, rows[_i].device, rows[_i].version, rows[_i].privilege,
					 0),
			rows[_i].result);
	ck_assert_str_ne(seen_failure(app_answer(f.a, FRAME_RETURN, f.a->serial))->sentence, "");
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneOpen), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(monitor_may_get_and_only_the_owner_set)
{
	struct phones f;
	uint32_t a, b;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_OWNER);
	b = phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	ck_assert_int_eq(phones_get_lamp(f.a, a), 0);
	ck_assert_int_eq(phones_get_lamp(f.b, b), 0);
	ck_assert_int_eq(phones_set_lamp(f.a, a, DEVICE), 0);
	mock_forget(f.host);

	ck_assert_int_eq(phones_set_lamp(f.b, b, DEVICE), PHONEERR_NOTOWNER);
	ck_assert_int_eq(phones_set_lamp(f.a, a, DEVICE + 1), PHONEERR_INVALPHONEHANDLE);
	ck_assert_int_eq(phones_set_lamp(f.b, a, DEVICE),
			a == b ? PHONEERR_NOTOWNER : PHONEERR_INVALPHONEHANDLE);
	ck_assert_uint_eq(host_asked(f.host, CALL_PhoneSetLamp), 0);
	world_fini(&f.w);
}
END_TEST

/* Numbers of opens are the session's; an open line is no phone. */
START_TEST(handle_of_a_line_is_none_of_a_phone)
{
	struct phones f;
	uint32_t line;
	LineClose close = LINE_CLOSE__INIT;

	phones_set_up(&f);
	line = app_open(f.a, DEVICE, MONITOR, 0);
	ck_assert_uint_ne(line, 0);
	ck_assert_int_eq(phones_get_lamp(f.a, line), PHONEERR_INVALPHONEHANDLE);
	SET_ID(&close, line, DEVICE);
	ck_assert_int_eq(app_call(f.a, CALL_LineClose, phones_open(f.a, PHONEPRIVILEGE_OWNER),
					 &close.base),
			LINEERR_INVALLINEHANDLE);
	world_fini(&f.w);
}
END_TEST

START_TEST(extension_version_is_selected_once_and_cancelled_behind_the_last)
{
	struct phones f;
	uint32_t a, b;

	phones_set_up(&f);
	ck_assert_int_eq(phones_try_open(f.a, DEVICE, 0x00020002, PHONEPRIVILEGE_OWNER, 5), 0);
	a = app_answer(f.a, FRAME_RETURN, f.a->serial)->h.open;
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneSelectExtVersion), 1);
	ck_assert_int_eq(phones_try_open(f.b, DEVICE, 0x00020002, PHONEPRIVILEGE_MONITOR, 6),
			PHONEERR_INCOMPATIBLEEXTVERSION);
	b = phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	ck_assert_int_eq(phones_close(f.a, a), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneSelectExtVersion), 2);
	ck_assert_uint_eq(((const TspiPhoneSelectExtVersion *)(const void *)host_request(f.host,
					   CALL_TspiPhoneSelectExtVersion)
							  ->body)
					  ->ext_version,
			0);
	(void)b;
	world_fini(&f.w);
}
END_TEST

START_TEST(extension_version_the_tsp_refuses_is_incompatible)
{
	struct phones f;

	phones_set_up(&f);
	f.host->fail[CALL_TspiPhoneSelectExtVersion] = PHONEERR_INVALEXTVERSION;
	ck_assert_int_eq(phones_try_open(f.a, DEVICE, 0x00020002, PHONEPRIVILEGE_OWNER, 5),
			PHONEERR_INCOMPATIBLEEXTVERSION);
	(void)phones_open(f.b, PHONEPRIVILEGE_OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(closing_by_the_tsp_closes_all_opens)
{
	struct phones f;
	uint32_t a;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_OWNER);
	(void)phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	host_event(f.host, DEVICE, PHONE_CLOSE, 0, 0, 0, NULL);

	ck_assert_uint_eq(app_events(f.a, PHONE_CLOSE), 1);
	ck_assert_uint_eq(app_events(f.b, PHONE_CLOSE), 1);
	ck_assert_ptr_nonnull(seen_event(app_event(f.a, PHONE_CLOSE))->reason);
	ck_assert_int_eq(phones_get_lamp(f.a, a), PHONEERR_INVALPHONEHANDLE);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneClose), 0);
	(void)phones_open(f.b, PHONEPRIVILEGE_OWNER);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneOpen), 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(phones_end_with_their_host_and_are_there_again_with_the_next)
{
	struct phones f;

	phones_set_up(&f);
	(void)phones_open(f.a, PHONEPRIVILEGE_OWNER);
	mock_hang_up(f.host);
	world_turn(&f.w);
	ck_assert_uint_eq(app_events(f.a, PHONE_CLOSE), 1);

	f.host = world_raw(&f.w, true, 0);
	f.host->phones = PHONES;
	(void)world_host_on(f.host, "mock");
	ck_assert_uint_eq(f.host->phone_base, 0);
	(void)phones_open(f.a, PHONEPRIVILEGE_OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(end_of_a_session_closes_its_phones)
{
	struct phones f;
	uint32_t b;

	phones_set_up(&f);
	(void)phones_open(f.a, PHONEPRIVILEGE_OWNER);
	b = phones_open(f.b, PHONEPRIVILEGE_MONITOR);
	ck_assert_int_eq(phones_set_masks(f.b, b, PHONESTATE_OWNER, 0, 0), 0);
	mock_hang_up(f.a);
	world_turn(&f.w);
	ck_assert_uint_eq(app_events(f.b, PHONE_STATE), 1);
	(void)phones_open(f.b, PHONEPRIVILEGE_OWNER);
	mock_hang_up(f.b);
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneClose), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(new_phone_is_created_and_removed_for_good)
{
	struct phones f;
	const TspiProviderCreatePhoneDevice *taken;

	phones_set_up(&f);
	host_event(f.host, 0, PHONE_CREATE, 0, 4711, 0, NULL);
	taken = (const void *)host_request(f.host, CALL_TspiProviderCreatePhoneDevice)->body;
	ck_assert_uint_eq(taken->temp_id, 4711);
	ck_assert_uint_eq(taken->device, PHONES);
	ck_assert_uint_eq(app_events(f.a, PHONE_CREATE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.a, PHONE_CREATE))->p1, PHONES);
	ck_assert_uint_eq(app_events(f.a, LINE_CREATE), 0);
	ck_assert_int_eq(phones_try_open(f.a, PHONES, 0x00020002, PHONEPRIVILEGE_OWNER, 0), 0);

	host_event(f.host, 0, PHONE_REMOVE, PHONES, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, PHONE_CLOSE), 1);
	ck_assert_uint_eq(app_events(f.a, PHONE_REMOVE), 1);
	ck_assert_int_eq(phones_try_open(f.a, PHONES, 0x00020002, PHONEPRIVILEGE_OWNER, 0),
			PHONEERR_NODEVICE);
	world_fini(&f.w);
}
END_TEST

START_TEST(own_device_class_is_answered_by_the_core)
{
	struct phones f;
	PhoneGetId m = PHONE_GET_ID__INIT;
	const PhoneGetIdReply *reply;
	uint32_t a;

	phones_set_up(&f);
	a = phones_open(f.a, PHONEPRIVILEGE_MONITOR);
	SET_ID(&m, phone, DEVICE);
	m.device_class = (char *)"TAPI/Phone";
	ck_assert_int_eq(app_call(f.a, CALL_PhoneGetId, a, &m.base), 0);
	reply = (const void *)app_answer(f.a, FRAME_RETURN, f.a->serial)->body;
	ck_assert_uint_eq(reply->device_id->string.len, 4);
	ck_assert_uint_eq(reply->device_id->string.data[0], DEVICE);
	ck_assert_uint_eq(host_asked(f.host, CALL_PhoneGetId), 0);
	m.device_class = (char *)"tapi/line";
	ck_assert_int_eq(app_call(f.a, CALL_PhoneGetId, a, &m.base), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_PhoneGetId), 1);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core phone");
	TCase *t = tcase_create("phone");

	tcase_add_test(t, phones_are_counted_and_looked_at_beside_the_lines);
	tcase_add_loop_test(t, version_is_negotiated_down_to_what_both_speak, 0, 4);
	tcase_add_test(t, first_open_opens_at_the_tsp_and_the_last_close_closes);
	tcase_add_test(t, second_owner_is_refused_and_any_number_of_monitors_is_not);
	tcase_add_test(t, owner_that_is_just_opening_counts);
	tcase_add_loop_test(t, bad_opens_are_refused, 0, 7);
	tcase_add_test(t, monitor_may_get_and_only_the_owner_set);
	tcase_add_test(t, handle_of_a_line_is_none_of_a_phone);
	tcase_add_test(t, extension_version_is_selected_once_and_cancelled_behind_the_last);
	tcase_add_test(t, extension_version_the_tsp_refuses_is_incompatible);
	tcase_add_test(t, closing_by_the_tsp_closes_all_opens);
	tcase_add_test(t, phones_end_with_their_host_and_are_there_again_with_the_next);
	tcase_add_test(t, end_of_a_session_closes_its_phones);
	tcase_add_test(t, new_phone_is_created_and_removed_for_good);
	tcase_add_test(t, own_device_class_is_answered_by_the_core);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
