// SPDX-License-Identifier: MIT
/* test_phones.c - phones through the host: opening, requests, events, what closes them, and what a
 * new core is told. */
#include "../test_main.h"
#include "core.h"

#include <tapi.h>

#include <string.h>

enum { PHONE = 0, NEVER = 9, EXTRA = 1 };

static void open_phone(struct core *c, LONG result)
{
	TspiPhoneOpen q = TSPI_PHONE_OPEN__INIT;

	q.has_device = q.has_tspi_version = 1;
	q.device = PHONE;
	q.tspi_version = 0x00030000;
	(void)core_call(c, CALL_TspiPhoneOpen, &q, result);
}

static void world(struct core *c)
{
	core_world(c);
	open_phone(c, 0);
}

static uint32_t set_lamp(struct core *c, uint32_t lamp, uint32_t mode)
{
	PhoneSetLamp q = PHONE_SET_LAMP__INIT;

	q.has_phone = q.has_button_lamp_id = q.has_lamp_mode = 1;
	q.phone = PHONE;
	q.button_lamp_id = lamp;
	q.lamp_mode = mode;
	return core_send(c, CALL_PhoneSetLamp, &q);
}

static void get_lamp(struct core *c, LONG result, uint32_t wanted)
{
	PhoneGetLamp q = PHONE_GET_LAMP__INIT;
	const PhoneGetLampReply *reply;

	q.has_phone = 1;
	q.phone = PHONE;
	reply = core_call(c, CALL_PhoneGetLamp, &q, result);
	if (!result)
		ck_assert_uint_eq(reply->lamp_mode, wanted);
}

static LONG close_phone(struct core *c)
{
	TspiPhoneClose q = TSPI_PHONE_CLOSE__INIT;
	uint32_t serial;

	q.has_phone = 1;
	q.phone = PHONE;
	serial = core_send(c, CALL_TspiPhoneClose, &q);
	return core_return(c, serial)->h.result;
}

