// SPDX-License-Identifier: MIT
/* test_claims.c - what an application claims of its calls and hubs from a daemon that is back, also
 * of what it has not heard of yet. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "client.h"
#include "../test_main.h"

static struct world w;
static HCALL call;
static uint64_t call_id;

static void setup(void)
{
	world_set_limits();
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	(void)world_line(&w);
	call = world_offer(&w, &call_id);
}

static void teardown(void)
{
	world_close(&w);
}

static void hub_event_of(uint64_t id, uint32_t msg, uint32_t hub, bool is_known)
{
	Event e = EVENT__INIT;

	e.has_object = e.has_msg = e.has_p1 = e.has_p2 = e.has_p3 = 1;
	e.object = id;
	e.msg = msg;
	e.p1 = LINECALLHUBTRACKING_ALLCALLS;
	e.p2 = is_known;
	e.p3 = hub;
	mock_event(w.mock, 1, 0, 0, 0, &e);
}

static void hub_event(uint32_t msg, uint32_t hub, bool is_known)
{
	hub_event_of(call_id, msg, hub, is_known);
}

static uint32_t claimed_hub, claimed_state, last_state;
static unsigned hub_claims;
static uint64_t claimed_by;

static bool note_hub(struct mock *m, const struct frame *f)
{
	Snapshot *s;

	if (f->h.kind != FRAME_SNAPSHOT)
		return false;
	s = snapshot__unpack(NULL, f->h.length, f->body);
	ck_assert_ptr_nonnull(s);
	if (s->held && s->held->call == call_id)
		claimed_state = s->held->state;
	if (s->held)
		last_state = s->held->state;
	if (s->held && s->held->hub) {
		claimed_hub = s->held->hub;
		claimed_by = s->held->call;
		hub_claims++;
	}
	snapshot__free_unpacked(s, NULL);
	(void)m;
	return true;
}

static uint32_t hub_claimed_now(void)
{
	LINEMESSAGE m;

	claimed_hub = hub_claims = 0;
	mock_lock(w.mock);
	w.mock->handler = note_hub;
	mock_unlock(w.mock);
	mock_break(w.mock);
	ck_assert_int_eq(world_get_info(call), 0); /* without a look at messages */
	do
		ck_assert_int_eq(lineGetMessage(w.app, &m, PATIENCE_MS), 0);
	while (m.dwMessageID != TAPIX_RESYNCHRONISED);
	return claimed_hub;
}

START_TEST(a_hub_is_claimed_by_the_call_that_it_is_known_by)
{
	LINEMESSAGE m;

	hub_event(LINE_APPNEWCALLHUB, 77, false);
	m = world_expect(&w, LINE_APPNEWCALLHUB);
	ck_assert_uint_eq(m.dwParam1, LINECALLHUBTRACKING_ALLCALLS);
	ck_assert_uint_eq(m.dwParam2, 0);
	ck_assert_uint_eq(m.dwParam3, 0);
	ck_assert_uint_eq(hub_claimed_now(), 77);

	hub_event(LINE_CALLHUBCLOSE, 0, false);
	(void)world_expect(&w, LINE_CALLHUBCLOSE);
	ck_assert_uint_eq(hub_claimed_now(), 0);

	hub_event(LINE_APPNEWCALLHUB, 78, true); /* known by another call before */
	ck_assert_int_eq(lineGetMessage(w.app, &m, 50), LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(hub_claimed_now(), 78);
}
END_TEST

START_TEST(a_hub_is_claimed_before_the_application_has_heard_of_it)
{
	hub_event(LINE_APPNEWCALLHUB, 77, false);
	ck_assert_int_eq(world_get_info(call), 0); /* its answer comes behind the event */

	ck_assert_uint_eq(hub_claimed_now(), 77);
	hub_event(LINE_CALLHUBCLOSE, 0, false);
	ck_assert_int_eq(world_get_info(call), 0);
	ck_assert_uint_eq(hub_claimed_now(), 0);
}
END_TEST

START_TEST(a_state_is_claimed_before_the_application_has_heard_of_it)
{
	mock_call_state(w.mock, 1, call_id, LINECALLSTATE_ONHOLD, 0);
	mock_call_state(w.mock, 1, call_id, LINECALLSTATE_BUSY, 0);
	ck_assert_int_eq(world_get_info(call), 0);

	(void)hub_claimed_now();
	ck_assert_uint_eq(claimed_state, LINECALLSTATE_BUSY);
}
END_TEST

START_TEST(a_hub_is_claimed_once_while_its_move_is_on_the_way)
{
	uint64_t other = mock_offer(w.mock, 1);

	(void)world_expect(&w, LINE_APPNEWCALL);
	(void)world_expect(&w, LINE_CALLSTATE);
	hub_event(LINE_APPNEWCALLHUB, 77, false);
	(void)world_expect(&w, LINE_APPNEWCALLHUB);
	hub_event_of(other, LINE_APPNEWCALLHUB, 77, true);
	ck_assert_int_eq(world_get_info(call), 0);

	ck_assert_uint_eq(hub_claimed_now(), 77);
	ck_assert_uint_eq(hub_claims, 1);
	ck_assert_uint_eq(claimed_by, other);
}
END_TEST

/* Its claim is the last one: those of calls that are known come first. */
START_TEST(a_new_call_is_claimed_as_it_is_before_the_application_has_heard_of_it)
{
	uint64_t new = mock_offer(w.mock, 1);

	hub_event_of(new, LINE_APPNEWCALLHUB, 79, false);
	mock_call_state(w.mock, 1, new, LINECALLSTATE_ACCEPTED, 0);
	ck_assert_int_eq(world_get_info(call), 0);

	ck_assert_uint_eq(hub_claimed_now(), 79);
	ck_assert_uint_eq(claimed_by, new);
	ck_assert_uint_eq(hub_claims, 1);
	ck_assert_uint_eq(last_state, LINECALLSTATE_ACCEPTED);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi claims");
	TCase *t = tcase_create("claims");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_hub_is_claimed_by_the_call_that_it_is_known_by);
	tcase_add_test(t, a_hub_is_claimed_before_the_application_has_heard_of_it);
	tcase_add_test(t, a_state_is_claimed_before_the_application_has_heard_of_it);
	tcase_add_test(t, a_hub_is_claimed_once_while_its_move_is_on_the_way);
	tcase_add_test(t, a_new_call_is_claimed_as_it_is_before_the_application_has_heard_of_it);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
