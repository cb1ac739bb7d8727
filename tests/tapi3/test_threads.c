// SPDX-License-Identifier: MIT
/* test_threads.c - objects in several threads: two work on terminals and streams, the MSP reports
 * from a third, a fourth dispatches. */
#include "../test_main.h"
#include "scene.h"

#include <pthread.h>

enum { ROUNDS = 50 };

/* Check's assertions are for the main thread. */
static _Atomic(const char *) failure;

static void *give_up(const char *what)
{
	failure = what;
	return NULL;
}

static void setup(void)
{
	scene_open(true);
}

static void teardown(void)
{
	scene_close();
}

static void *play(void *arg)
{
	struct tapi_call *call = arg;
	const char *file = "a.wav";

	for (unsigned i = 0; i < ROUNDS; i++) {
		struct tapi_terminal *player;

		if (tapi_call_play(call, &file, 1, &player))
			return give_up("play");
		if (tapi_call_unselect_terminal(call, player))
			return give_up("unselect");
		tapi_unref(player);
	}
	return NULL;
}

static void *look(void *arg)
{
	struct tapi_call *call = arg;

	for (unsigned i = 0; i < ROUNDS; i++) {
		struct tapi_stream *stream;
		struct tapi_terminal *terminal;

		if (tapi_call_get_stream(call, i & 1, &stream))
			return give_up("stream");
		if (tapi_stream_get_terminal(stream, 0, &terminal) == 0)
			tapi_unref(terminal);
		if (tapi_stream_start(stream))
			return give_up("start");
		tapi_unref(stream);
		if (tapi_call_get_state(call) != CS_CONNECTED)
			return give_up("state");
	}
	return NULL;
}

static void *report(void *arg)
{
	struct msp_event e = { .kind = ME_CALL_EVENT,
		.call = scene.msp->last_call->cookie,
		.stream = &scene.msp->last_call->streams[0],
		.event = CALL_STREAM_ACTIVE };

	(void)arg;
	for (unsigned i = 0; i < ROUNDS; i++)
		scene.raise(&e);
	return NULL;
}

START_TEST(four_threads_share_a_call)
{
	struct tapi_call *call = scene_connected();
	unsigned before = scene.event_count;
	pthread_t threads[4];

	ck_assert_int_eq(pthread_create(&threads[0], NULL, play, call), 0);
	ck_assert_int_eq(pthread_create(&threads[1], NULL, play, call), 0);
	ck_assert_int_eq(pthread_create(&threads[2], NULL, look, call), 0);
	ck_assert_int_eq(pthread_create(&threads[3], NULL, report, call), 0);
	scene_await(before + ROUNDS);
	for (unsigned i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);

	ck_assert_msg(!failure, "%s failed", failure);
	ck_assert_uint_eq(scene.msp->terminals, 0);
	ck_assert(!scene.msp->overlapped);
	tapi_unref(call);
}
END_TEST

static void *connect_call(void *arg)
{
	struct tapi_call *call = arg;

	return tapi_call_connect(call, 0) ? give_up("connect") : NULL;
}

START_TEST(a_call_is_connected_in_one_thread_while_another_dispatches)
{
	struct tapi_call *calls[8];
	pthread_t threads[8];

	for (unsigned i = 0; i < 8; i++)
		ck_assert_int_eq(tapi_address_create_call(scene.address, "102",
						 LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO,
						 &calls[i]),
				0);
	for (unsigned i = 0; i < 8; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, connect_call, calls[i]), 0);
	for (unsigned i = 0; i < 8; i++)
		while (tapi_call_get_state(calls[i]) != CS_CONNECTED)
			ck_assert_int_ge(tapi_dispatch(scene.tapi, 30000), 0);
	for (unsigned i = 0; i < 8; i++) {
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
		tapi_unref(calls[i]);
	}

	ck_assert_msg(!failure, "%s failed", failure);
}
END_TEST

static void *connect_and_wait(void *arg)
{
	struct tapi_call *call = arg;

	return tapi_call_connect(call, 1) ? give_up("connect") : NULL;
}

