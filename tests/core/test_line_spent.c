// SPDX-License-Identifier: MIT
/* test_line_spent.c - devices that were removed take no memory, and their ids are not used again.
 */
#include "../test_main.h"
#include "recovery.h"
#include "tapisrvd/line.h"
#include "tapisrvd/provider.h"
#include "world.h"

#include <unistd.h>

enum { SOME = 50, AFTER_MS = 2500 /* less than a session may be away */ };

static struct two_hosts f;

static void set_up(void)
{
	two_hosts_init(&f);
	world_wait(&f.w, f.w.options.grace_ms); /* until then sessions of before may come back */
}

static void end(void)
{
	world_fini(&f.w);
}

static size_t devices(void)
{
	return f.w.core->lines.count;
}

static void make_line(void)
{
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
}

static void remove_line(uint32_t device)
{
	host_event(f.host, 0, LINE_REMOVE, device, 0, 0, NULL);
}

static void come_again(void)
{
	mock_hang_up(f.host);
	world_turn(&f.w);
	f.host = world_host(&f.w, "mock");
}

static int32_t refusal_of(uint32_t device)
{
	ck_assert_uint_eq(app_open(f.app, device, MONITOR, 0), 0);
	return mock_last(f.app, FRAME_RETURN)->h.result;
}

START_TEST(lines_that_come_and_go_leave_nothing_but_their_ids)
{
	const size_t before = devices();

	for (uint32_t i = 0; i < SOME; i++) {
		make_line();
		ck_assert_uint_eq(app_events(f.app, LINE_CREATE), 1);
		ck_assert_uint_eq(seen_event(app_event(f.app, LINE_CREATE))->p1,
				2 * MOCK_LINES + i);
		remove_line(2 * MOCK_LINES + i);
		ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 1);
		mock_forget(f.app);
		mock_forget(f.host);
	}
	world_wait(&f.w, AFTER_MS);

	ck_assert_uint_eq(devices(), before);
	ck_assert_int_eq(refusal_of(2 * MOCK_LINES), LINEERR_NODEVICE);
	ck_assert_int_eq(refusal_of(2 * MOCK_LINES + SOME), LINEERR_BADDEVICEID);
	make_line();
	ck_assert_uint_eq(seen_event(app_event(f.app, LINE_CREATE))->p1, 2 * MOCK_LINES + SOME);
	remove_line(2 * MOCK_LINES); /* once more */
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 0);
}
END_TEST

START_TEST(provider_whose_line_was_removed_has_new_ids_when_it_comes_again)
{
	const size_t before = devices();

	remove_line(1);
	world_wait(&f.w, AFTER_MS);
	ck_assert_uint_eq(devices(), before - 1);
	come_again();

	ck_assert_uint_eq(f.host->line_base, 2 * MOCK_LINES);
	world_wait(&f.w, AFTER_MS);
	ck_assert_uint_eq(devices(), before);
	ck_assert_int_eq(refusal_of(0), LINEERR_NODEVICE);
}
END_TEST

START_TEST(id_that_is_spent_is_not_given_to_a_provider_that_comes_later)
{
	struct mock *other;

	end();
	world_init(&f.w, "mock", "other");
	f.host = world_host(&f.w, "mock");
	make_line();
	remove_line(MOCK_LINES);
	world_wait(&f.w, f.w.options.ready_ms + f.w.options.grace_ms + AFTER_MS);
	ck_assert_uint_eq(devices(), MOCK_LINES);
	other = world_host(&f.w, "other");

	ck_assert_uint_eq(other->line_base, MOCK_LINES + 1);
}
END_TEST

START_TEST(lines_that_their_provider_does_not_take_leave_nothing)
{
	const size_t before = devices();

	f.host->fail[CALL_TspiProviderCreateLineDevice] = LINEERR_NOMEM;
	for (uint32_t i = 0; i < SOME; i++)
		make_line();
	world_wait(&f.w, AFTER_MS);

	ck_assert_uint_eq(devices(), before);
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), 0);
}
END_TEST

START_TEST(line_that_is_just_being_taken_is_waited_for)
{
	const size_t before = devices();

	f.host->manual[CALL_TspiProviderCreateLineDevice] = true;
	make_line();
	remove_line(0); /* somebody has to look at what is removed */
	world_wait(&f.w, AFTER_MS);
	host_return(f.host, host_request(f.host, CALL_TspiProviderCreateLineDevice), 0, NULL);
	world_turn(&f.w);
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), 1);

	make_line();
	ck_assert_uint_eq(devices(), before + 1);
	come_again(); /* it has never answered */
	world_wait(&f.w, AFTER_MS);
	ck_assert_uint_eq(devices(), before);
}
END_TEST

/* Two seconds later it knows of it as it would at once. */
START_TEST(who_is_away_hears_of_a_line_that_was_removed_long_ago)
{
	size_t before = devices();
	uint64_t session = f.app->session;

	mock_send(f.app, (struct frame_header){ .kind = FRAME_RESYNC },
			NULL); /* so it is cut off */
	world_turn(&f.w);
	remove_line(1);
	world_wait(&f.w, AFTER_MS);
	mock_hang_up(f.app);
	f.app = app_again(&f.w, session, "app");
	ck_assert_ptr_nonnull(recovery_end(f.app));

	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 1);
	ck_assert_uint_eq(seen_event(app_event(f.app, LINE_REMOVE))->p1, 1);
	world_wait(&f.w, AFTER_MS);
	ck_assert_uint_eq(devices(), before - 1);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core line spent");
	TCase *t = tcase_create("spent");

	tcase_add_checked_fixture(t, set_up, end);
	tcase_add_test(t, lines_that_come_and_go_leave_nothing_but_their_ids);
	tcase_add_test(t, provider_whose_line_was_removed_has_new_ids_when_it_comes_again);
	tcase_add_test(t, id_that_is_spent_is_not_given_to_a_provider_that_comes_later);
	tcase_add_test(t, lines_that_their_provider_does_not_take_leave_nothing);
	tcase_add_test(t, line_that_is_just_being_taken_is_waited_for);
	tcase_add_test(t, who_is_away_hears_of_a_line_that_was_removed_long_ago);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
