// SPDX-License-Identifier: MIT
/* test_queue.c - what a TSP raises waits for the host's thread: how much of it may, and batches. */
#include "../test_main.h"
#include "core.h"

#include "base/clock.h"
#include "base/log.h"
#include "tsphost/inbox.h"

#include <tapi.h>

#include <poll.h>
#include <pthread.h>
#include <sched.h>

enum {
	EVENTS = 20000,
	ROOM = (INBOX_BYTES + (int)sizeof(struct item) - 1) / (int)sizeof(struct item),
	LOOKS = 100000,
	RAISERS = 8,
};

static struct inbox *inbox;
static pthread_barrier_t step;

/* Of so many events. */
static void *raise_a_batch(void *count)
{
	const struct inbox_procs *procs = inbox_procs(inbox);

	procs->batch(1);
	for (int i = 0; i < *(const int *)count; i++)
		procs->line(1, 0, LINE_DEVSPECIFIC, 1, 0, 0);
	(void)pthread_barrier_wait(&step);
	(void)pthread_barrier_wait(&step);
	procs->batch(0);
	return NULL;
}

static int is_woken(void)
{
	struct pollfd p = { .fd = inbox_wake_fd(inbox), .events = POLLIN };

	return poll(&p, 1, 0);
}

/* All in the same millisecond. Whether the owner is woken before the batch has ended. */
static void check_batch(int count, int woken_before)
{
	pthread_t thread;

	clock_set_virtual(1);
	inbox = inbox_open("mock");
	ck_assert_ptr_nonnull(inbox);
	ck_assert_int_eq(pthread_barrier_init(&step, NULL, 2), 0);
	ck_assert_int_eq(pthread_create(&thread, NULL, raise_a_batch, &count), 0);
	(void)pthread_barrier_wait(&step);
	ck_assert(!inbox_is_empty(inbox));
	ck_assert_int_eq(is_woken(), woken_before);
	(void)pthread_barrier_wait(&step);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);

	ck_assert_int_eq(is_woken(), 1);
	inbox_heard(inbox);
	ck_assert_int_eq(is_woken(), 0);
	inbox_close(inbox);
	(void)pthread_barrier_destroy(&step);
}

START_TEST(a_batch_wakes_when_it_ends)
{
	check_batch(PACE_BURST, 0);
}
END_TEST

START_TEST(a_batch_that_is_held_up_wakes_before)
{
	check_batch(PACE_BURST + 1, 1);
}
END_TEST

struct flood {
	struct core *core;
	_Atomic int raised;
};

static void *flood(void *arg)
{
	struct flood *f = arg;

	for (int i = 0; i < EVENTS; i++) {
		f->core->mock->event(0, LINE_DEVSPECIFIC, (DWORD_PTR)i + 1, 0, 0);
		f->raised++;
	}
	return NULL;
}

static void *flood_in_a_batch(void *arg)
{
	struct flood *f = arg;

	f->core->mock->batch(1);
	(void)flood(f);
	f->core->mock->batch(0);
	return NULL;
}

static void take_flood(struct core *c)
{
	for (uint32_t i = 0, events = 0; events < EVENTS; i++) {
		const struct got *g = core_next(c);
		const Event *e = (const Event *)g->body;

		if (g->h.kind == FRAME_EVENT && e->msg == LINE_DEVSPECIFIC)
			ck_assert_uint_eq(e->p1, ++events);
		if (i % 1000 == 0)
			arena_reset(&c->arena, MESSAGE_MAX);
	}
}

START_TEST(a_full_queue_makes_the_thread_wait_and_loses_nothing)
{
	struct core c;
	struct flood f = { &c, 0 };
	pthread_t thread;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, "hang");
	c.mock->wait_hanging();
	ck_assert_int_eq(pthread_create(&thread, NULL, flood, &f), 0);
	while (f.raised < ROOM)
		(void)sched_yield();
	for (int i = 0; i < LOOKS; i++) {
		ck_assert_int_eq(f.raised, ROOM);
		(void)sched_yield();
	}
	c.mock->release();
	(void)core_return(&c, serial);
	take_flood(&c);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	(void)core_stop(&c);
}
END_TEST