/* Who dispatches takes the news from under those who wait. */
START_TEST(threads_that_wait_for_their_calls_wake_whoever_dispatches)
{
	struct tapi_call *calls[8];
	pthread_t threads[8];

	for (unsigned i = 0; i < 8; i++)
		ck_assert_int_eq(tapi_address_create_call(scene.address, "102",
						 LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO,
						 &calls[i]),
				0);
	for (unsigned i = 0; i < 8; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, connect_and_wait, calls[i]), 0);
	for (unsigned i = 0; i < 8; i++)
		while (tapi_call_get_state(calls[i]) != CS_CONNECTED)
			(void)tapi_dispatch(scene.tapi, 20);
	for (unsigned i = 0; i < 8; i++) {
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
		tapi_unref(calls[i]);
	}

	ck_assert_msg(!failure, "%s failed", failure);
}
END_TEST

static mock_handler usual;
static struct frame_header held;

/* A provider that takes its time. */
static bool hold_deallocate(struct mock *m, const struct frame *f)
{
	if (f->h.kind != CALL_LineDeallocateCall)
		return usual(m, f);
	held = f->h;
	return true;
}

static void *let_go(void *arg)
{
	tapi_unref(arg);
	return NULL;
}

START_TEST(nothing_waits_while_the_daemon_is_asked_to_end_a_call)
{
	struct tapi_call *call = scene_connected();
	pthread_t thread;
	int mode;

	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	while (scene_expect(TE_CALLSTATE)->state != CS_DISCONNECTED)
		continue;
	for (unsigned i = 0; i < EVENTS_KEPT; i++) {
		tapi_unref(scene.events[i].call);
		scene.events[i].call = NULL;
	}
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = hold_deallocate;
	mock_unlock(scene.server);
	ck_assert_int_eq(pthread_create(&thread, NULL, let_go, call), 0);
	mock_await(scene.server, CALL_LineDeallocateCall, 1);

	mode = (int)tapi_get_event_filter(scene.tapi); /* any look at any object */
	ck_assert_int_ne(mode, 0);

	mock_lock(scene.server);
	mock_return(scene.server, &held, NULL);
	scene.server->handler = usual;
	mock_unlock(scene.server);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
}
END_TEST

static bool hold_hold(struct mock *m, const struct frame *f)
{
	if (f->h.kind != CALL_LineHold)
		return usual(m, f);
	held = f->h;
	return true;
}

static void *put_on_hold(void *arg)
{
	return tapi_call_hold(arg, 1) ? give_up("hold") : NULL;
}

START_TEST(replies_come_while_another_thread_waits_for_its_return)
{
	struct tapi_call *first = scene_connected(), *second;
	pthread_t thread;

	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = hold_hold;
	mock_unlock(scene.server);
	ck_assert_int_eq(pthread_create(&thread, NULL, put_on_hold, first), 0);
	mock_await(scene.server, CALL_LineHold, 1);

	second = scene_connected();

	mock_lock(scene.server);
	mock_return(scene.server, &held, NULL);
	mock_fail(scene.server, &held, FRAME_COMPLETION, LINEERR_OPERATIONFAILED, "no", "refused");
	scene.server->handler = usual;
	mock_unlock(scene.server);
	while (scene_expect(TE_CALLSTATE)->error != LINEERR_OPERATIONFAILED)
		continue;
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	ck_assert_msg(!failure, "%s failed", failure);
	tapi_unref(second);
	tapi_unref(first);
}
END_TEST

static void *dispatch_to_the_end(void *arg)
{
	HANDLE descriptor = *(HANDLE *)arg;

	while (tapiDispatch(descriptor) >= 0)
		continue;
	return NULL;
}

/* The last references go while the other thread, which has none, is inside a dispatch. */
static void end_all(void)
{
	for (unsigned i = 0; i < scene.event_count && i < EVENTS_KEPT; i++) {
		tapi_unref(scene.events[i].call);
		scene.events[i].call = NULL;
	}
	tapi_unref(scene.address);
	(void)tapi_shutdown(scene.tapi);
	tapi_unref(scene.tapi);
	scene.address = NULL;
	scene.tapi = NULL;
}