START_TEST(phone_is_open_once)
{
	struct core c;

	world(&c);
	ck_assert_uint_eq(c.mock->phones(), 1);
	open_phone(&c, PHONEERR_OPERATIONFAILED);
	ck_assert_int_eq(close_phone(&c), 0);
	ck_assert_uint_eq(c.mock->phones(), 0);
	ck_assert_int_eq(close_phone(&c), PHONEERR_INVALPHONEHANDLE);
	get_lamp(&c, PHONEERR_INVALPHONEHANDLE, 0);
	open_phone(&c, 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(request_completes_and_its_event_names_the_phone)
{
	struct core c;
	const Event *e;
	uint32_t serial;

	world(&c);
	serial = set_lamp(&c, 3, PHONELAMPMODE_WINK);
	ck_assert_int_eq(core_return(&c, serial)->h.result, 0);
	ck_assert_int_eq(core_expect(&c, FRAME_COMPLETION)->h.result, 0);
	e = core_event(&c, PHONE_STATE);
	ck_assert_uint_eq(e->object, PHONE);
	ck_assert_uint_eq(e->p1, PHONESTATE_LAMP);
	ck_assert_uint_eq(e->p2, 3);
	get_lamp(&c, 0, PHONELAMPMODE_WINK);
	(void)core_stop(&c);
}
END_TEST

START_TEST(closing_completes_what_is_left)
{
	struct core c;
	const struct got *done;

	world(&c);
	ck_assert_int_eq(core_return(&c, set_lamp(&c, NEVER, 0))->h.result, 0);
	ck_assert_int_eq(close_phone(&c), 0);
	done = core_expect(&c, FRAME_COMPLETION);
	ck_assert_int_eq(done->h.result, PHONEERR_OPERATIONFAILED);
	ck_assert_str_ne(core_reason(done), "");
	(void)core_stop(&c);
}
END_TEST

START_TEST(phone_that_the_tsp_closes_is_closed)
{
	struct core c;

	world(&c);
	ck_assert_int_eq(core_return(&c, set_lamp(&c, NEVER, 0))->h.result, 0);
	c.mock->phone_event(PHONE_CLOSE, 0, 0, 0);
	ck_assert_int_eq(core_expect(&c, FRAME_COMPLETION)->h.result, PHONEERR_OPERATIONFAILED);
	ck_assert_uint_eq(core_event(&c, PHONE_CLOSE)->object, PHONE);
	get_lamp(&c, PHONEERR_INVALPHONEHANDLE, 0);
	c.mock->phone_event(PHONE_STATE, PHONESTATE_LAMP, 0, 0); /* nobody's any more */
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(phone_that_is_removed_is_not_called_any_more)
{
	struct core c;

	world(&c);
	c.mock->phone_create(PHONE_REMOVE, PHONE, 0);
	ck_assert_uint_eq(core_event(&c, PHONE_REMOVE)->p1, PHONE);
	get_lamp(&c, PHONEERR_INVALPHONEHANDLE, 0);
	ck_assert_uint_eq(c.mock->phones(), 1); /* TAPI: not even to close it */
	c.mock->phone_create(PHONE_REMOVE, PHONE, 0);
	core_expect_silence(&c); /* that is known */
	(void)core_stop(&c);
}
END_TEST

START_TEST(new_phone_is_created_under_its_temporary_id)
{
	struct core c;
	TspiProviderCreatePhoneDevice q = TSPI_PROVIDER_CREATE_PHONE_DEVICE__INIT;
	const Event *e;

	world(&c);
	c.mock->phone_create(PHONE_CREATE, 0, 4712);
	e = core_event(&c, PHONE_CREATE);
	ck_assert_uint_eq(e->p1, PROVIDER_ID);
	ck_assert_uint_eq(e->p2, 4712);
	q.has_temp_id = q.has_device = 1;
	q.temp_id = e->p2;
	q.device = EXTRA;
	(void)core_call(&c, CALL_TspiProviderCreatePhoneDevice, &q, 0);
	q.temp_id = 1;
	(void)core_call(&c, CALL_TspiProviderCreatePhoneDevice, &q, PHONEERR_OPERATIONFAILED);
	(void)core_stop(&c);
}
END_TEST

START_TEST(structure_that_is_not_there_does_not_reach_the_tsp)
{
	struct core c;
	PhoneSetButtonInfo q = PHONE_SET_BUTTON_INFO__INIT;
	PhoneButtonInfo info = PHONE_BUTTON_INFO__INIT;

	world(&c);
	q.has_phone = 1;
	q.phone = PHONE;
	(void)core_call(&c, CALL_PhoneSetButtonInfo, &q, PHONEERR_INVALPARAM);
	info.has_button_mode = 1;
	info.button_mode = PHONEBUTTONMODE_LOCAL;
	q.button_info = &info;
	(void)core_call(&c, CALL_PhoneSetButtonInfo, &q, 0);
	(void)core_expect(&c, FRAME_COMPLETION);
	get_lamp(&c, 0, PHONEBUTTONMODE_LOCAL); /* the mock keeps it there */
	(void)core_stop(&c);
}
END_TEST

static void select_ext(struct core *c, uint32_t version, LONG result)
{
	TspiPhoneSelectExtVersion q = TSPI_PHONE_SELECT_EXT_VERSION__INIT;

	q.has_phone = q.has_ext_version = 1;
	q.phone = PHONE;
	q.ext_version = version;
	(void)core_call(c, CALL_TspiPhoneSelectExtVersion, &q, result);
}

/* The snapshot of a phone; those of lines come before it. */
static const SnapshotLine *phone_snapshot(struct core *c)
{
	const struct got *g;

	while ((g = core_next(c))->h.kind == FRAME_SNAPSHOT) {
		const Snapshot *s = (const Snapshot *)(const void *)g->body;

		if (s->line && s->line->phone)
			return s->line;
	}
	ck_abort_msg("no snapshot of a phone");
	return NULL;
}

START_TEST(new_core_is_told_of_the_phone)
{
	struct core c;
	const SnapshotLine *s;
	const Hello *hello;

	core_listen(&c, "mock");
	core_accept(&c);
	(void)core_take_hello(&c);
	core_answer_hello(&c, NULL, NULL);
	core_run_provider(&c);
	(void)core_event(&c, LINE_CREATE);
	open_phone(&c, 0);
	select_ext(&c, 5, 0);
	select_ext(&c, 6, PHONEERR_INVALEXTVERSION);
	core_die(&c);
	core_accept(&c);
	hello = core_take_hello(&c);
	ck_assert_uint_eq(hello->num_phones, 1);
	c.mock->phone_event(PHONE_BUTTON, 3, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN);
	core_answer_hello(&c, NULL, NULL);
	s = phone_snapshot(&c);
	ck_assert_uint_eq(s->device, PHONE);
	ck_assert_uint_eq(s->tspi_version, 0x00030000);
	ck_assert_uint_eq(s->ext_version, 5);
	(void)core_expect(&c, FRAME_END);
	ck_assert_uint_eq(core_event(&c, PHONE_BUTTON)->p1, 3); /* no state, so it was kept */
	get_lamp(&c, 0, 0);
	(void)core_stop(&c);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("host phones");
	TCase *t = tcase_create("phones");

	tcase_add_test(t, phone_is_open_once);
	tcase_add_test(t, request_completes_and_its_event_names_the_phone);
	tcase_add_test(t, closing_completes_what_is_left);
	tcase_add_test(t, phone_that_the_tsp_closes_is_closed);
	tcase_add_test(t, phone_that_is_removed_is_not_called_any_more);
	tcase_add_test(t, new_phone_is_created_under_its_temporary_id);
	tcase_add_test(t, structure_that_is_not_there_does_not_reach_the_tsp);
	tcase_add_test(t, new_core_is_told_of_the_phone);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
