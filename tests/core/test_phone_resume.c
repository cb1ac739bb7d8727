// SPDX-License-Identifier: MIT
/* test_phone_resume.c - a core that died while a phone was open: its owner has it again. */
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"
#include "tapisrvd/phone.h"

enum { DEVICE = 1, OPEN = 3, OTHER = 4 };

/* A new core; the host of before has told of one open phone. */
static void set_up(struct recovery *f)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	struct mock *before;
	Snapshot s = SNAPSHOT__INIT;
	SnapshotLine phone = SNAPSHOT_LINE__INIT;

	world_init(&f->w, "mock", NULL);
	before = world_raw(&f->w, true, 0);
	before->phones = 2;
	(void)world_host_on(before, "mock");
	f->app = world_app(&f->w, "app");
	world_kill_core(&f->w);
	f->host = mock_host_resume(&f->w, before);
	SET_ID(&phone, device, DEVICE);
	SET(&phone, phone, 1);
	SET(&phone, tspi_version, 0x00030000);
	s.line = &phone;
	mock_send(f->host, h, &s.base);
	mock_host_end_snapshot(f->host);
}

static void claim(struct mock *app, uint32_t open, uint32_t device, uint32_t privilege)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen m = SNAPSHOT_OPEN__INIT;

	SET(&m, open, open);
	SET_ID(&m, device, device);
	SET(&m, phone, 1);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, privilege);
	SET(&m, phone_states, PHONESTATE_LAMP);
	s.open = &m;
	mock_send(app, h, &s.base);
}

START_TEST(open_phone_is_there_again_with_its_masks)
{
	struct recovery f;
	PhoneSetLamp lamp = PHONE_SET_LAMP__INIT;
	struct mock *app;

	set_up(&f);
	app = recovery_come_back(&f, 0);
	claim(app, OPEN, DEVICE, PHONEPRIVILEGE_OWNER);
	ck_assert_uint_eq(recovery_end(app)->n_lost_opens, 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneOpen), 0); /* it was open all the time */
	ck_assert_uint_eq(((const PhoneSetStatusMessages *)(const void *)host_request(f.host,
					   CALL_PhoneSetStatusMessages)
							  ->body)
							  ->phone_states &
					  PHONESTATE_LAMP,
			PHONESTATE_LAMP);

	host_event(f.host, DEVICE, PHONE_STATE, PHONESTATE_LAMP, 7, 0, NULL);
	ck_assert_uint_eq(app_events(app, PHONE_STATE), 1);
	SET_ID(&lamp, phone, DEVICE);
	ck_assert_int_eq(app_call(app, CALL_PhoneSetLamp, OPEN, &lamp.base), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(second_claim_to_own_a_phone_is_lost)
{
	struct recovery f;
	const Resync *lost;
	struct mock *app;

	set_up(&f);
	app = recovery_come_back(&f, 0);
	claim(app, OPEN, DEVICE, PHONEPRIVILEGE_OWNER);
	claim(app, OTHER, DEVICE, PHONEPRIVILEGE_OWNER);
	lost = recovery_end(app);
	ck_assert_uint_eq(lost->n_lost_opens, 1);
	ck_assert_uint_eq(lost->lost_opens[0], OTHER);
	world_fini(&f.w);
}
END_TEST

START_TEST(claim_of_a_phone_gets_what_phoneopen_would)
{
	static const uint32_t privileges[] = { 0, PHONEPRIVILEGE_MONITOR, PHONEPRIVILEGE_OWNER,
		PHONEPRIVILEGE_MONITOR | PHONEPRIVILEGE_OWNER, 8 };
	const bool is_one = privileges[_i] == PHONEPRIVILEGE_MONITOR ||
			    privileges[_i] == PHONEPRIVILEGE_OWNER;
	struct recovery f;
	struct mock *app;

	set_up(&f);
	app = recovery_come_back(&f, 0);
	claim(app, OPEN, DEVICE, privileges[_i]);

	ck_assert_uint_eq(recovery_end(app)->n_lost_opens, is_one ? 0 : 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(masks_have_no_bits_without_a_name)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen m = SNAPSHOT_OPEN__INIT;
	const PhoneSetStatusMessages *told;
	struct recovery f;
	struct mock *app;

	set_up(&f);
	app = recovery_come_back(&f, 0);
	SET(&m, open, OPEN);
	SET_ID(&m, device, DEVICE);
	SET(&m, phone, 1);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, PHONEPRIVILEGE_OWNER);
	SET(&m, phone_states, UINT32_MAX);
	SET(&m, button_modes, UINT32_MAX);
	SET(&m, button_states, UINT32_MAX);
	s.open = &m;
	mock_send(app, h, &s.base);
	(void)recovery_end(app);

	told = (const void *)host_request(f.host, CALL_PhoneSetStatusMessages)->body;
	ck_assert_uint_eq(told->phone_states, PHONESTATE_CAPSCHANGE * 4 - 1);
	ck_assert_uint_eq(told->button_modes, PHONEBUTTONMODE_DISPLAY * 2 - 1);
	ck_assert_uint_eq(told->button_states, PHONEBUTTONSTATE_UNAVAIL * 2 - 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(phone_that_the_host_has_not_open_is_lost)
{
	struct recovery f;
	struct mock *app;

	set_up(&f);
	app = recovery_come_back(&f, 0);
	claim(app, OPEN, DEVICE - 1, PHONEPRIVILEGE_OWNER);
	ck_assert_uint_eq(recovery_end(app)->n_lost_opens, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(phone_that_nobody_claims_is_closed)
{
	struct recovery f;

	set_up(&f);
	world_wait(&f.w, f.w.options.grace_ms + 100);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiPhoneClose), 1);
	ck_assert_int_eq(phone_find(f.w.core, DEVICE)->state, LINE_IS_CLOSED);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core phone resume");
	TCase *t = tcase_create("phone resume");

	tcase_add_test(t, open_phone_is_there_again_with_its_masks);
	tcase_add_test(t, second_claim_to_own_a_phone_is_lost);
	tcase_add_loop_test(t, claim_of_a_phone_gets_what_phoneopen_would, 0, 5);
	tcase_add_test(t, masks_have_no_bits_without_a_name);
	tcase_add_test(t, phone_that_the_host_has_not_open_is_lost);
	tcase_add_test(t, phone_that_nobody_claims_is_closed);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
