// SPDX-License-Identifier: MIT
/* test_hostile.c - peers that do what none should: the core answers each request once, remembers
 * nothing wrong and goes on. */
#include "../test_main.h"
#include "base/clock.h"
#include "mock_host.h"
#include "tapisrvd/line.h"
#include "tapisrvd/session.h"
#include "world.h"

#include <unistd.h>

struct fixture {
	struct world w;
	struct mock *host, *app;
	uint32_t open;
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
	f->open = app_open(f->app, 0, OWNER, VOICE);
	ck_assert_uint_ne(f->open, 0);
}

/* What the core has in hand is handled, but the turn does not end: nobody is reaped. */
static void half_a_turn(struct world *w, struct mock *app, unsigned ms)
{
	ck_assert_int_eq(conn_flush(&app->conn), 0);
	(void)event_base_loop(w->base, EVLOOP_NONBLOCK);
	clock_advance_ms(ms);
	core_begin_frame(w->core);
	timers_run(&w->core->timers);
	world_turn(w);
}

START_TEST(initialise_twice_at_once_is_answered_twice)
{
	struct world w;
	struct mock *app;
	TapixInitialize m = TAPIX_INITIALIZE__INIT;
	uint32_t second;

	world_init(&w, "mock", NULL);
	app = world_app(&w, "app");
	second = app_send(app, CALL_TapixInitialize, 0, &m.base);
	world_wait(&w, 5100);

	ck_assert_uint_eq(app_answers(app, FRAME_RETURN, second - 1), 1);
	ck_assert_uint_eq(app_answers(app, FRAME_RETURN, second), 1);
	ck_assert_int_eq(app_answer(app, FRAME_RETURN, second - 1)->h.result, 0);
	world_fini(&w);
}
END_TEST

START_TEST(session_taken_over_while_its_first_client_waits)
{
	struct world w;
	struct mock *first, *second;
	struct frame_header end = { .kind = FRAME_END };
	uint64_t session = (uint64_t)77 << 32 | (uint32_t)getuid();

	world_init(&w, "mock", NULL);
	first = app_again(&w, session, "app");
	mock_send(first, end, NULL);
	world_turn(&w);
	second = app_again(&w, session, "app");
	half_a_turn(&w, second, 6000);

	ck_assert(!first->connected);
	ck_assert_uint_eq(mock_count(first, FRAME_RESYNC), 0);
	ck_assert_uint_eq(mock_count(second, FRAME_HELLO), 1);
	ck_assert(second->connected);
	world_fini(&w);
}
END_TEST

START_TEST(session_taken_over_while_its_first_client_is_asked)
{
	struct fixture f;
	struct mock *second;

	set_up(&f);
	(void)host_new_call(f.host, 0, VOICE);
	ck_assert_uint_ne(app_events(f.app, LINE_APPNEWCALL), 0);
	second = app_again(&f.w, f.app->session, "app");
	half_a_turn(&f.w, second, 6000);

	ck_assert(!f.app->connected);
	ck_assert(second->connected);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0); /* it is back in time */
	world_fini(&f.w);
}
END_TEST

