// SPDX-License-Identifier: MIT
/* test_resume.c - the core dies and another one comes: the host was there all the time. */
#include "../test_main.h"
#include "core.h"

#include "base/clock.h"

#include <tapi.h>

#include <poll.h>
#include <string.h>
#include <unistd.h>

/* A host that seeks its core, one call up. */
static uint64_t world(struct core *c)
{
	uint32_t serial;

	core_listen(c, "mock");
	core_accept(c);
	ck_assert_uint_eq(core_take_hello(c)->resumed, 0);
	core_answer_hello(c, NULL, NULL);
	core_run_provider(c);
	(void)core_event(c, LINE_CREATE);
	serial = core_dial(c, "early");
	(void)core_return(c, serial);
	(void)core_expect(c, FRAME_COMPLETION);
	(void)core_event(c, LINE_CALLSTATE);
	core_ack(c, serial);
	return CALL_ID(1);
}

static void note(struct core *c, uint64_t object, const char *text)
{
	struct frame_header h = { .kind = FRAME_NOTE };
	Note m = NOTE__INIT;
	uint8_t body[600];

	m.has_object = m.has_data = 1;
	m.object = object;
	m.data.data = (uint8_t *)(uintptr_t)text;
	m.data.len = strlen(text);
	core_send_frame(c, &h, body, protobuf_c_message_pack(&m.base, body));
}

static const Snapshot *snapshot(struct core *c)
{
	return (const Snapshot *)core_expect(c, FRAME_SNAPSHOT)->body;
}

/* The host has noticed the loss then, and knocks; until the answer it has no core. */
static void knock(struct core *c)
{
	const Hello *m;

	core_accept(c);
	m = core_take_hello(c);
	ck_assert_uint_eq(m->resumed, 1);
	ck_assert_uint_eq(m->permanent_provider_id, PROVIDER_ID);
	ck_assert_uint_eq(m->line_base, LINE_BASE);
	ck_assert_uint_eq(m->num_lines, 2);
	ck_assert_uint_eq(m->tspi_version, 0x00030001);
}

static void come_back(struct core *c)
{
	knock(c);
	core_answer_hello(c, NULL, NULL);
}