START_TEST(everything_may_end_while_another_thread_dispatches)
{
	(void)tapi_set_event_callback(scene.tapi, NULL, NULL); /* the scene is this thread's */
	for (unsigned i = 0; i < ROUNDS; i++) {
		HANDLE descriptor = tapi_get_descriptor(scene.tapi);
		pthread_t thread;

		scene_register();
		(void)mock_offer(scene.server, scene_last_open());
		ck_assert_int_eq(pthread_create(&thread, NULL, dispatch_to_the_end, &descriptor),
				0);
		end_all();
		ck_assert_int_eq(pthread_join(thread, NULL), 0);
		ck_assert_uint_eq(scene.msp->addresses, 0);
		ck_assert_int_eq(tapi_initialize("test", &scene.tapi), 0);
		ck_assert_int_eq(tapi_get_address(scene.tapi, 0, &scene.address), 0);
	}
}
END_TEST

static bool hold_instance(struct mock *m, const struct frame *f)
{
	return f->h.kind == CALL_TapixCreateMspInstance || usual(m, f);
}

START_TEST(an_instance_may_end_while_it_is_made_again)
{
	SnapshotMsp lost = SNAPSHOT_MSP__INIT, *list[] = { &lost };
	HANDLE descriptor = tapi_get_descriptor(scene.tapi);
	pthread_t thread;

	tapi_unref(scene_connected());
	(void)tapi_set_event_callback(scene.tapi, NULL, NULL); /* the scene is this thread's */
	lost.has_msp_line = lost.has_device = 1;
	lost.msp_line = MSP_LINE;
	mock_lock(scene.server);
	scene.server->resync.n_lost_msps = 1;
	scene.server->resync.lost_msps = list;
	usual = scene.server->handler;
	scene.server->handler = hold_instance;
	mock_unlock(scene.server);
	mock_break(scene.server);
	ck_assert_int_eq(pthread_create(&thread, NULL, dispatch_to_the_end, &descriptor), 0);
	mock_await(scene.server, CALL_TapixCreateMspInstance, 2);

	end_all();

	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	ck_assert_uint_eq(scene.msp->addresses, 0);
	mock_lock(scene.server);
	scene.server->resync.n_lost_msps = 0;
	scene.server->handler = usual;
	mock_unlock(scene.server);
	ck_assert_int_eq(tapi_initialize("test", &scene.tapi), 0);
}
END_TEST

static _Atomic HCALL looked_for;

static void *find_again_and_again(void *arg)
{
	HCALL handle;

	(void)arg;
	while ((handle = looked_for)) {
		struct tapi_call *call;

		if (tapi_call_from_handle(handle, &call) == 0)
			tapi_unref(call);
	}
	return NULL;
}

START_TEST(a_call_is_looked_up_while_it_ends)
{
	uint64_t id;

	scene_register();
	for (unsigned i = 0; i < ROUNDS; i++) {
		struct kept_event *k;
		pthread_t thread;

		id = mock_offer(scene.server, scene_last_open());
		k = scene_expect(TE_CALLNOTIFICATION);
		looked_for = tapi_call_get_handle(k->call);
		ck_assert_int_eq(pthread_create(&thread, NULL, find_again_and_again, NULL), 0);
		mock_call_state(scene.server, scene_last_open(), id, LINECALLSTATE_IDLE, 0);
		while (scene_expect(TE_CALLSTATE)->state != CS_DISCONNECTED)
			continue;
		looked_for = 0;
		ck_assert_int_eq(pthread_join(thread, NULL), 0);
		for (unsigned e = 0; e < EVENTS_KEPT; e++) {
			tapi_unref(scene.events[e].call);
			scene.events[e].call = NULL;
		}
	}
}
END_TEST

static _Atomic bool is_asking;

static void *ask_again_and_again(void *arg)
{
	struct tapi_call *call = arg;
	struct tapi_address *address;

	while (is_asking) {
		(void)tapi_call_get_event_filter(call, TE_DIGITEVENT, -1);
		(void)tapi_address_get_event_filter(scene.address, TE_ADDRESS, AE_RINGING);
		(void)tapi_address_get_state(scene.address);
		if (tapi_get_address(scene.tapi, 1, &address) == 0)
			tapi_unref(address);
	}
	return NULL;
}

