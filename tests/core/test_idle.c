// SPDX-License-Identifier: MIT
/* test_idle.c - a provider that wants to be initialised again waits for the last application, and
 * so does the end of a daemon that is started on demand. */
#include "../test_main.h"
#include "tapisrvd/provider.h"
#include "world.h"

struct fixture {
	struct world w;
	struct mock *host, *app;
	uint32_t open;
};

static void set_up(struct fixture *f, uint32_t idle_ms)
{
	world_init(&f->w, "mock", NULL);
	f->w.options.idle_ms = idle_ms;
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
	f->open = app_open(f->app, 0, OWNER, VOICE);
}

/* Whether the core has said hello to one that comes now. */
static int32_t greet(struct fixture *f)
{
	struct mock *app = world_raw(&f->w, false, 0);
	Hello hello = HELLO__INIT;

	app_hello(app, &hello);
	world_turn(&f->w);
	ck_assert_ptr_nonnull(mock_last(app, FRAME_HELLO));
	return mock_last(app, FRAME_HELLO)->h.result;
}

START_TEST(reinit_closes_the_door_until_all_have_gone)
{
	struct fixture f;
	struct mock *again;

	set_up(&f, 0);
	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.app, LINE_LINEDEVSTATE), 1); /* it cannot be masked */
	ck_assert_int_eq(greet(&f), LINEERR_REINIT);
	ck_assert_uint_eq(app_open(f.app, 1, MONITOR, 0), 0);
	ck_assert_int_eq(mock_last(f.app, FRAME_RETURN)->h.result, LINEERR_REINIT);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderShutdown), 0);

	mock_hang_up(f.app);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderShutdown), 1);
	mock_hang_up(f.host);
	world_turn(&f.w);
	again = world_host(&f.w, "mock");
	ck_assert_int_eq(provider_find(f.w.core, "mock")->state, PROVIDER_RUNNING);
	ck_assert_uint_eq(host_asked(again, CALL_TspiProviderInit), 1);
	ck_assert_int_eq(greet(&f), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(it_ends_when_nobody_has_come_for_a_while)
{
	struct fixture f;

	set_up(&f, 1000);
	world_wait(&f.w, 5000);
	ck_assert(!f.w.core->stopping);
	mock_hang_up(f.app);
	world_wait(&f.w, 900);
	ck_assert(!f.w.core->stopping);
	f.app = world_app(&f.w, "another");
	world_wait(&f.w, 5000);
	ck_assert(!f.w.core->stopping);
	mock_hang_up(f.app);
	world_wait(&f.w, 1100);
	ck_assert(f.w.core->stopping);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_call_without_an_application_keeps_it_alive)
{
	struct fixture f;
	uint64_t call;

	set_up(&f, 1000);
	f.host->manual[CALL_LineDrop] = true;
	call = app_make_call(f.app, f.open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	mock_hang_up(f.app);
	if (map_find(&f.w.core->calls, call)) { /* the TSP has not ended it yet */
		world_wait(&f.w, 3000);
		ck_assert(!f.w.core->stopping);
		host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	}
	world_wait(&f.w, 2200);
	ck_assert(f.w.core->stopping);
	world_fini(&f.w);
}
END_TEST

START_TEST(without_the_key_it_never_ends)
{
	struct fixture f;

	set_up(&f, 0);
	mock_hang_up(f.app);
	world_wait(&f.w, 60000);
	ck_assert(!f.w.core->stopping);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core idle");
	TCase *t = tcase_create("idle");

	tcase_add_test(t, reinit_closes_the_door_until_all_have_gone);
	tcase_add_test(t, it_ends_when_nobody_has_come_for_a_while);
	tcase_add_test(t, a_call_without_an_application_keeps_it_alive);
	tcase_add_test(t, without_the_key_it_never_ends);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
