// SPDX-License-Identifier: MIT
/* test_stop.c - the orderly end of the daemon: applications hear why, providers are shut down, and
 * what does not end by itself is ended. */
#include "../test_main.h"
#include "mock_host.h"

#include "../scratch.h"
#include "base/mem.h"
#include "base/os.h"
#include "tapisrvd/provider.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
	struct world w;
	struct mock *host, *other, *app;
	uint32_t open;
	uint64_t call;
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", "other");
	f->host = world_host(&f->w, "mock");
	f->other = world_host(&f->w, "other");
	f->app = world_app(&f->w, "app");
	f->open = app_open(f->app, 0, OWNER, VOICE);
	f->call = app_make_call(f->app, f->open, 0);
	host_state(f->host, f->call, LINECALLSTATE_CONNECTED, 0);
}

START_TEST(stop_shuts_the_providers_down)
{
	struct fixture f;

	set_up(&f);
	core_stop(f.w.core);
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderShutdown), 1);
	ck_assert_uint_eq(host_asked(f.other, CALL_TspiProviderShutdown), 1);
	ck_assert(!f.app->connected);
	ck_assert(!f.w.core->stopped);
	mock_hang_up(f.host);
	mock_hang_up(f.other);
	ck_assert(f.w.core->stopped);
	world_fini(&f.w);
}
END_TEST

/* It has a TSP that was not initialised yet: nothing is waited for. */
START_TEST(host_that_has_not_got_far_is_ended_at_once)
{
	struct fixture f;

	set_up(&f);
	f.host->fail[CALL_TspiProviderShutdown] = LINEERR_UNINITIALIZED;
	core_stop(f.w.core);
	world_turn(&f.w);
	ck_assert(!f.host->connected);
	ck_assert(f.other->connected);
	mock_hang_up(f.other);
	ck_assert(f.w.core->stopped);
	world_fini(&f.w);
}
END_TEST

static void expect_stopping(const struct mock *app, uint32_t msg)
{
	const struct seen *s = app_event(app, msg);

	ck_assert_ptr_nonnull(s);
	ck_assert_ptr_nonnull(((const Event *)(const void *)s->body)->reason);
	ck_assert_str_eq(((const Event *)(const void *)s->body)->reason->cause, "stopping");
}

START_TEST(applications_hear_why_their_calls_and_lines_end)
{
	struct fixture f;

	set_up(&f);
	core_stop(f.w.core);
	world_turn(&f.w);

	ck_assert_uint_eq(app_state(f.app), LINECALLSTATE_IDLE);
	expect_stopping(f.app, LINE_CALLSTATE);
	expect_stopping(f.app, LINE_CLOSE);
	ck_assert(app_event(f.app, LINE_CALLSTATE) < app_event(f.app, LINE_CLOSE));
	ck_assert(!f.app->connected);
	host_state(f.host, f.call, LINECALLSTATE_DISCONNECTED, 0); /* it drops its calls now */
	mock_hang_up(f.host);
	mock_hang_up(f.other);
	ck_assert(f.w.core->stopped);
	world_fini(&f.w);
}
END_TEST

START_TEST(requests_under_way_fail_once_each)
{
	struct fixture f;
	LineMakeCall make = LINE_MAKE_CALL__INIT;
	LineMakeCallReply made = LINE_MAKE_CALL_REPLY__INIT;
	LineHold hold = LINE_HOLD__INIT;
	uint32_t held, dialled;
	const struct seen *asked;

	set_up(&f);
	f.host->manual[CALL_LineHold] = f.host->manual[CALL_LineMakeCall] = true;
	SET_ID(&hold, call, f.call);
	held = app_send(f.app, CALL_LineHold, f.open, &hold.base);
	asked = host_request(f.host, CALL_LineHold);
	host_return(f.host, asked, 0, NULL); /* accepted */
	world_turn(&f.w);
	SET_ID(&make, line, 0);
	dialled = app_send(f.app, CALL_LineMakeCall, f.open, &make.base);
	for (unsigned i = 0; i < CALL_MAX; i++)
		f.host->manual[i] = true; /* it is executing lineMakeCall */
	core_stop(f.w.core);
	world_turn(&f.w);

	ck_assert_uint_eq(app_answers(f.app, FRAME_COMPLETION, held), 1);
	ck_assert_str_eq(seen_failure(app_answer(f.app, FRAME_COMPLETION, held))->cause,
			"stopping");
	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, dialled), 1);
	ck_assert_int_eq(app_answer(f.app, FRAME_RETURN, dialled)->h.result,
			LINEERR_OPERATIONFAILED);
	/* The host does not know that it is too late. */
	host_complete(f.host, asked->h.serial, 0);
	SET_ID(&made, call, f.call + 1);
	asked = host_request(f.host, CALL_LineMakeCall);
	host_return(f.host, asked, 0, &made.base);
	host_complete(f.host, asked->h.serial, 0);
	world_turn(&f.w);
	ck_assert(f.host->connected);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop),
			1); /* of the call that was made late */
	world_fini(&f.w);
}
END_TEST

START_TEST(stop_does_not_wait_for_ever)
{
	struct fixture f;

	set_up(&f);
	f.host->silent = true;
	core_stop(f.w.core);
	world_wait(&f.w, 10100);
	ck_assert(f.w.core->stopped);
	world_fini(&f.w);
}
END_TEST

/* A process that holds the lock of its provider, as a host does. */
static pid_t start_holder(const char *lock)
{
	int ready[2];
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (!pid) {
		if (os_lock_file(lock) >= 0)
			(void)!write(ready[1], "", 1);
		for (;;)
			(void)pause();
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return pid;
}

START_TEST(host_of_an_earlier_core_is_ended_when_it_hangs)
{
	struct fixture f;
	struct provider *p;
	char folder[128];
	pid_t holder;
	int status;

	set_up(&f);
	scratch_template(folder, sizeof(folder), "stop");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	p = provider_find(f.w.core, "mock");
	mem_free(p->lock_path);
	p->lock_path = mem_alloc(160);
	ck_assert_ptr_nonnull(p->lock_path);
	(void)snprintf(p->lock_path, 160, "%s/mock.lock", folder);
	holder = start_holder(p->lock_path);
	provider_take_pid(p, holder, true);
	ck_assert(!p->is_child);
	f.host->silent = true;
	core_stop(f.w.core);
	world_wait(&f.w, 10100);

	ck_assert(f.w.core->stopped);
	ck_assert_int_eq(waitpid(holder, &status, 0), holder);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGKILL);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core stop");
	TCase *t = tcase_create("stop");

	tcase_add_test(t, stop_shuts_the_providers_down);
	tcase_add_test(t, host_that_has_not_got_far_is_ended_at_once);
	tcase_add_test(t, applications_hear_why_their_calls_and_lines_end);
	tcase_add_test(t, requests_under_way_fail_once_each);
	tcase_add_test(t, stop_does_not_wait_for_ever);
	tcase_add_test(t, host_of_an_earlier_core_is_ended_when_it_hangs);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