START_TEST(what_is_asked_may_change_meanwhile)
{
	struct tapi_call *call = scene_connected();
	pthread_t thread;

	is_asking = true;
	ck_assert_int_eq(pthread_create(&thread, NULL, ask_again_and_again, call), 0);
	for (unsigned i = 0; i < ROUNDS; i++) {
		ck_assert_int_eq(tapi_call_set_event_filter(call, TE_DIGITEVENT, -1, i & 1), 0);
		ck_assert_int_eq(tapi_address_set_event_filter(scene.address, TE_ADDRESS,
						 AE_RINGING, i & 1),
				0);
		scene_device_event(LINE_CREATE, MOCK_LINES + i);
		while (scene_expect(TE_TAPIOBJECT)->event != TE_ADDRESSCREATE)
			continue;
	}
	scene_device_event(LINE_REMOVE, 0);
	while (scene_expect(TE_TAPIOBJECT)->event != TE_ADDRESSREMOVE)
		continue;
	is_asking = false;
	ck_assert_int_eq(pthread_join(thread, NULL), 0);

	ck_assert_int_eq(tapi_address_get_state(scene.address), AS_OUTOFSERVICE);
	tapi_unref(call);
}
END_TEST

static bool hold_open(struct mock *m, const struct frame *f)
{
	if (f->h.kind != CALL_LineOpen)
		return usual(m, f);
	held = f->h;
	return true;
}

static void *register_again(void *arg)
{
	return tapi_register_call_notifications(scene.tapi, scene.address, 0, 1,
			       TAPIMEDIATYPE_AUDIO, 43, arg)
			       ? give_up("register")
			       : NULL;
}

static void answer_open(void)
{
	LineOpenReply reply = LINE_OPEN_REPLY__INIT;
	struct frame_header h = { .kind = FRAME_RETURN, .serial = held.serial };
	uint8_t body[32];

	reply.has_device = 1;
	mock_lock(scene.server);
	h.open = ++scene.server->next_open;
	mock_bytes(scene.server, &h, body, line_open_reply__pack(&reply, body));
	scene.server->handler = usual;
	mock_unlock(scene.server);
}

/* Of libtapi/tapi3/objects.h, which has a fail() as Check has. */
void objects_lock(void);
void objects_unlock(void);

/* The lock keeps the other thread from learning that its lineOpen has succeeded. */
START_TEST(a_call_may_come_before_its_registration_is_told)
{
	LONG registration = 0;
	struct kept_event *k;
	pthread_t thread;

	scene_register();
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = hold_open;
	mock_unlock(scene.server);
	ck_assert_int_eq(pthread_create(&thread, NULL, register_again, &registration), 0);
	mock_await(scene.server, CALL_LineOpen, 3);
	objects_lock();
	answer_open();
	(void)mock_offer(scene.server, scene_last_open());
	k = scene_expect(TE_CALLNOTIFICATION);
	objects_unlock();
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	ck_assert_msg(!failure, "%s failed", failure);

	ck_assert_int_eq(tapi_call_answer(k->call), 0);
	ck_assert_int_eq(tapi_unregister_notifications(scene.tapi, registration), 0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 threads");
	TCase *t = tcase_create("threads");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, four_threads_share_a_call);
	tcase_add_test(t, a_call_is_connected_in_one_thread_while_another_dispatches);
	tcase_add_test(t, a_call_is_looked_up_while_it_ends);
	tcase_add_test(t, what_is_asked_may_change_meanwhile);
	suite_add_tcase(s, t);
	t = tcase_create("blocked");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, threads_that_wait_for_their_calls_wake_whoever_dispatches);
	tcase_add_test(t, replies_come_while_another_thread_waits_for_its_return);
	tcase_add_test(t, everything_may_end_while_another_thread_dispatches);
	tcase_add_test(t, an_instance_may_end_while_it_is_made_again);
	tcase_add_test(t, a_call_may_come_before_its_registration_is_told);
	tcase_add_test(t, nothing_waits_while_the_daemon_is_asked_to_end_a_call);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
