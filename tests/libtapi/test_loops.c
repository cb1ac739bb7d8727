// SPDX-License-Identifier: MIT
/* test_loops.c - the same application in a plain poll loop, in libevent, and with two threads that
 * call while a third one dispatches. */
#include "client.h"
#include "../test_main.h"

#include <event2/event.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { CALLS = 40 };

static struct world w;

/* An application that makes one call after the other: each is dropped when it is connected. */
static struct {
	HLINE line;
	HCALL call;
	unsigned made, replies, connected, ended;
	struct event_base *base;
} app;

static void make_next(void)
{
	app.made++;
	ck_assert_int_gt(lineMakeCall(app.line, &app.call, "102", 0, NULL), 0);
}

static void end_of_call(HCALL call)
{
	ck_assert_int_eq(lineDeallocateCall(call), 0);
	app.ended++;
	if (app.made < CALLS)
		make_next();
	else if (app.base)
		ck_assert_int_eq(event_base_loopbreak(app.base), 0);
}

static void on_message(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1, DWORD_PTR p2,
		DWORD_PTR p3)
{
	(void)instance, (void)p3;
	if (message == LINE_REPLY) {
		ck_assert_uint_eq(p2, 0);
		app.replies++;
	} else if (message == LINE_CALLSTATE && p1 == LINECALLSTATE_CONNECTED) {
		app.connected++;
		ck_assert_int_gt(lineDrop(device, NULL, 0), 0);
	} else if (message == LINE_CALLSTATE && p1 == LINECALLSTATE_IDLE) {
		end_of_call(device);
	}
}

static void start_app(void)
{
	DWORD devices, version = 0x00020002;

	memset(&app, 0, sizeof(app));
	w.mock = mock_new();
	ck_assert_int_eq(lineInitializeEx(&w.app, 0, on_message, "loops", &devices, &version, NULL),
			0);
	ck_assert_int_eq(lineOpen(w.app, 0, &app.line, 0x00020002, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					 NULL),
			0);
	w.event = tapixGetEventHandle(w.app);
}

static void check_app(void)
{
	ck_assert_uint_eq(app.made, CALLS);
	ck_assert_uint_eq(app.connected, CALLS);
	ck_assert_uint_eq(app.replies, 2 * CALLS);
	ck_assert_uint_eq(app.ended, CALLS);
	world_close(&w);
}

START_TEST(a_poll_loop_carries_calls_to_their_end)
{
	LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };
	struct pollfd p;

	start_app();
	p = (struct pollfd){ (int)w.event, POLLIN, 0 };
	make_next();
	while (app.ended < CALLS) {
		ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
		ck_assert_int_ge(tapiDispatch(w.event), 0);
	}

	/* The daemon answers in order: also the last lineDeallocateCall, which has not waited. */
	ck_assert_int_eq(lineGetDevCaps(w.app, 0, 0x00020002, 0, &caps), 0);
	ck_assert_int_eq(poll(&p, 1, 0), 0); /* nothing waits, so nothing wakes */
	check_app();
}
END_TEST

static void on_readable(evutil_socket_t fd, short events, void *arg)
{
	(void)events, (void)arg;
	ck_assert_int_ge(tapiDispatch(fd), 0);
}

START_TEST(libevent_carries_calls_to_their_end)
{
	struct timeval limit = { 10, 0 };
	struct event *readable;

	start_app();
	app.base = event_base_new();
	readable = event_new(app.base, (evutil_socket_t)w.event, EV_READ | EV_PERSIST, on_readable,
			NULL);
	ck_assert_int_eq(event_add(readable, NULL), 0);
	ck_assert_int_eq(event_base_loopexit(app.base, &limit), 0);
	make_next();
	ck_assert_int_eq(event_base_dispatch(app.base), 0);

	event_free(readable);
	event_base_free(app.base);
	check_app();
}
END_TEST

/* --- threads --- */

enum { ROUNDS = 150 };

static atomic_uint replies, states;

static void *dispatch(void *arg)
{
	LINEMESSAGE m;
	LONG result;

	(void)arg;
	while ((result = lineGetMessage(w.app, &m, 10000)) == 0) {
		if (m.dwMessageID == LINE_REPLY)
			atomic_fetch_add(&replies, 1);
		else if (m.dwMessageID == LINE_CALLSTATE)
			atomic_fetch_add(&states, 1);
	}
	ck_assert_int_eq(result, LINEERR_INVALAPPHANDLE);
	return NULL;
}

static void *call_functions(void *arg)
{
	HLINE line = *(HLINE *)arg;

	for (int i = 0; i < ROUNDS; i++) {
		DWORD version, a, b;
		LINEEXTENSIONID extension;
		HCALL call;

		ck_assert_int_eq(lineNegotiateAPIVersion(w.app, 0, 0x00010003, 0x00030001, &version,
						 &extension),
				0);
		ck_assert_int_gt(lineMakeCall(line, &call, "102", 0, NULL), 0);
		ck_assert_int_eq(lineGetStatusMessages(line, &a, &b), 0);
	}
	return NULL;
}

