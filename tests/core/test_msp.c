// SPDX-License-Identifier: MIT
/* test_msp.c - MSP instances and the relay: the same bytes, to the one who has the media. */
#include "../test_main.h"
#include "world.h"

#include <string.h>

struct fixture {
	struct world w;
	struct mock *host, *a, *b;
	uint32_t a_open, b_open, a_msp, b_msp;
};

static uint32_t create(struct mock *app, uint32_t open)
{
	TapixCreateMspInstance m = TAPIX_CREATE_MSP_INSTANCE__INIT;
	const TapixCreateMspInstanceReply *reply;

	SET_ID(&m, line, 0);
	ck_assert_int_eq(app_call(app, CALL_TapixCreateMspInstance, open, &m.base), 0);
	reply = (const void *)mock_last(app, FRAME_RETURN)->body;
	return reply->msp_line;
}

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->a = world_app(&f->w, "a");
	f->b = world_app(&f->w, "b");
	f->a_open = app_open(f->a, 0, OWNER, VOICE);
	f->b_open = app_open(f->b, 0, OWNER | MONITOR, VOICE);
	f->a_msp = create(f->a, f->a_open);
	f->b_msp = create(f->b, f->b_open);
	ck_assert_uint_ne(f->a_msp, 0);
	ck_assert_uint_ne(f->a_msp, f->b_msp);
}

static void data_from_tsp(struct mock *host, uint64_t object, uint32_t msp_line, const char *text)
{
	struct frame_header h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;

	SET_ID(&e, object, object);
	SET(&e, msg, LINE_SENDMSPDATA);
	SET(&e, p1, msp_line);
	SET_BYTES(&e, data, (uint8_t *)(uintptr_t)text, strlen(text));
	mock_send(host, h, &e.base);
	world_turn(host->world);
}

static int32_t data_from_msp(struct mock *app, uint32_t open, uint64_t call, uint32_t msp_line,
		const char *text)
{
	TapixMspData m = TAPIX_MSP_DATA__INIT;

	SET_ID(&m, line, 0);
	SET_ID(&m, call, call);
	SET(&m, msp_line, msp_line);
	SET_BYTES(&m, data, (uint8_t *)(uintptr_t)text, strlen(text));
	return app_call(app, CALL_TapixMspData, open, &m.base);
}

static const TspiLineReceiveMspData *received(const struct mock *host)
{
	const struct seen *s = host_request(host, CALL_TspiLineReceiveMspData);

	ck_assert_ptr_nonnull(s);
	return (const void *)s->body;
}

static const Event *got(const struct mock *app)
{
	const struct seen *s = app_event(app, LINE_SENDMSPDATA);

	ck_assert_ptr_nonnull(s);
	return (const void *)s->body;
}

START_TEST(data_goes_to_the_maker_and_back)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	call = app_make_call(f.a, f.a_open, 0);
	data_from_tsp(f.host, call, 0, "offer");

	ck_assert_uint_eq(got(f.a)->p1, f.a_msp);
	ck_assert_uint_eq(got(f.a)->object, call);
	ck_assert_uint_eq(got(f.a)->data.len, 5);
	ck_assert_mem_eq(got(f.a)->data.data, "offer", 5);
	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 0); /* monitors get none */
	ck_assert_int_eq(data_from_msp(f.a, f.a_open, call, f.a_msp, "answer"), 0);
	ck_assert_uint_eq(received(f.host)->call, call);
	ck_assert_uint_eq(received(f.host)->msp_line, f.a_msp);
	ck_assert_mem_eq(received(f.host)->buffer.data, "answer", 6);
	world_fini(&f.w);
}
END_TEST

