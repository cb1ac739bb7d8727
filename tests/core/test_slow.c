// SPDX-License-Identifier: MIT
/* test_slow.c - clients that do not read, read late, or ask too much at once: they wait, not the
 * others; what they do not get is added up, or counted. */
#include "../test_main.h"
#include "base/clock.h"
#include "recovery.h"
#include "tapisrvd/client.h"
#include "tapisrvd/session.h"
#include "tapisrvd/peer.h"
#include "wire/conn.h"

#include <unistd.h>

static struct two_apps f;
static uint64_t call;

/* a owns a call that b monitors. */
static void connect_both(void)
{
	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
}

static void end(void)
{
	world_fini(&f.w);
}

static struct client *client_of(const struct mock *app)
{
	struct session *s = session_find(f.w.core, app->session, getuid());

	return s ? s->client : NULL;
}

static size_t queued_for(const struct mock *app)
{
	return conn_queued(&client_of(app)->peer.conn);
}

struct got {
	unsigned states, infos;
	uint64_t bits;
};

/* Everything that the core has for it, without keeping it. */
static struct got read_all(struct mock *app)
{
	struct got got = { 0 };
	bool any = true;

	while (any) {
		struct frame frame;

		core_end_turn(f.w.core);
		(void)event_base_loop(f.w.base, EVLOOP_NONBLOCK);
		any = false;
		(void)conn_read(&app->conn);
		while (conn_next(&app->conn, &frame) == 1) {
			Event *e = frame.h.kind == FRAME_EVENT
						   ? event__unpack(NULL, frame.h.length, frame.body)
						   : NULL;

			any = true;
			if (e && e->msg == LINE_CALLSTATE)
				got.states++;
			if (e && e->msg == LINE_CALLINFO) {
				got.infos++;
				got.bits |= e->p1;
			}
			if (e)
				event__free_unpacked(e, NULL);
		}
	}
	return got;
}

static void tell_info(unsigned count, uint32_t bits)
{
	for (unsigned i = 0; i < count; i++) {
		f.host->count = 0; /* what it is told does not matter */
		host_event(f.host, call, LINE_CALLINFO, bits, 0, 0, NULL);
	}
}

START_TEST(changes_are_added_up_for_who_reads_slowly)
{
	struct got got;

	f.a->deaf = f.b->deaf = true;
	tell_info(12000, LINECALLINFOSTATE_DISPLAY);
	ck_assert_uint_gt(queued_for(f.b), 200 * 1024);
	ck_assert_uint_lt(queued_for(f.b), 300 * 1024);
	tell_info(3000, LINECALLINFOSTATE_RATE);
	tell_info(3000, LINECALLINFOSTATE_TRUNK);
	got = read_all(f.b);

	ck_assert_uint_lt(got.infos, 12000);
	ck_assert_uint_eq(got.bits, LINECALLINFOSTATE_DISPLAY | LINECALLINFOSTATE_RATE |
						    LINECALLINFOSTATE_TRUNK);
	ck_assert_uint_eq(app_events(f.a, LINE_CLOSE), 0);
}
END_TEST

START_TEST(who_never_reads_is_disconnected_and_told_how_much_it_missed)
{
	const Resync *lost;
	struct mock *back;

	f.a->deaf = f.b->deaf = true;
	for (int i = 0; client_of(f.b) && i < 60000; i++) {
		f.host->count = 0;
		host_state(f.host, call, i % 2 ? LINECALLSTATE_CONNECTED : LINECALLSTATE_ONHOLD, 0);
	}
	ck_assert_ptr_null(client_of(f.b));
	tell_info(5, LINECALLINFOSTATE_RATE); /* while it is away */

	back = app_again(&f.w, f.b->session, "b");
	lost = recovery_end(back);

	ck_assert_ptr_nonnull(lost);
	ck_assert_uint_gt(lost->missing_events, 10000);
	ck_assert_uint_lt(lost->missing_events, 40000);
}
END_TEST

static uint32_t post(struct mock *app, uint32_t open)
{
	LineGetCallStatus m = LINE_GET_CALL_STATUS__INIT;
	struct frame_header h = {
		.kind = CALL_LineGetCallStatus, .serial = ++app->serial, .open = open
	};

	SET_ID(&m, call, call);
	ck_assert_int_eq(conn_send(&app->conn, &h, &m.base), 0);
	return h.serial;
}

