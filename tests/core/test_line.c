// SPDX-License-Identifier: MIT
/* test_line.c - which lines there are, and their ids: as hosts come, come again, make new ones. */
#include "../test_main.h"
#include "tapisrvd/line.h"
#include "tapisrvd/provider.h"
#include "world.h"

START_TEST(host_that_comes_again_has_the_same_lines)
{
	struct two_hosts f;
	struct mock *again;
	uint64_t call;

	two_hosts_init(&f);
	(void)app_make_call(f.app, f.open, 0);
	mock_hang_up(f.host);
	again = world_host(&f.w, "mock");
	ck_assert_uint_eq(again->line_base, 0);
	ck_assert_uint_eq(again->core_hello.first_call, 2); /* ids are never used again */
	again->calls = again->core_hello.first_call - 1;

	f.open = app_open(f.app, 0, OWNER, VOICE);
	ck_assert_uint_ne(f.open, 0);
	call = app_make_call(f.app, f.open, 0);
	host_state(again, call, LINECALLSTATE_CONNECTED, 0);
	ck_assert_uint_eq(app_state(f.app), LINECALLSTATE_CONNECTED);
	world_fini(&f.w);
}
END_TEST

static void come_again(struct two_hosts *f, int more_lines)
{
	mock_hang_up(f->host);
	world_turn(&f->w);
	mock_forget(f->app);
	f->host = world_raw(&f->w, true, 0);
	f->host->more_lines = more_lines;
	(void)world_host_on(f->host, "mock");
}

START_TEST(host_that_comes_with_less_has_its_other_lines_removed)
{
	struct two_hosts f;

	two_hosts_init(&f);
	come_again(&f, -1);

	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.app, LINE_REMOVE))->p1, MOCK_LINES - 1);
	ck_assert_uint_ne(app_open(f.app, 0, MONITOR, 0), 0);
	ck_assert_uint_eq(app_open(f.app, MOCK_LINES - 1, MONITOR, 0), 0);
	ck_assert_int_eq(mock_last(f.app, FRAME_RETURN)->h.result, LINEERR_NODEVICE);
	come_again(&f, 0); /* what was removed stays so: all its lines get new ids */
	ck_assert_uint_eq(f.host->line_base, 2 * MOCK_LINES);
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), MOCK_LINES);
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), MOCK_LINES - 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(host_that_comes_with_more_gets_ids_that_are_free)
{
	struct two_hosts f;

	two_hosts_init(&f);
	come_again(&f, 1); /* behind its own are those of the other provider */

	ck_assert_uint_eq(f.host->line_base, 2 * MOCK_LINES);
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), MOCK_LINES);
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), MOCK_LINES + 1);
	come_again(&f, 2);
	ck_assert_uint_eq(f.host->line_base, 2 * MOCK_LINES);
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 0);
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.app, LINE_CREATE))->p1, 3 * MOCK_LINES + 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(id_of_a_line_that_is_just_coming_is_not_given_to_another_provider)
{
	struct two_hosts f;
	struct mock *other;

	world_init(&f.w, "mock", "other");
	f.host = world_host(&f.w, "mock");
	other = world_raw(&f.w, true, 0);
	other->manual[CALL_TspiProviderEnumDevices] = true;
	(void)world_host_on(other, "other");
	f.host->manual[CALL_TspiProviderCreateLineDevice] = true;
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	host_return_devices(other);
	world_turn(&f.w);
	host_return(f.host, host_request(f.host, CALL_TspiProviderCreateLineDevice), 0, NULL);
	world_turn(&f.w);

	ck_assert_uint_eq(other->line_base, MOCK_LINES + 1);
	ck_assert_str_eq(line_find(f.w.core, MOCK_LINES)->provider->options->name, "mock");
	ck_assert_uint_eq(f.w.core->line_count, 2 * MOCK_LINES + 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(line_that_went_with_its_host_is_not_removed_twice)
{
	struct two_hosts f;

	two_hosts_init(&f);
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	come_again(&f, 0); /* programs have heard of it */
	host_event(f.host, 0, LINE_REMOVE, 2 * MOCK_LINES, 0, 0, NULL);

	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 0);
	world_fini(&f.w);
}
END_TEST

/* The TSP may be running wild: ids and memory are not without end. */
START_TEST(lines_without_end_are_not_taken)
{
	struct two_hosts f;

	two_hosts_init(&f);
	if (_i)
		f.w.core->line_count = DEVICE_ID_MAX + 1;
	else
		provider_find(f.w.core, "mock")->created = CREATED_MAX;
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderCreateLineDevice), 0);
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(lines_are_numbered_as_configured)
{
	struct world w;
	struct mock *first, *second;

	world_init(&w, "mock", "other");
	second = world_host(&w, "other"); /* comes first, but waits for its turn */
	ck_assert_uint_eq(host_asked(second, CALL_TspiProviderInit), 0);
	first = world_host(&w, "mock");
	ck_assert_uint_eq(first->line_base, 0);
	ck_assert_uint_eq(second->line_base, MOCK_LINES);
	world_fini(&w);
}
END_TEST

START_TEST(a_provider_waits_a_second_for_its_turn)
{
	struct world w;
	struct mock *second;

	world_init(&w, "mock", "other");
	second = world_host(&w, "other");
	world_wait(&w, 1100);
	ck_assert_uint_eq(host_asked(second, CALL_TspiProviderInit), 1);
	world_fini(&w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core line");
	TCase *t = tcase_create("line");

	tcase_add_test(t, host_that_comes_again_has_the_same_lines);
	tcase_add_test(t, host_that_comes_with_less_has_its_other_lines_removed);
	tcase_add_test(t, host_that_comes_with_more_gets_ids_that_are_free);
	tcase_add_test(t, id_of_a_line_that_is_just_coming_is_not_given_to_another_provider);
	tcase_add_test(t, line_that_went_with_its_host_is_not_removed_twice);
	tcase_add_loop_test(t, lines_without_end_are_not_taken, 0, 2);
	tcase_add_test(t, lines_are_numbered_as_configured);
	tcase_add_test(t, a_provider_waits_a_second_for_its_turn);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
