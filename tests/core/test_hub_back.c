// SPDX-License-Identifier: MIT
/* test_hub_back.c - call hubs of an application whose connection was lost, while the core stayed.
 */
#include "../test_main.h"
#include "hubs.h"
#include "mock_host.h"
#include "recovery.h"

#include <unistd.h>

static struct mock *come_back(struct hubs *f)
{
	struct mock *app = recovery_join(&f->w, f->app->session, getuid());

	app->serial = f->app->serial;
	recovery_claim_open(app, f->open[0], 0);
	recovery_claim_open(app, f->open[1], 1);
	return app;
}

/* The core is the same, only the connection was lost. */
START_TEST(who_is_back_hears_of_hubs_that_it_does_not_know)
{
	struct hubs f;
	uint64_t first, second;

	hubs_set_up(&f, NULL);
	first = hubs_call(f.host, 0, 77);
	recovery_lose(f.app);
	second = hubs_call(f.host, 1, 88);
	f.app = come_back(&f);
	recovery_claim_call_of(f.app, f.open[0], first, LINECALLSTATE_CONNECTED, 77);
	ck_assert_ptr_nonnull(recovery_end(f.app));
	hubs_expect(f.app, 1, 0);
	ck_assert_uint_eq(hubs_object(f.app, LINE_APPNEWCALLHUB), second);

	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 1, 1);
	hubs_state(f.host, second, LINECALLSTATE_IDLE, 88);
	hubs_expect(f.app, 1, 2);
	world_fini(&f.w);
}
END_TEST

/* Its call has moved meanwhile. */
START_TEST(who_is_back_hears_of_the_end_before_the_beginning)
{
	struct hubs f;
	uint64_t first;

	hubs_set_up(&f, NULL);
	first = hubs_call(f.host, 0, 77);
	recovery_lose(f.app);
	hubs_changed(f.host, first, 88);
	f.app = come_back(&f);
	recovery_claim_call_of(f.app, f.open[0], first, LINECALLSTATE_CONNECTED, 77);
	ck_assert_ptr_nonnull(recovery_end(f.app));

	hubs_expect(f.app, 1, 1);
	ck_assert(app_event(f.app, LINE_CALLHUBCLOSE) < app_event(f.app, LINE_APPNEWCALLHUB));
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 88);
	hubs_expect(f.app, 1, 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(who_is_back_knows_a_hub_by_an_idle_call)
{
	struct hubs f;
	uint64_t first, second;

	hubs_set_up(&f, NULL);
	(void)app_open(world_app(&f.w, "other"), 2, OWNER, VOICE);
	first = hubs_call(f.host, 0, 77);
	second = hubs_call(f.host, 2, 77);
	hubs_state(f.host, first, LINECALLSTATE_IDLE, 77);
	recovery_lose(f.app);
	f.app = come_back(&f);
	recovery_claim_call_of(f.app, f.open[0], first, LINECALLSTATE_IDLE, 77);
	ck_assert_ptr_nonnull(recovery_end(f.app));
	hubs_expect(f.app, 0, 0);

	hubs_state(f.host, second, LINECALLSTATE_IDLE, 77);
	hubs_expect(f.app, 0, 1);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("hub back");
	TCase *tc = tcase_create("back");

	tcase_add_test(tc, who_is_back_hears_of_hubs_that_it_does_not_know);
	tcase_add_test(tc, who_is_back_hears_of_the_end_before_the_beginning);
	tcase_add_test(tc, who_is_back_knows_a_hub_by_an_idle_call);
	suite_add_tcase(s, tc);
	return s;
}

TEST_MAIN(suite())
