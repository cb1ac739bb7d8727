// SPDX-License-Identifier: MIT
/* test_warnings.c - what a TSP must not raise or answer: it reaches nobody, and one line of the log
 * names the provider, the object and the value. */
#include "../test_main.h"
#include "core.h"

#include "base/log.h"

#include <tapi.h>

#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char said[4096];
static unsigned warnings;

static void listen_to_log(enum log_level level, const char *line, void *arg)
{
	(void)arg;
	pthread_mutex_lock(&lock);
	if (level == LOG_WARN) {
		(void)strncat(said, line, sizeof(said) - strlen(said) - 1);
		warnings++;
	}
	pthread_mutex_unlock(&lock);
}

static void set_up(void)
{
	said[0] = '\0';
	warnings = 0;
	log_set_sink(listen_to_log, NULL);
}

static void tear_down(void)
{
	log_set_sink(NULL, NULL);
}

static void expect_warning(const char *text)
{
	pthread_mutex_lock(&lock);
	ck_assert_msg(warnings == 1 && strstr(said, text), "%u: %s", warnings, said);
	ck_assert_msg(strncmp(said, "warn  host: mock: ", 18) == 0, "%s", said);
	pthread_mutex_unlock(&lock);
}

static void ring(struct core *c)
{
	core_world(c);
	ck_assert_uint_ne(c->mock->ring(), 0);
	(void)core_event(c, LINE_NEWCALL);
}

static const struct {
	DWORD state;
	const char *text;
} bad_states[] = {
	{ 0xabcdef, "call 0x700000001: the call state 0xabcdef is not one LINECALLSTATE_" },
	{ 0, "the call state 0 " },
	{ LINECALLSTATE_IDLE | LINECALLSTATE_CONNECTED, "the call state 0x101 " },
	{ 0x00800000, "the call state 0x800000 " },
	{ 0x01000000, "the call state 0x1000000 " },
};

START_TEST(a_state_that_is_none_is_ignored)
{
	struct core c;

	ring(&c);
	c.mock->state(bad_states[_i].state, 0, 0);
	core_expect_silence(&c);
	expect_warning(bad_states[_i].text);
	c.mock->state(LINECALLSTATE_CONNECTED, 0, 0);
	ck_assert_uint_eq(core_event(&c, LINE_CALLSTATE)->p1, LINECALLSTATE_CONNECTED);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_substate_of_the_device_is_no_part_of_the_state)
{
	struct core c;

	ring(&c);
	c.mock->state(0x5a000000 | LINECALLSTATE_CONNECTED, 0, 0);
	ck_assert_uint_eq(core_event(&c, LINE_CALLSTATE)->p1, 0x5a000000 | LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(warnings, 0);
	(void)core_stop(&c);
}
END_TEST

static const struct {
	int on_line, on_call;
	DWORD msg;
	const char *text;
} bad_events[] = {
	{ MOCK_OWN, MOCK_FOREIGN, LINE_CALLSTATE, "LINE_CALLSTATE for the unknown call 0x" },
	{ MOCK_OWN, MOCK_NONE, LINE_CALLSTATE, "LINE_CALLSTATE without a call" },
	{ MOCK_FOREIGN, MOCK_NONE, LINE_LINEDEVSTATE, "LINE_LINEDEVSTATE for the unknown line 0x" },
	{ MOCK_FOREIGN, MOCK_OWN, LINE_CALLSTATE, "LINE_CALLSTATE for the unknown line 0x" },
	{ MOCK_NONE, MOCK_OWN, LINE_CALLSTATE, "LINE_CALLSTATE for the unknown line 0" },
	{ MOCK_OWN, MOCK_OWN, 0x4711, "unknown message 18193 " },
	{ MOCK_OWN, MOCK_OWN, LINE_REPLY, "unknown message 12 " },
};

START_TEST(an_event_for_nothing_is_ignored)
{
	struct core c;

	ring(&c);
	c.mock->event_on(bad_events[_i].on_line, bad_events[_i].on_call, bad_events[_i].msg,
			LINECALLSTATE_CONNECTED, 0, 0);
	core_expect_silence(&c);
	expect_warning(bad_events[_i].text);
	(void)core_stop(&c);
}
END_TEST

/* Its thread could not know yet. */
START_TEST(an_event_of_a_closed_call_is_no_fault)
{
	struct core c;
	TspiLineCloseCall q = TSPI_LINE_CLOSE_CALL__INIT;

	ring(&c);
	q.has_call = 1;
	q.call = CALL_ID(1);
	(void)core_call(&c, CALL_TspiLineCloseCall, &q, 0);
	c.mock->event(1, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, 0, 0);
	core_expect_silence(&c);
	ck_assert_msg(warnings == 0, "%s", said);
	(void)core_stop(&c);
}
END_TEST

static const struct {
	const char *address;
	unsigned frames; /* that say how it went */
	const char *text;
} bad_answers[] = {
	{ "zero", 1, "LineMakeCall with 0, which is not the request's id" },
	{ "other", 1, "LineMakeCall with 0x" },
	{ "positive", 2, "completed LineMakeCall with 0x5, which is no error code" },
	{ "twice", 2, "ignored: it " },
	{ "nohandle", 2, "completed LineMakeCall without a handle for its call" },
};

START_TEST(an_answer_that_is_none_is_named)
{
	struct core c;

	core_world(&c);
	(void)core_dial(&c, bad_answers[_i].address);
	for (unsigned i = 0; i < bad_answers[_i].frames; i++)
		(void)core_next(&c);
	expect_warning(bad_answers[_i].text);
	(void)core_stop(&c);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("host warnings");
	TCase *t = tcase_create("warnings");

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_loop_test(t, a_state_that_is_none_is_ignored, 0,
			sizeof(bad_states) / sizeof(bad_states[0]));
	tcase_add_test(t, a_substate_of_the_device_is_no_part_of_the_state);
	tcase_add_loop_test(t, an_event_for_nothing_is_ignored, 0,
			sizeof(bad_events) / sizeof(bad_events[0]));
	tcase_add_test(t, an_event_of_a_closed_call_is_no_fault);
	tcase_add_loop_test(t, an_answer_that_is_none_is_named, 0,
			sizeof(bad_answers) / sizeof(bad_answers[0]));
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