START_TEST(return_that_nobody_awaits_wakes_nobody)
{
	struct fixture f;
	TapixMspData m = TAPIX_MSP_DATA__INIT;
	unsigned before;
	uint64_t call;

	set_up(&f);
	call = app_make_call(f.a, f.a_open, 0);
	before = mock_count(f.a, FRAME_RETURN);
	f.w.is_real = true;
	SET_ID(&m, line, 0);
	SET_ID(&m, call, call);
	SET(&m, msp_line, f.a_msp);
	SET_BYTES(&m, data, (uint8_t *)(uintptr_t) "offer", 5);
	(void)app_post(f.a, CALL_TapixMspData, f.a_open, &m.base);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineReceiveMspData), 1);
	ck_assert_uint_eq(mock_count(f.a, FRAME_RETURN), before);
	while (evtimer_pending(&f.w.core->late, NULL))
		(void)event_base_loop(f.w.base, EVLOOP_ONCE);
	world_turn(&f.w);
	ck_assert_uint_eq(mock_count(f.a, FRAME_RETURN), before + 1);
	(void)app_post(f.a, CALL_TapixMspData, f.a_open, &m.base);
	ck_assert_uint_eq(mock_count(f.a, FRAME_RETURN), before + 1);
	data_from_tsp(f.host, call, 0, "answer"); /* goes with what comes */
	ck_assert_uint_eq(mock_count(f.a, FRAME_RETURN), before + 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(media_follows_the_owner_who_answers)
{
	struct fixture f;
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;
	uint64_t call;

	set_up(&f);
	call = host_new_call(f.host, 0, VOICE);
	data_from_tsp(f.host, call, 0, "1");
	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 1); /* the first owner */

	SET_ID(&m, call, call);
	SET(&m, call_privilege, OWNER);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetCallPrivilege, f.b_open, &m.base), 0);
	data_from_tsp(f.host, call, 0, "2");
	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 1);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineAnswer, f.a_open, call), 0);
	data_from_tsp(f.host, call, 0, "3");
	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 2);
	ck_assert_int_eq(data_from_msp(f.b, f.b_open, call, f.b_msp, "mine"), 0);
	data_from_tsp(f.host, call, 0, "4"); /* talking does not move the media */
	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 3);
	data_from_tsp(f.host, call, f.b_msp, "5"); /* but the TSP may name an instance */
	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(owner_that_becomes_a_monitor_gets_no_more_media)
{
	struct fixture f;
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;
	uint64_t call;

	set_up(&f);
	call = host_new_call(f.host, 0, VOICE);
	SET_ID(&m, call, call);
	SET(&m, call_privilege, OWNER);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetCallPrivilege, f.b_open, &m.base), 0);
	SET(&m, call_privilege, MONITOR);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetCallPrivilege, f.b_open, &m.base), 0);
	data_from_tsp(f.host, call, 0, "1");

	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 0);
	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 1); /* back at the other owner */
	world_fini(&f.w);
}
END_TEST

START_TEST(handoff_takes_the_media_along_and_back)
{
	struct fixture f;
	LineHandoff m = LINE_HANDOFF__INIT;
	uint64_t call;

	set_up(&f);
	call = host_new_call(f.host, 0, VOICE);
	SET_ID(&m, call, call);
	m.file_name = (char *)(uintptr_t) "b";
	ck_assert_int_eq(app_call(f.a, CALL_LineHandoff, f.a_open, &m.base), 0);
	data_from_tsp(f.host, call, 0, "1");
	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 0);
	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 1);
	mock_hang_up(f.b);
	world_turn(&f.w);
	data_from_tsp(f.host, call, 0, "2");

	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

/* What a session without an instance does to the call. */
static const char *const controls[] = { "owns", "answers", "deallocates", "dies" };

