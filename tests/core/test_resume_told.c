// SPDX-License-Identifier: MIT
/* test_resume_told.c - what an application is told after a recovery: all that it has missed, with
 * reasons, and nothing twice. */
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"

#include <unistd.h>

static const uint32_t endings[] = { LINECALLSTATE_DISCONNECTED, LINECALLSTATE_IDLE,
	LINECALLSTATE_BUSY };

START_TEST(a_call_that_ended_meanwhile_says_why)
{
	struct recovery f;
	struct mock *app;
	SnapshotCall call = SNAPSHOT_CALL__INIT;
	Failure why = FAILURE__INIT;
	const Event *e;

	recovery_init(&f);
	SET_ID(&call, call, f.call);
	SET_ID(&call, device, 0);
	SET(&call, state, endings[_i]);
	SET(&why, layer, LAYER_PROVIDER);
	why.cause = (char *)"Q.850 16";
	why.sentence = (char *)"the other side hung up";
	call.reason = &why;
	recovery_tell(&f, &call);
	mock_host_end_snapshot(f.host);
	app = recovery_come_back(&f, getuid());
	recovery_claim_open(app, f.open, 0);
	recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
	(void)recovery_end(app);

	e = seen_event(app_event(app, LINE_CALLSTATE));
	ck_assert_uint_eq(e->p1, endings[_i]);
	ck_assert_ptr_nonnull(e->reason);
	ck_assert_uint_eq(e->reason->layer, LAYER_PROVIDER);
	ck_assert_str_eq(e->reason->cause, "Q.850 16");
	ck_assert_str_eq(e->reason->sentence, "the other side hung up");
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core resume told");
	TCase *t = tcase_create("told");

	tcase_add_loop_test(t, a_call_that_ended_meanwhile_says_why, 0, 3);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
