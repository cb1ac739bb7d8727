// SPDX-License-Identifier: MIT
/* test_events.c - what a TSP raises on its own: new calls, states, media, digits, devices that come
 * and go; each test raises from the test's thread, which is foreign to the host. */
#include "../test_main.h"
#include "core.h"

#include "base/clock.h"

#include <tapi.h>

#include <poll.h>
#include <string.h>

/* The world with one incoming call, its LINE_NEWCALL taken. */
static uint64_t ringing(struct core *c)
{
	HTAPICALL handle;
	const Event *e;

	core_world(c);
	handle = c->mock->ring();
	ck_assert_uint_ne(handle, 0);
	e = core_event(c, LINE_NEWCALL);
	ck_assert_uint_eq(e->object, LINE_BASE);
	ck_assert_uint_eq(e->p1, CALL_ID(1));
	ck_assert_uint_eq(e->p2, 3); /* its address */
	ck_assert_ptr_nonnull(e->state);
	return e->p1;
}

START_TEST(new_call_is_answered_at_once_and_reported)
{
	struct core c;
	const Event *e;
	uint64_t call = ringing(&c);

	c.mock->state(LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE,
			LINEMEDIAMODE_INTERACTIVEVOICE);
	e = core_event(&c, LINE_CALLSTATE);

	ck_assert_uint_eq(e->object, call);
	ck_assert_uint_eq(e->p1, LINECALLSTATE_OFFERING);
	ck_assert_uint_eq(e->p2, LINEOFFERINGMODE_ACTIVE);
	ck_assert_uint_eq(e->p3, LINEMEDIAMODE_INTERACTIVEVOICE);
	ck_assert_uint_eq(e->state->status->call_state, LINECALLSTATE_OFFERING);
	(void)core_stop(&c);
}
END_TEST

START_TEST(answer_completes_before_connected)
{
	struct core c;
	LineAnswer q = LINE_ANSWER__INIT;
	uint32_t serial;

	q.has_call = 1;
	q.call = ringing(&c);
	serial = core_send(&c, CALL_LineAnswer, &q);

	ck_assert_uint_eq(core_expect(&c, FRAME_RETURN)->h.serial, serial);
	ck_assert_uint_eq(core_expect(&c, FRAME_COMPLETION)->h.serial, serial);
	ck_assert_uint_eq(core_event(&c, LINE_CALLSTATE)->p1, LINECALLSTATE_CONNECTED);
	(void)core_stop(&c);
}
END_TEST

START_TEST(the_reason_goes_with_the_event_of_its_thread)
{
	struct core c;
	const Event *e;

	(void)ringing(&c);
	c.mock->reason("16", "normal call clearing");
	c.mock->state(LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NORMAL, 4);
	c.mock->state(LINECALLSTATE_IDLE, 0, 4);
	e = core_event(&c, LINE_CALLSTATE);

	ck_assert_str_eq(e->reason->cause, "16");
	ck_assert_str_eq(e->reason->sentence, "normal call clearing");
	ck_assert_uint_eq(e->reason->layer, 3);
	ck_assert_ptr_null(core_event(&c, LINE_CALLSTATE)->reason);
	(void)core_stop(&c);
}
END_TEST

/* The host hangs in an entry while a thread changes the call a thousand times. */
START_TEST(a_thousand_changes_in_a_turn_cost_one_look)
{
	struct core c;
	unsigned before;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, "hang");
	c.mock->wait_hanging();
	before = c.mock->looks();
	for (int i = 0; i < 1000; i++)
		c.mock->event(1, LINE_CALLINFO, LINECALLINFOSTATE_RATE, 0, 0);
	c.mock->release();
	(void)core_return(&c, serial);
	(void)core_expect(&c, FRAME_COMPLETION);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(core_event(&c, LINE_CALLINFO)->state != NULL, i == 999);

	ck_assert_uint_eq(c.mock->looks() - before, 1);
	(void)core_stop(&c);
}
END_TEST

static struct got *event_frame(struct core *c, uint32_t msg)
{
	struct got *g = core_expect(c, FRAME_EVENT);

	ck_assert_uint_eq(((const Event *)g->body)->msg, msg);
	return g;
}