START_TEST(instance_for_a_line_that_was_closed_meanwhile)
{
	struct fixture f;
	TapixCreateMspInstance m = TAPIX_CREATE_MSP_INSTANCE__INIT;
	LineClose close = LINE_CLOSE__INIT;
	TspiLineCreateMspInstanceReply reply = TSPI_LINE_CREATE_MSP_INSTANCE_REPLY__INIT;
	struct seen request;
	uint32_t serial;

	set_up(&f);
	f.host->silent = true; /* it is still busy with the first */
	SET_ID(&m, line, 0);
	serial = app_send(f.app, CALL_TapixCreateMspInstance, f.open, &m.base);
	request = *host_request(f.host, CALL_TspiLineCreateMspInstance);
	SET_ID(&close, line, 0);
	ck_assert_int_eq(app_call(f.app, CALL_LineClose, f.open, &close.base), 0);
	SET(&reply, msp_line, 9);
	host_return(f.host, &request, 0, &reply.base);
	world_turn(&f.w);

	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, serial), 1);
	ck_assert_int_lt(app_answer(f.app, FRAME_RETURN, serial)->h.result, 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseMspInstance), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(instance_that_fails_after_its_application_left)
{
	struct fixture f;
	TapixCreateMspInstance m = TAPIX_CREATE_MSP_INSTANCE__INIT;
	struct seen request;

	set_up(&f);
	f.host->silent = true;
	SET_ID(&m, line, 0);
	(void)app_send(f.app, CALL_TapixCreateMspInstance, f.open, &m.base);
	request = *host_request(f.host, CALL_TspiLineCreateMspInstance);
	mock_hang_up(f.app);
	host_return(f.host, &request, LINEERR_NOMEM, NULL);
	world_turn(&f.w);

	ck_assert(f.host->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(line_that_opened_too_late_is_closed_again)
{
	struct fixture f;
	LineOpen m = LINE_OPEN__INIT;
	struct seen request;
	uint32_t serial;

	set_up(&f);
	f.host->manual[CALL_TspiLineOpen] = true;
	SET_ID(&m, device, 1);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, MONITOR);
	serial = app_send(f.app, CALL_LineOpen, 0, &m.base);
	request = *host_request(f.host, CALL_TspiLineOpen);
	world_wait(&f.w, 6000);
	ck_assert_int_lt(app_answer(f.app, FRAME_RETURN, serial)->h.result, 0);
	host_return(f.host, &request, 0, NULL);
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 1);
	f.host->manual[CALL_TspiLineOpen] = false;
	ck_assert_uint_ne(app_open(f.app, 1, MONITOR, 0), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(instance_that_came_too_late_is_closed_again)
{
	struct fixture f;
	TapixCreateMspInstance m = TAPIX_CREATE_MSP_INSTANCE__INIT;
	TspiLineCreateMspInstanceReply reply = TSPI_LINE_CREATE_MSP_INSTANCE_REPLY__INIT;
	const TspiLineCloseMspInstance *closed;
	struct seen request;

	set_up(&f);
	f.host->manual[CALL_TspiLineCreateMspInstance] = true;
	SET_ID(&m, line, 0);
	(void)app_send(f.app, CALL_TapixCreateMspInstance, f.open, &m.base);
	request = *host_request(f.host, CALL_TspiLineCreateMspInstance);
	world_wait(&f.w, 6000);
	SET(&reply, msp_line, 9);
	host_return(f.host, &request, 0, &reply.base);
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseMspInstance), 1);
	closed = (const void *)host_request(f.host, CALL_TspiLineCloseMspInstance)->body;
	ck_assert_uint_eq(closed->msp_line, 9);
	world_fini(&f.w);
}
END_TEST

/* 0: one of another provider that does not exist yet, 1: one of its own that does. */
START_TEST(host_that_names_calls_that_are_not_new_is_closed)
{
	struct fixture f;
	struct mock *other;
	LineMakeCall make = LINE_MAKE_CALL__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	uint32_t open;
	uint64_t call;

	world_init(&f.w, "mock", "other");
	f.host = world_host(&f.w, "mock");
	other = world_host(&f.w, "other");
	f.app = world_app(&f.w, "app");
	f.open = app_open(f.app, 0, OWNER, VOICE);
	open = app_open(f.app, MOCK_LINES, OWNER, VOICE);
	call = app_make_call(f.app, f.open, 0);
	f.host->manual[CALL_LineMakeCall] = true;
	SET_ID(&make, line, 0);
	(void)app_send(f.app, CALL_LineMakeCall, f.open, &make.base);
	SET_ID(&reply, call, _i ? call : (uint64_t)other->provider_id << 32 | 1);
	host_return(f.host, host_request(f.host, CALL_LineMakeCall), 0, &reply.base);
	world_turn(&f.w);
	mock_forget(f.app);

	ck_assert(!f.host->connected);
	call = host_new_call(other, MOCK_LINES, VOICE);
	ck_assert_uint_eq(app_events(f.app, LINE_APPNEWCALL), 1);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineAnswer, open, call), 0);
	world_fini(&f.w);
}
END_TEST

/* A host that outlived a core claims to be making a call of another one. */
START_TEST(call_of_another_provider_in_a_snapshot)
{
	struct fixture f;
	struct mock *other, *resumed;
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotRequest r = SNAPSHOT_REQUEST__INIT;
	uint64_t call;

	world_init(&f.w, "mock", "other");
	f.host = world_host(&f.w, "mock");
	other = world_host(&f.w, "other");
	world_kill_core(&f.w);
	other = mock_host_resume(&f.w, other);
	mock_host_end_snapshot(other);
	resumed = mock_host_resume(&f.w, f.host);
	call = host_new_call(other, MOCK_LINES, VOICE);
	SET(&r, serial, 900);
	SET(&r, kind, CALL_LineMakeCall);
	r.n_calls = 1;
	r.calls = &call;
	s.request = &r;
	mock_send(resumed, h, &s.base);
	world_turn(&f.w);

	ck_assert(!resumed->connected);
	ck_assert(other->connected);
	ck_assert_uint_eq(host_asked(other, CALL_TspiLineCloseCall), 0);
	world_fini(&f.w);
}
END_TEST