static void turn(void)
{
	(void)core_turn(f.w.core, false);
}

/* Who rests has rested then. */
static void pass_a_moment(void)
{
	clock_advance_ms(1);
	timers_run(&f.w.core->timers);
}

/* Of this kind, as many as can be read now. */
static unsigned frames(struct mock *app, uint16_t kind)
{
	unsigned count = 0;
	struct frame frame;

	(void)conn_read(&app->conn);
	while (conn_next(&app->conn, &frame) == 1)
		count += frame.h.kind == kind;
	return count;
}

static unsigned answers(struct mock *app)
{
	return frames(app, FRAME_RETURN);
}

START_TEST(nobody_has_more_than_his_part_of_a_turn)
{
	unsigned count, turns = 1;

	f.a->deaf = f.b->deaf = true;
	for (int i = 0; i < 1000; i++)
		(void)post(f.a, f.a_open);
	ck_assert_int_eq(conn_flush(&f.a->conn), 0);
	turn();
	(void)post(f.b, f.b_open);
	ck_assert_int_eq(conn_flush(&f.b->conn), 0);
	count = answers(f.a);
	ck_assert_uint_eq(count, 32);
	turn();
	ck_assert_uint_eq(answers(f.b), 1);
	for (; count < 1000 && turns < 100; turns++) {
		count += answers(f.a);
		pass_a_moment();
		turn();
	}

	ck_assert_uint_eq(count, 1000);
	ck_assert_uint_ge(turns, 1000 / 32);
	ck_assert_ptr_nonnull(client_of(f.a));
}
END_TEST

/* More than is read at once: what waits in the socket does not keep the loop from its turns. */
START_TEST(a_flood_that_goes_on_does_not_hold_the_turn)
{
	unsigned count = 0;

	f.a->deaf = f.b->deaf = true;
	for (unsigned turns = 0; turns < 2000 && count < 20000; turns++) {
		for (int i = 0; i < 1000 && f.a->serial < 20000; i++)
			(void)post(f.a, f.a_open);
		(void)conn_flush(&f.a->conn);
		pass_a_moment();
		turn();
		count += answers(f.a);
	}

	ck_assert_uint_ge(count, 20000 - 1000);
	ck_assert_ptr_nonnull(client_of(f.a));
}
END_TEST

/* Until nothing comes any more without a moment of time. */
static unsigned frames_at_once(struct mock *app, uint16_t kind)
{
	unsigned count = 0;

	for (unsigned turns = 0; turns < 40; turns++) {
		turn();
		count += frames(app, kind);
	}
	return count;
}

/* What is taken at once of each, what before each rest, and what is left then. */
enum { BURST_OF_CLIENT = 512, BURST_OF_HOST = 2048, A_REST = 128, LEFT = 44 };

static void flood(struct mock *app, uint32_t open, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		(void)post(app, open);
	ck_assert_int_eq(conn_flush(&app->conn), 0);
}

START_TEST(application_that_sends_without_end_rests_now_and_then)
{
	f.a->deaf = f.b->deaf = true;
	flood(f.a, f.a_open, BURST_OF_CLIENT + A_REST + LEFT);

	ck_assert_uint_eq(frames_at_once(f.a, FRAME_RETURN), BURST_OF_CLIENT);
	flood(f.b, f.b_open, 1);
	ck_assert_uint_eq(frames_at_once(f.b, FRAME_RETURN), 1); /* the other goes on */
	pass_a_moment();
	ck_assert_uint_eq(frames_at_once(f.a, FRAME_RETURN), A_REST);
	pass_a_moment();
	ck_assert_uint_eq(frames_at_once(f.a, FRAME_RETURN), LEFT);
	flood(f.a, f.a_open, 1); /* so it is over */
	ck_assert_uint_eq(frames_at_once(f.a, FRAME_RETURN), 1);
	flood(f.a, f.a_open, 2 * A_REST);
	ck_assert_uint_eq(frames_at_once(f.a, FRAME_RETURN), 2 * A_REST);
}
END_TEST

START_TEST(application_that_sends_much_now_and_then_never_rests)
{
	f.a->deaf = f.b->deaf = true;
	for (unsigned round = 0; round < 20; round++) {
		flood(f.a, f.a_open, BURST_OF_CLIENT - 64);
		ck_assert_uint_eq(frames_at_once(f.a, FRAME_RETURN), BURST_OF_CLIENT - 64);
		clock_advance_ms(30);
	}
}
END_TEST