START_TEST(generated_digits_end_with_the_origin_of_their_request)
{
	struct core c;
	LineGenerateDigits q = LINE_GENERATE_DIGITS__INIT;
	struct got *g;
	uint32_t serial;

	q.has_call = 1;
	q.call = ringing(&c);
	q.digits = (char *)(uintptr_t) "4711#";
	serial = core_send(&c, CALL_LineGenerateDigits, &q);
	(void)core_expect(&c, FRAME_RETURN);
	c.mock->event(1, LINE_GENERATE, LINEGENERATETERM_DONE, c.mock->last_tag(), 0);
	c.mock->event(1, LINE_GENERATE, LINEGENERATETERM_DONE, c.mock->last_tag(), 0);
	g = event_frame(&c, LINE_GENERATE);

	ck_assert_uint_eq(g->h.origin_session, SESSION);
	ck_assert_uint_eq(g->h.origin_serial, 1000 + serial);
	ck_assert_uint_eq(((const Event *)g->body)->p2, 0);
	core_expect_silence(&c); /* the second one has no request */
	(void)core_stop(&c);
}
END_TEST

static const char *digits_of(struct core *c, const Event *e)
{
	const LineGatherDigitsReply *r = (const LineGatherDigitsReply *)arena_unpack(&c->arena,
			&line_gather_digits_reply__descriptor, e->data.data, e->data.len);

	ck_assert_ptr_nonnull(r);
	return r->digits.len ? (const char *)r->digits.data : "";
}

