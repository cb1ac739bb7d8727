// SPDX-License-Identifier: MIT
/* test_calls.c - making calls through the host: exactly one RETURN and one COMPLETION in the right
 * order, whatever the TSP does. */
#include "../test_main.h"
#include "core.h"

#include <tapi.h>

static void expect_call_state(struct core *c, uint64_t call, uint32_t state, bool with_state)
{
	const Event *e = core_event(c, LINE_CALLSTATE);

	ck_assert_uint_eq(e->object, call);
	ck_assert_uint_eq(e->p1, state);
	ck_assert_int_eq(e->state != NULL, with_state);
}

/* RETURN with the reserved id. */
static uint64_t expect_reserved(struct core *c, uint32_t serial)
{
	struct got *g = core_expect(c, FRAME_RETURN);
	const LineMakeCallReply *r = (const LineMakeCallReply *)g->body;

	ck_assert_uint_eq(g->h.serial, serial);
	ck_assert_int_eq(g->h.result, 0);
	ck_assert_uint_eq(g->h.origin_session, SESSION);
	ck_assert_uint_eq(g->h.origin_serial, 1000 + serial);
	return r->call;
}

static struct got *expect_completion(struct core *c, uint32_t serial, LONG result)
{
	struct got *g = core_expect(c, FRAME_COMPLETION);

	ck_assert_uint_eq(g->h.serial, serial);
	ck_assert_msg(g->h.result == result, "%#x: %s", (unsigned)g->h.result,
			g->h.result ? core_reason(g) : "");
	ck_assert_uint_eq(g->h.origin_serial, 1000 + serial);
	return g;
}

START_TEST(a_call_returns_completes_and_shows_its_state)
{
	struct core c;
	const Event *e;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, "ok");

	ck_assert_uint_eq(expect_reserved(&c, serial), CALL_ID(1));
	ck_assert(!((LineMakeCallReply *)expect_completion(&c, serial, 0)->body)->has_call);
	e = core_event(&c, LINE_CALLINFO);
	ck_assert_uint_eq(e->object, CALL_ID(1));
	ck_assert_uint_eq(e->p1, 0);
	ck_assert_uint_eq(e->state->info->line, LINE_BASE);
	ck_assert_uint_eq(e->state->info->address_id, 3);
	core_expect_silence(&c);
	ck_assert_int_eq(core_stop(&c), 0);
}
END_TEST

START_TEST(events_before_the_completion_follow_it)
{
	struct core c;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, "early");

	(void)expect_reserved(&c, serial);
	(void)expect_completion(&c, serial, 0);
	expect_call_state(&c, CALL_ID(1), LINECALLSTATE_CONNECTED, true);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(completion_from_another_thread_arrives)
{
	struct core c;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, "thread");

	(void)expect_reserved(&c, serial);
	(void)expect_completion(&c, serial, 0);
	(void)core_event(&c, LINE_CALLINFO);
	(void)core_stop(&c);
}
END_TEST

START_TEST(second_completion_is_ignored)
{
	struct core c;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, "twice");

	(void)expect_reserved(&c, serial);
	(void)expect_completion(&c, serial, 0);
	(void)core_event(&c, LINE_CALLINFO);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

static const struct {
	const char *address;
	LONG result;
	const char *reason;
} refusals[] = {
	{ "fail", LINEERR_CALLUNAVAIL, "LINEERR_CALLUNAVAIL" },
	{ "refuse", LINEERR_INVALADDRESS, "nobody is there" },
	{ "zero", LINEERR_OPERATIONFAILED, "not the request's id" },
	{ "other", LINEERR_OPERATIONFAILED, "not the request's id" },
};

