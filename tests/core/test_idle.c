// SPDX-License-Identifier: MIT
/* test_idle.c - a daemon that is started on demand ends some time after its last application. */
#include "../test_main.h"
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

	tcase_add_test(t, it_ends_when_nobody_has_come_for_a_while);
	tcase_add_test(t, a_call_without_an_application_keeps_it_alive);
	tcase_add_test(t, without_the_key_it_never_ends);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