START_TEST(a_second_gathering_cancels_the_first_with_its_digits)
{
	struct core c;
	LineGatherDigits q = LINE_GATHER_DIGITS__INIT;
	struct got *g;
	uint32_t first;
	DWORD old;

	q.has_call = q.has_digits = 1;
	q.call = ringing(&c);
	q.digits = 4;
	first = core_send(&c, CALL_LineGatherDigits, &q);
	(void)core_expect(&c, FRAME_RETURN);
	old = c.mock->last_tag();
	memcpy(c.mock->gather_buffer(), "12", 2);
	(void)core_send(&c, CALL_LineGatherDigits, &q);
	g = event_frame(&c, LINE_GATHERDIGITS);
	(void)core_expect(&c, FRAME_RETURN);
	c.mock->event(1, LINE_GATHERDIGITS, LINEGATHERTERM_BUFFERFULL, old, 0);

	ck_assert_uint_eq(((const Event *)g->body)->p1, LINEGATHERTERM_CANCEL);
	ck_assert_uint_eq(g->h.origin_serial, 1000 + first);
	ck_assert_int_eq(memcmp(digits_of(&c, (const Event *)g->body), "12", 2), 0);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(idle_ends_what_is_gathered_and_generated)
{
	struct core c;
	LineGatherDigits q = LINE_GATHER_DIGITS__INIT;
	LineGenerateDigits d = LINE_GENERATE_DIGITS__INIT;
	struct got *g;
	DWORD gathering;

	q.has_call = q.has_digits = d.has_call = d.has_digit_mode = 1;
	q.call = d.call = ringing(&c);
	q.digits = 4;
	d.digit_mode = LINEDIGITMODE_DTMF;
	d.digits = (char *)(uintptr_t) "1";
	(void)core_call(&c, CALL_LineGatherDigits, &q, 0);
	gathering = c.mock->last_tag();
	memcpy(c.mock->gather_buffer(), "12", 2);
	(void)core_call(&c, CALL_LineGenerateDigits, &d, 0);
	c.mock->event(1, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0, 0);
	c.mock->event(1, LINE_GATHERDIGITS, LINEGATHERTERM_CANCEL, gathering, 0);

	g = event_frame(&c, LINE_GATHERDIGITS);
	ck_assert_uint_eq(((const Event *)g->body)->p1, LINEGATHERTERM_CANCEL);
	ck_assert_int_eq(memcmp(digits_of(&c, (const Event *)g->body), "12", 2), 0);
	ck_assert_uint_eq(core_event(&c, LINE_GENERATE)->p1, LINEGENERATETERM_CANCEL);
	ck_assert_uint_eq(core_event(&c, LINE_CALLSTATE)->p1, LINECALLSTATE_IDLE);
	core_expect_silence(&c); /* the TSP's own word comes too late */
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_tone_list_keeps_its_number_for_a_session)
{
	struct core c;
	LineMonitorTones q = LINE_MONITOR_TONES__INIT;
	LineMonitorTone tone = LINE_MONITOR_TONE__INIT, *tones[] = { &tone, &tone };
	struct got *g;
	DWORD first;

	q.has_call = 1;
	q.call = ringing(&c);
	tone.has_frequency1 = 1;
	tone.frequency1 = 440;
	q.tone_list = tones;
	q.n_tone_list = 2;
	(void)core_call(&c, CALL_LineMonitorTones, &q, 0);
	first = c.mock->last_tag();
	(void)core_call(&c, CALL_LineMonitorTones, &q, 0);
	ck_assert_uint_eq(c.mock->last_tag(), first);
	c.mock->event(1, LINE_MONITORTONE, 42, first, 0);
	c.mock->event(1, LINE_MONITORTONE, 43, first, 0);
	g = event_frame(&c, LINE_MONITORTONE);

	ck_assert_uint_eq(((const Event *)g->body)->p1, 42);
	ck_assert_uint_eq(g->h.origin_session, SESSION);
	ck_assert_uint_eq(core_event(&c, LINE_MONITORTONE)->p1, 43);
	(void)core_stop(&c);
}
END_TEST

START_TEST(line_create_waits_for_provider_init_and_names_its_device_later)
{
	struct core c;
	TspiProviderCreateLineDevice q = TSPI_PROVIDER_CREATE_LINE_DEVICE__INIT;
	const Event *e;

	core_start(&c, "mock");
	core_run_provider(&c); /* the mock raised it inside TSPI_providerEnumDevices */
	e = core_event(&c, LINE_CREATE);
	ck_assert_uint_eq(e->object, 0);
	ck_assert_uint_eq(e->p1, PROVIDER_ID);
	ck_assert_uint_eq(e->p2, 4711);
	q.has_device = q.has_temp_id = 1;
	q.device = 50;
	q.temp_id = 4711;
	(void)core_call(&c, CALL_TspiProviderCreateLineDevice, &q, LINEERR_OPERATIONUNAVAIL);
	c.mock->create(4712);

	ck_assert_uint_eq(core_event(&c, LINE_CREATE)->p2, 4712);
	(void)core_stop(&c);
}
END_TEST

/* TAPI: a line that is removed is closed; the TSP is not called for it any more. */
START_TEST(line_removed_by_the_tsp_takes_its_calls_and_is_not_closed_in_it)
{
	struct core c;
	LineDial q = LINE_DIAL__INIT;
	TspiLineClose close = TSPI_LINE_CLOSE__INIT;
	struct got *g;
	uint32_t serial;

	q.has_call = 1;
	q.call = ringing(&c);
	q.dest_address = (char *)(uintptr_t) "never";
	serial = core_send(&c, CALL_LineDial, &q);
	(void)core_expect(&c, FRAME_RETURN);
	c.mock->remove(LINE_BASE);
	c.mock->remove(LINE_BASE); /* once is enough */
	g = core_expect(&c, FRAME_COMPLETION);

	ck_assert_uint_eq(g->h.serial, serial);
	ck_assert_int_eq(g->h.result, LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(core_event(&c, LINE_REMOVE)->p1, LINE_BASE);
	(void)core_call(&c, CALL_LineDial, &q, LINEERR_INVALCALLHANDLE);
	close.has_line = 1;
	close.line = LINE_BASE;
	(void)core_call(&c, CALL_TspiLineClose, &close, LINEERR_INVALLINEHANDLE);
	ck_assert_uint_eq(c.mock->lines(), 1); /* as the mock sees it */
	ck_assert_uint_eq(c.mock->ring(), 0);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(line_closed_by_the_tsp_takes_its_calls_and_requests)
{
	struct core c;
	LineDial q = LINE_DIAL__INIT;
	struct got *g;
	uint32_t serial;

	q.has_call = 1;
	q.call = ringing(&c);
	q.dest_address = (char *)(uintptr_t) "never";
	serial = core_send(&c, CALL_LineDial, &q);
	(void)core_expect(&c, FRAME_RETURN);
	c.mock->event(0, LINE_CLOSE, 0, 0, 0);
	g = core_expect(&c, FRAME_COMPLETION);

	ck_assert_uint_eq(g->h.serial, serial);
	ck_assert_int_eq(g->h.result, LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(core_event(&c, LINE_CLOSE)->object, LINE_BASE);
	(void)core_call(&c, CALL_LineDial, &q, LINEERR_INVALCALLHANDLE);
	ck_assert_uint_eq(c.mock->ring(), 0); /* its line handle is stale */
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

/* Both are in the host's hands before it hears of the line. */
START_TEST(line_closed_by_the_tsp_while_the_core_closes_a_call)
{
	struct core c;
	TspiLineCloseCall q = TSPI_LINE_CLOSE_CALL__INIT;
	uint32_t first, serial;

	q.has_call = 1;
	q.call = ringing(&c);
	first = core_dial(&c, "hang");
	c.mock->wait_hanging();
	(void)core_dial(&c, "hang");
	serial = core_send(&c, CALL_TspiLineCloseCall, &q);
	c.mock->release();
	(void)core_return(&c, first);
	c.mock->wait_hanging();
	c.mock->event(0, LINE_CLOSE, 0, 0, 0);
	c.mock->release();

	ck_assert_int_eq(core_return(&c, serial)->h.result, 0);
	(void)core_call(&c, CALL_TspiLineCloseCall, &q, LINEERR_INVALCALLHANDLE);
	(void)core_stop(&c);
}
END_TEST

/* As above, but the line itself goes. */
START_TEST(line_removed_by_the_tsp_while_the_core_closes_it)
{
	struct core c;
	TspiLineClose q = TSPI_LINE_CLOSE__INIT;
	uint32_t first, serial;

	q.has_line = 1;
	q.line = LINE_BASE;
	(void)ringing(&c);
	first = core_dial(&c, "hang");
	c.mock->wait_hanging();
	(void)core_dial(&c, "hang");
	serial = core_send(&c, CALL_TspiLineClose, &q);
	c.mock->release();
	(void)core_return(&c, first);
	c.mock->wait_hanging();
	c.mock->remove(LINE_BASE);
	c.mock->release();

	ck_assert_int_eq(core_return(&c, serial)->h.result, 0);
	(void)core_call(&c, CALL_TspiLineClose, &q, LINEERR_INVALLINEHANDLE);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_return_that_nobody_awaits_comes_with_others_or_a_little_later)
{
	struct core c;
	TspiLineCloseCall q = TSPI_LINE_CLOSE_CALL__INIT;
	struct pollfd p = { .events = POLLIN };
	uint32_t serial;

	q.has_call = 1;
	q.call = ringing(&c);
	p.fd = c.conn.fd;
	clock_set_virtual(1000000000U);
	serial = core_send(&c, CALL_TspiLineCloseCall, &q);
	ck_assert_int_eq(poll(&p, 1, 50), 0); /* its moment does not pass */
	clock_advance_ms(10);
	ck_assert_int_eq(core_next(&c)->h.serial, serial);

	serial = core_send(&c, CALL_TspiLineCloseCall, &q); /* fails: that is awaited */
	ck_assert_int_eq(core_next(&c)->h.serial, serial);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_parent_conference_is_named_by_its_id)
{
	struct core c;
	uint64_t call = ringing(&c);
	HTAPICALL second = c.mock->ring();
	const Event *e;

	(void)core_event(&c, LINE_NEWCALL);
	c.mock->state(LINECALLSTATE_CONFERENCED, (DWORD)second, 4);
	e = core_event(&c, LINE_CALLSTATE);

	ck_assert_uint_eq(e->p2, CALL_ID(2));
	ck_assert_uint_ne(e->p2, call);
	(void)core_stop(&c);
}
END_TEST

static Suite *events(void)
{
	Suite *s = suite_create("host events");
	TCase *t = tcase_create("events");

	tcase_add_test(t, new_call_is_answered_at_once_and_reported);
	tcase_add_test(t, answer_completes_before_connected);
	tcase_add_test(t, the_reason_goes_with_the_event_of_its_thread);
	tcase_add_test(t, a_thousand_changes_in_a_turn_cost_one_look);
	tcase_add_test(t, generated_digits_end_with_the_origin_of_their_request);
	tcase_add_test(t, a_second_gathering_cancels_the_first_with_its_digits);
	tcase_add_test(t, idle_ends_what_is_gathered_and_generated);
	tcase_add_test(t, a_tone_list_keeps_its_number_for_a_session);
	tcase_add_test(t, line_create_waits_for_provider_init_and_names_its_device_later);
	tcase_add_test(t, line_removed_by_the_tsp_takes_its_calls_and_is_not_closed_in_it);
	tcase_add_test(t, line_closed_by_the_tsp_takes_its_calls_and_requests);
	tcase_add_test(t, line_closed_by_the_tsp_while_the_core_closes_a_call);
	tcase_add_test(t, line_removed_by_the_tsp_while_the_core_closes_it);
	tcase_add_test(t, a_return_that_nobody_awaits_comes_with_others_or_a_little_later);
	tcase_add_test(t, a_parent_conference_is_named_by_its_id);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(events())