START_TEST(who_has_no_instance_takes_no_media_away)
{
	struct fixture f;
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;
	LineDeallocateCall end = LINE_DEALLOCATE_CALL__INIT;
	struct mock *control;
	uint32_t open;
	uint64_t call;

	set_up(&f);
	control = world_app(&f.w, "control");
	open = app_open(control, 0, MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);
	SET_ID(&m, call, call);
	SET(&m, call_privilege, OWNER);
	ck_assert_int_eq(app_call(control, CALL_LineSetCallPrivilege, open, &m.base), 0);
	SET_ID(&end, call, call);
	if (_i == 1)
		ck_assert_int_eq(app_on_call(control, CALL_LineAnswer, open, call), 0);
	else if (_i == 2)
		ck_assert_int_eq(app_call(control, CALL_LineDeallocateCall, open, &end.base), 0);
	else if (_i == 3)
		mock_hang_up(control);
	world_turn(&f.w);
	data_from_tsp(f.host, call, 0, controls[_i]);

	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineReceiveMspData), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(instance_on_another_line_is_none)
{
	struct fixture f;
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;
	TapixCreateMspInstance create_other = TAPIX_CREATE_MSP_INSTANCE__INIT;
	struct mock *control;
	uint32_t open, other;
	uint64_t call;

	set_up(&f);
	control = world_app(&f.w, "control");
	open = app_open(control, 0, MONITOR, 0);
	other = app_open(control, 1, OWNER, VOICE);
	SET_ID(&create_other, line, 1);
	ck_assert_int_eq(app_call(control, CALL_TapixCreateMspInstance, other, &create_other.base),
			0);
	call = host_new_call(f.host, 0, VOICE);
	SET_ID(&m, call, call);
	SET(&m, call_privilege, OWNER);
	ck_assert_int_eq(app_call(control, CALL_LineSetCallPrivilege, open, &m.base), 0);
	data_from_tsp(f.host, call, 0, "1");

	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(tsp_is_told_when_nobody_takes_the_data)
{
	struct fixture f;
	TapixCloseMspInstance m = TAPIX_CLOSE_MSP_INSTANCE__INIT;
	uint64_t call;

	set_up(&f);
	call = app_make_call(f.a, f.a_open, 0);
	ck_assert_int_eq(data_from_msp(f.a, f.a_open, call, f.a_msp, ""), 0);
	ck_assert_uint_eq(received(f.host)->call, call);
	ck_assert_uint_eq(received(f.host)->buffer.len, 0);
	mock_forget(f.host);

	SET_ID(&m, line, 0);
	SET(&m, msp_line, f.a_msp);
	ck_assert_int_eq(app_call(f.a, CALL_TapixCloseMspInstance, f.a_open, &m.base), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseMspInstance), 1);
	data_from_tsp(f.host, call, 0, "offer");
	ck_assert_uint_eq(received(f.host)->buffer.len, 0);
	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(foreign_instances_and_monitors_are_refused)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	call = app_make_call(f.a, f.a_open, 0);
	ck_assert_int_eq(data_from_msp(f.a, f.a_open, call, f.b_msp, "x"), LINEERR_INVALPARAM);
	ck_assert_int_eq(data_from_msp(f.b, f.b_open, call, f.b_msp, "x"), LINEERR_NOTOWNER);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineReceiveMspData), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(what_only_the_core_knows_is_noted)
{
	struct fixture f;
	struct arena arena;
	const Note *note;
	const CallNote *said;
	uint64_t call;

	set_up(&f);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineAnswer, f.a_open, call), 0);
	ck_assert_uint_ge(mock_count(f.host, FRAME_NOTE), 2);
	note = (const void *)mock_last(f.host, FRAME_NOTE)->body;
	ck_assert_uint_eq(note->object, call);
	arena_init(&arena, MESSAGE_MAX);
	said = (const void *)arena_unpack(&arena, &call_note__descriptor, note->data.data,
			note->data.len);
	ck_assert_ptr_nonnull(said);
	ck_assert_uint_eq(said->offered, 1);
	ck_assert_uint_eq(said->msp_session, f.a->session);
	ck_assert_str_eq(said->app_name, "a");
	arena_fini(&arena);
	world_fini(&f.w);
}
END_TEST

START_TEST(instance_data_reaches_all_or_one)
{
	struct fixture f;

	set_up(&f);
	data_from_tsp(f.host, 0, 0, "all");
	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 1);
	data_from_tsp(f.host, 0, f.b_msp, "one");
	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(instances_end_with_their_application)
{
	struct fixture f;

	set_up(&f);
	mock_hang_up(f.a);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseMspInstance), 1);
	data_from_tsp(f.host, 0, 0, "all");
	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 1);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core msp");
	TCase *t = tcase_create("msp");

	tcase_add_test(t, data_goes_to_the_maker_and_back);
	tcase_add_test(t, media_follows_the_owner_who_answers);
	tcase_add_test(t, owner_that_becomes_a_monitor_gets_no_more_media);
	tcase_add_test(t, handoff_takes_the_media_along_and_back);
	tcase_add_loop_test(t, who_has_no_instance_takes_no_media_away, 0, 4);
	tcase_add_test(t, instance_on_another_line_is_none);
	tcase_add_test(t, return_that_nobody_awaits_wakes_nobody);
	tcase_add_test(t, tsp_is_told_when_nobody_takes_the_data);
	tcase_add_test(t, foreign_instances_and_monitors_are_refused);
	tcase_add_test(t, what_only_the_core_knows_is_noted);
	tcase_add_test(t, instance_data_reaches_all_or_one);
	tcase_add_test(t, instances_end_with_their_application);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
