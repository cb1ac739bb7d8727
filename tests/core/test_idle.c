// SPDX-License-Identifier: MIT
/* test_idle.c - a daemon that is started on demand ends some time after its last application; one
 * that has stood still is alive. */
#include "../scratch.h"
#include "../test_main.h"
#include "base/clock.h"
#include "tapisrvd/notify.h"
#include "world.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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

/* What the manager has been told. */
static const char *told(int fd)
{
	static char text[64];
	ssize_t n = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);

	text[n > 0 ? n : 0] = '\0';
	return text;
}

/* All other limits are later then; the manager's is not. */
START_TEST(who_has_stood_still_says_at_once_that_it_is_alive)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	char folder[64];
	struct fixture f;

	scratch_template(folder, sizeof(folder), "idle");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(addr.sun_path, sizeof(addr.sun_path), "%s/notify", folder);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&addr, sizeof(addr)), 0);
	ck_assert_int_eq(setenv("NOTIFY_SOCKET", addr.sun_path, 1), 0);
	ck_assert_int_eq(setenv("WATCHDOG_USEC", "60000000", 1), 0);
	set_up(&f, 0);
	notify_ready(f.w.core);
	ck_assert_str_eq(told(fd), "READY=1");
	world_wait(&f.w, 30000);
	ck_assert_str_eq(told(fd), "WATCHDOG=1");
	ck_assert_str_eq(told(fd), "");

	clock_advance_ms(50000);
	event_active(&f.w.core->tick, EV_TIMEOUT, 1);
	world_turn(&f.w);

	ck_assert_str_eq(told(fd), "WATCHDOG=1");
	world_wait(&f.w, 29000);
	ck_assert_str_eq(told(fd), "");
	world_wait(&f.w, 1000);
	ck_assert_str_eq(told(fd), "WATCHDOG=1");
	ck_assert_int_eq(unsetenv("WATCHDOG_USEC"), 0);
	ck_assert_int_eq(unsetenv("NOTIFY_SOCKET"), 0);
	close(fd);
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
	tcase_add_test(t, who_has_stood_still_says_at_once_that_it_is_alive);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