START_TEST(two_threads_call_while_a_third_dispatches)
{
	pthread_t callers[2], dispatcher;
	HLINE line;

	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	line = world_line(&w);
	ck_assert_int_eq(pthread_create(&dispatcher, NULL, dispatch, NULL), 0);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(pthread_create(&callers[i], NULL, call_functions, &line), 0);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(pthread_join(callers[i], NULL), 0);
	while (atomic_load(&states) < 2 * ROUNDS * 3) /* the dispatcher is at it */
		(void)sched_yield();
	ck_assert_int_eq(lineShutdown(w.app), 0);
	ck_assert_int_eq(pthread_join(dispatcher, NULL), 0);

	ck_assert_uint_eq(atomic_load(&replies), 2 * ROUNDS);
	mock_free(w.mock);
}
END_TEST

static atomic_bool waits;

static void *wait_for_ever(void *arg)
{
	LINEMESSAGE m;
	LONG result;

	(void)arg;
	for (int i = 0; i < 2; i++) /* LINE_APPNEWCALL, LINE_CALLSTATE */
		ck_assert_int_eq(lineGetMessage(w.app, &m, PATIENCE_MS), 0);
	atomic_store(&waits, true);
	result = lineGetMessage(w.app, &m, 0xffffffffU);
	/* the second one if it came too late to wait */
	ck_assert(result == LINEERR_INVALAPPHANDLE || result == LINEERR_UNINITIALIZED);
	return NULL;
}

START_TEST(shutdown_wakes_a_thread_that_waits_for_a_message)
{
	for (int i = 0; i < 20; i++) {
		pthread_t waiter;

		atomic_store(&waits, false);
		world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
		(void)world_line(&w);
		ck_assert_int_eq(pthread_create(&waiter, NULL, wait_for_ever, NULL), 0);
		(void)mock_offer(w.mock, 1);
		while (!atomic_load(&waits))
			(void)sched_yield();
		ck_assert_int_eq(lineShutdown(w.app), 0);
		ck_assert_int_eq(pthread_join(waiter, NULL), 0);
		mock_free(w.mock);
	}
}
END_TEST

/* --- who may dispatch --- */

static struct {
	LONG nested, beside;
	struct tapix_reason why;
} inner;

static void *dispatch_beside(void *arg)
{
	(void)arg;
	inner.beside = tapiDispatch(w.event);
	return NULL;
}

static void CALLBACK dispatch_inside(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	pthread_t thread;

	(void)device, (void)message, (void)instance, (void)p1, (void)p2, (void)p3;
	inner.nested = tapiDispatch(w.event);
	tapixGetLastReason(&inner.why);
	ck_assert_int_eq(pthread_create(&thread, NULL, dispatch_beside, NULL), 0);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
}

START_TEST(callbacks_run_one_at_a_time)
{
	DWORD devices, version = 0x00020002;
	struct pollfd p = { .events = POLLIN };
	HLINE line;

	w.mock = mock_new();
	ck_assert_int_eq(lineInitializeEx(&w.app, 0, dispatch_inside, "loops", &devices, &version,
					 NULL),
			0);
	ck_assert_int_eq(lineOpen(w.app, 0, &line, version, 0, 0, LINECALLPRIVILEGE_OWNER,
					 LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
			0);
	w.event = tapixGetEventHandle(w.app);
	p.fd = (int)w.event;
	inner.beside = -1;
	(void)mock_offer(w.mock, 1);
	ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
	ck_assert_int_gt(tapiDispatch(w.event), 0);

	ck_assert_int_eq(inner.nested, LINEERR_OPERATIONFAILED);
	ck_assert_str_eq(inner.why.cause, "nested");
	ck_assert_int_eq(inner.beside, 0);
	world_close(&w);
}
END_TEST

START_TEST(who_takes_messages_has_no_callbacks)
{
	struct tapix_reason why;

	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00020002);
	ck_assert_int_eq(tapiDispatch(w.event), LINEERR_OPERATIONFAILED);
	tapixGetLastReason(&why);
	ck_assert_str_eq(why.cause, "notification mode");
	world_close(&w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi loops");
	TCase *t = tcase_create("loops");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_poll_loop_carries_calls_to_their_end);
	tcase_add_test(t, libevent_carries_calls_to_their_end);
	tcase_add_test(t, two_threads_call_while_a_third_dispatches);
	tcase_add_test(t, shutdown_wakes_a_thread_that_waits_for_a_message);
	tcase_add_test(t, callbacks_run_one_at_a_time);
	tcase_add_test(t, who_takes_messages_has_no_callbacks);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