START_TEST(lines_calls_and_notes_come_back)
{
	struct core c;
	uint64_t call = world(&c);
	const SnapshotCall *found;
	const SnapshotLine *line;

	note(&c, call, "fact of the core");
	note(&c, LINE_BASE, "fact of the line");
	core_expect_silence(&c);
	core_die(&c);
	come_back(&c);
	line = snapshot(&c)->line;
	found = snapshot(&c)->call;
	(void)core_expect(&c, FRAME_END);

	ck_assert_uint_eq(line->device, LINE_BASE);
	ck_assert_uint_eq(line->tspi_version, 0x00030001);
	ck_assert_int_eq(memcmp(line->note.data, "fact of the line", 16), 0);
	ck_assert_uint_eq(found->call, call);
	ck_assert_uint_eq(found->device, LINE_BASE);
	ck_assert_uint_eq(found->address_id, 3);
	ck_assert_uint_eq(found->state, LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(found->origin_session, SESSION);
	ck_assert_int_eq(memcmp(found->note.data, "fact of the core", 16), 0);
	ck_assert_uint_eq(found->snapshot->status->call_state, LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(core_stop(&c), 0);
}
END_TEST

static uint32_t dial_on(struct core *c, uint64_t call, const char *digits)
{
	LineDial q = LINE_DIAL__INIT;
	uint32_t serial;

	q.has_call = 1;
	q.call = call;
	q.dest_address = (char *)(uintptr_t)digits;
	serial = core_send(c, CALL_LineDial, &q);
	ck_assert_int_eq(core_return(c, serial)->h.result, 0);
	return serial;
}

START_TEST(pending_and_unacknowledged_requests_come_back)
{
	struct core c;
	uint64_t call = world(&c);
	uint32_t pending, done;
	const SnapshotRequest *first, *second;

	pending = dial_on(&c, call, "never");
	done = dial_on(&c, call, "positive");
	(void)core_expect(&c, FRAME_COMPLETION);
	core_die(&c);
	come_back(&c);
	(void)snapshot(&c);
	(void)snapshot(&c);
	first = snapshot(&c)->request;
	second = snapshot(&c)->request;
	(void)core_expect(&c, FRAME_END);
	c.mock->late(0);

	ck_assert_uint_eq(first->serial, pending);
	ck_assert_uint_eq(first->kind, CALL_LineDial);
	ck_assert_uint_eq(first->completed, 0);
	ck_assert_uint_eq(second->serial, done);
	ck_assert_uint_eq(second->completed, 1);
	ck_assert_int_eq(second->result, LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(second->origin_serial, 1000 + done);
	ck_assert_ptr_nonnull(second->reason);
	ck_assert_uint_eq(core_expect(&c, FRAME_COMPLETION)->h.serial, pending);
	ck_assert_int_eq(core_stop(&c), 0);
}
END_TEST

/* Else it would be nobody's when it comes to be. */
START_TEST(a_call_that_is_being_made_is_in_the_snapshot)
{
	struct core c;
	const SnapshotCall *made;
	const SnapshotRequest *request;
	TspiLineCloseCall close = TSPI_LINE_CLOSE_CALL__INIT;
	uint32_t serial;
	int32_t closed;

	(void)world(&c);
	serial = core_dial(&c, "never");
	(void)core_return(&c, serial);
	core_die(&c);
	come_back(&c);
	(void)snapshot(&c);
	(void)snapshot(&c);
	made = snapshot(&c)->call;
	request = snapshot(&c)->request;
	(void)core_expect(&c, FRAME_END);
	close.has_call = 1;
	close.call = CALL_ID(2);
	closed = core_return(&c, core_send(&c, CALL_TspiLineCloseCall, &close))->h.result;
	c.mock->late(0);

	ck_assert_int_eq(closed, LINEERR_INVALCALLHANDLE); /* not before it is there */
	ck_assert_ptr_nonnull(made);
	ck_assert_uint_eq(made->call, CALL_ID(2));
	ck_assert_uint_eq(made->device, LINE_BASE);
	ck_assert_uint_eq(made->state, 0);
	ck_assert_uint_eq(made->origin_session, SESSION);
	ck_assert_uint_eq(request->serial, serial);
	ck_assert_uint_eq(request->n_calls, 1);
	ck_assert_uint_eq(request->calls[0], CALL_ID(2));
	ck_assert_uint_eq(core_expect(&c, FRAME_COMPLETION)->h.serial, serial);
	(void)core_stop(&c);
}
END_TEST

START_TEST(acknowledged_requests_are_forgotten)
{
	struct core c;
	uint64_t call = world(&c);

	core_ack(&c, dial_on(&c, call, "ok"));
	(void)core_expect(&c, FRAME_COMPLETION);
	core_expect_silence(&c);
	core_die(&c);
	come_back(&c);
	(void)snapshot(&c);
	(void)snapshot(&c);
	(void)core_expect(&c, FRAME_END);
	(void)core_stop(&c);
}
END_TEST

START_TEST(states_are_in_the_snapshot_and_other_events_follow_it)
{
	struct core c;
	const Event *e;

	(void)world(&c);
	core_die(&c);
	knock(&c);
	c.mock->state(LINECALLSTATE_ONHOLD, 0, 4);
	c.mock->event(1, LINE_SENDMSPDATA, 0, (DWORD_PTR) "held", 4);
	c.mock->event(1, LINE_MONITORDIGITS, '7', LINEDIGITMODE_DTMF, 0);
	core_answer_hello(&c, NULL, NULL);
	(void)snapshot(&c);
	ck_assert_uint_eq(snapshot(&c)->call->state, LINECALLSTATE_ONHOLD);
	(void)core_expect(&c, FRAME_END);

	e = core_event(&c, LINE_SENDMSPDATA);
	ck_assert_int_eq(memcmp(e->data.data, "held", 4), 0);
	ck_assert_uint_eq(core_event(&c, LINE_MONITORDIGITS)->p1, '7');
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

/* A core that has not greeted yet knows no request: the snapshot tells it. */
START_TEST(a_completion_before_the_answer_to_hello_is_in_the_snapshot)
{
	struct core c;
	uint64_t call = world(&c);
	uint32_t pending = dial_on(&c, call, "never");
	const SnapshotRequest *request;

	core_die(&c);
	knock(&c);
	c.mock->late(0);
	ck_assert_int_eq(poll(&(struct pollfd){ .fd = c.conn.fd, .events = POLLIN }, 1, 100), 0);
	core_answer_hello(&c, NULL, NULL);
	(void)snapshot(&c);
	(void)snapshot(&c);
	request = snapshot(&c)->request;
	(void)core_expect(&c, FRAME_END);

	ck_assert_uint_eq(request->serial, pending);
	ck_assert_uint_eq(request->completed, 1);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

/* DISCONNECTED says why, IDLE behind it says nothing. */
START_TEST(why_a_call_ended_is_in_the_snapshot)
{
	struct core c;
	const SnapshotCall *call;

	(void)world(&c);
	core_die(&c);
	knock(&c);
	c.mock->reason("Q.850 16", "the other side hung up");
	c.mock->state(LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NORMAL, 0);
	c.mock->state(LINECALLSTATE_IDLE, 0, 0);
	core_answer_hello(&c, NULL, NULL);
	(void)snapshot(&c);
	call = snapshot(&c)->call;

	ck_assert_uint_eq(call->state, LINECALLSTATE_IDLE);
	ck_assert_ptr_nonnull(call->reason);
	ck_assert_str_eq(call->reason->cause, "Q.850 16");
	ck_assert_str_eq(call->reason->sentence, "the other side hung up");
	(void)core_expect(&c, FRAME_END);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_reason_ends_with_its_state)
{
	struct core c;
	const SnapshotCall *call;

	(void)world(&c);
	core_die(&c);
	knock(&c);
	c.mock->reason("network", "congested");
	c.mock->state(LINECALLSTATE_SPECIALINFO, 0, 0);
	c.mock->state(LINECALLSTATE_CONNECTED, 0, 0);
	core_answer_hello(&c, NULL, NULL);
	(void)snapshot(&c);
	call = snapshot(&c)->call;

	ck_assert_uint_eq(call->state, LINECALLSTATE_CONNECTED);
	ck_assert_ptr_null(call->reason);
	(void)core_expect(&c, FRAME_END);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_snapshot_is_no_longer_than_the_core_reads)
{
	struct core c;
	struct got *g;

	(void)world(&c);
	core_die(&c);
	knock(&c);
	c.mock->fatten(LIMIT_CORE + 1000);
	core_answer_hello(&c, NULL, NULL);
	(void)snapshot(&c);
	g = core_expect(&c, FRAME_SNAPSHOT);

	ck_assert_uint_le(g->h.length, LIMIT_CORE);
	ck_assert_uint_eq(((const Snapshot *)g->body)->call->state, LINECALLSTATE_CONNECTED);
	ck_assert_ptr_nonnull(((const Snapshot *)g->body)->call->snapshot->status);
	c.mock->fatten(0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_call_that_came_without_a_core_is_in_the_snapshot)
{
	struct core c;

	(void)world(&c);
	core_die(&c);
	knock(&c);
	ck_assert_uint_ne(c.mock->ring(), 0);
	c.mock->state(LINECALLSTATE_OFFERING, 0, 4);
	core_answer_hello(&c, NULL, NULL);
	(void)snapshot(&c);
	(void)snapshot(&c);
	ck_assert_uint_eq(snapshot(&c)->call->state, LINECALLSTATE_OFFERING);
	(void)core_expect(&c, FRAME_END);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

static void await_end(struct core *c)
{
	while (!c->ended)
		(void)poll(NULL, 0, 1);
	ck_assert_int_eq(pthread_join(c->thread, NULL), 0);
	c->has_thread = 0;
}

START_TEST(ten_seconds_without_a_core_end_the_host)
{
	struct core c;

	(void)world(&c);
	clock_set_virtual(1000000000U);
	core_die(&c);
	close(c.listener);
	c.listener = -1;
	while (!c.ended) { /* it may notice the loss only now */
		clock_advance_ms(1000);
		(void)poll(NULL, 0, 1);
	}
	await_end(&c);

	ck_assert_uint_eq(c.mock->dropped(), 1);
	ck_assert_uint_eq(c.mock->lines(), 0);
	ck_assert_uint_eq(c.mock->running(), 0);
	ck_assert_int_eq(core_stop(&c), 1);
}
END_TEST

static void negotiate(struct core *c)
{
	TspiLineNegotiateTspiVersion q = TSPI_LINE_NEGOTIATE_TSPI_VERSION__INIT;

	q.has_device = q.has_low_version = q.has_high_version = 1;
	q.device = INITIALIZE_NEGOTIATION;
	q.low_version = 0x00010003;
	q.high_version = 0x00030001;
	(void)core_call(c, CALL_TspiLineNegotiateTspiVersion, &q, 0);
}

/* The next core may have other keys and ids for it: it starts a host of its own. */
START_TEST(a_host_that_does_not_run_yet_ends_with_its_core)
{
	struct core c;

	core_listen(&c, "mock");
	core_accept(&c);
	(void)core_take_hello(&c);
	core_answer_hello(&c, NULL, NULL);
	if (_i) /* with its TSP loaded */
		negotiate(&c);
	else
		core_expect_silence(&c);
	core_die(&c);
	await_end(&c);

	ck_assert_int_eq(core_stop(&c), 0);
}
END_TEST

START_TEST(a_host_that_was_told_nothing_seeks_another_core)
{
	struct core c;

	core_listen(&c, "mock");
	core_accept(&c);
	(void)core_take_hello(&c);
	core_die(&c);
	core_accept(&c);
	ck_assert_uint_eq(core_take_hello(&c)->resumed, 0);
	core_answer_hello(&c, NULL, NULL);
	core_run_provider(&c);

	(void)core_stop(&c);
}
END_TEST

static Suite *resume(void)
{
	Suite *s = suite_create("host resume");
	TCase *t = tcase_create("resume");

	tcase_add_loop_test(t, a_host_that_does_not_run_yet_ends_with_its_core, 0, 2);
	tcase_add_test(t, a_host_that_was_told_nothing_seeks_another_core);
	tcase_add_test(t, lines_calls_and_notes_come_back);
	tcase_add_test(t, pending_and_unacknowledged_requests_come_back);
	tcase_add_test(t, a_call_that_is_being_made_is_in_the_snapshot);
	tcase_add_test(t, acknowledged_requests_are_forgotten);
	tcase_add_test(t, states_are_in_the_snapshot_and_other_events_follow_it);
	tcase_add_test(t, a_completion_before_the_answer_to_hello_is_in_the_snapshot);
	tcase_add_test(t, why_a_call_ended_is_in_the_snapshot);
	tcase_add_test(t, a_reason_ends_with_its_state);
	tcase_add_test(t, a_snapshot_is_no_longer_than_the_core_reads);
	tcase_add_test(t, a_call_that_came_without_a_core_is_in_the_snapshot);
	tcase_add_test(t, ten_seconds_without_a_core_end_the_host);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(resume())
