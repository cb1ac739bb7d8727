// SPDX-License-Identifier: MIT
/* test_reinit.c - a provider that asks to be initialised again waits for those that have its
 * devices open, and for nobody else. */
#include "../test_main.h"
#include "tapisrvd/provider.h"
#include "world.h"

static void ask_for_reinit(struct mock *host)
{
	host_event(host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, 0, 0, NULL);
}

static const struct provider *mock_provider(const struct two_hosts *f)
{
	return provider_find(f->w.core, "mock");
}

static unsigned shutdowns(const struct mock *host)
{
	return host_asked(host, CALL_TspiProviderShutdown);
}

static void close_line(struct two_hosts *f)
{
	LineClose m = LINE_CLOSE__INIT;

	SET_ID(&m, line, 0);
	ck_assert_int_eq(app_call(f->app, CALL_LineClose, f->open, &m.base), 0);
}

/* Its host ends, the next one is here. */
static struct mock *start_again(struct two_hosts *f)
{
	world_wait(&f->w, 100);
	ck_assert_uint_eq(shutdowns(f->host), 1);
	mock_hang_up(f->host);
	world_wait(&f->w, 3000);
	f->host = world_host(&f->w, "mock");
	ck_assert_int_eq(mock_provider(f)->state, PROVIDER_RUNNING);
	ck_assert_uint_eq(host_asked(f->host, CALL_TspiProviderInit), 1);
	return f->host;
}

START_TEST(it_is_started_again_when_nobody_has_its_devices_open)
{
	struct two_hosts f;

	two_hosts_init(&f);
	ask_for_reinit(f.host);
	ck_assert_uint_ge(app_events(f.app, LINE_LINEDEVSTATE), 1); /* it cannot be masked */
	world_wait(&f.w, 60000);
	ck_assert_uint_eq(shutdowns(f.host), 0);

	close_line(&f);
	start_again(&f);
	ck_assert_uint_eq(shutdowns(f.other), 0);
	ck_assert_uint_ne(app_open(f.app, 0, MONITOR, 0), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(until_then_only_its_own_devices_are_closed_to_newcomers)
{
	struct two_hosts f;
	struct mock *newcomer;

	two_hosts_init(&f);
	ask_for_reinit(f.host);

	newcomer = world_app(&f.w, "newcomer");
	ck_assert_ptr_nonnull(mock_last(newcomer, FRAME_RETURN));
	ck_assert_int_eq(mock_last(newcomer, FRAME_RETURN)->h.result, 0);
	ck_assert_uint_ne(app_open(newcomer, MOCK_LINES, MONITOR, 0), 0);
	ck_assert_uint_eq(app_open(newcomer, 1, MONITOR, 0), 0);
	ck_assert_int_eq(mock_last(newcomer, FRAME_RETURN)->h.result, LINEERR_REINIT);
	world_fini(&f.w);
}
END_TEST

START_TEST(the_line_mapper_passes_them_over)
{
	struct two_hosts f;
	struct mock *newcomer;

	two_hosts_init(&f);
	ask_for_reinit(f.host);

	newcomer = world_app(&f.w, "newcomer");
	ck_assert_uint_ne(app_open(newcomer, LINEMAPPER, OWNER, VOICE), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(an_application_that_ends_closes_its_devices)
{
	struct two_hosts f;

	two_hosts_init(&f);
	ask_for_reinit(f.host);
	mock_hang_up(f.app);
	start_again(&f);
	world_fini(&f.w);
}
END_TEST

START_TEST(with_nothing_open_it_is_started_again_at_once)
{
	struct two_hosts f;

	two_hosts_init(&f);
	close_line(&f);
	ask_for_reinit(f.host);
	start_again(&f);
	world_fini(&f.w);
}
END_TEST

START_TEST(one_that_never_has_enough_is_started_later_and_later)
{
	struct two_hosts f;

	two_hosts_init(&f);
	mock_hang_up(f.app);
	for (unsigned i = 1; i <= 3; i++) {
		ask_for_reinit(f.host);
		start_again(&f);
		ck_assert_uint_eq(mock_provider(&f)->failures, i);
	}
	world_wait(&f.w, 31000);
	ask_for_reinit(f.host);
	start_again(&f);
	ck_assert_uint_eq(mock_provider(&f)->failures, 1);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core reinit");
	TCase *t = tcase_create("reinit");

	tcase_add_test(t, it_is_started_again_when_nobody_has_its_devices_open);
	tcase_add_test(t, until_then_only_its_own_devices_are_closed_to_newcomers);
	tcase_add_test(t, the_line_mapper_passes_them_over);
	tcase_add_test(t, an_application_that_ends_closes_its_devices);
	tcase_add_test(t, with_nothing_open_it_is_started_again_at_once);
	tcase_add_test(t, one_that_never_has_enough_is_started_later_and_later);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