/* 0: its RETURN is garbage, 1: its COMPLETION, 2: its COMPLETION has no error code. */
START_TEST(nonsense_of_a_host_does_not_reach_the_application)
{
	struct fixture f;
	struct frame_header h = { .kind = FRAME_RETURN, .flags = FLAG_FAILURE };
	LineDrop drop = LINE_DROP__INIT;
	const struct seen *answer;
	uint32_t serial;

	set_up(&f);
	SET_ID(&drop, call, app_make_call(f.app, f.open, 0));
	f.host->manual[CALL_LineDrop] = true;
	serial = app_send(f.app, CALL_LineDrop, f.open, &drop.base);
	if (_i) {
		host_return(f.host, host_request(f.host, CALL_LineDrop), 0, NULL);
		h.kind = FRAME_COMPLETION;
	}
	h.serial = host_request(f.host, CALL_LineDrop)->h.serial;
	h.result = _i == 2 ? 1 : LINEERR_NOMEM;
	ck_assert_int_eq(conn_send_bytes(&f.host->conn, &h, "\377\377", _i == 2 ? 0 : 2), 0);
	world_turn(&f.w);

	ck_assert(!f.host->connected);
	ck_assert_uint_eq(app_answers(f.app, h.kind, serial), 1);
	answer = app_answer(f.app, h.kind, serial);
	ck_assert_int_eq(answer->h.result, LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(seen_failure(answer)->sentence);
	world_fini(&f.w);
}
END_TEST

START_TEST(removal_that_names_a_call_of_its_line)
{
	struct fixture f;
	uint64_t call;
	CallState state = CALL_STATE__INIT;

	set_up(&f);
	call = (uint64_t)f.host->provider_id << 32 | 9;
	host_event(f.host, 0, LINE_NEWCALL, call, 0, 0, NULL);
	host_event(f.host, call, LINE_REMOVE, 0, 0, 0, &state);

	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 1);
	ck_assert(f.host->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(call_id_of_another_provider_is_ignored)
{
	struct fixture f;
	CallState state = CALL_STATE__INIT;
	uint64_t call;

	set_up(&f);
	call = (uint64_t)(f.host->provider_id + 1) << 32 | 1;
	host_event(f.host, 0, LINE_NEWCALL, call, 0, 0, NULL);
	host_event(f.host, call, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0, VOICE, &state);

	ck_assert_uint_eq(app_events(f.app, LINE_APPNEWCALL), 0);
	world_fini(&f.w);
}
END_TEST

/* The session's connection broke; its claims follow. */
static struct mock *claimant(struct fixture *f)
{
	struct frame_header nonsense = { .kind = FRAME_END };
	struct mock *app;

	mock_send(f->app, nonsense, NULL);
	world_turn(&f->w);
	ck_assert(!f->app->connected);
	app = app_again(&f->w, f->app->session, "app");
	world_turn(&f->w);
	ck_assert(app->connected);
	return app;
}

/* Its lineOpen failed with the connection: the session must not have it. */
START_TEST(line_that_opens_between_hello_and_end_is_not_told)
{
	struct fixture f;
	LineOpen m = LINE_OPEN__INIT;
	struct frame_header end = { .kind = FRAME_END };
	struct seen request;
	struct mock *app;

	set_up(&f);
	f.host->manual[CALL_TspiLineOpen] = true;
	SET_ID(&m, device, 1);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, MONITOR);
	(void)app_send(f.app, CALL_LineOpen, 0, &m.base);
	request = *host_request(f.host, CALL_TspiLineOpen);
	app = claimant(&f);
	host_return(f.host, &request, 0, NULL);
	world_turn(&f.w);
	mock_send(app, end, NULL);
	world_turn(&f.w);

	ck_assert_uint_eq(mock_count(app, FRAME_RETURN), 0);
	ck_assert_uint_eq(mock_count(app, FRAME_RESYNC), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(claims_without_end_are_bounded)
{
	struct fixture f;
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen open = SNAPSHOT_OPEN__INIT;
	static uint32_t rings[30000];
	struct mock *app;
	unsigned sent = 0;

	set_up(&f);
	app = claimant(&f);
	SET_ID(&open, device, 0);
	open.num_rings = rings;
	open.n_num_rings = 30000;
	s.open = &open;
	while (app->connected && sent++ < 100) {
		mock_send(app, h, &s.base);
		world_turn(&f.w);
	}

	ck_assert_uint_lt(sent, 80); /* 4 MiB of them, not 28672 times 128 KiB */
	world_fini(&f.w);
}
END_TEST

START_TEST(claimed_rings_are_one_an_address)
{
	struct fixture f;
	struct frame_header h = { .kind = FRAME_SNAPSHOT }, end = { .kind = FRAME_END };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen open = SNAPSHOT_OPEN__INIT;
	uint32_t rings[1000] = { 3, 4 };
	unsigned count = 0;
	struct mock *app;

	set_up(&f);
	app = claimant(&f);
	SET(&open, open, f.open);
	SET_ID(&open, device, 0);
	SET(&open, privileges, OWNER);
	SET(&open, media_modes, VOICE);
	open.num_rings = rings;
	open.n_num_rings = 1000;
	s.open = &open;
	mock_send(app, h, &s.base);
	mock_send(app, end, NULL);
	world_turn(&f.w);
	list_for(l, &line_find(f.w.core, 0)->opens)
		list_for(r, &list_entry(l, struct open, in_line)->rings)
			count++;

	ck_assert_uint_eq(mock_count(app, FRAME_RESYNC), 1);
	ck_assert_uint_eq(count, 2); /* the mock's lines have two addresses */
	world_fini(&f.w);
}
END_TEST

static struct mock *host_with_ids(struct world *w, uint32_t base, uint32_t count, uint32_t extra)
{
	struct mock *host = world_raw(w, true, 0);
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;

	SET(&hello, protocol, WIRE_PROTOCOL);
	hello.provider = (char *)"mock";
	SET(&hello, resumed, 1);
	SET(&hello, line_base, base);
	SET(&hello, num_lines, count);
	SET(&hello, tspi_version, 0x00030000);
	hello.extra_lines = &extra;
	hello.n_extra_lines = extra ? 1 : 0;
	mock_send(host, h, &hello.base);
	world_turn(w);
	return host;
}

START_TEST(resumed_host_with_absurd_ids_is_refused)
{
	static const uint32_t rows[][3] = {
		{ 0, 0xffffffff, 0 },
		{ 0xfffffff0, 4, 0 },
		{ 0, 4, 0xffffffff },
	};
	struct world w;
	struct mock *host;

	world_init(&w, "mock", NULL);
	host = host_with_ids(&w, rows[_i][0], rows[_i][1], rows[_i][2]);

	ck_assert(!host->connected);
	ck_assert_uint_eq(w.core->line_count, 0);
	world_fini(&w);
}
END_TEST

START_TEST(snapshot_that_does_not_end_ends_the_host)
{
	struct world w;
	struct mock *host;

	world_init(&w, "mock", NULL);
	host = host_with_ids(&w, 0, 4, 0);
	world_wait(&w, 9900);
	ck_assert(host->connected);
	world_wait(&w, 200);

	ck_assert(!host->connected);
	world_fini(&w);
}
END_TEST

/* It names no object: nobody hears of it, and nobody's connection suffers. */
START_TEST(event_without_anything_is_about_nothing)
{
	struct fixture f;
	struct frame_header h = { .kind = FRAME_EVENT };

	set_up(&f);
	mock_forget(f.app);
	mock_send(f.host, h, NULL);
	world_turn(&f.w);

	ck_assert(f.app->connected);
	ck_assert(f.host->connected);
	ck_assert_uint_eq(mock_count(f.app, FRAME_EVENT), 0);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core hostile");
	TCase *t = tcase_create("hostile");

	tcase_add_test(t, initialise_twice_at_once_is_answered_twice);
	tcase_add_test(t, session_taken_over_while_its_first_client_waits);
	tcase_add_test(t, session_taken_over_while_its_first_client_is_asked);
	tcase_add_test(t, instance_for_a_line_that_was_closed_meanwhile);
	tcase_add_test(t, instance_that_fails_after_its_application_left);
	tcase_add_test(t, line_that_opened_too_late_is_closed_again);
	tcase_add_test(t, instance_that_came_too_late_is_closed_again);
	tcase_add_loop_test(t, host_that_names_calls_that_are_not_new_is_closed, 0, 2);
	tcase_add_test(t, call_of_another_provider_in_a_snapshot);
	tcase_add_loop_test(t, nonsense_of_a_host_does_not_reach_the_application, 0, 3);
	tcase_add_test(t, removal_that_names_a_call_of_its_line);
	tcase_add_test(t, call_id_of_another_provider_is_ignored);
	tcase_add_test(t, line_that_opens_between_hello_and_end_is_not_told);
	tcase_add_test(t, claims_without_end_are_bounded);
	tcase_add_test(t, claimed_rings_are_one_an_address);
	tcase_add_loop_test(t, resumed_host_with_absurd_ids_is_refused, 0, 3);
	tcase_add_test(t, snapshot_that_does_not_end_ends_the_host);
	tcase_add_test(t, event_without_anything_is_about_nothing);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