/* Frames of a host that brings 5000 calls a second; libevent's clock has four milliseconds. */
enum { LATE_MS = 4, FRAMES_A_MS = 60 };

static void send_events(unsigned count)
{
	struct frame_header h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;

	SET_ID(&e, object, 0);
	SET(&e, msg, LINE_DEVSPECIFIC);
	for (unsigned i = 0; i < count; i++)
		ck_assert_int_eq(conn_send(&f.host->conn, &h, &e.base), 0);
	ck_assert_int_eq(conn_flush(&f.host->conn), 0);
}

START_TEST(who_sends_no_more_than_he_may_comes_out_of_a_storm)
{
	unsigned sent = BURST_OF_HOST + A_REST + LEFT, got = 0;

	f.a->deaf = f.b->deaf = true;
	send_events(sent);
	for (unsigned round = 0; round < 50; round++) {
		got += frames_at_once(f.b, FRAME_EVENT);
		send_events(LATE_MS * FRAMES_A_MS);
		sent += LATE_MS * FRAMES_A_MS;
		clock_advance_ms(LATE_MS);
		timers_run(&f.w.core->timers);
	}
	got += frames_at_once(f.b, FRAME_EVENT);
	ck_assert_uint_ge(got, sent - LATE_MS * FRAMES_A_MS);
}
END_TEST

/* A turn takes longer there than its frames may come in: that is no reason not to rest. */
START_TEST(a_storm_rests_on_a_slow_machine)
{
	bool rests = false;

	f.a->deaf = f.b->deaf = true;
	send_events(BURST_OF_HOST + A_REST + LEFT);
	for (unsigned turns = 0; turns < 40; turns++) {
		turn();
		(void)frames(f.b, FRAME_EVENT);
		rests = rests || !list_empty(&f.w.core->resting);
		clock_advance_ms(2);
	}
	ck_assert(rests);
}
END_TEST

START_TEST(provider_that_raises_events_without_end_rests_now_and_then)
{
	struct frame_header h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;

	f.a->deaf = f.b->deaf = true;
	SET_ID(&e, object, 0);
	SET(&e, msg, LINE_DEVSPECIFIC);
	for (int i = 0; i < BURST_OF_HOST + A_REST + LEFT; i++)
		ck_assert_int_eq(conn_send(&f.host->conn, &h, &e.base), 0);
	ck_assert_int_eq(conn_flush(&f.host->conn), 0);

	ck_assert_uint_eq(frames_at_once(f.b, FRAME_EVENT), BURST_OF_HOST);
	flood(f.a, f.a_open, 1);
	ck_assert_uint_eq(frames_at_once(f.a, FRAME_RETURN), 1);
	pass_a_moment();
	ck_assert_uint_eq(frames_at_once(f.b, FRAME_EVENT), A_REST);
	pass_a_moment();
	ck_assert_uint_eq(frames_at_once(f.b, FRAME_EVENT), LEFT);
}
END_TEST

START_TEST(application_with_no_more_than_its_part_never_rests)
{
	f.a->deaf = f.b->deaf = true;
	for (unsigned round = 0; round < 40; round++) {
		for (int i = 0; i < 32; i++)
			(void)post(f.a, f.a_open);
		ck_assert_int_eq(conn_flush(&f.a->conn), 0);
		turn();
		ck_assert_uint_eq(answers(f.a), 32);
	}
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core slow");
	TCase *t = tcase_create("slow");

	tcase_add_checked_fixture(t, connect_both, end);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, changes_are_added_up_for_who_reads_slowly);
	tcase_add_test(t, who_never_reads_is_disconnected_and_told_how_much_it_missed);
	tcase_add_test(t, nobody_has_more_than_his_part_of_a_turn);
	tcase_add_test(t, a_flood_that_goes_on_does_not_hold_the_turn);
	tcase_add_test(t, application_that_sends_without_end_rests_now_and_then);
	tcase_add_test(t, application_that_sends_much_now_and_then_never_rests);
	tcase_add_test(t, who_sends_no_more_than_he_may_comes_out_of_a_storm);
	tcase_add_test(t, a_storm_rests_on_a_slow_machine);
	tcase_add_test(t, provider_that_raises_events_without_end_rests_now_and_then);
	tcase_add_test(t, application_with_no_more_than_its_part_never_rests);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