START_TEST(what_fails_at_once_gets_one_return_and_no_completion)
{
	struct core c;
	struct got *g;

	core_world(&c);
	(void)core_dial(&c, refusals[_i].address);
	g = core_expect(&c, FRAME_RETURN);

	ck_assert_int_eq(g->h.result, refusals[_i].result);
	ck_assert_ptr_nonnull(strstr(core_reason(g), refusals[_i].reason));
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

static const struct {
	const char *address, *reason;
	LONG result;
} failures[] = {
	{ "positive", "no error code", LINEERR_OPERATIONFAILED },
	{ "nohandle", "without a handle", LINEERR_OPERATIONFAILED },
	{ "busy", "the number is busy", LINEERR_CALLUNAVAIL },
};

START_TEST(what_fails_later_gets_one_completion_and_the_call_is_closed)
{
	struct core c;
	struct got *g;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, failures[_i].address);
	(void)expect_reserved(&c, serial);
	g = expect_completion(&c, serial, failures[_i].result);

	ck_assert_ptr_nonnull(strstr(core_reason(g), failures[_i].reason));
	core_expect_silence(&c);
	if (strcmp(failures[_i].address, "nohandle") != 0)
		ck_assert_uint_eq(c.mock->calls(), 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(handles_that_are_none_are_ignored)
{
	struct core c;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, "stale");

	(void)expect_reserved(&c, serial);
	(void)expect_completion(&c, serial, 0);
	(void)core_event(&c, LINE_CALLINFO);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

static void close_call(struct core *c, uint64_t call)
{
	TspiLineCloseCall q = TSPI_LINE_CLOSE_CALL__INIT;

	q.has_call = 1;
	q.call = call;
	(void)core_send(c, CALL_TspiLineCloseCall, &q);
}

static uint64_t connected_call(struct core *c)
{
	uint32_t serial = core_dial(c, "early");
	uint64_t call = expect_reserved(c, serial);

	(void)expect_completion(c, serial, 0);
	expect_call_state(c, call, LINECALLSTATE_CONNECTED, true);
	core_ack(c, serial);
	return call;
}

START_TEST(what_a_closed_call_left_is_completed_by_the_host)
{
	struct core c;
	LineDial q = LINE_DIAL__INIT;
	struct got *g;
	uint32_t serial;

	core_world(&c);
	q.has_call = 1;
	q.call = connected_call(&c);
	q.dest_address = (char *)(uintptr_t) "never";
	serial = core_send(&c, CALL_LineDial, &q);
	ck_assert_int_eq(core_expect(&c, FRAME_RETURN)->h.result, 0);
	close_call(&c, q.call);

	g = expect_completion(&c, serial, LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(strstr(core_reason(g), "call was closed"));
	ck_assert_int_eq(core_expect(&c, FRAME_RETURN)->h.result, 0);
	c.mock->late(0);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(memory_that_a_closed_call_may_write_to_stays)
{
	struct core c;
	LinePark q = LINE_PARK__INIT;
	uint32_t serial;

	core_world(&c);
	q.has_call = q.has_park_mode = q.has_non_dir_address = 1;
	q.call = connected_call(&c);
	q.park_mode = LINEPARKMODE_NONDIRECTED;
	q.non_dir_address = 200;
	serial = core_send(&c, CALL_LinePark, &q);
	ck_assert_int_eq(core_expect(&c, FRAME_RETURN)->h.result, 0);
	close_call(&c, q.call);
	(void)expect_completion(&c, serial, LINEERR_OPERATIONFAILED);
	(void)core_expect(&c, FRAME_RETURN);
	core_ack(&c, serial);

	c.mock->late(0);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(figures_of_the_media_come_with_the_completion)
{
	struct core c;
	TapixGetCallMedia q = TAPIX_GET_CALL_MEDIA__INIT;
	const TapixGetCallMediaReply *r;
	uint32_t serial;

	core_world(&c);
	q.has_call = q.has_media = 1;
	q.call = connected_call(&c);
	q.media = 200;
	serial = core_send(&c, CALL_TapixGetCallMedia, &q);
	ck_assert_int_eq(core_expect(&c, FRAME_RETURN)->h.result, 0);
	r = (const void *)expect_completion(&c, serial, 0)->body;

	ck_assert_uint_eq(r->media->string_format, STRINGFORMAT_ASCII);
	ck_assert_str_eq((const char *)r->media->string.data, "Codec: opus/48000\nLost: 0\n");
	q.media = 8;
	(void)core_call(&c, CALL_TapixGetCallMedia, &q, LINEERR_STRUCTURETOOSMALL);
	(void)core_stop(&c);
}
END_TEST

START_TEST(too_small_a_buffer_does_not_park)
{
	struct core c;
	LinePark q = LINE_PARK__INIT;

	core_world(&c);
	q.has_call = q.has_non_dir_address = 1;
	q.call = connected_call(&c);
	q.non_dir_address = 8;

	(void)core_call(&c, CALL_LinePark, &q, LINEERR_STRUCTURETOOSMALL);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_structure_that_is_not_needed_is_null)
{
	struct core c;
	LinePark q = LINE_PARK__INIT;
	const LineParkReply *r;
	uint32_t serial;

	core_world(&c);
	q.has_call = q.has_park_mode = 1;
	q.call = connected_call(&c);
	q.park_mode = LINEPARKMODE_DIRECTED;
	q.dir_address = (char *)"700";
	serial = core_send(&c, CALL_LinePark, &q);

	ck_assert_int_eq(core_expect(&c, FRAME_RETURN)->h.result, 0);
	r = (const void *)expect_completion(&c, serial, 0)->body;
	ck_assert(!r || !r->non_dir_address);
	(void)core_stop(&c);
}
END_TEST

START_TEST(unknown_call_is_invalcallhandle)
{
	struct core c;
	LineAnswer q = LINE_ANSWER__INIT;

	core_world(&c);
	q.has_call = 1;
	q.call = CALL_ID(99);

	(void)core_call(&c, CALL_LineAnswer, &q, LINEERR_INVALCALLHANDLE);
	q.has_call = 0;
	(void)core_call(&c, CALL_LineAnswer, &q, LINEERR_INVALCALLHANDLE);
	(void)core_stop(&c);
}
END_TEST

START_TEST(missing_export_is_operationunavail_with_its_name)
{
	struct core c;
	LineSecureCall q = LINE_SECURE_CALL__INIT;
	struct got *g;

	core_world(&c);
	q.has_call = 1;
	q.call = connected_call(&c);
	(void)core_send(&c, CALL_LineSecureCall, &q);
	g = core_expect(&c, FRAME_RETURN);

	ck_assert_int_eq(g->h.result, LINEERR_OPERATIONUNAVAIL);
	ck_assert_str_eq(core_reason(g), "the provider does not export TSPI_lineSecureCall");
	(void)core_stop(&c);
}
END_TEST

START_TEST(dev_specific_data_comes_back_with_the_completion)
{
	struct core c;
	LineDevSpecific q = LINE_DEV_SPECIFIC__INIT;
	const LineDevSpecificReply *r;
	uint32_t serial;

	core_world(&c);
	q.has_line = q.has_params = 1;
	q.line = LINE_BASE;
	q.params.data = (uint8_t *)(uintptr_t) "abc";
	q.params.len = 3;
	serial = core_send(&c, CALL_LineDevSpecific, &q);
	ck_assert_int_eq(core_expect(&c, FRAME_RETURN)->h.length, 0);
	r = (const LineDevSpecificReply *)expect_completion(&c, serial, 0)->body;

	ck_assert_uint_eq(r->params.len, 3);
	ck_assert_int_eq(memcmp(r->params.data, "cba", 3), 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_hanging_entry_holds_only_what_comes_after_it)
{
	struct core c;
	uint32_t first, second;

	core_world(&c);
	first = core_dial(&c, "hang");
	c.mock->wait_hanging();
	second = core_dial(&c, "ok");
	c.mock->release();

	ck_assert_int_eq(core_return(&c, first)->h.result, 0);
	ck_assert_int_eq(core_return(&c, second)->h.result, 0);
	(void)core_stop(&c);
}
END_TEST

static Suite *calls(void)
{
	Suite *s = suite_create("host calls");
	TCase *t = tcase_create("calls");

	tcase_add_test(t, a_call_returns_completes_and_shows_its_state);
	tcase_add_test(t, events_before_the_completion_follow_it);
	tcase_add_test(t, completion_from_another_thread_arrives);
	tcase_add_test(t, second_completion_is_ignored);
	tcase_add_loop_test(t, what_fails_at_once_gets_one_return_and_no_completion, 0,
			sizeof(refusals) / sizeof(refusals[0]));
	tcase_add_loop_test(t, what_fails_later_gets_one_completion_and_the_call_is_closed, 0,
			sizeof(failures) / sizeof(failures[0]));
	tcase_add_test(t, handles_that_are_none_are_ignored);
	tcase_add_test(t, what_a_closed_call_left_is_completed_by_the_host);
	tcase_add_test(t, memory_that_a_closed_call_may_write_to_stays);
	tcase_add_test(t, figures_of_the_media_come_with_the_completion);
	tcase_add_test(t, too_small_a_buffer_does_not_park);
	tcase_add_test(t, a_structure_that_is_not_needed_is_null);
	tcase_add_test(t, unknown_call_is_invalcallhandle);
	tcase_add_test(t, missing_export_is_operationunavail_with_its_name);
	tcase_add_test(t, dev_specific_data_comes_back_with_the_completion);
	tcase_add_test(t, a_hanging_entry_holds_only_what_comes_after_it);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(calls())