/* By which procedure; an id of no request completes nothing. */
static void raise(int procedure)
{
	const struct inbox_procs *procs = inbox_procs(inbox);

	if (procedure == 0)
		procs->line(1, 0, LINE_DEVSPECIFIC, 1, 0, 0);
	else if (procedure == 1)
		procs->phone(1, PHONE_DEVSPECIFIC, 1, 0, 0);
	else
		procs->completion(1, 0);
}

static void *take_without_end(void *stop)
{
	while (!*(_Atomic bool *)stop) {
		struct list items;

		list_init(&items);
		inbox_take(inbox, &items);
		list_for_safe(l, &items)
			item_free(list_entry(l, struct item, link));
	}
	return NULL;
}

static void *raise_many(void *procedure)
{
	for (int i = 0; i < 2 * PACE_BURST; i++)
		raise(*(int *)procedure);
	return NULL;
}

/* However slow the machine is, in so many milliseconds no more are raised than are due. */
static void check_pace(unsigned raisers, int procedure)
{
	_Atomic bool stop = false;
	pthread_t raiser[RAISERS], taker;
	uint64_t begun, due;

	inbox = inbox_open("mock");
	ck_assert_ptr_nonnull(inbox);
	begun = clock_now_ms();
	log_set_level(LOG_ERROR);
	ck_assert_int_eq(pthread_create(&taker, NULL, take_without_end, &stop), 0);
	for (unsigned i = 0; i < raisers; i++)
		ck_assert_int_eq(pthread_create(&raiser[i], NULL, raise_many, &procedure), 0);
	for (unsigned i = 0; i < raisers; i++)
		ck_assert_int_eq(pthread_join(raiser[i], NULL), 0);
	due = PACE_BURST + (clock_now_ms() - begun + 1) * PACE_A_MS;
	stop = true;
	ck_assert_int_eq(pthread_join(taker, NULL), 0);

	ck_assert_uint_le((uint64_t)raisers * (2 * PACE_BURST - 1) - PACE_A_MS, due);
	inbox_close(inbox);
}

START_TEST(a_thread_that_raises_without_end_is_held_up)
{
	check_pace(1, _i);
}
END_TEST

START_TEST(many_threads_that_raise_without_end_are_held_up_together)
{
	check_pace(RAISERS, 0);
}
END_TEST

START_TEST(a_batch_that_finds_no_room_does_not_wait_for_its_own_end)
{
	struct core c;
	struct flood f = { &c, 0 };
	pthread_t thread;

	core_world(&c);
	ck_assert_int_eq(pthread_create(&thread, NULL, flood_in_a_batch, &f), 0);
	take_flood(&c);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(what_an_entry_raises_without_end_is_lost_when_it_is_too_much)
{
	struct core c;
	const struct got *g;
	uint32_t last = 0;

	core_world(&c);
	(void)core_dial(&c, "storm");
	while ((g = core_next(&c))->h.kind != FRAME_COMPLETION) {
		if (g->h.kind == FRAME_EVENT)
			ck_assert_uint_eq(((const Event *)g->body)->p1, ++last);
		if (last % 1000 == 0)
			arena_reset(&c.arena, MESSAGE_MAX);
	}

	ck_assert_uint_eq(last, ENTRY_BYTES / sizeof(struct item) + 1);
	(void)core_stop(&c);
}
END_TEST

static Suite *queue(void)
{
	Suite *s = suite_create("host queue");
	TCase *t = tcase_create("queue");

	tcase_add_test(t, a_batch_wakes_when_it_ends);
	tcase_add_test(t, a_batch_that_is_held_up_wakes_before);
	tcase_add_test(t, a_batch_that_finds_no_room_does_not_wait_for_its_own_end);
	tcase_add_test(t, a_full_queue_makes_the_thread_wait_and_loses_nothing);
	tcase_add_loop_test(t, a_thread_that_raises_without_end_is_held_up, 0, 3);
	tcase_add_test(t, many_threads_that_raise_without_end_are_held_up_together);
	tcase_add_test(t, what_an_entry_raises_without_end_is_lost_when_it_is_too_much);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(queue())
